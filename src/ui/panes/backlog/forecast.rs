//! The iterations in the list: the lines between them, and what if.

use super::BacklogPane;
use super::lines::Divider;
use crate::model::{
    Calendar, Change, Deed, Forecast, Pace, Points, Product, Setting, StoryId, Velocity, WhatIf,
};
use crate::ui::effect::Effect;
use crate::ui::overlays::{Menu, MenuRow, Prompt, Purpose};
use crate::ui::pane::Cx;
use crate::ui::panes::forecast::{cut_line, usual_start};

impl BacklogPane {
    /// The lines between the iterations, where the list is the whole backlog. The last iteration has none, as it is not
    /// full yet, unless it is the current one.
    pub(super) fn cut_dividers(&self, cx: &Cx) -> Vec<Divider> {
        let Some(forecast) = cx.forecast.filter(|_| self.is_whole()) else {
            return Vec::new();
        };
        let rows = cx.backlog.open_count();
        let current = forecast.pace.current.number;
        forecast
            .cuts
            .iter()
            .filter(|cut| rows > 0 && (cut.before < rows || cut.last == current))
            .map(|cut| Divider::line(cut.before, cut_line(cut, forecast, cx)))
            .collect()
    }

    /// The menu that asks what if; for a product without iterations the one that begins them.
    pub(super) fn what_if(&self, cx: &Cx) -> Effect {
        let Some(forecast) = cx.forecast else {
            return Effect::open(begin_iterations(cx));
        };
        let mut rows = vec![
            MenuRow {
                letter: 'v',
                label: "another velocity".to_owned(),
                refusal: None,
                effects: vec![Effect::open(Prompt::new(
                    Purpose::Velocity,
                    "What if the velocity were",
                    "",
                ))],
            },
            self.without_row(forecast, cx),
        ];
        if !forecast.what_if.is_nothing() {
            rows.push(MenuRow {
                letter: 'w',
                label: "no more what if".to_owned(),
                refusal: None,
                effects: vec![Effect::Suppose(WhatIf::default())],
            });
        }
        Effect::open(Menu::new("What if", rows).with_body(velocity_told(forecast)))
    }

    /// Leaves the stories out, or takes them in again where all of them are left out.
    fn without_row(&self, forecast: &Forecast, cx: &Cx) -> MenuRow {
        let open = |id: &&StoryId| cx.backlog.position(**id).is_some();
        let targets: Vec<StoryId> = self.targets().iter().filter(open).copied().collect();
        let named = match targets.as_slice() {
            [only] => cx.backlog.key_or_id(*only),
            many => format!("the {} marked stories", many.len()),
        };
        let mut what_if = forecast.what_if.clone();
        let is_out = targets.iter().all(|id| what_if.without.contains(id));
        what_if.without.retain(|id| !targets.contains(id));
        if !is_out {
            what_if.without.extend(&targets);
        }
        MenuRow {
            letter: 'x',
            label: if targets.is_empty() {
                "without this story".to_owned()
            } else if is_out {
                format!("with {named} again")
            } else {
                format!("without {named}")
            },
            refusal: targets
                .is_empty()
                .then(|| "Only an open story can be left out.".to_owned()),
            effects: vec![Effect::Suppose(what_if)],
        }
    }
}

/// What the forecast goes by.
fn velocity_told(forecast: &Forecast) -> Vec<String> {
    let measured = forecast.pace.velocity;
    let mut lines = vec![
        format!(
            "The velocity is {},",
            forecast.pace.unit.count(measured.points)
        ),
        format!("{}.", measured.told()),
    ];
    if forecast.range.is_none() {
        lines.push("A range needs three completed iterations.".to_owned());
    }
    lines.extend(match forecast.unestimated {
        0 => None,
        1 => Some("1 story without an estimate is taken for 0 points.".to_owned()),
        many => Some(format!(
            "{many} stories without an estimate are taken for 0 points."
        )),
    });
    lines
}

/// A product without iterations gets some, in the way the settings begin them.
fn begin_iterations(cx: &Cx) -> Menu {
    let start = usual_start(cx);
    let set = |setting: Setting, product: &Product, text: String| {
        setting.after(product, &Deed::Set(vec![text]), cx.now)
    };
    let row = |weeks: u8| {
        let product = set(Setting::Start, cx.backlog.product(), start.to_string())
            .and_then(|begun| set(Setting::Weeks, &begun, weeks.to_string()));
        let (refusal, effects) = match product {
            Ok(product) => {
                let news = begun(&product, cx);
                let change = Change::Settings(Box::new(product));
                let act = Effect::act("begin iterations", vec![change]);
                (None, vec![Effect::news(news), act])
            }
            Err(refusal) => (Some(refusal.to_string()), Vec::new()),
        };
        MenuRow {
            letter: char::from(b'0' + weeks),
            label: match weeks {
                1 => "1 week".to_owned(),
                many => format!("{many} weeks"),
            },
            refusal,
            effects,
        }
    };
    Menu::new("Iterations", (1..=4).map(row).collect()).with_body(vec![
        "How long is an iteration?".to_owned(),
        format!("The first begins on {}.", cx.date(start)),
    ])
}

/// What is said once iterations have begun: what the lines are, and how much they are worth.
fn begun(product: &Product, cx: &Cx) -> String {
    let velocity = product.iterations.as_ref().map(|iterations| {
        let calendar = Calendar::new(iterations, cx.zone.clone());
        Pace::measure(cx.backlog, &calendar, cx.now).velocity
    });
    match velocity.filter(Velocity::is_guessed) {
        Some(guess) => format!(
            "The lines show where each iteration ends, at a guess of {} each.",
            product.unit().count(guess.points)
        ),
        None => "The lines between the stories show where each iteration ends.".to_owned(),
    }
}

/// A velocity that was typed.
///
/// # Errors
/// What is no number above 0 is refused.
pub(crate) fn velocity(text: &str) -> Result<Points, String> {
    text.parse()
        .ok()
        .filter(|points| *points > Points::ZERO)
        .ok_or_else(|| "A velocity is a number above 0, such as 12.".to_owned())
}
