//! Criteria executed: twelve kinds of offers on every criterion of the library, and what must hold for any offer.

mod archive;

use clausier::Sample;
use clausier::clause::Clause;
use clausier::document::Block;
use clausier::grid::{Criterion, Grid, Line, LotNote, Rule};
use clausier::quantity::Number;
use clausier::scoring::{Answer, Offer, Scored, Scores, Standing};
use clausier::terms::{CriterionNature, Kind, Sense, Status};
use clausier::{Format, Library, Piece, write};
use clausier_tests::{consultation, visible};
use proptest::prelude::*;
use std::sync::OnceLock;

/// The criteria that can be chosen, each with the grid of a dossier that chooses it alone.
fn grids() -> &'static Vec<(&'static Clause, Grid)> {
    static GRIDS: OnceLock<Vec<(&'static Clause, Grid)>> = OnceLock::new();
    GRIDS.get_or_init(|| {
        let library = Library::embedded();
        let criteria = library.clauses().filter(|c| c.kind() == Kind::Criterion && c.status != Status::Retired);
        let grid = |clause: &'static Clause| {
            let dossier = library.sample(&clause.id, Sample::Usual).expect("a criterion of the library");
            let consultation = consultation(&clause.id, &dossier);
            (clause, library.resolve(&consultation).grid(1))
        };
        criteria.map(grid).collect()
    })
}

fn number(value: i64) -> Number {
    Number::from_int(value)
}

/// A value at a share of the way from what gives nothing to what gives all, below zero and above the whole included.
fn along(line: &Line, percent: i64) -> Number {
    let (none, all) = line.ends().expect("a line that rises");
    none + &(&(all - none) * &Number::fraction(percent, 100).expect("a hundred"))
}

/// True for a value that exists in the unit of a line: negative only where that is real, no share above the whole.
fn sayable(line: &Line, value: &Number) -> bool {
    let whole = if line.unit == "sur 10" { 10 } else { 100 };
    let above = line.unit.starts_with(['%', 's']) && *value > number(whole);
    !((value.is_negative() && !line.negative) || above)
}

/// Every note of a grid answered alike, relative notes by an amount.
fn offer(grid: &Grid, name: &str, amount: i64, percent: i64) -> Offer {
    grid.notes().fold(Offer::new(name), |offer, (criterion, note)| {
        let value = match &note.rule {
            Rule::Relative { .. } => number(amount),
            Rule::Line(line) => along(line, percent),
            Rule::Levels(levels) => {
                let level = levels.iter().find(|(points, _)| *points <= percent.clamp(0, 100)).expect("a level");
                number(level.0)
            }
            _ => unreachable!("a new rule"),
        };
        offer.answer(&criterion.id, &note.name, Answer::Value(value))
    })
}

fn of<'s>(scores: &'s Scores, name: &str) -> &'s Scored {
    scores.offers.iter().find(|scored| scored.name == name).expect("an offer")
}

fn within(grid: &Grid, scores: &Scores) {
    for scored in &scores.offers {
        for mark in &scored.marks {
            let (_, note) =
                grid.notes().find(|(c, n)| c.id == mark.criterion && n.name == mark.note).expect("its note");
            assert!(!mark.points.is_negative() && mark.points <= note.points, "{}: {}", mark.note, mark.trace);
        }
    }
}

fn lines(grid: &Grid) -> impl Iterator<Item = (&Criterion, &LotNote, &Line)> {
    grid.notes().filter_map(|(criterion, note)| match &note.rule {
        Rule::Line(line) => Some((criterion, note, line)),
        _ => None,
    })
}

#[test]
fn every_criterion_has_a_grid_that_can_be_executed() {
    assert!(grids().len() >= 29);
    for (clause, grid) in grids() {
        assert_eq!(grid.criteria.len(), 1, "{}", clause.id);
        let points: Number = grid.notes().map(|(_, note)| note.points.clone()).sum();
        assert_eq!(points, number(60), "{}: the notes share the weight", clause.id);
        for (_, note, line) in lines(grid) {
            assert!(line.ends().is_some(), "{}: « {} » does not rise: {line:?}", clause.id, note.name);
            assert!(
                !line.engaged || line.raises().is_some() || !line.penalty.is_empty(),
                "{}: owed by nothing",
                clause.id
            );
        }
    }
}

/// Twelve offers that a hostile bidder or a careless one would make.
#[test]
fn twelve_offers_on_every_criterion() {
    for (clause, grid) in grids() {
        let id = &clause.id;
        let all = number(60);
        let plain = |name: &str| offer(grid, name, 100, 50);

        // 1. Equal offers have equal marks and the same rank.
        let equal = grid.score(&[plain("a"), plain("b")]);
        assert_eq!(of(&equal, "a").total, of(&equal, "b").total, "{id}");
        assert_eq!(of(&equal, "b").standing, Standing::Rank(1), "{id}");

        // 2. A lone offer earns no more than beside another one, but for the price.
        let lone = grid.score(&[plain("a")]);
        let beside = grid.score(&[plain("a"), offer(grid, "b", 100, 90)]);
        assert_eq!(of(&lone, "a").total, of(&beside, "a").total, "{id}");

        // 3. Zero is a value as another: no division, marks within bounds.
        let zero =
            grid.notes().fold(Offer::new("zero"), |o, (c, n)| o.answer(&c.id, &n.name, Answer::Value(number(0))));
        within(grid, &grid.score(&[zero, plain("a")]));

        // 4. A negative value answers nothing, or is looked at by hand when it is a price.
        let negative =
            grid.notes().fold(Offer::new("négatif"), |o, (c, n)| o.answer(&c.id, &n.name, Answer::Value(number(-5))));
        let scores = grid.score(&[negative, plain("a")]);
        within(grid, &scores);
        let scored = of(&scores, "négatif");
        let real = lines(grid).any(|(_, _, line)| line.negative);
        assert_eq!(scored.total.is_zero(), !real, "{id}: {:?}", scored.marks);
        // … and takes nothing from the others.
        assert_eq!(of(&scores, "a").total, of(&lone, "a").total, "{id}");

        // 5. Nothing answered: no point, regular all the same, unless there is no price.
        let scores = grid.score(&[Offer::new("muet"), plain("a")]);
        assert!(of(&scores, "muet").total.is_zero(), "{id}");
        let priced = grid.notes().any(|(criterion, _)| criterion.nature == CriterionNature::Price);
        assert_eq!(matches!(of(&scores, "muet").standing, Standing::Irregular(_)), priced, "{id}");

        // 6. Unproven is worth an answer left out.
        let unproven = grid.notes().fold(Offer::new("sans preuve"), |offer, (c, n)| match &n.rule {
            Rule::Line(line) => offer.answer(&c.id, &n.name, Answer::Unproven(along(line, 100))),
            Rule::Relative { .. } if priced => offer.answer(&c.id, &n.name, Answer::Value(number(100))),
            _ => offer.answer(&c.id, &n.name, Answer::Unproven(number(100))),
        });
        let scores = grid.score(&[unproven]);
        let scored = &scores.offers[0];
        for mark in scored.marks.iter().filter(|_| !priced) {
            assert!(mark.points.is_zero() && mark.owed.is_none(), "{id}: {}", mark.trace);
        }

        // 7. Over-bidding gains nothing over the cap, and what is owed stops there. 8. At the cap, all the points.
        let (cap, over) = (offer(grid, "plafond", 100, 100), offer(grid, "surenchère", 100, 400));
        let scores = grid.score(&[cap, over]);
        assert_eq!(of(&scores, "plafond").total, all, "{id}");
        let over = of(&scores, "surenchère");
        assert!(over.total <= all, "{id}");
        for (criterion, note, line) in lines(grid).filter(|(_, _, line)| line.engaged) {
            let of_note = |m: &&clausier::scoring::Mark| m.criterion == criterion.id && m.note == note.name;
            let mark = over.marks.iter().find(of_note).expect("a mark");
            let admitted = mark.owed.as_ref().is_none_or(|owed| Some(owed) == line.all_at.as_ref());
            assert!(admitted, "{id}: {:?}", mark.owed);
        }

        // 9. Under a minimum of the contract: irregular; under a mere reference: no point.
        for (criterion, note, line) in lines(grid) {
            let under = along(line, -10);
            let low = Offer::new("bas").answer(&criterion.id, &note.name, Answer::Value(under.clone()));
            let scores = grid.score(&[low]);
            let refused = matches!(scores.offers[0].standing, Standing::Irregular(_));
            assert_eq!(refused, line.has_minimum(), "{id}: {}", note.name);
            assert!(scores.offers[0].total.is_zero(), "{id}");
            // Proven or not: to prove less never serves better than to prove.
            let low = Offer::new("bas").answer(&criterion.id, &note.name, Answer::Unproven(under));
            let unproven = matches!(grid.score(&[low]).offers[0].standing, Standing::Irregular(_));
            assert_eq!(unproven, line.has_minimum(), "{id}: {}", note.name);
        }

        // 10. A tiny surplus earns a tiny share.
        let tiny = offer(grid, "infime", 100, 1);
        let scores = grid.score(&[tiny]);
        for (criterion, note, _) in lines(grid) {
            let mark = scores.offers[0].marks.iter().find(|m| m.criterion == criterion.id && m.note == note.name);
            let most = &note.points * &Number::fraction(2, 100).expect("two per cent");
            assert!(mark.expect("a mark").points <= most, "{id}: {}", note.name);
        }
    }
}

/// 11. Two lots, each with its own values. 12. Unit prices: the quantified estimate is what is read.
#[test]
fn two_lots_and_unit_prices() {
    let library = Library::embedded();
    let text = r#"format = 1
lancement = 2026-12-07
[acheteur]
nom = "Ville d’Exemple"
categorie = "collectivite"
[consultation]
objet = "Voirie"
contrat = "accord-cadre"
execution = "bons-de-commande"
nature = "travaux"
procedure = "formalisee"
ccag = "travaux"
duree = "4 ans"
valeur_estimee = "2 000 000 €"
montant_maximum = "2 000 000 €"
[lot.1]
intitule = "Nord"
famille = "voirie"
montant = "1 000 000 €"
[lot.2]
intitule = "Sud"
famille = "voirie"
montant = "1 000 000 €"
[clause.vrd-enrobes-recycles]
taux_recycle = { 1 = "20 %", 2 = "25 %" }
penalite_point = "500 €"
[critere]
prix = 60
agregats-recycles = { poids = 40, plafond = { 1 = "40 %", 2 = "45 %" } }
"#;
    let consultation = consultation("deux lots", text);
    let resolved = library.resolve(&consultation);
    let mark = |lot: u32, value: i64| {
        let offer = Offer::new("a").answer("prix", "montant", Answer::Value(number(100))).answer(
            "agregats-recycles",
            "part",
            Answer::Value(number(value)),
        );
        resolved.grid(lot).score(&[offer]).offers[0].clone()
    };
    assert_eq!(mark(1, 30).marks[1].points, number(20));
    assert_eq!(mark(2, 30).marks[1].points, number(10));
    assert_eq!(mark(2, 35).marks[1].points, number(20));
    assert!(matches!(mark(2, 22).standing, Standing::Irregular(_)), "under the minimum of lot 2");
    assert!(matches!(mark(1, 22).standing, Standing::Rank(1)), "over the minimum of lot 1");
    let grid = resolved.grid(1);
    let Rule::Relative { read, .. } = &grid.criteria[0].notes[0].rule else { panic!("a price") };
    assert!(read.contains("détail quantitatif estimatif"), "{read}");
}

/// The marks of a fixed set, with their traces: what an evaluator reads.
#[test]
fn the_trace_says_how_each_mark_is_made() {
    let mut out = String::new();
    for (clause, grid) in grids() {
        out.push_str(&format!("== {}\n", clause.id));
        let offers = [offer(grid, "A", 100, 40), offer(grid, "B", 125, 130)];
        for scored in grid.score(&offers).offers {
            out.push_str(&format!("{} : {} ({:?})\n", scored.name, scored.total.fixed(2), scored.standing));
            for mark in scored.marks {
                out.push_str(&format!("  {} = {} : {}\n", mark.note, mark.points.fixed(2), mark.trace));
            }
        }
    }
    insta::assert_snapshot!(visible(&out));
}

/// A worked example: equal totals are parted by the heaviest criterion.
#[test]
fn equal_totals_are_parted_by_the_heaviest_criterion() {
    let (_, price) = grids().iter().find(|(clause, _)| clause.id == "prix").expect("the price");
    let (_, delay) = grids().iter().find(|(clause, _)| clause.id == "delai").expect("the delay");
    let mut grid = price.clone();
    grid.criteria.extend(delay.criteria.iter().cloned());
    grid.criteria[1].weight = number(40);
    grid.criteria[1].notes[0].points = number(40);
    let line = lines(&grid).next().expect("a line").2.clone();
    // Dear and fast, cheap and slow: 48 + 12 = 60 + 0.
    let dear = Offer::new("cher").answer("prix", "montant", Answer::Value(number(125))).answer(
        "delai",
        "delai",
        Answer::Value(along(&line, 30)),
    );
    let cheap = Offer::new("lent").answer("prix", "montant", Answer::Value(number(100))).answer(
        "delai",
        "delai",
        Answer::Value(along(&line, 0)),
    );
    let scores = grid.score(&[dear, cheap]);
    assert_eq!(scores.offers[0].total, scores.offers[1].total);
    assert_eq!((scores.offers[0].name.as_str(), &scores.offers[0].standing), ("lent", &Standing::Rank(1)));
    assert_eq!(scores.offers[1].standing, Standing::Rank(2));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_global_rejects: 65_536, ..ProptestConfig::with_cases(400) })]

    /// The better offer on the indicator never gets less; nothing leaves the bounds; nothing is gained over the cap.
    #[test]
    fn a_better_value_never_earns_less(which in 0usize..64, a in -2000i64..4000, b in -2000i64..4000) {
        let grids = grids();
        let (clause, grid) = &grids[which % grids.len()];
        let notes: Vec<_> = lines(grid).collect();
        for (criterion, note, line) in notes {
            let value = |permille: i64| {
                let (none, all) = line.ends().unwrap();
                none + &(&(all - none) * &Number::fraction(permille, 1000).unwrap())
            };
            let mark = |v: Number| {
                let offer = Offer::new("x").answer(&criterion.id, &note.name, Answer::Value(v));
                let scores = grid.score(&[offer]);
                scores.offers[0].marks.iter().find(|m| m.note == note.name).map_or(number(0), |m| m.points.clone())
            };
            let (low, high) = (value(a.min(b)), value(a.max(b)));
            if !(sayable(line, &low) && sayable(line, &high)) {
                continue;
            }
            let (worse, better) = (mark(low), mark(high));
            prop_assert!(worse <= better, "{}: {}", clause.id, note.name);
            prop_assert!(better <= note.points && !worse.is_negative());
            if line.sense == Sense::AtLeast || line.sense == Sense::AtMost {
                prop_assert!(better <= mark(line.all_at.clone().unwrap()));
            }
        }
    }

    /// But for price and cost, a mark does not depend on the other offers; for them, the lowest has all the points and a
    /// lower amount never earns less.
    #[test]
    fn others_change_nothing_but_the_price(
        which in 0usize..64, mine in 0i64..150, theirs in 0i64..150, my in 1i64..1_000_000, their in 1i64..1_000_000,
    ) {
        let grids = grids();
        let (clause, grid) = &grids[which % grids.len()];
        let alone = grid.score(&[offer(grid, "a", my, mine)]);
        let both = grid.score(&[offer(grid, "a", my, mine), offer(grid, "b", their, theirs)]);
        for (i, (_, note)) in grid.notes().enumerate() {
            let (a, b) = (of(&both, "a"), of(&both, "b"));
            match &note.rule {
                Rule::Relative { .. } => {
                    let (low, high) = if my <= their { (a, b) } else { (b, a) };
                    prop_assert_eq!(&low.marks[i].points, &note.points);
                    prop_assert!(high.marks[i].points <= low.marks[i].points);
                }
                _ if a.marks.is_empty() => {}
                _ => prop_assert_eq!(&a.marks[i], &of(&alone, "a").marks[i], "{}", clause.id),
            }
        }
    }
}

/// The law asks one environmental criterion for each contract: every family has one whose value is measured and owed.
#[test]
fn every_family_has_a_measured_environmental_criterion() {
    let library = Library::embedded();
    for family in library.legal().families() {
        let measured = library.clauses().any(|clause| {
            let made_for = clause.families.iter().any(|id| **id == *family.id) && clause.status != Status::Retired;
            let criterion = clause.criterion().filter(|criterion| made_for && criterion.is_environmental());
            criterion.is_some_and(|c| c.notes.iter().any(|note| note.scale().is_some_and(|scale| scale.engaged)))
        });
        // A mission of project management is judged on a study: its values are not promises.
        assert!(measured || &*family.id == "moe", "{}", family.id);
    }
}

/// The simulation of a lot worked by hand: the price of a point, what a promise earns, what breaking it costs.
#[test]
fn the_weights_are_told_in_euros() {
    let (name, source) =
        clausier_tests::stories().into_iter().find(|(name, _)| name == "petit-marche").expect("a story");
    let consultation = consultation(&name, &source);
    let resolved = Library::embedded().resolve(&consultation);
    let simulation = resolved.simulation(1).expect("criteria");
    // 55 000 € × 1 ÷ (60 − 1) = 932,20 € ; 55 000 × 15 ÷ 45 = 18 333,33 €.
    let euros = |amount: &clausier::quantity::Euros| amount.0.fixed(2);
    assert_eq!(simulation.point.as_ref().map(euros).as_deref(), Some("932,20"));
    let promise = &simulation.promises[0];
    assert_eq!((promise.criterion.as_str(), promise.shown.as_str()), ("agregats-recycles", "20\u{a0}points"));
    assert_eq!(promise.worth.as_ref().map(euros).as_deref(), Some("18\u{202f}333,33"));
    // 20 points at 50 € each.
    assert_eq!(promise.broken.as_ref().map(euros).as_deref(), Some("1\u{202f}000,00"));
    // 1 000 × 60 ÷ 56 000 = 1,07 point.
    let balanced = promise.balanced.clone().expect("a weight");
    assert_eq!(balanced.fixed(2), "1,07");
    let spread = &simulation.criteria[2];
    assert_eq!((spread.lowest.fixed(0), spread.highest.fixed(0)), ("0".to_owned(), "15".to_owned()));
    assert_eq!(spread.neutralised, None);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    /// What a criterion is worth in euros is what parts two offers: dearer by a euro less, the better one wins; by a euro
    /// more, it loses.
    #[test]
    fn a_price_gap_of_that_worth_makes_up_for_the_points(price in 30i64..=80, amount in 1_000i64..1_000_000) {
        let weight = (100 - price).min(price - 1);
        let text = format!(
            "format = 1\nlancement = 2026-12-07\n[acheteur]\nnom = \"Ville d’Exemple\"\ncategorie = \"collectivite\"\n\
             [consultation]\nobjet = \"Peinture\"\ncontrat = \"marche\"\nnature = \"travaux\"\nprocedure = \"adaptee\"\n\
             ccag = \"travaux\"\nduree = \"6 mois\"\nvaleur_estimee = \"{amount} €\"\n[lot.1]\nintitule = \"Peinture\"\n\
             famille = \"bat-peinture\"\nmontant = \"{amount} €\"\n[critere]\nprix = {price}\n\
             delai = {{ poids = {weight}, maximum = \"200 jours\", plancher = \"100 jours\", penalite_jour = \"100 €\" }}\n"
        );
        let consultation = consultation("écart", &text);
        let resolved = Library::embedded().resolve(&consultation);
        let simulation = resolved.simulation(1).expect("criteria");
        let worth = simulation.promises[0].worth.clone().expect("a worth").0;
        let offer = |name: &str, amount: Number, delay: i64| Offer::new(name)
            .answer("prix", "montant", Answer::Value(amount))
            .answer("delai", "delai", Answer::Value(number(delay)));
        let grid = resolved.grid(1);
        let winner = |gap: Number| {
            let dearer = offer("rapide", &number(amount) + &gap, 100);
            grid.score(&[offer("lente", number(amount), 200), dearer]).offers[0].name.clone()
        };
        // A hundredth of the gap more or less: beyond the rounding of marks.
        let part = |permille: i64| &worth * &Number::fraction(permille, 1000).unwrap();
        prop_assert_eq!(winner(part(990)), "rapide");
        prop_assert_eq!(winner(part(1010)), "lente");
    }
}

/// What a broken promise costs is known of every value that a criterion makes owed, but where the clause that it raises
/// counts its penalty in another unit (by item left without a part, by trip, by version, by tenth of the ceiling).
#[test]
fn a_broken_promise_has_its_price() {
    const OTHER_UNIT: [&str; 12] = [
        "blanch-lessive",
        "bat-biosource",
        "pi-sobriete",
        "mob-reparabilite",
        "it-garantie",
        "it-ecolabel",
        "cvc-cpe",
        "mob-emballage",
        "chantier-nuisances",
        "it-ecoconception",
        "gard-rondes",
        "med-tri-dechets",
    ];
    // What a level counts on the offer alone, never carried out.
    const STUDIED: [&str; 2] = ["conception-reemploi.prescriptions", "conception-reemploi.comparaison"];
    let mut unknown = Vec::new();
    for (clause, grid) in grids() {
        for note in clause.criterion().into_iter().flat_map(|criterion| &criterion.notes) {
            let levels = matches!(note.mode, clausier::clause::Mode::Levels(_));
            if levels && note.means.is_none() && !STUDIED.contains(&&*format!("{}.{}", clause.id, note.name)) {
                unknown.push(format!("{}.{}: means owed by nothing", clause.id, note.name));
            }
        }
        let silent = |line: &Line| line.engaged && line.unit_penalty.is_none();
        for (_, note, line) in lines(grid).filter(|(_, _, line)| silent(line)) {
            if line.raises().is_some_and(|holder| OTHER_UNIT.contains(&holder)) {
                continue;
            }

            unknown.push(format!("{}.{} ({}, {:?})", clause.id, note.name, line.unit, line.raises()));
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
}

/// The offers invented for each story, six a lot, and their marks with their traces.
#[test]
fn six_offers_are_scored_for_every_story() {
    for (name, text) in clausier_tests::stories() {
        let path = clausier_tests::root().join(format!("examples/{name}/offres.toml"));
        let source = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let consultation = consultation(&name, &text);
        let resolved = Library::embedded().resolve(&consultation);
        let offers = resolved.read_offers(&source).unwrap_or_else(|error| panic!("{name}\n{error}"));
        assert_eq!(offers.len(), consultation.lots.len(), "{name}");
        let mut out = String::new();
        for (lot, offers) in &offers {
            assert_eq!(offers.len(), 6, "{name}, lot {lot}");
            let grid = resolved.grid(*lot);
            let scores = grid.score(offers);
            within(&grid, &scores);
            out.push_str(&format!("== lot {lot}\n"));
            for scored in scores.offers {
                out.push_str(&format!("{} : {} ({:?})\n", scored.name, scored.total.fixed(2), scored.standing));
                for mark in scored.marks {
                    out.push_str(&format!(
                        "  {}.{} = {} : {}\n",
                        mark.criterion,
                        mark.note,
                        mark.points.fixed(2),
                        mark.trace
                    ));
                }
            }
        }
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("{name}@offres"), visible(&out));
        });
    }
}

/// Each criterion that asks for figures has its own table to fill, on its own sheet, with the lines that a list gives.
#[test]
fn each_criterion_with_figures_has_its_frame() {
    let library = Library::embedded();
    // A score or a weighing that the buyer's own tool gives is not worked out from lines.
    let given = ["sobriete-numerique.score", "gaspillage-repas.gaspillage", "conception-reemploi.recensement"];
    for (clause, grid) in grids() {
        let frame = clause.criterion().and_then(|criterion| criterion.frame.as_ref());
        for (_, note, _) in lines(grid) {
            let worked = frame.is_some_and(|frame| frame.results.iter().any(|(name, _)| *name == note.name));
            assert!(
                worked || given.contains(&&*format!("{}.{}", clause.id, note.name)),
                "{}: {}",
                clause.id,
                note.name
            );
        }
        let Some(frame) = frame else { continue };
        let dossier = library.sample(&clause.id, Sample::Usual).expect("a sample");
        let consultation = consultation(&clause.id, &dossier);
        let document = library.resolve(&consultation).draft(frame.piece).expect("a frame");
        let text = String::from_utf8(write(&document, Format::Text)).expect("text").replace('\u{a0}', " ");
        for column in &frame.columns {
            let column = clausier::typography::french(column).replace('\u{a0}', " ");
            assert!(text.contains(&column), "{}: {column}", clause.id);
        }
        // Each value that it works out has its formula, on the sheet that bears its name.
        let parts = archive::texts(&write(&document, Format::Xlsx));
        let sheet = parts.iter().find(|(_, xml)| xml.contains("<f>"));
        assert_eq!(sheet.is_some(), !frame.results.is_empty(), "{}", clause.id);
        let formulas = sheet.map_or(0, |(_, xml)| xml.matches("<f>").count());
        // So has each line that reckons.
        let lines = document.articles.iter().flat_map(|article| &article.articles).flat_map(|article| &article.blocks);
        let lines = lines.map(|block| if let Block::Table(table) = block { table.rows.len() } else { 0 });
        let at_most = frame.results.len() + frame.by_line.len() * lines.sum::<usize>();
        assert!((frame.results.len()..=at_most).contains(&formulas), "{}: {formulas}", clause.id);
        let name: String = clausier::typography::french(&clause.title).chars().take(20).collect();
        let book = parts["xl/workbook.xml"].replace('\u{a0}', " ");
        assert!(book.contains(&format!("<sheet name=\"Lot 1 – {}", name.trim().replace('\u{a0}', " "))), "{book}");
    }
    // The school lists what is taken down: these are the lines.
    let (_, school) =
        clausier_tests::stories().into_iter().find(|(name, _)| name == "ecole-rehabilitation").expect("it");
    let consultation = consultation("école", &school);
    let document = library.resolve(&consultation).draft(Piece::ResponseFrame).expect("a frame");
    let text = String::from_utf8(write(&document, Format::Markdown)).expect("text");
    for line in ["Portes intérieures", "Sanitaires", "Radiateurs", "Parquets"] {
        assert!(text.contains(&format!("| {line} | ……… | ……… | ……… |")), "{text}");
    }
}

/// The price is read in the form that the contract has, and the frame has its tranches.
#[test]
fn the_price_frame_follows_the_form_of_the_price() {
    let library = Library::embedded();
    let frame = |change: &dyn Fn(String) -> String| {
        let (_, text) =
            clausier_tests::stories().into_iter().find(|(name, _)| name == "petit-marche").expect("a story");
        let consultation = consultation("cadre", &change(text));
        let frame = library.resolve(&consultation).draft(Piece::PriceFrame).expect("a frame");
        String::from_utf8(write(&frame, Format::Text)).expect("text")
    };
    assert!(frame(&|text| text).contains("Décomposition du prix global et forfaitaire"));
    let unit = |text: String| text.replace("variantes = ", "forme_prix = \"unitaires\"\nvariantes = ");
    assert!(frame(&unit).contains("Détail quantitatif estimatif"));
    let mixed = |text: String| text.replace("variantes = ", "forme_prix = \"mixte\"\nvariantes = ");
    assert!(frame(&mixed).contains("Décomposition du forfait et détail quantitatif estimatif"));
    let tranches = |text: String| {
        text.replace("montant = \"55 000 €\"", "montant = \"55 000 €\"\ntranches = { 1 = \"10 000 €\" }")
    };
    let supplements = |text: String| {
        let extra = "prestations_supplementaires = [\"réfection des trottoirs\"]";
        text.replace("montant = \"55 000 €\"", &format!("montant = \"55 000 €\"\n{extra}"))
    };
    let priced = frame(&supplements).replace(['\u{a0}', '\u{202f}'], " ");
    assert!(priced.contains("Prestation supplémentaire : réfection des trottoirs"), "{priced}");
    assert!(
        priced.lines().any(|line| line.starts_with("Prestations supplémentaires") && line.ends_with("………")),
        "{priced}"
    );
    // The price that is noted says that it counts them.
    let (_, text) = clausier_tests::stories().into_iter().find(|(name, _)| name == "petit-marche").expect("a story");
    let both = consultation("les deux", &tranches(supplements(text)));
    let rc =
        String::from_utf8(write(&library.resolve(&both).draft(Piece::Rc).expect("an RC"), Format::Text)).expect("text");
    assert!(rc.contains(", tranches optionnelles et prestations supplémentaires comprises"), "{rc}");
    assert_eq!(both.lots[&1].supplements, ["réfection des trottoirs"]);
    let again = consultation("relu", &both.to_toml());
    assert_eq!(again.lots[&1].supplements, both.lots[&1].supplements);
    let frame = frame(&tranches);
    assert!(frame.contains("Tranche ferme") && frame.contains("Tranche optionnelle\u{a0}1"), "{frame}");
}

/// A criterion of the buyer's own library is noted, simulated, owed, framed and checked as ours are.
#[test]
fn a_criterion_of_the_buyer_goes_through_the_same_engine() {
    let own = r#"id = "vitesse-de-reprise"
titre = "Vitesse de reprise"
version = 2026-11-29
statut = "relu"
fondements = ["ccp-l2152-7", "ccp-r2152-11"]
pourquoi = "Un critère de l'acheteur."
joint = ["le relevé des pannes de l'année"]
[[parametre]]
nom = "penalite_heure"
type = "montant"
question = "Quelle pénalité par heure ?"
bornes = ["1 €", "5 000 €"]
fourchette = "10 à 100 €"
[critere]
nature = "technique"
poids = { bas = 5, haut = 30 }
elements = ["organisation de la reprise"]
exclut = ["garantie-depannage"]
lien_avec_l_objet = "Les pannes sont celles des équipements du marché."
[[critere.note]]
nom = "delai"
titre = "Délai de reprise, en heures ouvrées"
mode = "echelle"
unite = "h"
sens = "au-plus"
zero_a = "48 h"
tout_a = "8 h"
penalite = "penalite_heure"
preuve = "à chaque panne, appel et reprise horodatés"
"#;
    let library = Library::embedded().with_files([("critere/vitesse-de-reprise.toml".to_owned(), own.to_owned())]);
    let library = library.unwrap_or_else(|errors| panic!("{errors}"));
    let (_, text) = clausier_tests::stories().into_iter().find(|(name, _)| name == "petit-marche").expect("a story");
    let criteria = "prix = 30\nagregats-recycles = { poids = 15, plafond = \"40 %\" }\n\
                    vitesse-de-reprise = { poids = 35, penalite_heure = \"20 €\" }\n\
                    garantie-depannage = { poids = 20, garantie_minimale = \"24 mois\", garantie_notee = \"60 mois\", \
                    delai_maximal = \"40 h\", delai_note = \"8 h\", penalite_mois = \"100 €\", penalite_heure = \"20 €\" }\n";
    let text = text.replace(
        "prix = 60\nvaleur-technique = 25\nagregats-recycles = { poids = 15, plafond = \"40 %\" }\n",
        criteria,
    );
    let consultation = consultation("propre", &text);
    let resolved = library.resolve(&consultation);
    let found: Vec<&str> = resolved.findings().iter().map(|finding| finding.code).collect();
    assert!(found.contains(&"critere-neutralise") && found.contains(&"critere-en-double"), "{found:?}");
    let offer = Offer::new("a").answer("vitesse-de-reprise", "delai", Answer::Value(number(28))).answer(
        "prix",
        "montant",
        Answer::Value(number(100)),
    );
    let scores = resolved.grid(1).score(&[offer]);
    let mark = scores.offers[0].marks.iter().find(|mark| mark.criterion == "vitesse-de-reprise").expect("a mark");
    assert_eq!((mark.points.fixed(2), mark.owed.clone()), ("17,50".to_owned(), Some(number(28))));
    let promise = resolved.simulation(1).expect("criteria");
    let promise = promise.promises.iter().find(|promise| promise.criterion == "vitesse-de-reprise").expect("a promise");
    assert_eq!(promise.broken.as_ref().map(|cost| cost.0.clone()), Some(number(800)));
    let text = |piece| {
        String::from_utf8(write(&resolved.draft(piece).expect("a pièce"), Format::Text))
            .expect("text")
            .replace('\u{a0}', " ")
    };
    assert!(text(Piece::Rc).contains("aucun point à 48 heures et au-delà, tous de 0 à 8 heures"));
    assert!(text(Piece::Ae).contains("Délai de reprise"));
    assert!(text(Piece::ResponseFrame).contains("Délai de reprise"));
    assert!(text(Piece::Note).contains("le relevé des pannes"));
}

/// A second evaluator, who has only the règlement: reads the published sentence, reckons by hand, finds the same marks.
#[test]
fn the_published_sentence_alone_gives_the_same_marks() {
    /// The end of a scale: « à 20 % », « de 0 à 20 % », « de 20 à 100 % ».
    fn end(text: &str, words: &str) -> f64 {
        let (_, rest) = text.split_once(words).unwrap_or_else(|| panic!("« {words} » : {text}"));
        match rest.strip_prefix("à ") {
            Some(_) => figure(rest, "à "),
            None if figure(rest, "de ") > 0.0 => figure(rest, "de "),
            None => figure(rest, " à "),
        }
    }
    /// The figure that follows some words.
    fn figure(text: &str, words: &str) -> f64 {
        let (_, rest) = text.split_once(words).unwrap_or_else(|| panic!("« {words} » : {text}"));
        let figure: String = rest.chars().take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '\u{202f}')).collect();
        figure.replace('\u{202f}', "").replace(',', ".").parse().unwrap_or_else(|_| panic!("{rest}"))
    }
    let library = Library::embedded();
    let mut read = 0;
    for (clause, grid) in grids() {
        let dossier = library.sample(&clause.id, Sample::Usual).expect("a sample");
        let consultation = consultation(&clause.id, &dossier);
        let rc = library.resolve(&consultation).draft(Piece::Rc).expect("an RC");
        let rc = String::from_utf8(write(&rc, Format::Markdown)).expect("text");
        let start = format!("| {} | ", clausier::typography::french(&clause.title));
        let row = rc.lines().find(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("{} : {start}", clause.id));
        let cell = row.split(" | ").nth(2).expect("a notation").to_owned();
        let mut rest = cell.as_str();
        for (criterion, note) in grid.notes() {
            // One element after the other; the share of the points stands beside the title when there are several.
            let share = if grid.criteria[0].notes.len() > 1 {
                let (_, after) = rest.split_once(&format!("{} (", note.title)).unwrap_or_else(|| panic!("{rest}"));
                rest = after;
                figure(&format!("({after}"), "(")
            } else {
                100.0
            };
            let most = 60.0 * share / 100.0;
            let one = |value: Number| {
                let offer = Offer::new("x").answer(&criterion.id, &note.name, Answer::Value(value));
                let scores = grid.score(&[offer]);
                let scored = scores.offers[0].clone();
                let mark = scored.marks.iter().find(|mark| mark.note == note.name);
                mark.map(|mark| mark.points.fixed(2).replace(',', ".").parse::<f64>().expect("a mark"))
            };
            match &note.rule {
                Rule::Line(line) => {
                    let (none, all) = (end(rest, "ucun point "), end(rest, ", tous "));
                    let sentence = rest.split("en proportion entre les deux").next().expect("a sentence");
                    let bound = sentence.contains("minimum exigé") || sentence.contains("maximum exigé");
                    for percent in [-30i64, 0, 1, 25, 50, 77, 100, 140] {
                        let value = along(line, percent);
                        if !sayable(line, &value) {
                            continue;
                        }
                        let said: f64 = value
                            .fixed(12)
                            .replace(['\u{202f}', '\u{a0}'], "")
                            .replace(',', ".")
                            .replace('−', "-")
                            .parse()
                            .expect("a value");
                        let by_hand = ((said - none) / (all - none)).clamp(0.0, 1.0) * most;
                        match one(value) {
                            Some(mark) => {
                                assert!(
                                    (mark - by_hand).abs() < 0.006,
                                    "{}.{}: {mark} for {by_hand}",
                                    clause.id,
                                    note.name
                                );
                                let short = (said - none) / (all - none) < 0.0;
                                assert!(!(short && bound), "{}.{}: irregular by hand", clause.id, note.name);
                            }
                            None => assert!(bound && percent < 0, "{}.{}: refused", clause.id, note.name),
                        }
                        read += 1;
                    }
                }
                Rule::Levels(levels) => {
                    for (points, text) in levels {
                        let said = match points {
                            100 => format!("tous les points : {text}"),
                            0 => format!("aucun point : {text}"),
                            points => format!("{points} % : {text}"),
                        };
                        let plain = |text: &str| text.replace(['\u{202f}', '\u{a0}'], " ").to_lowercase();
                        assert!(plain(rest).contains(&plain(&said)), "{}.{}: {said}", clause.id, note.name);
                        let mark = one(number(*points)).expect("a mark");
                        #[allow(clippy::cast_precision_loss, reason = "a whole number under a hundred")]
                        let by_hand = most * *points as f64 / 100.0;
                        assert!((mark - by_hand).abs() < 0.006, "{}.{}", clause.id, note.name);
                        read += 1;
                    }
                }
                _ => assert!(rest.contains("points × montant le plus bas ÷ montant de l’offre"), "{rest}"),
            }
        }
    }
    assert!(read > 400, "{read}");
}
