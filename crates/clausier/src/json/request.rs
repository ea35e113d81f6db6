//! What a request asks for.

use crate::base::quantity::Date;
use crate::base::terms::{Kind, Piece, Vocabulary, vocabulary};
use crate::document::write::{Format, Sheet, Spaces, WriteOptions};
use crate::file::edit::Edit;
use crate::file::node::{Node, NodeValue};
use crate::file::reading::{Raw, Report, Table};
use schemars::JsonSchema;

/// Version of the protocol: within one version, keys are only added.
pub const PROTOCOL: i64 = 2;

vocabulary! {
    /// What a request asks for.
    Ask, "la demande" {
        /// Findings and duties.
        Verify = "verifier",
        /// Pièces, written in a format.
        Render = "rediger",
        /// Insertion hours and liaisons.
        Compute = "calculer",
        /// What the dossier could choose.
        Suggest = "proposer",
        /// The clauses of the library, with their questions.
        Catalogue = "catalogue",
        /// The families of purchase that words name.
        Families = "familles",
        /// What the law requires.
        Duties = "devoirs",
        /// What the weights of each lot do, on six invented offers.
        Simulate = "simuler",
        /// Offers noted by the published method.
        Score = "noter",
        /// The text of the dossier once edits are made on it.
        Apply = "appliquer",
        /// What the usages answer in place of the buyer, for him to confirm.
        Complete = "completer",
        /// All that a screen shows of a dossier: what it holds, findings, duties, clauses, hours, liaisons.
        Read = "lire",
    }
}

/// A request, read; its schema has its dossier and its version beside.
#[derive(JsonSchema)]
pub(super) struct Request<'d> {
    /// What is asked for.
    #[schemars(rename = "demande")]
    pub(super) ask: Ask,
    #[schemars(skip)]
    pub(super) dossier: Source<'d>,
    /// A dossier that is half written is read for what it holds.
    #[schemars(rename = "partiel", default)]
    pub(super) partial: bool,
    /// The buyer's own library, which completes the embedded one.
    #[schemars(rename = "bibliotheque", default)]
    pub(super) files: Vec<File>,
    /// For `appliquer`: the edits, all made or none.
    #[schemars(default)]
    pub(super) edits: Vec<Edit>,
    #[schemars(skip)]
    pub(super) offers: Source<'d>,
    /// Choices of an operation.
    #[schemars(default)]
    pub(super) options: Options,
}

/// Where the dossier of a request stands.
pub(super) enum Source<'d> {
    /// Nowhere: the request is on the library alone.
    Nowhere,
    Toml(&'d str),
    Tree(&'d Node<'static>),
}

/// A file of the buyer's own library.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct File {
    /// Its place (« social/id.toml »).
    #[schemars(rename = "chemin")]
    pub(super) path: String,
    /// Its text.
    #[schemars(rename = "texte")]
    pub(super) text: String,
}

/// Choices of an operation.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Options {
    /// For `rediger`: the pièce; all those that have something to say without it, or by the word `toutes`.
    #[schemars(default)]
    pub(super) piece: Option<Piece>,
    /// For `rediger`: the format of the files; without it, the documents alone.
    #[schemars(default)]
    pub(super) format: Option<Format>,
    /// For `rediger`: blocking findings stand in a banner instead of refusing the pièce.
    #[schemars(rename = "brouillon", default)]
    pub(super) draft: bool,
    /// For `rediger`: the block alone, to be pasted into a host document.
    #[schemars(rename = "bloc", default)]
    pub(super) block: bool,
    /// For `rediger`: where the list of what remains to be settled stands; at the end without it.
    #[schemars(rename = "a_confirmer", default)]
    pub(super) sheet: Option<Sheet>,
    /// For `rediger`: which no-break spaces the files carry; those of French typography without it.
    #[schemars(rename = "espaces", default)]
    pub(super) spaces: Option<Spaces>,
    /// For `rediger`: every pièce for Word and LibreOffice, with the dossier's text, in one file.
    #[schemars(default)]
    pub(super) archive: bool,
    /// For `catalogue`: the family of purchase.
    #[schemars(rename = "famille", default)]
    pub(super) family: String,
    /// For `familles`: words of the trade, or a CPV code.
    #[schemars(rename = "mots", default)]
    pub(super) words: String,
    /// For `catalogue`: the CPV code.
    #[schemars(default)]
    pub(super) cpv: String,
    /// For `catalogue`: the nature of the clauses.
    #[schemars(rename = "nature", default)]
    pub(super) kind: Option<Kind>,
}

impl Ask {
    /// True for what is asked of the library alone, without a dossier.
    pub(super) fn of_library(self) -> bool {
        matches!(self, Self::Catalogue | Self::Families)
    }
}

impl<'d> Request<'d> {
    pub(super) fn read(root: &'d Node<'static>, report: &Report<'static>) -> Option<Self> {
        if !matches!(root.value, NodeValue::Table(_)) {
            report.add(
                0..0,
                "une requête est un objet JSON",
                "écrivez {\"protocole\": 2, \"demande\": \"verifier\", …}",
            );
            return None;
        }
        let top = Table::root(root, report);
        match top.integer("protocole", 0..=i64::MAX) {
            Some(PROTOCOL) => {}
            Some(other) => report.add(
                top.span_of("protocole"),
                format!("cette version de clausier parle le protocole {PROTOCOL}, non {other}"),
                "écrivez \"protocole\": 2",
            ),
            None if !top.has("protocole") => top.missing("protocole", "2"),
            None => {}
        }
        let ask = top.required_word("demande");
        let dossier = Source::read(&top, root);
        if matches!(dossier, Source::Nowhere) && ask.is_some_and(|ask: Ask| !ask.of_library()) && !top.has("texte") {
            top.missing("dossier", "{ \"format\": 1, … }");
        }
        let offers = Source::offers(&top, root);
        if ask == Some(Ask::Score) && !top.has("offres") {
            top.missing("offres", "{ \"format\": 1, \"offre\": [ … ] }");
        }
        let partial = flag(&top, "partiel");
        let files = top.tables("bibliotheque").iter().map(file).collect();
        let edits = top.tables("edits").iter().filter_map(edit).collect();
        let options = top.table("options").map(|table| Options::read(&table)).unwrap_or_default();
        top.finish();
        Some(Self { ask: ask?, dossier, partial, files, edits, offers, options })
    }
}

impl<'d> Source<'d> {
    fn read<'t>(top: &Table<'t, 'static>, root: &'d Node<'static>) -> Self
    where
        'd: 't,
    {
        let of = |key: &'static str| {
            top.entry(key);
            root.fields().iter().find(|field| field.key == key)
        };
        match (of("dossier"), of("texte")) {
            (Some(_), Some(both)) => {
                let message = "« dossier » et « texte » sont tous deux donnés";
                top.report.add(both.key_span.clone(), message, "gardez l’un ou l’autre");
                Self::Nowhere
            }
            (Some(tree), None) => {
                top.as_table(tree);
                Self::Tree(&tree.node)
            }
            (None, Some(toml)) => match toml.node.as_text() {
                Some(text) => Self::Toml(text),
                None => {
                    let message = format!("« texte » est {}", toml.node.kind());
                    top.report.add(toml.node.span.clone(), message, "attendu : le dossier en TOML, dans un texte");
                    Self::Nowhere
                }
            },
            (None, None) => Self::Nowhere,
        }
    }

    /// A file of offers: a text or an object under the same key.
    fn offers<'t>(top: &Table<'t, 'static>, root: &'d Node<'static>) -> Self
    where
        'd: 't,
    {
        top.entry("offres");
        let Some(field) = root.fields().iter().find(|field| field.key == "offres") else { return Self::Nowhere };
        match (field.node.as_text(), &field.node.value) {
            (Some(text), _) => Self::Toml(text),
            (None, NodeValue::Table(_)) => Self::Tree(&field.node),
            _ => {
                let help = "attendu : un fichier d’offres en TOML, ou ses clés en JSON";
                top.report.add(field.node.span.clone(), format!("« offres » est {}", field.node.kind()), help);
                Self::Nowhere
            }
        }
    }
}

/// A key that is true or false, and false when it is not there.
fn flag(table: &Table<'_, '_>, key: &'static str) -> bool {
    table.has(key) && table.boolean(key) == Some(true)
}

fn file(table: &Table<'_, '_>) -> File {
    let path = table.required("chemin", "\"social/id.toml\"");
    // A whole file: longer than the texts that a table holds.
    let text = match table.entry("texte").map(|field| field.node.as_text()) {
        Some(Some(text)) => text.to_owned(),
        _ => {
            table.missing("texte", "\"…\"");
            String::new()
        }
    };
    table.finish();
    File { path, text }
}

fn edit(table: &Table<'_, '_>) -> Option<Edit> {
    let operation = table.required_word("operation");
    let path = table.required("chemin", "\"lot.1.montant\"");
    let value = if table.has("valeur") { table.raw("valeur").map(|(raw, _)| raw) } else { None };
    // JSON has no dates: a text that is one is written as one.
    let value = value.map(|raw| match &raw {
        Raw::Text(text) => Date::parse(text).map_or(raw, Raw::Date),
        _ => raw,
    });
    table.finish();
    Some(Edit { operation: operation?, path, value })
}

impl Options {
    fn read(table: &Table<'_, '_>) -> Self {
        let piece = match table.text("piece") {
            None | Some(ALL) => None,
            Some(_) => table.word("piece"),
        };
        let options = Self {
            piece,
            format: table.word("format"),
            draft: flag(table, "brouillon"),
            block: flag(table, "bloc"),
            sheet: table.word("a_confirmer"),
            spaces: table.word("espaces"),
            archive: flag(table, "archive"),
            family: table.optional("famille"),
            words: table.optional("mots"),
            cpv: table.optional("cpv"),
            kind: table.word("nature"),
        };
        table.finish();
        options
    }

    /// How the files are written.
    pub(super) fn write(&self) -> WriteOptions {
        let usual = WriteOptions::default();
        WriteOptions {
            block: self.block,
            sheet: self.sheet.unwrap_or(usual.sheet),
            spaces: self.spaces.unwrap_or(usual.spaces),
        }
    }
}

/// The word for every pièce.
pub(super) const ALL: &str = "toutes";
