//! One request, one response: the protocol of every other language, of the page and of `clausier json`.

use super::catalogue::Catalogue;
use super::scores::{RankingView, SimulationView};
use super::{ClauseView, DocumentView, FindingView, HoursView, LiaisonView, liaisons, text};
use crate::base::quantity::Date;
use crate::base::terms::{Kind, Piece, Vocabulary, vocabulary};
use crate::base::zip::{Entry, archive};
use crate::document::Document;
use crate::document::write::{Format, write};
use crate::dossier::consultation::Consultation;
use crate::dossier::{Known, Partial};
use crate::file::edit::{Edit, apply, editable};
use crate::file::json;
use crate::file::node::{Node, Value};
use crate::file::reading::{self, FileProblem, Problem, Raw, Report, Table};
use crate::library::Library;
use crate::resolution::checks;
use crate::resolution::duties::{self, Duty};
use crate::resolution::finding::Findings;
use crate::resolution::liaisons::LotLiaisons;
use crate::resolution::offers;
use crate::resolution::scoring::Offer;
use crate::resolution::suggest::{Advice, Suggestion};
use crate::resolve::{RenderError, Resolved};
use base64::Engine as _;
use serde::Serialize;
use std::borrow::Cow;

/// Version of the protocol: within one version, keys are only added.
pub const PROTOCOL: i64 = 2;
/// Largest request read, in bytes: a dossier and a whole library of a buyer's own.
pub const MAX_REQUEST: usize = 8 << 20;

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
        /// What the law requires.
        Duties = "devoirs",
        /// What the weights of each lot do, on six invented offers.
        Simulate = "simuler",
        /// Offers noted by the published method.
        Score = "noter",
        /// The text of the dossier once edits are made on it.
        Apply = "appliquer",
        /// All that a screen shows of a dossier: what it holds, findings, duties, clauses, hours, liaisons.
        Read = "lire",
    }
}

/// Answers a request of the protocol (see [the module](super)). Never fails: what is wrong stands in the response.
pub fn call(request: &str) -> String {
    let (ask, answer) = answered(request);
    respond(ask, answer)
}

fn respond(ask: Option<Ask>, answer: Result<Outcome, Refusal>) -> String {
    let (result, errors) = match answer {
        Ok(result) => (Some(result), Vec::new()),
        Err(Refusal { result, errors }) => (result.map(|boxed| *boxed), errors),
    };
    text(&Response {
        protocol: PROTOCOL,
        clausier: env!("CARGO_PKG_VERSION"),
        ask: ask.map(Vocabulary::word),
        ok: result.is_some(),
        result,
        errors,
    })
}

/// The same, from bytes as a pipe gives them.
pub fn call_bytes(request: &[u8]) -> String {
    match crate::file::reading::decode(request) {
        Ok(request) => call(request),
        Err(problems) => respond(None, Err(of_all("requete", problems).into())),
    }
}

/// The duties of a contract, in the body of a response.
pub(super) fn duties_of(library: &Library, known: &Known) -> String {
    let duties = duties::of(library.legal(), known);
    let launch = known.launch.map(|day| day.iso());
    text(&Body { launch, duties: Some(duties.iter().map(DutyView::new).collect()), ..Body::default() })
}

/// Hours and liaisons, in the body of a response.
pub(super) fn computation_of(resolved: &Resolved<'_>) -> String {
    let ledger = resolved.ledger();
    text(&Body::computed(resolved, ledger))
}

/// What the dossier could choose, in the body of a response.
pub(super) fn suggestions_of(resolved: &Resolved<'_>) -> String {
    let (suggestions, advice) = (resolved.suggestions(), resolved.advice());
    text(&Body::suggested(resolved, &suggestions, &advice))
}

impl<'r> Body<'r> {
    fn computed(resolved: &'r Resolved<'_>, ledger: &'r [LotLiaisons]) -> Self {
        Self {
            launch: Some(resolved.launch().iso()),
            hours: Some(resolved.hours().map(HoursView::new).collect()),
            liaisons: Some(ledger.iter().flat_map(liaisons).collect()),
            ..Self::default()
        }
    }

    fn suggested(resolved: &Resolved<'_>, suggestions: &'r [Suggestion], advice: &'r [Advice]) -> Self {
        Self {
            launch: Some(resolved.launch().iso()),
            suggestions: Some(suggestions.iter().map(SuggestionView::new).collect()),
            ways: Some(advice.iter().flat_map(ways).collect()),
            ..Self::default()
        }
    }
}

#[derive(Serialize)]
struct Response {
    #[serde(rename = "protocole")]
    protocol: i64,
    clausier: &'static str,
    #[serde(rename = "demande")]
    ask: Option<&'static str>,
    ok: bool,
    #[serde(rename = "resultat")]
    result: Option<Outcome>,
    #[serde(rename = "erreurs")]
    errors: Vec<ErrorView>,
}

/// A result is a JSON value of its own: it borrows from a library and a dossier that live for the call only.
type Outcome = serde_json::Value;

/// Why there is no result, or only a part of it.
struct Refusal {
    result: Option<Box<Outcome>>,
    errors: Vec<ErrorView>,
}

impl From<Vec<ErrorView>> for Refusal {
    fn from(errors: Vec<ErrorView>) -> Self {
        Self { result: None, errors }
    }
}

#[derive(Serialize)]
struct ErrorView {
    code: &'static str,
    message: String,
    #[serde(rename = "aide")]
    help: String,
    #[serde(rename = "chemin")]
    path: String,
    #[serde(rename = "fichier")]
    file: Option<String>,
    #[serde(rename = "ligne")]
    line: Option<usize>,
    #[serde(rename = "colonne")]
    column: Option<usize>,
}

impl ErrorView {
    fn new(code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        let (message, help) = (message.into(), help.into());
        Self { code, message, help, path: String::new(), file: None, line: None, column: None }
    }

    fn of(code: &'static str, problem: Problem) -> Self {
        let placed = problem.line > 0;
        Self {
            code,
            message: problem.message,
            help: problem.help,
            path: problem.path,
            file: None,
            line: placed.then_some(problem.line),
            column: placed.then_some(problem.column),
        }
    }
}

fn of_all(code: &'static str, problems: Vec<Problem>) -> Vec<ErrorView> {
    problems.into_iter().map(|problem| ErrorView::of(code, problem)).collect()
}

fn answered(source: &str) -> (Option<Ask>, Result<Outcome, Refusal>) {
    if source.len() > MAX_REQUEST {
        let error =
            ErrorView::new("requete", "la requête dépasse 8 Mio", "envoyez un dossier et une bibliothèque à la fois");
        return (None, Err(vec![error].into()));
    }
    let root = match json::parse(source) {
        Ok(root) => root,
        Err(problems) => return (None, Err(of_all("requete", problems).into())),
    };
    let report = Report::without_text();
    let request = Request::read(&root, &report);
    let problems = report.into_problems_of(&root);
    let ask = request.as_ref().map(|request| request.ask);
    match request {
        Some(request) if problems.is_empty() => (ask, request.answer()),
        _ => (ask, Err(of_all("requete", problems).into())),
    }
}

/// A request, read.
struct Request<'d> {
    ask: Ask,
    dossier: Source<'d>,
    partial: bool,
    files: Vec<(String, String)>,
    edits: Vec<Edit>,
    /// For `noter`: a file of offers, in TOML or as an object of the same keys.
    offers: Source<'d>,
    options: Options,
}

/// Where the dossier of a request stands.
enum Source<'d> {
    /// Nowhere: the request is on the library alone.
    Nowhere,
    Toml(&'d str),
    Tree(&'d Node<'static>),
}

#[derive(Default)]
struct Options {
    /// `None`: every pièce that has something to say.
    piece: Option<Piece>,
    format: Option<Format>,
    draft: bool,
    block: bool,
    archive: bool,
    family: String,
    cpv: String,
    kind: Option<Kind>,
}

impl<'d> Request<'d> {
    fn read(root: &'d Node<'static>, report: &Report<'static>) -> Option<Self> {
        if !matches!(root.value, Value::Table(_)) {
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
        let of = |key: &'static str| {
            top.entry(key);
            root.fields().iter().find(|field| field.key == key)
        };
        let dossier = match (of("dossier"), of("texte")) {
            (Some(_), Some(both)) => {
                report.add(
                    both.key_span.clone(),
                    "« dossier » et « texte » sont tous deux donnés",
                    "gardez l’un ou l’autre",
                );
                Source::Nowhere
            }
            (Some(tree), None) => {
                top.as_table(tree);
                Source::Tree(&tree.node)
            }
            (None, Some(toml)) => match toml.node.as_text() {
                Some(text) => Source::Toml(text),
                None => {
                    let message = format!("« texte » est {}", toml.node.kind());
                    report.add(toml.node.span.clone(), message, "attendu : le dossier en TOML, dans un texte");
                    Source::Nowhere
                }
            },
            (None, None) => Source::Nowhere,
        };
        if matches!(dossier, Source::Nowhere) && ask.is_some_and(|ask| ask != Ask::Catalogue) && !top.has("texte") {
            top.missing("dossier", "{ \"format\": 1, … }");
        }
        let offers = match of("offres").map(|field| &field.node) {
            None => Source::Nowhere,
            Some(node) => match (node.as_text(), &node.value) {
                (Some(text), _) => Source::Toml(text),
                (None, Value::Table(_)) => Source::Tree(node),
                _ => {
                    let message = format!("« offres » est {}", node.kind());
                    report.add(
                        node.span.clone(),
                        message,
                        "attendu : un fichier d’offres en TOML, ou ses clés en JSON",
                    );
                    Source::Nowhere
                }
            },
        };
        if ask == Some(Ask::Score) && !top.has("offres") {
            top.missing("offres", "{ \"format\": 1, \"offre\": [ … ] }");
        }
        let partial = top.has("partiel") && top.boolean("partiel").unwrap_or(false);
        let files = top.tables("bibliotheque").iter().map(file).collect();
        let edits = top.tables("edits").iter().filter_map(edit).collect();
        let options = top.table("options").map(|table| Options::read(&table)).unwrap_or_default();
        top.finish();
        Some(Self { ask: ask?, dossier, partial, files, edits, offers, options })
    }

    fn answer(self) -> Result<Outcome, Refusal> {
        if self.ask == Ask::Apply {
            return self.applied();
        }
        let library = self.library()?;
        if self.ask == Ask::Catalogue {
            let options = &self.options;
            return Ok(value(&Catalogue::new(&library, options.kind, &options.family, &options.cpv)));
        }
        let partial = match self.dossier {
            Source::Toml(source) => Consultation::partial(source),
            Source::Tree(node) => Consultation::partial_node(node, Report::without_text()),
            Source::Nowhere => return Err(Vec::new().into()),
        };
        if !self.partial && !partial.problems.is_empty() {
            return Err(of_all("dossier", partial.problems).into());
        }
        let Some(consultation) = &partial.consultation else {
            return Ok(self.of_fragments(&library, &partial));
        };
        let resolved = library.resolve(consultation);
        self.of_resolved(&library, &partial.known, &resolved)
    }

    /// The text of the dossier once its edits are made: all of them, or none.
    fn applied(&self) -> Result<Outcome, Refusal> {
        let Source::Toml(source) = self.dossier else {
            let help = "donnez le dossier en TOML : \"texte\": \"…\"";
            return Err(vec![ErrorView::new("requete", "« appliquer » porte sur un texte", help)].into());
        };
        match apply(source, &self.edits) {
            Ok(edited) => Ok(value(&Body { edited: Some(edited), ..Body::default() })),
            Err(error) => {
                let mut view = ErrorView::new("edition", error.message, "corrigez cette édition ; aucune n’est faite");
                view.path = error.path;
                Err(vec![view].into())
            }
        }
    }

    fn library(&self) -> Result<Cow<'static, Library>, Refusal> {
        if self.files.is_empty() {
            return Ok(Cow::Borrowed(Library::embedded()));
        }
        let errors = match Library::embedded().with_files(self.files.iter().cloned()) {
            Ok(library) => return Ok(Cow::Owned(library)),
            Err(errors) => errors,
        };
        let view = |found: FileProblem| {
            let mut error = ErrorView::of("bibliotheque", found.problem);
            error.file = Some(found.file);
            error
        };
        Err(errors.problems.into_iter().map(view).collect::<Vec<_>>().into())
    }

    /// What the dossier holds, when a screen asks for it; null while its syntax is not whole.
    fn held(&self) -> Option<Outcome> {
        match self.dossier {
            _ if self.ask != Ask::Read => None,
            Source::Toml(source) if editable(source) => {
                Some(json::value(&reading::parse(source, &Report::new(source))))
            }
            Source::Tree(node) => Some(json::value(node)),
            _ => Some(Outcome::Null),
        }
    }

    /// What can be said of a dossier whose frame cannot be read: duties and what is missing.
    fn of_fragments(&self, library: &Library, partial: &Partial) -> Outcome {
        let findings = checks::unreadable(&partial.problems);
        value(&Body {
            dossier: self.held(),
            launch: partial.known.launch.map(|day| day.iso()),
            findings: Some(views(&findings)),
            duties: Some(duties::of(library.legal(), &partial.known).iter().map(DutyView::new).collect()),
            ..Body::default()
        })
    }

    fn of_resolved(&self, library: &Library, known: &Known, resolved: &Resolved<'_>) -> Result<Outcome, Refusal> {
        let findings = || Some(views(resolved.findings()));
        let launch = Some(resolved.launch().iso());
        let duties = || Some(duties::of(library.legal(), known).iter().map(DutyView::new).collect());
        let ledger = resolved.ledger();
        let suggestions = if self.ask == Ask::Suggest { resolved.suggestions() } else { Vec::new() };
        let advice = if self.ask == Ask::Suggest { resolved.advice() } else { Vec::new() };
        let mut errors = Vec::new();
        let documents;
        let body = match self.ask {
            Ask::Verify => Body { launch, findings: findings(), duties: duties(), ..Body::default() },
            Ask::Duties => Body { launch, duties: duties(), ..Body::default() },
            Ask::Compute => Body { findings: findings(), ..Body::computed(resolved, ledger) },
            Ask::Suggest => Body { duties: duties(), ..Body::suggested(resolved, &suggestions, &advice) },
            Ask::Render => {
                documents = self.documents(resolved, &mut errors);
                Body {
                    launch,
                    findings: findings(),
                    clauses: Some(resolved.clauses().map(ClauseView::new).collect()),
                    archive: (self.options.archive && errors.is_empty()).then(|| self.archive(&documents)),
                    documents: (!self.options.archive && errors.is_empty()).then(|| self.files_of(&documents)),
                    ..Body::default()
                }
            }
            Ask::Read => Body {
                launch,
                dossier: self.held(),
                findings: findings(),
                duties: duties(),
                clauses: Some(resolved.clauses().map(ClauseView::new).collect()),
                hours: Some(resolved.hours().map(HoursView::new).collect()),
                liaisons: Some(ledger.iter().flat_map(liaisons).collect()),
                ..Body::default()
            },
            Ask::Simulate => Body {
                launch,
                simulations: Some(resolved.simulations().map(|simulation| SimulationView::new(&simulation)).collect()),
                model: Some(resolved.offers_model()),
                ..Body::default()
            },
            Ask::Score => {
                let read = match self.offers {
                    Source::Toml(text) => resolved.read_offers(text),
                    Source::Tree(node) => offers::read_node(node, &resolved.grids()),
                    Source::Nowhere => return Err(Vec::new().into()),
                };
                let offers = read.map_err(|error| Refusal::from(of_all("offres", error.problems)))?;
                let ranking = |(lot, offers): (&u32, &Vec<Offer>)| {
                    let grid = resolved.grid(*lot);
                    let scores = grid.score(offers);
                    RankingView::new(&grid, &scores)
                };
                Body { launch, rankings: Some(offers.iter().map(ranking).collect()), ..Body::default() }
            }
            // Answered before the dossier is read.
            Ask::Catalogue | Ask::Apply => Body::default(),
        };
        let result = value(&body);
        if errors.is_empty() { Ok(result) } else { Err(Refusal { result: Some(Box::new(result)), errors }) }
    }

    /// The pièces asked for; refused ones leave an error, and the findings stand beside it.
    fn documents(&self, resolved: &Resolved<'_>, errors: &mut Vec<ErrorView>) -> Vec<Document> {
        let draft = self.options.draft || self.partial;
        let rendered = match self.options.piece {
            Some(piece) if draft => resolved.draft(piece).map(|one| vec![one]),
            Some(piece) => resolved.document(piece).map(|one| vec![one]),
            None => resolved.documents(draft),
        };
        let bare = |documents: Vec<Document>| match self.options.block {
            true => documents.into_iter().map(Document::bare).collect(),
            false => documents,
        };
        rendered.map(bare).unwrap_or_else(|error| {
            let (code, help) = match error {
                RenderError::Refused(_) => {
                    ("refus", "corrigez les constats bloquants, ou demandez un projet : \"brouillon\": true")
                }
                RenderError::Empty(_) => ("piece-vide", "demandez une autre pièce"),
                RenderError::Library { .. } => ("bibliotheque", "corrigez la clause ou la trame nommée"),
            };
            errors.push(ErrorView::new(code, error.to_string(), help));
            Vec::new()
        })
    }

    /// The pièces for Word and LibreOffice, and the dossier where it came as a text.
    fn archive(&self, documents: &[Document]) -> ArchiveView {
        let mut entries = Vec::new();
        let office = Format::all().filter(|format| matches!(format.word(), "docx" | "odt"));
        for format in office {
            let named = |document: &Document| format!("{}.{}", document.piece.word(), format.extension());
            entries.extend(documents.iter().map(|document| Entry::new(named(document), write(document, format))));
        }
        if let Source::Toml(text) = self.dossier {
            entries.push(Entry::new("dossier.toml", text));
        }
        let base64 = base64::prelude::BASE64_STANDARD.encode(archive(&entries));
        ArchiveView { name: "pieces.zip", mime: "application/zip", base64 }
    }

    fn files_of<'r>(&self, documents: &'r [Document]) -> Vec<FileView<'r>> {
        let file = |document: &'r Document| FileView {
            piece: document.piece.word(),
            name: self.options.format.map(|format| format!("{}.{}", document.piece.word(), format.extension())),
            mime: self.options.format.map(Format::mime),
            base64: self.options.format.map(|format| base64::prelude::BASE64_STANDARD.encode(write(document, format))),
            document: DocumentView::new(document),
        };
        documents.iter().map(file).collect()
    }
}

fn file(table: &Table<'_, '_>) -> (String, String) {
    let path = table.required("chemin", "\"social/id.toml\"");
    let source = match table.entry("texte") {
        Some(field) => field.node.as_text().map(str::to_owned),
        None => None,
    };
    if source.is_none() {
        table.missing("texte", "\"…\"");
    }
    table.finish();
    (path, source.unwrap_or_default())
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
            None | Some("toutes") => None,
            Some(_) => table.word("piece"),
        };
        let options = Self {
            piece,
            format: table.word("format"),
            draft: table.has("brouillon") && table.boolean("brouillon").unwrap_or(false),
            block: table.has("bloc") && table.boolean("bloc").unwrap_or(false),
            archive: table.has("archive") && table.boolean("archive").unwrap_or(false),
            family: table.optional("famille"),
            cpv: table.optional("cpv"),
            kind: table.word("nature"),
        };
        table.finish();
        options
    }
}

/// These views hold texts, integers, lists and nothing else: turning them into a value cannot fail.
fn value(view: &impl Serialize) -> Outcome {
    serde_json::to_value(view).unwrap_or(Outcome::Null)
}

fn views(findings: &Findings) -> Vec<FindingView<'_>> {
    findings.iter().map(FindingView::new).collect()
}

/// What a request can have in its result; what it did not ask for is not there.
#[derive(Serialize, Default)]
struct Body<'r> {
    #[serde(rename = "lancement", skip_serializing_if = "Option::is_none")]
    launch: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dossier: Option<Outcome>,
    #[serde(rename = "constats", skip_serializing_if = "Option::is_none")]
    findings: Option<Vec<FindingView<'r>>>,
    #[serde(rename = "devoirs", skip_serializing_if = "Option::is_none")]
    duties: Option<Vec<DutyView>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    clauses: Option<Vec<ClauseView<'r>>>,
    #[serde(rename = "heures", skip_serializing_if = "Option::is_none")]
    hours: Option<Vec<HoursView<'r>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    liaisons: Option<Vec<LiaisonView<'r>>>,
    #[serde(rename = "propositions", skip_serializing_if = "Option::is_none")]
    suggestions: Option<Vec<SuggestionView<'r>>>,
    #[serde(rename = "voies", skip_serializing_if = "Option::is_none")]
    ways: Option<Vec<WayView<'r>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    documents: Option<Vec<FileView<'r>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    archive: Option<ArchiveView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    simulations: Option<Vec<SimulationView>>,
    #[serde(rename = "classements", skip_serializing_if = "Option::is_none")]
    rankings: Option<Vec<RankingView>>,
    #[serde(rename = "modele", skip_serializing_if = "Option::is_none")]
    model: Option<String>,
    #[serde(rename = "texte", skip_serializing_if = "Option::is_none")]
    edited: Option<String>,
}

#[derive(Serialize)]
struct DutyView {
    lot: u32,
    #[serde(rename = "objet")]
    object: &'static str,
    #[serde(rename = "intitule")]
    label: &'static str,
    #[serde(rename = "etat")]
    state: &'static str,
    #[serde(rename = "raison")]
    reason: String,
    #[serde(rename = "texte")]
    texts: Option<String>,
}

impl DutyView {
    fn new(duty: &Duty) -> Self {
        Self {
            lot: duty.lot,
            object: duty.object.word(),
            label: duty.object.label(),
            state: duty.state.word(),
            reason: duty.reason.clone(),
            texts: duty.texts.clone(),
        }
    }
}

#[derive(Serialize)]
struct SuggestionView<'r> {
    id: &'r str,
    nature: &'static str,
    #[serde(rename = "titre")]
    title: &'r str,
    lots: &'r [u32],
    #[serde(rename = "du")]
    due: bool,
    #[serde(rename = "raisons")]
    reasons: &'r [String],
    #[serde(rename = "heures")]
    hours: Option<String>,
    #[serde(rename = "avec")]
    with: &'r [String],
}

impl<'r> SuggestionView<'r> {
    fn new(suggestion: &'r Suggestion) -> Self {
        Self {
            id: &suggestion.id,
            nature: suggestion.kind.word(),
            title: &suggestion.title,
            lots: &suggestion.lots,
            due: suggestion.due,
            reasons: &suggestion.reasons,
            hours: suggestion.hours.as_ref().map(|hours| hours.0.exact()),
            with: &suggestion.with,
        }
    }
}

#[derive(Serialize)]
struct WayView<'r> {
    lot: u32,
    #[serde(rename = "voie")]
    way: &'static str,
    #[serde(rename = "raison")]
    reason: &'r str,
}

/// The ways of a lot, the most fitting first.
fn ways(advice: &Advice) -> impl Iterator<Item = WayView<'_>> {
    advice.ways.iter().map(|(way, reason)| WayView { lot: advice.lot, way: way.label(), reason })
}

#[derive(Serialize)]
struct ArchiveView {
    #[serde(rename = "nom")]
    name: &'static str,
    mime: &'static str,
    base64: String,
}

#[derive(Serialize)]
struct FileView<'r> {
    piece: &'static str,
    #[serde(rename = "nom")]
    name: Option<String>,
    mime: Option<&'static str>,
    base64: Option<String>,
    document: DocumentView<'r>,
}
