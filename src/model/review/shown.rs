//! What a command showed: evidence that a program gives instead of a person.

use jiff::SignedDuration;

use crate::model::Prose;

/// What stands before evidence that is a command's output.
const SIGN: char = '!';

/// A command that was run, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The command, as it was typed.
    pub command: String,
    /// How it ended.
    pub end: End,
    /// How long it took.
    pub took: SignedDuration,
    /// The end of what it wrote, without anything that acts on a terminal.
    pub output: String,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// By itself, with this code.
    Exit(i32),
    /// Somebody else stopped it.
    Killed,
    /// It took too long and was stopped.
    TooLong,
    /// The user stopped it.
    Stopped,
}

impl Shown {
    /// The command in evidence that is to be gained by running it.
    pub fn command_in(evidence: &str) -> Option<&str> {
        let command = evidence.trim().strip_prefix(SIGN)?.trim();
        (!command.is_empty()).then_some(command)
    }

    /// Whether evidence is what a command showed, and nobody's words.
    pub fn is_output(evidence: &str) -> bool {
        let mut lines = evidence.lines();
        let command = lines.next().and_then(|line| line.strip_prefix("$ "));
        let told = lines.next().and_then(|line| line.strip_suffix(" s"));
        let ways = ["exit code ", "killed ", "took too long ", "stopped "];
        let is_end = |told: &str| ways.iter().any(|way| told.starts_with(way));
        command.is_some() && told.is_some_and(is_end)
    }

    /// How it ended and how long it took, in words.
    pub fn told(&self) -> String {
        let seconds = self.took.max(SignedDuration::ZERO).as_secs_f64();
        match self.end {
            End::Exit(code) => format!("exit code {code} after {seconds:.1} s"),
            End::Killed => format!("killed after {seconds:.1} s"),
            End::TooLong => format!("took too long and was stopped after {seconds:.0} s"),
            End::Stopped => format!("stopped after {seconds:.1} s"),
        }
    }

    /// The whole as evidence: the command, how it ended, and what it wrote.
    pub fn evidence(&self) -> Prose {
        Prose::parse(&format!(
            "$ {}\n{}\n{}",
            self.command,
            self.told(),
            self.output
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_behind_the_sign_are_a_command() {
        for (evidence, command) in [
            ("!cargo test", Some("cargo test")),
            ("  ! ls -l\n", Some("ls -l")),
            ("!", None),
            ("! \n", None),
            ("Wow!", None),
            ("$ ls\nexit code 0 after 0.1 s", None),
            ("", None),
        ] {
            assert_eq!(Shown::command_in(evidence), command, "{evidence:?}");
        }
    }

    #[test]
    fn what_a_command_showed_is_known_again_however_it_ended() {
        for end in [End::Exit(-1), End::Killed, End::TooLong, End::Stopped] {
            let shown = Shown {
                command: "make check".to_owned(),
                end,
                took: SignedDuration::from_secs(120),
                output: String::new(),
            };
            assert!(Shown::is_output(&shown.evidence()), "{end:?}");
        }
        for words in [
            "",
            "$ 5 it costs",
            "$ 5\nand 3 s",
            "make\nexit code 0 after 1.0 s",
        ] {
            assert!(!Shown::is_output(words), "{words:?}");
        }
    }

    #[test]
    fn evidence_holds_command_end_time_and_output() {
        let shown = Shown {
            command: "make check".to_owned(),
            end: End::Exit(2),
            took: SignedDuration::from_millis(1_340),
            output: "1 passed\n1 failed".to_owned(),
        };
        assert_eq!(
            shown.evidence().as_str(),
            "$ make check\nexit code 2 after 1.3 s\n1 passed\n1 failed"
        );
        // What was kept is no command when it is written again.
        assert_eq!(Shown::command_in(&shown.evidence()), None);
    }
}
