//! The table of actions: its fixed keys, its laws, and what is computed from it.

use std::collections::HashSet;

use backstory::keymap::action::bindings;
use backstory::keymap::resolve::takes_text;
use backstory::keymap::{Action, Key, Resolved, Scope, Spelling, chain, docs, resolve};
use unicode_width::UnicodeWidthStr;

use crate::support::driver::Driver;
use crate::support::world::World;

fn key(text: &str) -> Key {
    text.parse().unwrap()
}

fn assert_does(chain: &[Scope], keys: &str, action: Action) {
    for text in keys.split_whitespace() {
        let meant = resolve(chain, key(text));
        assert_eq!(meant, Resolved::Action(action), "{text} in {chain:?}");
    }
}

fn line(groups: &[docs::FooterGroup]) -> String {
    let groups = groups.iter();
    let texts: Vec<String> = groups
        .map(|group| format!("{} {}", group.keys_text(), group.label))
        .collect();
    format!(" {}", texts.join("  "))
}

const SCREENS: [&[Scope]; 6] = [
    chain::BACKLOG,
    chain::STORY,
    chain::REVIEW,
    chain::DISCOVERY,
    chain::INSIGHTS,
    chain::SETTINGS,
];

#[test]
fn the_fixed_keys_of_every_screen_hold() {
    for screen in SCREENS {
        assert_does(screen, "?", Action::Help);
        assert_does(screen, ": Ctrl+P", Action::Palette);
        assert_does(screen, "u", Action::Undo);
        assert_does(screen, "U Ctrl+R", Action::Redo);
        assert_does(screen, "/", Action::Search);
        assert_does(screen, "1", Action::ShowBacklog);
        assert_does(screen, "2", Action::ShowReview);
        assert_does(screen, "3", Action::ShowDiscovery);
        assert_does(screen, "4", Action::ShowInsights);
        assert_does(screen, "5", Action::ShowSettings);
        assert_does(screen, "Tab", Action::NextPane);
        assert_does(screen, "Esc", Action::Out);
        assert_does(screen, "q Ctrl+C", Action::Quit);
    }
}

#[test]
fn the_fixed_keys_of_lists_hold() {
    for screen in SCREENS {
        assert_does(screen, "j ↓", Action::Down);
        assert_does(screen, "k ↑", Action::Up);
        assert_does(screen, "g Home", Action::First);
        assert_does(screen, "G End", Action::Last);
        assert_does(screen, "Ctrl+D PgDn", Action::PageDown);
        assert_does(screen, "Ctrl+U PgUp", Action::PageUp);
    }
    assert_does(chain::BACKLOG, "Enter", Action::Open);
    assert_does(chain::REVIEW, "Enter", Action::Open);
    assert_does(chain::INSIGHTS, "Enter", Action::Open);
}

#[test]
fn the_fixed_keys_of_the_backlog_hold() {
    for (keys, action) in [
        ("K Alt+↑", Action::MoveUp),
        ("J Alt+↓", Action::MoveDown),
        ("Ctrl+↑", Action::MovePageUp),
        ("Ctrl+↓", Action::MovePageDown),
        ("t", Action::MoveTop),
        ("b", Action::MoveBottom),
        ("m", Action::Place),
        ("space", Action::Mark),
        ("v", Action::MarkRange),
        ("n", Action::New),
        ("e", Action::Edit),
        ("s", Action::StepMenu),
        (">", Action::NextStep),
        ("<", Action::StepBack),
        (".", Action::Estimate),
        ("l", Action::Labels),
        ("x", Action::Drop),
        ("y", Action::Copy),
    ] {
        assert_does(chain::BACKLOG, keys, action);
    }
}

#[test]
fn the_fixed_keys_of_the_review_hold() {
    for (keys, action) in [
        ("y", Action::Met),
        ("n", Action::NotMet),
        ("c", Action::CannotTell),
        ("o", Action::Note),
        ("v", Action::Evidence),
        ("space", Action::TickDone),
        ("a", Action::Accept),
        ("r", Action::Reject),
    ] {
        assert_does(chain::REVIEW, keys, action);
    }
}

#[test]
fn the_fixed_keys_of_the_editor_hold() {
    for (keys, action) in [
        ("Tab", Action::NextField),
        ("Shift+Tab", Action::PreviousField),
        ("Ctrl+S", Action::SaveStay),
        ("Esc", Action::SaveLeave),
        ("Ctrl+E", Action::EditOutside),
        ("Alt+↑", Action::CriterionUp),
        ("Alt+↓", Action::CriterionDown),
    ] {
        assert_does(chain::EDITOR, keys, action);
    }
}

#[test]
fn no_key_stands_twice_in_a_scope() {
    let mut seen = HashSet::new();
    for row in bindings() {
        for &key in &row.keys {
            assert!(seen.insert((row.scope, key)), "{key} in {:?}", row.scope);
        }
    }
}

#[test]
fn no_action_has_two_rows_in_a_scope() {
    let mut seen = HashSet::new();
    for row in bindings() {
        assert!(seen.insert((row.scope, row.action)), "{:?}", row.action);
    }
}

#[test]
fn no_bare_character_is_bound_in_a_scope_that_is_only_used_while_text_is_typed() {
    for row in bindings() {
        let mut chains = chain::ALL.iter().filter(|chain| chain.contains(&row.scope));
        if row.scope == Scope::Always || chains.all(|chain| takes_text(chain)) {
            let bare = row.keys.iter().find(|key| key.bare().is_some());
            assert_eq!(bare, None, "{:?} in {:?}", row.action, row.scope);
        }
    }
}

/// The keys that mean something else than a later scope of the same chain says, each on purpose.
const SHADOWS: &[(Scope, &str, Scope)] = &[
    // Leaving a pane of the editor is leaving the editor, and Tab walks its fields.
    (Scope::Editor, "Esc", Scope::Global),
    (Scope::Editor, "Tab", Scope::Global),
    (Scope::Editor, "Shift+Tab", Scope::Global),
    // $EDITOR is fixed on Ctrl+E; in one-line boxes it stays the end of the line.
    (Scope::Editor, "Ctrl+E", Scope::Text),
    // While typing, redo means the typing.
    (Scope::Text, "Ctrl+R", Scope::Global),
    // Suggestions are taken or closed before anything else happens.
    (Scope::Completion, "Tab", Scope::Editor),
    (Scope::Completion, "Tab", Scope::Global),
    (Scope::Completion, "Tab", Scope::Prompt),
    (Scope::Completion, "Esc", Scope::Editor),
    (Scope::Completion, "Esc", Scope::Global),
    (Scope::Completion, "Enter", Scope::Prompt),
    (Scope::Completion, "Enter", Scope::Text),
    // Enter answers a box.
    (Scope::Prompt, "Enter", Scope::Text),
    (Scope::Palette, "Enter", Scope::Text),
    (Scope::Place, "Enter", Scope::Text),
    // The ghost row moves by the page and to the ends; one line of text needs less.
    (Scope::Place, "Home", Scope::Text),
    (Scope::Place, "End", Scope::Text),
    (Scope::Place, "Ctrl+D", Scope::Text),
    (Scope::Place, "Ctrl+U", Scope::Text),
    // In the tree the arrow unfolds a branch before it opens a story.
    (Scope::Discovery, "→", Scope::List),
    // The key that opens help closes it.
    (Scope::Help, "F1", Scope::Always),
];

#[test]
fn a_key_shadows_another_meaning_only_on_purpose() {
    let mut found = HashSet::new();
    for scopes in chain::ALL {
        let asked: Vec<Scope> = scopes.iter().copied().chain([Scope::Always]).collect();
        for (place, &first) in asked.iter().enumerate() {
            for &later in asked.iter().skip(place + 1) {
                found.extend(shadows(first, later));
            }
        }
    }
    let listed = SHADOWS.iter();
    let listed: HashSet<_> = listed
        .map(|&(first, text, later)| (first, key(text), later))
        .collect();
    assert_eq!(found, listed);
}

fn shadows(first: Scope, later: Scope) -> Vec<(Scope, Key, Scope)> {
    let mut found = Vec::new();
    for over in bindings().iter().filter(|row| row.scope == first) {
        for under in bindings().iter().filter(|row| row.scope == later) {
            let common = over.keys.iter().filter(|key| under.keys.contains(key));
            if over.action != under.action {
                found.extend(common.map(|&key| (first, key, later)));
            }
        }
    }
    found
}

#[test]
fn the_keys_that_must_always_work_are_never_shadowed() {
    for scopes in chain::ALL {
        assert_does(scopes, "Ctrl+C", Action::Quit);
        assert_does(scopes, "Ctrl+Z", Action::Suspend);
        assert_does(scopes, "Ctrl+L", Action::Redraw);
    }
}

#[test]
fn no_key_is_used_that_many_terminals_do_not_send() {
    let unsent = [
        "Ctrl+space",
        "Ctrl+?",
        "Ctrl+1",
        "Ctrl+I",
        "Ctrl+M",
        "Ctrl+[",
    ]
    .map(key);
    for row in bindings() {
        for key in &row.keys {
            assert!(!unsent.contains(key), "{key} for {:?}", row.action);
        }
    }
}

#[test]
fn every_action_says_what_it_does_in_a_sentence() {
    for action in Action::ALL {
        let doc = action.doc();
        assert!(doc.ends_with('.'), "{action:?}");
        assert!(doc.starts_with(char::is_uppercase), "{action:?}");
        assert!(
            !doc.contains('|'),
            "{action:?} would break the README's table"
        );
    }
}

#[test]
fn every_action_can_be_reached() {
    for action in Action::ALL {
        let by_key = bindings()
            .iter()
            .any(|row| row.action == *action && !row.keys.is_empty());
        assert!(by_key || action.is_command(), "{action:?}");
    }
}

#[test]
fn rows_that_share_a_footer_group_weigh_the_same() {
    for row in bindings() {
        for other in bindings().iter().filter(|other| other.scope == row.scope) {
            if let (Some(one), Some(two)) = (row.footer, other.footer)
                && one.label == two.label
            {
                assert_eq!(one.weight, two.weight, "{} in {:?}", one.label, row.scope);
            }
        }
    }
}

#[test]
fn the_footer_of_the_backlog_reads_as_designed() {
    let groups = docs::footer(chain::BACKLOG, 120, Spelling::Symbols);
    assert_eq!(
        line(&groups),
        " K J move  t b top/bottom  m place  c compare  space mark  n new  e edit  s step  / search  : all commands  ? help"
    );
}

#[test]
fn the_footer_of_the_review_reads_as_designed() {
    let groups = docs::footer(chain::REVIEW, 200, Spelling::Symbols);
    assert_eq!(
        line(&groups),
        " y met  n not met  c cannot tell  o note  v evidence  a accept  r reject  j k next  / search  : all commands  ? help"
    );
}

#[test]
fn the_footer_drops_whole_groups_and_keeps_help() {
    let groups = docs::footer(chain::BACKLOG, 80, Spelling::Symbols);
    assert_eq!(
        line(&groups),
        " K J move  m place  n new  e edit  s step  / search  : all commands  ? help"
    );
    let groups = docs::footer(chain::BACKLOG, 7, Spelling::Symbols);
    assert_eq!(line(&groups), " ? help");
    assert_eq!(docs::footer(chain::BACKLOG, 6, Spelling::Symbols), []);
}

#[test]
fn the_footer_names_no_letter_while_text_is_typed() {
    for scopes in chain::ALL.into_iter().filter(|chain| takes_text(chain)) {
        for group in docs::footer(scopes, 400, Spelling::Symbols) {
            for (key, _) in group.keys {
                assert_eq!(key.bare(), None, "{key} in {scopes:?}");
            }
        }
    }
}

#[test]
fn the_footer_is_never_wider_than_its_line_and_grows_with_it() {
    for scopes in chain::ALL {
        for spelling in [Spelling::Symbols, Spelling::Ascii] {
            let mut before = Vec::new();
            for width in 0..=200 {
                let groups = docs::footer(scopes, width, spelling);
                let taken = if groups.is_empty() {
                    0
                } else {
                    line(&groups).width()
                };
                assert!(taken <= width, "{taken} in {width}: {}", line(&groups));
                assert!(before.iter().all(|group| groups.contains(group)));
                before = groups;
            }
            assert!(!before.is_empty(), "{scopes:?} has no footer");
        }
    }
}

#[test]
fn every_footer_tells_how_to_get_help_or_out() {
    for scopes in chain::ALL {
        let groups = docs::footer(scopes, 20, Spelling::Symbols);
        let mut keys = groups.iter().flat_map(|group| &group.keys);
        let told = keys.any(|(_, action)| matches!(action, Action::Help | Action::Close));
        assert!(told, "{scopes:?}: {}", line(&groups));
    }
}

#[test]
fn a_footer_on_a_plain_terminal_is_ascii() {
    for scopes in chain::ALL {
        let text = line(&docs::footer(scopes, 400, Spelling::Ascii));
        assert!(text.is_ascii(), "{text}");
    }
}

#[test]
fn help_names_exactly_the_keys_that_work() {
    for scopes in chain::ALL {
        let mut told = HashSet::new();
        for row in docs::help(scopes).iter().flat_map(|section| &section.rows) {
            for &key in &row.keys {
                assert_eq!(resolve(scopes, key), Resolved::Action(row.action));
                assert!(told.insert(key), "{key} twice in {scopes:?}");
            }
        }
        for &key in bindings().iter().flat_map(|row| &row.keys) {
            let acts = matches!(resolve(scopes, key), Resolved::Action(_));
            assert_eq!(told.contains(&key), acts, "{key} in {scopes:?}");
        }
    }
}

#[test]
fn help_goes_from_the_pane_to_what_always_works() {
    let sections = docs::help(chain::BACKLOG);
    let scopes: Vec<Scope> = sections.iter().map(|section| section.scope).collect();
    assert_eq!(
        scopes,
        [
            Scope::Backlog,
            Scope::StoryActs,
            Scope::List,
            Scope::Global,
            Scope::Always
        ]
    );
}

#[test]
fn the_palette_offers_every_command_once_and_this_places_first() {
    for scopes in chain::ALL {
        let entries = docs::palette(scopes);
        let offered: HashSet<Action> = entries.iter().map(|entry| entry.action).collect();
        let commands = Action::ALL.iter().filter(|action| action.is_command());
        assert_eq!(offered, commands.copied().collect());
        assert_eq!(offered.len(), entries.len());
        assert!(entries.is_sorted_by_key(|entry| !entry.here));
    }
}

#[test]
fn the_palette_shows_the_keys_of_the_place_it_was_opened_from() {
    let entries = docs::palette(chain::BACKLOG);
    let of = |action| entries.iter().find(|entry| entry.action == action).unwrap();
    assert_eq!(of(Action::Quit).keys, [key("q"), key("Ctrl+C")]);
    assert_eq!(of(Action::ShowAny).keys, []);
    assert!(of(Action::ShowAny).here);
    assert!(!of(Action::Accept).here);
    assert_eq!(of(Action::Accept).keys, []);
}

#[test]
fn the_readme_block_names_every_key_of_the_table() {
    let block = docs::readme_block();
    assert!(block.starts_with("<!-- keys:begin -->\n"));
    assert!(block.ends_with("<!-- keys:end -->\n"));
    for row in bindings() {
        for key in &row.keys {
            assert!(block.contains(&format!("`{key}`")), "{key}");
        }
    }
    assert!(block.contains("| `K` `Alt+↑` | Move the story, or the marked ones, one place up. |"));
}

#[test]
fn a_key_of_another_room_says_where_it_works() {
    let mut driver = Driver::on(&World::sample().backlog);
    for (keys, said) in [
        ("Enter K", "K is a key of the list. Press Esc to go there."),
        ("t", "t is a key of the list. Press Esc to go there."),
        ("2 K", "K is a key of the list. Press 1 to go there."),
        ("5 a", "a is a key of the review. Press 2 to go there."),
        ("1 F5", "F5 does nothing here. ? shows the keys that do."),
    ] {
        driver.press(keys).expect(said);
    }
    assert!(driver.saved.is_empty());
    // Where text is typed and in boxes nothing is said.
    driver
        .press("/ F5")
        .expect_no("does nothing")
        .press("Esc s F5")
        .expect_no("does nothing");
}
