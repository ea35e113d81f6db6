//! The one template engine: strict, without arithmetic, bounded.
//!
//! A file's leaves and conditions are kept as sources and compiled the first time each is used. Templates see booleans and
//! finished texts; they may print them, test them and compare a choice with a word. Anything else is a load error.

use crate::markup::mark;
use crate::typography::is_mark;
use minijinja::value::{Object, ObjectRepr, Value};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Steps that one leaf may take: a paragraph needs some dozens, a runaway loop is stopped in a millisecond.
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

/// The templates of one file.
pub(crate) struct Templates {
    environment: Environment<'static>,
    sources: Arc<Vec<String>>,
}

impl fmt::Debug for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Templates({})", self.sources.len())
    }
}

/// A template of a file, by position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TemplateId(usize);

/// Collects the templates of a file while it is read.
#[derive(Default)]
pub(crate) struct TemplatesBuilder {
    sources: Vec<String>,
}

impl TemplatesBuilder {
    /// Adds a leaf.
    pub(crate) fn leaf(&mut self, source: &str) -> TemplateId {
        self.sources.push(source.to_owned());
        TemplateId(self.sources.len() - 1)
    }

    /// Adds a condition.
    pub(crate) fn condition(&mut self, expression: &str) -> TemplateId {
        self.leaf(&format!("{{% if {expression} %}}1{{% endif %}}"))
    }

    pub(crate) fn build(self) -> Templates {
        let sources = Arc::new(self.sources);
        let mut environment = Environment::empty();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        environment.set_debug(false);
        environment.add_filter("capitale", capitale);
        let shared = Arc::clone(&sources);
        environment.set_loader(move |name| Ok(name.parse::<usize>().ok().and_then(|n| shared.get(n)).cloned()));
        Templates { environment, sources }
    }
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
    /// The source of a template, without its marks.
    pub(crate) fn source(&self, id: TemplateId) -> String {
        visible(self.sources.get(id.0).map(String::as_str).unwrap_or_default())
    }

    /// Renders a template.
    pub(crate) fn render(&self, id: TemplateId, context: &Value) -> Result<String, TemplateError> {
        let source = self.sources.get(id.0).map(String::as_str).unwrap_or_default();
        if !source.contains('{') {
            return Ok(source.to_owned());
        }
        let text = self
            .environment
            .get_template(&id.0.to_string())
            .and_then(|template| template.render(context.clone()))
            .map_err(|error| TemplateError { message: french(&error, source), line: error.line().unwrap_or(1) })?;
        if text.len() > MAX_LEAF {
            return Err(TemplateError { message: "le texte produit dépasse 64 Kio".to_owned(), line: 1 });
        }
        Ok(text)
    }

    /// True when a condition holds.
    pub(crate) fn holds(&self, id: TemplateId, context: &Value) -> Result<bool, TemplateError> {
        Ok(!self.render(id, context)?.is_empty())
    }

    /// Everything wrong in a template, given the names that it may use.
    pub(crate) fn check(&self, id: TemplateId, names: &Names) -> Vec<Misuse> {
        let source = self.sources.get(id.0).map(String::as_str).unwrap_or_default();
        let help = "un texte affiche des noms, les teste (if, ==) et les énumère (for) : rien d’autre";
        let construct = |message| Misuse { message, help };
        let mut wrong: Vec<Misuse> = refused_constructs(source).into_iter().map(construct).collect();
        match self.environment.get_template(&id.0.to_string()) {
            Ok(template) => {
                let mut used: Vec<String> = template.undeclared_variables(true).into_iter().collect();
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
    pub(crate) fn names_under(&self, id: TemplateId, root: &str) -> Vec<String> {
        let Ok(template) = self.environment.get_template(&id.0.to_string()) else { return Vec::new() };
        let mut names: Vec<String> = template.undeclared_variables(true).into_iter().collect();
        names.retain(|name| name.strip_prefix(root).is_some_and(|rest| rest.starts_with('.')));
        names.sort();
        names
    }
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
        ErrorKind::OutOfFuel => "le gabarit boucle ou travaille trop".to_owned(),
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

/// Constructs outside what a clause text may do.
fn refused_constructs(source: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut rest = source;
    while let Some(start) = rest.find(['{']) {
        rest = &rest[start..];
        let (close, statement) = match rest.get(..2) {
            Some("{{") => ("}}", false),
            Some("{%") => ("%}", true),
            Some("{#") => ("#}", false),
            _ => {
                rest = &rest[1..];
                continue;
            }
        };
        let Some(end) = rest.find(close) else { break };
        let code = rest[2..end].trim().trim_start_matches('-').trim_end_matches('-').trim();
        if close != "#}" {
            if statement {
                let word = code.split_whitespace().next().unwrap_or_default();
                if !matches!(word, "if" | "elif" | "else" | "endif" | "for" | "endfor") {
                    wrong.push(format!("« {word} » n’est pas admis dans un texte : seuls if et for le sont"));
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
            if bare.contains('(') {
                wrong.push(format!("pas d’appel de fonction dans un texte : « {} »", visible(code)));
            }
        }
        rest = &rest[end + 2..];
    }
    wrong
}

fn without_strings(code: &str) -> String {
    let mut out = String::new();
    let mut quote = None;
    for c in code.chars() {
        match quote {
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
    names: Vec<String>,
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

    /// A name is known as it stands, or with the attribute `choix` of a parameter.
    fn allows(&self, name: &str) -> bool {
        let known = |name: &str| self.names.iter().any(|n| n == name);
        let open = |name: &str| name.split('.').next().is_some_and(|root| self.open.iter().any(|o| o == root));
        known(name)
            || open(name)
            || name.strip_suffix(".choix").is_some_and(known)
            || (name == "loop" || name.starts_with("loop."))
    }

    /// Why a name is refused.
    pub(crate) fn refuses(&self, name: &str) -> Option<String> {
        (!self.allows(name)).then(|| self.unknown(name))
    }

    fn unknown(&self, name: &str) -> String {
        match crate::reading::nearest(name, self.names.iter().map(String::as_str)) {
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

/// A map of names with another layer of names above it.
#[derive(Debug)]
struct Layered {
    base: Value,
    above: BTreeMap<String, Value>,
}

impl Object for Layered {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match key.as_str().and_then(|k| self.above.get(k)) {
            Some(value) => Some(value.clone()),
            None => self.base.get_item(key).ok().filter(|value| !value.is_undefined()),
        }
    }
}

/// Puts names above a context.
pub(crate) fn layered(base: &Value, above: BTreeMap<String, Value>) -> Value {
    Value::from_object(Layered { base: base.clone(), above })
}

/// A context from names and values.
pub(crate) fn context(values: BTreeMap<String, Value>) -> Value {
    Value::from_object(Layered { base: Value::from(()), above: values })
}
