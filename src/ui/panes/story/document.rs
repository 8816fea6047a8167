//! A story as a page to read: sentence, criteria, questions, notes, links, reviews, comments, history.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::findings::Findings;
use super::{ready, thread};
use crate::language::lint::Spot;
use crate::model::{Agreement, Judgement, Line as Words, Method, Outcome, Round, Story, Verdict};
use crate::ui::pane::Cx;
use crate::ui::text;
use crate::ui::widgets::page::Page;
use crate::ui::widgets::rewording::reworded;

/// So many links to other stories are shown.
const LINKS: usize = 12;

/// Writes the page of a story, with when it is to be expected.
pub(super) fn write(
    story: &Story,
    expected: Option<&str>,
    width: usize,
    cx: &Cx,
) -> Vec<Line<'static>> {
    let mut page = Page::new(width, cx.theme);
    let findings = Findings::of(story, cx);
    title(&mut page, story, &findings, cx);
    sentence(&mut page, story, &findings);
    if let Some(expected) = expected {
        page.gap();
        page.pair("Forecast", expected);
    }
    criteria(&mut page, story, &findings, cx);
    thread::purpose(&mut page, story, cx);
    questions(&mut page, story, &findings, cx);
    if !story.notes.is_empty() {
        page.heading("Notes", "");
        page.text(&story.notes, Style::new());
    }
    links(&mut page, story, cx);
    for round in story.reviews.iter().rev() {
        review(&mut page, story, round, cx);
    }
    thread::benefit(&mut page, story, cx);
    comments(&mut page, story, cx);
    ready::write(&mut page, story, cx);
    findings.write(&mut page);
    history(&mut page, story, cx);
    page.lines
}

fn title(page: &mut Page, story: &Story, findings: &Findings, cx: &Cx) {
    let points = match story.estimate {
        None if !cx.backlog.product().has_estimates() => String::new(),
        Some(points) if points.to_string() == "1" => "1 point".to_owned(),
        Some(points) => format!("{points} points"),
        None => "no estimate".to_owned(),
    };
    let room = page.width.saturating_sub(text::width(&points) + 2).max(1);
    let strong = page.theme.strong();
    let mut named = Page::new(room, page.theme);
    named.marked(
        Vec::new(),
        &story.title,
        strong,
        &findings.marks(Spot::Title),
    );
    let mut rows = named.lines.into_iter();
    let mut first = rows.next().unwrap_or_default();
    let used: usize = first.iter().map(|span| text::width(&span.content)).sum();
    let gap = (room + 2).saturating_sub(used);
    first.push_span(Span::raw(" ".repeat(gap)));
    first.push_span(Span::styled(points, page.theme.dim()));
    page.lines.push(first);
    page.lines.extend(rows);
}

fn sentence(page: &mut Page, story: &Story, findings: &Findings) {
    let parts: [(&str, &str, Spot); 3] = [
        ("As a", &story.persona, Spot::Persona),
        ("I want to", &story.want, Spot::Want),
        ("so that", &story.benefit, Spot::Benefit),
    ];
    let mut there = parts
        .into_iter()
        .filter(|(_, words, _)| !words.is_empty())
        .peekable();
    if there.peek().is_some() {
        page.gap();
    }
    for (name, words, spot) in there {
        page.marked_pair(name, words, &findings.marks(spot));
    }
}

fn criteria(page: &mut Page, story: &Story, findings: &Findings, cx: &Cx) {
    let remark = story
        .agreed
        .as_ref()
        .map(|agreed| format!("agreed {}", cx.day(agreed.at)))
        .unwrap_or_default();
    if story.criteria.is_empty() {
        if story.kind.needs_criteria() {
            page.heading("Acceptance criteria", &remark);
            page.lines
                .push(Line::styled("none yet; e adds some", page.theme.dim()));
        }
    } else {
        page.heading("Acceptance criteria", &remark);
    }
    let digits = story.criteria.len().to_string().len();
    for (index, criterion) in story.criteria.iter().enumerate() {
        let lead = vec![Span::styled(
            format!(" {:>digits$}  ", index + 1),
            page.theme.dim(),
        )];
        let marks = findings.marks(Spot::Criterion(index));
        page.marked(lead, &criterion.text, Style::new(), &marks);
        let indent = vec![Span::raw(" ".repeat(digits + 3))];
        for example in &criterion.examples {
            let said = format!("e.g. {example}");
            page.hanging(indent.clone(), &said, page.theme.dim());
        }
        match criterion.agreement(story.agreed.as_ref()) {
            Agreement::Unchanged => {}
            Agreement::Added => page.hanging(indent, "added since agreed", page.theme.warn()),
            Agreement::Changed { was } => {
                let mut change = vec![("changed since agreed: ".to_owned(), page.theme.warn())];
                change.extend(reworded(was, &criterion.text, page.theme));
                page.hanging_parts(indent, &change);
            }
        }
    }
    for gone in story.removed_since_agreed() {
        let lead = vec![Span::raw(" ".repeat(digits + 3))];
        page.hanging(
            lead,
            &format!("removed since agreed: {}", gone.text),
            page.theme.warn(),
        );
    }
}

fn questions(page: &mut Page, story: &Story, findings: &Findings, cx: &Cx) {
    if story.questions.is_empty() {
        return;
    }
    let open = story.open_questions().count();
    let remark = if open == 0 {
        "all answered".to_owned()
    } else {
        format!("{open} open")
    };
    page.heading("Questions", &remark);
    for (index, question) in story.questions.iter().enumerate() {
        let style = if question.is_open() {
            page.theme.warn()
        } else {
            page.theme.dim()
        };
        page.marked(
            vec![Span::styled(" ?  ", style)],
            &question.text,
            Style::new(),
            &findings.marks(Spot::Question(index)),
        );
        if !question.is_open() {
            let lead = vec![Span::styled(
                format!(" {}  ", text::fit(cx.theme.arrow(), 1)),
                page.theme.dim(),
            )];
            page.hanging(lead, &question.answer, Style::new());
        }
    }
}

fn links(page: &mut Page, story: &Story, cx: &Cx) {
    let labels: Vec<&str> = story.labels.iter().map(Words::as_str).collect();
    let source =
        story
            .source
            .as_ref()
            .map(|source| match (source.tool.as_str(), source.url.as_str()) {
                // What text is known by is a number that says nothing to people.
                ("text", "") => "a text file".to_owned(),
                (tool, "") => format!("{tool} {}", source.id),
                (_, url) => url.to_owned(),
            });
    let blockers = story.blocked_by.iter();
    let blockers = blockers.map(|id| cx.backlog.blocker_in_words(story, *id));
    let waiting = cx.backlog.blocks(story.id).into_iter();
    let waiting = waiting.map(|id| cx.backlog.waiting_in_words(story, id));
    let scores = scores(story, cx).join("\n");
    let pairs = [
        ("Scores", scores),
        ("Epic", story.epic.to_string()),
        ("Labels", labels.join(", ")),
        ("Blocked by", some(blockers)),
        ("Blocks", some(waiting)),
        ("From", source.unwrap_or_default()),
    ];
    if pairs.iter().any(|(_, value)| !value.is_empty()) {
        page.gap();
    }
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        page.pair(name, value);
    }
}

/// A line each, but not so many that nothing else has room.
fn some(lines: impl ExactSizeIterator<Item = String>) -> String {
    let more = lines.len().saturating_sub(LINKS);
    let rest = (more > 0).then(|| format!("and {more} more"));
    let shown: Vec<String> = lines.take(LINKS).chain(rest).collect();
    shown.join("\n")
}

/// The scores with their parts; of the methods in use also what another story makes of them.
fn scores(story: &Story, cx: &Cx) -> Vec<String> {
    let mut scores = Method::summaries(story, cx.backlog);
    for method in &cx.backlog.product().scores {
        let score = method.score(cx.backlog, story.id);
        if let Some((number, from)) = score.and_then(|score| Some((score.number, score.from?))) {
            scores.push(format!(
                "counts for {}, because {} waits for it",
                method.told(number),
                cx.backlog.key_or_id(from)
            ));
        }
    }
    scores
}

fn review(page: &mut Page, story: &Story, round: &Round, cx: &Cx) {
    let theme = page.theme;
    let outcome = match round.outcome {
        None => "under way",
        Some(Outcome::Accepted) if round.is_waived() => "accepted with a waiver",
        Some(outcome) => outcome.word(),
    };
    let remark = format!("{} {} {}", cx.day(round.at), theme.dot(), round.by);
    page.heading(
        &format!(
            "Review {} round {} {} {outcome}",
            theme.dash(),
            round.round,
            theme.dot()
        ),
        &remark,
    );
    for words in [&round.reason, &round.note].into_iter().flatten() {
        page.text(
            words,
            if round.outcome == Some(Outcome::Rejected) {
                theme.bad()
            } else {
                Style::new()
            },
        );
    }
    for judgement in &round.verdicts {
        verdict(page, story, round, judgement, cx);
    }
    for line in &round.done {
        let sign = if line.ticked { "[x]" } else { "[ ]" };
        page.hanging(
            vec![Span::raw(format!(" {sign} "))],
            &line.text,
            theme.dim(),
        );
    }
}

fn verdict(page: &mut Page, story: &Story, round: &Round, judgement: &Judgement, cx: &Cx) {
    let theme = page.theme;
    let place = story
        .criteria
        .iter()
        .position(|criterion| criterion.id == judgement.criterion);
    let number = place.map_or_else(|| "-".to_owned(), |place| (place + 1).to_string());
    let sign = theme.verdict_sign(Some(judgement.verdict));
    let lead = vec![Span::styled(
        format!(" {sign} {number:>2}  "),
        theme.verdict(Some(judgement.verdict)),
    )];
    let first = judgement.text.lines().next().unwrap_or_default();
    page.hanging(
        lead,
        first,
        if judgement.verdict == Verdict::Met {
            theme.dim()
        } else {
            Style::new()
        },
    );
    for (name, words) in [("", &judgement.note), ("seen: ", &judgement.evidence)] {
        if !words.is_empty() {
            page.hanging(
                vec![Span::raw("       ")],
                &format!("{name}{words}"),
                theme.warn(),
            );
        }
    }
    if let Some(who) = cx.given_by(judgement, round) {
        page.hanging(vec![Span::raw("       ")], &who, theme.dim());
    }
}

fn comments(page: &mut Page, story: &Story, cx: &Cx) {
    if story.comments.is_empty() {
        return;
    }
    page.heading("Comments", "");
    for comment in &story.comments {
        let who = format!(
            " {} {} {}  ",
            cx.day(comment.at),
            page.theme.dot(),
            comment.by
        );
        page.lines.push(Line::styled(
            text::truncate(&who, page.width).into_owned(),
            page.theme.dim(),
        ));
        page.hanging(vec![Span::raw("   ")], &comment.text, Style::new());
    }
}

fn history(page: &mut Page, story: &Story, cx: &Cx) {
    page.heading("History", "");
    let dim = page.theme.dim();
    page.hanging(
        vec![Span::styled(" written    ", dim)],
        &cx.day(story.created),
        dim,
    );
    for entry in &story.log {
        let reason = entry
            .reason
            .as_ref()
            .map(|reason| format!(": {reason}"))
            .unwrap_or_default();
        let lead = vec![Span::styled(
            format!(" {:<10} ", entry.status),
            page.theme.status(entry.status),
        )];
        let said = format!(
            "{} {} {}{reason}",
            cx.day(entry.at),
            page.theme.dot(),
            entry.by
        );
        page.hanging(lead, &said, dim);
    }
}
