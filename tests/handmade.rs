//! Documents made by hand, to be compared.

use clausier::document::{Article, Block, Document, Identity, Inline, List};
use clausier::existing::compare::{Changes, compare_documents};
use clausier::terms::Piece;

pub(crate) fn text(words: &str) -> Vec<Inline> {
    vec![Inline::Text(words.to_owned())]
}

pub(crate) fn paragraph(words: &str) -> Block {
    Block::Paragraph(text(words))
}

pub(crate) fn list(ordered: bool, items: &[&str]) -> Block {
    Block::List(List { ordered, items: items.iter().map(|item| text(item)).collect() })
}

/// A document of one article, or more: anchor, number, blocks.
pub(crate) fn document(articles: Vec<(&str, &str, Vec<Block>)>) -> Document {
    let mut document = Document::new(Piece::Ccap, "Clauses", Identity::default());
    for (anchor, number, blocks) in articles {
        let mut article = Article::new(anchor, 1, format!("Article {number} – "), number, text("Objet"));
        article.blocks = blocks;
        document.articles.push(article);
    }
    document
}

pub(crate) fn of_documents(old: &Document, new: &Document) -> Changes {
    let (old, new) = (std::slice::from_ref(old), std::slice::from_ref(new));
    compare_documents(old, new).unwrap_or_else(|error| panic!("{error}"))
}
