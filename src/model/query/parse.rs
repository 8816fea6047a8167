//! From text to a query.

use std::ops::Range;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::fold::fold;
use super::labels::Labels;
use super::test::{Compare, Has, Is, Span, Term, Test};
use super::{Query, QueryError, Scope, Word};
use crate::model::{Kind, Status, Timestamp};

const FIELDS: &str = "status, label, persona, epic, kind, key, points, rounds, problem, outcome, impact, blocked-by, is, has, updated, created";

/// One word of the input, with its place.
struct Token<'a> {
    text: &'a str,
    at: Range<usize>,
}

pub(super) fn parse(input: &str, now: Timestamp) -> Result<Query, QueryError> {
    let mut query = Query::default();
    let mut statuses: Option<Vec<Status>> = None;
    let mut is_anywhere = false;
    for part in tokens(input) {
        let (is_negated, body) = match part.text.strip_prefix('-') {
            Some(rest) if !rest.is_empty() => (true, rest),
            _ => (false, part.text),
        };
        let Some((field, compare, value)) = field(body) else {
            query.words.extend(word(body, is_negated));
            continue;
        };
        let reader = Reader {
            field,
            compare,
            value,
            at: part.at.clone(),
            now,
        };
        let Some(test) = reader.test()? else {
            query.words.extend(word(body, is_negated));
            continue;
        };
        // What is due is accepted, and a key names a story wherever it stands.
        is_anywhere |= matches!(test, Test::Key(_) | Test::Is(Is::Due, _)) && !is_negated;
        match test {
            Test::Status(wanted) if !is_negated => statuses.get_or_insert_default().extend(wanted),
            test => query.terms.push(Term { is_negated, test }),
        }
    }
    query.scope = match statuses {
        Some(wanted) if Status::ALL.iter().all(|status| wanted.contains(status)) => Scope::All,
        Some(wanted) => Scope::Only(wanted),
        None if is_anywhere => Scope::All,
        None => Scope::Open,
    };
    Ok(query)
}

/// The words of the input: blanks part them, but not within quotes.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut start = None;
    let mut is_quoted = false;
    for (at, char) in text.char_indices() {
        if char == '"' {
            is_quoted = !is_quoted;
        }
        if char.is_whitespace() && !is_quoted {
            tokens.extend(start.take().map(|start| start..at));
        } else if start.is_none() {
            start = Some(at);
        }
    }
    tokens.extend(start.map(|start| start..text.len()));
    tokens
        .into_iter()
        .filter_map(|at| {
            Some(Token {
                text: text.get(at.clone())?,
                at,
            })
        })
        .collect()
}

fn word(text: &str, is_negated: bool) -> Option<Word> {
    let bare: String = text.chars().filter(|&char| char != '"').collect();
    let folded = fold(&bare);
    (!folded.is_empty()).then(|| Word {
        is_phrase: text.starts_with('"'),
        text: folded,
        is_negated,
    })
}

/// Takes `field:value`, `field>value` and the like apart.
fn field(text: &str) -> Option<(&str, Compare, &str)> {
    let end = text.find(|char: char| !char.is_ascii_alphabetic() && char != '-')?;
    let (name, rest) = text.split_at_checked(end)?;
    // Words with hyphens are text, unless they name a field.
    if name.contains('-') && !is_field(&name.to_ascii_lowercase()) {
        return None;
    }
    let signs = [
        (">=", Compare::AtLeast),
        ("<=", Compare::AtMost),
        (">", Compare::More),
        ("<", Compare::Less),
        (":", Compare::Is),
        ("=", Compare::Is),
    ];
    let (value, compare) = signs
        .into_iter()
        .find_map(|(sign, compare)| Some((rest.strip_prefix(sign)?, compare)))?;
    // A link is text.
    (!name.is_empty() && !value.starts_with("//")).then_some((name, compare, value))
}

/// A field with its value, to be understood.
struct Reader<'a> {
    field: &'a str,
    compare: Compare,
    value: &'a str,
    at: Range<usize>,
    now: Timestamp,
}

impl Reader<'_> {
    /// The test it stands for; `None` where it is no field but text such as `a>b`.
    fn test(&self) -> Result<Option<Test>, QueryError> {
        let field = self.field.to_ascii_lowercase();
        let compares = matches!(
            field.as_str(),
            "points" | "rounds" | "impact" | "updated" | "created"
        );
        if !compares && self.compare != Compare::Is {
            return Ok(None);
        }
        if !is_field(&field) {
            let message = format!("There is no field `{}`. There are: {FIELDS}.", self.field);
            return Err(self.error(message));
        }
        if self.values().is_empty() {
            return Err(self.error(format!(
                "`{}` needs a value. {}",
                self.field,
                example(&field)
            )));
        }
        Ok(Some(match field.as_str() {
            "status" => Test::Status(self.statuses()?),
            "kind" => Test::Kind(self.kinds()?),
            "label" => Test::Label(Labels::of(self.values())),
            "persona" => Test::Persona(self.values()),
            "epic" => Test::Epic(self.values()),
            "key" => Test::Key(self.values()),
            "blocked-by" => Test::BlockedBy(self.values()),
            "points" => self.numbers(Test::Points, Test::PointsAre)?,
            "rounds" => Test::Rounds(self.compare, self.number()?),
            "impact" => self.numbers(Test::Impact, Test::ImpactIs)?,
            "problem" => Test::Problem(self.values()),
            "outcome" => Test::Outcome(self.values()),
            "is" => Test::Is(
                self.one_of(Is::WORDS)?,
                TimeZone::UTC.to_datetime(self.now).date(),
            ),
            "has" => Test::Has(self.one_of(Has::WORDS)?),
            "updated" => self.time(Test::Updated)?,
            _ => self.time(Test::Created)?,
        }))
    }

    /// The values between the commas, folded, without quotes.
    fn values(&self) -> Vec<String> {
        let plain: String = self.value.chars().filter(|&char| char != '"').collect();
        plain
            .split(',')
            .map(|value| fold(value.trim()))
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// A word that has been begun means all that begin so, so that nothing jumps while one types.
    fn statuses(&self) -> Result<Vec<Status>, QueryError> {
        let mut statuses = Vec::new();
        for value in self.values() {
            let wanted = |status: &Status| match value.as_str() {
                "any" | "all" => true,
                "open" => !status.is_closed(),
                "closed" => status.is_closed(),
                word => status.word().starts_with(word),
            };
            let found: Vec<Status> = Status::ALL.into_iter().filter(wanted).collect();
            if found.is_empty() {
                let known = Status::ALL.map(Status::word).join(", ");
                return Err(self.error(format!(
                    "There is no status `{value}`. There are: {known}, open, closed, any."
                )));
            }
            statuses.extend(found);
        }
        Ok(statuses)
    }

    fn kinds(&self) -> Result<Vec<Kind>, QueryError> {
        let mut kinds = Vec::new();
        for value in self.values() {
            let found: Vec<Kind> = Kind::ALL
                .into_iter()
                .filter(|kind| kind.word().starts_with(&value))
                .collect();
            if found.is_empty() {
                let known = Kind::ALL.map(Kind::word).join(", ");
                return Err(self.error(format!("There is no kind `{value}`. There are: {known}.")));
            }
            kinds.extend(found);
        }
        Ok(kinds)
    }

    /// A comma means "or", as everywhere; a part of a point is written with a dot. A story may have no number.
    fn numbers<T: FromStr>(
        &self,
        compared: impl Fn(Compare, T) -> Test,
        one_of: impl Fn(Vec<Option<T>>) -> Test,
    ) -> Result<Test, QueryError> {
        let values = self.values();
        let field = self.field.to_ascii_lowercase();
        let what = if field == "points" {
            "number of points"
        } else {
            "number"
        };
        let is_no_number = |value: &str| {
            self.error(format!(
                "`{value}` is no {what}. Write {field}>3, {field}:5,8 or {field}:none."
            ))
        };
        if self.compare != Compare::Is {
            let value = values.join(",");
            let number = match values.as_slice() {
                [only] => only.parse().map_err(|_| is_no_number(&value))?,
                _ => return Err(is_no_number(&value)),
            };
            return Ok(compared(self.compare, number));
        }
        let numbers = values.iter().map(|value| match value.as_str() {
            "none" => Ok(None),
            number => number.parse().map(Some).map_err(|_| is_no_number(number)),
        });
        Ok(one_of(numbers.collect::<Result<_, _>>()?))
    }

    fn number(&self) -> Result<usize, QueryError> {
        self.value
            .parse()
            .map_err(|_| self.error(format!("`{}` is no number. Write rounds>1.", self.value)))
    }

    fn one_of<T: Copy>(&self, words: &[(&str, T)]) -> Result<T, QueryError> {
        let value = self.value.to_ascii_lowercase();
        let exact = words.iter().find(|(word, _)| *word == value);
        let begun = words.iter().find(|(word, _)| word.starts_with(&value));
        exact.or(begun).map(|(_, test)| *test).ok_or_else(|| {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.error(format!(
                "There is no `{}:{}`. There are: {}.",
                self.field,
                self.value,
                known.join(", ")
            ))
        })
    }

    /// Reads an age such as `7d`, where less means younger, or a day such as `2026-11-01`, where less means earlier.
    ///
    /// An age alone means at most that old. A day is a day of UTC, whole: after it is after its end.
    fn time(&self, test: impl Fn(Span) -> Test) -> Result<Test, QueryError> {
        let value = self.value.to_ascii_lowercase();
        if let Some(moment) = self.age(&value) {
            return Ok(test(match self.compare {
                Compare::Less => Span::after(moment),
                Compare::AtMost | Compare::Is => Span::from(moment),
                Compare::AtLeast => Span::up_to(moment),
                Compare::More => Span::before(moment),
            }));
        }
        let day = || {
            let day: Date = value.parse().ok()?;
            let start = |day: Date| Some(day.to_zoned_datetime(TimeZone::UTC).ok()?.timestamp());
            Some((start(day)?, start(day.tomorrow().ok()?)?))
        };
        let (start, end) = day().ok_or_else(|| {
            self.error(format!(
                "`{}` is no time. Write an age such as {}<7d (h, d, w, m, y), or a day such as {}>2026-11-01.",
                self.value, self.field, self.field
            ))
        })?;
        Ok(test(match self.compare {
            Compare::Less => Span::before(start),
            Compare::AtMost => Span::before(end),
            Compare::Is => Span::between(start, end),
            Compare::AtLeast => Span::from(start),
            Compare::More => Span::from(end),
        }))
    }

    /// The moment that long ago.
    fn age(&self, value: &str) -> Option<Timestamp> {
        let unit = value.chars().last()?;
        let number: u32 = value.strip_suffix(unit)?.parse().ok()?;
        let hours = match unit {
            'h' => 1,
            'd' => 24,
            'w' => 24 * 7,
            'm' => 24 * 30,
            'y' => 24 * 365,
            _ => return None,
        };
        let seconds = i64::from(number) * hours * 3600;
        // Older than time itself: everything is younger.
        Some(
            Timestamp::from_second(self.now.as_second().saturating_sub(seconds))
                .unwrap_or(Timestamp::MIN),
        )
    }

    fn error(&self, message: String) -> QueryError {
        QueryError {
            at: self.at.clone(),
            message,
        }
    }
}

fn is_field(name: &str) -> bool {
    FIELDS.split(", ").any(|field| field == name)
}

fn example(field: &str) -> &'static str {
    match field {
        "status" => "Write status:delivered or status:any.",
        "kind" => "Write kind:bug.",
        "label" => "Write label:checkout or label:none.",
        "persona" => "Write persona:\"returning customer\".",
        "epic" => "Write epic:checkout.",
        "key" => "Write key:WEB-3,WEB-9.",
        "blocked-by" => "Write blocked-by:WEB-9 or blocked-by:none.",
        "points" => "Write points>3 or points:none.",
        "rounds" => "Write rounds>1.",
        "problem" => "Write problem:none or problem:checkout.",
        "outcome" => "Write outcome:none or outcome:conversion.",
        "impact" => "Write impact>3 or impact:none.",
        "is" => "Write is:blocked or is:ready.",
        "has" => "Write has:questions.",
        _ => "Write updated<7d.",
    }
}
