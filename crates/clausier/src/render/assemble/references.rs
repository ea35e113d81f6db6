//! References: which article of which piece each names, and the words that it prints.

use super::build::BuiltBlock;
use super::{AssembleError, Numbered, NumberedArticle};
use crate::base::quantity::NBSP;
use crate::base::terms::{Piece, Vocabulary};
use crate::document::{Article, Block, Inline, List, Role, Source, Table};
use crate::law::Form;
use crate::library::rich::{Pointed, Rich};
use crate::resolution::facts::Facts;
use crate::resolution::phrases::capital;
use std::collections::{BTreeMap, BTreeSet};

/// The other pieces to which pieces refer, with the anchors of their articles.
pub(super) fn referred(pieces: &[Numbered]) -> BTreeMap<Piece, BTreeSet<String>> {
    let mut out: BTreeMap<Piece, BTreeSet<String>> = BTreeMap::new();
    let mut note = |run: &Rich| {
        for target in run.targets() {
            if let Pointed::Article(anchor) = target
                && let Some((word, name)) = anchor.split_once('.')
                && let Some(piece) = Piece::from_word(word)
            {
                out.entry(piece).or_default().insert(name.to_owned());
            }
        }
    };
    for piece in pieces {
        each_run(&piece.articles, &mut note);
    }
    out
}

fn each_run(articles: &[NumberedArticle], each: &mut dyn FnMut(&Rich)) {
    for article in articles {
        each(&article.heading);
        for block in &article.blocks {
            match block {
                BuiltBlock::Paragraph(run) => each(run),
                BuiltBlock::List { items, .. } => items.iter().for_each(&mut *each),
                BuiltBlock::Rows { rows, .. } => rows.iter().flatten().for_each(&mut *each),
                BuiltBlock::Table(_) => {}
            }
        }
        each_run(&article.articles, each);
    }
}

/// Numbers of the articles of the pieces at hand.
#[derive(Default)]
pub(super) struct Index(BTreeMap<(Piece, String), String>);

impl Index {
    pub(super) fn add(&mut self, piece: &Numbered) {
        fn walk(index: &mut Index, piece: Piece, articles: &[NumberedArticle]) {
            for article in articles {
                index.0.insert((piece, article.anchor.clone()), article.number.clone());
                walk(index, piece, &article.articles);
            }
        }
        walk(self, piece.piece, &piece.articles);
    }
}

/// The articles of a piece, each reference with what it prints.
pub(super) fn resolve(
    facts: &Facts<'_>,
    index: &Index,
    piece: Piece,
    articles: Vec<NumberedArticle>,
    draft: bool,
) -> Result<Vec<Article>, AssembleError> {
    let mut resolver = Resolver { facts, index, piece, draft, cited: BTreeSet::new() };
    articles.into_iter().map(|article| resolver.article(article)).collect()
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
    fn article(&mut self, article: NumberedArticle) -> Result<Article, AssembleError> {
        let NumberedArticle { anchor, number, label, level, heading, blocks, articles } = article;
        Ok(Article {
            anchor,
            label,
            number,
            level,
            heading: self.run(&heading)?,
            blocks: blocks.into_iter().map(|block| self.block(block)).collect::<Result<_, _>>()?,
            articles: articles.into_iter().map(|inner| self.article(inner)).collect::<Result<_, _>>()?,
        })
    }

    fn block(&mut self, block: BuiltBlock) -> Result<Block, AssembleError> {
        Ok(match block {
            BuiltBlock::Paragraph(run) => Block::Paragraph(self.run(&run)?),
            BuiltBlock::List { ordered, items } => {
                let items = items.iter().map(|item| self.run(item)).collect::<Result<_, _>>()?;
                Block::List(List { ordered, items })
            }
            BuiltBlock::Rows { caption, columns, rows, bars } => {
                let mut row = |row: &Vec<Rich>| row.iter().map(|cell| self.cell(cell)).collect();
                let rows = rows.iter().map(&mut row).collect::<Result<_, _>>()?;
                Block::Table(Table { caption, columns, rows, bars, results: Vec::new() })
            }
            BuiltBlock::Table(table) => Block::Table(table),
        })
    }

    /// A cell that opens with the name of an article opens with a capital.
    fn cell(&mut self, cell: &Rich) -> Result<Vec<Inline>, AssembleError> {
        let mut run = self.run(cell)?;
        if let Some(Inline::Reference { text, .. }) = run.first_mut() {
            *text = capital(text);
        }
        Ok(run)
    }

    fn run(&mut self, run: &Rich) -> Result<Vec<Inline>, AssembleError> {
        run.inlines(&mut |target, label| self.resolve(target, label))
    }

    fn resolve(&mut self, target: &Pointed, label: &str) -> Result<Inline, AssembleError> {
        let dangling = |what: String| AssembleError::Library { file: format!("pièce {}", self.piece), message: what };
        let printed = |role: Role, name: &str, text: String| Inline::Value {
            source: Source { clause: String::new(), name: name.to_owned(), role }.into(),
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
