//! Which clauses apply to which lot, with their parameters resolved.
//!
//! Nothing fails here: what is wrong with a choice is kept as a [`Fault`], which a check turns into a finding.

use crate::base::terms::{Kind, Vocabulary};
use crate::dossier::consultation::{Choice, Chosen, CriterionChoice, Given, OwnCriterion, Raw};
use crate::dossier::renaming;
use crate::file::edit::Edit;
use crate::file::reading::nearest;
use crate::library::Library;
use crate::library::clause::{
    self, Bound, Clause, Criterion, HoursRule, Lines, Parameter, ParameterKind, Value, ValueError, ties,
};
use crate::library::marking::NONE_AT;
use std::collections::BTreeMap;

/// The chosen clauses, in the order: nature, then dossier.
#[derive(Debug)]
pub(crate) struct Selection<'a> {
    pub(crate) clauses: Vec<Selected<'a>>,
    pub(crate) criteria: Vec<SelectedCriterion<'a>>,
    pub(crate) faults: Vec<Fault>,
}

/// A chosen clause.
#[derive(Debug)]
pub(crate) struct Selected<'a> {
    pub(crate) clause: &'a Clause,
    pub(crate) lots: Vec<u32>,
    /// The clause or the criterion that asked for this one, when the dossier does not name it.
    pub(crate) implied_by: Option<&'a str>,
    /// Table of the dossier that named this clause, or the one that asked for it: `clause` or `critere`.
    table: &'static str,
    settings: BTreeMap<&'a str, Settings>,
    /// For a liaison, the pair tied on each lot: social, then environmental.
    pub(crate) pairs: BTreeMap<u32, (&'a str, &'a str)>,
}

/// A chosen criterion.
#[derive(Debug)]
pub(crate) struct SelectedCriterion<'a> {
    /// What the dossier says of it.
    pub(crate) choice: &'a CriterionChoice,
    pub(crate) title: &'a str,
    /// What it notes: as the library says it, or the dossier itself.
    pub(crate) criterion: &'a Criterion,
    /// The lots where it weighs.
    pub(crate) lots: Vec<u32>,
    /// The criterion as a clause, whose sections go into the pieces; `None` for one that the dossier describes.
    pub(crate) selected: Option<Selected<'a>>,
}

impl SelectedCriterion<'_> {
    pub(crate) fn id(&self) -> &str {
        &self.choice.id
    }
}

/// The value of a parameter on a lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Setting {
    /// Written in the dossier.
    Given(Value),
    /// Default of the clause, to confirm.
    Default(Value),
    /// Left out, and it may be.
    Absent,
    /// Missing or wrong: a finding says so.
    Missing,
}

impl Setting {
    pub(crate) fn value(&self) -> Option<&Value> {
        match self {
            Self::Given(value) | Self::Default(value) => Some(value),
            Self::Absent | Self::Missing => None,
        }
    }
}

/// The settings of a parameter.
#[derive(Debug, Default)]
struct Settings {
    /// That of every lot of the clause which has none of its own.
    same: Option<Setting>,
    lots: BTreeMap<u32, Setting>,
}

impl Settings {
    fn all(&self) -> impl Iterator<Item = &Setting> {
        self.lots.values().chain(&self.same)
    }
}

/// Something wrong with a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) kind: FaultKind,
    pub(crate) path: String,
    /// Where it is mended, when the dossier does not have it yet.
    pub(crate) field: Option<String>,
    pub(crate) message: String,
    pub(crate) help: String,
    /// How the help is written in the file of the dossier; empty when it says so itself.
    pub(crate) written: String,
    /// The edits that do what the help says; empty when the buyer must choose.
    pub(crate) fix: Vec<Edit>,
}

/// What sort of fault; one check each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FaultKind {
    UnknownClause,
    UnknownParameter,
    ReplacedParameter,
    WrongValue,
    OutOfBounds,
    MissingValue,
    UnknownCriterion,
    OwnCriterion,
    NoPair,
    AmbiguousPair,
}

impl Fault {
    /// A fault that is mended where it is seen.
    fn new(kind: FaultKind, path: String, message: String, help: String) -> Self {
        Self { field: None, written: String::new(), fix: Vec::new(), kind, path, message, help }
    }
}

impl<'a> Selected<'a> {
    /// Key path of the clause, or of the criterion, in the dossier.
    pub(crate) fn path(&self) -> String {
        format!("{}.{}", self.table, self.implied_by.unwrap_or(&self.clause.id))
    }

    /// True where a clause has its text: a liaison that ties nothing on a lot has none there.
    pub(crate) fn speaks_on(&self, lot: u32) -> bool {
        self.clause.kind() != Kind::Liaison || self.pairs.contains_key(&lot)
    }

    /// The setting of a parameter on a lot.
    pub(crate) fn setting(&self, lot: u32, name: &str) -> Option<&Setting> {
        self.of(self.settings.get(name)?, lot)
    }

    fn of<'s>(&self, settings: &'s Settings, lot: u32) -> Option<&'s Setting> {
        let same = || settings.same.as_ref().filter(|_| self.lots.contains(&lot));
        settings.lots.get(&lot).or_else(same)
    }

    /// The value of a parameter on a lot.
    pub(crate) fn value(&self, lot: u32, name: &str) -> Option<&Value> {
        self.setting(lot, name).and_then(Setting::value)
    }

    /// True when a value is missing or wrong on a lot.
    pub(crate) fn lacks(&self, lot: u32) -> bool {
        self.settings.values().any(|settings| self.of(settings, lot) == Some(&Setting::Missing))
    }

    /// Defaults in use, once each: parameter and value.
    pub(crate) fn defaults(&self) -> Vec<(&'a Parameter, &Value)> {
        let mut out: Vec<(&Parameter, &Value)> = Vec::new();
        for parameter in &self.clause.parameters {
            let settings = self.settings.get(parameter.name.as_str());
            let found = settings.into_iter().flat_map(Settings::all).find_map(|setting| match setting {
                Setting::Default(value) => Some(value),
                _ => None,
            });
            out.extend(found.map(|value| (parameter, value)));
        }
        out
    }
}

impl<'a> Selection<'a> {
    pub(crate) fn new(library: &'a Library, chosen: &Chosen<'a>) -> Self {
        let mut faults = Vec::new();
        let mut clauses = chosen_clauses(library, chosen, &mut faults);
        let criteria = chosen_criteria(library, chosen, &mut faults);
        add_required(library, chosen, &criteria, &mut clauses, &mut faults);
        let order = |kind: Kind| Kind::all().position(|k| k == kind);
        clauses.sort_by_key(|s| order(s.clause.kind()));
        pair_up(chosen, &mut clauses, &mut faults);
        unread_values(&criteria, &clauses, &mut faults);
        Self { clauses, criteria, faults }
    }

    /// The chosen clause of an id.
    pub(crate) fn get(&self, id: &str) -> Option<&Selected<'a>> {
        self.clauses.iter().find(|s| s.clause.id == id)
    }

    /// The chosen clauses, then the criteria.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Selected<'a>> {
        self.clauses.iter().chain(self.criteria.iter().filter_map(|c| c.selected.as_ref()))
    }

    /// The clauses of a kind on a lot.
    pub(crate) fn on(&self, kind: Kind, lot: u32) -> impl Iterator<Item = &Selected<'a>> {
        self.clauses.iter().filter(move |s| s.clause.kind() == kind && s.lots.contains(&lot))
    }

    /// The liaisons, with the lot of each.
    pub(crate) fn liaisons(&self) -> impl Iterator<Item = (&Selected<'a>, u32)> {
        self.clauses
            .iter()
            .filter(|s| s.clause.kind() == Kind::Liaison)
            .flat_map(|s| s.lots.iter().map(move |lot| (s, *lot)))
    }
}

/// The name of the library that an unknown one resembles.
fn near<'l>(library: &'l Library, id: &str, among: impl Fn(Kind) -> bool) -> Option<&'l str> {
    nearest(id, library.kinds().filter(|(_, kind)| among(*kind)).map(|(id, _)| id))
}

fn unknown(near: Option<&str>) -> String {
    match near {
        Some(near) => format!("vouliez-vous dire « {near} » ?"),
        None => "« clausier lister » montre les clauses de la bibliothèque".to_owned(),
    }
}

fn chosen_clauses<'a>(library: &'a Library, chosen: &Chosen<'a>, faults: &mut Vec<Fault>) -> Vec<Selected<'a>> {
    let mut out = Vec::new();
    for choice in chosen.choices {
        match library.clause(&choice.id) {
            Some(clause) if clause.kind() != Kind::Criterion => {
                let said = Said { table: "clause", id: &choice.id, parameters: &choice.parameters };
                out.push(resolve(clause, Ok(said), lots_of(choice, chosen), chosen, faults));
            }
            Some(_) => faults.push(Fault::new(
                FaultKind::UnknownClause,
                format!("clause.{}", choice.id),
                format!("« {} » est un critère d’attribution, pas une clause", choice.id),
                format!("écrivez-le dans [critere] : {} = 10", choice.id),
            )),
            None => {
                let near = near(library, &choice.id, |kind| kind != Kind::Criterion);
                let free = near.filter(|near| chosen.choices.iter().all(|known| known.id != *near));
                let all = chosen.lots.iter().copied();
                let (path, message) =
                    (format!("clause.{}", choice.id), format!("la clause « {} » n’existe pas", choice.id));
                faults.push(Fault {
                    fix: free.map(|near| renaming::renamed_clause(choice, all, near)).unwrap_or_default(),
                    ..Fault::new(FaultKind::UnknownClause, path, message, unknown(near))
                });
            }
        }
    }
    out
}

fn lots_of(choice: &Choice, chosen: &Chosen<'_>) -> Vec<u32> {
    choice.lots.clone().unwrap_or_else(|| chosen.lots.clone())
}

/// Adds, on the same lots, the clauses that the chosen ones and the criteria need.
fn add_required<'a>(
    library: &'a Library,
    chosen: &Chosen<'a>,
    criteria: &[SelectedCriterion<'a>],
    clauses: &mut Vec<Selected<'a>>,
    faults: &mut Vec<Fault>,
) {
    let mut needs: Vec<Need<'a>> = clauses.iter().map(Need::of).collect();
    needs.extend(criteria.iter().filter_map(|criterion| criterion.selected.as_ref()).map(Need::of));
    let mut i = 0;
    while let Some(Need { ids, lots, root }) = needs.get(i).cloned() {
        i += 1;
        for id in ids {
            let known = clauses.iter().position(|s| s.clause.id == *id);
            let mut wanted = lots.clone();
            match known {
                // The dossier chose it: its lots are the buyer's decision.
                Some(place) if clauses[place].implied_by.is_none() => continue,
                Some(place) if lots.iter().all(|lot| clauses[place].lots.contains(lot)) => continue,
                Some(place) => {
                    wanted.extend(clauses[place].lots.iter().copied().filter(|lot| !lots.contains(lot)));
                    wanted.sort_unstable();
                }
                None => {}
            }
            let Some(clause) = library.clause(id) else { continue };
            let first = known.map(|place| &clauses[place]);
            let root = first.and_then(|s| Some(Asked { table: s.table, id: s.implied_by? })).unwrap_or(root);
            let resolved = resolve(clause, Err(root), wanted, chosen, faults);
            needs.push(Need::of(&resolved));
            match known {
                Some(place) => clauses[place] = resolved,
                None => clauses.push(resolved),
            }
        }
    }
}

/// What a clause or a criterion needs, on which lots, and who asked for it first.
#[derive(Clone)]
struct Need<'a> {
    ids: &'a [String],
    lots: Vec<u32>,
    root: Asked<'a>,
}

impl<'a> Need<'a> {
    fn of(selected: &Selected<'a>) -> Self {
        let clause = selected.clause;
        let root = Asked { table: selected.table, id: selected.implied_by.unwrap_or(&clause.id) };
        Self { ids: &clause.requires, lots: selected.lots.clone(), root }
    }
}

/// What the dossier says of a clause: the table and the name under which it stands, the values given.
#[derive(Clone, Copy)]
struct Said<'a> {
    table: &'static str,
    id: &'a str,
    parameters: &'a BTreeMap<String, Given>,
}

/// The clause or criterion of the dossier that asked for another clause.
#[derive(Clone, Copy)]
struct Asked<'a> {
    table: &'static str,
    id: &'a str,
}

/// Resolves the parameters of a clause on its lots: as the dossier says it, or as another one asked for it.
fn resolve<'a>(
    clause: &'a Clause,
    origin: Result<Said<'a>, Asked<'a>>,
    lots: Vec<u32>,
    chosen: &Chosen<'_>,
    faults: &mut Vec<Fault>,
) -> Selected<'a> {
    let mut settings: BTreeMap<&str, Settings> = BTreeMap::new();
    if let Ok(said) = &origin {
        unknown_parameters(clause, said, faults);
    }
    for parameter in &clause.parameters {
        let given = origin.as_ref().ok().and_then(|said| said.parameters.get(&parameter.name));
        let path = || match &origin {
            Ok(said) => format!("{}.{}.{}", said.table, said.id, parameter.name),
            Err(asked) => format!("{}.{}", asked.table, asked.id),
        };
        // A value that comes from a usage stands as a default does, until the buyer confirms it.
        let standing = |setting, path: String| match setting {
            Setting::Given(value) if chosen.to_confirm.contains(&path) => Setting::Default(value),
            other => other,
        };
        let of_parameter = settings.entry(&parameter.name).or_default();
        if let Some(Given::Same(raw)) = given {
            of_parameter.same = Some(standing(read_value(parameter, raw, path, faults), path()));
            continue;
        }
        // What the dossier says lot by lot, of this value or of another, parts the lots.
        let parted =
            origin.as_ref().is_ok_and(|said| said.parameters.values().any(|given| matches!(given, Given::PerLot(_))));
        for lot in lots.iter().take(if parted { lots.len() } else { 1 }) {
            let raw = match given {
                Some(Given::PerLot(map)) => map.get(lot),
                _ => None,
            };
            let parameters = origin.as_ref().ok().map(|said| said.parameters);
            let setting = match (raw, &parameter.default) {
                (None, _) if factor_of_nothing(clause, parameter, *lot, parameters) => Setting::Absent,
                (Some(raw), _) => {
                    let path = || format!("{}.{lot}", path());
                    standing(read_value(parameter, raw, path, faults), path())
                }
                (None, Some(default)) => Setting::Default(default.clone()),
                (None, None) if parameter.optional => Setting::Absent,
                (None, None) => {
                    let lot = (given.is_some() && chosen.lots.len() > 1).then_some(*lot);
                    let fault = missing(clause, parameter, lot, path(), origin.is_ok());
                    if !faults.contains(&fault) {
                        faults.push(fault);
                    }
                    Setting::Missing
                }
            };
            match parted {
                true => drop(of_parameter.lots.insert(*lot, setting)),
                false => of_parameter.same = Some(setting),
            }
        }
    }
    let (table, implied_by) = match origin {
        Ok(said) => (said.table, None),
        Err(asked) => (asked.table, Some(asked.id)),
    };
    Selected { clause, lots, implied_by, table, settings, pairs: BTreeMap::new() }
}

/// Parameters of an earlier rule: nature of the clause, name, what says it now.
const REPLACED: [(Kind, &str, &str); 8] = [
    (
        Kind::Liaison,
        "part_confiee",
        "la part du travail se calcule (heures liées hors formation ÷ travail de la mesure), et l’heure \
         liée a son tarif, penalite_heure_liee",
    ),
    (Kind::Social, "dernier_constat", "les heures se constatent au tiers, aux deux tiers et à la fin de la durée"),
    (Kind::Liaison, "plan_bas", STEPS),
    (Kind::Liaison, "plan_haut", STEPS),
    (Kind::Liaison, "personnes_bas", STEPS),
    (Kind::Liaison, "personnes_haut", STEPS),
    (Kind::Liaison, "heures_bas", STEPS),
    (Kind::Liaison, "heures_haut", STEPS),
];

/// A range to agree upon each year gave way to steps fixed beforehand.
const STEPS: &str = "le plan de progrès a des paliers fixés et publiés (palier, palier_dernier, \
                     personnes_par_an ou heures_par_an, selon la liaison)";

fn unknown_parameters(clause: &Clause, said: &Said<'_>, faults: &mut Vec<Fault>) {
    let (the, this) = match clause.kind() {
        Kind::Criterion => ("le critère", "ce critère"),
        _ => ("la clause", "cette clause"),
    };
    for (name, given) in said.parameters.iter().filter(|(name, _)| clause.parameter(name).is_none()) {
        let path = format!("{}.{}.{name}", said.table, said.id);
        let replaced = REPLACED.iter().find(|(kind, old, _)| *kind == clause.kind() && old == name);
        if let Some((_, _, instead)) = replaced {
            let message = format!("« {name} » ne dit plus rien dans « {} »", clause.id);
            let fix = vec![Edit::remove(&*path)];
            let help = format!("retirez cette réponse : {instead}");
            faults.push(Fault { fix, ..Fault::new(FaultKind::ReplacedParameter, path, message, help) });
            continue;
        }
        let known = clause.parameters.iter().map(|p| p.name.as_str());
        let near = nearest(name, known.clone());
        let help = match near {
            Some(near) => format!("vouliez-vous dire « {near} » ?"),
            None if clause.parameters.is_empty() => format!("{this} n’a aucun paramètre"),
            None => format!("paramètres : {}", known.collect::<Vec<_>>().join(", ")),
        };
        let free = near.filter(|near| !said.parameters.contains_key(*near));
        let message = format!("{the} « {} » n’a pas de paramètre « {name} »", clause.id);
        faults.push(Fault {
            fix: free.map(|near| renamed(said, name, near, given)).unwrap_or_default(),
            ..Fault::new(FaultKind::UnknownParameter, path, message, help)
        });
    }
}

/// The edits that give a parameter its right name.
fn renamed(said: &Said<'_>, old: &str, new: &str, given: &Given) -> Vec<Edit> {
    let path = |name: &str| format!("{}.{}.{name}", said.table, said.id);
    let mut edits = vec![Edit::remove(path(old))];
    edits.extend(renaming::given(&path(new), given));
    edits
}

/// A parameter that the dossier must give and does not, for a lot when the others have it.
fn missing(clause: &Clause, parameter: &Parameter, lot: Option<u32>, path: String, named: bool) -> Fault {
    let for_lot = lot.map(|lot| format!(" pour le lot {lot}")).unwrap_or_default();
    let example = clause::expected_of(parameter);
    let range = if parameter.range.is_empty() { String::new() } else { format!(" ; usage : {}", parameter.range) };
    let (of, table) = match clause.kind() {
        Kind::Criterion => ("le critère", "critere"),
        _ => ("la clause", "clause"),
    };
    let number = lot.map(|lot| lot.to_string());
    let written = match (named, clause.kind()) {
        (true, Kind::Criterion) => {
            format!("{} = … dans [critere.{}], à côté de poids", parameter.name, clause.id)
        }
        (true, _) => format!("{} = …", parameter.name),
        (false, _) => format!("[clause.{}] avec {} = …", clause.id, parameter.name),
    };
    let field = [Some(table), Some(&*clause.id), Some(&*parameter.name), number.as_deref()];
    Fault {
        field: Some(field.into_iter().flatten().collect::<Vec<_>>().join(".")),
        written,
        ..Fault::new(
            FaultKind::MissingValue,
            path,
            format!("« {} » manque{for_lot} dans {of} « {} » : {}", parameter.name, clause.id, parameter.question),
            format!("attendu : {example}{range}"),
        )
    }
}

/// True for a factor of the computation of hours, on a lot whose volume the dossier fixes: nothing is computed there.
fn factor_of_nothing(
    clause: &Clause,
    parameter: &Parameter,
    lot: u32,
    parameters: Option<&BTreeMap<String, Given>>,
) -> bool {
    let Some(HoursRule::Computed { rate, step, volume: Some(volume) }) = clause.hours() else { return false };
    let fixed = parameters.and_then(|parameters| parameters.get(volume)).is_some_and(|given| match given {
        Given::PerLot(map) => map.contains_key(&lot),
        _ => true,
    });
    fixed && (parameter.name == *rate || parameter.name == *step)
}

fn read_value(parameter: &Parameter, raw: &Raw, path: impl Fn() -> String, faults: &mut Vec<Fault>) -> Setting {
    match parameter.check(raw) {
        Ok(value) => Setting::Given(value),
        Err(ValueError { out_of_bounds, message, help, .. }) => {
            let kind = if out_of_bounds { FaultKind::OutOfBounds } else { FaultKind::WrongValue };
            faults.push(Fault::new(kind, path(), message, help));
            Setting::Missing
        }
    }
}

/// Finds the pair that each liaison ties on each of its lots.
fn pair_up<'a>(chosen: &Chosen<'_>, clauses: &mut [Selected<'a>], faults: &mut Vec<Fault>) {
    let on_lot: Vec<(&'a Clause, Vec<u32>)> = clauses.iter().map(|s| (s.clause, s.lots.clone())).collect();
    for selected in clauses.iter_mut() {
        let Some(link) = selected.clause.link() else { continue };
        let choice = chosen.choices.iter().find(|choice| choice.id == selected.clause.id);
        let named: &[String] = choice.map_or(&[], |c| &c.pair);
        let path = selected.path();
        let accepted = |ids: &[String]| on_lot.iter().filter(|(c, _)| ids.contains(&c.id)).collect::<Vec<_>>();
        let (of_social, of_environment) = (accepted(&link.social), accepted(&link.environment));
        for lot in &selected.lots {
            let candidates = |accepted: &[&(&'a Clause, Vec<u32>)]| -> Vec<&'a str> {
                let here = accepted.iter().filter(|(_, lots)| lots.contains(lot));
                let here: Vec<&'a str> = here.map(|(c, _)| c.id.as_str()).collect();
                let chosen: Vec<&'a str> = here.iter().copied().filter(|id| named.iter().any(|n| n == id)).collect();
                if chosen.is_empty() { here } else { chosen }
            };
            let at = if chosen.lots.len() > 1 { format!("sur le lot {lot}") } else { "dans ce marché".to_owned() };
            let (social, environment) = (candidates(&of_social), candidates(&of_environment));
            match (social.as_slice(), environment.as_slice()) {
                ([social], [environment]) => {
                    selected.pairs.insert(*lot, (social, environment));
                }
                (social, environment) => {
                    for (found, accepted, side) in
                        [(social, &link.social, "sociale"), (environment, &link.environment, "environnementale")]
                    {
                        match found {
                            [] => faults.push(Fault::new(
                                FaultKind::NoPair,
                                path.clone(),
                                format!("la liaison « {} » n’a pas de clause {side} à lier {at}", selected.clause.id),
                                format!("choisissez l’une de : {}", accepted.join(", ")),
                            )),
                            [_] => {}
                            several => faults.push(Fault {
                                written: format!("lie = [\"{}\", \"…\"] nomme le couple", several[0]),
                                ..Fault::new(
                                    FaultKind::AmbiguousPair,
                                    path.clone(),
                                    format!(
                                        "la liaison « {} » peut lier plusieurs clauses {side}s {at} : {}",
                                        selected.clause.id,
                                        several.join(", ")
                                    ),
                                    format!("gardez sur le lot une seule des clauses {side}s que la liaison peut lier"),
                                )
                            }),
                        }
                    }
                }
            }
        }
    }
}

fn chosen_criteria<'a>(
    library: &'a Library,
    chosen: &Chosen<'a>,
    faults: &mut Vec<Fault>,
) -> Vec<SelectedCriterion<'a>> {
    let mut out = Vec::new();
    for choice in chosen.criteria {
        let lots: Vec<u32> = chosen.lots.iter().copied().filter(|lot| choice.weights.of(*lot).is_positive()).collect();
        if let Some(OwnCriterion { title, criterion, .. }) = &choice.own {
            own_faults(library, choice, criterion, faults);
            out.push(SelectedCriterion { choice, title, criterion, lots, selected: None });
            continue;
        }
        let known = library.clause(&choice.id).and_then(|clause| Some((clause, clause.criterion()?)));
        match known {
            Some((clause, criterion)) => {
                let said = Said { table: "critere", id: &choice.id, parameters: &choice.parameters };
                let selected = Some(resolve(clause, Ok(said), lots.clone(), chosen, faults));
                out.push(SelectedCriterion { choice, title: &clause.title, criterion, lots, selected });
            }
            None => {
                let near = near(library, &choice.id, |kind| kind == Kind::Criterion);
                let free = near.filter(|near| chosen.criteria.iter().all(|known| known.id != *near));
                let help = near.map_or_else(
                    || {
                        "« clausier lister » montre ceux de la bibliothèque ; le vôtre se décrit : titre, nature, note"
                            .to_owned()
                    },
                    |near| unknown(Some(near)),
                );
                let path = format!("critere.{}", choice.id);
                let message = format!("le critère « {} » n’existe pas", choice.id);
                faults.push(Fault {
                    fix: free.map(|near| renaming::renamed_criterion(choice, near)).unwrap_or_default(),
                    ..Fault::new(FaultKind::UnknownCriterion, path, message, help)
                });
            }
        }
    }
    out
}

/// What the library finds wrong in a criterion that the dossier describes: its name, the values that it reads in clauses.
fn own_faults(library: &Library, choice: &CriterionChoice, criterion: &Criterion, faults: &mut Vec<Fault>) {
    let mut fault = |path: String, message: String, help: String| {
        faults.push(Fault::new(FaultKind::OwnCriterion, path, message, help));
    };
    if library.clause(&choice.id).is_some() {
        fault(
            format!("critere.{}", choice.id),
            format!("« {} » est déjà le nom d’un texte de la bibliothèque", choice.id),
            "donnez au vôtre un autre nom ; pour prendre celui de la bibliothèque, retirez titre, nature et note"
                .to_owned(),
        );
    }
    for (path, id, name, unit) in readings(choice, criterion) {
        let Some(clause) = library.clause(id) else {
            let help = unknown(near(library, id, |kind| kind != Kind::Criterion));
            fault(path, format!("la clause « {id} » n’existe pas"), help);
            continue;
        };
        let fits = |parameter: &Parameter| match unit {
            Some(unit) => ties::fits(parameter, unit),
            None => parameter.kind == ParameterKind::List,
        };
        // What it should be, told of one and of several.
        let [one, several] = match unit {
            Some(unit) => [format!("se compte en « {unit} »"), format!("paramètres en « {unit} »")],
            None => ["est une liste".to_owned(), "listes".to_owned()],
        };
        let known = || clause.parameters.iter().filter(|parameter| fits(parameter)).map(|p| p.name.as_str());
        let help = || match (nearest(name, known()), known().next()) {
            (Some(near), _) => format!("vouliez-vous dire « {id}.{near} » ?"),
            (None, Some(_)) => format!("{several} : {}", known().collect::<Vec<_>>().join(", ")),
            (None, None) => format!("« {id} » n’a aucun paramètre qui {one}"),
        };
        match clause.parameter(name) {
            None => fault(path, format!("la clause « {id} » n’a pas de paramètre « {name} »"), help()),
            Some(parameter) if !fits(parameter) => {
                let message = match unit {
                    Some(unit) => format!("« {id}.{name} » ne se compte pas en « {unit} »"),
                    None => format!("« {id}.{name} » n’est pas une liste"),
                };
                fault(path, message, help());
            }
            Some(_) => {}
        }
    }
}

/// What a criterion of the dossier reads in clauses: key path, clause, parameter, and the unit of a value; no unit for the list
/// that gives the lines of its table.
fn readings<'c>(
    choice: &CriterionChoice,
    criterion: &'c Criterion,
) -> Vec<(String, &'c str, &'c str, Option<&'c str>)> {
    let path = |key: &str| format!("critere.{}.{key}", choice.id);
    let mut out = Vec::new();
    for (rank, note) in criterion.notes.iter().enumerate() {
        let Some(scale) = note.scale() else { continue };
        for (key, bound) in scale.keyed() {
            if let Bound::Parameter { clause: Some(id), name, .. } = bound {
                out.push((path(&format!("note.{rank}.{key}")), &**id, &**name, Some(&*scale.unit)));
            }
        }
    }
    if let Some(Lines::Listed { clause: Some(id), name }) = criterion.frame.as_ref().map(|frame| &frame.lines) {
        out.push((path("cadre.lignes"), id, name, None));
    }
    out
}

/// The values that a criterion of the dossier reads in a clause, where the clause is not chosen. A minimum is told with its scale.
fn unread_values(criteria: &[SelectedCriterion<'_>], clauses: &[Selected<'_>], faults: &mut Vec<Fault>) {
    for own in criteria.iter().filter(|criterion| criterion.selected.is_none()) {
        let read = readings(own.choice, own.criterion).into_iter().filter(|(path, ..)| !path.ends_with(NONE_AT));
        for (path, id, ..) in read {
            // A value that the clause does not have has been told.
            if faults.iter().any(|fault| fault.path == path) {
                continue;
            }
            let here = |lot: &u32| clauses.iter().any(|s| s.clause.id == id && s.lots.contains(lot));
            let lacking: Vec<String> = own.lots.iter().filter(|lot| !here(lot)).map(u32::to_string).collect();
            if !lacking.is_empty() {
                let on = if lacking.len() > 1 { "des lots" } else { "du lot" };
                let message =
                    format!("cette valeur se lit dans la clause « {id} », qui n’est pas {on} {}", lacking.join(", "));
                let help = "choisissez la clause sur ces lots, ou écrivez la valeur".to_owned();
                faults.push(Fault::new(FaultKind::OwnCriterion, path, message, help));
            }
        }
    }
}
