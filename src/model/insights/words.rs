//! The insights in words: what the screen and the command line both say.

use jiff::SignedDuration;

use super::{BurnUp, CycleTimes, Insights, Reached, Rounds, days, share};
use crate::model::{Points, Timestamp, Unit};

impl Insights {
    /// The velocity, and how it is known.
    pub fn velocity_told(&self) -> String {
        let velocity = &self.pace.velocity;
        format!(
            "{} an iteration, {}",
            self.pace.unit.count(velocity.points),
            velocity.told()
        )
    }

    /// What is under way, and how much of it for too long.
    pub fn under_way_told(&self, now: Timestamp) -> String {
        let count = self.under_way.stories.len() + self.under_way.undated;
        let begun = if count == 1 { "is begun" } else { "are begun" };
        let figure = format!("{} {begun} and not accepted", stories(count));
        match self.too_old(now) {
            0 => figure,
            some => format!("{figure}, {some} of them (!) for longer than 85 % took"),
        }
    }
}

impl BurnUp {
    /// How far the whole has come, when it will be done, and what is missing from the figure; `None` where nothing is
    /// estimated.
    pub fn told(&self, unit: Unit) -> Option<String> {
        let today = self.today().filter(|today| today.scope > Points::ZERO)?;
        let unestimated = match self.unestimated {
            0 => String::new(),
            1 => "; 1 story has no estimate".to_owned(),
            many => format!("; {many} stories have no estimate"),
        };
        let (done, scope) = (today.done, today.scope);
        let rest = self.rest_told(today);
        Some(format!(
            "{done} of {scope} {unit} are done{rest}{unestimated}"
        ))
    }

    fn rest_told(&self, today: Reached) -> String {
        match self.done_by() {
            _ if today.done >= today.scope => String::new(),
            Some((likely, careful)) if likely == careful => {
                format!(", all by iteration {careful} (85 %)")
            }
            Some((likely, careful)) => {
                format!(", all by iteration {likely} (50 %) or {careful} (85 %)")
            }
            None => String::new(),
        }
    }
}

impl CycleTimes {
    /// How long stories took, where they are enough to tell; `None` where none was measured.
    pub fn told(&self) -> Option<String> {
        if !self.is_empty() && !self.can_tell() {
            return Some("too few stories to tell".to_owned());
        }
        Some(format!(
            "half of {} took up to {}, 85 % up to {}",
            stories(self.len()),
            long(self.median()?),
            long(self.careful()?)
        ))
    }
}

impl Rounds {
    /// How many reviews ended in a rejection, and how many stories were accepted the first time.
    pub fn told(&self) -> String {
        let reviews = if self.ended == 1 { "review" } else { "reviews" };
        let stories = if self.first == 1 {
            "story was"
        } else {
            "stories were"
        };
        format!(
            "{} {reviews} ended in one; {} {stories} accepted the first time",
            share(self.rejected, self.ended),
            share(self.first_accepted, self.first),
        )
    }
}

/// A time as people say it: hours below a day, tenths below ten days, whole days above.
pub fn long(time: SignedDuration) -> String {
    let days = days(time);
    if days < 1.0 {
        return counted(usize::try_from(time.as_hours()).unwrap_or(0), "hour");
    }
    let said = if days < 9.95 {
        format!("{days:.1}")
    } else {
        format!("{days:.0}")
    };
    let said = said.trim_end_matches(".0");
    format!("{said} {}", if said == "1" { "day" } else { "days" })
}

/// An age as people say it: whole days once there is one.
pub fn old(time: SignedDuration) -> String {
    let hours = usize::try_from(time.as_hours()).unwrap_or(0);
    match hours / 24 {
        0 => counted(hours, "hour"),
        days => counted(days, "day"),
    }
}

/// So many of something whose plural ends in `s`.
pub fn counted(count: usize, what: &str) -> String {
    if count == 1 {
        format!("1 {what}")
    } else {
        format!("{count} {what}s")
    }
}

fn stories(count: usize) -> String {
    match count {
        1 => "1 story".to_owned(),
        many => format!("{many} stories"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_as_people_say_them() {
        for (hours, said) in [
            (-3, "0 hours"),
            (1, "1 hour"),
            (23, "23 hours"),
            (24, "1 day"),
            (36, "1.5 days"),
            (239, "10 days"),
            (24 * 21 + 2, "21 days"),
        ] {
            assert_eq!(long(SignedDuration::from_hours(hours)), said);
        }
    }

    #[test]
    fn one_review_is_told_as_one() {
        let one = Rounds {
            ended: 1,
            rejected: 1,
            first: 1,
            first_accepted: 0,
        };
        assert_eq!(
            one.told(),
            "1 of 1 review ended in one; 0 of 1 story was accepted the first time"
        );
    }
}
