//! Writing, showing, changing and ordering stories.

use std::fs;

use serde_json::json;

use super::program::{Program, answer};

const SENTENCE: &str =
    "As a returning customer, I want to pay with a saved card, so that checkout takes one step";

#[test]
fn a_title_is_enough_and_the_key_is_printed() {
    let program = Program::with_product();
    assert_eq!(
        program.run(["add", "Return", "a", "parcel"]).ok(),
        "WEB-1\n"
    );
    assert_eq!(
        program.run(["add", "Log in with a link", "--top"]).ok(),
        "WEB-2\n"
    );
    assert_eq!(program.order(), ["WEB-2", "WEB-1"]);
    assert_eq!(
        program.run(["list"]).ok(),
        "1  WEB-2  Log in with a link  idea\n2  WEB-1  Return a parcel     idea\n"
    );
}

#[test]
fn a_sentence_is_taken_apart() {
    let program = Program::with_product();
    let options = [
        "--criterion",
        "Given a card\nThen I pay",
        "--label",
        "checkout",
        "--estimate",
        "3",
        "--kind",
        "bug",
    ];
    let document = program
        .run(["add", SENTENCE, "--json"].iter().chain(&options))
        .json("story");
    let story = &document["story"];
    assert_eq!(story["key"], "WEB-1");
    assert_eq!(story["position"], 1);
    assert_eq!(story["title"], "Pay with a saved card");
    assert_eq!(story["persona"], "returning customer");
    assert_eq!(story["want"], "pay with a saved card");
    assert_eq!(story["benefit"], "checkout takes one step");
    assert_eq!(
        story["criteria"],
        json!([{"id": "c1", "text": "Given a card\nThen I pay"}])
    );
    assert_eq!(story["labels"], json!(["checkout"]));
    assert_eq!(story["estimate"], 3);
    assert_eq!(story["kind"], "bug");
    assert_eq!(program.story("web-1"), *story);
}

#[test]
fn a_story_that_is_like_others_is_added_all_the_same() {
    let program = Program::with_product();
    program.run(["add", "Pay with a saved card"]).ok();
    let answer = program.run(["add", "Pay with saved cards"]);
    assert_eq!((answer.code, answer.out.as_str()), (0, "WEB-2\n"));
    assert_eq!(answer.err, "This is like WEB-1 “Pay with a saved card”.\n");
    let document = program
        .run(["add", "Pay with a card that is saved", "--json"])
        .json("story");
    assert_eq!(document["like"], json!(["WEB-1", "WEB-2"]));
    assert_eq!(document["story"]["key"], "WEB-3");
    let document = program.run(["add", "Wrap a gift", "--json"]).json("story");
    assert_eq!(document["like"], json!([]));
}

#[test]
fn the_text_is_read_from_standard_input() {
    let program = Program::with_product();
    for (arguments, title) in [
        (vec!["add"], "Wrap it"),
        (vec!["add", "-"], "Pay by invoice"),
    ] {
        let text = format!("{title}\n\nOnly for firms.\n");
        let answer = program.run_with_input(arguments, text.as_bytes());
        assert!(answer.ok().starts_with("WEB-"));
    }
    assert_eq!(program.story("2")["notes"], "Only for firms.");
}

#[test]
fn without_text_on_standard_input_nothing_is_added() {
    let program = Program::with_product();
    assert_eq!(
        program.run(["add"]).refused(),
        "A story needs a title. Type a few words."
    );
    let garbage = program.run_with_input(["add", "-"], b"\xff\xfe");
    assert!(garbage.refused().contains("not UTF-8"));
    assert!(program.order().is_empty());
}

#[test]
fn a_story_goes_beside_another() {
    let program = Program::with_product();
    for title in ["a", "b"] {
        program.run(["add", title]).ok();
    }
    program.run(["add", "c", "--above", "WEB-2"]).ok();
    program.run(["add", "d", "--below", "1"]).ok();
    assert_eq!(program.order(), ["WEB-1", "WEB-4", "WEB-3", "WEB-2"]);
    let missing = program.run(["add", "e", "--above", "WEB-9"]).refused();
    assert!(missing.starts_with("There is no story WEB-9."), "{missing}");
    program.run(["add", "e", "--top", "--bottom"]).usage();
    program.run(["add", "e", "--kind", "epic"]).usage();
    program.run(["add", "e", "--estimate", "huge"]).usage();
    assert_eq!(program.order().len(), 4);
}

#[test]
fn a_story_is_moved() {
    let program = Program::with_product();
    for title in ["a", "b", "c"] {
        program.run(["add", title]).ok();
    }
    assert_eq!(
        program.run(["move", "WEB-3", "--top"]).ok(),
        "WEB-3 is now at place 1 of 3.\n"
    );
    assert_eq!(
        program.run(["move", "WEB-3", "--to", "1"]).ok(),
        "WEB-3 is already at place 1 of 3.\n"
    );
    let moved = program
        .run(["move", "WEB-1", "--to", "99", "--json"])
        .json("story");
    assert_eq!(moved["story"]["position"], 3);
    program.run(["move", "WEB-2", "--below", "WEB-1"]).ok();
    assert_eq!(program.order(), ["WEB-3", "WEB-1", "WEB-2"]);
    let itself = program.run(["move", "WEB-2", "--below", "WEB-2"]).refused();
    assert!(itself.contains("itself"), "{itself}");
    assert!(program.run(["move", "WEB-2"]).usage().contains("--top"));
    program.run(["move", "WEB-2", "--to", "0"]).usage();
}

#[test]
fn several_stories_move_together_and_keep_their_order() {
    let program = Program::with_product();
    for title in ["a", "b", "c", "d"] {
        program.run(["add", title]).ok();
    }
    assert_eq!(
        program
            .run(["move", "WEB-4", "web-2", "WEB-4", "--top"])
            .ok(),
        "2 stories are now at places 1 to 2 of 4: WEB-2, WEB-4.\n"
    );
    assert_eq!(program.order(), ["WEB-2", "WEB-4", "WEB-1", "WEB-3"]);
    assert_eq!(
        program.run(["move", "WEB-2", "WEB-4", "--to", "1"]).ok(),
        "2 stories are already at places 1 to 2 of 4: WEB-2, WEB-4.\n"
    );
    let moved = program
        .run(["move", "WEB-3", "WEB-2", "--above", "WEB-1", "--json"])
        .json("story-list");
    let stories = moved["stories"].as_array().unwrap();
    let told: Vec<String> = stories
        .iter()
        .map(|story| format!("{} {}", story["key"], story["position"]))
        .collect();
    assert_eq!(told, ["\"WEB-2\" 2", "\"WEB-3\" 3"]);
    assert_eq!(program.order(), ["WEB-4", "WEB-2", "WEB-3", "WEB-1"]);
    program.run(["undo"]).ok();
    assert_eq!(program.order(), ["WEB-2", "WEB-4", "WEB-1", "WEB-3"]);
    let twice = program.run(["move", "WEB-1", "WEB-1", "--top", "--json"]);
    assert_eq!(twice.json("story")["story"]["position"], 1);
    for place in ["WEB-2", "WEB-3"] {
        let itself = program.run(["move", "WEB-2", "WEB-3", "--below", place]);
        assert!(itself.refused().contains("itself"));
    }
    program
        .run(["step", "WEB-3", "drop", "--reason", "no"])
        .ok();
    let closed = program
        .run(["move", "WEB-1", "WEB-3", "--bottom"])
        .refused();
    assert!(closed.contains("WEB-3 is dropped"), "{closed}");
    assert!(program.run(["move", "--top"]).usage().contains("KEY"));
}

#[test]
fn a_key_that_does_not_exist_is_refused_by_every_command() {
    let program = Program::with_product();
    program.run(["add", "a"]).ok();
    for arguments in [
        vec!["show", "WEB-9"],
        vec!["show", "SHOP-1"],
        vec!["edit", "WEB-9", "--title", "b"],
        vec!["edit", "WEB-9"],
        vec!["move", "WEB-9", "--top"],
        vec!["step", "WEB-9", "drop", "--reason", "x"],
        vec!["review", "WEB-9", "--accept"],
        vec!["comment", "WEB-9", "x"],
    ] {
        let sentence = program.run(&arguments).refused();
        assert!(
            sentence.starts_with("There is no story "),
            "{arguments:?}: {sentence}"
        );
    }
}

#[test]
fn fields_are_changed_by_options_as_one_act() {
    let program = Program::with_product();
    program
        .run([
            "add",
            "a",
            "--criterion",
            "one",
            "--label",
            "x",
            "--question",
            "Who?",
        ])
        .ok();
    program.run(["add", "b"]).ok();
    program
        .run([
            "edit",
            "WEB-1",
            "--title",
            "Pay",
            "--kind",
            "chore",
            "--persona",
            "customer",
            "--want",
            "pay",
            "--benefit",
            "it is paid",
            "--notes",
            "N",
            "--criterion",
            "two",
            "--estimate",
            "5",
            "--label",
            "y",
            "--no-label",
            "x",
            "--epic",
            "E",
            "--answer",
            "1=Ana",
            "--blocked-by",
            "WEB-2",
        ])
        .ok();
    let story = program.story("WEB-1");
    assert_eq!(story["title"], "Pay");
    assert_eq!(story["kind"], "chore");
    assert_eq!(story["criteria"][1], json!({"id": "c2", "text": "two"}));
    assert_eq!(story["labels"], json!(["y"]));
    assert_eq!(story["questions"][0]["answer"], "Ana");
    assert_eq!(story["blocked_by"], json!([program.story("WEB-2")["id"]]));
    assert_eq!(program.run(["undo"]).ok(), "Taken back: edit WEB-1.\n");
    assert_eq!(program.story("WEB-1")["title"], "a");
}

#[test]
fn whose_act_is_taken_back_is_told_where_it_was_somebody_elses() {
    let program = Program::with_product();
    program.run(["add", "a"]).ok();
    let ben = |arguments: &[&str]| {
        answer(
            program
                .command()
                .env("BACKSTORY_USER", "Ben")
                .args(arguments),
        )
    };
    ben(&["edit", "1", "--estimate", "3"]).ok();
    assert_eq!(
        program.run(["undo"]).ok(),
        "Took back Ben's act: edit estimate of WEB-1.\n"
    );
    assert_eq!(
        ben(&["redo"]).ok(),
        "Done again: edit estimate of WEB-1.\n",
        "it was his own"
    );
    let document = program.run(["undo", "--json"]).json("act");
    assert_eq!(document["act"]["by"], "Ana");
    assert_eq!(document["act"]["undoes"], document["original"]["id"]);
    assert_eq!(document["original"]["by"], "Ben");
    assert_eq!(
        program.run(["redo"]).ok(),
        "Did Ben's act again: edit estimate of WEB-1.\n"
    );
}

#[test]
fn an_empty_text_clears_a_field_but_not_the_title() {
    let program = Program::with_product();
    program
        .run(["add", SENTENCE, "--estimate", "3", "--criterion", "one"])
        .ok();
    program
        .run([
            "edit",
            "1",
            "--benefit",
            "",
            "--estimate",
            "",
            "--no-criterion",
            "1",
        ])
        .ok();
    let story = program.story("1");
    for field in ["benefit", "estimate", "criteria"] {
        assert!(story.get(field).is_none(), "{story}");
    }
    assert_eq!(
        program.run(["edit", "1", "--title", " "]).refused(),
        "A story needs a title. Type a few words."
    );
    assert!(
        program
            .run(["edit", "1", "--no-criterion", "1"])
            .refused()
            .contains("no criterion 1")
    );
    assert!(
        program
            .run(["edit", "1", "--answer", "1=x"])
            .refused()
            .contains("no question 1")
    );
    program.run(["edit", "1", "--answer", "x"]).usage();
    program.run(["edit", "1", "--estimate", "huge"]).usage();
}

#[cfg(unix)]
mod in_the_editor {
    use super::*;
    use crate::cli::program::{Answer, answer};

    /// Edits WEB-1 with a script as the editor; it is given the form's path.
    fn edit(program: &Program, script: &str) -> Answer {
        let path = program.root().join("editor.sh");
        fs::write(&path, script).unwrap();
        let editor = format!("sh '{}' --wait", path.display());
        answer(
            program
                .command()
                .args(["edit", "WEB-1"])
                .env("EDITOR", editor),
        )
    }

    fn kept(sentence: &str) -> String {
        let (_, path) = sentence.rsplit_once("Your text is kept in ").unwrap();
        fs::read_to_string(path.trim_end_matches('.')).unwrap()
    }

    #[test]
    fn the_form_is_read_back() {
        let program = Program::with_product();
        program.run(["add", SENTENCE, "--criterion", "one"]).ok();
        let script = "sed -i.old -e 's/^estimate:.*/estimate: 8/' -e 's/^- one/- one\\n- two/' \"$2\"; rm \"$2.old\"";
        edit(&program, script).ok();
        let story = program.story("1");
        assert_eq!(story["estimate"], 8);
        assert_eq!(story["criteria"][1]["text"], "two");
        assert_eq!(story["persona"], "returning customer");
        let left = fs::read_dir(program.root()).unwrap();
        let forms = left.filter(|entry| {
            entry
                .as_ref()
                .unwrap()
                .path()
                .extension()
                .is_some_and(|e| e == "md")
        });
        assert_eq!(forms.count(), 0);
    }

    #[test]
    fn no_estimate_is_given_where_the_team_gives_none() {
        let program = Program::with_product();
        program.run(["add", "Story", "--estimate", "3"]).ok();
        program.run(["config", "scale", "none"]).ok();
        let refused = edit(&program, "sed -i 's/^estimate:.*/estimate: 8/' \"$2\"").refused();
        assert!(
            refused.contains("The team gives no estimates."),
            "{refused}"
        );
        // The one that was given before stays.
        edit(&program, "sed -i 's/^epic:.*/epic: Faster/' \"$2\"").ok();
        assert_eq!(program.story("1")["estimate"], 3);
        assert_eq!(program.story("1")["epic"], "Faster");
    }

    #[test]
    fn an_untouched_form_makes_no_act() {
        let program = Program::with_product();
        program.run(["add", "a"]).ok();
        assert_eq!(edit(&program, "true").ok(), "WEB-1 is as it was: a\n");
        assert_eq!(program.run(["log"]).ok().lines().count(), 1);
    }

    #[test]
    fn a_form_that_cannot_be_read_is_kept() {
        let program = Program::with_product();
        program.run(["add", "a"]).ok();
        let sentence = edit(&program, "echo 'size: 3' > \"$2\"").refused();
        assert!(
            sentence.starts_with("Line 1: `size` is no field."),
            "{sentence}"
        );
        assert_eq!(kept(&sentence), "size: 3\n");
    }

    #[test]
    fn a_form_that_is_refused_is_kept() {
        let program = Program::with_product();
        program.run(["add", "a"]).ok();
        let sentence = edit(&program, "echo 'title:' > \"$2\"").refused();
        assert!(
            sentence.starts_with("Line 1: A story needs a title."),
            "{sentence}"
        );
        assert_eq!(kept(&sentence), "title:\n");
    }

    #[test]
    fn an_editor_that_fails_changes_nothing() {
        let program = Program::with_product();
        program.run(["add", "a"]).ok();
        let sentence = edit(&program, "exit 3").refused();
        assert!(sentence.contains("did not end well"), "{sentence}");
        let sentence = edit(&program, "echo 'title: b' > \"$2\"; exit 3").refused();
        assert_eq!(kept(&sentence), "title: b\n");
        assert_eq!(program.story("1")["title"], "a");
    }

    #[test]
    fn without_an_editor_the_options_are_named() {
        let program = Program::with_product();
        program.run(["add", "a"]).ok();
        assert!(program.run(["edit", "WEB-1"]).refused().contains("EDITOR"));
    }
}

#[test]
fn remarks_stand_with_the_story() {
    let program = Program::with_product();
    program.run(["add", "a"]).ok();
    program
        .run(["comment", "WEB-1", "Seen", "on", "staging"])
        .ok();
    let shown = program.run(["show", "WEB-1"]).ok();
    assert!(shown.contains("    Seen on staging\n"), "{shown}");
    assert_eq!(program.story("1")["comments"][0]["by"], "Ana");
    program.run(["comment", "WEB-1", " "]).refused();
}

#[test]
fn undo_and_redo_survive_the_end_of_the_program() {
    let program = Program::with_product();
    assert_eq!(program.run(["undo"]).refused(), "There is nothing to undo.");
    program.run(["add", "a"]).ok();
    program.run(["add", "b"]).ok();
    let undone = program.run(["undo", "--json"]).json("act");
    assert_eq!(undone["act"]["stories"], json!(["WEB-2"]));
    assert_eq!(program.order(), ["WEB-1"]);
    assert_eq!(program.run(["redo"]).ok(), "Done again: add “b”.\n");
    assert_eq!(program.order(), ["WEB-1", "WEB-2"]);
    assert_eq!(program.run(["redo"]).refused(), "There is nothing to redo.");
    let log = program
        .run(["log", "--limit", "2", "--json"])
        .json("act-list");
    let labels: Vec<&str> = log["acts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|act| act["label"].as_str().unwrap())
        .collect();
    assert_eq!(labels, ["redo add “b”", "undo add “b”"]);
    assert_eq!(log["acts"][0]["by"], "Ana");
    assert_eq!(program.run(["log"]).ok().lines().count(), 4);
}

#[test]
fn a_list_is_cut_by_its_limit() {
    let program = Program::with_product();
    for title in ["a", "b", "c"] {
        program.run(["add", title]).ok();
    }
    assert_eq!(
        program.run(["list", "--limit", "2"]).ok().lines().count(),
        2
    );
    let document = program
        .run(["list", "--limit", "1", "--json"])
        .json("story-list");
    assert_eq!(document["stories"].as_array().unwrap().len(), 1);
    program.run(["list", "--limit", "x"]).usage();
}

#[test]
fn examples_are_added_to_a_criterion_shown_exported_and_kept_by_an_editor() {
    let program = Program::with_product();
    program
        .run([
            "add",
            "Send a gift",
            "--criterion",
            "Each address gets a parcel",
            "--criterion",
            "Given a gift\nWhen I pay\nThen a card is put in",
        ])
        .ok();
    program
        .run([
            "edit",
            "WEB-1",
            "--example",
            "1=two addresses, one tea each",
            "--example",
            "1=  one address twice ",
        ])
        .ok();
    program
        .run(["edit", "WEB-1", "--example", "2=no card for 0 euros"])
        .ok();
    let story = program.story("1");
    assert_eq!(
        story["criteria"][0]["examples"],
        json!(["two addresses, one tea each", "one address twice"])
    );
    let shown = program.run(["show", "1"]).ok();
    assert!(
        shown.contains("  1  Each address gets a parcel\n     e.g. two addresses, one tea each\n     e.g. one address twice\n"),
        "{shown}"
    );
    let markdown = program.run(["export", "--to", "markdown"]).ok();
    assert!(
        markdown.contains("- Each address gets a parcel\n  - e.g. two addresses, one tea each\n"),
        "{markdown}"
    );
    let gherkin = program.run(["export", "--to", "gherkin"]).ok();
    assert!(
        gherkin.contains("    e.g. no card for 0 euros\n    Given a gift\n"),
        "{gherkin}"
    );
    assert_eq!(
        program.run(["list", "twice"]).ok(),
        "1  WEB-1  Send a gift  idea\n"
    );
    assert_eq!(
        program.run(["edit", "1", "--example", "3=x"]).refused(),
        "WEB-1 has no criterion 3. Look at the story again."
    );
    assert_eq!(
        program.run(["edit", "1", "--example", "x"]).usage(),
        "`x` does not name a criterion. Write it as 1=TEXT."
    );
}

#[test]
fn lines_of_the_definition_of_ready_are_ticked_by_text_or_number() {
    let program = Program::with_product();
    program
        .run(["config", "ready.lines", "Sketch seen", "Costs known"])
        .ok();
    program
        .run([
            "add",
            "Pay by card",
            "--criterion",
            "The receipt shows the card",
        ])
        .ok();
    let shown = program.run(["show", "WEB-1"]).ok();
    assert!(shown.contains("“Sketch seen” ticked"), "{shown}");
    assert_eq!(
        program.run(["step", "WEB-1", "agree"]).refused(),
        "WEB-1 is not ready yet: it needs “Sketch seen” ticked and “Costs known” ticked."
    );
    program
        .run(["edit", "WEB-1", "--ready", "sketch seen"])
        .ok();
    assert_eq!(
        program.run(["step", "WEB-1", "agree"]).refused(),
        "WEB-1 is not ready: “Costs known” is not ticked. Tick it first: `backstory edit WEB-1 --ready TEXT`."
    );
    let document = program
        .run(["edit", "WEB-1", "--ready", "2", "--json"])
        .json("story");
    assert_eq!(
        document["story"]["ready"],
        serde_json::json!(["Sketch seen", "Costs known"])
    );
    program.run(["edit", "WEB-1", "--not-ready", "1"]).ok();
    let refused = program.run(["edit", "WEB-1", "--ready", "3"]).refused();
    assert!(refused.contains("definition of ready"), "{refused}");
    program.run(["edit", "WEB-1", "--ready", "1"]).ok();
    // The linter is asked on the command line, too.
    program.run(["config", "ready.sound", "yes"]).ok();
    assert_eq!(
        program.run(["step", "WEB-1", "agree"]).refused(),
        "WEB-1 has a defect. Mend it first, or settle it: `backstory lint key:WEB-1`."
    );
    program
        .run([
            "edit",
            "WEB-1",
            "--persona",
            "customer",
            "--want",
            "pay by card",
        ])
        .ok();
    program.run(["step", "WEB-1", "agree"]).ok();
}
