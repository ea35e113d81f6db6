//! What the law of the launch date requires of a contract: due, not due, or unknown as long as a fact is missing.
//!
//! It needs no clause and no whole dossier: a buyer who has only typed a date and an amount is told what is already certain.

use crate::base::quantity::Euros;
use crate::base::terms::{ContractForm, Procedure, Regime, Vocabulary, vocabulary};
use crate::dossier::{Known, KnownLot};
use crate::law::{Form, InForce, Legal, Threshold};

vocabulary! {
    /// Whether something is due.
    DutyState, "l’état d’une obligation" {
        /// The law requires it.
        Due = "du",
        /// The law does not require it.
        NotDue = "non-du",
        /// A fact is missing, or the register cannot tell: never « not due ».
        Unknown = "inconnu",
    }
}

vocabulary! {
    /// What the law requires of a contract.
    DutyObject, "l’objet d’une obligation" {
        /// Execution conditions take the environment into account.
        EnvironmentCondition = "condition-environnementale",
        /// One award criterion at least is environmental.
        EnvironmentCriterion = "critere-environnemental",
        /// Execution conditions bear on the social field or employment.
        SocialCondition = "condition-sociale",
        /// Energy efficiency and sobriety are taken into account.
        Energy = "efficacite-energetique",
    }
}

impl DutyObject {
    /// Its name in a sentence.
    pub fn label(self) -> &'static str {
        match self {
            Self::EnvironmentCondition => "condition d’exécution environnementale",
            Self::EnvironmentCriterion => "critère environnemental",
            Self::SocialCondition => "condition d’exécution sociale ou d’emploi",
            Self::Energy => "prise en compte de l’efficacité énergétique",
        }
    }

    /// The articles that require it in an ordinary contract, for which the register knows those of other rules; the first says
    /// whether the duty is in force.
    fn texts(self) -> &'static [&'static str] {
        match self {
            Self::EnvironmentCondition => &["ccp-l2112-2"],
            Self::EnvironmentCriterion => &["ccp-r2152-7", "ccp-l2152-7"],
            Self::SocialCondition => &["ccp-l2112-2-1"],
            Self::Energy => &["ccp-l2111-1"],
        }
    }
}

/// A duty on one lot.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Duty {
    /// Number of the lot.
    pub lot: u32,
    /// What is required.
    pub object: DutyObject,
    /// Whether it is due.
    pub state: DutyState,
    /// Why, in French: the reason of the law, or the keys of the dossier that are missing.
    pub reason: String,
    /// The texts, cited as in force at the launch date; `None` when none is, or when the date or the form is unknown.
    pub texts: Option<String>,
}

/// The duties of the contract as a whole, before they are told lot by lot.
#[derive(Debug)]
pub(crate) struct Assessment<'l> {
    pub(crate) environment: DutyState,
    pub(crate) criterion: DutyState,
    pub(crate) social: DutyState,
    /// The law has a social duty that day, whatever the amount.
    pub(crate) social_in_law: DutyState,
    pub(crate) energy: DutyState,
    /// The European threshold of the contract; `None` when a fact is missing or the register cannot tell.
    pub(crate) threshold: Option<Threshold<'l>>,
}

/// What the law requires, from what is known.
pub(crate) fn assess<'l>(legal: &'l Legal, known: &Known) -> Assessment<'l> {
    let law = known.launch.filter(|day| legal.first_day().is_some_and(|first| first <= *day)).map(|day| legal.at(day));
    let in_law = |object: DutyObject| {
        let Some(law) = law else { return DutyState::Unknown };
        // Where every contract that the dossier may still be agrees, the missing fact does not matter.
        let forms = known.form.map_or_else(|| ContractForm::all().collect(), |form| vec![form]);
        let regimes = known.regime.map_or_else(|| Regime::all().collect(), |regime| vec![regime]);
        let pairs = forms.iter().flat_map(|form| regimes.iter().map(|regime| (*form, *regime)));
        let mut answers = pairs.map(|(form, regime)| told(imposes(law.for_contract(form, regime), object)));
        let first = answers.next().unwrap_or(DutyState::Unknown);
        if answers.all(|answer| answer == first) { first } else { DutyState::Unknown }
    };
    let ordinary = known.regime.map_or(DutyState::Unknown, |regime| told(regime != Regime::Defence));
    // Without competition there is nothing to award by criteria.
    let competed = known.procedure.map_or(DutyState::Unknown, |procedure| told(procedure != Procedure::Direct));
    let facts = (law, known.nature, known.form, known.category, known.regime);
    let threshold = match facts {
        (Some(law), Some(nature), Some(form), Some(category), Some(regime)) => {
            law.european_threshold(nature, form, category, regime).ok()
        }
        _ => None,
    };
    let above = threshold.as_ref().zip(known.estimated_value.as_ref());
    let above = above.map_or(DutyState::Unknown, |(threshold, value)| told(*value >= *threshold.amount));
    let social_in_law = both(ordinary, in_law(DutyObject::SocialCondition));
    Assessment {
        environment: both(ordinary, in_law(DutyObject::EnvironmentCondition)),
        criterion: both(both(ordinary, competed), in_law(DutyObject::EnvironmentCriterion)),
        social: both(social_in_law, above),
        social_in_law,
        energy: both(above, in_law(DutyObject::Energy)),
        threshold,
    }
}

fn told(yes: bool) -> DutyState {
    if yes { DutyState::Due } else { DutyState::NotDue }
}

/// Due when both are; not due as soon as one is not.
fn both(a: DutyState, b: DutyState) -> DutyState {
    match (a, b) {
        (DutyState::NotDue, _) | (_, DutyState::NotDue) => DutyState::NotDue,
        (DutyState::Unknown, _) | (_, DutyState::Unknown) => DutyState::Unknown,
        _ => DutyState::Due,
    }
}

fn imposes(law: InForce<'_>, object: DutyObject) -> bool {
    object.texts().first().is_some_and(|id| law.imposes(id))
}

/// The duties, lot by lot in the order of the law's objects; those of the whole contract stand on lot 1 while the dossier
/// names no lot.
pub(crate) fn of(legal: &Legal, known: &Known) -> Vec<Duty> {
    let assessment = assess(legal, known);
    let unnamed = KnownLot::default();
    let mut lots: Vec<(u32, &KnownLot)> = known.lots.iter().map(|(number, lot)| (*number, lot)).collect();
    if lots.is_empty() {
        lots.push((1, &unnamed));
    }
    let mut out = Vec::new();
    for (number, lot) in &lots {
        for (_, object) in DutyObject::WORDS {
            out.push(duty(legal, known, &assessment, *number, lot, *object, lots.len() > 1));
        }
    }
    out
}

fn duty(
    legal: &Legal,
    known: &Known,
    assessment: &Assessment<'_>,
    number: u32,
    lot: &KnownLot,
    object: DutyObject,
    several: bool,
) -> Duty {
    let state = match object {
        DutyObject::EnvironmentCondition => assessment.environment,
        DutyObject::EnvironmentCriterion => assessment.criterion,
        DutyObject::SocialCondition => assessment.social,
        DutyObject::Energy => assessment.energy,
    };
    let contract = known.launch.zip(known.form.zip(known.regime));
    let cited = contract.and_then(|(day, (form, regime))| {
        let law = legal.at(day).for_contract(form, regime);
        if state == DutyState::NotDue && !imposes(law, object) {
            return None;
        }
        let ids: Vec<&str> = object.texts().iter().copied().filter(|id| law.text(id).is_ok()).collect();
        if ids.is_empty() { None } else { law.cite(&ids, Form::Full).ok() }
    });
    let reason = reason(known, assessment, lot, object, state, several);
    Duty { lot: number, object, state, reason, texts: cited }
}

fn reason(
    known: &Known,
    assessment: &Assessment<'_>,
    lot: &KnownLot,
    object: DutyObject,
    state: DutyState,
    several: bool,
) -> String {
    let by_amount = matches!(object, DutyObject::SocialCondition | DutyObject::Energy);
    if state == DutyState::Unknown {
        return missing(known, object);
    }
    if object != DutyObject::Energy && known.regime == Some(Regime::Defence) {
        return "les marchés de défense ou de sécurité en sont exclus".to_owned();
    }
    if object == DutyObject::EnvironmentCriterion && known.procedure == Some(Procedure::Direct) {
        return "sans mise en concurrence, il n’y a pas de critère".to_owned();
    }
    match (&assessment.threshold, &known.estimated_value) {
        (Some(threshold), Some(value)) if by_amount => {
            let place = if value >= threshold.amount { "atteint" } else { "reste sous" };
            let said = format!("la valeur estimée de {value} {place} le seuil de {}", threshold.amount);
            if state == DutyState::NotDue && value >= threshold.amount {
                return "le texte n’est pas applicable à la date de lancement".to_owned();
            }
            match lot_note(lot, threshold.amount, object, state, several) {
                Some(note) => format!("{said} ; {note}"),
                None => said,
            }
        }
        _ if state == DutyState::NotDue => "le texte n’est pas applicable à la date de lancement".to_owned(),
        _ => "quel que soit le montant".to_owned(),
    }
}

/// What the lot itself adds to the reason.
fn lot_note(
    lot: &KnownLot,
    threshold: &Euros,
    object: DutyObject,
    state: DutyState,
    several: bool,
) -> Option<&'static str> {
    if object != DutyObject::SocialCondition || state != DutyState::Due {
        return None;
    }
    if !lot.reserved_to.is_empty() {
        return Some("le lot est réservé : ses titulaires emploient déjà les personnes visées");
    }
    let under = several && lot.amount.as_ref().is_some_and(|amount| amount < threshold);
    under.then_some(
        "ce lot est lui-même sous le seuil, et la question n’est pas tranchée : la lecture sûre le soumet aussi",
    )
}

/// What the dossier must say before the duty is known.
fn missing(known: &Known, object: DutyObject) -> String {
    let by_amount = matches!(object, DutyObject::SocialCondition | DutyObject::Energy);
    let procedure = object == DutyObject::EnvironmentCriterion;
    let wanted = [
        (known.launch.is_none(), "lancement"),
        (known.form.is_none(), "consultation.contrat"),
        (known.regime.is_none(), "consultation.regime"),
        (procedure && known.procedure.is_none(), "consultation.procedure"),
        (by_amount && known.nature.is_none(), "consultation.nature"),
        (by_amount && known.category.is_none(), "acheteur.categorie"),
        (by_amount && known.estimated_value.is_none(), "consultation.valeur_estimee"),
    ];
    let keys: Vec<&str> = wanted.iter().filter(|(is, _)| *is).map(|(_, key)| *key).collect();
    if keys.is_empty() {
        "le référentiel ne connaît pas le droit de ce jour, ou le seuil européen de ce contrat".to_owned()
    } else {
        format!("le dossier ne dit pas encore : {}", keys.join(", "))
    }
}
