//! What comes into the screen, what its parts ask for, and what it asks of the outside: all as data.

use std::path::PathBuf;
use std::sync::Arc;

use crate::keymap::{Action, Key};
use crate::language::lint::Mended;
use crate::model::query::Index;
use crate::model::review::Shown;
use crate::model::{
    Act, ActId, Change, Comparison, Deed, Draft, Grouping, Memory, OutcomeId, Place, Problem,
    ProblemId, Product, Setting, Split, Story, StoryId, Subject, Title, WhatIf,
};

use super::overlays::Overlay;
use super::panes::discovery::Spot;

/// Something that happened.
#[derive(Debug)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse was used.
    Pointer(Pointer),
    /// The screen has another size now, or must be drawn anew.
    Resize,
    /// Nobody has done anything for as long as [`super::App::patience`] says.
    Idle,
    /// Loading has come so far: files read, files there are.
    Loading(usize, usize),
    /// A product is open.
    Opened(Box<Opened>),
    /// The product's stories are prepared for searches.
    Prepared(Box<Index>),
    /// The product as it was at the last visit, after its journal; `false` where nobody was there and it is put together
    /// from what is known of the last days.
    Remembered(Box<Memory>, bool),
    /// The acts that can be undone, oldest first, from earlier sessions and other windows.
    History(Vec<Act>),
    /// An act is on disk, as it stands here: merged with what others wrote meanwhile.
    Saved(Arc<Act>),
    /// Saving failed, with the reason as a sentence; the acts wait and are tried again.
    SaveFailed(String),
    /// Numbers up to this one have been handed out, here or elsewhere.
    HighestNumber(u32),
    /// Acts of other programs on the same files, oldest first.
    OthersActs(Vec<Act>),
    /// The product could not be opened, with the reason as a sentence.
    Unreadable(String),
    /// The program has to end now; what is being typed is to be committed.
    Stop,
    /// An act and somebody else changed the same fields.
    Conflict(Box<Conflict>),
    /// Other programs changed files: stories with their new state, `None` where the file is gone.
    Changed {
        /// The stories.
        stories: Vec<(StoryId, Option<Arc<Story>>)>,
        /// The settings, where they changed.
        product: Option<Box<Product>>,
    },
    /// Problems were read, or other programs changed them: with their new state, `None` where the file is gone.
    Problems(Vec<(ProblemId, Option<Arc<Problem>>)>),
    /// The text that came back from the user's own editor; `None` when it could not be used.
    Edited(Result<String, String>),
    /// What came of a command, or why it could not be run.
    Shown(Result<Shown, String>),
    /// A text was not written, because there is such a file already.
    FileThere(TextFile),
    /// News from outside, as a sentence; `true` when something went wrong.
    News(String, bool),
}

/// A product as it was loaded.
#[derive(Debug)]
pub struct Opened {
    /// Its settings.
    pub product: Product,
    /// Its stories.
    pub stories: Vec<Arc<Story>>,
    /// The highest number ever handed out.
    pub highest_number: u32,
    /// What could not be read and other news, one sentence each.
    pub news: Vec<String>,
    /// What the screen looked like last time; see [`super::App::session`].
    pub session: serde_json::Value,
    /// The comparison that was begun and not ended.
    pub comparison: Option<Comparison>,
}

/// Two changes of the same field; the files still hold the other side's.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// The act that waits.
    pub act: Arc<Act>,
    /// What both changed.
    pub subject: Subject,
    /// The fields, with our text and theirs.
    pub fields: Vec<(String, String, String)>,
}

/// The mouse, in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "column and row from the top left corner")]
pub enum Pointer {
    /// The left button went down.
    Press { column: u16, row: u16 },
    /// The pointer moved with the button down.
    Drag { column: u16, row: u16 },
    /// The button went up.
    Release { column: u16, row: u16 },
    /// The wheel turned; up is negative.
    Wheel { column: u16, row: u16, rows: i32 },
}

/// What the screen asks of the outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Save this act.
    Save(Arc<Act>),
    /// Try the acts that wait again.
    Retry,
    /// Settle a conflict: `ours` writes our fields over theirs, else theirs stay.
    Settle {
        /// The act that waits.
        act: ActId,
        /// Whose fields win.
        ours: bool,
    },
    /// Keep the comparison that was begun for the next start; `None` when it has ended.
    KeepComparison(Option<Arc<Comparison>>),
    /// Let the user write this text in their own editor.
    EditOutside(String),
    /// Run this command, which the user has just confirmed; what came of it is [`Input::Shown`].
    RunCommand(String),
    /// Stop the command that runs.
    StopCommand,
    /// Put this text on the terminal's clipboard.
    Copy(String),
    /// Write this text into a file; what came of it is news, or [`Input::FileThere`].
    WriteFile(TextFile),
    /// Make a product of this name and open it.
    MakeProduct(String),
    /// Make a product of this name from a file and open it.
    ImportProduct {
        /// The file.
        file: PathBuf,
        /// The product's name.
        name: String,
    },
    /// Open the demo.
    OpenDemo,
    /// Go back to the shell for a while.
    Suspend,
    /// Draw everything anew.
    Redraw,
    /// End the program once everything is saved.
    Quit,
    /// End the program and leave what could not be saved behind.
    Abandon,
}

/// A text that is to be a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFile {
    /// Which file.
    pub file: PathBuf,
    /// What it is to hold.
    pub text: String,
    /// What that is, as the beginning of a sentence.
    pub about: String,
    /// Whether it takes the place of a file that is there already.
    pub replaces: bool,
}

/// What a pane or an overlay asks of the app.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Make these changes as one act; without a label the change names itself.
    Apply {
        /// What the act does, in a few words.
        label: Option<String>,
        /// The changes.
        changes: Vec<Change>,
    },
    /// Add a story and select it.
    Add {
        /// What it says.
        draft: Box<Draft>,
        /// Where it goes.
        place: Place,
    },
    /// Add a problem, link stories to it and select it.
    AddProblem {
        /// What people call it.
        title: Title,
        /// The outcome it stands in the way of.
        outcome: Option<OutcomeId>,
        /// The stories that are to solve it.
        stories: Vec<StoryId>,
    },
    /// Add an outcome, select it and offer its fields.
    AddOutcome(Title),
    /// Show something in the tree of discovery.
    Discover(Spot),
    /// Mend a story as the linter proposes, as one act.
    Mend(Box<Mending>),
    /// Change a setting of the product, as it stands when this is carried out.
    Change {
        /// Which setting.
        setting: Setting,
        /// What is to be done to it.
        deed: Deed,
    },
    /// Put a box above everything.
    Open(Box<Overlay>),
    /// Put a box above this one, which stays as it is below and is closed by what the upper one decides.
    OpenAbove(Box<Overlay>),
    /// Close the uppermost box.
    Close,
    /// Close the uppermost box; what was typed in it comes back when the same is asked again.
    Cancel,
    /// Let these keys go there.
    Focus(Focus),
    /// Go to a screen.
    Show(Screen),
    /// Select a story in the backlog.
    Select(StoryId),
    /// Look at the backlog through a query and in groups.
    Look {
        /// The query; empty for the whole backlog.
        query: String,
        /// What its stories are grouped by.
        group: Option<Grouping>,
    },
    /// Open a story in the editor.
    EditStory(StoryId),
    /// Leave the editor for where it was opened.
    LeaveEditor,
    /// Split a story; its children get their ids when they are made.
    Split(Box<Split>),
    /// Refine these stories, one after the other.
    Refine(Vec<StoryId>),
    /// Open a story in the review.
    ReviewStory(StoryId),
    /// Keep the comparison that was begun, to go on with it later; `None` when it has ended.
    KeepComparison(Option<Arc<Comparison>>),
    /// Forecast as if something were so, until something else or nothing is supposed.
    Suppose(WhatIf),
    /// Say something in the status bar.
    Say(Notice),
    /// Do what a key would do.
    Run(Action),
    /// Ask something of the outside.
    Ask(Request),
}

/// A repair that is to be made.
#[derive(Clone, Debug)]
pub struct Mending {
    /// Which story.
    pub story: StoryId,
    /// What the act does, in a few words.
    pub label: String,
    /// What is changed.
    pub mended: Mended,
}

/// A line of news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// A whole sentence.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
}

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    News,
    /// Something could not be done; nothing has changed.
    Refusal,
    /// Something failed and needs the user; stays until it is mended.
    Failure,
}

/// The screens, by their keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// The backlog, with the story or the editor beside it.
    Backlog,
    /// The review: its queue and its sheet.
    Review,
    /// The tree of outcomes, problems and stories.
    Discovery,
    /// The page of charts.
    Insights,
    /// The product's settings.
    Settings,
}

/// Which pane the keys go to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The list of the backlog.
    #[default]
    List,
    /// The story beside it.
    Story,
    /// The story editor.
    Editor,
    /// The stories that wait for a review.
    Queue,
    /// The story that is reviewed.
    Sheet,
    /// The tree of outcomes, problems and stories, and what stands beside it.
    Discovery,
    /// The page of charts.
    Insights,
    /// The product's settings.
    Settings,
    /// A story that is refined.
    Refine,
}

impl Effect {
    /// One change as an act that names itself.
    pub fn change(change: Change) -> Self {
        Self::Apply {
            label: None,
            changes: vec![change],
        }
    }

    /// Several changes as one act.
    pub fn act(label: impl Into<String>, changes: Vec<Change>) -> Self {
        Self::Apply {
            label: Some(label.into()),
            changes,
        }
    }

    /// Opens a box.
    pub fn open(overlay: impl Into<Overlay>) -> Self {
        Self::Open(Box::new(overlay.into()))
    }

    /// What an answered box asks for, closing it unless another box is to stand above it first.
    pub fn closing(effects: Vec<Self>) -> Vec<Self> {
        let stays = matches!(effects.first(), Some(Self::OpenAbove(_)));
        let close = (!stays).then_some(Self::Close).into_iter();
        close.chain(effects).collect()
    }

    /// Says that something was done.
    pub fn news(text: impl Into<String>) -> Self {
        Self::Say(Notice {
            text: text.into(),
            tone: Tone::News,
        })
    }

    /// Says why something was not done.
    pub fn refusal(refusal: impl Into<String>) -> Self {
        Self::Say(Notice {
            text: refusal.into(),
            tone: Tone::Refusal,
        })
    }
}
