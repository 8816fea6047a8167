//! Which English words are verbs: no grammar, only what people write in stories.

use super::words::Text;

/// Words that are verbs wherever a story has them in their base form.
const VERBS: &[&str] = &[
    "accept",
    "access",
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
    "book",
    "bring",
    "browse",
    "build",
    "buy",
    "calculate",
    "cancel",
    "capture",
    "carry",
    "choose",
    "clear",
    "click",
    "close",
    "collect",
    "combine",
    "compare",
    "complete",
    "conduct",
    "configure",
    "confirm",
    "connect",
    "consult",
    "continue",
    "convert",
    "correct",
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
    "forward",
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
    "invite",
    "join",
    "keep",
    "know",
    "learn",
    "leave",
    "let",
    "locate",
    "log",
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
    "query",
    "quote",
    "rate",
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
    "scan",
    "see",
    "select",
    "sell",
    "send",
    "separate",
    "serve",
    "solve",
    "specify",
    "spread",
    "start",
    "stay",
    "stop",
    "submit",
    "subscribe",
    "suggest",
    "supply",
    "switch",
    "synchronise",
    "synchronize",
    "take",
    "talk",
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
    "answer", "block", "call", "change", "chat", "check", "comment", "contact", "contract",
    "control", "copy", "cost", "count", "delay", "design", "document", "email", "estimate",
    "exchange", "export", "file", "fill", "filter", "flag", "format", "forecast", "grant", "group",
    "guide", "help", "import", "issue", "label", "lead", "like", "limit", "link", "list", "load",
    "lock", "mail", "map", "mark", "match", "message", "name", "need", "note", "offer", "open",
    "order", "pass", "place", "plan", "plot", "point", "post", "preview", "print", "process",
    "purchase", "question", "rank", "record", "release", "report", "request", "reserve", "reset",
    "return", "review", "schedule", "score", "search", "set", "share", "ship", "show", "sign",
    "sort", "store", "support", "tag", "test", "time", "track", "trade", "transfer", "trust",
    "update", "use", "view", "visit", "vote", "work",
];

/// Words that begin what a verb acts on.
const OBJECTS: &[&str] = &[
    "a", "an", "the", "my", "our", "your", "his", "her", "its", "their", "it", "them", "me", "us",
    "him", "this", "that", "these", "those", "all", "any", "each", "every", "some", "to", "what",
    "which", "who", "how", "where", "when", "whether", "multiple", "several", "more", "new",
    "only", "up", "out", "on", "off", "through", "for", "by", "with", "as", "if", "from", "in",
    "into",
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

/// Whether a clause with a verb of its own begins at this word: after the words on the way to it.
pub(super) fn begins_at(text: &Text, mut index: usize, end: usize) -> bool {
    let start = index;
    while index < end && ON_THE_WAY.contains(&text.word(index)) {
        index += 1;
    }
    // "and to", "and I can", "and be able to": what comes now is a verb, whatever the word.
    let told = (start..index)
        .any(|index| matches!(text.word(index), "to" | "can" | "could" | "will" | "should"));
    let word = text.word(index);
    if index >= end || word.is_empty() {
        return false;
    }
    if VERBS.contains(&word) {
        return !is_a_name(text, index);
    }
    EITHER.contains(&word) && (told || OBJECTS.contains(&text.word(index + 1)))
}

/// Whether a verb stands among these words.
pub(super) fn among(text: &Text, from: usize, to: usize) -> bool {
    (from..to).any(|index| {
        let word = text.word(index);
        VERBS.contains(&word)
            || (EITHER.contains(&word)
                && (index == from || OBJECTS.contains(&text.word(index + 1))))
    })
}

/// Whether a verb is used as a noun's first half: "the edit button", "a read permission".
fn is_a_name(text: &Text, index: usize) -> bool {
    matches!(
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
            | "actions"
    )
}
