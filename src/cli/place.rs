//! The options for a place in the order.

use super::context::Failure;
use super::desk::Desk;
use crate::model::Place;

/// A place at an end or beside another story.
#[derive(Debug, clap::Args)]
#[group(multiple = false)]
pub(super) struct PlaceArgs {
    /// Before all others
    #[arg(long)]
    pub(super) top: bool,
    /// After all others
    #[arg(long)]
    pub(super) bottom: bool,
    /// Directly before this story
    #[arg(long, value_name = "KEY")]
    pub(super) above: Option<String>,
    /// Directly after this story
    #[arg(long, value_name = "KEY")]
    pub(super) below: Option<String>,
}

impl PlaceArgs {
    /// The place that was asked for, if one was.
    pub(super) fn place(&self, desk: &Desk) -> Result<Option<Place>, Failure> {
        if self.top {
            return Ok(Some(Place::Top));
        }
        if let Some(key) = &self.above {
            return desk.beside(key, Place::Above).map(Some);
        }
        if let Some(key) = &self.below {
            return desk.beside(key, Place::Below).map(Some);
        }
        Ok(self.bottom.then_some(Place::Bottom))
    }
}
