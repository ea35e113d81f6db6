//! Reads a dossier: whole, or what there is of it.

use super::consultation::*;
use super::criteria::read_criteria;
use super::known::{Known, KnownLot};
use crate::base::quantity::{Date, Duration, Euros, Number, QuantityError, Rate};
use crate::base::terms::*;
use crate::file::node::{Field, Node, NodeValue};
use crate::file::reading::{self, Problem, Report, Span, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Largest dossier read, in bytes.
pub const MAX_DOSSIER: usize = 1 << 20;

/// Everything wrong with the shape of a dossier: French, with places, all at once.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct DossierError {
    /// The problems, in the order of the file; at least one.
    pub problems: Vec<Problem>,
}

impl fmt::Display for DossierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problems.iter().try_for_each(|problem| write!(f, "{problem}"))
    }
}

/// A dossier of which some may be missing or ill-formed: what can be said of it as it stands.
///
/// A page that shows duties and findings while the buyer types stands on this; a final pièce does not.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Partial {
    /// What is readable, when the frame is: launch, buyer, contract, one lot at least. A lot or a clause that cannot be read
    /// is left out, a missing text reads « [à compléter : …] », and resolving gives each problem as a blocking finding.
    pub consultation: Option<Consultation>,
    /// Everything missing or ill-formed, in the order of the file; empty when the dossier is whole.
    pub problems: Vec<Problem>,
    /// The facts on which duties depend, each by itself.
    pub known: Known,
    /// What is chosen, when there is no consultation.
    pub(crate) fragments: Fragments,
}

impl Consultation {
    /// Reads a dossier.
    ///
    /// # Errors
    /// [`DossierError`] with every problem of shape at once.
    pub fn from_toml(source: &str) -> Result<Self, DossierError> {
        whole(Self::partial(source))
    }

    /// Reads a dossier from bytes, as a file holds them.
    ///
    /// # Errors
    /// When the bytes are not UTF-8 (with the line), and as [`Consultation::from_toml`].
    pub fn from_slice(bytes: &[u8]) -> Result<Self, DossierError> {
        whole(Self::partial_slice(bytes)?)
    }

    /// Reads a dossier written in JSON: the same keys, dates as texts (`"2026-12-07"`). Its problems have a key path, no line.
    ///
    /// # Errors
    /// [`DossierError`] with every problem of shape at once, or with the place at which the JSON is ill-formed.
    #[cfg(feature = "json")]
    pub fn from_json(source: &str) -> Result<Self, DossierError> {
        whole(Self::partial_json(source))
    }

    /// Reads what there is of a dossier in TOML.
    pub fn partial(source: &str) -> Partial {
        let report = Report::new(source);
        if too_long(source, &report) {
            return nothing(report.into_problems());
        }
        let root = reading::parse(source, &report);
        Self::partial_node(&root, report)
    }

    /// Reads what there is of a dossier from bytes, as a file holds them.
    ///
    /// # Errors
    /// When the bytes are not UTF-8, with the line.
    pub fn partial_slice(bytes: &[u8]) -> Result<Partial, DossierError> {
        reading::decode(bytes).map(Self::partial).map_err(|problems| DossierError { problems })
    }

    /// Reads what there is of a dossier in JSON.
    #[cfg(feature = "json")]
    pub fn partial_json(source: &str) -> Partial {
        let report = Report::new(source);
        if too_long(source, &report) {
            return nothing(report.into_problems());
        }
        match crate::file::json::parse(source) {
            Ok(root) => Self::partial_node(&root, Report::without_text()),
            Err(problems) => nothing(problems),
        }
    }

    pub(crate) fn partial_node(root: &Node<'_>, report: Report<'_>) -> Partial {
        if root.fields().is_empty() {
            report.add(0..0, "le dossier est vide", "partez d’un dossier commenté : clausier nouveau");
            return nothing(report.into_problems());
        }
        let (consultation, known, fragments) = read(root, &report);
        let problems = report.into_problems_of(root);
        let consultation = consultation.map(|mut consultation| {
            consultation.unread.clone_from(&problems);
            consultation
        });
        Partial { consultation, problems, known, fragments }
    }
}

fn too_long(source: &str, report: &Report<'_>) -> bool {
    let long = source.len() > MAX_DOSSIER;
    if long {
        let help = "un dossier tient en quelques pages : vérifiez que c’est le bon fichier";
        report.add(0..0, "le dossier dépasse 1 Mio", help);
    }
    long
}

fn nothing(problems: Vec<Problem>) -> Partial {
    Partial { consultation: None, problems, known: Known::default(), fragments: Fragments::default() }
}

/// A whole dossier, or its problems.
pub(super) fn whole(partial: Partial) -> Result<Consultation, DossierError> {
    let Partial { consultation, problems, .. } = partial;
    if problems.is_empty() { consultation.ok_or(DossierError { problems }) } else { Err(DossierError { problems }) }
}

/// Numbers of the lots that the dossier names, those that cannot be read included.
pub(super) type Numbers = BTreeSet<u32>;

fn read(root: &Node<'_>, report: &Report<'_>) -> (Option<Consultation>, Known, Fragments) {
    let top = Table::root(root, report);
    match top.integer("format", 0..=i64::MAX) {
        Some(1) => {}
        Some(other) => report.add(
            top.span_of("format"),
            format!("ce dossier est au format {other}"),
            "cette version de clausier lit le format 1",
        ),
        None if !top.has("format") => top.missing("format", "1"),
        None => {}
    }
    if !top.has("lancement") {
        top.missing("lancement", "2026-12-07");
    }
    let mut known = Known { launch: top.date("lancement"), ..Known::default() };
    let buyer = section(&top, "acheteur").and_then(|t| read_buyer(&t));
    known.category = buyer.as_ref().map(|buyer| buyer.category);
    let contract = section(&top, "consultation");
    let (lots, numbers) = read_lots(&top, &mut known);
    let choices = read_choices(&top, &numbers);
    let criteria = read_criteria(&top, &numbers);
    let set_aside = top.table("clause_sociale_ecartee").map(|t| read_set_aside(&t, &numbers));
    let facilitator = top.table("facilitateur").map(|t| read_facilitator(&t));
    let acknowledged = top.table("constats").map(|t| read_acknowledged(&t, &numbers)).unwrap_or_default();
    let to_confirm = top.key_paths(TO_CONFIRM).into_iter().collect();
    let layout = top.table("rendu").map(|t| read_layout(&t)).unwrap_or_default();
    let contract = contract.and_then(|t| read_contract(&t, &mut known));
    top.finish();
    let frame = contract.zip(known.launch).zip(buyer).filter(|_| !lots.is_empty());
    let Some(((mut contents, launch), buyer)) = frame else {
        let lots = numbers.into_iter().collect();
        return (None, known, Fragments { choices, criteria, lots, to_confirm, places: Places::of(root, report) });
    };
    let consultation = {
        contents.launch = launch;
        contents.buyer = buyer;
        contents.choices = choices.into_iter().filter_map(|choice| on_lots(choice, &lots)).collect();
        contents.lots = lots;
        contents.criteria = criteria;
        contents.set_aside = set_aside;
        contents.facilitator = facilitator;
        contents.acknowledged = acknowledged;
        contents.to_confirm = to_confirm;
        contents.layout = layout;
        Consultation { contents, places: Places::of(root, report), unread: Vec::new() }
    };
    (Some(consultation), known, Fragments::default())
}

/// A choice without the lots that could not be read; `None` when none is left.
fn on_lots(mut choice: Choice, lots: &BTreeMap<u32, Lot>) -> Option<Choice> {
    if let Some(chosen) = &mut choice.lots {
        chosen.retain(|lot| lots.contains_key(lot));
        if chosen.is_empty() {
            return None;
        }
    }
    for given in choice.parameters.values_mut() {
        if let Given::PerLot(map) = given {
            map.retain(|lot, _| lots.contains_key(lot));
        }
    }
    Some(choice)
}

/// A text that must be there; a partial reading shows its place.
fn required_text(table: &Table<'_, '_>, key: &'static str, example: &str) -> String {
    let text = table.required(key, example);
    if text.trim().is_empty() { format!("[à compléter : {key}]") } else { text }
}

/// A word with a usual value when it is not given; `None` when it is given and is no such word.
fn word_or<V: Vocabulary>(table: &Table<'_, '_>, key: &'static str, usual: V) -> Option<V> {
    if table.has(key) { table.word(key) } else { Some(usual) }
}

fn section<'d, 's>(top: &Table<'d, 's>, key: &'static str) -> Option<Table<'d, 's>> {
    if !top.has(key) {
        top.report.add_absent(
            0..0,
            key,
            format!("la table [{key}] manque"),
            format!("ajoutez une table [{key}] ; « clausier nouveau » en montre une"),
        );
    }
    top.table(key)
}

fn read_buyer(table: &Table<'_, '_>) -> Option<Buyer> {
    let name = required_text(table, "nom", "\"Ville d’Exemple\"");
    let category = table.required_word("categorie");
    table.finish();
    Some(Buyer { name, category: category? })
}

fn read_facilitator(table: &Table<'_, '_>) -> Facilitator {
    let facilitator = Facilitator {
        structure: required_text(table, "structure", "\"Maison de l’emploi d’Exemple\""),
        service: table.optional("service"),
        telephone: table.optional("telephone"),
        email: table.optional("courriel"),
    };
    if facilitator.telephone.is_empty() && facilitator.email.is_empty() {
        table.report.add(
            table.span.clone(),
            "le facilitateur n’a ni téléphone ni courriel",
            "ajoutez telephone = \"…\" ou courriel = \"…\" : ses coordonnées doivent figurer au marché",
        );
    }
    table.finish();
    facilitator
}

fn required_measure<T>(
    table: &Table<'_, '_>,
    key: &'static str,
    example: &str,
    parse: impl Fn(&str) -> Result<T, QuantityError>,
) -> Option<T> {
    if !table.has(key) {
        table.missing(key, example);
    }
    table.measure(key, parse)
}

fn read_contract(table: &Table<'_, '_>, known: &mut Known) -> Option<Contents> {
    let reference = table.optional("reference");
    let object = required_text(table, "objet", "\"Réhabilitation du groupe scolaire\"");
    let form: Option<ContractForm> = table.required_word("contrat");
    // A framework agreement read as a firm volume would promise hours that nobody has ordered.
    if form == Some(ContractForm::Framework) && !table.has("execution") {
        table.missing("execution", "\"bons-de-commande\"");
    }
    let execution = word_or(table, "execution", Execution::Fixed);
    let holders = read_holders(table, form);
    if execution.is_some_and(|execution| execution != Execution::Fixed) {
        framework_only(table, "execution", form);
    }
    framework_only(table, "montant_maximum", form);
    let nature = table.required_word("nature");
    let regime = word_or(table, "regime", Regime::Ordinary);
    let procedure = table.required_word("procedure");
    (known.form, known.nature, known.regime, known.procedure) = (form, nature, regime, procedure);
    let ccag = table.required_word("ccag");
    if !table.has("duree") {
        table.missing("duree", "\"16 mois\"");
    }
    let duration = read_duration(table, "duree");
    // A count that cannot be read is not taken for none: the contract is then unread too.
    let count = if table.has("reconductions") { table.integer("reconductions", 0..=20) } else { Some(0) };
    let count = count.and_then(|count| u32::try_from(count).ok());
    let each = read_duration(table, "duree_reconduction");
    if table.has("duree_reconduction") && !table.has("reconductions") {
        let message = "« consultation.duree_reconduction » n’a pas d’effet sans reconductions";
        let help = "ajoutez reconductions = 1, ou retirez duree_reconduction";
        table.report.add(table.span_of("duree_reconduction"), message, help);
    }
    let renewals = match (count, duration.clone()) {
        (Some(count @ 1..), Some(duration)) => Some(Renewals { count, duration: each.unwrap_or(duration) }),
        _ => None,
    };
    let cpv = read_cpv(table);
    let price_form = table.word("forme_prix");
    let variants = table.word("variantes");
    let estimated_value = required_measure(table, "valeur_estimee", "\"6 200 000 €\"", Euros::parse);
    let maximum = table.measure("montant_maximum", Euros::parse);
    known.estimated_value.clone_from(&estimated_value);
    let admin_piece = word_or(table, "piece_administrative", AdminPiece::Ccap);
    let grouping = word_or(table, "groupement", Grouping::Free);
    let overseas = if table.has("outre_mer") { table.boolean("outre_mer") } else { Some(false) };
    let territory = table.word("territoire");
    table.finish();
    Some(Contents {
        launch: Date::new(2019, 4, 1)?,
        buyer: Buyer { name: String::new(), category: BuyerCategory::OtherAuthority },
        reference,
        object,
        form: form?,
        execution: execution?,
        holders: holders?,
        nature: nature?,
        regime: regime?,
        procedure: procedure?,
        ccag: ccag?,
        duration: duration?,
        renewals: count.map(|_| renewals)?,
        cpv,
        price_form,
        variants,
        estimated_value: estimated_value?,
        maximum,
        admin_piece: admin_piece?,
        grouping: grouping?,
        overseas: overseas? || territory.is_some(),
        territory,
        facilitator: None,
        lots: BTreeMap::new(),
        choices: Vec::new(),
        criteria: Vec::new(),
        set_aside: None,
        acknowledged: Vec::new(),
        to_confirm: BTreeSet::new(),
        layout: BTreeMap::new(),
    })
}

/// Tells a key that only a framework agreement has.
fn framework_only(table: &Table<'_, '_>, key: &'static str, form: Option<ContractForm>) {
    if table.has(key) && form.is_some_and(|form| form != ContractForm::Framework) {
        let message =
            format!("« {} » : seul un accord-cadre s’exécute au fil des commandes et a un maximum", table.at(key));
        let help = format!("écrivez contrat = \"accord-cadre\" avec son exécution, ou retirez {key}");
        table.report.add(table.span_of(key), message, help);
    }
}

/// Most holders of a framework agreement; any other contract has one.
fn read_holders(table: &Table<'_, '_>, form: Option<ContractForm>) -> Option<u32> {
    if !table.has("attributaires") {
        return Some(1);
    }
    let holders = table.integer("attributaires", 1..=100)?;
    if holders > 1 && form.is_some_and(|form| form != ContractForm::Framework) {
        let message = "plusieurs attributaires : seul un accord-cadre peut en avoir";
        let help = "écrivez contrat = \"accord-cadre\" avec son exécution, ou retirez attributaires";
        table.report.add(table.span_of("attributaires"), message, help);
    }
    u32::try_from(holders).ok()
}

/// A duration in which something can be carried out.
fn read_duration(table: &Table<'_, '_>, key: &'static str) -> Option<Duration> {
    let duration = table.measure(key, Duration::parse);
    if duration.as_ref().is_some_and(|d| d.months().is_zero()) {
        let message = format!("« {} » : une durée nulle ne permet aucune exécution", table.at(key));
        table.report.add(table.span_of(key), message, "donnez la durée, par exemple \"16 mois\"");
    }
    duration
}

/// Eight digits, with or without the check digit, which is verified and dropped.
fn read_cpv(table: &Table<'_, '_>) -> String {
    let Some(text) = table.text("cpv") else { return String::new() };
    let (code, key) = text.split_once('-').map_or((text.trim(), None), |(code, key)| (code.trim(), Some(key.trim())));
    let wrong = |message: String, help: String| table.report.add(table.span_of("cpv"), message, help);
    let digits = code.bytes().all(|b| b.is_ascii_digit());
    if code.len() != 8 || !digits {
        let several = text.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() == 8).count() > 1;
        let help = if several {
            "un seul code par champ : le code principal ici, celui d’un lot dans [lot.N]"
        } else {
            "un code CPV a huit chiffres, par exemple \"45214210\""
        };
        wrong(format!("« {text} » n’est pas un code CPV"), help.to_owned());
    } else if let Some(key) = key.filter(|key| *key != check_digit(code)) {
        wrong(
            format!("la clé de « {code} » n’est pas « {key} » : un chiffre est faux"),
            format!("vérifiez le code ; si ses huit chiffres sont justes, la clé est {}", check_digit(code)),
        );
    }
    code.to_owned()
}

/// The check digit of the vocabulary: digits weighted 3, 7, 1, 3, 7, 1, 3, 7, modulo ten.
fn check_digit(code: &str) -> String {
    let weighted = code.bytes().zip([3, 7, 1].into_iter().cycle()).map(|(b, weight)| u32::from(b - b'0') * weight);
    (weighted.sum::<u32>() % 10).to_string()
}

/// Reads the number of a lot from its key.
pub(super) fn lot_number(key: &str) -> Option<u32> {
    let number: u32 = key.parse().ok()?;
    (number > 0 && number <= 999 && key == number.to_string()).then_some(number)
}

fn read_lots(top: &Table<'_, '_>, known: &mut Known) -> (BTreeMap<u32, Lot>, Numbers) {
    let (mut lots, mut numbers) = (BTreeMap::new(), Numbers::new());
    let none = |span: Span| {
        top.report.add_absent(
            span,
            "lot",
            "aucun lot",
            "ajoutez une table [lot.1] ; un marché sans lots n’en a qu’une",
        );
    };
    if !top.has("lot") {
        none(0..0);
    }
    let Some(table) = top.table("lot") else { return (lots, numbers) };
    if table.all().is_empty() {
        none(table.span.clone());
    }
    for field in table.all() {
        let Some(number) = lot_number(&field.key) else {
            let key = &field.key;
            table.report.add(
                field.key_span.clone(),
                format!("« {key} » n’est pas un numéro de lot"),
                "écrivez [lot.1], [lot.2]…",
            );
            continue;
        };
        numbers.insert(number);
        let form = known.form;
        let known = known.lots.entry(number).or_default();
        if let Some(table) = table.as_table(field) {
            framework_only(&table, "montant_maximum", form);
            lots.extend(read_lot(number, &table, known).map(|lot| (number, lot)));
        }
    }
    (lots, numbers)
}

fn read_lot(number: u32, table: &Table<'_, '_>, known: &mut KnownLot) -> Option<Lot> {
    let title = required_text(table, "intitule", "\"Gros œuvre\"");
    let family = table.required("famille", "\"bat-gros-oeuvre\"");
    let amount = required_measure(table, "montant", "\"350 000 €\"", Euros::parse);
    let maximum = table.measure("montant_maximum", Euros::parse);
    let duration = read_duration(table, "duree");
    let cpv = read_cpv(table);
    let labour = table.table("calcul").and_then(|t| read_labour(&t));
    let tranches = table.table("tranches").map(|t| read_tranches(&t)).unwrap_or_default();
    let supplements = table.texts("prestations_supplementaires");
    let mut reserved_to = Vec::new();
    for (word, span) in table.spanned_texts("reserve") {
        match ReservedTo::from_word(&word) {
            Some(value) => reserved_to.push(value),
            None => table.report.add(
                span,
                format!("« {word} » : {} n’existe pas", ReservedTo::WHAT),
                reading::suggestion(&word, ReservedTo::WORDS.iter().map(|(w, _)| *w)),
            ),
        }
    }
    *known = KnownLot { title: title.clone(), amount: amount.clone(), reserved_to: reserved_to.clone() };
    let optional: Number = tranches.values().map(|amount| amount.0.clone()).sum();
    if amount.as_ref().is_some_and(|amount| !tranches.is_empty() && optional >= amount.0) {
        table.report.add(
            table.span_of("tranches"),
            "les tranches optionnelles ne laissent rien à la tranche ferme",
            "« montant » comprend la tranche ferme et les tranches optionnelles : corrigez l’un ou les autres",
        );
    }
    table.finish();
    let amount = amount?;
    Some(Lot { number, title, family, amount, maximum, tranches, supplements, duration, cpv, labour, reserved_to })
}

fn read_labour(table: &Table<'_, '_>) -> Option<Labour> {
    let share = required_measure(table, "main_oeuvre", "\"50 %\"", Rate::parse);
    if share.as_ref().is_some_and(|s| s.0 > Number::from_int(1)) {
        table.report.add(
            table.span_of("main_oeuvre"),
            "une part de main-d’œuvre ne dépasse pas 100 %",
            "corrigez la valeur",
        );
    }
    let hourly = |text: &str| Euros::parse(text.trim_end_matches("/heure").trim_end_matches("/h").trim());
    let wage_cost = table.has("cout_salarial");
    if wage_cost && table.has("prix_horaire") {
        table.report.add(
            table.span_of("cout_salarial"),
            "prix_horaire et cout_salarial sont tous deux donnés",
            "gardez prix_horaire : le montant du lot est un prix de vente",
        );
    }
    let key = if wage_cost { "cout_salarial" } else { "prix_horaire" };
    let price = required_measure(table, key, "\"36 €/h\"", hourly);
    if price.as_ref().is_some_and(|p| p.0.is_zero()) {
        table.report.add(
            table.span_of(key),
            "un prix horaire nul ne permet aucun calcul",
            "donnez le prix de vente d’une heure de travail",
        );
    }
    if wage_cost {
        table.measure("prix_horaire", hourly);
    }
    table.finish();
    Some(Labour { share: share?, price: price?, wage_cost })
}

fn read_tranches(table: &Table<'_, '_>) -> BTreeMap<u32, Euros> {
    let mut out = BTreeMap::new();
    for Field { key, key_span, .. } in table.all() {
        match lot_number(key) {
            Some(number) => out.extend(table.measure(key, Euros::parse).map(|amount| (number, amount))),
            None => table.report.add(
                key_span.clone(),
                format!("« {key} » n’est pas un numéro de tranche"),
                "écrivez { 1 = \"20 000 €\", 2 = \"…\" }",
            ),
        }
    }
    out
}

/// The `lots` key of a table: numbers, each of an existing lot.
fn read_lot_list(table: &Table<'_, '_>, lots: &Numbers) -> Option<Vec<u32>> {
    let entry = table.entry("lots")?;
    let NodeValue::List(items) = &entry.node.value else {
        table.report.add(
            entry.node.span.clone(),
            format!("« {} » est {}", table.at("lots"), entry.node.kind()),
            "attendu : une liste de numéros, par exemple lots = [1, 2]",
        );
        return None;
    };
    let mut out = Vec::new();
    for item in items {
        let number = match item.value {
            NodeValue::Integer(n) => n.and_then(|n| u32::try_from(n).ok()),
            _ => None,
        };
        match number {
            Some(number) if lots.contains(&number) => {
                if !out.contains(&number) {
                    out.push(number);
                }
            }
            Some(number) => no_such_lot(table.report, item.span.clone(), number, lots),
            None => table.report.add(
                item.span.clone(),
                "ce n’est pas un numéro de lot",
                "attendu : une liste de numéros, par exemple lots = [1, 2]",
            ),
        }
    }
    if items.is_empty() {
        table.report.add(
            entry.node.span.clone(),
            "la liste des lots est vide",
            "nommez les lots, ou retirez la clé : la clause vaut alors pour tous",
        );
    }
    out.sort_unstable();
    Some(out)
}

/// Notes a lot that the dossier does not name; a dossier that names none has been told so.
pub(super) fn no_such_lot(report: &Report<'_>, span: Span, number: u32, lots: &Numbers) {
    if !lots.is_empty() {
        let list: Vec<String> = lots.iter().map(u32::to_string).collect();
        let help = format!("lots du dossier : {}", list.join(", "));
        report.add(span, format!("le lot {number} n’existe pas"), help);
    }
}

fn read_choices(top: &Table<'_, '_>, lots: &Numbers) -> Vec<Choice> {
    let mut choices = Vec::new();
    let Some(table) = top.table("clause") else { return choices };
    for field in table.all() {
        let Some(table) = table.as_table(field) else { continue };
        let chosen = read_lot_list(&table, lots);
        let pair = table.texts("lie");
        let mut parameters = BTreeMap::new();
        for entry in table.all() {
            if entry.key != "lots" && entry.key != "lie" {
                parameters.extend(read_given(&table, entry, lots).map(|given| (entry.key.to_string(), given)));
            }
        }
        choices.push(Choice { id: field.key.to_string(), lots: chosen, pair, parameters });
    }
    choices
}

pub(super) fn read_given<'d, 's>(table: &Table<'d, 's>, field: &'d Field<'s>, lots: &Numbers) -> Option<Given> {
    let NodeValue::Table(_) = field.node.value else {
        return read_raw(table, field).map(Given::Same);
    };
    const FORM: &str = "une valeur par lot s’écrit { 1 = \"10 %\", 2 = \"5 %\" }";
    let inner = Table::new(table.at(&field.key), field.node.span.clone(), &field.node, table.report);
    let mut map = BTreeMap::new();
    for entry in inner.all() {
        match lot_number(&entry.key) {
            Some(number) if lots.contains(&number) => {
                if matches!(entry.node.value, NodeValue::Table(_)) {
                    table.report.add(entry.node.span.clone(), "table dans une table", FORM);
                } else {
                    map.extend(read_raw(&inner, entry).map(|raw| (number, raw)));
                }
            }
            Some(number) => no_such_lot(table.report, entry.key_span.clone(), number, lots),
            None => {
                table.report.add(entry.key_span.clone(), format!("« {} » n’est pas un numéro de lot", entry.key), FORM)
            }
        }
    }
    Some(Given::PerLot(map))
}

/// A value that says something: left blank, it would print a blank.
fn read_raw<'d>(table: &Table<'d, '_>, field: &'d Field<'_>) -> Option<Raw> {
    let blank = |node: &Node<'_>| node.as_text().is_some_and(|text| text.trim().is_empty());
    let nothing = match &field.node.value {
        NodeValue::List(items) => items.is_empty() || items.iter().any(blank),
        _ => blank(&field.node),
    };
    if nothing {
        let message = format!("« {} » : une valeur est vide", table.at(&field.key));
        table.report.add(field.node.span.clone(), message, "écrivez la valeur, ou retirez-la");
        return None;
    }
    table.raw(&field.key).map(|(raw, _)| raw)
}

fn read_set_aside(table: &Table<'_, '_>, lots: &Numbers) -> SetAsideChoice {
    let word = table.text("motif").unwrap_or_default().to_owned();
    let choice = SetAsideChoice {
        reason: SetAside::from_word(&word),
        word,
        grounds: table.text("raisons").unwrap_or_default().trim().to_owned(),
        lots: read_lot_list(table, lots),
    };
    table.finish();
    choice
}

/// `code = "raison"`, or `code = { 2 = "raison" }` on a lot, which TOML also reads from `code.2 = "raison"`.
fn read_acknowledged(table: &Table<'_, '_>, lots: &Numbers) -> Vec<Acknowledged> {
    let mut out = Vec::new();
    for field in table.all() {
        let code = field.key.as_ref();
        if field.node.fields().is_empty() {
            let reason = table.required(code, "\"la raison\"");
            let (code, lot) = match code.rsplit_once('.').map(|(code, lot)| (code, lot_number(lot))) {
                Some((code, Some(lot))) => (code, Some(lot)),
                _ => (code, None),
            };
            out.push(Acknowledged { code: code.to_owned(), lot, reason });
            continue;
        }
        let Some(inner) = table.as_table(field) else { continue };
        for field in inner.all() {
            match lot_number(&field.key).filter(|lot| lots.contains(lot)) {
                Some(lot) => {
                    let reason = inner.required(&field.key, "\"la raison\"");
                    out.push(Acknowledged { code: code.to_owned(), lot: Some(lot), reason });
                }
                None => inner.report.add(
                    field.key_span.clone(),
                    format!("« {} » n’est pas un lot du dossier", field.key),
                    "donnez un numéro de lot",
                ),
            }
        }
    }
    out
}

fn read_layout(table: &Table<'_, '_>) -> BTreeMap<Piece, Layout> {
    let mut out = BTreeMap::new();
    for field in table.all() {
        let key = field.key.as_ref();
        let Some(piece) = Piece::from_word(key) else {
            table.report.add(
                field.key_span.clone(),
                format!("« {key} » : la pièce n’existe pas"),
                reading::suggestion(key, Piece::WORDS.iter().map(|(w, _)| *w)),
            );
            continue;
        };
        let Some(inner) = table.as_table(field) else { continue };
        let mut layout = Layout::default();
        if let Some(first) = inner.text("premier_numero") {
            match check_number(first) {
                Ok(()) => layout.first = first.to_owned(),
                Err(help) => inner.report.add(
                    inner.span_of("premier_numero"),
                    format!("« {first} » n’est pas un numéro d’article"),
                    help,
                ),
            }
        }
        if let Some(style) = inner.text("style") {
            match check_style(style) {
                Ok(()) => layout.style = style.to_owned(),
                Err(help) => {
                    inner.report.add(inner.span_of("style"), format!("« {style} » n’est pas un style de numéro"), help)
                }
            }
        }
        if let Some(number) = inner.text("article_derogations") {
            match check_number(number) {
                Ok(()) => layout.derogations = number.to_owned(),
                Err(help) => inner.report.add(
                    inner.span_of("article_derogations"),
                    format!("« {number} » n’est pas un numéro d’article"),
                    help,
                ),
            }
        }
        inner.finish();
        out.insert(piece, layout);
    }
    out
}
