//! Draws the questions of a form from the catalogue: what an application asks its user for a purchase family.
//!
//! `cargo run -p clausier --example form -- nettoyage-locaux`

use clausier::Library;

fn main() {
    let family = std::env::args().nth(1).unwrap_or_else(|| "nettoyage-locaux".to_owned());
    for clause in Library::embedded().clauses_for(&family, "").take(5) {
        println!("{} — {} ({})", clause.id, clause.title, clause.kind());
        for parameter in &clause.parameters {
            let usual = parameter.default.as_ref().map(|value| format!(" [{}]", value.plain())).unwrap_or_default();
            let unit = parameter.kind.unit().map(|unit| format!(" (en {unit})")).unwrap_or_default();
            println!("  {}{unit}{usual}", parameter.question);
            for (word, text) in parameter.kind.choices() {
                println!("    {word} : {text}");
            }
        }
    }
}
