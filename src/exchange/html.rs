//! Text from cells that hold HTML, as one tool's web pages write them. Text without such tags is left alone.

/// The tags by which a text is taken for HTML.
const TELLING: [&str; 6] = ["<div", "<p>", "<p ", "<ul", "<ol", "<br"];

/// The text of a cell: lists as `- ` lines, other tags gone, entities resolved.
pub(super) fn plain(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    if !TELLING.iter().any(|tag| lower.contains(tag)) || !lower.contains('>') {
        return text.to_owned();
    }
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, tagged)) = rest.split_once('<') {
        plain.push_str(&entities(before));
        match tagged.split_once('>') {
            Some((tag, after)) if is_tag(tag) => {
                plain.push_str(space_for(tag));
                rest = after;
            }
            _ => {
                plain.push('<');
                rest = tagged;
            }
        }
    }
    plain.push_str(&entities(rest));
    let lines: Vec<&str> = plain.lines().map(str::trim_end).collect();
    lines.join("\n").replace("\n\n\n", "\n\n").trim().to_owned()
}

fn is_tag(tag: &str) -> bool {
    tag.trim_start_matches('/')
        .starts_with(|c: char| c.is_ascii_alphabetic())
}

/// What stands in the text where the tag stood.
fn space_for(tag: &str) -> &'static str {
    let name: String = tag
        .to_ascii_lowercase()
        .chars()
        .take_while(|c| *c == '/' || c.is_ascii_alphanumeric())
        .collect();
    match name.as_str() {
        "br" | "/p" | "/div" | "/ul" | "/ol" | "/tr" | "/h1" | "/h2" | "/h3" => "\n",
        "li" => "\n- ",
        _ => "",
    }
}

fn entities(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let found = after
            .split_once(';')
            .filter(|(name, _)| name.len() <= 8)
            .and_then(|(name, after)| Some((entity(name)?, after)));
        let (c, after) = found.unwrap_or(('&', after));
        plain.push(c);
        rest = after;
    }
    plain.push_str(rest);
    plain
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_paragraphs_become_lines() {
        let html = "<div>It must:<ul><li>be <b>blue</b></li><li>cost &lt;&nbsp;5&euro; &#x26; more</li></ul></div><p>End</p>";
        assert_eq!(
            plain(html),
            "It must:\n- be blue\n- cost < 5&euro; & more\n\nEnd"
        );
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in [
            "a < b > c",
            "List<String> & Map",
            "&lt;",
            "<",
            "<div",
            "x <all> y",
        ] {
            assert_eq!(plain(text), text);
        }
        assert_eq!(plain("a<br>b <- c"), "a\nb <- c");
    }
}
