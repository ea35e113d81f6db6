use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// Aucun facilitateur n’est nommé pour les heures d’insertion.
    ///
    /// ## Pourquoi
    /// Le CCAG ne l’impose pas : le titulaire « peut » être accompagné. Sans lui, l’acheteur tient lui-même ses
    /// missions : orienter les candidats, vérifier l’éligibilité sans en connaître le motif, compter les heures, et il
    /// répond du traitement des données.
    ///
    /// ## Que faire
    /// Cherchez la structure qui facilite les clauses sociales sur votre territoire et ajoutez `[facilitateur]`, ou
    /// vérifiez que vos agents peuvent tenir ces missions.
    "facilitateur-absent", Advice, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    if facts.consultation.facilitator.is_some() {
        return;
    }
    let hours = facts.consultation.lots.keys().find_map(|lot| facts.hours_clauses(*lot).next());
    if let Some(selected) = hours {
        let message = "aucun facilitateur n’est nommé : l’acheteur en assume les missions";
        notes
            .note(selected.path(), message, "nommez-le avec la consultation, s’il y en a un")
            .at("facilitateur.structure")
            .written("[facilitateur] avec structure, et telephone ou courriel");
    }
}
