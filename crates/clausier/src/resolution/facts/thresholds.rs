//! What the law of the launch date requires of a contract, and the thresholds that decide it.

use super::*;

/// What the law of the launch date requires of this contract.
#[derive(Debug)]
pub(crate) struct Duties<'a> {
    /// Execution conditions must take the environment into account.
    pub(crate) environment: bool,
    /// One award criterion at least must be environmental.
    pub(crate) criterion: bool,
    /// Execution conditions must bear on the social field or employment.
    pub(crate) social: bool,
    /// The law has a social duty that day, whatever the amount.
    pub(crate) social_in_law: bool,
    /// Energy efficiency and sobriety must be taken into account.
    pub(crate) energy: bool,
    /// They may have to be: the law has the duty that day, and the register does not know the threshold.
    pub(crate) energy_uncertain: bool,
    /// A contract on renewable energy, launched when the duties may have reached it before all others.
    pub(crate) renewable: bool,
    /// The European threshold of the contract; `None` when the register cannot tell.
    pub(crate) threshold: Option<Threshold<'a>>,
}

impl<'a> Facts<'a> {
    /// The threshold of other services, when social services pass it: nothing says which one the social duty follows.
    pub(crate) fn ordinary_threshold_passed(&self) -> Option<&'a Euros> {
        let c = self.consultation;
        let settled = self.duties.social || !self.duties.social_in_law || self.duties.threshold.is_none();
        if c.regime != Regime::SocialServices || settled {
            return None;
        }
        let other = self.law.european_threshold(c.nature, c.form, c.buyer.category, Regime::Ordinary).ok()?;
        (c.estimated_value >= *other.amount).then_some(other.amount)
    }

    /// The last threshold that the register knows, when it does not know the one of the launch date and the estimated value
    /// reaches it: no later one is likely to spare this contract.
    pub(crate) fn last_threshold_passed(&self) -> Option<(&'a Euros, Date)> {
        if !self.duties.social_in_law || self.duties.threshold.is_some() {
            return None;
        }
        let c = self.consultation;
        let day = self.library.legal().last_reading().filter(|day| *day < c.launch)?;
        let law = self.library.legal().at(day).for_contract(c.form, c.regime);
        let last = law.european_threshold(c.nature, c.form, c.buyer.category, c.regime).ok()?;
        (c.estimated_value >= *last.amount).then_some((last.amount, day))
    }

    /// True when the social duty is not told due and yet may be: another threshold, or a maximum above the threshold.
    pub(crate) fn social_duty_is_doubtful(&self) -> bool {
        let crossed =
            self.duties.threshold.as_ref().zip(self.framework_maximum()).is_some_and(|(t, most)| most >= *t.amount);
        let under = self.duties.social_in_law && !self.duties.social;
        under && (crossed || self.ordinary_threshold_passed().is_some())
    }

    /// True for a lot under the European threshold, in a contract of several lots.
    pub(crate) fn under_threshold(&self, lot: u32) -> bool {
        let amount = self.consultation.lots.get(&lot).map(|lot| &lot.amount);
        let under = self.duties.threshold.as_ref().zip(amount).is_some_and(|(t, amount)| amount < t.amount);
        self.consultation.has_lots() && under
    }

    /// The value under which no procedure is imposed; `None` when the register cannot tell.
    pub(crate) fn exemption(&self) -> Option<&'a Euros> {
        let id = match self.consultation.nature {
            _ if self.consultation.regime == Regime::Defence => "dispense-defense",
            ContractNature::Works => "dispense-travaux",
            ContractNature::Supplies | ContractNature::Services => "dispense-fournitures-services",
        };
        self.law.parameter(id).ok()?.euros()
    }
}

pub(super) fn duties<'a>(legal: &'a Legal, consultation: &Consultation) -> Duties<'a> {
    let known = duties::assess(legal, &consultation.into());
    let due = |state| state == DutyState::Due;
    Duties {
        environment: due(known.environment),
        criterion: due(known.criterion),
        social: due(known.social),
        social_in_law: due(known.social_in_law),
        energy: due(known.energy),
        energy_uncertain: known.energy == DutyState::Unknown,
        renewable: consultation.regime != Regime::Defence
            && legal.text("loi-2021-1104-35-enr").is_some_and(|text| text.covers(consultation.launch))
            && about_renewable_energy(consultation),
        threshold: known.threshold,
    }
}

/// True when the object, a title or a CPV code says renewable energy.
fn about_renewable_energy(consultation: &Consultation) -> bool {
    const WORDS: [&str; 10] = [
        "photovolta",
        "solaire",
        "eolien",
        "methanis",
        "geotherm",
        "hydroelectri",
        "biomasse",
        "biogaz",
        "energie renouvelable",
        "energies renouvelables",
    ];
    // Solar energy, wind turbines, solar installations, hydroelectric works.
    const CODES: [&str; 4] = ["0933", "31121", "45251", "45261215"];
    let titles = consultation.lots.values().map(|lot| &lot.title);
    let said = std::iter::once(&consultation.object).chain(titles).any(|text| {
        let folded = crate::file::reading::plain(text);
        WORDS.iter().any(|word| folded.contains(word))
    });
    let codes = std::iter::once(&consultation.cpv).chain(consultation.lots.values().map(|lot| &lot.cpv));
    said || codes.into_iter().any(|code| CODES.iter().any(|prefix| code.starts_with(prefix)))
}
