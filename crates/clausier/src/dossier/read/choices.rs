//! Reads what the buyer chooses: clauses with their values, the clause set aside, the findings accepted, the numbering.

use super::lots::read_lot_list;
use super::*;

pub(super) fn read_choices(top: &Table<'_, '_>, lots: &Numbers) -> Vec<Choice> {
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

pub(in crate::dossier) fn read_given<'d, 's>(
    table: &Table<'d, 's>,
    field: &'d Field<'s>,
    lots: &Numbers,
) -> Option<Given> {
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

pub(super) fn read_set_aside(table: &Table<'_, '_>, lots: &Numbers) -> SetAsideChoice {
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
pub(super) fn read_acknowledged(table: &Table<'_, '_>, lots: &Numbers) -> Vec<Acknowledged> {
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

pub(super) fn read_layout(table: &Table<'_, '_>) -> BTreeMap<Piece, Layout> {
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
