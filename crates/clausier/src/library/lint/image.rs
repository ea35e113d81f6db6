//! The rules and their words, compiled: the build script writes them as statics, the engine reads them as they are.

/// Rank of a concept.
pub(crate) type Concept = u16;

/// The concept of numbers.
pub(crate) const NUMBER: Concept = 0;
/// A word written as a proper name.
pub(crate) const NAME: Concept = 1;
/// The same after « de », « à », « en ».
pub(crate) const PLACE: Concept = 2;
/// A word in capitals.
pub(crate) const ACRONYM: Concept = 3;
/// The « que » of « ne … que ».
pub(crate) const RESTRICTION: Concept = 4;
/// Set phrases: their words say nothing one by one.
pub(crate) const SET_PHRASE: Concept = 5;
/// The names of these concepts, in order.
pub(crate) const KNOWN: [&str; 6] = ["#", "Nom", "Lieu", "Sigle", "Restriction", "locution"];

/// The stem of a number, in figures or in words.
pub(crate) const FIGURES: u16 = u16::MAX;
/// The class of endings that admits any.
pub(crate) const ANY_END: u8 = 0;
/// In a pattern, at most so many words.
pub(crate) const GAP: u16 = 0xF000;

/// Words denied or not.
pub(crate) const AFFIRMED: u16 = 0;
/// Words denied.
pub(crate) const DENIED: u16 = 1;
/// Either.
pub(crate) const EITHER: u16 = 2;

/// A day, as year, month and day.
pub(crate) type Day = Option<(u16, u8, u8)>;
/// Ranks, from the first to the one after the last.
pub(crate) type Ranks = (u16, u16);

/// Everything that the engine reads.
#[derive(Debug)]
pub(crate) struct Image {
    /// Of what it was compiled.
    pub(crate) hash: &'static str,
    pub(crate) words: WordTable,
    pub(crate) patterns: PatternTable,
    pub(crate) rules: &'static [RuleImage],
    /// Names that have changed, by the concept of their words.
    pub(crate) names: &'static [(Concept, RuleImage)],
    /// What makes an outdated name right.
    pub(crate) past: Ranks,
    /// Codes and sorts of dated texts: the concept of their names, the id, the name with « du ».
    pub(crate) kinds: &'static [(Concept, &'static str, &'static str)],
    pub(crate) repealed: &'static [RepealedImage],
    pub(crate) subjects: &'static [SubjectImage],
}

/// The words of the concepts.
#[derive(Debug)]
pub(crate) struct WordTable {
    /// The stems one after the other, in order.
    pub(crate) stems: &'static str,
    /// Where each begins; one more for the end.
    pub(crate) starts: &'static [u32],
    /// The first stem that begins with each byte; one more for the end.
    pub(crate) letters: &'static [u16],
    /// The longest other stem that begins each, from 1.
    pub(crate) shorter: &'static [u16],
    /// The first entry of each stem; one more for the end, then those that begin with a number.
    pub(crate) firsts: &'static [u16],
    /// Entries: class of endings of the first word, where the others begin, how many, concept.
    pub(crate) entries: &'static [(u8, u16, u8, Concept)],
    /// Other words: stem and class of endings.
    pub(crate) others: &'static [(u16, u8)],
    /// Ends of words, in order.
    pub(crate) suffixes: &'static [&'static str],
    /// Which ends each class admits, a bit each.
    pub(crate) classes: &'static [[u64; 4]],
    /// Where the wider concepts of each begin; one more for the end.
    pub(crate) widers: &'static [u16],
    pub(crate) wider: &'static [Concept],
    /// Ends that are words of a concept.
    pub(crate) ends: &'static [(&'static str, Concept)],
    /// Words that end so and are nothing of the sort, in order.
    pub(crate) but: &'static [(&'static str, Concept)],
}

/// What rules look for.
#[derive(Debug)]
pub(crate) struct PatternTable {
    /// The patterns: for each, its groups, then what must not stand; for a group its terms; for a term its polarity and its
    /// items; each list after its length.
    pub(crate) program: &'static [u16],
    /// Where each pattern begins.
    pub(crate) starts: &'static [u32],
    /// The patterns that only a sentence with a concept can match: where those of each concept begin; one more for the end.
    pub(crate) gates: &'static [u16],
    /// The rank of the rule and that of the pattern.
    pub(crate) gated: &'static [(u16, u16)],
}

/// A rule.
#[derive(Debug)]
pub(crate) struct RuleImage {
    pub(crate) code: &'static str,
    pub(crate) message: &'static str,
    pub(crate) help: &'static str,
    pub(crate) instead: Option<&'static str>,
    pub(crate) since: Day,
    pub(crate) places: &'static [&'static str],
    pub(crate) forms: &'static [&'static str],
    pub(crate) needs: Ranks,
    pub(crate) exceptions: Ranks,
    pub(crate) general: Ranks,
    pub(crate) listed: bool,
}

/// Texts that are no more.
#[derive(Debug)]
pub(crate) struct RepealedImage {
    pub(crate) ids: &'static [&'static str],
    pub(crate) since: Day,
    pub(crate) help: &'static str,
}

/// What articles are about.
#[derive(Debug)]
pub(crate) struct SubjectImage {
    pub(crate) words: Concept,
    pub(crate) said: &'static str,
    pub(crate) ids: &'static [&'static str],
    pub(crate) only: bool,
}

/// True for a number, in figures or in words. « Un » is also an article.
pub(crate) fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        || matches!(
            word,
            "deux"
                | "trois"
                | "quatre"
                | "cinq"
                | "six"
                | "sept"
                | "huit"
                | "neuf"
                | "dix"
                | "onze"
                | "douze"
                | "treize"
                | "quatorze"
                | "quinze"
                | "seize"
                | "vingt"
                | "trente"
                | "quarante"
                | "cinquante"
                | "soixante"
                | "cent"
                | "cents"
                | "mille"
                | "dizaine"
                | "douzaine"
                | "quinzaine"
                | "vingtaine"
                | "trentaine"
                | "centaine"
        )
}

/// A word without the mark of its number and gender.
pub(crate) fn bare(word: &str) -> &str {
    word.trim_end_matches(['s', 'e'])
}
