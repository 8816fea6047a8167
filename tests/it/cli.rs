//! The command line, by running the real program in a temporary data directory.

mod acceptance;
mod blockers;
mod compare;
mod config;
mod deleted;
mod features;
mod files;
mod forecast;
mod hostile;
mod insights;
mod lint;
mod lists;
mod meeting;
mod options;
mod places;
mod problems;
pub(crate) mod program;
mod report;
mod scores;
mod since;
mod sort;
mod split;
mod stories;
mod terminal;
mod views;
