//! The proof of a redline: what it leaves on each side prints as the document of that side, without a copy of either.

use super::{Look, Mark, Part, Redline, Span, Style};

/// True when two rows of runs print the same, however they are cut.
fn prints_as<'s>(one: impl Iterator<Item = &'s Span>, other: impl Iterator<Item = &'s Span>) -> bool {
    fn runs<'s>(spans: impl Iterator<Item = &'s Span>) -> impl Iterator<Item = (&'s [u8], &'s Look)> {
        spans.map(|span| (span.text.as_bytes(), &span.look)).filter(|(text, _)| !text.is_empty())
    }
    let (mut one, mut other) = (runs(one), runs(other));
    let (mut left, mut right) = (one.next(), other.next());
    loop {
        match (left, right) {
            (None, None) => return true,
            (Some((a, x)), Some((b, y))) if x.prints_as(y) => {
                let shared = a.len().min(b.len());
                let ((a, a_rest), (b, b_rest)) = (a.split_at(shared), b.split_at(shared));
                if a != b {
                    return false;
                }
                left = if a_rest.is_empty() { one.next() } else { Some((a_rest, x)) };
                right = if b_rest.is_empty() { other.next() } else { Some((b_rest, y)) };
            }
            _ => return false,
        }
    }
}

/// True when two sequences are as long and each element answers its own.
fn each<A, B>(
    mut one: impl Iterator<Item = A>,
    mut other: impl Iterator<Item = B>,
    same: impl Fn(A, B) -> bool,
) -> bool {
    loop {
        match (one.next(), other.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) => {
                if !same(a, b) {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

impl Part {
    /// Whether the part stays once what has a mark is gone.
    fn stays(&self, gone: Mark) -> bool {
        match self {
            Self::Paragraph { line, .. } => line.mark != gone,
            Self::List { items, .. } => items.iter().any(|item| item.mark != gone),
            Self::Table(table) => table.mark != gone && table.caption.mark != gone,
        }
    }

    /// True when what stays of the part, once what has a mark is gone, prints as another part.
    fn leaves(&self, gone: Mark, other: &Self) -> bool {
        let stays = |mark: Mark| mark != gone;
        let words =
            |ours: &[Span], theirs: &[Span]| prints_as(ours.iter().filter(|span| stays(span.mark)), theirs.iter());
        match (self, other) {
            (Self::Paragraph { style: a, line: x }, Self::Paragraph { style: b, line: y }) => {
                let style = match (a, b) {
                    (Style::Heading { level: a, .. }, Style::Heading { level: b, .. }) => a == b,
                    (a, b) => a == b,
                };
                style && words(&x.spans, &y.spans)
            }
            (Self::List { ordered: a, items: x }, Self::List { ordered: b, items: y }) => {
                let ours = x.iter().filter(|item| stays(item.mark));
                a == b && each(ours, y.iter(), |x, y| words(&x.spans, &y.spans))
            }
            (Self::Table(a), Self::Table(b)) => {
                let ours = a.rows.iter().filter(|row| stays(row.mark));
                a.columns == b.columns
                    && words(&a.caption.spans, &b.caption.spans)
                    && each(ours, b.rows.iter(), |x, y| each(x.cells.iter(), y.cells.iter(), |x, y| words(x, y)))
            }
            _ => false,
        }
    }
}

impl Redline {
    /// True when this redline leads from one document to another: rejecting gives what the first prints, accepting what
    /// the second prints, word for word, look for look, part for part.
    pub fn leads(&self, from: &Self, to: &Self) -> bool {
        let side = |gone: Mark, theirs: &Self| {
            let ours = self.parts.iter().filter(|part| part.stays(gone));
            let footer = self.footer.iter().filter(|span| span.mark != gone);
            each(ours, theirs.parts.iter(), |a, b| a.leaves(gone, b)) && prints_as(footer, theirs.footer.iter())
        };
        side(Mark::Inserted, from) && side(Mark::Deleted, to)
    }
}
