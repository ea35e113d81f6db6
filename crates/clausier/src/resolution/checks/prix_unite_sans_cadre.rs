use super::Notes;
use crate::base::terms::PriceForm;
use crate::file::edit::Edit;
use crate::file::reading::Raw;
use crate::library::clause::link;
use crate::resolution::facts::Facts;
use crate::resolution::grid::price_form;

check! {
    /// Une liaison paie l’unité à son prix, et le prix du contrat est forfaitaire.
    ///
    /// ## Pourquoi
    /// La pénalité de l’unité manquante se réduit de son prix, qui n’est pas payé. Dans un prix forfaitaire, aucune pièce ne dit
    /// ce prix : la déduction ne se calcule pas, et le titulaire garde le forfait sans livrer.
    ///
    /// ## Que faire
    /// Dites que les prix sont mixtes, ou unitaires : le cadre de prix porte alors la ligne. Sinon, retirez `prix_unite`.
    "prix-unite-sans-cadre", Warning, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    if price_form(facts.consultation) != PriceForm::LumpSum {
        return;
    }
    for link in facts.links.iter().filter(|link| link.unit_price.is_some()) {
        notes
            .note(
                format!("clause.{}.{}", link.clause.id, link::UNIT_PRICE),
                format!(
                    "« {} » paie l’unité à son prix{}, et le prix du contrat est forfaitaire",
                    link.clause.id,
                    facts.in_lot(link.lot)
                ),
                "écrivez forme_prix = \"mixte\" dans [consultation], ou retirez prix_unite",
            )
            .fix([Edit::set("consultation.forme_prix", Raw::Text("mixte".to_owned()))]);
    }
}
