//! A text that becomes a file because the user asked for it; nothing that is there already is lost unasked.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path;

use crate::paths;
use crate::ui::Input;
use crate::ui::effect::TextFile;

/// Writes the file and tells what came of it.
pub(super) fn write(mut wanted: TextFile) -> Input {
    wanted.file = paths::at_home(&wanted.file);
    let about = &wanted.about;
    let shown = path::absolute(&wanted.file).unwrap_or_else(|_| wanted.file.clone());
    let shown = shown.display();
    if wanted.file.is_dir() {
        let said = format!("{about} is not written: {shown} is a folder. Name a file in it.");
        return Input::News(said, true);
    }
    // Writing into a pipe could wait for ever.
    if fs::metadata(&wanted.file).is_ok_and(|there| !there.is_file()) {
        let said = format!("{about} is not written: {shown} is no file. Choose another.");
        return Input::News(said, true);
    }
    match put(&wanted) {
        Ok(()) => Input::News(format!("{about} is written to {shown}."), false),
        Err(error) if error.kind() == ErrorKind::AlreadyExists && !wanted.replaces => {
            Input::FileThere(wanted)
        }
        Err(error) => {
            let said = format!("{about} is not written to {shown}: {error}. Choose another file.");
            Input::News(said, true)
        }
    }
}

fn put(wanted: &TextFile) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true);
    if wanted.replaces {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    options
        .open(&wanted.file)?
        .write_all(wanted.text.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_is_written_and_one_that_is_there_is_asked_about() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("WEB-1-round-1.md");
        let wanted = |text: &str, replaces| TextFile {
            file: file.clone(),
            text: text.to_owned(),
            about: "The letter to the team about WEB-1".to_owned(),
            replaces,
        };
        let Input::News(said, false) = write(wanted("one", false)) else {
            panic!("it is written");
        };
        let shown = file.display();
        let expected = format!("The letter to the team about WEB-1 is written to {shown}.");
        assert_eq!(said, expected);
        let again = wanted("two", false);
        let Input::FileThere(asked) = write(again.clone()) else {
            panic!("it is asked about");
        };
        assert_eq!(asked, again);
        assert_eq!(fs::read_to_string(&file).unwrap(), "one");
        let Input::News(_, false) = write(wanted("two", true)) else {
            panic!("it is written over");
        };
        assert_eq!(fs::read_to_string(&file).unwrap(), "two");
    }

    #[test]
    fn what_cannot_be_written_is_told_with_the_reason() {
        let folder = tempfile::tempdir().unwrap();
        let told = |file: path::PathBuf| {
            let written = write(TextFile {
                file,
                text: "one".to_owned(),
                about: "The letter to the team about WEB-1".to_owned(),
                replaces: false,
            });
            let Input::News(said, true) = written else {
                panic!("it is not written");
            };
            said
        };
        let said = told(folder.path().to_owned());
        assert!(said.ends_with("is a folder. Name a file in it."), "{said}");
        let said = told(folder.path().join("no/letter.md"));
        assert!(said.contains("letter.md: No such file"), "{said}");
        assert!(said.ends_with("Choose another file."), "{said}");
    }
}
