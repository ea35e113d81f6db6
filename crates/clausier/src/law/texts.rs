//! Legal texts and their dated versions (`textes.toml`), the sources of the register (`sources.toml`), and how texts are cited.

use super::dated::{Dated, Interval, check_sequence, on};
use super::file::{Recorded, Referent, RegisterReader, note};
use crate::base::bytes::kept;
use crate::base::quantity::{Date, MONTHS, NBSP};
use crate::base::terms::{Certainty, ReservedTo, Vocabulary};
use crate::file::reading::Table;

/// Where a fact was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its id in the register.
    pub id: Box<str>,
    /// What it is.
    pub name: Box<str>,
    /// Where to find it; empty when it has no public address.
    pub address: Box<str>,
}

/// A text that clauses and findings may cite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Its id (« ccp-l2112-2 »).
    pub id: Box<str>,
    /// What it is about, in our words.
    pub title: Box<str>,
    /// How it is called.
    pub name: TextName,
    /// What stands for it in a contract of defence or security; `None` when it applies there as it is.
    pub in_defence: Option<Twin>,
    /// What stands for it in a concession; `None` when the part of the code to which it belongs says it.
    pub in_concession: Option<Twin>,
    /// Its versions, from the oldest to the newest, without hole nor overlap.
    pub versions: Vec<TextVersion>,
}

/// What stands for a text under other rules than those of ordinary contracts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Twin {
    /// Another text, by id.
    Text(Box<str>),
    /// Nothing: the rule does not exist there.
    Nothing,
}

impl Text {
    /// How the text is cited in full, whatever the date.
    pub fn citation(&self) -> String {
        citation(&[&self.name], Form::Full)
    }

    /// True when a version, confirmed or not, applies on a day.
    pub fn covers(&self, date: Date) -> bool {
        on(&self.versions, date).is_some()
    }
}

/// How a text is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextName {
    /// An article of a code, a law, a directive.
    Article {
        /// Its number, with its no-break spaces (« L. 2112-2 »).
        number: Box<str>,
        /// Of what, with the preposition (« du code de la commande publique »).
        of: Box<str>,
        /// The official page of that code, law or directive; empty when the register has none.
        page: Box<str>,
    },
    /// A text cited whole: a law, a decree, a decision.
    Whole {
        /// Its name, with its no-break spaces (« loi n° 2021-1104 du 22 août 2021 »).
        name: Box<str>,
        /// Its definite article with what separates it from the name (« la  », « l’ »); empty when it takes none.
        determiner: Box<str>,
    },
}

impl TextName {
    /// The name as a citation.
    pub fn cite(&self, form: Form) -> String {
        citation(&[self], form)
    }
}

/// A version of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextVersion {
    /// When it applies to a consultation launched on that day.
    pub interval: Interval,
    /// What it says, in our words.
    pub content: Box<str>,
    /// From this version on, the text creates the duty for which it is known.
    pub imposes: bool,
    /// Where it was read: ids of [`Source`].
    pub sources: Vec<Box<str>>,
    /// Reserves, origin of the change; may be empty.
    pub note: Box<str>,
    /// Last human reading.
    pub verified: Date,
    /// How sure it is.
    pub certainty: Certainty,
}

impl Dated for TextVersion {
    fn interval(&self) -> Interval {
        self.interval
    }
}

/// How a citation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// « article L. 2112-2 du code de la commande publique ».
    Full,
    /// « article L. 2112-2 »: after a first mention in full.
    Short,
    /// « l’article L. 2112-2 du code de la commande publique », « la loi n° … ».
    Definite,
}

/// What stands before the texts in their file.
#[derive(Debug)]
pub(super) struct Preamble {
    /// The first day that the register covers.
    pub(super) first_day: Option<Date>,
    /// The last day on which the register was read against its sources.
    pub(super) last_reading: Option<Date>,
    /// The text of ordinary contracts that lets a lot be reserved to each kind of operators.
    pub(super) reservations: Vec<(ReservedTo, Box<str>)>,
    /// The text that lets a lot be reserved to more than one kind.
    pub(super) joint_reservation: Option<Box<str>>,
    collections: Vec<Collection>,
}

/// A code, a law or a directive whose articles are cited.
#[derive(Debug)]
struct Collection {
    id: Box<str>,
    of: Box<str>,
    page: Box<str>,
}

kept! { parts Preamble { first_day, last_reading, reservations, joint_reservation, collections } }
kept! { parts Collection { id, of, page } }
kept! { parts Source { id, name, address } }
kept! { parts Text { id, title, name, in_defence, in_concession, versions } }
kept! { variants Twin { 0 = Text { 0: id }, 1 = Nothing {} } }
kept! {
    variants TextName {
        0 = Article { number: number, of: of, page: page },
        1 = Whole { name: name, determiner: determiner },
    }
}
kept! { parts TextVersion { interval, content, imposes, sources, note, verified, certainty } }

impl Recorded for Text {
    const FILE: &'static str = "textes.toml";
    const KEY: &'static str = "texte";
    type Preamble = Preamble;

    fn preamble(reader: &RegisterReader, root: &Table<'_, '_>) -> Preamble {
        if !root.has("premier_jour") {
            root.missing("premier_jour", "2019-04-01");
        }
        let first_day = root.date("premier_jour");
        let mut collections = Vec::new();
        for table in root.tables("recueil") {
            let id = table.required("id", "\"c-civ\"").into();
            let of = no_break(&table.required("du", "\"du code civil\"")).into();
            collections.push(Collection { id, of, page: note(&table, "page") });
            table.finish();
        }
        let last_reading = root.date("relu");
        let mut reservations = Vec::new();
        let mut joint_reservation = None;
        if let Some(table) = root.table("reserve") {
            for (word, kind) in ReservedTo::WORDS {
                reservations.extend(reader.reference(&table, word, Referent::Text).map(|id| (*kind, id)));
            }
            joint_reservation = reader.reference(&table, "cumul", Referent::Text);
            table.finish();
        }
        Preamble { first_day, last_reading, reservations, joint_reservation, collections }
    }

    fn read(reader: &RegisterReader, table: &Table<'_, '_>, id: Box<str>, preamble: &Preamble) -> Option<Self> {
        let title = table.required("intitule", "\"conditions d’exécution\"").into();
        let name = name(table, &preamble.collections);
        let in_defence = twin(reader, table, "defense");
        let in_concession = twin(reader, table, "concession");
        let mut versions = Vec::new();
        let mut intervals = Vec::new();
        for item in table.tables("version") {
            if let Some(version) = version(reader, &item) {
                intervals.push((version.interval, item.span_of("depuis")));
                versions.push(version);
            }
            item.finish();
        }
        if !table.has("version") {
            table.missing("version", "[[texte.version]] …");
        }
        check_sequence(&intervals, table.report);
        Some(Self { id, title, name: name?, in_defence, in_concession, versions })
    }
}

fn twin(reader: &RegisterReader, table: &Table<'_, '_>, key: &'static str) -> Option<Twin> {
    if table.text(key)? == NOTHING {
        Some(Twin::Nothing)
    } else {
        reader.reference(table, key, Referent::Text).map(Twin::Text)
    }
}

impl Recorded for Source {
    const FILE: &'static str = "sources.toml";
    const KEY: &'static str = "source";
    type Preamble = ();

    fn preamble(_: &RegisterReader, _: &Table<'_, '_>) {}

    fn read(_: &RegisterReader, table: &Table<'_, '_>, id: Box<str>, (): &()) -> Option<Self> {
        let name = table.required("nom", "\"base LEGI, instantané du 1er août 2026\"").into();
        Some(Self { id, name, address: note(table, "adresse") })
    }
}

fn name(table: &Table<'_, '_>, collections: &[Collection]) -> Option<TextName> {
    match (table.text("recueil"), table.text("nom")) {
        (Some(recueil), None) => {
            let number = no_break(&table.required("numero", "\"L. 2112-2\""));
            // A number is one word: none of its spaces may break.
            let number = number.replace(' ', &NBSP.to_string()).into();
            let Some(collection) = collections.iter().find(|c| &*c.id == recueil) else {
                table.report.add(
                    table.span_of("recueil"),
                    format!("le recueil « {recueil} » n’est pas déclaré"),
                    crate::file::reading::suggestion(recueil, collections.iter().map(|c| &*c.id)),
                );
                return None;
            };
            Some(TextName::Article { number, of: collection.of.clone(), page: collection.page.clone() })
        }
        (None, Some(nom)) => {
            let determiner = match table.text("article") {
                None => "",
                Some("le") => "le ",
                Some("la") => "la ",
                Some("les") => "les ",
                Some("l’") => "l’",
                Some(other) => {
                    table.report.add(
                        table.span_of("article"),
                        format!("« {other} » n’est pas un article défini"),
                        "valeurs possibles : \"le\", \"la\", \"l’\", \"les\"",
                    );
                    ""
                }
            };
            Some(TextName::Whole { name: no_break(nom).into(), determiner: determiner.into() })
        }
        _ => {
            table.report.add(
                table.span.clone(),
                format!("[{}] doit dire comment le texte se cite", table.path),
                "écrivez recueil et numero (article d’un code), ou nom et article (texte cité en entier)",
            );
            None
        }
    }
}

fn version(reader: &RegisterReader, table: &Table<'_, '_>) -> Option<TextVersion> {
    let interval = Interval::read(table);
    let content = table.required("objet", "\"ce que dit cette version\"").into();
    let sources = reader.sources(table);
    let certainty = reader.certainty(table, &sources);
    let verified = verified(table);
    let note = note(table, "note");
    let imposes = table.boolean("impose").unwrap_or(false);
    Some(TextVersion {
        interval: interval?,
        content,
        imposes,
        sources,
        note,
        verified: verified?,
        certainty: certainty?,
    })
}

/// The date of the last human reading.
pub(super) fn verified(table: &Table<'_, '_>) -> Option<Date> {
    if !table.has("verifie") {
        table.missing("verifie", "2026-11-24");
    }
    table.date("verifie")
}

/// Puts the no-break spaces of a citation: after « n° » and « art. », between a day and its month.
fn no_break(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        out.push_str(word);
        let Some(next) = words.peek() else { break };
        let day = word == "1er" || (word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()));
        let month = MONTHS.iter().any(|m| next.trim_end_matches(',') == *m);
        out.push(if matches!(word, "n°" | "L." | "R." | "D.") || (day && month) { NBSP } else { ' ' });
    }
    out
}

/// « a », « a et b », « a, b et c ».
pub(super) fn enumerate(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} et {last}", first.join(", ")),
    }
}

/// « article L. 2112-2 », « articles L. 2112-2 et L. 2112-3 ».
pub(super) fn articles(numbers: &[String]) -> String {
    let s = if numbers.len() > 1 { "s" } else { "" };
    format!("article{s}{NBSP}{}", enumerate(numbers))
}

/// The word by which a text says that nothing stands for it.
const NOTHING: &str = "aucun";

/// The citation of some texts, in the order given; articles of one collection are brought together.
pub(super) fn citation(names: &[&TextName], form: Form) -> String {
    // The collection of the articles (none for a whole text), and what is cited of it.
    let mut groups: Vec<(Option<&str>, Vec<String>)> = Vec::new();
    for name in names {
        let (of, item) = match name {
            TextName::Article { number, of, .. } => (Some(&**of), number.to_string()),
            TextName::Whole { name, determiner } if form == Form::Definite => (None, format!("{determiner}{name}")),
            TextName::Whole { name, .. } => (None, name.to_string()),
        };
        if groups.iter().any(|(group, items)| *group == of && items.contains(&item)) {
            continue;
        }
        match groups.iter_mut().find(|(group, _)| of.is_some() && *group == of) {
            Some((_, items)) => items.push(item),
            None => groups.push((of, vec![item])),
        }
    }
    let parts: Vec<String> = groups
        .into_iter()
        .map(|(of, items)| match (of, form) {
            (None, _) => items.concat(),
            (Some(_), Form::Short) => articles(&items),
            (Some(of), Form::Full) => format!("{} {of}", articles(&items)),
            (Some(of), Form::Definite) if items.len() > 1 => format!("les {} {of}", articles(&items)),
            (Some(of), Form::Definite) => format!("l’{} {of}", articles(&items)),
        })
        .collect();
    enumerate(&parts)
}
