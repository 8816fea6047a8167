//! What the linter finds in the form while one writes: silent as long as one types, there when one pauses.

use std::time::Duration;

use ratatui::text::Line;

use super::EditorPane;
use super::field::{Field, Group};
use super::form::Form;
use crate::keymap::Action;
use crate::language::lint::{Finding, Spot};
use crate::model::{Backlog, Story, Timestamp};
use crate::ui::effect::Effect;
use crate::ui::findings::{marks, sorted};
use crate::ui::overlays::findings::{mend, settle};
use crate::ui::pane::Cx;
use crate::ui::text;
use crate::ui::widgets::page::Mark;

/// Whoever has typed nothing for so long is listening.
const PAUSE: Duration = Duration::from_secs(1);

/// What was found when the linter looked last.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// The story as it was written then.
    draft: Option<Story>,
    found: Vec<Finding>,
    /// Since when somebody types in the field with the cursor.
    typed: Option<Timestamp>,
}

impl Findings {
    /// Looks at the form as it is written now.
    pub(super) fn look(&mut self, form: &Form, cx: &Cx) {
        let draft = form.draft(cx.backlog);
        self.found = sorted(cx.findings(&draft));
        self.draft = Some(draft);
        self.typed = None;
    }

    /// Says nothing of the field with the cursor until there is a pause.
    pub(super) const fn be_quiet(&mut self, now: Timestamp) {
        self.typed = Some(now);
    }

    /// What there is to say of a field as it stands, with the words to be marked in it.
    fn of<'a>(&'a self, field: &'a Field) -> impl Iterator<Item = &'a Finding> {
        let draft = self.draft.as_ref();
        self.found.iter().filter(move |finding| {
            is_of(finding.spot, field)
                && draft.is_some_and(|draft| {
                    let is_text = !matches!(finding.spot, Spot::Estimate | Spot::Blockers);
                    !is_text || finding.spot.text(draft) == field.text().trim()
                })
        })
    }

    pub(super) fn marks(&self, field: &Field, has_cursor: bool, cx: &Cx) -> Vec<Mark> {
        let (Some(draft), false) = (&self.draft, has_cursor && self.typed.is_some()) else {
            return Vec::new();
        };
        let found: Vec<Finding> = self.of(field).cloned().collect();
        let Some(spot) = found.first().map(|finding| finding.spot) else {
            return Vec::new();
        };
        let shift = field.text().len() - field.text().trim_start().len();
        let marks = marks(&found, spot, draft, cx.theme).into_iter();
        marks
            .map(|(span, style)| (span.start + shift..span.end + shift, style))
            .collect()
    }
}

/// Whether a finding is about what stands in such a field.
const fn is_of(spot: Spot, field: &Field) -> bool {
    match spot {
        Spot::Story => false,
        Spot::Title => matches!(field.group, Group::Title),
        Spot::Persona => matches!(field.group, Group::Persona),
        Spot::Want => matches!(field.group, Group::Want),
        Spot::Benefit => matches!(field.group, Group::Benefit),
        Spot::Criterion(_) => matches!(field.group, Group::Criteria),
        Spot::Estimate => matches!(field.group, Group::Estimate),
        Spot::Question(_) => matches!(field.group, Group::Questions) && !field.is_answer,
        Spot::Blockers => matches!(field.group, Group::Blockers),
    }
}

impl Form {
    /// The story with everything that is typed and can be saved.
    fn draft(&self, backlog: &Backlog) -> Story {
        let mut draft = Story::clone(&self.story);
        for group in Group::ALL {
            if self.is_typed_in(group)
                && let Ok(edit) = self.edit(group, backlog)
            {
                edit.write(&mut draft);
            }
        }
        draft
    }
}

impl EditorPane {
    /// How long it takes from `now` until a pause is one; `None` where nothing was typed.
    pub fn pause(&self, now: Timestamp) -> Option<Duration> {
        self.form.as_ref()?;
        let since = now.duration_since(self.findings.typed?);
        // A clock that was put back makes nobody wait longer.
        let since = Duration::try_from(since).unwrap_or(PAUSE);
        Some(PAUSE.saturating_sub(since))
    }

    /// Somebody who wrote pauses: what is found is told.
    pub fn listen(&mut self, cx: &Cx) {
        if self.pause(cx.now).is_some_and(|pause| pause.is_zero())
            && let Some(form) = &self.form
        {
            self.findings.look(form, cx);
        }
    }

    /// What there is to say first of the field with the cursor, on one line.
    pub(super) fn found_line(&self, lead: &str, room: usize, cx: &Cx) -> Option<Line<'static>> {
        if self.findings.typed.is_some() {
            return None;
        }
        let field = self.form.as_ref().and_then(Form::field)?;
        let finding = self.findings.of(field).next()?;
        let said = format!("{} {}", finding.rule.letter.as_char(), finding.why);
        // What can be done is told whole; the reason is cut where there is no room, and stands whole in the story.
        let keys = match finding.repair {
            Some(_) => format!(" {} Alt+M mends it, Alt+N lets it be", cx.theme.dot()),
            None => format!(" {} Alt+N lets it be", cx.theme.dot()),
        };
        let left = room.saturating_sub(text::width(&keys));
        let said = if left < 24 {
            text::truncate(&said, room).into_owned()
        } else {
            format!("{}{keys}", text::truncate(&said, left))
        };
        Some(Line::styled(format!("{lead} {said}"), cx.theme.dim()))
    }

    fn finding(&self) -> Option<&Finding> {
        let field = self.form.as_ref().and_then(Form::field)?;
        self.findings.of(field).next()
    }

    /// Why nothing can be done about a finding here.
    pub(super) fn refuses_finding(&self, action: Action) -> Option<&'static str> {
        match self.finding() {
            // What is being typed was not looked at yet.
            _ if self.findings.typed.is_some() => None,
            None => Some("The linter has nothing to say of this field."),
            Some(finding) if finding.repair.is_none() && action == Action::Mend => Some(
                "Only words can mend this. Write them here, or press Alt+N if it is no problem.",
            ),
            Some(_) => None,
        }
    }

    /// Saves the field and mends what was found in it.
    pub(super) fn mend(&mut self, cx: &Cx) -> Vec<Effect> {
        self.about_finding(Action::Mend, cx, |finding, draft| mend(finding, draft, cx))
    }

    /// Saves the field and remembers that what was found in it is no problem in this story.
    pub(super) fn settle(&mut self, cx: &Cx) -> Vec<Effect> {
        self.about_finding(Action::Settle, cx, |finding, draft| {
            Some(settle(draft.id, finding.rule, true, cx))
        })
    }

    fn about_finding(
        &mut self,
        action: Action,
        cx: &Cx,
        what: impl FnOnce(&Finding, &Story) -> Option<Effect>,
    ) -> Vec<Effect> {
        if let Some(form) = &self.form {
            self.findings.look(form, cx);
        }
        if let Some(reason) = self.refuses_finding(action) {
            return vec![Effect::refusal(reason)];
        }
        let found = self.finding().zip(self.findings.draft.as_ref());
        let effect = found.and_then(|(finding, draft)| what(finding, draft));
        match self.commit(cx) {
            Ok(effects) => effects.into_iter().chain(effect).collect(),
            Err(_) => self.save_stay(cx),
        }
    }
}
