//! The register on a launch date, for a contract: the texts in force, the values of the day.

use super::*;

/// The register on a launch date.
#[derive(Debug, Clone, Copy)]
pub struct InForce<'l> {
    pub(super) legal: &'l Legal,
    pub(super) date: Date,
    /// The rules of the contract, when a contract is asked about.
    pub(super) rules: Option<Rules>,
}

/// The rules under which a contract is passed: they have each their articles in the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rules {
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
