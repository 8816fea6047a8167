//! Ways to split a story, after the SPIDR patterns (Cohn, 2017): paths, interfaces, data, rules, and last a spike.
//!
//! A way proposes titles and says which part goes where at first; what is right only people know.

use crate::model::{Child, Kind, Line, SplitPart, Story, StoryId, Title};

/// Along what a story is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The usual way through, and those that differ from it.
    Paths,
    /// A screen, a device, a channel at a time.
    Interfaces,
    /// Some of the data first.
    Data,
    /// A rule at a time.
    Rules,
    /// Finding out first; the last resort, as it delivers nothing.
    Spike,
}

/// No story is split into more: a digit chooses each child.
pub const MOST: usize = 9;
/// The point of a rule is told in at most about so many characters.
const LONGEST: usize = 60;

impl Way {
    /// Every way, the last resort last.
    pub const ALL: [Self; 5] = [
        Self::Paths,
        Self::Interfaces,
        Self::Data,
        Self::Rules,
        Self::Spike,
    ];

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Paths => "paths",
            Self::Interfaces => "interfaces",
            Self::Data => "data",
            Self::Rules => "rules",
            Self::Spike => "spike",
        }
    }

    /// What it means, in a few words.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Paths => "the usual way first, other ways later",
            Self::Interfaces => "one device, screen or channel at a time",
            Self::Data => "some of the data first",
            Self::Rules => "a rule at a time",
            Self::Spike => "find out first, build then; the last resort",
        }
    }

    /// Proposes the children's titles.
    pub fn titles(self, story: &Story) -> Vec<String> {
        let with = |ends: [&str; 2]| ends.map(|end| titled(story, end)).to_vec();
        match self {
            Self::Paths => with(["the usual way", "when something is different"]),
            Self::Interfaces => with(["in the browser", "on the phone"]),
            Self::Data => with(["the simplest data", "all other data"]),
            Self::Rules if story.criteria.len() > 1 => {
                let rules = story.criteria.iter();
                let mut titles: Vec<String> =
                    rules.map(|rule| titled(story, &gist(&rule.text))).collect();
                if titles.len() > MOST {
                    titles.truncate(MOST - 1);
                    titles.push(titled(story, "the other rules"));
                }
                titles
            }
            Self::Rules => with(["the first rule", "the other rules"]),
            Self::Spike => {
                let question = story.open_questions().next();
                let unknown = question.map_or(story.title.as_str(), |question| &question.text);
                vec![
                    format!("Find out: {}", gist(unknown)),
                    story.title.to_string(),
                ]
            }
        }
    }

    /// The children with these titles, each with the parts that go to its place; `id` gives each its id.
    pub fn children(
        self,
        story: &Story,
        titles: &[Title],
        places: &[Option<usize>],
        mut id: impl FnMut() -> StoryId,
    ) -> Vec<Child> {
        let parts = SplitPart::all(story);
        let mut children = Vec::with_capacity(titles.len());
        for (number, title) in titles.iter().enumerate() {
            let takes = |(part, place): (&SplitPart, &Option<usize>)| {
                (*place == Some(number)).then(|| part.clone())
            };
            let is_spike = self == Self::Spike && number == 0;
            children.push(Child {
                id: id(),
                title: title.clone(),
                kind: is_spike.then_some(Kind::Spike),
                want: want(title, story),
                parts: parts.iter().zip(places).filter_map(takes).collect(),
            });
        }
        children
    }

    /// To which of so many children each part of the story goes at first, counted from 0.
    pub fn places(self, story: &Story, children: usize) -> Vec<usize> {
        let last = children.saturating_sub(1);
        let rule = |id: &str| {
            let mut rules = story.criteria.iter();
            rules.position(|rule| rule.id == id).unwrap_or(0)
        };
        let parts = SplitPart::all(story).into_iter();
        parts
            .map(|part| match (self, part) {
                (Self::Rules, SplitPart::Criterion(id) | SplitPart::Example(id, _)) => {
                    rule(&id).min(last)
                }
                (Self::Spike, SplitPart::Criterion(_) | SplitPart::Example(..)) => 1.min(last),
                _ => 0,
            })
            .collect()
    }
}

/// The title of a child that is the story in a special case.
fn titled(story: &Story, case: &str) -> String {
    format!("{}, {}", story.title, lowered(case))
}

/// What is wanted in a child: what its parent wants, in the case that the child's title adds; or else what the title
/// says. A parent that says nothing of it leaves that to the titles.
fn want(title: &Title, parent: &Story) -> Line {
    if *title == parent.title || parent.want.is_empty() {
        return parent.want.clone();
    }
    match title.strip_prefix(parent.title.as_str()) {
        Some(case) if case.starts_with([',', ':', ';', ' ']) => {
            let case = case.trim_start_matches([',', ':', ';', ' ', '-', '–', '—']);
            Line::parse(&format!("{}, {}", parent.want, lowered(case)))
        }
        _ => Line::parse(&lowered(title)),
    }
}

/// The same with a small letter first, unless it begins with an abbreviation.
fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    let (first, second) = (letters.next(), letters.next());
    match first {
        Some(first) if second.is_none_or(|second| !second.is_uppercase()) => {
            first.to_lowercase().chain(text.chars().skip(1)).collect()
        }
        _ => text.to_owned(),
    }
}

/// The point of a text in a few words: of a scenario what it promises, else its first line.
fn gist(text: &str) -> String {
    let promise = text.lines().find_map(|line| {
        let line = line.trim();
        let (first, rest) = line.split_once(char::is_whitespace)?;
        first.eq_ignore_ascii_case("then").then_some(rest.trim())
    });
    let line = promise.unwrap_or_else(|| text.lines().next().unwrap_or_default().trim());
    if line.chars().count() <= LONGEST {
        return line.to_owned();
    }
    let mut words = String::new();
    for word in line.split_whitespace() {
        if !words.is_empty() && words.chars().count() + word.chars().count() >= LONGEST {
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().take(LONGEST));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Criterion, Line, Question};

    fn story() -> Story {
        let mut story: Story = serde_json::from_value(serde_json::json!({
            "format": 1, "id": "019ab3c4-7c3e-7d5a-9b1e-2f6c1d0a8e4b", "number": 1, "title": "Pay", "rank": "a0",
            "created": "2026-11-19T16:00:00Z", "updated": "2026-11-19T16:00:00Z",
        }))
        .unwrap();
        let rule = |id: &str, text: &str| Criterion {
            id: id.to_owned(),
            examples: vec![Line::parse("one")],
            ..Criterion::new(text)
        };
        story.criteria = vec![
            rule("c1", "Given a card\nWhen I pay\nThen a bill is sent"),
            rule("c2", "Refunds take a day"),
        ];
        story.questions = vec![Question::new("Which cards?")];
        story
    }

    #[test]
    fn each_rule_becomes_a_story_with_what_it_promises() {
        assert_eq!(
            Way::Rules.titles(&story()),
            ["Pay, a bill is sent", "Pay, refunds take a day"]
        );
        assert_eq!(Way::Rules.places(&story(), 2), [0, 0, 1, 1, 0]);
        assert_eq!(Way::Rules.places(&story(), 1), [0, 0, 0, 0, 0]);
    }

    #[test]
    fn a_spike_takes_the_questions_and_leaves_the_rules() {
        assert_eq!(
            Way::Spike.titles(&story()),
            ["Find out: Which cards?", "Pay"]
        );
        assert_eq!(Way::Spike.places(&story(), 2), [1, 1, 1, 1, 0]);
    }

    #[test]
    fn no_more_children_are_proposed_than_there_are_digits() {
        let mut many = story();
        many.criteria = (0..14)
            .map(|at| Criterion {
                id: format!("c{at}"),
                ..Criterion::new(&format!("Rule {at}"))
            })
            .collect();
        let titles = Way::Rules.titles(&many);
        assert_eq!(titles.len(), MOST);
        assert_eq!(titles[MOST - 1], "Pay, the other rules");
        assert_eq!(Way::Rules.places(&many, MOST)[MOST..14], [MOST - 1; 5]);
    }

    #[test]
    fn children_want_what_the_parent_wants_in_their_case() {
        let mut story = story();
        let said =
            |title: &str, story: &Story| want(&Title::parse(title).unwrap(), story).to_string();
        assert_eq!(said("Pay, a bill is sent", &story), "");
        story.want = Line::parse("pay for my order");
        assert_eq!(said("Pay", &story), "pay for my order");
        assert_eq!(
            said("Pay, a bill is sent", &story),
            "pay for my order, a bill is sent"
        );
        assert_eq!(said("Get a bill", &story), "get a bill");
        assert_eq!(said("VAT is shown", &story), "VAT is shown");
        assert_eq!(said("Payment plans", &story), "payment plans");
    }

    #[test]
    fn long_texts_are_cut_between_words() {
        let long = "word ".repeat(40);
        let short = gist(&long);
        assert!(short.chars().count() <= LONGEST, "{short}");
        assert!(short.ends_with("word"), "{short}");
        assert!(gist(&"x".repeat(500)).chars().count() <= LONGEST);
        assert_eq!(gist(""), "");
    }

    #[test]
    fn every_way_proposes_two_titles_at_least() {
        let mut bare = story();
        bare.criteria.clear();
        bare.questions.clear();
        for way in Way::ALL {
            assert!(way.titles(&bare).len() >= 2, "{way:?}");
            assert!(way.places(&bare, 2).is_empty());
        }
    }
}
