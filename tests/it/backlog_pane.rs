//! The backlog pane, by its keys.

use crate::support::driver::{Driver, now};
use crate::support::world::World;
use backstory::model::query::Index;
use backstory::model::{Act, ActId, Change, Edit, History, Points, Product, Stamp, Status};
use backstory::ui::{Input, Opened, Request};
use uuid::Uuid;

pub(crate) fn three() -> Driver {
    let mut driver = Driver::open(Product::new("Webshop", None).unwrap(), Vec::new());
    for title in ["One", "Two", "Three"] {
        driver.press("n").write(title).press("Enter");
    }
    driver
}

#[test]
fn a_story_is_written_below_the_selected_one() {
    let mut driver = three();
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-3");
    driver
        .expect("Backlog ─ 3 stories · 0 points")
        .expect("saved · Ana");
    driver.press("g n").write("One and a half").press("Enter");
    assert_eq!(driver.order(), "WEB-1 WEB-4 WEB-2 WEB-3");
    driver.expect("▌  2  WEB-4");
}

#[test]
fn a_whole_sentence_is_split_while_it_is_typed() {
    let mut driver = three();
    driver
        .press("n")
        .write("As a guest, I want to pay later, so that I can check first.");
    driver
        .expect("Pay later")
        .expect("so that    I can check first");
    driver.press("Enter");
    let story = driver.story("WEB-4");
    assert_eq!(
        (story.persona.as_str(), story.want.as_str()),
        ("guest", "pay later")
    );
}

#[test]
fn an_empty_title_is_refused_and_the_prompt_stays() {
    let mut driver = three();
    driver
        .press("n Enter")
        .expect("A story needs a title")
        .expect("New story");
    driver.press("Esc").expect_no("New story");
    assert_eq!(driver.backlog().open_count(), 3);
}

#[test]
fn a_cancelled_prompt_gives_its_text_back_when_asked_again() {
    let mut driver = three();
    driver
        .press("n")
        .write("Half a thou")
        .press("Esc")
        .expect_no("Half a thou");
    driver.press("n").expect("Half a thou");
    driver
        .press("End")
        .write("ght")
        .press("Enter")
        .expect("Half a thought");
    driver
        .press("n")
        .write("Dropped")
        .press("Esc n")
        .write("Anew")
        .press("Enter");
    assert_eq!(driver.story("WEB-5").title.as_str(), "Anew");
}

#[test]
fn moves_keep_the_selection_on_the_story() {
    let mut driver = three();
    driver.press("K");
    assert_eq!(driver.order(), "WEB-1 WEB-3 WEB-2");
    driver.press("t");
    assert_eq!(driver.order(), "WEB-3 WEB-1 WEB-2");
    driver.press("K").expect("at the top of the list already");
    driver
        .press("J J J")
        .expect("at the bottom of the list already");
    driver.press("t b");
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-3");
    driver.press("u");
    assert_eq!(driver.order(), "WEB-3 WEB-1 WEB-2");
    driver.press("U");
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-3");
}

#[test]
fn marked_stories_move_together_as_one_act() {
    let mut driver = three();
    driver.press("g space space").expect("2 marked");
    driver.press("b");
    assert_eq!(driver.order(), "WEB-3 WEB-1 WEB-2");
    driver.press("u");
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-3");
}

#[test]
fn marks_keep_the_order_of_the_backlog_whatever_was_marked_first() {
    let copied = |driver: &mut Driver| match driver.press("y").requests.pop() {
        Some(Request::Copy(text)) => text.find("One") < text.find("Three"),
        other => panic!("nothing was copied: {other:?}"),
    };
    let mut driver = three();
    driver.press("G space g space").expect("2 marked");
    assert!(copied(&mut driver));
    driver.press("- G t g space space").expect("2 marked");
    assert_eq!(driver.order(), "WEB-3 WEB-1 WEB-2");
    assert!(!copied(&mut driver));
    driver.press("u");
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-3");
    assert!(copied(&mut driver), "the marks follow the stories");
}

#[test]
fn marked_stories_move_by_the_rows_in_sight() {
    let mut driver = Driver::on(&World::sample().backlog);
    driver.press("g j space j space J");
    assert_eq!(driver.order(), "WEB-1 WEB-3 WEB-5 WEB-2 WEB-4 WEB-6 WEB-7");
    driver.press("K K K");
    assert_eq!(driver.order(), "WEB-2 WEB-4 WEB-1 WEB-3 WEB-5 WEB-6 WEB-7");
    driver.press("K").expect("at the top of the list already");
    driver.press("- /").write("status:delivered");
    driver
        .press("Enter * J")
        .expect("at the bottom of the list already");
    driver.press("- G K Esc");
    assert_eq!(driver.order(), "WEB-2 WEB-4 WEB-1 WEB-3 WEB-5 WEB-7 WEB-6");
}

#[test]
fn each_digit_estimates_and_goes_on() {
    let mut driver = three();
    driver.press("g . 3 5").write(".13").press("Enter Esc");
    driver.expect("21 points");
    let points = |key: &str| driver.story(key).estimate.map(|points| points.to_string());
    assert_eq!(
        [points("1"), points("2"), points("3")],
        [Some("3".into()), Some("5".into()), Some("13".into())]
    );
}

#[test]
fn where_the_team_gives_no_estimates_the_key_says_so() {
    let mut product = Product::new("Webshop", None).unwrap();
    product.scale.clear();
    let mut driver = Driver::open(product, Vec::new());
    driver
        .press("n")
        .write("One")
        .press("Enter")
        .expect("Backlog ─ 1 story ─")
        .expect_no("no estimate")
        .press(".")
        .expect("The team gives no estimates. Choose a scale first in the settings (5).");
    assert_eq!(driver.story("WEB-1").estimate, None);
    driver
        .press("e")
        .expect("the team gives no estimates")
        .press("Esc 3")
        .expect("heard")
        .expect_no("points")
        .press("4")
        .expect("0 of 1 stories are done")
        .expect_no("points");
}

#[test]
fn a_refused_step_says_why_and_changes_nothing() {
    let mut driver = three();
    driver
        .press(">")
        .expect("WEB-3 has no acceptance criterion. Add one first (e).");
    assert_eq!(driver.story("WEB-3").status, Status::Idea);
    driver
        .press("s")
        .expect("agree")
        .expect("has no acceptance criterion");
    driver.press("Esc x Enter").expect("A reason needs words");
    driver.write("nobody needs it").press("Enter");
    assert_eq!(driver.story("WEB-3").status, Status::Dropped);
    driver.expect("Backlog ─ 2 stories");
}

#[test]
fn labels_are_set_for_all_marked_stories() {
    let mut driver = three();
    driver.press("* l").write("checkout, later").press("Enter");
    for key in ["WEB-1", "WEB-2", "WEB-3"] {
        let labels: Vec<&str> = driver
            .story(key)
            .labels
            .iter()
            .map(backstory::model::Line::as_str)
            .collect();
        assert_eq!(labels, ["checkout", "later"]);
    }
    driver.press("u");
    assert!(driver.story("WEB-1").labels.is_empty());
}

#[test]
fn search_narrows_the_list_and_esc_brings_it_back() {
    let mut driver = three();
    driver.press("/").write("two").expect("1 of 3");
    driver.press("Enter").expect("/two");
    driver
        .press("/")
        .write("three")
        .expect("/three")
        .expect("1 of 3");
    driver.press("Enter");
    driver.press("Esc").expect_no("1 of 3");
}

#[test]
fn the_first_page_offers_a_product_a_file_and_the_demo() {
    let mut driver = Driver::welcome();
    driver
        .expect("name your product")
        .press("n")
        .write("Webshop")
        .press("Enter");
    assert_eq!(
        driver.requests,
        [Request::MakeProduct("Webshop".to_owned())]
    );
    driver
        .press("i")
        .write("stories.txt")
        .press("Enter")
        .expect("Name the product")
        .press("Enter");
    let file = "stories.txt".into();
    let name = "stories".to_owned();
    assert_eq!(
        driver.requests.last(),
        Some(&Request::ImportProduct { file, name })
    );
    // The path waits until the product is there.
    driver
        .press("Esc n Enter")
        .expect("A product needs a name")
        .press("Esc d");
    assert_eq!(driver.requests.last(), Some(&Request::OpenDemo));
}

#[test]
fn pasted_lines_after_the_first_become_notes() {
    let mut driver = three();
    driver
        .press("n")
        .paste("Pay later\r\nAsked for by\r\nthree shops.")
        .press("Enter");
    let story = driver.story("WEB-4");
    assert_eq!(
        (story.title.as_str(), story.notes.as_str()),
        ("Pay later", "Asked for by\nthree shops.")
    );
}

#[test]
fn moving_is_no_change_of_content() {
    let mut driver = three();
    let before = driver.story("WEB-3").updated;
    driver.later(3_600).press("t");
    assert_eq!(driver.story("WEB-3").updated, before);
    driver.press(". 5 Esc");
    assert!(driver.story("WEB-3").updated > before);
}

#[test]
fn what_is_not_saved_is_said_and_quitting_asks() {
    let mut driver = three();
    driver.saves = false;
    driver.press("b t").expect("saving · Ana");
    driver.input(Input::SaveFailed(
        "The disk is full. Free some space.".to_owned(),
    ));
    driver
        .expect("not saved · Ana")
        .expect("The disk is full.")
        .press("j")
        .expect("The disk is full.");
    driver
        .press("q")
        .expect("not saved yet and would be lost")
        .press("n")
        .expect_no("would be lost");
    driver.press("q y");
    assert_eq!(driver.requests.last(), Some(&Request::Abandon));
}

#[test]
fn the_story_beside_the_list_gives_way_to_the_next_one() {
    let mut driver = three();
    driver.press("g Enter ]").expect("╭ WEB-2");
    driver.press("[").expect("╭ WEB-1");
}

#[test]
fn a_cancelled_change_of_labels_comes_back_too() {
    let mut driver = three();
    driver
        .press("l")
        .write("old")
        .press("Enter l")
        .write("new")
        .press("Esc");
    driver
        .press("l")
        .expect("old, new")
        .press("Enter l")
        .expect("old, new, ");
}

#[test]
fn a_notice_longer_than_the_window_is_told_whole() {
    let mut driver = three();
    driver
        .resize(60, 20)
        .press("m")
        .write("no such place")
        .press("Enter");
    driver
        .expect("`no such place` is no place.")
        .expect("below with a key.");
    driver.press("Esc").expect("? help");
}

#[test]
fn a_story_that_goes_out_of_sight_is_not_lost_without_a_word() {
    let mut driver = three();
    driver.press("x").write("Nobody asked").press("Enter");
    driver.expect("WEB-3 is dropped.").expect_no("3  WEB-3");
    driver.press("u").expect("Taken back: drop WEB-3.");
    driver.press("U").expect("Done again: drop WEB-3.");
    driver.press("/").write("status:dropped").press("Enter >");
    driver.expect("WEB-3 is back among the ideas.");
}

#[test]
fn help_tells_every_key_whole_and_how_much_is_below() {
    let mut driver = three();
    driver.resize(80, 24).press("?");
    driver.expect("to another story.").expect(" more ─");
    driver
        .press("G")
        .expect_no(" more ─")
        .expect("Draw the screen anew.");
}

#[test]
fn the_palette_says_where_a_command_of_another_room_works() {
    let mut driver = three();
    driver.press(":").write("delete the criterion");
    driver.press("Enter").expect("This is for the editor.");
    driver.press("Esc :").write("criterion is not met");
    driver
        .press("Enter")
        .expect("This is for the review of a story.");
}

#[test]
fn ctrl_c_asks_before_it_leaves_what_is_typed_in_a_box() {
    let mut driver = three();
    driver.press("n").write("Half a thought").press("Ctrl+C");
    driver.expect("not confirmed yet").press("n");
    assert!(!driver.requests.contains(&Request::Quit));
    driver.expect("Half a thought").press("Ctrl+C y");
    assert!(driver.requests.contains(&Request::Quit));
}

#[test]
fn an_undo_before_the_journal_is_read_waits_for_it() {
    let mut driver = three();
    let acts = driver.acts.iter().map(|act| Act::clone(act)).collect();
    let stories = driver.backlog().stories().cloned().collect();
    let product = Product::clone(driver.backlog().product());
    driver.input(Input::Opened(Box::new(Opened {
        product,
        stories,
        highest_number: 3,
        news: Vec::new(),
        session: serde_json::Value::Null,
        comparison: None,
    })));
    driver.press("u u").expect_no("nothing to undo");
    assert_eq!(driver.order(), "WEB-1 WEB-2 WEB-3");
    driver.input(Input::History(acts));
    assert_eq!(driver.order(), "WEB-1");
    driver.press("u u").expect("There is nothing to undo.");
}

#[test]
fn whose_act_is_taken_back_is_told_where_it_was_somebody_elses() {
    let mut driver = three();
    let mut theirs = driver.backlog().clone();
    let (id, stamp) = (driver.story("WEB-1").id, Stamp::new(now(), "Ben"));
    let edit = Edit::Estimate(Some(Points::whole(5)));
    let change = [Change::Edit { story: id, edit }];
    let act = History::default()
        .perform(
            &mut theirs,
            ActId::new(Uuid::from_u128(77)),
            "estimate WEB-1",
            &change,
            &stamp,
        )
        .unwrap()
        .unwrap();
    driver.input(Input::Changed {
        stories: vec![(id, theirs.story(id).cloned())],
        product: None,
    });
    driver.input(Input::OthersActs(vec![Act::clone(&act)]));
    driver
        .press("u")
        .expect("Took back Ben's act: estimate WEB-1.")
        .press("U")
        .expect("Did Ben's act again: estimate WEB-1.");
    assert_eq!(driver.story("WEB-1").estimate, Some(Points::whole(5)));
    driver.press("u u").expect("Taken back: add “Three”.");
}

#[test]
fn what_was_prepared_for_searches_follows_what_was_done_meanwhile() {
    let mut driver = three();
    let stories: Vec<_> = driver.backlog().stories().cloned().collect();
    driver.press("n").write("Four").press("Enter K");
    driver.press("/").write("o").press("Enter").expect("3 of 4");
    driver.input(Input::Prepared(Box::new(Index::prepared(&stories))));
    driver.press("/").write("o").press("Enter");
    driver.expect("3 of 4").expect_no("WEB-3");
    driver.press("g n").write("Foolish").press("Enter");
    driver.expect("4 of 5");
}
