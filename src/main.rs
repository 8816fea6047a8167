//! The `backstory` program.

fn main() {}
