//! Whom an insertion clause is for (`publics.toml`) and which structures carry it out (`structures.toml`), under today's names;
//! outdated names are kept so that they can be recognised.

use super::file::{Recorded, Referent, RegisterReader, note};
use crate::base::bytes::kept;
use crate::base::quantity::Date;
use crate::base::terms::{Vocabulary, vocabulary};
use crate::file::reading::Table;

vocabulary! {
    /// The two families of eligible people (CCAG, article on sustainable development).
    PublicFamily, "la famille de publics" {
        /// Taken charge of by a structure that the State recognises.
        Structure = "structure",
        /// Far from employment.
        Distance = "eloignement",
    }
}

/// A category of people that an insertion clause may reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Public {
    /// Its code (« b-deld »).
    pub id: Box<str>,
    /// Its family.
    pub family: PublicFamily,
    /// Its letter in the CCAG list (« a »).
    pub letter: Box<str>,
    /// How a text names it, in our words and today's names.
    pub label: Box<str>,
    /// What the person must meet; empty when being in the category is enough.
    pub condition: Box<str>,
    /// Ids of the legal texts that define it.
    pub texts: Vec<Box<str>>,
    /// Names that are no longer right.
    pub outdated: Vec<Outdated>,
}

/// A name that is no longer right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outdated {
    /// The name to recognise.
    pub name: Box<str>,
    /// The name to write instead.
    pub today: Box<str>,
    /// First day on which it is no longer right; `None` when it was never right in the period of the register.
    pub since: Option<Date>,
}

vocabulary! {
    /// How the contractor carries out an insertion action (CCAG, modes of performance).
    WorkMode, "la modalité" {
        /// Direct hire.
        DirectHire = "embauche-directe",
        /// Staff made available.
        MadeAvailable = "mise-a-disposition",
        /// Subcontracting or grouping.
        Subcontracting = "sous-traitance-ou-groupement",
    }
}

/// A structure that employs, makes available or accompanies eligible people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Structure {
    /// Its id (« eatt »).
    pub id: Box<str>,
    /// Its usual abbreviation, or its name when it has none.
    pub label: Box<str>,
    /// Its full name, today.
    pub name: Box<str>,
    /// Modes in which the CCAG names it; empty when it names it in none (a derogation is then listed).
    pub modes: Vec<WorkMode>,
    /// Ids of the legal texts that define it.
    pub texts: Vec<Box<str>>,
    /// Reserves; may be empty.
    pub note: Box<str>,
    /// Names that are no longer right.
    pub outdated: Vec<Outdated>,
}

kept! { parts Public { id, family, letter, label, condition, texts, outdated } }
kept! { parts Outdated { name, today, since } }
kept! { parts Structure { id, label, name, modes, texts, note, outdated } }

impl Recorded for Public {
    const FILE: &'static str = "publics.toml";
    const KEY: &'static str = "public";
    type Preamble = ();

    fn preamble(_: &RegisterReader, _: &Table<'_, '_>) {}

    fn read(reader: &RegisterReader, table: &Table<'_, '_>, id: Box<str>, (): &()) -> Option<Self> {
        let family = table.required_word::<PublicFamily>("famille");
        let letter = table.required("lettre", "\"a\"").into();
        let label = table.required("libelle", "\"demandeurs d’emploi de longue durée\"").into();
        let condition = note(table, "condition");
        let texts = reader.references(table, "textes", Referent::Text);
        let outdated = outdated(table);
        Some(Self { id, family: family?, letter, label, condition, texts, outdated })
    }
}

impl Recorded for Structure {
    const FILE: &'static str = "structures.toml";
    const KEY: &'static str = "structure";
    type Preamble = ();

    fn preamble(_: &RegisterReader, _: &Table<'_, '_>) {}

    fn read(reader: &RegisterReader, table: &Table<'_, '_>, id: Box<str>, (): &()) -> Option<Self> {
        Some(Self {
            id,
            label: table.required("libelle", "\"EATT\"").into(),
            name: table.required("nom", "\"entreprise adaptée de travail temporaire\"").into(),
            modes: table.words("modalites"),
            texts: reader.references(table, "textes", Referent::Text),
            note: note(table, "note"),
            outdated: outdated(table),
        })
    }
}

fn outdated(table: &Table<'_, '_>) -> Vec<Outdated> {
    let mut out = Vec::new();
    for item in table.tables("ancien") {
        out.push(Outdated {
            name: item.required("nom", "\"Pôle emploi\"").into(),
            today: item.required("aujourd_hui", "\"France Travail\"").into(),
            since: if item.has("depuis") { item.date("depuis") } else { None },
        });
        item.finish();
    }
    out
}
