//! Rounds of review, written out: those that ended, and the sheet of the one that goes on.

use jiff::tz::TimeZone;

use super::{day, times};
use crate::cli::context::zone;
use crate::cli::print::{Cell, Out, Role, Table};
use crate::language::rewording::marked;
use crate::model::{Agreement, Backlog, Criterion, Outcome, Prose, Round, Status, Story};

/// More rounds than this do not fit beside each other; the last ones tell most.
const BESIDE: usize = 4;

/// Writes every round of a story, and what came of each criterion from round to round.
pub(super) fn rounds(story: &Story, zone: &TimeZone, out: &mut Out) {
    side_by_side(story, out);
    for round in &story.reviews {
        out.gap();
        let head = format!("Review, round {}", round.round);
        let how = match round.outcome {
            None => "goes on".to_owned(),
            Some(Outcome::Accepted) if round.is_waived() => "accepted by waiver".to_owned(),
            Some(outcome) => outcome.word().to_owned(),
        };
        let more = format!(" ({how}, {} by {})", day(round.at, zone), round.by);
        out.painted_line(&[(&head, Role::Strong), (&more, Role::Faint)]);
        verdicts(round, story, zone, out);
        let why = match round.outcome {
            Some(Outcome::Accepted) => "  waiver: ",
            Some(Outcome::Rejected) | None => "  reason: ",
        };
        for (head, text) in [(why, &round.reason), ("  note: ", &round.note)] {
            if let Some(text) = text {
                out.block(head, text);
            }
        }
    }
}

/// Writes the last rounds as columns, where there are several.
fn side_by_side(story: &Story, out: &mut Out) {
    let skipped = story.reviews.len().saturating_sub(BESIDE);
    let rounds = story.reviews.get(skipped..).unwrap_or_default();
    if story.reviews.len() < 2 {
        return;
    }
    out.gap();
    out.painted_line(&[("Rounds side by side", Role::Strong)]);
    let mut table = Table::new(rounds.len() + 1);
    let heads = rounds
        .iter()
        .map(|round| Cell::text(&format!("round {}", round.round)));
    let heads = heads.map(|head| head.role(Role::Faint));
    let empty = || Cell::text("");
    table.row(
        [empty()]
            .into_iter()
            .chain(heads)
            .chain([empty()])
            .collect::<Vec<_>>(),
    );
    let mut is_outdated = false;
    let present = (story.criteria.iter().zip(1..))
        .map(|(criterion, place)| (place.to_string(), &criterion.id, &criterion.text));
    let gone = story.judged_and_gone(rounds);
    let gone = gone.iter().map(|judgement| {
        let sign = "-".to_owned();
        (sign, &judgement.criterion, &judgement.text)
    });
    for (place, id, text) in present.chain(gone) {
        let is_gone = place == "-";
        let mut cells = vec![Cell::text(&format!("{place:>3}"))];
        for round in rounds {
            let Some(judgement) = round.judgement(id) else {
                cells.push(Cell::text("-").role(Role::Faint));
                continue;
            };
            let verdict = judgement.verdict;
            let is_other = judgement.text != *text;
            is_outdated |= is_other;
            let sign = if is_other { "*" } else { "" };
            let word = format!("{}{sign}", verdict.words());
            cells.push(Cell::text(&word).role(Role::Verdict(verdict)));
        }
        let first = text.lines().next().unwrap_or_default();
        cells.push(if is_gone {
            Cell::text(&format!("{first} (deleted since)")).role(Role::Warning)
        } else {
            Cell::text(first)
        });
        table.row(cells);
    }
    out.table(&table);
    if is_outdated {
        out.painted_line(&[("     * on other words than the present ones", Role::Faint)]);
    }
}

/// Writes what a review still has to examine: each criterion with its verdict, and the definition of done.
pub(in crate::cli) fn sheet(backlog: &Backlog, story: &Story, out: &mut Out) {
    let key = backlog.key(story);
    let sent_back = match story.rejections() {
        0 => String::new(),
        count => format!(", sent back {}", times(count)),
    };
    let more = if story.status == Status::Delivered {
        format!(" (round {}{sent_back})", story.round_number())
    } else {
        format!(" ({}{sent_back})", story.status)
    };
    out.painted_line(&[
        (&key, Role::Faint),
        ("  ", Role::Plain),
        (&story.title, Role::Strong),
        (&more, Role::Faint),
    ]);
    let Some(round) = story.open_round() else {
        rounds(story, &zone(), out);
        unexamined(backlog, story, out);
        return;
    };
    for (index, criterion) in story.criteria.iter().enumerate() {
        out.block(&format!("{:>3}  ", index + 1), &criterion.text);
        match round.verdict_on(criterion) {
            Some(judgement) => {
                let words = judgement.verdict.words();
                out.painted_line(&[
                    ("     ", Role::Plain),
                    (words, Role::Verdict(judgement.verdict)),
                ]);
                words_to(&judgement.note, &judgement.evidence, out);
            }
            None => out.painted_line(&[("     no verdict yet", Role::Warning)]),
        }
        since_agreed(story, criterion, out);
    }
    removed_since_agreed(story, out);
    done(round, out);
}

fn unexamined(backlog: &Backlog, story: &Story, out: &mut Out) {
    if story.status != Status::Delivered {
        return;
    }
    out.gap();
    for (index, criterion) in story.criteria.iter().enumerate() {
        out.block(&format!("{:>3}  ", index + 1), &criterion.text);
        since_agreed(story, criterion, out);
    }
    removed_since_agreed(story, out);
    for (index, line) in backlog.product().done_for(story.kind).iter().enumerate() {
        out.block(&format!("  [ ] {}  ", index + 1), line);
    }
}

/// Writes how a criterion differs from what was agreed, if it does.
pub(super) fn since_agreed(story: &Story, criterion: &Criterion, out: &mut Out) {
    let mut remark = |words| out.painted_line(&[("     ", Role::Plain), (words, Role::Warning)]);
    match criterion.agreement(story.agreed.as_ref()) {
        Agreement::Unchanged => {}
        Agreement::Added => remark("added since agreed"),
        Agreement::Changed { was } => {
            remark("changed since agreed:");
            out.block("     | ", &marked(was, &criterion.text));
        }
    }
}

/// Writes the criteria that were agreed and are gone.
pub(super) fn removed_since_agreed(story: &Story, out: &mut Out) {
    for gone in story.removed_since_agreed() {
        out.block("  -  ", &gone.text);
        out.painted_line(&[("     removed since agreed", Role::Warning)]);
    }
}

fn verdicts(round: &Round, story: &Story, zone: &TimeZone, out: &mut Out) {
    for judgement in &round.verdicts {
        let place = story
            .criteria
            .iter()
            .position(|criterion| criterion.id == judgement.criterion);
        let number = place.map_or_else(|| "-".to_owned(), |index| (index + 1).to_string());
        let first = judgement.text.lines().next().unwrap_or_default();
        out.painted_line(&[
            (&format!("{number:>3}  "), Role::Plain),
            (judgement.verdict.words(), Role::Verdict(judgement.verdict)),
            (": ", Role::Plain),
            (first, Role::Plain),
        ]);
        words_to(&judgement.note, &judgement.evidence, out);
        if let Some((at, by)) = judgement.given_apart(round, zone) {
            let by = Some(by).filter(|by| !by.is_empty());
            let parts = [at.map(|at| day(at, zone)), by.map(|by| format!("by {by}"))];
            let given: Vec<String> = parts.into_iter().flatten().collect();
            let given = format!("     judged {}", given.join(" "));
            out.painted_line(&[(&given, Role::Faint)]);
        }
    }
    done(round, out);
}

fn words_to(note: &Prose, evidence: &Prose, out: &mut Out) {
    if !note.is_empty() {
        out.block("     note: ", note);
    }
    if !evidence.is_empty() {
        out.block("     seen: ", evidence);
    }
}

fn done(round: &Round, out: &mut Out) {
    for (index, line) in round.done.iter().enumerate() {
        let tick = if line.ticked { 'x' } else { ' ' };
        out.block(&format!("  [{tick}] {}  ", index + 1), &line.text);
    }
}
