//! Clauses and trames as bytes, their texts unparsed as when a file is read; the head of a clause apart, so that a list reads no
//! more of it.

use super::clause::{
    Bound, Clause, Criterion, Demand, Derogation, Environment, Frame, Head, HoursRule, Indicator, Lines, Link, Mode,
    Nature, Note, Obligation, Parameter, ParameterKind, Penalty, PenaltyObject, RatioRange, Register, Retired, Scale,
    Section, Share, Social, UnitPenalty, Value, Yardstick,
};
use super::trame::{Content, Trame, TrameArticle, TrameBlock, TrameColumn};
use crate::base::bytes::{Kept, Reader, Writer, kept};
use crate::base::terms::Kind;

impl Head {
    /// The head of a clause, by itself: its file may be compressed.
    pub(super) fn keep(&self) -> Vec<u8> {
        let Self { id: _, kind: _, title, status, level, families } = self;
        let mut out = Writer::default();
        title.keep(&mut out);
        status.keep(&mut out);
        level.keep(&mut out);
        families.keep(&mut out);
        out.finish()
    }

    /// What [`Self::keep`] wrote.
    pub(super) fn recall(id: &str, kind: Kind, bytes: &[u8]) -> Option<Self> {
        let bytes = &mut Reader::new(bytes);
        let (title, status, level, families) =
            (Kept::recall(bytes)?, Kept::recall(bytes)?, Kept::recall(bytes)?, Kept::recall(bytes)?);
        Some(Self { id: id.to_owned(), kind, title, status, level, families })
    }
}

kept! {
    parts Clause {
        id, nature, title, version, status, level, families, cpv, grounds, why, vigilance, attached, frames, requires,
        supersedes, successor, overrides, parameters, indicators, penalties, derogations, sections,
    }
}
kept! {
    variants Nature {
        0 = Social { 0: social },
        1 = Environment { 0: environment },
        2 = Liaison { 0: link },
        3 = Criterion { 0: criterion },
    }
}
kept! { variants Social { 0 = Hours { 0: rule }, 1 = Commitment { 0: obligation }, 2 = Accompanying {} } }
kept! {
    variants HoursRule {
        0 = Computed { rate: rate, step: step, volume: volume },
        1 = Tranche { hours: hours, tranche: tranche },
        2 = Given { volume: volume },
    }
}
kept! { parts Obligation { 0 } }
kept! { parts Environment { demand, measure, legal_floor } }
kept! { variants Demand { 0 = Own { 0: obligation }, 1 = Law { 0: obligation } } }
kept! {
    parts Link {
        social, environment, mechanisms, retired, tasks, ratio, duration, start, season, exclusions, performers,
    }
}
kept! { parts RatioRange { unit, low, high, source, confidence } }
kept! {
    parts Parameter {
        name, kind, question, default, optional, bounds, range, source, confidence, most, least, floor, who, printed,
    }
}
kept! {
    variants ParameterKind {
        0 = Text {},
        1 = Integer {},
        2 = Lot {},
        3 = Amount {},
        4 = Rate {},
        5 = Hours {},
        6 = Date {},
        7 = Duration {},
        8 = Choice { 0: words },
        9 = Flag {},
        10 = List {},
        11 = Quantity { 0: unit },
        12 = Ratio { 0: unit },
    }
}
kept! {
    variants Value {
        0 = Text { 0: text },
        1 = Integer { 0: number },
        2 = Amount { 0: amount },
        3 = Rate { 0: rate },
        4 = Hours { 0: hours },
        5 = Date { 0: date },
        6 = Duration { 0: duration },
        7 = Choice { 0: word },
        8 = Flag { 0: flag },
        9 = List { 0: items },
        10 = Quantity { 0: quantity },
    }
}
kept! { variants Yardstick { 0 = Parameter { 0: name }, 1 = Hours {}, 2 = Length {}, 3 = FullTime {} } }
kept! { parts Indicator { name, unit, register, duty, target, frequency, control, proofs } }
kept! { variants Register { 0 = Insertion {}, 1 = Environment {} } }
kept! { parts Penalty { fact, object, unit, amount, index, occasion, notice, irreparable, recurring, capped } }
kept! {
    variants PenaltyObject {
        0 = Hours {},
        1 = LinkedHours {},
        2 = Training {},
        3 = Absence {},
        4 = Document {},
        5 = Result {},
        6 = Waste {},
    }
}
kept! { parts Derogation { anchor, concepts, object, certain, when } }
kept! { parts Section { piece, slot, title, condition, when, text } }

impl Kept for Retired {
    fn keep(&self, out: &mut Writer<'_>) {
        out.text(self.word);
    }

    fn recall(bytes: &mut Reader<'_>) -> Option<Self> {
        Self::of(bytes.text()?)
    }
}

kept! { parts Criterion { nature, life_cycle, weight, notes, frame, elements, excludes, object } }
kept! { parts Note { name, title, share, mode, means } }
kept! { variants Share { 0 = Part { 0: rate }, 1 = Points { 0: points } } }
kept! { variants Mode { 0 = Relative { read: read }, 1 = Scale { 0: scale }, 2 = Levels { 0: levels } } }
kept! {
    parts Scale { unit, sense, none_at, all_at, stock, offer_proof, negative, engaged, penalty, proof }
}
kept! { variants UnitPenalty { 0 = Parameter { 0: name }, 1 = Amount { 0: amount } } }
kept! { variants Bound { 0 = Fixed { 0: number }, 1 = Parameter { clause: clause, name: name, part: part } } }
kept! { parts Frame { title, piece, lines, columns, given, by_line, results } }
kept! {
    variants Lines { 0 = Blank {}, 1 = Written { 0: lines }, 2 = Listed { clause: clause, name: name }, 3 = Posts {} }
}

impl Kept for Trame {
    fn keep(&self, out: &mut Writer<'_>) {
        self.piece.keep(out);
        self.title.keep(out);
        self.articles.keep(out);
    }

    fn recall(bytes: &mut Reader<'_>) -> Option<Self> {
        Some(Trame::new(Kept::recall(bytes)?, Kept::recall(bytes)?, Kept::recall(bytes)?))
    }
}

kept! { parts TrameArticle { anchor, heading, when, blocks, derogations, articles, detached } }
kept! { parts TrameBlock { when, content } }
kept! {
    variants Content {
        0 = Text { 0: text },
        1 = Slot { name: name, titled: titled },
        2 = Items { rows: rows, text: text },
        3 = Frames {},
        4 = Table { rows: rows, caption: caption, columns: columns },
    }
}
kept! { parts TrameColumn { heading, cell, numeric, droppable } }
