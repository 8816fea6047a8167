//! What every screen and every box looks like, as snapshots of two sizes: the text, and a number for its styles.
//!
//! After a change that is meant to be seen, `INSTA_UPDATE=always cargo test looks` writes them anew; look at the diff.

use std::fmt::Write as _;
use std::sync::Arc;

use backstory::model::{Product, Subject};
use backstory::ui::effect::Conflict;
use backstory::ui::{Input, Theme};
use ratatui::buffer::Buffer;

use crate::insights_pane::demo;
use crate::preview::show_order;
use crate::since::{meanwhile, remembered};
use crate::support::driver::Driver;
use crate::support::world::World;

/// The smallest common terminal, and the one the screens are made for.
const SIZES: [(u16, u16); 2] = [(80, 24), (120, 36)];

/// A test for each look: how one gets there, starting with the sample backlog.
macro_rules! looks {
    ($($name:ident: $way:expr;)+) => {
        $(#[test]
        fn $name() {
            look(stringify!($name), $way);
        })+
    };
}

fn look(name: &str, way: impl Fn(&mut Driver)) {
    for (width, height) in SIZES {
        let mut driver = sample((width, height), Theme::FULL);
        way(&mut driver);
        driver.resize(width, height);
        compare(&format!("{name}@{width}x{height}"), &driver);
    }
}

fn compare(name: &str, driver: &Driver) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let shown = format!(
        "{}\nstyles {:016x}",
        driver.screen(),
        styles(driver.buffer())
    );
    settings.bind(|| insta::assert_snapshot!(name, shown));
}

fn sample(size: (u16, u16), theme: Theme) -> Driver {
    let backlog = World::sample().backlog;
    let stories = backlog.stories().map(|story| (**story).clone()).collect();
    Driver::with(Product::clone(backlog.product()), stories, size, theme)
}

/// A number for the colours and modifiers of all cells (FNV-1a, which is the same everywhere and always).
fn styles(buffer: &Buffer) -> u64 {
    let mut text = String::new();
    for cell in &buffer.content {
        write!(text, "{:?}", cell.style()).unwrap();
    }
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

looks! {
    backlog: |_| {};
    backlog_any_status: |driver| { driver.press("/").write("status:any").press("Enter"); };
    backlog_search: |driver| { driver.press("/").write("order"); };
    backlog_search_wrong: |driver| { driver.press("/").write("status:nowhere"); };
    backlog_nothing_found: |driver| { driver.press("/").write("zebra").press("Enter"); };
    backlog_marks: |driver| { driver.press("space space j"); };
    backlog_refusal: |driver| { driver.press("j j >"); };
    iterations_begin: |driver| { driver.press("w"); };
    iterations: |driver| { driver.press("w 2 j"); };
    what_if_menu: |driver| { driver.press("w 2 j w"); };
    what_if: |driver| { driver.press("w 2 j w x w v").write("6").press("Enter"); };
    place: |driver| { driver.press("m j j"); };
    place_typing: |driver| { driver.press("m").write("above WEB-4"); };
    preview: |driver| { show_order(driver, "WEB-6 WEB-2 WEB-4 WEB-1"); };
    preview_whole_order: |driver| { show_order(driver, "WEB-6 WEB-2 WEB-4 WEB-1"); driver.press("Tab"); };
    preview_nothing_moves: |driver| { show_order(driver, "WEB-1 WEB-4"); };
    estimate: |driver| { driver.press(". 5"); };
    compare_pair: |driver| { driver.press("* c 1 2 ="); };
    compare_place: |driver| { driver.press("G C 1"); };
    compare_order: |driver| { driver.press("* c 1 2 1 Enter"); };
    compare_end: |driver| { driver.press("c 1 Esc"); };
    compare_kept: |driver| { driver.press("* c 1 2 Esc"); };
    compare_unfinished: |driver| { driver.press("* c 1 2 Esc - space space c"); };
    compare_help: |driver| { driver.press("c ?"); };
    score_menu: |driver| { driver.press(","); };
    score: |driver| { driver.press(", w 8 5 3 3 2 1"); };
    score_column: |driver| { driver.press(", w 1 1 1 8 2 1 2 5 8 5 3 2 Esc , 3 Esc"); };
    score_moscow: |driver| { driver.press(", m c s c m Esc G k D"); };
    sort_by_score: |driver| { driver.press(", w 1 1 1 8 2 1 2 5 8 5 3 2 8 8 8 1 Esc S"); };
    disagreements: |driver| { driver.press(", w 1 1 1 8 2 1 2 5 8 5 3 2 8 8 8 1 Esc D"); };
    story: |driver| { driver.press("j j Enter"); };
    story_reviewed: |driver| { driver.press("/").write("status:accepted").press("Enter g Enter"); };
    capture: |driver| { driver.press("n").write("As a guest, I want to see the basket"); };
    capture_refused: |driver| { driver.press("n Enter"); };
    labels: |driver| { driver.press("l").write("che").press("↓"); };
    reason: |driver| { driver.press("x"); };
    step_menu: |driver| { driver.press("s"); };
    findings: |driver| { driver.press("j j ! n"); };
    findings_in_story: |driver| { driver.press("j j Enter G"); };
    palette: |driver| { driver.press(":").write("mo"); };
    help: |driver| { driver.press("?"); };
    editor: |driver| { driver.press("j j e"); };
    editor_criteria: |driver| { driver.press("j j e Tab Tab Tab Tab").write(" and heard"); };
    editor_questions: |driver| { driver.press("j j e Ctrl+N Enter").write("And which languages?"); };
    editor_refused: |driver| { driver.press("e Ctrl+U Tab"); };
    review: |driver| { driver.press("2"); };
    review_under_way: |driver| { driver.press("2 y n").write("nothing is sent").press("Enter"); };
    review_note: |driver| { driver.press("2 n").write("nothing is sent"); };
    review_rejection: |driver| { driver.press("2 y n").write("nothing is sent").press("Enter y r"); };
    review_waiver: |driver| { driver.press("2 y c y a"); };
    review_queue: |driver| { driver.press("2 Esc"); };
    review_second_round: |driver| {
        driver.press("2 n").write("not on mine").press("Enter y y r Enter");
        driver.press("1 g j j j j > > 2 Esc g Enter");
    };
    review_rounds: |driver| {
        driver.press("2 n").write("not on mine").press("Enter y y r Enter");
        driver.press("1 g j j j j > > 2 Esc g Enter y g Enter");
    };
    settings: |driver| { driver.press("5 j"); };
    settings_list: |driver| { driver.press("5 j j j j j j j j j j Enter j n").write("Told"); };
    settings_refused: |driver| { driver.press("5 j e Ctrl+U").write("1x").press("Enter"); };
    settings_choice: |driver| { driver.press("5 G k Enter w r"); };
    failure: |driver| {
        driver.saves = false;
        driver.press("J").input(Input::SaveFailed("The disk is full. Make room on it.".to_owned()));
    };
    failure_quit: |driver| {
        driver.saves = false;
        driver.press("J").input(Input::SaveFailed("The disk is full. Make room on it.".to_owned()));
        driver.press("q");
    };
    contested: |driver| {
        driver.saves = false;
        driver.press(". 5 Esc");
        let act = Arc::clone(&driver.unsaved[0]);
        let subject = Subject::Story(driver.backlog().find("WEB-1").unwrap().id);
        let fields = vec![("estimate".to_owned(), "5".to_owned(), "8".to_owned())];
        driver.input(Input::Conflict(Box::new(Conflict { act, subject, fields })));
    };
    groups: |driver| { driver.press("F s j j z"); };
    views_menu: |driver| { driver.press("F s f +").write("Board").press("Enter f"); };
    refine: |driver| {
        driver.press("j j R n").write("Only for the countries we send to").press("Enter");
        driver.press("i").write("not to Switzerland").press("Enter a").write("All of the EU");
    };
    split_ways: |driver| { driver.press("j j |"); };
    split: |driver| { driver.press("j j | r Enter 1 0"); };
    merge: |driver| { driver.press("space space &"); };
    news: |driver| { driver.press("u"); };
}

#[test]
fn welcome() {
    for (width, height) in SIZES {
        let mut driver = Driver::welcome();
        driver.resize(width, height);
        compare(&format!("welcome@{width}x{height}"), &driver);
        driver.press("n").write("Tea shop");
        compare(&format!("welcome_name@{width}x{height}"), &driver);
        driver.press("Esc i");
        compare(&format!("welcome_import@{width}x{height}"), &driver);
    }
}

#[test]
fn empty_backlog() {
    for (width, height) in SIZES {
        let mut driver = Driver::on(&World::empty().backlog);
        driver.resize(width, height);
        compare(&format!("empty_backlog@{width}x{height}"), &driver);
        driver.press("2");
        compare(&format!("empty_review@{width}x{height}"), &driver);
    }
}

#[test]
fn insights() {
    for (width, height) in SIZES {
        let mut driver = Driver::on(&demo());
        driver.press("4").resize(width, height);
        compare(&format!("insights@{width}x{height}"), &driver);
        driver.press("G ] ] ] ] ]");
        compare(&format!("insights_chosen@{width}x{height}"), &driver);
        let mut driver = Driver::on(&World::empty().backlog);
        driver.press("4").resize(width, height);
        compare(&format!("empty_insights@{width}x{height}"), &driver);
    }
}

#[test]
fn discovery() {
    let ways = [
        ("", ""),
        ("_problem", "j Enter"),
        ("_folded", "Z G z j"),
        ("_evidence", "j v"),
        ("_edit", "j e"),
        ("_state", "j s"),
        ("_loose", "o"),
        ("_learn", "L y"),
        ("_help", "?"),
        ("_part", "j Enter j"),
        ("_search", "/"),
    ];
    for (width, height) in SIZES {
        for (name, keys) in ways {
            let mut driver = Driver::on(&World::discovery().backlog);
            driver.resize(width, height).press("3").press(keys);
            if name == "_evidence" {
                driver.write("ticket Ana: cannot find the button !2");
            }
            if name == "_search" {
                driver.write("parcel");
            }
            compare(&format!("discovery{name}@{width}x{height}"), &driver);
        }
        let mut driver = Driver::on(&World::discovery().backlog);
        driver
            .resize(width, height)
            .press("P Ctrl+U")
            .write("parcel");
        compare(&format!("link_problem@{width}x{height}"), &driver);
        driver
            .press("Esc 2 Esc g Enter a")
            .write("good enough")
            .press("Enter");
        compare(&format!("ask_for_check@{width}x{height}"), &driver);
        let mut driver = Driver::on(&World::empty().backlog);
        driver.press("3").resize(width, height);
        compare(&format!("empty_discovery@{width}x{height}"), &driver);
    }
}

#[test]
fn since_last_time() {
    for (width, height) in SIZES {
        let mut world = World::discovery();
        let left = remembered(&world.backlog);
        meanwhile(&mut world);
        let mut driver = Driver::on(&world.backlog);
        driver.resize(width, height).input(left);
        compare(&format!("since_notice@{width}x{height}"), &driver);
        driver.press("W");
        compare(&format!("since@{width}x{height}"), &driver);
    }
}

#[test]
fn window_too_small() {
    let driver = sample((39, 9), Theme::FULL);
    compare("window_too_small", &driver);
}

#[test]
fn without_colour_and_with_plain_signs() {
    let looks = [
        (
            "no_color",
            Theme {
                color: false,
                ..Theme::FULL
            },
        ),
        (
            "ascii",
            Theme {
                ascii: true,
                ..Theme::FULL
            },
        ),
    ];
    for (name, theme) in looks {
        let mut driver = sample((80, 24), theme);
        compare(&format!("{name}_backlog"), &driver);
        driver.press("s");
        compare(&format!("{name}_menu"), &driver);
        driver.press("Esc 2");
        compare(&format!("{name}_review"), &driver);
        driver.press("5 j j j j j j j j j j Enter j");
        compare(&format!("{name}_settings"), &driver);
        let demo = demo();
        let stories = demo.stories().map(|story| (**story).clone()).collect();
        let product = Product::clone(demo.product());
        let mut driver = Driver::with(product, stories, (120, 36), theme);
        driver.press("4");
        compare(&format!("{name}_insights"), &driver);
        let discovery = World::discovery().backlog;
        let stories = discovery.stories().map(|story| (**story).clone()).collect();
        let product = Product::clone(discovery.product());
        let mut driver = Driver::with(product, stories, (120, 36), theme);
        driver.learn_problems(&discovery).press("3 j");
        compare(&format!("{name}_discovery"), &driver);
    }
}
