//! The loose ends of the thread, each with what mends it: Enter does that.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::{LearnBox, frame};
use crate::keymap::Action;
use crate::model::{ProblemId, StoryId};
use crate::ui::effect::{Effect, Focus};
use crate::ui::pane::Cx;
use crate::ui::panes::acts;
use crate::ui::panes::discovery::{self, Spot, today};
use crate::ui::text;
use crate::ui::widgets::viewport::{walk, with_heading};

/// What hangs loose, to be mended.
#[derive(Clone, Debug)]
pub struct LooseEnds {
    rows: Vec<End>,
    /// The lines of the box: headings by their words, and ends by their places.
    lines: Vec<Said>,
    at: usize,
    top: usize,
    height: usize,
    /// The backlog's generation that these are right for.
    generation: u64,
}

/// One loose end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// A story without a problem.
    Story(StoryId),
    /// A problem that no story is to solve.
    Unsolved(ProblemId),
    /// A problem with one candidate alone.
    Single(ProblemId),
    /// An open story of a refuted problem, and whether it is to be built in the current iteration.
    Refuted(StoryId, bool),
    /// An accepted story that nobody has checked, and whether it is time to.
    Unchecked(StoryId, bool),
}

#[derive(Clone, Copy, Debug)]
enum Said {
    Heading(&'static str),
    End(usize),
}

impl End {
    /// What Enter does with it.
    const fn mending(self) -> &'static str {
        match self {
            Self::Story(_) => "link to a problem",
            Self::Unsolved(_) => "write a story",
            Self::Single(_) => "write another story",
            Self::Refuted(..) => "unlink",
            Self::Unchecked(_, true) => "look again",
            Self::Unchecked(_, false) => "say when to look",
        }
    }

    const fn heading(self) -> &'static str {
        match self {
            Self::Story(_) => "Stories without a problem",
            Self::Unsolved(_) => "Problems without a story",
            Self::Single(_) => "Problems with one candidate only",
            Self::Refuted(..) => "Open stories of refuted problems",
            Self::Unchecked(..) => "Accepted stories that nobody has checked",
        }
    }

    const fn spot(self) -> Spot {
        match self {
            Self::Story(story) | Self::Refuted(story, _) | Self::Unchecked(story, _) => {
                Spot::Story(story)
            }
            Self::Unsolved(problem) | Self::Single(problem) => Spot::Problem(problem),
        }
    }
}

impl LooseEnds {
    /// The loose ends there are.
    pub fn new(cx: &Cx) -> Self {
        let mut ends = Self {
            rows: Vec::new(),
            lines: Vec::new(),
            at: 0,
            top: 0,
            height: 1,
            generation: 0,
        };
        ends.follow(cx);
        ends
    }

    /// Follows a backlog that has changed; the cursor stays where it was, so that the next end comes up.
    fn follow(&mut self, cx: &Cx) {
        if self.generation == cx.backlog.generation() {
            return;
        }
        self.generation = cx.backlog.generation();
        let before = self.rows.get(self.at).copied();
        let orphans = cx.backlog.orphans(today(cx));
        let refuted = orphans.refuted.iter().flat_map(|(_, stories)| stories);
        let is_above = |id: StoryId| {
            let forecast = cx.forecast;
            forecast.is_some_and(|forecast| forecast.is_above_cut(id, cx.backlog))
        };
        let refuted = refuted.map(|id| End::Refuted(*id, is_above(*id)));
        let mut refuted: Vec<End> = refuted.collect();
        // What is going to be built next is the most pressing.
        refuted.sort_by_key(|end| !matches!(end, End::Refuted(_, true)));
        self.rows = orphans
            .unsolved
            .iter()
            .copied()
            .map(End::Unsolved)
            .collect();
        self.rows.extend(refuted);
        let due = cx.backlog.learn_queue(today(cx));
        let unchecked = orphans.unchecked.iter();
        self.rows
            .extend(unchecked.map(|id| End::Unchecked(*id, due.contains(id))));
        self.rows
            .extend(orphans.single.iter().copied().map(End::Single));
        // These may be very many.
        self.rows
            .extend(orphans.stories.iter().copied().map(End::Story));
        self.lines.clear();
        let mut heading = "";
        for (index, end) in self.rows.iter().enumerate() {
            if end.heading() != heading {
                heading = end.heading();
                self.lines.push(Said::Heading(heading));
            }
            self.lines.push(Said::End(index));
        }
        let kept = before.and_then(|end| self.rows.iter().position(|other| *other == end));
        self.at = kept
            .unwrap_or(self.at)
            .min(self.rows.len().saturating_sub(1));
    }

    pub(super) fn on_action(&mut self, action: Action, cx: &Cx) -> Vec<Effect> {
        self.follow(cx);
        let last = self.rows.len().saturating_sub(1);
        if let Some(at) = walk(action, self.at, self.height, last) {
            self.at = at;
            return Vec::new();
        }
        match action {
            Action::Close => return vec![Effect::Close],
            Action::Confirm => return self.mend(cx),
            Action::GoThere => return self.go(),
            Action::Drop => return self.drop_story(cx),
            _ => {}
        }
        Vec::new()
    }

    fn mend(&self, cx: &Cx) -> Vec<Effect> {
        match self.rows.get(self.at) {
            Some(End::Story(story)) => discovery::link_problem(&[*story], cx),
            Some(End::Unsolved(problem) | End::Single(problem)) => {
                vec![discovery::solve(*problem, cx)]
            }
            Some(End::Refuted(story, _)) => discovery::unlink_story(*story, cx),
            Some(End::Unchecked(story, true)) => {
                vec![Effect::open(LearnBox::new(cx).on(*story))]
            }
            Some(End::Unchecked(story, false)) => vec![discovery::plan_check(*story, cx)],
            None => vec![Effect::Close],
        }
    }

    /// Asks why a story is dropped, which may mend more than a link does.
    fn drop_story(&self, cx: &Cx) -> Vec<Effect> {
        match self.rows.get(self.at).map(|end| end.spot()) {
            Some(Spot::Story(story)) => acts::act(Action::Drop, &[story], cx).unwrap_or_default(),
            Some(_) => vec![Effect::refusal(
                "Only stories are dropped here. e goes to the problem, where x deletes it.",
            )],
            None => Vec::new(),
        }
    }

    /// A story that is in the tree or a problem is shown there; any other story in the backlog.
    fn go(&self) -> Vec<Effect> {
        match self.rows.get(self.at) {
            Some(End::Story(story)) => vec![
                Effect::Close,
                Effect::Select(*story),
                Effect::Focus(Focus::List),
            ],
            Some(end) => vec![Effect::Close, Effect::Discover(end.spot())],
            None => Vec::new(),
        }
    }

    pub(super) fn render(&mut self, screen: Rect, buf: &mut Buffer, cx: &Cx) -> Option<Position> {
        self.follow(cx);
        let width = frame::widest(screen, 92);
        let height = u16::try_from(self.lines.len().max(1) + 2).unwrap_or(u16::MAX);
        let title = match self.rows.len() {
            1 => "1 loose end".to_owned(),
            many => format!("{many} loose ends"),
        };
        let inside = frame::draw(screen, (width + 4, height), &title, cx.theme, buf);
        if self.rows.is_empty() {
            Line::raw("Nothing hangs loose any more.").render(inside, buf);
            return None;
        }
        self.height = usize::from(inside.height).max(1);
        let is_here = |line: &Said| matches!(line, Said::End(index) if *index == self.at);
        let here = self.lines.iter().position(is_here).unwrap_or(0);
        self.top = with_heading(self.top, here, self.height);
        for (line, area) in self.lines.iter().skip(self.top).zip(inside.rows()) {
            match line {
                Said::Heading(words) => Line::styled(*words, cx.theme.strong()).render(area, buf),
                Said::End(index) => {
                    let selected = *index == self.at;
                    if let Some(end) = self.rows.get(*index) {
                        row(*end, selected, usize::from(area.width), cx).render(area, buf);
                    }
                    if selected {
                        buf.set_style(area, cx.theme.selected(true));
                    }
                }
            }
        }
        None
    }
}

fn row(end: End, selected: bool, width: usize, cx: &Cx) -> Line<'static> {
    let theme = cx.theme;
    let (key, title) = match end {
        End::Story(id) | End::Refuted(id, _) | End::Unchecked(id, _) => {
            let story = cx.backlog.story(id);
            let title = story.map_or("", |story| &story.title);
            (format!("{}  ", cx.backlog.key_or_id(id)), title)
        }
        End::Unsolved(id) | End::Single(id) => {
            let problem = cx.backlog.problem(id);
            (String::new(), problem.map_or("", |problem| &problem.title))
        }
    };
    let urgent = match end {
        End::Refuted(_, true) => "  above the cut",
        _ => "",
    };
    let mending = if selected {
        format!("  Enter: {}", end.mending())
    } else {
        format!("  {}", end.mending())
    };
    let room =
        width.saturating_sub(2 + text::width(&key) + text::width(urgent) + text::width(&mending));
    Line::from(vec![
        Span::styled(if selected { theme.bar() } else { " " }, theme.accent()),
        Span::styled(format!(" {key}"), theme.accent()),
        Span::raw(text::fit(title, room)),
        Span::styled(urgent, theme.warn()),
        Span::styled(mending, theme.dim()),
    ])
}
