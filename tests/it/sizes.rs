//! Every screen at every size, with wide and hostile text: nothing panics, and nothing raw reaches a cell.

use backstory::model::{Act, Belief, Edit, Memory};
use backstory::ui::{Input, Theme};
use jiff::tz::TimeZone;

use crate::preview::show_order;
use crate::support::driver::Driver;
use crate::support::world::World;

const HOSTILE: &str = "a\u{202e}b 👨‍👩‍👧‍👦 日本語テキスト \u{200b}e\u{301}\u{301} \u{feff}العربية ﷽ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 x";

fn hostile() -> World {
    let mut world = World::discovery();
    let text = HOSTILE.repeat(3);
    let problem = world.problem(&text, None);
    world.heard(problem, jiff::civil::date(2026, 11, 1), &text, &text, 3);
    world.believe(problem, Belief::Refuted, Some(&text));
    world.solves("WEB-2", problem);
    world.outcome(&text);
    for key in ["WEB-1", "WEB-6", "WEB-7"] {
        let id = world.id(key);
        if key == "WEB-1" {
            world.edit(
                id,
                Edit::Title(backstory::model::Title::parse(&text).unwrap()),
            );
            world.notes(id, &format!("{text}\n\n\t- {text}\n{text}"));
        }
        world.criteria(id, &[&text, "short", &format!("{text}\n{text}")]);
    }
    world
}

/// The ways to every screen and box.
const WAYS: &[&str] = &[
    "",
    "Enter",
    "/",
    "/ d a t e",
    "m j j",
    "m 3",
    ".",
    ". .",
    "space space v",
    "n A s",
    "* c",
    "* c 1 2 Enter",
    "* c 1 Esc - space space c",
    "C",
    "c 1 Esc",
    ",",
    ", w 8",
    ", r 1 2",
    ", w 1 1 1 8 8 8 8 1 Esc S",
    ", m m s m Esc D",
    "s",
    "x",
    "l",
    "e",
    "e Tab Tab Tab Tab",
    "2",
    "2 y n",
    "2 Esc",
    "2 r",
    "2 a",
    "3",
    "3 G z G",
    "3 j Enter G",
    "3 j v i n t",
    "3 j e a x",
    "3 s",
    "3 j s r",
    "3 o G Enter x",
    "3 L y o",
    "P x",
    "2 Esc g Enter a w h y Enter",
    "4",
    "4 G ]",
    "4 ] ] ]",
    "5",
    "5 j j j j j j j j j j Enter j n",
    "5 j e x",
    "5 G k Enter w",
    "?",
    ":",
    "F s z",
    "F s Z f",
    "R n A Enter i b Enter o c Enter",
    "R T n",
    "|",
    "| p",
    "| p Enter 2 0",
    "* &",
    "& W",
    "2 ?",
    "e F1",
    "Ctrl+P r e",
    PREVIEW,
    "preview Tab",
    SINCE,
    "since W G",
];

/// What has happened needs to be read first.
const SINCE: &str = "since";

/// The way to a box that the app opens by itself.
const PREVIEW: &str = "preview";

fn go(driver: &mut Driver, way: &str) {
    driver.press("g");
    if let Some(keys) = way.strip_prefix(PREVIEW) {
        show_order(driver, "WEB-6 WEB-7 WEB-4 WEB-2 WEB-1");
        driver.press(keys);
    } else if let Some(keys) = way.strip_prefix(SINCE) {
        let then = "2026-11-01T09:00:00Z".parse().unwrap();
        let memory = Memory::recalled(driver.backlog(), &[] as &[Act], then, &TimeZone::UTC);
        driver.input(Input::Remembered(Box::new(memory), true));
        driver.press(keys);
    } else {
        driver.press(way);
    }
}

#[test]
fn no_screen_panics_at_any_size() {
    let world = hostile();
    for way in WAYS {
        let mut driver = Driver::on(&world.backlog);
        go(&mut driver, way);
        let widths =
            (0..=120).flat_map(|width| [0, 1, 2, 9, 10, 11, 24].map(|height| (width, height)));
        let heights = (0..=40).flat_map(|height| {
            [0, 1, 3, 39, 40, 41, 80, 99, 100, 120].map(|width| (width, height))
        });
        for (width, height) in widths.chain(heights) {
            driver.resize(width, height);
        }
    }
}

#[test]
fn what_is_hostile_never_reaches_a_cell() {
    let world = hostile();
    for way in WAYS {
        let mut driver = Driver::on(&world.backlog);
        go(&mut driver, way);
        for (width, height) in [(120, 36), (80, 24), (41, 12)] {
            driver.resize(width, height);
            let screen = driver.screen();
            let raw = |c: char| {
                c != '\n'
                    && (c.is_control()
                        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{200b}' | '\u{feff}'))
            };
            assert!(!screen.contains(raw), "{way}: {screen:?}");
        }
    }
}

#[test]
fn plain_terminals_get_plain_signs() {
    let world = World::discovery();
    for way in WAYS {
        let theme = Theme {
            color: false,
            ascii: true,
        };
        let stories = world
            .backlog
            .stories()
            .map(|story| backstory::model::Story::clone(story))
            .collect();
        let mut driver = Driver::with(
            backstory::model::Product::clone(world.backlog.product()),
            stories,
            (100, 30),
            theme,
        );
        driver.learn_problems(&world.backlog);
        go(&mut driver, way);
        let screen = driver.screen();
        let odd: Vec<char> = screen.chars().filter(|c| !c.is_ascii()).collect();
        assert!(odd.is_empty(), "{way}: {odd:?}\n{screen}");
    }
}

#[test]
fn a_tiny_window_says_so() {
    let world = World::sample();
    Driver::on(&world.backlog)
        .resize(39, 9)
        .expect("The window is too small")
        .resize(40, 10)
        .expect("WEB-1");
}
