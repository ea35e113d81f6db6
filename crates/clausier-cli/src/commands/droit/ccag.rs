//! What the register knows of the CCAG: what a clause does that departs from them (« D-19 »), what they leave to the contract
//! (« MUST-04 »).

use clausier::law::{CcagDerogation, DerogationLevel, Legal, Occasion, Requirement};
use clausier::terms::{Ccag, Vocabulary as _};

/// The page of a derogation or of a requirement; `None` for any other id.
pub(super) fn page(legal: &Legal, id: &str) -> Option<String> {
    let id = id.to_uppercase();
    let derogation = legal.derogations().find(|derogation| derogation.id.to_uppercase() == id);
    derogation.map(|derogation| derogation_page(legal, derogation)).or_else(|| {
        legal.requirements().find(|known| known.id.to_uppercase() == id).map(|r| requirement_page(legal, r))
    })
}

/// The ids that have a page.
pub(super) fn ids(legal: &Legal) -> impl Iterator<Item = &str> {
    legal.derogations().map(|derogation| &*derogation.id).chain(legal.requirements().map(|required| &*required.id))
}

/// What departs from the CCAG, one line each.
pub(super) fn derogations(legal: &Legal) -> Vec<Vec<String>> {
    let line = |derogation: &CcagDerogation| {
        let clause = format!("une clause qui {}", derogation.clause);
        vec![derogation.id.to_string(), derogation.level.to_string(), clause]
    };
    legal.derogations().map(line).collect()
}

/// What the CCAG leave to the contract, one line each.
pub(super) fn requirements(legal: &Legal) -> Vec<Vec<String>> {
    let line = |required: &Requirement| {
        vec![required.id.to_string(), when(required.occasion).to_owned(), required.title.to_string()]
    };
    legal.requirements().map(line).collect()
}

fn derogation_page(legal: &Legal, derogation: &CcagDerogation) -> String {
    let todo = match derogation.level {
        DerogationLevel::Refused => {
            "L’inscrire à la liste des dérogations ne la sauverait pas : ne l’écrivez pas.".to_owned()
        }
        level => {
            let caution = if level == DerogationLevel::Caution { ", « en tant que de besoin »" } else { "" };
            format!(
                "À inscrire au dernier article du CCAP{caution}, avec les articles du CCAG choisi : « {} ».",
                derogation.subject
            )
        }
    };
    let mut out = format!("{} – Une clause qui {}\n{todo}\n\nElle déroge à :\n", derogation.id, derogation.clause);
    for cited in Ccag::all().filter_map(|ccag| legal.cite_derogation(derogation, ccag)) {
        out += &format!("  {cited}\n");
    }
    out
}

fn requirement_page(legal: &Legal, required: &Requirement) -> String {
    let mut out = format!(
        "{} – {}\nÀ dire au contrat {}.\nComplet si : {}.\n\nDemandé par :\n",
        required.id,
        required.title,
        when(required.occasion),
        required.test
    );
    let concepts: Vec<&str> = required.concepts.iter().map(|concept| &**concept).collect();
    for cited in Ccag::all().filter_map(|ccag| legal.cite_ccag(&concepts, ccag)) {
        out += &format!("  {cited}\n");
    }
    out
}

/// When the contract must say it.
fn when(occasion: Occasion) -> &'static str {
    match occasion {
        Occasion::Always => "dans tous les cas",
        Occasion::Insertion => "avec une clause d’insertion",
        Occasion::Facilitator => "avec une clause d’insertion et un facilitateur",
        Occasion::Pooling => "si les heures de plusieurs marchés se regroupent",
        Occasion::SingleContact => "si le facilitateur est l’interlocuteur unique d’un groupement",
        Occasion::Works => "en travaux",
        Occasion::Waste => "si le CCAG traite des déchets",
        Occasion::PersonalData => "si le titulaire traite des données personnelles pour l’acheteur",
        Occasion::Derogation => "dès qu’une stipulation déroge au CCAG",
        _ => "selon le cas",
    }
}
