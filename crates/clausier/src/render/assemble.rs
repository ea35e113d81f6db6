//! From the resolved dossier to one document per piece, through the trames.
//!
//! All the pieces are built, then numbered together, then their references are resolved: a piece may point into another.

mod build;
mod references;

use crate::base::quantity::NBSP;
use crate::base::terms::{ContractForm, Kind, Piece};
use crate::base::typography;
use crate::document::{Article, Document, DraftRemark, Identity, Remark, Stamp};
use crate::dossier::consultation::Layout;
use crate::library::rich::Rich;
use crate::render::values::Values;
pub(crate) use crate::render::values::{AssembleError, Known};
use crate::resolution::facts::Facts;
use crate::resolution::finding::Findings;
use build::{BuiltArticle, BuiltBlock, Depth};
use references::{Index, referred};
use std::collections::BTreeMap;

/// Assembles the wanted pieces, each when there is content for it.
pub(crate) fn assemble(
    known: Known<'_, '_>,
    layouts: &BTreeMap<Piece, Layout>,
    wanted: &[Piece],
    draft: bool,
) -> Result<Vec<Document>, AssembleError> {
    let Known { facts, findings, .. } = known;
    let values = Values::new(known);
    let build = |piece: Piece, depth: Depth<'_>| -> Result<Option<Numbered>, AssembleError> {
        let Some(trame) = facts.library.trame(piece) else { return Ok(None) };
        let (title, articles) = build::build(facts, &values, trame, depth)?;
        let layout = layouts.get(&piece).cloned().unwrap_or_default();
        Ok((!articles.is_empty()).then(|| number(piece, title, articles, &layout)))
    };
    let mut pieces = Vec::new();
    let mut index = Index::default();
    for piece in wanted {
        if let Some(numbered) = build(*piece, Depth::Text)? {
            index.add(&numbered);
            pieces.push(numbered);
        }
    }
    // A piece that is only referred to gives its numbers, not its text.
    for (piece, anchors) in referred(&pieces) {
        if !wanted.contains(&piece)
            && let Some(numbered) = build(piece, Depth::Outline(&anchors))?
        {
            index.add(&numbered);
        }
    }
    let mut documents = Vec::new();
    for numbered in pieces {
        let mut document =
            document(facts, numbered, |piece, articles| references::resolve(facts, &index, piece, articles, draft))?;
        if document.piece == Piece::Ccap {
            document.remarks = remarks(facts, &document);
        }
        document.draft = if draft { banner(findings) } else { Vec::new() };
        documents.push(document);
    }
    Ok(documents)
}

/// A piece whose articles have their numbers.
struct Numbered {
    piece: Piece,
    title: String,
    articles: Vec<NumberedArticle>,
}

/// An article with its number; its references still hold their targets.
struct NumberedArticle {
    anchor: String,
    number: String,
    label: String,
    level: u8,
    heading: Rich,
    blocks: Vec<BuiltBlock>,
    articles: Vec<NumberedArticle>,
}

/// What a draft shows above all.
fn banner(findings: &Findings) -> Vec<DraftRemark> {
    let remark = |f: &crate::resolution::finding::Finding| DraftRemark {
        code: f.code.to_owned(),
        severity: f.severity,
        message: f.message.clone(),
    };
    findings.blocking().map(remark).collect()
}

/// Numbers a piece in the host's style.
fn number(piece: Piece, title: String, built: Vec<BuiltArticle>, layout: &Layout) -> Numbered {
    let (prefix, first) = match layout.first.rsplit_once('.') {
        Some((prefix, last)) => (format!("{prefix}."), last.parse::<u32>().unwrap_or(1)),
        None => (String::new(), layout.first.parse().unwrap_or(1)),
    };
    let mut articles = Vec::new();
    let mut next = first;
    for article in built {
        let number = if article.detached && !layout.derogations.is_empty() {
            layout.derogations.clone()
        } else {
            next += 1;
            format!("{prefix}{}", next - 1)
        };
        articles.push(numbered(article, number, 1, layout));
    }
    Numbered { piece, title, articles }
}

/// The document of a piece, given what its articles become.
fn document(
    facts: &Facts<'_>,
    Numbered { piece, title, articles }: Numbered,
    resolve: impl FnOnce(Piece, Vec<NumberedArticle>) -> Result<Vec<Article>, AssembleError>,
) -> Result<Document, AssembleError> {
    let consultation = facts.consultation;
    let name = name(facts, piece);
    Ok(Document {
        piece,
        title: titled(&name, title),
        name,
        consultation: Identity {
            buyer: consultation.buyer.name.clone(),
            reference: consultation.reference.clone(),
            object: consultation.object.clone(),
            launch: consultation.launch.to_string(),
            generator: concat!("clausier ", env!("CARGO_PKG_VERSION")).to_owned(),
        },
        draft: Vec::new(),
        articles: resolve(piece, articles)?,
        clauses: stamps(facts),
        remarks: Vec::new(),
    })
}

/// The name of a piece in full, as the dossier has it.
fn name(facts: &Facts<'_>, piece: Piece) -> String {
    let name = match piece {
        Piece::Ccap => facts.consultation.admin_piece.name(),
        Piece::Avis if facts.consultation.form == ContractForm::Concession => "avis de concession",
        _ => piece.name(),
    };
    name.to_owned()
}

/// The title of the trame after the name of the piece, unless it says it already.
fn titled(name: &str, title: String) -> String {
    if title.to_lowercase().starts_with(name) {
        return title;
    }
    let mut letters = name.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{} – {title}", letters.as_str())
}

/// The clauses of a dossier with the version of each.
fn stamps(facts: &Facts<'_>) -> Vec<Stamp> {
    let clauses = facts.selection.all().map(|selected| selected.clause);
    clauses.map(|clause| Stamp { id: clause.id.clone(), version: clause.version.iso() }).collect()
}

fn numbered(article: BuiltArticle, number: String, level: u8, layout: &Layout) -> NumberedArticle {
    let label = if level == 1 {
        layout.style.replacen('7', &number, 1).replacen("Article ", &format!("Article{NBSP}"), 1)
    } else {
        format!("{number} ")
    };
    let articles = article
        .articles
        .into_iter()
        .enumerate()
        .map(|(i, inner)| numbered(inner, format!("{number}.{}", i + 1), level + 1, layout))
        .collect();
    let BuiltArticle { anchor, heading, blocks, .. } = article;
    NumberedArticle { anchor, label, number, level, heading, blocks, articles }
}

/// The points of vigilance of the chosen clauses, each beside the article of its nature.
fn remarks(facts: &Facts<'_>, document: &Document) -> Vec<Remark> {
    let clauses = facts.selection.clauses.iter();
    let points = clauses.flat_map(|s| s.clause.vigilance.iter().map(move |point| (s.clause.kind(), point)));
    points
        .filter_map(|(kind, point)| {
            let wanted = match kind {
                Kind::Social => "insertion",
                Kind::Environment => "environnement",
                _ => "liaison",
            };
            let article = document.articles.iter().find(|a| a.anchor == wanted)?;
            Some(Remark { anchor: article.anchor.clone(), text: typography::french(point) })
        })
        .collect()
}
