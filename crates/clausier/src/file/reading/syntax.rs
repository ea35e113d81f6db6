//! Parses TOML; its faults are said in French, one for each, and at its place.

use super::report::MOST;
use super::{FORBIDDEN_HELP, Report, Span, first_forbidden, forbidden, forbidden_message, plain};
use crate::base::quantity::Date;
use crate::file::node::{Field, Node, NodeValue};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Parses a file into its root table; syntax errors are noted in French.
pub(crate) fn parse<'s>(source: &'s str, report: &Report<'s>) -> Node<'s> {
    if first_forbidden(source).is_some() {
        for (offset, c) in source.char_indices().filter(|(_, c)| forbidden(*c)) {
            report.add_fault(offset..offset + c.len_utf8(), forbidden_message(c), FORBIDDEN_HELP);
        }
    }
    let (root, errors) = recovered(source, report);
    let mut doubled = None;
    // Where each header of table stands.
    let mut headers: Option<Vec<usize>> = None;
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
            let header = headers.get_or_insert_with(|| source.match_indices("\n[").map(|(at, _)| at).collect());
            let before = header.partition_point(|at| at + 2 <= span.end);
            let header = before.checked_sub(1);
            if header.is_none() || doubled != header {
                report.add_fault_with(span.clone(), || {
                    let text = report.locate(&span).2.trim();
                    if text.starts_with('[') {
                        doubled = header;
                        let help = "réunissez-les en une seule, ou changez le nom de l’une";
                        (format!("la table {text} est écrite deux fois"), help.to_owned())
                    } else {
                        ("clé écrite deux fois".to_owned(), "gardez-en une seule".to_owned())
                    }
                });
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
            report.add_fault_with(span.clone(), || syntax_error(message, report, &span));
            report.broken.set(true);
        }
    }
    Node { span: 0..0, value: table(root.into_inner()) }
}

/// Faults after which a file is read no further: who has as many has enough to do.
const ENOUGH: usize = 10 * MOST;
/// The beginning of a long file that is read first, in bytes.
const BEGINNING: usize = 128 * 1024;

/// What the parser makes of a text: of all of it, unless its beginning is full of faults, each of which it would keep.
fn recovered<'s>(source: &'s str, report: &Report<'s>) -> (Spanned<DeTable<'s>>, Vec<toml::de::Error>) {
    let beginnings = std::iter::successors(Some(BEGINNING), |length| length.checked_mul(2));
    for length in beginnings.take_while(|length| length * 2 <= source.len()) {
        let end = source.as_bytes()[..length].iter().rposition(|byte| *byte == b'\n');
        let Some(beginning) = source.get(..end.unwrap_or(length)) else { continue };
        let (root, errors) = DeTable::parse_recoverable(beginning);
        if errors.len() >= ENOUGH {
            report.unread.set(true);
            return (root, errors);
        }
    }
    DeTable::parse_recoverable(source)
}

/// The parser sorts its keys; the reader's order is the order of the file.
fn table(table: DeTable<'_>) -> NodeValue<'_> {
    let field =
        |(key, value): (Spanned<_>, _)| Field { key_span: key.span(), key: key.into_inner(), node: node(value) };
    let mut fields: Vec<Field<'_>> = table.into_iter().map(field).collect();
    fields.sort_by_key(|field| field.key_span.start);
    NodeValue::Table(fields)
}

fn node(value: Spanned<DeValue<'_>>) -> Node<'_> {
    let span = value.span();
    let value = match value.into_inner() {
        DeValue::String(text) => NodeValue::Text(text),
        DeValue::Integer(n) => NodeValue::Integer(i64::from_str_radix(&n.as_str().replace('_', ""), n.radix()).ok()),
        DeValue::Float(_) => NodeValue::Float,
        DeValue::Boolean(yes) => NodeValue::Boolean(yes),
        DeValue::Datetime(moment) => {
            let day = moment.date.filter(|_| moment.time.is_none());
            day.and_then(|d| Date::new(d.year, d.month, d.day)).map_or(NodeValue::Time, NodeValue::Date)
        }
        DeValue::Array(items) => NodeValue::List(items.into_iter().map(node).collect()),
        DeValue::Table(inner) => table(inner),
    };
    Node { span, value }
}

/// The parser speaks of « key-value pairs » inside an inline table.
fn pairs(message: &str, group: &str) -> bool {
    group == "inline table" && message.contains("key-value pairs")
}

/// A date as the French write it (« 15/01/2027 »), at the start of a value.
fn french_date(rest: &str) -> Option<Date> {
    let word = rest.split([' ', '#', ',']).next()?;
    let parts: Vec<&str> = word.split(['/', '.', '-']).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The parser's remarks, in French. Its messages are short and stable; an unknown one is given as a plain syntax error.
fn syntax_error(message: &str, report: &Report<'_>, span: &Span) -> (String, String) {
    const QUOTES: &str = "un texte s’écrit entre guillemets droits : clé = \"valeur\"";
    const NUMBER: &str = "un entier s’écrit 12 ; un montant, un taux ou une durée, entre guillemets : \"350 000 €\"";
    let (line_number, column, line) = report.locate(span);
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
            Some(c) if c.is_ascii_digit() => {
                return match french_date(&rest) {
                    Some(date) => {
                        let day = date.iso();
                        let key = line.split('=').next().unwrap_or_default().trim();
                        ("date mal écrite".to_owned(), format!("année, mois, jour, sans guillemets : {key} = {day}"))
                    }
                    None => ("nombre mal écrit".to_owned(), NUMBER.to_owned()),
                };
            }
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
        ("cannot recurse", "listes ou tables trop imbriquées", "un dossier n’en emboîte jamais plus de quatre"),
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
