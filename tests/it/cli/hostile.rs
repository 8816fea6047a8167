//! Hostile text, broken files, closed pipes and folders that cannot be written.

use std::fs;
use std::io::Read as _;
use std::process::Stdio;

use super::program::{Answer, Program, answer};

#[test]
fn a_title_of_five_thousand_characters_is_refused() {
    let program = Program::with_product();
    let title = "x".repeat(5_000);
    assert!(
        program
            .run(["add", &title])
            .refused()
            .contains("5000 characters")
    );
    program.run(["add", "a"]).ok();
    assert!(
        program
            .run(["edit", "1", "--title", &title])
            .refused()
            .contains("5000 characters")
    );
}

#[test]
fn control_characters_never_reach_the_output() {
    let program = Program::with_product();
    program.run(["add", "a\u{1b}[2Jb\u{202e}c\u{7}"]).ok();
    let path = program.story_file();
    let text = fs::read_to_string(&path).unwrap();
    let hostile = text.replace(
        "\"status\"",
        "\"persona\": \"\\u001b]0;x\\u0007\", \"notes\": \"\u{9b}1m\u{202e}\\r\\n\\u001b[2J\", \"labels\": [\"\\u001b[31m\"], \"status\"",
    );
    fs::write(&path, hostile).unwrap();
    for arguments in [
        vec!["show", "1"],
        vec!["list"],
        vec!["log"],
        vec!["show", "1", "--json"],
        vec!["step", "1", "start"],
    ] {
        let answer = program.run(&arguments);
        let all = format!("{}{}", answer.out, answer.err);
        let is_hostile = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!all.contains(is_hostile), "{arguments:?}: {all:?}");
        assert!(!all.is_empty());
    }
    assert_eq!(
        program.story("1")["notes"],
        "\u{9b}1m\u{202e}\r\n\u{1b}[2J",
        "the document says what the file says"
    );
}

#[test]
fn errors_are_harmless_too() {
    let program = Program::with_product();
    for arguments in [
        ["show", "WEB-1\u{1b}[2J"],
        ["--product", "x\u{1b}[2J"],
        ["--\u{1b}[2J", "x"],
        ["import", "no\u{1b}[2Jfile"],
    ] {
        let answer = program.run(arguments);
        assert!(answer.code > 0 && answer.out.is_empty());
        assert!(!answer.err.contains('\u{1b}'), "{:?}", answer.err);
    }
}

#[test]
fn half_a_story_file_is_told_and_the_rest_works() {
    let program = Program::with_product();
    program.run(["add", "a"]).ok();
    let path = program.story_file();
    let bytes = fs::read(&path).unwrap();
    let half = bytes.get(..bytes.len() / 2).unwrap();
    fs::write(&path, half).unwrap();
    let added = program.run(["add", "b"]);
    assert_eq!((added.code, added.out.as_str()), (0, "WEB-2\n"));
    assert!(
        added
            .err
            .starts_with("A file could not be read and was left alone: "),
        "{}",
        added.err
    );
    assert!(added.err.contains(&path.display().to_string()));
    assert_eq!(program.run(["list"]).out, "1  WEB-2  b  idea\n");
    let report = program
        .run(["doctor", "--fix", "--json"])
        .json("doctor-report");
    assert_eq!(report["sound"], false);
    assert_eq!(report["findings"][0]["cure"], "by-hand");
    assert_eq!(fs::read(&path).unwrap(), half, "it was left alone");
    let told = program.run(["doctor"]).ok();
    assert!(
        told.contains(&path.display().to_string())
            && told.ends_with("One thing is left to do by hand.\n"),
        "{told}"
    );
}

#[test]
fn stories_without_their_products_file_are_still_a_product() {
    let program = Program::with_product();
    program.run(["add", "a"]).ok();
    fs::remove_file(program.data().join("webshop/product.json")).unwrap();
    let listed = program.run(["list"]);
    assert_eq!(
        (listed.code, listed.out.as_str()),
        (0, "1  WEB-1  a  idea\n")
    );
    assert!(
        listed.err.contains("product.json is missing"),
        "{}",
        listed.err
    );
    assert!(program.run(["products"]).out.contains("webshop"));
    program.run(["init", "Webshop"]).refused();
}

#[test]
fn a_folder_in_the_place_of_a_story_file_is_told_and_the_rest_works() {
    let program = Program::with_product();
    program.run(["add", "a"]).ok();
    let path = program.story_file();
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    let added = program.run(["add", "b"]);
    assert_eq!((added.code, added.out.as_str()), (0, "WEB-2\n"));
    let told = format!("left alone: {}: ", path.display());
    assert!(added.err.contains(&told), "{}", added.err);
    assert_eq!(program.run(["list"]).out, "1  WEB-2  b  idea\n");
    let told = program.run(["doctor", "--fix"]).ok();
    assert!(told.contains(&path.display().to_string()), "{told}");
    assert!(path.is_dir(), "it was left alone");
}

#[test]
fn the_doctor_mends_doubled_numbers() {
    let program = Program::with_product();
    assert_eq!(program.run(["doctor"]).ok(), "All files are sound.\n");
    program.run(["add", "a"]).ok();
    let first = program.story_file();
    let text = fs::read_to_string(&first).unwrap();
    let id = first.file_stem().unwrap().to_str().unwrap().to_owned();
    let other = "ffffffff-7c3e-7d5a-9b1e-2f6c1d0a8e4b";
    fs::write(
        first.with_file_name(format!("{other}.json")),
        text.replace(&id, other),
    )
    .unwrap();
    assert_eq!(program.order().len(), 2);
    let told = program.run(["doctor"]).ok();
    assert!(
        told.contains("can be mended: WEB-1 is the key of two stories"),
        "{told}"
    );
    let mended = program.run(["doctor", "--fix"]).ok();
    assert!(mended.ends_with("All files are sound.\n"), "{mended}");
    assert_eq!(program.run(["doctor"]).ok(), "All files are sound.\n");
}

#[test]
fn doubled_numbers_are_mended_with_the_next_act() {
    let program = Program::with_product();
    program.run(["add", "a"]).ok();
    let first = program.story_file();
    let text = fs::read_to_string(&first).unwrap();
    let id = first.file_stem().unwrap().to_str().unwrap().to_owned();
    let other = "ffffffff-7c3e-7d5a-9b1e-2f6c1d0a8e4b";
    let copy = first.with_file_name(format!("{other}.json"));
    fs::write(&copy, text.replace(&id, other)).unwrap();
    assert_eq!(program.run(["add", "b"]).ok(), "WEB-3\n");
    let mended = fs::read_to_string(&copy).unwrap();
    assert!(mended.contains("\"number\": 2"), "{mended}");
    let log = program.run(["log"]).ok();
    assert!(log.contains("give doubled numbers anew"), "{log}");
    program.run(["undo"]).ok();
    assert_eq!(program.order().len(), 2, "the mending is an act of its own");
}

#[test]
fn programs_that_add_at_the_same_time_hand_out_different_keys() {
    let program = Program::with_product();
    let children: Vec<_> = (0..6)
        .map(|n| {
            let mut command = program.command();
            command.args(["add", &format!("story {n}")]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
            command.spawn().unwrap()
        })
        .collect();
    let mut printed: Vec<String> = children
        .into_iter()
        .map(|child| Answer::from(child.wait_with_output().unwrap()).ok())
        .map(|key| key.trim().to_owned())
        .collect();
    printed.sort();
    assert_eq!(
        printed,
        ["WEB-1", "WEB-2", "WEB-3", "WEB-4", "WEB-5", "WEB-6"]
    );
    let mut order = program.order();
    order.sort();
    assert_eq!(order, printed);
}

#[test]
fn a_broken_products_file_is_told_and_the_stories_are_there() {
    let program = Program::with_product();
    program.run(["add", "a"]).ok();
    let path = program.data().join("webshop/product.json");
    fs::write(&path, "{\"name\": \"Webshop\", \"key\": \"WEB\",").unwrap();
    let answer = program.run(["list"]);
    assert_eq!(
        (answer.code, answer.out.as_str()),
        (0, "1  WEB-1  a  idea\n")
    );
    assert!(answer.err.contains("product.json"), "{}", answer.err);
    let listed = program.run(["products", "--json"]).json("product-list");
    assert_eq!(listed["products"][0]["key"], serde_json::Value::Null);
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written_is_a_failure() {
    let program = Program::with_product();
    program.run(["add", "a"]).ok();
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let told = answer(
        program
            .command()
            .arg("list")
            .stdout(full)
            .stderr(Stdio::piped()),
    );
    assert_eq!(
        (told.code, told.err.as_str()),
        (
            1,
            "The output could not be written: No space left on device.\n"
        )
    );
}

#[test]
fn writing_into_a_closed_pipe_is_success() {
    let program = Program::with_product();
    program.run(["add", "a"]).ok();
    for arguments in [
        vec!["list"],
        vec!["completions", "bash"],
        vec!["man"],
        vec!["--help"],
    ] {
        let mut child = program
            .command()
            .args(&arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut err)
            .unwrap();
        assert!(child.wait().unwrap().success(), "{arguments:?}: {err}");
        assert_eq!(err, "");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_can_be_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let program = Program::with_product();
    program.run(["add", "a"]).ok();
    let stories = program.data().join("webshop/stories");
    let set = |mode| fs::set_permissions(&stories, fs::Permissions::from_mode(mode)).unwrap();
    set(0o555);
    // Permissions do not bind everybody.
    let is_bound = fs::write(stories.join("probe"), "").is_err();
    if is_bound {
        program.run(["list"]).ok();
        let sentence = program.run(["add", "b"]).refused();
        assert!(sentence.contains("could not be saved"), "{sentence}");
        assert!(
            sentence.ends_with("then run the command again."),
            "{sentence}"
        );
        assert_eq!(program.order(), ["WEB-1"]);
    }
    set(0o755);
}

#[test]
fn a_data_directory_that_is_a_file_is_told() {
    let program = Program::empty();
    fs::write(program.data(), "").unwrap();
    for arguments in [vec!["init", "Webshop"], vec!["list"]] {
        let sentence = program.run(&arguments).refused();
        assert!(
            sentence.contains(&program.data().display().to_string()),
            "{sentence}"
        );
    }
}

#[test]
fn the_author_is_named_by_the_environment() {
    let program = Program::with_product();
    for (variables, name) in [
        (vec![("BACKSTORY_USER", "Ana"), ("USER", "root")], "Ana"),
        (vec![("BACKSTORY_USER", " "), ("USER", "ben")], "ben"),
        (vec![("LOGNAME", "cleo")], "cleo"),
        (vec![("USERNAME", "dana")], "dana"),
        (vec![], "me"),
    ] {
        let mut command = program.command();
        command
            .env_remove("BACKSTORY_USER")
            .envs(variables)
            .args(["add", "a"]);
        answer(&mut command).ok();
        let log = program
            .run(["log", "--limit", "1", "--json"])
            .json("act-list");
        assert_eq!(log["acts"][0]["by"], name);
    }
}
