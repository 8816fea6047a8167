//! The real program in a data directory of its own.

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A data directory, and the program that works there.
pub(crate) struct Program {
    root: TempDir,
}

/// What the program answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Program {
    /// An empty data directory.
    pub(crate) fn empty() -> Self {
        Self {
            root: tempfile::tempdir().unwrap(),
        }
    }

    /// A data directory with the product `Webshop`.
    pub(crate) fn with_product() -> Self {
        let program = Self::empty();
        program.run(["init", "Webshop"]).ok();
        program
    }

    pub(crate) fn root(&self) -> &Path {
        self.root.path()
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.root.path().join("data")
    }

    /// The only story file there is.
    pub(crate) fn story_file(&self) -> PathBuf {
        let folder = self.data().join("webshop/stories");
        fs::read_dir(folder)
            .unwrap()
            .next()
            .unwrap()
            .unwrap()
            .path()
    }

    /// The program, away from the user's own surroundings.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_backstory"));
        command
            .env_clear()
            .env("HOME", self.root())
            .env("TMPDIR", self.root())
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("BACKSTORY_DATA_DIR", self.data())
            .env("BACKSTORY_USER", "Ana")
            .env("TZ", "UTC")
            .current_dir(self.root())
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Answer {
        answer(self.command().args(arguments))
    }

    pub(crate) fn run_with_input<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
        input: &[u8],
    ) -> Answer {
        let mut child = self
            .command()
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that needs no more may be gone before all of it is written.
        let _ = child.stdin.take().unwrap().write_all(input);
        Answer::from(child.wait_with_output().unwrap())
    }

    /// What a shell answers that finds the program as `backstory`.
    pub(crate) fn shell(&self, script: &str) -> Answer {
        let script = format!("backstory() {{ \"$PROGRAM\" \"$@\"; }}; {script}");
        let mut shell = Command::new("/bin/sh");
        let program = self.command();
        let variables = program
            .get_envs()
            .filter_map(|(name, value)| Some((name, value?)));
        shell
            .args(["-c", &script])
            .env_clear()
            .envs(variables)
            .env("PROGRAM", program.get_program())
            .current_dir(self.root())
            .stdin(Stdio::null());
        answer(&mut shell)
    }

    /// The story as JSON.
    pub(crate) fn story(&self, key: &str) -> Value {
        let document = self.run(["show", key, "--json"]).json("story");
        document["story"].clone()
    }

    /// The keys of the open stories in order.
    pub(crate) fn order(&self) -> Vec<String> {
        let document = self.run(["list", "--json"]).json("story-list");
        let stories = document["stories"].as_array().unwrap();
        let keys = stories
            .iter()
            .map(|story| story["key"].as_str().unwrap().to_owned());
        keys.collect()
    }
}

/// Runs a command to its end.
pub(crate) fn answer(command: &mut Command) -> Answer {
    Answer::from(command.output().unwrap())
}

impl From<std::process::Output> for Answer {
    fn from(output: std::process::Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Answer {
    /// Success without news; gives what was printed.
    #[track_caller]
    pub(crate) fn ok(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
        self.out
    }

    /// Success with one document of a kind and nothing else.
    #[track_caller]
    pub(crate) fn json(self, kind: &str) -> Value {
        let out = self.ok();
        let document: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(document["format"], 1);
        assert_eq!(document["kind"], kind);
        document
    }

    /// A refusal: exit code 1, an empty stdout and one sentence, which is given.
    #[track_caller]
    pub(crate) fn refused(self) -> String {
        self.failed(1)
    }

    /// Wrong usage: exit code 2, an empty stdout and one sentence, which is given.
    #[track_caller]
    pub(crate) fn usage(self) -> String {
        self.failed(2)
    }

    #[track_caller]
    fn failed(self, code: i32) -> String {
        assert_eq!((self.code, self.out.as_str()), (code, ""), "{}", self.err);
        let sentence = self.err.strip_suffix('\n').unwrap().to_owned();
        assert!(
            !sentence.contains('\n') && sentence.ends_with('.'),
            "{sentence:?}"
        );
        sentence
    }
}
