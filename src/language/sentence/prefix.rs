//! The key people put before a story: `#G03#`, `US-12:`, `[WEB-7]`. It reads the beginning of a text and nothing else.

/// A key longer than this is not one.
const LONGEST: usize = 24;

/// Splits a leading key off a sentence or a plain title, without its decoration.
pub fn strip_prefix(text: &str) -> (Option<&str>, &str) {
    let body = text.trim_start_matches(is_blank);
    let found = hashed(body)
        .or_else(|| bracketed(body, '[', ']'))
        .or_else(|| bracketed(body, '(', ')'))
        .or_else(|| numbered_story(body))
        .or_else(|| bare(body));
    match found {
        Some((key, rest)) if !rest.is_empty() => (Some(key), rest),
        _ => (None, text),
    }
}

/// `#G03# …`
fn hashed(body: &str) -> Option<(&str, &str)> {
    let (key, rest) = body.strip_prefix('#')?.split_once('#')?;
    (is_label(key) && starts_blank(rest)).then(|| (key, rest.trim_start_matches(is_blank)))
}

/// `[WEB-7] …`, with or without a colon after it.
fn bracketed(body: &str, open: char, close: char) -> Option<(&str, &str)> {
    let (key, rest) = body.strip_prefix(open)?.split_once(close)?;
    let key = key.trim_start_matches('#');
    let known = is_key(key) || (!key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit()));
    let after = after_separator(rest).or_else(|| starts_blank(rest).then_some(rest))?;
    known.then(|| (key, after.trim_start_matches(is_blank)))
}

/// `Story 12: …` and `User story 12: …`
fn numbered_story(body: &str) -> Option<(&str, &str)> {
    let (head, rest) = body.split_once(':')?;
    let (label, number) = head.rsplit_once(' ')?;
    let story = ["story", "user story"].contains(&label.to_lowercase().as_str());
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    (story && digits && starts_blank(rest)).then(|| (head, rest.trim_start_matches(is_blank)))
}

/// `US-12: …`, `US-12 - …`, `US 12: …`
fn bare(body: &str) -> Option<(&str, &str)> {
    let end = body.find(|letter: char| {
        !(letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.' | '#'))
    })?;
    let (mut key, mut rest) = body.split_at_checked(end)?;
    if let Some(number) = rest.strip_prefix(' ')
        && key.bytes().all(|byte| byte.is_ascii_uppercase())
        && let Some(digits) = number.find(|letter: char| !letter.is_ascii_digit())
        && digits > 0
        && !key.is_empty()
    {
        (key, rest) = body.split_at_checked(end + 1 + digits)?;
    }
    let after = after_separator(rest)?;
    is_key(key).then(|| (key, after.trim_start_matches(is_blank)))
}

/// A colon, or a dash that stands alone; a blank has to follow.
fn after_separator(rest: &str) -> Option<&str> {
    let after = rest.strip_prefix([':', '：']).or_else(|| {
        rest.strip_prefix(is_blank)?
            .trim_start_matches(is_blank)
            .strip_prefix(['-', '–', '—', ':', '|'])
    })?;
    starts_blank(after).then_some(after)
}

/// Capital letters and a number, as boards hand them out.
fn is_key(text: &str) -> bool {
    let letters = text.find(|letter: char| !letter.is_ascii_uppercase());
    let digits = text.bytes().any(|byte| byte.is_ascii_digit());
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"-_. ".contains(&byte));
    text.len() <= LONGEST && letters.is_some_and(|at| at > 0) && digits && plain
}

fn is_label(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= LONGEST
        && text
            .chars()
            .all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.'))
}

fn starts_blank(text: &str) -> bool {
    text.starts_with(is_blank)
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{feff}'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_the_usual_kinds_are_split_off() {
        for (text, key) in [
            ("#G03# Pay by card", "G03"),
            ("#12# Pay by card", "12"),
            ("US-12: Pay by card", "US-12"),
            ("US12: Pay by card", "US12"),
            ("US 12: Pay by card", "US 12"),
            ("WEB-7 - Pay by card", "WEB-7"),
            ("[WEB-7] Pay by card", "WEB-7"),
            ("[WEB-7]: Pay by card", "WEB-7"),
            ("(WEB-7) Pay by card", "WEB-7"),
            ("[#12] Pay by card", "12"),
            ("Story 12: Pay by card", "Story 12"),
            ("\u{feff} US-1.2: Pay by card", "US-1.2"),
        ] {
            assert_eq!(strip_prefix(text), (Some(key), "Pay by card"), "{text}");
        }
    }

    #[test]
    fn an_ordinary_title_keeps_its_beginning() {
        for text in [
            "Pay by card",
            "Note: pay by card",
            "2024: pay by card",
            "#checkout pay by card",
            "US-12:",
            "(draft) Pay by card",
            "Step 2: pay",
            "",
            " Pay",
        ] {
            assert_eq!(strip_prefix(text), (None, text), "{text}");
        }
    }
}
