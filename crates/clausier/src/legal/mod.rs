//! The law as dated data: texts, figures, the six CCAG, eligible people, purchase families.
//!
//! Everything is asked [at a date](Legal::at): the launch of the consultation (sending of the notice, or engagement), never
//! today. The register answers or says why it does not ([`LegalError`]); what nobody has confirmed is refused.
//!
//! Files are parsed when they are asked for: a command that cites three articles does not read the purchase families.

mod ccag;
mod dated;
mod error;
mod families;
mod parameters;
mod part;
mod publics;
mod texts;

pub use ccag::{Concept, Derogation, DerogationLevel, Occasion, Requirement};
pub use dated::Interval;
pub use error::LegalError;
pub use families::{Family, Feasibility, Range};
pub use parameters::{Parameter, ParameterValue, Standing, Unit, Value};
pub use publics::{Outdated, Public, PublicFamily, Structure, WorkMode};
pub use texts::{Form, Source, Text, TextName, TextVersion};

use crate::quantity::{Date, Euros};
use crate::reading::{FileProblem, LoadErrors, Problem, Report, nearest};
use crate::terms::{BuyerCategory, Ccag, Certainty, ContractForm, Nature, Regime};
use ccag::CcagTable;
use dated::{Dated, on};
use part::{Part, Target};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::OnceLock;
use texts::Texts;

/// The files of the register, in its folder.
const FILES: [&str; 9] = [
    "sources.toml",
    "textes.toml",
    "parametres.toml",
    "ccag.toml",
    "publics.toml",
    "structures.toml",
    "familles.toml",
    "derogations.toml",
    "completude.toml",
];

/// The dated register of law.
#[derive(Debug)]
pub struct Legal {
    files: Vec<(Cow<'static, str>, Cow<'static, str>)>,
    sources: OnceLock<Part<Vec<Source>>>,
    texts: OnceLock<Part<Texts>>,
    parameters: OnceLock<Part<Vec<Parameter>>>,
    ccag: OnceLock<Part<CcagTable>>,
    publics: OnceLock<Part<Vec<Public>>>,
    structures: OnceLock<Part<Vec<Structure>>>,
    families: OnceLock<Part<Vec<Family>>>,
    derogations: OnceLock<Part<Vec<Derogation>>>,
    requirements: OnceLock<Part<Vec<Requirement>>>,
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
        let legal = Self::unchecked(files.into_iter().map(|(file, text)| (file.into(), text.into())).collect());
        let problems = legal.validate();
        if problems.is_empty() { Ok(legal) } else { Err(LoadErrors { problems }) }
    }

    /// A register whose files are known to be right: each is parsed when it is asked for.
    pub(crate) fn unchecked(files: Vec<(Cow<'static, str>, Cow<'static, str>)>) -> Self {
        Self {
            files,
            sources: OnceLock::new(),
            texts: OnceLock::new(),
            parameters: OnceLock::new(),
            ccag: OnceLock::new(),
            publics: OnceLock::new(),
            structures: OnceLock::new(),
            families: OnceLock::new(),
            derogations: OnceLock::new(),
            requirements: OnceLock::new(),
        }
    }

    /// The register on a launch date.
    pub fn at(&self, date: Date) -> InForce<'_> {
        InForce { legal: self, date }
    }

    /// The first day that the register covers; `None` only when the files do not say it, which validation refuses.
    pub fn first_day(&self) -> Option<Date> {
        self.text_part().value.first_day
    }

    /// Every text, in the order of the file.
    pub fn texts(&self) -> &[Text] {
        &self.text_part().value.texts
    }

    /// A text with all its versions.
    pub fn text(&self, id: &str) -> Option<&Text> {
        self.texts().iter().find(|t| &*t.id == id)
    }

    /// Every parameter, in the order of the file.
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameter_part().value
    }

    /// A parameter with all its values.
    pub fn parameter(&self, id: &str) -> Option<&Parameter> {
        self.parameters().iter().find(|p| &*p.id == id)
    }

    /// Every source.
    pub fn sources(&self) -> &[Source] {
        &self.source_part().value
    }

    /// A source.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources().iter().find(|s| &*s.id == id)
    }

    /// Every concept of the CCAG table.
    pub fn concepts(&self) -> &[Concept] {
        &self.ccag_part().value.concepts
    }

    /// A concept of the CCAG table.
    pub fn concept(&self, id: &str) -> Option<&Concept> {
        self.concepts().iter().find(|c| &*c.id == id)
    }

    /// Id of the text that approves a CCAG; `None` without a CCAG.
    pub fn ccag_text(&self, ccag: Ccag) -> Option<&str> {
        self.ccag_part().value.texts.iter().find(|(c, _)| *c == ccag).map(|(_, id)| &**id)
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

    /// Every way to depart from the CCAG.
    pub fn derogations(&self) -> &[Derogation] {
        &self.derogation_part().value
    }

    /// A way to depart from the CCAG.
    pub fn derogation(&self, id: &str) -> Option<&Derogation> {
        self.derogations().iter().find(|d| &*d.id == id)
    }

    /// The articles of a CCAG from which a derogation departs (« article 20.1.5 du CCAG-Travaux »); `None` when it does not
    /// depart from that CCAG.
    pub fn cite_derogation(&self, derogation: &Derogation, ccag: Ccag) -> Option<String> {
        if derogation.except.contains(&ccag) {
            return None;
        }
        ccag::citation(derogation.concepts.iter().filter_map(|id| self.concept(id)), ccag)
    }

    /// Everything that the CCAG leaves to the contract.
    pub fn requirements(&self) -> &[Requirement] {
        &self.requirement_part().value
    }

    /// Something that the CCAG leaves to the contract.
    pub fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.requirements().iter().find(|r| &*r.id == id)
    }

    /// The categories of eligible people.
    pub fn publics(&self) -> &[Public] {
        &self.public_part().value
    }

    /// The structures.
    pub fn structures(&self) -> &[Structure] {
        &self.structure_part().value
    }

    /// The purchase families.
    pub fn families(&self) -> &[Family] {
        &self.family_part().value
    }

    /// A purchase family.
    pub fn family(&self, id: &str) -> Option<&Family> {
        self.families().iter().find(|f| &*f.id == id)
    }
}

/// The register on a launch date.
#[derive(Debug, Clone, Copy)]
pub struct InForce<'l> {
    legal: &'l Legal,
    date: Date,
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
    pub value: &'l ParameterValue,
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

    /// A text in force and confirmed.
    ///
    /// # Errors
    /// When the register does not know it, when it is not in force, when nobody has confirmed it, when the date precedes the
    /// register.
    pub fn text(self, id: &str) -> Result<TextInForce<'l>, LegalError> {
        self.covered()?;
        let legal = self.legal;
        let text = legal.text(id).ok_or_else(|| unknown(id, legal.texts().iter().map(|t| &*t.id)))?;
        let name = || texts::citation(&[&text.name], Form::Definite);
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
        let texts = self.legal.texts().iter();
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
    pub fn parameter(self, id: &str) -> Result<&'l ParameterValue, LegalError> {
        self.parameter_with_id(id).map(|(_, value)| value)
    }

    /// Every parameter that has a value, confirmed or not.
    pub fn parameters(self) -> impl Iterator<Item = (&'l Parameter, &'l ParameterValue)> {
        let parameters = self.legal.parameters().iter();
        parameters.filter_map(move |p| on(&p.values, self.date).map(|value| (p, value)))
    }

    /// The European threshold of a contract, by what is bought, the form of the contract, the buyer and the regime.
    ///
    /// # Errors
    /// As [`Self::parameter`].
    pub fn european_threshold(
        self,
        nature: Nature,
        form: ContractForm,
        buyer: BuyerCategory,
        regime: Regime,
    ) -> Result<Threshold<'l>, LegalError> {
        let id = parameters::european_threshold(nature, form, buyer, regime);
        let (parameter, value) = self.parameter_with_id(id)?;
        let amount = value.euros().ok_or_else(|| LegalError::Unknown { id: id.to_owned(), near: None })?;
        Ok(Threshold { id: &parameter.id, amount, value })
    }

    fn parameter_with_id(self, id: &str) -> Result<(&'l Parameter, &'l ParameterValue), LegalError> {
        self.covered()?;
        let legal = self.legal;
        let parameter = legal.parameter(id).ok_or_else(|| unknown(id, legal.parameters().iter().map(|p| &*p.id)))?;
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
            _ => Err(LegalError::Unknown { id: id.to_owned(), near: None }),
        }
    }
}

fn unknown<'a>(id: &str, known: impl Iterator<Item = &'a str>) -> LegalError {
    LegalError::Unknown { id: id.to_owned(), near: nearest(id, known).map(str::to_owned) }
}

/// Parsing, file by file, and what only the whole register can tell.
impl Legal {
    fn file(&self, name: &str) -> Option<(&str, &str)> {
        let found = self.files.iter().find(|(file, _)| file.rsplit('/').next() == Some(name));
        found.map(|(file, text)| (&**file, &**text))
    }

    fn content(&self, name: &str) -> &str {
        self.file(name).map_or("", |(_, text)| text)
    }

    fn source_part(&self) -> &Part<Vec<Source>> {
        self.sources.get_or_init(|| texts::read_sources(self.content("sources.toml")))
    }

    fn text_part(&self) -> &Part<Texts> {
        self.texts.get_or_init(|| texts::read_texts(self.content("textes.toml")))
    }

    fn parameter_part(&self) -> &Part<Vec<Parameter>> {
        self.parameters.get_or_init(|| parameters::read_parameters(self.content("parametres.toml")))
    }

    fn ccag_part(&self) -> &Part<CcagTable> {
        self.ccag.get_or_init(|| ccag::read_ccag(self.content("ccag.toml")))
    }

    fn public_part(&self) -> &Part<Vec<Public>> {
        self.publics.get_or_init(|| publics::read_publics(self.content("publics.toml")))
    }

    fn structure_part(&self) -> &Part<Vec<Structure>> {
        self.structures.get_or_init(|| publics::read_structures(self.content("structures.toml")))
    }

    fn family_part(&self) -> &Part<Vec<Family>> {
        self.families.get_or_init(|| families::read_families(self.content("familles.toml")))
    }

    fn derogation_part(&self) -> &Part<Vec<Derogation>> {
        self.derogations.get_or_init(|| ccag::read_derogations(self.content("derogations.toml")))
    }

    fn requirement_part(&self) -> &Part<Vec<Requirement>> {
        self.requirements.get_or_init(|| ccag::read_requirements(self.content("completude.toml")))
    }

    /// Parses every file and notes everything wrong, file by file in the order of the lines.
    pub(crate) fn validate(&self) -> Vec<FileProblem> {
        let known = Known {
            texts: self.texts().iter().map(|t| &*t.id).collect(),
            sources: self.sources().iter().map(|s| &*s.id).collect(),
            concepts: self.concepts().iter().map(|c| &*c.id).collect(),
        };
        let mut out = Vec::new();
        for name in FILES {
            let Some((file, text)) = self.file(name) else {
                let problem = Problem {
                    span: 0..0,
                    line: 1,
                    column: 1,
                    excerpt: String::new(),
                    message: format!("le fichier « {name} » manque au référentiel"),
                    help: String::new(),
                };
                out.push(FileProblem { file: name.to_owned(), problem });
                continue;
            };
            let problems = match name {
                "sources.toml" => known.check(text, self.source_part()),
                "textes.toml" => known.check(text, self.text_part()),
                "parametres.toml" => known.check(text, self.parameter_part()),
                "ccag.toml" => known.check(text, self.ccag_part()),
                "publics.toml" => known.check(text, self.public_part()),
                "structures.toml" => known.check(text, self.structure_part()),
                "familles.toml" => known.check(text, self.family_part()),
                "derogations.toml" => known.check(text, self.derogation_part()),
                _ => known.check(text, self.requirement_part()),
            };
            out.extend(problems.into_iter().map(|problem| FileProblem { file: file.to_owned(), problem }));
        }
        out
    }
}

/// The ids of the whole register.
struct Known<'l> {
    texts: BTreeSet<&'l str>,
    sources: BTreeSet<&'l str>,
    concepts: BTreeSet<&'l str>,
}

impl Known<'_> {
    /// The problems of a file, with the ids that designate nothing.
    fn check<T>(&self, source: &str, part: &Part<T>) -> Vec<Problem> {
        let report = Report::new(source);
        for reference in &part.references {
            let (what, known) = match reference.target {
                Target::Text => ("aucun texte de textes.toml", &self.texts),
                Target::Source => ("aucune source de sources.toml", &self.sources),
                Target::Concept => ("aucun concept de ccag.toml", &self.concepts),
            };
            if !known.contains(&*reference.id) {
                let help = nearest(&reference.id, known.iter().copied()).map_or_else(
                    || "ajoutez-le, ou corrigez".to_owned(),
                    |near| format!("vouliez-vous dire « {near} » ?"),
                );
                report.add(
                    reference.span.clone(),
                    format!("« {} » : {what} ne porte cet identifiant", reference.id),
                    help,
                );
            }
        }
        let mut problems = part.problems.clone();
        problems.extend(report.into_problems());
        problems.sort_by_key(|p| (p.span.start, p.span.end));
        problems
    }
}
