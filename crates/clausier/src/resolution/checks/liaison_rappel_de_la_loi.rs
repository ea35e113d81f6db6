use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// La mesure liée ne fait que rappeler la loi.
    ///
    /// ## Pourquoi
    /// Trier, ne pas employer de produits interdits : l’entreprise le doit déjà. Lier des heures à une obligation
    /// légale n’apporte pas à l’environnement ce que la liaison promet.
    ///
    /// ## Que faire
    /// Liez une mesure qui va au-delà, avec sa quantité et son indicateur ; le rappel peut rester à côté.
    "liaison-rappel-de-la-loi", Warning, since "0.1.0", texts ["ccp-l2112-2", "ccp-l3114-2"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for link in &facts.links {
        if link.environment.restates_law() {
            notes.add(
                format!("clause.{}", link.clause.id),
                format!("« {} » lie « {} », qui rappelle la loi", link.clause.id, link.environment.id),
                "liez une mesure qui va au-delà de la réglementation",
            );
        }
    }
}
