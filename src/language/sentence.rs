//! Story sentences: takes "As a …, I want …, so that …" apart in the languages people write them in, and writes the English one back.
//! A text that fits no template is a title; nothing a person wrote is ever dropped. It knows neither stories nor screens.

mod chinese;
mod compose;
mod ending;
mod english;
mod germanic;
mod grammar;
mod japanese;
#[cfg(test)]
mod laws;
mod nordic;
mod prefix;
mod romance;
mod source;
mod take_apart;
mod title;

use std::ops::Range;

use self::ending::trim;
use self::grammar::Grammar;
use self::source::{Source, is_blank, is_emphasis};
use self::take_apart::{Cut, take_apart};

pub use self::compose::compose;
pub use self::prefix::strip_prefix;
pub use self::title::propose_title;

/// A story sentence taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Who wants it, without an article.
    pub persona: Option<Part>,
    /// What is wanted, without "I want to"; a refused thing begins with "not".
    pub want: Option<Part>,
    /// What it is good for, without "so that".
    pub benefit: Option<Part>,
    /// The key that stood before the sentence, without its decoration.
    pub prefix: Option<String>,
    /// The places of what fits nowhere, in the order of the text.
    pub rest: Vec<Range<usize>>,
}

/// One part of a story sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The words on one line, without a final full stop.
    pub text: String,
    /// Where the words stand in the input, in bytes.
    pub span: Range<usize>,
}

/// The grammars by how often their sentences are met; the first that fits wins.
const GRAMMARS: [&Grammar; 9] = [
    &english::ENGLISH,
    &germanic::GERMAN,
    &germanic::DUTCH,
    &romance::FRENCH,
    &romance::SPANISH,
    &romance::PORTUGUESE,
    &romance::ITALIAN,
    &nordic::NORDIC,
    &chinese::CHINESE,
];

/// Headings before a sentence that say nothing but what it is.
const LABELS: [&str; 6] = [
    "story",
    "user story",
    "narrative",
    "userstory",
    "ストーリー",
    "ユーザーストーリー",
];

/// How many places of a long text are tried as the sentence's beginning.
const OPENINGS: usize = 24;

/// Takes a story sentence apart; nothing means that the text is a title.
pub fn parse(text: &str) -> Option<Sentence> {
    let (prefix, body) = strip_prefix(text);
    let source = Source::new(text);
    let from = source.position(text.len() - body.len());
    let first = opening(&source, from);
    let openings = std::iter::once(first).chain(later_openings(&source, first));
    for at in openings.take(OPENINGS) {
        let cut = GRAMMARS
            .iter()
            .find_map(|grammar| take_apart(&source, grammar, at, at == first))
            .or_else(|| japanese::take_apart(&source, at));
        if let Some(cut) = cut {
            return Some(finish(&source, prefix, from..at, cut));
        }
    }
    None
}

fn finish(source: &Source, prefix: Option<&str>, lead: Range<usize>, cut: Cut) -> Sentence {
    let mut rest: Vec<Range<usize>> = std::iter::once(lead)
        .chain(cut.rest)
        .map(|range| trim(source, range))
        .filter(|range| says_something(source, range))
        .map(|range| source.bytes(&range))
        .collect();
    rest.sort_by_key(|range| range.start);
    Sentence {
        persona: part(source, cut.persona, ""),
        want: part(source, cut.want, cut.lead),
        benefit: cut.benefit.and_then(|range| part(source, range, "")),
        prefix: prefix.map(str::to_owned),
        rest,
    }
}

fn part(source: &Source, range: Range<usize>, lead: &str) -> Option<Part> {
    let range = trim(source, range);
    if range.is_empty() {
        return None;
    }
    let words: Vec<&str> = source.slice(&range).split_whitespace().collect();
    Some(Part {
        text: format!("{lead}{}", words.join(" ")),
        span: source.bytes(&range),
    })
}

fn says_something(source: &Source, range: &Range<usize>) -> bool {
    let label = source.folded(range.clone());
    !range.is_empty() && !LABELS.contains(&label.as_str())
}

/// Moves over what may stand before a sentence: blanks, quotes, emphasis, list signs.
fn opening(source: &Source, from: usize) -> usize {
    source.skip(from, |folded| {
        is_blank(folded)
            || is_emphasis(folded)
            || matches!(
                folded,
                '"' | '\'' | '“' | '「' | '«' | '>' | '-' | '•' | '+' | '#'
            )
    })
}

/// The beginnings of lines, and what follows a colon.
fn later_openings<'a>(source: &'a Source, first: usize) -> impl Iterator<Item = usize> + 'a {
    (first..source.len())
        .filter(|at| matches!(source.at(*at), Some('\n' | ':' | '：')))
        .map(|at| opening(source, at + 1))
        .filter(|at| *at < source.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Persona, want and benefit; a missing benefit is empty.
    fn parts(text: &str) -> (String, String, String) {
        let sentence = parse(text).unwrap_or_else(|| panic!("no story: {text}"));
        let said = |part: Option<Part>| part.map_or(String::new(), |part| part.text);
        (
            said(sentence.persona),
            said(sentence.want),
            said(sentence.benefit),
        )
    }

    fn assert_parts(text: &str, persona: &str, want: &str, benefit: &str) {
        let expected = (persona.to_owned(), want.to_owned(), benefit.to_owned());
        assert_eq!(parts(text), expected, "{text}");
    }

    fn rest(text: &str) -> Vec<&str> {
        let sentence = parse(text).unwrap();
        sentence
            .rest
            .iter()
            .map(|span| text.get(span.clone()).unwrap())
            .collect()
    }

    #[test]
    fn the_usual_sentence_has_three_parts() {
        let text = "As a returning customer, I want to pay with a saved card, so that checkout takes one step.";
        let sentence = parse(text).unwrap();
        let span = |part: &Option<Part>| text.get(part.clone().unwrap().span).unwrap();
        assert_eq!(span(&sentence.persona), "returning customer");
        assert_eq!(span(&sentence.want), "pay with a saved card");
        assert_eq!(span(&sentence.benefit), "checkout takes one step");
        assert_eq!((sentence.prefix, sentence.rest), (None, vec![]));
    }

    #[test]
    fn a_wish_is_spelled_in_many_ways() {
        for wish in [
            "I want to",
            "I'd like to",
            "I’d like to",
            "I would like to be able to",
            "I need to",
            "I can",
            "I wish to",
            "I should be able to",
            "I must",
            "we want to",
            "i want to",
            "I am able to",
            "I'm able to",
            "I would love to",
            "I have to",
        ] {
            let text = format!("As an owner, {wish} see the orders");
            assert_parts(&text, "owner", "see the orders", "");
        }
        let text = "As a buyer I receive a receipt so that I can prove I paid";
        assert_parts(text, "buyer", "receive a receipt", "I can prove I paid");
        let text = "As a buyer, would like the ability to cancel";
        assert_parts(text, "buyer", "the ability to cancel", "");
    }

    #[test]
    fn a_refusal_stays_visible() {
        assert_parts(
            "As a user, I don't want to see old rows.",
            "user",
            "not see old rows",
            "",
        );
        assert_parts("As a user I do not want popups", "user", "not popups", "");
        assert_parts(
            "As an owner, I only want paid orders",
            "owner",
            "only paid orders",
            "",
        );
        assert_parts(
            "As an admin I am told about errors",
            "admin",
            "be told about errors",
            "",
        );
    }

    #[test]
    fn a_benefit_is_spelled_in_many_ways() {
        for link in [
            ", so that",
            ", in order to",
            " so that",
            ", because",
            ". So that",
            "\nSo that",
            ", so that that",
            " so that so that",
            "\n\nso that",
            ", **so that**",
            ", so",
        ] {
            let text = format!("As a clerk, I want to print labels{link} I save time.");
            assert_parts(&text, "clerk", "print labels", "I save time");
        }
        let text = "As a clerk I want to find \"so that\" quickly";
        assert_parts(text, "clerk", "find \"so that\" quickly", "");
        let text = "As a clerk I want labels to be so small so I save paper";
        assert_parts(text, "clerk", "labels to be so small", "I save paper");
        let text = "As a clerk, I want to print labels, lists and so on";
        assert_parts(text, "clerk", "print labels, lists and so on", "");
    }

    #[test]
    fn the_benefit_may_come_first_or_in_the_middle() {
        for text in [
            "In order to save time, as a clerk, I want to print labels.",
            "In order to save time\nAs a clerk\nI want to print labels",
            "As a clerk\nIn order to save time\nI would like to print labels",
            "  As a clerk,\r\n  In order to save time,\r\n  I want to print labels\r\n",
        ] {
            assert_parts(text, "clerk", "print labels", "save time");
        }
        let text = "As a site user\nSo that I can plan my week\nI would like to see events";
        assert_parts(text, "site user", "see events", "I can plan my week");
    }

    #[test]
    fn parts_may_be_wrapped_bold_quoted_or_without_punctuation() {
        for text in [
            "As a night clerk I want to print labels so that I save time",
            "As a night clerk  I want to print labels  so that I save time\t",
            "**As a** night clerk, **I want to** print labels, **so that** I save time.",
            "*As a* night clerk *I want* to print labels *so that* I save time",
            "**As a night clerk**, I want to print labels, so that I save time",
            "\"As a night clerk\nI want to print labels\nSo that I save time\"",
            "As a night clerkI want to print labels so thatI save time",
            "\u{feff}As a night clerk, I want to print\nlabels, so that I save\ttime",
            "- As a: night clerk\n- I want to: print labels\n- So that: I save time",
        ] {
            assert_parts(text, "night clerk", "print labels", "I save time");
        }
    }

    #[test]
    fn a_key_before_the_sentence_is_kept_apart() {
        for (text, key) in [
            ("#G03# As a clerk, I want labels", "G03"),
            ("US-12: As a clerk, I want labels", "US-12"),
        ] {
            assert_eq!(parse(text).unwrap().prefix.as_deref(), Some(key));
            assert_parts(text, "clerk", "labels", "");
        }
    }

    #[test]
    fn what_fits_nowhere_is_the_rest() {
        let text = "As a clerk, I want a list, so that I see all. The list is paged. See WEB-3.";
        assert_parts(text, "clerk", "a list", "I see all");
        assert_eq!(rest(text), ["The list is paged. See WEB-3"]);

        let text = "As a clerk, I want a list. The list is paged so that it loads fast.";
        assert_parts(text, "clerk", "a list", "");
        assert_eq!(rest(text), ["The list is paged so that it loads fast"]);

        let text = "As a clerk, when I am late, I want a taxi";
        assert_parts(text, "clerk", "a taxi", "");
        assert_eq!(rest(text), ["when I am late"]);

        let text = "Feature: Labels\n  As a clerk\n  I want labels\n\n  Scenario: one label";
        assert_parts(text, "clerk", "labels", "");
        assert_eq!(rest(text), ["Feature: Labels", "Scenario: one label"]);

        assert_eq!(
            rest("#G03# \u{9be}so that: As a clerk, I want labels"),
            [" \u{9be}so that"]
        );

        assert_eq!(rest("User story: As a clerk, I want labels"), [""; 0]);
    }

    #[test]
    fn a_persona_may_be_long_or_have_no_article() {
        let text = "As someone who has posted an ad, I want to be reminded";
        assert_parts(text, "someone who has posted an ad", "be reminded", "");
        assert_parts("As Mike I want a list", "Mike", "a list", "");
        let text = "As a friend of a person I invited, I want to log in";
        assert_parts(text, "friend of a person I invited", "log in", "");
        assert_parts("As anInspector I can pay", "Inspector", "pay", "");
    }

    #[test]
    fn german_sentences_are_taken_apart() {
        let text = "Als Kundin möchte ich mit Karte zahlen, damit es schneller geht.";
        assert_parts(text, "Kundin", "mit Karte zahlen", "es schneller geht");
        let text = "Als ein Kunde will ich mit Karte zahlen, um Zeit zu sparen";
        assert_parts(text, "Kunde", "mit Karte zahlen", "Zeit zu sparen");
        let text = "Ich als Kunde möchte nicht warten, weil ich es eilig habe.";
        assert_parts(text, "Kunde", "nicht warten", "ich es eilig habe");
        let text = "Um Zeit zu sparen, möchte ich als Kunde zahlen";
        assert!(parse(text).is_none());
        let text = "Um Zeit zu sparen, als Kunde möchte ich mit Karte zahlen";
        assert_parts(text, "Kunde", "mit Karte zahlen", "Zeit zu sparen");
        let text = "Als Kunde kann ich damit um 8 Uhr zahlen";
        assert_parts(text, "Kunde", "damit um 8 Uhr zahlen", "");
    }

    #[test]
    fn french_sentences_are_taken_apart() {
        let text = "En tant que cliente, je veux payer par carte afin de gagner du temps.";
        assert_parts(text, "cliente", "payer par carte", "gagner du temps");
        let text = "En tant qu’administrateur, j’aimerais voir la liste pour que tout soit clair";
        assert_parts(text, "administrateur", "voir la liste", "tout soit clair");
        let text = "En tant que client, je souhaite une carte pour la famille";
        assert_parts(text, "client", "une carte pour la famille", "");
        let text = "En tant que client, je veux une carte pour payer vite";
        assert_parts(text, "client", "une carte", "payer vite");
    }

    #[test]
    fn spanish_portuguese_and_italian_sentences_are_taken_apart() {
        let text = "Como cliente, quiero pagar con tarjeta para que sea rápido.";
        assert_parts(text, "cliente", "pagar con tarjeta", "sea rápido");
        let text = "Como administradora quiero ver pedidos para saber cuándo llegan";
        assert_parts(text, "administradora", "ver pedidos", "saber cuándo llegan");
        let text = "Como cliente, quero pagar com cartão para que seja rápido.";
        assert_parts(text, "cliente", "pagar com cartão", "seja rápido");
        let text = "Como um gestor, não quero ver pedidos antigos, a fim de ganhar tempo";
        assert_parts(text, "gestor", "não ver pedidos antigos", "ganhar tempo");
        let text = "Come cliente, voglio pagare con la carta così che sia veloce.";
        assert_parts(text, "cliente", "pagare con la carta", "sia veloce");
        let text = "Come utente voglio una lista per risparmiare tempo";
        assert_parts(text, "utente", "una lista", "risparmiare tempo");
    }

    #[test]
    fn dutch_and_nordic_sentences_are_taken_apart() {
        let text = "Als klant wil ik met een kaart betalen, zodat het sneller gaat.";
        assert_parts(text, "klant", "met een kaart betalen", "het sneller gaat");
        let text = "Als beheerder wil ik een lijst om tijd te besparen";
        assert_parts(text, "beheerder", "een lijst", "tijd te besparen");
        let text = "Som en kunde ønsker jeg å betale med kort, slik at det går fort.";
        assert_parts(text, "kunde", "betale med kort", "det går fort");
        let text = "Als klant wil ik kunnen zoeken";
        assert_parts(text, "klant", "zoeken", "");
        let text = "Som bruker vil jeg kunne logge inn for å se mine data";
        assert_parts(text, "bruker", "logge inn", "se mine data");
        let text = "Som kunde vil jeg gerne betale med kort, så det går hurtigt";
        assert_parts(text, "kunde", "betale med kort", "det går hurtigt");
        let text = "Som kund vill jag betala med kort så att det går fort.";
        assert_parts(text, "kund", "betala med kort", "det går fort");
        let text = "Som kund vill jag betala med kort för att spara tid";
        assert_parts(text, "kund", "betala med kort", "spara tid");
    }

    #[test]
    fn japanese_sentences_are_taken_apart() {
        let text = "顧客として、カードで支払いたい。なぜなら時間を節約できるからだ。";
        assert_parts(text, "顧客", "カードで支払いたい", "時間を節約できる");
        let text = "顧客として、時間がないので、カードで支払いたい";
        assert_parts(text, "顧客", "カードで支払いたい", "時間がない");
        let text = "利用者として、忘れたときのために、控えを受け取りたいです。";
        assert_parts(text, "利用者", "控えを受け取りたいです", "忘れたとき");
        let text = "**ストーリー**：店員として、一覧を忘れないように確認したい";
        assert_parts(text, "店員", "一覧を忘れないように確認したい", "");
        assert_eq!(rest(text), [""; 0]);
        assert!(parse("顧客として登録する").is_none());
    }

    #[test]
    fn chinese_sentences_are_taken_apart() {
        let text = "作为顾客，我想用卡付款，以便节省时间。";
        assert_parts(text, "顾客", "用卡付款", "节省时间");
        let text = "作為一名店員，我希望能夠看到清單，這樣我就不會忘記。";
        assert_parts(text, "店員", "看到清單", "我就不會忘記");
        let text = "为了节省时间，作为顾客，我想用卡付款。";
        assert_parts(text, "顾客", "用卡付款", "节省时间");
    }

    #[test]
    fn a_text_that_fits_no_form_is_a_title() {
        for text in [
            "",
            " ",
            "Pay with a saved card",
            "As soon as possible",
            "As soon as I can pay, I want to leave",
            "As a",
            "As a , I want to pay",
            "As a customer",
            "As a customer, I want to",
            "As a customer, so that it is fast",
            "So that I can pay",
            "I want to pay",
            "Als PDF speichern",
            "Como está",
            "As expected I can pay",
            "Asa clerk I want labels",
            "As a rule this works. Tomorrow I want to check it.",
        ] {
            assert!(parse(text).is_none(), "{text}");
        }
    }
}
