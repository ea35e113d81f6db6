//! Purchase families (`familles.toml`): what a calculation starts from when the buyer has no figure of his own.

use super::file::{Recorded, RegisterReader, note};
use crate::base::bytes::{Kept, Reader, Writer, kept};
use crate::base::fold::fold;
use crate::base::quantity::{Euros, QuantityError, Rate};
use crate::base::terms::{Confidence, Vocabulary, vocabulary};
use crate::file::reading::Table;

vocabulary! {
    /// How easily a family of purchases employs people far from employment.
    Feasibility, "la faisabilité" {
        /// Very easily.
        VeryHigh = "tres-forte",
        /// Easily.
        High = "forte",
        /// With some care.
        Medium = "moyenne",
        /// Hardly: other considerations than hours come first.
        Low = "faible",
        /// Only people who hold an authorisation.
        Constrained = "encadree",
    }
}

/// A range of practice, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range<T> {
    /// Low end.
    pub low: T,
    /// High end.
    pub high: T,
}

/// A family of purchases. Every figure is practice, excluding tax, for the buyer to confirm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// Its id (« bat-peinture »).
    pub id: Box<str>,
    /// Its name.
    pub title: Box<str>,
    /// Other words under which a buyer looks for it.
    pub words: Vec<Box<str>>,
    /// First digits of the CPV codes that belong to it.
    pub cpv: Vec<Box<str>>,
    /// Share of labour in the price, at the least and at the most.
    pub labour: Range<Rate>,
    /// Share of labour to start from.
    pub labour_default: Rate,
    /// Selling price of an hour of work.
    pub hourly_price: Range<Euros>,
    /// Usual insertion rate; `None` where hours are not the right consideration.
    pub usual_rate: Option<Range<Rate>>,
    /// How easily it employs people far from employment.
    pub feasibility: Feasibility,
    /// How sure the figures are.
    pub confidence: Confidence,
    /// Where they were read: ids of [`super::Source`].
    pub sources: Vec<Box<str>>,
    /// What to know; may be empty.
    pub note: Box<str>,
}

impl<T: Kept> Kept for Range<T> {
    fn keep(&self, out: &mut Writer<'_>) {
        self.low.keep(out);
        self.high.keep(out);
    }

    fn recall(bytes: &mut Reader<'_>) -> Option<Self> {
        Some(Self { low: T::recall(bytes)?, high: T::recall(bytes)? })
    }
}

kept! {
    parts Family {
        id, title, words, cpv, labour, labour_default, hourly_price, usual_rate, feasibility, confidence, sources, note,
    }
}

impl Recorded for Family {
    const FILE: &'static str = "familles.toml";
    const KEY: &'static str = "famille";
    type Preamble = ();

    fn preamble(_: &RegisterReader, _: &Table<'_, '_>) {}

    fn read(reader: &RegisterReader, table: &Table<'_, '_>, id: Box<str>, (): &()) -> Option<Self> {
        let title = table.required("intitule", "\"Peinture\"").into();
        let words = table.texts("mots").into_iter().map(Into::into).collect();
        let cpv = cpv(table);
        let labour = range(table, "main_oeuvre", "[\"30 %\", \"50 %\"]", Rate::parse);
        if !table.has("main_oeuvre_defaut") {
            table.missing("main_oeuvre_defaut", "\"50 %\"");
        }
        let labour_default = table.measure("main_oeuvre_defaut", Rate::parse);
        if let (Some(Range { low, high }), Some(default)) = (&labour, &labour_default)
            && (default < low || default > high)
        {
            table.report.add(
                table.span_of("main_oeuvre_defaut"),
                format!("la part par défaut ({default}) sort de la fourchette ({low} à {high})"),
                "choisissez une valeur de la fourchette",
            );
        }
        let hourly_price = range(table, "prix_horaire", "[\"28 €\", \"36 €\"]", Euros::parse);
        let usual_rate =
            if table.has("taux_usuel") { range(table, "taux_usuel", "[\"5 %\", \"10 %\"]", Rate::parse) } else { None };
        let feasibility = table.required_word::<Feasibility>("faisabilite");
        let sources = reader.sources(table);
        let confidence = table.required_word::<Confidence>("certitude");
        let note = note(table, "note");
        Some(Self {
            id,
            title,
            words,
            cpv,
            labour: labour?,
            labour_default: labour_default?,
            hourly_price: hourly_price?,
            usual_rate,
            feasibility: feasibility?,
            confidence: confidence?,
            sources,
            note,
        })
    }
}

/// How much of what is typed is read, in characters.
const LONGEST: usize = 200;

/// Words that say nothing of what is bought.
const SMALL: [&str; 13] = [
    "achat",
    "avec",
    "dans",
    "des",
    "les",
    "marche",
    "par",
    "pour",
    "prestation",
    "prestations",
    "sur",
    "travaux",
    "une",
];

impl Family {
    /// How well words typed by a buyer, folded, name it: how many of them it answers, then how closely. `None`: not at all.
    fn answers(&self, typed: &[&str]) -> Option<(usize, u32)> {
        let title = fold(&self.title);
        let others = fold(&self.words.join(" "));
        let rest = fold(&format!("{} {}", self.id, self.note));
        let same = |text: &str, typed: &str| text.split(apart).any(|word| stem(word) == stem(typed));
        let begins = |text: &str, typed: &str| text.split(apart).any(|word| word.starts_with(stem(typed)));
        let closeness = |word: &&str| match word {
            code if code.bytes().all(|b| b.is_ascii_digit()) => {
                self.cpv.iter().any(|own| code.starts_with(&**own) || own.starts_with(code)).then_some(5)
            }
            word if same(&title, word) => Some(6),
            word if same(&others, word) => Some(5),
            word if begins(&title, word) => Some(3),
            word if begins(&others, word) => Some(2),
            word if begins(&rest, word) => Some(1),
            _ => None,
        };
        let found: Vec<u32> = typed.iter().filter_map(closeness).collect();
        (!found.is_empty()).then(|| (found.len(), found.iter().sum()))
    }
}

/// The families that words or a CPV code name, the nearest first; all of them when nothing is said.
pub(super) fn named<'f>(families: impl Iterator<Item = &'f Family>, words: &str) -> Vec<&'f Family> {
    let folded: String = fold(words).chars().take(LONGEST).collect();
    let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
    // A code is often typed with its check digit or with spaces.
    let code = folded.chars().all(|c| !c.is_alphabetic()).then(|| digits.chars().take(8).collect::<String>());
    let typed: Vec<&str> = match &code {
        Some(code) if code.len() >= 2 => vec![code],
        _ => folded.split(apart).filter(|word| word.len() > 2 && !SMALL.contains(word)).collect(),
    };
    if typed.is_empty() {
        return if words.trim().is_empty() { families.collect() } else { Vec::new() };
    }
    let mut found: Vec<_> = families.filter_map(|family| Some((family.answers(&typed)?, family))).collect();
    found.sort_by(|(one, _), (other, _)| other.cmp(one));
    found.into_iter().map(|(_, family)| family).collect()
}

fn apart(c: char) -> bool {
    !c.is_alphanumeric()
}

/// A word without what its plural or its gender changes.
fn stem(word: &str) -> &str {
    let kept = match word.chars().count() {
        0..=3 => return word,
        4..=6 => return word.strip_suffix(['s', 'x']).unwrap_or(word),
        length => length - 2,
    };
    word.char_indices().nth(kept).map_or(word, |(at, _)| &word[..at])
}

/// The first digits of CPV codes.
fn cpv(table: &Table<'_, '_>) -> Vec<Box<str>> {
    let mut out = Vec::new();
    for (prefix, span) in table.spanned_texts("cpv") {
        if (2..=8).contains(&prefix.len()) && prefix.bytes().all(|b| b.is_ascii_digit()) {
            out.push(prefix.into());
        } else {
            table.report.add(
                span,
                format!("« {prefix} » n’est pas un début de code CPV"),
                "de deux à huit chiffres, sans le chiffre de contrôle",
            );
        }
    }
    out
}

/// Two bounds, the low one first: `["40 %", "60 %"]`.
fn range<T: PartialOrd>(
    table: &Table<'_, '_>,
    key: &'static str,
    example: &str,
    parse: impl Fn(&str) -> Result<T, QuantityError>,
) -> Option<Range<T>> {
    if !table.has(key) {
        table.missing(key, example);
    }
    let texts = table.texts(key);
    let mut bounds = Vec::new();
    for text in &texts {
        match parse(text) {
            Ok(value) => bounds.push(value),
            Err(error) => {
                table.report.add(table.span_of(key), format!("« {text} » : {error}"), "corrigez la valeur");
                return None;
            }
        }
    }
    let mut bounds = bounds.into_iter();
    match (bounds.next(), bounds.next(), bounds.next()) {
        (Some(low), Some(high), None) if low <= high => Some(Range { low, high }),
        (None, ..) if !table.has(key) => None,
        _ => {
            table.report.add(
                table.span_of(key),
                format!("« {key} » donne deux bornes, la plus basse d’abord"),
                format!("écrivez par exemple {example}"),
            );
            None
        }
    }
}
