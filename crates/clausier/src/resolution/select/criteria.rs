//! The chosen criteria, of the library or of the dossier's own, and the values that they read.

use super::*;

pub(super) fn chosen_criteria<'a>(
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
    for (path, bound, unit) in own_bounds(choice, criterion) {
        let Bound::Parameter { clause: Some(id), name, .. } = bound else { continue };
        let Some(clause) = library.clause(id) else {
            let help = unknown(near(library, id, |kind| kind != Kind::Criterion));
            fault(path, format!("la clause « {id} » n’existe pas"), help);
            continue;
        };
        let known =
            || clause.parameters.iter().filter(|parameter| ties::fits(parameter, unit)).map(|p| p.name.as_str());
        let help = || match (nearest(name, known()), known().next()) {
            (Some(near), _) => format!("vouliez-vous dire « {id}.{near} » ?"),
            (None, Some(_)) => format!("paramètres en « {unit} » : {}", known().collect::<Vec<_>>().join(", ")),
            (None, None) => format!("« {id} » n’a aucun paramètre qui se compte en « {unit} »"),
        };
        match clause.parameter(name) {
            None => fault(path, format!("la clause « {id} » n’a pas de paramètre « {name} »"), help()),
            Some(parameter) if !ties::fits(parameter, unit) => {
                fault(path, format!("« {id}.{name} » ne se compte pas en « {unit} »"), help());
            }
            Some(_) => {}
        }
    }
}

/// The values between which a criterion of the dossier notes: key path, value, unit.
fn own_bounds<'c>(choice: &CriterionChoice, criterion: &'c Criterion) -> Vec<(String, &'c Bound, &'c str)> {
    let scales = criterion.notes.iter().enumerate().filter_map(|(rank, note)| Some((rank, note.scale()?)));
    let ends = scales.flat_map(|(rank, scale)| {
        let path = move |key: &str| format!("critere.{}.note.{rank}.{key}", choice.id);
        scale.keyed().map(move |(key, bound)| (path(key), bound, scale.unit.as_str())).collect::<Vec<_>>()
    });
    ends.collect()
}

/// The values that a criterion of the dossier reads in a clause, where the clause is not chosen. A minimum is told with its scale.
pub(super) fn unread_values(criteria: &[SelectedCriterion<'_>], clauses: &[Selected<'_>], faults: &mut Vec<Fault>) {
    for own in criteria.iter().filter(|criterion| criterion.selected.is_none()) {
        for (path, bound, _) in
            own_bounds(own.choice, own.criterion).into_iter().filter(|(path, ..)| !path.ends_with(NONE_AT))
        {
            // A value that the clause does not have has been told.
            let Some(id) = bound.clause().filter(|_| faults.iter().all(|fault| fault.path != path)) else { continue };
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
