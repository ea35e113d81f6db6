//! The checks: each fires on one dossier, at a pinned place, and stays silent on another that looks like it.
//!
//! `dossiers/constats/<code>.toml` makes the check fire, `<code>.ok.toml` does not. The clauses are those of `bibliotheque/`,
//! small and made for this, beside the embedded library.

use clausier::checks;
use clausier::edit::apply;
use clausier::finding::Finding;
use clausier::law::Form;
use clausier::reading::locate;
use clausier::terms::{Certainty, Severity, Vocabulary};
use clausier::{Consultation, Format, Library, Piece, write};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| match Library::embedded().with_overlay(here("bibliotheque")) {
        Ok(library) => library,
        Err(errors) => panic!("{errors}"),
    })
}

fn dossier(name: &str) -> (String, Vec<Finding>) {
    let path = here("dossiers/constats").join(name);
    let source = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{} : {error}", path.display()));
    // A dossier that is not whole is the matter of one check only.
    let partial = Consultation::partial(&source);
    assert!(partial.problems.is_empty() || name == "dossier-incomplet.toml", "{name} : {:?}", partial.problems);
    let consultation = partial.consultation.unwrap_or_else(|| panic!("{name} n’a pas de cadre lisible"));
    let findings = library().resolve(&consultation).findings().iter().cloned().collect();
    (source, findings)
}

fn shown(source: &str, finding: &Finding) -> String {
    let (line, column, text) = locate(source, finding.span.start);
    let texts =
        if finding.texts.is_empty() { String::new() } else { format!("\n  droit : {}", finding.texts.join(" ; ")) };
    format!("{line}:{column} {}\n  | {}\n  aide : {}{texts}\n", finding.message, text.trim(), finding.remedy())
}

#[test]
fn each_check_fires_where_it_should() {
    let mut out = String::new();
    for info in checks::all() {
        let name = format!("{}.toml", info.code);
        let (source, findings) = dossier(&name);
        let (fired, others): (Vec<_>, Vec<_>) = findings.iter().partition(|f| f.code == info.code);
        assert!(!fired.is_empty(), "« {name} » ne déclenche pas « {} »", info.code);
        let others: BTreeSet<&str> = others.iter().map(|f| f.code).collect();
        writeln!(out, "## {} ({})", info.code, info.severity).unwrap();
        fired.iter().for_each(|finding| out.push_str(&shown(&source, finding)));
        if !others.is_empty() {
            writeln!(out, "  aussi : {}", others.into_iter().collect::<Vec<_>>().join(", ")).unwrap();
        }
        out.push('\n');
    }
    insta::assert_snapshot!("constats", out);
}

#[test]
fn each_check_is_silent_where_it_should() {
    for info in checks::all() {
        let (source, findings) = dossier(&format!("{}.ok.toml", info.code));
        let fired: Vec<String> = findings.iter().filter(|f| f.code == info.code).map(|f| shown(&source, f)).collect();
        assert!(fired.is_empty(), "fausse alerte de « {} » : {}", info.code, fired.concat());
    }
}

/// No dossier is left behind when a check goes.
#[test]
fn every_dossier_belongs_to_a_check() {
    let codes: BTreeSet<&str> = checks::all().map(|info| info.code).collect();
    for entry in fs::read_dir(here("dossiers/constats")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let code = name.trim_end_matches(".toml").trim_end_matches(".ok");
        assert!(codes.contains(code), "« {name} » ne correspond à aucun contrôle");
    }
}

/// One file a check, one line a module, one entry of the list, one code: all the same and in the same order.
#[test]
fn folder_modules_list_and_codes_agree() {
    let folder = here("../crates/clausier/src/resolution/checks");
    let mut files: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().unwrap().strip_suffix(".rs").map(str::to_owned))
        .filter(|stem| stem != "mod")
        .collect();
    files.sort();
    let source = fs::read_to_string(folder.join("mod.rs")).unwrap();
    let (source, _own_tests) = source.split_once("#[cfg(test)]").unwrap();
    let between = |before: &str, after: &str| -> Vec<String> {
        let lines = source.lines().map(str::trim);
        lines.filter_map(|line| Some(line.strip_prefix(before)?.strip_suffix(after)?.to_owned())).collect()
    };
    let codes: Vec<String> = checks::all().map(|info| info.code.replace('-', "_")).collect();
    assert_eq!(between("mod ", ";"), files, "les modules ne sont pas ceux du dossier, triés");
    assert_eq!(between("&", "::CHECK,"), files, "la liste ALL n’est pas celle du dossier, triée");
    assert_eq!(codes, files, "un code n’est pas le nom de son fichier");
}

#[test]
fn each_manual_is_whole() {
    for info in checks::all() {
        let code = info.code;
        let manual = info.text();
        let summary = info.summary().trim();
        assert!(summary.ends_with('.') && summary.chars().count() < 110, "« {code} » : première phrase « {summary} »");
        for heading in ["## Pourquoi\n", "## Que faire\n"] {
            assert_eq!(manual.matches(heading).count(), 1, "« {code} » : {heading}");
        }
        assert!(checks::explain(code).is_some());
        for id in info.texts {
            assert!(library().legal().text(id).is_some(), "« {code} » cite « {id} », inconnu du registre");
        }
    }
}

/// A check that refuses a piece stands only on texts that somebody has confirmed.
#[test]
fn no_blocking_check_stands_on_an_unconfirmed_text() {
    let legal = library().legal();
    for info in checks::all().filter(|info| info.severity == Severity::Blocking) {
        for id in info.texts {
            let versions = &legal.text(id).unwrap().versions;
            assert!(
                versions.iter().all(|v| v.certainty != Certainty::ToVerify),
                "« {} » : {id} est à vérifier",
                info.code
            );
        }
    }
}

/// Adding a check, or changing its severity, shows here.
#[test]
fn the_codes_and_their_severities() {
    let mut out = String::new();
    for severity in Severity::all() {
        let codes: Vec<&str> = checks::all().filter(|info| info.severity == severity).map(|info| info.code).collect();
        writeln!(out, "{severity} ({})\n  {}", codes.len(), codes.join("\n  ")).unwrap();
    }
    insta::assert_snapshot!("codes", out);
}

/// A finding cites only what is in force, and confirmed, on the day of launch.
#[test]
fn nothing_is_cited_before_its_day() {
    let source = fs::read_to_string(here("dossiers/constats/environnement-absent.toml")).unwrap();
    let law = library().legal();
    for launch in ["2026-08-21", "2026-08-22"] {
        let consultation = Consultation::from_toml(&source.replace("2026-12-07", launch)).unwrap();
        for finding in library().resolve(&consultation).findings().iter() {
            let info = checks::explain(finding.code).unwrap();
            let law = law.at(consultation.launch).for_contract(consultation.form, consultation.regime);
            let citable: Vec<&str> = info.texts.iter().copied().filter(|id| law.text(id).is_ok()).collect();
            let cited = law.cite(&citable, Form::Full).unwrap();
            assert_eq!(finding.texts.concat(), cited);
        }
    }
}

/// The findings of a dossier of the folder, some of its words replaced.
fn findings_with(name: &str, replaced: &[(&str, &str)]) -> Vec<Finding> {
    let mut source = fs::read_to_string(here("dossiers/constats").join(name)).unwrap();
    for (from, to) in replaced {
        assert!(source.contains(from), "« {from} » n’est pas dans « {name} »");
        source = source.replace(from, to);
    }
    let consultation = Consultation::from_toml(&source).unwrap_or_else(|error| panic!("{name}\n{error}"));
    library().resolve(&consultation).findings().iter().cloned().collect()
}

fn help_of(findings: &[Finding], code: &str) -> Option<String> {
    findings.iter().find(|finding| finding.code == code).map(|finding| finding.help.replace('\u{A0}', " "))
}

/// The floor that a finding proposes is one that silences it, and its fellow.
#[test]
fn a_proposed_tariff_is_enough() {
    let name = "liaison-unite-sous-le-travail.toml";
    for (tariff, ratio) in [("719 €", "20 h/t"), ("1 €", "25 h/t"), ("12,50 €", "31 h/t")] {
        let given = [("719 €", tariff), ("20 h/t", ratio)];
        let help = help_of(&findings_with(name, &given), "liaison-unite-sous-le-travail").unwrap();
        let proposed = help.strip_prefix("portez la pénalité à ").unwrap().strip_suffix(" par tonne au moins").unwrap();
        let after = findings_with(name, &[("719 €", proposed), ("20 h/t", ratio)]);
        for code in ["liaison-unite-sous-le-travail", "liaison-unite-sans-marge"] {
            assert_eq!(help_of(&after, code), None, "{tariff}, {ratio}, {proposed}");
        }
    }
}

/// The ceiling that a finding proposes is one that silences it; left out, the exact one applies.
#[test]
fn a_proposed_ceiling_is_enough() {
    for (name, given) in [("liaison-plafond-derisoire", "7 %"), ("liaison-plafond-insuffisant", "12 %")] {
        let line = format!("plafond_penalites = \"{given}\"");
        let file = format!("{name}.toml");
        let help = help_of(&findings_with(&file, &[]), name).unwrap();
        let proposed = help.strip_prefix("portez plafond_penalites à ").unwrap().split(',').next().unwrap();
        for line_after in [format!("plafond_penalites = \"{proposed}\""), String::new()] {
            let after = findings_with(&file, &[(&line, &line_after)]);
            for code in ["liaison-plafond-derisoire", "liaison-plafond-insuffisant"] {
                assert_eq!(help_of(&after, code), None, "{name}, {line_after}");
            }
        }
    }
}

/// Training that takes all the linked hours leaves none for the work, rather than less than none.
#[test]
fn hours_are_never_said_to_be_negative() {
    let name = "liaison-formation-excessive.toml";
    let findings = findings_with(name, &[("formation_personnes = 2", "formation_personnes = 20")]);
    let found = findings.iter().find(|finding| finding.code == "liaison-part-faible").unwrap();
    assert!(found.message.contains("0\u{A0}heure de travail"), "{}", found.message);
    assert!(findings.iter().all(|finding| !finding.message.contains('−')));
}

/// When the register does not know the threshold of the day, the note says so instead of « not due ».
#[test]
fn an_unknown_threshold_is_never_not_due() {
    let known = fs::read_to_string(here("dossiers/constats/social-absent.toml")).unwrap();
    let unknown = known.replace("2026-12-07", "2128-06-01");
    let consultation = Consultation::from_toml(&unknown).unwrap();
    let resolved = library().resolve(&consultation);
    assert!(resolved.findings().iter().any(|finding| finding.code == "seuil-inconnu"));
    let note = write(&resolved.draft(Piece::Note).unwrap(), Format::Text);
    let note = String::from_utf8(note).unwrap().replace(['\u{A0}', '\u{202F}'], " ");
    assert!(note.contains("Le seuil européen n’est pas connu à cette date"), "{note}");
    assert!(!note.contains("pas ici de condition d’exécution sociale"), "{note}");
}

/// What is still to be written is told; a sentence that asks the bidder to complete a frame is not.
#[test]
fn a_text_left_for_later_is_told_from_a_sentence() {
    let name = "texte-a-completer.ok.toml";
    let told = |title: &str| {
        let found = findings_with(name, &[("intitule = \"Déconstruction\"", &format!("intitule = \"{title}\""))]);
        found.iter().any(|finding| finding.code == "texte-a-completer")
    };
    for left in [
        "à compléter",
        "À COMPLÉTER",
        "[A COMPLETER]",
        "Lot : À COMPLÉTER",
        "À préciser",
        "xxx",
        "Travaux XXXX",
        "…",
        "--",
        "TODO",
        "à définir",
        "Nettoyage des bureaux (à définir)",
        "Voirie [à préciser]",
        "non renseigné",
        "Lot : xx",
        "A VOIR AVEC LE SERVICE",
        "à définir avec le bureau d’études",
        "à voir plus tard",
        "????",
        "N° ??",
        "NC",
        "n/a",
        "00 00 00 00 00",
        "[intitulé du lot]",
        "<objet>",
        "Fourniture de …",
        "Entretien des...",
    ] {
        assert!(told(left), "« {left} »");
    }
    for written in [
        "Cadre à compléter par le candidat",
        "Fourniture de tenues XXL",
        "Lot XX",
        "A. Déconstruction",
        "DÉPOSE À PRÉVOIR",
        "Étude des besoins à définir avec les usagers",
        "Logements à venir (quartier nord)",
        "Méthode à définir par le candidat",
        "Mobilier (tables, chaises, …)",
        "Tri, collecte, broyage…",
        "Lot 00",
        "Que deviennent nos déchets ?",
        "[A] Gros œuvre",
        "Essais de sol",
    ] {
        assert!(!told(written), "« {written} »");
    }
}

/// Maxima that stand lot by lot count as one that stands for the whole.
#[test]
fn maxima_of_the_lots_add_up() {
    let name = "maximum-au-dela-de-l-estimation.toml";
    let lot = [("montant_maximum = \"6 000 000 €\"\n", ""), ("\"350 000 €\"\ncalcul", "\"6 000 000 €\"\ncalcul")];
    assert!(findings_with(name, &lot).iter().any(|finding| finding.code == "maximum-au-dela-de-l-estimation"));
}

/// Whatever the form, the beneficiary and the day, a reserved lot prints its ground or says that it has none.
#[test]
fn a_reservation_never_prints_an_empty_ground() {
    let source = fs::read_to_string(here("dossiers/constats/reservation-hors-droit.ok.toml")).unwrap();
    let line = source.lines().find(|line| line.starts_with("reserve")).unwrap();
    for form in ["marche", "concession"] {
        for kind in ["iae", "handicap", "penitentiaire", "ess"] {
            for day in ["2022-10-20", "2026-12-07"] {
                let text = source.replace(line, &format!("reserve = [\"{kind}\"]"));
                let text = text.replace("contrat = \"marche\"", &format!("contrat = \"{form}\""));
                let text = text.replace("2022-10-21", day);
                let consultation = Consultation::from_toml(&text).unwrap_or_else(|error| panic!("{error}"));
                let resolved = library().resolve(&consultation);
                let rc = String::from_utf8(write(&resolved.draft(Piece::Rc).unwrap(), Format::Text)).unwrap();
                assert!(!rc.contains("()") && !rc.contains("( )"), "{form}, {kind}, {day}\n{rc}");
                let blocked = resolved.findings().iter().any(|finding| finding.code == "reservation-hors-droit");
                assert_eq!(rc.contains("sans base légale à cette date"), blocked, "{form}, {kind}, {day}\n{rc}");
            }
        }
    }
}

/// An advice that carries its edits works: once they are made, the finding is gone and no blocking one has come.
#[test]
fn each_fix_does_what_it_says() {
    let mut tried = BTreeSet::new();
    for info in checks::all() {
        let (source, findings) = dossier(&format!("{}.toml", info.code));
        let blocking = |findings: &[Finding]| -> BTreeSet<(String, String)> {
            let grave = findings.iter().filter(|f| f.severity == Severity::Blocking);
            grave.map(|f| (f.code.to_owned(), f.path.clone())).collect()
        };
        for finding in findings.iter().filter(|f| f.code == info.code && !f.fix.is_empty()) {
            let edited = apply(&source, &finding.fix).unwrap_or_else(|error| panic!("{} : {error}", info.code));
            let partial = Consultation::partial(&edited);
            let consultation = partial.consultation.unwrap_or_else(|| panic!("{} ne se lit plus\n{edited}", info.code));
            let after: Vec<Finding> = library().resolve(&consultation).findings().iter().cloned().collect();
            let same = |f: &&Finding| (f.code, &f.path, &f.message) == (info.code, &finding.path, &finding.message);
            assert!(after.iter().find(same).is_none(), "{} reste après sa correction\n{edited}", info.code);
            let new: Vec<_> = blocking(&after).difference(&blocking(&findings)).cloned().collect();
            assert!(new.is_empty(), "{} : sa correction fait naître {new:?}", info.code);
            tried.insert(info.code);
        }
    }
    let without: BTreeSet<&str> = checks::all().map(|info| info.code).filter(|code| !tried.contains(code)).collect();
    let told: Vec<&str> = CHOICES.iter().flat_map(|(_, codes)| codes.iter().copied()).collect();
    assert_eq!(told.len(), told.iter().collect::<BTreeSet<_>>().len(), "un code est dit deux fois");
    assert_eq!(without, told.into_iter().collect(), "un contrôle n’a ni correction, ni raison de n’en pas avoir");
}

/// The checks whose advice is no edit that a program may make, by the reason why.
const CHOICES: [(&str, &[&str]); 4] = [
    (
        "the value is known to the buyer only",
        &[
            "accord-cadre-sans-maximum",
            "cout-salarial",
            "cpv-inconnu",
            "critere-echelle",
            "critere-propre",
            "critere-sans-methode",
            "dossier-incomplet",
            "ecartement-sans-raisons",
            "facilitateur-absent",
            "forme-prix-a-dire",
            "heures-incalculables",
            "heures-sans-volume",
            "lot-reserve-absent",
            "lots-non-decrits",
            "main-d-oeuvre-hors-usage",
            "poids-criteres",
            "poids-inhabituel",
            "prix-horaire-hors-usage",
            "quantite-nulle",
            "somme-des-lots",
            "texte-a-completer",
            "valeur-hors-bornes",
            "valeur-incorrecte",
            "valeur-manquante",
        ],
    ),
    (
        "several ways are lawful, of different effect",
        &[
            "accord-cadre-trop-long",
            "cpv-hors-nature",
            "critere-en-double",
            "critere-environnemental-absent",
            "critere-neutralise",
            "critere-prix-absent",
            "critere-prix-unique",
            "critere-promesse-peu-chere",
            "critere-social-sans-heures",
            "delai-trop-long",
            "deux-volumes",
            "ecartement-et-clause",
            "ecartement-motif-inapplicable",
            "ecartement-motif-inconnu",
            "environnement-absent",
            "environnement-rappel-de-la-loi",
            "famille-hors-nature",
            "formation-au-dela-des-heures",
            "heures-au-dela-des-ouvertures",
            "heures-sous-seuil-pratique",
            "incitatif-sans-critere",
            "liaison-affectation-totale",
            "liaison-ambigue",
            "liaison-dates-rapprochees",
            "liaison-excedentaire",
            "liaison-exposition-elevee",
            "liaison-formation-excessive",
            "liaison-heures-par-personne",
            "liaison-mesure-commune",
            "liaison-part-faible",
            "liaison-rappel-de-la-loi",
            "liaison-reservation-deguisee",
            "liaison-sans-couple",
            "liaison-surplus-peu-cher",
            "liaison-unite-excessive",
            "lot-reserve-sans-condition",
            "lot-sous-seuil",
            "maximum-au-dela-de-l-estimation",
            "montant-au-dela-du-maximum",
            "part-superieure-au-tout",
            "plan-trop-court",
            "penalite-dechets-absente",
            "penalite-en-double",
            "plafonds-generaux-differents",
            "penalite-environnement-absente",
            "penalite-insertion-absente",
            "reservation-combinaison",
            "reservation-ess-combinee",
            "sans-publicite-au-dela",
            "seuil-services-sociaux-incertain",
            "social-absent",
            "social-absent-seuil-inconnu",
            "taux-insertion-eleve",
        ],
    ),
    (
        "the sentence is the buyer's, and must be thought again",
        &[
            "citation-erronee",
            "condition-discriminatoire",
            "critere-politique-generale",
            "emploi-local-en-concession",
            "exclusion-automatique",
            "label-sans-equivalent",
            "obligation-vague",
            "origine-imposee",
            "part-annuelle-de-l-acheteur",
            "penalite-irreductible",
            "plafond-attribue-au-ccag",
            "preference-locale",
            "public-par-residence",
            "raison-d-ecarter-insuffisante",
            "references-passees",
            "reglementation-rappelee",
            "sans-lien-avec-l-objet",
            "structure-imposee",
        ],
    ),
    (
        "nothing in the dossier mends it",
        &[
            "clause-en-brouillon",
            "clause-hors-famille",
            "energie-non-prise-en-compte",
            "energie-renouvelable",
            "lancement-hors-registre",
            "mecanisme-retire",
            "outre-mer-a-adapter",
            "registre-a-relire",
            "seuil-inconnu",
            "texte-hors-vigueur",
        ],
    ),
];
