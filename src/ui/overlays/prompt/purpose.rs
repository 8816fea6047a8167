//! What a prompt is for, and how it looks for that.

use std::path::PathBuf;

use ratatui::text::{Line, Span};

use super::{Asked, Refined};

use crate::language::capture;
use crate::language::split::Way;
use crate::model::{CriterionId, Grouping, Place, Setting, Step, StoryId};
use crate::ui::pane::Cx;
use crate::ui::text;

/// What an answer is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Purpose {
    /// A new story at this place.
    Capture(Place),
    /// The reason for a step of these stories.
    Reason(Vec<StoryId>, Step),
    /// Why a story is accepted although not everything is met.
    Waiver(StoryId),
    /// A note on an acceptance that needs no waiver.
    AcceptNote(StoryId),
    /// Why a story is rejected.
    Rejection(StoryId),
    /// What is missing, or another remark on a verdict.
    Note(StoryId, CriterionId),
    /// What was seen.
    Evidence(StoryId, CriterionId),
    /// The file that the letter of a rejected story goes into.
    LetterFile(StoryId),
    /// The question that *cannot tell* raised.
    Raised(StoryId),
    /// The labels of these stories, with those that all of them had.
    Labels(Vec<StoryId>, Vec<String>),
    /// What blocks these stories, with the blockers that all of them had.
    Blockers(Vec<StoryId>, Vec<StoryId>),
    /// Another velocity to forecast with.
    Velocity,
    /// The titles of the stories that a story is split into.
    SplitTitles(StoryId, Way),
    /// The story that this one is merged into.
    MergeInto(StoryId),
    /// A card of a story that is refined.
    Refined(StoryId, Refined),
    /// Something of the thread: problems, outcomes, evidence.
    Thread(Asked),
    /// The name under which a query and a grouping are saved.
    SaveView(String, Option<Grouping>),
    /// A setting of the product.
    Setting(Setting, Part),
    /// The name of a new product.
    ProductName,
    /// A file to import.
    ImportFile,
    /// The name of the product that a file becomes.
    ImportName(PathBuf),
}

/// The part of a setting that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The whole value.
    Whole,
    /// A new entry of the list.
    New,
    /// What this entry of the list is to be.
    Entry(String),
}

impl Purpose {
    /// Whether the answer may have several lines.
    pub(super) const fn takes_lines(&self) -> bool {
        if let Self::Setting(setting, _) = self {
            return setting.takes_lines();
        }
        if let Self::Thread(asked) = self {
            return asked.takes_lines();
        }
        matches!(
            self,
            Self::Capture(_)
                | Self::Reason(..)
                | Self::Waiver(_)
                | Self::AcceptNote(_)
                | Self::Rejection(_)
                | Self::Note(..)
                | Self::Evidence(..)
                | Self::Raised(_)
                | Self::SplitTitles(..)
                | Self::Refined(
                    _,
                    Refined::Rule(_) | Refined::Question(_) | Refined::Answer(_)
                )
        )
    }

    /// The stories that are not offered, where a story is asked for.
    pub(super) fn takes_story(&self) -> Option<&[StoryId]> {
        match self {
            Self::Blockers(stories, _) => Some(stories),
            Self::Thread(Asked::Stories(_, linked)) => Some(linked),
            Self::MergeInto(story) => Some(std::slice::from_ref(story)),
            _ => None,
        }
    }

    /// Whether the stories may be accepted ones, too: the problem of one is often found out only afterwards.
    pub(super) const fn takes_accepted(&self) -> bool {
        matches!(self, Self::Thread(Asked::Stories(..)))
    }

    /// Whether the answer may be a scenario.
    pub(super) const fn takes_steps(&self) -> bool {
        matches!(self, Self::Refined(_, Refined::Rule(_)))
    }

    /// Whether the other asks for the same; a new story is one wherever it goes.
    pub(super) fn asks_like(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Capture(_), Self::Capture(_))) || self == other
    }

    /// Whether the answer is a list with commas.
    pub(super) const fn takes_lists(&self) -> bool {
        matches!(
            self,
            Self::Labels(..) | Self::Blockers(..) | Self::Thread(Asked::Stories(..))
        )
    }

    /// What stands in the empty field.
    pub(super) const fn hint(&self) -> &'static str {
        match self {
            Self::Capture(_) => "A title, or: As a …, I want to …, so that …",
            Self::Reason(..) | Self::Rejection(_) => "Why?",
            Self::AcceptNote(_) => "Such as: on staging",
            Self::Waiver(_) => "Why is it good enough?",
            Self::Note(..) => "What is missing?",
            Self::Evidence(..) => "What was seen, a link, or ! and a command to run",
            Self::Raised(_) => "What must be known first? Empty asks nothing",
            Self::Labels(..) => "Labels, with commas between them",
            Self::Blockers(..) => "Keys with commas between them, or words of a title to find one",
            Self::Velocity => "How much an iteration holds, such as 12",
            // What is needed stands below all the time.
            Self::Setting(..) => "",
            Self::Refined(_, Refined::Rule(_)) => "What must be true, or Given …, When …, Then …",
            Self::Refined(_, Refined::Example(..)) => "A case that shows it: the one where …",
            Self::Refined(_, Refined::Question(_)) => "What nobody here can answer",
            Self::Refined(_, Refined::Answer(_)) => "The answer; empty opens the question again",
            Self::Refined(_, Refined::Estimate) => {
                "Points, such as 3; empty takes the estimate away"
            }
            Self::Thread(asked) => asked.hint(),
            Self::SplitTitles(..) => "A title a line",
            Self::MergeInto(_) => "A key, or words of a title to find one",
            Self::SaveView(..) => "A name, such as Next",
            Self::ProductName | Self::ImportName(_) => "The product's name",
            Self::LetterFile(_) => "The path of a file to write",
            Self::ImportFile => "The path of a text, CSV or JSON file",
        }
    }

    /// What the text would become.
    pub(super) fn preview(&self, typed: &str, cx: &Cx, width: usize) -> Vec<Line<'static>> {
        if let Self::Setting(setting, _) = self {
            let rows = text::rows(setting.form(), width).into_iter();
            return rows.map(|row| Line::styled(row, cx.theme.dim())).collect();
        }
        if let Self::Thread(asked) = self
            && !matches!(asked, Asked::Solve(_))
        {
            return asked.preview(typed, cx, width);
        }
        let (Self::Capture(_) | Self::Thread(_)) = self else {
            return Vec::new();
        };
        let Ok(draft) = capture::draft(typed) else {
            return Vec::new();
        };
        if draft.want.is_empty() {
            return Vec::new();
        }
        let parts: [(&str, &str); 4] = [
            ("Title", &draft.title),
            ("As a", &draft.persona),
            ("I want to", &draft.want),
            ("so that", &draft.benefit),
        ];
        parts
            .into_iter()
            .filter(|(_, words)| !words.is_empty())
            .map(|(name, words)| {
                Line::from(vec![
                    Span::styled(format!("{name:<10} "), cx.theme.dim()),
                    Span::raw(text::truncate(words, width.saturating_sub(11)).into_owned()),
                ])
            })
            .collect()
    }
}
