//! The clauses of a library for programs: what a form needs to ask its questions.

use crate::base::quantity::{Euros, Number};
use crate::base::terms::*;
use crate::law::{Family, Range};
use crate::library::Library;
use crate::library::clause::{Clause, HoursRule, Parameter, RatioRange, Value};
use serde::Serialize;
use std::collections::BTreeMap;

/// The clauses that answer a choice, the families of purchase, the words of the closed lists, and how far the law is known.
#[derive(Serialize)]
pub(super) struct Catalogue<'l> {
    clauses: Vec<ClauseCard<'l>>,
    #[serde(rename = "familles")]
    families: Vec<FamilyCard<'l>>,
    #[serde(rename = "mots")]
    words: BTreeMap<&'static str, Vec<&'static str>>,
    #[serde(rename = "droit")]
    law: LawCard,
}

/// The days between which the register speaks.
#[derive(Serialize)]
struct LawCard {
    #[serde(rename = "depuis")]
    first: Option<String>,
    /// Last day of the figures that the law sets for a time, as the European thresholds.
    #[serde(rename = "jusqu_a")]
    last: Option<String>,
}

/// The words of the closed lists of a dossier, by key.
fn words() -> BTreeMap<&'static str, Vec<&'static str>> {
    fn of<V: Vocabulary>() -> Vec<&'static str> {
        V::WORDS.iter().map(|(word, _)| *word).collect()
    }
    BTreeMap::from([
        ("categorie", of::<BuyerCategory>()),
        ("contrat", of::<ContractForm>()),
        ("execution", of::<Execution>()),
        ("nature", of::<Nature>()),
        ("regime", of::<Regime>()),
        ("procedure", of::<Procedure>()),
        ("ccag", of::<Ccag>()),
        ("variantes", of::<Variants>()),
        ("piece_administrative", of::<AdminPiece>()),
        ("groupement", of::<Grouping>()),
        ("reserve", of::<ReservedTo>()),
        ("motif", of::<SetAside>()),
        ("forme_prix", of::<PriceForm>()),
        ("nature_critere", of::<CriterionNature>()),
        ("piece", of::<Piece>()),
        ("gravite", of::<Severity>()),
        ("qui", of::<Answerer>()),
        ("certitude", of::<Confidence>()),
        ("niveau", of::<Level>()),
    ])
}

impl<'l> Catalogue<'l> {
    pub(super) fn new(library: &'l Library, kind: Option<Kind>, family: &str, cpv: &str) -> Self {
        let fitting = library.clauses_for(family, cpv).filter(|clause| kind.is_none_or(|kind| clause.kind == kind));
        Self {
            clauses: fitting.map(ClauseCard::new).collect(),
            families: library.legal().families().map(|family| FamilyCard::new(library, family)).collect(),
            words: words(),
            law: LawCard {
                first: library.legal().first_day().map(|day| day.iso()),
                last: library.legal().known_until().map(|day| day.iso()),
            },
        }
    }
}

#[derive(Serialize)]
pub(super) struct ClauseCard<'l> {
    id: &'l str,
    nature: &'static str,
    #[serde(rename = "titre")]
    title: &'l str,
    version: String,
    #[serde(rename = "statut")]
    status: &'static str,
    #[serde(rename = "niveau")]
    level: &'static str,
    #[serde(rename = "familles")]
    families: &'l [String],
    #[serde(rename = "pourquoi")]
    why: &'l str,
    vigilance: &'l [String],
    #[serde(rename = "demande")]
    requires: &'l [String],
    pieces: Vec<&'static str>,
    #[serde(rename = "parametres")]
    parameters: Vec<ParameterCard<'l>>,
    #[serde(rename = "nature_critere")]
    judges: Option<&'static str>,
    #[serde(rename = "poids")]
    weight: Option<(i64, i64)>,
    #[serde(rename = "mesure")]
    measure: Option<&'l str>,
    /// Parameter that holds the insertion rate, where the clause computes hours from it.
    #[serde(rename = "taux")]
    rate: Option<&'l str>,
    #[serde(rename = "lie")]
    link: Option<LinkCard<'l>>,
}

impl<'l> ClauseCard<'l> {
    pub(super) fn new(clause: &'l Clause) -> Self {
        Self {
            id: &clause.id,
            nature: clause.kind.word(),
            title: &clause.title,
            version: clause.version.iso(),
            status: clause.status.word(),
            level: clause.level.word(),
            families: &clause.families,
            why: &clause.why,
            vigilance: &clause.vigilance,
            requires: &clause.requires,
            pieces: clause.pieces().into_iter().map(Vocabulary::word).collect(),
            parameters: clause.parameters.iter().map(|parameter| ParameterCard::new(clause, parameter)).collect(),
            judges: clause.criterion.as_ref().map(|criterion| criterion.nature.word()),
            weight: clause.criterion.as_ref().map(|criterion| criterion.weight),
            measure: clause.measure.as_deref(),
            rate: match &clause.hours {
                Some(HoursRule::Computed { rate, .. }) => Some(rate),
                _ => None,
            },
            link: clause.link.as_ref().map(|link| LinkCard {
                social: &link.social,
                environment: &link.environment,
                ratio: link.ratio.as_ref().map(RatioCard::new),
            }),
        }
    }
}

/// The clauses that a liaison accepts on each side.
#[derive(Serialize)]
struct LinkCard<'l> {
    social: &'l [String],
    #[serde(rename = "environnement")]
    environment: &'l [String],
    ratio: Option<RatioCard<'l>>,
}

/// The known range of hours by unit.
#[derive(Serialize)]
struct RatioCard<'l> {
    #[serde(rename = "unite")]
    unit: &'l str,
    #[serde(rename = "bas")]
    low: String,
    #[serde(rename = "haut")]
    high: String,
    source: &'l str,
    #[serde(rename = "certitude")]
    confidence: &'static str,
}

impl<'l> RatioCard<'l> {
    fn new(range: &'l RatioRange) -> Self {
        Self {
            unit: &range.unit,
            low: range.low.exact(),
            high: range.high.exact(),
            source: &range.source,
            confidence: range.confidence.word(),
        }
    }
}

#[derive(Serialize)]
struct ParameterCard<'l> {
    #[serde(rename = "nom")]
    name: &'l str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "unite")]
    unit: Option<&'l str>,
    #[serde(rename = "choix")]
    choices: Vec<ChoiceCard<'l>>,
    question: &'l str,
    #[serde(rename = "defaut")]
    default: Option<serde_json::Value>,
    #[serde(rename = "facultatif")]
    optional: bool,
    #[serde(rename = "bornes")]
    bounds: Option<(serde_json::Value, serde_json::Value)>,
    #[serde(rename = "fourchette")]
    range: &'l str,
    source: &'l str,
    #[serde(rename = "certitude")]
    confidence: &'static str,
    #[serde(rename = "qui")]
    who: &'static str,
}

#[derive(Serialize)]
struct ChoiceCard<'l> {
    #[serde(rename = "valeur")]
    word: &'l str,
    #[serde(rename = "texte")]
    text: &'l str,
}

impl<'l> ParameterCard<'l> {
    fn new(clause: &Clause, parameter: &'l Parameter) -> Self {
        Self {
            name: &parameter.name,
            kind: parameter.kind.word(),
            unit: parameter.kind.unit(),
            choices: parameter.kind.choices().iter().map(|(word, text)| ChoiceCard { word, text }).collect(),
            question: &parameter.question,
            default: parameter.default.as_ref().map(written),
            optional: parameter.optional,
            bounds: parameter.bounds.as_ref().map(|(low, high)| (written(low), written(high))),
            range: &parameter.range,
            source: &parameter.source,
            confidence: parameter.confidence.word(),
            who: clause.answerer(parameter).word(),
        }
    }
}

/// A value as a dossier in JSON writes it.
pub(super) fn written(value: &Value) -> serde_json::Value {
    match value {
        Value::Integer(n) => (*n).into(),
        Value::Flag(yes) => (*yes).into(),
        Value::List(items) => items.clone().into(),
        other => other.plain().into(),
    }
}

/// A family of purchase, with the usages from which a calculation starts: practice, for the buyer to confirm.
#[derive(Serialize)]
struct FamilyCard<'l> {
    id: &'l str,
    #[serde(rename = "titre")]
    title: &'l str,
    cpv: Vec<&'l str>,
    /// Nature of what its first CPV code names; null when it has none.
    nature: Option<&'static str>,
    #[serde(rename = "main_oeuvre")]
    labour: UsageCard,
    #[serde(rename = "prix_horaire")]
    price: UsageCard,
    #[serde(rename = "taux_usuel")]
    rate: Option<UsageCard>,
    #[serde(rename = "certitude")]
    confidence: &'static str,
    note: &'l str,
}

/// A range of practice, and the value to start from.
#[derive(Serialize)]
struct UsageCard {
    #[serde(rename = "bas")]
    low: String,
    #[serde(rename = "haut")]
    high: String,
    #[serde(rename = "defaut")]
    default: String,
}

impl UsageCard {
    fn new<T: Clone>(range: &Range<T>, default: T, value: impl Fn(T) -> Value) -> Self {
        let plain = |amount: T| value(amount).plain();
        Self { low: plain(range.low.clone()), high: plain(range.high.clone()), default: plain(default) }
    }
}

impl<'l> FamilyCard<'l> {
    fn new(library: &'l Library, family: &'l Family) -> Self {
        let division = family.cpv.first().and_then(|prefix| library.legal().division(prefix));
        let Range { low, high } = &family.hourly_price;
        let middle = (&low.0 + &high.0).over(&Number::from_int(2)).map_or_else(|| low.clone(), Euros);
        Self {
            id: &family.id,
            title: &family.title,
            cpv: family.cpv.iter().map(AsRef::as_ref).collect(),
            nature: division.map(|division| division.nature.word()),
            labour: UsageCard::new(&family.labour, family.labour_default.clone(), Value::Rate),
            price: UsageCard::new(&family.hourly_price, middle, Value::Amount),
            rate: family.usual_rate.as_ref().map(|usual| UsageCard::new(usual, usual.low.clone(), Value::Rate)),
            confidence: family.confidence.word(),
            note: &family.note,
        }
    }
}
