//! Where keys mean something, and in which order the places are asked.

/// A place in which keys have a meaning of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Every screen, while nothing covers it.
    Global,
    /// Truly everywhere, boxes and text fields included; [`super::resolve()`] asks it last by itself.
    Always,
    /// Anything with rows to walk along.
    List,
    /// The list of the backlog.
    Backlog,
    /// What can be done to the story in sight, in the list and beside it.
    StoryActs,
    /// The story that is read beside the list.
    Story,
    /// A story that is refined.
    Refine,
    /// The review: its queue and its sheet.
    Review,
    /// Discovery: the tree of outcomes, problems and stories.
    Discovery,
    /// The insights: the page of charts.
    Insights,
    /// The form in which a story is written.
    Editor,
    /// The product's settings.
    Settings,
    /// Text being typed, in whatever field.
    Text,
    /// A box with one line to fill in.
    Prompt,
    /// Suggestions standing open under a field.
    Completion,
    /// Stories that a new one is like, below what is typed of it.
    Alike,
    /// A box with rows to choose from; letters belong to its rows.
    Menu,
    /// The palette of all commands.
    Palette,
    /// The help page.
    Help,
    /// A question with yes and no.
    Confirm,
    /// Choosing a new place for stories with a ghost row.
    Place,
    /// A new order that is shown before it is made.
    Preview,
    /// Choosing which of two stories comes first.
    Compare,
    /// Estimating one story after the other.
    Estimate,
    /// Scoring one story after the other.
    Score,
    /// Sending the parts of a story to its children.
    Split,
    /// A box with stories to go to.
    Found,
    /// The box with the loose ends of the thread.
    Loose,
    /// The box with the accepted stories to look at again.
    Learn,
    /// The box with what the linter finds in a story.
    Findings,
    /// The first page of somebody who has no product yet.
    Welcome,
}

impl Scope {
    /// Every scope, in the order of the README.
    pub const ALL: [Self; 31] = [
        Self::Global,
        Self::Always,
        Self::List,
        Self::Backlog,
        Self::StoryActs,
        Self::Story,
        Self::Refine,
        Self::Review,
        Self::Discovery,
        Self::Insights,
        Self::Editor,
        Self::Settings,
        Self::Text,
        Self::Completion,
        Self::Alike,
        Self::Prompt,
        Self::Menu,
        Self::Palette,
        Self::Place,
        Self::Preview,
        Self::Compare,
        Self::Estimate,
        Self::Score,
        Self::Split,
        Self::Found,
        Self::Loose,
        Self::Learn,
        Self::Findings,
        Self::Confirm,
        Self::Help,
        Self::Welcome,
    ];

    /// Names the scope in help and in the README.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Global => "Every screen",
            Self::Always => "Always",
            Self::List => "Lists",
            Self::Backlog => "Backlog",
            Self::StoryActs => "The story in sight",
            Self::Story => "Reading a story",
            Self::Refine => "Refining",
            Self::Review => "Review",
            Self::Discovery => "Discovery",
            Self::Insights => "Insights",
            Self::Editor => "Editor",
            Self::Settings => "Settings",
            Self::Text => "Typing",
            Self::Completion => "Suggestions",
            Self::Alike => "A story like it",
            Self::Prompt => "Prompts",
            Self::Menu => "Menus",
            Self::Palette => "Palette",
            Self::Place => "Placing",
            Self::Preview => "A new order",
            Self::Compare => "Comparing",
            Self::Estimate => "Estimating",
            Self::Score => "Scoring",
            Self::Split => "Splitting",
            Self::Found => "Boxes with stories",
            Self::Loose => "Loose ends",
            Self::Learn => "Looking again",
            Self::Findings => "Findings",
            Self::Confirm => "Questions",
            Self::Help => "Help",
            Self::Welcome => "Welcome",
        }
    }

    /// Says in one sentence where the scope's keys work.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Global => "These work on every screen while no text is typed.",
            Self::Always => "These work everywhere, in boxes and while text is typed too.",
            Self::List => "These walk along any list.",
            Self::Backlog => "These keep the one order of the backlog.",
            Self::StoryActs => "These act on the selected story, or on all marked ones.",
            Self::Story => "These scroll the story beside the list.",
            Self::Refine => "These write down what a team finds out about a story.",
            Self::Review => "These judge a delivered story against its criteria.",
            Self::Discovery => {
                "These write down outcomes, problems and evidence, and link them to stories."
            }
            Self::Insights => "These walk along the charts and the stories they name.",
            Self::Editor => "These work in the form of a story; leaving a field saves it.",
            Self::Settings => "These change the product's settings.",
            Self::Text => "These work wherever text is typed; letters are always text.",
            Self::Completion => "These work while suggestions stand under a field.",
            Self::Alike => "These work while a new story is typed and others are like it.",
            Self::Prompt => "These work in a box with one line to fill in.",
            Self::Menu => "These work in a menu; a row's own letter chooses it at once.",
            Self::Palette => "These work in the palette; everything typed narrows it down.",
            Self::Place => {
                "Move the ghost row, or type a position, a key, or below and a key; where the product's keys begin with G, J or K, every letter is typed."
            }
            Self::Preview => "A new order is shown before it is made; nothing has changed yet.",
            Self::Compare => {
                "Which first? An answer a key; what was answered is kept until it is made or thrown away."
            }
            Self::Estimate => "Type a number: it is the estimate, and the next story follows.",
            Self::Score => {
                "A key sets a value, shown below the list; the next part and the next story follow."
            }
            Self::Split => {
                "A digit sends the criterion, example or question to that child and goes on; 0 to none."
            }
            Self::Found => "These walk along the stories of a box.",
            Self::Loose => "These mend what hangs loose between outcomes, problems and stories.",
            Self::Learn => "These say whether accepted stories kept their promise.",
            Self::Findings => "These mend what the linter finds in a story, or settle it.",
            Self::Confirm => "These answer a question.",
            Self::Help => "These work on the help page.",
            Self::Welcome => "These work as long as there is no product.",
        }
    }

    /// Says whether the scope belongs to a room of the screen, rather than to a box or to typing.
    pub const fn is_room(self) -> bool {
        matches!(
            self,
            Self::Global
                | Self::Always
                | Self::List
                | Self::Backlog
                | Self::StoryActs
                | Self::Refine
                | Self::Review
                | Self::Discovery
                | Self::Insights
                | Self::Editor
                | Self::Settings
        )
    }

    /// Says whether characters that are not bound in the scope are handed to its owner as text.
    pub const fn hears_letters(self) -> bool {
        matches!(
            self,
            Self::Menu | Self::Place | Self::Estimate | Self::Score | Self::Split
        )
    }
}

/// The chains of scopes in use: which scopes are asked for a key, and in which order.
///
/// A chain with [`Scope::Text`] in it takes text.
pub mod chain {
    use super::Scope;

    /// The backlog's list.
    pub const BACKLOG: &[Scope] = &[Scope::Backlog, Scope::StoryActs, Scope::List, Scope::Global];
    /// The story beside the list.
    pub const STORY: &[Scope] = &[Scope::Story, Scope::StoryActs, Scope::Global];
    /// A story that is refined.
    pub const REFINE: &[Scope] = &[Scope::Refine, Scope::List, Scope::Global];
    /// The review's queue and sheet.
    pub const REVIEW: &[Scope] = &[Scope::Review, Scope::List, Scope::Global];
    /// The tree of outcomes, problems and stories.
    pub const DISCOVERY: &[Scope] = &[Scope::Discovery, Scope::List, Scope::Global];
    /// What stands beside the tree: an outcome, a problem or a story in full.
    pub const DISCOVERED: &[Scope] = &[Scope::Discovery, Scope::Story, Scope::Global];
    /// The page of charts.
    pub const INSIGHTS: &[Scope] = &[Scope::Insights, Scope::List, Scope::Global];
    /// The product's settings.
    pub const SETTINGS: &[Scope] = &[Scope::Settings, Scope::List, Scope::Global];
    /// A text field of the editor.
    pub const EDITOR: &[Scope] = &[Scope::Editor, Scope::Text, Scope::Global];
    /// A text field of the editor with suggestions under it.
    pub const EDITOR_COMPLETION: &[Scope] =
        &[Scope::Completion, Scope::Editor, Scope::Text, Scope::Global];
    /// A box with one line to fill in.
    pub const PROMPT: &[Scope] = &[Scope::Prompt, Scope::Text];
    /// A box with one line to fill in and suggestions under it.
    pub const PROMPT_COMPLETION: &[Scope] = &[Scope::Completion, Scope::Prompt, Scope::Text];
    /// A new story that is typed, and stories like it.
    pub const PROMPT_ALIKE: &[Scope] = &[Scope::Alike, Scope::Prompt, Scope::Text];
    /// A box with rows to choose from.
    pub const MENU: &[Scope] = &[Scope::Menu];
    /// The palette.
    pub const PALETTE: &[Scope] = &[Scope::Palette, Scope::Text];
    /// The ghost row, before anything is typed.
    pub const PLACE: &[Scope] = &[Scope::Place];
    /// The ghost row, once a position or a key is being typed: from here on all letters are text.
    pub const PLACE_TYPING: &[Scope] = &[Scope::Place, Scope::Text];
    /// A new order that is shown before it is made.
    pub const PREVIEW: &[Scope] = &[Scope::Preview];
    /// Two stories side by side.
    pub const COMPARE: &[Scope] = &[Scope::Compare];
    /// The series of estimates.
    pub const ESTIMATE: &[Scope] = &[Scope::Estimate];
    /// The series of scores.
    pub const SCORE: &[Scope] = &[Scope::Score];
    /// Sending the parts of a story to its children.
    pub const SPLIT: &[Scope] = &[Scope::Split];
    /// A box with stories to go to.
    pub const FOUND: &[Scope] = &[Scope::Found];
    /// The box with the loose ends of the thread.
    pub const LOOSE: &[Scope] = &[Scope::Loose];
    /// The box with the accepted stories to look at again.
    pub const LEARN: &[Scope] = &[Scope::Learn];
    /// The box with what the linter finds in a story.
    pub const FINDINGS: &[Scope] = &[Scope::Findings];
    /// A question with yes and no.
    pub const CONFIRM: &[Scope] = &[Scope::Confirm];
    /// The help page.
    pub const HELP: &[Scope] = &[Scope::Help];
    /// The first page.
    pub const WELCOME: &[Scope] = &[Scope::Welcome];

    /// Every chain there is; what is true of keys is tested along all of them.
    pub const ALL: [&[Scope]; 29] = [
        BACKLOG,
        STORY,
        REFINE,
        REVIEW,
        DISCOVERY,
        DISCOVERED,
        INSIGHTS,
        SETTINGS,
        EDITOR,
        EDITOR_COMPLETION,
        PROMPT,
        PROMPT_COMPLETION,
        PROMPT_ALIKE,
        MENU,
        PALETTE,
        PLACE,
        PLACE_TYPING,
        PREVIEW,
        COMPARE,
        ESTIMATE,
        SCORE,
        SPLIT,
        FOUND,
        LOOSE,
        LEARN,
        FINDINGS,
        CONFIRM,
        HELP,
        WELCOME,
    ];
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_scope_has_a_title_of_its_own_and_a_sentence() {
        let titles: HashSet<_> = Scope::ALL.iter().map(|scope| scope.title()).collect();
        assert_eq!(titles.len(), Scope::ALL.len());
        for scope in Scope::ALL {
            assert!(scope.about().ends_with('.'), "{scope:?}");
        }
    }

    #[test]
    fn every_scope_is_asked_in_some_chain_or_always() {
        for scope in Scope::ALL {
            let asked = chain::ALL.iter().any(|chain| chain.contains(&scope));
            assert!(asked || scope == Scope::Always, "{scope:?}");
        }
    }
}
