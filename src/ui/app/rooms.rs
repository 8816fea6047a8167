//! The panes, by their focus, and where they were drawn.

use ratatui::layout::Rect;

use crate::ui::effect::{Focus, Screen};
use crate::ui::pane::{Cx, Pane};
use crate::ui::panes::backlog::BacklogPane;
use crate::ui::panes::discovery::DiscoveryPane;
use crate::ui::panes::editor::EditorPane;
use crate::ui::panes::insights::InsightsPane;
use crate::ui::panes::refine::RefinePane;
use crate::ui::panes::review::{QueuePane, SheetPane};
use crate::ui::panes::settings::SettingsPane;
use crate::ui::panes::story::StoryPane;

/// All panes. The editor is there only while a story is being edited.
#[derive(Debug, Default)]
pub(super) struct Rooms {
    pub(super) backlog: BacklogPane,
    pub(super) story: StoryPane,
    pub(super) editor: EditorPane,
    pub(super) queue: QueuePane,
    pub(super) sheet: SheetPane,
    pub(super) discovery: DiscoveryPane,
    pub(super) insights: InsightsPane,
    pub(super) settings: SettingsPane,
    pub(super) refine: RefinePane,
    /// Where the panes were drawn in the last frame.
    pub(super) areas: Vec<(Focus, Rect)>,
    /// Where the tabs of the screens were drawn in the last frame.
    pub(super) tabs: Vec<(Screen, Rect)>,
    /// Where the editor goes back to.
    pub(super) back: Focus,
}

impl Rooms {
    pub(super) fn pane(&self, focus: Focus) -> &dyn Pane {
        match focus {
            Focus::List => &self.backlog,
            Focus::Story => &self.story,
            Focus::Editor => &self.editor,
            Focus::Queue => &self.queue,
            Focus::Sheet => &self.sheet,
            Focus::Discovery => &self.discovery,
            Focus::Insights => &self.insights,
            Focus::Settings => &self.settings,
            Focus::Refine => &self.refine,
        }
    }

    pub(super) fn pane_mut(&mut self, focus: Focus) -> &mut dyn Pane {
        match focus {
            Focus::List => &mut self.backlog,
            Focus::Story => &mut self.story,
            Focus::Editor => &mut self.editor,
            Focus::Queue => &mut self.queue,
            Focus::Sheet => &mut self.sheet,
            Focus::Discovery => &mut self.discovery,
            Focus::Insights => &mut self.insights,
            Focus::Settings => &mut self.settings,
            Focus::Refine => &mut self.refine,
        }
    }

    pub(super) const fn screen_of(&self, focus: Focus) -> Screen {
        match (focus, self.back) {
            (Focus::Queue | Focus::Sheet, _) | (Focus::Editor, Focus::Queue | Focus::Sheet) => {
                Screen::Review
            }
            (Focus::Discovery, _) => Screen::Discovery,
            (Focus::Insights, _) => Screen::Insights,
            (Focus::Settings, _) => Screen::Settings,
            (Focus::List | Focus::Story | Focus::Editor | Focus::Refine, _) => Screen::Backlog,
        }
    }

    /// Lets every pane follow the backlog; answers where the keys go from now on.
    pub(super) fn reconcile(&mut self, focus: Focus, cx: &Cx) -> Focus {
        self.backlog.reconcile(cx);
        self.queue.reconcile(cx);
        self.follow();
        self.sheet.reconcile(cx);
        self.editor.reconcile(cx);
        self.settings.reconcile(cx);
        self.refine.reconcile(cx);
        match focus {
            Focus::Editor if self.editor.story().is_none() => self.back,
            Focus::Refine if self.refine.story().is_none() => Focus::List,
            focus => focus,
        }
    }

    /// Shows beside the lists what is selected in them.
    pub(super) fn follow(&mut self) {
        self.story.show(self.backlog.selected());
        self.sheet.show(self.queue.selected());
        self.sheet.follow(self.queue.sorted());
    }

    pub(super) fn at(&self, column: u16, row: u16) -> Option<Focus> {
        let hit = |area: &Rect| area.contains((column, row).into());
        self.areas
            .iter()
            .find(|(_, area)| hit(area))
            .map(|(focus, _)| *focus)
    }

    pub(super) fn tab_at(&self, column: u16, row: u16) -> Option<Screen> {
        let hit = |area: &Rect| area.contains((column, row).into());
        self.tabs
            .iter()
            .find(|(_, area)| hit(area))
            .map(|(screen, _)| *screen)
    }
}
