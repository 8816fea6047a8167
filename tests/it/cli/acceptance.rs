//! The workflow and reviews on the command line.

use serde_json::json;

use super::program::Program;

/// A delivered story with three criteria.
fn delivered() -> Program {
    let program = Program::with_product();
    program
        .run([
            "add",
            "Return a parcel",
            "--criterion",
            "A label",
            "--criterion",
            "A date",
            "--criterion",
            "A mail",
        ])
        .ok();
    for step in ["agree", "start", "deliver"] {
        program.run(["step", "WEB-1", step]).ok();
    }
    program
}

#[test]
fn steps_lead_through_the_workflow() {
    let program = Program::with_product();
    program.run(["add", "a", "--criterion", "one"]).ok();
    for (step, says) in [
        ("agree", "ready"),
        ("unready", "idea"),
        ("agree", "ready"),
        ("start", "started"),
        ("deliver", "delivered"),
        ("undeliver", "started"),
    ] {
        assert_eq!(
            program.run(["step", "WEB-1", step]).ok(),
            format!("WEB-1 is {says} now.\n")
        );
    }
    let story = program
        .run(["step", "WEB-1", "drop", "--reason", "no need", "--json"])
        .json("story");
    assert_eq!(story["story"]["position"], json!(null));
    assert_eq!(story["story"]["log"][6]["reason"], "no need");
    program.run(["step", "WEB-1", "restore"]).ok();
    assert_eq!(program.order(), ["WEB-1"]);
}

#[test]
fn a_refused_step_says_why() {
    let program = Program::with_product();
    program.run(["add", "a"]).ok();
    assert_eq!(
        program.run(["step", "WEB-1", "agree"]).refused(),
        "WEB-1 has no acceptance criterion. Add one first: `backstory edit WEB-1 --criterion TEXT`."
    );
    assert!(
        program
            .run(["step", "WEB-1", "start"])
            .refused()
            .contains("From there it can: agree or drop.")
    );
    assert!(
        program
            .run(["step", "WEB-1", "drop"])
            .refused()
            .contains("--reason")
    );
    program
        .run(["step", "WEB-1", "drop", "--reason", " "])
        .refused();
    program.run(["step", "WEB-1", "fly"]).usage();
    program.run(["step", "WEB-1"]).usage();
    program
        .run(["edit", "1", "--criterion", "one", "--question", "Who?"])
        .ok();
    assert_eq!(
        program.run(["step", "WEB-1", "agree"]).refused(),
        "WEB-1 has an unanswered question. Answer it first: `backstory edit WEB-1 --answer N=TEXT`."
    );
    assert_eq!(program.run(["log"]).ok().lines().count(), 2);
}

#[test]
fn a_story_is_accepted_once_everything_is_met() {
    let program = delivered();
    assert_eq!(
        program
            .run(["review", "WEB-1", "--met", "1,2", "--accept"])
            .refused(),
        "WEB-1 has 2 of 3 criteria met. Complete the review, or accept it with a written reason (a waiver)."
    );
    assert!(
        program.story("1").get("reviews").is_none(),
        "a refused review leaves no verdict"
    );
    program
        .run([
            "review",
            "WEB-1",
            "--met",
            "1,2",
            "--evidence",
            "1=photo.png",
        ])
        .ok();
    assert_eq!(
        program
            .run(["review", "WEB-1", "--met", "3", "--accept"])
            .ok(),
        "WEB-1 is accepted.\n"
    );
    let story = program.story("1");
    assert_eq!(story["status"], "accepted");
    assert_eq!(story["reviews"][0]["verdicts"][0]["evidence"], "photo.png");
    assert!(
        program
            .run(["edit", "1", "--title", "b"])
            .refused()
            .contains("accepted and stays as it is")
    );
    program
        .run(["step", "WEB-1", "reopen", "--reason", "the mail is wrong"])
        .ok();
}

#[test]
fn a_rejection_composes_its_reason_and_is_one_act() {
    let program = delivered();
    let answer = program.run([
        "review",
        "WEB-1",
        "--met",
        "1",
        "--not-met",
        "2",
        "--cannot-tell",
        "3",
        "--note",
        "2=shows 1 Jan 1970",
        "--reject",
    ]);
    assert_eq!(
        answer.ok(),
        "WEB-1 is rejected.\n  2. A date: shows 1 Jan 1970\n"
    );
    assert_eq!(program.story("1")["reviews"][0]["outcome"], "rejected");
    let shown = program.run(["show", "1"]).ok();
    assert!(
        shown.contains("  2  not met: A date\n     note: shows 1 Jan 1970\n"),
        "{shown}"
    );
    assert!(program.run(["list"]).ok().contains("↺1"));
    program.run(["undo"]).ok();
    assert!(program.story("1").get("reviews").is_none());
}

#[test]
fn a_rejection_needs_a_note_or_a_reason() {
    let program = delivered();
    let sentence = program
        .run(["review", "WEB-1", "--not-met", "2", "--reject"])
        .refused();
    assert!(
        sentence.contains("no criterion that is not met with a note"),
        "{sentence}"
    );
    program
        .run([
            "review",
            "WEB-1",
            "--reject",
            "--reason",
            "not what we need",
        ])
        .ok();
    assert_eq!(
        program.story("1")["reviews"][0]["reason"],
        "not what we need"
    );
}

#[test]
fn a_waiver_needs_a_reason() {
    let program = delivered();
    let answer = program.run([
        "review",
        "WEB-1",
        "--met",
        "1",
        "--accept",
        "--reason",
        "the mail can follow",
    ]);
    assert_eq!(
        answer.ok(),
        "WEB-1 is accepted by waiver.\n  the mail can follow\n"
    );
}

#[test]
fn the_sheet_says_what_changed_since_it_was_agreed() {
    let program = delivered();
    program.run(["edit", "1", "--criterion", "Late idea"]).ok();
    for arguments in [
        vec!["review", "1"],
        vec!["review", "1", "--met", "1"],
        vec!["show", "1"],
    ] {
        let sheet = program.run(&arguments).ok();
        assert!(
            sheet.contains("Late idea\n") && sheet.contains("     added since agreed\n"),
            "{sheet}"
        );
    }
}

#[test]
fn rounds_stand_side_by_side_with_reasons_and_waivers() {
    let program = delivered();
    let first = [
        "--met",
        "1",
        "--not-met",
        "2",
        "--note",
        "2=no date",
        "--reject",
    ];
    program.run(["review", "1"].into_iter().chain(first)).ok();
    assert!(!program.run(["show", "1"]).ok().contains("side by side"));
    for step in ["restart", "deliver"] {
        program.run(["step", "1", step]).ok();
    }
    let path = program.story_file();
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("\"A label\"", "\"A large label\"", 1)).unwrap();
    let second = [
        "--met",
        "2",
        "--cannot-tell",
        "3",
        "--accept",
        "--reason",
        "fine for now",
    ];
    program.run(["review", "1"].into_iter().chain(second)).ok();
    let shown = program.run(["show", "1"]).ok();
    let table = "
Rounds side by side
     round 1  round 2
  1  met*     -            A large label
  2  not met  met          A date
  3  -        cannot tell  A mail
     * on other words than the present ones
";
    assert!(shown.contains(table), "{shown}");
    assert!(shown.contains("  reason: 2. A date: no date\n"), "{shown}");
    assert!(shown.contains("(accepted by waiver, "), "{shown}");
    assert!(shown.contains("  waiver: fine for now\n"), "{shown}");
}

/// Rewords a criterion in the story's file, and takes another away.
fn reworded(program: &Program) {
    let path = program.story_file();
    let text = std::fs::read_to_string(&path).unwrap();
    // The first place is the criterion, the second what was agreed of it.
    let text = text.replacen("\"A date\"", "\"A day in words\"", 1);
    std::fs::write(&path, text).unwrap();
    program.run(["edit", "1", "--no-criterion", "3"]).ok();
}

#[test]
fn what_changed_since_agreed_is_told_word_by_word() {
    let program = delivered();
    reworded(&program);
    let changed =
        "  2  A day in words\n     changed since agreed:\n     | A [-date-]{+day in words+}\n";
    let removed = "  -  A mail\n     removed since agreed\n";
    for arguments in [vec!["show", "1"], vec!["review", "1"]] {
        let sheet = program.run(&arguments).ok();
        assert!(sheet.contains(&format!("{changed}{removed}")), "{sheet}");
    }
    let note = ["--not-met", "2", "--note", "2=it is a number"];
    let sheet = program
        .run(["review", "WEB-1"].into_iter().chain(note))
        .ok();
    assert!(
        sheet.contains("     note: it is a number\n     changed since agreed:\n     | A [-date-]"),
        "{sheet}"
    );
    assert!(sheet.contains(removed), "{sheet}");
    let markdown = program.run(["export", "--to", "markdown"]).ok();
    assert!(
        markdown.contains(
            "- A day in words\n  - changed since agreed: A [-date-]{+day in words+}\n- A mail\n  - removed since agreed\n"
        ),
        "{markdown}"
    );
    let reject = ["review", "WEB-1", "--reject", "--letter", "-"];
    let letter = program.run(reject).ok();
    assert!(
        letter.contains(
            "- **2** A day in words\n  - Changed since agreed: A [-date-]{+day in words+}\n  - Note: it is a number\n"
        ),
        "{letter}"
    );
}

#[test]
fn a_review_that_goes_on_is_shown() {
    let program = delivered();
    let sheet = program.run(["review", "WEB-1"]).ok();
    assert!(
        sheet.starts_with("WEB-1  Return a parcel (round 1)\n"),
        "{sheet}"
    );
    let sheet = program.run(["review", "WEB-1", "--met", "1"]).ok();
    assert!(
        sheet.contains("  1  A label\n     met\n  2  A date\n     no verdict yet\n"),
        "{sheet}"
    );
    program.run(["edit", "WEB-1", "--criterion", "A call"]).ok();
    let sheet = program.run(["review", "WEB-1"]).ok();
    assert!(
        sheet.contains("  4  A call\n     no verdict yet\n     added since agreed\n"),
        "{sheet}"
    );
    let document = program.run(["review", "WEB-1", "--json"]).json("story");
    assert_eq!(
        document["story"]["reviews"][0]["verdicts"][0]["verdict"],
        "met"
    );
}

#[test]
fn lines_of_the_definition_of_done_are_ticked() {
    let program = Program::with_product();
    let path = program.data().join("webshop/product.json");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(
        &path,
        text.replacen('{', "{\"done\": [\"Help page updated\"],", 1),
    )
    .unwrap();
    program.run(["add", "a", "--kind", "chore"]).ok();
    for step in ["agree", "start", "deliver"] {
        program.run(["step", "1", step]).ok();
    }
    assert!(
        program
            .run(["review", "1", "--accept"])
            .refused()
            .contains("definition of done is not ticked")
    );
    assert!(
        program
            .run(["review", "1", "--done", "2"])
            .refused()
            .contains("no line 2")
    );
    assert!(
        program
            .run(["review", "1", "--done", "0"])
            .refused()
            .contains("no line 0")
    );
    program.run(["review", "1", "--done", "1", "--accept"]).ok();
    assert_eq!(program.story("1")["reviews"][0]["done"][0]["ticked"], true);
}

#[test]
fn verdicts_that_make_no_sense_are_refused() {
    let program = delivered();
    for (arguments, part) in [
        (vec!["--met", "4"], "no criterion 4"),
        (vec!["--met", "0"], "no criterion 0"),
        (vec!["--note", "1=x"], "verdict on this criterion yet"),
    ] {
        let sentence = program
            .run(["review", "WEB-1"].iter().chain(&arguments))
            .refused();
        assert!(sentence.contains(part), "{sentence}");
    }
    for arguments in [
        vec!["--met", "1", "--not-met", "1"],
        vec!["--met", "x"],
        vec!["--note", "x"],
        vec!["--accept", "--reject"],
        vec!["--reason", "x"],
    ] {
        program
            .run(["review", "WEB-1"].iter().chain(&arguments))
            .usage();
    }
    program.run(["add", "b"]).ok();
    program.run(["edit", "2", "--criterion", "one"]).ok();
    let early = program.run(["review", "2", "--met", "1"]).refused();
    assert!(early.contains("WEB-2 is idea, not delivered."), "{early}");
}

#[test]
#[cfg(unix)]
fn evidence_may_be_a_command_whose_end_is_kept() {
    let program = delivered();
    let run = "1=!echo one; echo two >&2; exit 3";
    program
        .run(["review", "WEB-1", "--met", "1", "--evidence", run])
        .ok();
    let story = program.story("1");
    let kept = story["reviews"][0]["verdicts"][0]["evidence"].as_str();
    let lines: Vec<&str> = kept.unwrap().lines().collect();
    assert_eq!(lines[0], "$ echo one; echo two >&2; exit 3");
    assert!(lines[1].starts_with("exit code 3 after "), "{lines:?}");
    assert_eq!(lines[2..], ["one", "two"]);
}

#[test]
#[cfg(unix)]
fn a_command_is_not_run_where_its_evidence_could_not_be_kept() {
    let program = delivered();
    let trace = program.root().join("trace");
    let run = format!("2=!touch '{}'", trace.display());
    program
        .run(["review", "WEB-1", "--met", "1", "--evidence", &run])
        .refused();
    assert!(!trace.exists());
}

#[test]
fn lines_of_the_definition_of_done_may_be_for_some_kinds_only() {
    let program = delivered();
    let lines = ["Told", "bug: Regression test", "feature, chore: Help page"];
    for line in lines {
        program.run(["config", "done", "--add", line]).ok();
    }
    let sheet = program.run(["review", "WEB-1"]).ok();
    assert!(
        sheet.contains("[ ] 1  Told") && sheet.contains("[ ] 2  Help page"),
        "{sheet}"
    );
    assert!(!sheet.contains("Regression"), "{sheet}");
    let met = ["review", "WEB-1", "--met", "1,2,3", "--done", "1"];
    program.run(met).ok();
    let refused = program.run(["review", "WEB-1", "--accept"]).refused();
    assert!(refused.contains("1 line"), "{refused}");
    program
        .run(["review", "WEB-1", "--done", "2", "--accept"])
        .ok();
    let done = &program.story("1")["reviews"][0]["done"];
    assert_eq!(done[1], json!({ "text": "Help page", "ticked": true }));
}

#[test]
fn a_rejection_comes_with_a_letter_to_the_team() {
    let program = delivered();
    let file = program.root().join("letter.md");
    let path = file.display().to_string();
    assert_eq!(
        program
            .run(["review", "WEB-1", "--letter", &path])
            .refused(),
        "WEB-1 was never rejected, so there is no letter. Reject it with --reject."
    );
    program
        .run(["review", "WEB-1", "--accept", "--letter", &path])
        .usage();
    program
        .run([
            "review",
            "WEB-1",
            "--met",
            "1",
            "--not-met",
            "2",
            "--note",
            "2=shows 1970",
            "--evidence",
            "2=photo.png",
            "--cannot-tell",
            "3",
            "--reject",
            "--letter",
            &path,
        ])
        .ok();
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(
        text.starts_with("## WEB-1 Return a parcel: sent back in round 1\n\n*"),
        "{text}"
    );
    for part in [
        "\n> 2\\. A date: shows 1970\n",
        "\n### Not met\n\n- **2** A date\n  - Note: shows 1970\n  - Seen: photo.png\n",
        "\n### Could not be told\n\n- **3** A mail\n",
        "\n1 of 3 criteria are met.\n",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let again = program.run(["review", "WEB-1", "--letter", "-"]).ok();
    assert_eq!(again, text, "later the same");
    program
        .run(["review", "WEB-1", "--letter", "-", "--json"])
        .usage();
    let missing = program.root().join("no/letter.md").display().to_string();
    let said = program
        .run(["review", "WEB-1", "--letter", &missing])
        .refused();
    assert!(said.contains("is not written to"), "{said}");
}

#[test]
fn a_question_is_raised_in_the_same_act_as_the_verdicts() {
    let program = delivered();
    let sheet = program
        .run([
            "review",
            "WEB-1",
            "--cannot-tell",
            "2",
            "--question",
            "Which calendar?",
            "--question",
            "Which time zone?",
        ])
        .ok();
    assert!(sheet.contains("  ?  Which calendar?\n"), "{sheet}");
    let story = program.story("WEB-1");
    assert_eq!(story["questions"][1]["text"], "Which time zone?");
    assert_eq!(story["reviews"][0]["verdicts"][0]["verdict"], "cannot-tell");
    let reject = ["--reject", "--reason", "ask first", "--letter", "-"];
    let letter = program
        .run(["review", "WEB-1"].into_iter().chain(reject))
        .ok();
    let asked = "\n### Open questions\n\n- Which calendar?\n- Which time zone?\n";
    assert!(letter.contains(asked), "{letter}");
    let question = ["review", "WEB-1", "--question"];
    let said = program.run(question.into_iter().chain(["Why?"])).refused();
    assert!(
        said.starts_with("WEB-1 is rejected, not delivered."),
        "{said}"
    );
    program.run(question.into_iter().chain([" "])).usage();
    program.run(["undo"]).ok();
    program.run(["undo"]).ok();
    assert_eq!(program.story("WEB-1").get("questions"), None, "one act");
}
