//! What the page for a sprint review looks like.

use jiff::tz::TimeZone;

use super::*;
use crate::model::{
    Change, Draft, Iterations, NewStory, Place, Product, Reason, Stamp, Step, Title, Within,
};

/// When everything happens: in the second one-week iteration.
fn at(day: u32) -> Timestamp {
    format!("2026-11-{day:02}T09:00:00Z").parse().unwrap()
}

/// A backlog with an accepted story, one accepted by a waiver, a rejected and a started one.
fn backlog() -> Backlog {
    let mut product = Product::new("Web & <Shop>", None).unwrap();
    let mut iterations = Iterations::usual("2026-11-02".parse().unwrap());
    iterations.weeks = Within::clamped(1);
    product.iterations = Some(iterations);
    let mut backlog = Backlog::new(product);
    let titles = ["Pay", "Return <script>alert(1)</script>", "Log in", "Wrap"];
    for (number, title) in (1..).zip(titles) {
        let draft = Draft {
            estimate: Some(Points::whole(number)),
            criteria: vec![crate::model::Prose::parse("It works")],
            ..Draft::titled(Title::parse(title).unwrap())
        };
        let id = StoryId::new(uuid::Uuid::from_u128(u128::from(number)));
        let place = Place::Bottom;
        let steps = [Step::Agree, Step::Start, Step::Deliver].map(|step| Change::Step {
            story: id,
            step,
            reason: None,
        });
        let last = if number == 4 { 2 } else { 3 };
        let new = NewStory { id, draft, place };
        let changes =
            std::iter::once(Change::Add(Box::new(new))).chain(steps.into_iter().take(last));
        let changes: Vec<Change> = changes.collect();
        let stamp = Stamp::new(at(9), "Ana");
        backlog.apply_all(&changes, &stamp).unwrap();
    }
    let ids: Vec<StoryId> = backlog.open().collect();
    let reason = |text| Some(Reason::parse(text).unwrap());
    let judged = Change::Judge {
        story: ids[0],
        criterion: "c1".to_owned(),
        verdict: Some(crate::model::Verdict::Met),
    };
    let story = ids[0];
    let note = reason("on staging");
    let accept = Change::Accept {
        story,
        reason: note,
    };
    backlog
        .apply_all(&[judged, accept], &Stamp::new(at(10), "Ana"))
        .unwrap();
    let story = ids[1];
    let waiver = reason("the mail\ncan \"follow\" & <wait>");
    let good_enough = Change::Accept {
        story,
        reason: waiver,
    };
    backlog
        .apply_all(&[good_enough], &Stamp::new(at(11), "Ben"))
        .unwrap();
    let story = ids[2];
    let why = reason("shows 1 Jan 1970");
    let reject = Change::Reject { story, reason: why };
    backlog
        .apply_all(&[reject], &Stamp::new(at(12), "Ana"))
        .unwrap();
    backlog
}

fn page(backlog: &Backlog, number: i32, format: PageFormat) -> String {
    let now = at(13);
    let calendar = Calendar::of(backlog, now, &TimeZone::UTC);
    let pace = Pace::measure(backlog, &calendar, now);
    let period = (calendar.begins(number), calendar.begins(number + 1));
    let meeting = Meeting::of(backlog, &calendar, period, now);
    let told = Told {
        backlog,
        calendar: &calendar,
        pace: &pace,
        meeting: &meeting,
        about: About::Iteration(number),
    };
    write(&told, format)
}

#[test]
fn markdown_reads_as_a_page_for_the_meeting() {
    let text = page(&backlog(), 2, PageFormat::Markdown);
    let expected = "\
# Web & \\<Shop>: iteration 2

*2026-11-09 to 2026-11-15, which still goes on*

## Accepted: 2 stories, 3 points

- **WEB-1** Pay (1 point, 2026-11-10, Ana)
  - Note: on staging
- **WEB-2** Return \\<script>alert(1)\\</script> (2 points, 2026-11-11, Ben)
  - Waiver: the mail  
    can \"follow\" & \\<wait>

## Rejected: once

- **WEB-3** Log in (3 points, 2026-11-12, Ana, round 1)
  - Reason: shows 1 Jan 1970

## Carried over: 2 stories

- **WEB-3** Log in (3 points, rejected)
- **WEB-4** Wrap (4 points, started)

## Velocity

10 points an iteration, a guess, because no iteration with an accepted story is completed yet.

| Iteration | Days | Stories | Points |
|---:|---|---:|---:|
| **2** | 2026-11-09 to 2026-11-15, goes on | 2 | 3 |
";
    assert_eq!(text, expected);
}

#[test]
fn points_that_make_no_velocity_are_said_to_be_so_in_their_place() {
    let mut backlog = backlog();
    let mut story = Story::clone(backlog.find("WEB-2").unwrap());
    story.kind = crate::model::Kind::Bug;
    backlog.adopt(story.id, Some(std::sync::Arc::new(story)));
    let text = page(&backlog, 2, PageFormat::Markdown);
    assert!(text.contains("## Accepted: 2 stories, 1 point\n"), "{text}");
    let said = "(2 points, not counted: a bug, 2026-11-11, Ben)\n";
    assert!(text.contains(said), "{text}");
    assert!(page(&backlog, 2, PageFormat::Html).contains("not counted: a bug"));
}

#[test]
fn what_is_carried_over_comes_with_its_open_questions() {
    let mut backlog = backlog();
    let mut story = Story::clone(backlog.find("WEB-3").unwrap());
    let answered = crate::model::Question {
        answer: crate::model::Prose::parse("All."),
        ..crate::model::Question::new("Which browsers?")
    };
    story.questions = vec![
        answered,
        crate::model::Question::new("# Which\ncurrencies?"),
    ];
    backlog.adopt(story.id, Some(std::sync::Arc::new(story)));
    let text = page(&backlog, 2, PageFormat::Markdown);
    let said =
        "- **WEB-3** Log in (3 points, rejected)\n  - Open question: # Which  \n    currencies?\n";
    assert!(text.contains(said), "{text}");
    assert!(!text.contains("Which browsers?"), "{text}");
}

#[test]
fn html_is_one_file_without_scripts_and_with_every_word_escaped() {
    let text = page(&backlog(), 2, PageFormat::Html);
    assert!(text.starts_with("<!doctype html>") && text.ends_with("</html>\n"));
    for absent in [
        "<script", "src=", "href=", "url(", "<wait>", "<Shop>", "@import",
    ] {
        assert!(!text.contains(absent), "{absent}: {text}");
    }
    for present in [
        "<title>Web &amp; &lt;Shop&gt;: iteration 2</title>",
        "Return &lt;script&gt;alert(1)&lt;/script&gt;",
        "Waiver: the mail\ncan &quot;follow&quot; &amp; &lt;wait&gt;",
        "<svg viewBox",
        "<title>Iteration 2, 2026-11-09 to 2026-11-15: 3 points</title>",
        "default-src 'none'",
    ] {
        assert!(text.contains(present), "{present}: {text}");
    }
}

#[test]
fn a_page_of_an_empty_iteration_says_so() {
    let mut backlog = backlog();
    let product = (**backlog.product()).clone();
    backlog = Backlog::new(product);
    let text = page(&backlog, 2, PageFormat::Markdown);
    for said in [
        "## Accepted: 0 stories, 0 points\n\nNothing was accepted.",
        "## Rejected: none\n\nNothing was rejected.",
        "## Carried over: 0 stories\n\nNothing is carried over.",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(page(&backlog, 2, PageFormat::Html).contains("Nothing was accepted."));
}

#[test]
fn control_characters_and_turned_text_do_not_get_out() {
    let mut backlog = backlog();
    let mut story = Story::clone(backlog.stories().next().unwrap());
    let hostile = serde_json::json!("a\u{1b}[2J\u{202e}b");
    story.title = serde_json::from_value(hostile).unwrap();
    let id = story.id;
    backlog.adopt(id, Some(std::sync::Arc::new(story)));
    for format in [PageFormat::Markdown, PageFormat::Html] {
        let text = page(&backlog, 2, format);
        assert!(
            !text.contains('\u{1b}') && !text.contains('\u{202e}'),
            "{text:?}"
        );
    }
}
