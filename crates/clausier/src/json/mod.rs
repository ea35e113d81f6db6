//! The JSON envelope: findings, values and documents of a dossier, for programs.
//!
//! The envelope is versioned: within one `format`, keys are only added. Keys are French and keep their order; the same
//! dossier gives the same bytes. There is no floating-point number: integers are counts and byte offsets, and every amount,
//! volume or rate is a text, either a decimal with a point (`"485"`, `"0.25"`) or, when it has no finite decimal form, an
//! irreducible fraction (`"4375/9"`).
//!
//! | key | meaning |
//! |---|---|
//! | `format` | version of the envelope: 2 |
//! | `clausier` | version of the library |
//! | `lancement` | launch date, ISO: the key of every legal look-up |
//! | `constats` | the findings, gravest first |
//! | `constats[].code` | stable code |
//! | `constats[].gravite` | `bloquant`, `attention` or `conseil` |
//! | `constats[].message` | what is remarked |
//! | `constats[].lieux[].chemin`, `.lot` | key path of the dossier (`lot.1.montant`); the lot, when the path names one |
//! | `constats[].lieux[].place` | bytes of the dossier to which it points, `debut` included, `fin` excluded; null without a text |
//! | `constats[].lieux[].ligne`, `.colonne` | the same, from 1, in characters; null without a text |
//! | `constats[].textes` | legal texts, cited as in force at the launch date |
//! | `constats[].aide` | what to do |
//! | `constats[].correction[]` | the edits that do it, made together: `operation`, `chemin`, `valeur`; empty when the buyer must choose |
//! | `valeurs.clauses` | the clauses that apply: `id`, `nature`, `version`, `lots`, and `ajoutee_par`, the clause that needs it (null when the dossier names it) |
//! | `valeurs.heures` | the insertion hours, lot by lot |
//! | `valeurs.heures[].lot` | number of the lot |
//! | `valeurs.heures[].estime` | true when the volume follows what is ordered |
//! | `valeurs.heures[].retenues` | hours that the pieces print; null when there is no volume |
//! | `valeurs.heures[].brutes` | hours before rounding |
//! | `valeurs.heures[].pas` | rounding step, in hours |
//! | `valeurs.heures[].periodes` | hours of each period; their sum is `retenues` |
//! | `valeurs.heures[].jours`, `.semaines`, `.etp` | the volume in days of 7 hours, weeks of 35, full-time equivalents of one year |
//! | `valeurs.heures[].etapes` | the lines of the calculation note: `libelle`, `valeur` (formatted), `source` |
//! | `valeurs.heures[].erreur` | why there is no volume; null when there is one |
//! | `valeurs.liaisons` | the liaisons that compute, lot by lot: `lot`, `id`, `mesure` (id of the environmental clause) |
//! | `valeurs.liaisons[].affectation`, `.heures_liees` | share of the hours that the measure takes (1 is the whole), the same in hours, rounded down |
//! | `valeurs.liaisons[].quantite`, `.unite`, `.ratio` | what the measure demands, its unit, hours of work by unit |
//! | `valeurs.liaisons[].disponibles`, `.travail`, `.part` | linked hours that remain for the work once training is deducted, hours that the whole measure takes, the first divided by the second |
//! | `valeurs.liaisons[].ratio_plein`, `.ratio_mince` | ratio under which some linked hours have no task, ratio beyond which eligible people do less than three tenths of the work; null when there is none |
//! | `valeurs.liaisons[].coherente` | false when the linked hours exceed the work at the published ratio |
//! | `valeurs.liaisons[].verdict`, `.remedes` | the same in words |
//! | `valeurs.dissuasion` | what it costs not to do, for each lot whose liaisons link hours: `lot`, `exposition` (greatest penalty, in euros), `plafond` (share of the amount of the lot), `exact` (true when no dossier gives it) |
//! | `valeurs.dissuasion[].situations` | ways of not doing: `situation`, `penalite`, `perdu` (with the price of the units not paid), `epargne` (at the lowest known ratio, at the published one, at worst) |
//! | `pieces` | the documents, see below |
//!
//! # The protocol
//!
//! [`call()`] answers one request with one response, for another language, a page or a service. The request:
//!
//! | key | meaning |
//! |---|---|
//! | `protocole` | 2 |
//! | `demande` | `verifier`, `rediger`, `calculer`, `proposer`, `catalogue`, `devoirs`, `simuler`, `noter`, `appliquer`, `lire` |
//! | `dossier` or `texte` | the dossier in JSON (the same keys, dates as texts), or in TOML |
//! | `partiel` | true: a dossier that is half written is read for what it holds |
//! | `edits[]` | for `appliquer`: `operation` (`poser`, `ajouter`, `retirer`), `chemin`, `valeur` (a date is a text); all are made, or none |
//! | `offres` | for `noter`: a file of offers, in TOML or as an object of the same keys (`modele`, in the answer of `simuler`, is one to fill) |
//! | `bibliotheque[]` | the buyer's own library: `chemin` (`social/id.toml`) and `texte` of each file |
//! | `options` | `piece` (or `toutes`), `format`, `archive`, `brouillon` and `bloc` for `rediger`; `nature`, `famille`, `cpv` for `catalogue` |
//!
//! The response has `protocole`, `clausier`, `demande`, `ok` (false only when there is no result), `resultat` and `erreurs[]`
//! (`code`, `message`, `aide`, `chemin`, `fichier`, `ligne`, `colonne`). The result holds, as asked, `constats`, `devoirs[]`
//! (`lot`, `objet`, `intitule`, `etat`: `du`, `non-du` or `inconnu`, `raison`, `texte`), `heures`, `liaisons`, `propositions`,
//! `voies`, `clauses`, `texte` (once edited), `dossier` (what it holds; null while its
//! syntax is not whole), `archive` (every pièce asked for, for Word and LibreOffice, with the dossier's text, in one file), and `documents[]` (`piece`, `nom`, `mime`, `base64`, `document`).
//!
//! `simuler` answers `simulations[]`, one a lot that has criteria: `montant`, `points_du_prix`, `point` (whole euros that one point
//! is worth), `criteres[]` (`points`, `plus_bas` and `plus_haut` on the invented offers, `vaut` in whole euros, `ecart_de_prix` in
//! per cent, `neutralise`: why, or null), `promesses[]` (`promesse`, `points`, `vaut`, `rompue`: euros of penalty each time that it
//! is recorded, `points_equilibres`, `releve`) and `offres[]`, the six invented ones, scored. `noter` answers `classements[]`:
//! `lot`, `grille[]` (`critere`, `note`, `points`, `mode`, `unite`, `niveaux[]`, `aucun_point_a`, `tous_a`) and `offres[]`
//! (`candidat`, `rang` or null, `total`, `ecartee`: why it is not ranked, `notes[]`: `points`, `calcul`, `du`).
//!
//! ```
//! let response = clausier::json::call(r#"{"protocole": 2, "demande": "devoirs", "partiel": true,
//!     "dossier": {"format": 1, "lancement": "2026-12-07", "consultation": {"contrat": "marche"}}}"#);
//! assert!(response.contains(r#""ok": true"#));
//! ```
//!
//! # Documents
//!
//! A document has `piece`, `titre`, `consultation` (`acheteur`, `reference`, `objet`, `lancement`, `logiciel`), `projet` (the
//! banner of a draft: `code`, `gravite`, `message`), `articles` and `remarques` (`ancre`, `texte`: for the reader of the file,
//! outside the contractual text). An article has `ancre`, `etiquette` (what stands before the heading, « Article 7.3 – »),
//! `numero`, `niveau`, `titre` (a run), `blocs` and its own `articles`.
//!
//! A block has a `type`: `paragraphe` (`texte`, a run), `liste` (`ordonnee`, `elements`, a list of runs) or `tableau`
//! (`legende`, `colonnes` with `titre` and `numerique`, `lignes` of cells, each a run). A run is a list of pieces of a line,
//! each with a `type`: `texte` (`texte`), `gras` and `italique` (`contenu`, a run), `valeur` (`contenu`, with the `clause` and
//! the `nom` of the parameter or figure from which it comes), `renvoi` (`ancre`, `texte`),
//! `a-confirmer` (`valeur`, `question`) and `a-completer` (`question`).

mod call;
mod catalogue;
mod sarif;
mod schema;
mod scores;

pub use call::{Ask, MAX_REQUEST, PROTOCOL, call, call_bytes};
pub use sarif::sarif;

use crate::base::terms::Vocabulary;
use crate::document::{Article, Block, Column, Document, Inline};
use crate::dossier::Known;
use crate::file::edit::Edit;
use crate::file::reading::Raw;
use crate::library::Library;
use crate::library::clause::Clause;
use crate::resolution::finding::Finding;
use crate::resolution::hours::HoursResult;
use crate::resolution::liaisons::LotLiaisons;
use crate::resolve::{Applied, LotVolume, Resolved};
use serde::Serialize;

/// Version of the envelope.
const FORMAT: u32 = 2;

/// The whole envelope: findings, values and the documents given.
pub fn envelope(resolved: &Resolved<'_>, documents: &[Document]) -> String {
    let ledger = resolved.ledger();
    let values = ValuesView {
        clauses: resolved.clauses().map(ClauseView::new).collect(),
        hours: resolved.hours().map(HoursView::new).collect(),
        liaisons: ledger.iter().flat_map(liaisons).collect(),
        dissuasion: ledger.iter().filter_map(DissuasionView::new).collect(),
    };
    let pieces = documents.iter().map(DocumentView::new).collect();
    text(&Envelope { head: Head::new(resolved), values, pieces })
}

/// The findings alone: the same envelope without `valeurs` and `pieces`.
pub fn findings(resolved: &Resolved<'_>) -> String {
    text(&Head::new(resolved))
}

/// The duties of a contract as far as it is known: `lancement` and `devoirs`, see [`call()`].
pub fn duties(library: &Library, known: &Known) -> String {
    call::duties_of(library, known)
}

/// The insertion hours and the liaisons of a dossier: `lancement`, `heures` and `liaisons`, see [`call()`].
pub fn computation(resolved: &Resolved<'_>) -> String {
    call::computation_of(resolved)
}

/// What a dossier could choose: `lancement`, `propositions` and `voies`, see [`call()`].
pub fn suggestions(resolved: &Resolved<'_>) -> String {
    call::suggestions_of(resolved)
}

/// Clauses with their questions, as `catalogue` gives them: `clauses`, see [`call()`].
pub fn clauses<'l>(clauses: impl IntoIterator<Item = &'l Clause>) -> String {
    text(&Cards { clauses: clauses.into_iter().map(catalogue::ClauseCard::new).collect() })
}

#[derive(Serialize)]
struct Cards<'l> {
    clauses: Vec<catalogue::ClauseCard<'l>>,
}

/// The JSON Schema (draft 2020-12) of a dossier in JSON, or of one in TOML as its editors see it.
pub fn schema(library: &Library) -> String {
    text(&schema::dossier(library))
}

/// Indented, with a last line end. These views hold texts, integers, lists and nothing else: writing them cannot fail.
fn text(value: &impl Serialize) -> String {
    let mut out = serde_json::to_string_pretty(value).unwrap_or_default();
    out.push('\n');
    out
}

#[derive(Serialize)]
struct Envelope<'d> {
    #[serde(flatten)]
    head: Head<'d>,
    #[serde(rename = "valeurs")]
    values: ValuesView<'d>,
    pieces: Vec<DocumentView<'d>>,
}

#[derive(Serialize)]
struct Head<'d> {
    format: u32,
    clausier: &'static str,
    #[serde(rename = "lancement")]
    launch: String,
    #[serde(rename = "constats")]
    findings: Vec<FindingView<'d>>,
}

impl<'d> Head<'d> {
    fn new(resolved: &'d Resolved<'_>) -> Self {
        Self {
            format: FORMAT,
            clausier: env!("CARGO_PKG_VERSION"),
            launch: resolved.launch().iso(),
            findings: resolved.findings().iter().map(FindingView::new).collect(),
        }
    }
}

#[derive(Serialize)]
struct FindingView<'d> {
    code: &'d str,
    #[serde(rename = "gravite")]
    severity: &'static str,
    message: &'d str,
    #[serde(rename = "lieux")]
    places: Vec<PlaceView<'d>>,
    #[serde(rename = "textes")]
    texts: &'d [String],
    #[serde(rename = "aide")]
    help: &'d str,
    #[serde(rename = "correction")]
    fix: Vec<EditView>,
}

/// An edit of the dossier.
#[derive(Serialize)]
struct EditView {
    operation: &'static str,
    #[serde(rename = "chemin")]
    path: String,
    #[serde(rename = "valeur", skip_serializing_if = "Option::is_none")]
    value: Option<serde_json::Value>,
}

impl EditView {
    fn new(edit: &Edit) -> Self {
        let value = |raw: &Raw| match raw {
            Raw::Text(text) => text.clone().into(),
            Raw::Integer(n) => (*n).into(),
            Raw::Boolean(yes) => (*yes).into(),
            Raw::Date(date) => date.iso().into(),
            Raw::List(items) => items.clone().into(),
        };
        Self { operation: edit.operation.word(), path: edit.path.clone(), value: edit.value.as_ref().map(value) }
    }
}

/// Where a finding points: a key path always; bytes, line and column when the dossier was read from a text.
#[derive(Serialize)]
struct PlaceView<'d> {
    #[serde(rename = "chemin")]
    path: &'d str,
    lot: Option<u32>,
    place: Option<Bytes>,
    #[serde(rename = "ligne")]
    line: Option<usize>,
    #[serde(rename = "colonne")]
    column: Option<usize>,
}

#[derive(Serialize)]
struct Bytes {
    #[serde(rename = "debut")]
    start: usize,
    #[serde(rename = "fin")]
    end: usize,
}

impl<'d> PlaceView<'d> {
    fn new(finding: &'d Finding) -> Self {
        let placed = finding.line > 0;
        let lot = finding.path.strip_prefix("lot.").and_then(|rest| rest.split('.').next()?.parse().ok());
        Self {
            path: &finding.path,
            lot,
            place: placed.then_some(Bytes { start: finding.span.start, end: finding.span.end }),
            line: placed.then_some(finding.line),
            column: placed.then_some(finding.column),
        }
    }
}

impl<'d> FindingView<'d> {
    fn new(finding: &'d Finding) -> Self {
        Self {
            code: finding.code,
            severity: finding.severity.word(),
            message: &finding.message,
            places: vec![PlaceView::new(finding)],
            texts: &finding.texts,
            help: &finding.help,
            fix: finding.fix.iter().map(EditView::new).collect(),
        }
    }
}

#[derive(Serialize)]
struct ValuesView<'d> {
    clauses: Vec<ClauseView<'d>>,
    #[serde(rename = "heures")]
    hours: Vec<HoursView<'d>>,
    liaisons: Vec<LiaisonView<'d>>,
    dissuasion: Vec<DissuasionView>,
}

#[derive(Serialize)]
struct ClauseView<'d> {
    id: &'d str,
    nature: &'static str,
    version: String,
    lots: Vec<u32>,
    #[serde(rename = "ajoutee_par")]
    implied_by: Option<&'d str>,
}

impl<'d> ClauseView<'d> {
    fn new(applied: Applied<'d>) -> Self {
        let Applied { clause, lots, implied_by } = applied;
        Self { id: &clause.id, nature: clause.kind.word(), version: clause.version.iso(), lots, implied_by }
    }
}

#[derive(Serialize)]
struct HoursView<'d> {
    lot: u32,
    #[serde(rename = "estime")]
    estimated: bool,
    #[serde(rename = "retenues")]
    rounded: Option<String>,
    #[serde(rename = "brutes")]
    raw: Option<String>,
    #[serde(rename = "pas")]
    step: Option<String>,
    #[serde(rename = "periodes")]
    periods: Vec<String>,
    #[serde(rename = "jours")]
    days: Option<String>,
    #[serde(rename = "semaines")]
    weeks: Option<String>,
    #[serde(rename = "etp")]
    fte: Option<String>,
    #[serde(rename = "etapes")]
    steps: Vec<StepView<'d>>,
    #[serde(rename = "erreur")]
    error: Option<String>,
}

#[derive(Serialize)]
struct StepView<'d> {
    #[serde(rename = "libelle")]
    label: &'d str,
    #[serde(rename = "valeur")]
    value: &'d str,
    source: &'d str,
}

impl<'d> HoursView<'d> {
    fn new(volume: LotVolume<'d>) -> Self {
        let found: Option<&'d HoursResult> = volume.result.ok();
        let steps = found.map_or(&[][..], |r| &r.steps).iter();
        Self {
            lot: volume.lot,
            estimated: volume.estimated,
            rounded: found.map(|r| r.rounded.0.exact()),
            raw: found.map(|r| r.raw.exact()),
            step: found.map(|r| r.step.number().exact()),
            periods: found.map_or(&[][..], |r| &r.per_period).iter().map(|hours| hours.0.exact()).collect(),
            days: found.map(|r| r.equivalents.days.exact()),
            weeks: found.map(|r| r.equivalents.weeks.exact()),
            fte: found.map(|r| r.equivalents.fte.exact()),
            steps: steps.map(|s| StepView { label: &s.label, value: &s.value, source: &s.source }).collect(),
            error: volume.result.err().map(ToString::to_string),
        }
    }
}

#[derive(Serialize)]
struct LiaisonView<'d> {
    lot: u32,
    id: &'d str,
    #[serde(rename = "mesure")]
    measure: &'d str,
    #[serde(rename = "affectation")]
    assigned: String,
    #[serde(rename = "heures_liees")]
    linked: String,
    #[serde(rename = "quantite")]
    quantity: String,
    #[serde(rename = "unite")]
    unit: &'d str,
    ratio: String,
    #[serde(rename = "disponibles")]
    available: String,
    #[serde(rename = "travail")]
    work: String,
    #[serde(rename = "part")]
    share: Option<String>,
    #[serde(rename = "ratio_plein")]
    full_ratio: Option<String>,
    #[serde(rename = "ratio_mince")]
    thin_ratio: Option<String>,
    #[serde(rename = "coherente")]
    coherent: bool,
    verdict: String,
    #[serde(rename = "remedes")]
    remedies: Vec<String>,
}

#[derive(Serialize)]
struct DissuasionView {
    lot: u32,
    #[serde(rename = "exposition")]
    exposure: String,
    #[serde(rename = "plafond")]
    ceiling: String,
    exact: bool,
    situations: Vec<SituationView>,
}

#[derive(Serialize)]
struct SituationView {
    situation: &'static str,
    #[serde(rename = "penalite")]
    penalty: String,
    #[serde(rename = "perdu")]
    lost: String,
    #[serde(rename = "epargne")]
    saved: [String; 3],
}

impl DissuasionView {
    fn new(lot: &LotLiaisons) -> Option<Self> {
        let (duty, ceiling) = (lot.duty.as_ref()?, lot.ceiling.as_ref()?);
        let situations = lot.situations().into_iter().map(|s| SituationView {
            situation: s.label,
            penalty: s.penalty.0.exact(),
            lost: s.lost.0.exact(),
            saved: s.saved.each_ref().map(|saved| saved.0.exact()),
        });
        Some(Self {
            lot: lot.lot,
            exposure: duty.exposure().0.exact(),
            ceiling: ceiling.rate.0.exact(),
            exact: !ceiling.given,
            situations: situations.collect(),
        })
    }
}

/// The liaisons of a lot: figures, coherence and words stand in the same order.
fn liaisons(lot: &LotLiaisons) -> Vec<LiaisonView<'_>> {
    let figures = lot.computed().zip(lot.verdicts());
    figures
        .map(|((_, link, coherence), (id, verdict, remedies))| LiaisonView {
            lot: lot.lot,
            id,
            measure: &link.measure,
            assigned: link.assigned.0.exact(),
            linked: coherence.linked_hours.0.exact(),
            quantity: link.target.quantity.value.exact(),
            unit: &link.target.quantity.unit,
            ratio: link.ratio.usual.exact(),
            available: coherence.available.0.exact(),
            work: coherence.work.0.exact(),
            share: coherence.share.as_ref().map(|share| share.0.exact()),
            full_ratio: coherence.full_ratio.as_ref().map(|ratio| ratio.exact()),
            thin_ratio: coherence.thin_ratio.as_ref().map(|ratio| ratio.exact()),
            coherent: coherence.is_coherent(),
            verdict,
            remedies,
        })
        .collect()
}

#[derive(Serialize)]
struct DocumentView<'d> {
    piece: &'static str,
    #[serde(rename = "titre")]
    title: &'d str,
    consultation: IdentityView<'d>,
    #[serde(rename = "projet")]
    draft: Vec<DraftView<'d>>,
    articles: Vec<ArticleView<'d>>,
    #[serde(rename = "remarques")]
    remarks: Vec<RemarkView<'d>>,
}

#[derive(Serialize)]
struct IdentityView<'d> {
    #[serde(rename = "acheteur")]
    buyer: &'d str,
    reference: &'d str,
    #[serde(rename = "objet")]
    object: &'d str,
    #[serde(rename = "lancement")]
    launch: &'d str,
    #[serde(rename = "logiciel")]
    generator: &'d str,
}

#[derive(Serialize)]
struct DraftView<'d> {
    code: &'d str,
    #[serde(rename = "gravite")]
    severity: &'static str,
    message: &'d str,
}

#[derive(Serialize)]
struct RemarkView<'d> {
    #[serde(rename = "ancre")]
    anchor: &'d str,
    #[serde(rename = "texte")]
    text: &'d str,
}

impl<'d> DocumentView<'d> {
    fn new(document: &'d Document) -> Self {
        let identity = &document.consultation;
        Self {
            piece: document.piece.word(),
            title: &document.title,
            consultation: IdentityView {
                buyer: &identity.buyer,
                reference: &identity.reference,
                object: &identity.object,
                launch: &identity.launch,
                generator: &identity.generator,
            },
            draft: document
                .draft
                .iter()
                .map(|d| DraftView { code: &d.code, severity: d.severity.word(), message: &d.message })
                .collect(),
            articles: document.articles.iter().map(ArticleView::new).collect(),
            remarks: document.remarks.iter().map(|r| RemarkView { anchor: &r.anchor, text: &r.text }).collect(),
        }
    }
}

#[derive(Serialize)]
struct ArticleView<'d> {
    #[serde(rename = "ancre")]
    anchor: &'d str,
    #[serde(rename = "etiquette")]
    label: &'d str,
    #[serde(rename = "numero")]
    number: &'d str,
    #[serde(rename = "niveau")]
    level: u8,
    #[serde(rename = "titre")]
    heading: Run<'d>,
    #[serde(rename = "blocs")]
    blocks: Vec<BlockView<'d>>,
    articles: Vec<ArticleView<'d>>,
}

impl<'d> ArticleView<'d> {
    fn new(article: &'d Article) -> Self {
        Self {
            anchor: &article.anchor,
            label: &article.label,
            number: &article.number,
            level: article.level,
            heading: run(&article.heading),
            blocks: article.blocks.iter().map(BlockView::new).collect(),
            articles: article.articles.iter().map(Self::new).collect(),
        }
    }
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum BlockView<'d> {
    #[serde(rename = "paragraphe")]
    Paragraph {
        #[serde(rename = "texte")]
        text: Run<'d>,
    },
    #[serde(rename = "liste")]
    List {
        #[serde(rename = "ordonnee")]
        ordered: bool,
        #[serde(rename = "elements")]
        items: Vec<Run<'d>>,
    },
    #[serde(rename = "tableau")]
    Table {
        #[serde(rename = "legende")]
        caption: &'d str,
        #[serde(rename = "colonnes")]
        columns: Vec<ColumnView<'d>>,
        #[serde(rename = "lignes")]
        rows: Vec<Vec<Run<'d>>>,
    },
}

#[derive(Serialize)]
struct ColumnView<'d> {
    #[serde(rename = "titre")]
    heading: &'d str,
    #[serde(rename = "numerique")]
    numeric: bool,
}

impl<'d> BlockView<'d> {
    fn new(block: &'d Block) -> Self {
        match block {
            Block::Paragraph(text) => Self::Paragraph { text: run(text) },
            Block::List(list) => {
                Self::List { ordered: list.ordered, items: list.items.iter().map(|item| run(item)).collect() }
            }
            Block::Table(table) => Self::Table {
                caption: &table.caption,
                columns: table.columns.iter().map(ColumnView::new).collect(),
                rows: table.rows.iter().map(|row| row.iter().map(|cell| run(cell)).collect()).collect(),
            },
        }
    }
}

impl<'d> ColumnView<'d> {
    fn new(column: &'d Column) -> Self {
        Self { heading: &column.heading, numeric: column.numeric }
    }
}

type Run<'d> = Vec<InlineView<'d>>;

fn run(inlines: &[Inline]) -> Run<'_> {
    let mut out = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Text(text) => out.push(InlineView::Text { text }),
            Inline::Strong(content) => out.push(InlineView::Strong { content: run(content) }),
            Inline::Emphasis(content) => out.push(InlineView::Emphasis { content: run(content) }),
            Inline::Value { source, content } => {
                out.push(InlineView::Value { clause: &source.clause, name: &source.name, content: run(content) });
            }
            Inline::Reference { anchor, text } => out.push(InlineView::Reference { anchor, text }),
            Inline::ToConfirm { value, question } => out.push(InlineView::ToConfirm { value, question }),
            Inline::Missing { question } => out.push(InlineView::Missing { question }),
        }
    }
    out
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum InlineView<'d> {
    #[serde(rename = "texte")]
    Text {
        #[serde(rename = "texte")]
        text: &'d str,
    },
    #[serde(rename = "gras")]
    Strong {
        #[serde(rename = "contenu")]
        content: Run<'d>,
    },
    #[serde(rename = "italique")]
    Emphasis {
        #[serde(rename = "contenu")]
        content: Run<'d>,
    },
    #[serde(rename = "valeur")]
    Value {
        clause: &'d str,
        #[serde(rename = "nom")]
        name: &'d str,
        #[serde(rename = "contenu")]
        content: Run<'d>,
    },
    #[serde(rename = "renvoi")]
    Reference {
        #[serde(rename = "ancre")]
        anchor: &'d str,
        #[serde(rename = "texte")]
        text: &'d str,
    },
    #[serde(rename = "a-confirmer")]
    ToConfirm {
        #[serde(rename = "valeur")]
        value: &'d str,
        question: &'d str,
    },
    #[serde(rename = "a-completer")]
    Missing { question: &'d str },
}
