//! References: which article of which piece each names, and the words that it prints.

use super::AssembleError;
use crate::base::quantity::NBSP;
use crate::base::terms::{Piece, Vocabulary};
use crate::document::{Article, Block, Document, Inline, Role, Source};
use crate::law::Form;
use crate::library::markup::{self, Pointed};
use crate::resolution::facts::Facts;
use crate::resolution::phrases::capital;
use std::collections::{BTreeMap, BTreeSet};

/// The other pieces to which documents refer, with the anchors of their articles.
pub(super) fn referred(documents: &[Document]) -> BTreeMap<Piece, BTreeSet<String>> {
    let mut out: BTreeMap<Piece, BTreeSet<String>> = BTreeMap::new();
    for article in documents.iter().flat_map(Document::flat) {
        article.each_inline(&mut |inline| {
            if let Inline::Reference { anchor, .. } = inline
                && let Some(Pointed::Article(anchor)) = markup::decode(anchor)
                && let Some((word, name)) = anchor.split_once('.')
                && let Some(piece) = Piece::from_word(word)
            {
                out.entry(piece).or_default().insert(name.to_owned());
            }
        });
    }
    out
}

/// Numbers of the articles of the pieces at hand.
#[derive(Default)]
pub(super) struct Index(BTreeMap<(Piece, String), String>);

impl Index {
    pub(super) fn add(&mut self, document: &Document) {
        let articles = document.flat();
        self.0.extend(articles.into_iter().map(|a| ((document.piece, a.anchor.clone()), a.number.clone())));
    }
}

/// Replaces the references of a document by what they print.
pub(super) fn resolve(
    facts: &Facts<'_>,
    index: &Index,
    document: &mut Document,
    draft: bool,
) -> Result<(), AssembleError> {
    let mut resolver = Resolver { facts, index, piece: document.piece, draft, cited: BTreeSet::new() };
    document.articles.iter_mut().try_for_each(|article| resolver.article(article))
}

struct Resolver<'r, 'a> {
    facts: &'r Facts<'a>,
    index: &'r Index,
    piece: Piece,
    draft: bool,
    /// Collections already cited in full in this piece.
    cited: BTreeSet<String>,
}

impl Resolver<'_, '_> {
    fn article(&mut self, article: &mut Article) -> Result<(), AssembleError> {
        self.run(&mut article.heading)?;
        for block in &mut article.blocks {
            match block {
                Block::Paragraph(run) => self.run(run)?,
                Block::List(list) => list.items.iter_mut().try_for_each(|item| self.run(item))?,
                Block::Table(table) => {
                    for cell in table.rows.iter_mut().flatten() {
                        self.run(cell)?;
                        // A cell that opens with the name of an article opens with a capital.
                        if let Some(Inline::Reference { text, .. }) = cell.first_mut() {
                            *text = capital(text);
                        }
                    }
                }
            }
        }
        article.articles.iter_mut().try_for_each(|inner| self.article(inner))
    }

    fn run(&mut self, run: &mut [Inline]) -> Result<(), AssembleError> {
        for inline in run.iter_mut() {
            match inline {
                Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Value { content: inner, .. } => {
                    self.run(inner)?;
                }
                Inline::Reference { anchor, text } => {
                    if let Some(target) = markup::decode(anchor) {
                        *inline = self.resolve(&target, text)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn resolve(&mut self, target: &Pointed, label: &str) -> Result<Inline, AssembleError> {
        let dangling = |what: String| AssembleError { file: format!("pièce {}", self.piece), message: what };
        let printed = |role: Role, name: &str, text: String| Inline::Value {
            source: Source { clause: String::new(), name: name.to_owned(), role },
            content: vec![Inline::Text(if label.is_empty() { text } else { label.to_owned() })],
        };
        match target {
            Pointed::Article(anchor) => {
                let (piece, name) = match anchor.split_once('.') {
                    Some((word, name)) => (Piece::from_word(word).unwrap_or(self.piece), name),
                    None => (self.piece, anchor.as_str()),
                };
                let Some(number) = self.index.0.get(&(piece, name.to_owned())) else {
                    // What the article would hold is missing too, and a blocking finding says so.
                    if self.draft {
                        let question = format!("article visé par ce renvoi (« {anchor} »), absent de ce projet");
                        return Ok(Inline::Missing { question });
                    }
                    return Err(dangling(format!(
                        "le renvoi « {anchor} » vise un article qui n’est pas dans la pièce"
                    )));
                };
                if piece == self.piece {
                    let text = if label.is_empty() { format!("article{NBSP}{number}") } else { label.to_owned() };
                    return Ok(Inline::Reference { anchor: name.to_owned(), text });
                }
                let host = match piece {
                    Piece::Ccap => format!("du {}", self.facts.consultation.admin_piece.label()),
                    Piece::Rc => "du règlement de la consultation".to_owned(),
                    Piece::Ae => "de l’acte d’engagement".to_owned(),
                    Piece::Cctp => "du CCTP".to_owned(),
                    other => format!("de la pièce « {} »", other.label()),
                };
                Ok(printed(Role::Article, anchor, format!("article{NBSP}{number} {host}")))
            }
            Pointed::Law(ids) => {
                let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
                let cite = |form| self.facts.law.cite(&ids, form);
                let (full, short) = match cite(Form::Full).and_then(|full| Ok((full, cite(Form::Short)?))) {
                    Ok(citation) => citation,
                    // A blocking finding names the text; a draft can be read all the same.
                    Err(error) if self.draft => return Ok(Inline::Missing { question: error.to_string() }),
                    Err(error) => return Err(dangling(error.to_string())),
                };
                // The code is named in full the first time, then the article alone.
                let code = full.strip_prefix(short.as_str()).unwrap_or(&full).to_owned();
                let first = self.cited.insert(code);
                Ok(printed(Role::Law, &ids.join(","), if first { full } else { short }))
            }
            Pointed::Ccag(concepts) => {
                let concepts: Vec<&str> = concepts.iter().map(String::as_str).collect();
                let text = self.facts.law.legal().cite_ccag(&concepts, self.facts.consultation.ccag);
                text.map(|text| printed(Role::Law, &format!("ccag:{}", concepts.join(",")), text)).ok_or_else(|| {
                    dangling(format!("le CCAG du dossier n’a pas d’article pour « {} »", concepts.join(", ")))
                })
            }
        }
    }
}
