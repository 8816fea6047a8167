//! What a language says about its story sentences, as data, and finding its markers in a text. It decides no order and cuts nothing.

use std::ops::Range;

use super::source::{Source, is_blank, is_emphasis};

/// A language's templates; phrases are folded: lower case, no accents.
pub(super) struct Grammar {
    /// Whether markers are whole words; false where no blanks are written.
    pub(super) spaced: bool,
    /// What opens the persona, the article included.
    pub(super) role: &'static [&'static str],
    /// What opens the persona where no article follows, at the very start only.
    pub(super) plain_role: &'static [&'static str],
    /// Words that make `plain_role` an ordinary phrase.
    pub(super) never_persona: &'static [&'static str],
    /// Who wants; every one goes with every phrase of `want`.
    pub(super) subjects: &'static [&'static str],
    /// The wish, and what to put before the want for it ("not ", "be ").
    pub(super) want: &'static [(&'static str, &'static str)],
    /// A wish without its subject, valid only after punctuation.
    pub(super) want_after_break: &'static [(&'static str, &'static str)],
    /// What follows a wish and carries no meaning, longest first.
    pub(super) want_tails: &'static [&'static str],
    /// A subject whose mere statement is a wish ("As a buyer I receive a receipt").
    pub(super) statement: Option<&'static str>,
    /// Words that open a side clause; a persona ends at a comma before one.
    pub(super) side_clause: &'static [&'static str],
    /// What opens the benefit wherever it stands.
    pub(super) benefit: &'static [&'static str],
    /// What opens the benefit after punctuation, or when the condition holds.
    pub(super) maybe_benefit: &'static [(&'static str, When)],
}

/// What has to follow for an ambiguous word to open the benefit.
pub(super) enum When {
    /// Nothing will do: punctuation has to stand before it.
    AfterBreak,
    /// One of these words comes next.
    Next(&'static [&'static str]),
    /// The next word ends like an infinitive.
    Infinitive(&'static [&'static str]),
    /// This word, or a word built around it, comes later in the clause.
    Later(&'static str),
}

/// A marker in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
    /// What the marker puts before the part it opens.
    pub(super) lead: &'static str,
}

/// How many glyphs ahead a word that completes a marker is looked for.
const LATER: usize = 200;

impl Grammar {
    /// Finds what opens the persona at this very place.
    pub(super) fn role_at(&self, source: &Source, at: usize, plain: bool) -> Option<Hit> {
        let with_article = self.longest(source, at, self.role.iter().copied());
        let end = with_article.or_else(|| {
            let end = self.longest(source, at, self.plain_role.iter().copied())?;
            let next = source.skip(end, is_blank);
            let word = source.folded(next..source.word_end(next));
            (plain && !self.never_persona.contains(&word.as_str())).then_some(end)
        })?;
        Some(hit(source, at, end, ""))
    }

    /// Finds the wish in a range.
    pub(super) fn want_in(&self, source: &Source, range: Range<usize>) -> Option<Hit> {
        let spelled = self.spelled_want_in(source, range.clone());
        let stated = self.statement_in(source, range);
        match (spelled, stated) {
            (Some(spelled), Some(stated)) if stated.start < spelled.start => {
                let persona_goes_on =
                    source.is_after_break(spelled.start) && !source.is_after_break(stated.start);
                Some(if persona_goes_on { spelled } else { stated })
            }
            (Some(spelled), _) => Some(spelled),
            (None, stated) => stated,
        }
    }

    /// Finds the wish in a range, where it stands after punctuation and says that it is one.
    pub(super) fn want_after_break_in(&self, source: &Source, range: Range<usize>) -> Option<Hit> {
        range
            .filter(|at| source.is_after_break(*at))
            .find_map(|at| self.want_at(source, at))
    }

    /// Finds what opens the benefit at this very place.
    pub(super) fn benefit_at(&self, source: &Source, at: usize) -> Option<Hit> {
        let sure = self.benefit.iter().copied();
        let unsure = self.maybe_benefit.iter().map(|(phrase, _)| *phrase);
        let end = self.longest(source, at, sure.chain(unsure))?;
        Some(self.benefit_hit(source, at, end))
    }

    /// Finds the first benefit marker that needs no condition.
    pub(super) fn sure_benefit_in(&self, source: &Source, mut range: Range<usize>) -> Option<Hit> {
        range.find_map(|at| {
            let end = self.longest(source, at, self.benefit.iter().copied())?;
            (!is_quoted(source, at)).then(|| self.benefit_hit(source, at, end))
        })
    }

    /// Finds the benefit in a range: a sure marker, else an ambiguous one after punctuation, else the last ambiguous one.
    pub(super) fn benefit_in(&self, source: &Source, range: Range<usize>) -> Option<Hit> {
        if let Some(sure) = self.sure_benefit_in(source, range.clone()) {
            return Some(sure);
        }
        let mut last = None;
        for at in range.clone() {
            let found = self.maybe_benefit.iter().filter_map(|(phrase, when)| {
                let end = self.matches(source, at, phrase)?;
                let broken = source.is_after_break(at);
                (broken || holds(source, end, range.end, when)).then_some((end, broken))
            });
            if let Some((end, broken)) = found.max_by_key(|(end, _)| *end) {
                let found = self.benefit_hit(source, at, end);
                if broken {
                    return Some(found);
                }
                last = Some(found);
            }
        }
        last
    }

    fn want_at(&self, source: &Source, at: usize) -> Option<Hit> {
        let mut best = None::<(usize, &'static str)>;
        let mut keep = |end: Option<usize>, lead: &'static str| {
            if let Some(end) = end
                && best.is_none_or(|(longest, _)| end > longest)
            {
                best = Some((end, lead));
            }
        };
        for subject in self.subjects {
            let Some(verb) = self.begins(source, at, subject) else {
                continue;
            };
            for (phrase, lead) in self.want {
                let end = source.run(verb, phrase);
                keep(end.filter(|end| self.may_end(source, *end)), lead);
            }
        }
        if source.is_after_break(at) {
            for (phrase, lead) in self.want_after_break {
                keep(self.matches(source, at, phrase), lead);
            }
        }
        let (end, lead) = best?;
        Some(hit(source, at, self.after_tails(source, end), lead))
    }

    fn spelled_want_in(&self, source: &Source, mut range: Range<usize>) -> Option<Hit> {
        range.find_map(|at| {
            self.want_at(source, at)
                .filter(|_| !self.is_in_side_clause(source, at))
        })
    }

    /// "when I want" tells a condition, not a wish.
    fn is_in_side_clause(&self, source: &Source, at: usize) -> bool {
        let end = source.skip_back(at, 0, is_blank);
        let start = source.skip_back(end, 0, char::is_alphabetic);
        self.side_clause
            .contains(&source.folded(start..end).as_str())
    }

    fn statement_in(&self, source: &Source, mut range: Range<usize>) -> Option<Hit> {
        let subject = self.statement?;
        range.find_map(|at| {
            let end = self.matches(source, at, subject)?;
            let stands = source.is_upper(at) && source.at(end).is_some_and(is_blank);
            (stands && !self.is_in_side_clause(source, at)).then(|| hit(source, at, end, ""))
        })
    }

    fn after_tails(&self, source: &Source, end: usize) -> usize {
        let next = source.skip(end, |folded| is_blank(folded) || is_emphasis(folded));
        self.want_tails
            .iter()
            .find_map(|tail| self.matches(source, next, tail))
            .unwrap_or(end)
    }

    /// People stutter here ("so that so that", "so that that"): both are one marker.
    fn benefit_hit(&self, source: &Source, start: usize, end: usize) -> Hit {
        let mut end = end;
        loop {
            let next = source.skip(end, is_blank);
            let again = self
                .benefit
                .iter()
                .find_map(|phrase| self.matches(source, next, phrase))
                .or_else(|| {
                    let said = source.folded(start..end);
                    let word = source.folded(next..source.word_end(next));
                    let repeats = !word.is_empty() && said.ends_with(&format!(" {word}"));
                    repeats.then(|| source.word_end(next))
                });
            match again {
                Some(after) if self.spaced => end = after,
                _ => return hit(source, start, end, ""),
            }
        }
    }

    fn longest(
        &self,
        source: &Source,
        at: usize,
        phrases: impl Iterator<Item = &'static str>,
    ) -> Option<usize> {
        phrases
            .filter_map(|phrase| self.matches(source, at, phrase))
            .max()
    }

    fn matches(&self, source: &Source, at: usize, phrase: &str) -> Option<usize> {
        self.begins(source, at, phrase)
            .filter(|end| self.may_end(source, *end))
    }

    fn begins(&self, source: &Source, at: usize, phrase: &str) -> Option<usize> {
        if self.spaced && !source.is_boundary(at) {
            return None;
        }
        source.run(at, phrase)
    }

    fn may_end(&self, source: &Source, end: usize) -> bool {
        !self.spaced || source.is_boundary(end)
    }
}

/// Emphasis around a marker and a colon after it belong to the marker.
fn hit(source: &Source, start: usize, end: usize, lead: &'static str) -> Hit {
    Hit {
        start: source.skip_back(start, 0, is_emphasis),
        end: source.skip(end, |folded| {
            is_emphasis(folded) || matches!(folded, ':' | '：' | '…')
        }),
        lead,
    }
}

/// A marker right after an opening quote is talked about, not used.
fn is_quoted(source: &Source, at: usize) -> bool {
    matches!(source.before(at), Some('"' | '“' | '„' | '«' | '「'))
}

fn holds(source: &Source, end: usize, limit: usize, when: &When) -> bool {
    let next = source.skip(end, is_blank);
    let word = source.folded(next..source.word_end(next));
    match when {
        When::AfterBreak => false,
        When::Next(words) => words.contains(&word.as_str()),
        When::Infinitive(endings) => endings
            .iter()
            .any(|ending| word.len() > ending.len() && word.ends_with(ending)),
        When::Later(needed) => {
            let reach = limit.min(end + LATER);
            let ahead = source.folded(next..reach);
            ahead
                .split(|letter: char| !letter.is_alphanumeric())
                .any(|word| {
                    word == *needed
                        || (word.ends_with("en")
                            && word.find(needed).is_some_and(|inside| inside > 1))
                })
        }
    }
}
