//! The command line: everything that can be scripted, with the rules and refusals of the screen.
//!
//! Invariants:
//! - A command's text is gathered first and written at its end: a refused or failed command leaves stdout empty.
//! - An error is one sentence on stderr; the exit code is 1 where something was refused or failed, 2 for wrong usage.
//! - With `--json` one document is written to stdout and nothing else.
//! - No text of a story reaches the terminal without having been made harmless.

mod add;
mod comment;
mod compare;
mod completions;
mod config;
mod context;
pub(crate) mod demo;
mod desk;
mod doctor;
mod ear;
mod edit;
mod export;
mod forecast;
mod import;
mod init;
mod insights;
mod learn;
mod lint;
mod list;
mod log;
mod man;
mod merge;
mod open;
mod orphans;
mod outcome;
mod place;
mod places;
mod print;
mod problem;
mod products;
mod reorder;
mod report;
mod review;
mod score;
mod screen;
mod select;
mod show;
mod since;
mod sort;
mod split;
mod step;
mod texts;
mod undo;
mod usage;
mod views;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use context::{Context, Failure};

/// Heads the options that every command has, so that a command's own stand together above them.
const EVERYWHERE: &str = "Options of every command";

/// Keeps a product's backlog: stories, their one order, and their acceptance.
#[derive(Debug, Parser)]
#[command(name = "backstory", version, about, long_about = None)]
#[command(after_help = "\
Examples:
  backstory init Webshop
  backstory add \"As a customer, I want to pay with a saved card, so that checkout takes one step\"
  backstory list status:delivered
  backstory review WEB-1 --met 1,2 --not-met 3 --note 3=\"shows 1 Jan 1970\" --reject

Without a command the screen opens. The data is kept in --data-dir, else in BACKSTORY_DATA_DIR, else in a folder \
`.backstory` in the current directory or above, else with your other data.")]
struct Cli {
    /// The product: its folder's name, its name or its key prefix [env: BACKSTORY_PRODUCT]
    #[arg(short, long, global = true, help_heading = EVERYWHERE)]
    product: Option<String>,
    /// Where the products are kept [env: BACKSTORY_DATA_DIR]
    #[arg(long, global = true, value_name = "DIR", help_heading = EVERYWHERE)]
    data_dir: Option<PathBuf>,
    /// Print one JSON document
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    json: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    Products(products::Args),
    Demo(demo::Args),
    Add(add::Args),
    List(list::Args),
    Show(show::Args),
    Edit(Box<edit::Args>),
    Move(reorder::Args),
    Compare(compare::Args),
    Score(score::Args),
    Sort(sort::Args),
    Step(step::Args),
    Split(split::Args),
    Merge(merge::Args),
    Review(review::Args),
    Comment(comment::Args),
    Problem(problem::Args),
    Outcome(outcome::Args),
    Learn(learn::Args),
    Orphans(orphans::Args),
    Forecast(forecast::Args),
    Insights(insights::Args),
    Since(since::Args),
    Report(report::Args),
    Config(config::Args),
    Views(views::Args),
    Lint(lint::Args),
    Import(import::Args),
    Export(export::Args),
    Undo(undo::UndoArgs),
    Redo(undo::RedoArgs),
    Log(log::Args),
    Doctor(doctor::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Runs the program with the arguments it was started with.
pub fn main() -> ExitCode {
    let arguments: Vec<OsString> = select::guarded(std::env::args_os().collect());
    let mut definition = definition();
    let matches = definition.try_get_matches_from_mut(&arguments);
    let parsed = matches.and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed.map_err(|error| error.format(&mut definition)) {
        Ok(cli) => cli,
        Err(error) => return usage::answer(&error, &arguments),
    };
    let mut context = Context::new(cli.product, cli.data_dir, cli.json);
    let result =
        texts::must_be_there(&definition, &arguments).and_then(|()| run(cli.command, &mut context));
    context.finish(result)
}

fn run(command: Option<Command>, context: &mut Context) -> Result<(), Failure> {
    match command {
        None => open::run(context),
        Some(Command::Init(args)) => init::run(&args, context),
        Some(Command::Products(_)) => products::run(context),
        Some(Command::Demo(_)) => demo::run(context),
        Some(Command::Add(args)) => add::run(&args, context),
        Some(Command::List(args)) => list::run(&args, context),
        Some(Command::Show(args)) => show::run(&args, context),
        Some(Command::Edit(args)) => edit::run(&args, context),
        Some(Command::Move(args)) => reorder::run(&args, context),
        Some(Command::Compare(args)) => compare::run(&args, context),
        Some(Command::Score(args)) => score::run(&args, context),
        Some(Command::Sort(args)) => sort::run(&args, context),
        Some(Command::Step(args)) => step::run(&args, context),
        Some(Command::Split(args)) => split::run(&args, context),
        Some(Command::Merge(args)) => merge::run(&args, context),
        Some(Command::Review(args)) => review::run(&args, context),
        Some(Command::Comment(args)) => comment::run(&args, context),
        Some(Command::Problem(args)) => problem::run(&args, context),
        Some(Command::Outcome(args)) => outcome::run(&args, context),
        Some(Command::Learn(args)) => learn::run(&args, context),
        Some(Command::Orphans(_)) => orphans::run(context),
        Some(Command::Forecast(args)) => forecast::run(&args, context),
        Some(Command::Insights(_)) => insights::run(context),
        Some(Command::Since(args)) => since::run(&args, context),
        Some(Command::Report(args)) => report::run(&args, context),
        Some(Command::Config(args)) => config::run(&args, context),
        Some(Command::Views(args)) => views::run(&args, context),
        Some(Command::Lint(args)) => lint::run(&args, context),
        Some(Command::Import(args)) => import::run(&args, context),
        Some(Command::Export(args)) => export::run(&args, context),
        Some(Command::Undo(_)) => undo::undo(context),
        Some(Command::Redo(_)) => undo::redo(context),
        Some(Command::Log(args)) => log::run(&args, context),
        Some(Command::Doctor(args)) => doctor::run(&args, context),
        Some(Command::Completions(args)) => {
            completions::run(&args, context);
            Ok(())
        }
        Some(Command::Man(args)) => man::run(&args, context),
    }
}

/// The definition of all arguments, for reading them, for completions and for the manual page.
fn definition() -> clap::Command {
    texts::with_dashes(Cli::command())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_defined_without_contradiction() {
        definition().debug_assert();
    }

    #[test]
    fn every_command_and_option_has_a_line_of_help() {
        let definition = definition();
        for command in definition.get_subcommands() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            for argument in command.get_arguments() {
                assert!(
                    argument.get_help().is_some(),
                    "{} {}",
                    command.get_name(),
                    argument.get_id()
                );
            }
        }
    }

    /// A line as a shell takes it apart, as far as this program's part goes.
    fn is_understood(line: &str) -> Result<(), String> {
        let words = shell_words::split(line).map_err(|error| error.to_string())?;
        let ours = words
            .iter()
            .take_while(|word| !matches!(word.as_str(), "|" | "<" | ">"));
        let understood = definition().try_get_matches_from(ours);
        understood.map(drop).map_err(|error| error.to_string())
    }

    #[test]
    fn the_examples_of_readme_and_help_are_understood() {
        let readme = include_str!("../README.md");
        let mut lines: Vec<String> = readme
            .lines()
            .filter(|line| line.starts_with("backstory "))
            .map(|line| line.split(" #").next().unwrap_or_default().to_owned())
            .collect();
        let mut commands = vec![definition()];
        while let Some(command) = commands.pop() {
            let help = command.get_after_help().map(ToString::to_string);
            let help = help.unwrap_or_default();
            let examples = help.lines().filter(|line| line.starts_with("  backstory "));
            // What an example is good for stands behind three blanks.
            let examples = examples.map(|line| line.trim().split("   ").next().unwrap_or_default());
            lines.extend(examples.map(str::to_owned));
            commands.extend(command.get_subcommands().cloned());
        }
        assert!(lines.len() > 80, "{}", lines.len());
        for line in lines {
            if let Err(error) = is_understood(&line) {
                panic!("{line}: {error}");
            }
        }
    }
}
