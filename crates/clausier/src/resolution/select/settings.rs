//! The parameters of a chosen clause on its lots: given, by default, missing or wrong.

use super::*;

/// What the dossier says of a clause: the table and the name under which it stands, the values given.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) table: &'static str,
    pub(super) id: &'a str,
    pub(super) parameters: &'a BTreeMap<String, Given>,
}

/// The clause or criterion of the dossier that asked for another clause.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) table: &'static str,
    pub(super) id: &'a str,
}

/// Resolves the parameters of a clause on its lots: as the dossier says it, or as another one asked for it.
pub(super) fn resolve<'a>(
    clause: &'a Clause,
    origin: Result<Said<'a>, Asked<'a>>,
    lots: Vec<u32>,
    chosen: &Chosen<'_>,
    faults: &mut Vec<Fault>,
) -> Selected<'a> {
    let mut settings = Vec::with_capacity(clause.parameters.len());
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
        let waits = |path: &dyn Fn() -> String| !chosen.to_confirm.is_empty() && chosen.to_confirm.contains(&path());
        let standing = |setting, path: &dyn Fn() -> String| match setting {
            Setting::Given(value) if waits(path) => Setting::Default(value),
            other => other,
        };
        let mut of_parameter = Settings::default();
        if let Some(Given::Same(raw)) = given {
            of_parameter.same = Some(standing(read_value(parameter, raw, path, faults), &path));
            settings.push(of_parameter);
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
                    standing(read_value(parameter, raw, path, faults), &path)
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
        settings.push(of_parameter);
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
