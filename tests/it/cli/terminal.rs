//! What is written to a real terminal: tables cut to its width, and colour unless it is not wanted.

use std::io::Read as _;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use super::program::Program;

/// Runs the program in a terminal of 40 columns and gives everything it wrote there.
fn on_terminal(program: &Program, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let size = PtySize {
        rows: 24,
        cols: 40,
        ..PtySize::default()
    };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_backstory"));
    command.args(arguments);
    command.cwd(program.root());
    command.env_clear();
    command.env("BACKSTORY_DATA_DIR", program.data());
    for (name, value) in variables {
        command.env(name, value);
    }
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut bytes = Vec::new();
    // At the end of the program some systems report an error in place of the end of the file.
    let _ = reader.read_to_end(&mut bytes);
    assert!(child.wait().unwrap().success());
    String::from_utf8(bytes).unwrap().replace("\r\n", "\n")
}

#[test]
fn a_table_is_cut_to_the_width_of_the_terminal() {
    let program = Program::with_product();
    let title = "A title that is much too long for a terminal of forty columns";
    program.run(["add", title, "--estimate", "3"]).ok();
    let line = on_terminal(&program, &["list"], &[("NO_COLOR", "1")]);
    assert_eq!(line, "1  WEB-1  A title that is much…  3  idea\n");
    assert!(
        program.run(["list"]).ok().contains(title),
        "a pipe is not cut"
    );
}

#[test]
fn colour_is_for_terminals_that_want_it() {
    let program = Program::with_product();
    program.run(["add", "a", "--kind", "chore"]).ok();
    program.run(["step", "1", "agree"]).ok();
    let coloured = on_terminal(&program, &["list"], &[]);
    assert!(
        coloured.contains("\u{1b}[36mready\u{1b}[0m"),
        "{coloured:?}"
    );
    assert!(!on_terminal(&program, &["list"], &[("NO_COLOR", "1")]).contains('\u{1b}'));
    assert!(!program.run(["list"]).ok().contains('\u{1b}'));
}

#[test]
fn an_export_to_a_terminal_is_harmless() {
    let program = Program::with_product();
    program.run(["add", "a"]).ok();
    let path = program.story_file();
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(
        &path,
        text.replace("\"title\": \"a\"", "\"title\": \"a\\u001b[2Jb\""),
    )
    .unwrap();
    for to in ["csv", "markdown", "gherkin", "json"] {
        let shown = on_terminal(&program, &["export", "--to", to], &[]);
        assert!(!shown.contains('\u{1b}'), "{to}: {shown:?}");
        assert!(!shown.is_empty());
    }
}
