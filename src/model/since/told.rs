//! News in words: one by one, and all of it in one sentence.

use super::{About, Group, News, Since, What};
use crate::model::{Backlog, Promise, StoryId};

/// So many stories are named; of more only some are.
const NAMED: usize = 3;
/// So many sorts of news are told; the rest is counted.
const TOLD: usize = 6;

impl What {
    /// What has happened, in a few words.
    pub fn words(&self) -> String {
        match self {
            Self::Went(went) => went.word().to_owned(),
            Self::Added => "new".to_owned(),
            Self::AddedMany(_) => "added".to_owned(),
            Self::SlippedMany { least, most, .. } => match (least, most) {
                (Some(1), Some(1)) => "slipped by 1 iteration".to_owned(),
                (Some(least), Some(most)) if least == most => {
                    format!("slipped by {least} iterations")
                }
                (Some(least), Some(most)) => format!("slipped by {least} to {most} iterations"),
                _ => "slipped out of sight".to_owned(),
            },
            Self::Commented { count, last } => said(*count, "comment", last),
            Self::Asked { count, last } => said(*count, "question", last),
            Self::Answered(1) => "a question answered".to_owned(),
            Self::Answered(count) => format!("{count} questions answered"),
            Self::Edited(fields) if fields.is_empty() => "changed".to_owned(),
            Self::Edited(fields) => format!("changed: {}", fields.join(", ")),
            Self::Moved { from, to } if to < from => format!("moved up from {from} to {to}"),
            Self::Moved { from, to } => format!("moved down from {from} to {to}"),
            Self::Slipped { from, to: Some(to) } => {
                format!("slipped from iteration {from} to {to}")
            }
            Self::Slipped { from, to: None } => {
                format!("slipped from iteration {from} out of sight")
            }
            Self::Heard(1) => "1 voice".to_owned(),
            Self::Heard(voices) => format!("{voices} voices"),
            Self::Believed(belief) => belief.word().to_owned(),
            Self::Learned(Promise::Kept) => "kept its promise".to_owned(),
            Self::Learned(Promise::Missed) => "missed its promise".to_owned(),
            Self::Learned(Promise::Unknown) => {
                "cannot be told whether it kept its promise".to_owned()
            }
            Self::Gone { .. } => "deleted".to_owned(),
            Self::Set(subjects) => format!("changed: {}", subjects.join(", ")),
            Self::Due(_) => "its benefit is due".to_owned(),
        }
    }
}

impl News {
    /// The title of what it is about; of what is gone, as it was remembered.
    pub fn title(&self, backlog: &Backlog) -> String {
        match (&self.what, self.about) {
            (What::Gone { title, .. }, about) if title.is_empty() => match about {
                About::Problem(_) => "A problem".to_owned(),
                About::Story(_) | About::Backlog => "A story".to_owned(),
            },
            (What::Gone { title, .. }, _) => title.clone(),
            (What::AddedMany(count), About::Problem(_)) => format!("{count} new problems"),
            (What::AddedMany(count), _) => format!("{count} new stories"),
            (What::SlippedMany { count, .. }, _) => format!("and {count} more"),
            (What::Set(_), _) => "The settings".to_owned(),
            (_, About::Story(id)) => {
                let story = backlog.story(id);
                story
                    .map(|story| story.title.to_string())
                    .unwrap_or_default()
            }
            (_, About::Problem(id)) => {
                let problem = backlog.problem(id);
                let title = problem.map(|problem| problem.title.to_string());
                title.unwrap_or_default()
            }
            (_, About::Backlog) => "The whole backlog".to_owned(),
        }
    }

    /// The key of the story it is about, though it may be gone.
    pub fn key(&self, backlog: &Backlog) -> Option<String> {
        match (&self.what, self.about) {
            (What::Gone { key, .. }, _) => key.clone(),
            (What::AddedMany(_) | What::SlippedMany { .. }, _)
            | (_, About::Problem(_) | About::Backlog) => None,
            (_, About::Story(id)) => Some(backlog.key_or_id(id)),
        }
    }

    /// How a sentence calls what is gone.
    fn gone_name(&self, backlog: &Backlog) -> String {
        let title = self.title(backlog);
        let is_unknown = matches!(&self.what, What::Gone { title, .. } if title.is_empty());
        match self.key(backlog) {
            Some(key) => key,
            None if is_unknown => title.to_lowercase(),
            None => format!("\u{201c}{}\u{201d}", short(&title)),
        }
    }
}

impl Since {
    /// All of it in a few words, such as `2 delivered (WEB-12, WEB-3), WEB-9 came back`; `None` where there is no news.
    pub fn told(&self, backlog: &Backlog) -> Option<String> {
        let mut parts: Vec<(String, usize)> = Vec::new();
        for group in Group::ALL {
            let mut news: Vec<&News> = self.of_group(group).collect();
            // Two things about one story are one here.
            news.dedup_by_key(|news| news.about);
            if !news.is_empty() {
                parts.push((told_group(group, &news, backlog), news.len()));
            }
        }
        let rest: usize = parts.iter().skip(TOLD).map(|(_, count)| count).sum();
        let mut told: Vec<String> = parts.into_iter().take(TOLD).map(|(part, _)| part).collect();
        if rest > 0 {
            told.push(format!("and {rest} more"));
        }
        (!told.is_empty()).then(|| told.join(", "))
    }
}

/// The news of one group in a few words.
fn told_group(group: Group, news: &[&News], backlog: &Backlog) -> String {
    match (group, news) {
        (Group::New, _) => told_new(news),
        (_, [only]) => told_one(group, only, backlog),
        _ => told_many(group, news, backlog),
    }
}

fn told_one(group: Group, news: &News, backlog: &Backlog) -> String {
    let name = name(news.about, backlog);
    let words = news.what.words();
    match (group, &news.what) {
        (Group::Delivered | Group::Accepted, _) => format!("{name} was {words}"),
        (Group::CameBack, _) => format!("{name} came back"),
        (Group::Settings, What::Set(subjects)) => told_settings(subjects),
        (Group::Gone, _) => format!("{} was deleted", news.gone_name(backlog)),
        (Group::Said, What::Commented { count, .. }) => {
            format!("{} on {name}", a(*count, "comment"))
        }
        (Group::Said, What::Asked { count, .. }) => format!("{} on {name}", a(*count, "question")),
        (Group::Said, _) => format!("{words} on {name}"),
        (Group::Changed, What::Went(_)) => format!("{name} is {words}"),
        (Group::Changed, _) => format!("{name} changed"),
        (_, What::Heard(_)) => format!("{words} for {name}"),
        (Group::Due, _) => format!("the benefit of {name} is due"),
        (Group::Settings | Group::New | Group::Moved | Group::Forecast | Group::Evidence, _) => {
            format!("{name} {words}")
        }
    }
}

fn told_many(group: Group, news: &[&News], backlog: &Backlog) -> String {
    let count = news.len();
    match group {
        Group::Delivered => format!("{count} delivered ({})", keys(news, backlog)),
        Group::CameBack => format!("{count} came back ({})", keys(news, backlog)),
        Group::Accepted => format!("{count} accepted"),
        Group::Said => format!("questions or comments on {count} stories"),
        Group::Settings => format!("{count} settings changed"),
        Group::New => format!("{count} new"),
        Group::Gone => format!("{count} deleted"),
        Group::Changed => format!("{count} changed"),
        Group::Moved => format!("{count} moved far"),
        Group::Forecast => format!("{count} slipped"),
        Group::Evidence => {
            let is_problem = |news: &&News| matches!(news.about, About::Problem(_));
            if news.iter().all(is_problem) {
                format!("new evidence for {count} problems")
            } else {
                format!("{count} things were learned")
            }
        }
        Group::Due => format!("{count} benefits are due"),
    }
}

fn told_settings(subjects: &[&str]) -> String {
    if subjects.len() > NAMED {
        return format!("{} settings changed", subjects.len());
    }
    match subjects.split_last() {
        Some((last, [])) => format!("{last} changed"),
        Some((last, first)) => format!("{} and {last} changed", first.join(", ")),
        None => String::new(),
    }
}

fn told_new(news: &[&News]) -> String {
    let problems = news
        .iter()
        .filter(|news| matches!(news.about, About::Problem(_)));
    let problems = problems.count();
    let stories = news.len() - problems;
    let counted = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 new {one}")),
        count => Some(format!("{count} new {many}")),
    };
    let parts = [
        counted(stories, "story", "stories"),
        counted(problems, "problem", "problems"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The keys of the first stories.
fn keys(news: &[&News], backlog: &Backlog) -> String {
    let stories = news.iter().filter_map(|news| story_of(news));
    let mut keys: Vec<String> = stories
        .take(NAMED)
        .map(|id| backlog.key_or_id(id))
        .collect();
    if news.len() > NAMED {
        keys.push("\u{2026}".to_owned());
    }
    keys.join(", ")
}

const fn story_of(news: &News) -> Option<StoryId> {
    match news.about {
        About::Story(id) => Some(id),
        About::Problem(_) | About::Backlog => None,
    }
}

fn name(about: About, backlog: &Backlog) -> String {
    match about {
        About::Story(id) => backlog.key_or_id(id),
        About::Problem(id) => {
            let problem = backlog.problem(id);
            let title = problem.map_or("a problem", |problem| problem.title.as_str());
            format!("\u{201c}{}\u{201d}", short(title))
        }
        About::Backlog => "the whole backlog".to_owned(),
    }
}

/// Words short enough to stand among others.
pub fn short(words: &str) -> String {
    const LONGEST: usize = 40;
    let line = words.lines().next().unwrap_or_default();
    let mut cut: String = line.chars().take(LONGEST).collect();
    if cut.len() < words.len() {
        cut.truncate(cut.trim_end().len());
        cut.push('\u{2026}');
    }
    cut
}

fn said(count: usize, what: &str, last: &str) -> String {
    let last = short(last);
    match count {
        1 => format!("{what}: \u{201c}{last}\u{201d}"),
        count => format!("{count} {what}s, the last: \u{201c}{last}\u{201d}"),
    }
}

/// `a comment`, `3 comments`.
fn a(count: usize, what: &str) -> String {
    match count {
        1 => format!("a {what}"),
        count => format!("{count} {what}s"),
    }
}
