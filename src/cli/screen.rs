//! Where stdout is a terminal the screen opens; this hands it the doors to new products.

use std::fs;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use jiff::Timestamp;

use super::context::{self, Context, Failure};
use super::demo;
use super::desk::Desk;
use crate::exchange::{self, Format};
use crate::model::Product;
use crate::paths;
use crate::runtime::{self, Doors, Start};

/// Whether there is a terminal to draw on.
pub(super) fn is_there(context: &Context) -> bool {
    !context.json && io::stdout().is_terminal()
}

/// Opens the screen on a product's folder, or on the welcome.
pub(super) fn run(folder: Option<PathBuf>, context: &mut Context) -> Result<(), Failure> {
    let start = Start {
        folder,
        user: context::author(),
        doors: Box::new(Ways(context.anew())),
    };
    Ok(runtime::run(start)?)
}

/// How the screen makes products: as the commands do.
struct Ways(Context);

impl Doors for Ways {
    fn make(&mut self, name: &str) -> Result<PathBuf> {
        let products = self.0.products().map_err(anyhow::Error::msg)?;
        let made = products.create(&Product::new(name, None)?)?;
        let _ = products.remember(&made.slug);
        Ok(made.folder)
    }

    fn import(&mut self, file: &Path, name: &str) -> Result<(PathBuf, String)> {
        let file = &paths::at_home(file);
        let bytes = fs::read(file).with_context(|| file.display().to_string())?;
        let format = Format::detect(file.to_str(), &bytes);
        let imported = exchange::read(format, &bytes).map_err(|error| anyhow!("{error}"))?;
        let folder = self.make(name)?;
        let products = self.0.products().map_err(anyhow::Error::msg)?;
        let product = products
            .list()?
            .into_iter()
            .find(|listed| listed.folder == folder);
        let product = product.with_context(|| folder.display().to_string())?;
        let mut desk = Desk::open_product(&product, &mut self.0).map_err(anyhow::Error::msg)?;
        let plan = exchange::plan(imported, &desk.backlog, Timestamp::now(), &mut || {
            self.0.story_id()
        });
        let shown = file
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        desk.perform(&format!("import {shown}"), &plan.changes, &self.0)
            .map_err(anyhow::Error::msg)?;
        let stories = if plan.imported == 1 {
            "story"
        } else {
            "stories"
        };
        let skipped = match plan.skipped.len() {
            0 => String::new(),
            some => format!(" {some} lines were skipped; `backstory import --dry-run` says why."),
        };
        Ok((
            folder,
            format!("{} {stories} imported.{skipped}", plan.imported),
        ))
    }

    fn demo(&mut self) -> Result<PathBuf> {
        let (_, product) = demo::lay_out(Timestamp::now())?;
        Ok(product.folder)
    }
}
