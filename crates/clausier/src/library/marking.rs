//! How an award criterion notes an offer, as data: what two evaluators read alike and what the engine executes.
//!
//! A criterion shares its points among notes. Price and cost alone are relative (lowest ÷ offer); every other note is a
//! bounded scale or a grid of described levels, so that no mark depends on the offers of others.

mod frame;

use crate::base::quantity::{Euros, Number, Quantity, QuantityError, Rate};
use crate::base::terms::{CriterionNature, PriceForm, Sense, Vocabulary};
use crate::file::node::NodeValue;
use crate::file::reading::{self, Raw, Table};
pub use frame::Frame;

/// Keys of the values of a scale.
pub(crate) const NONE_AT: &str = "zero_a";
/// As [`NONE_AT`].
pub(crate) const ALL_AT: &str = "tout_a";
const STOCK: &str = "gisement";

/// Decimals of a mark: each note is rounded once, half up.
pub const MARK_DECIMALS: u32 = 2;

/// What an award criterion says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Criterion {
    /// What it judges.
    pub nature: CriterionNature,
    /// A cost over the life cycle, which takes the environmental characteristics of the offer into account.
    pub life_cycle: bool,
    /// Advised weight, lowest and highest, in points.
    pub weight: (i64, i64),
    /// What it notes, and how.
    pub notes: Vec<Note>,
    /// The frame in which its values are worked out; `None` when it has no figure to work out.
    pub frame: Option<Frame>,
    /// What the tenderer hands over for it.
    pub elements: Vec<String>,
    /// Criteria that note the same thing, and clauses that already demand it of all.
    pub excludes: Vec<String>,
    /// Why it is linked to the object.
    pub object: String,
}

impl Criterion {
    /// A criterion of the dossier's own: what it judges, what it notes.
    pub fn new(nature: CriterionNature, notes: Vec<Note>) -> Self {
        let (elements, excludes, object) = Default::default();
        Self { nature, life_cycle: false, weight: ANY_WEIGHT, notes, frame: None, elements, excludes, object }
    }

    /// It takes the environmental characteristics of the offer into account.
    pub fn is_environmental(&self) -> bool {
        self.nature == CriterionNature::Environmental || self.life_cycle
    }

    /// The values of clauses that give no point: each with its clause and its name.
    pub fn minimums(&self) -> impl Iterator<Item = (&str, &str)> {
        let scales = self.notes.iter().filter_map(Note::scale);
        scales.filter_map(|scale| match &scale.none_at {
            Bound::Parameter { clause: Some(clause), name, .. } => Some((clause.as_str(), name.as_str())),
            _ => None,
        })
    }

    /// It is the price alone.
    pub fn is_price(&self) -> bool {
        self.nature == CriterionNature::Price
    }

    /// It is a cost (global or life-cycle).
    pub fn is_cost(&self) -> bool {
        self.nature == CriterionNature::Cost
    }

    /// It bears on insertion.
    pub fn is_social(&self) -> bool {
        self.nature == CriterionNature::Social
    }
}

/// One thing that a criterion notes, for its share of the points: a sub-criterion where there are several.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Note {
    /// Name, as a file of offers writes it.
    pub name: String,
    /// What is noted, without a full stop.
    pub title: String,
    /// What it has of the points of the criterion.
    pub share: Share,
    /// How it is noted.
    pub mode: Mode,
    /// For levels that count means of execution: parameter of the criterion that holds the penalty of a means that is missing
    /// when it is checked; `None` for what is judged on the offer alone.
    pub means: Option<String>,
}

/// What a note has of the points of its criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Share {
    /// A part of them: the parts of a criterion make the whole.
    Part(Rate),
    /// In points: together they make the weight of the criterion. Only a dossier, which gives that weight, says it so.
    Points(Number),
}

impl Share {
    /// The points, for a criterion of this weight.
    pub fn of(&self, weight: &Number) -> Number {
        match self {
            Self::Part(part) => weight * &part.0,
            Self::Points(points) => points.clone(),
        }
    }
}

/// Who writes a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Author<'w> {
    /// A clause file: values and penalties are parameters, which the dossier gives.
    Library,
    /// A dossier: values and penalties stand in the notes themselves. With the weight of the criterion, when all the lots share it.
    Dossier(Option<&'w Number>),
}

/// How a note gives points.
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// What proves, with the offer, all that is promised beyond the value that gives nothing; `None` when the offer alone
    /// promises. What is not proved so earns nothing.
    pub offer_proof: Option<String>,
    /// The value is written in the deed of commitment and owed.
    pub engaged: bool,
    /// The penalty for each unit by which an engaged value is missed; `None` when the clause whose target it raises has its
    /// own.
    pub penalty: Option<UnitPenalty>,
    /// When an engaged value that has its own penalty is ascertained, and by what; `None` when the clause whose target it
    /// raises says so.
    pub proof: Option<String>,
}

/// The penalty for each unit by which an engaged value is missed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnitPenalty {
    /// The parameter of the criterion that holds it.
    Parameter(String),
    /// Its amount, in euros: a criterion of the dossier's own.
    Amount(Euros),
}

impl Scale {
    /// Its ends and what the constat finds, each with its key.
    pub(crate) fn keyed(&self) -> impl Iterator<Item = (&'static str, &Bound)> {
        let stock = self.stock.as_ref().map(|stock| (STOCK, stock));
        [(NONE_AT, &self.none_at), (ALL_AT, &self.all_at)].into_iter().chain(stock)
    }
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
    fn parse(text: &str, unit: &str) -> Result<Self, QuantityError> {
        if text.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            if let Some((part, name)) = text.split_once(" de ") {
                return Ok(Self::named(name, Some(Rate::parse(part)?)));
            }
            return Quantity::parse(text, unit).map(|q| Self::Fixed(q.value));
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

impl Note {
    /// A note on described levels, in per cent of its points, best first (`100`, …, `0`); it has all the points until
    /// [`Note::with_share`] says otherwise.
    pub fn on_levels<T: Into<String>>(
        name: impl Into<String>,
        title: impl Into<String>,
        levels: impl IntoIterator<Item = (i64, T)>,
    ) -> Self {
        let mode = Mode::Levels(levels.into_iter().map(|(points, text)| (points, text.into())).collect());
        Self { name: name.into(), title: title.into(), share: Share::Part(Rate::whole()), mode, means: None }
    }

    /// A note on a straight line between two values in a unit: no point at the first, all at the second. The value offered is
    /// owed; give it its penalty ([`Note::with_penalty`]), unless the first value is the minimum of a clause.
    pub fn on_scale(
        name: impl Into<String>,
        title: impl Into<String>,
        unit: impl Into<String>,
        sense: Sense,
        ends: (Bound, Bound),
    ) -> Self {
        let (none_at, all_at) = ends;
        let scale = Scale {
            unit: unit.into(),
            sense,
            none_at,
            all_at,
            stock: None,
            offer_proof: None,
            engaged: true,
            penalty: None,
            proof: None,
        };
        let mode = Mode::Scale(Box::new(scale));
        Self { name: name.into(), title: title.into(), share: Share::Part(Rate::whole()), mode, means: None }
    }

    /// The same note, with its part of the points.
    #[must_use]
    pub fn with_share(mut self, share: Share) -> Self {
        self.share = share;
        self
    }

    /// The same note, with the penalty in euros for each unit by which the value offered is missed, and when that is
    /// ascertained and by what (« chaque année, relevé des passages »); no effect without a scale.
    #[must_use]
    pub fn with_penalty(mut self, amount: Euros, proof: impl Into<String>) -> Self {
        if let Mode::Scale(scale) = &mut self.mode {
            scale.penalty = Some(UnitPenalty::Amount(amount));
            scale.proof = Some(proof.into());
        }
        self
    }

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

/// Reads what a criterion says of itself: `[critere]` of a clause file, `[critere.ID]` of a dossier, which has besides the keys
/// of any chosen criterion and finishes the table.
pub(crate) fn read(table: &Table<'_, '_>, author: Author<'_>) -> Option<Criterion> {
    let library = author == Author::Library;
    let nature = table.required_word::<CriterionNature>("nature");
    let weight = if library { advised(table) } else { ANY_WEIGHT };
    let life_cycle = table.has("cycle_de_vie") && table.boolean("cycle_de_vie")?;
    if life_cycle && nature.is_some_and(|nature| nature != CriterionNature::Cost) {
        let message = "seul un coût se calcule sur le cycle de vie";
        table.report.add(table.span_of("cycle_de_vie"), message, "retirez la clé, ou prenez la nature « cout »");
    }
    let own_method = !library && !table.optional("methode").is_empty();
    if library && table.has("methode") {
        table.text("methode");
        let message = "la méthode ne s’écrit pas : sa phrase se compose d’après les notes";
        table.report.add(table.span_of("methode"), message, "remplacez-la par [[critere.note]]");
    }
    if own_method && table.has("note") {
        let help = "retirez methode : la phrase publiée se compose d’après les notes";
        table.report.add(table.span_of("methode"), "des notes et une methode sont toutes deux données", help);
    }
    let notes = if own_method && !table.has("note") { Vec::new() } else { notes(table, nature, author) };
    let frame = if library { table.table("cadre").map(|inner| frame::frame(&inner, &notes)) } else { None };
    let criterion = Criterion {
        nature: nature?,
        life_cycle,
        weight,
        notes,
        frame,
        elements: table.texts("elements"),
        // What notes the same thing twice in a dossier is its buyer’s doing, and a check tells it.
        excludes: if library { table.texts("exclut") } else { Vec::new() },
        object: table.optional("lien_avec_l_objet"),
    };
    if library {
        table.finish();
    } else if criterion.is_social() && criterion.object.is_empty() {
        table.missing("lien_avec_l_objet", "\"Les heures se font sur les prestations du marché.\"");
    }
    Some(criterion)
}

/// No weight is advised.
const ANY_WEIGHT: (i64, i64) = (1, 100);

/// The weight that a clause file advises.
fn advised(table: &Table<'_, '_>) -> (i64, i64) {
    let Some(inner) = table.table("poids") else { return ANY_WEIGHT };
    let end = |key, usual| inner.integer(key, 1..=100).unwrap_or(usual);
    let range = (end("bas", ANY_WEIGHT.0), end("haut", ANY_WEIGHT.1));
    inner.finish();
    range
}

/// Reads the notes of a criterion (`[[critere.note]]`).
fn notes(table: &Table<'_, '_>, nature: Option<CriterionNature>, author: Author<'_>) -> Vec<Note> {
    let tables = table.tables("note");
    if tables.is_empty() && !table.has("note") {
        let help = format!("ajoutez [[{}]] : nom, titre, part, mode", table.at("note"));
        table.report.add(table.span.clone(), "le critère ne dit pas comment il note", help);
    }
    let alone = tables.len() == 1;
    let notes: Vec<Note> = tables.iter().filter_map(|inner| note(inner, nature, author, alone)).collect();
    for (i, note) in notes.iter().enumerate() {
        if notes[..i].iter().any(|other| other.name == note.name) {
            let message = format!("deux notes s’appellent « {} »", note.name);
            table.report.add(tables[i].span_of("nom"), message, "donnez à chacune son nom");
        }
    }
    if let (Some(first), true) = (tables.first(), notes.len() == tables.len()) {
        shares(first, &notes, author);
    }
    notes
}

/// The shares of the notes make the whole: in per cent, or in points of the weight.
fn shares(first: &Table<'_, '_>, notes: &[Note], author: Author<'_>) {
    let part = |note: &Note| match &note.share {
        Share::Part(part) => Some(part.percent()),
        Share::Points(_) => None,
    };
    let points = |note: &Note| match &note.share {
        Share::Points(points) => Some(points.clone()),
        Share::Part(_) => None,
    };
    let wrong = |message: String, help: &str| first.report.add(first.span.clone(), message, help);
    match (notes.iter().map(part).collect::<Option<Vec<_>>>(), notes.iter().map(points).collect::<Option<Vec<_>>>()) {
        (Some(parts), _) => {
            let sum: Number = parts.into_iter().sum();
            if sum != Number::from_int(100) {
                wrong(format!("les parts font {}, au lieu de 100", sum.french(2)), "corrigez les parts");
            }
        }
        (None, Some(parts)) => {
            let sum: Number = parts.into_iter().sum();
            match author {
                Author::Dossier(Some(weight)) if sum != *weight => {
                    let message =
                        format!("les points des notes font {}, au lieu de {}", sum.french(2), weight.french(2));
                    wrong(message, "corrigez les points des notes, ou le poids du critère");
                }
                Author::Dossier(None) => {
                    let help = "donnez « part », en pour cent, à la place de « points »";
                    wrong(
                        "des notes en points, pour un critère dont le poids change d’un lot à l’autre".to_owned(),
                        help,
                    );
                }
                _ => {}
            }
        }
        (None, None) => {
            let help = "donnez « part » à toutes les notes, ou « points » à toutes";
            wrong("des notes ont une part, d’autres des points".to_owned(), help);
        }
    }
}

fn note(table: &Table<'_, '_>, nature: Option<CriterionNature>, author: Author<'_>, alone: bool) -> Option<Note> {
    let name = table.required("nom", "\"masse\"");
    if !name.is_empty() && !name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
        let help = "minuscules sans accent, chiffres et « _ »";
        table.report.add(table.span_of("nom"), format!("« {name} » n’est pas un nom de note"), help);
    }
    let title = table.required("titre", "\"Masse remise au réemploi, minimum compris\"");
    let share = share(table, author, alone);
    let mut means = None;
    let mode = table.required("mode", "\"echelle\" | \"niveaux\" | \"prix\"");
    let mode = match mode.as_str() {
        "prix" => relative(table, nature),
        "echelle" => scale(table, author),
        "niveaux" => {
            // A dossier has no parameter of its own: it prices a means by a scale.
            if author == Author::Library {
                means = table.text("penalite").map(str::to_owned);
            }
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

/// What a note has of the points: « part », in per cent, or in a dossier « points ». A note alone has them all.
fn share(table: &Table<'_, '_>, author: Author<'_>, alone: bool) -> Option<Share> {
    let own = author != Author::Library;
    if own && table.has("points") {
        if table.has("part") {
            let help = "gardez l’une : la part en pour cent du critère, ou les points";
            table.report.add(table.span_of("points"), "part et points sont tous deux donnés", help);
            return None;
        }
        return figure(table, "points", 1).map(Share::Points);
    }
    if !table.has("part") {
        if !alone {
            table.missing("part", "40");
        }
        return alone.then(|| Share::Part(Rate::whole()));
    }
    figure(table, "part", 1)?.over(&Number::from_int(100)).map(Rate).map(Share::Part)
}

/// A weight or a share: a whole number, or a text with two decimals at most (`"12,5"`), up to 100.
pub(crate) fn figure<'d>(table: &Table<'d, '_>, key: &'d str, least: i64) -> Option<Number> {
    match table.entry(key)?.node.value {
        NodeValue::Text(_) => {}
        NodeValue::Float => {
            let message = format!("« {} » est un nombre à virgule", table.at(key));
            table.report.add(table.span_of(key), message, "écrivez-le entre guillemets, par exemple \"12,5\"");
            return None;
        }
        _ => return table.integer(key, least..=100).map(Number::from_int),
    }
    let number = table.measure(key, |text| {
        let bare = text.trim();
        let bare = ["%", "points", "point"].iter().find_map(|unit| bare.strip_suffix(unit)).unwrap_or(bare);
        Number::parse(bare.trim_end())
    })?;
    let low = if least == 0 { !number.is_negative() } else { number.is_positive() };
    if number.exact_decimals(2).is_none() || !low || number > Number::from_int(100) {
        let message = format!("« {} » = {} : hors bornes", table.at(key), number.printed());
        let help = "attendu : 100 au plus, avec deux décimales au plus, par exemple \"12,5\"";
        table.report.add(table.span_of(key), message, help);
        return None;
    }
    Some(number)
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
    let told = |wanted: PriceForm| read.iter().any(|(form, _)| form.is_none_or(|form| form == wanted));
    let untold: Vec<&str> = PriceForm::all().filter(|form| !told(*form)).map(PriceForm::word).collect();
    if !untold.is_empty() {
        let message = format!("rien ne dit ce qui est lu pour cette forme de prix : {}", untold.join(", "));
        inner.report.add(inner.span.clone(), message, "ajoutez-la, ou écrivez tout = \"…\"");
    }
    Some(Mode::Relative { read })
}

fn scale(table: &Table<'_, '_>, author: Author<'_>) -> Option<Mode> {
    let unit = table.required("unite", "\"t\"");
    let sense = table.required_word::<Sense>("sens");
    let none_at = bound(table, NONE_AT, &unit, author);
    let all_at = bound(table, ALL_AT, &unit, author);
    let stock = if table.has(STOCK) { Some(bound(table, STOCK, &unit, author)?) } else { None };
    let engaged = if table.has("engage") { table.boolean("engage")? } else { true };
    let penalty = match author {
        Author::Library => table.text("penalite").map(|name| UnitPenalty::Parameter(name.to_owned())),
        Author::Dossier(_) if !table.has("penalite") => None,
        Author::Dossier(_) => Some(UnitPenalty::Amount(table.measure("penalite", Euros::parse)?)),
    };
    let proof = proof(table, penalty.is_some());
    let offer_proof = table.text("preuve_de_l_offre").map(str::to_owned);
    let scale =
        Scale { unit, sense: sense?, none_at: none_at?, all_at: all_at?, stock, offer_proof, engaged, penalty, proof };
    if let (Bound::Fixed(none), Bound::Fixed(all)) = (&scale.none_at, &scale.all_at)
        && !rises(scale.sense, none, all)
    {
        let message =
            "l’échelle ne monte pas : la valeur qui donne tout n’est pas meilleure que celle qui ne donne rien";
        table.report.add(table.span_of(ALL_AT), message, "inversez les deux valeurs, ou le sens");
    }
    if author != Author::Library {
        owed(table, &scale);
    }
    Some(Mode::Scale(Box::new(scale)))
}

/// What proves an engaged value, and on which day: asked with its penalty, and only then.
fn proof(table: &Table<'_, '_>, penalty: bool) -> Option<String> {
    let proof = table.text("preuve").map(str::to_owned);
    if penalty && proof.is_none() {
        table.missing("preuve", "\"à la réception, bons de livraison et fiches des produits\"");
    }
    if !penalty && proof.is_some() {
        let help = "retirez preuve : la clause dont la valeur relève la cible dit comment elle se prouve";
        table.report.add(
            table.span_of("preuve"),
            "cette preuve est de trop : la valeur n’a pas de pénalité à elle",
            help,
        );
    }
    proof
}

/// In a dossier, an engaged value has its penalty, once: its own, or the one of the clause whose minimum it raises.
fn owed(table: &Table<'_, '_>, scale: &Scale) {
    match (&scale.penalty, scale.none_at.clause()) {
        (None, None) if scale.engaged => {
            let message = "cette valeur est engagée et rien ne la rend due";
            let help =
                "ajoutez penalite = \"50 €\" par unité manquante, ou engage = false ; ou lisez zero_a dans une clause";
            table.report.add(table.span.clone(), message, help);
        }
        (Some(_), holder) if !scale.engaged || holder.is_some() => {
            let message = "cette pénalité est de trop : la valeur n’est pas engagée, ou sa clause a déjà la sienne";
            table.report.add(table.span_of("penalite"), message, "retirez penalite");
        }
        _ => {}
    }
}

/// One end of a scale: a value in its unit, `clause.parametre`, or in a clause file a parameter of its own.
fn bound<'d>(table: &Table<'d, '_>, key: &'d str, unit: &str, author: Author<'_>) -> Option<Bound> {
    let (example, help) = match author {
        Author::Library => ("\"clause.parametre\"", "une valeur dans l’unité, ou le nom d’un paramètre"),
        Author::Dossier(_) => ("\"48\"", "une valeur dans l’unité, ou « clause.parametre »"),
    };
    if !table.has(key) {
        table.missing(key, example);
    }
    let (raw, span) = table.raw(key)?;
    let text = match raw {
        Raw::Text(text) => text,
        Raw::Integer(n) => n.to_string(),
        _ => {
            table.report.add(span, format!("« {} » n’est pas une valeur", table.at(key)), help);
            return None;
        }
    };
    match Bound::parse(&text, unit) {
        Ok(Bound::Parameter { clause: None, .. }) if author != Author::Library => {
            table.report.add(span, format!("« {text} » n’est ni une valeur, ni « clause.parametre »"), help);
            None
        }
        Ok(Bound::Parameter { name, .. }) if name.is_empty() => {
            table.report.add(span, format!("« {} » est vide", table.at(key)), help);
            None
        }
        Ok(bound) => Some(bound),
        Err(error) => {
            table.report.add(span, error.to_string(), help);
            None
        }
    }
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
