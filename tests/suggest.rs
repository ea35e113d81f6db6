//! Suggestions: what is due comes first, each with a reason, and what is taken up settles it.

use clausier::edit::{Edit, apply};
use clausier::terms::{Kind, Vocabulary as _};
use clausier::{Library, Way};
use clausier_tests::{consultation, stories};

/// The founding story without its clauses nor its criteria.
fn bare() -> String {
    let (_, text) = stories().into_iter().find(|(name, _)| name == "ecole-rehabilitation").expect("the founding story");
    let mut keep = true;
    let mut out = String::new();
    for line in text.lines() {
        if line.starts_with('[') {
            keep = !(line.starts_with("[clause.") || line.starts_with("[critere"));
        }
        if keep {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[test]
fn what_the_law_requires_comes_first() {
    let library = Library::embedded();
    let text = bare();
    let consultation = consultation("bare", &text);
    let suggestions = library.suggest(&consultation);
    let due: Vec<_> = suggestions.iter().take_while(|s| s.due).collect();
    for kind in [Kind::Social, Kind::Environment, Kind::Criterion] {
        assert!(due.iter().any(|s| s.kind == kind), "{kind} is due");
    }
    assert!(suggestions.iter().all(|s| !s.reasons.is_empty()), "each has its reason");
    let hours = due.iter().find(|s| s.id == "heures-insertion").expect("hours are due");
    assert_eq!(hours.lots, [1, 2, 3, 4]);
    assert!(hours.hours.is_some(), "it says what it would set");
}

#[test]
fn a_liaison_names_the_pair_that_it_would_tie() {
    let library = Library::embedded();
    let text = bare();
    let consultation = consultation("bare", &text);
    let suggestions = library.suggest(&consultation);
    let liaison = suggestions.iter().find(|s| s.id == "decons-depose-reemploi").expect("the family has it");
    assert_eq!(liaison.lots, [1]);
    assert!(
        liaison.with.contains(&"heures-insertion".to_owned()) && liaison.with.contains(&"bat-reemploi-taux".to_owned())
    );
}

#[test]
fn what_is_chosen_is_not_proposed() {
    let library = Library::embedded();
    for (name, text) in stories() {
        let consultation = consultation(&name, &text);
        for suggestion in library.suggest(&consultation) {
            for lot in &suggestion.lots {
                let chosen = consultation
                    .choice(&suggestion.id)
                    .is_some_and(|c| c.lots.as_ref().is_none_or(|l| l.contains(lot)));
                assert!(!chosen, "{name}: {} on lot {lot}", suggestion.id);
            }
            assert!(!suggestion.due, "{name} has what the law requires, yet {} is due", suggestion.id);
        }
    }
}

#[test]
fn a_volume_too_small_for_a_post_is_advised_otherwise() {
    let text = bare().replace("350 000 €", "12 000 €");
    let consultation = consultation("bare", &text);
    let resolved = Library::embedded().resolve(&consultation);
    let advice = resolved.advice();
    let first = advice.iter().find(|a| a.lot == 1).and_then(|a| a.ways.first()).expect("advice for lot 1");
    assert_eq!(first.0, Way::Other, "{}", first.1);
    let usual = advice.iter().find(|a| a.lot == 2).and_then(|a| a.ways.first()).expect("advice for lot 2");
    assert_ne!(usual.0, Way::Other);
}

/// The dossier of a family from nothing: one lot, the clauses and the grid that are proposed for it, without a figure.
fn from_nothing(library: &Library, family: &str, nature: &str) -> String {
    let head = format!(
        "format = 1\nlancement = 2026-12-07\n[acheteur]\nnom = \"Ville d’Essai\"\ncategorie = \"collectivite\"\n\
         [consultation]\nobjet = \"Essai\"\ncontrat = \"marche\"\nnature = \"{nature}\"\nprocedure = \"formalisee\"\nccag = \"aucun\"\n\
         duree = \"24 mois\"\nvariantes = \"interdites\"\nvaleur_estimee = \"900 000 €\"\n\
         [lot.1]\nintitule = \"Essai\"\nfamille = \"{family}\"\nmontant = \"900 000 €\"\n"
    );
    let known = library.legal().family(family).expect("a family of the register");
    let weights: Vec<String> =
        library.starting_grid(&[(1, known)]).iter().map(|c| format!("{} = {}\n", c.id, c.points)).collect();
    let clauses = library.clauses_for(family, "").filter(|c| c.kind() == Kind::Environment).take(2);
    let clauses: String = clauses.map(|clause| format!("[clause.{}]\n", clause.id)).collect();
    format!("{head}[clause.heures-insertion]\n{clauses}[critere]\n{}", weights.concat())
}

/// Every family: what the usages answer is taken as a default is, in brackets and counted, until it is confirmed.
#[test]
fn what_the_usages_answer_stays_to_be_confirmed() {
    let library = Library::embedded();
    for family in library.legal().families() {
        let Some(division) = family.cpv.first().and_then(|prefix| library.legal().division(prefix)) else { continue };
        let text = from_nothing(library, &family.id, division.nature.word());
        let before = consultation(&family.id, &text);
        let resolved = library.resolve(&before);
        let completion = resolved.completion();
        assert!(completion.usages.len() >= 2, "{}: the factors of the hours at least", family.id);
        let filled = apply(&text, &completion.edits()).unwrap_or_else(|error| panic!("{}: {error}", family.id));
        let after = consultation(&family.id, &filled);
        let completed = library.resolve(&after);
        for usage in &completion.usages {
            assert!(after.to_confirm.contains(&usage.path), "{}: {}", family.id, usage.path);
            assert!(!usage.known.is_empty(), "{}: {} says from where it comes", family.id, usage.path);
        }
        assert!(completed.scope().to_confirm >= resolved.scope().to_confirm + completion.usages.len(), "{}", family.id);
        let missing = |findings: &clausier::Findings| findings.iter().filter(|f| f.code == "valeur-manquante").count();
        assert!(missing(completed.findings()) <= missing(resolved.findings()), "{}", family.id);
        assert!(completed.completion().usages.is_empty(), "{}: what is written once is not written twice", family.id);
        assert_eq!(consultation(&family.id, &after.to_toml()).to_confirm, after.to_confirm, "{}", family.id);
        // Confirmed, it is a value like another.
        let edits = [Edit::remove("a_confirmer")];
        let confirmed = consultation(&family.id, &apply(&filled, &edits).expect("the list is there"));
        let left = library.resolve(&confirmed).scope().to_confirm;
        assert_eq!(left + completion.usages.len(), completed.scope().to_confirm, "{}", family.id);
    }
}

/// A volume that rests on a usage is printed in brackets, with its question.
#[test]
fn hours_that_rest_on_a_usage_are_in_brackets() {
    let library = Library::embedded();
    let text = from_nothing(library, "nettoyage-locaux", "services");
    let before = consultation("bare", &text);
    let filled = apply(&text, &library.resolve(&before).completion().edits()).expect("edits of a whole dossier");
    let after = consultation("bare", &filled);
    let written = |consultation: &clausier::Consultation| {
        let document = library.resolve(consultation).draft(clausier::Piece::Rc).expect("a draft");
        String::from_utf8(clausier::write(&document, clausier::Format::Markdown)).expect("UTF-8")
    };
    assert!(written(&after).contains("heures]"), "{}", written(&after));
    let confirmed = consultation("bare", &apply(&filled, &[Edit::remove("a_confirmer")]).expect("the list is there"));
    assert!(!written(&confirmed).contains("heures]"));
}

/// A grid to start from makes a hundred points on each lot, within what each criterion advises.
#[test]
fn a_grid_to_start_from_makes_a_hundred_points_a_lot() {
    let library = Library::embedded();
    let families: Vec<_> = (1..).zip(library.legal().families()).collect();
    for pair in families.windows(2) {
        let grid = library.starting_grid(pair);
        for (lot, family) in pair {
            let own: Vec<_> = grid.iter().filter(|c| c.lots.contains(lot)).collect();
            assert_eq!(own.iter().map(|c| c.points).sum::<i64>(), 100, "{}", family.id);
            for weighing in own {
                let clause = library.clause(&weighing.id).expect("a criterion of the library");
                let (low, high) = clause.criterion().expect("a criterion").weight;
                assert!((low..=high).contains(&weighing.points), "{} {}: {}", family.id, weighing.id, weighing.points);
            }
        }
    }
}

/// Once a clause is chosen, the environmental criterion of the grid raises it rather than bring other clauses.
#[test]
fn a_grid_to_start_from_raises_what_is_chosen() {
    let text = bare().replace("famille = \"deconstruction-curage\"", "famille = \"restauration-collective\"");
    let text = format!("{text}\n[clause.restauration-gaspillage]\nlots = [1]\n");
    let consultation = consultation("canteen", &text);
    let grid = Library::embedded().resolve(&consultation).starting_grid();
    assert!(grid.iter().any(|weighing| weighing.id == "gaspillage-repas" && weighing.lots.contains(&1)), "{grid:?}");
}

/// Before a liaison is chosen, what its hours would do is told where its ratio is known, between the two ends of it.
#[test]
fn a_liaison_says_what_its_hours_would_do() {
    let library = Library::embedded();
    let consultation = consultation("bare", &bare());
    let suggestions = library.suggest(&consultation);
    let reach = &suggestions.iter().find(|s| s.id == "decons-depose-reemploi").expect("proposed").reach;
    let [(1, text)] = reach.as_slice() else { panic!("{reach:?}") };
    insta::assert_snapshot!(text.replace(['\u{a0}', '\u{202f}'], " "));
    for suggestion in &suggestions {
        let ratio = library.clause(&suggestion.id).and_then(|clause| clause.link()?.ratio.as_ref());
        assert!(ratio.is_some() || suggestion.reach.is_empty(), "{}", suggestion.id);
    }
}

/// What is made for the trade comes before what suits many.
#[test]
fn what_is_nearest_to_the_trade_comes_first() {
    let text = bare().replace("famille = \"deconstruction-curage\"", "famille = \"mobilier-fourniture\"");
    let consultation = consultation("furniture", &text);
    let suggestions = Library::embedded().suggest(&consultation);
    let first = suggestions.iter().find(|s| s.kind == Kind::Liaison && s.lots.contains(&1)).expect("a liaison");
    assert!(first.id.starts_with("mob-"), "{}", first.id);
}

/// A buyer finds the family by the words of his trade, or by a code.
#[test]
fn a_family_is_found_by_the_words_of_the_trade() {
    let legal = Library::embedded().legal();
    for (typed, family) in [
        ("repas", "restauration-collective"),
        ("cantine", "restauration-collective"),
        ("ménage", "nettoyage-locaux"),
        ("MENAGE des bureaux", "nettoyage-locaux"),
        ("route", "voirie"),
        ("travaux d’aménagement de voirie", "voirie"),
        ("bureau", "mobilier-fourniture"),
        ("chaises", "mobilier-fourniture"),
        ("ordures", "dechets-collecte"),
        ("jardinage", "espaces-verts-entretien"),
        ("démolition", "deconstruction-curage"),
        ("architecte", "moe"),
        ("formation", "prestations-intellectuelles"),
        ("bus", "transport-voyageurs"),
        ("linge", "textile-entretien"),
        ("toiture", "bat-couverture-etancheite"),
        ("fenêtres", "bat-menuiserie"),
        ("55524000-9", "restauration-collective"),
        ("45233", "voirie"),
        ("bat-peinture", "bat-peinture"),
    ] {
        let found: Vec<&str> = legal.families_named(typed).into_iter().map(|family| &*family.id).take(3).collect();
        assert_eq!(found.first(), Some(&family), "« {typed} » : {found:?}");
    }
    // A code is often typed with spaces; a word, not to its end.
    assert_eq!(legal.families_named("45 23 31"), legal.families_named("452331"));
    assert_eq!(legal.families_named("452331").first().map(|family| &*family.id), Some("voirie"));
    let names = |typed: &str, id: &str| legal.families_named(typed).iter().any(|family| &*family.id == id);
    for family in legal.families() {
        let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect::<Vec<_>>();
        let long = |word: &&String| word.chars().count() >= 8;
        let said: Vec<String> = family.words.iter().flat_map(|said| words(said)).collect();
        for word in words(&family.title).iter().chain(&said).filter(long) {
            let start: String = word.chars().take(6).collect();
            assert!(names(&start, &family.id) && names(&format!("{word}s"), &family.id), "{word} : {}", family.title);
            // What a title says comes before what others say of theirs.
            // A word that says nothing alone (« prestations ») names none.
            let Some(&first) = legal.families_named(word).first() else { continue };
            let start = word.chars().take(7).collect::<String>();
            let titled = legal.families().any(|family| words(&family.title).contains(word));
            assert!(
                !titled || words(&first.title).iter().any(|said| said.starts_with(&start)),
                "{word} : {}",
                first.title
            );
        }
    }
    // So is a word of its name that its title does not have.
    assert!(names("facility", "facility-accueil"));
    assert!(legal.families_named(&"xylophone ".repeat(1_000_000)).is_empty(), "what is typed is bounded");
    assert_eq!(legal.families_named("  ").len(), legal.families().count());
    for nothing in ["de la", "xylophone", "?!", "\u{301}", "1"] {
        assert!(legal.families_named(nothing).is_empty(), "{nothing}");
    }
}

/// Each remark names the key where it is mended, which the page shows: a value that is missing has its own, whoever asks for it.
#[test]
fn a_missing_value_is_mended_at_its_own_key() {
    let text = bare().replace("famille = \"deconstruction-curage\"", "famille = \"restauration-collective\"");
    let text = format!("{text}\n[critere.denrees-durables]\n1 = 15\n\n[clause.decons-depose-reemploi]\nlots = [1]\n");
    let consultation = consultation("bare", &text);
    let resolved = Library::embedded().resolve(&consultation);
    let missing: Vec<_> = resolved.findings().iter().filter(|f| f.code == "valeur-manquante").collect();
    assert!(missing.iter().any(|f| f.path != f.field), "some are asked for by a clause that brings another");
    for finding in missing {
        let [_, id, name] = finding.field.split('.').collect::<Vec<_>>()[..] else { panic!("{}", finding.field) };
        let clause = Library::embedded().clause(id).expect("a clause");
        assert!(clause.parameter(name).is_some(), "{}", finding.field);
        assert!(finding.message.contains(name) && finding.written.contains(name), "{finding}");
    }
}

/// What lacks on one lot is asked for on that lot; what a clause does not ask for is told from what it asks for.
#[test]
fn a_value_lacks_where_it_lacks() {
    let (_, story) =
        stories().into_iter().find(|(name, _)| name == "ecole-rehabilitation").expect("the founding story");
    let said = |text: &str, code: &str| {
        let consultation = consultation("school", text);
        let resolved = Library::embedded().resolve(&consultation);
        let found = resolved.findings().iter().filter(|finding| finding.code == code);
        found.map(|f| (f.field.clone(), f.message.clone(), format!("{} ; {}", f.help, f.written))).collect::<Vec<_>>()
    };
    let part = story.replace(
        "taux = { 1 = \"10 %\", 2 = \"5 %\", 3 = \"7 %\", 4 = \"4 %\" }",
        "taux = { 1 = \"10 %\", 3 = \"7 %\" }",
    );
    let lacking = said(&part, "valeur-manquante");
    for (lot, (field, message, _)) in [2, 4].into_iter().zip(&lacking) {
        assert_eq!(field, &format!("clause.heures-insertion.taux.{lot}"));
        assert!(
            message.starts_with(&format!("« taux » manque pour le lot {lot} dans la clause « heures-insertion »")),
            "{message}"
        );
    }
    assert_eq!(lacking.len(), 2);
    // What lacks is told once: that the volume cannot be computed without it is no other remark.
    assert_eq!(said(&part, "heures-sans-volume"), []);
    // A volume that the buyer fixes on a lot asks for no rate there, and only there.
    let fixed = part.replace("taux = { 1", "volume = { 2 = \"500 h\" }\ntaux = { 1");
    let fields: Vec<String> = said(&fixed, "valeur-manquante").into_iter().map(|(field, ..)| field).collect();
    assert_eq!(fields, ["clause.heures-insertion.taux.4"]);
    // The penalty is asked for all the same.
    let unpaid = fixed.replace("taux = { 1 = \"10 %\", 3 = \"7 %\" }", "").replace("{ 2 = \"500 h\" }", "\"500 h\"");
    let unpaid = unpaid.replace("penalite_heure = \"45 €\"\n", "");
    let fields: Vec<String> = said(&unpaid, "valeur-manquante").into_iter().map(|(field, ..)| field).collect();
    assert_eq!(fields, ["clause.heures-insertion.penalite_heure"]);
    // A liaison that has nothing to tie says on which lot, when there are several.
    let alone = said(
        &story.replace("[clause.decons-depose-reemploi]\nlots = [1]", "[clause.decons-depose-reemploi]\nlots = [2]"),
        "liaison-sans-couple",
    );
    assert!(alone.iter().any(|(_, message, _)| message.ends_with("sur le lot 2")), "{alone:?}");
    // A criterion says that it is one.
    let criterion = said(&story.replace(", cible = \"500 t éq. CO2\" }", " }"), "valeur-manquante");
    let [(field, message, help)] = &criterion[..] else { panic!("{criterion:?}") };
    assert_eq!(field, "critere.carbone-materiaux.cible");
    assert!(message.contains("dans le critère « carbone-materiaux »"), "{message}");
    assert!(help.contains("[critere.carbone-materiaux]"), "{help}");
    let unknown = said(
        &story.replace(", cible = \"500 t éq. CO2\" }", ", cible = \"500 t éq. CO2\", inconnu = 1 }"),
        "parametre-inconnu",
    );
    assert!(
        unknown[0].1.starts_with("le critère « carbone-materiaux » n’a pas de paramètre « inconnu »"),
        "{unknown:?}"
    );
    // A clause that asks for nothing says so.
    let silent =
        Library::embedded().clauses().find(|clause| clause.parameters.is_empty() && clause.criterion().is_none());
    let silent = silent.expect("a clause without parameters");
    let unknown = said(&format!("{story}\n[clause.{}]\ninconnu = 1\n", silent.id), "parametre-inconnu");
    assert!(unknown[0].2.starts_with("cette clause n’a aucun paramètre"), "{unknown:?}");
}
