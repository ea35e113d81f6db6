//! One small reader of TOML tables, used for dossiers, clauses, trames and the register.
//!
//! It walks the spanned tree by hand: serde stops at the first error, in English. Every method notes what is wrong and goes
//! on, so that a file shows all its problems at once.

mod report;
mod syntax;

pub(crate) use crate::base::fold::fold as plain;
use crate::base::quantity::{Date, QuantityError};
use crate::base::terms::Vocabulary;
use crate::file::node::{Field, Node, NodeValue, join};
pub use report::{FileProblem, Lines, LoadErrors, Problem, Span, locate};
pub(crate) use report::{OwnLines, Report};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap};
pub(crate) use syntax::parse;

/// The text of a file, its byte-order mark left aside.
pub(crate) fn decode(bytes: &[u8]) -> Result<&str, Vec<Problem>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let good = String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default()).into_owned();
        let report = Report::new(&good);
        report.add(
            good.len()..good.len(),
            "le fichier n’est pas en UTF-8",
            "enregistrez-le avec l’encodage UTF-8 (« Enregistrer sous », choix de l’encodage)",
        );
        report.into_problems()
    })
}

/// Longest text read, in characters: pages more than any value or stipulation, and less than what a piece may print.
const MAX_TEXT: usize = 10_000;

const FORBIDDEN_HELP: &str = "supprimez ce caractère, souvent invisible, et tapez le texte à nouveau";

/// Characters refused everywhere: controls, bidirectional overrides, and the noncharacters that mark up a text inside.
pub(crate) fn forbidden(c: char) -> bool {
    match c {
        ' '..='~' | '\n' | '\r' | '\t' => false,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FEFF}' => true,
        c => c.is_control(),
    }
}

/// The first forbidden character of a text.
fn first_forbidden(text: &str) -> Option<char> {
    /// Bytes looked at together: nearly no text has one with which a forbidden character begins.
    const TOGETHER: usize = 64;
    // Controls; C2 of those above the letters; E2 and EF of the others.
    let begins = |byte: u8| {
        ((byte < b' ') & (byte != b'\n')) | (byte == 0x7F) | (byte == 0xC2) | (byte == 0xE2) | (byte == 0xEF)
    };
    for (rank, chunk) in text.as_bytes().chunks(TOGETHER).enumerate() {
        let told = chunk.iter().fold(0, |found, byte| found | u8::from(begins(*byte)));
        if told == 0 {
            continue;
        }
        let places = (rank * TOGETHER..).zip(chunk).filter(|(_, byte)| begins(**byte));
        let found = places.filter_map(|(place, _)| text.get(place..)?.chars().next()).find(|c| forbidden(*c));
        if found.is_some() {
            return found;
        }
    }
    None
}

fn forbidden_message(c: char) -> String {
    format!("caractère interdit U+{:04X} (contrôle ou inversion du sens de lecture)", c as u32)
}

/// Longest word compared with others, in characters: longer ones are no slip of the pen.
const LONGEST_WORD: usize = 64;

/// The word of a list nearest to a misspelt one; `None` when none is near.
pub fn nearest<'a>(word: &str, among: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().take(LONGEST_WORD + 1).count();
    if length > LONGEST_WORD {
        return None;
    }
    among
        .into_iter()
        .filter_map(|candidate| {
            let letters = candidate.chars().count();
            let most = 1 + letters / 4;
            // Words whose lengths are that far apart are farther still: nothing is compared letter by letter in vain.
            let may = length.abs_diff(letters) <= most && apart(word, candidate) <= most;
            let near = may.then(|| strsim::damerau_levenshtein(word, candidate))?;
            // A word that shares nothing with another is no slip from it.
            (near <= most && near < length).then_some((near, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Slips that lead from one word to another, at least: the letters that one has and the other has not. Zero beyond ASCII.
fn apart(one: &str, other: &str) -> usize {
    let mut left = [0_i16; 128];
    for (word, step) in [(one, 1), (other, -1)] {
        for byte in word.bytes() {
            let Some(count) = left.get_mut(usize::from(byte)) else { return 0 };
            *count += step;
        }
    }
    let sum =
        |sign: i16| left.iter().filter(|n| n.signum() == sign).map(|n| usize::from(n.unsigned_abs())).sum::<usize>();
    sum(1).max(sum(-1))
}

/// « vouliez-vous dire … ? » or the list of what is allowed.
pub(crate) fn suggestion<'a>(word: &str, among: impl IntoIterator<Item = &'a str> + Clone) -> String {
    match nearest(word, among.clone()) {
        Some(near) => format!("vouliez-vous dire « {near} » ?"),
        None => {
            let list: Vec<&str> = among.into_iter().collect();
            format!("valeurs possibles : {}", list.join(", "))
        }
    }
}

/// Keys that are sought one by one; more are indexed.
const FEW: usize = 32;

/// A value as a file writes it, before its type is known. In JSON, which has no dates, a text that is one reads as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
pub enum Raw {
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A date.
    Date(Date),
    /// A text.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
}

impl From<&str> for Raw {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Raw {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Raw {
    fn from(n: i64) -> Self {
        Self::Integer(n)
    }
}

impl From<bool> for Raw {
    fn from(yes: bool) -> Self {
        Self::Boolean(yes)
    }
}

impl From<Date> for Raw {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<Vec<String>> for Raw {
    fn from(items: Vec<String>) -> Self {
        Self::List(items)
    }
}

/// A table being read: it knows which of its keys have been asked for.
pub(crate) struct Table<'d, 's> {
    /// Where the table stands (« lot.1 »); empty for the root.
    pub(crate) path: String,
    /// Place of its header, or of its name.
    pub(crate) span: Span,
    fields: &'d [Field<'s>],
    /// The fields by key, when they are many.
    index: OnceCell<HashMap<&'d str, &'d Field<'s>>>,
    asked: RefCell<Vec<&'d str>>,
    /// Every key has been asked for.
    all_asked: Cell<bool>,
    pub(crate) report: &'d Report<'s>,
}

impl<'d, 's> Table<'d, 's> {
    /// The table that a node is; one without keys when the node is something else.
    pub(crate) fn new(path: String, span: Span, node: &'d Node<'s>, report: &'d Report<'s>) -> Self {
        let fields = node.fields();
        for field in fields {
            if let Some(c) = first_forbidden(&field.key) {
                report.add_fault(field.key_span.clone(), forbidden_message(c), FORBIDDEN_HELP);
            }
        }
        let (index, asked, all_asked) = Default::default();
        Self { path, span, fields, index, asked, all_asked, report }
    }

    pub(crate) fn root(root: &'d Node<'s>, report: &'d Report<'s>) -> Self {
        Self::new(String::new(), 0..0, root, report)
    }

    /// Path of one of its keys.
    pub(crate) fn at(&self, key: &str) -> String {
        join(&self.path, key)
    }

    /// A key with its value, of any type; the key counts as asked for.
    pub(crate) fn entry(&self, key: &'d str) -> Option<&'d Field<'s>> {
        self.asked.borrow_mut().push(key);
        self.find(key)
    }

    fn find(&self, key: &str) -> Option<&'d Field<'s>> {
        if self.fields.len() <= FEW {
            return self.fields.iter().find(|field| field.key == key);
        }
        let index = || self.fields.iter().map(|field| (field.key.as_ref(), field)).collect();
        self.index.get_or_init(index).get(key).copied()
    }

    fn get(&self, key: &'d str) -> Option<&'d Node<'s>> {
        self.entry(key).map(|field| &field.node)
    }

    /// Whether a key stands in the table; the key counts as asked for.
    pub(crate) fn has(&self, key: &'d str) -> bool {
        self.entry(key).is_some()
    }

    /// Every entry, in the order of the file; the keys count as asked for.
    pub(crate) fn all(&self) -> &'d [Field<'s>] {
        self.all_asked.set(true);
        self.fields
    }

    /// Every entry that has not been asked for.
    pub(crate) fn rest(&self) -> Vec<&'d Field<'s>> {
        let asked: BTreeSet<&str> = self.asked.borrow().iter().copied().collect();
        self.all().iter().filter(|field| !asked.contains(field.key.as_ref())).collect()
    }

    pub(crate) fn missing(&self, key: &str, example: &str) {
        let place = if self.path.is_empty() { "le fichier".to_owned() } else { format!("[{}]", self.path) };
        self.report.add_absent(
            self.span.clone(),
            self.at(key),
            format!("la clé « {key} » manque dans {place}"),
            format!("ajoutez : {key} = {example}"),
        );
    }

    fn wrong_type(&self, key: &str, node: &Node<'_>, expected: &str) {
        let found = node.kind();
        let mut help = format!("attendu : {expected}");
        if node.value == NodeValue::Float {
            help = format!("les nombres à virgule s’écrivent entre guillemets avec leur unité ; attendu : {expected}");
        }
        self.report.add(node.span.clone(), format!("« {} » est {found}", self.at(key)), help);
    }

    /// A text.
    pub(crate) fn text(&self, key: &'d str) -> Option<&'d str> {
        let node = self.get(key)?;
        match node.as_text() {
            Some(text) => self.clean(text, &node.span),
            None => {
                self.wrong_type(key, node, "un texte entre guillemets");
                None
            }
        }
    }

    /// A text that may be left out; a blank one says nothing.
    pub(crate) fn optional(&self, key: &'d str) -> String {
        self.text(key).filter(|text| !text.trim().is_empty()).unwrap_or_default().to_owned()
    }

    fn clean<'t>(&self, text: &'t str, span: &Span) -> Option<&'t str> {
        // No text has more characters than bytes.
        if text.len() > MAX_TEXT && text.chars().count() > MAX_TEXT {
            let message = "texte trop long : 10 000 caractères au plus";
            self.report.add(span.clone(), message, "abrégez-le, ou joignez-le en annexe");
            return None;
        }
        match first_forbidden(text) {
            Some(c) => {
                // Written as it is, rather than by its number, the character has been noted at its own place.
                if !self.report.source.get(span.clone()).is_some_and(|written| written.contains(c)) {
                    self.report.add_fault(span.clone(), forbidden_message(c), FORBIDDEN_HELP);
                }
                None
            }
            None => Some(text),
        }
    }

    /// A text that must be there and not be blank; the example shows what to write.
    pub(crate) fn required(&self, key: &'d str, example: &str) -> String {
        if !self.has(key) {
            self.get(key);
            self.missing(key, example);
            return String::new();
        }
        let text = self.text(key);
        if text.is_some_and(|text| text.trim().is_empty()) {
            self.report.add(
                self.span_of(key),
                format!("« {} » est vide", self.at(key)),
                format!("écrivez par exemple : {key} = {example}"),
            );
        }
        text.unwrap_or_default().to_owned()
    }

    /// Place of the value of a key, or of the table.
    pub(crate) fn span_of(&self, key: &str) -> Span {
        self.find(key).map_or_else(|| self.span.clone(), |field| field.node.span.clone())
    }

    /// A word of a closed list.
    pub(crate) fn word<V: Vocabulary>(&self, key: &'d str) -> Option<V> {
        let text = self.text(key)?;
        let word = V::from_word(text);
        if word.is_none() {
            let words = V::WORDS.iter().map(|(w, _)| *w);
            self.report.add(
                self.span_of(key),
                format!("« {text} » : {} n’existe pas", V::WHAT),
                suggestion(text, words),
            );
        }
        word
    }

    /// A word of a closed list that must be there.
    pub(crate) fn required_word<V: Vocabulary>(&self, key: &'d str) -> Option<V> {
        if !self.has(key) {
            self.get(key);
            let words: Vec<String> = V::WORDS.iter().map(|(w, _)| format!("\"{w}\"")).collect();
            self.missing(key, &words.join(" | "));
        }
        self.word(key)
    }

    /// A text read by a parser of quantities; a whole number is accepted where the parser takes a bare figure.
    pub(crate) fn measure<T>(&self, key: &'d str, parse: impl Fn(&str) -> Result<T, QuantityError>) -> Option<T> {
        let node = self.get(key)?;
        let text = match &node.value {
            NodeValue::Text(text) => Cow::Borrowed(self.clean(text, &node.span)?),
            NodeValue::Integer(Some(n)) => Cow::Owned(n.to_string()),
            NodeValue::Integer(None) => return self.too_large(key, node),
            _ => {
                self.wrong_type(key, node, "un texte avec son unité, par exemple \"10 %\" ou \"350 000 €\"");
                return None;
            }
        };
        match parse(&text) {
            Ok(value) => Some(value),
            Err(error) => {
                let help = match error {
                    QuantityError::NotANumber(_) => {
                        "milliers séparés par une espace, décimales par une virgule : 1 250,50"
                    }
                    QuantityError::Unit { .. } => "écrivez le nombre, puis l’unité attendue",
                    _ => "corrigez la valeur",
                };
                self.report.add(node.span.clone(), format!("« {} » : {error}", self.at(key)), help);
                None
            }
        }
    }

    fn too_large<T>(&self, key: &str, node: &Node<'_>) -> Option<T> {
        self.report.add(node.span.clone(), format!("« {} » : nombre trop grand", self.at(key)), "corrigez la valeur");
        None
    }

    /// A date; where the file has no type for it, a text like `2026-12-07`.
    pub(crate) fn date(&self, key: &'d str) -> Option<Date> {
        let node = self.get(key)?;
        let example = match self.report.has_text() {
            true => "une date sans guillemets, par exemple 2026-12-07",
            false => "une date, par exemple \"2026-12-07\"",
        };
        match &node.value {
            NodeValue::Date(date) => return Some(*date),
            NodeValue::Text(text) if !self.report.has_text() => match Date::parse(text) {
                Some(date) => return Some(date),
                None => {
                    let message = format!("« {} » : « {} » n’est pas une date", self.at(key), report::excerpt(text));
                    self.report.add(node.span.clone(), message, format!("attendu : {example}"));
                }
            },
            NodeValue::Time => {
                let message = format!("« {} » est une date avec une heure", self.at(key));
                self.report.add(node.span.clone(), message, format!("attendu : {example}"));
            }
            _ => self.wrong_type(key, node, example),
        }
        None
    }

    /// A whole number in a range.
    pub(crate) fn integer(&self, key: &'d str, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
        let node = self.get(key)?;
        match node.value {
            NodeValue::Integer(Some(n)) if range.contains(&n) => Some(n),
            NodeValue::Integer(Some(n)) => {
                self.report.add(
                    node.span.clone(),
                    format!("« {} » = {n} : hors bornes", self.at(key)),
                    format!("attendu : de {} à {}", range.start(), range.end()),
                );
                None
            }
            _ => {
                self.wrong_type(key, node, "un nombre entier sans guillemets");
                None
            }
        }
    }

    /// True or false.
    pub(crate) fn boolean(&self, key: &'d str) -> Option<bool> {
        let node = self.get(key)?;
        match node.value {
            NodeValue::Boolean(yes) => Some(yes),
            _ => {
                self.wrong_type(key, node, "true ou false, sans guillemets");
                None
            }
        }
    }

    /// A list of texts; absent is empty.
    pub(crate) fn texts(&self, key: &'d str) -> Vec<String> {
        self.spanned_texts(key).into_iter().map(|(text, _)| text).collect()
    }

    /// A list of key paths, as many as the file holds: they are not printed. Absent is empty.
    pub(crate) fn key_paths(&self, key: &'d str) -> Vec<String> {
        self.listed(key, usize::MAX).into_iter().map(|(text, _)| text).collect()
    }

    /// A list of texts with their places; absent is empty.
    pub(crate) fn spanned_texts(&self, key: &'d str) -> Vec<(String, Span)> {
        self.listed(key, MAX_TEXT)
    }

    fn listed(&self, key: &'d str, most: usize) -> Vec<(String, Span)> {
        const EXPECTED: &str = "une liste de textes, par exemple [\"a\", \"b\"]";
        let Some(node) = self.get(key) else { return Vec::new() };
        let NodeValue::List(items) = &node.value else {
            self.wrong_type(key, node, EXPECTED);
            return Vec::new();
        };
        let mut out = Vec::new();
        let length: usize = items.iter().filter_map(Node::as_text).map(|text| text.chars().count()).sum();
        if length > most {
            let message = "liste trop longue : 10 000 caractères au plus, en tout";
            self.report.add(node.span.clone(), message, "abrégez-la, ou joignez-la en annexe");
            return Vec::new();
        }
        for item in items {
            match item.as_text() {
                Some(text) => out.extend(self.clean(text, &item.span).map(|t| (t.to_owned(), item.span.clone()))),
                None => self.wrong_type(key, item, EXPECTED),
            }
        }
        out
    }

    /// A list of words of a closed list; absent is empty.
    pub(crate) fn words<V: Vocabulary>(&self, key: &'d str) -> Vec<V> {
        let mut out = Vec::new();
        for (text, span) in self.spanned_texts(key) {
            match V::from_word(&text) {
                Some(word) => out.push(word),
                None => self.report.add(
                    span,
                    format!("« {text} » : {} n’existe pas", V::WHAT),
                    suggestion(&text, V::WORDS.iter().map(|(w, _)| *w)),
                ),
            }
        }
        out
    }

    /// A value of any plain type, with its place.
    pub(crate) fn raw(&self, key: &'d str) -> Option<(Raw, Span)> {
        let node = self.get(key)?;
        let raw = match &node.value {
            NodeValue::Text(text) => Raw::Text(self.clean(text, &node.span)?.to_owned()),
            NodeValue::Boolean(yes) => Raw::Boolean(*yes),
            NodeValue::Integer(Some(n)) if *n >= 0 => Raw::Integer(*n),
            NodeValue::Integer(Some(_)) => {
                let message = format!("« {} » : un nombre négatif n’a pas de sens ici", self.at(key));
                self.report.add(node.span.clone(), message, "corrigez la valeur");
                return None;
            }
            NodeValue::Integer(None) => return self.too_large(key, node),
            NodeValue::Date(date) => Raw::Date(*date),
            NodeValue::Time => {
                let message = format!("« {} » : une heure n’a pas de sens ici", self.at(key));
                self.report.add(node.span.clone(), message, "une date s’écrit 2026-12-07");
                return None;
            }
            NodeValue::List(_) => Raw::List(self.texts(key)),
            NodeValue::Float | NodeValue::Nothing | NodeValue::Table(_) => {
                self.wrong_type(key, node, "une valeur simple entre guillemets, par exemple \"7,5 %\"");
                return None;
            }
        };
        Some((raw, node.span.clone()))
    }

    /// A sub-table.
    pub(crate) fn table(&self, key: &'d str) -> Option<Table<'d, 's>> {
        self.as_table(self.entry(key)?)
    }

    /// The table that an entry holds.
    pub(crate) fn as_table(&self, field: &'d Field<'s>) -> Option<Table<'d, 's>> {
        let path = self.at(&field.key);
        match field.node.value {
            NodeValue::Table(_) => Some(Table::new(path, field.key_span.clone(), &field.node, self.report)),
            _ => {
                self.wrong_type(&field.key, &field.node, &format!("une table [{path}]"));
                None
            }
        }
    }

    /// An array of tables (`[[key]]`); absent is empty.
    pub(crate) fn tables(&self, key: &'d str) -> Vec<Table<'d, 's>> {
        let Some(node) = self.get(key) else { return Vec::new() };
        let expected = || format!("des tables [[{}]]", self.at(key));
        let NodeValue::List(items) = &node.value else {
            self.wrong_type(key, node, &expected());
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in items {
            match item.value {
                NodeValue::Table(_) => out.push(Table::new(self.at(key), item.span.clone(), item, self.report)),
                _ => self.wrong_type(key, item, &expected()),
            }
        }
        out
    }

    /// Notes every key that nothing asked for.
    pub(crate) fn finish(&self) {
        if self.all_asked.get() {
            return;
        }
        let asked = self.asked.borrow();
        let unknown = self.fields.iter().filter(|field| !asked.contains(&field.key.as_ref()));
        for Field { key, key_span, .. } in unknown {
            self.report.add_with(key_span.clone(), || {
                let place = if self.path.is_empty() { String::new() } else { format!(" dans [{}]", self.path) };
                let help = match nearest(key, asked.iter().copied()) {
                    Some(near) => format!("vouliez-vous dire « {near} » ?"),
                    None => {
                        let list: BTreeSet<&str> = asked.iter().copied().collect();
                        format!("clés connues : {}", list.into_iter().collect::<Vec<_>>().join(", "))
                    }
                };
                (format!("clé inconnue « {key} »{place}"), help)
            });
        }
    }
}
