use super::Notes;
use crate::base::quantity::NBSP;
use crate::resolution::facts::Facts;
use crate::resolution::simulation::Neutralised;

check! {
    /// La pondération prive un critère, ou le prix, de sa portée.
    ///
    /// ## Pourquoi
    /// Une méthode ne doit ni priver un critère de sa portée, ni neutraliser la pondération. Un critère dont tous les points
    /// s’effacent devant un écart de prix de quelques pour cent ne décide de rien ; à l’inverse, si des valeurs promises
    /// pèsent à elles seules autant que le prix, aucun écart de prix ne les rattrape, et la plus forte promesse l’emporte à
    /// tout prix.
    ///
    /// ## Que faire
    /// Déplacez des points, au nombre que donne le constat. La note de calcul montre ce que pèse chaque critère, en points et
    /// en euros, sur six offres inventées.
    "critere-neutralise", Warning, since "0.1.0", texts ["ccp-r2152-11", "ce-belleville"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for lot in facts.consultation.lots.values() {
        let grid = facts.grid(lot.number);
        for (spread, found) in &grid.neutralised(&lot.amount) {
            let (id, at) = (facts.criterion_name(&spread.id), facts.in_lot(lot.number));
            let (message, help) = match found {
                // A scale that does not rise is told by another finding.
                Neutralised::Even => continue,
                Neutralised::Light => {
                    let Some(gap) = &spread.gap else { continue };
                    let (gap, weight) = (gap.percent().french(1), spread.weight.french(2));
                    (
                        format!("un écart de prix de {gap}{NBSP}% efface les {weight} points de « {id} »{at}"),
                        "donnez-lui plus de points, ou mêlez ce qu’il note à un autre critère".to_owned(),
                    )
                }
                Neutralised::Price => (
                    format!(
                        "les valeurs promises au titre de « {id} » pèsent autant que le prix : aucun écart de prix ne les \
                         rattrape{at}"
                    ),
                    format!("gardez-lui moins de {} points, ceux du prix", grid.price_points().french(2)),
                ),
            };
            notes.add(format!("critere.{}", spread.id), message, help);
        }
    }
}
