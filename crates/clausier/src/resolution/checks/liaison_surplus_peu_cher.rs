use super::Notes;
use crate::base::quantity::{Euros, NBSP, Number, Quantity};
use crate::library::clause::Share;
use crate::resolution::facts::Facts;
use crate::resolution::liaisons::{LotLiaisons, priced, promise};

check! {
    /// Promettre un surplus noté sans le tenir coûte moins que ce que la promesse rapporte.
    ///
    /// ## Pourquoi
    /// Un point du critère vaut une part du prix. Si le surplus promis, au tarif de l’unité, coûte moins que les points
    /// qu’il donne, l’offre qui promet le plus gagne, qu’elle tienne ou non.
    ///
    /// ## Que faire
    /// Faites prouver le surplus avec l’offre : le critère de la bibliothèque le demande, le vôtre par `preuve`. Sinon, ramenez
    /// les points, ou portez plus haut le plafond noté, aux valeurs que donne le constat ; aucun plafond n’est proposé
    /// au-delà du gisement. Le tarif de l’unité reste sous trois fois le travail : au-delà, le juge modère. Une fois le marché
    /// conclu, tenir la promesse coûte de toute façon moins que sa pénalité : ce constat regarde celui qui ne peut la tenir.
    "liaison-surplus-peu-cher", Warning, since "0.1.0", texts [], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    for unit in priced(facts, lot) {
        let Some(promise) = facts.link_of(lot.lot, unit.id()).and_then(|link| promise(facts, link)) else { continue };
        // A surplus that the offer proves can be kept, and keeping it costs less than its penalty.
        if promise.proved {
            continue;
        }
        let Some((cost, worth)) = promise.cheap() else { continue };
        let whole = |amount: &Euros| Euros(amount.0.floor_to(&Number::from_int(1)));
        let Some(points) = promise.balanced.as_ref().map(|n| n.french(1)) else { continue };
        // A cap beyond all there is would be no remedy.
        let cap = worth.0.over(&unit.outcome.unit_penalty().0).map(|n| &n + &promise.minimum);
        let cap = cap.filter(|cap| promise.stock.as_ref().is_none_or(|stock| cap <= stock));
        let kept = cap.map(|cap| format!(", ou portez le plafond à {}", unit.quantity(&cap))).unwrap_or_default();
        let share = match &promise.share {
            Share::Part(part) => format!(" ({}{NBSP}% du critère)", part.percent().french(2)),
            Share::Points(_) => String::new(),
        };
        notes.add(
            format!("critere.{}", promise.criterion),
            format!(
                "« {} » : {} points valent {} de prix, le surplus promis et non tenu ({}) coûte {}{}",
                facts.criterion_name(&promise.criterion),
                promise.points.french(1),
                whole(worth),
                Quantity { value: promise.range.clone(), ..unit.quantity(&promise.range) },
                whole(cost),
                facts.in_lot(lot.lot)
            ),
            format!("ramenez ces points{share} à {points}{kept}"),
        );
    }
}
