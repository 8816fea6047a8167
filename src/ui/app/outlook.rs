//! The outlook: the forecast that panes read, kept up to date with the backlog, the day and what is supposed.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::{Backlog, Forecast, Forecaster, Points, Timestamp, WhatIf};

/// The forecast of the open product, where it has iterations.
#[derive(Debug, Default)]
pub(super) struct Outlook {
    forecaster: Forecaster,
    what_if: WhatIf,
    /// The backlog's generation and the day when the forecast was made.
    made: Option<(u64, Date)>,
    forecast: Option<Forecast>,
}

impl Outlook {
    /// What is to be expected; `None` where the product has no iterations.
    pub(super) const fn forecast(&self) -> Option<&Forecast> {
        self.forecast.as_ref()
    }

    /// What is to be expected with nothing supposed, of a product without iterations as well.
    ///
    /// It is what the list shows wherever that supposes nothing, so that no two figures on the screen can disagree.
    pub(super) fn measured(
        &mut self,
        backlog: &Backlog,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Forecast {
        self.refresh(backlog, now, zone);
        let shown = self.forecast.as_ref();
        match shown.filter(|forecast| forecast.what_if.is_nothing()) {
            Some(shown) => shown.clone(),
            None => self.forecaster.look(backlog, now, zone, &WhatIf::default()),
        }
    }

    /// Whether something is supposed.
    pub(super) fn supposes(&self) -> bool {
        !self.what_if.is_nothing()
    }

    /// What the team gets done in an iteration, or is supposed to; `None` where that is a guess.
    pub(super) fn velocity(&self) -> Option<Points> {
        let velocity = &self.forecast.as_ref()?.pace.velocity;
        (!velocity.is_guessed()).then_some(velocity.points)
    }

    /// Supposes something from now on.
    pub(super) fn suppose(&mut self, what_if: WhatIf) {
        self.what_if = what_if;
        self.made = None;
    }

    /// Whether the forecast was made of another day or another state of the backlog.
    pub(super) fn is_stale(&self, backlog: &Backlog, now: Timestamp, zone: &TimeZone) -> bool {
        self.made != Some(state(backlog, now, zone))
    }

    /// Makes the forecast anew where something has changed.
    pub(super) fn refresh(&mut self, backlog: &Backlog, now: Timestamp, zone: &TimeZone) {
        if !self.is_stale(backlog, now, zone) {
            return;
        }
        self.made = Some(state(backlog, now, zone));
        // A story that is done or gone needs not be left out any more.
        let is_open = |id: &_| backlog.position(*id).is_some();
        self.what_if.without.retain(is_open);
        self.forecast = backlog
            .product()
            .iterations
            .is_some()
            .then(|| self.forecaster.look(backlog, now, zone, &self.what_if));
    }
}

fn state(backlog: &Backlog, now: Timestamp, zone: &TimeZone) -> (u64, Date) {
    (backlog.generation(), zone.to_datetime(now).date())
}
