//! `backstory config`: the product's settings, listed, read and changed.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command};
use serde_json::json;

use super::context::{Context, Failure};
use super::desk::Desk;
use super::print::{Cell, Role, Table};
use crate::model::{Change, Deed, Product, Refusal, Setting, Shape, Unfit};

/// List the product's settings, or read or change one
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory config
  backstory config ready.criteria 2
  backstory config done \"Help page updated\" \"Released to staging\"
  backstory config personas --add host --remove guest
  backstory config iterations.start 2026-11-02
  backstory config iterations.capacity --add 12=50%
  backstory config views --add \"Next | is:ready | n | epic\"

A list takes its entries with commas between them; the lines of `done` and `views` are arguments of their own. The \
values replace those there are; --add and --remove leave the others as they are.")]
pub(super) struct Args {
    /// The setting, such as ready.criteria; without one, all are listed
    #[arg(value_parser = Named, hide_possible_values = true)]
    name: Option<Setting>,
    /// What it is to be
    #[arg(requires = "name", conflicts_with_all = ["add", "remove", "clear"])]
    value: Vec<String>,
    /// One more entry of a list
    #[arg(long, value_name = "VALUE", requires = "name")]
    add: Vec<String>,
    /// Take this entry out of a list
    #[arg(long, value_name = "VALUE", requires = "name")]
    remove: Vec<String>,
    /// Empty a list
    #[arg(long, requires = "name", conflicts_with_all = ["add", "remove"])]
    clear: bool,
}

/// Reads the name of a setting; of another word it says which names are nearest.
#[derive(Clone, Debug)]
struct Named;

impl TypedValueParser for Named {
    type Value = Setting;

    fn parse_ref(
        &self,
        command: &Command,
        _: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Setting, clap::Error> {
        let word = value.to_string_lossy();
        Setting::named(&word).ok_or_else(|| {
            let sentence = unknown(&word);
            clap::Error::raw(ErrorKind::InvalidValue, sentence).with_cmd(command)
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let values = Setting::ALL
            .into_iter()
            .map(|setting| PossibleValue::new(setting.name()).help(setting.about()));
        Some(Box::new(values))
    }
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let deeds = args.deeds()?;
    let mut desk = Desk::open(context)?;
    let Some(setting) = args.name else {
        show_all(desk.backlog.product(), context);
        return Ok(());
    };
    if deeds.is_empty() {
        show(setting, desk.backlog.product(), context);
        return Ok(());
    }
    let now = context.stamp().at;
    let mut product = Product::clone(desk.backlog.product());
    for deed in &deeds {
        product = setting.after(&product, deed, now)?;
    }
    let change = Change::Settings(Box::new(product));
    let label = change.label(&desk.backlog);
    let act = desk.perform(&label, &[change], context)?;
    let product = desk.backlog.product();
    if context.json {
        json(product, context);
        return Ok(());
    }
    let text = match setting.text(product) {
        text if text.is_empty() => "none".to_owned(),
        text => text,
    };
    let became = if act.is_some() {
        "is now"
    } else {
        "was already"
    };
    context
        .out
        .line(&format!("{} {became}: {text}", setting.name()));
    Ok(())
}

impl Args {
    /// What is to be done to the setting; nothing where it is only read.
    fn deeds(&self) -> Result<Vec<Deed>, Failure> {
        let is_of_list = self.clear || !self.add.is_empty() || !self.remove.is_empty();
        if let Some(setting) = self.name.filter(|setting| is_of_list && !setting.is_list()) {
            return Err(Failure::usage(
                Refusal::from(Unfit::NotAList(setting.name())).to_string(),
            ));
        }
        let mut deeds = Vec::new();
        if self.clear || !self.value.is_empty() {
            deeds.push(Deed::Set(self.value.clone()));
        }
        if !self.remove.is_empty() {
            deeds.push(Deed::Remove(self.remove.clone()));
        }
        if !self.add.is_empty() {
            deeds.push(Deed::Add(self.add.clone()));
        }
        Ok(deeds)
    }
}

/// Lists all settings, the lines of a list below each other.
fn show_all(product: &Product, context: &mut Context) {
    if context.json {
        json(product, context);
        return;
    }
    let mut table = Table::new(1);
    for setting in Setting::ALL {
        let rows = match setting.shape() {
            Shape::Lines | Shape::Proses => setting.entries(product),
            _ => vec![setting.text(product)],
        };
        let mut name = setting.name();
        for row in rows
            .iter()
            .map(String::as_str)
            .chain(rows.is_empty().then_some(""))
        {
            let value = if row.is_empty() {
                Cell::text("none").role(Role::Faint)
            } else {
                Cell::text(row)
            };
            table.row([Cell::text(name), value]);
            name = "";
        }
    }
    context.out.table(&table);
}

/// Prints a value alone, one line an entry.
fn show(setting: Setting, product: &Product, context: &mut Context) {
    if context.json {
        json(product, context);
        return;
    }
    for entry in setting.entries(product) {
        context.out.line(&entry);
    }
}

fn json(product: &Product, context: &mut Context) {
    let fields = serde_json::to_value(product).unwrap_or_default();
    context.out.json("product", json!({ "product": fields }));
}

/// Says that a word is no setting's name, and which names are nearest.
fn unknown(word: &str) -> String {
    let nearest: Vec<&str> = Setting::nearest(word)
        .into_iter()
        .map(Setting::name)
        .collect();
    let advice = match nearest.as_slice() {
        [] => "`backstory config` lists those there are".to_owned(),
        [only] => format!("The nearest is {only}"),
        several => format!("The nearest are {}", several.join(", ")),
    };
    format!("There is no setting `{word}`. {advice}")
}
