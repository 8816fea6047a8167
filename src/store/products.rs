//! The products of a data directory: one folder each.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use super::disk::{self, Disk};
use super::folder::{PRODUCT_FILE, STORIES, replace};
use super::record;
use super::session::Session;
use super::slug::slug;
use crate::model::Product;

/// The data directory.
#[derive(Clone, Debug)]
pub struct Products {
    directory: PathBuf,
}

/// One product of a data directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The folder's name, by which people choose the product.
    pub slug: String,
    /// The product's name; the folder's where the product's file cannot be read.
    pub name: String,
    /// The product's folder.
    pub folder: PathBuf,
}

impl Products {
    /// Names a data directory; it need not be there yet.
    pub fn of(directory: impl Into<PathBuf>) -> Self {
        Self {
            directory: directory.into(),
        }
    }

    /// The data directory.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// Lists the products by name.
    ///
    /// # Errors
    /// When the directory is there and cannot be read.
    pub fn list(&self) -> Result<Vec<Listed>> {
        let shown = || self.directory.display().to_string();
        let entries = match fs::read_dir(&self.directory) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error).with_context(shown),
        };
        let mut products = Vec::new();
        for entry in entries {
            let entry = entry.with_context(shown)?;
            let slug = entry.file_name().to_string_lossy().into_owned();
            if !slug.starts_with('.') {
                products.extend(listed(slug, entry.path()));
            }
        }
        products.sort_by(|a, b| {
            (a.name.to_lowercase(), &a.slug).cmp(&(b.name.to_lowercase(), &b.slug))
        });
        Ok(products)
    }

    /// Finds a product by its folder's name, or by its own.
    ///
    /// # Errors
    /// When there is none; the sentence names those there are.
    pub fn find(&self, name: &str) -> Result<Listed> {
        let products = self.list()?;
        let wanted = name.trim().to_lowercase();
        let found = products
            .iter()
            .find(|product| product.slug == wanted)
            .or_else(|| {
                products
                    .iter()
                    .find(|product| product.name.to_lowercase() == wanted)
            });
        if let Some(found) = found {
            return Ok(found.clone());
        }
        if products.is_empty() {
            bail!("There is no product yet. Make one with `backstory init NAME`.");
        }
        let slugs: Vec<&str> = products
            .iter()
            .map(|product| product.slug.as_str())
            .collect();
        bail!(
            "There is no product `{}`. There is: {}.",
            name.trim(),
            slugs.join(", ")
        );
    }

    /// Makes a folder for a new product.
    ///
    /// # Errors
    /// A second product of the same name is refused, and so is a directory that cannot be written.
    pub fn create(&self, product: &Product) -> Result<Listed> {
        let products = self.list()?;
        let name = product.name.to_string();
        if let Some(same) = products
            .iter()
            .find(|other| other.name.to_lowercase() == name.to_lowercase())
        {
            bail!(
                "There is a product named {} already, in {}. Choose another name.",
                same.name,
                same.folder.display()
            );
        }
        let slug = self.free_slug(&name);
        let folder = self.directory.join(&slug);
        let disk = Disk::default();
        fs::create_dir_all(folder.join(STORIES)).with_context(|| folder.display().to_string())?;
        let text = record::text(product)?;
        replace(&disk, &folder.join(PRODUCT_FILE), text.as_bytes())?;
        Ok(Listed { slug, name, folder })
    }

    /// The product that was used last, if it is still there.
    pub fn last_used(&self) -> Option<Listed> {
        let session = Session::of(&self.directory).load();
        let slug = session.get("product").and_then(Value::as_str)?.to_owned();
        let products = self.list().ok()?;
        products.into_iter().find(|product| product.slug == slug)
    }

    /// Remembers the product that is used now.
    ///
    /// # Errors
    /// When the directory cannot be written.
    pub fn remember(&self, slug: &str) -> Result<()> {
        let session = Session::of(&self.directory);
        let mut value = match session.load() {
            Value::Object(fields) => Value::Object(fields),
            _ => json!({}),
        };
        if value.get("product").and_then(Value::as_str) == Some(slug) {
            return Ok(());
        }
        value["product"] = json!(slug);
        session.save(&value)
    }

    fn free_slug(&self, name: &str) -> String {
        let taken: BTreeSet<String> = fs::read_dir(&self.directory)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().to_lowercase())
            .collect();
        let slug = slug(name);
        if !taken.contains(&slug) {
            return slug;
        }
        let mut number = 2;
        loop {
            let numbered = format!("{slug}-{number}");
            if !taken.contains(&numbered) {
                return numbered;
            }
            number += 1;
        }
    }
}

/// Looks whether a folder holds a product; a broken one is one too, and so are stories whose product's file is lost.
fn listed(slug: String, folder: PathBuf) -> Option<Listed> {
    let path = folder.join(PRODUCT_FILE);
    let product = match disk::read(&path) {
        Ok(Some(bytes)) => record::parse::<Product>(&path, &bytes).ok(),
        Ok(None) | Err(_) if has_stories(&folder) => None,
        Ok(None) | Err(_) => return None,
    };
    let name = product.map_or_else(|| slug.clone(), |product| product.name.to_string());
    Some(Listed { slug, name, folder })
}

fn has_stories(folder: &Path) -> bool {
    let entries = fs::read_dir(folder.join(STORIES)).into_iter().flatten();
    entries
        .flatten()
        .any(|entry| entry.path().extension().is_some_and(|end| end == "json"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::JsonStore;

    fn product(name: &str) -> Product {
        Product::new(name, None).unwrap()
    }

    #[test]
    fn a_new_product_is_listed_and_opens() {
        let root = tempfile::tempdir().unwrap();
        let products = Products::of(root.path().join("data"));
        assert_eq!(products.list().unwrap(), []);
        let made = products.create(&product("Bücher Shop")).unwrap();
        assert_eq!(
            (made.slug.as_str(), made.name.as_str()),
            ("buecher-shop", "Bücher Shop")
        );
        assert_eq!(products.list().unwrap(), std::slice::from_ref(&made));
        let (_, opened) = JsonStore::open(&made.folder).unwrap();
        assert_eq!(opened.product, product("Bücher Shop"));
    }

    #[test]
    fn two_products_of_the_same_name_are_refused() {
        let root = tempfile::tempdir().unwrap();
        let products = Products::of(root.path());
        products.create(&product("Webshop")).unwrap();
        let error = products.create(&product("WEBSHOP")).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("There is a product named Webshop already")
        );
        let other = products.create(&product("Web-Shop!")).unwrap();
        assert_eq!(other.slug, "web-shop");
        assert_eq!(
            products.create(&product("Web shop")).unwrap().slug,
            "web-shop-2"
        );
    }

    #[test]
    fn a_product_is_found_by_folder_or_name() {
        let root = tempfile::tempdir().unwrap();
        let products = Products::of(root.path());
        let error = products.find("webshop").unwrap_err().to_string();
        assert!(error.contains("backstory init"), "{error}");
        let made = products.create(&product("Web Shop")).unwrap();
        for name in ["web-shop", "Web Shop", " WEB SHOP "] {
            assert_eq!(products.find(name).unwrap(), made);
        }
        let error = products.find("till").unwrap_err().to_string();
        assert_eq!(error, "There is no product `till`. There is: web-shop.");
    }

    #[test]
    fn the_last_used_product_is_remembered_while_it_is_there() {
        let root = tempfile::tempdir().unwrap();
        let products = Products::of(root.path());
        let made = products.create(&product("Webshop")).unwrap();
        assert_eq!(products.last_used(), None);
        products.remember("webshop").unwrap();
        assert_eq!(products.last_used(), Some(made.clone()));
        assert_eq!(
            products.list().unwrap().len(),
            1,
            "the directory's own folder is no product"
        );
        fs::remove_dir_all(made.folder).unwrap();
        assert_eq!(products.last_used(), None);
    }

    #[test]
    fn a_product_with_a_broken_file_is_listed_by_its_folder() {
        let root = tempfile::tempdir().unwrap();
        let products = Products::of(root.path());
        let made = products.create(&product("Webshop")).unwrap();
        fs::write(made.folder.join(PRODUCT_FILE), "{").unwrap();
        assert_eq!(products.list().unwrap()[0].name, "webshop");
    }
}
