//! The one template engine: strict, without arithmetic, bounded.
//!
//! A file's leaves and conditions are kept as sources and compiled the first time each is used. Templates see booleans and
//! finished texts; they may print them, test them and compare a choice with a word. Anything else is a load error.

use crate::base::typography::is_mark;
use crate::library::markup::mark;
use minijinja::value::{Object, ObjectRepr, Value};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};
use std::sync::{Arc, OnceLock};

/// Steps that one leaf may take: a paragraph needs some dozens. The loader admits nothing that could take more.
const FUEL: u64 = 20_000;
/// Longest text that one leaf may yield, in bytes.
const MAX_LEAF: usize = 64 * 1024;

/// How closely a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scrutiny {
    /// Every template is compiled and its names are checked.
    Whole,
    /// The file has been validated before: a template is compiled when it is used.
    Trusting,
}

/// A template, as it is written.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    text: String,
    /// For a condition that is a name alone, that name.
    name: Option<Box<str>>,
    /// Every word of its code: the names that it may print are among them.
    words: OnceLock<Vec<Arc<str>>>,
}

impl Template {
    /// A leaf.
    pub(crate) fn leaf(source: impl Into<String>) -> Self {
        Self { text: source.into(), name: None, words: OnceLock::new() }
    }

    /// A condition.
    pub(crate) fn condition(expression: &str) -> Self {
        let name = Some(expression.trim()).filter(|name| is_name(name)).map(Box::from);
        Self { name, ..Self::leaf(format!("{{% if {expression} %}}1{{% endif %}}")) }
    }

    /// True when some words stand in it, in its code or outside.
    pub(crate) fn says(&self, words: &str) -> bool {
        self.text.contains(words)
    }

    /// As it is written, without its marks.
    pub(crate) fn source(&self) -> String {
        visible(&self.text)
    }
}

/// The engine of the templates of one file, which keeps those that have been compiled.
#[derive(Default)]
pub(crate) struct Templates(OnceLock<Environment<'static>>);

impl fmt::Debug for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Templates")
    }
}

/// An engine that calls a template by its text.
fn engine() -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_debug(false);
    environment.add_filter("capitale", capitale);
    environment.set_loader(|text| Ok(Some(text.to_owned())));
    environment
}

/// First letter in capital, marks skipped; what the buyer wrote stays as it is.
fn capitale(value: &Value) -> String {
    let text = value.to_string();
    match text.chars().find(|c| !is_mark(*c) || *c == mark::VERBATIM) {
        Some(mark::VERBATIM) => text,
        Some(first) => text.replacen(first, &first.to_uppercase().to_string(), 1),
        None => text,
    }
}

impl Templates {
    fn compiled(&self, template: &Template) -> Result<minijinja::Template<'_, '_>, Error> {
        self.0.get_or_init(engine).get_template(&template.text)
    }

    /// Renders a template.
    pub(crate) fn render(&self, template: &Template, context: &Value) -> Result<String, TemplateError> {
        let source = &template.text;
        if !source.contains('{') {
            return Ok(source.to_owned());
        }
        let rendered = || self.compiled(template).and_then(|template| template.render(context.clone()));
        let text = match put_together(source, context) {
            Some(text) => text,
            None => rendered()
                .map_err(|error| TemplateError { message: french(&error, source), line: error.line().unwrap_or(1) })?,
        };
        if text.len() > MAX_LEAF {
            return Err(TemplateError { message: "le texte produit dépasse 64 Kio".to_owned(), line: 1 });
        }
        Ok(text)
    }

    /// True when a condition holds.
    pub(crate) fn holds(&self, condition: &Template, context: &Value) -> Result<bool, TemplateError> {
        match condition.name.as_deref().and_then(|name| known(context, &Value::from(name))) {
            Some(value) => Ok(value.is_true()),
            None => Ok(!self.render(condition, context)?.is_empty()),
        }
    }

    /// Everything wrong in a template, given the names that it may use.
    pub(crate) fn check(&self, template: &Template, names: &Names) -> Vec<Misuse> {
        let source = &template.text;
        let help = "un texte affiche des noms et les teste (if, ==) : rien d’autre";
        let construct = |message| Misuse { message, help };
        let mut wrong: Vec<Misuse> = refused_constructs(source).into_iter().map(construct).collect();
        match self.compiled(template) {
            Ok(compiled) => {
                let mut used: Vec<String> = compiled.undeclared_variables(true).into_iter().collect();
                used.sort();
                let unknown = used.iter().filter(|name| !names.allows(name)).map(|name| names.unknown(name));
                wrong.extend(
                    unknown
                        .map(|message| Misuse { message, help: "voyez la liste des noms dans le guide des clauses" }),
                );
            }
            Err(error) => wrong.push(construct(french(&error, source))),
        }
        wrong
    }

    /// The dotted names of a template under a root (`social.x`).
    pub(crate) fn names_under(&self, template: &Template, root: &str) -> Vec<String> {
        let Ok(template) = self.compiled(template) else { return Vec::new() };
        let mut names: Vec<String> = template.undeclared_variables(true).into_iter().collect();
        names.retain(|name| name.strip_prefix(root).is_some_and(|rest| rest.starts_with('.')));
        names.sort();
        names
    }
}

/// True for what a template may call a value.
fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// A template that only prints names, all of them known, with their values: most need no engine.
fn put_together(source: &str, context: &Value) -> Option<String> {
    let mut out = String::with_capacity(2 * source.len());
    let mut rest = source;
    while let Some((before, code)) = rest.split_once('{') {
        let (path, after) = code.strip_prefix('{')?.split_once("}}")?;
        let mut value = context.clone();
        for name in path.trim().split('.') {
            value = known(&value, &Value::from(Some(name).filter(|name| is_name(name))?))?;
        }
        out.push_str(before);
        write!(out, "{value}").ok()?;
        rest = after;
    }
    out.push_str(rest);
    // The engine leaves out a last line break.
    (!source.ends_with('\n')).then_some(out)
}

/// The names of some templates, with their values: what no template prints is not prepared.
pub(crate) fn bind<'t>(
    templates: impl IntoIterator<Item = &'t Template>,
    value: impl Fn(&str) -> Option<Value>,
) -> Fields<Arc<str>> {
    let mut fields: Vec<(Arc<str>, Value)> = Vec::new();
    for template in templates {
        for word in template.words.get_or_init(|| words(&template.text)) {
            if !fields.iter().any(|(name, _)| name == word) {
                fields.extend(value(word).map(|value| (Arc::clone(word), value)));
            }
        }
    }
    Fields(fields)
}

/// Something that a template may not do: French.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misuse {
    pub(crate) message: String,
    pub(crate) help: &'static str,
}

/// A template that could not be rendered: French, with the line inside the leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TemplateError {
    pub(crate) message: String,
    pub(crate) line: usize,
}

fn french(error: &Error, source: &str) -> String {
    let excerpt = error.range().and_then(|range| source.get(range)).unwrap_or_default();
    let quoted = if excerpt.is_empty() { String::new() } else { format!(" : « {} »", visible(excerpt)) };
    match error.kind() {
        ErrorKind::UndefinedError => format!("variable inconnue{quoted}"),
        ErrorKind::UnknownFilter => format!("filtre inconnu{quoted} ; le seul filtre est « capitale »"),
        ErrorKind::UnknownTest => format!("test inconnu{quoted}"),
        ErrorKind::UnknownFunction | ErrorKind::UnknownMethod => format!("fonction inconnue{quoted}"),
        ErrorKind::SyntaxError => format!("syntaxe du gabarit incorrecte{quoted}"),
        _ => format!("le gabarit ne peut être rendu{quoted}"),
    }
}

/// A source without its marks, for a message.
fn visible(text: &str) -> String {
    text.chars().filter(|c| !is_mark(*c)).collect()
}

/// A piece of code in a template.
struct Code<'t> {
    /// Between its braces, without the signs that trim spaces.
    text: &'t str,
    kind: CodeKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum CodeKind {
    Print,
    Statement,
    Comment,
}

fn codes(source: &str) -> impl Iterator<Item = Code<'_>> {
    let mut rest = source;
    std::iter::from_fn(move || {
        loop {
            rest = rest.get(rest.find('{')?..)?;
            let (close, kind) = match rest.get(..2) {
                Some("{{") => ("}}", CodeKind::Print),
                Some("{%") => ("%}", CodeKind::Statement),
                Some("{#") => ("#}", CodeKind::Comment),
                _ => {
                    rest = rest.get(1..)?;
                    continue;
                }
            };
            let inside = rest.get(2..)?;
            let end = if kind == CodeKind::Comment { inside.find(close)? } else { end_of_code(inside, close)? };
            let code = inside.get(..end)?;
            rest = inside.get(end + 2..)?;
            return Some(Code { text: code.trim().trim_start_matches('-').trim_end_matches('-').trim(), kind });
        }
    })
}

/// Where a piece of code closes: signs that stand in a string close nothing.
fn end_of_code(inside: &str, close: &str) -> Option<usize> {
    let mut quote = None;
    let mut chars = inside.char_indices();
    while let Some((at, c)) = chars.next() {
        match quote {
            Some(_) if c == '\\' => {
                chars.next();
            }
            Some(q) if c == q => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if inside.get(at..).is_some_and(|rest| rest.starts_with(close)) => return Some(at),
            _ => {}
        }
    }
    None
}

/// Every word of the code of a template that may be a name.
fn words(source: &str) -> Vec<Arc<str>> {
    let mut words: Vec<Arc<str>> = Vec::new();
    for code in codes(source) {
        let bare = without_strings(code.text);
        for word in bare.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty()) {
            if !words.iter().any(|known| **known == *word) {
                words.push(Arc::from(word));
            }
        }
    }
    words
}

/// Constructs outside what a clause text may do.
fn refused_constructs(source: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for Code { text: code, kind } in codes(source).filter(|code| code.kind != CodeKind::Comment) {
        if kind == CodeKind::Statement {
            let word = code.split_whitespace().next().unwrap_or_default();
            if word == "for" {
                wrong.push("« for » n’est pas admis dans un texte : aucun nom n’est une liste ; une trame énumère par « pour »".to_owned());
                continue;
            } else if !matches!(word, "if" | "elif" | "else" | "endif" | "endfor") {
                wrong.push(format!("« {word} » n’est pas admis dans un texte : seul if l’est"));
            }
        }
        let bare = without_strings(code);
        if let Some(sign) = bare.chars().find(|c| matches!(c, '+' | '-' | '*' | '/' | '~' | '%')) {
            wrong.push(format!("pas de calcul dans un texte : « {sign} » dans « {} »", visible(code)));
        }
        let filters = bare.split('|').skip(1).map(|after| after.split_whitespace().next().unwrap_or_default());
        for filter in filters.filter(|filter| *filter != "capitale") {
            wrong.push(format!("filtre inconnu « {filter} » ; le seul filtre est « capitale »"));
        }
        if bare.split_whitespace().any(|word| word == "is") {
            wrong.push(format!("test inconnu dans « {} » : un nom se teste seul ou par ==", visible(code)));
        }
        if bare.contains('[') || bare.contains('{') {
            wrong.push(format!("ni liste ni extrait dans un texte : « {} »", visible(code)));
        }
        if bare.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == "self") {
            wrong.push("variable inconnue « self »".to_owned());
        }
        if bare.contains('(') {
            wrong.push(format!("pas d’appel de fonction dans un texte : « {} »", visible(code)));
        }
    }
    wrong
}

fn without_strings(code: &str) -> String {
    let mut out = String::new();
    let mut quote = None;
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match quote {
            Some(_) if c == '\\' => {
                chars.next();
            }
            Some(q) if c == q => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None => out.push(c),
        }
    }
    out
}

/// The names that a template may use.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    names: BTreeSet<String>,
    /// Names whose attributes are checked elsewhere.
    open: Vec<String>,
}

impl Names {
    pub(crate) fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self { names: names.into_iter().map(str::to_owned).collect(), open: Vec::new() }
    }

    pub(crate) fn open<'a>(mut self, open: impl IntoIterator<Item = &'a str>) -> Self {
        self.open.extend(open.into_iter().map(str::to_owned));
        self
    }

    pub(crate) fn with<'a>(&self, more: impl IntoIterator<Item = &'a str>) -> Self {
        let mut out = self.clone();
        out.names.extend(more.into_iter().map(str::to_owned));
        out
    }

    /// A name is known as it stands, or open.
    fn allows(&self, name: &str) -> bool {
        let open = |root| self.open.iter().any(|open| open == root);
        self.names.contains(name) || name.split('.').next().is_some_and(open)
    }

    /// Why a name is refused.
    pub(crate) fn refuses(&self, name: &str) -> Option<String> {
        (!self.allows(name)).then(|| self.unknown(name))
    }

    fn unknown(&self, name: &str) -> String {
        match crate::file::reading::nearest(name, self.names.iter().map(String::as_str)) {
            Some(near) => format!("variable inconnue « {name} » : vouliez-vous dire « {near} » ?"),
            None => format!("variable inconnue « {name} »"),
        }
    }
}

/// A value that a template prints, with the word that it stands for when it is a choice.
#[derive(Debug)]
pub(crate) struct Shown {
    text: String,
    choice: Option<String>,
}

impl Object for Shown {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        (key.as_str() == Some("choix")).then(|| self.choice.clone().map(Value::from)).flatten()
    }

    fn is_true(self: &Arc<Self>) -> bool {
        !self.text.is_empty()
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A text for a template; `choice` is the word to compare with.
pub(crate) fn shown(text: String, choice: Option<String>) -> Value {
    match choice {
        None => Value::from(text),
        Some(_) => Value::from_object(Shown { text, choice }),
    }
}

/// The buyer's own words, kept verbatim through the typographic pass, on one line.
pub(crate) fn verbatim(text: &str) -> String {
    let flat = text.split(['\n', '\r', '\t']).map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join(" ");
    format!("{}{flat}{}", mark::VERBATIM, mark::VERBATIM_END)
}

/// Names with their values, few enough to be sought one by one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fields<N>(pub(crate) Vec<(N, Value)>);

impl<N: AsRef<str> + fmt::Debug + Send + Sync + 'static> Object for Fields<N> {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let key = key.as_str()?;
        self.0.iter().find(|(name, _)| name.as_ref() == key).map(|(_, value)| value.clone())
    }
}

/// The names known everywhere.
#[derive(Debug)]
struct Global(BTreeMap<String, Value>);

impl Object for Global {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        key.as_str().and_then(|key| self.0.get(key)).cloned()
    }
}

/// The names known everywhere, and one more.
#[derive(Debug)]
struct With {
    global: Value,
    more: (&'static str, Value),
}

impl Object for With {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let (name, value) = &self.more;
        if key.as_str() == Some(name) { Some(value.clone()) } else { known(&self.global, key) }
    }
}

/// The value of a name in a context.
pub(crate) fn known(context: &Value, name: &Value) -> Option<Value> {
    context.get_item(name).ok().filter(|value| !value.is_undefined())
}

/// A context of few names.
pub(crate) fn fields<N: AsRef<str> + fmt::Debug + Send + Sync + 'static>(fields: Fields<N>) -> Value {
    Value::from_object(fields)
}

/// The context of the names known everywhere.
pub(crate) fn global(names: BTreeMap<String, Value>) -> Value {
    Value::from_object(Global(names))
}

/// That context, with one name above the others.
pub(crate) fn with(global: &Value, name: &'static str, value: Value) -> Value {
    Value::from_object(With { global: global.clone(), more: (name, value) })
}
