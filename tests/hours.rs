//! Insertion hours: the worked cases of the stories, the refusals, and what holds for every volume.

use clausier::hours::{
    Formula, FrameworkAmount, HourlyPrice, HoursError, HoursRequest, HoursResult, InvoiceRule, Period, RoundingStep,
    Sourced, Volume, WorkingTime,
};
use clausier::quantity::{Euros, Hours, Number, Rate};
use clausier::{Format, Library, Piece, write};
use clausier_tests::{consultation, root, usages, visible};
use proptest::prelude::*;

/// What a day, a week and a year make, as the register has it.
fn time() -> WorkingTime {
    let usages = usages().clone();
    WorkingTime { day: usages.day, week: usages.week, year: usages.full_time }
}

fn formula(amount: i64, share: i64, rate: i64, price: i64) -> HoursRequest {
    HoursRequest::new(
        Volume::Formula(Formula {
            amount: Sourced::new(Euros::from_int(amount), "dossier"),
            labour_share: Sourced::new(Rate::from_percent(share), "valeur usuelle"),
            insertion_rate: Sourced::new(Rate::from_percent(rate), "dossier"),
            hourly_price: Sourced::new(HourlyPrice::Selling(Euros::from_int(price)), "dossier"),
        }),
        time(),
    )
}

fn fixed(hours: Number) -> HoursRequest {
    HoursRequest::new(Volume::Fixed(Sourced::new(Hours(hours), "dossier")), time())
}

fn per_tranche(hours: i64, tranche: i64, maximum: i64) -> HoursRequest {
    let rule = InvoiceRule::new(Hours::from_int(hours), Euros::from_int(tranche)).unwrap();
    HoursRequest::new(
        Volume::PerTranche {
            rule: Sourced::new(rule, "dossier"),
            amount: Sourced::new(FrameworkAmount::Maximum(Euros::from_int(maximum)), "dossier"),
        },
        time(),
    )
}

fn stepped(request: HoursRequest, step: RoundingStep) -> HoursRequest {
    HoursRequest { step, ..request }
}

fn lasting(lengths: &[i64]) -> Vec<Period> {
    let named = lengths.iter().zip(1..);
    named.map(|(length, n)| Period { name: format!("période {n}"), length: Number::from_int(*length) }).collect()
}

fn over(request: HoursRequest, periods: u8) -> HoursRequest {
    HoursRequest { periods: lasting(&vec![1; usize::from(periods)]), ..request }
}

fn fraction(numerator: i64, denominator: i64) -> Number {
    Number::fraction(numerator, denominator).unwrap()
}

fn lines(result: &HoursResult) -> String {
    result.steps().iter().map(|s| format!("{} : {} ({})\n", s.label, s.value, s.source)).collect()
}

/// Amount, labour share, rate, price, exact raw hours, rounded hours at the default step, euros per hour.
type Case = (i64, i64, i64, i64, (i64, i64), i64, (i64, i64));

const CASES: [Case; 15] = [
    (1_000_000, 50, 5, 30, (2_500, 3), 830, (1_200, 1)),
    (1_500_000, 70, 10, 30, (3_500, 1), 3_500, (3_000, 7)),
    (180_000, 70, 7, 38, (4_410, 19), 230, (38_000, 49)),
    (1_200_000, 30, 6, 40, (540, 1), 540, (20_000, 9)),
    (320_000, 70, 10, 32, (700, 1), 700, (3_200, 7)),
    (900_000, 85, 10, 27, (8_500, 3), 2_830, (5_400, 17)),
    (2_400_000, 40, 5, 27, (16_000, 9), 1_775, (1_350, 1)),
    (400_000, 80, 5, 55, (3_200, 11), 290, (1_375, 1)),
    (350_000, 50, 10, 36, (4_375, 9), 485, (720, 1)),
    (10_000_000, 50, 5, 30, (25_000, 3), 8_330, (1_200, 1)),
    (600_000, 90, 5, 28, (6_750, 7), 960, (5_600, 9)),
    // The other lots of the school, and the small contract.
    (1_000_000, 50, 5, 38, (12_500, 19), 655, (1_520, 1)),
    (900_000, 40, 4, 45, (320, 1), 320, (5_625, 2)),
    (55_000, 30, 6, 40, (99, 4), 20, (20_000, 9)),
    (0, 50, 10, 30, (0, 1), 0, (600, 1)),
];

#[test]
fn worked_cases_are_exact_and_rounded_down() {
    for (amount, share, rate, price, raw, rounded, per_hour) in CASES {
        let result = formula(amount, share, rate, price).compute().unwrap();
        assert_eq!(result.raw, fraction(raw.0, raw.1), "{amount}");
        assert_eq!(result.rounded, Hours::from_int(rounded), "{amount}");
        let rule = result.invoice_rule.unwrap();
        // What is printed is what is applied: 35 hours, for whole euros, never more hours than the computation.
        let week = &fraction(per_hour.0, per_hour.1) * &Number::from_int(35);
        assert_eq!(
            (rule.hours().0.clone(), rule.tranche().0.clone()),
            (Number::from_int(35), week.ceil_to(&Number::from_int(1)))
        );
        let due = rule.due(&Euros::from_int(amount)).0;
        let euro = result.raw.over(&rule.tranche().0).unwrap();
        assert!(due <= result.raw && &result.raw - &due <= euro, "{amount}");
    }
}

#[test]
fn every_step_rounds_down() {
    for (step, hours) in RoundingStep::ALL.into_iter().zip([486, 485, 483, 455, 420]) {
        assert_eq!(stepped(formula(350_000, 50, 10, 36), step).compute().unwrap().rounded, Hours::from_int(hours));
        assert_eq!(RoundingStep::new(step.hours()), Some(step));
    }
    assert_eq!(RoundingStep::new(10), None);
}

#[test]
fn the_note_shows_every_factor_its_source_and_every_operation() {
    let result = over(formula(350_000, 50, 10, 36), 3).compute().unwrap();
    let expected = "\
        Montant hors taxes : 350\u{202f}000\u{a0}€ (dossier)\n\
        Part de main-d’œuvre : 50\u{a0}% (valeur usuelle)\n\
        Taux d’insertion : 10\u{a0}% (dossier)\n\
        Prix horaire de vente : 36\u{a0}€/h (dossier)\n\
        Heures brutes : 486,11\u{a0}heures (350\u{202f}000\u{a0}€ × 50\u{a0}% × 10\u{a0}% ÷ 36\u{a0}€)\n\
        Heures retenues : 485\u{a0}heures (multiple inférieur de 5\u{a0}heures)\n\
        Heures par période : 160\u{a0}heures (485\u{a0}heures sur 3 périodes, au pas de 5\u{a0}heures)\n\
        Heures de la dernière période : 165\u{a0}heures (le reste)\n\
        En jours : 69,3 (485\u{a0}heures ÷ 7\u{a0}heures)\n\
        En semaines : 13,9 (485\u{a0}heures ÷ 35\u{a0}heures)\n\
        En équivalents temps plein sur un an : 0,3 (485\u{a0}heures ÷ 1\u{202f}607\u{a0}heures par an)\n";
    assert_eq!(lines(&result), expected);
    assert_eq!(result.equivalents.fte, fraction(485, 1_607));
    assert_eq!(result.labour.unwrap().0, fraction(43_750, 9));
}

#[test]
fn a_wage_cost_is_told_from_a_price() {
    let mut request = formula(350_000, 50, 10, 36);
    assert!(!request.compute().unwrap().overstated);
    if let Volume::Formula(formula) = &mut request.volume {
        formula.hourly_price.value = HourlyPrice::WageCost(Euros::from_int(27));
    }
    let result = request.compute().unwrap();
    assert!(result.overstated);
    assert!(lines(&result).contains("Coût salarial horaire : 27\u{a0}€/h"));
}

#[test]
fn a_framework_agreement_has_a_rule_and_a_volume() {
    let result = over(per_tranche(35, 100_000, 800_000), 4).compute().unwrap();
    assert_eq!(result.raw, Number::from_int(280));
    assert_eq!(result.rounded, Hours::from_int(280));
    assert_eq!(result.per_period, vec![Hours::from_int(70); 4]);
    let rule = result.invoice_rule.as_ref().unwrap();
    assert_eq!(rule.due(&Euros::from_int(250_000)).0, fraction(175, 2));
    assert_eq!(rule.to_string(), "35\u{a0}heures par tranche de 100\u{202f}000\u{a0}€ HT commandés, au prorata");
    assert!(lines(&result).starts_with("Montant maximum hors taxes : 800\u{202f}000\u{a0}€ (dossier)\nRègle : 35"));
}

#[test]
fn a_fixed_volume_is_never_rounded() {
    let result = fixed(Number::from_int(452)).compute().unwrap();
    assert_eq!((result.raw, result.rounded), (Number::from_int(452), Hours::from_int(452)));
    assert_eq!(fixed(fraction(1, 2)).compute().unwrap().rounded, Hours(fraction(1, 2)));
    let halves = over(fixed(fraction(25, 2)), 2).compute().unwrap();
    assert_eq!(halves.per_period, [Hours::from_int(6), Hours(fraction(13, 2))]);
    // One hour gives nothing to each of three periods.
    assert!(matches!(over(fixed(Number::from_int(1)), 3).compute(), Err(HoursError::RoundedToZero { .. })));
}

#[test]
fn hours_that_vanish_are_refused_with_the_step_to_take() {
    let proposed = |request: HoursRequest| match request.compute() {
        Err(HoursError::RoundedToZero { proposed, .. }) => proposed,
        other => panic!("{other:?}"),
    };
    // 24,75 hours.
    let small = formula(55_000, 30, 6, 40);
    assert_eq!(proposed(stepped(small.clone(), RoundingStep::Seventy)), Some(RoundingStep::Seven));
    assert_eq!(proposed(stepped(small.clone(), RoundingStep::ThirtyFive)), Some(RoundingStep::Seven));
    assert_eq!(proposed(over(small.clone(), 10)), Some(RoundingStep::One));
    assert_eq!(proposed(over(small.clone(), 25)), None);
    assert_eq!(proposed(formula(100, 50, 10, 36)), None);
    assert_eq!(
        stepped(small.clone(), RoundingStep::Seventy).compute().unwrap_err().to_string(),
        "24,75\u{a0}heures : arrondi à zéro au pas de 70\u{a0}heures ; retenez un pas de 7\u{a0}heures"
    );
    assert_eq!(
        formula(100, 50, 10, 36).compute().unwrap_err().to_string(),
        "0,14\u{a0}heure : arrondi à zéro au pas de 5\u{a0}heures ; aucun pas ne convient : préférez une autre considération \
         sociale"
    );
    assert_eq!(
        over(small, 25).compute().unwrap_err().to_string(),
        "24,75\u{a0}heures sur 25 périodes : arrondi à zéro au pas de 5\u{a0}heures ; aucun pas ne convient : réduisez \
         le nombre de périodes ou préférez une autre considération sociale"
    );
}

#[test]
fn factors_out_of_range_are_named() {
    let error = |request: HoursRequest| request.compute().unwrap_err().to_string();
    assert_eq!(error(formula(350_000, 50, 10, 0)), "le prix horaire doit être supérieur à zéro");
    assert_eq!(error(formula(-1, 50, 10, 36)), "le montant ne peut pas être négatif");
    assert_eq!(
        error(formula(350_000, 150, 10, 36)),
        "la part de main-d’œuvre ne peut pas dépasser 100\u{a0}% (ici 150\u{a0}%)"
    );
    assert!(error(formula(350_000, 50, 101, 36)).starts_with("le taux d’insertion"));
    assert!(error(fixed(Number::from_int(-1))).starts_with("le volume d’heures"));
    assert!(InvoiceRule::new(Hours::from_int(35), Euros::zero()).is_err());
    assert_eq!(formula(3_600, 100, 100, 36).compute().unwrap().rounded, Hours::from_int(100));
    let mut request = fixed(Number::from_int(35));
    request.time.year = Hours::zero();
    assert!(error(request).contains("équivalent temps plein"));
}

fn any_step() -> impl Strategy<Value = RoundingStep> {
    prop::sample::select(RoundingStep::ALL.to_vec())
}

proptest! {
    #[test]
    fn rounding_never_goes_up_nor_loses_a_whole_step(
        amount in 0..20_000_000i64, share in 0..=100i64, rate in 0..=100i64, price in 1..200i64, step in any_step(),
    ) {
        if let Ok(result) = stepped(formula(amount, share, rate, price), step).compute() {
            prop_assert!(result.rounded.0 <= result.raw);
            prop_assert!(&result.raw - &result.rounded.0 < step.number());
            prop_assert!(result.rounded.0.over(&step.number()).unwrap().is_whole());
            prop_assert_eq!(result.raw.is_positive(), result.rounded.0.is_positive());
        }
    }

    #[test]
    fn the_proposed_step_is_the_largest_that_works(
        amount in 0..2_000_000i64, rate in 1..=30i64, periods in 1..=12u8, step in any_step(),
    ) {
        let request = over(formula(amount, 50, rate, 36), periods);
        if let Err(error) = stepped(request.clone(), step).compute() {
            let HoursError::RoundedToZero { proposed, .. } = error else { panic!("{error}") };
            for other in RoundingStep::ALL {
                let works = stepped(request.clone(), other).compute().is_ok();
                prop_assert_eq!(works, proposed.is_some_and(|largest| other <= largest));
            }
        }
    }

    #[test]
    fn periods_add_up_to_the_total(hours in 0..100_000i64, parts in 1..4i64, periods in 1..=48u8, step in any_step()) {
        let total = Number::fraction(hours, parts).unwrap();
        if let Ok(result) = over(stepped(fixed(total), step), periods).compute() {
            let sum: Number = result.per_period.iter().map(|hours| hours.0.clone()).sum();
            prop_assert_eq!(sum, result.rounded.0);
            prop_assert_eq!(result.per_period.len(), usize::from(periods));
            let (last, others) = result.per_period.split_last().unwrap();
            prop_assert!(others.windows(2).all(|pair| pair[0] == pair[1]));
            prop_assert!(others.iter().all(|part| part <= last));
        }
    }

}

#[test]
fn unequal_periods_share_the_hours_by_their_length() {
    let request = stepped(fixed(Number::from_int(280)), RoundingStep::Five);
    let result = HoursRequest { periods: lasting(&[24, 12, 12]), ..request }.compute().unwrap();
    assert_eq!(result.per_period, [140, 70, 70].map(Hours::from_int));
    let named = result.steps().into_iter().filter(|step| step.label.starts_with("Heures de la "));
    let named: Vec<String> = named.map(|step| format!("{} : {}", step.label, step.value)).collect();
    let parts = ["140␣heures", "70␣heures", "70␣heures"].iter().zip(1..);
    let parts: Vec<String> = parts.map(|(hours, n)| format!("Heures de la période {n} : {hours}")).collect();
    assert_eq!(visible(&named.join(" ; ")), parts.join(" ; "));
}

/// Optional tranches divide the volume of their lot by their amounts, and the pieces say what each owes.
#[test]
fn tranches_share_the_hours_by_their_amounts() {
    let school = std::fs::read_to_string(root().join("examples/ecole-rehabilitation/dossier.toml")).expect("the story");
    let amount = "montant = \"350 000 €\"\n";
    let tranches = format!("{amount}tranches = {{ 1 = \"70 000 €\", 2 = \"35 000 €\" }}\n");
    let dossier = consultation("tranches", &school.replacen(amount, &tranches, 1));
    let resolved = Library::embedded().resolve(&dossier);
    let lines = |piece: Piece, word: &str| -> Vec<String> {
        let document = resolved.document(piece).expect("no blocking finding");
        let text = String::from_utf8(write(&document, Format::Text)).expect("text");
        text.lines().filter(|line| line.contains(word)).map(visible).collect()
    };
    let mut shown = String::new();
    for piece in [Piece::Rc, Piece::Avis, Piece::Ccap, Piece::Ae, Piece::Note] {
        shown.push_str(&format!("## {piece}\n{}\n\n", lines(piece, "tranche").join("\n")));
    }
    insta::assert_snapshot!("tranches", shown);
}
