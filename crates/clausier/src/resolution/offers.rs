//! The file in which an evaluator writes what the offers answer, and the model of it that a dossier gives to fill.

use crate::base::quantity::{Number, Quantity, QuantityError};
use crate::base::terms::{CriterionNature, Vocabulary as _};
use crate::file::node::Node;
use crate::file::reading::{self, Problem, Report, Table};
use crate::resolution::grid::{Criterion, Grid, LotNote, Rule};
use crate::resolution::scoring::{Answer, Offer};
use std::collections::BTreeMap;
use std::fmt;

/// Largest file of offers read, in bytes.
const MAX_OFFERS: usize = 1 << 20;
/// Most offers read: far more than a consultation receives.
const MAX_COUNT: usize = 500;

/// Everything wrong with a file of offers: French, with places, all at once.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct OffersError {
    /// The problems, in the order of the file; at least one.
    pub problems: Vec<Problem>,
}

impl fmt::Display for OffersError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problems.iter().try_for_each(|problem| write!(f, "{problem}"))
    }
}

/// The offers of each lot, in the order of the file.
pub type Offers = BTreeMap<u32, Vec<Offer>>;

/// Reads a file of offers against the grids of the lots.
pub(crate) fn read(text: &str, grids: &[Grid]) -> Result<Offers, OffersError> {
    let report = Report::new(text);
    if text.len() > MAX_OFFERS {
        report.add(0..0, "le fichier dépasse 1 Mio", "séparez les lots en plusieurs fichiers");
        return Err(OffersError { problems: report.into_problems() });
    }
    let root = reading::parse(text, &report);
    let offers = all(&root, &report, grids);
    let problems = report.into_problems();
    if problems.is_empty() { Ok(offers) } else { Err(OffersError { problems }) }
}

/// Reads offers already parsed, in JSON: their places are key paths.
#[cfg(feature = "json")]
pub(crate) fn read_node(root: &Node<'static>, grids: &[Grid]) -> Result<Offers, OffersError> {
    let report = Report::without_text();
    let offers = all(root, &report, grids);
    let problems = report.into_problems_of(root);
    if problems.is_empty() { Ok(offers) } else { Err(OffersError { problems }) }
}

fn all<'d>(root: &'d Node<'d>, report: &Report<'d>, grids: &'d [Grid]) -> Offers {
    let mut offers = Offers::new();
    {
        let top = Table::root(root, report);
        if !top.has("format") {
            top.missing("format", "1");
        }
        top.integer("format", 1..=1);
        let tables = top.tables("offre");
        if tables.is_empty() {
            report.add(0..0, "le fichier ne contient aucune offre", "ajoutez [[offre]], avec candidat = \"…\"");
        }
        if tables.len() > MAX_COUNT {
            report.add(0..0, format!("plus de {MAX_COUNT} offres"), "séparez les lots en plusieurs fichiers");
        } else {
            for table in &tables {
                if let Some((lot, offer)) = one(table, grids) {
                    let here: &mut Vec<Offer> = offers.entry(lot).or_default();
                    if here.iter().any(|known| known.name == offer.name) {
                        let message = format!("« {} » a deux offres pour le lot {lot}", offer.name);
                        report.add(table.span_of("candidat"), message, "gardez la dernière remise");
                    }
                    here.push(offer);
                }
            }
        }
        top.finish();
    }
    offers
}

fn one<'d>(table: &Table<'d, '_>, grids: &'d [Grid]) -> Option<(u32, Offer)> {
    let name = table.required("candidat", "\"Entreprise A\"");
    let lot = table.integer("lot", 1..=999).and_then(|lot| u32::try_from(lot).ok());
    let grid = match (lot, grids) {
        (Some(lot), _) => {
            let found = grids.iter().find(|grid| grid.lot == lot);
            if found.is_none() {
                let known = grids.iter().map(|grid| grid.lot.to_string()).collect::<Vec<_>>().join(", ");
                let message = format!("le lot {lot} n’a pas de critères");
                let help = match known.as_str() {
                    "" => "aucun lot du dossier n’en a : ajoutez une table [critere]".to_owned(),
                    known => format!("lots du dossier : {known}"),
                };
                table.report.add(table.span_of("lot"), message, help);
            }
            found
        }
        (None, [grid]) => Some(grid),
        (None, _) => {
            if !table.has("lot") {
                table.missing("lot", "1");
            }
            None
        }
    };
    let unproven = table.spanned_texts("non_justifie");
    let kept = table.table("retenu");
    let Some(grid) = grid else {
        // What it may answer is not known.
        table.all();
        if let Some(kept) = &kept {
            kept.all();
        }
        return None;
    };
    let mut offer = Offer::new(name);
    for criterion in &grid.criteria {
        let Some(inner) = table.table(&criterion.id) else { continue };
        let again = kept.as_ref().and_then(|kept| kept.table(&criterion.id));
        for note in &criterion.notes {
            let again = again.as_ref().and_then(|again| reckoned(again, criterion, note));
            if let Some(said) = answer(&inner, note) {
                let path = format!("{}.{}", criterion.id, note.name);
                let answer = match (unproven.iter().any(|(named, _)| *named == path), again) {
                    (true, _) => Answer::Unproven(said),
                    (false, Some(kept)) => Answer::Partly { said, kept },
                    (false, None) => Answer::Value(said),
                };
                offer = offer.answer(&criterion.id, &note.name, answer);
            }
        }
        inner.finish();
        again.iter().for_each(Table::finish);
    }
    kept.iter().for_each(Table::finish);
    for (path, span) in unproven {
        let known = grid.notes().map(|(c, n)| format!("{}.{}", c.id, n.name)).collect::<Vec<_>>();
        if !known.contains(&path) {
            let help = reading::suggestion(&path, known.iter().map(String::as_str));
            table.report.add(span, format!("« {path} » n’est pas une note de ce lot"), help);
        }
    }
    table.finish();
    Some((grid.lot, offer))
}

/// An answer: an amount, a value in the unit of the note, or a level of the grid. A negative one is read: the rules say
/// what it is worth.
fn answer<'d>(table: &Table<'d, '_>, note: &'d LotNote) -> Option<Number> {
    match &note.rule {
        Rule::Relative { .. } => table.measure(&note.name, |text| signed(text, "€")),
        Rule::Line(line) => table.measure(&note.name, |text| signed(text, &line.unit)),
        Rule::Levels(levels) => {
            let value = table.measure(&note.name, |text| signed(text, "%"))?;
            let known = levels.iter().any(|(points, _)| Number::from_int(*points) == value);
            if !known {
                let words = levels.iter().map(|(points, _)| points.to_string()).collect::<Vec<_>>().join(", ");
                let message = format!("« {} » : ce niveau n’est pas de la grille", table.at(&note.name));
                table.report.add(table.span_of(&note.name), message, format!("niveaux : {words}"));
            }
            known.then_some(value)
        }
    }
}

/// What an evaluator keeps of an answer: a value reckoned again on its proofs, a null or negative amount that is justified.
fn reckoned<'d>(table: &Table<'d, '_>, criterion: &Criterion, note: &'d LotNote) -> Option<Number> {
    let value = answer(table, note)?;
    let help = match &note.rule {
        Rule::Line(_) => return Some(value),
        // A cost proven in part is reckoned again; a price is what it is.
        Rule::Relative { .. } if criterion.nature == CriterionNature::Cost => return Some(value),
        Rule::Relative { highest: false, .. } if !value.is_positive() => return Some(value),
        Rule::Relative { .. } => "portez le montant de l’offre ; seul un montant nul ou négatif, justifié, se retient",
        Rule::Levels(_) => "portez le niveau que les preuves atteignent",
    };
    let message = format!("« {} » : rien n’est à retenir à part", note.name);
    table.report.add(table.span_of(&note.name), message, help);
    None
}

fn signed(text: &str, unit: &str) -> Result<Number, QuantityError> {
    let text = text.trim();
    match text.strip_prefix(['-', '−']) {
        Some(rest) => Ok(&Number::zero() - &Quantity::parse(rest.trim(), unit)?.value),
        None => Ok(Quantity::parse(text, unit)?.value),
    }
}

/// A file of offers to fill, for the lots of a dossier.
pub(crate) fn model(grids: &[Grid]) -> String {
    let mut out = String::from(
        "# Une table [[offre]] par candidat et par lot. Une réponse absente se laisse en commentaire ; une valeur sans preuve se\n\
         # nomme dans non_justifie = [\"critere.note\"]. Une valeur justifiée en partie garde sa ligne, et la valeur recalculée se\n\
         # porte à retenu = { critere = { note = \"…\" } } ; de même un coût recalculé, ou un prix nul ou négatif que le candidat a justifié.\nformat = 1\n",
    );
    for grid in grids {
        out += "\n[[offre]]\ncandidat = \"…\"\n";
        if grids.len() > 1 {
            out += &format!("lot = {}\n", grid.lot);
        }
        for criterion in grid.criteria.iter().filter(|criterion| !criterion.notes.is_empty()) {
            out += &format!("\n[offre.{}]{}\n", criterion.id, points(criterion));
            for note in &criterion.notes {
                let (blank, meaning) = match &note.rule {
                    Rule::Relative { read, .. } => ("\"… €\"".to_owned(), read.clone()),
                    Rule::Line(line) => {
                        (format!("\"… {}\"", line.unit), format!("{}, {}", note.title, line.sense.word()))
                    }
                    Rule::Levels(levels) => {
                        let words = levels.iter().map(|(points, text)| format!("{points} {text}"));
                        ("…".to_owned(), format!("{} : {}", note.title, words.collect::<Vec<_>>().join(" ; ")))
                    }
                };
                out += &format!("# {} = {blank}    # {meaning}\n", note.name);
            }
        }
    }
    out
}

fn points(criterion: &Criterion) -> String {
    format!("    # {}, {} points", criterion.title, criterion.weight.french(2))
}
