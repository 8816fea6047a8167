//! Other tools' words for statuses and kinds, folded into ours. The words come in as `record::words` makes them.

use super::record::words;
use crate::model::{Kind, Status};

/// Our status for another tool's; `None` for a word that says nothing to us.
pub(super) fn status(text: &str) -> Option<Status> {
    let word = words(text);
    Some(match word.as_str() {
        "idea" | "unscheduled" | "backlog" | "icebox" | "to do" | "todo" | "new" | "open"
        | "opened" | "triage" | "untriaged" | "draft" | "proposed" | "inbox" | "not started"
        | "no status" | "tareas por hacer" | "reopened" => Status::Idea,
        "ready"
        | "unstarted"
        | "approved"
        | "planned"
        | "refined"
        | "groomed"
        | "scheduled"
        | "selected for development"
        | "ready for development"
        | "ready for dev"
        | "ready to start"
        | "sprint backlog"
        | "next"
        | "next up" => Status::Ready,
        "started" | "in progress" | "doing" | "committed" | "active" | "in development"
        | "in dev" | "under development" | "wip" | "ongoing" | "en curso" => Status::Started,
        "delivered"
        | "finished"
        | "resolved"
        | "review"
        | "in review"
        | "code review"
        | "in code review"
        | "testing"
        | "in test"
        | "in testing"
        | "qa"
        | "in qa"
        | "ready for test"
        | "ready for qa"
        | "ready for review"
        | "ready for acceptance"
        | "verify"
        | "to verify"
        | "uat" => Status::Delivered,
        "accepted" | "done" | "closed" | "complete" | "completed" | "released" | "shipped"
        | "deployed" | "merged" | "fixed" | "live" | "listo" => Status::Accepted,
        "rejected" | "failed" => Status::Rejected,
        "dropped" | "canceled" | "cancelled" | "removed" | "deleted" | "wont do" | "won t do"
        | "wont fix" | "wontfix" | "won t fix" | "won t" | "wont" | "duplicate" | "invalid"
        | "obsolete" | "abandoned" | "not planned" | "archived" => Status::Dropped,
        _ => return None,
    })
}

/// Our kind for another tool's, and whether it says the same; `None` for a word that says nothing to us.
pub(super) fn kind(text: &str) -> Option<(Kind, bool)> {
    let word = words(text);
    Some(match word.as_str() {
        "feature"
        | "story"
        | "user story"
        | "product backlog item"
        | "pbi"
        | "requirement"
        | "enhancement"
        | "improvement"
        | "new feature"
        | "issue"
        | "historia" => (Kind::Feature, true),
        "bug" | "defect" | "error" | "fault" => (Kind::Bug, true),
        "chore" | "task" | "sub task" | "subtask" | "technical task" | "tech debt"
        | "maintenance" | "tarea" | "subtarea" => (Kind::Chore, true),
        "spike" | "research" | "investigation" => (Kind::Spike, true),
        "epic" | "initiative" => (Kind::Feature, false),
        "release" | "milestone" => (Kind::Chore, false),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_of_other_tools_are_folded() {
        for (text, ours) in [
            ("unscheduled", Status::Idea),
            ("To Do", Status::Idea),
            ("New", Status::Idea),
            ("unstarted", Status::Ready),
            ("Approved", Status::Ready),
            ("In Progress", Status::Started),
            ("Committed", Status::Started),
            ("finished", Status::Delivered),
            ("In Review", Status::Delivered),
            ("Done", Status::Accepted),
            ("Closed", Status::Accepted),
            ("rejected", Status::Rejected),
            ("Canceled", Status::Dropped),
            ("Won't Do", Status::Dropped),
            ("Removed", Status::Dropped),
        ] {
            assert_eq!(status(text), Some(ours), "{text}");
        }
        assert_eq!(status("Waiting for Godot"), None);
    }

    #[test]
    fn our_own_words_mean_what_they_say() {
        for ours in Status::ALL {
            assert_eq!(status(ours.word()), Some(ours));
        }
        for ours in Kind::ALL {
            assert_eq!(kind(ours.word()), Some((ours, true)));
        }
    }

    #[test]
    fn kinds_without_an_equal_are_marked_as_such() {
        assert_eq!(kind("Sub-task"), Some((Kind::Chore, true)));
        assert_eq!(kind("Epic"), Some((Kind::Feature, false)));
        assert_eq!(kind("flunk"), None);
    }
}
