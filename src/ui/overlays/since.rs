//! What has happened since last time, group by group; Enter goes there.

use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::{LearnBox, frame};
use crate::keymap::Action;
use crate::model::since::{About, Group, News, Since, What};
use crate::model::{Status, StoryId, Timestamp};
use crate::ui::effect::{Effect, Focus, Screen};
use crate::ui::pane::Cx;
use crate::ui::panes::discovery::Spot;
use crate::ui::text;
use crate::ui::widgets::viewport::{walk, with_heading};

/// What has happened since last time.
#[derive(Clone, Debug)]
pub struct SinceBox {
    at: Timestamp,
    news: Vec<News>,
    /// The lines of the box: headings, and news by their places.
    lines: Vec<Said>,
    /// What was gone to from here.
    seen: Vec<News>,
    /// The place of the selected one.
    selected: usize,
    top: usize,
    height: usize,
}

#[derive(Clone, Copy, Debug)]
enum Said {
    Heading(Group),
    News(usize),
}

/// A moment as people say it: the time where it was today, else the day.
pub fn moment(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (at, now) = (zone.to_datetime(at), zone.to_datetime(now));
    let form = match (at.date() == now.date(), at.year() == now.year()) {
        (true, _) => "%-H:%M",
        (false, true) => "%-d %b",
        (false, false) => "%-d %b %Y",
    };
    at.strftime(form).to_string()
}

impl SinceBox {
    /// The box with this news.
    pub fn new(since: Since) -> Self {
        let mut shown = Self {
            at: since.at,
            news: since.news,
            lines: Vec::new(),
            seen: Vec::new(),
            selected: 0,
            top: 0,
            height: 1,
        };
        shown.arrange();
        shown
    }

    /// The box with this news, at the place where it was left: whoever goes through it need not count rows.
    pub fn again(since: Since, left: Self) -> Self {
        let mut shown = Self::new(since);
        let here = left.news.get(left.selected).and_then(|here| {
            let is_it =
                |news: &News| news.about == here.about && news.what.group() == here.what.group();
            shown.news.iter().position(is_it)
        });
        let last = shown.news.len().saturating_sub(1);
        shown.selected = here.unwrap_or(left.selected).min(last);
        shown.top = left.top;
        shown.seen = left.seen;
        shown
    }

    fn arrange(&mut self) {
        self.lines.clear();
        let mut group = None;
        for (place, news) in self.news.iter().enumerate() {
            if group != Some(news.what.group()) {
                group = Some(news.what.group());
                self.lines.extend(group.map(Said::Heading));
            }
            self.lines.push(Said::News(place));
        }
        self.selected = self.selected.min(self.news.len().saturating_sub(1));
    }

    /// Lets go of what is not there any more.
    pub(super) fn reconcile(&mut self, cx: &Cx) {
        self.news.retain(|news| match news.about {
            _ if matches!(news.what, What::Gone { .. }) => true,
            About::Story(id) => cx.backlog.story(id).is_some(),
            About::Problem(id) => cx.backlog.problem(id).is_some(),
            About::Backlog => true,
        });
        self.arrange();
    }

    pub(super) fn on_action(&mut self, action: Action, cx: &Cx) -> Vec<Effect> {
        let last = self.news.len().saturating_sub(1);
        if let Some(selected) = walk(action, self.selected, self.height, last) {
            self.selected = selected;
            return Vec::new();
        }
        match action {
            Action::Close => vec![Effect::Close],
            Action::Confirm => {
                let effects = self.go(cx);
                self.step_on();
                effects
            }
            _ => Vec::new(),
        }
    }

    /// Marks the selected one as seen, and has the next one selected when the box is opened again.
    fn step_on(&mut self) {
        if let Some(news) = self.news.get(self.selected)
            && !matches!(news.what, What::Gone { .. })
        {
            self.seen.push(news.clone());
            self.selected = (self.selected + 1).min(self.news.len() - 1);
        }
    }

    /// To the story, where it is looked at next: in the review, in the box of benefits, or in the backlog.
    fn go(&self, cx: &Cx) -> Vec<Effect> {
        let Some(news) = self.news.get(self.selected) else {
            return vec![Effect::Close];
        };
        let waits = |id: StoryId| {
            let story = cx.backlog.story(id);
            story.is_some_and(|story| story.status == Status::Delivered)
        };
        let then = match (news.about, &news.what) {
            (_, What::Gone { .. }) => {
                let gone = "It was deleted: there is nothing to go to.";
                return vec![Effect::refusal(gone)];
            }
            (_, What::Set(_)) => vec![Effect::Show(Screen::Settings)],
            (About::Story(id), What::Due(_)) => vec![Effect::open(LearnBox::new(cx).on(id))],
            (About::Story(id), What::Went(_)) if waits(id) => vec![Effect::ReviewStory(id)],
            (About::Story(id), _) => vec![Effect::Focus(Focus::List), Effect::Select(id)],
            (About::Problem(id), _) => vec![Effect::Discover(Spot::Problem(id))],
            (About::Backlog, _) => vec![Effect::Show(Screen::Insights)],
        };
        std::iter::once(Effect::Close).chain(then).collect()
    }

    pub(super) fn render(&mut self, screen: Rect, buf: &mut Buffer, cx: &Cx) -> Option<Position> {
        let width = frame::widest(screen, 96);
        let height = u16::try_from(self.lines.len().max(1) + 2).unwrap_or(u16::MAX);
        let title = format!("Since {}", moment(self.at, cx.now, cx.zone));
        let inside = frame::draw(screen, (width + 4, height), &title, cx.theme, buf);
        if self.news.is_empty() {
            Line::raw("Nothing has happened but by you.").render(inside, buf);
            return None;
        }
        self.height = usize::from(inside.height).max(1);
        let is_here = |line: &Said| matches!(line, Said::News(place) if *place == self.selected);
        let here = self.lines.iter().position(is_here).unwrap_or(0);
        self.top = with_heading(self.top, here, self.height);
        for (line, area) in self.lines.iter().skip(self.top).zip(inside.rows()) {
            match line {
                Said::Heading(group) => {
                    Line::styled(group.heading(), cx.theme.strong()).render(area, buf);
                }
                Said::News(place) => {
                    let selected = *place == self.selected;
                    if let Some(news) = self.news.get(*place) {
                        let said = row(news, selected, usize::from(area.width), cx);
                        let is_seen = self.seen.contains(news);
                        said.render(area, buf);
                        if is_seen {
                            buf.set_style(area, cx.theme.dim());
                        }
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

/// What it is about, what has happened, by whom and when.
fn row(news: &News, selected: bool, width: usize, cx: &Cx) -> Line<'static> {
    let theme = cx.theme;
    let key = news.key(cx.backlog);
    let key = key.map(|key| text::fit(&key, cx.backlog.longest_key() + 2));
    let key = key.unwrap_or_default();
    let title = news.title(cx.backlog);
    let by = news.by.as_ref().map(ToString::to_string);
    let when = match &news.what {
        What::Due(day) => Some(format!("since {}", cx.date(*day))),
        _ => news.at.map(|at| moment(at, cx.now, cx.zone)),
    };
    let who: Vec<String> = by.into_iter().chain(when).collect();
    let who = text::truncate(&who.join(", "), width / 3).into_owned();
    let most = (width / 2).saturating_sub(text::width(&who));
    let words = text::truncate(&news.what.words(), most).into_owned();
    let gap = if who.is_empty() { "" } else { "  " };
    let right = format!("  {words}{gap}");
    let used = 2 + text::width(&key) + text::width(&right) + text::width(&who);
    let room = width.saturating_sub(used);
    Line::from(vec![
        Span::styled(if selected { theme.bar() } else { " " }, theme.accent()),
        Span::styled(format!(" {key}"), theme.accent()),
        Span::raw(text::fit(&title, room)),
        Span::raw(right),
        Span::styled(who, theme.dim()),
    ])
}
