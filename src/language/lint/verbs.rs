//! Which English words are verbs: no grammar, only what people write in stories.

use super::words::Text;

/// Words that are verbs wherever a story has them in their base form.
const VERBS: &[&str] = &[
    "accept",
    "achieve",
    "activate",
    "add",
    "adjust",
    "allow",
    "analyse",
    "analyze",
    "annotate",
    "apply",
    "approve",
    "archive",
    "ask",
    "assign",
    "attach",
    "authenticate",
    "avoid",
    "be",
    "become",
    "begin",
    "bring",
    "browse",
    "build",
    "buy",
    "calculate",
    "cancel",
    "capture",
    "carry",
    "choose",
    "click",
    "close",
    "collect",
    "combine",
    "compare",
    "conduct",
    "configure",
    "confirm",
    "connect",
    "consult",
    "continue",
    "convert",
    "create",
    "customise",
    "customize",
    "deactivate",
    "decide",
    "define",
    "delete",
    "deliver",
    "deploy",
    "deposit",
    "describe",
    "detect",
    "determine",
    "develop",
    "disable",
    "discover",
    "discuss",
    "display",
    "distribute",
    "download",
    "drag",
    "drop",
    "edit",
    "embed",
    "enable",
    "encourage",
    "ensure",
    "enter",
    "evaluate",
    "examine",
    "execute",
    "expand",
    "explain",
    "explore",
    "extract",
    "find",
    "finish",
    "fix",
    "follow",
    "gather",
    "generate",
    "get",
    "give",
    "handle",
    "have",
    "hear",
    "hide",
    "highlight",
    "identify",
    "ignore",
    "implement",
    "improve",
    "include",
    "indicate",
    "inform",
    "ingest",
    "insert",
    "inspect",
    "install",
    "integrate",
    "join",
    "keep",
    "know",
    "learn",
    "leave",
    "let",
    "locate",
    "look",
    "maintain",
    "make",
    "manage",
    "measure",
    "meet",
    "merge",
    "migrate",
    "modify",
    "monitor",
    "move",
    "navigate",
    "notify",
    "obtain",
    "operate",
    "organise",
    "organize",
    "override",
    "pay",
    "perform",
    "pick",
    "play",
    "populate",
    "predict",
    "prepare",
    "prevent",
    "preserve",
    "prioritise",
    "prioritize",
    "produce",
    "propose",
    "protect",
    "provide",
    "publish",
    "put",
    "reach",
    "read",
    "reassign",
    "receive",
    "recommend",
    "recover",
    "redesign",
    "redirect",
    "reduce",
    "refer",
    "refine",
    "refund",
    "register",
    "reject",
    "remember",
    "remind",
    "remove",
    "rename",
    "render",
    "renew",
    "reopen",
    "repeat",
    "replace",
    "reply",
    "replicate",
    "require",
    "reschedule",
    "resolve",
    "respond",
    "restore",
    "restrict",
    "retrieve",
    "revert",
    "revoke",
    "roll",
    "run",
    "save",
    "see",
    "select",
    "sell",
    "send",
    "serve",
    "solve",
    "specify",
    "start",
    "stay",
    "stop",
    "submit",
    "subscribe",
    "suggest",
    "synchronise",
    "synchronize",
    "take",
    "tell",
    "toggle",
    "understand",
    "undo",
    "unsubscribe",
    "upload",
    "validate",
    "verify",
    "wait",
    "watch",
    "withdraw",
    "write",
];

/// Words that are verbs or nouns; what follows decides.
const EITHER: &[&str] = &[
    "access", "answer", "block", "book", "call", "change", "chat", "check", "clear", "comment",
    "complete", "contact", "contract", "control", "copy", "correct", "cost", "count", "delay",
    "design", "document", "email", "estimate", "exchange", "export", "file", "fill", "filter",
    "flag", "forecast", "format", "forward", "grant", "group", "guide", "help", "import", "invite",
    "issue", "label", "lead", "like", "limit", "link", "list", "load", "lock", "log", "mail",
    "map", "mark", "match", "message", "name", "need", "note", "offer", "open", "order", "pass",
    "place", "plan", "plot", "point", "post", "preview", "print", "process", "purchase", "query",
    "question", "quote", "rank", "rate", "record", "release", "report", "request", "reserve",
    "reset", "return", "review", "scan", "schedule", "score", "search", "separate", "set", "share",
    "ship", "show", "sign", "sort", "spread", "store", "supply", "support", "switch", "tag",
    "talk", "test", "time", "track", "trade", "transfer", "trust", "update", "use", "view",
    "visit", "vote", "work",
];

/// Words that begin what a verb acts on. Prepositions are none of them: they follow nouns as well ("search with").
const OBJECTS: &[&str] = &[
    "a", "an", "the", "my", "our", "your", "his", "her", "its", "their", "it", "them", "me", "us",
    "him", "this", "that", "these", "those", "all", "any", "each", "every", "some", "someone",
    "anyone", "everyone", "others", "people", "users", "what", "which", "who", "how", "where",
    "when", "whether", "multiple", "several", "more", "new", "only", "up", "out", "off",
];

/// Words that are verbs when just this follows.
const WITH_ITS_WORD: &[(&str, &str)] = &[
    ("comment", "on"),
    ("filter", "by"),
    ("link", "to"),
    ("log", "in"),
    ("log", "into"),
    ("point", "to"),
    ("return", "to"),
    ("search", "for"),
    ("search", "in"),
    ("sign", "in"),
    ("sort", "by"),
    ("switch", "to"),
    ("talk", "to"),
    ("work", "on"),
    ("work", "with"),
];

/// Verbs that need nothing to act on.
const ALONE: &[&str] = &[
    "browse",
    "continue",
    "learn",
    "navigate",
    "pay",
    "register",
    "reply",
    "respond",
    "subscribe",
    "undo",
    "unsubscribe",
    "wait",
    "withdraw",
];

/// Words that no verb is, however an object follows.
const SMALL: &[&str] = &[
    "about", "after", "also", "although", "as", "at", "because", "before", "both", "but", "by",
    "during", "even", "for", "from", "has", "how", "if", "in", "into", "is", "like", "of", "on",
    "once", "onto", "over", "per", "since", "so", "than", "that", "then", "though", "through",
    "to", "under", "until", "upon", "was", "what", "when", "where", "whether", "which", "while",
    "who", "whom", "whose", "why", "with", "within", "without", "are", "were", "am", "not", "all",
    "only", "just", "perhaps", "maybe", "against", "between", "among", "via", "around", "across",
    "outside", "inside", "it", "they", "we", "he", "she", "you", "i", "this", "these", "those",
    "my", "our", "your", "the", "a", "an", "their", "his", "her", "some", "any", "each", "every",
];

/// Words that begin an object and nothing else.
const ARTICLES: &[&str] = &[
    "a", "an", "the", "my", "our", "your", "his", "her", "its", "their",
];

/// Words that may stand between `and` and its verb.
const ON_THE_WAY: &[&str] = &[
    "also",
    "then",
    "to",
    "even",
    "easily",
    "quickly",
    "later",
    "subsequently",
    "immediately",
    "automatically",
    "either",
    "i",
    "can",
    "could",
    "should",
    "would",
    "will",
    "may",
    "be",
    "able",
    "want",
    "like",
    "need",
    "possibly",
    "therefore",
    "thus",
    "successfully",
    "not",
];

/// Whether a conjunction joins two things to be done: "enter my name and pay", but not "name and address".
pub(super) fn joined_at(text: &Text, index: usize) -> bool {
    stands_alone(text, index)
        && among(text, 0, index)
        && begins_at(text, index + 1, text.words.len())
        && !(index > 0 && is_no_deed(text, index - 1))
}

/// Whether a word that could be a verb is none, as in "with open and close buttons", or one that is only told of.
fn is_no_deed(text: &Text, index: usize) -> bool {
    let word = text.word(index);
    let before = index.checked_sub(1).map_or("", |index| text.word(index));
    let follows = matches!(before, "with" | "of" | "for" | "by" | "in" | "on" | "both");
    let is_name = follows && (VERBS.contains(&word) || EITHER.contains(&word));
    is_name || (is_bare(text, index) && (ARTICLES.contains(&before) || is_told_of(text, index)))
}

/// Whether a word stands in a clause that tells of something: "know how they validate and send it".
fn is_told_of(text: &Text, index: usize) -> bool {
    (0..index).any(|index| {
        matches!(
            text.word(index),
            "how" | "that" | "which" | "who" | "what" | "when" | "where" | "whether" | "if"
        )
    })
}

/// The verb of a clause that begins at this word, behind the words on the way to it.
pub(super) fn first_in(text: &Text, mut index: usize) -> usize {
    while ON_THE_WAY.contains(&text.word(index)) {
        index += 1;
    }
    index
}

/// Whether the word is no part of a compound such as "drag-and-drop".
fn stands_alone(text: &Text, index: usize) -> bool {
    let before = index.checked_sub(1).map_or("", |index| text.between(index));
    let is_compound = |sign: &str| sign.is_empty() || sign.contains(['-', '/', '‑']);
    (index == 0 || !is_compound(before)) && !is_compound(text.between(index))
}

/// Whether a word is a verb that has nothing yet to act on.
pub(super) fn is_bare(text: &Text, index: usize) -> bool {
    let word = text.word(index);
    if ALONE.contains(&word) {
        return false;
    }
    if VERBS.contains(&word) {
        return true;
    }
    let before = index.checked_sub(1).map_or("", |index| text.word(index));
    let begins = index == 0
        || matches!(
            before,
            "to" | "can" | "could" | "should" | "will" | "and" | "or" | "also"
        )
        || (VERBS.contains(&before) && text.between(index - 1).contains(','));
    EITHER.contains(&word) && begins
}

/// Whether a clause with a verb of its own begins at this word: after the words on the way to it.
pub(super) fn begins_at(text: &Text, start: usize, end: usize) -> bool {
    let index = first_in(text, start);
    // "and to", "and I can", "and be able to": what comes now is a verb, whatever the word.
    let told = (start..index)
        .any(|index| matches!(text.word(index), "to" | "can" | "could" | "will" | "should"));
    let word = text.word(index);
    if index >= end || word.is_empty() || !stands_alone(text, index) {
        return false;
    }
    if VERBS.contains(&word) {
        // What is done at the end is done to what was named before, or it is a name: "search and replace".
        return !is_a_name(text, index) && (index + 1 < end || told || ALONE.contains(&word));
    }
    is_shown(text, index) || (EITHER.contains(&word) && (told || acts_on(text, index)))
}

/// Whether a word must be a verb because an object begins right behind it: "pin the version".
fn is_shown(text: &Text, index: usize) -> bool {
    let word = text.word(index);
    let is_open = !SMALL.contains(&word)
        && !["s", "ed", "ing", "ly"]
            .iter()
            .any(|end| word.ends_with(end))
        && word.chars().all(char::is_alphabetic);
    is_open && text.between(index) == " " && ARTICLES.contains(&text.word(index + 1))
}

/// Whether what follows shows that a word is a verb.
fn acts_on(text: &Text, index: usize) -> bool {
    let (word, next) = (text.word(index), text.word(index + 1));
    (OBJECTS.contains(&next) && !text.between(index).contains(','))
        || WITH_ITS_WORD.contains(&(word, next))
}

/// Whether a verb stands among these words.
pub(super) fn among(text: &Text, from: usize, to: usize) -> bool {
    (from..to).any(|index| {
        let word = text.word(index);
        let is_first = index == from;
        VERBS.contains(&word)
            || (EITHER.contains(&word) && (is_first || acts_on(text, index)))
            || (is_first && is_shown(text, index))
    })
}

/// Whether a verb is used as a noun's first half: "the edit button", "a read permission", "the deposit to be paid".
fn is_a_name(text: &Text, index: usize) -> bool {
    let does_something = (text.word(index + 1), text.word(index + 2)) == ("to", "be");
    does_something
        || matches!(
            text.word(index + 1),
            "button"
                | "buttons"
                | "page"
                | "pages"
                | "permission"
                | "permissions"
                | "rights"
                | "access"
                | "function"
                | "functions"
                | "functionality"
                | "feature"
                | "features"
                | "mode"
                | "option"
                | "options"
                | "action"
                | "actions"
                | "command"
                | "commands"
                | "control"
                | "controls"
                | "event"
                | "events"
                | "form"
                | "forms"
                | "icon"
                | "icons"
                | "link"
                | "links"
                | "operation"
                | "operations"
                | "request"
                | "requests"
                | "screen"
                | "screens"
        )
}
