//! `backstory init`: a new product.

use serde_json::json;

use super::context::{Context, Failure};
use super::products::product_value;
use crate::model::{KeyPrefix, Product};

/// Make a product
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  backstory init Webshop
  backstory init \"Night bus\" --key BUS
  mkdir .backstory && backstory init Webshop      a backlog shared in this repository")]
pub(super) struct Args {
    /// What people call it
    #[arg(required = true)]
    name: Vec<String>,
    /// The letters before the number in a story's key; proposed from the name
    #[arg(long, value_name = "PREFIX")]
    key: Option<String>,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let key = args.key.as_deref().map(KeyPrefix::parse).transpose()?;
    let product = Product::new(&args.name.join(" "), key)?;
    let products = context.products()?;
    let made = products.create(&product)?;
    // The product is there; that it is not the last used yet is no reason to fail.
    let _ = products.remember(&made.slug);
    if context.json {
        let value = product_value(&made, Some(&product), true);
        context.out.json("product", json!({ "product": value }));
        return Ok(());
    }
    context.out.line(&format!(
        "{} is ready in {}. Its first story will be {}: `backstory add TITLE`.",
        made.name,
        made.folder.display(),
        product.key_of(1)
    ));
    Ok(())
}
