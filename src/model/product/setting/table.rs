//! The table: what every setting is called, what it means, and what it takes.

use super::{Setting, Shape};

/// A row of the table.
struct Row {
    setting: Setting,
    name: &'static str,
    group: &'static str,
    title: &'static str,
    subject: &'static str,
    about: &'static str,
    form: &'static str,
    shape: Shape,
}

const PRODUCT: &str = "Product";
const READY: &str = "Definition of ready";
const TEMPLATES: &str = "Templates";
const ITERATIONS: &str = "Iterations";
const LINTER: &str = "Linter";
const YES_OR_NO: &str = "yes or no";
const ONE_TO_FOUR: &str = "A number from 1 to 4.";
const THE_READY: &str = "the definition of ready";

/// The settings in the order in which they are shown.
const TABLE: [Row; 33] = [
    Row {
        setting: Setting::Name,
        name: "name",
        group: PRODUCT,
        title: "Name",
        subject: "the product's name",
        about: "What people call the product.",
        form: "A few words, such as Webshop.",
        shape: Shape::Text,
    },
    Row {
        setting: Setting::Key,
        name: "key",
        group: PRODUCT,
        title: "Key prefix",
        subject: "the key prefix",
        about: "The letters before the number in a story's key. A new prefix changes all keys at once; old keys find \
                nothing then, bare numbers still do.",
        form: "1 to 10 letters or digits, a letter first, such as WEB.",
        shape: Shape::Text,
    },
    Row {
        setting: Setting::Personas,
        name: "personas",
        group: PRODUCT,
        title: "Personas",
        subject: "the personas",
        about: "The people the stories are for; they are proposed while you write.",
        form: "Names without an article and with commas between them, such as guest, returning customer.",
        shape: Shape::Names,
    },
    Row {
        setting: Setting::ReadyCriteria,
        name: "ready.criteria",
        group: READY,
        title: "Criteria",
        subject: THE_READY,
        about: "How many acceptance criteria a feature or a bug needs to be agreed.",
        form: "A number from 0 to 99.",
        shape: Shape::Text,
    },
    Row {
        setting: Setting::ReadyAnswers,
        name: "ready.answers",
        group: READY,
        title: "Questions answered",
        subject: THE_READY,
        about: "Whether every question of a story needs an answer before it is agreed.",
        form: YES_OR_NO,
        shape: Shape::Switch,
    },
    Row {
        setting: Setting::ReadyBenefit,
        name: "ready.benefit",
        group: READY,
        title: "Benefit",
        subject: THE_READY,
        about: "Whether a feature or a bug must say what it is good for before it is agreed.",
        form: YES_OR_NO,
        shape: Shape::Switch,
    },
    Row {
        setting: Setting::ReadyEstimate,
        name: "ready.estimate",
        group: READY,
        title: "Estimate",
        subject: THE_READY,
        about: "Whether a story needs an estimate before it is agreed.",
        form: YES_OR_NO,
        shape: Shape::Switch,
    },
    Row {
        setting: Setting::ReadyProblem,
        name: "ready.problem",
        group: READY,
        title: "Problem",
        subject: THE_READY,
        about: "Whether a story must say which problem it solves before it is agreed.",
        form: YES_OR_NO,
        shape: Shape::Switch,
    },
    Row {
        setting: Setting::ReadySound,
        name: "ready.sound",
        group: READY,
        title: "No defect",
        subject: THE_READY,
        about: "Whether the linter must find no defect in a story before it is agreed; warnings and hints do not count.",
        form: YES_OR_NO,
        shape: Shape::Switch,
    },
    Row {
        setting: Setting::ReadyLines,
        name: "ready.lines",
        group: READY,
        title: "Lines to tick",
        subject: THE_READY,
        about: "What else must be ticked to agree a story, in the menu of steps.",
        form: "A line such as: Sketch seen by two users.",
        shape: Shape::Lines,
    },
    Row {
        setting: Setting::Done,
        name: "done",
        group: "Definition of done",
        title: "Lines to tick",
        subject: "the definition of done",
        about: "What must be ticked to accept a story, beside its criteria. A review that is under way keeps the lines \
                it began with.",
        form: "A line such as: Help page updated. Kinds and a colon before it make it one for these only: bug: A test \
               fails without it.",
        shape: Shape::Lines,
    },
    Row {
        setting: Setting::Scale,
        name: "scale",
        group: "Estimates",
        title: "Scale",
        subject: "the estimate scale",
        about: "The estimates the team uses. Without any the team gives none, and every story counts as one point in \
                velocity and forecast.",
        form: "Numbers of points with commas between them, such as 1, 2, 3, 5, 8, 13, or none.",
        shape: Shape::Words,
    },
    Row {
        setting: Setting::Start,
        name: "iterations.start",
        group: ITERATIONS,
        title: "First day",
        subject: "the first day of iterations",
        about: "The first day of iteration 1; every iteration begins on its weekday. Without it there are no \
                iterations, and the settings below are gone.",
        form: "A day such as 2026-11-02, or none.",
        shape: Shape::Text,
    },
    Row {
        setting: Setting::Weeks,
        name: "iterations.weeks",
        group: ITERATIONS,
        title: "Weeks",
        subject: "the length of iterations",
        about: "How many weeks an iteration lasts.",
        form: ONE_TO_FOUR,
        shape: Shape::Text,
    },
    Row {
        setting: Setting::Window,
        name: "iterations.window",
        group: ITERATIONS,
        title: "Velocity over",
        subject: "the window of the velocity",
        about: "Over how many completed iterations the velocity is the mean.",
        form: ONE_TO_FOUR,
        shape: Shape::Text,
    },
    Row {
        setting: Setting::Counts,
        name: "iterations.counts",
        group: ITERATIONS,
        title: "Kinds that count",
        subject: "the kinds that count",
        about: "The kinds of stories whose points count for the velocity.",
        form: "Some of feature, bug, chore, spike, with commas between them.",
        shape: Shape::Choices,
    },
    Row {
        setting: Setting::Capacity,
        name: "iterations.capacity",
        group: ITERATIONS,
        title: "Capacity",
        subject: "the capacity of iterations",
        about: "What single iterations can hold, in per cent of the usual; those not named here have 100.",
        form: "Iterations by number with commas between them, such as 12=50%, 13=80%.",
        shape: Shape::Words,
    },
    Row {
        setting: Setting::FeatureCriteria,
        name: "templates.feature.criteria",
        group: TEMPLATES,
        title: "Feature criteria",
        subject: "the template of features",
        about: "The criteria that a new feature begins with; each may have several lines, such as Given, When and Then.",
        form: "A criterion such as: It works on a phone.",
        shape: Shape::Proses,
    },
    Row {
        setting: Setting::FeatureNotes,
        name: "templates.feature.notes",
        group: TEMPLATES,
        title: "Feature notes",
        subject: "the template of features",
        about: "The notes that a new feature begins with.",
        form: "A few words, such as: Who asked for it?",
        shape: Shape::Prose,
    },
    Row {
        setting: Setting::BugCriteria,
        name: "templates.bug.criteria",
        group: TEMPLATES,
        title: "Bug criteria",
        subject: "the template of bugs",
        about: "The criteria that a new bug begins with; a story that is added with its own has those instead.",
        form: "A criterion such as: The steps no longer show it.",
        shape: Shape::Proses,
    },
    Row {
        setting: Setting::BugNotes,
        name: "templates.bug.notes",
        group: TEMPLATES,
        title: "Bug notes",
        subject: "the template of bugs",
        about: "The notes that a new bug begins with.",
        form: "A few words, such as: Steps, what was seen, what was expected.",
        shape: Shape::Prose,
    },
    Row {
        setting: Setting::ChoreCriteria,
        name: "templates.chore.criteria",
        group: TEMPLATES,
        title: "Chore criteria",
        subject: "the template of chores",
        about: "The criteria that a new chore begins with; a story that is added with its own has those instead.",
        form: "A criterion such as: Nothing changes for users.",
        shape: Shape::Proses,
    },
    Row {
        setting: Setting::ChoreNotes,
        name: "templates.chore.notes",
        group: TEMPLATES,
        title: "Chore notes",
        subject: "the template of chores",
        about: "The notes that a new chore begins with.",
        form: "A few words, such as: Why now?",
        shape: Shape::Prose,
    },
    Row {
        setting: Setting::SpikeCriteria,
        name: "templates.spike.criteria",
        group: TEMPLATES,
        title: "Spike criteria",
        subject: "the template of spikes",
        about: "The criteria that a new spike begins with; a story that is added with its own has those instead.",
        form: "A criterion such as: The answer is written down.",
        shape: Shape::Proses,
    },
    Row {
        setting: Setting::SpikeNotes,
        name: "templates.spike.notes",
        group: TEMPLATES,
        title: "Spike notes",
        subject: "the template of spikes",
        about: "The notes that a new spike begins with.",
        form: "A few words, such as: The question, and by when.",
        shape: Shape::Prose,
    },
    Row {
        setting: Setting::LintOff,
        name: "lint.off",
        group: LINTER,
        title: "Rules off",
        subject: "the linter's rules",
        about: "The rules of the linter that say nothing in this product. In a single story a finding is settled with !.",
        form: "Names of rules with commas between them, such as vague, similar.",
        shape: Shape::Choices,
    },
    Row {
        setting: Setting::LintVague,
        name: "lint.vague",
        group: LINTER,
        title: "Vague words",
        subject: "the vague words",
        about: "Words that say too little in this product, beside the usual ones such as fast or easy.",
        form: "Words with commas between them, such as snappy, as usual.",
        shape: Shape::Words,
    },
    Row {
        setting: Setting::LintCriteria,
        name: "lint.criteria",
        group: LINTER,
        title: "Most criteria",
        subject: "the most criteria of a story",
        about: "With more criteria than this a story is called too large.",
        form: "A number from 1 to 99.",
        shape: Shape::Text,
    },
    Row {
        setting: Setting::LintBlockers,
        name: "lint.blockers",
        group: LINTER,
        title: "Most blockers",
        subject: "the most blockers of a story",
        about: "With more open blockers than this a story is called too dependent.",
        form: "A number from 0 to 99.",
        shape: Shape::Text,
    },
    Row {
        setting: Setting::LintTitle,
        name: "lint.title",
        group: LINTER,
        title: "Longest title",
        subject: "the longest title",
        about: "With more characters than this a title is called too long.",
        form: "A number from 10 to 250.",
        shape: Shape::Text,
    },
    Row {
        setting: Setting::Freshness,
        name: "freshness",
        group: "Problems",
        title: "Fresh for",
        subject: "how long evidence is fresh",
        about: "For how many days evidence keeps a problem fresh.",
        form: "A number of days from 1 to 255.",
        shape: Shape::Text,
    },
    Row {
        setting: Setting::Scores,
        name: "scores",
        group: "Scores",
        title: "Ways to score",
        subject: "the ways to score",
        about: "The ways to score that are in use; the first one is shown beside the stories.",
        form: "Some of moscow, value-effort, wsjf, rice, impact, with commas between them.",
        shape: Shape::Choices,
    },
    Row {
        setting: Setting::Views,
        name: "views",
        group: "Views",
        title: "Saved views",
        subject: "the views",
        about: "Saved looks at the backlog: a name, a query, the key that chooses it, and what its stories are grouped \
                by.",
        form: "NAME | QUERY | KEY | GROUP, such as Next | is:ready | n | epic. All but the name may be left out.",
        shape: Shape::Lines,
    },
];

impl Setting {
    /// Every setting, in the order in which they are shown.
    pub const ALL: [Self; TABLE.len()] = {
        let mut all = [Self::Name; TABLE.len()];
        let mut at = 0;
        while at < TABLE.len() {
            all[at] = TABLE[at].setting;
            at += 1;
        }
        all
    };

    const fn row(self) -> &'static Row {
        const ROWS: &[Row] = &TABLE;
        &ROWS[self as usize]
    }

    /// The name for the command line.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// The heading it stands under.
    pub const fn group(self) -> &'static str {
        self.row().group
    }

    /// What it is called under its heading.
    pub const fn title(self) -> &'static str {
        self.row().title
    }

    /// What is changed when it is changed, such as "the definition of done".
    pub const fn subject(self) -> &'static str {
        self.row().subject
    }

    /// What it means, in a sentence or two.
    pub const fn about(self) -> &'static str {
        self.row().about
    }

    /// What may be typed for it.
    pub const fn form(self) -> &'static str {
        self.row().form
    }

    /// What its value is made of.
    pub const fn shape(self) -> Shape {
        self.row().shape
    }
}
