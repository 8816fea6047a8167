//! The `backstory` program: hands its arguments over and answers with the exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    backstory::cli::main()
}
