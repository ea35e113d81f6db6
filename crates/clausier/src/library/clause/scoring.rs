//! How an award criterion notes an offer, as data: what two evaluators read alike and what the engine executes.
//!
//! A criterion shares its points among notes. Price and cost alone are relative (lowest ÷ offer); every other note is a
//! bounded scale or a grid of described levels, so that no mark depends on the offers of others.

use super::{Clause, Parameter, ParameterKind, Value};
use crate::base::quantity::{Number, Quantity, Rate};
use crate::base::terms::{CriterionNature, PriceForm, Sense, Vocabulary};
use crate::file::reading::{self, Table};

/// Decimals of a mark: each note is rounded once, half up.
pub const MARK_DECIMALS: u32 = 2;

/// One thing that a criterion notes, for its share of the points.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Note {
    /// Name, as a file of offers writes it.
    pub name: String,
    /// What is noted, without a full stop.
    pub title: String,
    /// Share of the points of the criterion, in per cent; the shares of a criterion make 100.
    pub share: i64,
    /// How it is noted.
    pub mode: Mode,
    /// For levels that count means of execution: parameter of the criterion that holds the penalty of a means that is missing
    /// when it is checked; `None` for what is judged on the offer alone, or paid by a clause.
    pub means: Option<String>,
}

/// How a note gives points.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Mode {
    /// Relative to the best of the offers: price and cost only.
    Relative {
        /// What is read for each form of price, in the order of the file; no form: it reads alike whatever the form.
        read: Vec<(Option<PriceForm>, String)>,
    },
    /// A straight line between two published values.
    Scale(Box<Scale>),
    /// Described levels, best first: per cent of the points, and what deserves them.
    Levels(Vec<(i64, String)>),
}

/// A straight line between the value that gives nothing and the value that gives all.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Scale {
    /// Unit of the value offered (« t », « % », « mois »).
    pub unit: String,
    /// Which way is better.
    pub sense: Sense,
    /// Value that gives no point. Read from a clause, it is that clause's minimum: an offer short of it is irregular.
    pub none_at: Bound,
    /// Value that gives all the points, and beyond which nothing is noted nor due.
    pub all_at: Bound,
    /// What the constat finds, when it is known: no promise is noted beyond it.
    pub stock: Option<Bound>,
    /// The value is written in the deed of commitment and owed.
    pub engaged: bool,
    /// Parameter of the criterion that holds the penalty for each unit by which an engaged value is missed; `None` when
    /// the clause whose target it raises has its own.
    pub penalty: Option<String>,
}

/// One end of a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Bound {
    /// A value of the criterion itself, in the unit of the scale.
    Fixed(Number),
    /// A parameter: of the criterion, or of a clause that it requires.
    Parameter {
        /// Clause that holds it; `None` for the criterion's own.
        clause: Option<String>,
        /// Name of the parameter.
        name: String,
        /// Part of it.
        part: Option<Rate>,
    },
}

impl Bound {
    fn parse(text: &str, unit: &str) -> Result<Self, String> {
        if text.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            if let Some((part, name)) = text.split_once(" de ") {
                let part = Rate::parse(part).map_err(|error| error.to_string())?;
                return Ok(Self::named(name, Some(part)));
            }
            return Quantity::parse(text, unit).map(|q| Self::Fixed(q.value)).map_err(|error| error.to_string());
        }
        Ok(Self::named(text, None))
    }

    fn named(text: &str, part: Option<Rate>) -> Self {
        let (clause, name) = match text.trim().split_once('.') {
            Some((clause, name)) => (Some(clause.to_owned()), name.to_owned()),
            None => (None, text.trim().to_owned()),
        };
        Self::Parameter { clause, name, part }
    }

    /// The clause that holds the value, when it is not the criterion.
    pub fn clause(&self) -> Option<&str> {
        match self {
            Self::Parameter { clause, .. } => clause.as_deref(),
            Self::Fixed(_) => None,
        }
    }
}

/// The value of a parameter as a number of the unit of a scale; `None` when the two do not compare.
pub(crate) fn in_unit(value: &Value, unit: &str) -> Option<Number> {
    let months = |number: i64| Number::from_int(number);
    match (value, unit) {
        (Value::Rate(rate), "%") => Some(rate.percent()),
        (Value::Amount(amount), "€") => Some(amount.0.clone()),
        (Value::Hours(hours), "h") => Some(hours.0.clone()),
        (Value::Duration(duration), "mois") => Some(duration.months()),
        (Value::Duration(duration), "ans") => duration.months().over(&months(12)),
        (Value::Quantity(quantity), unit) if quantity.unit == unit => Some(quantity.value.clone()),
        (Value::Integer(n), _) => Some(Number::from_int(*n)),
        _ => None,
    }
}

/// True when a parameter can stand at an end of a scale in this unit.
fn fits(parameter: &Parameter, unit: &str) -> bool {
    match (&parameter.kind, unit) {
        (ParameterKind::Rate, "%") | (ParameterKind::Amount, "€") | (ParameterKind::Hours, "h") => true,
        (ParameterKind::Duration, "mois" | "ans") | (ParameterKind::Integer, _) => true,
        (ParameterKind::Quantity(own), unit) => own == unit,
        _ => false,
    }
}

impl Note {
    /// The scale, when the note has one.
    pub fn scale(&self) -> Option<&Scale> {
        match &self.mode {
            Mode::Scale(scale) => Some(scale),
            _ => None,
        }
    }

    /// The clause whose own target the engaged value raises, when there is one.
    pub fn raises(&self) -> Option<&str> {
        self.scale().filter(|scale| scale.engaged).and_then(|scale| scale.none_at.clause())
    }
}

/// Reads the notes of a criterion (`[[critere.note]]`).
pub(crate) fn notes(table: &Table<'_, '_>, nature: Option<CriterionNature>) -> Vec<Note> {
    let tables = table.tables("note");
    if tables.is_empty() && !table.has("note") {
        let help = "ajoutez [[critere.note]] : nom, titre, part, mode";
        table.report.add(table.span.clone(), "le critère ne dit pas comment il note", help);
    }
    let alone = tables.len() == 1;
    let notes: Vec<Note> = tables.iter().filter_map(|inner| note(inner, nature, alone)).collect();
    for (i, note) in notes.iter().enumerate() {
        if notes[..i].iter().any(|other| other.name == note.name) {
            let message = format!("deux notes s’appellent « {} »", note.name);
            table.report.add(tables[i].span_of("nom"), message, "donnez à chacune son nom");
        }
    }
    let sum: i64 = notes.iter().map(|note| note.share).sum();
    if notes.len() == tables.len() && !notes.is_empty() && sum != 100 {
        table.report.add(tables[0].span.clone(), format!("les parts font {sum}, au lieu de 100"), "corrigez les parts");
    }
    notes
}

fn note(table: &Table<'_, '_>, nature: Option<CriterionNature>, alone: bool) -> Option<Note> {
    let name = table.required("nom", "\"masse\"");
    if !name.is_empty() && !name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
        let help = "minuscules sans accent, chiffres et « _ »";
        table.report.add(table.span_of("nom"), format!("« {name} » n’est pas un nom de note"), help);
    }
    let title = table.required("titre", "\"Masse remise au réemploi, minimum compris\"");
    let share = match table.integer("part", 1..=100) {
        Some(share) => Some(share),
        None if alone && !table.has("part") => Some(100),
        None => {
            if !table.has("part") {
                table.missing("part", "40");
            }
            None
        }
    };
    let mut means = None;
    let mode = table.required("mode", "\"echelle\" | \"niveaux\" | \"prix\"");
    let mode = match mode.as_str() {
        "prix" => relative(table, nature),
        "echelle" => scale(table),
        "niveaux" => {
            means = table.text("penalite").map(str::to_owned);
            levels(table)
        }
        "" => {
            table.all();
            None
        }
        other => {
            table.all();
            let help = reading::suggestion(other, ["echelle", "niveaux", "prix"]);
            table.report.add(table.span_of("mode"), format!("« {other} » : ce mode de notation n’existe pas"), help);
            None
        }
    };
    table.finish();
    Some(Note { name, title, share: share?, mode: mode?, means })
}

fn relative(table: &Table<'_, '_>, nature: Option<CriterionNature>) -> Option<Mode> {
    if !matches!(nature, Some(CriterionNature::Price | CriterionNature::Cost) | None) {
        let help = "prenez « echelle », entre deux valeurs publiées, ou « niveaux »";
        let message =
            "seuls le prix et le coût se comparent à l’offre la plus basse : ailleurs, un écart infime prend tout";
        table.report.add(table.span_of("mode"), message, help);
    }
    if !table.has("lu") {
        table.missing("lu", "{ forfait = \"montant total hors taxes\" }");
    }
    let inner = table.table("lu")?;
    let mut read = Vec::new();
    for entry in inner.all() {
        let form = PriceForm::from_word(&entry.key);
        if form.is_none() && entry.key != "tout" {
            let words = PriceForm::WORDS.iter().map(|(word, _)| *word).chain(["tout"]);
            let help = reading::suggestion(&entry.key, words);
            inner.report.add(
                entry.key_span.clone(),
                format!("« {} » : {} n’existe pas", entry.key, PriceForm::WHAT),
                help,
            );
        }
        read.push((form, inner.required(&entry.key, "\"montant total hors taxes\"")));
    }
    Some(Mode::Relative { read })
}

fn scale(table: &Table<'_, '_>) -> Option<Mode> {
    let unit = table.required("unite", "\"t\"");
    let sense = table.required_word::<Sense>("sens");
    let bound = |key: &'static str, example: &str| {
        let text = table.required(key, example);
        if text.is_empty() {
            return None;
        }
        let read = Bound::parse(&text, &unit);
        if let Err(error) = &read {
            table.report.add(table.span_of(key), error.clone(), "une valeur dans l’unité, ou le nom d’un paramètre");
        }
        read.ok()
    };
    let none_at = bound("zero_a", "\"clause.parametre\"");
    let all_at = bound("tout_a", "\"plafond\"");
    let stock = if table.has("gisement") { Some(bound("gisement", "\"clause.gisement\"")?) } else { None };
    let engaged = table.boolean("engage").unwrap_or(true);
    let penalty = table.text("penalite").map(str::to_owned);
    let scale = Scale { unit, sense: sense?, none_at: none_at?, all_at: all_at?, stock, engaged, penalty };
    if let (Bound::Fixed(none), Bound::Fixed(all)) = (&scale.none_at, &scale.all_at)
        && !rises(scale.sense, none, all)
    {
        let message =
            "l’échelle ne monte pas : la valeur qui donne tout n’est pas meilleure que celle qui ne donne rien";
        table.report.add(table.span_of("tout_a"), message, "inversez les deux valeurs, ou le sens");
    }
    Some(Mode::Scale(Box::new(scale)))
}

/// True when a scale rises from the value that gives nothing to the value that gives all.
pub(crate) fn rises(sense: Sense, none: &Number, all: &Number) -> bool {
    match sense {
        Sense::AtLeast => none < all,
        Sense::AtMost => none > all,
    }
}

fn levels(table: &Table<'_, '_>) -> Option<Mode> {
    if !table.has("niveaux") {
        table.missing("niveaux", "{ 100 = \"…\", 50 = \"…\", 0 = \"…\" }");
    }
    let inner = table.table("niveaux")?;
    let mut levels: Vec<(i64, String)> = Vec::new();
    for entry in inner.all() {
        let text = inner.required(&entry.key, "\"ce qui mérite ce niveau\"");
        match entry.key.parse::<i64>() {
            Ok(points @ 0..=100) if entry.key == points.to_string() => levels.push((points, text)),
            _ => inner.report.add(
                entry.key_span.clone(),
                format!("« {} » n’est pas un niveau", entry.key),
                "un niveau est un nombre entier de 0 à 100, en pour cent des points",
            ),
        }
    }
    levels.sort_by_key(|level| std::cmp::Reverse(level.0));
    let ends = levels.first().is_some_and(|l| l.0 == 100) && levels.last().is_some_and(|l| l.0 == 0);
    if !ends {
        let message = "les niveaux vont de 100 à 0 : la meilleure réponse a tous les points, l’absence n’en a aucun";
        table.report.add(inner.span.clone(), message, "ajoutez 100 = \"…\" ou 0 = \"…\"");
    }
    Some(Mode::Levels(levels))
}

/// What is wrong in the scoring of a criterion, given a way to find the clauses that it requires: message and place word.
pub(crate) fn ties<'c>(clause: &Clause, other: impl Fn(&str) -> Option<&'c Clause>) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let Some(criterion) = &clause.criterion else { return out };
    for note in &criterion.notes {
        if let Some(name) = &note.means
            && !clause.parameter(name).is_some_and(|parameter| parameter.kind == ParameterKind::Amount)
        {
            out.push((name.clone(), "n’est pas un montant que le critère demande".to_owned()));
        }
        let Some(scale) = note.scale() else { continue };
        for bound in [&scale.none_at, &scale.all_at].into_iter().chain(&scale.stock) {
            let Bound::Parameter { clause: holder, name, .. } = bound else { continue };
            let parameter = match holder {
                None => clause.parameter(name),
                Some(id) if !clause.requires.contains(id) => {
                    out.push((id.clone(), "n’est pas dans « requiert » : la valeur ne serait pas due".to_owned()));
                    continue;
                }
                // An unknown clause is told with « requiert ».
                Some(id) => match other(id) {
                    Some(found) => found.parameter(name),
                    None => continue,
                },
            };
            match parameter {
                None => out.push((name.clone(), "n’est pas un paramètre que cette note puisse lire".to_owned())),
                Some(parameter) if !fits(parameter, &scale.unit) => {
                    out.push((name.clone(), format!("ne se compte pas en « {} »", scale.unit)));
                }
                Some(_) => {}
            }
        }
        match (&scale.penalty, note.raises()) {
            (Some(name), None) if scale.engaged => match clause.parameter(name).map(|parameter| &parameter.kind) {
                Some(ParameterKind::Amount) => {}
                _ => out.push((name.clone(), "n’est pas un montant que le critère demande".to_owned())),
            },
            (Some(name), _) => {
                let message = "est de trop : la valeur n’est pas engagée, ou sa clause a déjà sa pénalité";
                out.push((name.clone(), message.to_owned()));
            }
            (None, None) if scale.engaged => {
                let message = "est engagée et rien ne la rend due : lisez son zéro dans une clause requise, \
                               ou donnez une « penalite » à la note";
                out.push((note.name.clone(), message.to_owned()));
            }
            (None, _) => {}
        }
    }
    out
}
