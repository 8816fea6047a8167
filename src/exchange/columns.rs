//! The columns of other tools' tables, found by name. Only names count, never positions; every column of a name counts.

use super::record::words;
use crate::model::Part;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Title,
    /// A story sentence or, where there is no other title, the title.
    Sentence,
    Persona,
    Want,
    Benefit,
    Notes,
    Criteria,
    Questions,
    Key,
    /// Our own id.
    Id,
    Url,
    Kind,
    Status,
    StatusGroup,
    Since,
    Estimate,
    Labels,
    Epic,
    BlockedBy,
    Created,
    Started,
    Accepted,
    Remark,
    Task,
    /// A part of a score.
    Score(Part),
    /// Known, and of no use to a backlog: no loss is reported.
    Ignored,
}

/// The names of each column in lower case without punctuation, best first.
const NAMES: [(Column, &[&str]); 24] = [
    (
        Column::Title,
        &[
            "title",
            "summary",
            "subject",
            "name",
            "issue title",
            "story title",
            "headline",
            "title 1",
            "title 2",
            "title 3",
            "title 4",
            "title 5",
            "resumen",
            "zusammenfassung",
            "titel",
        ],
    ),
    (
        Column::Sentence,
        &[
            "user story",
            "story",
            "user stories",
            "story sentence",
            "sentence",
        ],
    ),
    (
        Column::Persona,
        &[
            "persona",
            "as a",
            "as an",
            "as a an",
            "as",
            "as a n",
            "role",
            "actor",
            "user role",
            "user type",
            "type of user",
            "who",
        ],
    ),
    (
        Column::Want,
        &[
            "want",
            "i want to",
            "i want",
            "i want to be able to",
            "i would like to",
            "i would like",
            "i d like to",
            "i need to",
            "i need",
            "i can",
            "goal",
            "action",
            "means",
            "what",
        ],
    ),
    (
        Column::Benefit,
        &[
            "benefit",
            "so that",
            "so that i can",
            "so i can",
            "in order to",
            "reason",
            "ends",
            "why",
        ],
    ),
    (
        Column::Notes,
        &[
            "description",
            "notes",
            "details",
            "body",
            "descripción",
            "beschreibung",
        ],
    ),
    (
        Column::Criteria,
        &[
            "acceptance criteria",
            "acceptance criterion",
            "acceptance criteria ac",
            "criteria",
            "acceptance tests",
            "acceptance",
            "ac",
            "acs",
            "conditions of satisfaction",
        ],
    ),
    (Column::Questions, &["questions", "open questions"]),
    (
        Column::Key,
        &[
            "issue key",
            "issuekey",
            "key",
            "ref",
            "id",
            "issue id",
            "story id",
            "us id",
            "work item id",
            "external id",
            "clave de incidencia",
        ],
    ),
    (Column::Url, &["url", "link", "web url"]),
    (
        Column::Kind,
        &[
            "kind",
            "type",
            "issue type",
            "issuetype",
            "work item type",
            "story type",
            "tipo de incidencia",
        ],
    ),
    (
        Column::Status,
        &[
            "status",
            "state",
            "current state",
            "workflow state",
            "estado",
        ],
    ),
    (
        Column::StatusGroup,
        &["status category", "categoría de estado"],
    ),
    (Column::Since, &["since"]),
    (
        Column::Estimate,
        &[
            "estimate",
            "story points",
            "story point estimate",
            "storypoint",
            "storypoints",
            "story point",
            "points",
            "effort",
            "weight",
            "total points",
            "size",
            "estimation",
        ],
    ),
    (
        Column::Labels,
        &["labels", "label", "tags", "tag", "etiquetas"],
    ),
    (
        Column::Epic,
        &[
            "epic",
            "epic name",
            "epic title",
            "parent summary",
            "epic link",
            "parent key",
            "parent issue",
        ],
    ),
    (Column::BlockedBy, &["blocked by"]),
    (
        Column::Created,
        &[
            "created",
            "created at",
            "created date",
            "created at utc",
            "creation date",
            "date created",
            "creada",
        ],
    ),
    (Column::Started, &["started", "started at"]),
    (
        Column::Accepted,
        &[
            "accepted at",
            "accepted",
            "completed",
            "completed at",
            "resolved",
            "closed at",
            "closed at utc",
            "closed date",
            "finish date",
            "canceled",
            "resuelta",
        ],
    ),
    (Column::Remark, &["comment", "comments", "note"]),
    (Column::Task, &["task", "tasks"]),
    (
        Column::Ignored,
        &[
            "updated",
            "updated at",
            "updated at utc",
            "last viewed",
            "position",
            "status category changed",
            "actualizada",
        ],
    ),
];

/// The columns of one table.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// What each column holds, and how good its name is; `None` for an unknown one.
    found: Vec<Option<(Column, usize)>>,
    /// The tool that made the table.
    tool: &'static str,
}

impl Columns {
    /// Recognises columns by their names.
    pub(super) fn of(names: &[String]) -> Self {
        let folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
        let tool = tool(&folded);
        let found = folded
            .iter()
            .map(|name| {
                // Our own export calls the number in the key `Key` and the id that never changes `Id`.
                if tool == OURS && name == "id" {
                    return Some((Column::Id, 0));
                }
                let known = NAMES.iter().find_map(|(column, names)| {
                    let place = names.iter().position(|known| known == name)?;
                    Some((*column, place))
                });
                known.or_else(|| Some((Column::Score(scored(name)?), 0)))
            })
            .collect();
        Self { found, tool }
    }

    /// Whether a column tells what the stories are about.
    pub(super) fn has_title(&self) -> bool {
        [Column::Title, Column::Sentence, Column::Want]
            .into_iter()
            .any(|column| self.has(column))
    }

    /// Whether there is such a column.
    pub(super) fn has(&self, column: Column) -> bool {
        self.found.iter().flatten().any(|found| found.0 == column)
    }

    /// How many columns are recognised.
    pub(super) fn known(&self) -> usize {
        self.found.iter().flatten().count()
    }

    /// The tool that made the table.
    pub(super) fn tool(&self) -> &'static str {
        self.tool
    }

    /// The places of the columns of a sort, best name first and then in the table's order.
    pub(super) fn places(&self, column: Column) -> Vec<usize> {
        let mut places: Vec<(usize, usize)> = self
            .found
            .iter()
            .enumerate()
            .filter_map(|(place, found)| {
                found
                    .filter(|found| found.0 == column)
                    .map(|found| (found.1, place))
            })
            .collect();
        places.sort_unstable();
        places.into_iter().map(|(_, place)| place).collect()
    }

    /// What a column holds.
    pub(super) fn at(&self, place: usize) -> Option<Column> {
        self.found
            .get(place)
            .copied()
            .flatten()
            .map(|found| found.0)
    }
}

/// The name of a part's column: `MoSCoW`, `WSJF value`.
pub(super) fn heading(part: Part) -> String {
    match part {
        Part::Class => part.method().name().to_owned(),
        _ => format!("{} {}", part.method().name(), part.word()),
    }
}

/// The part that a folded name stands for.
fn scored(name: &str) -> Option<Part> {
    Part::all().find(|part| words(&heading(*part)) == name)
}

/// The tool of our own export.
pub(super) const OURS: &str = "backstory";

/// Tells the tool by columns that only its tables have.
fn tool(names: &[String]) -> &'static str {
    let has = |name: &str| names.iter().any(|known| known == name);
    if has("key") && has("id") && has("benefit") && has("criteria") {
        OURS
    } else if has("current state") {
        "pivotal"
    } else if has("issue key") || has("clave de incidencia") || has("issuekey") {
        "jira"
    } else if has("cycle number") {
        "linear"
    } else if has("work item type") {
        "azure-devops"
    } else if has("backlog order") {
        "taiga"
    } else if has("external tickets") {
        "shortcut"
    } else if has("issue id") && has("url") {
        "gitlab"
    } else {
        "csv"
    }
}

/// A column's name in lower case without punctuation and without what a tool wraps around fields of its users.
fn fold(name: &str) -> String {
    let name = name.trim().trim_start_matches('\u{feff}');
    let lower = name.to_lowercase();
    let inner = ["custom field (", "campo personalizado ("]
        .into_iter()
        .find_map(|wrap| lower.strip_prefix(wrap))
        .and_then(|rest| rest.strip_suffix(')'));
    match inner {
        Some(inner) => words(inner),
        // A sigma marks a sum over sub-tasks, which is another column than the one it is named after.
        None if lower.starts_with('σ') => format!("sum of {}", words(&lower)),
        None => words(&lower),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks a header given as `name > what it is taken for`, where `-` is nothing.
    fn assert_mapped(tool: &str, header: &str) {
        let pairs: Vec<(&str, &str)> = header
            .split(", ")
            .map(|pair| pair.split_once(" > ").unwrap())
            .collect();
        let names: Vec<String> = pairs.iter().map(|(name, _)| (*name).to_owned()).collect();
        let columns = Columns::of(&names);
        assert_eq!(columns.tool(), tool, "{header}");
        for (place, (name, taken)) in pairs.iter().enumerate() {
            let found = columns
                .at(place)
                .map_or_else(|| "-".to_owned(), |column| format!("{column:?}"));
            assert_eq!(found, *taken, "{name} in {header}");
        }
    }

    #[test]
    fn columns_of_other_tools_are_found_by_name() {
        for (tool, header) in [
            (
                "pivotal",
                "Id > Key, Story > Sentence, Labels > Labels, Iteration > -, Story Type > Kind, Estimate > Estimate, Current State > Status, Created at > Created, Accepted at > Accepted, Description > Notes, URL > Url, Note > Remark",
            ),
            (
                "pivotal",
                "Id > Key, Title > Title, Type > Kind, Current State > Status, Owned By > -, Blocker > -, Comment > Remark, Task > Task, Task Status > -",
            ),
            (
                "jira",
                "Summary > Title, Issue key > Key, Issue id > Key, Issue Type > Kind, Status > Status, Priority > -, Custom field (Story Points) > Estimate, Custom field (Acceptance Criteria) > Criteria, Parent summary > Epic, Status Category > StatusGroup, Σ Original Estimate > -",
            ),
            (
                "jira",
                "issuekey > Key, title > Title, description > Notes, storypoint > Estimate, split_mark > -",
            ),
            (
                "jira",
                "Resumen > Title, Clave de incidencia > Key, Campo personalizado (Acceptance Criteria) > Criteria",
            ),
            (
                "linear",
                "ID > Key, Team > -, Title > Title, Status > Status, Cycle Number > -, Completed > Accepted, Blocked by > BlockedBy",
            ),
            (
                "gitlab",
                "Issue ID > Key, URL > Url, Title > Title, State > Status, Created At (UTC) > Created, Weight > Estimate",
            ),
            (
                "azure-devops",
                "\u{feff}ID > Key, Work Item Type > Kind, Title 1 > Title, Title 2 > Title, Effort > Estimate, Tags > Labels",
            ),
            (
                "taiga",
                "ref > Key, subject > Title, total-points > Estimate, backlog_order > -, created_date > Created",
            ),
            (
                "backstory",
                "Key > Key, Id > Id, Title > Title, Benefit > Benefit, Criteria > Criteria, Estimate > Estimate, MoSCoW > Score(Class), WSJF value > Score(UserValue), RICE effort > Score(Months)",
            ),
        ] {
            assert_mapped(tool, header);
        }
    }

    #[test]
    fn columns_that_people_name_themselves_are_found() {
        for header in [
            "Title > Title, Description > Notes, Labels > Labels",
            "Story > Sentence, Moscow > Score(Class), Value/Effort value > Score(Value), wsjf.size > Score(Size), rice_reach > Score(Reach), Impact > -, Value > -, Effort > Estimate",
            "As > Persona, I want to > Want, So that > Benefit, Access > -",
            "As a/an > Persona, I'd like to > Want, Why? > Benefit",
            "Epic > Epic, Persona > Persona, User Story > Sentence, ACCEPTANCE_CRITERIA > Criteria",
        ] {
            assert_mapped("csv", header);
        }
    }

    #[test]
    fn the_better_name_comes_first_and_repeated_names_all_count() {
        let names = ["Issue id", "Labels", "Issue key", "Labels"].map(str::to_owned);
        let columns = Columns::of(&names);
        assert_eq!(columns.places(Column::Key), [2, 0]);
        assert_eq!(columns.places(Column::Labels), [1, 3]);
    }
}
