//! THE table of actions: what can be done, where, by which keys, and how it is told.
//!
//! To add an action, add a row here and handle it in the room that owns it; dispatch, footer, help,
//! palette and the README follow by themselves. This file must not know how anything is done.

#[macro_use]
mod declare;

use std::sync::LazyLock;

use super::{key::Key, scope::Scope};

/// A row of the table: an action in one scope.
#[derive(Debug)]
pub struct Binding {
    /// What is done.
    pub action: Action,
    /// Where these keys do it.
    pub scope: Scope,
    /// The keys, the one to show first; none at all for what only the palette offers.
    pub keys: Vec<Key>,
    /// Its part in the footer, if it has one.
    pub footer: Option<Footer>,
}

/// How a row stands in the footer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Footer {
    /// The rows with more weight stay when the line is short.
    pub weight: u8,
    /// What it says after the key; rows of a scope with the same label stand as one group.
    pub label: &'static str,
}

/// The table's rows, in the order in which they are shown.
pub fn bindings() -> &'static [Binding] {
    static BINDINGS: LazyLock<Vec<Binding>> = LazyLock::new(|| {
        // A spelling that is no key would be lost here; a test reads every one of them.
        let keys = |text: &str| text.split_whitespace().flat_map(str::parse).collect();
        ROWS.iter()
            .map(|row| Binding {
                action: row.action,
                scope: row.scope,
                keys: keys(row.keys),
                footer: row.footer,
            })
            .collect()
    });
    &BINDINGS
}

struct Row {
    action: Action,
    scope: Scope,
    keys: &'static str,
    footer: Option<Footer>,
}

actions! {
    commands {
        // The backlog.
        MoveUp       "Move the story, or the marked ones, one place up." ["rank raise prioritise"]
            => Backlog "K Alt+↑" foot 74 "move";
        MoveDown     "Move the story, or the marked ones, one place down." ["rank lower prioritise"]
            => Backlog "J Alt+↓" foot 74 "move";
        MovePageUp   "Move the story, or the marked ones, one page up." ["rank"]
            => Backlog "Ctrl+↑";
        MovePageDown "Move the story, or the marked ones, one page down." ["rank"]
            => Backlog "Ctrl+↓";
        MoveTop      "Move the story, or the marked ones, to the top." ["rank first most important"]
            => Backlog "t" foot 40 "top/bottom";
        MoveBottom   "Move the story, or the marked ones, to the bottom." ["rank last least important"]
            => Backlog "b" foot 40 "top/bottom";
        Place        "Place the story, or the marked ones, at a position or next to another story." ["rank position above below"]
            => Backlog "m" foot 50 "place";
        Compare      "Rank the marked stories, those found, or the ideas by comparing pairs." ["prioritise order which first"]
            => Backlog "c" foot 42 "compare";
        CompareInto  "Find the place of the story, or the marked ones, by comparing it with the others." ["prioritise rank insert position"]
            => Backlog "C";
        WhatIf       "Ask what if: another velocity, stories left out." ["forecast iteration sprint until when"]
            => Backlog "w";
        Mark         "Mark the story or take its mark away." ["select"]
            => Backlog "space" foot 45 "mark";
        MarkRange    "Mark every story from the last mark to here." ["select"]
            => Backlog "v";
        MarkAll      "Mark every story in the list." ["select"]
            => Backlog "*";
        ClearMarks   "Take all marks away." ["deselect unmark"]
            => Backlog "-";
        Views        "Look at the backlog through a saved view, or save one." ["search query filter group"]
            => Backlog "f" foot 35 "views";
        GroupBy      "Group the list by epic, persona, label, problem or status." ["section swimlane fold impact"]
            => Backlog "F";
        Fold         "Fold the group or the branch, or unfold it." ["collapse expand group tree"]
            => Backlog "z ←", Discovery "z";
        FoldAll      "Fold all groups or branches, or unfold them." ["collapse expand group tree"]
            => Backlog "Z", Discovery "Z";
        New          "Write a new story below the selected one." ["add create capture"]
            => Backlog "n" foot 85 "new";
        NewAbove     "Write a new story above the selected one." ["add create capture"]
            => Backlog "N";
        SortByScore  "Sort by score: shows the new order before it is made." ["prioritise rank wsjf rice moscow"]
            => Backlog "S";
        Disagreements "Show where the order and the scores disagree most." ["wsjf rice moscow shares"]
            => Backlog "D";
        ScoreMethod  "Choose the way to score, such as MoSCoW, WSJF or impact." ["prioritise settings column value effort rice"]
            => Backlog "";
        ShowAny      "Show accepted and dropped stories too, or the open ones only." ["filter all done every"]
            => Backlog "";
        ClearSearch  "Clear the search and show the whole backlog." ["filter reset"]
            => Backlog "";

        // The story in sight, and the review.
        Met          "The criterion is met." ["verdict pass yes"]
            => Review "y" foot 82 "met";
        NotMet       "The criterion is not met; a note says why." ["verdict fail no"]
            => Review "n" foot 82 "not met";
        CannotTell   "It cannot be told whether the criterion is met." ["verdict unclear"]
            => Review "c" foot 60 "cannot tell";
        Note         "Write a note on the criterion." ["comment remark missing"]
            => Review "o" foot 50 "note";
        Evidence     "Write down what was seen: a link, a number, a place." ["evidence proof screenshot command output test"]
            => Review "v" foot 45 "evidence";
        RaiseQuestion "Write the question that the review raises." ["open unclear ask"]
            => Review "w";
        TickDone     "Tick the line of the definition of done or take the tick away." ["check checklist"]
            => Review "space";
        Accept       "Accept the story." ["approve done finish waiver"]
            => Review "a" foot 80 "accept";
        Reject       "Reject the story with a reason." ["decline return"]
            => Review "r" foot 80 "reject";
        AcceptNote   "Accept the story with a note, such as: on staging." ["remark production waiver reason"]
            => Review "A";
        QueueOrder   "Order the queue by rank, by waiting time or by label." ["sort age oldest longest"]
            => Review "O";
        NextStory    "Go to the next story."
            => Story "]" foot 40 "next story", Refine "]" foot 70 "next story", Review "]", Insights "]" foot 78 "next story";
        PreviousStory "Go to the story before."
            => Story "[" foot 40 "next story", Refine "[" foot 70 "next story", Review "[", Insights "[" foot 78 "next story";
        Edit         "Edit the story." ["change write title who persona want benefit criteria notes"]
            => StoryActs "e" foot 80 "edit", Review "e", Refine "E";
        StepMenu     "Choose a step: agree, start, deliver and so on." ["status workflow reopen restore"]
            => StoryActs "s" foot 78 "step";
        NextStep     "Take the natural next step: agree, start, deliver, restart or restore." ["status workflow ready"]
            => StoryActs ">", Refine ">" foot 80 "agree";
        StepBack     "Take the last step back." ["status workflow unready undeliver"]
            => StoryActs "<";
        Estimate     "Estimate the story and the ones after it." ["points size"]
            => StoryActs ".", Refine "." foot 65 "estimate";
        Score        "Score the story and the ones after it." ["prioritise wsjf rice moscow value effort"]
            => StoryActs ",";
        Labels       "Change the labels." ["tags"]
            => StoryActs "l";
        LinkProblem  "Say which problem the story solves, or write a new problem." ["link need pain discovery thread why"]
            => StoryActs "P";
        Blockers     "Say which stories block this one." ["dependencies depends waits blocked"]
            => StoryActs "B";
        Lift         "Lift what blocks the story above it." ["dependencies order blockers"]
            => StoryActs "L";
        Split        "Split the story into several." ["divide smaller paths interfaces data rules spike"]
            => StoryActs "|", Refine "|" foot 55 "split";
        Merge        "Merge the story with another, or the marked ones." ["join combine duplicate"]
            => StoryActs "&";
        Findings     "Show what the linter has to say of the story." ["lint quality invest warnings defects hints check"]
            => StoryActs "!", Refine "!";
        Drop         "Drop the story with a reason." ["delete remove archive"]
            => StoryActs "x", Loose "x" foot 70 "drop";
        Copy         "Copy the story as text." ["clipboard yank"]
            => StoryActs "y";
        Letter       "Copy the letter to the team about a rejected story." ["clipboard reason rejection way back"]
            => StoryActs "Y", Review "Y";
        LetterFile   "Write the letter about a rejected story into a file." ["team save reason rejection way back"]
            => StoryActs "E", Review "E";
        ReviewThis   "Go to the review of this story." ["accept reject verdict"]
            => StoryActs "";

        // Refining.
        Refine       "Refine ideas with the team, one after the other." ["meeting example mapping rules questions groom"]
            => StoryActs "R";
        AddRule      "Write a rule: a criterion of the story." ["criterion acceptance new"]
            => Refine "n" foot 86 "rule";
        AddExample   "Write an example of the rule." ["case new"]
            => Refine "i" foot 85 "example";
        AddQuestion  "Write an open question." ["ask new"]
            => Refine "o" foot 84 "question";
        AnswerQuestion "Answer the question." ["reply"]
            => Refine "a" foot 83 "answer";
        ChangeCard   "Change what is written." ["edit"]
            => Refine "e" foot 60 "change";
        DeleteCard   "Delete the rule, example or question." ["remove"]
            => Refine "x" foot 50 "delete";
        CardUp       "Move the rule, example or question one place up." ["reorder"]
            => Refine "K Alt+↑";
        CardDown     "Move the rule, example or question one place down." ["reorder"]
            => Refine "J Alt+↓";
        Timer        "Start the timer of the story, or stop it." ["clock minutes"]
            => Refine "T";

        // The editor.
        SaveLeave    "Save and leave the editor." ["close done"]
            => Editor "Esc" foot 85 "save and leave";
        SaveStay     "Save and stay in the editor." ["write"]
            => Editor "Ctrl+S" foot 60 "save";
        EditOutside  "Write the text in your own editor ($VISUAL or $EDITOR)." ["external vim nano"]
            => StoryActs "", Editor "Ctrl+E" foot 50 "$EDITOR";
        CriterionUp  "Move the criterion one place up." ["reorder"]
            => Editor "Alt+↑" foot 40 "move criterion";
        CriterionDown "Move the criterion one place down." ["reorder"]
            => Editor "Alt+↓" foot 40 "move criterion";
        AddCriterion "Add a criterion." ["new acceptance"]
            => Editor "Ctrl+N" foot 45 "new criterion";
        DeleteCriterion "Delete the criterion." ["remove acceptance"]
            => Editor "Alt+X"; // not Ctrl+D: fingers from the shell delete one character by it

        // Discovery.
        NewProblem   "Write a problem below the selected outcome: a need or a pain of users." ["add create need pain opportunity"]
            => Discovery "n" foot 86 "problem";
        NewOutcome   "Write an outcome: what should change for users." ["add create goal measure"]
            => Discovery "N" foot 50 "outcome";
        AddEvidence  "Write down what was seen or heard of the problem." ["evidence interview ticket observation voice proof"]
            => Discovery "v" foot 85 "evidence";
        Solve        "Write a new story that solves the problem." ["add create solution candidate"]
            => Discovery "a" foot 75 "story";
        LinkStories  "Link stories to the problem, or the story to another problem." ["connect solve"]
            => Discovery "l" foot 80 "link";
        ChangeFields "Change the outcome, the problem or the story; beside the tree the evidence or the assumption." ["edit title who measure assumption test"]
            => Discovery "e" foot 78 "edit";
        Believe      "Say what is believed of the problem: assumed, validated or refuted." ["state status confirm reject"]
            => Discovery "s" foot 77 "state";
        Unlink       "Unlink the story, or delete the problem or the outcome; beside the tree the evidence or the assumption." ["remove"]
            => Discovery "x" foot 40 "unlink/delete";
        BranchUp     "Move the outcome up, or the problem or the story to the branch above." ["reorder link outcome"]
            => Discovery "K Alt+↑" foot 55 "move";
        BranchDown   "Move the outcome down, or the problem or the story to the branch below." ["reorder link outcome"]
            => Discovery "J Alt+↓" foot 55 "move";
        BranchTo     "Move the problem to any outcome, or the story to any problem." ["reorder link outcome place"]
            => Discovery "m";
        LooseEnds    "Show the loose ends: stories without a problem, problems without a story and so on." ["orphans"]
            => Discovery "o" foot 60 "loose ends";
        Learn        "Look again at accepted stories, to see whether the benefit came." ["outcome benefit check promise queue kept missed"]
            => Discovery "L" foot 62 "learn";

        // Looking again at accepted stories.
        Kept         "The benefit came." ["promise yes"]
            => Learn "y" foot 90 "kept";
        Missed       "The benefit did not come." ["promise no"]
            => Learn "n" foot 90 "missed";
        Unknown      "It cannot be told whether the benefit came." ["promise unclear"]
            => Learn "c" foot 90 "cannot tell";
        LearnNote    "Write down what was seen." ["remark"]
            => Learn "o" foot 75 "note";
        LearnNumber  "Write down the number that was measured." ["measure"]
            => Learn "v" foot 75 "number";
        LookLater    "Look again later, or in another way." ["plan postpone"]
            => Learn "w" foot 70 "later";

        // The settings.
        ChangeSetting "Change the setting, or open its list." ["edit set"]
            => Settings "e" foot 85 "change";
        SwitchSetting "Turn yes into no, or no into yes." ["toggle"]
            => Settings "space" foot 70 "yes/no";
        AddEntry     "Write a new line into the list." ["create persona done view"]
            => Settings "n" foot 80 "new line";
        DeleteEntry  "Delete the line from the list." ["remove persona done view"]
            => Settings "x" foot 60 "delete";
        EntryUp      "Move the line one place up." ["reorder"]
            => Settings "K Alt+↑" foot 50 "move";
        EntryDown    "Move the line one place down." ["reorder"]
            => Settings "J Alt+↓" foot 50 "move";

        // The first page.
        NameProduct  "Name your product and start with an empty backlog." ["new create"]
            => Welcome "n" foot 90 "name your product";
        ImportFile   "Import a file from another tool." ["open load csv json"]
            => Welcome "i" foot 85 "import a file";
        OpenDemo     "Open the demo, a filled product to try things out on." ["example sample"]
            => Welcome "d" foot 80 "open the demo";

        // What the linter finds.
        Mend         "Mend what is found as the linter proposes." ["repair fix lint finding"]
            => Findings "m" foot 88 "mend", Editor "Alt+M" foot 44 "mend";
        Settle       "Say that this is no problem here, or that it is one after all." ["ignore dismiss lint finding"]
            => Findings "n" foot 87 "not a problem here", Editor "Alt+N" foot 43 "not a problem here";

        // Every screen.
        ShowBacklog  "Go to the backlog." ["screen"]
            => Global "1";
        ShowReview   "Go to the review." ["screen accept"]
            => Global "2";
        ShowDiscovery "Go to discovery: outcomes, problems and the stories that solve them." ["screen tree opportunities evidence thread"]
            => Global "3";
        ShowInsights "Go to the insights." ["screen charts velocity burn-up forecast cycle time age rejected statistics report sprint iteration"]
            => Global "4";
        ShowSettings "Go to the settings, such as the definitions of ready and done."
            ["screen preferences options configuration personas scale iterations sprint team scores views"]
            => Global "5";
        SinceLast    "Show what has happened since last time." ["news delivered came back changes others away"]
            => Global "W";
        Search       "Search and filter." ["find query"]
            => Global "/" foot 70 "search";
        Undo         "Undo the last act." ["back revert"]
            => Global "u";
        Redo         "Redo what was undone." ["again"]
            => Global "U Ctrl+R";
        Palette      "Find any command by its words." ["all commands"]
            => Global ": Ctrl+P" foot 90 "all commands";
        Help         "Show the keys that work here." ["shortcuts manual"]
            => Global "?" foot 100 "help", Place "?" foot 100 "help", Estimate "?" foot 100 "help",
               Compare "?" foot 100 "help", Split "?" foot 100 "help", Score "?" foot 100 "help",
               Welcome "?" foot 100 "help", Always "F1" foot 100 "help";
        Quit         "Quit." ["exit leave close"]
            => Global "q", Welcome "q" foot 70 "quit", Always "Ctrl+C";
        Suspend      "Go back to the shell for a while; `fg` returns." ["background"]
            => Always "Ctrl+Z";
        Redraw       "Draw the screen anew." ["refresh repaint"]
            => Always "Ctrl+L";
    }
    motions {
        // Rows and pages, wherever there are any.
        Down         "Go one row down."
            => Score "j ↓" foot 80 "next story", Split "j ↓" foot 80 "move", Found "j ↓" foot 80 "move", Loose "j ↓" foot 80 "move", Learn "j ↓" foot 80 "move", Findings "j ↓" foot 80 "move",
               List "j ↓", Story "j ↓" foot 75 "scroll", Review "j ↓" foot 75 "next",
               Insights "j ↓" foot 80 "scroll", Text "↓",
               Completion "↓" foot 60 "choose", Prompt "↓ Tab", Menu "↓" foot 80 "move", Palette "↓ Ctrl+N" foot 80 "move",
               Place "j ↓" foot 80 "move", Preview "j ↓" foot 60 "scroll", Estimate "j ↓" foot 80 "next story", Help "j ↓" foot 80 "scroll", Welcome "j ↓";
        Up           "Go one row up."
            => Score "k ↑" foot 80 "next story", Split "k ↑" foot 80 "move", Found "k ↑" foot 80 "move", Loose "k ↑" foot 80 "move", Learn "k ↑" foot 80 "move", Findings "k ↑" foot 80 "move",
               List "k ↑", Story "k ↑" foot 75 "scroll", Review "k ↑" foot 75 "next",
               Insights "k ↑" foot 80 "scroll", Text "↑",
               Completion "↑" foot 60 "choose", Prompt "↑ Shift+Tab", Menu "↑" foot 80 "move", Palette "↑ Ctrl+P" foot 80 "move",
               Place "k ↑" foot 80 "move", Preview "k ↑" foot 60 "scroll", Estimate "k ↑" foot 80 "next story", Help "k ↑" foot 80 "scroll", Welcome "k ↑";
        PageDown     "Go one page down."
            => List "Ctrl+D PgDn", Split "Ctrl+D PgDn", Compare "Ctrl+D PgDn", Found "Ctrl+D PgDn", Loose "Ctrl+D PgDn", Learn "Ctrl+D PgDn", Story "Ctrl+D PgDn space", Text "PgDn", Menu "PgDn Ctrl+D", Palette "PgDn",
               Place "Ctrl+D PgDn", Preview "Ctrl+D PgDn space", Help "Ctrl+D PgDn space";
        PageUp       "Go one page up."
            => List "Ctrl+U PgUp", Split "Ctrl+U PgUp", Compare "Ctrl+U PgUp", Found "Ctrl+U PgUp", Loose "Ctrl+U PgUp", Learn "Ctrl+U PgUp", Story "Ctrl+U PgUp", Text "PgUp", Menu "PgUp Ctrl+U", Palette "PgUp",
               Place "Ctrl+U PgUp", Preview "Ctrl+U PgUp", Help "Ctrl+U PgUp";
        First        "Go to the first row."
            => Found "g Home", Loose "g Home", Learn "g Home", Findings "g Home", Split "g Home",
               List "g Home", Story "g Home", Menu "Home", Place "g Home", Preview "g Home", Help "g Home";
        Last         "Go to the last row."
            => List "G End", Found "G End", Loose "G End", Learn "G End", Findings "G End", Split "G End", Story "G End", Menu "End", Place "End", Preview "G End", Help "G End";
        Open         "Open what is selected."
            => List "Enter →", Insights "Enter" foot 76 "open";
        FoldOut      "Fold the branch, or go to the one it is a part of."
            => Discovery "←";
        FoldIn       "Unfold the branch, or go into it."
            => Discovery "→";
        GoThere      "Go to it in the tree, or to the story in the backlog."
            => Loose "e" foot 80 "go there", Learn "e" foot 60 "go there";
        NextPane     "Go to the next pane."
            => Global "Tab";
        PreviousPane "Go to the pane before."
            => Global "Shift+Tab";
        Out          "Go one step out: clear the search, the marks, leave the pane."
            => Global "Esc";
        NextField    "Go to the next field."
            => Editor "Tab" foot 70 "next field";
        PreviousField "Go to the field before."
            => Editor "Shift+Tab";

        // Comparing.
        FirstFirst   "The first story, left or above, comes first."
            => Compare "1 ← h ↑ k" foot 90 "comes first";
        SecondFirst  "The second story, right or below, comes first."
            => Compare "2 → l ↓ j" foot 90 "comes first";
        BothEqual    "Both are equal: the first one is placed right behind the second."
            => Compare "=" foot 75 "equal";
        SkipPair     "Skip what cannot be told now; the story comes back after the others."
            => Compare "s" foot 70 "skip";
        TakeBack     "Take the last answer back."
            => Compare "u Backspace" foot 65 "take back";
        ShowOrder    "Show the order so far, and make it if it is good enough."
            => Compare "Enter" foot 60 "order so far";
        ThrowAway    "Throw the comparison away and change nothing."
            => Compare "x";

        // Boxes.
        Confirm      "Do it with what is chosen or typed."
            => Score "Enter" foot 60 "leave as it is", Split "Enter" foot 90 "split", Found "Enter" foot 85 "go there", Loose "Enter" foot 88 "mend", Findings "Enter e" foot 86 "edit there",
               Prompt "Enter" foot 85 "confirm", Menu "Enter" foot 85 "choose", Palette "Enter" foot 85 "do it",
               Place "Enter" foot 85 "place here", Preview "Enter" foot 90 "make this order", Estimate "Enter" foot 50 "set", Welcome "Enter";
        OtherView    "Switch between the largest jumps and the whole new order."
            => Preview "Tab" foot 70 "jumps or whole order";
        OtherParent  "Let the story become its children's epic, or be dropped only."
            => Split "Tab" foot 70 "epic or not";
        OtherMethod  "Score by the next method in use."
            => Score "Tab" foot 55 "other method";
        TakeSuggestion "Take the chosen suggestion."
            => Completion "Tab Enter" foot 86 "take it";
        GoToAlike    "Go to the story that is like it; what is typed waits."
            => Alike "Ctrl+G" foot 87 "go there";
        Yes          "Yes."
            => Confirm "y Enter" foot 90 "yes";
        No           "No."
            => Confirm "n Esc" foot 90 "no";
        Close        "Close this and change nothing more."
            => Completion "Esc" foot 65 "close", Prompt "Esc" foot 85 "cancel", Menu "Esc" foot 85 "close", Palette "Esc" foot 85 "close",
               Compare "Esc" foot 85 "stop for now", Split "Esc" foot 85 "back to the titles", Score "Esc" foot 85 "done", Found "Esc q" foot 85 "close", Loose "Esc q o" foot 85 "close", Learn "Esc q L" foot 85 "close", Findings "Esc q !" foot 85 "close",
               Place "Esc" foot 85 "cancel", Preview "Esc" foot 85 "cancel", Estimate "Esc" foot 85 "done", Help "Esc q ? F1" foot 100 "close";

        // Typing.
        Left         "Go one character to the left."              => Text "←";
        Right        "Go one character to the right."             => Text "→";
        WordLeft     "Go one word to the left."                   => Text "Ctrl+← Alt+← Alt+B";
        WordRight    "Go one word to the right."                  => Text "Ctrl+→ Alt+→ Alt+F";
        LineStart    "Go to the start of the line."               => Text "Home Ctrl+A";
        LineEnd      "Go to the end of the line."                 => Text "End Ctrl+E";
        TextStart    "Go to the start of the text."               => Text "Ctrl+Home";
        TextEnd      "Go to the end of the text."                 => Text "Ctrl+End";
        SelectLeft   "Select one character to the left."          => Text "Shift+←";
        SelectRight  "Select one character to the right."         => Text "Shift+→";
        SelectUp     "Select one row up."                         => Text "Shift+↑";
        SelectDown   "Select one row down."                       => Text "Shift+↓";
        SelectWordLeft "Select one word to the left."             => Text "Ctrl+Shift+← Alt+Shift+←";
        SelectWordRight "Select one word to the right."           => Text "Ctrl+Shift+→ Alt+Shift+→";
        SelectLineStart "Select to the start of the line."        => Text "Shift+Home";
        SelectLineEnd "Select to the end of the line."            => Text "Shift+End";
        SelectTextStart "Select to the start of the text."        => Text "Ctrl+Shift+Home";
        SelectTextEnd "Select to the end of the text."            => Text "Ctrl+Shift+End";
        SelectAll    "Select the whole text."                     => Text "Alt+A";
        Enter        "End the line, or the field where it has one line." => Text "Enter";
        Newline      "Start a new line."                          => Text "Ctrl+J Alt+Enter Shift+Enter";
        DeleteBack   "Delete the character before the cursor."
            => Text "Backspace Shift+Backspace Ctrl+H", Place "Backspace", Estimate "Backspace",
               Score "Backspace" foot 65 "one back";
        DeleteForward "Delete the character after the cursor."    => Text "Delete Ctrl+D";
        DeleteWordBack "Delete the word before the cursor."       => Text "Ctrl+W Alt+Backspace Ctrl+Backspace";
        DeleteWordForward "Delete the word after the cursor."     => Text "Alt+D Ctrl+Delete";
        DeleteToStart "Delete to the start of the line."          => Text "Ctrl+U";
        DeleteToEnd  "Delete to the end of the line."             => Text "Ctrl+K";
        Cut          "Cut the selected text."                     => Text "Ctrl+X";
        CopyText     "Copy the selected text."                    => Text "Alt+C";
        Paste        "Paste what was cut or copied."              => Text "Ctrl+V";
        UndoTyping   "Undo the typing."                           => Text "Alt+U";
        RedoTyping   "Redo the typing that was undone."           => Text "Alt+R Ctrl+R";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_in_the_table_is_a_key() {
        for row in ROWS {
            for text in row.keys.split_whitespace() {
                assert!(text.parse::<Key>().is_ok(), "{:?}: {text}", row.action);
            }
        }
    }

    #[test]
    fn the_first_key_of_the_table_is_written_as_it_will_be_shown() {
        for row in ROWS {
            for text in row.keys.split_whitespace() {
                assert_eq!(text.parse::<Key>().unwrap().to_string(), text);
            }
        }
    }

    #[test]
    fn what_has_no_key_is_offered_by_the_palette() {
        for row in bindings().iter().filter(|row| row.keys.is_empty()) {
            assert!(row.action.is_command(), "{:?}", row.action);
        }
    }
}
