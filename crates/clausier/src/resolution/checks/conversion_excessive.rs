use super::Notes;
use crate::library::clause::Value;
use crate::resolution::facts::Facts;
use crate::resolution::fixes;

check! {
    /// La conversion entre heures et résultat est trop large.
    ///
    /// ## Pourquoi
    /// Au-delà d’un dixième, l’engagement environnemental devient facultatif : la clause de réexamen n’est plus une
    /// souplesse d’exécution, elle change ce qui a été mis en concurrence. Le taux est de pratique.
    ///
    /// ## Que faire
    /// Ramenez `plafond_conversion` au taux que donne le constat, ou renoncez à la conversion.
    "conversion-excessive", Warning, since "0.1.0", texts ["ccp-r2194-1", "ccp-r2194-7"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let Ok(most) = facts.law.parameter("conversion-environnement") else { return };
    for link in &facts.links {
        if link.conversion.as_ref().zip(most.rate()).is_some_and(|(rate, most)| rate > most) {
            let note = notes.note(
                format!("clause.{}.plafond_conversion", link.clause.id),
                format!("« {} » convertit plus de {most} du résultat pour {}", link.clause.id, facts.the_lot(link.lot)),
                "ramenez plafond_conversion, ou renoncez à convertir",
            );
            if let Some(most) = most.rate() {
                let most = Value::Rate(most.clone());
                note.fix([fixes::setting(facts, link.lot, &link.clause.id, "plafond_conversion", &most)]);
            }
        }
    }
}
