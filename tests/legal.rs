//! The dated register of law: what it holds, what it answers, what it refuses.

use clausier::law::{DerogationLevel, Form, InForce, Legal, LegalError, Public, PublicFamily, Standing, WorkMode};
use clausier::quantity::{Date, Euros, Number};
use clausier::terms::{BuyerCategory, Ccag, Certainty, ContractForm, ContractNature, Regime, Vocabulary};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

/// The files of the register, as shipped.
fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../clauses/referentiel");
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("the folder of the register")
        .map(|entry| entry.expect("an entry").path())
        // The folder `lexique` holds words, no law.
        .filter(|path| path.is_file())
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("a text"))
        })
        .collect();
    files.sort();
    files
}

static REGISTER: LazyLock<Legal> =
    LazyLock::new(|| Legal::from_sources(files()).unwrap_or_else(|errors| panic!("{errors}")));

fn day(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|| panic!("no such day: {text}"))
}

fn at(text: &str) -> InForce<'static> {
    REGISTER.at(day(text))
}

/// No-break spaces made visible: `_` before a unit or a number, `'` between thousands.
fn seen(text: impl ToString) -> String {
    text.to_string().replace('\u{A0}', "_").replace('\u{202F}', "'")
}

fn euros(text: &str) -> Euros {
    Euros::parse(text).expect("an amount")
}

// ---------------------------------------------------------------- content

#[test]
fn the_shipped_register_is_valid_and_large_enough() {
    let versions: usize = REGISTER.texts().map(|t| t.versions.len()).sum();
    let values: usize = REGISTER.parameters().map(|p| p.values.len()).sum();
    assert!(versions >= 200, "{versions} versions of texts");
    assert!(values >= 90, "{values} values of parameters");
    let concepts = REGISTER.concepts().count();
    assert!(concepts >= 74, "{concepts} concepts of the CCAG");
}

#[test]
fn most_facts_are_confirmed() {
    let versions = REGISTER.texts().flat_map(|t| t.versions.iter().map(|v| v.certainty));
    let values = REGISTER.parameters().flat_map(|p| p.values.iter().filter_map(|v| v.certainty()));
    let all: Vec<Certainty> = versions.chain(values).collect();
    let open = all.iter().filter(|c| **c == Certainty::ToVerify).count();
    assert!(open * 8 < all.len(), "{open} of {} facts are still to verify", all.len());
}

/// The interval rules, checked again from outside, on the shipped data.
#[test]
fn versions_ascend_without_hole_nor_overlap() {
    let texts = REGISTER.texts().map(|t| (&t.id, t.versions.iter().map(|v| v.interval).collect::<Vec<_>>()));
    let parameters = REGISTER.parameters().map(|p| (&p.id, p.values.iter().map(|v| v.interval).collect::<Vec<_>>()));
    for (id, intervals) in texts.chain(parameters) {
        assert!(!intervals.is_empty(), "{id} has no version");
        for pair in intervals.windows(2) {
            assert_eq!(pair[0].until.map(Date::next), Some(pair[1].from), "{id}");
        }
        for interval in intervals {
            assert!(interval.until.is_none_or(|until| interval.from <= until), "{id}");
        }
    }
}

#[test]
fn every_source_is_used() {
    let texts = REGISTER.texts().flat_map(|t| &t.versions).flat_map(|v| &v.sources);
    let values = REGISTER.parameters().flat_map(|p| &p.values).flat_map(|v| &v.sources);
    let families = REGISTER.families().flat_map(|f| &f.sources);
    let used: BTreeSet<&str> = texts.chain(values).chain(families).map(|s| &**s).collect();
    let idle: Vec<&str> = REGISTER.sources().map(|s| &*s.id).filter(|id| !used.contains(id)).collect();
    assert!(idle.is_empty(), "{idle:?}");
}

#[test]
fn a_text_read_in_memory_only_is_never_confirmed() {
    for text in REGISTER.texts() {
        for version in &text.versions {
            let memory = version.sources.iter().all(|s| &**s == "memoire");
            assert!(!memory || version.certainty == Certainty::ToVerify, "{}", text.id);
        }
    }
}

// ---------------------------------------------------------------- dates

/// The switch of August 2026: the regulation came in force on the 21st, the law on the 22nd.
#[test]
fn the_20_21_and_22_of_august_2026_differ() {
    let cases = [
        // id, then whether the requirement of 2026 applies on the 20th, the 21st, the 22nd
        ("ccp-r2152-7", [false, true, true]),
        ("ccp-r3124-4", [false, true, true]),
        ("ccp-r3131-3", [false, true, true]),
        ("ccp-r2362-13", [false, true, true]),
        ("ccp-l2111-2", [false, false, true]),
        ("ccp-l2112-2", [false, false, true]),
        ("ccp-l2112-2-1", [false, false, true]),
        ("ccp-l2152-7", [false, false, true]),
        ("ccp-l3111-2", [false, false, true]),
        ("ccp-l3114-2", [false, false, true]),
        ("ccp-l3114-2-1", [false, false, true]),
        ("ccp-l3124-5", [false, false, true]),
        ("ccp-l3131-5", [false, false, true]),
        ("ccp-l2312-1-1", [false, false, true]),
        ("ccp-l2352-2", [false, false, true]),
    ];
    for (id, expected) in cases {
        let found = ["2026-08-20", "2026-08-21", "2026-08-22"]
            .map(|date| at(date).text(id).is_ok_and(|t| t.version.interval.from >= day("2026-08-21")));
        assert_eq!(found, expected, "{id}");
    }
}

/// What the checks ask: does the text create the duty, that day?
#[test]
fn duties_begin_on_their_day() {
    let cases = [
        ("ccp-l2111-1", "2025-10-15", "2025-10-16"),
        ("ccp-r2152-7", "2026-08-20", "2026-08-21"),
        ("ccp-r3124-4", "2026-08-20", "2026-08-21"),
        ("ccp-l2112-2", "2026-08-21", "2026-08-22"),
        ("ccp-l2112-2-1", "2026-08-21", "2026-08-22"),
        ("ccp-l3114-2", "2026-08-21", "2026-08-22"),
        ("ccp-l3114-2-1", "2026-08-21", "2026-08-22"),
    ];
    for (id, eve, day) in cases {
        assert!(!at(eve).imposes(id), "{id} on {eve}");
        assert!(at(day).imposes(id), "{id} on {day}");
    }
    // Defence contracts never took the duties on.
    assert!(!at("2026-12-07").imposes("ccp-l2312-1-1") && !at("2026-12-07").imposes("ccp-l2352-2"));
}

#[test]
fn the_version_is_the_one_of_the_launch_date() {
    let cases = [
        ("ccp-l2111-1", "2025-10-15", "2019-04-01"),
        ("ccp-l2111-1", "2025-10-16", "2025-10-16"),
        ("ccp-l2113-12", "2023-12-19", "2019-04-01"),
        ("ccp-l2113-12", "2023-12-20", "2023-12-20"),
        ("ccp-l2113-14", "2020-12-09", "2020-12-09"),
        ("ccp-l2113-14", "2022-10-21", "2022-10-21"),
        ("ccp-l2152-7", "2023-10-24", "2019-04-01"),
        ("ccp-l2152-7", "2026-08-21", "2023-10-25"),
        ("ccp-r2122-8", "2026-03-31", "2026-01-01"),
        ("ccp-r2122-8", "2026-04-01", "2026-04-01"),
        ("arrete-ccag-fcs", "2024-06-30", "2021-04-01"),
        ("c-env-d543-281", "2025-01-01", "2025-01-01"),
    ];
    for (id, date, from) in cases {
        let found = at(date).text(id).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(found.version.interval.from, day(from), "{id} on {date}");
    }
}

#[test]
fn the_texts_of_the_founding_story_can_be_cited_at_its_launch() {
    let ids = [
        "ccp-l3",
        "ccp-l2111-1",
        "ccp-l2111-2",
        "ccp-l2112-2",
        "ccp-l2112-2-1",
        "ccp-l2112-3",
        "ccp-l2112-4",
        "ccp-r2112-2",
        "ccp-r2112-3",
        "ccp-l2113-12",
        "ccp-l2113-13",
        "ccp-r2113-7",
        "ccp-r2111-7",
        "ccp-r2111-9",
        "ccp-r2111-16",
        "ccp-r2132-1",
        "ccp-l2151-2",
        "ccp-l2152-1",
        "ccp-l2152-2",
        "ccp-l2152-7",
        "ccp-r2152-2",
        "ccp-r2152-7",
        "ccp-r2152-11",
        "ccp-r2152-12",
        "ccp-l2184-1",
        "ccp-r2194-1",
        "ccp-r2194-7",
        "ccp-l2195-3",
        "c-civ-1231-5",
        "c-trav-l5132-4",
        "c-trav-l5213-13",
        "casf-l344-2",
        "c-env-d543-281",
        "c-env-l541-21-1",
        "crpm-l253-7",
        "crpm-l230-5-1",
        "c-energie-l234-1",
        "cch-l126-34",
        "ce-isere",
        "ce-nantes-metropole",
        "ce-puteaux",
    ];
    let at = at("2026-12-07");
    for id in ids {
        assert!(at.cite(&[id], Form::Full).is_ok(), "{id}: {:?}", at.text(id).err());
    }
}

// ---------------------------------------------------------------- thresholds

#[test]
fn european_thresholds_at_each_bound_and_for_each_buyer() {
    let periods = [
        ("2019-04-01", "2019-12-31", ["144 000 €", "221 000 €", "443 000 €", "5 548 000 €"]),
        ("2020-01-01", "2021-12-31", ["139 000 €", "214 000 €", "428 000 €", "5 350 000 €"]),
        ("2022-01-01", "2023-12-31", ["140 000 €", "215 000 €", "431 000 €", "5 382 000 €"]),
        ("2024-01-01", "2025-12-31", ["143 000 €", "221 000 €", "443 000 €", "5 538 000 €"]),
        ("2026-01-01", "2027-12-31", ["140 000 €", "216 000 €", "432 000 €", "5 404 000 €"]),
    ];
    for (first, last, [central, other, entity, works]) in periods {
        for date in [first, last] {
            let at = at(date);
            for buyer in BuyerCategory::all() {
                let amount = |nature, form, regime| {
                    at.european_threshold(nature, form, buyer, regime).unwrap_or_else(|e| panic!("{e}")).amount.clone()
                };
                let supplies = match buyer {
                    BuyerCategory::State | BuyerCategory::StateBody => central,
                    BuyerCategory::Entity => entity,
                    _ => other,
                };
                let (market, ordinary) = (ContractForm::Market, Regime::Ordinary);
                assert_eq!(amount(ContractNature::Supplies, market, ordinary), euros(supplies), "{buyer} {date}");
                assert_eq!(
                    amount(ContractNature::Services, ContractForm::Framework, ordinary),
                    euros(supplies),
                    "{buyer} {date}"
                );
                assert_eq!(amount(ContractNature::Works, market, ordinary), euros(works), "{buyer} {date}");
                assert_eq!(amount(ContractNature::Works, market, Regime::Defence), euros(works), "{buyer} {date}");
                assert_eq!(
                    amount(ContractNature::Services, ContractForm::Concession, ordinary),
                    euros(works),
                    "{buyer} {date}"
                );
                assert_eq!(amount(ContractNature::Supplies, market, Regime::Defence), euros(entity), "{buyer} {date}");
            }
        }
    }
}

#[test]
fn social_services_have_their_own_threshold() {
    let at = at("2026-12-07");
    let threshold =
        |buyer| at.european_threshold(ContractNature::Services, ContractForm::Market, buyer, Regime::SocialServices);
    let found = threshold(BuyerCategory::Hospital).expect("a confirmed threshold");
    assert_eq!((found.id, found.amount), ("seuil-ue-services-sociaux", &euros("750 000 €")));
    // Stored, but confirmed by nobody: refused.
    assert!(matches!(threshold(BuyerCategory::Entity), Err(LegalError::NotConfirmed { .. })));
}

#[test]
fn no_european_threshold_is_invented_for_2028() {
    let error = at("2028-01-01")
        .european_threshold(ContractNature::Works, ContractForm::Market, BuyerCategory::State, Regime::Ordinary)
        .expect_err("unknown yet");
    assert_eq!(
        seen(error),
        "seuil européen, travaux (seuil-ue-travaux) n’est pas en vigueur au 1er_janvier 2028 : plus en vigueur depuis le 1er_janvier 2028"
    );
}

#[test]
fn parameters_are_typed_dated_and_sourced() {
    let at = at("2026-12-07");
    let shown = |id: &str| seen(at.parameter(id).unwrap_or_else(|e| panic!("{e}")));
    assert_eq!(shown("part-reservee"), "50_%");
    assert_eq!(shown("duree-reservation-ess"), "3_ans");
    assert_eq!(shown("travaux-courts"), "6_mois");
    assert_eq!(shown("embauche-directe-duree"), "2_ans");
    assert_eq!(shown("etp-annuel"), "1'607_heures");
    assert_eq!(shown("dispense-fournitures-services"), "60'000_€");
    assert_eq!(shown("seuil-spaser"), "50'000'000_€");
    assert_eq!(shown("egalim-viandes-poissons"), "60_%");
    assert_eq!(shown("chiffre-affaires-maximal"), "1,5");
    let turnover = at.parameter("chiffre-affaires-maximal").expect("a value");
    assert_eq!(turnover.number(), Number::fraction(3, 2).as_ref());
    let half = at.parameter("part-reservee").expect("a value");
    assert!(
        half.number().is_none()
            && half.rate().is_some()
            && half.euros().is_none()
            && half.hours().is_none()
            && half.duration().is_none()
    );
    assert!(matches!(&half.standing, Standing::Law { text, .. } if &**text == "ccp-r2113-7"));
    // Practice is told from law: it has no text and no legal certainty.
    let practice = at.parameter("volume-minimal").expect("a value");
    assert!(matches!(practice.standing, Standing::Practice { .. }));
    assert_eq!(practice.certainty(), None);
}

#[test]
fn national_thresholds_change_on_the_right_day() {
    let shown = |id: &str, date: &str| seen(at(date).parameter(id).unwrap_or_else(|e| panic!("{e}")));
    assert_eq!(shown("dispense-fournitures-services", "2019-12-31"), "25'000_€");
    assert_eq!(shown("dispense-fournitures-services", "2026-03-31"), "40'000_€");
    assert_eq!(shown("dispense-fournitures-services", "2026-04-01"), "60'000_€");
    assert_eq!(shown("dispense-travaux", "2020-12-08"), "100'000_€");
    assert_eq!(shown("seuil-spaser", "2022-12-31"), "100'000'000_€");
    assert_eq!(shown("vehicules-etat", "2027-01-01"), "70_%");
    // 2027 is reported but was read nowhere.
    assert!(matches!(at("2027-01-01").parameter("dispense-travaux"), Err(LegalError::NotConfirmed { .. })));
}

// ---------------------------------------------------------------- citations

#[test]
fn citations_group_the_articles_of_a_code() {
    let at = at("2026-12-07");
    let cite = |ids: &[&str], form| seen(at.cite(ids, form).unwrap_or_else(|e| panic!("{e}")));
    assert_eq!(cite(&["ccp-l2112-2"], Form::Full), "article_L._2112-2 du code de la commande publique");
    assert_eq!(cite(&["ccp-l2112-2"], Form::Short), "article_L._2112-2");
    assert_eq!(cite(&["ccp-l2112-2"], Form::Definite), "l’article_L._2112-2 du code de la commande publique");
    assert_eq!(
        cite(&["ccp-l2112-2", "ccp-l2112-3"], Form::Full),
        "articles_L._2112-2 et L._2112-3 du code de la commande publique"
    );
    assert_eq!(
        cite(&["ccp-l2112-2", "c-civ-1231-5", "ccp-l2112-3", "ccp-r2111-7", "ccp-l2112-2"], Form::Full),
        "articles_L._2112-2, L._2112-3 et R._2111-7 du code de la commande publique et article_1231-5 du code civil"
    );
    assert_eq!(
        cite(&["ccp-l2112-2", "ccp-l2112-3", "loi-2021-1104-35", "decret-2022-767"], Form::Definite),
        "les articles_L._2112-2 et L._2112-3 du code de la commande publique, l’article_35 de la loi n°_2021-1104 du 22_août \
         2021 et le décret n°_2022-767 du 2_mai 2022"
    );
    assert_eq!(cite(&["ce-isere"], Form::Definite), "CE, 25_mars 2013, Département de l’Isère, n°_364950");
    assert_eq!(cite(&["ccp-r2152-7"], Form::Short), "article_R._2152-7");
    assert_eq!(cite(&[], Form::Full), "");
}

#[test]
fn ccag_citations_follow_the_table() {
    let cite = |concepts: &[&str], ccag| REGISTER.cite_ccag(concepts, ccag).map(seen);
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(cite(&["pen", "env3"], Ccag::Works), some("articles_20.1.5 et 20.2.3 du CCAG-Travaux"));
    assert_eq!(cite(&["pen", "env3"], Ccag::ProjectManagement), some("articles_18.1.5 et 18.2.3 du CCAG-MOE"));
    assert_eq!(cite(&["pen1", "pen2", "pen"], Ccag::Supplies), some("article_16.1.5 du CCAG-FCS"));
    assert_eq!(cite(&["pre", "scope"], Ccag::Industrial), some("préambule et article_1.1 du CCAG-MI"));
    assert_eq!(cite(&["fauteA"], Ccag::Ict), some("article_50.1_a du CCAG-TIC"));
    assert_eq!(cite(&["dechets", "soged", "dechpen"], Ccag::Intellectual), some("article_20.4 du CCAG-PI"));
    assert_eq!(cite(&["soged"], Ccag::Supplies), None);
    assert_eq!(cite(&["pen"], Ccag::None), None);
    // A comment binds nobody: it is never cited.
    assert_eq!(cite(&["com5"], Ccag::Works), None);
}

/// Spot checks against the cross table read in the six CCAG.
#[test]
fn the_ccag_table_is_the_one_that_was_read() {
    let six = [Ccag::Works, Ccag::Supplies, Ccag::Intellectual, Ccag::Ict, Ccag::Industrial, Ccag::ProjectManagement];
    let rows: [(&str, [&str; 6]); 14] = [
        ("dd", ["20", "16", "16", "16", "17", "18"]),
        ("ins", ["20.1", "16.1", "16.1", "16.1", "17.1", "18.1"]),
        ("pubB", ["20.1.1.2", "16.1.1.2", "16.1.1.2", "16.1.1.2", "17.1.1.2", "18.1.1.2"]),
        ("fac4", ["20.1.4.4", "16.1.4.4", "16.1.4.4", "16.1.4.4", "17.1.4.4", "18.1.4.4"]),
        ("env1", ["20.2.1", "16.2.1", "16.2.1", "16.2.1", "17.2.1", "18.2.1"]),
        ("st", ["3.6.1.5", "3.6.3", "3.6.3", "3.6.3", "3.6.3", "3.6.3"]),
        ("ret", ["19.2.3", "14.1.1", "14.1.1", "14.1.1", "15.1", "16.2.3"]),
        ("exo", ["19.2.1", "14.1.3", "14.1.3", "14.1.3", "15.3", "16.2.1"]),
        ("plafond", ["19.2.2", "14.1.2", "14.1.2", "14.1.2", "15.2", "16.2.2"]),
        ("faute", ["50.3.1", "41.1", "39.1", "50.1", "44.1", "30.1"]),
        ("ig", ["50.4", "42", "40", "51", "45", "31"]),
        ("tiers", ["52", "45", "27", "54", "48", "34"]),
        ("reex", ["54", "25", "25", "27", "25", "26"]),
        ("jours", ["19.1.1", "", "", "", "", "16.1.1"]),
    ];
    for (concept, expected) in rows {
        let found = six.map(|ccag| REGISTER.ccag_article(concept, ccag).unwrap_or_default());
        assert_eq!(found, expected, "{concept}");
    }
    assert_eq!(REGISTER.ccag_article("fauteC", Ccag::ProjectManagement).map(seen).as_deref(), Some("30.1_b"));
}

#[test]
fn a_ccag_is_known_from_the_day_it_came_in_force() {
    for ccag in Ccag::all().filter(|c| *c != Ccag::None) {
        let text = REGISTER.ccag_text(ccag).expect("an approving text");
        assert!(at("2021-04-01").text(text).is_ok(), "{ccag}");
        assert!(matches!(at("2021-03-31").text(text), Err(LegalError::NotInForce { .. })), "{ccag}");
    }
    assert_eq!(REGISTER.ccag_text(Ccag::None), None);
}

// ---------------------------------------------------------------- CCAG lists, people, families

#[test]
fn derogations_and_requirements_are_complete() {
    for n in 1..=31 {
        assert!(REGISTER.derogation(&format!("D-{n:02}")).is_some(), "D-{n:02}");
    }
    for n in 1..=20 {
        assert!(REGISTER.requirement(&format!("MUST-{n:02}")).is_some(), "MUST-{n:02}");
    }
    let cite = |id: &str, ccag| {
        let derogation = REGISTER.derogation(id).unwrap_or_else(|| panic!("{id}"));
        REGISTER.cite_derogation(derogation, ccag).map(seen)
    };
    assert_eq!(cite("D-19", Ccag::Works).as_deref(), Some("articles_20.1.5 et 20.2.3 du CCAG-Travaux"));
    assert_eq!(cite("D-22", Ccag::Industrial).as_deref(), Some("article_15.3 du CCAG-MI"));
    assert_eq!(cite("D-22", Ccag::ProjectManagement), None);
    assert_eq!(cite("D-27", Ccag::Supplies), None);
    assert_eq!(cite("D-31", Ccag::Works), None);
    assert_eq!(REGISTER.derogation("D-21").map(|d| d.level), Some(DerogationLevel::Refused));
    assert_eq!(REGISTER.derogation("D-19").map(|d| d.level), Some(DerogationLevel::Sure));
}

#[test]
fn publics_and_structures_carry_todays_names() {
    let publics: Vec<&Public> = REGISTER.publics().collect();
    assert!(publics.iter().all(|known| REGISTER.public(&known.id).is_some_and(|found| found.label == known.label)));
    let named =
        |known: &clausier::law::Structure| REGISTER.structure(&known.id).is_some_and(|found| found.name == known.name);
    assert!(REGISTER.structures().all(named));
    let letters = |family| publics.iter().filter(|p| p.family == family).map(|p| &*p.letter).collect::<Vec<_>>();
    assert_eq!(letters(PublicFamily::Structure), ["a", "b", "c", "d", "e", "f"]);
    // Letter e has two cases.
    assert_eq!(letters(PublicFamily::Distance), ["a", "b", "c", "d", "e", "e", "f", "g", "h", "i", "j"]);
    let today: Vec<&str> = publics
        .iter()
        .flat_map(|p| [&*p.label, &*p.condition])
        .chain(REGISTER.structures().flat_map(|s| [&*s.label, &*s.name]))
        .collect();
    let outdated = publics.iter().flat_map(|p| &p.outdated).chain(REGISTER.structures().flat_map(|s| &s.outdated));
    let mut count = 0;
    for old in outdated {
        count += 1;
        let name = old.name.to_lowercase();
        assert!(!today.iter().any(|t| t.to_lowercase().contains(&name)), "« {} » is outdated", old.name);
    }
    assert!(count >= 10);
    let esat = REGISTER.structures().find(|s| &*s.id == "esat").expect("ESAT");
    assert!(esat.name.contains("accompagnement par le travail"));
    assert_eq!(esat.modes, [WorkMode::Subcontracting]);
}

#[test]
fn families_are_those_that_the_stories_use() {
    let used = [
        "deconstruction-curage",
        "bat-gros-oeuvre",
        "bat-peinture",
        "bat-cvc",
        "bat-plomberie",
        "bat-electricite",
        "rehabilitation",
        "nettoyage-locaux",
        "espaces-verts-entretien",
        "it-prestations",
        "restauration-collective",
        "mobilier-fourniture",
        "mobilier-reemploi",
        "moe",
        "prestations-intellectuelles",
        "dechets-collecte",
        "dechets-encombrants",
        "voirie",
        "vrd-terrassement",
    ];
    for id in used {
        assert!(REGISTER.family(id).is_some(), "{id}");
    }
    let painting = REGISTER.family("bat-peinture").expect("a family");
    assert_eq!(seen(&painting.labour_default), "70_%");
    assert_eq!(seen(format!("{}-{}", painting.hourly_price.low, painting.hourly_price.high)), "34_€-40_€");
    assert!(REGISTER.family("it-fourniture").expect("a family").usual_rate.is_none());
}

// ---------------------------------------------------------------- refusals

#[test]
fn look_ups_refuse_in_plain_french() {
    let refused = |id: &str, date: &str| seen(at(date).text(id).expect_err("refused"));
    assert_eq!(
        refused("ccp-l2112-22", "2026-12-07"),
        "« ccp-l2112-22 » n’est pas au registre du droit ; vouliez-vous dire « ccp-l2112-2 » ?"
    );
    assert_eq!(
        refused("ccp-l2112-2-1", "2026-08-21"),
        "l’article_L._2112-2-1 du code de la commande publique (ccp-l2112-2-1) n’est pas en vigueur au 21_août 2026 : en \
         vigueur à compter du 22_août 2026"
    );
    assert_eq!(
        refused("decret-2021-254", "2024-07-01"),
        "le décret n°_2021-254 du 9_mars 2021 (decret-2021-254) n’est pas en vigueur au 1er_juillet 2024 : plus en vigueur \
         depuis le 1er_juillet 2024"
    );
    assert_eq!(
        refused("ce-derichebourg", "2026-12-07"),
        "CE, 15_février 2013, Derichebourg Polyurbaine, n°_363921 (ce-derichebourg) n’est pas confirmé dans le registre au \
         7_décembre 2026 (certitude « a-verifier ») : ni cité dans une pièce, ni base d’un constat bloquant"
    );
    assert_eq!(
        refused("ccp-l3", "2019-03-31"),
        "le registre du droit commence le 1er_avril 2019 : rien ne peut être dit du droit au 31_mars 2019"
    );
    assert!(matches!(at("2018-01-01").parameter("seuil-ecrit"), Err(LegalError::BeforeFirstDay { .. })));
    assert_eq!(
        seen(at("2026-12-07").parameter("seuil-ue-travau").expect_err("unknown")),
        "« seuil-ue-travau » n’est pas au registre du droit ; vouliez-vous dire « seuil-ue-travaux » ?"
    );
}

/// The whole message of a register in which one file was changed.
fn broken(file: &str, change: impl FnOnce(String) -> String) -> String {
    let mut files = files();
    let (_, text) = files.iter_mut().find(|(name, _)| name == file).expect("a file of the register");
    *text = change(std::mem::take(text));
    Legal::from_sources(files).expect_err("a refusal").to_string()
}

/// The shipped file with an entry more; its first line is the first of the message.
fn with_entry(file: &str, entry: &str) -> String {
    let mut first = 0;
    let message = broken(file, |text| {
        first = text.lines().count() + 1;
        format!("{text}{entry}")
    });
    // Line numbers are given from the entry, so that a fact more in the file does not change the test.
    let mut out = String::new();
    for line in message.lines() {
        let relative = line.split_once("ligne ").and_then(|(head, rest)| {
            let (number, rest) = rest.split_once(',')?;
            let number: usize = number.parse().ok()?;
            Some(format!("{head}ligne +{},{rest}", (number + 1).checked_sub(first)?))
        });
        out.push_str(&relative.unwrap_or_else(|| line.to_owned()));
        out.push('\n');
    }
    seen(out)
}

const TEXT: &str = "\n[[texte]]\nid = \"essai\"\nrecueil = \"ccp\"\nnumero = \"L. 1\"\nintitule = \"essai\"\n";

fn version(from: &str, rest: &str) -> String {
    format!(
        "[[texte.version]]\ndepuis = {from}\nobjet = \"essai\"\nsources = [\"legi-2026-08\"]\ncertitude = \
         \"texte-une-copie\"\nverifie = 2026-11-24\n{rest}"
    )
}

#[test]
fn two_versions_that_overlap_are_refused() {
    let entry = format!("{TEXT}{}{}", version("2020-01-01", "jusqu_a = 2021-01-01\n"), version("2021-01-01", ""));
    assert_eq!(
        with_entry("textes.toml", &entry),
        "textes.toml, ligne +15, colonne 10 : deux versions se chevauchent du 1er_janvier 2021 au 1er_janvier 2021\n\
         \x20   depuis = 2021-01-01\n\
         \x20   aide : la précédente finit la veille du « depuis » de celle-ci\n"
    );
}

#[test]
fn a_hole_between_two_versions_is_refused() {
    let entry = format!("{TEXT}{}{}", version("2020-01-01", "jusqu_a = 2020-12-30\n"), version("2021-01-01", ""));
    assert_eq!(
        with_entry("textes.toml", &entry),
        "textes.toml, ligne +15, colonne 10 : aucune version ne couvre l’intervalle entre le 30_décembre 2020 et le \
         1er_janvier 2021\n\
         \x20   depuis = 2021-01-01\n\
         \x20   aide : complétez la version qui manque, ou étendez l’une des deux\n"
    );
}

#[test]
fn an_open_version_that_another_follows_is_refused() {
    let entry = format!("{TEXT}{}{}", version("2020-01-01", ""), version("2021-01-01", ""));
    assert_eq!(
        with_entry("textes.toml", &entry),
        "textes.toml, ligne +14, colonne 10 : la version précédente, depuis le 1er_janvier 2020, n’a pas de fin\n\
         \x20   depuis = 2021-01-01\n\
         \x20   aide : donnez-lui un « jusqu_a » : la veille du « depuis » de celle-ci\n"
    );
}

#[test]
fn versions_out_of_order_are_refused() {
    let entry = format!("{TEXT}{}{}", version("2021-01-01", ""), version("2020-01-01", "jusqu_a = 2020-12-31\n"));
    assert_eq!(
        with_entry("textes.toml", &entry),
        "textes.toml, ligne +14, colonne 10 : cette version commence le 1er_janvier 2020, pas après la précédente \
         (1er_janvier 2021)\n\
         \x20   depuis = 2020-01-01\n\
         \x20   aide : rangez les versions de la plus ancienne à la plus récente\n"
    );
}

/// A version may be that of one day; no line ends between a day and its month, nor after « n° » and the letter of a code.
#[test]
fn a_version_of_one_day_stands_and_is_cited_without_a_break() {
    let name = "loi n° 7 du 1er mai 2020, du 15 août, des 100 mai et des deux mars, page 5 fois L. 3 et 12 jours";
    let entry = format!("{TEXT}{}", version("2020-01-02", "jusqu_a = 2020-01-02\n"));
    let entry = entry.replace("recueil = \"ccp\"\nnumero = \"L. 1\"", &format!("nom = \"{name}\"\narticle = \"la\""));
    let mut files = files();
    let (_, text) = files.iter_mut().find(|(name, _)| name == "textes.toml").expect("a file of the register");
    text.push_str(&entry);
    let legal = Legal::from_sources(files).unwrap_or_else(|errors| panic!("{errors}"));
    let of_that_day = legal.at(day("2020-01-02"));
    let expected = "loi n°_7 du 1er_mai 2020, du 15_août, des 100 mai et des deux mars, page 5 fois L._3 et 12 jours";
    let cited = seen(of_that_day.cite(&["essai"], Form::Full).unwrap_or_else(|error| panic!("{error}")));
    assert!(cited.contains(expected), "{cited}");
    let refused = |date: &str| seen(legal.at(day(date)).text("essai").expect_err("another day"));
    let (before, after) = (refused("2020-01-01"), refused("2020-01-03"));
    assert!(before.ends_with("en vigueur à compter du 2_janvier 2020"), "{before}");
    assert!(after.ends_with("plus en vigueur depuis le 3_janvier 2020"), "{after}");
}

/// The texts of a day are those that have a version that day, confirmed or not.
#[test]
fn the_texts_of_a_day_are_those_in_force() {
    for date in ["2019-04-01", "2026-08-21", "2026-12-07"] {
        let listed: Vec<&str> = at(date).texts().map(|found| &*found.text.id).collect();
        let all = at(date).legal().texts();
        let refused = |error| matches!(error, LegalError::NotInForce { .. });
        let expected: Vec<&str> =
            all.map(|text| &*text.id).filter(|id| !at(date).text(id).is_err_and(refused)).collect();
        assert_eq!(listed, expected);
        assert!(listed.len() > 100 && listed.len() < at(date).legal().texts().count(), "{date} : {}", listed.len());
    }
}

/// Every source and every figure can be listed, and found again by its id.
#[test]
fn sources_and_figures_are_listed() {
    let legal = at("2026-12-07").legal();
    assert!(legal.sources().count() > 10);
    assert!(legal.sources().all(|source| legal.source(&source.id) == Some(source)));
    assert_eq!(legal.source("journal-inconnu"), None);
    let figures = || at("2026-12-07").parameters();
    assert!(figures().count() > 50 && figures().count() <= legal.parameters().count());
    let confirmed = figures().filter_map(|(figure, value)| Some((at("2026-12-07").parameter(&figure.id).ok()?, value)));
    assert!(confirmed.into_iter().all(|(found, value)| found == value));
    // The European thresholds are set for two years.
    assert_eq!(legal.known_until().map(Date::iso).as_deref(), Some("2027-12-31"));
}

/// A text that is not for a contract says for which one it is not.
#[test]
fn a_text_says_for_which_contract_it_is_not() {
    let said = |form, regime, id: &str| {
        let law = at("2026-12-07").for_contract(form, regime);
        seen(law.text(id).expect_err("another contract's"))
    };
    let market = said(ContractForm::Market, Regime::Ordinary, "ccp-l3114-2");
    assert!(market.ends_with("ne s’applique pas à un marché ordinaire"), "{market}");
    let defence = said(ContractForm::Market, Regime::Defence, "ccp-l3114-2");
    assert!(defence.ends_with("ne s’applique pas à un marché de défense ou de sécurité"), "{defence}");
    let concession = said(ContractForm::Concession, Regime::Ordinary, "ccp-r2111-15");
    assert!(concession.ends_with("ne s’applique pas à une concession"), "{concession}");
}

/// An entry is found by the line of its id, right under its header.
#[test]
fn an_id_elsewhere_in_its_entry_is_refused() {
    let entry = TEXT.replace("id = \"essai\"\nrecueil = \"ccp\"\n", "recueil = \"ccp\"\nid = \"essai\"\n");
    let said = with_entry("textes.toml", &format!("{entry}{}", version("2020-01-02", "")));
    assert!(said.contains("l’identifiant « essai » n’est pas écrit comme le registre l’attend"), "{said}");
    let none =
        with_entry("textes.toml", &format!("{}{}", TEXT.replace("id = \"essai\"\n", ""), version("2020-01-02", "")));
    assert!(!none.contains("comme le registre l’attend"), "{none}");
}

#[test]
fn an_end_before_its_beginning_is_refused() {
    let entry = format!("{TEXT}{}", version("2020-01-02", "jusqu_a = 2020-01-01\n"));
    assert_eq!(
        with_entry("textes.toml", &entry),
        "textes.toml, ligne +13, colonne 11 : « jusqu_a » précède « depuis » (2_janvier 2020)\n\
         \x20   jusqu_a = 2020-01-01\n\
         \x20   aide : « jusqu_a » est le dernier jour où la version s’applique\n"
    );
}

#[test]
fn unknown_keys_duplicate_ids_and_missing_sources_are_all_told_at_once() {
    let entry = "\n[[texte]]\nid = \"ccp-l3\"\nrecueil = \"cpp\"\nnumero = \"L. 1\"\nintitulé = 1\n[[texte.version]]\ndepuis \
                 = 2020-13-01\nobjet = \"\"\nsources = []\ncertitude = \"sure\"\nverifie = \"hier\"\n";
    let message =
        with_entry("textes.toml", &entry.replace("2020-13-01", "\"2020\"").replace("intitulé = 1", "intitul = 1"));
    let heads: Vec<&str> = message.lines().filter(|l| l.starts_with("textes.toml")).collect();
    assert_eq!(
        heads,
        [
            "textes.toml, ligne +2, colonne 1 : la clé « intitule » manque dans [texte]",
            "textes.toml, ligne +3, colonne 6 : l’identifiant « ccp-l3 » est déjà pris dans ce fichier",
            "textes.toml, ligne +4, colonne 11 : le recueil « cpp » n’est pas déclaré",
            "textes.toml, ligne +6, colonne 1 : clé inconnue « intitul » dans [texte]",
            "textes.toml, ligne +8, colonne 10 : « texte.version.depuis » est un texte",
            "textes.toml, ligne +9, colonne 9 : « texte.version.objet » est vide",
            "textes.toml, ligne +10, colonne 11 : un fait sans source n’entre pas dans le registre",
            "textes.toml, ligne +11, colonne 13 : « sure » : la certitude n’existe pas",
            "textes.toml, ligne +12, colonne 11 : « texte.version.verifie » est un texte",
        ],
        "{message}"
    );
}

#[test]
fn a_certainty_claims_no_more_than_its_sources() {
    let entry = format!("{TEXT}{}", version("2020-01-01", "").replace("texte-une-copie", "texte-deux-copies"));
    assert_eq!(
        with_entry("textes.toml", &entry),
        "textes.toml, ligne +11, colonne 13 : la certitude « texte-deux-copies » suppose deux sources distinctes ; une seule \
         est donnée\n\
         \x20   certitude = \"texte-deux-copies\"\n\
         \x20   aide : ajoutez la seconde source, ou écrivez \"texte-une-copie\" ou \"a-verifier\"\n"
    );
}

#[test]
fn a_text_says_how_it_is_cited() {
    let entry = format!("{TEXT}{}", version("2020-01-01", "")).replace("recueil = \"ccp\"\n", "");
    assert_eq!(
        with_entry("textes.toml", &entry.replace("numero = \"L. 1\"\n", "")),
        "textes.toml, ligne +2, colonne 1 : [texte] doit dire comment le texte se cite\n\
         \x20   [[texte]]\n\
         \x20   aide : écrivez recueil et numero (article d’un code), ou nom et article (texte cité en entier)\n"
    );
}

const PARAMETER: &str = "\n[[parametre]]\nid = \"essai\"\nintitule = \"essai\"\nunite = \"euros\"\n\
                         [[parametre.valeur]]\ndepuis = 2026-01-01\nvaleur = \"12 %\"\ntexte = \"ccp-l2112-20\"\n\
                         sources = [\"legifrance-2030\"]\ncertitude = \"texte-une-copie\"\nverifie = 2026-11-24\n";

#[test]
fn values_in_another_unit_and_ids_of_nothing_are_refused() {
    let message = with_entry("parametres.toml", PARAMETER);
    let (unit, ids) =
        message.split_once("    aide : écrivez le nombre, puis l’unité attendue\n").expect("a first problem");
    assert!(
        unit.starts_with("parametres.toml, ligne +8, colonne 10 : « parametre.valeur.valeur » : « 12 % »"),
        "{unit}"
    );
    assert!(unit.contains("l’unité attendue est « € » (exemple : « 350 000 € »)"), "{unit}");
    assert_eq!(
        ids,
        "parametres.toml, ligne +9, colonne 9 : « ccp-l2112-20 » : aucun texte de textes.toml ne porte cet identifiant\n\
         \x20   texte = \"ccp-l2112-20\"\n\
         \x20   aide : vouliez-vous dire « ccp-l2112-2 » ?\n\
         parametres.toml, ligne +10, colonne 12 : « legifrance-2030 » : aucune source de sources.toml ne porte cet \
         identifiant\n\
         \x20   sources = [\"legifrance-2030\"]\n\
         \x20   aide : ajoutez-le, ou corrigez\n"
    );
}

#[test]
fn practice_is_told_with_the_words_of_practice() {
    let entry = PARAMETER
        .replace("12 %", "12 €")
        .replace("texte = \"ccp-l2112-20\"\n", "")
        .replace("legifrance-2030", "legi-2026-08");
    assert_eq!(
        with_entry("parametres.toml", &entry),
        "parametres.toml, ligne +10, colonne 13 : « texte-une-copie » : la certitude n’existe pas\n\
         \x20   certitude = \"texte-une-copie\"\n\
         \x20   aide : valeurs possibles : bonne, moyenne, faible\n"
    );
}

#[test]
fn a_threshold_that_the_program_needs_cannot_disappear() {
    assert_eq!(
        broken("parametres.toml", |text| text.replace("\"seuil-ue-concessions\"", "\"seuil-concessions\""))
            .lines()
            .next(),
        Some(
            "parametres.toml, ligne 1, colonne 1 : le seuil européen « seuil-ue-concessions » manque, ou n’est pas en euros"
        )
    );
    // Nor change its unit, even with its values.
    let counted = broken("parametres.toml", |text| {
        let (before, rest) = text.split_once("id = \"volume-minimal\"").expect("a usage");
        let (entry, after) = rest.split_once("\n[[parametre]]").expect("another");
        let entry = entry.replace("unite = \"heures\"", "unite = \"nombre\"").replace(" h\"", "\"");
        format!("{before}id = \"volume-minimal\"{entry}\n[[parametre]]{after}")
    });
    assert!(counted.contains("l’usage « volume-minimal » manque, ou n’est pas en heures"), "{counted}");
}

#[test]
fn only_printable_articles_enter_the_ccag_table() {
    for article in ["ab a", "20.1.5 A", "20.1.5 ab", "20..5", "20.x a"] {
        let entry = format!("\n[[concept]]\nid = \"essai\"\nintitule = \"essai\"\ntravaux = \"{article}\"\n");
        assert!(with_entry("ccag.toml", &entry).contains("n’est pas un article que l’on imprime"), "{article}");
    }
    let entry = "\n[[concept]]\nid = \"essai\"\nintitule = \"essai\"\ntravaux = \"20.1.5 al.1\"\nfcs = \"\"\n";
    assert_eq!(
        with_entry("ccag.toml", entry),
        "ccag.toml, ligne +5, colonne 11 : « 20.1.5 al.1 » n’est pas un article que l’on imprime\n\
         \x20   travaux = \"20.1.5 al.1\"\n\
         \x20   aide : écrivez un numéro (\"20.1.5\", \"50.3.1 a\") ; le détail va dans « precision » ; sans disposition, retirez \
         la clé\n\
         ccag.toml, ligne +6, colonne 7 : «  » n’est pas un article que l’on imprime\n\
         \x20   fcs = \"\"\n\
         \x20   aide : écrivez un numéro (\"20.1.5\", \"50.3.1 a\") ; le détail va dans « precision » ; sans disposition, retirez \
         la clé\n"
    );
}

#[test]
fn a_derogation_names_known_concepts() {
    let entry = "\n[[derogation]]\nid = \"D-99\"\nclause = \"essai\"\nobjet = \"essai\"\nconcepts = [\"penn\"]\nniveau = \
                 \"sure\"\nsauf = [\"moi\"]\n";
    assert_eq!(
        with_entry("derogations.toml", entry),
        "derogations.toml, ligne +6, colonne 13 : « penn » : aucun concept de ccag.toml ne porte cet identifiant\n\
         \x20   concepts = [\"penn\"]\n\
         \x20   aide : vouliez-vous dire « pen » ?\n\
         derogations.toml, ligne +7, colonne 10 : « sure » : le niveau de dérogation n’existe pas\n\
         \x20   niveau = \"sure\"\n\
         \x20   aide : valeurs possibles : certaine, en-tant-que-de-besoin, refus\n\
         derogations.toml, ligne +8, colonne 9 : « moi » : le CCAG n’existe pas\n\
         \x20   sauf = [\"moi\"]\n\
         \x20   aide : vouliez-vous dire « mi » ?\n"
    );
}

#[test]
fn a_family_has_coherent_figures() {
    let entry = "\n[[famille]]\nid = \"essai\"\nintitule = \"essai\"\ncpv = [\"4521A\"]\nmain_oeuvre = [\"60 %\", \"40 %\"]\n\
                 main_oeuvre_defaut = \"70 %\"\nprix_horaire = [\"30 €\"]\nfaisabilite = \"forte\"\nsources = \
                 [\"mefsud77\"]\ncertitude = \"bonne\"\n";
    let message = with_entry("familles.toml", entry);
    let heads: Vec<&str> = message.lines().filter(|l| l.starts_with("familles.toml")).collect();
    assert_eq!(
        heads,
        [
            "familles.toml, ligne +5, colonne 8 : « 4521A » n’est pas un début de code CPV",
            "familles.toml, ligne +6, colonne 15 : « main_oeuvre » donne deux bornes, la plus basse d’abord",
            "familles.toml, ligne +8, colonne 16 : « prix_horaire » donne deux bornes, la plus basse d’abord",
        ],
        "{message}"
    );
    let none = with_entry("familles.toml", &entry.replace("[\"30 €\"]", "[]"));
    assert!(none.contains("« prix_horaire » donne deux bornes"), "{none}");
    let message = with_entry("familles.toml", &entry.replace("[\"60 %\", \"40 %\"]", "[\"40 %\", \"60 %\"]"));
    assert!(message.contains("la part par défaut (70_%) sort de la fourchette (40_% à 60_%)"), "{message}");
    let default = |share: &str| {
        let entry = entry.replace("[\"60 %\", \"40 %\"]", "[\"40 %\", \"60 %\"]").replace("\"70 %\"", share);
        with_entry("familles.toml", &entry).contains("sort de la fourchette")
    };
    assert_eq!(["\"39 %\"", "\"40 %\"", "\"60 %\"", "\"61 %\""].map(default), [true, false, false, true]);
}

#[test]
fn a_missing_file_and_broken_syntax_are_told() {
    let without = files().into_iter().filter(|(name, _)| name != "publics.toml");
    assert_eq!(
        Legal::from_sources(without).expect_err("a refusal").to_string(),
        "publics.toml, ligne 1, colonne 1 : le fichier « publics.toml » manque au référentiel\n"
    );
    let message = broken("structures.toml", |text| text.replace("id = \"ei\"", "id = ei"));
    assert!(message.starts_with("structures.toml, ligne "), "{message}");
    assert!(message.contains("texte sans guillemets"), "{message}");
}

/// A citation stands in the register: every id of a text written in the code is one of them.
#[test]
fn every_text_named_in_the_code_is_in_the_register() {
    fn walk(folder: &Path, seen: &mut usize) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, seen);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = std::fs::read_to_string(&path).expect("a source");
                for word in source.split('"').skip(1) {
                    let codes =
                        ["ccp-", "c-trav-", "c-civ-", "c-env-", "crpm-", "ce-", "cjue-", "cjce-", "cja-", "loi-"];
                    let id = word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
                    let id = id && word.bytes().any(|b| b.is_ascii_digit());
                    if id && word.len() > 6 && codes.iter().any(|code| word.starts_with(code)) {
                        assert!(REGISTER.text(word).is_some(), "{}: « {word} »", path.display());
                        *seen += 1;
                    }
                }
            }
        }
    }
    let mut seen = 0;
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/clausier/src"), &mut seen);
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/clausier-cli/src"), &mut seen);
    assert!(seen > 80, "{seen} ids read");
}
