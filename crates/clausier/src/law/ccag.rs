//! The six CCAG of 2021: where each concept stands (`ccag.toml`), what departs from them (`derogations.toml`), what they leave
//! to the contract (`completude.toml`).

use super::file::{Recorded, Referent, RegisterReader, note};
use super::texts::{articles, enumerate};
use crate::base::bytes::kept;
use crate::base::quantity::NBSP;
use crate::base::terms::{Ccag, Vocabulary, vocabulary};
use crate::file::reading::Table;

/// A concept and the article of each CCAG that carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concept {
    /// Its id (« penalites-insertion »).
    pub id: Box<str>,
    /// What it is, in our words.
    pub title: Box<str>,
    /// Detail that is not printed (alinéa, formula, wording of one CCAG); may be empty.
    pub detail: Box<str>,
    /// True when the CCAG says it in a comment only: it binds nobody and is never cited.
    pub comment: bool,
    articles: [Box<str>; 6],
}

/// The six CCAG, in the order of the table.
const SIX: [Ccag; 6] =
    [Ccag::Works, Ccag::Supplies, Ccag::Intellectual, Ccag::Ict, Ccag::Industrial, Ccag::ProjectManagement];

impl Concept {
    /// The article of a CCAG, as printed (« 20.1.5 »); `None` when that CCAG has no such provision.
    pub fn article(&self, ccag: Ccag) -> Option<&str> {
        let index = SIX.iter().position(|c| *c == ccag)?;
        self.articles.get(index).map(|a| &**a).filter(|a| !a.is_empty())
    }
}

vocabulary! {
    /// How sure it is that a clause departs from the CCAG.
    DerogationLevel, "le niveau de dérogation" {
        /// It departs from binding words: listed.
        Sure = "certaine",
        /// Arguable: listed « en tant que de besoin ».
        Caution = "en-tant-que-de-besoin",
        /// Listing it would cure nothing: the clause is refused.
        Refused = "refus",
    }
}

/// A way to depart from the CCAG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CcagDerogation {
    /// Its id (« D-19 »).
    pub id: Box<str>,
    /// What the clause does.
    pub clause: Box<str>,
    /// What the list of derogations prints between brackets.
    pub subject: Box<str>,
    /// Ids of the concepts that it departs from.
    pub concepts: Vec<Box<str>>,
    /// How sure it is.
    pub level: DerogationLevel,
    /// CCAG from which it does not depart, although they know the concept.
    pub except: Vec<Ccag>,
}

vocabulary! {
    /// When the contract must say something.
    Occasion, "l’occasion" {
        /// In every contract under a CCAG.
        Always = "toujours",
        /// With an insertion clause.
        Insertion = "insertion",
        /// With an insertion clause and a facilitator.
        Facilitator = "facilitateur",
        /// When the buyer wants hours pooled between contracts.
        Pooling = "globalisation",
        /// When the facilitator is the single contact of a group.
        SingleContact = "interlocuteur-unique",
        /// In works.
        Works = "travaux",
        /// Where the CCAG deals with waste.
        Waste = "dechets",
        /// When the contractor processes personal data for the buyer.
        PersonalData = "donnees-personnelles",
        /// When something departs from the CCAG.
        Derogation = "derogation",
    }
}

/// What the CCAG leaves to the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Its id (« MUST-04 »).
    pub id: Box<str>,
    /// What the contract says.
    pub title: Box<str>,
    /// When.
    pub occasion: Occasion,
    /// What makes it complete.
    pub test: Box<str>,
    /// Ids of the concepts that ask for it.
    pub concepts: Vec<Box<str>>,
}

kept! { parts Concept { id, title, detail, comment, articles } }
kept! { parts CcagDerogation { id, clause, subject, concepts, level, except } }
kept! { parts Requirement { id, title, occasion, test, concepts } }

impl Recorded for Concept {
    const FILE: &'static str = "ccag.toml";
    const KEY: &'static str = "concept";
    /// Id of the text that approves each CCAG.
    type Preamble = Vec<(Ccag, Box<str>)>;

    fn preamble(reader: &RegisterReader, root: &Table<'_, '_>) -> Self::Preamble {
        let Some(table) = root.table("texte") else { return Vec::new() };
        let texts = SIX.iter().filter_map(|ccag| Some((*ccag, reader.reference(&table, ccag.word(), Referent::Text)?)));
        let texts = texts.collect();
        table.finish();
        texts
    }

    fn read(_: &RegisterReader, table: &Table<'_, '_>, id: Box<str>, _: &Self::Preamble) -> Option<Self> {
        Some(Self {
            id,
            title: table.required("intitule", "\"pénalités d’insertion\"").into(),
            detail: note(table, "precision"),
            comment: table.boolean("commentaire").unwrap_or(false),
            articles: SIX.map(|ccag| article(table, ccag.word())),
        })
    }
}

impl Recorded for CcagDerogation {
    const FILE: &'static str = "derogations.toml";
    const KEY: &'static str = "derogation";
    type Preamble = ();

    fn preamble(_: &RegisterReader, _: &Table<'_, '_>) {}

    fn read(reader: &RegisterReader, table: &Table<'_, '_>, id: Box<str>, (): &()) -> Option<Self> {
        let clause = table.required("clause", "\"réunit deux pénalités en une\"").into();
        let subject = table.required("objet", "\"pénalité unique\"").into();
        let concepts = reader.references(table, "concepts", Referent::Concept);
        let level = table.required_word::<DerogationLevel>("niveau");
        let except = table.words("sauf");
        Some(Self { id, clause, subject, concepts, level: level?, except })
    }
}

impl Recorded for Requirement {
    const FILE: &'static str = "completude.toml";
    const KEY: &'static str = "exigence";
    type Preamble = ();

    fn preamble(_: &RegisterReader, _: &Table<'_, '_>) {}

    fn read(reader: &RegisterReader, table: &Table<'_, '_>, id: Box<str>, (): &()) -> Option<Self> {
        let title = table.required("intitule", "\"volume horaire\"").into();
        let occasion = table.required_word::<Occasion>("quand");
        let test = table.required("verification", "\"entier positif, par lot\"").into();
        let concepts = reader.references(table, "concepts", Referent::Concept);
        Some(Self { id, title, occasion: occasion?, test, concepts })
    }
}

/// An article as it is printed: a number, a number and a letter, or the preamble.
fn article(table: &Table<'_, '_>, key: &'static str) -> Box<str> {
    let text = table.text(key).unwrap_or_default();
    let (number, letter) = text.split_once(' ').unwrap_or((text, "a"));
    let number = number.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    let letter = letter.len() == 1 && letter.bytes().all(|b| b.is_ascii_lowercase());
    if table.has(key) && text != "préambule" && !(number && letter) {
        table.report.add(
            table.span_of(key),
            format!("« {text} » n’est pas un article que l’on imprime"),
            "écrivez un numéro (\"20.1.5\", \"50.3.1 a\") ; le détail va dans « precision » ; sans disposition, retirez la clé",
        );
    }
    text.replace(' ', &NBSP.to_string()).into()
}

/// « articles 20.1.5 et 20.2.3 du CCAG-Travaux »; concepts that the CCAG does not know are passed over.
pub(super) fn citation<'c>(concepts: impl Iterator<Item = &'c Concept>, ccag: Ccag) -> Option<String> {
    Some(format!("{} du {}", provisions(concepts, ccag)?, ccag.label()?))
}

/// « articles 20.1.5 et 20.2.3 », for a place that names the CCAG already.
pub(super) fn provisions<'c>(concepts: impl Iterator<Item = &'c Concept>, ccag: Ccag) -> Option<String> {
    let mut numbers: Vec<String> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    for article in concepts.filter(|c| !c.comment).filter_map(|c| c.article(ccag)) {
        // The preamble has no number.
        let list = if article.starts_with(|c: char| c.is_ascii_digit()) { &mut numbers } else { &mut others };
        if !list.iter().any(|a| a == article) {
            list.push(article.to_owned());
        }
    }
    if !numbers.is_empty() {
        others.push(articles(&numbers));
    }
    (!others.is_empty()).then(|| enumerate(&others))
}
