//! What changed between two dossiers: each comparison is proved, and says what moved.

mod handmade;

use clausier::document::{Block, Column, Table};
use clausier::existing::compare::{Changes, Effect, Kind, compare, review};
use clausier::existing::lock::Lock;
use clausier::terms::Piece;
use clausier::{Consultation, Library};
use clausier_tests::{consultation, families, stories};
use handmade::{document, list, of_documents, paragraph};

fn compared(old: &Consultation, new: &Consultation) -> Changes {
    let library = Library::embedded();
    compare(&library.resolve(old), &library.resolve(new)).unwrap_or_else(|error| panic!("{error}"))
}

/// The comparison of two stories is proved before it is given: rejecting gives the old texts, accepting the new ones.
#[test]
fn every_pair_of_stories_of_a_family_is_compared_faithfully() {
    let stories: Vec<_> = stories().into_iter().map(|(name, text)| (consultation(&name, &text), name)).collect();
    let mut pairs = 0;
    for (old, before) in &stories {
        for (new, after) in &stories {
            let shared = families(old).iter().any(|family| families(new).contains(family));
            if before != after && !shared {
                continue;
            }
            let changes = compared(old, new);
            assert_eq!(changes.is_empty(), before == after, "{before} → {after}");
            pairs += usize::from(before != after);
        }
    }
    assert!(pairs >= 6, "{pairs} pairs");
}

/// Changes that a buyer makes: each gives a dossier that can still be read.
fn mutations(text: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    let with = |at: usize, line: String| {
        let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        lines[at] = line;
        lines.join("\n")
    };
    for (at, line) in lines.iter().enumerate() {
        let mut change = |name: &str, from: &str, to: &str| {
            if line.contains(from) {
                out.push((format!("{name}, ligne {}", at + 1), with(at, line.replacen(from, to, 1))));
            }
        };
        if line.starts_with("penalite_") {
            change("pénalité", "00 €", "50 €");
        }
        if line.starts_with("objet = ") {
            change("objet", "objet = \"", "objet = \"L'objet & <b>autre</b> : ");
        }
        if line.starts_with("intitule = ") {
            change("intitulé", "intitule = \"", "intitule = \"Ensemble, ");
        }
        if line.starts_with("montant = ") {
            change("montant", "0 000 €", "9 000 €");
        }
        if line.contains("premier_numero") {
            change("numéro", "premier_numero = \"", "premier_numero = \"3");
        }
        if line.starts_with("frequence") {
            change("fréquence", "\"mensuelle\"", "\"trimestrielle\"");
        }
        change("durée", "\"16 mois\"", "\"18 mois\"");
    }
    // A clause that goes, with its table.
    let starts: Vec<usize> =
        lines.iter().enumerate().filter(|(_, l)| l.starts_with("[clause.")).map(|(i, _)| i).collect();
    for start in starts {
        let end =
            lines.iter().enumerate().skip(start + 1).find(|(_, l)| l.starts_with('[')).map_or(lines.len(), |(i, _)| i);
        let kept: Vec<&str> = lines[..start].iter().chain(&lines[end..]).copied().collect();
        out.push((format!("sans {}", lines[start]), kept.join("\n")));
    }
    out
}

/// One change at a time, on every story: what is shown is proved, and something is shown when the text moves.
#[test]
fn mutated_dossiers_are_compared_faithfully() {
    let library = Library::embedded();
    let mut count = 0;
    for (name, text) in stories() {
        let before = consultation(&name, &text);
        let before = library.resolve(&before);
        let printed = before.documents(true).expect("rendered");
        // Nine of each story, from its head to its end.
        let mutations = mutations(&text);
        let step = mutations.len().div_ceil(9).max(1);
        for (mutation, text) in mutations.into_iter().step_by(step) {
            let Ok(after) = Consultation::from_toml(&text) else { continue };
            let after = library.resolve(&after);
            // What cannot be rendered even as a draft cannot be compared; other tests hold the library to that.
            let Ok(rendered) = after.documents(true) else { continue };
            let changes = compare(&before, &after).unwrap_or_else(|error| panic!("{name}, {mutation}: {error}"));
            let moved = printed != rendered;
            assert!(moved || changes.is_empty(), "{name}, {mutation}: a change where nothing moves");
            count += 1;
        }
    }
    assert!(count >= 60, "{count} dossiers");
}

/// A lock gives back the documents that it keeps, values and their sources included.
#[test]
fn a_lock_reads_back_to_itself() {
    let library = Library::embedded();
    for (name, text) in stories() {
        let consultation = consultation(&name, &text);
        let resolved = library.resolve(&consultation);
        let lock = Lock::new(&resolved, text.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let read = Lock::from_json(&lock.to_json()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(read, lock, "{name}");
        assert_eq!(read.documents(), resolved.documents(false).expect("rendered"), "{name}");
        let drift = read.drift(&resolved, text.as_bytes()).expect("compared");
        assert!(drift.causes.is_empty() && drift.changes.is_empty(), "{name}: {:?}", drift.causes);
    }
    for (text, wanted) in [("", "n’est pas un verrou"), ("{\"format\": 9}", "format (9)")] {
        let error = Lock::from_json(text).expect_err("no lock");
        assert!(error.to_string().contains(wanted), "{error}");
    }
}

/// The page shows both sides, marks what changes without colours, and lets no value be markup.
#[test]
fn the_page_shows_both_sides() {
    let old = document(vec![(
        "a",
        "1",
        vec![paragraph("Une pénalité de 40\u{A0}€."), paragraph("Fin."), list(false, &["un"])],
    )]);
    let new = document(vec![(
        "a",
        "1",
        vec![paragraph("Une pénalité de 50\u{A0}€."), paragraph("Fin."), list(false, &["<b>"])],
    )]);
    let html = of_documents(&old, &new).html();
    for wanted in [
        "<del>40\u{A0}€</del>",
        "<ins>50\u{A0}€</ins>",
        "<ins>&lt;b&gt;</ins>",
        "<th scope=\"col\">Avant</th>",
        "<td class=\"effet\">pénalité</td>",
    ] {
        assert!(html.contains(wanted), "{wanted}\n{html}");
    }
    for forbidden in ["<script", "<link", "@import", "url(", " src=", "<b>"] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
}

/// The page of a review says once what changes in the same words, with the other lines and the places that have it.
#[test]
fn a_review_says_a_change_once() {
    let changes = |object: &str| {
        let of =
            |hours: &str| document(vec![("a", "1", vec![paragraph(&format!("{object} : {hours} de formation."))])]);
        of_documents(&of("28\u{A0}heures"), &of("28\u{A0}heures au moins"))
    };
    let dossiers = ["École", "Voirie", "Parc"].map(|name| (name.to_owned(), changes(name)));
    let page = review("Essai", &dossiers, &[]);
    assert!(page.contains("3 dossiers changent sur 3."), "{page}");
    assert!(
        page.contains("<h2>1 obligation") && page.contains("<summary>2 autres phrases changent de même</summary>"),
        "{page}"
    );
    assert_eq!(page.matches("<ins>au moins").count(), 3, "{page}");
    assert!(
        ["École", "Voirie", "Parc"].iter().all(|name| page.contains(&format!("{name}, CCAP, Article 1"))),
        "{page}"
    );
}

/// The kinds of effect of one sentence that becomes another.
fn kinds(old: &str, new: &str) -> Vec<Kind> {
    let one = |words| document(vec![("a", "1", vec![paragraph(words)])]);
    let changes = of_documents(&one(old), &one(new));
    let mut kinds: Vec<Kind> = changes.pieces[0].edits.iter().flat_map(|e| &e.effects).map(|e| e.kind).collect();
    kinds.dedup();
    kinds
}

/// Words of the buyer's own, which no value explains: negation, modal verb, number and the rest told apart.
#[test]
fn the_effect_of_free_words_is_told() {
    let mut wrong = Vec::new();
    for (old, new, expected) in [
        // A negation that comes or goes: on what may be done, on what must be, on anything else.
        ("Le titulaire peut réaliser l’action.", "Le titulaire ne peut pas réaliser l’action.", &[Kind::Stronger][..]),
        ("Le titulaire ne peut pas sous-traiter.", "Le titulaire peut sous-traiter.", &[Kind::Weaker]),
        ("Le titulaire est tenu d’y participer.", "Le titulaire n’est pas tenu d’y participer.", &[Kind::Weaker]),
        ("La visite n’est pas obligatoire.", "La visite est obligatoire.", &[Kind::Stronger]),
        ("Le titulaire doit couper l’eau.", "Le titulaire ne doit pas couper l’eau.", &[Kind::Scope]),
        ("Les déchets sont brûlés sur place.", "Les déchets ne sont jamais brûlés sur place.", &[Kind::Scope]),
        ("Il agit après mise en demeure.", "Il agit sans mise en demeure.", &[Kind::Scope]),
        // A modal verb.
        ("Le titulaire pourra former l’équipe.", "Le titulaire devra former l’équipe.", &[Kind::Stronger]),
        ("Le titulaire devra former l’équipe.", "Le titulaire pourra former l’équipe.", &[Kind::Weaker]),
        ("Le titulaire forme l’équipe.", "Le titulaire doit former l’équipe.", &[Kind::Stronger]),
        ("Le titulaire forme l’équipe.", "Le titulaire s’efforce de former l’équipe.", &[Kind::Weaker]),
        ("Le titulaire doit trier.", "Le titulaire est tenu de trier.", &[Kind::Wording]),
        // A number: what it counts, what it bounds.
        ("Il emploie au moins 12 personnes.", "Il emploie au moins 15 personnes.", &[Kind::Stronger]),
        ("Il emploie 15 personnes au minimum.", "Il emploie 12 personnes au minimum.", &[Kind::Weaker]),
        ("Il consomme 40 litres au plus.", "Il consomme 60 litres au plus.", &[Kind::Weaker]),
        ("Il consomme au maximum 60 litres.", "Il consomme au maximum 40 litres.", &[Kind::Stronger]),
        ("Le plan est remis sous 15 jours.", "Le plan est remis sous 10 jours.", &[Kind::Deadline]),
        ("Une pénalité court après 15 jours.", "Une pénalité court après 20 jours.", &[Kind::Deadline]),
        ("Une pénalité de 100 euros par tonne.", "Une pénalité de 150 euros par tonne.", &[Kind::Penalty]),
        ("Selon l’article 12.3 du marché.", "Selon l’article 12.4 du marché.", &[Kind::Reference]),
        ("Les déchets sont triés en 5 flux.", "Les déchets sont triés en 7 flux.", &[Kind::Number]),
        // What it is about.
        ("Il vise toutes les références.", "Il vise les références.", &[Kind::Scope]),
        ("Le bilan est remis chaque trimestre.", "Le bilan est remis chaque semestre.", &[Kind::Deadline]),
        ("Le relevé est tenu à jour.", "Le relevé est mis à jour.", &[Kind::Wording]),
        ("Le conducteur conserve la note.", "Le conducteur garde la note.", &[Kind::Wording]),
        ("Le titulaire peut remettre un plan.", "Le titulaire doit remettre un plan.", &[Kind::Stronger]),
        ("Le titulaire doit remettre un plan.", "Le titulaire peut remettre un plan.", &[Kind::Weaker]),
        ("La pénalité est de 40\u{A0}€ par heure.", "La pénalité est de 50\u{A0}€ par heure.", &[Kind::Penalty]),
        ("Le relevé parvient sous 15\u{A0}jours.", "Le relevé parvient sous 10\u{A0}jours.", &[Kind::Deadline]),
        ("Le lot compte 12 postes.", "Le lot compte 14 postes.", &[Kind::Number]),
        ("Le titulaire remet une attestation.", "Le titulaire remet un bordereau.", &[Kind::Proof]),
        ("La réunion est tenue par l’acheteur.", "La réunion est tenue par le facilitateur.", &[Kind::Party]),
        (
            "Il applique l’article L.\u{A0}2112-2 du code.",
            "Il applique l’article L.\u{A0}2112-3 du code.",
            &[Kind::Reference],
        ),
        ("Les travaux sont conduits avec soin.", "Les travaux sont menés avec soin.", &[Kind::Wording]),
        ("Les travaux sont réglés.", "Les travaux sont réglés sauf accord.", &[Kind::Scope]),
        // What comes or goes alone changes what is owed; what replaces may say the same.
        ("Le titulaire trie les déchets.", "Le titulaire trie les déchets dangereux.", &[Kind::Scope]),
        ("Il remet un plan signé du gérant.", "Il remet un plan.", &[Kind::Scope]),
        ("Le titulaire remet le bilan.", "Le titulaire remet, le cas échéant, le bilan.", &[Kind::Scope]),
        ("Le titulaire est exonéré en cas de force majeure.", "Le titulaire est exonéré.", &[Kind::Scope]),
        ("Le titulaire trie le bois.", "Le titulaire trie le verre.", &[Kind::Scope]),
        ("Le prix est révisable.", "Le prix est ferme.", &[Kind::Scope]),
        ("Le bois et le verre sont triés.", "Le bois ou le verre sont triés.", &[Kind::Scope]),
        ("Cette clause est une condition.", "Cette clause est un critère.", &[Kind::Scope]),
        ("Les prix sont fixés au marché.", "Les prix sont fixés au marché hors taxes.", &[Kind::Scope]),
        ("Le titulaire transmet le plan.", "Le titulaire adresse le plan.", &[Kind::Wording]),
        ("Le titulaire informe l’acheteur.", "Le titulaire avertit l’acheteur.", &[Kind::Wording]),
        ("Les contrôles sont réalisés sur place.", "Les contrôles sont effectués sur place.", &[Kind::Wording]),
        ("Les travaux réalisés sont réglés.", "Les travaux qui ont été réalisés sont réglés.", &[Kind::Wording]),
        // The same words in another order, those that bind in the same one.
        ("Chaque mois, le plan est relu.", "Le plan est relu chaque mois.", &[Kind::Wording]),
        ("Le titulaire informe l’acheteur.", "L’acheteur informe le titulaire.", &[Kind::Party]),
        // A number in words is a number.
        ("Il répond sous quinze jours.", "Il répond sous dix jours.", &[Kind::Deadline]),
        ("Il répond sous quinze jours.", "Il répond sous 15 jours.", &[Kind::Wording]),
        ("Il forme au moins deux personnes.", "Il forme au moins trois personnes.", &[Kind::Stronger]),
        ("Il forme au moins une personne.", "Il forme au moins deux personnes.", &[Kind::Stronger]),
        ("Les preuves sont gardées un an.", "Les preuves sont gardées trois ans.", &[Kind::Deadline]),
        // A date, the start of a delay, how often.
        ("Le plan est remis avant le 15 du mois.", "Le plan est remis avant le 10 du mois.", &[Kind::Deadline]),
        ("Il commence le 1er mars 2027.", "Il commence le 1er avril 2027.", &[Kind::Deadline]),
        ("Il court à compter de la notification.", "Il court à compter de l’ordre de service.", &[Kind::Deadline]),
        ("Le titulaire informe l’acheteur.", "Le titulaire informe sans délai l’acheteur.", &[Kind::Deadline]),
        ("Il remet un relevé hebdomadaire.", "Il remet un relevé mensuel.", &[Kind::Deadline]),
        ("Il doit, avant le démarrage, remettre le plan.", "Il doit remettre le plan.", &[Kind::Deadline]),
        ("L’acheteur décide sous 8 jours.", "L’acheteur décide sous 8 jours ouvrés.", &[Kind::Deadline]),
        ("Il a trois mois pour répondre.", "Il a six semaines pour répondre.", &[Kind::Deadline]),
        // A figure that comes or goes with its words: a minimum binds; a number that names counts nothing.
        ("Il remet 18 tonnes.", "Il remet 18 tonnes, dont au moins six de portes.", &[Kind::Stronger]),
        ("Il remet des portes, six tonnes au minimum.", "Il remet des portes.", &[Kind::Weaker]),
        ("Il remet les portes.", "Il remet les portes des 3 étages.", &[Kind::Scope]),
        ("La clause vaut pour les lots 1 et 2.", "La clause vaut pour les lots 1 et 3.", &[Kind::Scope]),
        // A penalty: its base, its ceiling, whether it is due.
        ("Une pénalité de 100 € par jour de retard.", "Une pénalité de 100 € par semaine de retard.", &[Kind::Penalty]),
        ("Une pénalité de 100 € par tonne manquante.", "Une pénalité de 100 € par kilo manquant.", &[Kind::Penalty]),
        ("Les pénalités sont cumulables.", "Les pénalités ne sont pas cumulables.", &[Kind::Penalty]),
        ("Les peintures des plafonds sont mates.", "Les peintures des murs sont mates.", &[Kind::Scope]),
        (
            "La pénalité est plafonnée à 10 % du montant.",
            "La pénalité est plafonnée à 20 % du montant.",
            &[Kind::Penalty],
        ),
        // « Ne … que », « ne … plus »: one change in two places.
        ("La suspension vaut pour la suite.", "La suspension ne vaut que pour la suite.", &[Kind::Scope]),
        ("Les heures suspendues sont dues.", "Les heures suspendues ne sont plus dues.", &[Kind::Weaker]),
        // Words that change here and there in a line bind otherwise once.
        (
            "Les portes restent à l’acheteur jusqu’à leur remise.",
            "Les portes deviennent sa propriété dès leur remise.",
            &[Kind::Scope],
        ),
        // Near words that are not one.
        ("Les emballages sont recyclés.", "Les emballages sont recyclables.", &[Kind::Scope]),
        ("Le matériel est rendu propre.", "Les matériaux sont rendus propres.", &[Kind::Scope]),
        ("Les disques sont effacés.", "Les disques sont détruits.", &[Kind::Scope]),
        ("Le plan est établi par le facilitateur.", "Le plan est établi pour le facilitateur.", &[Kind::Scope]),
        ("Le bois et le verre sont triés.", "Les bois et les verres sont triés.", &[Kind::Wording]),
        ("Les heures réalisées demeurent acquises.", "Les heures faites restent acquises.", &[Kind::Wording]),
        ("La formation est certifiante.", "La formation est certifiée.", &[Kind::Scope]),
        // An act said otherwise is no other duty.
        ("Le titulaire communique le bilan.", "Le titulaire remet le bilan.", &[Kind::Wording]),
        ("Le titulaire effectue la collecte.", "Le titulaire réalise la collecte.", &[Kind::Wording]),
        (
            "Le titulaire et le mandataire remettent le bilan.",
            "Le titulaire ou le mandataire remet le bilan.",
            &[Kind::Scope],
        ),
        ("Le titulaire assume les frais.", "Le titulaire assure les frais.", &[Kind::Scope]),
        // What is forbidden, allowed, left to choose.
        ("Il est interdit de brûler les déchets.", "Il est permis de brûler les déchets.", &[Kind::Weaker]),
        ("Il peut sous-traiter ce lot.", "Il ne peut sous-traiter ce lot.", &[Kind::Stronger]),
        ("L’acheteur résilie le marché.", "L’acheteur peut résilier le marché.", &[Kind::Weaker]),
        ("Les heures donnent lieu à bonus.", "Les heures peuvent donner lieu à bonus.", &[Kind::Weaker]),
        ("Le titulaire veille à trier le bois.", "Le titulaire trie le bois.", &[Kind::Stronger]),
        ("Le titulaire s’engage à former.", "Le titulaire envisage de former.", &[Kind::Weaker]),
        // Who, by whom.
        (
            "Le registre est tenu par le titulaire.",
            "Le registre est tenu par le titulaire et ses sous-traitants.",
            &[Kind::Party],
        ),
        ("Les heures sont validées par le facilitateur.", "Les heures sont validées.", &[Kind::Party]),
        ("Les frais sont à la charge du titulaire.", "Les frais sont à la charge de l’acheteur.", &[Kind::Party]),
        (
            "Le titulaire et ses sous-traitants trient le bois du chantier.",
            "Le titulaire trie le bois du chantier.",
            &[Kind::Party],
        ),
        ("Il fournit le plan.", "Il fournit le plan à la demande de l’acheteur.", &[Kind::Scope]),
        // What is cited.
        ("Le CCAG-FCS s’applique.", "Le CCAG-Travaux s’applique.", &[Kind::Reference]),
        ("Selon le décret du 3 mai 2012.", "Selon le décret du 29 mai 2012.", &[Kind::Reference]),
        (
            "Il suit les prescriptions de l’article 5.",
            "Il suit les prescriptions des articles 5 et 6.",
            &[Kind::Reference],
        ),
        ("Le plan figure au CCTP.", "Le plan figure en annexe.", &[Kind::Reference]),
        (
            "Le lot est réservé aux structures d’insertion et aux entreprises adaptées (articles 12 et 13).",
            "Le lot est réservé aux structures d’insertion (article 12).",
            &[Kind::Scope],
        ),
    ] {
        let found = kinds(old, new);
        if found != expected {
            wrong.push(format!("{old} → {new} : {found:?}, {expected:?} expected"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A value says by itself what it does: a limit that rises asks for less, a minimum that rises for more.
#[test]
fn a_limit_that_rises_asks_for_less() {
    let (name, text) = stories().into_iter().find(|(name, _)| name == "ecole-rehabilitation").expect("the school");
    let before = consultation(&name, &text);
    for (from, to, kind) in [
        ("plafond = \"620 t éq. CO2\"", "plafond = \"700 t éq. CO2\"", Kind::Weaker),
        ("plafond = \"620 t éq. CO2\"", "plafond = \"500 t éq. CO2\"", Kind::Stronger),
        ("quantite = \"18 t\"", "quantite = \"20 t\"", Kind::Stronger),
        ("quantite = \"18 t\"", "quantite = \"15 t\"", Kind::Weaker),
        ("penalite_heure = \"45 €\"", "penalite_heure = \"50 €\"", Kind::Penalty),
        ("delai_reunion = \"15 jours\"", "delai_reunion = \"10 jours\"", Kind::Deadline),
    ] {
        assert!(text.contains(from), "{from}");
        let changes = compared(&before, &consultation(&name, &text.replace(from, to)));
        let effects = changes.effects();
        let of = |piece: Piece| {
            let piece = changes.pieces.iter().find(|changes| changes.piece == piece).expect("a piece");
            piece.edits.iter().flat_map(|edit| &edit.effects).map(|effect| effect.kind).collect::<Vec<_>>()
        };
        assert!(of(Piece::Ccap).contains(&kind), "{to}: {:?}", of(Piece::Ccap));
        let contrary = if kind == Kind::Stronger { Kind::Weaker } else { Kind::Stronger };
        let value = to.split('"').nth(1).and_then(|value| value.split(' ').next()).expect("a value");
        let wrong = effects.get(&contrary).is_some_and(|found| found.iter().any(|effect| effect.to.contains(value)));
        assert!(!wrong, "{to}: {effects:?}");
    }
}

/// What the rest is reckoned on has no direction; « plus de » bounds; a number of times a year is owed.
#[test]
fn a_base_is_no_obligation() {
    let kinds = |story: &str, from: &str, to: &str, words: &str| {
        let (name, text) = stories().into_iter().find(|(name, _)| name == story).expect("the story");
        assert!(text.contains(from), "{from}");
        let changes = compared(&consultation(&name, &text), &consultation(&name, &text.replacen(from, to, 1)));
        let of = |kind: &Kind, effect: &Effect| (effect.from.contains(words)).then_some(*kind);
        let found = changes.effects();
        let mut kinds: Vec<Kind> =
            found.iter().flat_map(|(kind, all)| all.iter().filter_map(|e| of(kind, e))).collect();
        kinds.dedup();
        kinds
    };
    for (story, from, to, words, expected) in [
        ("espaces-verts", "tranche = \"16 000 €\"", "tranche = \"12 000 €\"", "16\u{202F}000", Kind::Number),
        ("voirie-subsequents", "gisement = \"9 000 m²\"", "gisement = \"8 000 m²\"", "9\u{202F}000", Kind::Number),
        ("tma-etat", "tolerance = \"5 %\"", "tolerance = \"3 %\"", "5\u{A0}%", Kind::Stronger),
        ("espaces-verts", "passages = 5", "passages = 4", "5", Kind::Weaker),
        ("espaces-verts", "cible = \"5 000 kWh\"", "cible = \"4 000 kWh\"", "5\u{202F}000", Kind::Criterion),
    ] {
        assert_eq!(kinds(story, from, to, words), [expected], "{story}: {to}");
    }
}

/// A value that stands in several texts is said once in the summary.
#[test]
fn a_summary_says_a_value_once() {
    let (name, text) = stories().into_iter().find(|(name, _)| name == "ecole-rehabilitation").expect("the school");
    let other = text.replace("quantite = \"18 t\"", "quantite = \"20 t\"");
    let summary = compared(&consultation(&name, &text), &consultation(&name, &other)).summary();
    assert_eq!(summary.matches("18 → 20").count(), 1, "{summary}");
}

/// An item that stands elsewhere says the same, but where the numbers of a list give an order to follow.
#[test]
fn the_place_of_a_numbered_item_says_something() {
    for (ordered, expected) in [(true, vec![Kind::Scope]), (false, vec![])] {
        let one = |items: &[&str]| document(vec![("a", "1", vec![paragraph("Dans l’ordre :"), list(ordered, items)])]);
        let (old, new) =
            (one(&["étalement", "formation", "suspension"]), one(&["suspension", "étalement", "formation"]));
        let changes = of_documents(&old, &new);
        assert_eq!(changes.effects().into_keys().collect::<Vec<_>>(), expected, "{}", changes.text());
    }
}

/// The kinds of effect of a row of a table that comes, or of one of its cells that changes, are those of the table.
#[test]
fn a_table_says_what_its_rows_do() {
    let document_of = |caption: &str, headings: [&str; 2], rows: &[[&str; 2]]| {
        let column = |heading: &str| Column { heading: heading.to_owned(), numeric: false };
        let table = Table {
            bars: Vec::new(),
            results: Vec::new(),
            caption: caption.to_owned(),
            columns: headings.map(column).to_vec(),
            rows: rows.iter().map(|row| row.map(handmade::text).to_vec()).collect(),
        };
        document(vec![("a", "1", vec![Block::Table(table)])])
    };
    for (caption, headings, old, new, expected) in [
        (
            "Pénalités",
            ["Fait", "Montant"],
            ["Retard", "100\u{A0}€ par jour"],
            ["Retard", "100\u{A0}€ par document"],
            Kind::Penalty,
        ),
        (
            "Pénalités",
            ["Fait", "Mise en demeure"],
            ["Retard", "8\u{A0}jours"],
            ["Retard", "5\u{A0}jours"],
            Kind::Deadline,
        ),
        ("Engagements", ["Objet", "Preuves"], ["Bois", "Facture"], ["Bois", "Photographie, facture"], Kind::Proof),
        (
            "Engagements",
            ["Objet", "Constat et preuves"],
            ["Bois", "Chaque mois"],
            ["Bois", "Chaque semaine"],
            Kind::Proof,
        ),
        (
            "Critères et notation",
            ["Critère", "Pondération"],
            ["Prix", "50\u{A0}%"],
            ["Prix", "45\u{A0}%"],
            Kind::Criterion,
        ),
        (
            "Critères et notation",
            ["Critère", "Notation"],
            ["Offre", "50\u{A0}% : la moitié au moins ; 0 : moins"],
            ["Offre", "0 : moins"],
            Kind::Criterion,
        ),
    ] {
        let changes = of_documents(&document_of(caption, headings, &[old]), &document_of(caption, headings, &[new]));
        let found: Vec<Kind> = changes.effects().into_keys().collect();
        assert_eq!(found, [expected], "{caption}: {old:?} → {new:?}");
    }
    let row = ["Peinture non conforme", "400\u{A0}€"];
    let none: &[[&str; 2]] = &[];
    for (caption, expected) in
        [("Pénalités", Kind::Penalty), ("Critères et notation", Kind::Criterion), ("Calcul", Kind::Scope)]
    {
        let headings = ["Objet", "Valeur"];
        let changes = of_documents(&document_of(caption, headings, none), &document_of(caption, headings, &[row]));
        assert_eq!(changes.effects().into_keys().collect::<Vec<_>>(), [expected], "{caption}");
    }
}

/// A measure that goes or comes is told by its values, once for all the pieces that print them; what only follows a number is no
/// change.
#[test]
fn a_measure_that_goes_is_told_by_what_it_asked() {
    let (name, text) = stories().into_iter().find(|(name, _)| name == "ecole-rehabilitation").expect("the school");
    let (before, rest) = text.split_once("[clause.bat-cov]\n").expect("the measure");
    let (_, after) = rest.split_once("\n[").expect("the next one");
    let (with, without) = (consultation(&name, &text), consultation(&name, &format!("{before}[{after}")));
    assert_eq!(compared(&with, &without).summary(), "2 articles retirés, 1 obligation allégée, 1 pénalité, 1 preuve");
    assert_eq!(compared(&without, &with).summary(), "2 articles ajoutés, 1 obligation renforcée, 1 pénalité, 1 preuve");
    let moved = consultation(&name, &text.replace("premier_numero = \"10\"", "premier_numero = \"11\""));
    let told = compared(&with, &moved);
    assert!(told.effects().is_empty() && !told.is_empty());
    for text in [told.text(), told.markdown()] {
        assert_eq!(text.matches("des renvois suivent leurs articles, rien d’autre").count(), 3, "{text}");
    }
}
