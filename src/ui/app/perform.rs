//! Carrying out what panes and overlays ask for.

use super::{App, Stage};
use crate::model::{
    ActId, Change, Deed, Draft, NewStory, Place, Setting, Split, Stamp, Status, StoryId,
};
use crate::ui::effect::{Effect, Focus, Mending, Notice, Request, Screen, Tone};
use crate::ui::overlays::Overlay;
use crate::ui::pane::Cx;
use crate::ui::panes::editor::EditorPane;

impl App {
    /// Carries out what a pane or an overlay asks for.
    ///
    /// A prompt whose answer is refused comes back with the words in it: what it is about may have changed elsewhere
    /// while somebody typed.
    pub fn perform(&mut self, effects: Vec<Effect>) {
        let (mut answered, mut below) = (None, 0);
        for effect in effects {
            if let Some(closed) = self.carry_out(effect) {
                (answered, below) = (Some(closed), self.overlays.len());
            }
        }
        match answered {
            Some(Overlay::Prompt(mut prompt)) => {
                let is_refusal = |notice: &mut Notice| notice.tone == Tone::Refusal;
                if let Some(refused) = self.notice.take_if(is_refusal) {
                    // What was to follow the answer does not follow.
                    self.overlays.truncate(below);
                    prompt.refuse(refused.text);
                    self.overlays.push(Overlay::Prompt(prompt));
                }
            }
            Some(Overlay::Since(left)) => self.leave_news(left),
            _ => {}
        }
        self.rooms.follow();
    }

    /// Carries out one of them; answers the box that it closed.
    fn carry_out(&mut self, effect: Effect) -> Option<Overlay> {
        match effect {
            Effect::Apply { label, changes } => {
                if self.apply(label, &changes) {
                    self.ask_for_check(&changes);
                }
            }
            Effect::Add { draft, place } => self.add(*draft, place),
            Effect::AddProblem {
                title,
                outcome,
                stories,
            } => self.add_problem(title, outcome, &stories),
            Effect::AddOutcome(title) => self.add_outcome(title),
            Effect::Discover(spot) => self.discover(spot),
            Effect::Mend(mending) => self.mend(*mending),
            Effect::Change { setting, deed } => self.change(setting, &deed),
            Effect::Open(overlay) | Effect::OpenAbove(overlay) => self.open(*overlay),
            Effect::Close => return self.overlays.pop(),
            Effect::Cancel => self.cancel(),
            Effect::Focus(focus) => self.focus_on(focus),
            Effect::Show(screen) => self.show(screen),
            Effect::Select(story) => self.select(story),
            Effect::Look { query, group } => {
                self.with_rooms(|rooms, cx| rooms.backlog.look(&query, group, cx));
                self.focus_on(Focus::List);
            }
            Effect::EditStory(story) => self.edit(story),
            Effect::LeaveEditor => self.focus_on(self.rooms.back),
            Effect::Split(split) => self.split(*split),
            Effect::Refine(stories) => {
                self.with_rooms(|rooms, cx| rooms.refine.begin(stories, cx));
                self.focus_on(Focus::Refine);
            }
            Effect::ReviewStory(story) => {
                self.rooms.queue.select(story);
                self.rooms.follow();
                self.show(Screen::Review);
            }
            Effect::KeepComparison(comparison) => {
                self.rooms.backlog.keep_comparison(comparison.clone());
                self.requests.push(Request::KeepComparison(comparison));
            }
            Effect::Suppose(what_if) => {
                if let Stage::Open(world) = &mut self.stage {
                    world.outlook.suppose(what_if);
                }
                self.reconcile();
            }
            Effect::Say(notice) => self.say(notice.text, notice.tone),
            Effect::Run(action) => self.act(action),
            Effect::Ask(request) => self.requests.push(request),
        }
        None
    }

    /// Adds a story and selects it.
    fn add(&mut self, draft: Draft, place: Place) {
        let id = StoryId::new((self.new_id)());
        let change = Change::Add(Box::new(NewStory { id, draft, place }));
        if self.apply(None, &[change]) {
            self.select(id);
        }
    }

    /// Closes the uppermost box; what was typed in it is kept.
    fn cancel(&mut self) {
        if let Some(Overlay::Prompt(prompt)) = self.overlays.pop()
            && prompt.is_begun()
        {
            self.cancelled = Some(prompt);
        }
    }

    /// Makes changes as one act; answers whether they were made.
    pub(super) fn apply(&mut self, label: Option<String>, changes: &[Change]) -> bool {
        let id = ActId::new((self.new_id)());
        let stamp = Stamp::new(self.now, &self.setting.user);
        let Stage::Open(world) = &mut self.stage else {
            return false;
        };
        let label = label
            .or_else(|| changes.first().map(|change| change.label(&world.backlog)))
            .unwrap_or_default();
        match world
            .history
            .perform(&mut world.backlog, id, &label, changes, &stamp)
        {
            Ok(Some(act)) => {
                self.did(&act);
                true
            }
            Ok(None) => true,
            Err(refusal) => {
                self.say(refusal.to_string(), Tone::Refusal);
                false
            }
        }
    }

    /// Splits a story and selects the first of its children.
    fn split(&mut self, mut split: Split) {
        for child in &mut split.children {
            child.id = StoryId::new((self.new_id)());
        }
        let Stage::Open(world) = &self.stage else {
            return;
        };
        let key = world.backlog.key_or_id(split.story);
        match split.changes(&world.backlog) {
            Ok(changes) => {
                let label = format!("split {key} into {}", split.children.len());
                let news = format!(
                    "{key} is {} stories now; u takes it back.",
                    split.children.len()
                );
                let children: Vec<StoryId> = split.children.iter().map(|child| child.id).collect();
                self.rooms.refine.split(split.story, &children);
                if self.apply(Some(label), &changes) {
                    self.say(news, Tone::News);
                    if let Some(first) = split.children.first() {
                        self.select(first.id);
                    }
                }
            }
            Err(refusal) => self.say(refusal.to_string(), Tone::Refusal),
        }
    }

    /// Mends a story; what becomes a story of its own stands right below it.
    fn mend(&mut self, mending: Mending) {
        let Mending {
            story,
            label,
            mended,
        } = mending;
        let edits = mended.edits.into_iter();
        let mut changes: Vec<Change> = edits.map(|edit| Change::Edit { story, edit }).collect();
        let beside = mended.beside.map(|draft| {
            let id = StoryId::new((self.new_id)());
            let place = Place::Below(story);
            changes.push(Change::Add(Box::new(NewStory { id, draft, place })));
            id
        });
        if self.apply(Some(label), &changes)
            && let (Some(new), Some(backlog)) = (beside, self.backlog())
        {
            let (new, old) = (backlog.key_or_id(new), backlog.key_or_id(story));
            self.say(format!("{new} stands below {old} now."), Tone::News);
        }
    }

    /// Changes a setting of the product as it stands now.
    fn change(&mut self, setting: Setting, deed: &Deed) {
        let Stage::Open(world) = &self.stage else {
            return;
        };
        match setting.after(world.backlog.product(), deed, self.now) {
            Ok(product) => {
                self.apply(None, &[Change::Settings(Box::new(product))]);
            }
            Err(refusal) => self.say(refusal.to_string(), Tone::Refusal),
        }
    }

    fn select(&mut self, story: StoryId) {
        self.with_rooms(|rooms, cx| {
            if let Some(found) = cx.backlog.story(story) {
                rooms.backlog.select(story, cx);
                rooms.refine.show(story, cx);
                // What undo brings back to the review is in sight there too.
                if found.status == Status::Delivered {
                    rooms.queue.select(story);
                }
            }
        });
        self.rooms.follow();
    }

    pub(super) fn focus_on(&mut self, focus: Focus) {
        if self.focus == Focus::Editor && focus != Focus::Editor {
            let effects = self.in_editor(EditorPane::close);
            self.perform(effects);
        }
        self.focus = focus;
    }

    /// Lets the editor do what only the app asks of it.
    pub(super) fn in_editor<R: Default>(
        &mut self,
        task: impl FnOnce(&mut EditorPane, &Cx) -> R,
    ) -> R {
        self.with_rooms(|rooms, cx| task(&mut rooms.editor, cx))
    }

    fn show(&mut self, screen: Screen) {
        let focus = match screen {
            Screen::Backlog => Focus::List,
            // With something to review the verdict keys work at once.
            Screen::Review if self.rooms.queue.selected().is_some() => Focus::Sheet,
            Screen::Review => Focus::Queue,
            Screen::Discovery => Focus::Discovery,
            Screen::Insights => Focus::Insights,
            Screen::Settings => Focus::Settings,
        };
        self.focus_on(focus);
    }

    fn edit(&mut self, story: StoryId) {
        let Stage::Open(world) = &self.stage else {
            return;
        };
        if let Err(refusal) = world.backlog.may_edit(story) {
            self.say(refusal.to_string(), Tone::Refusal);
            return;
        }
        if self.focus == Focus::Editor {
            self.focus_on(self.rooms.back);
        }
        self.rooms.back = self.focus;
        self.in_editor(|editor, cx| editor.open(story, cx));
        self.focus = Focus::Editor;
    }
}
