//! Reads the tables of a dossier.

use super::*;
use crate::base::quantity::QuantityError;
use crate::file::reading::{self, Entry, Report, Table};
use std::collections::BTreeSet;
use toml::Spanned;

/// Numbers of the lots that the dossier names, those that cannot be read included.
type Numbers = BTreeSet<u32>;

pub(super) fn read(root: &Spanned<DeTable<'_>>, report: &Report<'_>) -> Option<Consultation> {
    let places = Places::of(root.get_ref());
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
    let launch = top.date("lancement");
    let buyer = section(&top, "acheteur").and_then(|t| read_buyer(&t));
    let contract = section(&top, "consultation");
    let (lots, numbers) = read_lots(&top);
    let choices = read_choices(&top, &numbers);
    let criteria = read_criteria(&top, &numbers);
    let set_aside = top.table("clause_sociale_ecartee").map(|t| read_set_aside(&t, &numbers));
    let facilitator = top.table("facilitateur").map(|t| read_facilitator(&t));
    let acknowledged = top.table("constats").map(|t| read_acknowledged(&t, &numbers)).unwrap_or_default();
    let layout = top.table("rendu").map(|t| read_layout(&t)).unwrap_or_default();
    let contract = contract.and_then(|t| read_contract(&t));
    top.finish();
    let mut consultation = contract?;
    consultation.launch = launch?;
    consultation.buyer = buyer?;
    consultation.lots = lots;
    consultation.choices = choices;
    consultation.criteria = criteria;
    consultation.set_aside = set_aside;
    consultation.facilitator = facilitator;
    consultation.acknowledged = acknowledged;
    consultation.layout = layout;
    consultation.places = places;
    Some(consultation)
}

fn section<'d, 's>(top: &Table<'d, 's>, key: &str) -> Option<Table<'d, 's>> {
    if !top.has(key) {
        top.report.add(
            0..0,
            format!("la table [{key}] manque"),
            format!("ajoutez une table [{key}] ; « clausier nouveau » en montre une"),
        );
    }
    top.table(key)
}

fn read_buyer(table: &Table<'_, '_>) -> Option<Buyer> {
    let name = table.required("nom", "\"Ville d’Exemple\"");
    let category = table.required_word("categorie");
    table.finish();
    Some(Buyer { name, category: category? })
}

fn read_facilitator(table: &Table<'_, '_>) -> Facilitator {
    let facilitator = Facilitator {
        structure: table.required("structure", "\"Maison de l’emploi d’Exemple\""),
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
    key: &str,
    example: &str,
    parse: impl Fn(&str) -> Result<T, QuantityError>,
) -> Option<T> {
    if !table.has(key) {
        table.missing(key, example);
    }
    table.measure(key, parse)
}

fn read_contract(table: &Table<'_, '_>) -> Option<Consultation> {
    let reference = table.optional("reference");
    let object = table.required("objet", "\"Réhabilitation du groupe scolaire\"");
    let form: Option<ContractForm> = table.required_word("contrat");
    // A framework agreement read as a firm volume would promise hours that nobody has ordered.
    if form == Some(ContractForm::Framework) && !table.has("execution") {
        table.missing("execution", "\"bons-de-commande\"");
    }
    let execution = table.word("execution").unwrap_or(Execution::Fixed);
    let nature = table.required_word("nature");
    let regime = table.word("regime").unwrap_or(Regime::Ordinary);
    let procedure = table.required_word("procedure");
    let ccag = table.required_word("ccag");
    if !table.has("duree") {
        table.missing("duree", "\"16 mois\"");
    }
    let duration = read_duration(table, "duree");
    let count = table.integer("reconductions", 0..=20).unwrap_or(0);
    let each = read_duration(table, "duree_reconduction");
    let renewals = match (count, duration.clone()) {
        (0, _) | (_, None) => None,
        (n, Some(duration)) => {
            Some(Renewals { count: u32::try_from(n).unwrap_or(0), duration: each.unwrap_or(duration) })
        }
    };
    let cpv = read_cpv(table);
    let variants = table.word("variantes");
    let estimated_value = required_measure(table, "valeur_estimee", "\"6 200 000 €\"", Euros::parse);
    let maximum = table.measure("montant_maximum", Euros::parse);
    let admin_piece = table.word("piece_administrative").unwrap_or(AdminPiece::Ccap);
    let grouping = table.word("groupement").unwrap_or(Grouping::Free);
    let overseas = table.boolean("outre_mer").unwrap_or(false);
    table.finish();
    Some(Consultation {
        launch: Date::new(2019, 4, 1)?,
        buyer: Buyer { name: String::new(), category: BuyerCategory::OtherAuthority },
        reference,
        object,
        form: form?,
        execution,
        nature: nature?,
        regime,
        procedure: procedure?,
        ccag: ccag?,
        duration: duration?,
        renewals,
        cpv,
        variants,
        estimated_value: estimated_value?,
        maximum,
        admin_piece,
        grouping,
        overseas,
        facilitator: None,
        lots: BTreeMap::new(),
        choices: Vec::new(),
        criteria: Vec::new(),
        set_aside: None,
        acknowledged: Vec::new(),
        layout: BTreeMap::new(),
        places: Places::default(),
    })
}

/// A duration in which something can be carried out.
fn read_duration(table: &Table<'_, '_>, key: &str) -> Option<Duration> {
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
fn lot_number(key: &str) -> Option<u32> {
    let number: u32 = key.parse().ok()?;
    (number > 0 && number <= 999 && key == number.to_string()).then_some(number)
}

fn read_lots(top: &Table<'_, '_>) -> (BTreeMap<u32, Lot>, Numbers) {
    let (mut lots, mut numbers) = (BTreeMap::new(), Numbers::new());
    let none = |span: Span| {
        top.report.add(span, "aucun lot", "ajoutez une table [lot.1] ; un marché sans lots n’en a qu’une");
    };
    if !top.has("lot") {
        none(0..0);
    }
    let Some(table) = top.table("lot") else { return (lots, numbers) };
    if table.all().is_empty() {
        none(table.span.clone());
    }
    for Entry { key, key_span, value } in table.all() {
        let Some(number) = lot_number(key) else {
            table.report.add(key_span, format!("« {key} » n’est pas un numéro de lot"), "écrivez [lot.1], [lot.2]…");
            continue;
        };
        numbers.insert(number);
        if let Some(table) = table.as_table(key, key_span, value) {
            lots.extend(read_lot(number, &table).map(|lot| (number, lot)));
        }
    }
    (lots, numbers)
}

fn read_lot(number: u32, table: &Table<'_, '_>) -> Option<Lot> {
    let title = table.required("intitule", "\"Gros œuvre\"");
    let family = table.required("famille", "\"bat-gros-oeuvre\"");
    let amount = required_measure(table, "montant", "\"350 000 €\"", Euros::parse);
    let maximum = table.measure("montant_maximum", Euros::parse);
    let duration = read_duration(table, "duree");
    let cpv = read_cpv(table);
    let labour = table.table("calcul").and_then(|t| read_labour(&t));
    let tranches = table.table("tranches").map(|t| read_tranches(&t)).unwrap_or_default();
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
    let optional: Number = tranches.values().map(|amount| amount.0.clone()).sum();
    if amount.as_ref().is_some_and(|amount| !tranches.is_empty() && optional >= amount.0) {
        table.report.add(
            table.span_of("tranches"),
            "les tranches optionnelles ne laissent rien à la tranche ferme",
            "« montant » comprend la tranche ferme et les tranches optionnelles : corrigez l’un ou les autres",
        );
    }
    table.finish();
    Some(Lot { number, title, family, amount: amount?, maximum, tranches, duration, cpv, labour, reserved_to })
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
    for Entry { key, key_span, .. } in table.all() {
        match lot_number(key) {
            Some(number) => out.extend(table.measure(key, Euros::parse).map(|amount| (number, amount))),
            None => table.report.add(
                key_span,
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
    let DeValue::Array(items) = entry.value.get_ref() else {
        table.report.add(
            entry.value.span(),
            format!("« {} » est {}", table.at("lots"), reading::type_name(entry.value.get_ref())),
            "attendu : une liste de numéros, par exemple lots = [1, 2]",
        );
        return None;
    };
    let mut out = Vec::new();
    for item in items.iter() {
        let number = reading::integer_of(item.get_ref()).and_then(|n| u32::try_from(n).ok());
        match number {
            Some(number) if lots.contains(&number) => {
                if !out.contains(&number) {
                    out.push(number);
                }
            }
            Some(number) => no_such_lot(table.report, item.span(), number, lots),
            None => table.report.add(
                item.span(),
                "ce n’est pas un numéro de lot",
                "attendu : une liste de numéros, par exemple lots = [1, 2]",
            ),
        }
    }
    if items.is_empty() {
        table.report.add(
            entry.value.span(),
            "la liste des lots est vide",
            "nommez les lots, ou retirez la clé : la clause vaut alors pour tous",
        );
    }
    out.sort_unstable();
    Some(out)
}

/// Notes a lot that the dossier does not name; a dossier that names none has been told so.
fn no_such_lot(report: &Report<'_>, span: Span, number: u32, lots: &Numbers) {
    if !lots.is_empty() {
        let list: Vec<String> = lots.iter().map(u32::to_string).collect();
        let help = format!("lots du dossier : {}", list.join(", "));
        report.add(span, format!("le lot {number} n’existe pas"), help);
    }
}

fn read_choices(top: &Table<'_, '_>, lots: &Numbers) -> Vec<Choice> {
    let mut choices = Vec::new();
    let Some(table) = top.table("clause") else { return choices };
    for Entry { key, key_span, value } in table.all() {
        let Some(table) = table.as_table(key, key_span, value) else { continue };
        let chosen = read_lot_list(&table, lots);
        let pair = table.texts("lie");
        let mut parameters = BTreeMap::new();
        for entry in table.all() {
            if entry.key != "lots" && entry.key != "lie" {
                parameters.extend(
                    read_given(&table, entry.key, entry.value, lots).map(|given| (entry.key.to_owned(), given)),
                );
            }
        }
        choices.push(Choice { id: key.to_owned(), lots: chosen, pair, parameters });
    }
    choices
}

fn read_given(table: &Table<'_, '_>, key: &str, value: &Spanned<DeValue<'_>>, lots: &Numbers) -> Option<Given> {
    let DeValue::Table(inner) = value.get_ref() else {
        return read_raw(table, key, value).map(Given::Same);
    };
    const FORM: &str = "une valeur par lot s’écrit { 1 = \"10 %\", 2 = \"5 %\" }";
    let inner = Table::new(table.at(key), value.span(), inner, table.report);
    let mut map = BTreeMap::new();
    for entry in inner.all() {
        match lot_number(entry.key) {
            Some(number) if lots.contains(&number) => {
                if matches!(entry.value.get_ref(), DeValue::Table(_)) {
                    table.report.add(entry.value.span(), "table dans une table", FORM);
                } else {
                    map.extend(read_raw(&inner, entry.key, entry.value).map(|raw| (number, raw)));
                }
            }
            Some(number) => no_such_lot(table.report, entry.key_span, number, lots),
            None => table.report.add(entry.key_span, format!("« {} » n’est pas un numéro de lot", entry.key), FORM),
        }
    }
    Some(Given::PerLot(map))
}

/// A value that says something: left blank, it would print a blank.
fn read_raw(table: &Table<'_, '_>, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Raw> {
    let blank = |value: &DeValue<'_>| value.as_str().is_some_and(|text| text.trim().is_empty());
    let nothing = match value.get_ref() {
        DeValue::Array(items) => items.is_empty() || items.iter().any(|item| blank(item.get_ref())),
        other => blank(other),
    };
    if nothing {
        let message = format!("« {} » : une valeur est vide", table.at(key));
        table.report.add(value.span(), message, "écrivez la valeur, ou retirez-la");
        return None;
    }
    table.raw(key).map(|(raw, _)| raw)
}

fn read_criteria(top: &Table<'_, '_>, lots: &Numbers) -> Vec<CriterionChoice> {
    let mut out = Vec::new();
    let Some(table) = top.table("critere") else { return out };
    for Entry { key, key_span, value } in table.all() {
        let id = key.to_owned();
        if let DeValue::Table(inner) = value.get_ref() {
            let inner = Table::new(table.at(key), key_span, inner, table.report);
            let method = inner.optional("methode");
            let mut weights = BTreeMap::new();
            let same = inner.integer("poids", 1..=100);
            for entry in inner.rest() {
                match lot_number(entry.key) {
                    Some(number) if lots.contains(&number) => {
                        weights.extend(inner.integer(entry.key, 0..=100).map(|w| (number, w)));
                    }
                    Some(number) => no_such_lot(inner.report, entry.key_span, number, lots),
                    None => inner.report.add(
                        entry.key_span,
                        format!("clé inconnue « {} » dans [{}]", entry.key, inner.path),
                        match reading::nearest(entry.key, ["poids", "methode"]) {
                            Some(near) => format!("vouliez-vous dire « {near} » ?"),
                            None => "clés connues : poids, methode, ou un numéro de lot".to_owned(),
                        },
                    ),
                }
            }
            match (same, weights.is_empty()) {
                (Some(weight), true) => out.push(CriterionChoice { id, weights: Weights::Same(weight), method }),
                (Some(_), false) => inner.report.add(
                    inner.span.clone(),
                    "poids est donné pour tous les lots et par lot",
                    "gardez l’un ou l’autre",
                ),
                (None, false) => out.push(CriterionChoice { id, weights: Weights::PerLot(weights), method }),
                (None, true) if !inner.has("poids") => inner.missing("poids", "15"),
                (None, true) => {}
            }
        } else if let Some(weight) = table.integer(key, 1..=100) {
            out.push(CriterionChoice { id, weights: Weights::Same(weight), method: String::new() });
        }
    }
    out
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
    for Entry { key, key_span, value } in table.all() {
        let code = key.to_string();
        if matches!(value.get_ref(), DeValue::Table(_)) {
            let Some(inner) = table.as_table(key, key_span, value) else { continue };
            for Entry { key, key_span, .. } in inner.all() {
                match lot_number(key).filter(|lot| lots.contains(lot)) {
                    Some(lot) => {
                        let reason = inner.required(key, "\"la raison\"");
                        out.push(Acknowledged { code: code.clone(), lot: Some(lot), reason });
                    }
                    None => inner.report.add(
                        key_span,
                        format!("« {key} » n’est pas un lot du dossier"),
                        "donnez un numéro de lot",
                    ),
                }
            }
        } else {
            let reason = table.required(key, "\"la raison\"");
            let (code, lot) = match code.rsplit_once('.').map(|(code, lot)| (code, lot_number(lot))) {
                Some((code, Some(lot))) => (code.to_owned(), Some(lot)),
                _ => (code, None),
            };
            out.push(Acknowledged { code, lot, reason });
        }
    }
    out
}

fn read_layout(table: &Table<'_, '_>) -> BTreeMap<Piece, Layout> {
    let mut out = BTreeMap::new();
    for Entry { key, key_span, value } in table.all() {
        let Some(piece) = Piece::from_word(key) else {
            table.report.add(
                key_span,
                format!("« {key} » : la pièce n’existe pas"),
                reading::suggestion(key, Piece::WORDS.iter().map(|(w, _)| *w)),
            );
            continue;
        };
        let Some(inner) = table.as_table(key, key_span, value) else { continue };
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
