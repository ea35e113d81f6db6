//! Nothing pays to break: the three invariants of the liaison rule, in exact fractions, over drawn contracts and states.

use clausier::ledger::{Done, Duty, Economy, Edge, Measure, Outcome, Performance, Ratio, ceiling};
use clausier::quantity::{Euros, Hours, Number};
use clausier::{Consultation, Library};
use clausier_tests::usages;
use proptest::prelude::*;

fn number(value: i64) -> Number {
    Number::from_int(value)
}

fn fraction(numerator: i64, denominator: i64) -> Number {
    Number::fraction(numerator, denominator).unwrap()
}

fn euros(value: i64) -> Euros {
    Euros::from_int(value)
}

fn hours(value: i64) -> Hours {
    Hours::from_int(value)
}

/// Draws used for the first and third invariants.
const MANY: u32 = 10_000;
/// Draws that go through a whole dossier.
const DOSSIERS: u32 = 600;

/// What the firm may find on site: the true ratio, between nothing and the highest known, and its extra costs.
#[derive(Debug, Clone)]
struct Truth {
    ratio: Number,
    economy: Economy,
}

/// A contract whose figures no check of the dissuasion remarks, and the price of an hour.
#[derive(Debug, Clone)]
struct Contract {
    duty: Duty,
    price: Euros,
}

prop_compose! {
    /// A measure that meets the floors at the price `price`, with or without a price of its own for the unit.
    fn a_measure(price: i64)(
        linked in 0..400i64, trained in 0..=5i64, target in 0..60i64, surplus in 0..10i64, low in 1..40i64, more in 0..40i64,
        most in 0..40i64, above in 0..50i64, unit in prop::option::of(1..200i64), per_linked in 11..60i64, beyond in 0..40i64,
        measured: bool,
    ) -> Measure {
        let ratio = Ratio { low: fraction(low, 2), usual: fraction(low + more, 2), high: fraction(low + more + most, 2) };
        let mut outcome = Outcome {
            target: fraction(target, 2),
            surplus: fraction(surplus, 2),
            ratio,
            per_unit: Euros::zero(),
            unit_price: None,
        };
        let floor = outcome.floors(&euros(price), usages()).margin;
        outcome.unit_price = unit.map(|percent| Euros(&floor.0 * &fraction(percent, 100)));
        outcome.per_unit = Euros(&floor.0 + &number(above));
        let floor = &number(price) * &fraction(3, 4);
        Measure {
            outcome: Some(outcome).filter(|_| measured),
            linked_hours: hours(linked),
            training: hours(linked * trained / 25),
            per_linked_hour: euros(per_linked),
            per_training_hour: Euros(&(&floor + &number(5)) + &number(beyond)),
        }
    }
}

prop_compose! {
    fn a_contract()(price in 15..90i64)(
        price in Just(price), measures in prop::collection::vec(a_measure(price), 1..3), more in 0..300i64,
        per_hour in 20..90i64, spare in 0..5_000i64,
    ) -> Contract {
        let linked: Number = measures.iter().map(|m| m.linked_hours.0.clone()).sum();
        let mut duty =
            Duty { hours: Hours(&linked + &number(more)), per_hour: euros(per_hour), measures, ceiling: None };
        duty.ceiling = Some(duty.printed_ceiling(&Euros(&duty.exposure().0 + &number(spare))));
        Contract { duty, price: euros(price) }
    }
}

/// A share of a number, rounded down to the half.
fn part(of: &Number, percent: i64) -> Number {
    (of * &fraction(percent, 100)).floor_to(&fraction(1, 2))
}

prop_compose! {
    /// How much of each duty is done, in percent, and the state of the joint record: none, or a share of the quantity.
    fn shares()(
        units in 0..=100i64, linked in 0..=100i64, training in 0..=100i64, third in 0..=100i64, surplus in 0..=100i64,
        stock in prop::option::of(0..=150i64), freed in prop::option::of(0..=100i64),
    ) -> [i64; 7] {
        [units, linked, training, third, surplus, stock.unwrap_or(-1), freed.unwrap_or(-1)]
    }
}

/// A state without surplus hours: what is done never exceeds what is owed.
fn state(duty: &Duty, shares: &[[i64; 7]], other: i64, exonerated: i64) -> Performance {
    let exonerated = Hours(part(&duty.hours.0, exonerated));
    let mut left = &duty.hours.0 - &exonerated.0;
    let measures =
        duty.measures.iter().zip(shares).map(|(measure, [units, linked, training, third, surplus, stock, freed])| {
            let (target, most) = measure
                .outcome
                .as_ref()
                .map_or((Number::zero(), Number::zero()), |o| (o.target.clone(), o.surplus.clone()));
            let mut done = Done::nothing(part(&most, *surplus));
            done.stock = (*stock >= 0).then(|| part(&target, *stock));
            done.exonerated = (*freed >= 0).then(|| Hours(part(&measure.linked_hours.0, *freed)));
            // What is still owed once the record and the act have spoken, read off the gaps of doing nothing.
            let alone = Duty { measures: vec![measure.clone()], ceiling: None, ..duty.clone() };
            let nothing =
                Performance { exonerated: exonerated.clone(), measures: vec![done.clone()], ..alone.nothing() };
            let owed = alone.settle(&nothing).measures.remove(0);
            done.delivered = part(&owed.units, *units);
            done.by_third_party = part(&(&owed.units - &done.delivered), *third);
            let training = Number::min_of(&part(&owed.training.0, *training), &left);
            let work = Number::min_of(&part(&(&owed.linked_hours.0 - &training), *linked), &(&left - &training));
            left = &(&left - &training) - &work;
            (done.training, done.linked_work) = (Hours(training), Hours(work));
            done
        });
    let measures: Vec<Done> = measures.collect();
    Performance { other_hours: Hours(part(&left, other)), exonerated, measures, excuse: None }
}

/// The elementary omissions possible in a state, on a measure: what each leaves out of it.
#[derive(Debug, Clone, Copy)]
enum Omission {
    Unit,
    OrdinaryHour,
    LinkedHour,
    MovedHour,
    TrainingReplaced,
}

const OMISSIONS: [Omission; 5] =
    [Omission::Unit, Omission::OrdinaryHour, Omission::LinkedHour, Omission::MovedHour, Omission::TrainingReplaced];

/// The state after half a unit or half an hour less; none when there is nothing of it to omit.
fn omit(performance: &Performance, measure: usize, omission: Omission) -> Option<Performance> {
    let half = fraction(1, 2);
    let mut after = performance.clone();
    let done = &mut after.measures[measure];
    let less = |from: &mut Hours| {
        let enough = from.0 >= half;
        *from = Hours((&from.0 - &half).or_zero());
        enough
    };
    let possible = match omission {
        Omission::Unit => {
            let enough = done.delivered >= half;
            done.delivered = (&done.delivered - &half).or_zero();
            enough
        }
        Omission::OrdinaryHour => less(&mut after.other_hours),
        Omission::LinkedHour => less(&mut done.linked_work),
        Omission::MovedHour => {
            let enough = less(&mut done.linked_work);
            after.other_hours = Hours(&after.other_hours.0 + &half);
            enough
        }
        Omission::TrainingReplaced => {
            done.linked_work = Hours(&done.linked_work.0 + &half);
            less(&mut done.training)
        }
    };
    possible.then_some(after)
}

/// What an omission of a half adds, before the ceiling.
fn tariff(duty: &Duty, measure: usize, omission: Omission) -> Number {
    let of = &duty.measures[measure];
    let whole = match omission {
        Omission::Unit => of.outcome.as_ref().map_or_else(Number::zero, |o| o.unit_penalty().0),
        Omission::OrdinaryHour => duty.per_hour.0.clone(),
        Omission::LinkedHour => &duty.per_hour.0 + &of.per_linked_hour.0,
        Omission::MovedHour => of.per_linked_hour.0.clone(),
        Omission::TrainingReplaced => of.per_training_hour.0.clone(),
    };
    &whole * &fraction(1, 2)
}

/// What the same omission saves, the unpaid price of the unit taken off.
fn saving(contract: &Contract, measure: usize, omission: Omission, truth: &Truth) -> Number {
    let Economy { avoidable, ordinary_hour, linked_hour, .. } = &truth.economy;
    let outcome = contract.duty.measures[measure].outcome.as_ref();
    let unpaid = outcome.and_then(|o| o.unit_price.clone()).unwrap_or_else(Euros::zero).0;
    let whole = match omission {
        Omission::Unit => &(&(&avoidable.0 * &contract.price.0) * &truth.ratio) - &unpaid,
        Omission::OrdinaryHour => ordinary_hour.0.clone(),
        Omission::LinkedHour => linked_hour.0.clone(),
        Omission::MovedHour => &linked_hour.0 - &ordinary_hour.0,
        Omission::TrainingReplaced => &truth.economy.training_hour(&contract.price).0 - &linked_hour.0,
    };
    &whole * &fraction(1, 2)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(MANY))]

    /// First invariant: each omission adds its own price, whatever the other gaps.
    #[test]
    fn the_prices_are_separable(
        contract in a_contract(), shares in prop::collection::vec(shares(), 2), other in 0..=100i64, exonerated in 0..=60i64,
    ) {
        let duty = Duty { ceiling: None, ..contract.duty };
        let before = state(&duty, &shares, other, exonerated);
        for (measure, omission) in (0..duty.measures.len()).flat_map(|m| OMISSIONS.map(|omission| (m, omission))) {
            let Some(after) = omit(&before, measure, omission) else { continue };
            let added = &duty.settle(&after).due.0 - &duty.settle(&before).due.0;
            prop_assert_eq!(added, tariff(&duty, measure, omission), "{:?}", omission);
        }
    }

    /// Third invariant: no omission pays, the penalty never falls with it, and it lies between nothing and the ceiling.
    #[test]
    fn no_omission_pays(
        contract in a_contract(), shares in prop::collection::vec(shares(), 2), other in 0..=100i64, exonerated in 0..=60i64,
        true_ratio in 0..=100i64, ordinary in 0..=15i64, more in 0..=10i64,
    ) {
        let duty = &contract.duty;
        let before = state(duty, &shares, other, exonerated);
        let owed = duty.settle(&before).due;
        prop_assert!(!owed.0.is_negative() && owed <= duty.exposure());
        for (measure, omission) in (0..duty.measures.len()).flat_map(|m| OMISSIONS.map(|omission| (m, omission))) {
            let Some(after) = omit(&before, measure, omission) else { continue };
            let high = duty.measures[measure].outcome.as_ref().map_or_else(Number::zero, |o| o.ratio.high.clone());
            let economy = Economy {
                ordinary_hour: euros(ordinary),
                linked_hour: euros(ordinary + more),
                ..Economy::usual(usages())
            };
            // An hour of training saves at most its tariff beyond the linked hour that replaces it.
            let dear = &economy.training_hour(&contract.price).0 - &economy.linked_hour.0;
            if dear > duty.measures[measure].per_training_hour.0 {
                continue;
            }
            let truth = Truth { ratio: &high * &fraction(true_ratio, 100), economy };
            let added = &duty.settle(&after).due.0 - &owed.0;
            prop_assert!(!added.is_negative());
            prop_assert!(added >= saving(&contract, measure, omission, &truth), "{:?}: {:?}", omission, added);
        }
        prop_assert_eq!(&duty.settle(&duty.nothing()).due, &duty.exposure());
        prop_assert!(duty.exposure() <= duty.ceiling.clone().unwrap());
    }
}

/// The same contract as it was awarded and ordered: the contractor's own price for each unit, in percent of its tariff, and what
/// was ordered of the hours and of the quantities, in percent. The ceiling follows the sum of the tariffs, as the contract says.
fn awarded(contract: &Contract, bid: i64, hours_ordered: i64, units_ordered: i64) -> Contract {
    let whole = &contract.duty;
    let part = |of: &Hours| Hours((&of.0 * &fraction(hours_ordered, 100)).floor_to(&number(1)));
    let measures = whole.measures.iter().map(|measure| {
        let linked = part(&measure.linked_hours);
        Measure {
            outcome: measure.outcome.as_ref().map(|outcome| Outcome {
                target: &outcome.target * &fraction(units_ordered, 100),
                surplus: &outcome.surplus * &fraction(units_ordered, 100),
                unit_price: outcome.unit_price.as_ref().map(|_| Euros(&outcome.per_unit.0 * &fraction(bid, 100))),
                ..outcome.clone()
            }),
            // As the contract says: under orders, training is owed once they make five times as many linked hours.
            training: if linked.0 >= (&measure.training.0 * &number(5)) {
                measure.training.clone()
            } else {
                Hours::zero()
            },
            linked_hours: linked,
            ..measure.clone()
        }
    });
    let mut duty = Duty { hours: part(&whole.hours), measures: measures.collect(), ceiling: None, ..whole.clone() };
    let sum = |duty: &Duty| duty.printed_ceiling(&duty.exposure()).0;
    let share = sum(&duty).over(&sum(whole)).unwrap_or_else(|| number(1));
    duty.ceiling = whole.ceiling.as_ref().map(|ceiling| Euros(&ceiling.0 * &share));
    Contract { duty, price: contract.price.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(MANY))]

    /// Third invariant, whatever the bid and the orders: no price of a unit, from nothing to thrice its tariff, and no share
    /// ordered of the hours and of the quantities, makes an omission pay.
    #[test]
    fn no_bid_and_no_order_makes_an_omission_pay(
        contract in a_contract(), shares in prop::collection::vec(shares(), 2), other in 0..=100i64, bid in 0..=300i64,
        hours_ordered in 1..=100i64, units_ordered in 1..=100i64,
    ) {
        let awarded = awarded(&contract, bid, hours_ordered, units_ordered);
        let duty = &awarded.duty;
        let before = state(duty, &shares, other, 0);
        for (measure, omission) in (0..duty.measures.len()).flat_map(|m| OMISSIONS.map(|omission| (m, omission))) {
            let Some(after) = omit(&before, measure, omission) else { continue };
            let high = duty.measures[measure].outcome.as_ref().map_or_else(Number::zero, |o| o.ratio.high.clone());
            let truth = Truth { ratio: high, economy: Economy::usual(usages()) };
            let added = &duty.settle(&after).due.0 - &duty.settle(&before).due.0;
            prop_assert_eq!(&added, &tariff(duty, measure, omission), "{:?}", omission);
            prop_assert!(added >= saving(&awarded, measure, omission, &truth), "{:?}: {:?}", omission, added);
        }
        let nothing = duty.settle(&duty.nothing());
        prop_assert_eq!(&nothing.due, &duty.exposure());
    }
}

proptest! {
    /// Second invariant: what the act releases is released, neither more nor less, and the result does not move.
    #[test]
    fn released_means_released(
        contract in a_contract(), shares in prop::collection::vec(shares(), 2), other in 0..=100i64, percent in 0..=100i64,
        linked in 0..=100i64,
    ) {
        let duty = Duty { ceiling: None, measures: contract.duty.measures[..1].to_vec(), ..contract.duty };
        let mut before = state(&duty, &shares, other, 0);
        before.measures[0].exonerated = Some(Hours::zero());
        let mut after = before.clone();
        let (x, xl) = (part(&duty.hours.0, percent), part(&duty.measures[0].linked_hours.0, linked));
        (after.exonerated, after.measures[0].exonerated) = (Hours(x.clone()), Some(Hours(xl.clone())));
        let (was, is) = (duty.settle(&before), duty.settle(&after));
        let measure = &duty.measures[0];
        let fallen = &was.due.0 - &is.due.0;
        prop_assert!(!fallen.is_negative());
        let training = &was.measures[0].training.0 - &is.measures[0].training.0;
        let most = &(&(&x * &duty.per_hour.0) + &(&xl * &measure.per_linked_hour.0)) + &(&training * &measure.per_training_hour.0);
        prop_assert!(fallen <= most);
        prop_assert_eq!(&was.measures[0].units, &is.measures[0].units);
    }

    /// When all but the released hours is done, however it is split, the hours cost nothing.
    #[test]
    fn the_rest_done_nothing_is_owed(contract in a_contract(), percent in 0..=100i64, linked in 0..=100i64) {
        let duty = Duty { measures: contract.duty.measures[..1].to_vec(), ..contract.duty };
        let mut done = duty.whole();
        let measure = &duty.measures[0];
        // XL linked hours and some ordinary ones are freed: training first stays.
        let freed = part(&measure.linked_hours.0, linked);
        let ordinary = part(&done.other_hours.0, percent);
        let kept = (&measure.linked_hours.0 - &freed).or_zero();
        let training = Number::min_of(&measure.training.0, &kept);
        (done.measures[0].training, done.measures[0].linked_work) = (Hours(training.clone()), Hours(&kept - &training));
        done.measures[0].exonerated = Some(Hours(freed.clone()));
        done.other_hours = Hours(&done.other_hours.0 - &ordinary);
        done.exonerated = Hours(&freed + &ordinary);
        prop_assert_eq!(duty.settle(&done).due, Euros::zero());
    }

    /// The record lowers the quantity and the linked hours in the same proportion, never the volume.
    #[test]
    fn the_record_lowers_both_sides_alike(contract in a_contract(), percent in 0..=200i64) {
        let duty = Duty { ceiling: None, ..contract.duty };
        let Some(target) = duty.measures[0].outcome.as_ref().map(|o| o.target.clone()) else { return Ok(()) };
        let mut nothing = Performance { measures: vec![Done::nothing(Number::zero()); duty.measures.len()], ..duty.nothing() };
        nothing.measures[0].stock = Some(&target * &fraction(percent, 100));
        let settled = duty.settle(&nothing);
        let part = if target.is_zero() { number(1) } else { fraction(percent.min(100), 100) };
        let linked = (&duty.measures[0].linked_hours.0 * &part).floor_to(&number(1));
        prop_assert_eq!(&settled.measures[0].units, &(&target * &part));
        prop_assert_eq!(&settled.measures[0].linked_hours.0, &linked);
        prop_assert_eq!(settled.missing_hours, duty.hours);
    }
}

/// Codes that stand between a dossier and the promise of the third invariant.
const DISSUASION: [&str; 6] = [
    "liaison-unite-sous-le-travail",
    "liaison-unite-sans-marge",
    "liaison-heure-liee-sans-prix",
    "liaison-heure-sans-marge",
    "liaison-plafond-derisoire",
    "liaison-plafond-insuffisant",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(DOSSIERS))]

    /// The same promise through whole dossiers: orders or not, unit price or not, tariffs given or left to the rule. Where no
    /// check remarks the dissuasion, no omission pays; where one does, it is not a false alarm of another kind.
    #[test]
    fn a_dossier_without_a_remark_dissuades(
        amount in 50..800i64, rate in 5..20i64, assigned in 30..=100i64, tonnes in 1..60i64, ratio in 15..=40i64, per_unit in 200..2_500i64,
        per_hour in 12..70i64, linked in prop::option::of(5..40i64), unit in prop::option::of(100..2_000i64), cap in prop::option::of(3..30i64),
        orders: bool, shares in prop::collection::vec(shares(), 1), other in 0..=100i64,
    ) {
        let mut text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/ecole-rehabilitation/dossier.toml")).unwrap();
        let optional = |name: &str, value: Option<i64>, unit: &str| {
            value.map(|value| format!("{name} = \"{value} {unit}\"\n")).unwrap_or_default()
        };
        let own = [
            format!("affectation = \"{assigned} %\"\n"),
            optional("penalite_heure_liee", linked, "€"),
            optional("prix_unite", unit, "€"),
            optional("plafond_penalites", cap, "%"),
        ];
        for (from, to) in [
            ("montant = \"350 000 €\"", format!("montant = \"{amount} 000 €\"")),
            ("taux = { 1 = \"10 %\"", format!("taux = {{ 1 = \"{rate} %\"")),
            ("quantite = \"18 t\"", format!("quantite = \"{tonnes} t\"")),
            ("gisement = \"30 t\"", "gisement = \"90 t\"".to_owned()),
            ("penalite_tonne = \"1 100 €\"", format!("penalite_tonne = \"{per_unit} €\"")),
            ("penalite_heure = \"45 €\"", format!("penalite_heure = \"{per_hour} €\"")),
            ("ratio = \"25 h/t\"", format!("ratio = \"{ratio} h/t\"")),
            ("affectation = \"60 %\"\n", own.concat()),
            ("contrat = \"marche\"", if orders { "contrat = \"accord-cadre\"\nexecution = \"bons-de-commande\"\nmontant_maximum = \"6 200 000 €\"".to_owned() } else { "contrat = \"marche\"".to_owned() }),
        ] {
            assert!(text.contains(from), "{from}");
            text = text.replacen(from, &to, 1);
        }
        let consultation = Consultation::from_toml(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let resolved = Library::embedded().resolve(&consultation);
        let Some(lot) = resolved.ledger().first() else { return Ok(()) };
        let (Some(duty), Some(price)) = (&lot.duty, &lot.price) else { return Ok(()) };
        let most = &lot.ceiling.as_ref().unwrap().amount;
        prop_assert_eq!(most, &ceiling(&lot.amount, &lot.ceiling.as_ref().unwrap().rate));
        prop_assert_eq!(duty.ceiling.clone().unwrap(), duty.printed_ceiling(most));
        let remarked = |code: &str| resolved.findings().iter().any(|finding| finding.code == code);
        prop_assert_eq!(remarked("liaison-plafond-insuffisant"), *most < duty.exposure());
        if DISSUASION.iter().any(|code| remarked(code)) {
            return Ok(());
        }
        let contract = Contract { duty: duty.clone(), price: price.clone() };
        let before = state(duty, &shares, other, 0);
        let truth = Truth { ratio: duty.measures[0].outcome.as_ref().unwrap().ratio.at(Edge::High).clone(), economy: Economy::usual(usages()) };
        for omission in OMISSIONS {
            let Some(after) = omit(&before, 0, omission) else { continue };
            let added = &duty.settle(&after).due.0 - &duty.settle(&before).due.0;
            prop_assert!(added >= saving(&contract, 0, omission, &truth), "{:?} in {}", omission, text);
        }
    }
}
