//! Reads the rules (`redaction.toml`) and the words they use (`lexique/`) to say what is wrong in them.

use super::compile::{Compiler, RuleSource};
use super::image::Day;
use super::{IMAGE, Place};
use crate::base::quantity::Date;
use crate::base::terms::{Certainty, ContractForm, Vocabulary};
use crate::file::reading::{self, FileProblem, Problem, Report, Table};
use crate::law::Legal;

/// Everything wrong in the files of rules.
pub(super) fn problems<'s>(files: impl IntoIterator<Item = (&'s str, &'s str)>, legal: &Legal) -> Vec<FileProblem> {
    let mut compiler = Compiler::default();
    let publics = legal.publics().flat_map(|public| &public.outdated);
    for outdated in publics.chain(legal.structures().flat_map(|structure| &structure.outdated)) {
        compiler.name(&outdated.name, outdated.since.map(parts), &outdated.today, "", true);
    }
    let mut out = Vec::new();
    for (file, source) in files {
        let report = Report::new(source);
        let root = reading::parse(source, &report);
        let top = Table::root(&root, &report);
        read(&mut compiler, &top);
        top.finish();
        let named = |problem: Problem| FileProblem { file: file.to_owned(), problem };
        out.extend(report.into_problems().into_iter().map(named));
    }
    let report = Report::new("");
    if let Some(name) = compiler.unknown() {
        let help = "ajoutez-la au lexique, ou corrigez la règle";
        report.add(0..0, format!("la notion « {name} » n’a pas de mots"), help);
    } else if out.is_empty() && compiler.hash() != IMAGE.hash {
        report.add(0..0, "les règles compilées ne sont pas celles de ces fichiers", "recompilez la bibliothèque");
    }
    let named = |problem: Problem| FileProblem { file: "referentiel/redaction.toml".to_owned(), problem };
    out.extend(report.into_problems().into_iter().map(named));
    out
}

/// A day as the compiler takes it.
fn parts(date: Date) -> (u16, u8, u8) {
    let iso = date.iso();
    let mut parts = iso.split('-');
    let mut next = || parts.next().unwrap_or_default();
    let (year, month, day) = (next(), next(), next());
    (year.parse().unwrap_or(0), month.parse().unwrap_or(0), day.parse().unwrap_or(0))
}

fn since(table: &Table<'_, '_>) -> Day {
    if table.has("depuis") { table.date("depuis").map(parts) } else { None }
}

/// Whether a change has been confirmed.
fn certain(table: &Table<'_, '_>) -> bool {
    table.required_word::<Certainty>("certitude").is_some_and(|certainty| certainty != Certainty::ToVerify)
}

/// Reads one file: notions, names, citations, rules, whichever it has.
fn read(compiler: &mut Compiler, top: &Table<'_, '_>) {
    for (key, exact) in [("notion", false), ("notion_exacte", true)] {
        let Some(notions) = top.has(key).then(|| top.table(key)).flatten() else { continue };
        for entry in notions.all() {
            let words = notions.text(&entry.key).unwrap_or_default();
            for unread in compiler.notion(&entry.key, words, exact) {
                let help = "une entrée est un mot ou une suite de mots, séparée des autres par une virgule";
                top.report.add(notions.span_of(&entry.key), format!("« {unread} » ne se lit pas"), help);
            }
        }
        notions.finish();
    }
    if top.has("passe") {
        let lines = top.optional("passe");
        wrong(top, "passe", compiler.past(&lines));
    }
    for table in top.tables("nom") {
        let names = table.required("anciens", "\"Pôle emploi, ANPE\"");
        let today = table.required("aujourd_hui", "\"France Travail\"");
        let exceptions = table.optional("sauf");
        wrong(&table, "sauf", compiler.name(&names, since(&table), &today, &exceptions, certain(&table)));
        table.finish();
    }
    for table in top.tables("code") {
        let names = table.required("noms", "\"code de la commande publique, CCP\"");
        compiler.code(&table.optional("id"), &names, &table.optional("du"));
        table.finish();
    }
    for table in top.tables("abroge") {
        let ids = table.required("textes", "\"ccp-l2112-2\"");
        let help = table.required("aide", "\"citez l’article 1231-5 du code civil\"");
        compiler.repealed(&ids, since(&table), &help, certain(&table));
        table.finish();
    }
    for table in top.tables("sujet") {
        let words = table.required("mots", "\"label\"");
        let ids = table.required("articles", "\"ccp-l2112-2\"");
        compiler.subject(&words, &ids, table.boolean("seulement").unwrap_or(false));
        table.finish();
    }
    for table in top.tables("regle") {
        rule(compiler, &table);
        table.finish();
    }
}

fn rule(compiler: &mut Compiler, table: &Table<'_, '_>) {
    let source = RuleSource {
        code: table.required("controle", "\"preference-locale\""),
        message: table.required("message", "\"…\""),
        help: table.required("aide", "\"…\""),
        since: since(table),
        places: table.words::<Place>("ou").into_iter().map(|place| place.word().to_owned()).collect(),
        forms: table.words::<ContractForm>("forme").into_iter().map(|form| form.word().to_owned()).collect(),
        patterns: table.optional("si"),
        needs: table.optional("manque"),
        exceptions: table.optional("sauf"),
        general: table.optional("sauf_ailleurs"),
        listed: table.boolean("liste").unwrap_or(false),
    };
    if source.patterns.is_empty() && source.needs.is_empty() {
        table.missing("si", "\"entreprise locale\"");
    }
    for (key, line) in compiler.rule(&source) {
        wrong(table, key, vec![line]);
    }
}

/// Notes the lines of a key that are no patterns.
fn wrong(table: &Table<'_, '_>, key: &'static str, lines: Vec<&str>) {
    for line in lines {
        let help = "un motif commence et finit par un mot : « entreprise .. @local »";
        table.report.add(table.span_of(key), format!("« {line} » n’est pas un motif"), help);
    }
}
