//! Which clauses apply to which lot, with their parameters resolved.
//!
//! Nothing fails here: what is wrong with a choice is kept as a [`Fault`], which a check turns into a finding.

mod criteria;
mod fault;
mod settings;

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
use criteria::{chosen_criteria, unread_values};
pub(crate) use fault::{Fault, FaultKind};
use settings::{Asked, Said, resolve};
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
    /// Those of its parameters, in their order.
    settings: Vec<Settings>,
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
        let place = self.clause.parameters.iter().position(|parameter| parameter.name == name)?;
        self.of(self.settings.get(place)?, lot)
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
        self.settings.iter().any(|settings| self.of(settings, lot) == Some(&Setting::Missing))
    }

    /// Defaults in use, once each: parameter and value.
    pub(crate) fn defaults(&self) -> Vec<(&'a Parameter, &Value)> {
        let parameters = self.clause.parameters.iter().zip(&self.settings);
        fn default(settings: &Settings) -> Option<&Value> {
            settings.all().find_map(|setting| match setting {
                Setting::Default(value) => Some(value),
                _ => None,
            })
        }
        parameters.filter_map(|(parameter, settings)| Some((parameter, default(settings)?))).collect()
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
    let mut out = Vec::with_capacity(chosen.choices.len());
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
