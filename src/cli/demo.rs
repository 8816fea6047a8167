//! `backstory demo`: the example product, in a new temporary folder each time.

use std::env;
use std::path::PathBuf;

use anyhow::{Context as _, Result, anyhow};
use jiff::Timestamp;
use uuid::{NoContext, Uuid};

use super::context::{Context, Failure};
use super::desk::Desk;
use super::open;
use super::screen;
use crate::demo;
use crate::store::products::{Listed, Products};
use crate::store::{JsonStore, Store as _};

/// Open a filled example product in a temporary folder
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(context: &mut Context) -> Result<(), Failure> {
    let (directory, product) = lay_out(Timestamp::now())?;
    context.note(format!(
        "The demo is kept in {}. Go on with `backstory --data-dir` and that folder.",
        directory.display()
    ));
    if screen::is_there(context) {
        return screen::run(Some(product.folder), context);
    }
    let desk = Desk::open_product(&product, context)?;
    open::print(&desk, context);
    Ok(())
}

/// Makes a new temporary data directory that holds the example product.
///
/// # Errors
/// When the temporary folder cannot be written.
pub(crate) fn lay_out(now: Timestamp) -> Result<(PathBuf, Listed)> {
    let directory = env::temp_dir().join(format!("backstory-demo-{}", Uuid::now_v7().simple()));
    let example = demo::make(now, &mut id_at)?;
    let product = Products::of(&directory).create(&example.product)?;
    let (mut store, _) = JsonStore::open(&product.folder)?;
    for act in &example.acts {
        store
            .save(act)
            .map_err(|error| anyhow!("{error}"))
            .with_context(|| directory.display().to_string())?;
    }
    Ok((directory, product))
}

/// A new id as of a moment of the past.
fn id_at(at: Timestamp) -> Uuid {
    let seconds = u64::try_from(at.as_second()).unwrap_or_default();
    Uuid::new_v7(uuid::Timestamp::from_unix(NoContext, seconds, 0))
}
