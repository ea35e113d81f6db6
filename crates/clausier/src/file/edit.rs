//! Changes a buyer's own text by key paths: what is not named by a change stays as he wrote it, comments and spaces included.

use crate::base::quantity::Date;
use crate::base::terms::{Vocabulary, vocabulary};
use crate::file::node::{Node, Value};
use toml_edit::{Array, Datetime, DocumentMut, InlineTable, Item, Table, TableLike, Value as Written};

vocabulary! {
    /// What an edit does to a dossier.
    Operation, "l’opération" {
        /// Gives a key its value, and makes the tables that lead to it.
        Set = "poser",
        /// Adds a value at the end of a list, unless it is there already.
        Add = "ajouter",
        /// Takes away a key or a table; given a value, takes it out of a list.
        Remove = "retirer",
    }
}

/// One change of a dossier.
#[derive(Debug)]
pub(crate) struct Edit<'d> {
    pub(crate) operation: Operation,
    /// Key path (« lot.1.montant »).
    pub(crate) path: &'d str,
    pub(crate) value: Option<&'d Node<'d>>,
}

/// Why a change is not made, in French: what is wrong, what to do.
pub(crate) type Refusal = (String, &'static str);

/// Longest key path: a value of one lot inside a table of a lot.
const MAX_DEPTH: usize = 6;

/// Whether a text can be edited: its syntax is whole.
pub(crate) fn editable(source: &str) -> bool {
    source.parse::<DocumentMut>().is_ok()
}

/// The text once changed.
pub(crate) fn apply(source: &str, edits: &[Edit<'_>]) -> Result<String, Refusal> {
    let broken =
        |_| ("le dossier ne se lit pas".to_owned(), "corrigez d’abord ses fautes de syntaxe : demande « verifier »");
    let mut document = source.parse::<DocumentMut>().map_err(broken)?;
    for edit in edits {
        let keys: Vec<&str> = edit.path.split('.').collect();
        if keys.len() > MAX_DEPTH || keys.iter().any(|key| key.is_empty()) {
            return Err((
                format!("« {} » n’est pas un chemin de clé", edit.path),
                "écrivez par exemple \"lot.1.montant\"",
            ));
        }
        match (edit.operation, edit.value) {
            (Operation::Set, Some(value)) => set(&mut document, &keys, item(value, &keys)?)?,
            (Operation::Add, Some(value)) => add(&mut document, &keys, written(value)?)?,
            (Operation::Set | Operation::Add, None) => {
                return Err((format!("« {} » : la valeur manque", edit.path), "ajoutez \"valeur\": …"));
            }
            (Operation::Remove, None) => remove(document.as_table_mut(), &keys, 0),
            (Operation::Remove, Some(value)) => take_out(&mut document, &keys, &written(value)?),
        }
    }
    let out = document.to_string();
    // New lines end as those of the file do.
    Ok(if source.contains("\r\n") { out.replace("\r\n", "\n").replace('\n', "\r\n") } else { out })
}

/// How deep the tables with a header of their own go: `[lot.1]`, `[clause.heures-insertion]`, `[consultation]`.
fn headed(keys: &[&str]) -> bool {
    match keys.first() {
        Some(&("lot" | "clause")) => keys.len() == 2,
        _ => keys.len() == 1,
    }
}

fn set(document: &mut DocumentMut, keys: &[&str], new: Item) -> Result<(), Refusal> {
    let Some((last, parents)) = keys.split_last() else { return Ok(()) };
    let table = reach(document, parents)?;
    match (table.get_mut(last), new) {
        // The comment that follows a value stays where it is.
        (Some(Item::Value(old)), Item::Value(mut new)) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        // A table given again keeps what it holds.
        (Some(old), Item::Table(new)) if old.is_table_like() && new.is_empty() => {}
        (_, new) => {
            table.insert(last, new);
        }
    }
    Ok(())
}

/// The table at the end of a path, made where it is not there.
fn reach<'t>(document: &'t mut DocumentMut, keys: &[&str]) -> Result<&'t mut dyn TableLike, Refusal> {
    let mut table: &mut dyn TableLike = document.as_table_mut();
    for depth in 1..=keys.len() {
        let path = keys.get(..depth).unwrap_or_default();
        let key = path.last().copied().unwrap_or_default();
        let inline = depth > 2 || depth == 2 && !headed(path);
        if !table.contains_key(key) {
            table.insert(
                key,
                if inline { Item::Value(InlineTable::new().into()) } else { Item::Table(own_table(path)) },
            );
        }
        let not_a_table = || (format!("« {} » n’est pas une table", path.join(".")), "changez d’abord cette valeur");
        table = table.get_mut(key).and_then(Item::as_table_like_mut).ok_or_else(not_a_table)?;
    }
    Ok(table)
}

/// A new table: under its own header, or only a step towards those that have one.
fn own_table(path: &[&str]) -> Table {
    let mut table = Table::new();
    table.set_implicit(!headed(path));
    table.decor_mut().set_prefix("\n");
    table
}

fn add(document: &mut DocumentMut, keys: &[&str], new: Written) -> Result<(), Refusal> {
    let Some((last, parents)) = keys.split_last() else { return Ok(()) };
    let table = reach(document, parents)?;
    let item = table.entry(last).or_insert_with(|| Item::Value(Array::new().into()));
    let not_a_list = || (format!("« {} » n’est pas une liste", keys.join(".")), "posez la valeur au lieu de l’ajouter");
    let list = item.as_array_mut().ok_or_else(not_a_list)?;
    if !list.iter().any(|known| same(known, &new)) {
        list.push(new);
    }
    Ok(())
}

/// Takes a key away, then the tables that it leaves empty.
fn remove(table: &mut dyn TableLike, path: &[&str], depth: usize) {
    let Some(key) = path.get(depth) else { return };
    if depth + 1 == path.len() {
        table.remove(key);
        return;
    }
    let Some(inner) = table.get_mut(key).and_then(Item::as_table_like_mut) else { return };
    remove(inner, path, depth + 1);
    // A chosen clause may be empty, and stays.
    let chosen = depth == 1 && path.first() == Some(&"clause");
    if inner.is_empty() && !chosen {
        table.remove(key);
    }
}

fn take_out(document: &mut DocumentMut, keys: &[&str], value: &Written) {
    let mut item = Some(document.as_item_mut());
    for key in keys {
        item = item.and_then(|item| item.as_table_like_mut()).and_then(|table| table.get_mut(key));
    }
    if let Some(list) = item.and_then(Item::as_array_mut) {
        list.retain(|known| !same(known, value));
    }
}

fn same(a: &Written, b: &Written) -> bool {
    match (a, b) {
        (Written::String(a), Written::String(b)) => a.value() == b.value(),
        (Written::Integer(a), Written::Integer(b)) => a.value() == b.value(),
        (Written::Boolean(a), Written::Boolean(b)) => a.value() == b.value(),
        _ => false,
    }
}

/// A value as the dossier writes it; a table at the place of a header is one.
fn item(node: &Node<'_>, keys: &[&str]) -> Result<Item, Refusal> {
    if !matches!(node.value, Value::Table(_)) || !headed(keys) {
        return Ok(Item::Value(written(node)?));
    }
    let mut table = own_table(keys);
    for field in node.fields() {
        table.insert(&field.key, Item::Value(written(&field.node)?));
    }
    Ok(Item::Table(table))
}

fn written(node: &Node<'_>) -> Result<Written, Refusal> {
    let refused = |what: &str| {
        Err((format!("une valeur ne peut pas être {what}"), "un montant, un taux, une durée sont des textes"))
    };
    Ok(match &node.value {
        // JSON has no dates: a text that is one is written as one.
        Value::Text(text) => match date(text) {
            Some(date) => Written::from(date),
            None => Written::from(text.as_ref()),
        },
        Value::Integer(Some(n)) => Written::from(*n),
        Value::Boolean(yes) => Written::from(*yes),
        Value::Date(day) => date(&day.iso()).map_or_else(|| Written::from(day.iso()), Written::from),
        Value::List(items) => {
            let mut list = Array::new();
            for item in items {
                list.push(written(item)?);
            }
            Written::from(list)
        }
        Value::Table(fields) => {
            let mut table = InlineTable::new();
            for field in fields {
                table.insert(field.key.as_ref(), written(&field.node)?);
            }
            Written::from(table)
        }
        Value::Integer(None) => return refused("un nombre si grand"),
        Value::Float => return refused("un nombre à virgule"),
        Value::Time => return refused("une heure"),
        Value::Nothing => return refused("vide"),
    })
}

fn date(text: &str) -> Option<Datetime> {
    let [year, month, day] = text.split('-').collect::<Vec<_>>()[..] else { return None };
    let plain = (year.len(), month.len(), day.len()) == (4, 2, 2);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    if plain { text.parse().ok() } else { None }
}
