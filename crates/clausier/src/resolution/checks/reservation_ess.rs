use super::Notes;
use crate::base::quantity::Duration;
use crate::base::terms::{ContractNature, Regime, ReservedTo, Vocabulary};
use crate::resolution::facts::Facts;
use crate::resolution::fixes;

check! {
    /// La réservation à l’économie sociale sort de son domaine.
    ///
    /// ## Pourquoi
    /// Elle ne vaut que pour les services sociaux et autres services spécifiques que la loi énumère, par un pouvoir
    /// adjudicateur, même lorsqu’il agit en tant qu’entité adjudicatrice, pour trois ans au plus, et sans nouvelle
    /// attribution au même titulaire sur ce fondement dans les trois ans.
    ///
    /// ## Que faire
    /// Retirez la réservation, ou ramenez le contrat dans ces limites (`regime = "services-sociaux"`, durée). L’avis
    /// cite les deux articles.
    "reservation-ess", Blocking, since "0.1.0", texts ["ccp-l2113-15", "ccp-l2113-16", "ccp-r2113-8"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let consultation = facts.consultation;
    // Where the law knows no such reservation, another finding says so.
    if facts.law.reservation(ReservedTo::SocialEconomy).is_none() {
        return;
    }
    for lot in consultation.lots.values().filter(|lot| lot.reserved_to.contains(&ReservedTo::SocialEconomy)) {
        let limit = facts.law.parameter("duree-reservation-ess").ok();
        let months = lot.duration.as_ref().map_or(consultation.total_months(), Duration::months);
        let too_long = limit.filter(|limit| limit.duration().is_some_and(|limit| months > limit.months()));
        let why = if consultation.regime != Regime::SocialServices || consultation.nature != ContractNature::Services {
            "ce ne sont pas des services sociaux ou spécifiques".to_owned()
        } else if let Some(limit) = too_long {
            format!("la durée dépasse {limit}, reconductions comprises")
        } else {
            continue;
        };
        notes
            .note(
                format!("lot.{}.reserve", lot.number),
                format!("pas de réservation à l’économie sociale pour {} : {why}", facts.the_lot(lot.number)),
                "retirez « ess » de la réservation",
            )
            .fix([fixes::reservation(lot, |word| word != ReservedTo::SocialEconomy.word())]);
    }
}
