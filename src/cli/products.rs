//! `backstory products`, and the choice of the product that every other command is about.

use std::fs;

use serde_json::{Value, json};

use super::context::{Context, Failure};
use super::print::{Cell, Role, Table};
use crate::model::Product;
use crate::store::products::{Listed, Products};

/// List the products
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(context: &mut Context) -> Result<(), Failure> {
    let products = context.products()?;
    let listed = products.list()?;
    let used = current(&products, &listed);
    let is_used = |product: &Listed| used.as_ref() == Some(product);
    if context.json {
        let values: Vec<Value> = listed
            .iter()
            .map(|product| product_value(product, settings(product).as_ref(), is_used(product)))
            .collect();
        let directory = products.directory().display().to_string();
        let body = json!({ "directory": directory, "products": values });
        context.out.json("product-list", body);
        return Ok(());
    }
    if listed.is_empty() {
        let directory = products.directory().display();
        context.note(format!(
            "There is no product in {directory} yet. Make one with `backstory init NAME`."
        ));
    }
    let mut table = Table::new(3);
    for product in &listed {
        let key =
            settings(product).map_or_else(|| "?".to_owned(), |product| product.key.to_string());
        table.row([
            Cell::text(if is_used(product) { "*" } else { " " }),
            Cell::text(&product.slug),
            Cell::text(&key).role(Role::Faint),
            Cell::text(&product.name).role(Role::Strong),
            Cell::text(&product.folder.display().to_string()).role(Role::Faint),
        ]);
    }
    context.out.table(&table);
    Ok(())
}

/// Chooses a product by folder, name or key prefix; without a word the only one, or the last used.
pub(super) fn choose(products: &Products, word: Option<&str>) -> Result<Listed, Failure> {
    let listed = products.list()?;
    let Some(word) = word else {
        return match current(products, &listed) {
            Some(product) => Ok(product),
            None if listed.is_empty() => Ok(products.find("")?),
            None => Err(Failure::usage(format!(
                "There are several products. Choose one with -p: {}.",
                slugs(&listed)
            ))),
        };
    };
    let wanted = word.trim().to_lowercase();
    if let Some(product) = listed.iter().find(|product| product.slug == wanted) {
        return Ok(product.clone());
    }
    let named = |product: &&Listed| product.name.to_lowercase() == wanted;
    let keyed = |product: &&Listed| {
        settings(product).is_some_and(|product| product.key.as_str().eq_ignore_ascii_case(&wanted))
    };
    let mut found: Vec<&Listed> = listed.iter().filter(named).collect();
    if found.is_empty() {
        found = listed.iter().filter(keyed).collect();
    }
    match found.as_slice() {
        [only] => Ok((*only).clone()),
        [] => Ok(products.find(word)?),
        [..] => Err(Failure::refused(format!(
            "Several products are called `{}`. Choose one by its folder's name: {}.",
            word.trim(),
            slugs(found)
        ))),
    }
}

/// A product as JSON.
pub(super) fn product_value(product: &Listed, settings: Option<&Product>, is_used: bool) -> Value {
    json!({
        "slug": product.slug,
        "name": product.name,
        "key": settings.map(|settings| settings.key.as_str()),
        "folder": product.folder.display().to_string(),
        "used": is_used,
    })
}

/// The only product, or the last used.
fn current(products: &Products, listed: &[Listed]) -> Option<Listed> {
    match listed {
        [only] => Some(only.clone()),
        _ => products.last_used(),
    }
}

/// The product's settings; `None` where its file cannot be read.
fn settings(product: &Listed) -> Option<Product> {
    let bytes = fs::read(product.folder.join("product.json")).ok()?;
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    serde_json::from_slice(text).ok()
}

fn slugs<'a>(listed: impl IntoIterator<Item = &'a Listed>) -> String {
    let slugs: Vec<&str> = listed
        .into_iter()
        .map(|product| product.slug.as_str())
        .collect();
    slugs.join(", ")
}
