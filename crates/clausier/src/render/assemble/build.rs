//! One piece through its trame, before it is numbered: articles, tables, lists, and the sections of the clauses.

use super::AssembleError;
use crate::base::terms::Piece;
use crate::base::typography;
use crate::document::{Bar, Column, Table};
use crate::library::clause::{Clause, Derogation, Section};
use crate::library::expression::{Fields, Scope};
use crate::library::markup::{Text, TextBlock};
use crate::library::rich::{Mark, Rich};
use crate::library::trame::{Content, Trame, TrameArticle, TrameColumn};
use crate::render::values::{self, Shown, Values};
use crate::resolution::facts::Facts;
use crate::resolution::phrases::{capital, lot_forms};
use crate::resolution::select::Selected;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How far a piece is built.
#[derive(Debug, Clone, Copy)]
pub(super) enum Depth<'s> {
    /// Whole.
    Text,
    /// Enough to number the articles of these anchors.
    Outline(&'s BTreeSet<String>),
}

/// An article before it is numbered: its references still hold their targets.
pub(super) struct BuiltArticle {
    pub(super) anchor: String,
    pub(super) heading: Rich,
    pub(super) blocks: Vec<BuiltBlock>,
    pub(super) articles: Vec<BuiltArticle>,
    pub(super) detached: bool,
}

/// A block before its article is numbered.
pub(super) enum BuiltBlock {
    Paragraph(Rich),
    List {
        ordered: bool,
        items: Vec<Rich>,
    },
    Rows {
        caption: String,
        columns: Vec<Column>,
        rows: Vec<Vec<Rich>>,
        bars: Vec<Bar>,
    },
    /// A table that refers to nothing.
    Table(Table),
}

/// The title of a piece and its articles, in order.
pub(super) fn build(
    facts: &Facts<'_>,
    values: &Values<'_, '_>,
    trame: &Trame,
    depth: Depth<'_>,
) -> Result<(String, Vec<BuiltArticle>), AssembleError> {
    let builder = Builder { facts, values, trame, depth };
    // What follows the last article that is sought changes no number.
    let end = trame.articles.iter().rposition(|article| builder.seeks(article)).map_or(0, |last| last + 1);
    let articles = trame.articles.iter().take(end).filter_map(|article| builder.article(article).transpose());
    let articles = articles.collect::<Result<Vec<_>, _>>()?;
    Ok((builder.run(&trame.title, &values.global)?.plain(), articles))
}

struct Builder<'b, 'f, 'a> {
    facts: &'b Facts<'a>,
    values: &'b Values<'f, 'a>,
    trame: &'a Trame,
    depth: Depth<'b>,
}

impl<'b, 'f, 'a> Builder<'b, 'f, 'a> {
    fn article(&self, article: &'a TrameArticle) -> Result<Option<BuiltArticle>, AssembleError> {
        if !self.holds(article.when.as_ref())? {
            return Ok(None);
        }
        let mut blocks = Vec::new();
        let mut titled = Vec::new();
        let seeks_within = self.seeks_within(article);
        for block in &article.blocks {
            let numbered = seeks_within && matches!(block.content, Content::Slot { titled: true, .. });
            if (self.is_known(&blocks) && !numbered) || !self.holds(block.when.as_ref())? {
                continue;
            }
            match &block.content {
                Content::Text(text) => self.text_blocks(text.blocks(), &mut blocks)?,
                Content::Items { rows, text } => self.items(rows, text, &mut blocks)?,
                Content::Table { rows, caption, columns } => self.table(rows, caption, columns, &mut blocks)?,
                Content::Slot { name, titled: false } => self.slot(name, &mut blocks)?,
                Content::Frames => self.frames(article, &mut titled),
                Content::Slot { name, titled: true } => self.titled_slot(article, name, &mut titled)?,
            }
        }
        let mut articles = titled;
        for inner in &article.articles {
            if seeks_within || (blocks.is_empty() && articles.is_empty()) {
                articles.extend(self.article(inner)?);
            }
        }
        if blocks.is_empty() && articles.is_empty() {
            return Ok(None);
        }
        // An article that would hold one titled section alone takes its title and its text.
        if blocks.is_empty() && article.articles.is_empty() && articles.len() == 1 {
            let only = articles.pop().map(|only| BuiltArticle { anchor: article.anchor.clone(), ..only });
            return Ok(only);
        }
        let heading = self.run(&article.heading, &self.values.global)?;
        Ok(Some(BuiltArticle { anchor: article.anchor.clone(), heading, blocks, articles, detached: article.detached }))
    }

    /// True for an outline that knows that something stands there.
    fn is_known<T>(&self, found: &[T]) -> bool {
        matches!(self.depth, Depth::Outline(_)) && !found.is_empty()
    }

    /// True when the number of an article, or of one within it, is sought.
    fn seeks(&self, article: &TrameArticle) -> bool {
        match self.depth {
            Depth::Text => true,
            Depth::Outline(sought) => sought.contains(&article.anchor) || self.seeks_within(article),
        }
    }

    /// True when the number of an article within another is sought: one of the trame, or the section of a clause.
    fn seeks_within(&self, article: &TrameArticle) -> bool {
        let section = |anchor: &String| anchor.strip_prefix(&article.anchor).is_some_and(|rest| rest.starts_with('-'));
        match self.depth {
            Depth::Text => true,
            Depth::Outline(sought) => {
                sought.iter().any(section) || article.articles.iter().any(|inner| self.seeks(inner))
            }
        }
    }

    fn holds(&self, when: Option<&Text>) -> Result<bool, AssembleError> {
        match when {
            None => Ok(true),
            Some(when) => holds_in(self.trame, when, &self.values.global),
        }
    }

    /// Renders one run of the trame.
    fn run(&self, text: &Text, scope: &dyn Scope) -> Result<Rich, AssembleError> {
        let trame = self.trame;
        match (self.depth, text.constant()) {
            (Depth::Text, Some(set)) => Ok(set.clone()),
            (Depth::Outline(_), _) if text.surely_prints() => Ok(something()),
            _ => Ok(self.finish(self.values.render(|| file_of(trame), text, scope)?)),
        }
    }

    /// Sets the typography; a run that prints nothing is empty.
    fn finish(&self, run: Rich) -> Rich {
        match self.depth {
            _ if run.is_blank() => Rich::default(),
            Depth::Outline(_) => something(),
            Depth::Text => run.set(),
        }
    }

    fn text_blocks(&self, texts: &'a [TextBlock], out: &mut Vec<BuiltBlock>) -> Result<(), AssembleError> {
        for block in texts {
            if self.is_known(out) {
                break;
            }
            let run = |text: &Text| self.run(text, &self.values.global);
            push_block(block, run, out)?;
        }
        Ok(())
    }

    /// One row makes a paragraph; several make a list.
    fn items(&self, rows: &str, text: &Text, out: &mut Vec<BuiltBlock>) -> Result<(), AssembleError> {
        let mut items = Vec::new();
        for row in self.rows(rows, [text])? {
            if self.is_known(&items) {
                break;
            }
            let item = self.run(text, &self.values.with_row(&row))?;
            // Lots that differ elsewhere may give the same line: it is written once.
            if !item.is_empty() && !items.contains(&item) {
                items.push(item);
            }
        }
        match items.len() {
            0 => {}
            1 => out.extend(items.pop().map(|run| BuiltBlock::Paragraph(run.sentence()))),
            _ => out.push(BuiltBlock::List { ordered: false, items }),
        }
        Ok(())
    }

    fn rows<'t>(&self, set: &str, texts: impl IntoIterator<Item = &'t Text>) -> Result<Vec<Shown>, AssembleError> {
        if set == "derogations" { self.derogation_rows() } else { self.values.rows(set, texts) }
    }

    fn table(
        &self,
        rows: &str,
        caption: &Text,
        columns: &'a [TrameColumn],
        out: &mut Vec<BuiltBlock>,
    ) -> Result<(), AssembleError> {
        let bars = self.values.bars(rows);
        let rows = self.rows(rows, columns.iter().map(|column| &column.cell))?;
        if self.is_known(&rows) {
            out.push(BuiltBlock::Paragraph(Rich::default()));
            return Ok(());
        }
        let mut cells: Vec<Vec<Rich>> = Vec::new();
        for row in rows {
            let scope = self.values.with_row(&row);
            let line: Result<Vec<_>, _> = columns.iter().map(|c| self.run(&c.cell, &scope)).collect();
            cells.push(line?);
        }
        if cells.is_empty() {
            return Ok(());
        }
        let kept: Vec<usize> = (0..columns.len())
            .filter(|i| !columns[*i].droppable || cells.iter().any(|row| row.get(*i).is_some_and(|c| !c.is_empty())))
            .collect();
        let caption = self.run(caption, &self.values.global)?.plain();
        let heads = kept
            .iter()
            .map(|i| Column { heading: typography::french(&columns[*i].heading), numeric: columns[*i].numeric });
        let columns = heads.collect();
        let rows = cells
            .into_iter()
            .map(|row| row.into_iter().enumerate().filter(|(i, _)| kept.contains(i)).map(|(_, c)| c).collect())
            .collect();
        out.push(BuiltBlock::Rows { caption, columns, rows, bars });
        Ok(())
    }

    /// The chosen clauses whose sections go into a slot: in order of nature, then of the dossier.
    fn sections(&self, slot: &str) -> Vec<(&'b Selected<'a>, &'a Section)> {
        let mut out = Vec::new();
        for selected in self.facts.selection.all() {
            let clause: &'a Clause = selected.clause;
            let here = clause.sections.iter().filter(|s| s.piece == self.trame.piece && s.slot == slot);
            out.extend(here.map(|section| (selected, section)));
        }
        out
    }

    fn slot(&self, name: &str, out: &mut Vec<BuiltBlock>) -> Result<(), AssembleError> {
        for (selected, section) in self.sections(name) {
            if self.is_known(out) {
                break;
            }
            if matches!(self.depth, Depth::Outline(_)) && self.surely_prints(selected, section)? {
                out.push(BuiltBlock::Paragraph(something()));
                break;
            }
            for (lots, blocks) in self.section(selected, section)? {
                let partial = lots.len() < self.facts.consultation.lots.len();
                out.extend(if partial { self.with_lots(&lots, blocks) } else { blocks.blocks });
            }
        }
        Ok(())
    }

    /// True when a section prints something on one of its lots, whatever its values.
    fn surely_prints(&self, selected: &'b Selected<'a>, section: &'a Section) -> Result<bool, AssembleError> {
        if !section.text.texts().any(Text::surely_prints) {
            return Ok(false);
        }
        for lot in selected.lots.iter().filter(|lot| selected.speaks_on(**lot)) {
            let Some(when) = &section.when else { return Ok(true) };
            let names = self.values.bind(selected, *lot, [when]);
            if when.holds(&names).map_err(|error| AssembleError::of(&selected.clause.id, error))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn titled_slot(
        &self,
        article: &TrameArticle,
        name: &str,
        out: &mut Vec<BuiltArticle>,
    ) -> Result<(), AssembleError> {
        // A clause has an article for each of its sections here, and for each of the lots that it tells apart.
        let mut ranks: BTreeMap<&str, usize> = BTreeMap::new();
        for (selected, section) in self.sections(name) {
            for (lots, blocks) in self.section(selected, section)? {
                let rank = ranks.entry(&selected.clause.id).or_default();
                *rank += 1;
                let title = if section.title.is_empty() { &selected.clause.title } else { &section.title };
                let partial = lots.len() < self.facts.consultation.lots.len();
                let lots = if partial {
                    format!(" ({})", lot_forms(&lots, self.facts.consultation)[0])
                } else {
                    String::new()
                };
                let suffix = if *rank == 1 { String::new() } else { format!("-{rank}") };
                out.push(BuiltArticle {
                    anchor: format!("{}-{}{suffix}", article.anchor, selected.clause.id),
                    heading: typography::french(&format!("{title}{lots}")).into(),
                    blocks: blocks.blocks,
                    articles: Vec::new(),
                    detached: false,
                });
            }
        }
        Ok(())
    }

    /// An article for each frame to fill.
    fn frames(&self, article: &TrameArticle, out: &mut Vec<BuiltArticle>) {
        out.extend(self.values.frames(self.trame.piece).into_iter().map(|framed| BuiltArticle {
            anchor: format!("{}-{}", article.anchor, framed.anchor),
            heading: framed.heading.into(),
            blocks: framed.tables.into_iter().map(BuiltBlock::Table).collect(),
            articles: Vec::new(),
            detached: false,
        }));
    }

    /// Says to which lots a text applies, when it does not say so itself.
    fn with_lots(&self, lots: &[u32], mut rendered: Rendered) -> Vec<BuiltBlock> {
        if rendered.names_lots {
            return rendered.blocks;
        }
        let [form, ..] = lot_forms(lots, self.facts.consultation);
        let lead = Rich::from(format!("{}.", capital(&form))).within(Mark::Strong);
        match rendered.blocks.first_mut() {
            Some(BuiltBlock::Paragraph(run)) => *run = Rich::joined([lead, std::mem::take(run)], " "),
            _ => rendered.blocks.insert(0, BuiltBlock::Paragraph(lead)),
        }
        rendered.blocks
    }

    /// Renders a section on each lot, then groups the lots that give the same text.
    fn section(
        &self,
        selected: &'b Selected<'a>,
        section: &'a Section,
    ) -> Result<Vec<(Vec<u32>, Rendered)>, AssembleError> {
        let file = || selected.clause.id.clone();
        let texts = || section.text.texts();
        // Lots for which every name has the same value have the same text; others may have it too.
        let mut alike: Vec<(Vec<u32>, Fields<Arc<str>>)> = Vec::new();
        for lot in selected.lots.iter().filter(|lot| selected.speaks_on(**lot)) {
            let names = self.values.bind(selected, *lot, section.when.iter().chain(texts()));
            match alike.iter_mut().find(|(_, known)| *known == names) {
                Some((lots, _)) => lots.push(*lot),
                None => alike.push((vec![*lot], names)),
            }
        }
        let mut groups: Vec<(Vec<u32>, Vec<Rich>)> = Vec::new();
        let same = alike.len() == 1;
        for (lots, names) in alike {
            if let Some(when) = &section.when
                && !when.holds(&names).map_err(|error| AssembleError::of(&file(), error))?
            {
                continue;
            }
            // What depends on no value is the same on every lot, and an outline only knows what stands there.
            let rendered = texts().map(|text| match self.depth {
                Depth::Outline(_) if same && text.surely_prints() => Ok(something()),
                _ if text.constant().is_some() => Ok(Rich::default()),
                _ => self.values.render(file, text, &names),
            });
            let rendered = rendered.collect::<Result<Vec<Rich>, AssembleError>>()?;
            match groups.iter_mut().find(|(_, texts)| *texts == rendered) {
                Some((known, _)) => {
                    known.extend(lots);
                    known.sort_unstable();
                }
                None => groups.push((lots, rendered)),
            }
        }
        let mut out = Vec::new();
        for (lots, rendered) in groups {
            let names_lots = rendered.iter().any(Rich::names_lots);
            let mut texts = rendered.into_iter();
            let mut blocks = Vec::new();
            for block in section.text.blocks() {
                let run = |text: &Text| {
                    let rendered = texts.next().ok_or_else(|| AssembleError::Library {
                        file: section.slot.clone(),
                        message: "un texte n’a pas été rendu".to_owned(),
                    })?;
                    Ok(match text.constant() {
                        Some(set) => set.clone(),
                        None => self.finish(rendered.with_lots(|| lot_forms(&lots, self.facts.consultation))),
                    })
                };
                push_block(block, run, &mut blocks)?;
            }
            if !blocks.is_empty() {
                out.push((lots, Rendered { blocks, names_lots }));
            }
        }
        Ok(out)
    }

    /// The derogations to the CCAG that this dossier makes, with a reference to the article of each.
    fn derogation_rows(&self) -> Result<Vec<Shown>, AssembleError> {
        let facts = self.facts;
        let Some(ccap) = facts.library.trame(Piece::Ccap) else { return Ok(Vec::new()) };
        let mut standing = BTreeSet::new();
        self.standing(ccap, &ccap.articles, &mut standing)?;
        let mut found: Vec<(&str, &Derogation)> = Vec::new();
        for (anchor, derogation) in ccap.derogations() {
            let holds = match &derogation.when {
                None => true,
                Some(when) => holds_in(ccap, when, &self.values.global)?,
            };
            if holds && standing.contains(anchor) {
                found.push((if derogation.anchor.is_empty() { anchor } else { &derogation.anchor }, derogation));
            }
        }
        for selected in facts.selection.all() {
            for derogation in &selected.clause.derogations {
                if standing.contains(&*derogation.anchor) && self.derogates(selected, derogation)? {
                    found.push((&derogation.anchor, derogation));
                }
            }
        }
        let order: BTreeMap<&str, usize> = ccap.anchors().into_iter().zip(0..).collect();
        found.sort_by_key(|(anchor, _)| order.get(anchor));
        // One row for what an article departs from at the same place of the CCAG, with the same certainty.
        type Departure<'d> = (&'d str, String, bool);
        let mut rows: Vec<(Departure<'_>, Vec<&str>)> = Vec::new();
        for (anchor, derogation) in found {
            let concepts: Vec<&str> = derogation.concepts.iter().map(String::as_str).collect();
            let Some(ccag) = facts.law.legal().ccag_provisions(&concepts, facts.consultation.ccag) else { continue };
            let row = (anchor, ccag, derogation.certain);
            match rows.iter_mut().find(|(known, _)| *known == row) {
                Some((_, objects)) if objects.contains(&&*derogation.object) => {}
                Some((_, objects)) => objects.push(&derogation.object),
                None => rows.push((row, vec![&derogation.object])),
            }
        }
        let rows = rows.iter().map(|((anchor, ccag, certain), objects)| {
            let article = values::article(&format!("ccap.{anchor}"));
            values::derogation_row(article, ccag, &objects.join(" ; "), *certain)
        });
        Ok(rows.collect())
    }

    /// True when a clause derogates on one of its lots.
    fn derogates(&self, selected: &Selected<'a>, derogation: &Derogation) -> Result<bool, AssembleError> {
        let Some(when) = &derogation.when else { return Ok(true) };
        for lot in &selected.lots {
            let names = self.values.bind(selected, *lot, [when]);
            if when.holds(&names).map_err(|error| AssembleError::of(&selected.clause.id, error))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The anchors of the articles that no condition on their way removes.
    fn standing<'t>(
        &self,
        ccap: &Trame,
        articles: &'t [TrameArticle],
        out: &mut BTreeSet<&'t str>,
    ) -> Result<(), AssembleError> {
        for article in articles {
            let open = match &article.when {
                None => true,
                Some(when) => holds_in(ccap, when, &self.values.global)?,
            };
            if open {
                out.insert(&article.anchor);
                self.standing(ccap, &article.articles, out)?;
            }
        }
        Ok(())
    }
}

/// What an outline knows of a text that prints something.
fn something() -> Rich {
    "…".into()
}

/// The file of a trame.
fn file_of(trame: &Trame) -> String {
    format!("trames/{}.toml", trame.piece)
}

/// True when a condition of a trame holds.
fn holds_in(trame: &Trame, when: &Text, scope: &dyn Scope) -> Result<bool, AssembleError> {
    when.holds(scope).map_err(|error| AssembleError::of(&file_of(trame), error))
}

/// A rendered section.
struct Rendered {
    blocks: Vec<BuiltBlock>,
    /// The text names its lots itself.
    names_lots: bool,
}

/// Renders a block; a run that comes out empty drops its paragraph, its item or, for all its cells, its row.
fn push_block(
    block: &TextBlock,
    mut run: impl FnMut(&Text) -> Result<Rich, AssembleError>,
    out: &mut Vec<BuiltBlock>,
) -> Result<(), AssembleError> {
    match block {
        TextBlock::Paragraph(text) => {
            let run = run(text)?;
            if !run.is_empty() {
                out.push(BuiltBlock::Paragraph(run.sentence()));
            }
        }
        TextBlock::List { ordered, items } => {
            let mut kept = Vec::new();
            for item in items {
                let item = run(item)?;
                if !item.is_empty() {
                    kept.push(item);
                }
            }
            if !kept.is_empty() {
                out.push(BuiltBlock::List { ordered: *ordered, items: kept });
            }
        }
        TextBlock::Table { head, rows } => {
            let mut kept = Vec::new();
            for row in rows {
                let cells: Result<Vec<Rich>, AssembleError> = row.iter().map(&mut run).collect();
                let cells = cells?;
                if cells.iter().any(|c| !c.is_empty()) {
                    kept.push(cells);
                }
            }
            let columns = head.iter().map(|h| Column { heading: typography::french(h), numeric: false }).collect();
            if !kept.is_empty() {
                out.push(BuiltBlock::Rows { caption: String::new(), columns, rows: kept, bars: Vec::new() });
            }
        }
    }
    Ok(())
}
