//! The chosen criteria, of the library or of the dossier's own, and the values that they read.

use super::*;

pub(super) fn chosen_criteria<'a>(
    library: &'a Library,
    chosen: &Chosen<'a>,
    faults: &mut Vec<Fault>,
) -> Vec<SelectedCriterion<'a>> {
    let mut out = Vec::with_capacity(chosen.criteria.len());
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
pub(super) fn unread_values(criteria: &[SelectedCriterion<'_>], clauses: &[Selected<'_>], faults: &mut Vec<Fault>) {
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
