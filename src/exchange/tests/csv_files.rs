//! Tables of other tools, in small: which column becomes what.

use super::*;
use crate::model::{Kind, Line, Points, Status};

#[test]
fn an_old_tracker_export_is_read() {
    let text = "\"Id\",\"Story\",\"Labels\",\"Iteration\",\"Story Type\",\"Estimate\",\"Current State\",\"Created at\",\"Accepted at\",\"Description\",\"URL\",\"Note\"\n\
        11,\"Show the total\",\"cart, money\",1,\"feature\",2,\"accepted\",\"Nov 27, 2009\",\"Nov 28, 2009\",\"Blue.\",\"http://tracker.example/11\",\"Well done\"\n\
        12,\"Fix the sum\",,,\"bug\",,\"unscheduled\",\"Nov 29, 2009\"\n";
    let mut backlog = empty();
    let plan = import(&mut backlog, Format::Csv, text.as_bytes());
    let [open, accepted] = stories(&backlog)[..] else {
        panic!("two stories")
    };
    assert_eq!(
        (open.title.as_str(), open.kind, open.status),
        ("Fix the sum", Kind::Bug, Status::Idea)
    );
    assert_eq!(
        (accepted.number, accepted.status, accepted.estimate),
        (1, Status::Accepted, Some(Points::whole(2)))
    );
    assert_eq!(
        accepted.labels.iter().map(Line::as_str).collect::<Vec<_>>(),
        ["cart", "money"]
    );
    assert_eq!(accepted.created.to_string(), "2009-11-27T00:00:00Z");
    assert_eq!(
        accepted.accepted_at().unwrap().to_string(),
        "2009-11-28T00:00:00Z"
    );
    assert_eq!(
        (accepted.notes.as_str(), accepted.comments[0].text.as_str()),
        ("Blue.", "Well done")
    );
    let source = accepted.source.as_ref().unwrap();
    assert_eq!(
        (
            source.tool.as_str(),
            source.id.as_str(),
            source.url.as_str()
        ),
        ("pivotal", "11", "http://tracker.example/11")
    );
    let lossy: Vec<(&str, usize)> = plan
        .lossy
        .iter()
        .map(|lossy| (lossy.field.as_str(), lossy.stories))
        .collect();
    assert_eq!(lossy, [("Iteration", 1)]);
}

#[test]
fn a_new_tracker_export_gives_tasks_comments_and_scenarios() {
    let text = "Id,Title,Labels,Type,Estimate,Current State,Created at,Description,URL,Owned By,Owned By,Comment,Comment,Task,Task Status,Task,Task Status\n\
        1,Pay,\"\",feature,3,started,\"May 6, 2014\",,,A,B,\"Nice (Bo Li - May 6, 2014)\",second,One,completed,Two,not completed\n\
        2,Ship,\"\",chore,-1,rejected,\"May 6, 2014\",\"As a clerk\nWhen I pack\nThen it ships\"\n";
    let mut backlog = empty();
    let plan = import(&mut backlog, Format::Csv, text.as_bytes());
    let [pay, ship] = stories(&backlog)[..] else {
        panic!("two stories")
    };
    assert_eq!(criteria(pay), ["One", "Two"]);
    assert_eq!(
        (pay.comments[0].by.as_str(), pay.comments[0].text.as_str()),
        ("Bo Li", "Nice")
    );
    assert_eq!(pay.comments[1].text.as_str(), "second");
    assert_eq!(criteria(ship), ["When I pack\nThen it ships"]);
    assert_eq!(
        (ship.notes.as_str(), ship.status, ship.estimate),
        ("As a clerk", Status::Rejected, None)
    );
    let lossy: Vec<&str> = plan
        .lossy
        .iter()
        .map(|lossy| lossy.field.as_str())
        .collect();
    assert_eq!(lossy, ["Owned By", "Task Status"]);
}

#[test]
fn an_issue_tracker_export_is_read_with_all_repeated_columns() {
    let text = "\u{feff}Summary,Issue key,Issue id,Issue Type,Status,Created,Resolved,Labels,Labels,Description,Custom field (Story Points),Custom field (Acceptance Criteria),Comment,Parent summary,Status Category\r\n\
        \" As a *buyer*, I want to pay, so that I am done\",SHOP-7,10007,Sub-task,Odd Name,22/Sep/25 9:26 AM,,blue,green,\"Why\n\nthat\",3.0,\"# one\n#* deeper\n# two\",\"22/Sep/25 9:30 AM;557058:abc;Really; yes\",Checkout,In Progress\r\n";
    let backlog = from_csv(text);
    let story = stories(&backlog)[0];
    assert_eq!(
        (
            story.persona.as_str(),
            story.want.as_str(),
            story.benefit.as_str()
        ),
        ("buyer", "pay", "I am done")
    );
    assert_eq!(
        (story.kind, story.status, story.epic.as_str()),
        (Kind::Chore, Status::Started, "Checkout")
    );
    assert_eq!(
        (story.estimate, story.labels.len()),
        (Some(Points::whole(3)), 2)
    );
    assert_eq!(criteria(story), ["one\n- deeper", "two"]);
    assert_eq!(story.comments[0].text.as_str(), "Really; yes");
    assert_eq!(story.comments[0].at.to_string(), "2025-09-22T09:30:00Z");
    assert_eq!(story.source.as_ref().unwrap().id.as_str(), "SHOP-7");
}

#[test]
fn a_linear_export_is_read() {
    let text = "\"ID\",\"Team\",\"Title\",\"Description\",\"Status\",\"Estimate\",\"Priority\",\"Labels\",\"Cycle Number\",\"Created\",\"Started\",\"Completed\",\"Canceled\",\"Parent issue\",\"Blocked by\"\n\
        \"A-1\",\"T\",\"Pay\",\"Do it\n- [ ] one\n- [x] two\",\"In Progress\",5,\"High\",\"x, y\",1,\"Tue Aug 23 2022 13:54:01 GMT+0000 (GMT)\",\"Sat Feb 11 2023 01:51:47 GMT+0000 (GMT)\",,,,\"A-2\"\n\
        \"A-2\",\"T\",\"Ship\",,\"Canceled\",,\"No priority\",,,,,,\"Sat Feb 11 2023 01:51:47 GMT+0000 (GMT)\",\"A-1\",\"A-9\"\n";
    let mut backlog = empty();
    let plan = import(&mut backlog, Format::Csv, text.as_bytes());
    let [pay, ship] = stories(&backlog)[..] else {
        panic!("two stories")
    };
    assert_eq!(
        (criteria(pay), pay.notes.as_str()),
        (vec!["one", "two"], "Do it")
    );
    assert_eq!(pay.since().unwrap().to_string(), "2023-02-11T01:51:47Z");
    assert_eq!(pay.blocked_by, [ship.id]);
    assert_eq!((ship.status, ship.epic.as_str()), (Status::Dropped, "Pay"));
    let lossy: Vec<(&str, usize)> = plan
        .lossy
        .iter()
        .map(|lossy| (lossy.field.as_str(), lossy.stories))
        .collect();
    assert_eq!(
        lossy,
        [
            ("Team", 2),
            ("Priority", 2),
            ("Cycle Number", 1),
            ("Blocked by", 1)
        ]
    );
}

#[test]
fn quick_actions_of_an_import_file_become_labels() {
    let backlog = from_csv(
        "Title,Description,Labels\nSet up,\"Do it.\n\n/label ~setup ~azure\",\nNext,\"x\n\n/label ~setup\"\n",
    );
    let [first, second] = stories(&backlog)[..] else {
        panic!("two stories")
    };
    assert_eq!((first.labels.len(), first.notes.as_str()), (2, "Do it."));
    assert_eq!(second.labels[0].as_str(), "setup");
}

#[test]
fn a_tree_of_titles_gives_epics() {
    let text = "\u{feff}ID,Work Item Type,Title 1,Title 2,Description,Acceptance Criteria,State,Effort,Tags\n\
        ,Product Backlog Item,As a visitor I can register so that I can buy,,Mail.,Password is hashed; session survives a reload.,New,5,E1;Pair\n\
        ,Task,,Build the form,,,To Do,,\n\
        ,Epic,Reports,,,<ul><li>one</li><li>two &amp; three</li></ul>,Removed,,\n";
    let mut backlog = empty();
    let plan = import(&mut backlog, Format::Csv, text.as_bytes());
    let [item, task, epic] = stories(&backlog)[..] else {
        panic!("three stories")
    };
    assert_eq!(
        (item.persona.as_str(), item.want.as_str()),
        ("visitor", "register")
    );
    assert_eq!(
        criteria(item),
        ["Password is hashed", "session survives a reload."]
    );
    assert_eq!(
        (task.kind, task.epic.as_str(), item.labels.len()),
        (Kind::Chore, "Register", 2)
    );
    assert_eq!((epic.status, epic.epic.as_str()), (Status::Dropped, ""));
    assert_eq!(criteria(epic), ["one", "two & three"]);
    assert_eq!(
        plan.lossy[0].reason,
        "There is no such kind; the nearest was taken."
    );
}

#[test]
fn columns_of_a_sentence_are_joined_without_doubled_words() {
    let text = "As,I want to,So that,Access\nbuyer,pay,I am done,x\nan admin,I want to refund an order,so that buyers come back,\n,Print labels,,\n";
    let backlog = from_csv(text);
    let found: Vec<[&str; 4]> = stories(&backlog)
        .iter()
        .map(|story| {
            [
                story.title.as_str(),
                story.persona.as_str(),
                story.want.as_str(),
                story.benefit.as_str(),
            ]
        })
        .collect();
    assert_eq!(
        found,
        [
            ["Pay", "buyer", "pay", "I am done"],
            [
                "Refund an order",
                "admin",
                "refund an order",
                "buyers come back"
            ],
            ["Print labels", "", "", ""],
        ]
    );
}

#[test]
fn a_table_with_bars_and_scenarios_is_read() {
    let text = "Epic | Persona | User Story | Acceptance Criteria\nProfile | hirer/vendor | As a user I want to sign in | Given I am out When I sign in Then I am in\n";
    let backlog = from_csv(text);
    let story = stories(&backlog)[0];
    assert_eq!(
        (story.epic.as_str(), story.persona.as_str()),
        ("Profile", "user")
    );
    assert_eq!(
        criteria(story),
        ["Given I am out\nWhen I sign in\nThen I am in"]
    );
}

#[test]
fn rows_without_a_title_and_doubles_are_skipped_with_line_and_reason() {
    let text = "Id,Title,Estimate,Notes\n1,Pay,L,\"a\nb\"\n2,  ,3\n1,Again\n\n3,Ship,5,x,y,z\n";
    let mut backlog = empty();
    let plan = import(&mut backlog, Format::Csv, text.as_bytes());
    let skipped: Vec<(usize, &str)> = plan
        .skipped
        .iter()
        .map(|skipped| (skipped.line, skipped.reason.as_str()))
        .collect();
    assert_eq!(
        skipped,
        [
            (4, "The row has no title."),
            (5, "It is the same story as the one on line 2.")
        ]
    );
    assert_eq!((plan.read, plan.imported), (4, 2));
    let lossy: Vec<(&str, &str)> = plan
        .lossy
        .iter()
        .map(|lossy| (lossy.field.as_str(), lossy.reason.as_str()))
        .collect();
    assert_eq!(
        lossy,
        [
            ("Estimate", "It is no number of points."),
            ("column 5", "There is no place for it in a story."),
            ("column 6", "There is no place for it in a story."),
        ]
    );
}

#[test]
fn long_titles_are_cut_and_hostile_text_is_cleaned() {
    let text = format!(
        "Title,Notes\n{},mine\n\"Pay\u{1b}[2J\u{7}\r\nnow\",\"a\u{1b}]0;x\u{7}\r\nb\"\n",
        "word ".repeat(400)
    );
    let mut backlog = empty();
    let plan = import(&mut backlog, Format::Csv, text.as_bytes());
    let [long, hostile] = stories(&backlog)[..] else {
        panic!("two stories")
    };
    assert!(long.title.ends_with("word…") && long.title.chars().count() <= 1_000);
    assert!(long.notes.starts_with("word word") && long.notes.ends_with("word\n\nmine"));
    assert_eq!(
        (plan.lossy[0].field.as_str(), plan.lossy[0].stories),
        ("Title", 1)
    );
    assert_eq!(
        (hostile.title.as_str(), hostile.notes.as_str()),
        ("Pay[2J now", "a]0;x\nb")
    );
}

#[test]
fn a_date_that_could_be_two_days_is_reported_not_guessed() {
    let mut backlog = empty();
    let plan = import(&mut backlog, Format::Csv, b"Title,Created\nPay,3/4/2026\n");
    assert_eq!(stories(&backlog)[0].created, now());
    assert_eq!(
        plan.lossy[0].reason,
        "The date could not be read for certain."
    );
}

#[test]
fn rows_without_a_key_that_share_a_title_are_different_stories() {
    let text = "Title,Notes\nAdd tests,here\nAdd tests,there\nAdd tests,here\n";
    let mut backlog = empty();
    let plan = import(&mut backlog, Format::Csv, text.as_bytes());
    assert_eq!(counts(&plan), [2, 0, 0, 1]);
    assert_eq!(
        (
            plan.skipped[0].line,
            import(&mut backlog, Format::Csv, text.as_bytes()).changes
        ),
        (4, vec![])
    );
}
