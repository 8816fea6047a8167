//! The domain: products, problems, stories, their one order, the workflow, reviews, and the history of acts.
//!
//! Invariants:
//! - The model cannot see the terminal, the disk or the clock: `now`, ids and names are passed in.
//! - Every change goes through [`Backlog::apply`], which answers with what it changed or with a [`Refusal`];
//!   a refused change leaves the backlog as it was.
//! - [`Backlog::may`] alone says whether a step is allowed; screens, palette and command line ask it too.

pub mod backlog;
pub mod benefit;
pub mod calendar;
pub mod change;
pub mod compare;
pub mod criteria;
pub mod forecast;
pub mod groups;
pub mod history;
pub mod id;
pub mod insights;
pub mod kind;
pub mod mapping;
pub mod points;
pub mod problem;
pub mod product;
pub mod query;
pub mod rank;
pub mod refusal;
pub mod review;
pub mod score;
pub mod since;
pub mod split;
pub mod story;
pub mod text;
pub mod thread;
pub mod time;
pub mod workflow;

pub use backlog::{Backlog, Critic, Faults, Jump, Lift, Load, Missing};
pub use benefit::{BenefitCheck, Learning, Promise};
pub use calendar::Calendar;
pub use change::{Change, Draft, Edit, NewStory, Place};
pub use compare::Comparison;
pub use criteria::{Agreement, Baseline, Criterion, CriterionId, Question, QuestionId};
pub use forecast::{
    Basis, Cut, Expected, Forecast, Forecaster, Pace, Past, Range, Velocity, WhatIf,
};
pub use groups::Group;
pub use history::{Act, Delta, History, Subject};
pub use id::{ActId, OutcomeId, ProblemId, StoryId};
pub use kind::Kind;
pub use points::{Points, Unit};
pub use problem::{
    AssumptionTest, Belief, BeliefEntry, Evidence, NewProblem, Problem, ProblemEdit, ThreadRefusal,
    Weight,
};
pub use product::{
    Deed, Grouping, Iterations, KeyPrefix, LintSettings, Product, ProductOutcome, Readiness,
    Setting, Shape, Template, Templates, Unfit, View, Within,
};
pub use rank::Rank;
pub use refusal::{Advice, Refusal};
pub use review::{DoneLine, Judgement, Outcome, Round, Verdict};
pub use score::{Board, Grade, Method, Part};
pub use since::{Memory, Since};
pub use split::{Child, Merge, Parent, Split, SplitPart};
pub use story::{Comment, LogEntry, Source, Story};
pub use text::{Line, Prose, Reason, Title};
pub use thread::{Orphans, Promises, Rollup};
pub use time::{Stamp, Timestamp};
pub use workflow::{Status, Step};

/// Fields of a file that this version does not know; they survive load and save.
pub type Extra = serde_json::Map<String, serde_json::Value>;
