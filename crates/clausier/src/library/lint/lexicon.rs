//! Words by concept: each entry is read in all its inflections by light rules of French, never by lists of forms.
//!
//! | written | reads |
//! |---|---|
//! | `artisan` | that word in every number and gender; for a verb (`confier`), its usual forms |
//! | `bassin de vie` | these words one after the other (small words do not count) |
//! | `=locaux` | that form only |
//! | `écolo*`, `*ois` | any word that begins so, that ends so |
//! | `-bois` | but not that one |
//! | `# heure` | a number, in figures or in words, then that word |
//! | `@candidat` | every entry of another concept |
//!
//! Five concepts are known without words: `#`, a number; `@Nom`, a word written as a proper name; `@Lieu`, the same after « de »,
//! « à », « en »; `@Sigle`, a word in capitals; `@Restriction`, the « que » of « ne … que ». The words of a `@locution`
//! (« mission locale ») say nothing one by one.

use super::text::{Look, Word, Words};
use crate::base::fold::fold;
use std::collections::BTreeMap;

/// Rank of a concept.
pub(super) type Concept = u16;

/// How the end of a word may vary.
type Endings = &'static [&'static str];

const EXACT: Endings = &[""];
/// Any end at all.
const ANY: Endings = &[];
const ER: Endings = &[
    "er", "e", "ee", "es", "ees", "ent", "era", "eront", "ant", "ait", "aient", "ons", "ez", "ers", "ante", "antes",
    "ants", "erait", "eraient", "erons", "erez", "ere", "eres", "eant", "eait", "a", "iere", "ieres",
];
const YER: Endings = &[
    "yer", "ye", "yee", "yes", "yees", "yant", "yait", "ie", "ient", "iera", "ieront", "yers", "yons", "yez", "ierait",
];
const IR: Endings =
    &["ir", "it", "is", "i", "ie", "ies", "issent", "issant", "issait", "ira", "iront", "irait", "isse", "irs"];
const RE: Endings =
    &["re", "res", "", "s", "ent", "u", "ue", "us", "ues", "ra", "ront", "ait", "ant", "rait", "e", "ement"];
const AL: Endings = &["al", "aux", "ale", "ales", "alement"];
const IF: Endings = &["if", "ifs", "ive", "ives", "ivement"];
const EUR: Endings = &["eur", "eurs", "euse", "euses", "eure", "eures", "rice", "rices"];
const FAIRE: Endings =
    &["aire", "ait", "aits", "aite", "aites", "ont", "era", "eront", "asse", "assent", "aisant", "aisait"];
const METTRE: Endings = &["ettre", "et", "ettent", "is", "ise", "ises", "ettra", "ettront", "ettant", "ette", "ettait"];
const TENIR: Endings =
    &["enir", "ient", "iennent", "enu", "enue", "enus", "enues", "iendra", "iendront", "enant", "enait", "ienne"];
const PRENDRE: Endings = &["endre", "end", "ennent", "is", "ise", "ises", "endra", "endront", "enant", "enait", "enne"];
const UIRE: Endings = &["ire", "it", "isent", "ira", "iront", "isant", "ite", "its", "ites", "isait", "ise", "irait"];
const CRIRE: Endings = &["ire", "it", "ivent", "ira", "iront", "ivant", "ite", "its", "ites", "ive", "irait"];
const INDRE: Endings =
    &["indre", "int", "ignent", "inte", "ints", "intes", "indra", "indront", "ignant", "igne", "indrait"];
const SUIVRE: Endings =
    &["ivre", "it", "ivent", "ivi", "ivie", "ivis", "ivies", "ivra", "ivront", "ivant", "ive", "ivrait"];
const OFFRIR: Endings = &["rir", "re", "rent", "ert", "erte", "erts", "ertes", "rira", "riront", "rant", "rait"];
const COURIR: Endings = &["ir", "t", "ent", "u", "ue", "ra", "ront", "ant", "e", "ait"];
const DEVOIR: Endings = &["evoir", "oit", "oivent", "evra", "evront", "evrait", "evait", "oive"];
const POUVOIR: Endings = &["ouvoir", "eut", "euvent", "ourra", "ourront", "ourrait", "uisse", "ouvait"];
const VOULOIR: Endings = &["ouloir", "eut", "eulent", "oudra", "oudront", "oulu", "oulait", "euille"];
const EUX: Endings = &["eux", "euse", "euses"];
const E: Endings = &["e", "es", "ee", "ees", "ement"];
const EL: Endings = &["el", "els", "elle", "elles", "ellement"];
const EN: Endings = &["n", "ns", "nne", "nnes", "ne", "nes"];
const EAU: Endings = &["", "x", "s"];
const NOUN: Endings = &["", "s", "e", "es", "x", "ement", "ment"];

/// The stem of a folded word and how it may end.
fn inflect(word: &str) -> (&str, Endings) {
    let rules: [(&str, usize, Endings); 30] = [
        ("faire", 4, FAIRE),
        ("mettre", 5, METTRE),
        ("tenir", 4, TENIR),
        ("venir", 4, TENIR),
        ("prendre", 5, PRENDRE),
        ("duire", 3, UIRE),
        ("truire", 3, UIRE),
        ("dire", 3, UIRE),
        ("crire", 3, CRIRE),
        ("indre", 5, INDRE),
        ("uivre", 4, SUIVRE),
        ("ffrir", 3, OFFRIR),
        ("vrir", 3, OFFRIR),
        ("courir", 2, COURIR),
        ("devoir", 5, DEVOIR),
        ("pouvoir", 6, POUVOIR),
        ("vouloir", 6, VOULOIR),
        ("yer", 3, YER),
        ("er", 2, ER),
        ("ir", 2, IR),
        ("dre", 2, RE),
        ("ttre", 2, RE),
        ("al", 2, AL),
        ("if", 2, IF),
        ("eur", 3, EUR),
        ("eux", 3, EUX),
        ("el", 2, EL),
        ("en", 1, EN),
        ("on", 1, EN),
        ("eau", 0, EAU),
    ];
    if word.len() >= 4 {
        for (end, cut, endings) in rules {
            if word.ends_with(end) && word.len() > cut {
                return (word.get(..word.len() - cut).unwrap_or(word), endings);
            }
        }
        if let Some(stem) = word.strip_suffix('e') {
            return (stem, E);
        }
    }
    (word, NOUN)
}

/// One word of an entry.
#[derive(Debug, Clone, Copy)]
struct Form {
    from: u32,
    to: u32,
    endings: Endings,
}

/// A run of words that names a concept.
#[derive(Debug)]
struct Phrase {
    first: Form,
    /// The other words, as ranks among the forms.
    rest: (u32, u32),
    concept: Concept,
    /// The next entry whose stem begins with the same two letters, from 1.
    next: u32,
}

/// Every concept with its words.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// The stems, one after the other.
    stems: String,
    forms: Vec<Form>,
    entries: Vec<Phrase>,
    /// The first entry by the first two letters, from 1.
    heads: Vec<u32>,
    /// Ends of words, each with its concept.
    ends: Vec<(Box<str>, Concept)>,
    /// Words that end so and are nothing of the sort, without the mark of number and gender.
    but: Vec<(Box<str>, Concept)>,
    ranks: BTreeMap<Box<str>, Concept>,
    /// The concepts that take in each concept.
    wider: Vec<Vec<Concept>>,
    /// The concepts that have words.
    filled: Vec<bool>,
}

/// A concept met in a text: which, the rank of its first word and of the word after its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Met {
    pub(super) concept: Concept,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The concept of numbers.
pub(super) const NUMBER: Concept = 0;
/// The concepts of words known by how they are written.
const NAME: Concept = 1;
const PLACE: Concept = 2;
const ACRONYM: Concept = 3;
const RESTRICTION: Concept = 4;
/// The concept of set phrases.
const SET_PHRASE: Concept = 5;

const LETTERS: usize = 38;

/// What entries that begin with a number are kept under.
const FIGURES: &str = "0";

/// True for a number, in figures or in words. « Un » is also an article.
fn is_number(word: &str) -> bool {
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
fn bare(word: &str) -> &str {
    word.trim_end_matches(['s', 'e'])
}

fn letter(byte: Option<&u8>) -> usize {
    match byte {
        Some(b @ b'a'..=b'z') => 1 + usize::from(b - b'a'),
        Some(b @ b'0'..=b'9') => 27 + usize::from(b - b'0'),
        Some(_) => 37,
        None => 0,
    }
}

fn bucket(word: &str) -> usize {
    let bytes = word.as_bytes();
    letter(bytes.first()) * LETTERS + letter(bytes.get(1))
}

impl Default for Lexicon {
    fn default() -> Self {
        let mut lexicon = Self {
            stems: String::new(),
            forms: Vec::new(),
            entries: Vec::new(),
            heads: vec![0; LETTERS * LETTERS],
            ends: Vec::new(),
            but: Vec::new(),
            ranks: BTreeMap::new(),
            wider: Vec::new(),
            filled: Vec::new(),
        };
        for name in ["#", "Nom", "Lieu", "Sigle", "Restriction", "locution"] {
            lexicon.concept(name);
        }
        lexicon
    }
}

impl Lexicon {
    /// The rank of a concept, made when it is new.
    pub(super) fn concept(&mut self, name: &str) -> Concept {
        if let Some(rank) = self.ranks.get(name) {
            return *rank;
        }
        let rank = Concept::try_from(self.wider.len()).unwrap_or(Concept::MAX);
        self.ranks.insert(name.into(), rank);
        self.wider.push(Vec::new());
        self.filled.push(false);
        rank
    }

    /// The name of a concept.
    pub(super) fn name(&self, concept: Concept) -> Option<&str> {
        self.ranks.iter().find(|(_, rank)| **rank == concept).map(|(name, _)| &**name)
    }

    /// How many concepts there are.
    pub(super) fn len(&self) -> usize {
        self.wider.len()
    }

    /// True when a concept has words.
    pub(super) fn is_filled(&self, concept: Concept) -> bool {
        concept <= RESTRICTION || self.filled.get(usize::from(concept)).copied().unwrap_or(false)
    }

    /// Adds entries, separated by commas, to a concept; those that cannot be read are given back.
    pub(super) fn add<'s>(&mut self, concept: Concept, entries: &'s str) -> Vec<&'s str> {
        self.add_as(concept, entries, false)
    }

    /// The same, each word in the form given only when they are names.
    pub(super) fn add_as<'s>(&mut self, concept: Concept, entries: &'s str, names: bool) -> Vec<&'s str> {
        // A list is cut into words once, and each entry takes its own.
        let figures = entries.replace('#', "0");
        let words = Words::of(&figures);
        let mut rest = words.all();
        let mut at = 0;
        let mut unread = Vec::new();
        for part in entries.split([',', '\n']) {
            at += part.len() + 1;
            let (own, others) = rest.split_at(rest.iter().take_while(|word| word.start < at).count());
            rest = others;
            let entry = part.trim();
            if !entry.is_empty() && !self.add_one(concept, entry, (&figures, &words, own), names) {
                unread.push(entry);
            }
        }
        unread
    }

    fn add_one(
        &mut self,
        concept: Concept,
        entry: &str,
        (text, words, own): (&str, &Words, &[Word]),
        name: bool,
    ) -> bool {
        if let Some(filled) = self.filled.get_mut(usize::from(concept)) {
            *filled = true;
        }
        if let Some(name) = entry.strip_prefix('@') {
            let narrow = self.concept(name);
            if let Some(wider) = self.wider.get_mut(usize::from(narrow)) {
                wider.push(concept);
            }
            return true;
        }
        if entry.contains('@') {
            return false;
        }
        if let Some(end) = entry.strip_prefix('*') {
            self.ends.push((fold(end).into(), concept));
            return !end.contains(' ');
        }
        if let Some(word) = entry.strip_prefix('-') {
            self.but.push((bare(&fold(word)).into(), concept));
            return true;
        }
        let first = self.forms.len();
        for word in own {
            let folded = words.folded(word);
            let marked = name || text.get(..word.start).is_some_and(|before| before.ends_with('='));
            let open = text.get(word.end..).is_some_and(|after| after.starts_with('*'));
            let (stem, endings) = match (marked, open) {
                _ if folded == "0" => ("", EXACT),
                (true, _) => (folded, EXACT),
                (_, true) => (folded, ANY),
                _ => inflect(folded),
            };
            let from = self.stems.len();
            self.stems.push_str(stem);
            let to = self.stems.len();
            let (Ok(from), Ok(to)) = (u32::try_from(from), u32::try_from(to)) else { return false };
            self.forms.push(Form { from, to, endings });
        }
        let Some(form) = self.forms.get(first).copied() else { return false };
        let rest = (u32::try_from(first + 1), u32::try_from(self.forms.len()));
        let (Ok(start), Ok(end)) = rest else { return false };
        let bucket = bucket(if form.from == form.to { FIGURES } else { self.stem(form) });
        let number = u32::try_from(self.entries.len() + 1).unwrap_or(0);
        if let Some(head) = self.heads.get_mut(bucket) {
            self.entries.push(Phrase { first: form, rest: (start, end), concept, next: *head });
            *head = number;
        }
        true
    }

    fn stem(&self, form: Form) -> &str {
        self.stems.get(form.from as usize..form.to as usize).unwrap_or_default()
    }

    fn reads(&self, form: Form, word: &str) -> bool {
        if form.from == form.to {
            return is_number(word);
        }
        word.strip_prefix(self.stem(form)).is_some_and(|end| form.endings.is_empty() || form.endings.contains(&end))
    }

    /// Every concept met in some words of a text, by the rank of its first word.
    pub(super) fn meet(&self, words: &Words, among: std::ops::Range<usize>, out: &mut Vec<Met>) {
        let all = words.all();
        let text = |word: &Word| words.folded(word);
        for start in among.clone() {
            let Some(folded) = all.get(start).map(text) else { continue };
            let number = is_number(folded);
            if number {
                self.note(Met { concept: NUMBER, start, end: start + 1 }, out);
            }
            let looks: &[Concept] = match all.get(start).map_or(Look::Plain, |word| word.look) {
                Look::Plain => &[],
                Look::Name => &[NAME],
                Look::PlaceName => &[NAME, PLACE],
                Look::Acronym => &[ACRONYM],
            };
            looks.iter().for_each(|concept| self.note(Met { concept: *concept, start, end: start + 1 }, out));
            if all.get(start).is_some_and(|word| word.restricts) {
                self.note(Met { concept: RESTRICTION, start, end: start + 1 }, out);
            }
            for (end, concept) in &self.ends {
                let but = |(word, other): &(Box<str>, Concept)| other == concept && **word == *bare(folded);
                if folded.len() > end.len() + 2 && folded.ends_with(&**end) && !self.but.iter().any(but) {
                    self.note(Met { concept: *concept, start, end: start + 1 }, out);
                }
            }
            self.meet_in(bucket(folded), folded, words, start..among.end, out);
            if folded.len() > 1 {
                // A few verbs keep one letter only through all their forms.
                self.meet_in(bucket(folded.get(..1).unwrap_or_default()), folded, words, start..among.end, out);
            }
            if number {
                self.meet_in(bucket(FIGURES), folded, words, start..among.end, out);
            }
        }
        // A set phrase hides its own words.
        let phrases: Vec<Met> = out.iter().filter(|met| met.concept == SET_PHRASE).copied().collect();
        if phrases.is_empty() {
            return;
        }
        out.retain(|met| {
            let last = phrases.partition_point(|phrase| phrase.start <= met.start).checked_sub(1);
            last.and_then(|last| phrases.get(last))
                .is_none_or(|phrase| met.end > phrase.end || met.end - met.start == phrase.end - phrase.start)
        });
    }

    /// The entries of one bucket met at the first of some words.
    fn meet_in(&self, bucket: usize, folded: &str, words: &Words, among: std::ops::Range<usize>, out: &mut Vec<Met>) {
        let (all, start) = (words.all(), among.start);
        let mut number = self.heads.get(bucket).copied().unwrap_or(0);
        while let Some(entry) = (number as usize).checked_sub(1).and_then(|at| self.entries.get(at)) {
            number = entry.next;
            if !self.reads(entry.first, folded) {
                continue;
            }
            let rest = self.forms.get(entry.rest.0 as usize..entry.rest.1 as usize).unwrap_or_default();
            let end = start + 1 + rest.len();
            let follows = end <= among.end
                && all.get(start + 1..end).is_some_and(|next| {
                    next.iter().zip(rest).all(|(word, form)| self.reads(*form, words.folded(word)))
                });
            if follows {
                self.note(Met { concept: entry.concept, start, end }, out);
            }
        }
    }

    fn note(&self, met: Met, out: &mut Vec<Met>) {
        let begun = out.iter().rev().take_while(|other| other.start == met.start);
        if begun.clone().any(|other| *other == met) {
            return;
        }
        out.push(met);
        for wider in self.wider.get(usize::from(met.concept)).into_iter().flatten() {
            self.note(Met { concept: *wider, ..met }, out);
        }
    }
}
