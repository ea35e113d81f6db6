//! Changes in words: a summary by legal effect, a report for a screen without colours, the same in Markdown.

use super::effect::{Effect, Kind};
use super::structure::{ArticleShift, Edit, Element, Shift, number};
use super::{Changes, PieceChanges};
use crate::base::terms::Piece;
use crate::document::Role;
use crate::document::revision::{Mark, Span};
use crate::document::write::literal;
use std::collections::{BTreeMap, BTreeSet};

/// What is said of a piece of which nothing else changes.
const FOLLOWS: &str = "des renvois suivent leurs articles, rien d’autre";
/// Characters of what does not change that are kept on each side of what does.
const CONTEXT: usize = 60;

impl Kind {
    /// Every kind, gravest first.
    pub const ALL: [Self; 13] = [
        Self::Stronger,
        Self::Weaker,
        Self::Scope,
        Self::Penalty,
        Self::Deadline,
        Self::Criterion,
        Self::Number,
        Self::Proof,
        Self::Party,
        Self::Reference,
        Self::Identity,
        Self::Wording,
        Self::Place,
    ];

    /// What one is called, and several.
    pub fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::Stronger => ("obligation renforcée", "obligations renforcées"),
            Self::Weaker => ("obligation allégée", "obligations allégées"),
            Self::Scope => ("obligation de portée différente", "obligations de portée différente"),
            Self::Penalty => ("pénalité", "pénalités"),
            Self::Deadline => ("délai", "délais"),
            Self::Criterion => ("critère d’attribution", "critères d’attribution"),
            Self::Number => ("nombre", "nombres"),
            Self::Proof => ("preuve", "preuves"),
            Self::Party => ("partie", "parties"),
            Self::Reference => ("renvoi", "renvois"),
            Self::Identity => ("mention de la consultation", "mentions de la consultation"),
            Self::Wording => ("reformulation", "reformulations"),
            Self::Place => ("simple déplacement", "simples déplacements"),
        }
    }
}

impl Shift {
    /// In one word.
    pub fn label(self) -> &'static str {
        match self {
            Self::Added => "ajouté",
            Self::Removed => "retiré",
            Self::Moved => "déplacé",
            Self::Renumbered => "renuméroté",
        }
    }
}

impl Element {
    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Paragraph => "alinéa",
            Self::Item => "point",
            Self::Table => "tableau",
            Self::Row => "ligne",
            Self::Cell => "cellule",
        }
    }
}

impl Changes {
    /// The effects that count, each once whatever the number of pieces that print it, by kind. The note is left out:
    /// nothing in it binds. So is what follows an article to another number.
    pub fn effects(&self) -> BTreeMap<Kind, BTreeSet<Effect>> {
        let mut out: BTreeMap<Kind, BTreeSet<Effect>> = BTreeMap::new();
        for piece in self.pieces.iter().filter(|piece| piece.piece != Piece::Note) {
            let edits = piece.edits.iter().filter(|edit| !edit.whole);
            for effect in edits.flat_map(|edit| &edit.effects).filter(|effect| effect.kind != Kind::Place) {
                let mut effect = effect.clone();
                // A liaison repeats what the clauses that it ties commit to.
                if let Some(source) = effect.source.as_mut().filter(|source| source.role == Role::Commitment) {
                    source.clause.clear();
                }
                out.entry(effect.kind).or_default().insert(effect);
            }
        }
        // A figure without a source repeats the value that is known: a criterion that starts from what the contract asks.
        // So do the other frames where a scored value stands.
        let said = |effects: &mut dyn Iterator<Item = &Effect>| -> BTreeSet<(String, String)> {
            effects.map(|effect| (effect.from.clone(), effect.to.clone())).collect()
        };
        let sourced = said(&mut out.values().flatten().filter(|effect| effect.source.is_some()));
        let scored = said(&mut out.get(&Kind::Criterion).into_iter().flatten());
        for (kind, effects) in &mut out {
            effects.retain(|effect| {
                let value = (effect.from.clone(), effect.to.clone());
                let known = sourced.contains(&value) || (*kind != Kind::Criterion && scored.contains(&value));
                effect.source.is_some() || !known
            });
        }
        out.retain(|_, effects| !effects.is_empty());
        out
    }

    /// The pieces that change, and whether each is told whole: beside others, the note is not, since nothing in it binds.
    pub(super) fn told(&self) -> impl Iterator<Item = (&PieceChanges, bool)> {
        let changed = || self.pieces.iter().filter(|piece| !piece.redline.is_empty());
        let binding = changed().any(|piece| piece.piece != Piece::Note);
        changed().map(move |piece| (piece, !binding || piece.piece != Piece::Note || piece.mark != Mark::Kept))
    }

    /// « 2 obligations renforcées, 1 pénalité 40 → 50 €, 3 renvois, 5 reformulations ».
    pub fn summary(&self) -> String {
        let mut parts = Vec::new();
        let pieces = |mark: Mark| self.pieces.iter().filter(move |piece| piece.mark == mark);
        for (mark, word) in [(Mark::Inserted, "en plus"), (Mark::Deleted, "en moins")] {
            let names: Vec<&str> = pieces(mark).map(|piece| piece.piece.label()).collect();
            if !names.is_empty() {
                parts.push(format!("{} {word}", names.join(", ")));
            }
        }
        for (shift, one, many) in [
            (Shift::Added, "article ajouté", "articles ajoutés"),
            (Shift::Removed, "article retiré", "articles retirés"),
            (Shift::Moved, "article déplacé", "articles déplacés"),
        ] {
            let binding = pieces(Mark::Kept).filter(|piece| piece.piece != Piece::Note);
            let count = binding.flat_map(|piece| &piece.articles).filter(|article| article.shift == shift).count();
            parts.extend(counted(count, (one, many)));
        }
        for (kind, effects) in self.effects() {
            let mut values: Vec<Option<String>> = effects.iter().map(from_to).collect();
            // The same value, at several places, is said once.
            values.dedup();
            let said = match values.into_iter().collect::<Option<Vec<String>>>() {
                Some(values) if values.len() <= 2 => values.join(", "),
                _ => String::new(),
            };
            let shown = counted(effects.len(), kind.labels());
            parts.extend(shown.map(|count| format!("{count} {said}").trim_end().to_owned()));
        }
        match parts.as_slice() {
            [] if self.is_empty() => "aucun changement".to_owned(),
            [] => "rien qui oblige ne change : des numéros, des places ou la note seulement".to_owned(),
            _ => parts.join(", "),
        }
    }

    /// The report for a screen, readable without colours.
    pub fn text(&self) -> String {
        let mut out = format!("{}\n", self.summary());
        if self.is_empty() {
            return out;
        }
        out += "\n[-retiré-] {+ajouté+}   - ligne retirée   + ligne ajoutée   > déplacée   ~ modifiée\n";
        for (piece, whole) in self.told() {
            out += &format!("\n{}\n", heading(piece));
            if !whole {
                out += &format!("  {}\n", piece.unbinding());
                continue;
            }
            if piece.mark != Mark::Kept {
                continue;
            }
            for article in piece.articles.iter().filter(|article| article.shift != Shift::Renumbered) {
                out += &format!("  {} : {}\n", article.shift.label(), article_words(article));
            }
            let numbers = piece.renumbered();
            if !numbers.is_empty() {
                out += &format!("  renumérotés : {numbers}\n");
            }
            if piece.only_follows() {
                out += &format!("  {FOLLOWS}\n");
            }
            let mut article = "";
            for edit in piece.shown() {
                if edit.article != article {
                    article = &edit.article;
                    out += &format!("  {article}\n");
                }
                let place =
                    if edit.place.is_empty() { String::new() } else { format!("{} : ", edit.place.join(" › ")) };
                let effects = labels(edit);
                out += &format!(
                    "    {} {place}{}{effects}\n",
                    sign(edit),
                    marked(&edit.spans, ["[-", "-]"], ["{+", "+}"], &str::to_owned)
                );
            }
        }
        out
    }

    /// The report in Markdown.
    pub fn markdown(&self) -> String {
        let escape = literal;
        let mut out = format!("# Ce qui change\n\n{}\n", escape(&self.summary()));
        for (piece, whole) in self.told() {
            out += &format!("\n## {}\n", heading(piece));
            if !whole {
                out += &format!("\n{}\n", piece.unbinding());
                continue;
            }
            if piece.mark != Mark::Kept {
                continue;
            }
            if !piece.articles.is_empty() {
                out.push('\n');
            }
            for article in piece.articles.iter().filter(|article| article.shift != Shift::Renumbered) {
                out += &format!("- {} : {}\n", article.shift.label(), escape(&article_words(article)));
            }
            let numbers = piece.renumbered();
            if !numbers.is_empty() {
                out += &format!("- renumérotés : {}\n", escape(&numbers));
            }
            if piece.only_follows() {
                out += &format!("\n{FOLLOWS}\n");
            }
            let mut article = None;
            for edit in piece.shown() {
                if article != Some(&edit.article) {
                    article = Some(&edit.article);
                    let title = if edit.article.is_empty() { "En tête" } else { &edit.article };
                    out += &format!("\n### {}\n\n", escape(title));
                }
                let place = if edit.place.is_empty() {
                    String::new()
                } else {
                    format!("{} : ", escape(&edit.place.join(" › ")))
                };
                let shift = edit
                    .shift
                    .map(|shift| format!("{} {} : ", edit.element.label(), shift.label()))
                    .unwrap_or_default();
                let words = marked(&edit.spans, ["~~", "~~"], ["**", "**"], &escape);
                out += &format!("- {shift}{place}{words}{}\n", escape(&labels(edit)));
            }
        }
        out
    }
}

impl PieceChanges {
    /// « 10 → 11, 10.1 → 11.1 ».
    fn renumbered(&self) -> String {
        let moved = self.articles.iter().filter(|article| article.shift == Shift::Renumbered);
        let numbers = moved.map(|article| format!("{} → {}", number(&article.before), number(&article.after)));
        numbers.collect::<Vec<_>>().join(", ")
    }

    /// Whether all that changes is references that follow their articles to other numbers.
    fn only_follows(&self) -> bool {
        self.mark == Mark::Kept && self.articles.is_empty() && self.shown().next().is_none()
    }

    /// What is said of a piece that is not told whole.
    fn unbinding(&self) -> String {
        let count = counted(self.shown().count(), ("ligne change", "lignes changent"));
        let count = count.unwrap_or_else(|| "des numéros changent".to_owned());
        format!("{count} ; rien n’y oblige personne, la pièce comparée seule les montre")
    }

    /// The lines to show: those that only follow a number are left out.
    fn shown(&self) -> impl Iterator<Item = &Edit> {
        self.edits
            .iter()
            .filter(|edit| edit.shift.is_some() || edit.effects.iter().any(|effect| effect.kind != Kind::Place))
    }
}

/// « 3 renvois », or nothing for none.
pub(super) fn counted(count: usize, (one, many): (&str, &str)) -> Option<String> {
    (count > 0).then(|| format!("{count} {}", if count > 1 { many } else { one }))
}

/// « 40 → 50 € », for two short values.
fn from_to(effect: &Effect) -> Option<String> {
    const SHORT: usize = 24;
    let short = |text: &str| !text.is_empty() && text.chars().count() <= SHORT;
    if !short(&effect.from) || !short(&effect.to) {
        return None;
    }
    let unit = |text: &'_ str| {
        text.rsplit_once(['\u{A0}', '\u{202F}']).map(|(figure, unit)| (figure.to_owned(), unit.to_owned()))
    };
    match (unit(&effect.from), unit(&effect.to)) {
        (Some((from, a)), Some((_, b))) if a == b => Some(format!("{from} → {}", effect.to)),
        _ => Some(format!("{} → {}", effect.from, effect.to)),
    }
}

fn heading(piece: &PieceChanges) -> String {
    let name = piece.piece.label();
    match piece.mark {
        Mark::Kept => name.to_owned(),
        Mark::Inserted => format!("{name} : pièce en plus"),
        Mark::Deleted => format!("{name} : pièce en moins"),
    }
}

fn article_words(article: &ArticleShift) -> String {
    match article.shift {
        Shift::Added => article.after.clone(),
        Shift::Removed => article.before.clone(),
        _ => format!("{} → {}", article.before, article.after),
    }
}

fn sign(edit: &Edit) -> char {
    match edit.shift {
        Some(Shift::Added) => '+',
        Some(Shift::Removed) => '-',
        Some(_) => '>',
        None => '~',
    }
}

/// The effects of a line, between parentheses.
fn labels(edit: &Edit) -> String {
    let mut labels: Vec<&str> = edit.effects.iter().map(|effect| effect.kind.labels().0).collect();
    labels.dedup();
    if labels.is_empty() || edit.whole { String::new() } else { format!("  ({})", labels.join(", ")) }
}

/// A line with its marks; a line that comes or goes as a whole needs none, and what does not change is cut.
fn marked(spans: &[Span], gone: [&str; 2], come: [&str; 2], escape: &dyn Fn(&str) -> String) -> String {
    let whole =
        spans.iter().all(|span| span.mark == Mark::Inserted) || spans.iter().all(|span| span.mark == Mark::Deleted);
    // Values and words that go together have one mark.
    let mut texts: Vec<(Mark, String)> = Vec::new();
    for span in spans {
        match texts.last_mut() {
            Some((mark, text)) if *mark == span.mark => text.push_str(&span.text),
            _ => texts.push((span.mark, span.text.clone())),
        }
    }
    let last = texts.len().saturating_sub(1);
    let mut out = String::new();
    for (index, (mark, text)) in texts.iter().enumerate() {
        let [open, close] = match mark {
            _ if whole => ["", ""],
            Mark::Kept => {
                out += &escape(&context(text, index == 0, index == last));
                continue;
            }
            Mark::Deleted => gone,
            Mark::Inserted => come,
        };
        // A mark leans on a word.
        let inner = text.trim();
        let start = text.len() - text.trim_start().len();
        let (before, after) =
            (text.get(..start).unwrap_or_default(), text.get(start + inner.len()..).unwrap_or_default());
        if inner.is_empty() || open.is_empty() {
            out += &escape(text);
        } else {
            out += &format!("{before}{open}{}{close}{after}", escape(inner));
        }
    }
    out
}

/// The ends of a long text that does not change.
fn context(text: &str, first: bool, last: bool) -> String {
    let count = text.chars().count();
    let head = if first { 0 } else { CONTEXT };
    let tail = if last { 0 } else { CONTEXT };
    if count <= head + tail + 10 {
        return text.to_owned();
    }
    let start: String = text.chars().take(head).collect();
    let end: String = text.chars().skip(count - tail).collect();
    let start = start.rfind(' ').and_then(|at| start.get(..=at)).unwrap_or_default();
    let end = end.find(' ').and_then(|at| end.get(at..)).unwrap_or_default();
    format!("{start}[…]{end}")
}
