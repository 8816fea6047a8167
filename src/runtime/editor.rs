//! The user's own editor, for long text.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use uuid::Uuid;

/// Lets the user edit a text with `$VISUAL` or `$EDITOR` and answers what it became.
pub(super) fn edit(text: &str) -> Result<String> {
    let chosen = ["VISUAL", "EDITOR"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|command| !command.trim().is_empty())
        .unwrap_or_else(|| {
            if cfg!(windows) {
                "notepad".to_owned()
            } else {
                "vi".to_owned()
            }
        });
    let file = std::env::temp_dir().join(format!("backstory-{}.md", Uuid::now_v7()));
    // A text file ends with a line end; what is written behind the text starts a line of its own.
    let gap = if text.is_empty() || text.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    fs::write(&file, format!("{text}{gap}"))
        .with_context(|| format!("{} could not be written", file.display()))?;
    let mut words = chosen.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let status = Command::new(program).args(words).arg(&file).status();
    let edited = fs::read_to_string(&file);
    let _ = fs::remove_file(&file);
    let status = status.with_context(|| {
        format!("The editor `{chosen}` could not be started. Set VISUAL or EDITOR to one that is installed")
    })?;
    if !status.success() {
        bail!("The editor `{chosen}` ended with an error, so the text stays as it was.");
    }
    let edited = edited.context("The text could not be read back, so it stays as it was")?;
    // Editors end a file with a line end that nobody typed.
    Ok(match edited.strip_suffix('\n') {
        Some(line) if !text.ends_with('\n') => line.to_owned(),
        _ => edited,
    })
}
