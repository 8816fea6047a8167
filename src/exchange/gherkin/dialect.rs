//! The words that Gherkin knows in each language, and what a line is by them.
//!
//! Every word of a language that has a meaning stands here, the one that is written first: a line of text must never
//! be taken for something else because it begins with a word that was forgotten.

use crate::model::Story;

/// The words of one language.
#[derive(Debug)]
pub(super) struct Dialect {
    /// What stands after `# language:`.
    code: &'static str,
    /// The words before a colon, by [`Block`].
    blocks: [&'static [&'static str]; 6],
    /// The words before a step, by [`Step`], with the blank after them where the language writes one.
    steps: [&'static [&'static str]; 5],
}

/// What a word before a colon begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Feature,
    Background,
    Rule,
    Scenario,
    Outline,
    Examples,
}

/// What a word before a step begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Given,
    When,
    Then,
    And,
    But,
}

impl Block {
    const ALL: [Self; 6] = [
        Self::Feature,
        Self::Background,
        Self::Rule,
        Self::Scenario,
        Self::Outline,
        Self::Examples,
    ];
}

impl Step {
    const ALL: [Self; 5] = [Self::Given, Self::When, Self::Then, Self::And, Self::But];
}

const ENGLISH: Dialect = Dialect {
    code: "en",
    blocks: [
        &["Feature", "Business Need", "Ability"],
        &["Background"],
        &["Rule"],
        &["Scenario", "Example"],
        &["Scenario Outline", "Scenario Template"],
        &["Examples", "Scenarios"],
    ],
    steps: [&["Given "], &["When "], &["Then "], &["And "], &["But "]],
};

/// The languages whose story sentences are understood too.
const DIALECTS: [Dialect; 12] = [
    ENGLISH,
    Dialect {
        code: "de",
        blocks: [
            &["Funktionalität", "Funktion"],
            &[
                "Grundlage",
                "Hintergrund",
                "Voraussetzungen",
                "Vorbedingungen",
            ],
            &["Regel", "Rule"],
            &["Szenario", "Beispiel"],
            &["Szenariogrundriss", "Szenarien"],
            &["Beispiele"],
        ],
        steps: [
            &["Angenommen ", "Gegeben sei ", "Gegeben seien "],
            &["Wenn "],
            &["Dann "],
            &["Und "],
            &["Aber "],
        ],
    },
    Dialect {
        code: "nl",
        blocks: [
            &["Functionaliteit"],
            &["Achtergrond"],
            &["Regel"],
            &["Scenario", "Voorbeeld"],
            &["Abstract Scenario"],
            &["Voorbeelden"],
        ],
        steps: [
            &["Gegeven ", "Stel "],
            &["Als ", "Wanneer "],
            &["Dan "],
            &["En "],
            &["Maar "],
        ],
    },
    Dialect {
        code: "fr",
        blocks: [
            &["Fonctionnalité"],
            &["Contexte"],
            &["Règle"],
            &["Scénario", "Exemple"],
            &["Plan du scénario", "Plan du Scénario"],
            &["Exemples"],
        ],
        steps: [
            &[
                "Étant donné ",
                "Étant donné que ",
                "Étant donné qu'",
                "Étant donnée ",
                "Étant donnés ",
                "Étant données ",
                "Etant donné ",
                "Etant donné que ",
                "Etant donné qu'",
                "Etant donnée ",
                "Etant donnés ",
                "Etant données ",
                "Soit ",
                "Sachant ",
                "Sachant que ",
                "Sachant qu'",
            ],
            &["Quand ", "Lorsque ", "Lorsqu'"],
            &["Alors ", "Donc "],
            &["Et ", "Et que ", "Et qu'"],
            &["Mais ", "Mais que ", "Mais qu'"],
        ],
    },
    Dialect {
        code: "es",
        blocks: [
            &["Característica", "Necesidad del negocio", "Requisito"],
            &["Antecedentes"],
            &["Regla", "Regla de negocio"],
            &["Escenario", "Ejemplo"],
            &["Esquema del escenario"],
            &["Ejemplos"],
        ],
        steps: [
            &["Dado ", "Dada ", "Dados ", "Dadas "],
            &["Cuando "],
            &["Entonces "],
            &["Y ", "E "],
            &["Pero "],
        ],
    },
    Dialect {
        code: "pt",
        blocks: [
            &["Funcionalidade", "Característica", "Caracteristica"],
            &["Contexto", "Cenário de Fundo", "Cenario de Fundo", "Fundo"],
            &["Regra"],
            &["Cenário", "Cenario", "Exemplo"],
            &[
                "Esquema do Cenário",
                "Esquema do Cenario",
                "Delineação do Cenário",
                "Delineacao do Cenario",
            ],
            &["Exemplos", "Cenários", "Cenarios"],
        ],
        steps: [
            &["Dado ", "Dada ", "Dados ", "Dadas "],
            &["Quando "],
            &["Então ", "Entao "],
            &["E "],
            &["Mas "],
        ],
    },
    Dialect {
        code: "it",
        blocks: [
            &["Funzionalità", "Esigenza di Business", "Abilità"],
            &["Contesto"],
            &["Regola"],
            &["Scenario", "Esempio"],
            &["Schema dello scenario"],
            &["Esempi"],
        ],
        steps: [
            &["Dato ", "Data ", "Dati ", "Date "],
            &["Quando "],
            &["Allora "],
            &["E ", "Ed "],
            &["Ma "],
        ],
    },
    Dialect {
        code: "sv",
        blocks: [
            &["Egenskap"],
            &["Bakgrund"],
            &["Regel"],
            &["Scenario"],
            &["Abstrakt Scenario", "Scenariomall"],
            &["Exempel"],
        ],
        steps: [&["Givet "], &["När "], &["Så "], &["Och "], &["Men "]],
    },
    Dialect {
        code: "da",
        blocks: [
            &["Egenskab"],
            &["Baggrund"],
            &["Regel"],
            &["Scenarie", "Eksempel"],
            &["Abstrakt Scenario"],
            &["Eksempler"],
        ],
        steps: [&["Givet "], &["Når "], &["Så "], &["Og "], &["Men "]],
    },
    Dialect {
        code: "no",
        blocks: [
            &["Egenskap"],
            &["Bakgrunn"],
            &["Regel"],
            &["Scenario", "Eksempel"],
            &["Scenariomal", "Abstrakt Scenario"],
            &["Eksempler"],
        ],
        steps: [&["Gitt "], &["Når "], &["Så "], &["Og "], &["Men "]],
    },
    Dialect {
        code: "zh-CN",
        blocks: [
            &["功能"],
            &["背景"],
            &["规则", "Rule"],
            &["场景", "剧本"],
            &["场景大纲", "剧本大纲"],
            &["例子"],
        ],
        steps: [
            &["假如", "假设", "假定"],
            &["当"],
            &["那么"],
            &["而且", "并且", "同时"],
            &["但是"],
        ],
    },
    Dialect {
        code: "ja",
        blocks: [
            &["機能", "フィーチャ"],
            &["背景"],
            &["ルール"],
            &["シナリオ"],
            &[
                "シナリオアウトライン",
                "シナリオテンプレート",
                "テンプレ",
                "シナリオテンプレ",
            ],
            &["例", "サンプル"],
        ],
        steps: [
            &["前提"],
            &["もし"],
            &["ならば"],
            &["かつ", "且つ"],
            &["しかし", "然し", "但し", "ただし"],
        ],
    },
];

impl Dialect {
    /// The language of a story's scenarios; English where they tell no other.
    pub(super) fn of(story: &Story) -> &'static Self {
        let lines: Vec<&str> = story
            .criteria
            .iter()
            .flat_map(|criterion| criterion.text.lines())
            .collect();
        let mut best = (&DIALECTS[0], DIALECTS[0].count(&lines, Step::is_telling));
        for dialect in DIALECTS.iter().skip(1) {
            // One word alone may be an ordinary one of another language: "Date", "Als", "Dan".
            let has_both = dialect.count(&lines, |step| step == Step::Then) > 0
                && dialect.count(&lines, |step| matches!(step, Step::Given | Step::When)) > 0;
            let count = dialect.count(&lines, Step::is_telling);
            if has_both && count > best.1 {
                best = (dialect, count);
            }
        }
        best.0
    }

    fn count(&self, lines: &[&str], is_wanted: impl Fn(Step) -> bool) -> usize {
        let steps = lines.iter().filter_map(|line| self.step(line));
        steps.filter(|(step, ..)| is_wanted(*step)).count()
    }

    /// The line that names the language, where it is another than English.
    pub(super) fn header(&self) -> Option<String> {
        (self.code != ENGLISH.code).then(|| format!("# language: {}", self.code))
    }

    /// The word that begins a block.
    pub(super) fn word(&self, block: Block) -> &'static str {
        let words = self.blocks.get(block as usize);
        words.and_then(|words| words.first()).unwrap_or(&"")
    }

    /// What a line such as `Scenario: paying` begins, and its rest; English is understood in every language.
    pub(super) fn block<'a>(&self, line: &'a str) -> Option<(Block, &'a str)> {
        let (word, rest) = line.trim().split_once(':')?;
        let word = word.trim().to_lowercase();
        let begins = |dialect: &Self| {
            let known = Block::ALL.into_iter().zip(dialect.blocks);
            let mut fitting = known.filter(|(_, words)| words.iter().any(|w| lower(w) == word));
            fitting.next().map(|(block, _)| block)
        };
        Some((begins(self).or_else(|| begins(&ENGLISH))?, rest.trim()))
    }

    /// What a line begins as a step, in whatever case: the step, its word as Gherkin spells it, and the rest.
    pub(super) fn step<'a>(&self, line: &'a str) -> Option<(Step, &'static str, &'a str)> {
        let line = line.trim();
        let known = Step::ALL.into_iter().zip(self.steps);
        let words = known.flat_map(|(step, words)| words.iter().map(move |word| (step, *word)));
        let fitting = words.filter_map(|(step, word)| {
            let rest = after(line, word)?.trim();
            (!rest.is_empty()).then_some((step, word, rest))
        });
        fitting.max_by_key(|(_, word, _)| word.len())
    }

    /// Whether a word in the middle of a line begins the next step.
    pub(super) fn opens_step(&self, word: &str) -> bool {
        let mut known = self.steps.iter().flat_map(|words| words.iter());
        known.any(|known| known.strip_suffix(' ') == Some(word))
    }

    /// Whether a line of words would be taken for something else.
    pub(super) fn takes(&self, line: &str) -> bool {
        let mut steps = self.steps.iter().flat_map(|words| words.iter());
        line.starts_with(['@', '#', '|', '*'])
            || line.starts_with("\"\"\"")
            || line.starts_with("```")
            || self.block(line).is_some()
            || steps.any(|word| line == word.trim_end() || line.starts_with(word))
    }
}

impl Step {
    /// Whether the step's word says something of the language; "and" is too short for that.
    const fn is_telling(self) -> bool {
        matches!(self, Self::Given | Self::When | Self::Then)
    }
}

/// The rest of a line after a word, in whatever case and with whatever apostrophe and blank.
fn after<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let mut rest = line.chars();
    for wanted in word.chars() {
        let found = rest.next()?;
        let is_same = match wanted {
            ' ' => found.is_whitespace(),
            '\'' => matches!(found, '\'' | '’'),
            _ => found == wanted || found.to_lowercase().eq(wanted.to_lowercase()),
        };
        if !is_same {
            return None;
        }
    }
    Some(rest.as_str())
}

fn lower(word: &str) -> String {
    word.to_lowercase()
}
