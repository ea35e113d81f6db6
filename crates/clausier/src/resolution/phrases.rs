//! Values and groups of lots as French texts print them.

use crate::base::quantity::{Euros, NBSP, Number};
use crate::base::terms::ContractForm;
use crate::base::typography::{PROTECT, RELEASE};
use crate::dossier::consultation::Consultation;
use crate::library::clause::{Parameter, ParameterKind, Value};
use crate::library::rich::verbatim;

impl Parameter {
    /// The default as texts print it.
    pub fn default_text(&self) -> Option<String> {
        self.default.as_ref().map(|value| plain(value, &self.kind))
    }

    /// The lowest and highest values accepted, as texts print them.
    pub fn bounds_text(&self) -> Option<(String, String)> {
        self.bounds.as_ref().map(|(low, high)| (plain(low, &self.kind), plain(high, &self.kind)))
    }
}

/// A typed value without the signs of what stays verbatim.
pub(crate) fn plain(value: &Value, kind: &ParameterKind) -> String {
    show(value, kind).replace([PROTECT, RELEASE], "")
}

/// A typed value as texts print it.
pub(crate) fn show(value: &Value, kind: &ParameterKind) -> String {
    match value {
        Value::Text(text) => verbatim(text),
        Value::Choice(word) => match kind {
            ParameterKind::Choice(choices) => {
                choices.iter().find(|(w, _)| w == word).map_or(word.clone(), |(_, t)| t.clone())
            }
            _ => word.clone(),
        },
        Value::Flag(flag) => if *flag { "oui" } else { "non" }.to_owned(),
        Value::List(items) => enumeration(items.iter().map(|item| verbatim(item))),
        figure => figure.figure(),
    }
}

/// « a, b et c ».
pub(crate) fn enumeration(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().collect();
    match items.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} et {last}", head.join(", ")),
    }
}

/// A contract in four grammatical forms: bare, with its article, after « de », after « à ».
pub(crate) fn contract_forms(form: ContractForm) -> [&'static str; 4] {
    match form {
        ContractForm::Market => ["marché", "le marché", "du marché", "au marché"],
        ContractForm::Framework => ["accord-cadre", "l’accord-cadre", "de l’accord-cadre", "à l’accord-cadre"],
        ContractForm::Concession => [
            "contrat de concession",
            "le contrat de concession",
            "du contrat de concession",
            "au contrat de concession",
        ],
    }
}

/// A group of lots in the same four forms, in the order of [`Rich::lots`](crate::library::rich::Rich::lots); the contract when it has no lots.
pub(crate) fn lot_forms(lots: &[u32], consultation: &Consultation) -> [String; 4] {
    if !consultation.has_lots() {
        return contract_forms(consultation.form).map(str::to_owned);
    }
    let list = &*lot_list(lots);
    if lots.len() == 1 {
        ["lot\u{A0}", "le lot\u{A0}", "du lot\u{A0}", "au lot\u{A0}"].map(|form| [form, list].concat())
    } else {
        ["lots ", "les lots ", "des lots ", "aux lots "].map(|form| [form, list].concat())
    }
}

/// « 1 », « 1 et 3 », « 2 à 4 ».
pub(crate) fn lot_list(lots: &[u32]) -> String {
    let consecutive = lots.windows(2).all(|w| w[1] == w[0] + 1);
    match (lots, consecutive) {
        ([first, .., last], true) if lots.len() > 2 => format!("{first} à {last}"),
        _ => enumeration(lots.iter().map(u32::to_string)),
    }
}

/// « Lot 1 », « Lots 2 à 4 », or « Marché ».
pub(crate) fn lot_title(lots: &[u32], consultation: &Consultation) -> String {
    let [form, ..] = lot_forms(lots, consultation);
    capital(&form)
}

pub(crate) fn capital(text: &str) -> String {
    let mut rest = text.chars();
    let mut out: String = rest.next().into_iter().flat_map(char::to_uppercase).collect();
    out.push_str(rest.as_str());
    out
}

/// « 1 000 € par tonne ».
pub(crate) fn per_unit(amount: &Euros, unit: &str) -> String {
    format!("{amount} par {unit}")
}

/// « 69,3 jours ».
pub(crate) fn plural(number: &Number, word: &str, decimals: u32) -> String {
    let s = if *number >= Number::from_int(2) { "s" } else { "" };
    format!("{}{NBSP}{word}{s}", number.french(decimals))
}
