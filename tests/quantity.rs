//! Figures: what is read, what is refused, and the French forms.

use clausier::quantity::{Date, Duration, Euros, Hours, Number, Quantity, QuantityError, Rate};
use clausier::terms::Vocabulary as _;
use clausier::{Format, Piece};
use proptest::prelude::*;

#[test]
fn figures_are_read_as_the_french_write_them() {
    let hundred_thousand = Number::from_int(100_000);
    for text in ["100000", "100 000", "100\u{a0}000", "100\u{202f}000", " 100 000 ", "100000,00", "100 000.0"] {
        assert_eq!(Number::parse(text), Ok(hundred_thousand.clone()), "{text}");
    }
    assert_eq!(Number::parse("0,35"), Ok(Number::fraction(7, 20).unwrap()));
    assert_eq!(Number::parse("0.125"), Ok(Number::fraction(1, 8).unwrap()));
    assert_eq!(Euros::parse("1 250,50 €"), Ok(Euros(Number::fraction(2_501, 2).unwrap())));
    assert_eq!(Euros::parse("350 000 € HT"), Ok(Euros::from_int(350_000)));
    assert_eq!(Rate::parse("7,5 %"), Ok(Rate(Number::fraction(3, 40).unwrap())));
    assert_eq!(Hours::parse("35"), Ok(Hours::from_int(35)));
    assert_eq!(Quantity::parse("25 h/t", "h/t").unwrap().value, Number::from_int(25));
    assert_eq!(Duration::parse("16 mois").unwrap().months(), Number::from_int(16));
}

#[test]
fn doubtful_figures_are_refused() {
    for text in ["", " ", "1 25", "1250 000", "1,2,3", "1,", ",5", "1e3", "douze", "１２", "1 250,5 0", "1_000"] {
        assert!(matches!(Number::parse(text), Err(QuantityError::NotANumber(_))), "{text}");
    }
    assert!(matches!(Number::parse("-5"), Err(QuantityError::Negative(_))));
    assert!(matches!(Number::parse("−5"), Err(QuantityError::Negative(_))));
    assert!(matches!(Number::parse(&"9".repeat(19)), Err(QuantityError::TooLong)));
    assert!(matches!(Number::parse("1.250"), Err(QuantityError::AmbiguousPoint(_))));
    assert!(matches!(Euros::parse("350.000 €"), Err(QuantityError::AmbiguousPoint(_))));
    assert!(matches!(Euros::parse("350,000 €"), Err(QuantityError::Decimals(2))));
    assert!(matches!(Euros::parse("350 000"), Err(QuantityError::Unit { .. })));
    assert!(matches!(Rate::parse("0,1"), Err(QuantityError::Unit { .. })));
    assert!(matches!(Duration::parse("1,5 mois"), Err(QuantityError::Decimals(0))));
    assert_eq!(
        Quantity::parse("18 kg", "t").unwrap_err().to_string(),
        "« 18 kg » : l’unité attendue est « t » (exemple : « 18 t »)"
    );
}

/// A quantity has a unit, which can be printed.
#[test]
fn a_quantity_has_a_unit() {
    let read = |text: &str| text.parse::<Quantity>().ok();
    assert_eq!(read("18 tonnes"), Quantity::parse("18 t", "t").ok());
    assert_eq!([read("18"), read("18 "), read("18 t\u{7}"), read("t")], [None, None, None, None]);
}

#[test]
fn refusals_say_what_is_expected() {
    let said = |error: QuantityError| error.to_string();
    assert_eq!(said(Duration::parse("1,5 mois").unwrap_err()), "un nombre entier est attendu");
    assert_eq!(said(Euros::parse("350,000 €").unwrap_err()), "2 décimales au plus");
    // As many digits as may be, then one more.
    assert_eq!(Number::parse(&"9".repeat(18)), Ok(Number::from_int(999_999_999_999_999_999)));
    assert_eq!(said(Number::parse(&"9".repeat(19)).unwrap_err()), "nombre trop long : 18 chiffres au plus");
    assert_eq!(Number::parse(&format!("{},5", "9".repeat(17))).map(|n| n.is_whole()), Ok(false));
    assert_eq!(Number::parse(&format!("{},5", "9".repeat(18))), Err(QuantityError::TooLong));
}

/// Fractions beyond machine integers are those of unbounded ones.
#[test]
fn fractions_beyond_machine_integers_stay_exact() {
    let large = Number::from_int(i64::MAX);
    let squared = &large * &large;
    assert_eq!(squared.over(&large), Some(large.clone()));
    assert_eq!(&squared - &squared, Number::zero());
    let negative = &Number::zero() - &squared;
    assert!(negative.is_negative() && !negative.is_positive() && !negative.is_zero());
    assert!(squared.is_positive() && !squared.is_negative());
    assert!(negative < Number::from_int(i64::MIN) && Number::from_int(i64::MIN) < squared);
    let lowest = Number::from_int(i64::MIN);
    assert_eq!(&(&lowest * &Number::from_int(2)) - &lowest, lowest);
    assert_eq!(lowest.over(&Number::from_int(-1)), Some(&large + &Number::from_int(1)));
    assert_eq!(Number::fraction(i64::MIN, i64::MIN), Some(Number::from_int(1)));
    assert_eq!(Number::fraction(6, -4), Number::fraction(-3, 2));
}

/// What a program reads of a number is what one writes, and nothing near it.
#[test]
fn an_exact_number_is_read_strictly() {
    let read = |text: &str| serde_json::from_str::<Number>(&format!("\"{text}\"")).ok();
    assert_eq!((read("12"), read("-3")), (Some(Number::from_int(12)), Some(Number::from_int(-3))));
    assert_eq!((read("12.5"), read("-4375/9")), (Number::fraction(25, 2), Number::fraction(-4_375, 9)));
    for text in
        ["", "-", "1/0", "1/", "/2", "1.", ".5", "a", "a.5", "1.a", "1/a", "a/2", "1.5/2", "1/2.5", "1/-2", "--1", "+1"]
    {
        assert_eq!(read(text), None, "« {text} »");
    }
    // Far longer than any figure of a contract, and no longer.
    assert_eq!(read(&format!("1.{}", "0".repeat(398))), Some(Number::from_int(1)));
    assert_eq!(read(&format!("1.{}", "0".repeat(399))), None);
}

#[test]
fn forms_are_french() {
    let number = |n, d| Number::fraction(n, d).unwrap();
    assert_eq!(number(5, 2).fixed(0), "3");
    assert_eq!(number(-5, 2).fixed(0), "−3");
    assert_eq!(number(-1, 1_000).fixed(2), "0,00");
    assert_eq!(number(12_345_678, 100).french(2), "123\u{202f}456,78");
    assert_eq!(number(999_995, 1_000).french(2), "1\u{202f}000");
    assert_eq!(Euros::from_int(1_250).to_string(), "1\u{202f}250\u{a0}€");
    assert_eq!(Euros(number(2_501, 2)).to_string(), "1\u{202f}250,50\u{a0}€");
    assert_eq!(Rate(number(3, 40)).to_string(), "7,5\u{a0}%");
    assert_eq!(Hours(number(3, 2)).to_string(), "1,5\u{a0}heure");
    assert_eq!(Hours::from_int(2).to_string(), "2\u{a0}heures");
    assert_eq!(Quantity { value: Number::from_int(18), unit: "t".to_owned() }.to_string(), "18\u{a0}tonnes");
    let one = |unit: &str| Quantity { value: Number::from_int(1), unit: unit.to_owned() }.to_string();
    assert_eq!(one("repas"), "1\u{a0}repas");
    assert_eq!(one("lavages"), "1\u{a0}lavage");
    assert_eq!(Date::new(2026, 8, 1).unwrap().to_string(), "1er\u{a0}août 2026");
    assert_eq!(Date::new(2026, 12, 7).unwrap().to_string(), "7\u{a0}décembre 2026");
}

#[test]
fn dates_are_those_of_the_calendar() {
    assert!(Date::parse("2028-02-29").is_some());
    for wrong in ["2026-02-29", "1900-02-29", "2026-13-01", "2026-1-01", "2026-01-01-01", "2026-00-10", "+026-01-01"] {
        assert_eq!(Date::parse(wrong), None, "{wrong}");
    }
    for wrong in ["31 février 2026", "1er 2026", "2er mars 2026", "7 decembre 2026", "7 décembre 26 x"] {
        assert!(wrong.parse::<Date>().is_err(), "{wrong}");
    }
    // What is refused is shown without what a terminal would obey.
    let refused = "7 mars\u{7} 2026".parse::<Date>().unwrap_err().to_string();
    assert!(refused.contains("7 mars 2026"), "{refused}");
    assert_eq!(Date::parse("2026-12-31").map(|date| date.year()), Some(2026));
    assert_eq!(Date::parse("2026-12-31").unwrap().next(), Date::new(2027, 1, 1).unwrap());
    assert_eq!(Date::parse("2028-02-28").unwrap().next().iso(), "2028-02-29");
}

proptest! {
    #[test]
    fn what_is_printed_reads_back(cents in 0..=10_000_000_000i64, count in 0..100_000u32, day in 0..4_000u32) {
        let number = Number::fraction(cents, 100).unwrap();
        let fine = Number::fraction(cents, 1_000_000).unwrap();
        let euros = Euros(number);
        prop_assert_eq!(euros.to_string().parse(), Ok(euros));
        for rate in [Rate(fine.clone()), Rate(fine.over(&Number::from_int(100)).unwrap())] {
            prop_assert_eq!(rate.to_string().parse(), Ok(rate));
        }
        let hours = Hours(fine.clone());
        prop_assert_eq!(hours.to_string().parse(), Ok(hours));
        for unit in ["t", "m²", "km", "h", "%"] {
            let quantity = Quantity { value: fine.clone(), unit: unit.to_owned() };
            prop_assert_eq!(quantity.to_string().parse(), Ok(quantity));
        }
        for unit in ["jours", "semaines", "mois", "ans"] {
            let duration: Duration = format!("{count} {unit}").parse().unwrap();
            prop_assert_eq!(duration.to_string().parse(), Ok(duration));
        }
        let date = (0..day).fold(Date::new(2019, 12, 27).unwrap(), |date, _| date.next());
        prop_assert_eq!(date.to_string().parse(), Ok(date));
        prop_assert_eq!(date.iso().parse(), Ok(date));
    }

    /// A unit in words may be printed in the singular: it still reads, and prints alike.
    #[test]
    fn a_quantity_in_words_prints_alike_once_read(count in 0..9i64, unit in "lavages|repas|éléments de mobilier|fenêtres") {
        let printed = Quantity { value: Number::from_int(count), unit }.to_string();
        let read: Quantity = printed.parse().unwrap();
        prop_assert_eq!(read.to_string(), printed);
    }

    /// What a program reads is what was written, whatever the fraction.
    #[test]
    fn an_exact_number_reads_back(numerator in any::<i64>(), denominator in 1..=i64::MAX) {
        let number = Number::fraction(numerator, denominator).unwrap();
        let written = serde_json::to_string(&number).unwrap();
        prop_assert_eq!(serde_json::from_str::<Number>(&written).unwrap(), number);
    }

    #[test]
    fn a_text_that_is_no_exact_number_is_refused(text in "[-+0-9./ ,eE]{0,12}") {
        let quoted = serde_json::to_string(&text).unwrap();
        if let Ok(number) = serde_json::from_str::<Number>(&quoted) {
            let again = serde_json::to_string(&number).unwrap();
            prop_assert_eq!(serde_json::from_str::<Number>(&again).unwrap(), number);
            prop_assert!(text.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit()));
        }
    }

    #[test]
    fn words_read_back(piece in 0..Piece::WORDS.len(), format in 0..Format::WORDS.len()) {
        let (piece, format) = (Piece::WORDS[piece].1, Format::WORDS[format].1);
        prop_assert_eq!(piece.to_string().parse(), Ok(piece));
        prop_assert_eq!(format.to_string().parse(), Ok(format));
    }

    #[test]
    fn reading_never_fails_otherwise_than_by_an_error(text in any::<String>()) {
        let _ = (Number::parse(&text), Euros::parse(&text), Rate::parse(&text), Hours::parse(&text));
        let _ = (Quantity::parse(&text, "t"), Duration::parse(&text), Date::parse(&text));
    }
}
