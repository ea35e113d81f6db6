//! The expressions of a text: what it prints and what it tests.
//!
//! Nearly all are a name. The others (`a and not b`, `frequence.choix == "mois"`) go through one engine, strict and without
//! arithmetic, compiled the first time each is used. What an expression may not do is a load error, told at its place.

use crate::library::rich::Rich;
use minijinja::value::{Object, ObjectRepr, Value};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Steps that one expression may take: a test needs some dozens.
const FUEL: u64 = 20_000;

/// A value as a text sees it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shown {
    /// A fact that is tested.
    Flag(bool),
    /// A finished text.
    Text(Arc<Rich>),
    /// What a choice prints, and the word that it is compared by.
    Choice(Arc<Rich>, Arc<str>),
    /// Names of its own (`ligne.lot`).
    Record(Arc<Fields<Cow<'static, str>>>),
}

impl From<bool> for Shown {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl Shown {
    /// A text.
    pub(crate) fn text(text: impl Into<Rich>) -> Self {
        Self::Text(Arc::new(text.into()))
    }

    /// The names of a row, or of a clause.
    pub(crate) fn record(fields: Fields<Cow<'static, str>>) -> Self {
        Self::Record(Arc::new(fields))
    }

    /// The text that it prints.
    pub(crate) fn printed(&self) -> Cow<'_, Rich> {
        match self {
            Self::Flag(flag) => Cow::Owned(if *flag { "true" } else { "false" }.into()),
            Self::Text(text) | Self::Choice(text, _) => Cow::Borrowed(text),
            Self::Record(_) => Cow::Owned(Rich::default()),
        }
    }

    fn holds(&self) -> bool {
        match self {
            Self::Flag(flag) => *flag,
            Self::Text(text) | Self::Choice(text, _) => !text.is_empty(),
            Self::Record(_) => true,
        }
    }

    /// What a name stands for inside it.
    pub(crate) fn get(&self, name: &str) -> Option<Shown> {
        match self {
            Self::Record(fields) => fields.value(name),
            Self::Choice(_, word) => (name == "choix").then(|| Self::text(&**word)),
            Self::Flag(_) | Self::Text(_) => None,
        }
    }

    /// As the engine sees it.
    fn engine(self) -> Value {
        match self {
            Self::Flag(flag) => flag.into(),
            Self::Text(text) if text.lead().len() == text.len() && !text.names_lots() => text.lead().into(),
            other => Value::from_object(other),
        }
    }
}

impl Object for Shown {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        match **self {
            Self::Record(_) => ObjectRepr::Map,
            _ => ObjectRepr::Plain,
        }
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get(key.as_str()?).map(Self::engine)
    }

    fn is_true(self: &Arc<Self>) -> bool {
        self.holds()
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.printed().plain())
    }
}

/// What a name stands for, where a text is rendered.
pub(crate) trait Scope {
    /// The value of a name; `None` for one that is not known there.
    fn value(&self, name: &str) -> Option<Shown>;
}

/// Names with their values, few enough to be sought one by one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fields<N>(pub(crate) Vec<(N, Shown)>);

impl<N: AsRef<str>> Scope for Fields<N> {
    fn value(&self, name: &str) -> Option<Shown> {
        self.0.iter().find(|(known, _)| known.as_ref() == name).map(|(_, value)| value.clone())
    }
}

/// A piece of code of a text: an expression, with its place in the text.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    /// Where the expression stands, without the spaces around it.
    pub(crate) at: Range<usize>,
    compiled: OnceLock<Result<Arc<Compiled>, ExpressionError>>,
}

/// An expression made ready.
#[derive(Debug)]
enum Compiled {
    /// A name, or its opposite, or it with a capital.
    Name { path: Vec<Box<str>>, negated: bool, capital: bool },
    /// Anything else, with the names that it reads.
    Other { expression: minijinja::Expression<'static, 'static>, names: Vec<String> },
}

/// Why an expression cannot be evaluated: French, with the place inside it when it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExpressionError {
    pub(crate) message: String,
    at: Option<Range<usize>>,
}

/// Something that an expression may not do: French.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misuse {
    /// Where, inside the expression.
    pub(crate) at: Range<usize>,
    pub(crate) message: String,
    pub(crate) help: &'static str,
}

impl ExpressionError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), at: None }
    }
}

impl Code {
    pub(crate) fn new(at: Range<usize>) -> Self {
        Self { at, compiled: OnceLock::new() }
    }

    /// The expression, as its text writes it.
    pub(crate) fn written<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.at.clone()).unwrap_or_default()
    }

    fn compiled(&self, text: &str) -> Result<&Compiled, ExpressionError> {
        let made = self.compiled.get_or_init(|| Compiled::new(self.written(text)).map(Arc::new));
        made.as_deref().map_err(Clone::clone)
    }

    /// Prints what it stands for at the end of a text.
    pub(crate) fn print(&self, text: &str, scope: &dyn Scope, out: &mut Rich) -> Result<(), ExpressionError> {
        match self.compiled(text)? {
            Compiled::Name { path, negated: false, capital } => {
                let value = named(path, scope)?;
                match capital {
                    false => out.push(&value.printed()),
                    true => out.push(&value.printed().into_owned().capital()),
                }
            }
            Compiled::Name { path, .. } => out.push(&Shown::Flag(!named(path, scope)?.holds()).printed()),
            Compiled::Other { expression, names } => {
                let value = evaluate(expression, names, scope)?;
                match value.downcast_object_ref::<Shown>() {
                    Some(shown) => out.push(&shown.printed()),
                    None => out.push_str(&value.to_string()),
                }
            }
        }
        Ok(())
    }

    /// Whether it holds.
    pub(crate) fn holds(&self, text: &str, scope: &dyn Scope) -> Result<bool, ExpressionError> {
        Ok(match self.compiled(text)? {
            Compiled::Name { path, negated, .. } => named(path, scope)?.holds() != *negated,
            Compiled::Other { expression, names } => evaluate(expression, names, scope)?.is_true(),
        })
    }

    /// The names that it reads, each with its place inside it.
    pub(crate) fn names<'t>(&self, text: &'t str) -> Vec<(&'t str, Range<usize>)> {
        let written = self.written(text);
        let bare = without_strings(written);
        let names = words(&bare).filter(|word| word.name);
        names.filter_map(|word| Some((written.get(word.at.clone())?, word.at))).collect()
    }

    /// Everything wrong in it, given the names that it may use.
    pub(crate) fn check(&self, text: &str, names: &Names) -> Vec<Misuse> {
        const CONSTRUCT: &str = "un texte affiche des noms et les teste (if, ==) : rien d’autre";
        let code = self.written(text);
        let construct = |(at, message)| Misuse { at, message, help: CONSTRUCT };
        let mut wrong: Vec<Misuse> = refused(code).into_iter().map(construct).collect();
        for (name, at) in self.names(text) {
            if let Some(message) = names.refuses(name) {
                wrong.push(Misuse { at, message, help: "voyez la liste des noms dans le guide des clauses" });
            }
        }
        if let Err(error) = self.compiled(text) {
            wrong.push(construct((error.at.unwrap_or(0..code.len()), error.message)));
        }
        wrong
    }
}

impl Compiled {
    fn new(code: &str) -> Result<Self, ExpressionError> {
        let (negated, rest) = match code.strip_prefix("not ") {
            Some(rest) => (true, rest.trim()),
            None => (false, code),
        };
        let (name, capital) = match rest.split_once('|').filter(|_| !negated) {
            Some((name, filter)) if filter.trim() == CAPITAL => (name.trim(), true),
            _ => (rest, false),
        };
        if name.split('.').all(is_name) && !RESERVED.contains(&name) {
            return Ok(Self::Name { path: name.split('.').map(Box::from).collect(), negated, capital });
        }
        let compiled = engine().compile_expression_owned(code.to_owned());
        let expression = compiled.map_err(|error| french(&error, code))?;
        let mut names: Vec<String> = expression.undeclared_variables(false).into_iter().collect();
        names.sort_unstable();
        Ok(Self::Other { expression, names })
    }
}

/// What a name stands for.
fn named(path: &[Box<str>], scope: &dyn Scope) -> Result<Shown, ExpressionError> {
    let mut parts = path.iter();
    let found = parts.next().and_then(|first| scope.value(first));
    parts
        .fold(found, |value, part| value.and_then(|value| value.get(part)))
        .ok_or_else(|| ExpressionError::new(format!("variable inconnue : « {} »", path.join("."))))
}

fn evaluate(
    expression: &minijinja::Expression<'static, 'static>,
    names: &[String],
    scope: &dyn Scope,
) -> Result<Value, ExpressionError> {
    let known = names.iter().filter_map(|name| Some((name.clone(), scope.value(name)?)));
    let context = Shown::record(Fields(known.map(|(name, value)| (Cow::Owned(name), value)).collect()));
    expression.eval(context.engine()).map_err(|error| french(&error, ""))
}

/// The engine of the expressions of every text.
fn engine() -> &'static Environment<'static> {
    static ENGINE: OnceLock<Environment<'static>> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let mut environment = Environment::empty();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        environment.set_debug(false);
        environment.add_filter(CAPITAL, |value: &Value| match value.downcast_object_ref::<Shown>() {
            Some(shown) => Value::from_object(Shown::text(shown.printed().into_owned().capital())),
            None => Value::from_object(Shown::text(Rich::from(value.to_string()).capital())),
        });
        environment
    })
}

fn french(error: &Error, source: &str) -> ExpressionError {
    let at = error.range().filter(|at| source.get(at.clone()).is_some_and(|excerpt| !excerpt.is_empty()));
    let excerpt = at.clone().and_then(|at| source.get(at)).unwrap_or_default();
    let quoted = if excerpt.is_empty() { String::new() } else { format!(" : « {} »", short(excerpt)) };
    let message = match error.kind() {
        ErrorKind::UndefinedError => format!("variable inconnue{quoted}"),
        ErrorKind::UnknownFilter => format!("filtre inconnu{quoted} ; le seul filtre est « {CAPITAL} »"),
        ErrorKind::UnknownTest => format!("test inconnu{quoted}"),
        ErrorKind::UnknownFunction | ErrorKind::UnknownMethod => format!("fonction inconnue{quoted}"),
        ErrorKind::SyntaxError => format!("syntaxe du gabarit incorrecte{quoted}"),
        _ => format!("le gabarit ne peut être rendu{quoted}"),
    };
    ExpressionError { message, at }
}

/// The one filter.
const CAPITAL: &str = "capitale";

/// Words of an expression that are no name.
const RESERVED: [&str; 12] = ["and", "or", "not", "in", "is", "if", "else", "true", "false", "none", "True", "False"];

/// True for what a text may call a value.
fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// A word of an expression, its strings left aside.
struct Word {
    at: Range<usize>,
    /// It names a value, rather than a filter, a test, a number or a word of the language.
    name: bool,
}

fn words(bare: &str) -> impl Iterator<Item = Word> + '_ {
    let of_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let mut end = 0;
    let mut tests = false;
    std::iter::from_fn(move || {
        let start = end + bare.get(end..)?.find(of_word)?;
        let between = bare.get(end..start)?;
        let length = bare.get(start..)?.find(|c| !of_word(c)).unwrap_or(bare.len() - start);
        end = start + length;
        let word = bare.get(start..end)?;
        let filter = between.contains('|');
        let name = !filter && !tests && !RESERVED.contains(&word) && !word.starts_with(|c: char| c.is_ascii_digit());
        tests = word == "is" || (tests && word == "not");
        Some(Word { at: start..end, name })
    })
}

/// What stands in an expression outside what a text may do, each at its place.
fn refused(code: &str) -> Vec<(Range<usize>, String)> {
    let bare = without_strings(code);
    let said = short(code);
    let mut wrong = Vec::new();
    let sign = |signs: &[char]| bare.char_indices().find(|(_, c)| signs.contains(c)).map(|(at, c)| (at..at + 1, c));
    if let Some((at, sign)) = sign(&['+', '-', '*', '/', '~', '%']) {
        wrong.push((at, format!("pas de calcul dans un texte : « {sign} » dans « {said} »")));
    }
    let filters = bare.match_indices('|').map(|(at, _)| at + 1);
    for start in filters {
        let after = bare.get(start..).unwrap_or_default();
        let start = start + after.len() - after.trim_start().len();
        let filter = after.split('|').next().unwrap_or_default().split_whitespace().next().unwrap_or_default();
        if filter != CAPITAL {
            let message = format!("filtre inconnu « {} » ; le seul filtre est « {CAPITAL} »", short(filter));
            wrong.push((start..start + filter.len(), message));
        }
    }
    for word in words(&bare) {
        match bare.get(word.at.clone()) {
            Some("is") => {
                wrong.push((word.at, format!("test inconnu dans « {said} » : un nom se teste seul ou par ==")));
            }
            Some(name) if name.split('.').any(|part| part == "self") => {
                wrong.push((word.at, "variable inconnue « self »".to_owned()));
            }
            _ => {}
        }
    }
    if let Some((at, _)) = sign(&['[', '{']) {
        wrong.push((at, format!("ni liste ni extrait dans un texte : « {said} »")));
    }
    if let Some((at, _)) = sign(&['(']) {
        wrong.push((at, format!("pas d’appel de fonction dans un texte : « {said} »")));
    }
    wrong
}

/// The start of what a message quotes: its place shows the rest.
fn short(code: &str) -> Cow<'_, str> {
    const LONGEST: usize = 80;
    match code.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", code.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(code),
    }
}

/// An expression with spaces in the place of its strings: what is left keeps its place.
fn without_strings(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut quote = None;
    let mut escaped = false;
    for c in code.chars() {
        let inside = quote.is_some();
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(q) if c == q => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            _ => {}
        }
        match inside || quote.is_some() {
            true => out.extend(std::iter::repeat_n(' ', c.len_utf8())),
            false => out.push(c),
        }
    }
    out
}

/// The names that an expression may use.
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
        (!self.allows(name)).then(|| match crate::file::reading::nearest(name, self.names.iter().map(String::as_str)) {
            Some(near) => format!("variable inconnue « {name} » : vouliez-vous dire « {near} » ?"),
            None => format!("variable inconnue « {} »", short(name)),
        })
    }
}
