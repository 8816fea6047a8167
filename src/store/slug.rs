//! Folder names made from product names: lower-case ASCII that every system and shell takes.

/// Names no folder may have on Windows.
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];
const LONGEST: usize = 48;

/// Makes a folder name from a product's name; never empty.
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        let plain = plain(letter);
        if plain.is_empty() {
            // An apostrophe or an accent of its own joins, everything else parts.
            if !matches!(letter, '\'' | '’' | '\u{300}'..='\u{36f}') && !slug.ends_with('-') {
                slug.push('-');
            }
        } else {
            slug.push_str(plain.as_str());
        }
    }
    let cut: String = slug.trim_matches('-').chars().take(LONGEST).collect();
    let cut = cut.trim_end_matches('-');
    if cut.is_empty() {
        return "product".to_owned();
    }
    if RESERVED.contains(&cut) {
        return format!("{cut}-product");
    }
    cut.to_owned()
}

/// Writes one lower-case letter in ASCII; empty where there is no sensible way.
fn plain(letter: char) -> String {
    let text = match letter {
        'a'..='z' | '0'..='9' => return letter.to_string(),
        'à' | 'á' | 'â' | 'ã' | 'ā' | 'ă' | 'ą' => "a",
        'ä' | 'æ' => "ae",
        'å' => "aa",
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' | 'ģ' | 'ĝ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ł' | 'ľ' | 'ļ' | 'ĺ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ō' => "o",
        'ö' | 'ø' | 'œ' | 'ő' => "oe",
        'ŕ' | 'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' | 'ŝ' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'þ' => "th",
        'ù' | 'ú' | 'û' | 'ū' | 'ů' | 'ų' | 'ŭ' => "u",
        'ü' | 'ű' => "ue",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ž' | 'ż' => "z",
        '&' => "and",
        _ => "",
    };
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_plain_ascii() {
        for (name, expected) in [
            ("Webshop", "webshop"),
            ("  Web Shop 2.0!  ", "web-shop-2-0"),
            ("Bücher & Größen", "buecher-and-groessen"),
            ("Ana's Café", "anas-cafe"),
            ("Cafe\u{301}", "cafe"),
            ("Łódź", "lodz"),
            ("../../etc", "etc"),
            ("商店", "product"),
            ("", "product"),
            ("CON", "con-product"),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
    }

    #[test]
    fn a_long_name_is_cut() {
        let slug = slug(&"word ".repeat(40));
        assert!(slug.len() <= LONGEST && !slug.ends_with('-'), "{slug}");
    }
}
