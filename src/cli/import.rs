//! `backstory import`: stories from other programs' files, as one act.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use serde_json::json;

use super::context::{Context, Failure};
use super::desk::Desk;
use super::print::Role;
use crate::exchange::{self, Format, Plan};

/// Import stories from a file
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory import stories.csv --dry-run
  backstory import - --from text < stories.txt

The format is told by the file's name or its beginning. A story that was imported before is updated, never doubled.
A newer JSON of the same product takes its stories further: words, verdicts, rounds, remarks, checks and steps. What
happened here since stays, and each thing of the file that has no place is told.")]
pub(super) struct Args {
    /// The file, or - for standard input
    file: PathBuf,
    /// text, csv or json
    #[arg(long, value_name = "FORMAT")]
    from: Option<String>,
    /// Tell what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let from = args.from.as_deref().map(str::parse::<Format>).transpose();
    let from = from.map_err(|error| Failure::usage(error.to_string()))?;
    let mut desk = Desk::open(context)?;
    let bytes = read(&args.file)?;
    let name = args.file.to_str().filter(|name| *name != "-");
    let format = from.unwrap_or_else(|| Format::detect(name, &bytes));
    let imported =
        exchange::read(format, &bytes).map_err(|error| Failure::refused(error.to_string()))?;
    let now = context.stamp().at;
    let mut plan = exchange::plan(imported, &desk.backlog, now, &mut || context.story_id());
    if args.dry_run {
        // What would be refused is told now rather than later.
        let mut tried = desk.backlog.clone();
        tried.apply_all(&plan.changes, &context.stamp())?;
        plan.notes.extend(plan.told_numbers(&tried));
    } else {
        let shown = name.map_or("standard input", |name| {
            Path::new(name)
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or(name)
        });
        desk.perform(&format!("import {shown}"), &plan.changes, context)?;
        plan.notes.extend(plan.told_numbers(&desk.backlog));
    }
    if context.json {
        report(&plan, args.dry_run, context);
    } else {
        told(&plan, args.dry_run, context);
    }
    Ok(())
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    if file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    let with_path =
        |error: io::Error| anyhow::Error::new(error).context(file.display().to_string());
    Ok(fs::read(file).map_err(with_path)?)
}

fn report(plan: &Plan, is_dry: bool, context: &mut Context) {
    let body = json!({
        "dry_run": is_dry,
        "read": plan.read,
        "imported": plan.imported,
        "updated": plan.updated,
        "unchanged": plan.unchanged,
        "skipped": plan.skipped,
        "lossy": plan.lossy,
        "notes": plan.notes,
    });
    context.out.json("import-report", body);
}

fn told(plan: &Plan, is_dry: bool, context: &mut Context) {
    let would = if is_dry {
        " (nothing was done yet)"
    } else {
        ""
    };
    context.out.line(&format!(
        "{} read: {} new, {} updated, {} unchanged, {} skipped{would}.",
        plan.read,
        plan.imported,
        plan.updated,
        plan.unchanged,
        plan.skipped.len()
    ));
    for skipped in &plan.skipped {
        let text = format!("line {}: {}", skipped.line, skipped.reason);
        context
            .out
            .painted_line(&[("  skipped, ", Role::Warning), (&text, Role::Plain)]);
    }
    for lossy in &plan.lossy {
        let text = format!(
            "{}: {} (stories: {})",
            lossy.field, lossy.reason, lossy.stories
        );
        context
            .out
            .painted_line(&[("  lost, ", Role::Warning), (&text, Role::Plain)]);
    }
    for note in &plan.notes {
        context.out.line(&format!("  {note}"));
    }
}
