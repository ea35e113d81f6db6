//! The arithmetic of liaisons: the worked cases of the rules, and what holds for every liaison.

use clausier::hours::RoundingStep;
use clausier::ledger::{
    Bounds, Coherence, Conversion, ConversionError, Direction, Duty, Excuse, HourEntry, Link, LotFault, LotHours,
    Performance, RegisterError, Registers, Remedies, Remedy, ResultEntry, Settlement, Target, Verdict, ceiling,
};
use clausier::quantity::{Euros, Hours, Number, Quantity, Rate};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn number(value: i64) -> Number {
    Number::from_int(value)
}

fn fraction(numerator: i64, denominator: i64) -> Number {
    Number::fraction(numerator, denominator).unwrap()
}

fn half_points(halves: i64) -> Rate {
    Rate(fraction(halves, 200))
}

fn tonnes(tenths: i64) -> Quantity {
    Quantity { value: fraction(tenths, 10), unit: "t".to_owned() }
}

fn lot(hours: i64) -> LotHours {
    LotHours { hours: Hours::from_int(hours), step: RoundingStep::Five, labour: None }
}

/// A liaison without training: assigned share in percent, target in tonnes, ratio, entrusted share in percent.
fn link(assigned: i64, target: i64, ratio: i64, entrusted: i64) -> Link {
    Link {
        measure: "bat-reemploi-taux".to_owned(),
        assigned: Rate::from_percent(assigned),
        training: Hours::zero(),
        target: Target { quantity: tonnes(target * 10), countable: false, whole_deposit: false },
        ratio: number(ratio),
        known_ratio: None,
        entrusted: Rate::from_percent(entrusted),
        ceiling: None,
        bounds: Bounds::default(),
    }
}

fn remedies(coherence: Coherence) -> Remedies {
    coherence.remedies.expect("incoherent")
}

fn impossible<T>(remedy: Remedy<T>) -> String {
    match remedy {
        Remedy::Impossible(reason) => reason,
        Remedy::Possible(_) => panic!("possible"),
    }
}

#[test]
fn enough_hours_are_coherent() {
    let coherence = lot(455).coherence(&link(60, 18, 25, 50));
    assert_eq!((coherence.available.clone(), coherence.need.clone()), (Hours::from_int(273), Hours::from_int(225)));
    assert_eq!(coherence.work, Hours::from_int(450));
    assert!(coherence.is_coherent());
    assert_eq!(coherence.excess, None);
    assert_eq!(coherence.critical_ratio.unwrap().french(1), "30,3");
}

#[test]
fn too_few_hours_have_four_remedies() {
    let coherence = lot(210).coherence(&link(50, 12, 25, 50));
    assert_eq!((coherence.available.clone(), coherence.need.clone()), (Hours::from_int(105), Hours::from_int(150)));
    assert_eq!(
        remedies(coherence),
        Remedies {
            raise_hours: Remedy::Possible(Hours::from_int(300)),
            lower_target: Remedy::Possible(tonnes(84)),
            raise_assigned: Remedy::Possible(half_points(143)),
            lower_entrusted: Remedy::Possible(Rate::from_percent(35)),
        }
    );
}

#[test]
fn the_school_is_coherent_without_training_and_not_with_it() {
    let mut school = link(60, 18, 25, 50);
    school.known_ratio = Some((number(15), number(40)));
    let alone = lot(485).coherence(&school);
    assert_eq!(alone.available, Hours::from_int(291));
    assert!(alone.is_coherent());
    assert_eq!(alone.critical_ratio, Some(fraction(97, 3)));
    assert!(alone.doubtful);

    school.training = Hours::from_int(2 * 35);
    let trained = lot(485).coherence(&school);
    assert_eq!((trained.available.clone(), trained.need.clone()), (Hours::from_int(221), Hours::from_int(225)));
    let remedies = remedies(trained);
    assert_eq!(remedies.raise_hours, Remedy::Possible(Hours::from_int(495)));
    assert_eq!(remedies.lower_target, Remedy::Possible(tonnes(176)));
    assert_eq!(remedies.raise_assigned, Remedy::Possible(Rate::from_percent(61)));
    assert_eq!(remedies.lower_entrusted, Remedy::Possible(Rate::from_percent(49)));
}

#[test]
fn counted_units_are_lowered_to_the_unit() {
    let mut doors = link(50, 12, 25, 50);
    doors.target = Target {
        quantity: Quantity { value: number(12), unit: "portes".to_owned() },
        countable: true,
        whole_deposit: false,
    };
    let lowered = remedies(lot(210).coherence(&doors)).lower_target;
    assert_eq!(lowered, Remedy::Possible(Quantity { value: number(8), unit: "portes".to_owned() }));
}

#[test]
fn a_remedy_out_of_its_bounds_says_why() {
    // 160 hours of need for 100 hours in all.
    let mut lot = lot(100);
    lot.labour = Some(Hours::from_int(500));
    let four = remedies(lot.coherence(&link(50, 20, 20, 40)));
    assert_eq!(
        impossible(four.raise_hours),
        "320\u{a0}heures porteraient le taux d’insertion à 64\u{a0}%, au-delà de 30\u{a0}% : une réservation serait plus \
         franche"
    );
    assert_eq!(
        impossible(four.raise_assigned),
        "il faut 160\u{a0}heures, plus que toutes les heures du lot (100\u{a0}heures)"
    );
    assert_eq!(
        impossible(four.lower_entrusted),
        "la part confiée tomberait à 12,5\u{a0}%, sous son minimum de 30\u{a0}%"
    );
    assert_eq!(four.lower_target, Remedy::Possible(tonnes(62)));

    let mut trained = link(50, 20, 20, 40);
    trained.training = Hours::from_int(70);
    let four = remedies(lot.coherence(&trained));
    assert_eq!(
        impossible(four.lower_target),
        "la formation (70\u{a0}heures) ne laisse aucune heure affectée au travail"
    );
    let four = remedies(lot.coherence(&link(0, 20, 20, 40)));
    assert_eq!(impossible(four.raise_hours), "aucune heure du lot n’est affectée à la mesure");
    assert_eq!(impossible(four.lower_entrusted), "aucune heure du lot n’est affectée à la mesure");
}

#[test]
fn bounds_belong_to_what_they_bound() {
    // 160 hours of need for 160 in all; 320 hours are exactly 30 % of the labour.
    let mut lot = lot(160);
    lot.labour = Some(Hours(fraction(3_200, 3)));
    let four = remedies(lot.coherence(&link(50, 20, 20, 40)));
    assert_eq!(four.raise_assigned, Remedy::Possible(Rate::whole()));
    assert_eq!(four.raise_hours, Remedy::Possible(Hours::from_int(320)));
    // 80 hours for 20 tonnes × 40 %: the critical ratio is 10.
    let doubtful = |low, high| {
        let known_ratio = Some((number(low), number(high)));
        lot.coherence(&Link { known_ratio, ..link(50, 20, 20, 40) }).doubtful
    };
    assert!(doubtful(10, 20) && doubtful(5, 10) && !doubtful(11, 20) && !doubtful(5, 9));
}

#[test]
fn more_hours_than_the_measure_takes() {
    let mut wide = link(90, 10, 25, 50);
    wide.training = Hours::from_int(35);
    let coherence = lot(500).coherence(&wide);
    assert!(coherence.is_coherent());
    let excess = coherence.excess.unwrap();
    assert_eq!(excess.useful_share, Rate::from_percent(57));
    assert!(!excess.blocking);
    wide.target.whole_deposit = true;
    assert!(lot(500).coherence(&wide).excess.unwrap().blocking);
    wide.assigned = Rate::from_percent(57);
    assert_eq!(lot(500).coherence(&wide).excess, None);
}

#[test]
fn a_reservation_in_disguise_is_seen() {
    let mut lot = lot(250);
    assert_eq!(lot.reserved_share(&[]), None);
    lot.labour = Some(Hours::from_int(500));
    assert_eq!(lot.reserved_share(&[]), Some(Rate::from_percent(50)));
    assert!(!lot.is_reserved_in_disguise(&[]));
    // 251 hours entrusted, of 500.
    let mut heavy = link(60, 1, 502, 50);
    assert_eq!(lot.reserved_share(std::slice::from_ref(&heavy)), Some(Rate(fraction(251, 500))));
    assert!(lot.is_reserved_in_disguise(std::slice::from_ref(&heavy)));
    heavy.ratio = number(100);
    assert!(!lot.is_reserved_in_disguise(&[heavy]));
    assert_eq!(lot.insertion_rate(), Some(Rate::from_percent(50)));
}

#[test]
fn liaisons_of_a_lot_share_its_hours_and_its_measures() {
    let faults =
        |links: &[Link]| -> Vec<String> { lot(400).together(links).faults.iter().map(ToString::to_string).collect() };
    let mut other = link(40, 4, 20, 50);
    other.measure = "biodechets".to_owned();
    let fit = lot(400).together(&[link(60, 18, 25, 50), other.clone()]);
    assert_eq!(fit.faults, []);
    assert_eq!(fit.assigned, Rate::whole());
    assert_eq!((fit.available, fit.need), (Hours::from_int(400), Hours::from_int(265)));
    assert!(fit.links.iter().all(Coherence::is_coherent));

    other.assigned = Rate::from_percent(45);
    assert_eq!(
        faults(&[link(60, 18, 25, 50), other.clone()]),
        ["les liaisons du lot affectent ensemble 105\u{a0}% de ses heures d’insertion : 100\u{a0}% au plus"]
    );
    assert_eq!(
        faults(&[link(50, 10, 25, 60), link(50, 10, 25, 50)]),
        [
            "les liaisons confient ensemble 110\u{a0}% du travail de la mesure « bat-reemploi-taux » : 100\u{a0}% au plus"
        ]
    );
    assert_eq!(
        faults(&[link(50, 18, 25, 50), link(40, 18, 25, 50)]),
        ["les liaisons du lot demandent ensemble 450\u{a0}heures et n’en ont que 360\u{a0}heures"]
    );
    let capped = |percent| Link { ceiling: Some(Rate::from_percent(percent)), ..link(40, 4, 20, 50) };
    assert_eq!(
        faults(&[capped(10), link(40, 4, 20, 50), capped(10)].map(|l| Link { assigned: half_points(60), ..l })),
        [
            "les liaisons confient ensemble 150\u{a0}% du travail de la mesure « bat-reemploi-taux » : 100\u{a0}% au plus"
        ]
    );
    let several = lot(400).together(&[capped(10), capped(5)]).faults;
    assert_eq!(several, [LotFault::Ceilings { ceilings: vec![Rate::from_percent(5), Rate::from_percent(10)] }]);
}

#[test]
fn together_suffices_only_when_each_does() {
    // 40 + 200 hours for 100 + 100: enough in all, not for the first.
    let mut first = link(10, 8, 25, 50);
    first.measure = "compost".to_owned();
    let both = lot(400).together(&[first, link(50, 8, 25, 50)]);
    assert_eq!(both.faults, []);
    assert!(!both.links[0].is_coherent());
    assert!(both.links[1].is_coherent());
    // The first may take 25 % of the hours, which the second leaves; had it left 20 %, it could not.
    let take = |left: i64| {
        let first = Link { measure: "compost".to_owned(), ..link(10, 8, 25, 50) };
        let both = lot(400).together(&[first, link(100 - left, 8, 25, 50)]);
        both.links.into_iter().next().and_then(|link| link.remedies).unwrap().raise_assigned
    };
    assert_eq!(take(25), Remedy::Possible(Rate::from_percent(25)));
    assert_eq!(impossible(take(20)), "il faudrait affecter 25\u{a0}% des heures, au-delà de 20\u{a0}%");
}

#[test]
fn exonerated_hours_lower_the_entrusted_share() {
    let school = link(60, 18, 25, 50);
    assert_eq!(school.entrusted_after(&Hours::zero()), Rate::from_percent(50));
    assert_eq!(school.entrusted_after(&Hours::from_int(45)), Rate::from_percent(40));
    assert_eq!(school.entrusted_after(&Hours::from_int(300)), Rate::zero());
}

/// The school: 485 hours of which 291 linked, 18 tonnes, 50 € an hour, 1 000 € a tonne, 10 % of 350 000 €.
fn school() -> Duty {
    Duty {
        hours: Hours::from_int(485),
        linked_hours: Hours::from_int(291),
        target: number(18),
        ratio: number(25),
        per_hour: Euros::from_int(50),
        per_unit: Euros::from_int(1_000),
        ceiling: Some(ceiling(&Euros::from_int(350_000), &Rate::from_percent(10))),
    }
}

fn done(linked: i64, other: i64, result: i64) -> Performance {
    Performance {
        linked_hours: Hours::from_int(linked),
        other_hours: Hours::from_int(other),
        result: number(result),
        exonerated_linked: Hours::zero(),
        exonerated_other: Hours::zero(),
        out_of_deposit: Number::zero(),
        common_cause: false,
        excuse: None,
    }
}

/// Verdict, missing hours and result, then euros: common, hours, result, owed.
fn summary(settlement: Settlement) -> (Verdict, i64, i64, [i64; 4]) {
    let whole = |number: &Number| {
        assert!(number.is_whole(), "{number:?}");
        number.to_i64().unwrap()
    };
    (
        settlement.verdict,
        whole(&settlement.missing_hours.0),
        whole(&settlement.missing_result),
        [settlement.common, settlement.for_hours, settlement.for_result, settlement.due].map(|euros| whole(&euros.0)),
    )
}

#[test]
fn the_failure_function_case_by_case() {
    let settle = |performance: Performance| summary(school().settle(&performance));
    assert_eq!(settle(done(291, 194, 18)), (Verdict::Performed, 0, 0, [0, 0, 0, 0]));
    assert_eq!(settle(done(300, 200, 25)), (Verdict::Performed, 0, 0, [0, 0, 0, 0]));
    // The target is reached without the hours, then the hours without the target.
    assert_eq!(settle(done(191, 194, 18)), (Verdict::HoursShort, 100, 0, [0, 5_000, 0, 5_000]));
    assert_eq!(settle(done(291, 194, 14)), (Verdict::ResultShort, 0, 4, [0, 0, 4_000, 4_000]));
    // Both, for distinct facts, then for one: 100 hours and 4 tonnes are the same lack.
    assert_eq!(settle(done(191, 194, 14)), (Verdict::TwoFacts, 100, 4, [0, 5_000, 4_000, 9_000]));
    let common = |performance| Performance { common_cause: true, ..performance };
    assert_eq!(settle(common(done(191, 194, 14))), (Verdict::OneFact, 100, 4, [5_000, 0, 0, 5_000]));
    // 100 linked hours answer for 4 of the 6 tonnes; 44 other hours lack besides.
    assert_eq!(settle(common(done(191, 150, 12))), (Verdict::OneFact, 144, 6, [5_000, 2_200, 2_000, 9_200]));
    // 2 tonnes answer for 50 of the 100 hours.
    assert_eq!(settle(common(done(191, 194, 16))), (Verdict::OneFact, 100, 2, [2_500, 2_500, 0, 5_000]));
    // Other hours made up the total: the linked hours lack all the same, once.
    assert_eq!(settle(done(191, 294, 18)), (Verdict::HoursShort, 100, 0, [0, 5_000, 0, 5_000]));
    assert_eq!(settle(common(done(191, 294, 14))), (Verdict::OneFact, 100, 4, [5_000, 0, 0, 5_000]));
    // A common cause with nothing lacking on one side is no common cause.
    assert_eq!(settle(common(done(191, 194, 18))), (Verdict::HoursShort, 100, 0, [0, 5_000, 0, 5_000]));
}

#[test]
fn what_is_exonerated_or_out_of_reach_is_set_aside_first() {
    let settle = |performance: Performance| summary(school().settle(&performance));
    let mut performance = done(191, 194, 14);
    performance.exonerated_linked = Hours::from_int(60);
    // The exoneration does not extend to the result.
    assert_eq!(settle(performance.clone()), (Verdict::TwoFacts, 40, 4, [0, 2_000, 4_000, 6_000]));
    performance.out_of_deposit = number(3);
    assert_eq!(settle(performance.clone()), (Verdict::TwoFacts, 40, 1, [0, 2_000, 1_000, 3_000]));
    performance.common_cause = true;
    assert_eq!(settle(performance.clone()), (Verdict::OneFact, 40, 1, [1_250, 750, 0, 2_000]));
    performance.exonerated_linked = Hours::from_int(100);
    performance.out_of_deposit = number(4);
    assert_eq!(settle(performance.clone()), (Verdict::Released, 0, 0, [0, 0, 0, 0]));
    for excuse in [Excuse::BuyerAct, Excuse::ForceMajeure] {
        let excused = Performance { excuse: Some(excuse), ..done(0, 0, 0) };
        assert_eq!(settle(excused), (Verdict::Excused(excuse), 0, 0, [0, 0, 0, 0]));
    }
    let needless = Performance { excuse: Some(Excuse::BuyerAct), ..done(291, 194, 18) };
    assert_eq!(settle(needless).0, Verdict::Performed);
    assert_eq!(Verdict::Performed.to_string(), "exécution constatée");
}

#[test]
fn the_ceiling_may_turn_doing_nothing_into_a_price() {
    let mut duty = school();
    assert_eq!(duty.ceiling, Some(Euros::from_int(35_000)));
    let exposure = duty.exposure();
    // 485 × 50 + 18 × 1 000; then 291 × 50, 194 × 50, and 18 − 291 ÷ 25 tonnes.
    assert_eq!(exposure.separate, Euros::from_int(42_250));
    assert_eq!(exposure.joint, Euros::from_int(30_610));
    assert_eq!(duty.settle(&done(0, 0, 0)).due, Euros::from_int(35_000));
    assert!(duty.ceiling_becomes_a_price());
    duty.ceiling = Some(Euros::from_int(42_250));
    assert!(!duty.ceiling_becomes_a_price());
    duty.ceiling = None;
    assert!(!duty.ceiling_becomes_a_price());
}

#[test]
fn a_conversion_is_capped_and_spares_the_law() {
    let by_hours = Conversion::new(Direction::ResultByHours, Rate::from_percent(20), number(25)).unwrap();
    // 18 tonnes due, 12 done: 20 % of 18 at most.
    let made_up = by_hours.make_up(&number(18), &number(12), &Number::zero(), &number(500));
    assert_eq!((made_up.made_up, made_up.spent, made_up.missing), (fraction(18, 5), number(90), fraction(12, 5)));
    // 50 hours are worth 2 tonnes; the law itself demands 17.
    assert_eq!(by_hours.make_up(&number(18), &number(12), &Number::zero(), &number(50)).made_up, number(2));
    assert_eq!(by_hours.make_up(&number(18), &number(12), &number(17), &number(500)).made_up, number(1));
    assert_eq!(by_hours.make_up(&number(18), &number(12), &number(20), &number(500)).made_up, Number::zero());
    assert_eq!(by_hours.make_up(&number(18), &number(20), &Number::zero(), &number(500)).made_up, Number::zero());
    let by_result = Conversion::new(Direction::HoursByResult, Rate::from_percent(10), number(25)).unwrap();
    let made_up = by_result.make_up(&number(485), &number(400), &Number::zero(), &number(1));
    assert_eq!((made_up.made_up, made_up.spent, made_up.missing), (number(25), number(1), number(60)));

    let refused = |direction, percent| Conversion::new(direction, Rate::from_percent(percent), number(25)).unwrap_err();
    assert_eq!(
        refused(Direction::ResultByHours, 21).to_string(),
        "le plafond de conversion, 21\u{a0}%, dépasse le maximum de 20\u{a0}%"
    );
    assert!(matches!(refused(Direction::HoursByResult, 11), ConversionError::Cap { .. }));
    assert_eq!(Direction::HoursByResult.default_cap(), Rate::zero());
    assert_eq!(Direction::ResultByHours.default_cap(), Rate::from_percent(20));
    let free = Conversion::new(Direction::ResultByHours, Rate::zero(), Number::zero());
    assert_eq!(free, Err(ConversionError::Exchange));
}

fn hours_of(reference: &str, lot: u32, task: &str, hours: i64) -> HourEntry {
    HourEntry { reference: reference.to_owned(), lot, task: task.to_owned(), hours: Hours::from_int(hours) }
}

#[test]
fn two_registers_are_kept_apart() {
    let mut registers = Registers::default();
    assert_eq!(registers.add_hours(hours_of("F-001", 1, "depose", 7)), Ok(()));
    assert_eq!(registers.add_hours(hours_of("F-002", 1, "tri", 5)), Ok(()));
    assert_eq!(registers.add_hours(hours_of("F-003", 2, "peinture", 7)), Ok(()));
    let twice = registers.add_hours(hours_of("F-001", 2, "tri", 7)).unwrap_err();
    assert_eq!(twice, RegisterError::Twice { reference: "F-001".to_owned(), lot: 1 });
    assert!(matches!(registers.add_hours(hours_of("F-004", 1, "tri", 0)), Err(RegisterError::Nothing { .. })));
    // The same sheet proves an hour on one side and a result on the other.
    let result = |reference: &str| ResultEntry {
        reference: reference.to_owned(),
        lot: 1,
        measure: "bat-reemploi-taux".to_owned(),
        quantity: fraction(3, 2),
    };
    assert_eq!(registers.add_result(result("F-001")), Ok(()));
    assert!(registers.add_result(result("F-001")).is_err());
    assert_eq!(registers.add_result(result("B-002")), Ok(()));
    assert_eq!(registers.all_hours(), Hours::from_int(19));
    assert_eq!(
        registers.hours_by_lot().into_iter().collect::<Vec<_>>(),
        [(1, Hours::from_int(12)), (2, Hours::from_int(7))]
    );
    assert_eq!(registers.hours_by_task(1)["depose"], Hours::from_int(7));
    assert_eq!(registers.hours_by_task(1).len(), 2);
    assert_eq!(registers.results_by_measure(1)["bat-reemploi-taux"], number(3));
    assert!(registers.results_by_measure(2).is_empty());
}

prop_compose! {
    fn any_lot()(hours in 0..400i64, step in prop::sample::select(RoundingStep::ALL.to_vec()), labour in 0..20_000i64)
    -> LotHours {
        let labour = Some(Hours::from_int(labour)).filter(|_| labour % 3 != 0);
        LotHours { hours: Hours::from_int(hours * step.hours()), step, labour }
    }
}

prop_compose! {
    fn any_link()(
        assigned in 0..=200i64, training in 0..150i64, tenths in 0..600i64, ratio in 0..60i64, entrusted in 60..=160i64,
        countable: bool,
    ) -> Link {
        let quantity = if countable { tonnes(tenths / 10 * 10) } else { tonnes(tenths) };
        Link {
            assigned: half_points(assigned),
            training: Hours::from_int(training),
            target: Target { quantity, countable, whole_deposit: false },
            ratio: fraction(ratio, 2),
            entrusted: half_points(entrusted),
            ..link(50, 1, 1, 50)
        }
    }
}

/// One half point.
fn point() -> Number {
    fraction(1, 200)
}

proptest! {
    #[test]
    fn raising_the_hours_never_breaks_a_liaison(lot in any_lot(), link in any_link(), more in 0..1_000i64) {
        let raised = LotHours { hours: Hours(&lot.hours.0 + &number(more)), ..lot.clone() };
        prop_assert!(!lot.coherence(&link).is_coherent() || raised.coherence(&link).is_coherent());
    }

    #[test]
    fn a_possible_remedy_is_the_smallest_that_suffices(lot in any_lot(), link in any_link()) {
        let Some(remedies) = lot.coherence(&link).remedies else { return Ok(()) };
        let with_hours = |hours: Number| {
            LotHours { hours: Hours(hours), ..lot.clone() }.coherence(&link).is_coherent()
        };
        let with_target = |value: Number| {
            let mut link = link.clone();
            link.target.quantity.value = value;
            lot.coherence(&link).is_coherent()
        };
        let with_assigned = |share: Number| {
            lot.coherence(&Link { assigned: Rate(share), ..link.clone() }).is_coherent()
        };
        let with_entrusted = |share: Number| {
            lot.coherence(&Link { entrusted: Rate(share), ..link.clone() }).is_coherent()
        };
        let grain = if link.target.countable { number(1) } else { fraction(1, 10) };
        match remedies.raise_hours {
            Remedy::Possible(hours) => {
                prop_assert!(with_hours(hours.0.clone()));
                prop_assert!(!with_hours(&hours.0 - &lot.step.number()));
                prop_assert!(hours.0.over(&lot.step.number()).unwrap().is_whole());
            }
            // Either nothing is assigned, or no volume within 30 % of the labour suffices.
            Remedy::Impossible(_) if link.assigned.0.is_zero() => {}
            Remedy::Impossible(_) => {
                let most = &lot.labour.clone().unwrap().0 * &fraction(3, 10);
                prop_assert!(!with_hours(most.floor_to(&lot.step.number())));
            }
        }
        match remedies.lower_target {
            Remedy::Possible(target) => {
                prop_assert!(with_target(target.value.clone()));
                prop_assert!(!with_target(&target.value + &grain));
            }
            Remedy::Impossible(_) => prop_assert!(!with_target(grain)),
        }
        match remedies.raise_assigned {
            Remedy::Possible(share) => {
                prop_assert!(with_assigned(share.0.clone()));
                prop_assert!(!with_assigned(&share.0 - &point()));
                prop_assert!(share <= Rate::whole());
            }
            Remedy::Impossible(_) => prop_assert!(!with_assigned(number(1))),
        }
        match remedies.lower_entrusted {
            Remedy::Possible(share) => {
                prop_assert!(with_entrusted(share.0.clone()));
                prop_assert!(!with_entrusted(&share.0 + &point()));
                prop_assert!(share >= Rate::from_percent(30));
            }
            Remedy::Impossible(_) => prop_assert!(!with_entrusted(fraction(3, 10))),
        }
    }

    #[test]
    fn critical_ratio_and_useful_share_are_exact_limits(lot in any_lot(), link in any_link()) {
        let coherence = lot.coherence(&link);
        if let Some(ratio) = coherence.critical_ratio {
            let critical = lot.coherence(&Link { ratio, ..link.clone() });
            prop_assert_eq!(critical.need, critical.available);
        }
        if let Some(excess) = coherence.excess {
            let useful = lot.coherence(&Link { assigned: excess.useful_share, ..link });
            prop_assert_eq!(useful.available, useful.work);
        }
    }

    #[test]
    fn liaisons_that_suffice_alone_suffice_together(lot in any_lot(), links in prop::collection::vec(any_link(), 0..4)) {
        let together = lot.together(&links);
        let short = together.faults.iter().any(|fault| matches!(fault, LotFault::Short { .. }));
        prop_assert_eq!(short, together.available < together.need);
        if together.links.iter().all(Coherence::is_coherent) {
            prop_assert!(!short);
        }
    }
}

prop_compose! {
    fn any_duty()(
        hours in 0..1_000i64, percent in 0..=100i64, target in 0..50i64, ratio in 0..50i64, per_hour in 0..200i64,
        per_unit in 0..3_000i64, ceiling in prop::option::of(0..50_000i64),
    ) -> Duty {
        Duty {
            hours: Hours::from_int(hours),
            linked_hours: Hours(&number(hours) * &fraction(percent, 100)),
            target: number(target),
            ratio: number(ratio),
            per_hour: Euros::from_int(per_hour),
            per_unit: Euros::from_int(per_unit),
            ceiling: ceiling.map(Euros::from_int),
        }
    }
}

prop_compose! {
    fn any_performance()(
        linked in 0..800i64, other in 0..800i64, result in 0..60i64, exonerated_linked in 0..200i64,
        exonerated_other in 0..200i64, out in 0..20i64, common_cause: bool,
        excuse in prop::sample::select(vec![None, None, None, Some(Excuse::BuyerAct), Some(Excuse::ForceMajeure)]),
    ) -> Performance {
        Performance {
            exonerated_linked: Hours::from_int(exonerated_linked),
            exonerated_other: Hours::from_int(exonerated_other),
            out_of_deposit: number(out),
            common_cause,
            excuse,
            ..done(linked, other, result)
        }
    }
}

proptest! {
    #[test]
    fn a_penalty_lies_between_nothing_and_its_ceiling(duty in any_duty(), performance in any_performance()) {
        let settled = duty.settle(&performance);
        for euros in [&settled.common, &settled.for_hours, &settled.for_result, &settled.due] {
            prop_assert!(!euros.0.is_negative());
        }
        if let Some(ceiling) = &duty.ceiling {
            prop_assert!(settled.due <= *ceiling);
        }
        prop_assert!(settled.before_ceiling <= duty.exposure().separate);
        let parts = [&settled.common, &settled.for_hours, &settled.for_result].map(|euros| euros.0.clone());
        prop_assert_eq!(parts.into_iter().sum::<Number>(), settled.before_ceiling.0);
        let nothing_lacks = settled.missing_hours.0.is_zero() && settled.missing_result.is_zero();
        let released = matches!(settled.verdict, Verdict::Performed | Verdict::Released | Verdict::Excused(_));
        prop_assert_eq!(nothing_lacks, released);
    }

    #[test]
    fn one_fact_spares_the_lower_of_its_two_penalties(duty in any_duty(), performance in any_performance()) {
        let settle = |common_cause| duty.settle(&Performance { common_cause, ..performance.clone() });
        let (joint, separate) = (settle(true), settle(false));
        let spared = Number::min_of(
            &(&joint.common_hours.0 * &duty.per_hour.0),
            &(&joint.common_result * &duty.per_unit.0),
        );
        prop_assert_eq!(&separate.before_ceiling.0 - &joint.before_ceiling.0, spared);
    }

    #[test]
    fn doing_or_exonerating_more_never_costs_more(duty in any_duty(), performance in any_performance(), more in 0..100i64) {
        let before = duty.settle(&performance).due;
        let hours = |hours: &Hours| Hours(&hours.0 + &number(more));
        let result = |result: &Number| result + &number(more);
        let better = [
            Performance { exonerated_linked: hours(&performance.exonerated_linked), ..performance.clone() },
            Performance { exonerated_other: hours(&performance.exonerated_other), ..performance.clone() },
            Performance { linked_hours: hours(&performance.linked_hours), ..performance.clone() },
            Performance { other_hours: hours(&performance.other_hours), ..performance.clone() },
            Performance { result: result(&performance.result), ..performance.clone() },
            Performance { out_of_deposit: result(&performance.out_of_deposit), ..performance.clone() },
            Performance { excuse: Some(Excuse::BuyerAct), ..performance.clone() },
        ];
        for performance in better {
            prop_assert!(duty.settle(&performance).due <= before, "{:?}", performance);
        }
    }

    #[test]
    fn no_conversion_crosses_a_legal_floor(
        by_hours: bool, percent in 0..=20i64, per_unit in 1..60i64, due in 0..500i64, done in 0..600i64,
        floor in 0..600i64, surplus in 0..2_000i64,
    ) {
        let direction = if by_hours { Direction::ResultByHours } else { Direction::HoursByResult };
        let Ok(conversion) = Conversion::new(direction, Rate::from_percent(percent), number(per_unit)) else {
            prop_assert!(!by_hours && percent > 10);
            return Ok(());
        };
        let made = conversion.make_up(&number(due), &number(done), &number(floor), &number(surplus));
        // What must really be done.
        let real = &number(due) - &made.made_up;
        prop_assert!(real >= number(floor.min(due)));
        prop_assert!(made.made_up <= &number(due) * &fraction(percent, 100));
        prop_assert!(made.spent <= number(surplus));
        prop_assert!(!made.made_up.is_negative() && !made.missing.is_negative());
        prop_assert_eq!(&made.made_up + &made.missing, number((due - done).max(0)));
    }

    #[test]
    fn an_hour_stands_once_and_lots_add_up(lines in prop::collection::vec((0..30u32, 1..4u32, 0..3u8, 1..10i64), 0..60)) {
        let mut registers = Registers::default();
        let mut known = BTreeSet::new();
        let mut sum = 0;
        for (reference, lot, task, hours) in lines {
            let entry = hours_of(&format!("F-{reference}"), lot, &format!("tâche {task}"), hours);
            let first = known.insert(reference);
            prop_assert_eq!(registers.add_hours(entry).is_ok(), first);
            sum += if first { hours } else { 0 };
        }
        prop_assert_eq!(registers.all_hours(), Hours::from_int(sum));
        let by_lot = registers.hours_by_lot();
        prop_assert_eq!(by_lot.values().map(|hours| hours.0.clone()).sum::<Number>(), number(sum));
        for (lot, hours) in by_lot {
            let tasks: Number = registers.hours_by_task(lot).values().map(|hours| hours.0.clone()).sum();
            prop_assert_eq!(tasks, hours.0);
        }
    }
}
