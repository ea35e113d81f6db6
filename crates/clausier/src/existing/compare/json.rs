//! Changes for programs: one JSON text, keys in French and in order, the same bytes for the same changes.
//!
//! | key | meaning |
//! |---|---|
//! | `format` | version of this text: 1 |
//! | `clausier` | version of the library |
//! | `egal` | true when nothing changes |
//! | `resume` | the summary, in words |
//! | `effets` | how many changes of each effect, each counted once whatever the pieces that print it |
//! | `pieces[].piece`, `.presence` | the piece; `commune`, `ajoutee` or `retiree` |
//! | `pieces[].articles[]` | `changement` (`ajoute`, `retire`, `deplace`, `renumerote`), `avant`, `apres` |
//! | `pieces[].lignes[]` | the lines that change: `article`, `element`, `place`, `changement` (null when words change), `entier` (with its article) |
//! | `pieces[].lignes[].effets[]` | `effet`, `de`, `a`, and the value that changes: `clause`, `nom` (null when words tell) |
//! | `pieces[].lignes[].texte[]` | the line: `marque` (`garde`, `ajoute`, `retire`) and `texte` |

use super::effect::{Effect, Kind};
use super::structure::{ArticleShift, Edit, Element, Shift};
use super::{Changes, PieceChanges};
use crate::base::terms::Vocabulary as _;
use crate::document::revision::Mark;
use serde::Serialize;
use std::collections::BTreeMap;

/// Version of this text.
const FORMAT: u32 = 1;

impl Changes {
    /// The changes in JSON.
    pub fn json(&self) -> String {
        let view = ChangesView {
            format: FORMAT,
            clausier: env!("CARGO_PKG_VERSION"),
            egal: self.is_empty(),
            resume: self.summary(),
            effets: self.effects().into_iter().map(|(kind, effects)| (kind_word(kind), effects.len())).collect(),
            pieces: self.pieces.iter().map(PieceView::new).collect(),
        };
        // Texts, integers and lists: writing them cannot fail.
        let mut out = serde_json::to_string_pretty(&view).unwrap_or_default();
        out.push('\n');
        out
    }
}

#[derive(Serialize)]
struct ChangesView<'c> {
    format: u32,
    clausier: &'static str,
    egal: bool,
    resume: String,
    effets: BTreeMap<&'static str, usize>,
    pieces: Vec<PieceView<'c>>,
}

#[derive(Serialize)]
struct PieceView<'c> {
    piece: &'static str,
    presence: &'static str,
    articles: Vec<ArticleView<'c>>,
    lignes: Vec<LineView<'c>>,
}

#[derive(Serialize)]
struct ArticleView<'c> {
    changement: &'static str,
    avant: &'c str,
    apres: &'c str,
}

#[derive(Serialize)]
struct LineView<'c> {
    article: &'c str,
    element: &'static str,
    place: &'c [String],
    changement: Option<&'static str>,
    entier: bool,
    effets: Vec<EffectView<'c>>,
    texte: Vec<SpanView<'c>>,
}

#[derive(Serialize)]
struct EffectView<'c> {
    effet: &'static str,
    de: &'c str,
    a: &'c str,
    clause: Option<&'c str>,
    nom: Option<&'c str>,
}

#[derive(Serialize)]
struct SpanView<'c> {
    marque: &'static str,
    texte: &'c str,
}

impl<'c> PieceView<'c> {
    fn new(piece: &'c PieceChanges) -> Self {
        let presence = match piece.mark {
            Mark::Kept => "commune",
            Mark::Inserted => "ajoutee",
            Mark::Deleted => "retiree",
        };
        let articles = piece.articles.iter();
        let articles = articles.map(|ArticleShift { shift, before, after }| ArticleView {
            changement: shift_word(*shift),
            avant: before,
            apres: after,
        });
        Self {
            piece: piece.piece.word(),
            presence,
            articles: articles.collect(),
            lignes: piece.edits.iter().map(LineView::new).collect(),
        }
    }
}

impl<'c> LineView<'c> {
    fn new(edit: &'c Edit) -> Self {
        let effect = |effect: &'c Effect| EffectView {
            effet: kind_word(effect.kind),
            de: &effect.from,
            a: &effect.to,
            clause: effect.source.as_ref().map(|source| source.clause.as_str()),
            nom: effect.source.as_ref().map(|source| source.name.as_str()),
        };
        let mark = |mark| match mark {
            Mark::Kept => "garde",
            Mark::Inserted => "ajoute",
            Mark::Deleted => "retire",
        };
        Self {
            article: &edit.article,
            element: match edit.element {
                Element::Article => "article",
                Element::Paragraph => "alinea",
                Element::Item => "point",
                Element::Table => "tableau",
                Element::Row => "ligne",
                Element::Cell => "cellule",
            },
            place: &edit.place,
            changement: edit.shift.map(shift_word),
            entier: edit.whole,
            effets: edit.effects.iter().map(effect).collect(),
            texte: edit.spans.iter().map(|span| SpanView { marque: mark(span.mark), texte: &span.text }).collect(),
        }
    }
}

fn shift_word(shift: Shift) -> &'static str {
    match shift {
        Shift::Added => "ajoute",
        Shift::Removed => "retire",
        Shift::Moved => "deplace",
        Shift::Renumbered => "renumerote",
    }
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Stronger => "obligation-renforcee",
        Kind::Weaker => "obligation-allegee",
        Kind::Scope => "portee",
        Kind::Penalty => "penalite",
        Kind::Deadline => "delai",
        Kind::Criterion => "critere",
        Kind::Number => "nombre",
        Kind::Proof => "preuve",
        Kind::Party => "partie",
        Kind::Reference => "renvoi",
        Kind::Identity => "consultation",
        Kind::Wording => "reformulation",
        Kind::Place => "deplacement",
    }
}
