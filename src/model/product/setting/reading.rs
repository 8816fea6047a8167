//! From text to a changed product, or to the reason why the text does not fit.
//!
//! Invariant: entries that stay as they are are kept as they are in the file, with the fields this version does not
//! know; and a fault that was there before, written by hand or by a merge, keeps nobody from mending another one.

use std::collections::BTreeMap;
use std::hash::Hash;
use std::ops::Deref;
use std::str::FromStr;

use jiff::civil::Date;

use super::{Setting, Unfit, view};
use crate::model::refusal::Refusal;
use crate::model::{
    Iterations, KeyPrefix, Line, LintSettings, Points, Product, Prose, Timestamp, View, Within,
};

/// The most criteria the definition of ready can ask for, and the most of what the linter allows.
const MOST: u8 = 99;
/// The longest title that the linter allows.
const LONGEST: u8 = 250;
/// The highest capacity of an iteration, in per cent of the usual.
const MOST_PER_CENT: u16 = 1_000;

impl Setting {
    /// The product with these entries as the setting's whole value.
    pub(super) fn with(
        self,
        product: &Product,
        entries: &[String],
        now: Timestamp,
    ) -> Result<Product, Refusal> {
        let mut after = product.clone();
        let text = entries.join(" ");
        match self {
            Self::Name => after.name = Product::new(&text, None)?.name,
            Self::Key => after.key = KeyPrefix::parse(&text)?,
            Self::Personas => after.personas = lines("persona", &product.personas, entries)?,
            Self::ReadyCriteria => after.ready.criteria = criteria(&text)?,
            Self::ReadyAnswers => after.ready.answers = switch(&text)?,
            Self::ReadyBenefit => after.ready.benefit = switch(&text)?,
            Self::ReadyEstimate => after.ready.estimate = asked(&text, product)?,
            Self::ReadyProblem => after.ready.problem = switch(&text)?,
            Self::ReadySound => after.ready.sound = switch(&text)?,
            Self::ReadyLines => after.ready.lines = lines("line", &product.ready.lines, entries)?,
            Self::Done => after.done = lines("line", &product.done, entries)?,
            Self::FeatureCriteria
            | Self::BugCriteria
            | Self::ChoreCriteria
            | Self::SpikeCriteria => {
                if let Some(template) = self.kind().map(|kind| after.templates.of_mut(kind)) {
                    template.criteria = proses("criterion", &template.criteria, entries)?;
                }
            }
            Self::FeatureNotes | Self::BugNotes | Self::ChoreNotes | Self::SpikeNotes => {
                if let Some(template) = self.kind().map(|kind| after.templates.of_mut(kind)) {
                    template.notes = Prose::parse(&entries.join("\n"));
                }
            }
            Self::Scale => after.scale = scale(product, entries)?,
            Self::Freshness => after.freshness = within(&text)?,
            Self::Scores => after.scores = words(entries, "way to score", &product.scores)?,
            Self::Views => after.views = views(&product.views, entries, now)?,
            Self::LintOff => after.lint.off = rules(&product.lint.off, entries)?,
            Self::LintVague => after.lint.vague = lines("word", &product.lint.vague, entries)?,
            Self::LintCriteria => after.lint.criteria = usize::from(number(&text, 1, MOST)?),
            Self::LintBlockers => after.lint.blockers = usize::from(number(&text, 0, MOST)?),
            Self::LintTitle => after.lint.title = usize::from(number(&text, 10, LONGEST)?),
            Self::Start => after.iterations = begun(product.iterations.as_ref(), &text)?,
            Self::Weeks | Self::Window | Self::Counts | Self::Capacity => {
                let iterations = after.iterations.as_mut().ok_or(Unfit::NoIterations)?;
                self.set_in(iterations, entries)?;
            }
        }
        Ok(after)
    }

    fn set_in(self, iterations: &mut Iterations, entries: &[String]) -> Result<(), Refusal> {
        let text = entries.join(" ");
        match self {
            Self::Weeks => iterations.weeks = within(&text)?,
            Self::Window => iterations.window = within(&text)?,
            Self::Counts => {
                let what = "the kinds that count";
                iterations.counts = some_of(entries, "kind", what, &iterations.counts)?;
            }
            Self::Capacity => iterations.capacity = capacities(entries)?,
            _ => {}
        }
        Ok(())
    }
}

/// Names of rules, in their own spelling; a name that is unknown here and stands in the file already stays.
fn rules(before: &[Line], entries: &[String]) -> Result<Vec<Line>, Refusal> {
    let spelled = entries.iter().map(|entry| {
        let is_it = |rule: &&str| rule.eq_ignore_ascii_case(entry);
        match LintSettings::RULES.into_iter().find(is_it) {
            Some(rule) => Ok(rule.to_owned()),
            None if before.iter().any(|line| line.as_str() == entry) => Ok(entry.clone()),
            None => Err(Refusal::UnknownWord {
                what: "rule of the linter",
                word: entry.clone(),
                known: LintSettings::RULES.join(", "),
            }),
        }
    });
    lines("rule", before, &spelled.collect::<Result<Vec<_>, _>>()?)
}

/// The estimates to choose from; none where the team gives none.
fn scale(product: &Product, entries: &[String]) -> Result<Vec<Points>, Refusal> {
    let is_none = match entries {
        [] => true,
        [only] => only.eq_ignore_ascii_case("none"),
        _ => false,
    };
    if !is_none {
        return words(entries, "estimate", &product.scale);
    }
    if product.ready.estimate {
        return Err(Unfit::EstimatesNeeded.into());
    }
    Ok(Vec::new())
}

/// Whether a story needs an estimate before it is agreed.
fn asked(text: &str, product: &Product) -> Result<bool, Refusal> {
    let is_asked = switch(text)?;
    if is_asked && product.scale.is_empty() {
        return Err(Unfit::NoScale.into());
    }
    Ok(is_asked)
}

fn criteria(text: &str) -> Result<usize, Refusal> {
    Ok(usize::from(number(text, 0, MOST)?))
}

fn number(text: &str, low: u8, high: u8) -> Result<u8, Refusal> {
    let number: u64 = text.trim().parse().map_err(|_| Unfit::NotANumber {
        text: text.trim().to_owned(),
        low,
        high,
    })?;
    u8::try_from(number)
        .ok()
        .filter(|number| (low..=high).contains(number))
        .ok_or(Refusal::OutOfRange { number, low, high })
}

fn within<const LOW: u8, const HIGH: u8>(text: &str) -> Result<Within<LOW, HIGH>, Refusal> {
    Ok(Within::clamped(number(text, LOW, HIGH)?))
}

fn switch(text: &str) -> Result<bool, Refusal> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "true" | "on" => Ok(true),
        "no" | "false" | "off" => Ok(false),
        _ => Err(Refusal::UnknownWord {
            what: "answer",
            word: text.trim().to_owned(),
            known: "yes, no".to_owned(),
        }),
    }
}

/// Iterations that begin on a day, with what else is set of them; none without a day.
fn begun(before: Option<&Iterations>, text: &str) -> Result<Option<Iterations>, Refusal> {
    let text = text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case("none") {
        return Ok(None);
    }
    let start: Date = text.parse().map_err(|_| Unfit::NotADay(text.to_owned()))?;
    Ok(Some(match before {
        Some(before) => Iterations {
            start,
            ..before.clone()
        },
        None => Iterations::usual(start),
    }))
}

fn capacities(entries: &[String]) -> Result<BTreeMap<u32, u16>, Refusal> {
    let mut capacities = BTreeMap::new();
    for entry in entries {
        let (number, per_cent) = capacity(entry).ok_or_else(|| Unfit::NotACapacity {
            text: entry.clone(),
            most: MOST_PER_CENT,
        })?;
        if capacities.insert(number, per_cent).is_some() {
            return Err(twice("iteration", &number.to_string()));
        }
    }
    Ok(capacities)
}

fn capacity(entry: &str) -> Option<(u32, u16)> {
    let (number, per_cent) = entry.split_once('=')?;
    let number = number.trim().parse().ok().filter(|number| *number > 0)?;
    let per_cent = per_cent.trim().trim_end_matches('%').trim_end();
    let per_cent = per_cent.parse().ok()?;
    (per_cent <= MOST_PER_CENT).then_some((number, per_cent))
}

/// Lines of text; those that are there already stay exactly as they are.
fn lines(what: &'static str, before: &[Line], entries: &[String]) -> Result<Vec<Line>, Refusal> {
    texts(what, before, entries, Line::parse)
}

/// Texts of any number of lines; those that are there already stay exactly as they are.
fn proses(what: &'static str, before: &[Prose], entries: &[String]) -> Result<Vec<Prose>, Refusal> {
    texts(what, before, entries, Prose::parse)
}

fn texts<T>(
    what: &'static str,
    before: &[T],
    entries: &[String],
    parse: fn(&str) -> T,
) -> Result<Vec<T>, Refusal>
where
    T: Clone + Deref<Target = str>,
{
    let mut after = Vec::with_capacity(entries.len());
    for entry in entries {
        let text = match before.iter().find(|text| &***text == entry) {
            Some(text) => text.clone(),
            None => parse(entry),
        };
        if text.trim().is_empty() {
            return Err(Unfit::EmptyEntry(what).into());
        }
        after.push(text);
    }
    let name = |texts: &[T]| texts.iter().map(|text| text.to_lowercase()).collect();
    let names: Vec<String> = name(&after);
    match fresh_double(&name(before), &names) {
        Some(place) => Err(twice(what, after.get(place).map_or("", Deref::deref))),
        None => Ok(after),
    }
}

/// Words of a list.
fn words<T>(entries: &[String], what: &'static str, before: &[T]) -> Result<Vec<T>, Refusal>
where
    T: FromStr<Err = Refusal> + Copy + Eq + Hash,
{
    let after: Vec<T> = entries
        .iter()
        .map(|entry| entry.parse())
        .collect::<Result<_, _>>()?;
    match fresh_double(before, &after) {
        Some(place) => Err(twice(what, entries.get(place).map_or("", String::as_str))),
        None => Ok(after),
    }
}

/// Words of a list that must not be empty.
fn some_of<T>(
    entries: &[String],
    what: &'static str,
    list: &'static str,
    before: &[T],
) -> Result<Vec<T>, Refusal>
where
    T: FromStr<Err = Refusal> + Copy + Eq + Hash,
{
    if entries.is_empty() {
        return Err(Unfit::EmptyList { list, what }.into());
    }
    words(entries, what, before)
}

fn views(before: &[View], entries: &[String], now: Timestamp) -> Result<Vec<View>, Refusal> {
    let mut after = Vec::with_capacity(entries.len());
    for (place, entry) in entries.iter().enumerate() {
        let known = before.iter().find(|known| known.to_line() == *entry);
        let view = match known {
            Some(known) => known.clone(),
            None => rewritten(before, entries, place, now)?,
        };
        after.push(view);
    }
    let names = |views: &[View]| -> Vec<String> {
        views.iter().map(|view| view.name.to_lowercase()).collect()
    };
    if let Some(place) = fresh_double(&names(before), &names(&after)) {
        let name = after.get(place).map_or("", |view| view.name.as_str());
        return Err(twice("view", name));
    }
    let keys = |views: &[View]| -> Vec<char> { views.iter().filter_map(|view| view.key).collect() };
    let used = keys(&after);
    if let Some(key) = fresh_double(&keys(before), &used).and_then(|place| used.get(place)) {
        let mut of_key = after.iter().filter(|view| view.key == Some(*key));
        let mut name = || {
            of_key
                .next()
                .map_or(String::new(), |view| view.name.to_string())
        };
        return Err(Unfit::SameKey {
            key: *key,
            one: name(),
            other: name(),
        }
        .into());
    }
    Ok(after)
}

/// A view as it is written, with the unknown fields of the one it was: that of its name, or else the one at its place.
fn rewritten(
    before: &[View],
    entries: &[String],
    place: usize,
    now: Timestamp,
) -> Result<View, Refusal> {
    let entry = entries.get(place).map_or("", String::as_str);
    let mut view = view::read(entry, now)?;
    let same_name = before.iter().find(|known| known.name == view.name);
    let at_place = before
        .get(place)
        .filter(|known| !entries.contains(&known.to_line()));
    if let Some(known) = same_name.or(at_place) {
        view.extra = known.extra.clone();
    }
    Ok(view)
}

/// Where something stands that is there more than once, and more often than before; the last place of it.
fn fresh_double<T: Eq>(before: &[T], after: &[T]) -> Option<usize> {
    let count = |list: &[T], wanted: &T| list.iter().filter(|one| *one == wanted).count();
    after.iter().rposition(|one| {
        let times = count(after, one);
        times > 1 && times > count(before, one)
    })
}

fn twice(what: &'static str, text: &str) -> Refusal {
    Unfit::Twice {
        what,
        text: text.to_owned(),
    }
    .into()
}
