//! A quantity in a unit fixed by a clause, and how units are named and compared.

use super::*;

/// A quantity with its unit, fixed by the clause that declares it (« 18 t », « 1 200 m² », « 300 repas »).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json", derive(schemars::JsonSchema))]
pub struct Quantity {
    /// The figure.
    #[serde(rename = "valeur")]
    pub value: Number,
    /// The unit, as the clause writes it.
    #[serde(rename = "unite")]
    pub unit: String,
}

impl Quantity {
    /// Reads a figure in the given unit; the unit may be left out.
    ///
    /// # Errors
    /// With another unit, or when it is no figure.
    pub fn parse(text: &str, unit: &str) -> Result<Self, QuantityError> {
        let value = with_unit(text, unit, &[], "18", true)?;
        Ok(Self { value, unit: unit.to_owned() })
    }
}

impl FromStr for Quantity {
    type Err = QuantityError;

    /// Reads a figure and whatever unit follows it: « 18 t », and « 18 tonnes » as it is printed. A unit printed in the
    /// singular (« 1 lavage ») stays as it is.
    fn from_str(text: &str) -> Result<Self, QuantityError> {
        let (figure, unit) = split_unit(text);
        if unit.is_empty() || unit.chars().any(|c| c.is_control()) {
            let (text, expected, example) = (text.to_owned(), "une unité".to_owned(), "18 t".to_owned());
            return Err(QuantityError::Unit { text, expected, example });
        }
        let spelt = SPELT.iter().find(|(_, one, many)| unit == *one || unit == *many);
        Ok(Self { value: Number::parse(figure)?, unit: spelt.map_or(unit, |(short, ..)| short).to_owned() })
    }
}

/// Units that are spelt out when they are printed: as clauses write them, one, many.
const SPELT: [(&str, &str, &str); 4] =
    [("t", "tonne", "tonnes"), ("h", "heure", "heures"), ("km", "kilomètre", "kilomètres"), ("ans", "an", "ans")];

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // In French the plural starts at two.
        let spelt = SPELT.iter().find(|(short, ..)| self.unit == *short);
        let word = match (self.unit.as_str(), self.value >= Number::from_int(2)) {
            (unit, true) => spelt.map_or(unit, |(_, _, many)| many).to_owned(),
            (unit, false) => singular(unit),
        };
        write!(f, "{}{NBSP}{word}", self.value.printed())
    }
}

/// « 18 tonnes », « 25 heures par tonne », « 1,5 heure pour 100 m² » ; two symbols keep their stroke (« 10 g/l »).
pub(crate) fn show_quantity(quantity: &Quantity) -> String {
    let Some((top, _)) = quantity.unit.split_once('/') else { return quantity.to_string() };
    let (per, base) = ratio_base(&quantity.unit);
    let top = Quantity { value: quantity.value.clone(), unit: top.trim().to_owned() };
    let symbol = |unit: &str| unit.chars().count() <= 3 && singular(unit) == unit;
    if per == Number::from_int(1) && symbol(&top.unit) && symbol(base) {
        format!("{top}/{base}")
    } else if per == Number::from_int(1) {
        format!("{top} par {}", singular(base))
    } else {
        format!("{top} pour {}{NBSP}{base}", per.french(0))
    }
}

/// A unit in the singular, in words (« tonne », « lavage », « élément de mobilier »).
pub(crate) fn singular(unit: &str) -> String {
    const INVARIABLE: [&str; 4] = ["repas", "mois", "colis", "fois"];
    let word = |word: &str| match SPELT.iter().find(|(short, ..)| *short == word) {
        Some((_, one, _)) => (*one).to_owned(),
        None if INVARIABLE.contains(&word) || word.chars().count() < 4 => word.to_owned(),
        None => word.strip_suffix('s').unwrap_or(word).to_owned(),
    };
    unit.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// How many units of a measure one unit of a penalty is worth (« 100 m² » for a measure in « m² ») ; `None` when the
/// penalty is counted in another unit.
pub(crate) fn counted_in(penalty: &str, measure: &str) -> Option<Number> {
    let (per, base) = ratio_base(penalty);
    (base == measure || base == singular(measure)).then_some(per)
}

/// « h/100 m² » → (100, « m² ») ; « h/t » → (1, « t »).
pub(crate) fn ratio_base(unit: &str) -> (Number, &str) {
    let base = unit.split_once('/').map_or(unit, |(_, base)| base).trim();
    let digits = base.find(|c: char| !c.is_ascii_digit() && c != ' ' && c != '\u{202F}' && c != '\u{A0}').unwrap_or(0);
    match Number::parse(base[..digits].trim()) {
        Ok(per) if per.is_positive() => (per, base[digits..].trim()),
        _ => (Number::from_int(1), base),
    }
}
