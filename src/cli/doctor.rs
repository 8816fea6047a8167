//! `backstory doctor`: what is wrong with the product's files, and mending what is safe to mend.

use serde_json::{Value, json};

use super::context::{Context, Failure};
use super::print::Role;
use crate::store::doctor::{self, Cure, Finding};

/// Look through the product's files
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Files that cannot be read are listed with line and column and never touched.")]
pub(super) struct Args {
    /// Mend what is safe to mend
    #[arg(long)]
    fix: bool,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let product = context.product()?;
    let mended = if args.fix {
        doctor::mend(&product.folder, context.act_id(), &context.stamp())?
    } else {
        Vec::new()
    };
    let found = doctor::examine(&product.folder)?;
    let is_left = |finding: &Finding| finding.cure != Cure::Done;
    let left = found.iter().filter(|finding| is_left(finding)).count();
    if context.json {
        let findings: Vec<Value> = found.iter().map(|finding| value(finding, false)).collect();
        let mended: Vec<Value> = mended.iter().map(|finding| value(finding, true)).collect();
        let body = json!({ "folder": product.folder.display().to_string(), "sound": left == 0, "mended": mended, "findings": findings });
        context.out.json("doctor-report", body);
    } else {
        for finding in &mended {
            line(finding, "mended", context);
        }
        for finding in &found {
            line(finding, word(finding.cure), context);
        }
        context.out.line(&summary(&found, left));
    }
    Ok(())
}

fn line(finding: &Finding, word: &str, context: &mut Context) {
    let path = finding.path.display().to_string();
    let place = if finding.text.contains(&path) {
        String::new()
    } else {
        format!(" ({path})")
    };
    context.out.painted_line(&[
        (word, Role::Warning),
        (": ", Role::Plain),
        (&finding.text, Role::Plain),
        (&place, Role::Faint),
    ]);
}

const fn word(cure: Cure) -> &'static str {
    match cure {
        Cure::Done => "mended",
        Cure::Safe => "can be mended",
        Cure::ByHand => "by hand",
    }
}

fn summary(found: &[Finding], left: usize) -> String {
    let safe = found
        .iter()
        .filter(|finding| finding.cure == Cure::Safe)
        .count();
    match (left, safe) {
        (0, _) => "All files are sound.".to_owned(),
        (1, 0) => "One thing is left to do by hand.".to_owned(),
        (left, 0) => format!("{left} things are left to do by hand."),
        (left, safe) => format!("Findings: {left}. `backstory doctor --fix` mends {safe} of them."),
    }
}

fn value(finding: &Finding, is_mended: bool) -> Value {
    let cure = match finding.cure {
        Cure::Safe if is_mended => "done",
        Cure::Done => "done",
        Cure::Safe => "safe",
        Cure::ByHand => "by-hand",
    };
    json!({ "path": finding.path.display().to_string(), "text": finding.text, "cure": cure })
}
