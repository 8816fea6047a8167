//! Every setting: text in, product out, and text again; and what is refused.

use super::*;
use crate::model::{Iterations, Kind, Line};

fn now() -> Timestamp {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

/// A product with something set everywhere.
fn product() -> Product {
    serde_json::from_str(
        r#"{"format":1,"name":"Webshop","key":"WEB","personas":["guest","returning customer"],
        "done":["Help page updated","Released to staging"],
        "iterations":{"start":"2026-11-02","capacity":{"12":50},"tool":"x"},"scores":["wsjf","rice"],
        "templates":{"bug":{"criteria":["It is gone","Given a bug\nThen none"],"notes":"Steps:\nSeen:","colour":"red"}},
        "views":[{"name":"Next","query":"is:ready","key":"n","group":"epic","colour":"red"},{"name":"All"}]}"#,
    )
    .unwrap()
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn set(setting: Setting, to: &str) -> Result<Product, Refusal> {
    setting.after(&product(), &Deed::Set(texts(&[to])), now())
}

fn done(setting: Setting, deed: &Deed) -> String {
    let after = setting.after(&product(), deed, now()).unwrap();
    setting.text(&after)
}

fn refused(setting: Setting, to: &str) -> String {
    set(setting, to).unwrap_err().to_string()
}

#[test]
fn the_rows_of_the_table_stand_where_their_settings_are_looked_up() {
    for (place, setting) in Setting::ALL.into_iter().enumerate() {
        assert_eq!(setting as usize, place, "{setting:?}");
        assert_eq!(Setting::named(setting.name()), Some(setting));
    }
}

#[test]
fn every_setting_is_explained_in_sentences() {
    for setting in Setting::ALL {
        assert!(setting.about().ends_with('.'), "{setting:?}");
        assert!(!setting.about().contains("  "), "{setting:?}");
        assert!(!setting.title().is_empty() && !setting.group().is_empty());
    }
}

#[test]
fn every_setting_takes_what_it_shows() {
    for (setting, typed, shown) in [
        (Setting::Name, " Tea   shop ", "Tea   shop"),
        (Setting::Key, "tea", "TEA"),
        (Setting::Personas, "guest, host,, ", "guest, host"),
        (Setting::Personas, "", ""),
        (Setting::ReadyCriteria, "0", "0"),
        (Setting::ReadyAnswers, "No", "no"),
        (Setting::ReadyBenefit, "true", "yes"),
        (Setting::ReadyEstimate, "yes", "yes"),
        (Setting::ReadyProblem, "yes", "yes"),
        (Setting::ReadySound, "yes", "yes"),
        (
            Setting::ReadyLines,
            "Sketch seen\nCosts known",
            "Sketch seen; Costs known",
        ),
        (Setting::Done, "Tested\nTold", "Tested; Told"),
        (Setting::Done, "", ""),
        (Setting::Scale, "0.5, 1,2", "0.5, 1, 2"),
        (Setting::Scale, "", ""),
        (Setting::Scale, "None", ""),
        (Setting::Start, "2027-01-04", "2027-01-04"),
        (Setting::Start, "None", ""),
        (Setting::Start, "", ""),
        (Setting::Weeks, "1", "1"),
        (Setting::Window, "4", "4"),
        (Setting::Counts, "Bug, feature", "bug, feature"),
        (Setting::Capacity, "13 = 80, 9=50%", "9=50%, 13=80%"),
        (Setting::Capacity, "", ""),
        (
            Setting::FeatureCriteria,
            "Given a phone\nThen it works",
            "Given a phone\nThen it works",
        ),
        (Setting::BugCriteria, "", ""),
        (Setting::BugNotes, " Who?\nWhen? ", "Who?\nWhen?"),
        (
            Setting::ChoreCriteria,
            "Users see nothing",
            "Users see nothing",
        ),
        (Setting::ChoreNotes, "Why now?", "Why now?"),
        (Setting::SpikeCriteria, "", ""),
        (Setting::SpikeNotes, "", ""),
        (
            Setting::Scores,
            "MoSCoW,value/effort",
            "moscow, value-effort",
        ),
        (Setting::Scores, "", ""),
        (
            Setting::Views,
            "Mine | label:mine |  | label",
            "Mine | label:mine |  | label",
        ),
        (Setting::Views, "Next", "Next"),
        (Setting::Views, "", ""),
        (Setting::LintOff, "Vague, similar", "vague, similar"),
        (Setting::LintOff, "", ""),
        (Setting::LintVague, "snappy, as usual", "snappy, as usual"),
        (Setting::LintCriteria, "5", "5"),
        (Setting::LintBlockers, "0", "0"),
        (Setting::LintTitle, "80", "80"),
    ] {
        let after = set(setting, typed).unwrap();
        assert_eq!(setting.text(&after), shown, "{setting:?}");
        let again = Deed::Set(setting.entries(&after));
        assert_eq!(
            setting.after(&after, &again, now()),
            Ok(after),
            "{setting:?}"
        );
    }
}

#[test]
fn what_is_set_is_all_that_changes() {
    for setting in Setting::ALL {
        let entries = Deed::Set(setting.entries(&product()));
        assert_eq!(setting.after(&product(), &entries, now()), Ok(product()));
    }
    let after = set(Setting::Weeks, "3").unwrap();
    let changed: Vec<Setting> = Setting::ALL
        .into_iter()
        .filter(|setting| setting.entries(&after) != setting.entries(&product()))
        .collect();
    assert_eq!(changed, [Setting::Weeks]);
}

#[test]
fn what_does_not_fit_is_refused_with_what_does() {
    for (setting, typed, said) in [
        (Setting::Name, " - ", "A product needs a name"),
        (Setting::Name, "", "A product needs a name"),
        (Setting::Key, "1A", "is no key prefix. Use 1 to 10 letters"),
        (
            Setting::Personas,
            "guest, Guest",
            "The persona `Guest` is there already.",
        ),
        (
            Setting::ReadyCriteria,
            "100",
            "100 is out of range. Use a number from 0 to 99.",
        ),
        (
            Setting::ReadyCriteria,
            "many",
            "`many` is no whole number. Use one from 0 to 99.",
        ),
        (
            Setting::ReadyAnswers,
            "maybe",
            "`maybe` is no answer. Use one of: yes, no.",
        ),
        (
            Setting::Done,
            "Tested\ntested",
            "The line `tested` is there already.",
        ),
        (Setting::Scale, "1, many", "`many` is no estimate."),
        (
            Setting::Scale,
            "1, 1.0",
            "The estimate `1.0` is there already.",
        ),
        (
            Setting::Start,
            "2026-02-30",
            "`2026-02-30` is no day. Write it with year, month and day",
        ),
        (
            Setting::Weeks,
            "5",
            "5 is out of range. Use a number from 1 to 4.",
        ),
        (
            Setting::Window,
            "0",
            "0 is out of range. Use a number from 1 to 4.",
        ),
        (
            Setting::Counts,
            "epic",
            "`epic` is no kind. Use one of: feature, bug, chore, spike.",
        ),
        (
            Setting::Counts,
            " ",
            "Without one kind the kinds that count would be empty.",
        ),
        (Setting::Capacity, "12", "`12` is no capacity."),
        (Setting::Capacity, "0=50%", "`0=50%` is no capacity."),
        (
            Setting::Capacity,
            "12=1001%",
            "up to 1000 per cent, such as 12=50%.",
        ),
        (
            Setting::Capacity,
            "12=50%, 12=60%",
            "The iteration `12` is there already.",
        ),
        (Setting::Scores, "gut", "`gut` is no way to score."),
        (
            Setting::LintOff,
            "vague, spelling",
            "`spelling` is no rule of the linter. Use one of: well-formed, atomic,",
        ),
        (
            Setting::LintOff,
            "vague, VAGUE",
            "The rule `vague` is there already.",
        ),
        (
            Setting::LintCriteria,
            "0",
            "0 is out of range. Use a number from 1 to 99.",
        ),
        (
            Setting::LintTitle,
            "500",
            "500 is out of range. Use a number from 10 to 250.",
        ),
        (
            Setting::Scores,
            "rice, RICE",
            "The way to score `RICE` is there already.",
        ),
        (
            Setting::Views,
            " | is:ready",
            "is no view. Write it as NAME | QUERY | KEY | GROUP",
        ),
        (Setting::Views, "a|b|c|epic|e", "is no view."),
        (
            Setting::Views,
            "Next | status:nowhere",
            "The query of Next cannot be used.",
        ),
        (
            Setting::Views,
            "Next | | nn",
            "`nn` cannot be the key of Next.",
        ),
        (
            Setting::Views,
            "Next | | n | team",
            "`team` is no grouping.",
        ),
        (
            Setting::Views,
            "Next\nnext",
            "The view `next` is there already.",
        ),
        (
            Setting::Views,
            "A||x\nB||x",
            "A and B would both have the key x.",
        ),
    ] {
        let refusal = refused(setting, typed);
        assert!(refusal.contains(said), "{setting:?} {typed}: {refusal}");
        assert!(refusal.ends_with('.'), "{refusal}");
    }
}

#[test]
fn entries_are_added_removed_replaced_and_moved() {
    let entry = |text: &str| text.to_owned();
    for (setting, deed, shown) in [
        (
            Setting::Personas,
            Deed::Add(texts(&["host, cook"])),
            "guest, returning customer, host, cook",
        ),
        (
            Setting::Personas,
            Deed::Remove(texts(&["GUEST"])),
            "returning customer",
        ),
        (
            Setting::Done,
            Deed::Add(texts(&["Tested, and told"])),
            "Help page updated; Released to staging; Tested, and told",
        ),
        (
            Setting::Done,
            Deed::Raise(entry("Released to staging")),
            "Released to staging; Help page updated",
        ),
        (
            Setting::Done,
            Deed::Raise(entry("Help page updated")),
            "Help page updated; Released to staging",
        ),
        (
            Setting::Done,
            Deed::Lower(entry("Help page updated")),
            "Released to staging; Help page updated",
        ),
        (
            Setting::Done,
            Deed::Lower(entry("Released to staging")),
            "Help page updated; Released to staging",
        ),
        (
            Setting::Done,
            Deed::Replace {
                old: entry("Help page updated"),
                new: entry("Help updated"),
            },
            "Help updated; Released to staging",
        ),
        (
            Setting::Scale,
            Deed::Remove(texts(&["13.0", "1"])),
            "2, 3, 5, 8",
        ),
        (Setting::Capacity, Deed::Remove(texts(&["12"])), ""),
        (Setting::Counts, Deed::Add(texts(&["bug"])), "feature, bug"),
        (Setting::Scores, Deed::First(entry("rice")), "rice, wsjf"),
        (Setting::Scores, Deed::Remove(texts(&["WSJF"])), "rice"),
        (Setting::Views, Deed::Remove(texts(&["next"])), "All"),
    ] {
        assert_eq!(done(setting, &deed), shown, "{deed:?}");
    }
}

#[test]
fn an_entry_that_is_not_there_cannot_go() {
    let deed = Deed::Remove(texts(&["ghost"]));
    let refusal = Setting::Personas
        .after(&product(), &deed, now())
        .unwrap_err();
    assert!(
        refusal
            .to_string()
            .starts_with("There is no `ghost` in personas.")
    );
}

#[test]
fn a_single_value_is_no_list() {
    let deed = Deed::Add(texts(&["x"]));
    let refusal = Setting::Name.after(&product(), &deed, now()).unwrap_err();
    assert!(refusal.to_string().starts_with("name has one value"));
}

#[test]
fn without_a_first_day_nothing_of_iterations_can_be_set() {
    let without = set(Setting::Start, "none").unwrap();
    assert_eq!(without.iterations, None);
    for (setting, to) in [
        (Setting::Weeks, "2"),
        (Setting::Window, "2"),
        (Setting::Counts, "bug"),
        (Setting::Capacity, "1=50%"),
    ] {
        assert_eq!(setting.text(&without), "");
        let refusal = setting
            .after(&without, &Deed::Set(texts(&[to])), now())
            .unwrap_err();
        assert!(
            refusal.to_string().contains("Set their first day first"),
            "{refusal}"
        );
    }
    let begun = Setting::Start
        .after(&without, &Deed::Set(texts(&["2026-11-02"])), now())
        .unwrap();
    assert_eq!(
        begun.iterations,
        Some(Iterations::usual("2026-11-02".parse().unwrap()))
    );
}

#[test]
fn fields_of_newer_versions_stay() {
    let moved = set(Setting::Start, "2027-01-04")
        .unwrap()
        .iterations
        .unwrap();
    assert_eq!(
        (moved.extra["tool"].as_str(), moved.capacity[&12]),
        (Some("x"), 50)
    );
    for (old, new) in [
        ("Next | is:ready | n | epic", "Next | is:blocked"),
        ("Next | is:ready | n | epic", "Soon | is:ready"),
    ] {
        let deed = Deed::Replace {
            old: old.to_owned(),
            new: new.to_owned(),
        };
        let after = Setting::Views.after(&product(), &deed, now()).unwrap();
        assert_eq!(after.views[0].extra["colour"], "red", "{new}");
    }
    let deed = Deed::Add(texts(&["Later"]));
    let after = Setting::Views.after(&product(), &deed, now()).unwrap();
    assert!(after.views[2].extra.is_empty());
}

#[test]
fn a_fault_that_was_there_before_keeps_nobody_from_another_change() {
    let mut odd = product();
    odd.personas.push(Line::parse("Guest"));
    odd.views[1].key = Some('n');
    odd.views[1].query = Line::parse("status:nowhere");
    let add = |setting: Setting, text: &str| setting.after(&odd, &Deed::Add(texts(&[text])), now());
    assert_eq!(add(Setting::Personas, "host").unwrap().personas.len(), 4);
    assert!(add(Setting::Personas, "guest").is_err());
    assert_eq!(add(Setting::Views, "Later | | l").unwrap().views.len(), 3);
    assert!(add(Setting::Views, "Later | | n").is_err());
}

#[test]
fn a_bar_in_a_view_is_no_end_of_a_part() {
    let mut odd = product();
    odd.views[1].name = Line::parse("a\\|b | c");
    let entry = Setting::Views.entries(&odd)[1].clone();
    let after = set(Setting::Views, &entry).unwrap();
    assert_eq!(after.views[0].name.as_str(), "a\\|b | c");
}

#[test]
fn estimates_are_not_asked_for_where_the_team_gives_none() {
    let without = set(Setting::Scale, "none").unwrap();
    assert!(!without.has_estimates());
    let ask = Deed::Set(texts(&["yes"]));
    let refused = Setting::ReadyEstimate
        .after(&without, &ask, now())
        .unwrap_err();
    assert_eq!(
        refused.to_string(),
        "The team gives no estimates. Set the estimates to choose from first (scale)."
    );
    let asking = set(Setting::ReadyEstimate, "yes").unwrap();
    let none = Deed::Set(texts(&["none"]));
    let refused = Setting::Scale.after(&asking, &none, now()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "A story needs an estimate before it is agreed. Take that back first (ready.estimate)."
    );
}

#[test]
fn acts_are_called_by_what_they_change() {
    for (setting, to, told) in [
        (Setting::Name, "Shop", "change the product's name"),
        (
            Setting::ReadyEstimate,
            "yes",
            "change the definition of ready",
        ),
        (Setting::Done, "Told", "change the definition of done"),
        (Setting::Start, "none", "change the first day of iterations"),
        (Setting::Weeks, "1", "change the length of iterations"),
        (Setting::Views, "All", "change the views"),
    ] {
        assert_eq!(product().told_change(&set(setting, to).unwrap()), told);
    }
    let mut both = product();
    both.ready.estimate = true;
    both.ready.benefit = true;
    assert_eq!(
        product().told_change(&both),
        "change the definition of ready"
    );
    both.done.clear();
    assert_eq!(product().told_change(&both), "change the settings");
}

#[test]
fn a_wrong_name_leads_to_the_nearest() {
    let names = |word: &str| -> Vec<&str> {
        Setting::nearest(word)
            .into_iter()
            .map(Setting::name)
            .collect()
    };
    assert_eq!(names("iterations.st"), ["iterations.start"]);
    assert_eq!(names("ready").len(), 7);
    assert_eq!(names("persona"), ["personas"]);
    assert_eq!(names("redy").len(), 7);
    assert_eq!(names("weks"), ["iterations.weeks"]);
    assert_eq!(names("Nmae"), ["name"]);
    assert_eq!(names("colour"), [""; 0]);
    assert_eq!(names(""), [""; 0]);
}

#[test]
fn closed_lists_have_all_their_words() {
    assert_eq!(Setting::Counts.choices().len(), Kind::ALL.len());
    for setting in Setting::ALL {
        let is_closed = setting.shape() == Shape::Choices;
        assert_eq!(!setting.choices().is_empty(), is_closed, "{setting:?}");
        // A list of some words is told whole.
        for (word, _) in setting.choices() {
            let is_told = setting == Setting::LintOff || setting.form().contains(word);
            assert!(is_told, "{setting:?}: {word}");
        }
    }
}
