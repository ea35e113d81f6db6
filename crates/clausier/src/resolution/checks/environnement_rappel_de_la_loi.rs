use super::Notes;
use crate::base::terms::Kind;
use crate::resolution::facts::Facts;

check! {
    /// Les clauses environnementales d’un lot ne font que rappeler la loi.
    ///
    /// ## Pourquoi
    /// Le tri des déchets ou l’interdiction des produits phytosanitaires s’imposent déjà à toute entreprise. Une
    /// condition d’exécution qui les répète n’ajoute rien au marché : il est douteux qu’elle satisfasse à l’obligation
    /// de prendre l’environnement en compte.
    ///
    /// ## Que faire
    /// Gardez le rappel s’il est utile, et ajoutez une clause qui va au-delà : un taux, une quantité, un procédé, avec
    /// son indicateur.
    "environnement-rappel-de-la-loi", Warning, since "0.1.0", texts ["ccp-l2112-2", "ccp-l3114-2"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    if !facts.duties.environment {
        return;
    }
    for lot in facts.consultation.lots.keys() {
        let here: Vec<_> = facts.selection.on(Kind::Environment, *lot).collect();
        if let Some(first) = here.first().filter(|_| here.iter().all(|s| s.clause.restates_law())) {
            let message = format!("la seule obligation environnementale pour {} rappelle la loi", facts.the_lot(*lot));
            let help = "ajoutez une clause qui va au-delà de la réglementation";
            notes.note(first.path(), message, help).at("clause");
        }
    }
}
