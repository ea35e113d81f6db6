//! The law as dated data: texts, figures, the six CCAG, eligible people, purchase families.
//!
//! Everything is asked [at a date](Legal::at): the launch of the consultation (sending of the notice, or engagement), never
//! today. The register answers or says why it does not ([`LegalError`]); what nobody has confirmed is refused.
//!
//! An entry is parsed when it is asked for: a command that cites three articles parses three entries.

mod ccag;
mod cpv;
mod dated;
mod error;
mod families;
mod file;
mod parameters;
mod publics;
mod texts;
mod usages;

pub use ccag::{CcagDerogation, Concept, DerogationLevel, Occasion, Requirement};
pub use cpv::Division;
pub use dated::Interval;
pub use error::LegalError;
pub use families::{Family, Feasibility, Range};
pub use parameters::{DatedFigure, Figure, Measure, Standing, Unit};
pub use publics::{Outdated, Public, PublicFamily, Structure, WorkMode};
pub use texts::{Form, Source, Text, TextName, TextVersion, Twin};
pub use usages::Usages;

use crate::base::quantity::{Date, Euros};
use crate::base::terms::{BuyerCategory, Ccag, Certainty, ContractForm, ContractNature, Regime, ReservedTo};
use crate::file::reading::{FileProblem, LoadErrors, Problem, Report, nearest};
use dated::{Dated, on};
pub(crate) use file::Written;
use file::{File, Known, Recorded};
use std::borrow::Cow;
use std::sync::OnceLock;

/// The dated register of law.
#[derive(Debug)]
pub struct Legal {
    sources: File<Source>,
    texts: File<Text>,
    parameters: File<Figure>,
    concepts: File<Concept>,
    publics: File<Public>,
    structures: File<Structure>,
    families: File<Family>,
    derogations: File<CcagDerogation>,
    requirements: File<Requirement>,
    divisions: File<Division>,
    usages: OnceLock<usages::Times>,
}

impl Legal {
    /// A register from its files (name or path, text), read and validated whole.
    ///
    /// # Errors
    /// Everything wrong in them: syntax, unknown keys, values that cannot be read, missing sources, versions that overlap or
    /// leave a hole, unknown or duplicate ids.
    pub fn from_sources<F, T>(files: impl IntoIterator<Item = (F, T)>) -> Result<Self, LoadErrors>
    where
        F: Into<Cow<'static, str>>,
        T: Into<Cow<'static, str>>,
    {
        let written = |(file, text): (F, T)| Written { name: file.into(), text: text.into(), packed: &[] };
        let legal = Self::unchecked(files.into_iter().map(written).collect());
        let problems = legal.validate();
        if problems.is_empty() { Ok(legal) } else { Err(LoadErrors { problems }) }
    }

    /// A register whose files are known to be right: each entry is parsed when it is asked for.
    pub(crate) fn unchecked(mut files: Vec<Written>) -> Self {
        let files = &mut files;
        Self {
            sources: File::among(files),
            texts: File::among(files),
            parameters: File::among(files),
            concepts: File::among(files),
            publics: File::among(files),
            structures: File::among(files),
            families: File::among(files),
            derogations: File::among(files),
            requirements: File::among(files),
            divisions: File::among(files),
            usages: OnceLock::new(),
        }
    }

    /// Each file of the register with its entries read, as [`Written::packed`] takes them.
    pub(crate) fn pack(&self) -> Vec<(&str, Vec<u8>)> {
        vec![
            (self.sources.name(), self.sources.pack()),
            (self.texts.name(), self.texts.pack()),
            (self.parameters.name(), self.parameters.pack()),
            (self.concepts.name(), self.concepts.pack()),
            (self.publics.name(), self.publics.pack()),
            (self.structures.name(), self.structures.pack()),
            (self.families.name(), self.families.pack()),
            (self.derogations.name(), self.derogations.pack()),
            (self.requirements.name(), self.requirements.pack()),
            (self.divisions.name(), self.divisions.pack()),
        ]
    }

    /// Parses every file and notes everything wrong, file by file in the order of the lines.
    pub(crate) fn validate(&self) -> Vec<FileProblem> {
        let known = Known {
            texts: self.texts.ids().collect(),
            sources: self.sources.ids().collect(),
            concepts: self.concepts.ids().collect(),
        };
        let mut out = Vec::new();
        check(&self.sources, &known, &mut out);
        check(&self.texts, &known, &mut out);
        check(&self.parameters, &known, &mut out);
        check(&self.concepts, &known, &mut out);
        check(&self.publics, &known, &mut out);
        check(&self.structures, &known, &mut out);
        check(&self.families, &known, &mut out);
        check(&self.derogations, &known, &mut out);
        check(&self.requirements, &known, &mut out);
        check(&self.divisions, &known, &mut out);
        out.extend(self.missing_parameters());
        out
    }

    /// The European thresholds and the usages that the program asks for and that the file does not give, or in another unit.
    fn missing_parameters(&self) -> Vec<FileProblem> {
        let report = Report::new("");
        let thresholds = parameters::EUROPEAN_THRESHOLDS.map(|id| ("le seuil européen", id, Unit::Euros));
        let usages = usages::IDS.iter().map(|(id, unit)| ("l’usage", *id, *unit));
        for (what, id, unit) in thresholds.into_iter().chain(usages) {
            if self.parameter(id).is_none_or(|p| p.unit != unit || p.values.is_empty()) {
                report.add(0..0, format!("{what} « {id} » manque, ou n’est pas en {unit}"), "ajoutez-le");
            }
        }
        let named = |problem: Problem| FileProblem { file: self.parameters.name().to_owned(), problem };
        report.into_problems().into_iter().map(named).collect()
    }

    /// The register on a launch date.
    pub fn at(&self, date: Date) -> InForce<'_> {
        InForce { legal: self, date, rules: None }
    }

    /// The first day that the register covers; `None` only when the files do not say it, which validation refuses.
    pub fn first_day(&self) -> Option<Date> {
        self.texts.preamble().first_day
    }

    /// The last day on which the register was read against its sources; `None` when its file does not say it.
    pub fn last_reading(&self) -> Option<Date> {
        self.texts.preamble().last_reading
    }

    /// Every text, in the order of the file.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.texts.iter()
    }

    /// A text with all its versions.
    pub fn text(&self, id: &str) -> Option<&Text> {
        self.texts.get(id)
    }

    /// Every parameter, in the order of the file.
    pub fn parameters(&self) -> impl Iterator<Item = &Figure> {
        self.parameters.iter()
    }

    /// A parameter with all its values.
    pub fn parameter(&self, id: &str) -> Option<&Figure> {
        self.parameters.get(id)
    }

    /// The units that are measured, and not counted whole.
    pub(crate) fn measured_units(&self) -> &[Box<str>] {
        &self.parameters.preamble().0
    }

    /// The figures of practice on a launch date; `None` only when the register lacks one, which validation refuses.
    pub fn usages(&self, date: Date) -> Option<Usages> {
        self.usages.get_or_init(|| usages::Times::of(self)).on(date).cloned()
    }

    /// Last day of the figures that the law sets for a time, as the European thresholds; `None` when it sets none so.
    pub fn known_until(&self) -> Option<Date> {
        let last = |parameter: &Figure| match parameter.values.last()? {
            DatedFigure { standing: Standing::Law { .. }, interval, .. } => interval.until,
            DatedFigure { .. } => None,
        };
        self.parameters().filter_map(last).max()
    }

    /// Every source.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter()
    }

    /// A source.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.get(id)
    }

    /// Every concept of the CCAG table.
    pub fn concepts(&self) -> impl Iterator<Item = &Concept> {
        self.concepts.iter()
    }

    /// A concept of the CCAG table.
    pub fn concept(&self, id: &str) -> Option<&Concept> {
        self.concepts.get(id)
    }

    /// Id of the text that approves a CCAG; `None` without a CCAG.
    pub fn ccag_text(&self, ccag: Ccag) -> Option<&str> {
        self.concepts.preamble().iter().find(|(c, _)| *c == ccag).map(|(_, id)| &**id)
    }

    /// The article of a CCAG that carries a concept (« 20.1.5 »); `None` when the concept is unknown or not in that CCAG.
    pub fn ccag_article(&self, concept: &str, ccag: Ccag) -> Option<&str> {
        self.concept(concept)?.article(ccag)
    }

    /// « articles 20.1.5 et 20.2.3 du CCAG-Travaux », each article once; concepts that this CCAG does not know, or knows in a
    /// comment only, are passed over. `None` when nothing is left.
    pub fn cite_ccag(&self, concepts: &[&str], ccag: Ccag) -> Option<String> {
        ccag::citation(concepts.iter().filter_map(|id| self.concept(id)), ccag)
    }

    /// As [`cite_ccag`](Self::cite_ccag), without the name of the CCAG: « articles 20.1.5 et 20.2.3 ».
    pub fn ccag_provisions(&self, concepts: &[&str], ccag: Ccag) -> Option<String> {
        ccag::provisions(concepts.iter().filter_map(|id| self.concept(id)), ccag)
    }

    /// Every way to depart from the CCAG.
    pub fn derogations(&self) -> impl Iterator<Item = &CcagDerogation> {
        self.derogations.iter()
    }

    /// A way to depart from the CCAG.
    pub fn derogation(&self, id: &str) -> Option<&CcagDerogation> {
        self.derogations.get(id)
    }

    /// The articles of a CCAG from which a derogation departs (« article 20.1.5 du CCAG-Travaux »); `None` when it does not
    /// depart from that CCAG.
    pub fn cite_derogation(&self, derogation: &CcagDerogation, ccag: Ccag) -> Option<String> {
        if derogation.except.contains(&ccag) {
            return None;
        }
        ccag::citation(derogation.concepts.iter().filter_map(|id| self.concept(id)), ccag)
    }

    /// Everything that the CCAG leaves to the contract.
    pub fn requirements(&self) -> impl Iterator<Item = &Requirement> {
        self.requirements.iter()
    }

    /// Something that the CCAG leaves to the contract.
    pub fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.requirements.get(id)
    }

    /// The categories of eligible people.
    pub fn publics(&self) -> impl Iterator<Item = &Public> {
        self.publics.iter()
    }

    /// A category of eligible people.
    pub fn public(&self, id: &str) -> Option<&Public> {
        self.publics.get(id)
    }

    /// The structures.
    pub fn structures(&self) -> impl Iterator<Item = &Structure> {
        self.structures.iter()
    }

    /// A structure.
    pub fn structure(&self, id: &str) -> Option<&Structure> {
        self.structures.get(id)
    }

    /// The division of the CPV vocabulary to which a code belongs, by its first two digits.
    pub fn division(&self, cpv: &str) -> Option<&Division> {
        self.divisions.get(cpv.get(..2)?)
    }

    /// The purchase families.
    pub fn families(&self) -> impl Iterator<Item = &Family> {
        self.families.iter()
    }

    /// The purchase families that words of the trade or a CPV code name, the nearest first, case and accents indifferent;
    /// all of them, in the order of the register, when nothing is said.
    pub fn families_named(&self, words: &str) -> Vec<&Family> {
        families::named(self.families(), words)
    }

    /// A purchase family.
    pub fn family(&self, id: &str) -> Option<&Family> {
        self.families.get(id)
    }
}

/// The register on a launch date.
#[derive(Debug, Clone, Copy)]
pub struct InForce<'l> {
    legal: &'l Legal,
    date: Date,
    /// The rules of the contract, when a contract is asked about.
    rules: Option<Rules>,
}

/// The rules under which a contract is passed: they have each their articles in the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rules {
    /// Part II of the code, without its third book.
    Market,
    /// Part II, third book: defence or security.
    Defence,
    /// Part III.
    Concession,
}

impl Rules {
    /// True when an article belongs to these rules. Those of the code have four figures, the part and the book first; any
    /// other text belongs to all.
    fn cover(self, id: &str) -> bool {
        let number =
            id.strip_prefix("ccp-").map(|article| article.trim_start_matches(|c: char| c.is_ascii_alphabetic()));
        let number = number.filter(|n| n.bytes().take_while(u8::is_ascii_digit).count() == 4).unwrap_or_default();
        match self {
            _ if number.is_empty() => true,
            Self::Market => number.starts_with('2') && !number.starts_with("23"),
            Self::Defence => number.starts_with('2'),
            Self::Concession => number.starts_with('3'),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Market => "un marché ordinaire",
            Self::Defence => "un marché de défense ou de sécurité",
            Self::Concession => "une concession",
        }
    }
}

/// A text and its version in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextInForce<'l> {
    /// The text.
    pub text: &'l Text,
    /// Its version on the date asked for.
    pub version: &'l TextVersion,
}

/// The European threshold of a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Threshold<'l> {
    /// Id of the parameter.
    pub id: &'l str,
    /// The amount, excluding tax.
    pub amount: &'l Euros,
    /// The whole value, with its text and its sources.
    pub value: &'l DatedFigure,
}

impl<'l> InForce<'l> {
    /// The launch date.
    pub fn date(self) -> Date {
        self.date
    }

    /// The register.
    pub fn legal(self) -> &'l Legal {
        self.legal
    }

    /// The register for a contract: each text is answered by the one that stands for it under the rules of that contract.
    #[must_use]
    pub fn for_contract(self, form: ContractForm, regime: Regime) -> Self {
        let rules = match (form, regime) {
            (ContractForm::Concession, _) => Rules::Concession,
            (_, Regime::Defence) => Rules::Defence,
            _ => Rules::Market,
        };
        Self { rules: Some(rules), ..self }
    }

    /// The text that stands for a text under the rules of the contract.
    fn own(self, text: &'l Text) -> Result<&'l Text, LegalError> {
        let Some(rules) = self.rules else { return Ok(text) };
        let twin = match rules {
            Rules::Market => None,
            Rules::Defence => text.in_defence.as_ref(),
            Rules::Concession => text.in_concession.as_ref(),
        };
        let elsewhere = || LegalError::Elsewhere {
            id: text.id.to_string(),
            name: text.name.cite(Form::Definite),
            contract: rules.word(),
        };
        match twin {
            Some(Twin::Nothing) => Err(elsewhere()),
            Some(Twin::Text(id)) => {
                let twin = self.legal.text(id).ok_or_else(|| unknown(id, self.legal.texts.ids()))?;
                // Until an article of its own came, the third book borrowed that of ordinary contracts.
                let borrowed = rules.cover(&text.id) && on(&twin.versions, self.date).is_none();
                Ok(if borrowed { text } else { twin })
            }
            None if rules.cover(&text.id) => Ok(text),
            None => Err(elsewhere()),
        }
    }

    /// True when a text, or one that stands for it, concerns the contract; an unknown text is for [`Self::text`] to refuse.
    pub fn concerns(self, id: &str) -> bool {
        self.legal.text(id).is_none_or(|text| self.own(text).is_ok())
    }

    /// The text of the register that lets a lot of the contract be reserved; `None` when none is in force.
    pub fn reservation(self, reserved: ReservedTo) -> Option<&'l str> {
        let grounds = &self.legal.texts.preamble().reservations;
        let (_, id) = grounds.iter().find(|(kind, _)| *kind == reserved)?;
        self.text(id).ok().map(|found| &*found.text.id)
    }

    /// The texts in force on which a lot reserved to these kinds rests, that of their joining with them.
    pub(crate) fn reservations(self, reserved: &[ReservedTo]) -> Vec<&'l str> {
        let joint = self.legal.texts.preamble().joint_reservation.as_deref().filter(|_| reserved.len() > 1);
        let joint = joint.and_then(|id| self.text(id).ok()).map(|found| &*found.text.id);
        reserved.iter().filter_map(|kind| self.reservation(*kind)).chain(joint).collect()
    }

    /// A text in force and confirmed.
    ///
    /// # Errors
    /// When the register does not know it, when it does not apply to the contract, when it is not in force, when nobody has confirmed it, when the date precedes the
    /// register.
    pub fn text(self, id: &str) -> Result<TextInForce<'l>, LegalError> {
        self.covered()?;
        let legal = self.legal;
        let text = self.own(legal.text(id).ok_or_else(|| unknown(id, legal.texts.ids()))?)?;
        let name = || text.name.cite(Form::Definite);
        let version = self.version(id, name, &text.versions)?;
        if version.certainty == Certainty::ToVerify {
            return Err(LegalError::NotConfirmed { id: id.to_owned(), name: name(), date: self.date });
        }
        Ok(TextInForce { text, version })
    }

    /// True when a text, in force and confirmed, creates that day the duty for which it is known.
    pub fn imposes(self, id: &str) -> bool {
        self.text(id).is_ok_and(|found| found.version.imposes)
    }

    /// Every text in force, confirmed or not.
    pub fn texts(self) -> impl Iterator<Item = TextInForce<'l>> {
        let texts = self.legal.texts();
        texts.filter_map(move |text| on(&text.versions, self.date).map(|version| TextInForce { text, version }))
    }

    /// The citation of texts that are all in force and confirmed; articles of one code are brought together.
    ///
    /// # Errors
    /// As [`Self::text`], for the first text that cannot be cited.
    pub fn cite(self, ids: &[&str], form: Form) -> Result<String, LegalError> {
        let names = ids.iter().map(|id| self.text(id).map(|t| &t.text.name)).collect::<Result<Vec<_>, _>>()?;
        Ok(texts::citation(&names, form))
    }

    /// The value of a parameter, in force and confirmed. A value of practice is never refused: its standing says what it is.
    ///
    /// # Errors
    /// When the register does not know it, when it has no value on that date, when nobody has confirmed it, when the date
    /// precedes the register.
    pub fn parameter(self, id: &str) -> Result<&'l DatedFigure, LegalError> {
        self.parameter_with_id(id).map(|(_, value)| value)
    }

    /// Every parameter that has a value, confirmed or not.
    pub fn parameters(self) -> impl Iterator<Item = (&'l Figure, &'l DatedFigure)> {
        let parameters = self.legal.parameters();
        parameters.filter_map(move |p| on(&p.values, self.date).map(|value| (p, value)))
    }

    /// The European threshold of a contract, by what is bought, the form of the contract, the buyer and the regime.
    ///
    /// # Errors
    /// As [`Self::parameter`].
    pub fn european_threshold(
        self,
        nature: ContractNature,
        form: ContractForm,
        buyer: BuyerCategory,
        regime: Regime,
    ) -> Result<Threshold<'l>, LegalError> {
        let id = parameters::european_threshold(nature, form, buyer, regime);
        let (parameter, value) = self.parameter_with_id(id)?;
        // Validation has checked that thresholds are amounts.
        let amount = value.euros().ok_or_else(|| unknown(id, std::iter::empty()))?;
        Ok(Threshold { id: &parameter.id, amount, value })
    }

    fn parameter_with_id(self, id: &str) -> Result<(&'l Figure, &'l DatedFigure), LegalError> {
        self.covered()?;
        let legal = self.legal;
        let parameter = legal.parameter(id).ok_or_else(|| unknown(id, legal.parameters.ids()))?;
        let value = self.version(id, || parameter.title.to_string(), &parameter.values)?;
        if value.certainty() == Some(Certainty::ToVerify) {
            let name = parameter.title.to_string();
            return Err(LegalError::NotConfirmed { id: id.to_owned(), name, date: self.date });
        }
        Ok((parameter, value))
    }

    fn covered(self) -> Result<(), LegalError> {
        match self.legal.first_day() {
            Some(first_day) if self.date < first_day => Err(LegalError::BeforeFirstDay { date: self.date, first_day }),
            _ => Ok(()),
        }
    }

    fn version<T: Dated>(self, id: &str, name: impl Fn() -> String, versions: &'l [T]) -> Result<&'l T, LegalError> {
        if let Some(version) = on(versions, self.date) {
            return Ok(version);
        }
        match (versions.first(), versions.last()) {
            (Some(first), Some(last)) => Err(LegalError::NotInForce {
                id: id.to_owned(),
                name: name(),
                date: self.date,
                validity: Interval { from: first.interval().from, until: last.interval().until },
            }),
            _ => Err(unknown(id, std::iter::empty())),
        }
    }
}

fn unknown<'a>(id: &str, known: impl Iterator<Item = &'a str>) -> LegalError {
    LegalError::Unknown { id: id.to_owned(), near: nearest(id, known).map(str::to_owned) }
}

fn check<T: Recorded>(file: &File<T>, known: &Known<'_>, out: &mut Vec<FileProblem>) {
    let named = |problem: Problem| FileProblem { file: file.name().to_owned(), problem };
    out.extend(file.check(known).into_iter().map(named));
}
