use super::Notes;
use crate::base::terms::Kind;
use crate::resolution::facts::Facts;

check! {
    /// La même chose est notée deux fois, ou notée alors qu’une clause l’impose déjà.
    ///
    /// ## Pourquoi
    /// Deux critères qui lisent la même grandeur lui donnent un poids que la pondération publiée ne dit pas : la même heure
    /// d’engin, le même kilowattheure, la même viande compte deux fois. Ce qu’une clause impose à tous ne départage personne.
    ///
    /// ## Que faire
    /// Gardez celui des deux qui mesure le mieux ce que vous cherchez et donnez-lui les points de l’autre.
    "critere-en-double", Warning, since "0.1.0", texts ["ccp-l2152-7", "ccp-r2152-11"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let criteria = &facts.selection.criteria;
    for lot in facts.consultation.lots.keys() {
        let on: Vec<_> = criteria.iter().filter(|chosen| chosen.lots.contains(lot)).collect();
        for (rank, one) in on.iter().enumerate() {
            let criterion = one.criterion;
            for other in on.iter().skip(rank + 1) {
                let twin = other.criterion;
                let (a, b) = (&one.choice.id, &other.choice.id);
                let declared = criterion.excludes.contains(b) || twin.excludes.contains(a);
                // The same value of the same clause, or the same criterion under two names.
                let same = criterion.minimums().any(|minimum| twin.minimums().any(|twin| twin == minimum));
                if declared || same {
                    let path = format!("critere.{b}");
                    let (a, b) = (facts.criterion_name(a), facts.criterion_name(b));
                    notes.add(
                        path,
                        format!("« {a} » et « {b} » notent la même chose{}", facts.in_lot(*lot)),
                        format!("gardez l’un des deux : « {a} » ou « {b} »"),
                    );
                }
            }
            let clauses = facts.selection.on(Kind::Social, *lot).chain(facts.selection.on(Kind::Environment, *lot));
            for clause in clauses.filter(|selected| criterion.excludes.contains(&selected.clause.id)) {
                let (a, b) = (one.id(), &clause.clause.id);
                let path = format!("critere.{a}");
                let a = facts.criterion_name(a);
                notes.add(
                    path,
                    format!("« {a} » note ce que la clause « {b} » impose déjà{}", facts.in_lot(*lot)),
                    format!("retirez la clause « {b} », ou le critère : ce qui est dû ne se note pas"),
                );
            }
        }
    }
}
