//! The scored stories in the order of the backlog, and where that order disagrees with their scores.

use serde_json::{Value, json};

use crate::cli::context::{Context, Failure};
use crate::cli::print::{Cell, Out, Role, Table};
use crate::model::score::{Placed, Shares};
use crate::model::{Backlog, Board, Method};

/// The most disagreements that are printed.
const FURTHEST: usize = 10;

/// Shows the whole backlog by one way to score.
pub(super) fn run(backlog: &Backlog, method: Method, context: &mut Context) -> Result<(), Failure> {
    let board = Board::new(backlog, method, backlog.open())?;
    if context.json {
        context.out.json("score-board", document(backlog, &board));
    } else {
        print(backlog, &board, &mut context.out);
    }
    Ok(())
}

fn print(backlog: &Backlog, board: &Board, out: &mut Out) {
    out.table(&scored(backlog, board));
    let method = board.method();
    match unscored(backlog, board) {
        0 => {}
        1 => out.line(&format!("1 open story has no {method} score.")),
        many => out.line(&format!("{many} open stories have no {method} score.")),
    }
    out.gap();
    out.line(&board.told());
    let off = board.disagreements();
    let mut table = Table::new(2);
    for placed in off.iter().take(FURTHEST) {
        let reason = board.reason(placed, backlog);
        table.row(row(backlog, placed, &reason));
    }
    out.table(&table);
    if let Some(more) = off.len().checked_sub(FURTHEST).filter(|more| *more > 0) {
        out.line(&format!("and {more} more; --json has them all."));
    }
    if board.method() == Method::Moscow {
        out.gap();
        for line in Shares::of(backlog).told() {
            out.line(&line);
        }
    }
}

/// From where to where a story would move, and why.
pub(in crate::cli) fn row(backlog: &Backlog, placed: &Placed, reason: &str) -> [Cell; 4] {
    let title = backlog
        .story(placed.story)
        .map(|story| story.title.as_str());
    let digits = backlog.open_count().to_string().len();
    [
        Cell::text(&format!(
            "{:>digits$} -> {:>digits$}",
            placed.place, placed.by_score
        ))
        .role(Role::Faint),
        Cell::text(&backlog.key_or_id(placed.story)),
        Cell::text(title.unwrap_or_default()).role(Role::Strong),
        Cell::text(reason),
    ]
}

fn scored(backlog: &Backlog, board: &Board) -> Table {
    let mut table = Table::new(2);
    for placed in board.scored() {
        let Some(story) = backlog.story(placed.story) else {
            continue;
        };
        let from = placed.score.from.map(|id| backlog.key_or_id(id));
        table.row([
            Cell::number(&placed.place.to_string()).role(Role::Faint),
            Cell::text(&backlog.key(story)),
            Cell::text(&story.title).role(Role::Strong),
            Cell::number(&board.method().figure(placed.score.number)),
            Cell::text(&from.map_or_else(String::new, |key| format!("raised by {key}")))
                .role(Role::Faint),
        ]);
    }
    table
}

fn unscored(backlog: &Backlog, board: &Board) -> usize {
    backlog.open_count().saturating_sub(board.scored().len())
}

fn document(backlog: &Backlog, board: &Board) -> Value {
    let stories: Vec<Value> = board
        .scored()
        .iter()
        .map(|placed| {
            json!({
                "key": backlog.key_or_id(placed.story),
                "position": placed.place,
                "by_score": placed.by_score,
                "number": placed.score.number,
                "raised_by": placed.score.from.map(|id| backlog.key_or_id(id)),
            })
        })
        .collect();
    let disagreements: Vec<Value> = board
        .disagreements()
        .iter()
        .map(|placed| disagreement(backlog, board, placed))
        .collect();
    let shares = (board.method() == Method::Moscow).then(|| shares(&Shares::of(backlog)));
    json!({
        "method": board.method().word(),
        "stories": stories,
        "unscored": unscored(backlog, board),
        "disagreements": disagreements,
        "shares": shares,
    })
}

/// A story that stands elsewhere than its score would have it.
pub(in crate::cli) fn disagreement(backlog: &Backlog, board: &Board, placed: &Placed) -> Value {
    json!({
        "key": backlog.key_or_id(placed.story),
        "from": placed.place,
        "to": placed.by_score,
        "reason": board.reason(placed, backlog),
    })
}

fn shares(shares: &Shares) -> Value {
    let classes: Vec<Value> = shares
        .classes()
        .map(|(class, share)| {
            json!({
                "class": class,
                "stories": share.stories,
                "points": share.points,
                "unestimated": share.unestimated,
                "percent": shares.percent(share).filter(|_| class != "wont"),
            })
        })
        .collect();
    json!({
        "of": if shares.is_by_points() { "points" } else { "stories" },
        "classes": classes,
        "notice": shares.notice(),
    })
}
