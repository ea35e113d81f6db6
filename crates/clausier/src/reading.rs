//! One small reader of TOML tables, used for dossiers, clauses, trames and the register.
//!
//! It walks the spanned tree by hand: serde stops at the first error, in English. Every method notes what is wrong and goes
//! on, so that a file shows all its problems at once.

use crate::quantity::{Date, QuantityError};
use crate::terms::Vocabulary;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A place in a file, in bytes.
pub type Span = Range<usize>;

/// Something wrong in a file, with its place. The texts are French.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// Place of the offending text, in bytes.
    pub span: Span,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
    /// The offending line, whole.
    pub excerpt: String,
    /// What is wrong.
    pub message: String,
    /// What to do; empty when the message says it all.
    pub help: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "ligne {}, colonne {} : {}", self.line, self.column, self.message)?;
        if !self.excerpt.trim().is_empty() {
            writeln!(f, "    {}", self.excerpt.trim_end())?;
        }
        if !self.help.is_empty() {
            writeln!(f, "    aide : {}", self.help)?;
        }
        Ok(())
    }
}

/// Line and column (from 1) of a byte offset, and the line itself.
pub fn locate(source: &str, offset: usize) -> (usize, usize, &str) {
    let mut offset = offset.min(source.len());
    while !source.is_char_boundary(offset) {
        offset -= 1;
    }
    let start = source[..offset].rfind('\n').map_or(0, |i| i + 1);
    let end = source[offset..].find('\n').map_or(source.len(), |i| offset + i);
    let line = source[..start].bytes().filter(|b| *b == b'\n').count() + 1;
    (line, source[start..offset].chars().count() + 1, source[start..end].trim_end_matches('\r'))
}

/// Collects the problems of one file.
pub(crate) struct Report<'s> {
    source: &'s str,
    problems: RefCell<Vec<Problem>>,
    /// Lines at fault for their characters or their syntax: what their shape lacks is only a consequence.
    faulty: RefCell<BTreeSet<usize>>,
    /// The syntax is at fault in such a way that any remark on the shape would be a guess.
    broken: Cell<bool>,
}

impl<'s> Report<'s> {
    pub(crate) fn new(source: &'s str) -> Self {
        let (problems, faulty, broken) = Default::default();
        Self { source, problems, faulty, broken }
    }

    /// Notes a problem at a place.
    pub(crate) fn add(&self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let (line, ..) = locate(self.source, span.start);
        if !self.broken.get() && !self.faulty.borrow().contains(&line) {
            self.push(span, message.into(), help.into());
        }
    }

    /// Notes a fault of characters or syntax: one a line.
    fn add_fault(&self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let (line, ..) = locate(self.source, span.start);
        if self.faulty.borrow_mut().insert(line) {
            self.push(span, message.into(), help.into());
        }
    }

    fn push(&self, span: Span, message: String, help: String) {
        let (line, column, excerpt) = locate(self.source, span.start);
        // What is refused in a file is not sent to a terminal either.
        let shown = |c: char| if forbidden(c) { char::REPLACEMENT_CHARACTER } else { c };
        let excerpt = excerpt.chars().take(200).map(shown).collect();
        let problem = Problem { span, line, column, excerpt, message, help };
        let mut problems = self.problems.borrow_mut();
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }

    /// Place of the first occurrence of a word, in quotes rather than bare; the start of the file when it is not there.
    pub(crate) fn find(&self, word: &str) -> Span {
        let quoted = self.source.find(&format!("\"{word}\"")).map(|start| start + 1);
        quoted.or_else(|| self.source.find(word)).map_or(0..0, |start| start..start + word.len())
    }

    /// Place of the nth line (from 0) of a text value that may span several lines.
    pub(crate) fn line_in(&self, span: &Span, line: usize) -> Span {
        let Some(text) = self.source.get(span.clone()) else { return span.clone() };
        // A multi-line text opens with three quotes and, usually, a line break that does not count.
        let opening = usize::from(text.starts_with("'''\n") || text.starts_with("\"\"\"\n"));
        let mut offset = span.start;
        for (n, content) in text.split_inclusive('\n').enumerate() {
            if n == line + opening {
                return offset..offset + content.trim_end().len().max(1);
            }
            offset += content.len();
        }
        span.clone()
    }

    /// The problems, in the order of the file.
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|p| (p.span.start, p.span.end));
        problems
    }
}

/// Parses a file into its root table; syntax errors are noted in French.
pub(crate) fn parse<'s>(source: &'s str, report: &Report<'s>) -> Spanned<DeTable<'s>> {
    for (offset, c) in source.char_indices().filter(|(_, c)| forbidden(*c)) {
        report.add_fault(offset..offset + c.len_utf8(), forbidden_message(c), FORBIDDEN_HELP);
    }
    let (root, errors) = DeTable::parse_recoverable(source);
    let mut doubled = None;
    let mut unclosed = Vec::new();
    for group in ["inline table", "array"] {
        if errors.iter().any(|error| error.message().starts_with(&format!("unclosed {group}"))) {
            unclosed.push(group);
        }
    }
    for error in errors {
        let (span, message) = (error.span().unwrap_or(0..0), error.message());
        if message.starts_with("duplicate key") {
            // A table written twice repeats its keys: the header says it all.
            let header = source.get(..span.end).and_then(|before| before.rfind("\n["));
            if header.is_none() || doubled != header {
                let text = locate(source, span.start).2.trim();
                if text.starts_with('[') {
                    doubled = header;
                    let help = "réunissez-les en une seule, ou changez le nom de l’une";
                    report.add_fault(span, format!("la table {text} est écrite deux fois"), help);
                } else {
                    report.add_fault(span, "clé écrite deux fois", "gardez-en une seule");
                }
            }
        } else if message.starts_with("invalid date") || message.starts_with("invalid time") {
            let help = "une date s’écrit 2026-12-07, sans guillemets, et doit exister au calendrier";
            report.add_fault(span, "date impossible", help);
        } else if let Some(position) =
            unclosed.iter().position(|group| message.contains(group) || pairs(message, group))
        {
            // Everything up to the end of the file is read as the inside: only the first remark is useful.
            let (message, help) = match unclosed.get(position) {
                Some(&"array") => ("crochet fermant manquant avant cette ligne", "une liste s’écrit [\"a\", \"b\"]"),
                _ => ("accolade fermante manquante avant cette ligne", "une table en ligne s’écrit { a = 1, b = 2 }"),
            };
            report.add_fault(span, message, help);
            report.broken.set(true);
            break;
        } else {
            let (message, help) = syntax_error(message, source, &span);
            report.add_fault(span, message, help);
            report.broken.set(true);
        }
    }
    root
}

/// The parser speaks of « key-value pairs » inside an inline table.
fn pairs(message: &str, group: &str) -> bool {
    group == "inline table" && message.contains("key-value pairs")
}

/// The parser's remarks, in French. Its messages are short and stable; an unknown one is given as a plain syntax error.
fn syntax_error(message: &str, source: &str, span: &Span) -> (String, String) {
    const QUOTES: &str = "un texte s’écrit entre guillemets droits : clé = \"valeur\"";
    const NUMBER: &str = "un entier s’écrit 12 ; un montant, un taux ou une durée, entre guillemets : \"350 000 €\"";
    let (line_number, column, line) = locate(source, span.start);
    let rest: String = line.chars().skip(column.saturating_sub(1)).collect();
    if message.starts_with("invalid unquoted key") {
        let key = line.split('=').next().unwrap_or_default().trim();
        return (
            format!("« {key} » : un nom s’écrit sans accent ni espace"),
            format!("écrivez par exemple : {}", plain(key).replace([' ', '’', '\''], "_")),
        );
    }
    if message.starts_with("string values must be quoted") {
        let message = match rest.trim().chars().next() {
            None | Some('#') => "valeur manquante après le signe =",
            Some('“' | '”' | '«' | '‘' | '’' | '„') => "ces guillemets ne sont pas ceux d’un fichier",
            Some(c) if c.is_ascii_digit() => return ("nombre mal écrit".to_owned(), NUMBER.to_owned()),
            Some(_) => "texte sans guillemets",
        };
        return (message.to_owned(), QUOTES.to_owned());
    }
    let table = [
        ("unclosed table", "crochet fermant manquant", "un en-tête s’écrit [nom] sur une ligne"),
        ("unclosed array table", "crochets fermants manquants", "un en-tête de série s’écrit [[nom]] sur une ligne"),
        ("invalid basic string", "guillemets fermants manquants", "un texte s’écrit \"…\" sur une ligne"),
        ("invalid literal string", "apostrophe fermante manquante", "un texte s’écrit \"…\" sur une ligne"),
        ("invalid multi-line", "texte de plusieurs lignes mal fermé", "il commence et finit par trois guillemets"),
        ("missing value", "valeur manquante après le signe =", QUOTES),
        ("key with no value", "signe = manquant", "une ligne s’écrit clé = \"valeur\""),
        ("missing assignment", "signe = manquant", "une ligne s’écrit clé = \"valeur\""),
        ("extra `=`", "signe = en trop", "une ligne s’écrit clé = \"valeur\""),
        ("unquoted keys cannot be empty", "nom manquant avant le signe =", "une ligne s’écrit clé = \"valeur\""),
        ("extra comma", "virgule en trop", "retirez-la"),
        ("missing comma", "virgule manquante", "séparez les valeurs par des virgules"),
        ("unexpected key or value", "texte en trop après la valeur", NUMBER),
        ("unexpected leading zero", "nombre mal écrit", NUMBER),
        ("redundant", "nombre mal écrit", NUMBER),
        ("unexpected sign", "nombre mal écrit", NUMBER),
        ("`_` may only go", "nombre mal écrit", NUMBER),
        ("missing escaped value", "barre oblique inverse mal employée", "écrivez-la deux fois dans un texte : \\\\"),
        ("too few unicode", "barre oblique inverse mal employée", "écrivez-la deux fois dans un texte : \\\\"),
        ("carriage return", "fin de ligne inconnue", "enregistrez le fichier avec les fins de ligne de votre système"),
        ("recursion limit", "listes ou tables trop imbriquées", "un dossier n’en emboîte jamais plus de quatre"),
    ];
    let found = table.iter().find(|(english, ..)| message.starts_with(english));
    found.map_or_else(
        || {
            let help = "une ligne s’écrit clé = \"valeur\", un en-tête [nom]";
            (format!("syntaxe incorrecte à la ligne {line_number}"), help.to_owned())
        },
        |(_, message, help)| ((*message).to_owned(), (*help).to_owned()),
    )
}

/// A text in lower case and without accents: what French writes is enough.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'â' | 'ä' | 'á' => out.push('a'),
            'é' | 'è' | 'ê' | 'ë' => out.push('e'),
            'î' | 'ï' | 'í' => out.push('i'),
            'ô' | 'ö' | 'ó' => out.push('o'),
            'ù' | 'û' | 'ü' | 'ú' => out.push('u'),
            'ç' => out.push('c'),
            'ÿ' => out.push('y'),
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            other => out.push(other),
        }
    }
    out
}

const FORBIDDEN_HELP: &str = "supprimez ce caractère, souvent invisible, et tapez le texte à nouveau";

/// Characters refused everywhere: controls, bidirectional overrides, and the noncharacters that mark up a text inside.
pub(crate) fn forbidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FEFF}')
}

fn forbidden_message(c: char) -> String {
    format!("caractère interdit U+{:04X} (contrôle ou inversion du sens de lecture)", c as u32)
}

/// The word of a list nearest to a misspelt one; `None` when none is near.
pub fn nearest<'a>(word: &str, among: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    among
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count() / 4)
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

    fn clean<'t>(&self, text: &'t str, span: Span) -> Option<&'t str> {
        match text.chars().find(|c| forbidden(*c)) {
            Some(c) => {
                self.report.add_fault(span, forbidden_message(c), FORBIDDEN_HELP);
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
        let text = self.text(key).unwrap_or_default();
        if text.trim().is_empty() && self.value_is_text(key) {
            self.report.add(
                self.span_of(key),
                format!("« {} » est vide", self.at(key)),
                format!("écrivez par exemple : {key} = {example}"),
            );
        }
        text.to_owned()
    }

    fn value_is_text(&self, key: &str) -> bool {
        self.entries
            .iter()
            .any(|(k, _, v)| *k == key && matches!(v.get_ref(), DeValue::String(s) if !s.chars().any(forbidden)))
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

/// Everything wrong in a clause library: each problem with the file it stands in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct LoadErrors {
    /// The problems, file by file.
    pub problems: Vec<FileProblem>,
}

/// A problem with its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileProblem {
    /// Path of the file inside the library (« environnement/bat-reemploi-taux.toml »).
    pub file: String,
    /// The problem.
    pub problem: Problem,
}

impl fmt::Display for LoadErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for FileProblem { file, problem } in &self.problems {
            write!(f, "{file}, {problem}")?;
        }
        Ok(())
    }
}
