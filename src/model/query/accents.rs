//! Letters without their accents.

use std::sync::LazyLock;

/// Lower-case letters of Latin, Greek and Cyrillic, and what each is with an accent or a stroke.
///
/// Written out, because it is short and nothing else of Unicode normalization is needed.
const ACCENTED: &[(char, &str)] = &[
    ('a', "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"),
    ('b', "ḃḅḇ"),
    ('c', "çćĉċčḉ"),
    ('d', "ďḋḍḏḑḓđ"),
    ('e', "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ"),
    ('f', "ḟ"),
    ('g', "ĝğġģǧǵḡ"),
    ('h', "ĥȟḣḥḧḩḫẖħ"),
    ('i', "ìíîïĩīĭįǐȉȋḭḯỉịı"),
    ('j', "ĵǰ"),
    ('k', "ķǩḱḳḵ"),
    ('l', "ĺļľḷḹḻḽł"),
    ('m', "ḿṁṃ"),
    ('n', "ñńņňǹṅṇṉṋ"),
    ('o', "òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợøǿ"),
    ('p', "ṕṗ"),
    ('r', "ŕŗřȑȓṙṛṝṟ"),
    ('s', "śŝşšșṡṣṥṧṩ"),
    ('t', "ţťțṫṭṯṱẗŧ"),
    ('u', "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"),
    ('v', "ṽṿ"),
    ('w', "ŵẁẃẅẇẉẘ"),
    ('x', "ẋẍ"),
    ('y', "ýÿŷȳẏẙỳỵỷỹ"),
    ('z', "źżžẑẓẕ"),
    ('α', "ά"),
    ('ε', "έ"),
    ('η', "ή"),
    ('ι', "ΐίϊ"),
    ('ο', "ό"),
    ('υ', "ΰϋύ"),
    ('ω', "ώ"),
    ('а', "ӑӓ"),
    ('г', "ѓ"),
    ('е', "ѐёӗ"),
    ('ж', "ӂӝ"),
    ('з', "ӟ"),
    ('и', "йѝӣӥ"),
    ('к', "ќ"),
    ('о', "ӧ"),
    ('у', "ўӯӱӳ"),
    ('ч', "ӵ"),
    ('ы', "ӹ"),
    ('э', "ӭ"),
    ('і', "ї"),
    ('ѵ', "ѷ"),
    ('ә', "ӛ"),
    ('ө', "ӫ"),
];

/// The last letter of the table.
const LAST: char = '\u{1eff}';

/// For each character up to [`LAST`] what it is without accent.
static PLAIN: LazyLock<Vec<char>> = LazyLock::new(|| {
    // There are no characters between U+D800 and U+DFFF, but those are far behind the last letter.
    let mut plain: Vec<char> = ('\0'..=LAST).collect();
    for (base, accented) in ACCENTED {
        for letter in accented.chars() {
            if let Some(place) = plain.get_mut(letter as usize) {
                *place = *base;
            }
        }
    }
    plain
});

/// A lower-case letter without its accent; any other character as it is.
pub(super) fn without_accent(c: char) -> char {
    PLAIN.get(c as usize).copied().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_are_taken_off() {
        let with = "àéîõüñçšłőøđạởệўйёάϋ";
        let without: String = with.chars().map(without_accent).collect();
        assert_eq!(without, "aeiouncsloodaoeуиеαυ");
        assert_eq!(
            "azß商".chars().map(without_accent).collect::<String>(),
            "azß商"
        );
    }

    #[test]
    fn the_table_has_each_letter_once_and_no_accents_left() {
        let mut all: Vec<char> = ACCENTED.iter().flat_map(|(_, row)| row.chars()).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(all.last() <= Some(&LAST));
        for letter in all {
            assert_eq!(
                without_accent(without_accent(letter)),
                without_accent(letter)
            );
            assert_ne!(without_accent(letter), letter);
        }
    }
}
