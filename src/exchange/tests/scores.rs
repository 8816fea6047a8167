//! Scores on the way out and in: which columns there are, and what a changed cell does.

use super::*;
use crate::exchange::{To, export};
use crate::model::{Change, Edit, Method, Part, Status};

const FILE: &str = "Key,Title,Status,MoSCoW,WSJF value,WSJF size,RICE confidence\n\
    A-1,Pay,To Do,must,8,3,80%\nA-2,Ship,Done,Won't,,,\nA-3,Wrap,To Do,,4,,\n";

fn scores(story: &Story) -> String {
    serde_json::to_string(&story.scores).unwrap()
}

/// The backlog with a ready export of it.
fn exported(to: To) -> (Backlog, String) {
    let backlog = from_csv(FILE);
    let text = export(&stories(&backlog), &backlog, to);
    (backlog, text)
}

#[test]
fn scores_are_read_by_their_columns_and_what_they_cannot_be_is_told() {
    let mut backlog = empty();
    let plan = import(&mut backlog, Format::Csv, FILE.as_bytes());
    let [pay, wrap, ship] = stories(&backlog)[..] else {
        panic!("three stories")
    };
    assert_eq!(
        scores(pay),
        r#"{"moscow":"must","wsjf":{"value":8,"size":3},"rice":{"confidence":80}}"#
    );
    assert_eq!(
        (scores(ship).as_str(), ship.status),
        (r#"{"moscow":"wont"}"#, Status::Accepted)
    );
    assert_eq!(scores(wrap), "{}");
    let lossy: Vec<(&str, &str)> = plan
        .lossy
        .iter()
        .map(|lossy| (lossy.field.as_str(), lossy.reason.as_str()))
        .collect();
    assert_eq!(lossy, [("WSJF value", "It is no value of that score.")]);
}

#[test]
fn the_table_has_columns_for_what_is_in_use_or_scored_behind_those_always_there() {
    let header = |backlog: &Backlog| {
        let table = export(&stories(backlog), backlog, To::Csv);
        table.lines().next().unwrap().to_owned()
    };
    let mut backlog = from_csv("Title,Value/effort value\nPay,\n");
    assert!(header(&backlog).ends_with(",Created,Updated"));
    let mut product = Product::clone(backlog.product());
    product.scores = vec![Method::Moscow];
    backlog
        .apply(&Change::Settings(Box::new(product)), &stamp())
        .unwrap();
    assert!(header(&backlog).ends_with(",Updated,MoSCoW"));
    let edit = Edit::Score(Part::Effort.parse("2").unwrap());
    let story = stories(&backlog)[0].id;
    backlog
        .apply(&Change::Edit { story, edit }, &stamp())
        .unwrap();
    assert!(header(&backlog).ends_with(",Updated,MoSCoW,value/effort value,value/effort effort"));
}

#[test]
fn cells_changed_in_a_spreadsheet_change_the_scores_and_empty_ones_take_them_away() {
    let (mut backlog, table) = exported(To::Csv);
    assert!(table.contains(",must,8,,,3,,,80,\r\n"), "{table}");
    assert_eq!(
        import(&mut backlog, Format::Csv, table.as_bytes()).changes,
        []
    );
    let changed = table.replace(",must,8,,,3,,,80,", ",should,8,5,,,,,80,1");
    let plan = import(&mut backlog, Format::Csv, changed.as_bytes());
    assert_eq!(counts(&plan), [0, 1, 2, 0]);
    assert_eq!(
        scores(stories(&backlog)[0]),
        r#"{"moscow":"should","wsjf":{"value":8,"urgency":5},"rice":{"confidence":80,"effort":1}}"#
    );
}

#[test]
fn a_score_changed_here_stays_while_the_file_of_another_tool_says_the_same() {
    let mut backlog = from_csv(FILE);
    let story = stories(&backlog)[0].id;
    let edit = Edit::Score(Part::Class.parse("could").unwrap());
    backlog
        .apply(&Change::Edit { story, edit }, &stamp())
        .unwrap();
    assert_eq!(
        import(&mut backlog, Format::Csv, FILE.as_bytes()).changes,
        []
    );
    let changed = FILE.replace("must,8", ",13");
    import(&mut backlog, Format::Csv, changed.as_bytes());
    assert_eq!(
        scores(stories(&backlog)[0]),
        r#"{"wsjf":{"value":13,"size":3},"rice":{"confidence":80}}"#
    );
}

#[test]
fn our_json_brings_scores_and_leaves_what_is_not_known_of_them() {
    let (mut backlog, json) = exported(To::Json);
    let changed = json
        .replace("\"moscow\": \"must\"", "\"mood\": 7")
        .replace("\"size\": 3", "\"size\": 5");
    let plan = import(&mut backlog, Format::Json, changed.as_bytes());
    assert_eq!(counts(&plan), [0, 1, 2, 0]);
    assert_eq!(
        scores(stories(&backlog)[0]),
        r#"{"wsjf":{"value":8,"size":5},"rice":{"confidence":80}}"#
    );
    assert_eq!(
        plan.notes,
        ["WEB-1 keeps its unknown fields; the file's are different."]
    );
}
