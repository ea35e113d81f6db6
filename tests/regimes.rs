//! What the law demands, allows and refuses, walked day by day: launch × contract × buyer × value under and at the threshold.
//!
//! Each case is a bare dossier, and the law is read in its findings: what is missing is what was due.

use clausier::quantity::{Date, Euros, Number};
use clausier::terms::{BuyerCategory, ContractForm, ContractNature, Regime, ReservedTo, SetAside, Vocabulary};
use clausier::{Consultation, Format, Library, Sample, write};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Days on which something changes, and their eves.
const DAYS: [&str; 10] = [
    "2019-04-01",
    "2023-10-25",
    "2025-10-16",
    "2026-01-01",
    "2026-04-01",
    "2026-05-28",
    "2026-08-20",
    "2026-08-21",
    "2026-08-22",
    "2026-11-23",
];

/// A kind of contract: what the table calls it, its form, its nature, its regime.
type Kind = (&'static str, ContractForm, ContractNature, Regime);

const KINDS: [Kind; 5] = [
    ("travaux", ContractForm::Market, ContractNature::Works, Regime::Ordinary),
    ("fournitures", ContractForm::Market, ContractNature::Supplies, Regime::Ordinary),
    ("services sociaux", ContractForm::Framework, ContractNature::Services, Regime::SocialServices),
    ("défense", ContractForm::Market, ContractNature::Services, Regime::Defence),
    ("concession", ContractForm::Concession, ContractNature::Services, Regime::Ordinary),
];

const BUYERS: [BuyerCategory; 4] =
    [BuyerCategory::State, BuyerCategory::LocalAuthority, BuyerCategory::Hospital, BuyerCategory::Entity];

/// A dossier with nothing in it but what the case is about.
struct Case<'a> {
    day: &'a str,
    kind: Kind,
    buyer: BuyerCategory,
    value: Euros,
    months: u32,
    /// What follows the lot.
    rest: &'a str,
    /// Inside the lot.
    lot: &'a str,
}

impl Case<'_> {
    fn codes(&self) -> BTreeSet<&'static str> {
        let (_, form, nature, regime) = self.kind;
        let value = self.value.to_string().replace(['\u{A0}', '\u{202F}'], " ");
        let dossier = format!(
            r#"
format = 1
lancement = {}
[acheteur]
nom = "Acheteur d’Essai"
categorie = "{}"
[consultation]
objet = "Essai"
contrat = "{form}"
execution = "forfait"
nature = "{nature}"
regime = "{regime}"
procedure = "formalisee"
ccag = "aucun"
duree = "{} mois"
valeur_estimee = "{value}"
[lot.1]
intitule = "Lot"
famille = "bat-gros-oeuvre"
montant = "{value}"
{}
{}
"#,
            self.day, self.buyer, self.months, self.lot, self.rest
        );
        let consultation = Consultation::from_toml(&dossier).unwrap_or_else(|error| panic!("{error}\n{dossier}"));
        Library::embedded().resolve(&consultation).findings().iter().map(|finding| finding.code).collect()
    }
}

/// What is due, in a few letters.
fn due(case: Case<'_>) -> String {
    let bare = case.codes();
    let price = Case { rest: "[critere]\nprix = 100", ..case }.codes();
    let marks = [
        ("ENV", bare.contains("environnement-absent")),
        ("CRIT", bare.contains("critere-environnemental-absent")),
        ("PRIX", price.contains("critere-prix-unique")),
        ("SOC", bare.contains("social-absent")),
        ("SOC?", bare.contains("seuil-inconnu") || bare.contains("seuil-services-sociaux-incertain")),
        ("NRJ", bare.contains("energie-non-prise-en-compte")),
        ("VAR", bare.contains("variantes-non-dites")),
    ];
    let found: Vec<&str> = marks.iter().filter(|(_, due)| *due).map(|(mark, _)| *mark).collect();
    if found.is_empty() { "-".to_owned() } else { found.join(" ") }
}

#[test]
fn what_is_due_under_and_at_the_threshold() {
    let legal = Library::embedded().legal();
    let mut out = String::from(
        "ENV : condition environnementale · CRIT : critère environnemental · PRIX : prix seul refusé · SOC : condition \
         sociale\nSOC? : seuil incertain · NRJ : sobriété énergétique · VAR : variantes à dire\n",
    );
    for kind in KINDS {
        for buyer in BUYERS {
            let (name, form, nature, regime) = kind;
            writeln!(out, "\n## {name}, {buyer}").unwrap();
            for day in DAYS {
                let law = legal.at(Date::parse(day).unwrap());
                let case = |value: Euros| Case { day, kind, buyer, value, months: 12, rest: "", lot: "" };
                match law.european_threshold(nature, form, buyer, regime) {
                    Ok(threshold) => {
                        let below = Euros(&threshold.amount.0 - &Number::from_int(1));
                        let (under, at) = (due(case(below)), due(case(threshold.amount.clone())));
                        let amount = threshold.amount.to_string().replace(['\u{A0}', '\u{202F}'], " ");
                        writeln!(out, "{day}  {amount:>11}  sous : {under:<17}  au seuil : {at}").unwrap();
                    }
                    Err(_) => {
                        let any = due(case(Euros::from_int(10_000_000)));
                        writeln!(out, "{day}      inconnu  {any}").unwrap();
                    }
                }
            }
        }
    }
    insta::assert_snapshot!("duties", out);
}

#[test]
fn which_reasons_set_the_social_clause_aside() {
    let mut out = String::new();
    for (name, form, nature, months) in [
        ("travaux de 5 mois", ContractForm::Market, ContractNature::Works, 5),
        ("travaux de 6 mois", ContractForm::Market, ContractNature::Works, 6),
        ("services de 5 mois", ContractForm::Market, ContractNature::Services, 5),
        ("concession de travaux de 5 mois", ContractForm::Concession, ContractNature::Works, 5),
    ] {
        writeln!(out, "## {name}").unwrap();
        for day in ["2026-08-21", "2026-08-22"] {
            for reason in SetAside::all() {
                let rest = format!("[clause_sociale_ecartee]\nmotif = \"{reason}\"\nraisons = \"Des faits.\"");
                let kind = (name, form, nature, Regime::Ordinary);
                let buyer = BuyerCategory::LocalAuthority;
                let value = Euros::from_int(6_000_000);
                let codes = Case { day, kind, buyer, value, months, rest: &rest, lot: "" }.codes();
                let verdict = match () {
                    () if codes.contains("ecartement-sans-objet") => "sans objet",
                    () if codes.contains("ecartement-motif-inapplicable") => "refusé",
                    () => "admis",
                };
                assert!(!codes.contains("social-absent"), "{name}, {day}, {reason}");
                writeln!(out, "{day}  {:<35}  {verdict}", reason.word()).unwrap();
            }
        }
    }
    insta::assert_snapshot!("reasons", out);
}

#[test]
fn which_reservations_are_allowed() {
    let combinations: [&[ReservedTo]; 6] = [
        &[ReservedTo::Insertion],
        &[ReservedTo::Disability],
        &[ReservedTo::Insertion, ReservedTo::Disability],
        &[ReservedTo::Prison],
        &[ReservedTo::Insertion, ReservedTo::Prison],
        &[ReservedTo::SocialEconomy],
    ];
    let mut out = String::new();
    for (name, form, regime, months) in [
        ("marché", ContractForm::Market, Regime::Ordinary, 12),
        ("services sociaux, trois ans", ContractForm::Market, Regime::SocialServices, 36),
        ("services sociaux, quatre ans", ContractForm::Market, Regime::SocialServices, 48),
        ("concession", ContractForm::Concession, Regime::Ordinary, 12),
        ("défense", ContractForm::Market, Regime::Defence, 12),
    ] {
        writeln!(out, "## {name}").unwrap();
        for day in ["2020-12-08", "2020-12-09", "2022-10-20", "2022-10-21", "2026-11-23"] {
            for kinds in combinations {
                let words: Vec<String> = kinds.iter().map(|kind| format!("\"{kind}\"")).collect();
                let lot = format!("reserve = [{}]", words.join(", "));
                let kind = (name, form, ContractNature::Services, regime);
                let buyer = BuyerCategory::LocalAuthority;
                let value = Euros::from_int(100_000);
                let codes = Case { day, kind, buyer, value, months, rest: "", lot: &lot }.codes();
                let refused: Vec<&str> = codes.into_iter().filter(|code| code.starts_with("reservation-")).collect();
                let verdict = if refused.is_empty() { "admise".to_owned() } else { refused.join(", ") };
                writeln!(out, "{day}  {:<22}  {verdict}", words.join(" + ").replace('"', "")).unwrap();
            }
        }
    }
    insta::assert_snapshot!("reservations", out);
}

/// The numbers of the articles of the code de la commande publique that a text cites (« L. 2112-2 »): four figures and a hyphen.
fn articles(text: &str) -> BTreeSet<String> {
    let plain = text.replace('\u{A0}', " ");
    let mut out = BTreeSet::new();
    for (at, letter) in plain.char_indices().filter(|(_, c)| matches!(c, 'L' | 'R' | 'D')) {
        let Some(rest) = plain[at + 1..].strip_prefix(". ") else { continue };
        let number: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == '-').collect();
        if number.find('-') == Some(4) && matches!(number.as_bytes()[0], b'2' | b'3') {
            out.insert(format!("{letter}. {}", number.trim_end_matches('-')));
        }
    }
    out
}

/// Every citation of every piece of every clause: a contract cites the articles of its own rules, and no other.
#[test]
fn each_regime_cites_its_own_articles() {
    let library = Library::embedded();
    let own = |rules: &str, article: &str| match rules {
        "marché" => article[3..].starts_with('2') && !article[3..].starts_with("23"),
        // The third book applies this one as it stands (L. 2311-1).
        "défense" => article[3..].starts_with("23") || article == "L. 2111-1",
        _ => article[3..].starts_with('3'),
    };
    let mut seen = 0;
    for clause in library.clauses() {
        let sample = library.sample(&clause.id, Sample::Usual).unwrap();
        for (rules, from, to) in [
            ("marché", "nature = \"travaux\"", "nature = \"travaux\""),
            ("défense", "nature = \"travaux\"", "nature = \"travaux\"\nregime = \"defense-securite\""),
            ("marché", "categorie = \"collectivite\"", "categorie = \"entite-adjudicatrice\""),
            ("concession", "contrat = \"marche\"", "contrat = \"concession\""),
        ] {
            let dossier = sample.replace(from, to);
            let dossier =
                if rules == "concession" { dossier.replace("\"travaux\"\nduree", "\"aucun\"\nduree") } else { dossier };
            let consultation = Consultation::from_toml(&dossier).unwrap_or_else(|error| panic!("{error}\n{dossier}"));
            let resolved = library.resolve(&consultation);
            for document in resolved.documents(true).unwrap_or_else(|error| panic!("{} {rules}: {error}", clause.id)) {
                let text = String::from_utf8(write(&document, Format::Markdown)).unwrap();
                for article in articles(&text) {
                    seen += 1;
                    assert!(own(rules, &article), "{}, {rules}, {}: {article}", clause.id, document.piece);
                }
            }
            for finding in resolved.findings().iter() {
                for article in articles(&finding.texts.concat()) {
                    assert!(own(rules, &article), "{}, {rules}, {}: {article}", clause.id, finding.code);
                }
            }
        }
    }
    assert!(seen > 500, "{seen} citations lues");
}

/// Until the third book had its own articles, it borrowed those of ordinary contracts.
#[test]
fn defence_borrowed_before_it_had_its_own_articles() {
    let legal = Library::embedded().legal();
    let cited = |day: &str, id: &str| {
        let law = legal.at(Date::parse(day).unwrap()).for_contract(ContractForm::Market, Regime::Defence);
        law.text(id).map(|found| found.text.id.to_string()).ok()
    };
    assert_eq!(cited("2026-08-21", "ccp-l2112-2").as_deref(), Some("ccp-l2112-2"));
    assert_eq!(cited("2026-08-22", "ccp-l2112-2").as_deref(), Some("ccp-l2312-1-1"));
    assert_eq!(cited("2026-08-22", "ccp-l2112-2-1"), None);
    assert_eq!(cited("2026-08-22", "ccp-l3114-2"), None);
}
