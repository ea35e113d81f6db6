//! One small reader of TOML tables, used for dossiers, clauses, trames and the register.
//!
//! It walks the spanned tree by hand: serde stops at the first error, in English. Every method notes what is wrong and goes
//! on, so that a file shows all its problems at once.

mod report;
mod syntax;

pub(crate) use crate::base::fold::fold as plain;
use crate::base::quantity::{Date, QuantityError};
use crate::base::terms::Vocabulary;
pub(crate) use report::Report;
pub use report::{FileProblem, LoadErrors, Problem, Span, locate};
use std::cell::RefCell;
pub(crate) use syntax::parse;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

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

fn forbidden_message(c: char) -> String {
    format!("caractère interdit U+{:04X} (contrôle ou inversion du sens de lecture)", c as u32)
}

/// The word of a list nearest to a misspelt one; `None` when none is near.
pub fn nearest<'a>(word: &str, among: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    among
        .into_iter()
        .filter_map(|candidate| {
            let letters = candidate.chars().count();
            let most = 1 + letters / 4;
            // Words whose lengths are that far apart are farther still: nothing is compared letter by letter in vain.
            let near = (length.abs_diff(letters) <= most).then(|| strsim::damerau_levenshtein(word, candidate))?;
            (near <= most).then_some((near, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
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

/// A value as a file writes it, before its type is known.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Raw {
    /// A text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// True or false.
    Boolean(bool),
    /// A date.
    Date(Date),
    /// A list of texts.
    List(Vec<String>),
}

/// A table being read: it knows which of its keys have been asked for.
pub(crate) struct Table<'d, 's> {
    /// Where the table stands (« lot.1 »); empty for the root.
    pub(crate) path: String,
    /// Place of its header, or of its name.
    pub(crate) span: Span,
    entries: Vec<(&'d str, Span, &'d Spanned<DeValue<'s>>)>,
    asked: RefCell<Vec<String>>,
    pub(crate) report: &'d Report<'s>,
}

/// A value with its key, of any type.
pub(crate) struct Entry<'d, 's> {
    pub(crate) key: &'d str,
    pub(crate) key_span: Span,
    pub(crate) value: &'d Spanned<DeValue<'s>>,
}

impl<'d, 's> Table<'d, 's> {
    pub(crate) fn new(path: String, span: Span, table: &'d DeTable<'s>, report: &'d Report<'s>) -> Self {
        let mut entries: Vec<_> = table.iter().map(|(k, v)| (k.get_ref().as_ref(), k.span(), v)).collect();
        // The parser sorts its keys; the reader's order is the order of the file.
        entries.sort_by_key(|(_, span, _)| span.start);
        for (key, span, _) in &entries {
            if let Some(c) = key.chars().find(|c| forbidden(*c)) {
                report.add_fault(span.clone(), forbidden_message(c), FORBIDDEN_HELP);
            }
        }
        Self { path, span, entries, asked: RefCell::new(Vec::new()), report }
    }

    pub(crate) fn root(root: &'d Spanned<DeTable<'s>>, report: &'d Report<'s>) -> Self {
        Self::new(String::new(), 0..0, root.get_ref(), report)
    }

    /// Path of one of its keys.
    pub(crate) fn at(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// An entry; its key counts as asked for.
    pub(crate) fn entry(&self, key: &str) -> Option<Entry<'d, 's>> {
        self.get(key).map(|(key, key_span, value)| Entry { key, key_span: key_span.clone(), value })
    }

    fn get(&self, key: &str) -> Option<&(&'d str, Span, &'d Spanned<DeValue<'s>>)> {
        self.asked.borrow_mut().push(key.to_owned());
        self.entries.iter().find(|(k, ..)| *k == key)
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(k, ..)| *k == key)
    }

    /// Every entry, in file order; the keys count as asked for.
    pub(crate) fn all(&self) -> Vec<Entry<'d, 's>> {
        self.entries
            .iter()
            .map(|(key, key_span, value)| {
                self.asked.borrow_mut().push((*key).to_owned());
                Entry { key, key_span: key_span.clone(), value }
            })
            .collect()
    }

    /// Every entry that has not been asked for.
    pub(crate) fn rest(&self) -> Vec<Entry<'d, 's>> {
        let asked = self.asked.borrow().clone();
        self.all().into_iter().filter(|e| !asked.iter().any(|a| a == e.key)).collect()
    }

    pub(crate) fn missing(&self, key: &str, example: &str) {
        let place = if self.path.is_empty() { "le fichier".to_owned() } else { format!("[{}]", self.path) };
        self.report.add(
            self.span.clone(),
            format!("la clé « {key} » manque dans {place}"),
            format!("ajoutez : {key} = {example}"),
        );
    }

    fn wrong_type(&self, span: Span, key: &str, value: &DeValue<'_>, expected: &str) {
        let found = type_name(value);
        let mut help = format!("attendu : {expected}");
        if matches!(value, DeValue::Float(_)) {
            help = format!("les nombres à virgule s’écrivent entre guillemets avec leur unité ; attendu : {expected}");
        }
        self.report.add(span, format!("« {} » est {found}", self.at(key)), help);
    }

    /// A text.
    pub(crate) fn text(&self, key: &str) -> Option<&'d str> {
        let (_, _, value) = self.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => self.clean(text, value.span()),
            other => {
                self.wrong_type(value.span(), key, other, "un texte entre guillemets");
                None
            }
        }
    }

    /// A text that may be left out; a blank one says nothing.
    pub(crate) fn optional(&self, key: &str) -> String {
        self.text(key).filter(|text| !text.trim().is_empty()).unwrap_or_default().to_owned()
    }

    fn clean<'t>(&self, text: &'t str, span: Span) -> Option<&'t str> {
        if text.chars().count() > MAX_TEXT {
            let message = "texte trop long : 10 000 caractères au plus";
            self.report.add(span, message, "abrégez-le, ou joignez-le en annexe");
            return None;
        }
        match text.chars().find(|c| forbidden(*c)) {
            Some(c) => {
                // Written as it is, rather than by its number, the character has been noted at its own place.
                if !self.report.source.get(span.clone()).is_some_and(|written| written.contains(c)) {
                    self.report.add_fault(span, forbidden_message(c), FORBIDDEN_HELP);
                }
                None
            }
            None => Some(text),
        }
    }

    /// A text that must be there and not be blank; the example shows what to write.
    pub(crate) fn required(&self, key: &str, example: &str) -> String {
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
        self.entries.iter().find(|(k, ..)| *k == key).map_or_else(|| self.span.clone(), |(_, _, v)| v.span())
    }

    /// A word of a closed list.
    pub(crate) fn word<V: Vocabulary>(&self, key: &str) -> Option<V> {
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
    pub(crate) fn required_word<V: Vocabulary>(&self, key: &str) -> Option<V> {
        if !self.has(key) {
            self.get(key);
            let words: Vec<String> = V::WORDS.iter().map(|(w, _)| format!("\"{w}\"")).collect();
            self.missing(key, &words.join(" | "));
        }
        self.word(key)
    }

    /// A text read by a parser of quantities; a whole number is accepted where the parser takes a bare figure.
    pub(crate) fn measure<T>(&self, key: &str, parse: impl Fn(&str) -> Result<T, QuantityError>) -> Option<T> {
        let (_, _, value) = self.get(key)?;
        let text = match value.get_ref() {
            DeValue::String(text) => self.clean(text, value.span())?.to_owned(),
            DeValue::Integer(n) => n.as_str().replace('_', ""),
            other => {
                self.wrong_type(
                    value.span(),
                    key,
                    other,
                    "un texte avec son unité, par exemple \"10 %\" ou \"350 000 €\"",
                );
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
                self.report.add(value.span(), format!("« {} » : {error}", self.at(key)), help);
                None
            }
        }
    }

    /// A date.
    pub(crate) fn date(&self, key: &str) -> Option<Date> {
        let (_, _, value) = self.get(key)?;
        match date_of(value.get_ref()) {
            Some(date) => Some(date),
            None => {
                let example = "une date sans guillemets, par exemple 2026-12-07";
                match value.get_ref() {
                    DeValue::Datetime(_) => {
                        let message = format!("« {} » est une date avec une heure", self.at(key));
                        self.report.add(value.span(), message, format!("attendu : {example}"));
                    }
                    other => self.wrong_type(value.span(), key, other, example),
                }
                None
            }
        }
    }

    /// A whole number in a range.
    pub(crate) fn integer(&self, key: &str, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
        let (_, _, value) = self.get(key)?;
        match integer_of(value.get_ref()) {
            Some(n) if range.contains(&n) => Some(n),
            Some(n) => {
                self.report.add(
                    value.span(),
                    format!("« {} » = {n} : hors bornes", self.at(key)),
                    format!("attendu : de {} à {}", range.start(), range.end()),
                );
                None
            }
            None => {
                self.wrong_type(value.span(), key, value.get_ref(), "un nombre entier sans guillemets");
                None
            }
        }
    }

    /// True or false.
    pub(crate) fn boolean(&self, key: &str) -> Option<bool> {
        let (_, _, value) = self.get(key)?;
        match value.get_ref() {
            DeValue::Boolean(b) => Some(*b),
            other => {
                self.wrong_type(value.span(), key, other, "true ou false, sans guillemets");
                None
            }
        }
    }

    /// A list of texts; absent is empty.
    pub(crate) fn texts(&self, key: &str) -> Vec<String> {
        self.spanned_texts(key).into_iter().map(|(text, _)| text).collect()
    }

    /// A list of texts with their places; absent is empty.
    pub(crate) fn spanned_texts(&self, key: &str) -> Vec<(String, Span)> {
        let Some((_, _, value)) = self.get(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(value.span(), key, value.get_ref(), "une liste de textes, par exemple [\"a\", \"b\"]");
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::String(text) => out.extend(self.clean(text, item.span()).map(|t| (t.to_owned(), item.span()))),
                other => self.wrong_type(item.span(), key, other, "une liste de textes, par exemple [\"a\", \"b\"]"),
            }
        }
        out
    }

    /// A list of words of a closed list; absent is empty.
    pub(crate) fn words<V: Vocabulary>(&self, key: &str) -> Vec<V> {
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
    pub(crate) fn raw(&self, key: &str) -> Option<(Raw, Span)> {
        let (_, _, value) = self.get(key)?.clone();
        let raw = match value.get_ref() {
            DeValue::String(text) => Raw::Text(self.clean(text, value.span())?.to_owned()),
            DeValue::Boolean(b) => Raw::Boolean(*b),
            DeValue::Integer(_) => match integer_of(value.get_ref()) {
                Some(n) if n >= 0 => Raw::Integer(n),
                Some(_) => {
                    let message = format!("« {} » : un nombre négatif n’a pas de sens ici", self.at(key));
                    self.report.add(value.span(), message, "corrigez la valeur");
                    return None;
                }
                None => {
                    self.report.add(
                        value.span(),
                        format!("« {} » : nombre trop grand", self.at(key)),
                        "corrigez la valeur",
                    );
                    return None;
                }
            },
            DeValue::Datetime(_) => match date_of(value.get_ref()) {
                Some(date) => Raw::Date(date),
                None => {
                    let message = format!("« {} » : une heure n’a pas de sens ici", self.at(key));
                    self.report.add(value.span(), message, "une date s’écrit 2026-12-07");
                    return None;
                }
            },
            DeValue::Array(_) => Raw::List(self.texts(key)),
            other => {
                self.wrong_type(value.span(), key, other, "une valeur simple entre guillemets, par exemple \"7,5 %\"");
                return None;
            }
        };
        Some((raw, value.span()))
    }

    /// A sub-table.
    pub(crate) fn table(&self, key: &str) -> Option<Table<'d, 's>> {
        let (_, key_span, value) = self.get(key)?.clone();
        self.as_table(key, key_span, value)
    }

    pub(crate) fn as_table(&self, key: &str, key_span: Span, value: &'d Spanned<DeValue<'s>>) -> Option<Table<'d, 's>> {
        match value.get_ref() {
            DeValue::Table(table) => Some(Table::new(self.at(key), key_span, table, self.report)),
            other => {
                self.wrong_type(value.span(), key, other, &format!("une table [{}]", self.at(key)));
                None
            }
        }
    }

    /// An array of tables (`[[key]]`); absent is empty.
    pub(crate) fn tables(&self, key: &str) -> Vec<Table<'d, 's>> {
        let Some((_, _, value)) = self.get(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(value.span(), key, value.get_ref(), &format!("des tables [[{}]]", self.at(key)));
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => out.push(Table::new(self.at(key), item.span(), table, self.report)),
                other => self.wrong_type(item.span(), key, other, &format!("des tables [[{}]]", self.at(key))),
            }
        }
        out
    }

    /// Notes every key that nothing asked for.
    pub(crate) fn finish(&self) {
        let asked = self.asked.borrow();
        for (key, span, _) in &self.entries {
            if !asked.iter().any(|a| a == key) {
                let place = if self.path.is_empty() { String::new() } else { format!(" dans [{}]", self.path) };
                let known = asked.iter().map(String::as_str);
                let help = match nearest(key, known.clone()) {
                    Some(near) => format!("vouliez-vous dire « {near} » ?"),
                    None => {
                        let mut list: Vec<&str> = known.collect();
                        list.sort_unstable();
                        list.dedup();
                        format!("clés connues : {}", list.join(", "))
                    }
                };
                self.report.add(span.clone(), format!("clé inconnue « {key} »{place}"), help);
            }
        }
    }
}

/// The places of every text of a table, at any depth, some keys left aside.
pub(crate) fn texts_of(table: &DeTable<'_>, aside: &[&str], out: &mut Vec<Span>) {
    fn of_value(value: &Spanned<DeValue<'_>>, aside: &[&str], out: &mut Vec<Span>) {
        match value.get_ref() {
            DeValue::String(_) => out.push(value.span()),
            DeValue::Array(items) => items.iter().for_each(|item| of_value(item, aside, out)),
            DeValue::Table(table) => texts_of(table, aside, out),
            _ => {}
        }
    }
    let wanted = table.iter().filter(|(key, _)| !aside.contains(&key.get_ref().as_ref()));
    wanted.for_each(|(_, value)| of_value(value, aside, out));
}

pub(crate) fn integer_of(value: &DeValue<'_>) -> Option<i64> {
    match value {
        DeValue::Integer(n) => i64::from_str_radix(&n.as_str().replace('_', ""), n.radix()).ok(),
        _ => None,
    }
}

pub(crate) fn date_of(value: &DeValue<'_>) -> Option<Date> {
    match value {
        DeValue::Datetime(d) if d.time.is_none() => d.date.and_then(|d| Date::new(d.year, d.month, d.day)),
        _ => None,
    }
}

pub(crate) fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "un texte",
        DeValue::Integer(_) => "un nombre entier",
        DeValue::Float(_) => "un nombre à virgule",
        DeValue::Boolean(_) => "vrai ou faux",
        DeValue::Datetime(_) => "une date",
        DeValue::Array(_) => "une liste",
        DeValue::Table(_) => "une table",
    }
}
