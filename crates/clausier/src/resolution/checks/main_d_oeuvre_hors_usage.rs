use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// La part de main-d’œuvre d’un lot sort de l’usage de sa famille.
    ///
    /// ## Pourquoi
    /// Les heures sont proportionnelles à cette part : une erreur d’un tiers change d’autant le volume annoncé. Les
    /// fourchettes sont de pratique.
    ///
    /// ## Que faire
    /// Rapprochez la part des derniers décomptes comparables, et notez d’où elle vient.
    "main-d-oeuvre-hors-usage", Advice, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for lot in facts.consultation.lots.values() {
        let (Some(labour), Some(family)) = (&lot.labour, facts.library.legal().family(&lot.family)) else { continue };
        if labour.share < family.labour.low || labour.share > family.labour.high {
            notes.add(
                format!("lot.{}.calcul.main_oeuvre", lot.number),
                format!("une part de main-d’œuvre de {} pour la famille « {} »", labour.share, family.title),
                format!("usage : de {} à {}", family.labour.low, family.labour.high),
            );
        }
    }
}
