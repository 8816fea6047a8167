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

/// Titles longer than this many characters are cut to their first words.
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
        let with = |ends: [&str; 2]| ends.map(|end| format!("{}: {end}", story.title)).to_vec();
        match self {
            Self::Paths => with(["the usual way", "when something is different"]),
            Self::Interfaces => with(["in the browser", "on the phone"]),
            Self::Data => with(["the simplest data", "all other data"]),
            Self::Rules if story.criteria.len() > 1 => story
                .criteria
                .iter()
                .map(|rule| format!("{}: {}", story.title, gist(&rule.text)))
                .collect(),
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
                want: if *title == story.title {
                    story.want.clone()
                } else {
                    Line::default()
                },
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
    format!("{words} …")
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
            ["Pay: a bill is sent", "Pay: Refunds take a day"]
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
    fn long_texts_are_cut_between_words() {
        let long = "word ".repeat(40);
        let short = gist(&long);
        assert!(short.chars().count() <= LONGEST + 2, "{short}");
        assert!(short.ends_with("word …"), "{short}");
        assert!(gist(&"x".repeat(500)).chars().count() <= LONGEST + 2);
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
