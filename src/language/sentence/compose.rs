//! Writes the English sentence from its parts. It guesses articles from spelling; it never changes the parts' own words.

/// Phrases that open a thing rather than an act, so "I want" takes no "to".
const OPENS_A_THING: &[&str] = &[
    "the", "a", "an", "my", "our", "your", "their", "its", "his", "her", "this", "that", "these",
    "those", "all", "every", "each", "any", "some", "no", "more", "fewer", "less", "only", "one",
    "two", "three", "it", "them", "users", "people", "someone", "everyone", "nobody",
];

/// Words that take no article before them.
const NEEDS_NO_ARTICLE: &[&str] = &[
    "a",
    "an",
    "the",
    "my",
    "our",
    "your",
    "their",
    "any",
    "some",
    "every",
    "each",
    "all",
    "one",
    "someone",
    "somebody",
    "anyone",
    "anybody",
    "everyone",
    "everybody",
    "nobody",
    "people",
    "staff",
    "management",
    "two",
    "both",
];

/// What ends the noun a persona is about ("customer of two shops").
const ENDS_THE_NOUN: &[&str] = &[
    "of",
    "who",
    "that",
    "which",
    "whose",
    "with",
    "without",
    "in",
    "on",
    "at",
    "from",
    "for",
    "to",
    "using",
    "working",
    "looking",
    "interested",
];

/// Endings and words by which a capitalised persona is a role and not somebody's name.
const ROLE_ENDINGS: &[&str] = &[
    "er", "or", "ist", "ian", "ant", "ent", "ee", "man", "ive", "ate", "ess", "ary", "eur",
];
const ROLE_WORDS: &[&str] = &[
    "admin",
    "guest",
    "chef",
    "nurse",
    "clerk",
    "coach",
    "pilot",
    "host",
    "boss",
    "judge",
    "guard",
    "company",
    "team",
    "lead",
    "expert",
    "colleague",
    "child",
    "sysadmin",
    "hr",
    "pm",
    "po",
    "analyst",
    "friend",
    "artist",
    "apprentice",
    "intern",
    "doctor",
    "sponsor",
    "organisation",
    "organization",
    "bank",
    "shop",
    "business",
    "system",
    "official",
];

/// Acts people do for a benefit; before them stands "in order to".
const ACTS: &[&str] = &[
    "save",
    "see",
    "keep",
    "avoid",
    "make",
    "get",
    "find",
    "know",
    "help",
    "reduce",
    "increase",
    "improve",
    "plan",
    "understand",
    "track",
    "learn",
    "be",
    "have",
    "do",
    "ensure",
    "prevent",
    "provide",
    "give",
    "check",
    "compare",
    "decide",
    "choose",
    "use",
    "manage",
    "share",
    "stay",
    "show",
    "prove",
    "protect",
    "pay",
    "buy",
    "sell",
    "send",
    "receive",
    "start",
    "stop",
    "finish",
    "work",
    "feel",
    "meet",
    "respond",
    "react",
    "report",
    "allow",
    "enable",
    "encourage",
    "gain",
    "earn",
    "spend",
    "lose",
    "access",
    "create",
    "add",
    "remove",
    "change",
    "fix",
    "test",
    "verify",
    "communicate",
    "participate",
    "contribute",
    "speed",
    "cut",
    "focus",
    "never",
    "not",
    "always",
    "quickly",
    "easily",
    "better",
    "comply",
    "support",
    "deliver",
    "build",
    "explore",
];
const HELPER_VERBS: &[&str] = &[
    "is", "are", "was", "were", "has", "can", "cannot", "can't", "could", "will", "won't", "would",
    "should", "may", "might", "must", "does", "doesn't", "isn't", "aren't",
];

/// Composes the English story sentence; an empty part is left out.
pub fn compose(persona: &str, want: &str, benefit: &str) -> String {
    let clauses = [
        role(&tidy(persona)),
        wish(&tidy(want)),
        reason(&tidy(benefit)),
    ];
    let filled: Vec<String> = clauses.into_iter().flatten().collect();
    if filled.is_empty() {
        return String::new();
    }
    let sentence = filled.join(", ");
    let end = if sentence.ends_with(['.', '!', '?', '…']) {
        ""
    } else {
        "."
    };
    format!("{sentence}{end}")
}

fn role(persona: &str) -> Option<String> {
    if persona.is_empty() {
        return None;
    }
    Some(match article(persona) {
        Some(article) => format!("As {article} {persona}"),
        None => format!("As {persona}"),
    })
}

fn wish(want: &str) -> Option<String> {
    if want.is_empty() {
        return None;
    }
    let (verb, act) = match want.strip_prefix("not ") {
        Some(act) => ("I don't want", act),
        None => ("I want", want),
    };
    let link = if act.starts_with("to ") || is_a_thing(act) {
        ""
    } else {
        " to"
    };
    Some(format!("{verb}{link} {act}"))
}

fn reason(benefit: &str) -> Option<String> {
    if benefit.is_empty() {
        return None;
    }
    if benefit.starts_with("to ") {
        return Some(format!("in order {benefit}"));
    }
    let mut words = benefit.split_whitespace().map(str::to_lowercase);
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    let is_act = ACTS.contains(&first.as_str()) && !HELPER_VERBS.contains(&second.as_str());
    let link = if is_act { "in order to" } else { "so that" };
    Some(format!("{link} {benefit}"))
}

/// Takes blanks and a final full stop off a part; a part may come from anywhere.
fn tidy(part: &str) -> String {
    let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
    let ellipsis = part.ends_with("..");
    match part.strip_suffix(['.', '。', ',', ';']) {
        Some(short) if !ellipsis => short.to_owned(),
        _ => part,
    }
}

fn is_a_thing(want: &str) -> bool {
    let first = want.split_whitespace().next().unwrap_or_default();
    let lower = first.to_lowercase();
    let plural = lower.ends_with('s')
        && !["ss", "us", "is", "as", "ways", "times"]
            .iter()
            .any(|end| lower.ends_with(end))
        && first.chars().all(char::is_lowercase);
    let possessive = lower.ends_with("'s") || lower.ends_with("’s");
    let shouted = !want.chars().any(char::is_lowercase);
    let name = !shouted && first.chars().skip(1).any(char::is_uppercase);
    OPENS_A_THING.contains(&lower.as_str()) || plural || possessive || name
}

fn article(persona: &str) -> Option<&'static str> {
    let words: Vec<&str> = persona.split_whitespace().collect();
    let first = words.first()?;
    if NEEDS_NO_ARTICLE.contains(&first.to_lowercase().as_str()) || is_plural(&words) {
        return None;
    }
    if words.len() == 1 && is_a_name(first) {
        return None;
    }
    Some(if sounds_like_a_vowel(first) {
        "an"
    } else {
        "a"
    })
}

fn is_plural(words: &[&str]) -> bool {
    let noun = words
        .iter()
        .take_while(|word| !ENDS_THE_NOUN.contains(&word.to_lowercase().as_str()))
        .last()
        .map(|word| word.trim_end_matches([',', ';']).to_lowercase())
        .unwrap_or_default();
    let singular = ["ss", "us", "is", "as", "ops", "'s", "’s"]
        .iter()
        .any(|end| noun.ends_with(end));
    (noun.ends_with('s') && !singular && noun.chars().count() > 3)
        || ["people", "men", "women", "children", "staff"].contains(&noun.as_str())
}

fn is_a_name(word: &str) -> bool {
    let mut letters = word.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    let lower = word.to_lowercase();
    let role =
        ROLE_ENDINGS.iter().any(|end| lower.ends_with(end)) || ROLE_WORDS.contains(&lower.as_str());
    capital && letters.clone().count() > 0 && letters.all(char::is_lowercase) && !role
}

/// A word is judged by its sound: "an hour", "a user", "an NSF employee", "a UI designer".
fn sounds_like_a_vowel(word: &str) -> bool {
    let letters: Vec<char> = word
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect();
    let Some(first) = letters.first().copied() else {
        return false;
    };
    let lower = word.to_lowercase();
    let spelled_out = letters.len() > 1
        && letters.len() <= 4
        && letters
            .iter()
            .all(|letter| letter.is_uppercase() || letter.is_numeric());
    if spelled_out && !is_spoken_as_a_word(&letters) {
        return "AEFHILMNORSX8".contains(first);
    }
    if ["hour", "honest", "honour", "honor", "heir"]
        .iter()
        .any(|start| lower.starts_with(start))
    {
        return true;
    }
    let consonant_sound = ["uni", "use", "usa", "usu", "uti", "eu", "one", "once", "ur"]
        .iter()
        .any(|start| lower.starts_with(start))
        && !["unin", "unim", "urg", "urb"]
            .iter()
            .any(|start| lower.starts_with(start));
    let lowered = first.to_lowercase().next().unwrap_or(first);
    (matches!(lowered, 'a' | 'e' | 'i' | 'o' | 'u' | '8') || "áàâäéèêëíîïóôöúùûü".contains(lowered))
        && !consonant_sound
}

/// "FABS" has a vowel between consonants and is read as a word; "FAQ" and "NSF" are spelled.
fn is_spoken_as_a_word(letters: &[char]) -> bool {
    let vowel = |letter: &char| "AEIOU".contains(*letter);
    letters.len() == 4
        && letters.first().is_some_and(|letter| !vowel(letter))
        && letters.get(1).is_some_and(vowel)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::sentence::parse;

    #[test]
    fn the_parts_make_a_sentence() {
        assert_eq!(
            compose(
                "returning customer",
                "pay with a saved card",
                "checkout takes one step"
            ),
            "As a returning customer, I want to pay with a saved card, so that checkout takes one step."
        );
        assert_eq!(
            compose("customer", "to pay", ""),
            "As a customer, I want to pay."
        );
        assert_eq!(
            compose("", "pay", "to save time."),
            "I want to pay, in order to save time."
        );
        assert_eq!(compose("", " ", ""), "");
    }

    #[test]
    fn articles_follow_the_sound() {
        for (persona, opening) in [
            ("admin", "As an admin"),
            ("user", "As a user"),
            ("European buyer", "As a European buyer"),
            ("hourly worker", "As an hourly worker"),
            ("NSF employee", "As an NSF employee"),
            ("UI designer", "As a UI designer"),
            ("FABS user", "As a FABS user"),
            ("FAQ editor", "As an FAQ editor"),
            ("uninformed visitor", "As an uninformed visitor"),
            ("Owner", "As an Owner"),
            ("Publisher", "As a Publisher"),
            ("Éditeur", "As an Éditeur"),
        ] {
            assert_eq!(role(persona).unwrap(), opening);
        }
    }

    #[test]
    fn some_personas_take_no_article() {
        for persona in [
            "the owner",
            "customers",
            "shop owners in France",
            "people",
            "someone who pays",
            "Mike",
            "our staff",
        ] {
            assert_eq!(role(persona).unwrap(), format!("As {persona}"));
        }
        assert_eq!(
            role("customer of two shops").unwrap(),
            "As a customer of two shops"
        );
        assert_eq!(role("boss").unwrap(), "As a boss");
    }

    #[test]
    fn a_thing_is_wanted_without_to() {
        assert_eq!(
            wish("the system to log me out").unwrap(),
            "I want the system to log me out"
        );
        assert_eq!(
            wish("users to reach me").unwrap(),
            "I want users to reach me"
        );
        assert_eq!(wish("NetCDF files").unwrap(), "I want NetCDF files");
        assert_eq!(
            wish("access my files").unwrap(),
            "I want to access my files"
        );
        assert_eq!(
            wish("focus on one row").unwrap(),
            "I want to focus on one row"
        );
        assert_eq!(wish("Submit plans").unwrap(), "I want to Submit plans");
        assert_eq!(
            wish("always see prices").unwrap(),
            "I want to always see prices"
        );
        assert_eq!(wish("SEE PRICES").unwrap(), "I want to SEE PRICES");
    }

    #[test]
    fn a_composed_sentence_parses_into_the_same_parts() {
        for (persona, want, benefit) in [
            (
                "returning customer",
                "pay with a saved card",
                "checkout takes one step",
            ),
            ("admin", "not see old orders", "the list stays short"),
            ("user", "not the page to jump", "I can read"),
            ("shopper", "the system to remember me", "save time"),
            ("buyer", "only invoices of this year", ""),
            ("site member", "be notified about jobs", "be the first"),
        ] {
            let sentence = parse(&compose(persona, want, benefit)).unwrap();
            assert_eq!(sentence.persona.unwrap().text, persona);
            assert_eq!(sentence.want.unwrap().text, want);
            assert_eq!(
                sentence.benefit.map_or(String::new(), |part| part.text),
                benefit
            );
        }
    }
}
