use super::Notes;
use crate::base::terms::Kind;
use crate::resolution::facts::Facts;

check! {
    /// Un engagement environnemental porte sur une quantité nulle.
    ///
    /// ## Pourquoi
    /// « 0 tonne au moins » n’engage à rien : la condition d’exécution n’a plus d’objet, et la liaison affecterait des
    /// heures à un résultat qui n’est pas attendu.
    ///
    /// ## Que faire
    /// Donnez la quantité visée, ou retirez la clause du lot.
    "quantite-nulle", Blocking, since "0.1.0", texts ["ccp-l2112-2", "ccp-l3114-2"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for lot in facts.consultation.lots.keys() {
        for selected in facts.selection.on(Kind::Environment, *lot) {
            let Some(measure) = selected.clause.measure() else { continue };
            if selected.value(*lot, measure).and_then(|value| value.number()).is_some_and(|n| n.is_zero()) {
                let path = format!("{}.{measure}", selected.path());
                let by_lot = format!("{path}.{lot}");
                notes.add(
                    if facts.consultation.holds(&by_lot) { by_lot } else { path },
                    format!(
                        "« {measure} » vaut zéro pour {} dans la clause « {} »",
                        facts.the_lot(*lot),
                        selected.clause.id
                    ),
                    "donnez la quantité visée, ou retirez la clause de ce lot",
                );
            }
        }
    }
}
