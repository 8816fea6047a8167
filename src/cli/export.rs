//! `backstory export`: stories as a file for people and other programs, or as a folder of features.

mod folder;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::context::{Context, Failure};
use super::desk::Desk;
use super::select;
use crate::exchange::{self, To};
use crate::model::Story;

/// Export stories
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory export --to markdown -o backlog.md
  backstory export --to json -o everything.json
  backstory export label:checkout --to gherkin
  backstory export is:ready --to gherkin -o features/     a .feature file a story, such as WEB-17-pay-by-card.feature

Programs that run features read one a file. Run again, the export replaces the files that it wrote, gives them the \
stories' present names, takes away those of stories that are dropped or have no criteria any more, and leaves alone all others \
and what was changed by hand.

Without QUERY this is the backlog; as JSON it is every story there is, so that an import elsewhere brings all back.")]
pub(super) struct Args {
    /// Which stories, as in `backstory list`
    query: Vec<String>,
    /// json, csv, markdown or gherkin
    #[arg(long, value_name = "FORMAT")]
    to: String,
    /// The file to write, over one that is there, for gherkin also a folder; without it, standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let to: To = args
        .to
        .parse()
        .map_err(|error: exchange::UnknownFormat| Failure::usage(error.to_string()))?;
    // A lone dash is standard output, as it is standard input for an import.
    let file = args.output.as_ref().filter(|path| path.as_os_str() != "-");
    if context.json && file.is_none() && to != To::Json {
        return Err(Failure::usage(
            "With --json, write the export to a file with -o, or choose --to json.",
        ));
    }
    let folder = file.filter(|path| is_folder(path));
    if let Some(folder) = folder.filter(|_| to != To::Gherkin) {
        return Err(Failure::usage(format!(
            "{} is a folder, and --to {to} writes one file. Name the file.",
            folder.display()
        )));
    }
    let desk = Desk::open(context)?;
    let whole = ["status:any".to_owned()];
    // A copy to keep must not leave history behind.
    let query = if args.query.is_empty() && to == To::Json {
        &whole
    } else {
        args.query.as_slice()
    };
    let ids = select::stories(&desk.backlog, query, context.stamp().at)?;
    let stories: Vec<&Story> = ids
        .iter()
        .filter_map(|id| desk.backlog.story(*id))
        .map(AsRef::as_ref)
        .collect();
    if let Some(folder) = folder {
        return folder::run(folder, &stories, &desk.backlog, context);
    }
    let text = exchange::export(&stories, &desk.backlog, to);
    let Some(path) = file else {
        context.out.document(&text);
        return Ok(());
    };
    fs::write(path, text)
        .map_err(|error| anyhow::Error::new(error).context(path.display().to_string()))?;
    let shown = path.display().to_string();
    if context.json {
        let body = json!({ "to": to.word(), "file": shown, "stories": stories.len() });
        context.out.json("export-report", body);
    } else {
        context
            .out
            .line(&format!("{} exported to {shown}.", count(stories.len())));
    }
    Ok(())
}

/// Whether a path names a folder: one that is there, or one to be made.
fn is_folder(path: &Path) -> bool {
    let name = path.as_os_str().as_encoded_bytes();
    name.last()
        .is_some_and(|last| std::path::is_separator(char::from(*last)))
        || path.is_dir()
}

fn count(stories: usize) -> String {
    match stories {
        1 => "1 story".to_owned(),
        more => format!("{more} stories"),
    }
}
