//! Every value that a template may print, prepared as finished text.
//!
//! The names are those of the list in `names`; a test of this module compares the two.

mod everywhere;
mod figures;
mod role;
mod rows;

pub(crate) use crate::library::expression::Shown;
pub(crate) use rows::derogation_row;

use crate::base::quantity::{Hours, NBSP, Number, show_quantity};
use crate::base::terms::*;
use crate::document::{Role, Source};
use crate::dossier::consultation::Lot;
use crate::library::clause::{
    Clause, Criterion, HoursRule, Mode, Parameter, ParameterKind, Penalty, PenaltyObject, Value,
};
use crate::library::expression::{ExpressionError, Fields, Scope};
use crate::library::markup::Text;
use crate::library::names;
use crate::library::rich::{Mark, Pointed, Rich, verbatim};
use crate::resolution::facts::{self, Facts, HoursFacts, LinkFacts};
use crate::resolution::finding::Findings;
use crate::resolution::grid::price_form;
use crate::resolution::hours::HoursResult;
use crate::resolution::liaisons::{self, LotLiaisons};
use crate::resolution::phrases::{contract_forms, enumeration, per_unit, plain, plural, show};
use crate::resolution::select::{Selected, Setting};
use everywhere::everywhere;
use figures::volume;
use role::role;
use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

fn text(value: impl Into<Rich>) -> Shown {
    Shown::text(value)
}

fn or_empty<T: ToString>(value: Option<T>) -> Shown {
    text(value.map(|v| v.to_string()).unwrap_or_default())
}

/// Why a piece cannot be assembled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AssembleError {
    /// A text of the library cannot be rendered, or points nowhere. A sound library never gives it: the suite renders every
    /// clause.
    Library { file: String, message: String },
    /// The dossier asks for more text than its pieces may hold.
    TooLong,
}

impl AssembleError {
    /// A text of a file could not be rendered.
    pub(crate) fn of(file: &str, error: ExpressionError) -> Self {
        Self::Library { file: file.to_owned(), message: error.message }
    }
}

/// What resolution has found of a dossier.
#[derive(Clone, Copy)]
pub(crate) struct Known<'f, 'a> {
    pub(crate) facts: &'f Facts<'a>,
    pub(crate) liaisons: &'f [LotLiaisons],
    pub(crate) findings: &'f Findings,
}

/// Prepares contexts and rows; collects the questions of the values that remain to be confirmed or filled.
pub(crate) struct Values<'f, 'a> {
    pub(crate) facts: &'f Facts<'a>,
    liaisons: &'f [LotLiaisons],
    findings: &'f Findings,
    pub(crate) global: Global,
    /// Where the figures met so far come from, by address of the clause and of the name of the figure.
    sources: RefCell<BTreeMap<(usize, usize), Arc<Source>>>,
    /// What the weights of each lot do, once a row tells it.
    simulated: OnceCell<Vec<rows::Simulated>>,
    /// The rows that have been prepared, by set, with the fields that they have.
    rows: RefCell<BTreeMap<String, Prepared>>,
    /// The fields wanted of the rows being prepared; none for all of them.
    wanted: RefCell<Option<BTreeSet<Arc<str>>>>,
    /// Bytes that texts have yielded so far.
    yielded: Cell<usize>,
}

/// The rows of a set.
#[derive(Debug)]
struct Prepared {
    fields: BTreeSet<Arc<str>>,
    rows: Vec<Shown>,
}

/// The names known in every text, in alphabetical order.
#[derive(Debug, Default)]
pub(crate) struct Global(Vec<(Cow<'static, str>, Shown)>);

impl Scope for Global {
    fn value(&self, name: &str) -> Option<Shown> {
        let place = self.0.binary_search_by(|(known, _)| (**known).cmp(name)).ok()?;
        self.0.get(place).map(|(_, value)| value.clone())
    }
}

/// Those names, and a row of a set above them.
pub(crate) struct WithRow<'v> {
    global: &'v Global,
    row: &'v Shown,
}

impl Scope for WithRow<'_> {
    fn value(&self, name: &str) -> Option<Shown> {
        if name == "ligne" { Some(self.row.clone()) } else { self.global.value(name) }
    }
}

/// Most text that the pieces of one dossier may hold, in bytes: a thousand pages.
const MAX_PIECES: usize = 8 * 1024 * 1024;

impl<'f, 'a> Values<'f, 'a> {
    pub(crate) fn new(Known { facts, liaisons, findings }: Known<'f, 'a>) -> Self {
        let mut values = Self {
            facts,
            liaisons,
            findings,
            global: Global::default(),
            sources: RefCell::default(),
            simulated: OnceCell::new(),
            rows: RefCell::default(),
            wanted: RefCell::default(),
            yielded: Cell::default(),
        };
        let mut names = everywhere(facts);
        names.push(("plafond_general".into(), values.general_ceiling()));
        let ceilings = || liaisons.iter().filter_map(|lot| Some((lot.duty.as_ref()?, lot.ceiling.as_ref()?)));
        let whole = ceilings().all(|(duty, ceiling)| ceiling.amount >= duty.exposure());
        names.push(("plafonds_lies".into(), Shown::from(ceilings().next().is_some())));
        names.push(("plafonds_entiers".into(), Shown::from(whole)));
        names.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        values.global = Global(names);
        values
    }

    /// The names known everywhere, and a row.
    pub(crate) fn with_row<'v>(&'v self, row: &'v Shown) -> WithRow<'v> {
        WithRow { global: &self.global, row }
    }

    /// Renders a text of a file; the pieces of a dossier are bounded together.
    ///
    /// # Errors
    /// [`AssembleError`] when the text cannot be rendered, or when too much has been.
    pub(crate) fn render(
        &self,
        file: impl Fn() -> String,
        text: &Text,
        scope: &dyn Scope,
    ) -> Result<Rich, AssembleError> {
        let text = text.render(scope).map_err(|error| AssembleError::of(&file(), error))?;
        self.yielded.set(self.yielded.get() + text.len());
        if self.yielded.get() > MAX_PIECES {
            return Err(AssembleError::TooLong);
        }
        Ok(text)
    }

    /// A computed figure of a clause, with where it comes from.
    fn figure(&self, clause: &'a Clause, list: &[names::Name], name: &str, figure: Shown) -> Shown {
        let name = list.iter().map(|(known, _)| *known).find(|known| *known == name);
        match (name, &figure) {
            (Some(name), Shown::Text(printed)) if !printed.is_empty() => {
                let mut known = self.sources.borrow_mut();
                let place = (std::ptr::from_ref(clause).addr(), name.as_ptr().addr());
                let source = known.entry(place).or_insert_with(|| source(clause, name));
                text(Rich::clone(printed).within(Mark::Value(Arc::clone(source))))
            }
            _ => figure,
        }
    }

    /// A parameter as a template sees it.
    fn parameter(&self, selected: &Selected<'a>, lot: u32, name: &str) -> Shown {
        let Some(parameter) = selected.clause.parameter(name) else { return Shown::from(false) };
        let shown = |printed: Rich, word: Option<&str>| {
            let printed = sourced(selected.clause, parameter, printed);
            word.map_or_else(|| text(printed.clone()), |word| Shown::Choice(Arc::new(printed.clone()), word.into()))
        };
        fn choice(value: &Value) -> Option<&str> {
            match value {
                Value::Choice(word) => Some(word),
                _ => None,
            }
        }
        match selected.setting(lot, name) {
            Some(Setting::Given(Value::Flag(flag)) | Setting::Default(Value::Flag(flag))) => Shown::from(*flag),
            Some(Setting::Given(value)) => shown(show(value, &parameter.kind).into(), choice(value)),
            Some(Setting::Default(value)) => {
                // A default is the library's own text, set like the rest; what the buyer writes stays verbatim.
                shown(confirm(&parameter.question, plain(value, &parameter.kind)), choice(value))
            }
            Some(Setting::Missing) => {
                // A choice not made is none of the words that a text may test.
                let word = matches!(parameter.kind, ParameterKind::Choice(_)).then_some("");
                shown(Rich::missing(&*parameter.question), word)
            }
            Some(Setting::Absent) | None => match self.left_out(selected, lot, name) {
                Some(value) => shown(confirm(&parameter.question, value), None),
                None => Shown::from(false),
            },
        }
    }

    /// What a parameter of a liaison that the dossier leaves out amounts to.
    fn left_out(&self, selected: &Selected<'a>, lot: u32, name: &str) -> Option<String> {
        liaisons::left_out(self.facts, self.liaisons, lot, &selected.clause.id, name)
    }

    /// The names of some texts of a clause, with their values on a lot: what none of them prints is not prepared.
    pub(crate) fn bind<'t>(
        &self,
        selected: &Selected<'a>,
        lot: u32,
        texts: impl IntoIterator<Item = &'t Text>,
    ) -> Fields<Arc<str>> {
        let mut fields: Vec<(Arc<str>, Shown)> = Vec::new();
        for name in texts.into_iter().flat_map(Text::names) {
            if !fields.iter().any(|(known, _)| known == name) {
                fields.extend(self.named(selected, lot, name).map(|value| (Arc::clone(name), value)));
            }
        }
        Fields(fields)
    }

    /// What a name stands for in the texts of a clause on a lot.
    fn named(&self, selected: &Selected<'a>, lot: u32, name: &str) -> Option<Shown> {
        let consultation = self.facts.consultation;
        let lot_of_dossier = || consultation.lots.get(&lot);
        let partner = |side: fn(&(&'a str, &'a str)) -> &'a str| {
            let partner = selected.pairs.get(&lot).and_then(|pair| self.facts.selection.get(side(pair)));
            partner.map(|partner| Shown::record(self.own(partner, lot)))
        };
        let found = match name {
            "lots" => Some(text(Rich::lots(0))),
            "le_lot" => Some(text(Rich::lots(1))),
            "du_lot" => Some(text(Rich::lots(2))),
            "au_lot" => Some(text(Rich::lots(3))),
            "lot_intitule" => lot_of_dossier().map(|lot| text(verbatim(&lot.title))),
            "lot_montant" => lot_of_dossier().map(|lot| text(lot.amount.to_string())),
            "lot_duree" => {
                let duration = |lot: &Lot| text(lot.duration.as_ref().unwrap_or(&consultation.duration).to_string());
                lot_of_dossier().map(duration)
            }
            "social" => partner(|(social, _)| social),
            "environnement" => partner(|(_, environment)| environment),
            _ => None,
        };
        let of_link = || {
            let mut links = self.facts.links.iter();
            let link = links.find(|link| link.clause.id == selected.clause.id && link.lot == lot);
            let found = link.and_then(|link| self.link(link, name));
            found.map(|found| self.figure(selected.clause, names::LIAISON, name, found))
        };
        let of_hours = || {
            let found = selected.clause.hours().and_then(|_| self.hours(lot, name));
            found.map(|found| self.figure(selected.clause, names::HOURS, name, found))
        };
        let parameter = || selected.clause.parameter(name).map(|_| self.parameter(selected, lot, name));
        found.or_else(of_link).or_else(of_hours).or_else(parameter).or_else(|| self.global.value(name))
    }

    /// Parameters and hours of a clause on a lot.
    fn own(&self, selected: &Selected<'a>, lot: u32) -> Fields<Cow<'static, str>> {
        let hours = selected.clause.hours().into_iter().flat_map(|_| names::HOURS).map(|(name, _)| *name);
        let hours = hours.filter_map(|name| {
            let figure = self.figure(selected.clause, names::HOURS, name, self.hours(lot, name)?);
            Some((Cow::Borrowed(name), figure))
        });
        let parameters = selected.clause.parameters.iter();
        let parameters = parameters.map(|p| (Cow::Owned(p.name.clone()), self.parameter(selected, lot, &p.name)));
        // The first of a name is found: a computed figure stands before a parameter.
        Fields(hours.chain(parameters).collect())
    }

    /// The rows of a set, for the texts of a trame: what none of them prints is not prepared.
    ///
    /// # Errors
    /// [`AssembleError`] when the text of a clause cannot be rendered.
    pub(crate) fn rows<'t>(
        &self,
        set: &str,
        texts: impl IntoIterator<Item = &'t Text>,
    ) -> Result<Vec<Shown>, AssembleError> {
        let mut fields: BTreeSet<Arc<str>> = texts.into_iter().flat_map(Text::row_fields).cloned().collect();
        if let Some(known) = self.rows.borrow().get(set) {
            if fields.is_subset(&known.fields) {
                return Ok(known.rows.clone());
            }
            fields.extend(known.fields.iter().cloned());
        }
        self.wanted.replace(Some(fields.clone()));
        let rows: Vec<Shown> = self.prepare(set)?.into_iter().map(Shown::record).collect();
        self.rows.borrow_mut().insert(set.to_owned(), Prepared { fields, rows: rows.clone() });
        Ok(rows)
    }

    /// True when a field of the rows being prepared is wanted.
    fn wants(&self, field: &str) -> bool {
        self.wanted.borrow().as_ref().is_none_or(|wanted| wanted.contains(field))
    }
}

/// Where a value of a clause comes from.
fn source(clause: &Clause, name: &str) -> Arc<Source> {
    Arc::new(Source { clause: clause.id.clone(), name: name.to_owned(), role: role(clause, name) })
}

/// A value of a parameter, with where it comes from: every dossier has the same.
fn sourced(clause: &Clause, parameter: &Parameter, value: Rich) -> Rich {
    let source = parameter.printed.get_or_init(|| source(clause, &parameter.name));
    value.within(Mark::Value(Arc::clone(source)))
}

/// A value that the buyer has not given, marked for him to confirm.
fn confirm(question: &str, value: impl Into<Rich>) -> Rich {
    value.into().within(Mark::ToConfirm(question.into()))
}

/// A reference to an article.
pub(crate) fn article(anchor: &str) -> Rich {
    Rich::reference(Pointed::Article(anchor.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::consultation::Consultation;
    use crate::library::Library;
    use crate::library::names;

    const SCHOOL: &str = include_str!("../../../../examples/ecole-rehabilitation/dossier.toml");

    /// The names of a list that a context does not hold.
    fn missing(value: impl Fn(&str) -> Option<Shown>, list: &[names::Name]) -> Vec<&'static str> {
        list.iter().map(|(name, _)| *name).filter(|name| value(name).is_none()).collect()
    }

    #[test]
    fn every_name_of_the_list_has_its_value() {
        let consultation = Consultation::from_toml(SCHOOL).unwrap();
        let facts = Facts::new(Library::embedded(), &consultation);
        let findings = Findings::default();
        let liaisons = liaisons::of(&facts);
        let values = Values::new(Known { facts: &facts, liaisons: &liaisons, findings: &findings });
        assert_eq!(missing(|name| values.global.value(name), names::GLOBAL), [""; 0]);
        for selected in &facts.selection.clauses {
            let unnamed = |list: &[names::Name]| -> Vec<&str> {
                let names = list.iter().map(|(name, _)| *name);
                names.filter(|name| values.named(selected, selected.lots[0], name).is_none()).collect()
            };
            assert_eq!(unnamed(names::SECTION), [""; 0]);
            if selected.clause.hours().is_some() {
                assert_eq!(unnamed(names::HOURS), [""; 0]);
            }
            if selected.clause.kind() == Kind::Liaison {
                assert_eq!(unnamed(names::LIAISON), [""; 0]);
            }
        }
        for (set, _, fields) in names::ROWS {
            for row in values.prepare(set).unwrap() {
                assert_eq!(missing(|name| row.value(name), fields), [""; 0], "{set}");
            }
        }
        assert!(!values.prepare("volumes").unwrap().is_empty() && !values.prepare("liaisons").unwrap().is_empty());
    }
}
