use super::Notes;
use crate::base::terms::ContractForm;
use crate::resolution::facts::Facts;

check! {
    /// Une concession note le prix sans dire lequel.
    ///
    /// ## Pourquoi
    /// Le concessionnaire est payé par l’usager, ou paie une redevance. Un tarif se compare au plus bas, une redevance à la plus
    /// élevée : lu dans le mauvais sens, le critère classe les offres à l’envers.
    ///
    /// ## Que faire
    /// Écrivez `forme_prix` : `"tarif"` pour ce que paient les usagers, `"redevance"` pour ce que reçoit l’autorité concédante,
    /// `"forfait"`, `"unitaires"` ou `"mixte"` pour ce qu’elle verse.
    "forme-prix-a-dire", Blocking, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let consultation = facts.consultation;
    if consultation.form != ContractForm::Concession || consultation.price_form.is_some() {
        return;
    }
    let read = |selected: &&crate::resolution::select::SelectedCriterion<'_>| {
        selected.choice.method.trim().is_empty() && selected.criterion.is_price()
    };
    if let Some(price) = facts.selection.criteria.iter().find(read) {
        notes.add(
            format!("critere.{}", price.id()),
            "le prix que note cette concession n’est pas dit : tarif des usagers, redevance ou prix versé",
            "ajoutez forme_prix à [consultation], par exemple forme_prix = \"tarif\"",
        );
    }
}
