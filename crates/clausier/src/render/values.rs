//! Every value that a template may print, prepared as finished text.
//!
//! The names are those of the list in `names`; a test of this module compares the two.

mod rows;

pub(crate) use crate::library::expression::Shown;
pub(crate) use rows::derogation_row;

use crate::base::quantity::{Hours, NBSP, Number, show_quantity};
use crate::base::terms::*;
use crate::document::{Role, Source};
use crate::dossier::consultation::Lot;
use crate::library::clause::{Clause, Criterion, HoursRule, Mode, ParameterKind, Penalty, PenaltyObject, Value};
use crate::library::expression::{ExpressionError, Fields, Scope};
use crate::library::markup::Text;
use crate::library::names;
use crate::library::rich::{Mark, Rich, Target, verbatim};
use crate::resolution::facts::{self, Facts, HoursFacts, LinkFacts};
use crate::resolution::finding::Findings;
use crate::resolution::grid::price_form;
use crate::resolution::hours::HoursResult;
use crate::resolution::liaisons::{self, LotLiaisons};
use crate::resolution::phrases::{contract_forms, enumeration, per_unit, plain, plural, show};
use crate::resolution::select::{Selected, Setting};
use crate::resolution::simulation::Simulation;
use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

fn text(value: impl Into<Rich>) -> Shown {
    Shown::text(value)
}

fn or_empty<T: ToString>(value: Option<T>) -> Shown {
    text(value.map(|v| v.to_string()).unwrap_or_default())
}

/// Why a piece cannot be assembled. A sound library never gives one: the suite renders every clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AssembleError {
    pub(crate) file: String,
    pub(crate) message: String,
}

impl AssembleError {
    /// A text of a file could not be rendered.
    pub(crate) fn of(file: &str, error: ExpressionError) -> Self {
        Self { file: file.to_owned(), message: error.message }
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
    /// Where the values met so far come from, by address of the clause and of the name of the value.
    sources: RefCell<BTreeMap<(usize, usize), Arc<Source>>>,
    /// What the weights of each lot do, once a row tells it.
    simulated: OnceCell<Vec<Simulation>>,
    /// The rows that have been prepared, by set.
    rows: RefCell<BTreeMap<String, Vec<Shown>>>,
    /// Bytes that texts have yielded so far.
    yielded: Cell<usize>,
}

/// The names known in every text.
#[derive(Debug, Default)]
pub(crate) struct Global(BTreeMap<String, Shown>);

impl Scope for Global {
    fn value(&self, name: &str) -> Option<Shown> {
        self.0.get(name).cloned()
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
            yielded: Cell::default(),
        };
        let mut names = everywhere(facts);
        names.insert("plafond_general".to_owned(), values.general_ceiling());
        let ceilings = || liaisons.iter().filter_map(|lot| Some((lot.duty.as_ref()?, lot.ceiling.as_ref()?)));
        let whole = ceilings().all(|(duty, ceiling)| ceiling.amount >= duty.exposure());
        names.insert("plafonds_lies".to_owned(), Shown::from(ceilings().next().is_some()));
        names.insert("plafonds_entiers".to_owned(), Shown::from(whole));
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
        let failed = |message| AssembleError { file: file(), message };
        let text = text.render(scope).map_err(|error| failed(error.message))?;
        self.yielded.set(self.yielded.get() + text.len());
        if self.yielded.get() > MAX_PIECES {
            return Err(failed("les pièces de ce dossier dépassent 8 Mio de texte".to_owned()));
        }
        Ok(text)
    }

    /// A value of a clause, with where it comes from.
    fn sourced(&self, clause: &'a Clause, name: &'a str, value: Rich) -> Rich {
        let mut known = self.sources.borrow_mut();
        let source = known.entry((std::ptr::from_ref(clause).addr(), name.as_ptr().addr())).or_insert_with(|| {
            Arc::new(Source { clause: clause.id.clone(), name: name.to_owned(), role: role(clause, name) })
        });
        value.within(Mark::Value(Arc::clone(source)))
    }

    /// A computed figure of a clause, with where it comes from.
    fn figure(&self, clause: &'a Clause, list: &[names::Name], name: &str, figure: Shown) -> Shown {
        let name = list.iter().map(|(known, _)| *known).find(|known| *known == name);
        match (name, &figure) {
            (Some(name), Shown::Text(printed)) if !printed.is_empty() => {
                text(self.sourced(clause, name, Rich::clone(printed)))
            }
            _ => figure,
        }
    }

    /// A parameter as a template sees it.
    fn parameter(&self, selected: &Selected<'a>, lot: u32, name: &str) -> Shown {
        let Some(parameter) = selected.clause.parameter(name) else { return Shown::from(false) };
        let shown = |printed: Rich, word: Option<&str>| {
            let printed = self.sourced(selected.clause, &parameter.name, printed);
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

    /// A figure of the insertion hours of a lot.
    fn hours(&self, lot: u32, name: &str) -> Option<Shown> {
        let hours = self.facts.hours.get(&lot);
        let result = hours.and_then(|hours| hours.result.as_ref().ok());
        let missing = || Rich::missing("Quel volume d’heures d’insertion ?");
        let figure =
            |figure: fn(&HoursResult) -> String| text(result.map_or_else(missing, |result| figure(result).into()));
        Some(match name {
            "heures" => match hours.zip(result) {
                Some((hours, result)) => text(volume(hours, result.rounded.to_string())),
                None => text(missing()),
            },
            "heures_jours" => figure(|result| plural(&result.equivalents.days, "jour", 1)),
            "heures_etp" => figure(|result| result.equivalents.fte.french(2)),
            "heures_periodes" => or_empty(result.map(|result| self.periods(lot, result))),
            "heures_estimatif" => Shown::from(hours.is_some_and(|hours| hours.estimated)),
            _ => return None,
        })
    }

    /// « 175 heures par période », « 425 heures pour la tranche ferme et 60 heures pour la tranche optionnelle 1 ».
    fn periods(&self, lot: u32, result: &HoursResult) -> String {
        let lot = self.facts.consultation.lots.get(&lot).filter(|lot| !lot.tranches.is_empty());
        if let Some(lot) = lot {
            let tranches = self.facts.consultation.periods(lot);
            let parts = result.per_period.iter().zip(tranches);
            return enumeration(parts.map(|(hours, tranche)| format!("{hours} pour la {}", tranche.name)));
        }
        match result.per_period.as_slice() {
            [] | [_] => String::new(),
            [first, rest @ ..] if rest.iter().all(|h| h == first) => format!("{first} par période"),
            [head @ .., last] => {
                let same = head.windows(2).all(|w| w[0] == w[1]);
                match (same, head.first()) {
                    (true, Some(first)) => format!("{first} par période et {last} la dernière"),
                    _ => enumeration(result.per_period.iter().map(ToString::to_string)),
                }
            }
        }
    }

    /// A figure of a liaison on a lot; to confirm when one of the values from which it comes is.
    fn link(&self, link: &LinkFacts<'a>, name: &str) -> Option<Shown> {
        Some(self.unconfirmed(link, name, self.link_figure(link, name)?))
    }

    /// The same figure, marked when one of the values from which it comes is still the library's own.
    fn unconfirmed(&self, link: &LinkFacts<'a>, name: &str, found: Shown) -> Shown {
        let (liaison, measure) = (link.clause.id.as_str(), link.environment.id.as_str());
        let owed = || link.environment.penalties.iter().find(|p| p.object == PenaltyObject::Result);
        let sources: &[(&str, &str)] = match name {
            "heures_liees" => &[(liaison, "affectation")],
            "formation" => &[(liaison, "formation_heures"), (liaison, "formation_personnes")],
            "personnes" => &[(liaison, "formation_personnes")],
            "rapprochement" => &[(liaison, "ratio")],
            "quantite" => match link.environment.measure() {
                Some(name) => &[(measure, name)],
                None => &[],
            },
            "penalite_resultat" => &[(measure, owed().map_or("", |penalty| penalty.amount.as_str()))],
            _ => &[],
        };
        let printed = match &found {
            Shown::Text(printed) if !printed.is_empty() => Some(printed),
            _ => None,
        };
        let confirmed = |question: &str, printed: &Arc<Rich>| {
            Shown::Choice(Arc::new(confirm(question, Rich::clone(printed))), printed.plain().into())
        };
        let question = sources.iter().find_map(|(id, name)| self.question_left(id, link.lot, name));
        match (printed, question) {
            // What is reckoned from a default does not answer its question.
            (Some(printed), Some(question)) if matches!(name, "heures_liees" | "formation") => {
                let question = format!("{question} (le nombre imprimé s’en calcule)");
                confirmed(&question, printed)
            }
            (Some(printed), Some(question)) => confirmed(question, printed),
            _ => found,
        }
    }

    /// The question of a parameter whose value on a lot is still the library's own.
    fn question_left(&self, id: &str, lot: u32, name: &str) -> Option<&'a str> {
        let selected = self.facts.selection.get(id)?;
        match selected.setting(lot, name)? {
            Setting::Default(_) => selected.clause.parameter(name).map(|parameter| parameter.question.as_str()),
            _ => None,
        }
    }

    fn link_figure(&self, link: &LinkFacts<'a>, name: &str) -> Option<Shown> {
        let declared = link.clause.link();
        let training = Hours(link.training.clone());
        Some(match name {
            "heures" => or_empty(link.hours.as_ref()),
            "heures_liees" => or_empty(link.linked()),
            "formation" => or_empty(Some(training).filter(|hours| hours.0.is_positive())),
            "quantite" => or_empty(link.quantity.as_ref().map(show_quantity)),
            "manque" => or_empty(link.lacking()),
            "taches" => text(enumeration(declared?.tasks.iter().cloned())),
            "exclusions" => text(declared?.exclusions.join(" ; ")),
            // Only a draft is rendered without a ratio that its liaison needs.
            "rapprochement" => match (&link.ratio, link.clause.parameter("ratio")) {
                (None, Some(ratio)) if !ratio.optional => text(Rich::missing(&*ratio.question)),
                (ratio, _) => or_empty(ratio.as_ref().map(show_quantity)),
            },
            "plafond" => {
                let lot = self.liaisons.iter().find(|lot| lot.lot == link.lot);
                or_empty(lot.and_then(|lot| lot.duty.as_ref()?.ceiling.as_ref()))
            }
            "penalite_heure" => or_empty(link.penalty_hour.as_ref().map(|amount| per_unit(amount, "heure"))),
            "penalite_resultat" => or_empty(link.penalty_result.as_ref().map(|(amount, unit)| per_unit(amount, unit))),
            _ => return None,
        })
    }

    /// The rows of a set, for a trame.
    ///
    /// # Errors
    /// [`AssembleError`] when the text of a clause cannot be rendered.
    pub(crate) fn rows(&self, set: &str) -> Result<Vec<Shown>, AssembleError> {
        if let Some(known) = self.rows.borrow().get(set) {
            return Ok(known.clone());
        }
        let rows: Vec<Shown> = self.prepare(set)?.into_iter().map(Shown::record).collect();
        self.rows.borrow_mut().insert(set.to_owned(), rows.clone());
        Ok(rows)
    }

    /// The general ceiling of penalties: what a clause gives, or the one that the register proposes, to be confirmed.
    fn general_ceiling(&self) -> Shown {
        if let Some((selected, lot, _)) = self.facts.general_ceilings().into_iter().next() {
            return self.parameter(selected, lot, facts::CEILING);
        }
        let proposed = self.facts.law.parameter("plafond-penalites").ok();
        proposed.map_or_else(|| text(""), |value| text(confirm("Quel plafond pour les pénalités ?", value.to_string())))
    }
}

/// A value that the buyer has not given, marked for him to confirm.
fn confirm(question: &str, value: impl Into<Rich>) -> Rich {
    value.into().within(Mark::ToConfirm(question.into()))
}

/// A reference to an article.
pub(crate) fn article(anchor: &str) -> Rich {
    Rich::reference(Target::Article(anchor.to_owned()))
}

/// A volume of hours, marked when a factor of it comes from a usage that the buyer has not confirmed.
fn volume(hours: &HoursFacts<'_>, printed: String) -> Rich {
    match hours.to_confirm {
        true => confirm("Quel volume d’heures, une fois ses facteurs confirmés ?", printed),
        false => printed.into(),
    }
}

/// What a value of a clause does in the contract.
fn role(clause: &Clause, name: &str) -> Role {
    let penalty = |penalty: &Penalty| penalty.amount == name;
    let ceiling = name == "plafond_penalites" || (clause.kind() == Kind::Liaison && name == "plafond");
    if clause.penalties.iter().any(penalty) || name.starts_with("penalite") || ceiling {
        return Role::Penalty;
    }
    let of_hours = match clause.hours() {
        Some(HoursRule::Computed { rate, volume, .. }) => rate == name || volume.as_deref() == Some(name),
        Some(HoursRule::Tranche { hours, .. }) => hours == name,
        Some(HoursRule::Given { volume }) => volume == name,
        None => false,
    };
    let Some(parameter) = clause.parameter(name) else {
        let owed = matches!(name, "heures" | "heures_periodes" | "heures_liees" | "quantite");
        return if owed { Role::Commitment } else { Role::Number };
    };
    match parameter.kind {
        ParameterKind::Date | ParameterKind::Duration => Role::Deadline,
        ParameterKind::Text | ParameterKind::List | ParameterKind::Choice(_) | ParameterKind::Flag => Role::Words,
        _ => {
            let targets = clause.indicators.iter().map(|indicator| indicator.target.written());
            let targeted = targets.filter(|target| target.contains(name)).find_map(|target| targeted(target, name));
            let owed = of_hours || clause.measure() == Some(name);
            targeted.unwrap_or(if owed { Role::Commitment } else { Role::Number })
        }
    }
}

/// What a value does in a target that prints it: it bounds what is owed when the nearest words of its part of the target, those
/// that follow first, say « au plus ».
fn targeted(target: &str, name: &str) -> Option<Role> {
    let printed =
        |part: &&str| part.split("{{").skip(1).any(|rest| rest.split("}}").next().unwrap_or_default().trim() == name);
    let part = target.split(" ; ").find(printed)?;
    let at = part.match_indices("{{").map(|(at, _)| at).find(|at| {
        part.get(at + 2..).and_then(|rest| rest.split("}}").next()).is_some_and(|inner| inner.trim() == name)
    })?;
    let (before, after) = part.split_at(at);
    let nearest = |text: &str, last: bool| {
        let place = |words: &str| if last { text.rfind(words) } else { text.find(words) };
        match (place("au plus"), place("au moins")) {
            (Some(most), Some(least)) => Some((most > least) == last),
            (most, least) => most.or(least).map(|_| most.is_some()),
        }
    };
    let limit = nearest(after, false).or_else(|| nearest(before, true)) == Some(true);
    Some(if limit { Role::Limit } else { Role::Commitment })
}

/// The names known in every text.
fn everywhere(facts: &Facts<'_>) -> BTreeMap<String, Shown> {
    let c = facts.consultation;
    let works = c.nature == ContractNature::Works || c.ccag == Ccag::ProjectManagement;
    let buyer = match c.form {
        ContractForm::Concession => ["l’autorité concédante", "de l’autorité concédante", "à l’autorité concédante"],
        _ if works => ["le maître d’ouvrage", "du maître d’ouvrage", "au maître d’ouvrage"],
        _ => ["l’acheteur", "de l’acheteur", "à l’acheteur"],
    };
    let contractor = match (c.form, c.ccag) {
        (ContractForm::Concession, _) => "concessionnaire",
        (_, Ccag::ProjectManagement) => "maître d’œuvre",
        _ => "titulaire",
    };
    let contract = contract_forms(c.form);
    let facilitator = match c.facilitator {
        Some(_) => ["le facilitateur", "du facilitateur", "au facilitateur"],
        None => buyer,
    };
    let contact = c.facilitator.as_ref().map(|f| {
        // A number is not cut at the end of a line.
        let telephone = f.telephone.trim().replace(' ', &NBSP.to_string());
        let parts = [&f.structure, &f.service, &telephone, &f.email];
        let parts = parts.into_iter().filter(|p| !p.trim().is_empty()).map(|p| verbatim(p));
        parts.collect::<Vec<_>>().join(", ")
    });
    let mechanism = |wanted: Mechanism| {
        Shown::from(facts.links.iter().any(|l| l.clause.link().is_some_and(|link| link.has(wanted))))
    };
    let volumes: Vec<&HoursResult> = facts.hours.values().filter_map(|h| h.result.as_ref().ok()).collect();
    let total: Number = volumes.iter().map(|r| r.rounded.0.clone()).sum();
    let grouping = match c.grouping {
        Grouping::Free => "",
        Grouping::JointWithLeader => "conjoint avec mandataire solidaire",
        Grouping::Joint => "conjoint",
        Grouping::Several => "solidaire",
    };
    let derogations = c.layout.get(&Piece::Ccap).map(|l| l.derogations.clone()).unwrap_or_default();
    let social_criterion = facts.selection.criteria.iter().any(|chosen| chosen.criterion.is_social());
    let criteria = || facts.selection.criteria.iter().map(|chosen| chosen.criterion);
    let judged = |wanted: &dyn Fn(&Criterion) -> bool| criteria().any(wanted);
    let form = price_form(c);
    let priced = |criterion: &Criterion| criterion.is_price() || criterion.is_cost();
    let frames =
        [(Piece::PriceFrame, judged(&priced)), (Piece::ResponseFrame, judged(&|criterion| !priced(criterion)))];
    let there = |(piece, judged): &(Piece, bool)| *judged || !rows::frame_titles(facts, *piece).is_empty();
    let frames = frames.into_iter().filter(there).map(|(piece, _)| piece.label().to_owned());
    let frames = enumeration(frames);
    let noted = || {
        let kept = facts.selection.criteria.iter().filter(|chosen| chosen.choice.method.trim().is_empty());
        kept.flat_map(|chosen| &chosen.criterion.notes)
    };
    let engaged = || noted().filter(|note| note.scale().is_some_and(|scale| scale.engaged));
    let months = c.total_months();
    let whole_duration =
        if months.is_whole() { format!("{}{NBSP}mois", months.french(0)) } else { c.duration.to_string() };
    let mut lacking: Vec<String> = Vec::new();
    let counted = facts.links.iter().filter(|link| link.assigned.is_some() && link.ratio.is_some());
    for fact in counted.filter_map(LinkFacts::lacking) {
        if lacking.iter().all(|known| known != fact) {
            lacking.push(fact.to_owned());
        }
    }
    let mut names = BTreeMap::from(
        [
            ("manques_lies", text(lacking.join(" ou "))),
            ("cadres", text(frames)),
            ("tableaux_suivi", text(rows::frame_titles(facts, Piece::FollowUpFrame))),
            ("acheteur_nom", text(verbatim(&c.buyer.name))),
            ("l_acheteur", text(buyer[0])),
            ("de_l_acheteur", text(buyer[1])),
            ("a_l_acheteur", text(buyer[2])),
            ("titulaire", text(contractor)),
            ("objet", text(verbatim(&c.object))),
            ("reference", text(verbatim(&c.reference))),
            ("contrat", text(contract[0])),
            ("le_contrat", text(contract[1])),
            ("du_contrat", text(contract[2])),
            ("lancement", text(c.launch.to_string())),
            ("attributaires", text(c.holders.to_string())),
            ("duree", text(c.duration.to_string())),
            ("duree_totale", text(whole_duration)),
            ("nombre_reconductions", text(c.renewals.as_ref().map_or(0, |r| r.count).to_string())),
            ("montant_estime", text(c.estimated_value.to_string())),
            ("territoire", text(c.territory.map(Territory::label).unwrap_or_default())),
            ("reserve_du_territoire", text(facts.local_reserve().unwrap_or_default())),
            ("ccap", text(c.admin_piece.label())),
            ("ccag", or_empty(c.ccag.label())),
            ("facilitateur_coordonnees", or_empty(contact)),
            ("le_facilitateur", text(facilitator[0])),
            ("du_facilitateur", text(facilitator[1])),
            ("au_facilitateur", text(facilitator[2])),
            ("groupement", text(grouping)),
            ("volume_total", text(Hours(total).to_string())),
            ("article_derogations", text(derogations)),
        ]
        .map(|(name, value)| (name.to_owned(), value)),
    );
    let penalties = || facts.selection.clauses.iter().flat_map(|s| s.clause.penalties.iter().map(move |p| (s, p)));
    let flags = [
        ("reconductions", c.renewals.is_some()),
        ("travaux", c.nature == ContractNature::Works),
        ("fournitures", c.nature == ContractNature::Supplies),
        ("services", c.nature == ContractNature::Services),
        ("alloti", c.has_lots()),
        ("accord_cadre", c.form == ContractForm::Framework),
        ("bons_de_commande", c.execution != Execution::Fixed),
        ("marches_subsequents", c.execution == Execution::Subsequent),
        ("plusieurs_titulaires", c.holders > 1),
        ("concession", c.form == ContractForm::Concession),
        ("formalisee", c.procedure == Procedure::Formal),
        ("defense", c.regime == Regime::Defence),
        ("outre_mer", c.overseas),
        ("avec_ccag", c.ccag != Ccag::None),
        ("ccag_travaux", c.ccag == Ccag::Works),
        ("ccag_moe", c.ccag == Ccag::ProjectManagement),
        ("facilitateur", c.facilitator.is_some()),
        ("insertion", facts.selection.clauses.iter().any(|s| s.clause.hours().is_some())),
        ("social", facts.selection.clauses.iter().any(|s| s.clause.kind() == Kind::Social)),
        ("engagement_social", facts.selection.clauses.iter().any(|s| s.clause.is_social_commitment())),
        ("environnement", facts.selection.clauses.iter().any(|s| s.clause.kind() == Kind::Environment)),
        ("liaison", !facts.links.is_empty()),
        ("liaisons_multiples", facts.links.len() > 1),
        ("liaison_calculee", facts.links.iter().any(|l| l.quantity.is_some() && l.ratio.is_some())),
        ("liaisons_differentes", facts.links.windows(2).any(|pair| pair[0].clause.id != pair[1].clause.id)),
        ("formation_liee", facts.links.iter().any(|l| l.assigned.is_some() && l.training.is_positive())),
        ("irreparable", penalties().any(|(_, penalty)| penalty.irreparable)),
        ("recurrente", penalties().any(|(_, penalty)| penalty.recurring)),
        (
            "par_jour",
            penalties().any(|(s, penalty)| s.clause.kind() == Kind::Environment && penalty.unit.starts_with("jour")),
        ),
        ("prix_propre", facts.links.iter().any(|l| l.unit_price.is_some())),
        ("reservation", c.lots.values().any(|l| !l.reserved_to.is_empty())),
        ("criteres", !c.criteria.is_empty()),
        ("critere_insertion", social_criterion),
        ("tableaux_de_calcul", judged(&|criterion| !priced(criterion) && criterion.frame.is_some())),
        ("critere_environnemental", judged(&|criterion| criterion.is_environmental())),
        (
            "plusieurs_criteres_environnementaux",
            criteria().filter(|criterion| criterion.is_environmental()).count() > 1,
        ),
        ("note_prix", judged(&|criterion| criterion.is_price())),
        ("cout_global", judged(&|criterion| criterion.is_cost() && criterion.life_cycle)),
        ("cout_usage", judged(&|criterion| criterion.is_cost() && !criterion.life_cycle)),
        ("prix_unitaires", form == PriceForm::Unit),
        ("prix_mixte", form == PriceForm::Mixed),
        ("prix_tarif", form == PriceForm::Tariff),
        ("prix_redevance", form == PriceForm::Fee),
        ("valeurs_engagees", engaged().next().is_some()),
        ("valeurs_propres", engaged().any(|note| note.raises().is_none())),
        ("niveaux_notes", noted().any(|note| matches!(note.mode, Mode::Levels(_)))),
        ("moyens_notes", noted().any(|note| note.means.is_some())),
        ("volume_estimatif", facts.hours.values().any(|h| h.estimated)),
        ("tous_les_lots_inseres", facts.hours.len() == c.lots.len()),
        ("periodes", volumes.iter().any(|r| r.per_period.len() > 1)),
        ("tranches", c.lots.values().any(|lot| !lot.tranches.is_empty())),
        ("supplements", c.lots.values().any(|lot| !lot.supplements.is_empty())),
        ("environnement_obligatoire", facts.duties.environment),
        ("social_obligatoire", facts.duties.social),
        ("environnement_incertain", facts.duties.renewable),
        ("seuil_inconnu", facts.duties.social_in_law && facts.duties.threshold.is_none()),
        ("social_incertain", facts.social_duty_is_doubtful()),
        ("critere_obligatoire", facts.duties.criterion),
        ("energie_obligatoire", facts.duties.energy),
        ("energie_incertaine", facts.duties.energy_uncertain),
        ("cout_salarial", c.lots.values().any(|l| l.labour.as_ref().is_some_and(|l| l.wage_cost))),
    ];
    names.extend(flags.map(|(name, flag)| (name.to_owned(), Shown::from(flag))));
    names.extend(Mechanism::all().map(|m| (m.word().replace('-', "_"), mechanism(m))));
    names
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
            for row in values.rows(set).unwrap() {
                assert_eq!(missing(|name| row.get(name), fields), [""; 0], "{set}");
            }
        }
        assert!(!values.rows("volumes").unwrap().is_empty() && !values.rows("liaisons").unwrap().is_empty());
    }
}
