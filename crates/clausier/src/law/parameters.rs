//! Figures that law or practice sets (`parametres.toml`).

use super::dated::{Dated, Interval, check_sequence, on};
use super::file::{Recorded, Referent, RegisterReader, note};
use super::texts::verified;
use crate::base::bytes::kept;
use crate::base::quantity::{Date, Duration, Euros, Hours, Number, Rate};
use crate::base::terms::{
    BuyerCategory, Certainty, Confidence, ContractForm, ContractNature, Regime, Vocabulary, vocabulary,
};
use crate::file::reading::Table;

vocabulary! {
    /// What a parameter measures.
    Unit, "l’unité" {
        /// Euros, excluding tax.
        Euros = "euros",
        /// A share.
        Rate = "taux",
        /// A length of time.
        Duration = "duree",
        /// Hours of work.
        Hours = "heures",
        /// A plain number.
        Number = "nombre",
    }
}

/// A figure that law or practice sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Its id (« seuil-ue-travaux »).
    pub id: Box<str>,
    /// What it is, in our words.
    pub title: Box<str>,
    /// What it measures.
    pub unit: Unit,
    /// Its values, from the oldest to the newest, without hole nor overlap.
    pub values: Vec<DatedFigure>,
}

/// A value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedFigure {
    /// When it applies to a consultation launched on that day.
    pub interval: Interval,
    /// The value.
    pub value: Measure,
    /// What gives it its authority.
    pub standing: Standing,
    /// Where it was read: ids of [`super::Source`].
    pub sources: Vec<Box<str>>,
    /// Reserves; may be empty.
    pub note: Box<str>,
    /// Last human reading.
    pub verified: Date,
}

/// An exact value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Measure {
    /// Euros, excluding tax.
    Euros(Euros),
    /// A share.
    Rate(Rate),
    /// A length of time.
    Duration(Duration),
    /// Hours of work.
    Hours(Hours),
    /// A plain number.
    Number(Number),
}

/// What gives a value its authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// A text sets it.
    Law {
        /// Id of the text.
        text: Box<str>,
        /// How sure the value is.
        certainty: Certainty,
    },
    /// Practice: never a rule, always for the buyer to confirm.
    Practice {
        /// How well it is established.
        confidence: Confidence,
    },
}

impl Figure {
    /// True when a value, confirmed or not, applies on a day.
    pub fn covers(&self, date: Date) -> bool {
        on(&self.values, date).is_some()
    }
}

impl Dated for DatedFigure {
    fn interval(&self) -> Interval {
        self.interval
    }
}

impl DatedFigure {
    /// The value, when it is an amount.
    pub fn euros(&self) -> Option<&Euros> {
        if let Measure::Euros(value) = &self.value { Some(value) } else { None }
    }

    /// The value, when it is a share.
    pub fn rate(&self) -> Option<&Rate> {
        if let Measure::Rate(value) = &self.value { Some(value) } else { None }
    }

    /// The value, when it is a length of time.
    pub fn duration(&self) -> Option<&Duration> {
        if let Measure::Duration(value) = &self.value { Some(value) } else { None }
    }

    /// The value, when it is a number of hours.
    pub fn hours(&self) -> Option<&Hours> {
        if let Measure::Hours(value) = &self.value { Some(value) } else { None }
    }

    /// The value, when it is a plain number.
    pub fn number(&self) -> Option<&Number> {
        if let Measure::Number(value) = &self.value { Some(value) } else { None }
    }

    /// How sure the value is, when a text sets it; `None` for a value of practice.
    pub fn certainty(&self) -> Option<Certainty> {
        match self.standing {
            Standing::Law { certainty, .. } => Some(certainty),
            Standing::Practice { .. } => None,
        }
    }
}

impl std::fmt::Display for DatedFigure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.value {
            Measure::Euros(value) => value.fmt(f),
            Measure::Rate(value) => value.fmt(f),
            Measure::Duration(value) => value.fmt(f),
            Measure::Hours(value) => value.fmt(f),
            Measure::Number(value) => f.write_str(&value.french(2)),
        }
    }
}

/// The European thresholds, by id: what [`european_threshold`] may answer.
pub(super) const EUROPEAN_THRESHOLDS: [&str; 8] = [
    "seuil-ue-concessions",
    "seuil-ue-travaux",
    "seuil-ue-services-sociaux",
    "seuil-ue-services-sociaux-entites",
    "seuil-ue-fs-defense",
    "seuil-ue-fs-autorites-centrales",
    "seuil-ue-fs-entites",
    "seuil-ue-fs-autres",
];

/// Id of the European threshold of a contract (annexe 2 of the code de la commande publique).
pub(super) fn european_threshold(
    nature: ContractNature,
    form: ContractForm,
    buyer: BuyerCategory,
    regime: Regime,
) -> &'static str {
    let [concession, works, social, social_entity, defence, central, entity, other] = EUROPEAN_THRESHOLDS;
    let network = buyer == BuyerCategory::Entity;
    match (form, nature, regime) {
        (ContractForm::Concession, ..) => concession,
        (_, ContractNature::Works, _) => works,
        (_, ContractNature::Services, Regime::SocialServices) => {
            if network {
                social_entity
            } else {
                social
            }
        }
        (_, _, Regime::Defence) => defence,
        _ => match buyer {
            BuyerCategory::State | BuyerCategory::StateBody => central,
            BuyerCategory::Entity => entity,
            _ => other,
        },
    }
}

/// Units that are measured; the others are counted whole.
#[derive(Debug, Default)]
pub(super) struct MeasuredUnits(pub(super) Vec<Box<str>>);

kept! { parts MeasuredUnits { 0 } }
kept! { parts Figure { id, title, unit, values } }
kept! { parts DatedFigure { interval, value, standing, sources, note, verified } }
kept! {
    variants Measure {
        0 = Euros { 0: value },
        1 = Rate { 0: value },
        2 = Duration { 0: value },
        3 = Hours { 0: value },
        4 = Number { 0: value },
    }
}
kept! { variants Standing { 0 = Law { text: text, certainty: certainty }, 1 = Practice { confidence: confidence } } }

impl Recorded for Figure {
    const FILE: &'static str = "parametres.toml";
    const KEY: &'static str = "parametre";
    type Preamble = MeasuredUnits;

    fn preamble(reader: &RegisterReader, root: &Table<'_, '_>) -> MeasuredUnits {
        if !root.has("unites_mesurees") {
            root.missing("unites_mesurees", "{ liste = [\"t\"], sources = [\"…\"], certitude = \"bonne\" }");
        }
        let Some(table) = root.table("unites_mesurees") else { return MeasuredUnits::default() };
        let units = table.texts("liste").into_iter().map(String::into_boxed_str).collect();
        reader.sources(&table);
        table.required_word::<Confidence>("certitude");
        table.finish();
        MeasuredUnits(units)
    }

    fn read(reader: &RegisterReader, table: &Table<'_, '_>, id: Box<str>, _: &MeasuredUnits) -> Option<Self> {
        let title = table.required("intitule", "\"seuil européen des travaux\"").into();
        let unit = table.required_word::<Unit>("unite");
        let mut values = Vec::new();
        let mut intervals = Vec::new();
        for item in table.tables("valeur") {
            if let Some(value) = value(reader, &item, unit) {
                intervals.push((value.interval, item.span_of("depuis")));
                values.push(value);
            }
            item.finish();
        }
        if !table.has("valeur") {
            table.missing("valeur", "[[parametre.valeur]] …");
        }
        check_sequence(&intervals, table.report);
        Some(Self { id, title, unit: unit?, values })
    }
}

fn value(reader: &RegisterReader, table: &Table<'_, '_>, unit: Option<Unit>) -> Option<DatedFigure> {
    let interval = Interval::read(table);
    if !table.has("valeur") {
        table.missing("valeur", "\"5 404 000 €\"");
    }
    let value = unit.and_then(|unit| {
        table.measure("valeur", |text| {
            Ok(match unit {
                Unit::Euros => Measure::Euros(Euros::parse(text)?),
                Unit::Rate => Measure::Rate(Rate::parse(text)?),
                Unit::Duration => Measure::Duration(Duration::parse(text)?),
                Unit::Hours => Measure::Hours(Hours::parse(text)?),
                Unit::Number => Measure::Number(Number::parse(text)?),
            })
        })
    });
    let sources = reader.sources(table);
    let standing = match reader.reference(table, "texte", Referent::Text) {
        Some(text) => reader.certainty(table, &sources).map(|certainty| Standing::Law { text, certainty }),
        // Without a text it is practice: its certainty is said with the words of practice.
        None => table.required_word::<Confidence>("certitude").map(|confidence| Standing::Practice { confidence }),
    };
    let verified = verified(table);
    let note = note(table, "note");
    Some(DatedFigure { interval: interval?, value: value?, standing: standing?, sources, note, verified: verified? })
}
