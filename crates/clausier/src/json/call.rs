//! One request, one response: the protocol of every other language, of the page and of `clausier json`.

use super::catalogue::{Catalogue, FamilyCard};
use super::request::{Ask, PROTOCOL, Request, Source};
use super::response::{Answer, ArchiveValue, DutyValue, ErrorValue, FileValue, Held, Response, Results, WayValue};
use super::scores::{RankingValue, SimulationValue};
use super::{text, values};
use crate::base::terms::Vocabulary;
use crate::base::zip::{Entry, archive};
use crate::document::Document;
use crate::document::write::{Format, write_with};
use crate::dossier::consultation::Consultation;
use crate::dossier::{Known, Partial};
use crate::file::edit::{apply, editable};
use crate::file::json;
use crate::file::reading::{self, FileProblem, Report};
use crate::library::Library;
use crate::resolution::duties;
use crate::resolution::examination;
use crate::resolution::offers;
use crate::resolution::scoring::Offer;
use crate::resolve::{RenderError, Resolved};
use base64::Engine as _;
use std::borrow::Cow;

/// Largest request read, in bytes: a dossier and a whole library of a buyer's own.
pub const MAX_REQUEST: usize = 8 << 20;

/// Answers a request of the protocol (see [the module](super)). Never fails: what is wrong stands in the response.
pub fn call(request: &str) -> String {
    let (ask, answer) = answered(request);
    respond(ask, answer)
}

/// The same, from bytes as a pipe gives them.
pub fn call_bytes(request: &[u8]) -> String {
    match reading::decode(request) {
        Ok(request) => call(request),
        Err(problems) => respond(None, Err(ErrorValue::all("requete", problems).into())),
    }
}

fn respond(ask: Option<Ask>, answer: Result<Answer, Refusal>) -> String {
    let (result, errors) = match answer {
        Ok(result) => (Some(result), Vec::new()),
        Err(Refusal { result, errors }) => (result.map(Answer::Results), errors),
    };
    let (protocol, clausier) = (PROTOCOL, env!("CARGO_PKG_VERSION").to_owned());
    text(&Response { protocol, clausier, ask, ok: result.is_some(), result, errors })
}

/// Why there is no result, or only a part of it.
struct Refusal {
    result: Option<Box<Results>>,
    errors: Vec<ErrorValue>,
}

impl From<Vec<ErrorValue>> for Refusal {
    fn from(errors: Vec<ErrorValue>) -> Self {
        Self { result: None, errors }
    }
}

impl From<ErrorValue> for Refusal {
    fn from(error: ErrorValue) -> Self {
        vec![error].into()
    }
}

impl Results {
    /// The duties of a contract.
    pub(super) fn duties(library: &Library, known: &Known) -> Self {
        Self { launch: known.launch, duties: Some(duties_of(library, known)), ..Self::default() }
    }

    /// Hours and liaisons.
    pub(super) fn computed(resolved: &Resolved<'_>) -> Self {
        Self {
            launch: Some(resolved.launch()),
            hours: Some(values::hours(resolved)),
            liaisons: Some(values::liaisons(resolved)),
            ..Self::default()
        }
    }

    /// What the dossier could choose.
    pub(super) fn suggested(resolved: &Resolved<'_>) -> Self {
        Self {
            launch: Some(resolved.launch()),
            suggestions: Some(resolved.suggestions().into_iter().map(Into::into).collect()),
            ways: Some(resolved.advice().into_iter().flat_map(WayValue::of).collect()),
            grid: Some(resolved.starting_grid().into_iter().map(Into::into).collect()),
            ..Self::default()
        }
    }

    /// What the usages answer in place of the buyer.
    fn completed(resolved: &Resolved<'_>) -> Self {
        let completion = resolved.completion();
        Self {
            launch: Some(resolved.launch()),
            usages: Some(completion.usages.iter().map(Into::into).collect()),
            edits: Some(completion.edits()),
            left: Some(completion.left),
            ..Self::default()
        }
    }
}

/// Most notes simulated at once: each is told for every invented offer.
const MAX_NOTES: usize = 10_000;

/// What the weights of each lot do.
fn simulated(resolved: &Resolved<'_>) -> Result<Results, Refusal> {
    let notes: usize = resolved.grids().iter().map(|grid| grid.notes().count()).sum();
    if notes > MAX_NOTES {
        let message = format!("les lots ont ensemble {notes} notes à simuler : {MAX_NOTES} au plus à la fois");
        return Err(ErrorValue::new("requete", message, "simulez moins de lots à la fois").into());
    }
    Ok(Results {
        launch: Some(resolved.launch()),
        simulations: Some(resolved.simulations().map(|found| SimulationValue::new(&found)).collect()),
        model: Some(resolved.offers_model()),
        ..Results::default()
    })
}

fn duties_of(library: &Library, known: &Known) -> Vec<DutyValue> {
    duties::of(library.legal(), known).into_iter().map(Into::into).collect()
}

fn answered(source: &str) -> (Option<Ask>, Result<Answer, Refusal>) {
    if source.len() > MAX_REQUEST {
        let help = "envoyez un dossier et une bibliothèque à la fois";
        return (None, Err(ErrorValue::new("requete", "la requête dépasse 8 Mio", help).into()));
    }
    let root = match json::parse(source) {
        Ok(root) => root,
        Err(problems) => return (None, Err(ErrorValue::all("requete", problems).into())),
    };
    let report = Report::without_text();
    let request = Request::read(&root, &report);
    let problems = report.into_problems_of(&root);
    let ask = request.as_ref().map(|request| request.ask);
    match request {
        Some(request) if problems.is_empty() => (ask, request.answer()),
        _ => (ask, Err(ErrorValue::all("requete", problems).into())),
    }
}

impl Request<'_> {
    fn answer(self) -> Result<Answer, Refusal> {
        if self.ask == Ask::Apply {
            return self.applied().map(|outcome| Answer::Results(Box::new(outcome)));
        }
        let library = self.library()?;
        if self.ask == Ask::Catalogue {
            let options = &self.options;
            let catalogue = Catalogue::new(&library, options.kind, &options.family, &options.cpv);
            return Ok(Answer::Catalogue(Box::new(catalogue)));
        }
        if self.ask == Ask::Families {
            let found = library.legal().families_named(&self.options.words);
            let families = found.into_iter().map(|family| FamilyCard::new(&library, family)).collect();
            return Ok(Answer::Results(Box::new(Results { families: Some(families), ..Results::default() })));
        }
        let partial = match self.dossier {
            Source::Toml(source) => Consultation::partial(source),
            Source::Tree(node) => Consultation::partial_node(node, Report::without_text()),
            Source::Nowhere => return Err(Vec::new().into()),
        };
        if !self.partial && !partial.problems.is_empty() {
            return Err(ErrorValue::all("dossier", partial.problems).into());
        }
        let outcome = match &partial.consultation {
            Some(consultation) => self.of_resolved(&library, &partial.known, &library.resolve(consultation)),
            None => Ok(self.of_fragments(&library, &partial)),
        };
        outcome.map(|outcome| Answer::Results(Box::new(outcome)))
    }

    /// The text of the dossier once its edits are made: all of them, or none.
    fn applied(&self) -> Result<Results, Refusal> {
        let Source::Toml(source) = self.dossier else {
            let help = "donnez le dossier en TOML : \"texte\": \"…\"";
            return Err(ErrorValue::new("requete", "« appliquer » porte sur un texte", help).into());
        };
        apply(source, &self.edits).map(|edited| Results { edited: Some(edited), ..Results::default() }).map_err(
            |error| {
                let help = "corrigez cette édition ; aucune n’est faite";
                ErrorValue { path: error.path, ..ErrorValue::new("edition", error.message, help) }.into()
            },
        )
    }

    fn library(&self) -> Result<Cow<'static, Library>, Refusal> {
        if self.files.is_empty() {
            return Ok(Cow::Borrowed(Library::embedded()));
        }
        let files = self.files.iter().map(|file| (file.path.clone(), file.text.clone()));
        let errors = match Library::embedded().with_files(files) {
            Ok(library) => return Ok(Cow::Owned(library)),
            Err(errors) => errors,
        };
        let placed =
            |found: FileProblem| ErrorValue { file: Some(found.file), ..ErrorValue::of("bibliotheque", found.problem) };
        Err(errors.problems.into_iter().map(placed).collect::<Vec<_>>().into())
    }

    /// What the dossier holds, when a screen asks for it; null while its syntax is not whole.
    fn held(&self) -> Option<Held> {
        let tree = match self.dossier {
            _ if self.ask != Ask::Read => return None,
            Source::Toml(source) if editable(source) => json::value(&reading::parse(source, &Report::new(source))),
            Source::Tree(node) => json::value(node),
            _ => serde_json::Value::Null,
        };
        Some(Held(tree))
    }

    /// What can be said of a dossier whose frame cannot be read: duties and what is missing.
    fn of_fragments(&self, library: &Library, partial: &Partial) -> Results {
        let findings = Some(examination::of_fragments(library, partial));
        Results { dossier: self.held(), findings, ..Results::duties(library, &partial.known) }
    }

    fn of_resolved(&self, library: &Library, known: &Known, resolved: &Resolved<'_>) -> Result<Results, Refusal> {
        let findings = Some(resolved.findings().clone());
        let to_confirm = matches!(self.ask, Ask::Verify | Ask::Read).then(|| resolved.scope().to_confirm);
        Ok(match self.ask {
            Ask::Verify => Results { findings, to_confirm, ..Results::duties(library, known) },
            Ask::Duties => Results::duties(library, known),
            Ask::Compute => Results { findings, ..Results::computed(resolved) },
            Ask::Complete => Results::completed(resolved),
            Ask::Suggest => Results { duties: Some(duties_of(library, known)), ..Results::suggested(resolved) },
            Ask::Render => return self.rendered(resolved),
            Ask::Read => Results {
                dossier: self.held(),
                findings,
                to_confirm,
                duties: Some(duties_of(library, known)),
                clauses: Some(values::clauses(resolved)),
                ..Results::computed(resolved)
            },
            Ask::Simulate => return simulated(resolved),
            Ask::Score => self.scored(resolved)?,
            // Answered before the dossier is read.
            Ask::Catalogue | Ask::Families | Ask::Apply => Results::default(),
        })
    }

    /// The offers of the request, noted.
    fn scored(&self, resolved: &Resolved<'_>) -> Result<Results, Refusal> {
        let read = match self.offers {
            Source::Toml(text) => resolved.read_offers(text),
            Source::Tree(node) => offers::read_node(node, &resolved.grids()),
            Source::Nowhere => return Err(Vec::new().into()),
        };
        let offers = read.map_err(|error| Refusal::from(ErrorValue::all("offres", error.problems)))?;
        let ranking = |(lot, offers): (&u32, &Vec<Offer>)| {
            let grid = resolved.grid(*lot);
            let scores = grid.score(offers);
            RankingValue::new(&grid, &scores)
        };
        let rankings = Some(offers.iter().map(ranking).collect());
        Ok(Results { launch: Some(resolved.launch()), rankings, ..Results::default() })
    }

    /// The pièces asked for; refused ones leave an error, and the findings stand beside it.
    fn rendered(&self, resolved: &Resolved<'_>) -> Result<Results, Refusal> {
        let mut outcome = Results {
            launch: Some(resolved.launch()),
            findings: Some(resolved.findings().clone()),
            clauses: Some(values::clauses(resolved)),
            ..Results::default()
        };
        let draft = self.options.draft || self.partial;
        let rendered = match self.options.piece {
            Some(piece) if draft => resolved.draft(piece).map(|one| vec![one]),
            Some(piece) => resolved.document(piece).map(|one| vec![one]),
            None => resolved.documents(draft),
        };
        match rendered {
            Ok(documents) => {
                let options = self.options.write();
                let documents = documents.into_iter().map(|document| options.apply(document));
                match self.options.archive {
                    true => outcome.archive = Some(self.archive(&documents.collect::<Vec<_>>())),
                    false => outcome.documents = Some(documents.map(|document| self.file_of(document)).collect()),
                }
                Ok(outcome)
            }
            Err(error) => {
                let (code, help) = match error {
                    RenderError::Refused(_) => {
                        ("refus", "corrigez les constats bloquants, ou demandez un projet : \"brouillon\": true")
                    }
                    RenderError::Empty(_) => ("piece-vide", "demandez une autre pièce"),
                    RenderError::TooLong => ("piece-trop-longue", "partagez le dossier en plusieurs"),
                    RenderError::Library { .. } => ("bibliotheque", "corrigez la clause ou la trame nommée"),
                };
                let errors = vec![ErrorValue::new(code, error.to_string(), help)];
                Err(Refusal { result: Some(Box::new(outcome)), errors })
            }
        }
    }

    /// The pièces for Word and LibreOffice, and the dossier where it came as a text.
    fn archive(&self, documents: &[Document]) -> ArchiveValue {
        let mut entries = Vec::new();
        for format in Format::all() {
            // A spreadsheet is for the frames that a tenderer fills.
            let kept = |document: &&Document| match format.word() {
                "docx" | "odt" => true,
                "xlsx" => document.piece.is_frame(),
                _ => false,
            };
            let entry = |document: &Document| {
                Entry::new(file_name(document, format), write_with(document, format, &self.options.write()))
            };
            entries.extend(documents.iter().filter(kept).map(entry));
        }
        if let Source::Toml(text) = self.dossier {
            entries.push(Entry::new("dossier.toml", text));
        }
        let (name, mime) = ("pieces.zip".to_owned(), "application/zip".to_owned());
        ArchiveValue { name, mime, base64: base64::prelude::BASE64_STANDARD.encode(archive(&entries)) }
    }

    fn file_of(&self, document: Document) -> FileValue {
        let format = self.options.format;
        FileValue {
            piece: document.piece,
            name: format.map(|format| file_name(&document, format)),
            mime: format.map(|format| format.mime().to_owned()),
            base64: format.map(|format| {
                base64::prelude::BASE64_STANDARD.encode(write_with(&document, format, &self.options.write()))
            }),
            document,
        }
    }
}

fn file_name(document: &Document, format: Format) -> String {
    format!("{}.{}", document.piece.word(), format.extension())
}
