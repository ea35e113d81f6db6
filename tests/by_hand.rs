//! Offers scored by hand from the printed règlement alone, before the program was asked: six odd ones on every criterion.

use clausier::grid::{Grid, LotNote, Rule};
use clausier::quantity::{Number, Quantity};
use clausier::scoring::{Answer, Offer, Scores, Standing};
use clausier::terms::{Kind, Status};
use clausier::{Library, Sample};
use clausier_tests::consultation;
use std::collections::BTreeMap;

/// A figure as the file writes it: « 47,5 », « -4 ».
fn figure(text: &str) -> Number {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let value = Quantity::parse(&format!("{text} u"), "u").unwrap_or_else(|_| panic!("{text}")).value;
    if negative { &Number::zero() - &value } else { value }
}

/// The grid of a dossier that chooses one criterion, at the limits of its parameters.
fn grid(id: &str) -> Grid {
    let library = Library::embedded();
    let dossier = library.sample(id, Sample::Usual).unwrap_or_else(|| panic!("{id}: no such criterion"));
    library.resolve(&consultation(id, &dossier)).grid(1)
}

/// An answer: « - » is none, « 60 ? » is not proven, « 60 ~ 50 » is proven for 50 only.
fn answer(offer: Offer, criterion: &str, note: &LotNote, text: &str) -> Offer {
    let said = match text {
        "-" => return offer,
        text => match (text.split_once(" ~ "), text.strip_suffix(" ?")) {
            (Some((said, kept)), _) => Answer::Partly { said: figure(said), kept: figure(kept) },
            (None, Some(text)) => Answer::Unproven(figure(text)),
            (None, None) => Answer::Value(figure(text)),
        },
    };
    offer.answer(criterion, &note.name, said)
}

fn total(scores: &Scores, name: &str) -> String {
    let scored = scores.offers.iter().find(|scored| scored.name == name).expect("an offer");
    match &scored.standing {
        Standing::Rank(_) => scored.total.french(2),
        Standing::Irregular(_) => "irrégulière".to_owned(),
        Standing::ToExamine(_) => "à examiner".to_owned(),
        _ => unreachable!("a new standing"),
    }
}

#[test]
fn six_odd_offers_on_every_criterion() {
    let rows = include_str!("offres/a-la-main.tsv");
    let mut wrong = Vec::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows.lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        let [id, answers, mark] = cells[..] else { panic!("{row}") };
        *seen.entry(id).or_default() += 1;
        let grid = grid(id);
        let answers: Vec<&str> = answers.split(" | ").collect();
        assert_eq!(answers.len(), grid.notes().count(), "{row}");
        let offer = grid
            .notes()
            .zip(answers)
            .fold(Offer::new("a"), |offer, ((criterion, note), text)| answer(offer, &criterion.id, note, text));
        let found = total(&grid.score(&[offer]), "a");
        if found != mark {
            wrong.push(format!("{row} : {found}"));
        }
    }
    assert_eq!(wrong, [""; 0]);

    // Every criterion that can be chosen is there; price and cost compare offers, below.
    let library = Library::embedded();
    for clause in library.clauses().filter(|c| c.kind() == Kind::Criterion && c.status != Status::Retired) {
        let relative = grid(&clause.id).notes().any(|(_, note)| matches!(note.rule, Rule::Relative { .. }));
        assert!(relative || seen.get(clause.id.as_str()).is_some_and(|count| *count >= 6), "{}", clause.id);
    }
}

/// Offers on a price or a cost of 60 points: amount, and what the règlement gives.
fn priced(id: &str, rows: &[(&str, Option<Answer>, &str)]) {
    let grid = grid(id);
    let (criterion, note) = grid.notes().next().expect("a note");
    let offers: Vec<Offer> = rows
        .iter()
        .map(|(name, answer, _)| match answer {
            Some(answer) => Offer::new(*name).answer(&criterion.id, &note.name, answer.clone()),
            None => Offer::new(*name),
        })
        .collect();
    let scores = grid.score(&offers);
    for (name, _, mark) in rows {
        assert_eq!(total(&scores, name), *mark, "{id}: {name}");
    }
}

#[test]
fn odd_amounts_on_prices_and_costs() {
    let value = |text: &str| Some(Answer::Value(figure(text)));
    let justified = |text: &str| Some(Answer::Partly { said: figure(text), kept: figure(text) });
    // 60 × 80 000 ÷ 100 000 ; ÷ 120 000 ; ÷ 80 000,01: what is null, negative or missing compares with nothing.
    let amounts = [
        ("a", value("100000"), "48"),
        ("b", value("80000"), "60"),
        ("égal", value("80000"), "60"),
        ("c", value("120000"), "40"),
        ("à un centime", value("80000,01"), "60"),
        ("nul", value("0"), "à examiner"),
        ("négatif", value("-5"), "à examiner"),
        ("nul et justifié", justified("0"), "60"),
        ("négatif et justifié", justified("-5"), "60"),
    ];
    for (id, nothing) in [("prix", "irrégulière"), ("cout-global", "0"), ("cout-usage", "0")] {
        priced(id, &amounts);
        let unproven = Some(Answer::Unproven(figure("60000")));
        priced(id, &[("a", value("80000"), "60"), ("muet", None, nothing), ("sans preuve", unproven, nothing)]);
        priced(id, &[("seul et nul", justified("0"), "60"), ("muet", None, nothing)]);
    }
    // A cost proven in part is reckoned again, never lower than what was said, and compares as it is reckoned.
    let partly = |said: &str, kept: &str| Some(Answer::Partly { said: figure(said), kept: figure(kept) });
    for id in ["cout-global", "cout-usage"] {
        // 60 × 80 000 ÷ 100 000 ; the 60 000 said count for nothing.
        priced(id, &[("a", value("100000"), "48"), ("recalculé", partly("60000", "80000"), "60")]);
        let null = Some(Answer::Unproven(figure("0")));
        priced(id, &[("a", value("60000"), "60"), ("nul, sans preuve", null, "irrégulière")]);
        priced(id, &[("a", value("60000"), "60"), ("jamais plus bas", partly("80000", "60000"), "45")]);
        priced(id, &[("a", value("60000"), "60"), ("nul, puis recalculé", partly("0", "80000"), "45")]);
    }
}

/// What is proven in part is reckoned again, whatever is counted: a quantity, a part, a mean, a duration, a maximum.
#[test]
fn what_is_proven_in_part_is_reckoned_again() {
    for (id, said, mark) in [
        // A quantity: 50 000 tonnes engaged, 25 000 proven; 42 points × 24 999,9 ÷ 99 999,9.
        ("methode-reemploi", "50000 ~ 25000 | -", "10,5"),
        // Proven under the minimum: no point, and the minimum stays due.
        ("methode-reemploi", "50000 ~ 0,05 | -", "0"),
        // Engaged under the minimum: irregular, proven or not.
        ("methode-reemploi", "0,05 ~ 0,04 | -", "irrégulière"),
        ("methode-reemploi", "0,05 ? | -", "irrégulière"),
        // A part: 60 % engaged, 40 % proven; 60 × 20 ÷ 80.
        ("agregats-recycles", "60 ~ 40", "15"),
        // A duration: 8 years engaged, 6.5 proven.
        ("duree-de-vie-numerique", "8 ~ 6,5 | - | -", "12"),
        // A maximum: 0,2 t engaged; the product without a sheet takes the default of the frame, and the total is 0,5 t.
        ("carbone-materiaux", "0,2 ~ 0,5", "30"),
        // The default takes the total beyond the maximum: no point, regular all the same.
        ("carbone-materiaux", "0,2 ~ 1,5", "0"),
        // Never better than what is engaged.
        ("carbone-materiaux", "0,5 ~ 0,1", "30"),
        // What cannot be stays without a point.
        ("agregats-recycles", "120 ~ 60", "0"),
        // A balance may be negative; a part of it proven.
        ("carbone-materiaux", "-0,5 ~ 0,5", "30"),
    ] {
        let grid = grid(id);
        let offer = grid
            .notes()
            .zip(said.split(" | "))
            .fold(Offer::new("a"), |offer, ((criterion, note), text)| answer(offer, &criterion.id, note, text));
        assert_eq!(total(&grid.score(&[offer]), "a"), mark, "{id}: {said}");
    }
}

/// An offer that is set aside lowers nobody's price; each lot has its own lowest.
#[test]
fn what_is_set_aside_compares_with_nothing() {
    let (_, story) = clausier_tests::stories().into_iter().find(|(name, _)| name == "petit-marche").expect("a story");
    let resolved = Library::embedded().resolve(&consultation("petit-marche", &story)).grid(1);
    let offer = |name: &str, price: &str, share: &str| {
        Offer::new(name).answer("prix", "montant", Answer::Value(figure(price))).answer(
            "agregats-recycles",
            "part",
            Answer::Value(figure(share)),
        )
    };
    // 60 points of price, 15 of recycled aggregates from 20 % to 40 %: 60 × 50 ÷ 60 + 7,5.
    let scores = resolved.score(&[offer("a", "60000", "30"), offer("b", "50000", "20"), offer("c", "10000", "19")]);
    assert_eq!((total(&scores, "a"), total(&scores, "b")), ("57,5".to_owned(), "60".to_owned()));
    assert_eq!(total(&scores, "c"), "irrégulière");
}
