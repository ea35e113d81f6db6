//! Reads the lots, and the lists of lots.

use super::contract::{framework_only, read_cpv, read_duration};
use super::*;

/// Reads the number of a lot from its key.
pub(in crate::dossier) fn lot_number(key: &str) -> Option<u32> {
    let number: u32 = key.parse().ok()?;
    (number > 0 && number <= 999 && key == number.to_string()).then_some(number)
}

pub(super) fn read_lots(top: &Table<'_, '_>, known: &mut Known) -> (BTreeMap<u32, Lot>, Numbers) {
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
pub(super) fn read_lot_list(table: &Table<'_, '_>, lots: &Numbers) -> Option<Vec<u32>> {
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
pub(in crate::dossier) fn no_such_lot(report: &Report<'_>, span: Span, number: u32, lots: &Numbers) {
    if !lots.is_empty() {
        let list: Vec<String> = lots.iter().map(u32::to_string).collect();
        let help = format!("lots du dossier : {}", list.join(", "));
        report.add(span, format!("le lot {number} n’existe pas"), help);
    }
}
