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
mod in_force;
mod parameters;
mod publics;
mod texts;
mod usages;

pub use ccag::{CcagDerogation, Concept, DerogationLevel, Occasion, Requirement};
pub use cpv::Division;
pub use dated::Interval;
pub use error::LegalError;
pub use families::{Family, Feasibility, Range};
pub use in_force::{InForce, TextInForce, Threshold};
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
        LoadErrors::of(legal.validate()).map(|()| legal)
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

fn check<T: Recorded>(file: &File<T>, known: &Known<'_>, out: &mut Vec<FileProblem>) {
    let named = |problem: Problem| FileProblem { file: file.name().to_owned(), problem };
    out.extend(file.check(known).into_iter().map(named));
}
