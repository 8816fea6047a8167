//! From a key to what it means at this moment.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{
    action::{Action, bindings},
    key::Key,
    scope::Scope,
};

/// What a key means along a chain of scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// Something to do.
    Action(Action),
    /// A character for whoever has the keys.
    Text(char),
    /// The key means nothing here.
    Nothing,
}

/// Says what a key means: the first scope of the chain that knows it decides, and
/// [`Scope::Always`] is asked last.
///
/// Where the chain takes text (it holds [`Scope::Text`]), a bare character is text and never an
/// action. Scopes that hear letters get the bare characters that nobody has bound.
pub fn resolve(chain: &[Scope], key: Key) -> Resolved {
    if let Some(char) = key.bare()
        && takes_text(chain)
    {
        return Resolved::Text(char);
    }
    let bound = chain
        .iter()
        .chain([&Scope::Always])
        .find_map(|&scope| bound_to(scope, key));
    match (bound, key.bare()) {
        (Some(action), _) => Resolved::Action(action),
        (None, Some(char)) if chain.iter().any(|scope| scope.hears_letters()) => {
            Resolved::Text(char)
        }
        (None, _) => Resolved::Nothing,
    }
}

/// Says whether all bare characters are text along the chain.
pub fn takes_text(chain: &[Scope]) -> bool {
    chain.contains(&Scope::Text)
}

fn bound_to(scope: Scope, key: Key) -> Option<Action> {
    static BOUND: LazyLock<HashMap<(Scope, Key), Action>> = LazyLock::new(|| {
        let rows = bindings().iter();
        rows.flat_map(|row| row.keys.iter().map(|&key| ((row.scope, key), row.action)))
            .collect()
    });
    BOUND.get(&(scope, key)).copied()
}

#[cfg(test)]
mod tests {
    use super::super::scope::chain;
    use super::*;

    fn meaning(chain: &[Scope], key: &str) -> Resolved {
        resolve(chain, key.parse().unwrap())
    }

    #[test]
    fn a_letter_acts_in_a_list() {
        assert_eq!(
            meaning(chain::BACKLOG, "t"),
            Resolved::Action(Action::MoveTop)
        );
    }

    #[test]
    fn a_letter_is_text_where_text_is_typed() {
        for key in ["t", "G", "?", "space", "1", ":"] {
            let bare = key.parse::<Key>().unwrap().bare().unwrap();
            for chain in chain::ALL.into_iter().filter(|chain| takes_text(chain)) {
                assert_eq!(
                    meaning(chain, key),
                    Resolved::Text(bare),
                    "{key} in {chain:?}"
                );
            }
        }
    }

    #[test]
    fn keys_with_ctrl_act_while_text_is_typed() {
        assert_eq!(
            meaning(chain::EDITOR, "Ctrl+S"),
            Resolved::Action(Action::SaveStay)
        );
        assert_eq!(
            meaning(chain::EDITOR, "Ctrl+P"),
            Resolved::Action(Action::Palette)
        );
    }

    #[test]
    fn the_first_scope_of_the_chain_decides() {
        assert_eq!(
            meaning(chain::EDITOR, "Tab"),
            Resolved::Action(Action::NextField)
        );
        assert_eq!(
            meaning(chain::EDITOR_COMPLETION, "Tab"),
            Resolved::Action(Action::TakeSuggestion)
        );
        assert_eq!(
            meaning(chain::BACKLOG, "Tab"),
            Resolved::Action(Action::NextPane)
        );
    }

    #[test]
    fn the_act_on_a_story_is_the_same_in_the_list_and_beside_it() {
        for key in ["e", "s", ">", "<", ".", "l", "x", "y"] {
            assert_eq!(
                meaning(chain::BACKLOG, key),
                meaning(chain::STORY, key),
                "{key}"
            );
        }
    }

    #[test]
    fn a_menu_hears_the_letters_of_its_rows() {
        assert_eq!(meaning(chain::MENU, "a"), Resolved::Text('a'));
        assert_eq!(meaning(chain::MENU, "u"), Resolved::Text('u'));
        assert_eq!(meaning(chain::MENU, "Ctrl+O"), Resolved::Nothing);
    }

    #[test]
    fn digits_are_typed_while_estimating_and_placing() {
        for chain in [chain::ESTIMATE, chain::PLACE, chain::PLACE_TYPING] {
            assert_eq!(meaning(chain, "1"), Resolved::Text('1'));
        }
        assert_eq!(meaning(chain::PLACE, "j"), Resolved::Action(Action::Down));
        assert_eq!(meaning(chain::PLACE_TYPING, "j"), Resolved::Text('j'));
        assert_eq!(
            meaning(chain::PLACE_TYPING, "↓"),
            Resolved::Action(Action::Down)
        );
    }

    #[test]
    fn a_key_nobody_knows_means_nothing() {
        assert_eq!(meaning(chain::BACKLOG, "Q"), Resolved::Nothing);
        assert_eq!(meaning(chain::CONFIRM, "u"), Resolved::Nothing);
    }

    #[test]
    fn ctrl_c_quits_everywhere() {
        for chain in chain::ALL {
            assert_eq!(
                meaning(chain, "Ctrl+C"),
                Resolved::Action(Action::Quit),
                "{chain:?}"
            );
        }
    }
}
