//! From the actions of the typing scope to edits of a text area: one list for every field and prompt.

use crate::keymap::Action;

use super::widgets::text_area::{Edit, Motion};

/// The edit that an action stands for while text is typed; `None` for every other action.
///
/// `Enter` is not here: what it means is the field's business.
pub fn edit_for(action: Action) -> Option<Edit> {
    motion_for(action)
        .map(Edit::Move)
        .or_else(|| selection_for(action).map(Edit::Select))
        .or_else(|| {
            Some(match action {
                Action::SelectAll => Edit::SelectAll,
                Action::DeleteBack => Edit::DeleteBack,
                Action::DeleteForward => Edit::DeleteForward,
                Action::DeleteWordBack => Edit::DeleteWordBack,
                Action::DeleteWordForward => Edit::DeleteWordForward,
                Action::DeleteToStart => Edit::DeleteToLineStart,
                Action::DeleteToEnd => Edit::DeleteToLineEnd,
                Action::Newline => Edit::Newline,
                Action::Cut => Edit::Cut,
                Action::CopyText => Edit::Copy,
                Action::Paste => Edit::Paste,
                Action::UndoTyping => Edit::Undo,
                Action::RedoTyping => Edit::Redo,
                _ => return None,
            })
        })
}

fn motion_for(action: Action) -> Option<Motion> {
    Some(match action {
        Action::Left => Motion::Left,
        Action::Right => Motion::Right,
        Action::Up => Motion::Up,
        Action::Down => Motion::Down,
        Action::WordLeft => Motion::WordLeft,
        Action::WordRight => Motion::WordRight,
        Action::LineStart => Motion::LineStart,
        Action::LineEnd => Motion::LineEnd,
        Action::TextStart => Motion::TextStart,
        Action::TextEnd => Motion::TextEnd,
        Action::PageUp => Motion::PageUp,
        Action::PageDown => Motion::PageDown,
        _ => return None,
    })
}

fn selection_for(action: Action) -> Option<Motion> {
    Some(match action {
        Action::SelectLeft => Motion::Left,
        Action::SelectRight => Motion::Right,
        Action::SelectUp => Motion::Up,
        Action::SelectDown => Motion::Down,
        Action::SelectWordLeft => Motion::WordLeft,
        Action::SelectWordRight => Motion::WordRight,
        Action::SelectLineStart => Motion::LineStart,
        Action::SelectLineEnd => Motion::LineEnd,
        Action::SelectTextStart => Motion::TextStart,
        Action::SelectTextEnd => Motion::TextEnd,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::Scope;
    use crate::keymap::action::bindings;

    #[test]
    fn every_action_of_the_typing_scope_edits_text() {
        for row in bindings()
            .iter()
            .filter(|row| row.scope == Scope::Text && row.action != Action::Enter)
        {
            assert!(edit_for(row.action).is_some(), "{:?}", row.action);
        }
    }
}
