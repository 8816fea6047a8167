//! Where the data lives. It looks for folders and makes none.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use directories::{BaseDirs, ProjectDirs};

/// The environment variable that names the data directory.
pub const VARIABLE: &str = "BACKSTORY_DATA_DIR";
/// The folder of a team's shared backlog, looked for in the current directory and above.
pub const SHARED: &str = ".backstory";

/// Finds the data directory: the option, else the environment, else a shared folder, else the user's own.
///
/// # Errors
/// When the system names no place for the user's data.
pub fn data_dir(option: Option<&Path>) -> Result<PathBuf> {
    let current = env::current_dir().ok();
    chosen(option, env::var_os(VARIABLE), current.as_deref())
        .or_else(own)
        .context("This system names no folder for your data. Name one with --data-dir.")
}

/// The path with the user's home in place of a leading `~`, which no shell has replaced here.
pub fn at_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), BaseDirs::new()) {
        (Ok(rest), Some(home)) => home.home_dir().join(rest),
        _ => path.to_path_buf(),
    }
}

/// The choice without the user's own directory; an empty variable counts as none.
fn chosen(
    option: Option<&Path>,
    variable: Option<OsString>,
    current: Option<&Path>,
) -> Option<PathBuf> {
    option
        .map(Path::to_owned)
        .or_else(|| variable.filter(|path| !path.is_empty()).map(PathBuf::from))
        .or_else(|| shared(current?))
}

fn shared(current: &Path) -> Option<PathBuf> {
    current
        .ancestors()
        .map(|folder| folder.join(SHARED))
        .find(|folder| folder.is_dir())
}

fn own() -> Option<PathBuf> {
    let folders = ProjectDirs::from("", "", "backstory")?;
    Some(folders.data_dir().to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_option_goes_before_the_variable_and_the_variable_before_the_shared_folder() {
        let root = tempfile::tempdir().unwrap();
        let below = root.path().join("a/b");
        fs::create_dir_all(root.path().join(SHARED)).unwrap();
        fs::create_dir_all(&below).unwrap();
        let variable = || Some(OsString::from("variable"));
        let option = Path::new("option");
        assert_eq!(
            chosen(Some(option), variable(), Some(&below)),
            Some(option.to_owned())
        );
        assert_eq!(
            chosen(None, variable(), Some(&below)),
            Some(PathBuf::from("variable"))
        );
        let shared = Some(root.path().join(SHARED));
        assert_eq!(chosen(None, None, Some(&below)), shared);
        assert_eq!(chosen(None, Some(OsString::new()), Some(&below)), shared);
    }

    #[test]
    fn the_nearest_shared_folder_counts_and_a_file_of_that_name_does_not() {
        let root = tempfile::tempdir().unwrap();
        let below = root.path().join("a");
        fs::create_dir_all(root.path().join(SHARED)).unwrap();
        fs::create_dir_all(&below).unwrap();
        fs::write(below.join(SHARED), "").unwrap();
        assert_eq!(shared(&below), Some(root.path().join(SHARED)));
        fs::remove_file(below.join(SHARED)).unwrap();
        fs::create_dir(below.join(SHARED)).unwrap();
        assert_eq!(shared(&below), Some(below.join(SHARED)));
    }
}
