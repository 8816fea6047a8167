//! Rows of a table as stories. It knows what columns mean; where they come from is the table's business.

mod cells;
mod own;
mod scores;

use std::collections::HashMap;

pub(super) use self::own::{ANSWER, is_dangerous};

use self::cells::Cells;
use super::columns::{Column, OURS};
use super::dates::{self, DayMonth};
use super::description::{self, Wanted};
use super::html;
use super::record::{Fields, Heading, Identity, Record, Remark, Told, fingerprint, words};
use super::report::{ImportError, Imported};
use super::split::split;
use super::table::{self, Row, Table};
use super::words as folded;
use crate::language::sentence;
use crate::model::{Extra, Kind, Line, Points, Prose, Source, Status, Timestamp};

const NO_PLACE: &str = "There is no place for it in a story.";

/// Reads a table of stories.
pub(super) fn read(bytes: &[u8]) -> Result<Imported, ImportError> {
    let table = table::read(bytes)?;
    let mut reader = Reader::new(&table);
    let mut imported = Imported::default();
    let mut seen: HashMap<String, &Row> = HashMap::new();
    for row in &table.rows {
        imported.read += 1;
        let taken = reader.story(row, &mut imported).and_then(|mut told| {
            tell_apart(&mut told, row, &seen)?;
            Ok(told)
        });
        match taken {
            Ok(told) => {
                seen.insert(name_of(&told.identity), row);
                imported.records.push(Record::Told(Box::new(told)));
            }
            Err(reason) => imported.skip(row.line, reason),
        }
    }
    name_epics(&mut imported.records);
    Ok(imported)
}

/// Where a row names another row as what it is part of, that row's title says more than its key.
fn name_epics(records: &mut [Record]) {
    let mut titles: HashMap<String, Line> = HashMap::new();
    for record in records.iter() {
        if let Record::Told(told) = record {
            let named = told
                .names
                .iter()
                .map(|name| (name.clone(), Line::parse(&told.title)));
            titles.extend(named);
        }
    }
    for record in records {
        if let Record::Told(told) = record
            && let Some(epic) = &mut told.fields.epic
            && let Some(title) = titles.get(epic.as_str())
        {
            *epic = title.clone();
        }
    }
}

/// Refuses a story that is there already. Rows without a key that only have their title in common are different stories,
/// told apart by counting them.
fn tell_apart(told: &mut Told, row: &Row, seen: &HashMap<String, &Row>) -> Result<(), String> {
    let has_key = !told.names.is_empty();
    let first = name_of(&told.identity);
    let mut count = 1;
    while let Some(known) = seen.get(&name_of(&told.identity)) {
        match &mut told.identity {
            Identity::Source(source) if !has_key && known.cells != row.cells => {
                count += 1;
                source.id = Line::parse(&format!("{first}-{count}"));
            }
            _ => {
                return Err(format!(
                    "It is the same story as the one on line {}.",
                    known.line
                ));
            }
        }
    }
    Ok(())
}

fn name_of(identity: &Identity) -> String {
    match identity {
        Identity::Story(id) => id.to_string(),
        Identity::Source(source) => source.id.to_string(),
    }
}

struct Reader<'a> {
    table: &'a Table,
    order: Option<DayMonth>,
    /// The titles of the rows above that stand higher in a tree of titles, by level.
    parents: Vec<Line>,
    is_ours: bool,
}

impl<'a> Reader<'a> {
    fn new(table: &'a Table) -> Self {
        let dates = [
            Column::Created,
            Column::Started,
            Column::Accepted,
            Column::Since,
        ]
        .into_iter()
        .flat_map(|column| table.columns.places(column));
        let places: Vec<usize> = dates.collect();
        let cells = table
            .rows
            .iter()
            .flat_map(|row| places.iter().filter_map(|place| row.cells.get(*place)));
        Self {
            table,
            order: DayMonth::of(cells.map(String::as_str)),
            parents: Vec::new(),
            is_ours: table.columns.tool() == OURS,
        }
    }

    /// The story of a row, or why there is none.
    fn story(&mut self, row: &Row, imported: &mut Imported) -> Result<Told, String> {
        let cells = Cells::new(self.table, row, self.is_ours);
        let level = self.level(&cells);
        let heading = self.heading(&cells).ok_or("The row has no title.")?;
        let mut lost = Lost::default();
        let mut fields = if self.is_ours {
            own::fields(&cells)
        } else {
            self.content(&cells, &heading)
        };
        self.measures(&cells, &mut fields, &mut lost);
        fields.scores = self.scores(&cells, &mut lost);
        self.keep_parents(level, &heading, &mut fields);
        let status = self.status(&cells, &mut lost);
        if heading.is_cut {
            lost.push("Title", super::CUT);
        }
        self.unplaced(row, &cells, &mut lost);
        let told = Told {
            line: row.line,
            identity: self.identity(&cells, &heading, &fields),
            title: heading.title,
            status,
            status_at: self.status_at(&cells, status, &mut lost),
            created: self.date(&cells, Column::Created, &mut lost),
            remarks: self.remarks(&cells),
            waits_for: cells
                .has(Column::BlockedBy)
                .then(|| names(cells.first(Column::BlockedBy))),
            names: cells.all(Column::Key).map(str::to_owned).collect(),
            fields,
        };
        for (field, reason) in lost.0 {
            imported.lose(&field, reason);
        }
        Ok(told)
    }

    /// The title, with the parts of a sentence wherever the row has one.
    fn heading(&self, cells: &Cells) -> Option<Heading> {
        let title = cells.first(Column::Title);
        let sentence = cells.first(Column::Sentence);
        if self.is_ours {
            return Heading::plain(title);
        }
        let [persona, want, benefit] =
            [Column::Persona, Column::Want, Column::Benefit].map(|column| cells.first(column));
        let mut heading = match (title, sentence) {
            ("", "") => Heading::sentence(&compose(persona, want, benefit))
                .or_else(|| Heading::plain(want))?,
            ("", only) | (only, "") => Heading::read(only)?,
            (title, sentence) => {
                let mut heading = Heading::read(title)?;
                match Heading::sentence(sentence) {
                    Some(told) => (heading.parts, heading.whole) = (told.parts, told.whole),
                    None => heading.whole = Some(sentence.to_owned()),
                }
                heading
            }
        };
        if title.is_empty() && sentence.is_empty() {
            return Some(heading);
        }
        if !want.is_empty() {
            heading.parts =
                Heading::sentence(&compose(persona, want, benefit)).and_then(|told| told.parts);
        } else if !persona.is_empty() {
            let [own, want, old] = heading.parts.unwrap_or_default();
            let persona = if own.is_empty() {
                Line::parse(persona)
            } else {
                own
            };
            let benefit = if old.is_empty() {
                Line::parse(benefit)
            } else {
                old
            };
            heading.parts = Some([persona, want, benefit]);
        }
        Some(heading)
    }

    fn content(&self, cells: &Cells, heading: &Heading) -> Fields {
        let described = cells.joined(Column::Notes);
        let has_criteria = cells.all(Column::Criteria).next().is_some();
        let tool = self.table.columns.tool();
        let found = description::read(
            &html::plain(&described),
            Wanted {
                criteria: !has_criteria,
                sentence: heading.parts.is_none(),
                is_wiki: tool == "jira",
            },
        );
        let mut criteria: Vec<String> = cells
            .all(Column::Criteria)
            .flat_map(|cell| split(&html::plain(cell)))
            .chain(found.criteria)
            .collect();
        if criteria.is_empty() {
            criteria = cells.all(Column::Task).map(str::to_owned).collect();
        }
        let whole = heading.whole.as_deref().unwrap_or_default();
        let notes = [whole, found.notes.as_str()]
            .map(str::trim_end)
            .join(if whole.is_empty() { "" } else { "\n\n" });
        let labels = cells
            .all(Column::Labels)
            .flat_map(|cell| cell.split([',', ';', '\n']))
            .map(Line::parse)
            .chain(found.labels.iter().map(|label| Line::parse(label)))
            .filter(|label| !label.is_empty());
        let parts = heading.parts.clone().or(found.parts).unwrap_or_default();
        let [persona, want, benefit] = parts.map(Some);
        let has_sources =
            cells.has(Column::Criteria) || cells.has(Column::Notes) || cells.has(Column::Task);
        let has_labels = cells.has(Column::Labels) || !found.labels.is_empty();
        Fields {
            persona,
            want,
            benefit,
            notes: Some(Prose::parse(&notes)),
            criteria: has_sources.then(|| criteria.iter().map(|text| Prose::parse(text)).collect()),
            labels: has_labels.then(|| labels.collect()),
            epic: cells
                .has(Column::Epic)
                .then(|| Line::parse(cells.first(Column::Epic))),
            ..Fields::default()
        }
    }

    /// Kind and estimate.
    fn measures(&self, cells: &Cells, fields: &mut Fields, lost: &mut Lost) {
        if cells.has(Column::Kind) {
            let word = cells.first(Column::Kind);
            let (kind, is_same) = match folded::kind(word) {
                Some(found) => found,
                None => (Kind::default(), word.is_empty()),
            };
            if !is_same {
                lost.push(
                    self.name(Column::Kind),
                    "There is no such kind; the nearest was taken.",
                );
            }
            fields.kind = Some(kind);
        }
        if cells.has(Column::Estimate) {
            let word = cells.first(Column::Estimate);
            let points: Option<Points> = word.parse().ok();
            // One old tool writes -1 for a story without an estimate.
            if points.is_none() && !matches!(word, "" | "-1") {
                lost.push(self.name(Column::Estimate), "It is no number of points.");
            }
            fields.estimate = Some(points);
        }
    }

    fn status(&self, cells: &Cells, lost: &mut Lost) -> Option<Status> {
        if !cells.has(Column::Status) && !cells.has(Column::StatusGroup) {
            return None;
        }
        let word = cells.first(Column::Status);
        let found =
            folded::status(word).or_else(|| folded::status(cells.first(Column::StatusGroup)));
        if found.is_none() && !word.is_empty() {
            lost.push(
                self.name(Column::Status),
                "There is no such status; the story is an idea.",
            );
        }
        Some(found.unwrap_or_default())
    }

    fn status_at(
        &self,
        cells: &Cells,
        status: Option<Status>,
        lost: &mut Lost,
    ) -> Option<Timestamp> {
        let column = match status? {
            _ if self.is_ours => Column::Since,
            Status::Accepted | Status::Delivered | Status::Dropped => Column::Accepted,
            Status::Started => Column::Started,
            Status::Idea | Status::Ready | Status::Rejected => return None,
        };
        self.date(cells, column, lost)
    }

    fn date(&self, cells: &Cells, column: Column, lost: &mut Lost) -> Option<Timestamp> {
        let text = cells.first(column);
        let at = dates::read(text, self.order);
        if at.is_none() && !text.is_empty() {
            lost.push(self.name(column), "The date could not be read for certain.");
        }
        at
    }

    fn identity(&self, cells: &Cells, heading: &Heading, fields: &Fields) -> Identity {
        if let Ok(id) = cells.first(Column::Id).parse() {
            return Identity::Story(id);
        }
        let key = cells.first(Column::Key);
        let said = |part: &Option<Line>| part.as_deref().unwrap_or_default().to_owned();
        let id = if key.is_empty() || self.is_ours {
            let text = [
                heading.title.to_string(),
                said(&fields.persona),
                said(&fields.want),
                said(&fields.benefit),
            ];
            fingerprint(&words(&text.join(" ")))
        } else {
            key.to_owned()
        };
        Identity::Source(Source {
            tool: Line::parse(self.table.columns.tool()),
            id: Line::parse(&id),
            url: Line::parse(cells.first(Column::Url)),
            extra: Extra::new(),
        })
    }

    fn remarks(&self, cells: &Cells) -> Vec<Remark> {
        cells
            .all(Column::Remark)
            .map(|cell| remark(cell, self.order))
            .collect()
    }

    /// The level of a row in a tree of titles, counted from 0.
    fn level(&self, cells: &Cells) -> Option<usize> {
        let places = self.table.columns.places(Column::Title);
        let is_tree = places.iter().any(|place| {
            self.table
                .names
                .get(*place)
                .is_some_and(|name| words(name) == "title 2")
        });
        let mut levels = places.iter().enumerate();
        is_tree
            .then(|| levels.find(|(_, place)| !cells.at(**place).is_empty()))?
            .map(|(level, _)| level)
    }

    /// Gives a row of a tree the title above it as its epic.
    fn keep_parents(&mut self, level: Option<usize>, heading: &Heading, fields: &mut Fields) {
        let Some(level) = level else { return };
        self.parents.truncate(level);
        let has_epic = fields.epic.as_ref().is_some_and(|epic| !epic.is_empty());
        if let Some(parent) = self.parents.last().filter(|_| !has_epic) {
            fields.epic = Some(parent.clone());
        }
        self.parents.push(Line::parse(&heading.title));
    }

    /// Reports every cell that no column of ours takes.
    fn unplaced(&self, row: &Row, cells: &Cells, lost: &mut Lost) {
        for (place, cell) in row.cells.iter().enumerate() {
            let is_known = self.table.columns.at(place).is_some() || self.is_ours;
            if is_known || cells.at(place).is_empty() || cell.trim() == "[]" {
                continue;
            }
            let name = self.table.names.get(place).map(|name| Line::parse(name));
            match name.filter(|name| !name.is_empty()) {
                Some(name) => lost.push(name.to_string(), NO_PLACE),
                None => lost.push(format!("column {}", place + 1), NO_PLACE),
            }
        }
    }

    /// The column's name as the file has it.
    fn name(&self, column: Column) -> String {
        let place = self.table.columns.places(column).first().copied();
        let name = place.and_then(|place| self.table.names.get(place));
        name.map_or_else(String::new, |name| Line::parse(name).to_string())
    }
}

/// What one row loses; each field once.
#[derive(Default)]
struct Lost(Vec<(String, &'static str)>);

impl Lost {
    fn push(&mut self, field: impl Into<String>, reason: &'static str) {
        let entry = (field.into(), reason);
        if !self.0.contains(&entry) {
            self.0.push(entry);
        }
    }
}

/// A sentence of columns whose cells may repeat the words of the header.
fn compose(persona: &str, want: &str, benefit: &str) -> String {
    let bare = |text: &str, leads: &[&str]| {
        let text = text.trim().trim_end_matches(['.', ',']);
        let lower = text.to_lowercase();
        let lead = leads
            .iter()
            .find(|lead| lower.starts_with(&format!("{lead} ")));
        let rest = lead.and_then(|lead| text.get(lead.len()..)).unwrap_or(text);
        rest.trim().to_owned()
    };
    let persona = bare(persona, &["as a", "as an", "as the", "as", "a", "an"]);
    let want = bare(
        want,
        &[
            "i want to",
            "i would like to",
            "i'd like to",
            "i need to",
            "i want",
            "to",
        ],
    );
    let benefit = bare(benefit, &["so that", "so", "in order to"]);
    if want.is_empty() {
        return String::new();
    }
    sentence::compose(&persona, &want, &benefit)
}

/// The keys in a list of keys.
fn names(cell: &str) -> Vec<String> {
    cell.split([',', ';', '\n'])
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// `date;person;text`, `text (Person - date)` or plain text.
fn remark(cell: &str, order: Option<DayMonth>) -> Remark {
    let mut parts = cell.splitn(3, ';');
    if let (Some(date), Some(by), Some(text)) = (parts.next(), parts.next(), parts.next())
        && let Some(at) = dates::read(date, order)
    {
        return Remark {
            at: Some(at),
            by: Line::parse(by),
            text: Prose::parse(text),
        };
    }
    let signed = cell
        .trim_end()
        .strip_suffix(')')
        .and_then(|cell| cell.rsplit_once('('))
        .and_then(|(text, sign)| Some((text, sign.rsplit_once(" - ")?)))
        .and_then(|(text, (by, date))| Some((text, by, dates::read(date, order)?)));
    match signed {
        Some((text, by, at)) => Remark {
            at: Some(at),
            by: Line::parse(by),
            text: Prose::parse(text),
        },
        None => Remark {
            at: None,
            by: Line::default(),
            text: Prose::parse(cell),
        },
    }
}
