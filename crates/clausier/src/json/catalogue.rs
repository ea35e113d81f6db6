//! The clauses of a library for programs: what a form needs to ask its questions.

use crate::base::quantity::{Date, Euros, Number};
use crate::base::terms::*;
use crate::file::reading::Raw;
use crate::law::{Family, Range};
use crate::library::Library;
use crate::library::clause::{Clause, HoursRule, Parameter, RatioRange, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The clauses that answer a choice, the families of purchase, the words of the closed lists, and how far the law is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Catalogue {
    /// The clauses.
    pub clauses: Vec<ClauseCard>,
    /// The families of purchase.
    #[serde(rename = "familles")]
    pub families: Vec<FamilyCard>,
    /// The words of the closed lists of a dossier, by key.
    #[serde(rename = "mots")]
    pub words: BTreeMap<String, Vec<String>>,
    /// The days between which the register speaks.
    #[serde(rename = "droit")]
    pub law: LawCard,
}

/// Clauses with their questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Cards {
    /// The clauses.
    pub clauses: Vec<ClauseCard>,
}

/// The days between which the register speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct LawCard {
    /// Its first day.
    #[serde(rename = "depuis")]
    pub first: Option<Date>,
    /// Last day of the figures that the law sets for a time, as the European thresholds.
    #[serde(rename = "jusqu_a")]
    pub last: Option<Date>,
}

/// The words of the closed lists of a dossier, by key.
fn words() -> BTreeMap<String, Vec<String>> {
    fn of<V: Vocabulary>() -> Vec<String> {
        V::WORDS.iter().map(|(word, _)| (*word).to_owned()).collect()
    }
    let words = [
        ("categorie", of::<BuyerCategory>()),
        ("contrat", of::<ContractForm>()),
        ("execution", of::<Execution>()),
        ("nature", of::<ContractNature>()),
        ("regime", of::<Regime>()),
        ("procedure", of::<Procedure>()),
        ("ccag", of::<Ccag>()),
        ("variantes", of::<Variants>()),
        ("piece_administrative", of::<AdminPiece>()),
        ("groupement", of::<Grouping>()),
        ("territoire", of::<Territory>()),
        ("reserve", of::<ReservedTo>()),
        ("motif", of::<SetAside>()),
        ("forme_prix", of::<PriceForm>()),
        ("nature_critere", of::<CriterionNature>()),
        ("piece", of::<Piece>()),
        ("gravite", of::<Severity>()),
        ("qui", of::<Answerer>()),
        ("certitude", of::<Confidence>()),
        ("niveau", of::<Level>()),
    ];
    words.into_iter().map(|(key, words)| (key.to_owned(), words)).collect()
}

impl Catalogue {
    pub(super) fn new(library: &Library, kind: Option<Kind>, family: &str, cpv: &str) -> Self {
        let fitting = library.clauses_for(family, cpv).filter(|clause| kind.is_none_or(|kind| clause.kind() == kind));
        Self {
            clauses: fitting.map(ClauseCard::new).collect(),
            families: library.legal().families().map(|family| FamilyCard::new(library, family)).collect(),
            words: words(),
            law: LawCard { first: library.legal().first_day(), last: library.legal().known_until() },
        }
    }
}

impl Cards {
    pub(super) fn of<'l>(clauses: impl IntoIterator<Item = &'l Clause>) -> Self {
        Self { clauses: clauses.into_iter().map(ClauseCard::new).collect() }
    }
}

/// A clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct ClauseCard {
    /// Id.
    pub id: String,
    /// Nature.
    #[serde(rename = "nature")]
    pub kind: Kind,
    /// Title.
    #[serde(rename = "titre")]
    pub title: String,
    /// Version of its text.
    pub version: Date,
    /// Review status.
    #[serde(rename = "statut")]
    pub status: Status,
    /// Level of ambition.
    #[serde(rename = "niveau")]
    pub level: Level,
    /// Families of purchase that it fits; empty when it fits all.
    #[serde(rename = "familles")]
    pub families: Vec<String>,
    /// Why one would choose it.
    #[serde(rename = "pourquoi")]
    pub why: String,
    /// What to watch when choosing it.
    pub vigilance: Vec<String>,
    /// Clauses that it needs.
    #[serde(rename = "demande")]
    pub requires: Vec<String>,
    /// The pieces in which it writes.
    pub pieces: Vec<Piece>,
    /// Its questions.
    #[serde(rename = "parametres")]
    pub parameters: Vec<ParameterCard>,
    /// For a criterion, what it judges.
    #[serde(rename = "nature_critere")]
    pub judges: Option<CriterionNature>,
    /// For a criterion, the usual range of its weight, in points.
    #[serde(rename = "poids")]
    pub weight: Option<(i64, i64)>,
    /// Parameter that holds the quantity which the clause demands.
    #[serde(rename = "mesure")]
    pub measure: Option<String>,
    /// Parameter that holds the insertion rate, where the clause computes hours from it.
    #[serde(rename = "taux")]
    pub rate: Option<String>,
    /// For a liaison, the clauses that it ties.
    #[serde(rename = "lie")]
    pub link: Option<LinkCard>,
}

impl ClauseCard {
    fn new(clause: &Clause) -> Self {
        Self {
            id: clause.id.clone(),
            kind: clause.kind(),
            title: clause.title.clone(),
            version: clause.version,
            status: clause.status,
            level: clause.level,
            families: clause.families.clone(),
            why: clause.why.clone(),
            vigilance: clause.vigilance.clone(),
            requires: clause.requires.clone(),
            pieces: clause.pieces().into_iter().collect(),
            parameters: clause.parameters.iter().map(|parameter| ParameterCard::new(clause, parameter)).collect(),
            judges: clause.criterion().map(|criterion| criterion.nature),
            weight: clause.criterion().map(|criterion| criterion.weight),
            measure: clause.measure().map(str::to_owned),
            rate: match clause.hours() {
                Some(HoursRule::Computed { rate, .. }) => Some(rate.clone()),
                _ => None,
            },
            link: clause.link().map(|link| LinkCard {
                social: link.social.clone(),
                environment: link.environment.clone(),
                ratio: link.ratio.as_ref().map(RatioCard::new),
            }),
        }
    }
}

/// The clauses that a liaison accepts on each side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct LinkCard {
    /// On the social side.
    pub social: Vec<String>,
    /// On the environmental side.
    #[serde(rename = "environnement")]
    pub environment: Vec<String>,
    /// The known range of hours by unit.
    pub ratio: Option<RatioCard>,
}

/// The known range of hours by unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct RatioCard {
    /// Its unit (« h/t »).
    #[serde(rename = "unite")]
    pub unit: String,
    /// Least.
    #[serde(rename = "bas")]
    pub low: Number,
    /// Most.
    #[serde(rename = "haut")]
    pub high: Number,
    /// Where it comes from.
    pub source: String,
    /// How sure it is.
    #[serde(rename = "certitude")]
    pub confidence: Confidence,
}

impl RatioCard {
    fn new(range: &RatioRange) -> Self {
        Self {
            unit: range.unit.clone(),
            low: range.low.clone(),
            high: range.high.clone(),
            source: range.source.clone(),
            confidence: range.confidence,
        }
    }
}

/// A question of a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct ParameterCard {
    /// Key of its value in the dossier.
    #[serde(rename = "nom")]
    pub name: String,
    /// Type of its value (« montant », « taux », « choix »).
    #[serde(rename = "type")]
    pub kind: String,
    /// Unit of a quantity or of a ratio.
    #[serde(rename = "unite")]
    pub unit: Option<String>,
    /// What can be chosen.
    #[serde(rename = "choix")]
    pub choices: Vec<ChoiceCard>,
    /// The question, for the buyer.
    pub question: String,
    /// Value used when the dossier gives none.
    #[serde(rename = "defaut")]
    pub default: Option<Raw>,
    /// The text does without it.
    #[serde(rename = "facultatif")]
    pub optional: bool,
    /// Least and greatest value.
    #[serde(rename = "bornes")]
    pub bounds: Option<(Raw, Raw)>,
    /// Usual range, in words.
    #[serde(rename = "fourchette")]
    pub range: String,
    /// Where the default or the range comes from.
    pub source: String,
    /// How sure they are.
    #[serde(rename = "certitude")]
    pub confidence: Confidence,
    /// Who usually answers.
    #[serde(rename = "qui")]
    pub who: Answerer,
}

/// A choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct ChoiceCard {
    /// As the dossier writes it.
    #[serde(rename = "valeur")]
    pub word: String,
    /// As the text prints it.
    #[serde(rename = "texte")]
    pub text: String,
}

impl ParameterCard {
    fn new(clause: &Clause, parameter: &Parameter) -> Self {
        let choice = |(word, text): &(String, String)| ChoiceCard { word: word.clone(), text: text.clone() };
        Self {
            name: parameter.name.clone(),
            kind: parameter.kind.word().to_owned(),
            unit: parameter.kind.unit().map(str::to_owned),
            choices: parameter.kind.choices().iter().map(choice).collect(),
            question: parameter.question.clone(),
            default: parameter.default.as_ref().map(written),
            optional: parameter.optional,
            bounds: parameter.bounds.as_ref().map(|(low, high)| (written(low), written(high))),
            range: parameter.range.clone(),
            source: parameter.source.clone(),
            confidence: parameter.confidence,
            who: clause.answerer(parameter),
        }
    }
}

/// A value as a dossier in JSON writes it.
fn written(value: &Value) -> Raw {
    match value {
        Value::Integer(n) => (*n).into(),
        Value::Flag(yes) => (*yes).into(),
        Value::Date(day) => (*day).into(),
        Value::List(items) => items.clone().into(),
        other => other.plain().into(),
    }
}

/// A family of purchase, with the usages from which a calculation starts: practice, for the buyer to confirm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct FamilyCard {
    /// Id.
    pub id: String,
    /// Title.
    #[serde(rename = "titre")]
    pub title: String,
    /// Other words under which a buyer looks for it.
    #[serde(rename = "mots")]
    pub words: Vec<String>,
    /// Beginnings of the CPV codes that belong to it.
    pub cpv: Vec<String>,
    /// Nature of what its first CPV code names; null when it has none.
    pub nature: Option<ContractNature>,
    /// Share of labour in the amount.
    #[serde(rename = "main_oeuvre")]
    pub labour: UsageCard,
    /// Selling price of an hour.
    #[serde(rename = "prix_horaire")]
    pub price: UsageCard,
    /// Insertion rate; null where there is no usage.
    #[serde(rename = "taux_usuel")]
    pub rate: Option<UsageCard>,
    /// How sure these are.
    #[serde(rename = "certitude")]
    pub confidence: Confidence,
    /// What to know of the family.
    pub note: String,
}

/// A range of practice, and the value to start from, as a dossier writes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct UsageCard {
    /// Least.
    #[serde(rename = "bas")]
    pub low: String,
    /// Most.
    #[serde(rename = "haut")]
    pub high: String,
    /// The value to start from.
    #[serde(rename = "defaut")]
    pub default: String,
}

impl UsageCard {
    fn new<T: Clone>(range: &Range<T>, default: T, value: impl Fn(T) -> Value) -> Self {
        let plain = |amount: T| value(amount).plain();
        Self { low: plain(range.low.clone()), high: plain(range.high.clone()), default: plain(default) }
    }
}

impl FamilyCard {
    pub(super) fn new(library: &Library, family: &Family) -> Self {
        let division = family.cpv.first().and_then(|prefix| library.legal().division(prefix));
        let Range { low, high } = &family.hourly_price;
        let middle = (&low.0 + &high.0).over(&Number::from_int(2)).map_or_else(|| low.clone(), Euros);
        Self {
            id: family.id.to_string(),
            title: family.title.to_string(),
            words: family.words.iter().map(ToString::to_string).collect(),
            cpv: family.cpv.iter().map(ToString::to_string).collect(),
            nature: division.map(|division| division.nature),
            labour: UsageCard::new(&family.labour, family.labour_default.clone(), Value::Rate),
            price: UsageCard::new(&family.hourly_price, middle, Value::Amount),
            rate: family.usual_rate.as_ref().map(|usual| UsageCard::new(usual, usual.low.clone(), Value::Rate)),
            confidence: family.confidence,
            note: family.note.to_string(),
        }
    }
}
