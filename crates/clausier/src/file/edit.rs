//! Changes to a dossier that its buyer wrote: one key at a time, his comments, his order and his layout kept.

use super::node::Node;
use super::reading::{Raw, forbidden};
use crate::base::terms::{Vocabulary, vocabulary};
use crate::file::written;
use serde::{Deserialize, Serialize};
use std::fmt;
use toml_edit::{Array, ArrayOfTables, Document, DocumentMut, InlineTable, Item, Table};

vocabulary! {
    /// What an edit does.
    Operation, "l’opération" {
        /// Gives a key its value, in place of the one it has.
        Set = "poser",
        /// Adds an item to a list, which is made when there is none.
        Add = "ajouter",
        /// Takes a key away, with its value or its table.
        Remove = "retirer",
    }
}

/// One change to a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Edit {
    /// What it does.
    pub operation: Operation,
    /// Key path (« lot.1.montant », « clause.heures-insertion.taux »); the tables of a list are told by their rank, from zero
    /// (« critere.accueil.note.0.titre »), and the rank after the last makes one more.
    #[serde(rename = "chemin")]
    pub path: String,
    /// The value; nothing for [`Operation::Remove`].
    #[serde(rename = "valeur", default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Raw>,
}

impl Edit {
    /// Gives a key its value.
    pub fn set(path: impl Into<String>, value: Raw) -> Self {
        Self { operation: Operation::Set, path: path.into(), value: Some(value) }
    }

    /// Adds an item to a list.
    pub fn add(path: impl Into<String>, value: Raw) -> Self {
        Self { operation: Operation::Add, path: path.into(), value: Some(value) }
    }

    /// Takes a key away.
    pub fn remove(path: impl Into<String>) -> Self {
        Self { operation: Operation::Remove, path: path.into(), value: None }
    }
}

/// Why an edit cannot be made; nothing is changed then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct EditError {
    /// Rank of the edit in the list, from 0.
    pub rank: usize,
    /// Its key path.
    pub path: String,
    /// What is wrong, in French.
    pub message: String,
}

/// Makes edits on the text of a dossier, in their order: all of them, or none.
///
/// ```
/// use clausier::{edit::{Edit, apply}, consultation::Raw};
/// let text = "format = 1 # ne pas toucher\n[lot.1]\nmontant = \"1 000 €\" # à revoir\n";
/// let edited = apply(text, &[Edit::set("lot.1.montant", Raw::Text("1 200 €".into()))]).unwrap();
/// assert_eq!(edited, text.replace("1 000", "1 200"));
/// ```
///
/// # Errors
/// [`EditError`]: a text that is no TOML, a path that leads through a value, an absent key to take away.
pub fn apply(text: &str, edits: &[Edit]) -> Result<String, EditError> {
    if edits.len() > MAX_EDITS {
        return Err(failed(MAX_EDITS, "", "trop de corrections à la fois : 200 au plus"));
    }
    make(text, edits)
}

/// [`apply`] for edits of our own, however many.
pub(crate) fn make(text: &str, edits: &[Edit]) -> Result<String, EditError> {
    let bom = text.starts_with('\u{FEFF}');
    let source = text.trim_start_matches('\u{FEFF}');
    let windows = source.contains("\r\n") && source.matches('\n').count() == source.matches("\r\n").count();
    let unreadable = |rank| failed(rank, "", "le dossier a une faute d’écriture : corrigez-la d’abord");
    let mut document: DocumentMut = source.parse().map_err(|_| unreadable(0))?;
    for (rank, edit) in edits.iter().enumerate() {
        let keys: Vec<&str> = edit.path.split('.').collect();
        let bad = keys.len() > MAX_STEPS || keys.iter().any(|key| key.is_empty() || key.chars().any(forbidden));
        let made = match keys.split_last() {
            Some((last, parents)) if !bad => one(&mut document, parents, last, edit),
            _ => Err(format!("« {} » n’est pas un chemin de clé", shown(&edit.path))),
        };
        made.map_err(|message| failed(rank, &edit.path, &message))?;
    }
    let mut out = document.to_string();
    if windows {
        out = out.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    if bom {
        out.insert(0, '\u{FEFF}');
    }
    Ok(out)
}

fn failed(rank: usize, path: &str, message: &str) -> EditError {
    EditError { rank, path: shown(path), message: message.to_owned() }
}

/// Whether edits can be made on a text: its syntax is whole.
#[cfg(feature = "json")]
pub(crate) fn editable(text: &str) -> bool {
    text.trim_start_matches('\u{FEFF}').parse::<DocumentMut>().is_ok()
}

/// More edits at once than any advice has.
const MAX_EDITS: usize = 200;
/// No key of a dossier is deeper.
const MAX_STEPS: usize = 6;

fn shown(path: &str) -> String {
    path.chars().filter(|c| !c.is_control()).take(80).collect()
}

fn one(document: &mut DocumentMut, parents: &[&str], last: &str, edit: &Edit) -> Result<(), String> {
    let making = edit.operation != Operation::Remove;
    if !making && let Some(shorter) = without_line(&document.to_string(), parents, last) {
        *document = shorter;
        return Ok(());
    }
    // A table of a list is taken away whole.
    if let (false, Some((list, above)), Ok(rank)) = (making, parents.split_last(), last.parse::<usize>())
        && let Some(list) = descend(document.as_table_mut(), above, false)?.and_then(|table| table.get_mut(list))
        && let Some(length) = length(list)
    {
        return if rank < length { without(list, rank) } else { None }.ok_or_else(|| absent(&edit.path));
    }
    let Some(table) = descend(document.as_table_mut(), parents, making)? else { return Err(absent(&edit.path)) };
    match (edit.operation, &edit.value) {
        (Operation::Remove, None) => table.remove(last).map(drop).ok_or_else(|| absent(&edit.path)),
        (Operation::Set, Some(value)) => {
            if table.get(last).is_some_and(|item| item.is_table() || item.is_array_of_tables()) {
                return Err(format!(
                    "« {} » est une table : une de ses clés peut être posée, pas elle",
                    shown(&edit.path)
                ));
            }
            set(table, last, item(value));
            Ok(())
        }
        (Operation::Add, Some(value)) => {
            let list = match table.get_mut(last) {
                Some(known) => {
                    known.as_array_mut().ok_or_else(|| format!("« {} » n’est pas une liste", shown(&edit.path)))?
                }
                None => {
                    set(table, last, toml_edit::Value::Array(Array::new()));
                    let made = table.get_mut(last).and_then(Item::as_array_mut);
                    made.ok_or_else(|| absent(&edit.path))?
                }
            };
            let value = item(value);
            if !list.iter().any(|known| same(known, &value)) {
                list.push(value);
            }
            Ok(())
        }
        (Operation::Remove, Some(_)) => Err("« retirer » n’a pas de valeur".to_owned()),
        (operation, None) => Err(format!("« {operation} » demande une valeur")),
    }
}

/// Whether two values of a list are the same, whatever stands around them.
fn same(one: &toml_edit::Value, other: &toml_edit::Value) -> bool {
    match (one.as_str(), other.as_str()) {
        (Some(one), Some(other)) => one == other,
        _ => one.to_string().trim() == other.to_string().trim(),
    }
}

/// The document without the lines of a key, when they hold nothing else; the comments above them stay.
fn without_line(text: &str, parents: &[&str], last: &str) -> Option<DocumentMut> {
    let document = Document::parse(text).ok()?;
    let mut table: &Table = document.as_table();
    let mut steps = parents.iter();
    while let Some(key) = steps.next() {
        table = match table.get(key)? {
            Item::ArrayOfTables(list) => list.get(steps.next()?.parse().ok()?)?,
            item => item.as_table()?,
        };
    }
    let (key, item) = table.get_key_value(last)?;
    let (key, value) = (key.span()?, item.as_value()?.span()?);
    let start = text.get(..key.start)?.rfind('\n').map_or(0, |at| at + 1);
    let end = text.get(value.end..)?.find('\n').map_or(text.len(), |at| value.end + at + 1);
    if !text.get(start..key.start)?.trim().is_empty() {
        return None;
    }
    format!("{}{}", text.get(..start)?, text.get(end..)?).parse().ok()
}

fn absent(path: &str) -> String {
    format!("« {} » n’est pas dans le dossier", shown(path))
}

/// The table of a path; made on the way when `making` is true.
fn descend<'t>(
    root: &'t mut Table,
    parents: &[&str],
    making: bool,
) -> Result<Option<&'t mut dyn toml_edit::TableLike>, String> {
    let mut table: &mut dyn toml_edit::TableLike = root;
    let mut steps = parents.iter().enumerate().peekable();
    while let Some((depth, key)) = steps.next() {
        let rank = steps.peek().and_then(|(_, next)| next.parse::<usize>().ok());
        // No key of a dossier is « 0 »: it begins a list of tables.
        if making && rank == Some(0) && table.get(key).is_none() {
            table.insert(key, Item::ArrayOfTables(ArrayOfTables::new()));
        }
        if let (Some(rank), Some(length)) = (rank, table.get(key).and_then(length)) {
            steps.next();
            let path = || parents[..=depth + 1].join(".");
            if rank > length || (rank == length && !making) {
                return if making {
                    Err(format!("« {} » : la liste n’a que {length} tables", shown(&path())))
                } else {
                    Ok(None)
                };
            }
            let found = table.get_mut(key).and_then(|list| nth(list, rank));
            table = found.ok_or_else(|| format!("« {} » n’est pas une table", shown(&path())))?;
            continue;
        }
        if table.get(key).is_none() {
            if !making {
                return Ok(None);
            }
            // A table whose only keys are tables has no header of its own.
            let last = depth + 1 == parents.len();
            let new = if depth < 2 {
                let mut made = Table::new();
                made.set_implicit(!last);
                made.decor_mut().set_prefix("\n");
                Item::Table(made)
            } else {
                Item::Value(toml_edit::Value::InlineTable(InlineTable::new()))
            };
            table.insert(key, new);
        }
        let path = || parents[..=depth].join(".");
        let next = table.get_mut(key).and_then(Item::as_table_like_mut);
        table = next.ok_or_else(|| format!("« {} » n’est pas une table", shown(&path())))?;
    }
    Ok(Some(table))
}

/// How many tables a list has; `None` for anything but a list.
fn length(item: &Item) -> Option<usize> {
    match item {
        Item::ArrayOfTables(list) => Some(list.len()),
        Item::Value(toml_edit::Value::Array(list)) => Some(list.len()),
        _ => None,
    }
}

/// The table of a rank, made when it is the next one.
fn nth(list: &mut Item, rank: usize) -> Option<&mut dyn toml_edit::TableLike> {
    match list {
        Item::ArrayOfTables(list) => {
            if rank == list.len() {
                let mut made = Table::new();
                made.decor_mut().set_prefix("\n");
                list.push(made);
            }
            list.get_mut(rank).map(|table| table as &mut dyn toml_edit::TableLike)
        }
        Item::Value(toml_edit::Value::Array(list)) => {
            if rank == list.len() {
                list.push(InlineTable::new());
            }
            let table = list.get_mut(rank)?.as_inline_table_mut()?;
            Some(table as &mut dyn toml_edit::TableLike)
        }
        _ => None,
    }
}

/// Takes a table of a list away.
fn without(list: &mut Item, rank: usize) -> Option<()> {
    match list {
        Item::ArrayOfTables(list) => drop(list.remove(rank)),
        Item::Value(toml_edit::Value::Array(list)) => {
            list.get(rank)?.as_inline_table()?;
            list.remove(rank);
        }
        _ => return None,
    }
    Some(())
}

/// Puts a value, with the comment and the spaces of the one that it takes the place of.
fn set(table: &mut dyn toml_edit::TableLike, key: &str, mut value: toml_edit::Value) {
    match table.get_mut(key) {
        Some(item) => {
            if let Some(old) = item.as_value() {
                *value.decor_mut() = old.decor().clone();
            }
            *item = Item::Value(value);
        }
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

fn item(raw: &Raw) -> toml_edit::Value {
    let text = written::value(&Node::from(raw));
    // What the writer of this wing makes is TOML: a value that could not be read back would be its fault.
    text.parse().unwrap_or_else(|_| toml_edit::Value::from(text))
}

impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value =
            self.value.as_ref().map(|raw| format!(" = {}", written::value(&Node::from(raw)))).unwrap_or_default();
        write!(f, "{} {}{value}", self.operation, self.path)
    }
}
