//! The arithmetic of liaisons: the worked cases of the rules, and what holds for every liaison.

use clausier::hours::RoundingStep;
use clausier::ledger::{
    Bounds, Coherence, Done, Duty, Economy, Edge, Excuse, Link, LotFault, LotHours, Measure, Misfit, Outcome,
    Performance, Ratio, Remedies, Remedy, Target, ceiling, linked_hours,
};
use clausier::quantity::{Euros, Hours, Number, Quantity, Rate};
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

fn tonnes(tenths: i64) -> Quantity {
    Quantity { value: fraction(tenths, 10), unit: "t".to_owned() }
}

fn lot(total: i64) -> LotHours {
    LotHours { hours: hours(total), step: RoundingStep::Five, labour: None }
}

fn between(low: i64, usual: i64, high: i64) -> Ratio {
    Ratio { low: number(low), usual: number(usual), high: number(high) }
}

/// A liaison without training: linked share in percent, target in tonnes, ratio.
/// The usual limits, as the register has them.
fn bounds() -> Bounds {
    let usages = usages();
    Bounds {
        assigned_min: usages.assigned_low.clone(),
        assigned_max: Rate::whole(),
        insertion_rate_max: usages.insertion_high.clone(),
        share_min: usages.thin.clone(),
    }
}

fn link(assigned: i64, target: i64, ratio: Ratio) -> Link {
    Link {
        measure: "bat-reemploi-taux".to_owned(),
        assigned: Rate::from_percent(assigned),
        training: Hours::zero(),
        target: Target { quantity: tonnes(target * 10), countable: false, whole_deposit: false },
        ratio,
        bounds: bounds(),
    }
}

fn impossible<T>(remedy: Remedy<T>) -> String {
    match remedy {
        Remedy::Impossible(reason) => reason,
        Remedy::Possible(_) => panic!("possible"),
    }
}

#[test]
fn the_school_fits_at_both_ends_of_its_range() {
    let school = Link { training: hours(28), ..link(60, 18, between(15, 25, 40)) };
    let coherence = lot(485).coherence(&school);
    assert_eq!((coherence.linked_hours.clone(), coherence.available.clone()), (hours(291), hours(263)));
    assert_eq!(coherence.work, hours(450));
    assert_eq!(coherence.share.clone().unwrap().percent().french(1), "58,4");
    assert_eq!(coherence.full_ratio.clone().unwrap().french(2), "14,61");
    assert_eq!(coherence.thin_ratio.clone().unwrap().french(1), "48,7");
    assert_eq!((coherence.misfit, coherence.remedies), (None, None));
    // Linked hours are rounded down: 70 % of 7 755 is 5 428,5.
    assert_eq!(linked_hours(&hours(7_755), &Rate::from_percent(70)), hours(5_428));
}

#[test]
fn too_many_linked_hours_have_three_remedies_good_for_the_whole_range() {
    // 270 hours for 8 tonnes at 25 hours; 15 to 40 are known.
    let coherence = lot(450).coherence(&link(60, 8, between(15, 25, 40)));
    assert_eq!(coherence.misfit, Some(Misfit::Excess));
    assert!(!coherence.is_coherent());
    assert_eq!(
        coherence.remedies.unwrap(),
        Remedies {
            for_whole_range: true,
            hours: Remedy::Possible(hours(200)),
            target: Remedy::Possible(tonnes(180)),
            assigned: Remedy::Impossible("elle tomberait à 26,5\u{a0}%, sous son minimum de 30\u{a0}%".to_owned()),
        }
    );
    let mut deposit = link(60, 8, between(15, 25, 40));
    deposit.target.whole_deposit = true;
    let remedies = lot(450).coherence(&deposit).remedies.unwrap();
    assert_eq!(impossible(remedies.target), "elle est déjà tout le gisement");
}

#[test]
fn the_lowest_known_ratio_may_leave_hours_without_a_task() {
    let coherence = lot(485).coherence(&link(60, 18, between(15, 25, 40)));
    assert_eq!(coherence.misfit, Some(Misfit::ExcessAtLowest));
    assert!(coherence.is_coherent());
    let remedies = coherence.remedies.unwrap();
    assert_eq!(remedies.assigned, Remedy::Possible(Rate(fraction(111, 200))));
    assert_eq!(remedies.target, Remedy::Possible(tonnes(194)));
    assert_eq!(remedies.hours, Remedy::Possible(hours(450)));
}

#[test]
fn a_thin_tie_is_made_thicker_even_at_the_highest_ratio() {
    // 150 hours for 50 tonnes at 25: 12 %.
    let coherence = lot(250).coherence(&link(60, 50, between(15, 25, 40)));
    assert_eq!(coherence.misfit, Some(Misfit::Thin));
    let remedies = coherence.remedies.unwrap();
    assert_eq!(remedies.target, Remedy::Possible(tonnes(125)));
    assert_eq!(remedies.hours, Remedy::Possible(hours(1_000)));
    assert_eq!(
        impossible(remedies.assigned),
        "il faut 600\u{a0}heures, plus que toutes les heures du lot (250\u{a0}heures)"
    );
    // A range too wide for one figure: the remedy holds at the published ratio only, and says so.
    let wide = lot(250).coherence(&link(60, 50, between(5, 25, 100))).remedies.unwrap();
    assert!(!wide.for_whole_range);
    assert_eq!(wide.target, Remedy::Possible(tonnes(200)));
}

#[test]
fn a_remedy_out_of_its_bounds_says_why() {
    let mut small = lot(100);
    small.labour = Some(hours(500));
    let remedies = small.coherence(&link(50, 20, between(20, 20, 20))).misfit;
    assert_eq!(remedies, Some(Misfit::Thin));
    let remedies = small.coherence(&link(30, 20, between(40, 40, 40))).remedies.unwrap();
    assert_eq!(
        impossible(remedies.hours),
        "800\u{a0}heures porteraient le taux d’insertion à 160\u{a0}%, au-delà de 30\u{a0}% : une réservation serait plus franche"
    );
    let trained = Link { training: hours(70), ..link(50, 20, between(20, 20, 20)) };
    let remedies = small.coherence(&trained).remedies.unwrap();
    assert_eq!(impossible(remedies.target), "la formation (70\u{a0}heures) ne laisse aucune heure liée au travail");
    let none = small.coherence(&link(0, 20, between(20, 20, 20))).remedies.unwrap();
    assert_eq!(impossible(none.hours), "aucune heure du lot n’est liée à la mesure");
    assert_eq!(impossible(none.target), "aucune heure du lot n’est liée à la mesure");
}

#[test]
fn liaisons_of_a_lot_share_its_hours_and_never_a_measure() {
    let none = Rate::zero();
    let faults = |links: &[Link], others: &Rate| -> Vec<String> {
        lot(400).together(links, others).faults.iter().map(ToString::to_string).collect()
    };
    let school = link(60, 18, between(15, 25, 40));
    let mut other = link(40, 12, between(20, 20, 20));
    other.measure = "biodechets".to_owned();
    let fit = lot(400).together(&[school.clone(), other.clone()], &none);
    assert_eq!((fit.faults.clone(), fit.assigned), (vec![], Rate::whole()));
    assert!(fit.links.iter().all(Coherence::is_coherent));
    assert_eq!(
        faults(&[school.clone(), other.clone()], &Rate::from_percent(5)),
        ["les liaisons du lot lient ensemble 105\u{a0}% de ses heures d’insertion : 100\u{a0}% au plus"]
    );
    other.measure.clone_from(&school.measure);
    assert!(matches!(&lot(400).together(&[school.clone(), other], &none).faults[..], [LotFault::Measure { .. }]));
    // What the others take is not there to be taken: 65 % for the first at most.
    let thin = Link { measure: "compost".to_owned(), ..link(35, 40, between(40, 40, 40)) };
    let both = lot(400).together(&[thin], &Rate::from_percent(35));
    let remedies = both.links.into_iter().next().unwrap().remedies.unwrap();
    assert_eq!(
        impossible(remedies.assigned),
        "il faut 480\u{a0}heures, plus que toutes les heures du lot (400\u{a0}heures)"
    );
}

/// At its limits, a verdict is the better one, and a remedy is still possible.
#[test]
fn limits_belong_to_what_they_limit() {
    // As many hours as the work asks for, at the published ratio and at the lowest one.
    assert_eq!(lot(400).coherence(&link(50, 8, between(25, 25, 25))).misfit, None);
    // The training is on top of the work: 120 hours and 20.
    let trained = Link { training: hours(20), ..link(60, 8, between(15, 25, 40)) };
    let excess = lot(450).coherence(&trained);
    assert_eq!(excess.misfit, Some(Misfit::Excess));
    assert_eq!(excess.remedies.unwrap().hours, Remedy::Possible(hours(230)));
    // The least share that may be linked is one that may be.
    let least = lot(400).coherence(&link(60, 8, between(15, 15, 15))).remedies.unwrap();
    assert_eq!(least.assigned, Remedy::Possible(Rate::from_percent(30)));
    // All the hours of the lot, when they are just what is asked for.
    let all = lot(420).coherence(&link(30, 70, between(20, 20, 20))).remedies.unwrap();
    assert_eq!(all.assigned, Remedy::Possible(Rate::whole()));
    // As high a rate of insertion as is usual, and a lower one.
    let raised = |labour: i64| {
        let lot = LotHours { labour: Some(hours(labour)), ..lot(250) };
        lot.coherence(&link(50, 50, between(20, 20, 20))).remedies.unwrap().hours
    };
    assert_eq!([raised(2_000), raised(4_000)], [Remedy::Possible(hours(600)), Remedy::Possible(hours(600))]);
    assert!(impossible(raised(1_990)).contains("au-delà de 30\u{a0}%"));
    // 45 % are asked for: of what the other liaisons leave.
    let thin = link(30, 30, between(20, 20, 20));
    let beside = |others: i64| {
        let lot = lot(400).together(std::slice::from_ref(&thin), &Rate::from_percent(others));
        lot.links.into_iter().next().unwrap().remedies.unwrap().assigned
    };
    assert_eq!(beside(55), Remedy::Possible(Rate::from_percent(45)));
    assert_eq!(impossible(beside(65)), "il faudrait lier 45\u{a0}% des heures, au-delà de 35\u{a0}%");
}

/// The least ceiling is the margin on all that doing nothing would save: hours, work of the units less their price, training.
#[test]
fn the_least_ceiling_counts_each_thing_that_doing_nothing_saves() {
    let usages = usages();
    let of = |saved: Number, total: i64| Euros(&usages.margin * &(&(&usages.extra_high.0 * &number(total)) + &saved));
    assert_eq!(school().least_ceiling(&euros(36), usages), of(number(18 * 25 * 36 + 28 * 36), 485));
    // A unit that is paid saves what its work costs beyond its price.
    let paid = duty((105, 40), (84, 20), (0, 0), 9, between(12, 20, 50), 1_150, Some(200), (130_000, 13));
    assert_eq!(paid.least_ceiling(&euros(30), usages), of(number(9 * (20 * 30 - 200)), 105));
    let dear = duty((105, 40), (84, 20), (0, 0), 9, between(12, 20, 50), 1_150, Some(700), (130_000, 13));
    assert_eq!(dear.least_ceiling(&euros(30), usages), of(number(0), 105));
}

// ------------------------------------------------------------------------------------------------- worked tables

/// The school: 350 000 €, 485 hours, 291 linked of which 28 of training, 18 tonnes at 25 hours (15 to 40), 36 € an hour.
fn school() -> Duty {
    duty((485, 45), (291, 20), (28, 36), 18, between(15, 25, 40), 1_100, None, (350_000, 14))
}

#[allow(clippy::too_many_arguments, reason = "one line of the worked tables")]
fn duty(
    (total, per_hour): (i64, i64),
    (linked, per_linked): (i64, i64),
    (training, per_training): (i64, i64),
    target: i64,
    ratio: Ratio,
    per_unit: i64,
    unit_price: Option<i64>,
    (amount, cap): (i64, i64),
) -> Duty {
    let outcome = Outcome {
        target: number(target),
        surplus: Number::zero(),
        ratio,
        per_unit: euros(per_unit),
        unit_price: unit_price.map(euros),
    };
    let mut duty = Duty {
        hours: hours(total),
        per_hour: euros(per_hour),
        measures: vec![Measure {
            outcome: Some(outcome),
            linked_hours: hours(linked),
            training: hours(training),
            per_linked_hour: euros(per_linked),
            per_training_hour: euros(per_training),
        }],
        ceiling: None,
    };
    duty.ceiling = Some(duty.printed_ceiling(&ceiling(&euros(amount), &Rate::from_percent(cap))));
    duty
}

/// Units delivered, linked hours worked, hours of training, other hours.
fn done(delivered: i64, linked: i64, training: i64, other: i64) -> Performance {
    Performance {
        other_hours: hours(other),
        exonerated: Hours::zero(),
        measures: vec![Done {
            delivered: number(delivered),
            linked_work: hours(linked),
            training: hours(training),
            ..Done::nothing(Number::zero())
        }],
        excuse: None,
    }
}

/// The four gaps and what is owed, in whole figures.
fn owed(duty: &Duty, performance: &Performance) -> ([i64; 4], i64) {
    let settled = duty.settle(performance);
    let whole = |number: &Number| {
        assert!(number.is_whole(), "{number:?}");
        number.to_i64().unwrap()
    };
    let first = settled.measures.first();
    let gap = |of: &dyn Fn(&clausier::ledger::Shortfall) -> Number| whole(&first.map_or_else(Number::zero, of));
    let gaps = [
        gap(&|s| s.units.clone()),
        whole(&settled.missing_hours.0),
        gap(&|s| s.linked_hours.0.clone()),
        gap(&|s| s.training.0.clone()),
    ];
    (gaps, whole(&settled.due.0))
}

/// What a performance saves in the usual case, and in the worst, to the euro.
fn saved(duty: &Duty, performance: &Performance, price: i64) -> (i64, i64) {
    let usual = duty.saving(performance, &euros(price), Edge::Usual, &Economy::usual(usages()));
    let worst = duty.worst_saving(performance, &euros(price), usages());
    (usual.0.to_i64().unwrap(), worst.0.to_i64().unwrap())
}

#[test]
fn the_table_of_the_school() {
    let school = school();
    assert_eq!(school.exposure(), euros(48_453));
    assert_eq!(school.exact_ceiling(&euros(350_000)), Some(Rate::from_percent(14)));
    let table = [
        (done(18, 263, 28, 194), [0, 0, 0, 0], 0, (0, 0)),
        (done(10, 263, 28, 194), [8, 0, 0, 0], 8_800, (5_400, 8_640)),
        (done(18, 122, 28, 335), [0, 0, 141, 0], 2_820, (705, 1_410)),
        (done(18, 0, 0, 485), [0, 0, 291, 28], 6_828, (2_071, 3_526)),
        (done(18, 291, 0, 194), [0, 0, 0, 28], 1_008, (616, 896)),
        (done(18, 0, 0, 194), [0, 291, 291, 28], 19_923, (4_981, 4_981)),
        (done(10, 122, 28, 194), [8, 141, 141, 0], 17_965, (7_515, 10_755)),
        (done(0, 0, 0, 194), [18, 291, 291, 28], 39_723, (17_131, 24_421)),
        (done(0, 0, 0, 0), [18, 485, 291, 28], 48_453, (19_071, 27_331)),
    ];
    for (performance, gaps, due, saving) in table {
        assert_eq!((owed(&school, &performance), saved(&school, &performance, 36)), ((gaps, due), saving));
    }
    // The joint record brings the quantity to 12 tonnes, and the linked hours to 194: the volume stays.
    let mut smaller = done(12, 166, 28, 291);
    smaller.measures[0].stock = Some(number(12));
    assert_eq!(owed(&school, &smaller), ([0; 4], 0));
    // 150 linked hours without a candidate, by the written act: the rest is done.
    let mut freed = done(18, 113, 28, 194);
    (freed.exonerated, freed.measures[0].exonerated) = (hours(150), Some(hours(150)));
    assert_eq!(owed(&school, &freed), ([0; 4], 0));
    // The act is silent: 150 × 291 ÷ 485 = 90 of them were linked, and 60 linked hours lack.
    freed.measures[0].exonerated = None;
    assert_eq!(owed(&school, &freed), ([0, 0, 60, 0], 1_200));
    // A tonne that a third party hands over at the contractor's cost is no longer missing.
    let mut third = done(10, 263, 28, 194);
    third.measures[0].by_third_party = number(3);
    assert_eq!(owed(&school, &third), ([5, 0, 0, 0], 5_500));
    let share = |per_hour, per_linked| {
        let softer =
            duty((485, per_hour), (291, per_linked), (28, 36), 18, between(15, 25, 40), 1_100, None, (350_000, 14));
        softer.exposure().0.over(&number(3_500)).unwrap().french(2)
    };
    assert_eq!([share(30, 15), share(20, 11), share(50, 25)], ["11,35", "9,63", "14,95"]);
    assert_eq!(school.measures[0].outcome.as_ref().unwrap().floors(&euros(36), usages()).margin, euros(1_080));
    assert!(school.least_ceiling(&euros(36), usages()) < euros(49_000));
}

#[test]
fn the_table_of_the_furniture() {
    let lot = |per_unit, cap| duty((105, 40), (84, 20), (0, 0), 9, between(12, 20, 50), per_unit, None, (130_000, cap));
    let floors = lot(400, 10).measures[0].outcome.as_ref().unwrap().floors(&euros(30), usages());
    assert_eq!((floors.work, floors.margin, floors.most), (euros(600), euros(1_125), euros(1_800)));
    assert_eq!(lot(660, 10).exposure(), euros(11_820));
    let furniture = lot(1_150, 13);
    assert_eq!(furniture.exposure(), euros(16_230));
    assert_eq!(furniture.exact_ceiling(&euros(130_000)), Some(Rate::from_percent(13)));
    let table = [
        (done(5, 84, 0, 21), 4_600, (1_800, 4_500)),
        (done(9, 0, 0, 105), 1_680, (420, 840)),
        (done(9, 0, 0, 21), 5_040, (1_260, 1_260)),
        (done(0, 0, 0, 21), 15_390, (5_310, 11_385)),
        (done(0, 0, 0, 0), 16_230, (5_520, 11_700)),
    ];
    for (performance, due, saving) in table {
        assert_eq!((owed(&furniture, &performance).1, saved(&furniture, &performance, 30)), (due, saving));
    }
}

#[test]
fn the_table_of_the_green_spaces() {
    // Unit of 100 m², paid 48 €: a missing one costs 5,30 € besides.
    let ratio = || Ratio { low: fraction(1, 2), usual: fraction(3, 2), high: number(2) };
    let lot = |per_hour, per_linked| {
        duty((700, per_hour), (385, per_linked), (0, 0), 600, ratio(), 53, Some(48), (320_000, 14))
    };
    let green = lot(45, 20);
    let outcome = green.measures[0].outcome.as_ref().unwrap();
    assert_eq!((outcome.unit_penalty(), outcome.unit_loss()), (Euros(fraction(53, 10)), Euros(fraction(533, 10))));
    assert_eq!(green.exposure(), euros(42_380));
    assert_eq!(green.exact_ceiling(&euros(320_000)), Some(Rate::from_percent(14)));
    assert_eq!(lot(30, 15).exposure().0.over(&number(3_200)).unwrap().french(1), "9,4");
    // The contract prints the ceiling before the unpaid prices are deducted: 14 % of 320 000 €, and 600 × 47,70 €.
    assert_eq!(green.ceiling, Some(euros(44_800 + 28_620)));
    // A unit bid at nothing moves its price elsewhere: nothing becomes free, and the same omissions cost as much in all.
    let mut for_nothing = green.clone();
    for_nothing.measures[0].outcome.as_mut().unwrap().unit_price = Some(Euros::zero());
    assert_eq!(owed(&for_nothing, &done(0, 0, 0, 0)).1, 31_800 + 7_700 + 31_500);
    assert_eq!(owed(&for_nothing, &done(600, 0, 0, 0)).1, 7_700 + 31_500);
    let table = [
        (done(500, 385, 0, 315), 530, 5_330, (3_600, 4_800)),
        (done(600, 0, 0, 700), 7_700, 7_700, (1_925, 3_850)),
        (done(0, 0, 0, 315), 28_205, 57_005, (27_375, 34_575)),
        (done(0, 0, 0, 0), 42_380, 71_180, (30_525, 39_300)),
    ];
    for (performance, due, lost, saving) in table {
        let settled = owed(&green, &performance).1;
        let unpaid = green.unpaid(&performance).0.to_i64().unwrap();
        assert_eq!((settled, settled + unpaid, saved(&green, &performance, 32)), (due, lost, saving));
    }
}

#[test]
fn a_ceiling_an_excuse_a_surplus() {
    let mut school = school();
    school.ceiling = Some(euros(35_000));
    assert_eq!(owed(&school, &done(0, 0, 0, 0)).1, 35_000);
    for excuse in [Excuse::BuyerAct, Excuse::ForceMajeure] {
        let excused = Performance { excuse: Some(excuse), ..done(0, 0, 0, 0) };
        assert_eq!(owed(&school, &excused), ([0; 4], 0));
    }
    // A surplus engaged adds units, never linked hours; more than the published cap is not owed.
    school.measures[0].outcome.as_mut().unwrap().surplus = number(4);
    let mut promised = done(18, 263, 28, 194);
    promised.measures[0].surplus = number(9);
    assert_eq!(owed(&school, &promised), ([4, 0, 0, 0], 4_400));
    assert_eq!(school.exposure(), euros(48_453 + 4_400));
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
        assigned in 0..=200i64, training in 0..150i64, tenths in 0..600i64, low in 1..40i64, more in 0..40i64,
        most in 0..60i64, countable: bool,
    ) -> Link {
        let quantity = if countable { tonnes(tenths / 10 * 10) } else { tonnes(tenths) };
        Link {
            assigned: Rate(fraction(assigned, 200)),
            training: Hours::from_int(training),
            target: Target { quantity, countable, whole_deposit: false },
            ..link(50, 1, Ratio {
                low: fraction(low, 2),
                usual: fraction(low + more, 2),
                high: fraction(low + more + most, 2),
            })
        }
    }
}

proptest! {
    #[test]
    fn a_possible_remedy_suffices_at_both_ends(lot in any_lot(), link in any_link()) {
        let before = lot.coherence(&link);
        let (Some(misfit), Some(remedies)) = (before.misfit, before.remedies) else { return Ok(()) };
        let excess = misfit != Misfit::Thin;
        let changed = [
            match remedies.hours {
                Remedy::Possible(hours) => {
                    prop_assert!(hours.0.over(&lot.step.number()).unwrap().is_whole());
                    Some((LotHours { hours, ..lot.clone() }, link.clone()))
                }
                Remedy::Impossible(_) => None,
            },
            match remedies.target {
                Remedy::Possible(quantity) => {
                    let target = Target { quantity, ..link.target.clone() };
                    Some((lot.clone(), Link { target, ..link.clone() }))
                }
                Remedy::Impossible(_) => None,
            },
            match remedies.assigned {
                Remedy::Possible(assigned) => Some((lot.clone(), Link { assigned, ..link.clone() })),
                Remedy::Impossible(_) => None,
            },
        ];
        for (lot, link) in changed.into_iter().flatten() {
            // At the end that mattered: the lowest ratio for an excess, the highest for a thin tie.
            let Ratio { low, usual, high } = link.ratio.clone();
            let edge = match (remedies.for_whole_range || misfit == Misfit::ExcessAtLowest, excess) {
                (false, _) => usual,
                (true, true) => low,
                (true, false) => high,
            };
            let after = lot.coherence(&Link { ratio: Ratio::exactly(edge), ..link });
            prop_assert_ne!(after.misfit, Some(if excess { Misfit::Excess } else { Misfit::Thin }));
        }
    }

    #[test]
    fn the_two_ratios_are_exact_limits(lot in any_lot(), link in any_link()) {
        let coherence = lot.coherence(&link);
        if let Some(ratio) = coherence.full_ratio {
            prop_assert_eq!(link.work_at(&ratio), coherence.available.clone());
        }
        if let Some(ratio) = coherence.thin_ratio {
            prop_assert_eq!(&link.work_at(&ratio).0 * &fraction(3, 10), coherence.available.0);
        }
    }

    #[test]
    fn each_liaison_keeps_its_own_verdict_among_others(lot in any_lot(), link in any_link(), other in any_link()) {
        let other = Link { measure: "autre".to_owned(), ..other };
        let together = lot.together(&[link.clone(), other], &Rate::zero());
        prop_assert_eq!(together.links[0].misfit, lot.coherence(&link).misfit);
    }
}
