//! Writes a tree as TOML.

use super::node::{Field, Node, NodeValue, join};

/// Depth from which a table is written on one line.
const INLINE: usize = 3;

/// The tree as a file; `comment` gives what stands before the header of a table, by its key path. The tables of `on_one_line`
/// hold theirs on one line, so that their keys keep their order.
pub(crate) fn toml(root: &Node<'_>, on_one_line: &[&str], comment: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    table(root, "", 0, on_one_line, comment, &mut out);
    out
}

fn table(
    node: &Node<'_>,
    path: &str,
    depth: usize,
    on_one_line: &[&str],
    comment: &dyn Fn(&str) -> Option<String>,
    out: &mut String,
) {
    let one_line = on_one_line.contains(&path);
    let inline = depth + 1 >= INLINE || one_line;
    let below = |node: &Node<'_>| match &node.value {
        NodeValue::Table(_) => !inline,
        // A list of tables has a header for each, whatever its depth.
        NodeValue::List(items) => !one_line && has_headers(items),
        _ => false,
    };
    let plain: Vec<_> = node.fields().iter().filter(|field| !below(&field.node)).collect();
    let only_tables = plain.is_empty() && !node.fields().is_empty();
    if let Some(text) = comment(path) {
        blank(out);
        text.lines().for_each(|line| *out += &format!("# {line}\n"));
    }
    if !path.is_empty() && !only_tables {
        if comment(path).is_none() {
            blank(out);
        }
        *out += &format!("[{path}]\n");
    }
    lines(&plain, out);
    for field in node.fields().iter().filter(|field| below(&field.node)) {
        let path = join(path, &key(&field.key));
        let NodeValue::List(items) = &field.node.value else {
            table(&field.node, &path, depth + 1, on_one_line, comment, out);
            continue;
        };
        for item in items {
            blank(out);
            *out += &format!("[[{path}]]\n");
            lines(&item.fields().iter().collect::<Vec<_>>(), out);
        }
    }
}

/// True for a list that is written with a header for each of its tables.
fn has_headers(items: &[Node<'_>]) -> bool {
    !items.is_empty() && items.iter().all(|item| matches!(item.value, NodeValue::Table(_)))
}

/// Keys with their values, one a line.
fn lines(fields: &[&Field<'_>], out: &mut String) {
    for field in fields {
        *out += &format!("{} = {}\n", key(&field.key), value(&field.node));
    }
}

/// A blank line, except at the start and after the comment of what follows.
fn blank(out: &mut String) {
    let commented = out.lines().next_back().is_some_and(|line| line.starts_with('#'));
    if !out.is_empty() && !commented {
        out.push('\n');
    }
}

/// A key, bare where TOML allows it.
fn key(key: &str) -> String {
    toml_edit::Key::new(key).to_string()
}

/// A value on one line.
pub(crate) fn value(node: &Node<'_>) -> String {
    match &node.value {
        NodeValue::Text(text) => quoted(text),
        NodeValue::Integer(n) => n.map_or_else(String::new, |n| n.to_string()),
        NodeValue::Boolean(yes) => yes.to_string(),
        NodeValue::Date(date) => date.iso(),
        NodeValue::List(items) => format!("[{}]", items.iter().map(value).collect::<Vec<_>>().join(", ")),
        NodeValue::Table(fields) if fields.is_empty() => "{}".to_owned(),
        NodeValue::Table(fields) => {
            let fields: Vec<String> =
                fields.iter().map(|field| format!("{} = {}", key(&field.key), value(&field.node))).collect();
            format!("{{ {} }}", fields.join(", "))
        }
        // No tree built here holds them, and none that was read keeps them.
        NodeValue::Float | NodeValue::Time | NodeValue::Nothing => "\"\"".to_owned(),
    }
}

/// A text between double quotes, which a buyer recognises.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
