//! What the law demands, allows and refuses, walked day by day: launch × contract × buyer × value under and at the threshold.
//!
//! Each case is a bare dossier, and the law is read in its findings: what is missing is what was due.

use clausier::quantity::{Date, Euros, Number};
use clausier::terms::{BuyerCategory, ContractForm, Nature, Regime, ReservedTo, SetAside, Vocabulary};
use clausier::{Consultation, Library};
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
type Kind = (&'static str, ContractForm, Nature, Regime);

const KINDS: [Kind; 5] = [
    ("travaux", ContractForm::Market, Nature::Works, Regime::Ordinary),
    ("fournitures", ContractForm::Market, Nature::Supplies, Regime::Ordinary),
    ("services sociaux", ContractForm::Framework, Nature::Services, Regime::SocialServices),
    ("défense", ContractForm::Market, Nature::Services, Regime::Defence),
    ("concession", ContractForm::Concession, Nature::Services, Regime::Ordinary),
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
        ("travaux de 5 mois", ContractForm::Market, Nature::Works, 5),
        ("travaux de 6 mois", ContractForm::Market, Nature::Works, 6),
        ("services de 5 mois", ContractForm::Market, Nature::Services, 5),
        ("concession de travaux de 5 mois", ContractForm::Concession, Nature::Works, 5),
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
    ] {
        writeln!(out, "## {name}").unwrap();
        for day in ["2020-12-08", "2020-12-09", "2022-10-20", "2022-10-21", "2026-11-23"] {
            for kinds in combinations {
                let words: Vec<String> = kinds.iter().map(|kind| format!("\"{kind}\"")).collect();
                let lot = format!("reserve = [{}]", words.join(", "));
                let kind = (name, form, Nature::Services, regime);
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
