//! Reads the rules (`redaction.toml`) and the words they use (`lexique/`).

use super::citation::{self, Citations};
use super::lexicon::{Concept, Lexicon};
use super::pattern::{Pattern, Polarity};
use super::{Place, Rule, Rules};
use crate::base::quantity::Date;
use crate::file::reading::{self, FileProblem, Problem, Report, Table};
use crate::law::Legal;

/// Everything wrong in the files of rules.
pub(crate) fn problems<'s>(files: impl IntoIterator<Item = (&'s str, &'s str)>, legal: &Legal) -> Vec<FileProblem> {
    compile(files, legal).1
}

/// Compiles the rules, and notes everything wrong in their files.
pub(super) fn compile<'s>(
    files: impl IntoIterator<Item = (&'s str, &'s str)>,
    legal: &Legal,
) -> (Rules, Vec<FileProblem>) {
    let mut out = Rules {
        lexicon: Lexicon::default(),
        rules: Vec::new(),
        names: Vec::new(),
        past: Vec::new(),
        citations: Citations::default(),
    };
    let mut wrong = Vec::new();
    let publics = legal.publics().flat_map(|public| &public.outdated);
    for outdated in publics.chain(legal.structures().flat_map(|structure| &structure.outdated)) {
        out.name(&outdated.name, outdated.since, &outdated.today, Vec::new());
    }
    for (file, source) in files {
        let report = Report::new(source);
        let root = reading::parse(source, &report);
        let top = Table::root(&root, &report);
        out.file(&top);
        top.finish();
        let named = |problem: Problem| FileProblem { file: file.to_owned(), problem };
        wrong.extend(report.into_problems().into_iter().map(named));
    }
    out.names.sort_by_key(|(concept, _)| *concept);
    let patterns = out.rules.iter().flat_map(|rule| [&rule.patterns, &rule.needs, &rule.exceptions, &rule.general]);
    let unknown = patterns.flatten().flat_map(Pattern::concepts).find(|concept| !out.lexicon.is_filled(*concept));
    if let Some(name) = unknown.and_then(|concept| out.lexicon.name(concept)) {
        let report = Report::new("");
        report.add(
            0..0,
            format!("la notion « {name} » n’a pas de mots"),
            "ajoutez-la au lexique, ou corrigez la règle",
        );
        let named = |problem: Problem| FileProblem { file: "referentiel/redaction.toml".to_owned(), problem };
        wrong.extend(report.into_problems().into_iter().map(named));
    }
    (out, wrong)
}

impl Rules {
    /// Reads one file: notions, names, citations, rules, whichever it has.
    fn file(&mut self, top: &Table<'_, '_>) {
        for (key, names) in [("notion", false), ("notion_exacte", true)] {
            let Some(notions) = top.has(key).then(|| top.table(key)).flatten() else { continue };
            for entry in notions.all() {
                let concept = self.lexicon.concept(&entry.key);
                let words = notions.text(&entry.key).unwrap_or_default();
                for unread in self.lexicon.add_as(concept, words, names) {
                    let help = "une entrée est un mot ou une suite de mots, séparée des autres par une virgule";
                    top.report.add(notions.span_of(&entry.key), format!("« {unread} » ne se lit pas"), help);
                }
            }
            notions.finish();
        }
        if top.has("passe") {
            self.past = self.patterns(top, "passe", Polarity::Any);
        }
        for table in top.tables("nom") {
            let names = table.required("anciens", "\"Pôle emploi, ANPE\"");
            let today = table.required("aujourd_hui", "\"France Travail\"");
            let since = if table.has("depuis") { table.date("depuis") } else { None };
            let exceptions = self.patterns(&table, "sauf", Polarity::Any);
            self.name(&names, since, &today, exceptions);
            table.finish();
        }
        citation::read(top, self);
        for table in top.tables("regle") {
            let rule = self.rule(&table);
            self.rules.push(rule);
        }
    }

    /// Notes names that are no longer right.
    fn name(&mut self, names: &str, since: Option<Date>, today: &str, exceptions: Vec<Pattern>) {
        let concept = self.lexicon.concept(&format!("nom {names}"));
        self.lexicon.add(concept, names);
        let rule = Rule {
            code: "nom-perime".to_owned(),
            message: "{mots} n’est plus le nom en usage".to_owned(),
            help: format!("écrivez « {today} »"),
            instead: Some(today.to_owned()),
            since,
            // A « secteur protégé » is also a quarter of old houses: the object of a contract is left alone.
            places: vec![Place::Value, Place::Criterion, Place::Grounds, Place::Text],
            exceptions,
            ..Rule::default()
        };
        self.names.push((concept, rule));
    }

    fn rule(&mut self, table: &Table<'_, '_>) -> Rule {
        let code = table.required("controle", "\"preference-locale\"");
        let message = table.required("message", "\"…\"");
        let help = table.required("aide", "\"…\"");
        let since = if table.has("depuis") { table.date("depuis") } else { None };
        let places = table.words("ou");
        let forms = table.words("forme");
        let patterns = self.patterns(table, "si", Polarity::Affirmed);
        let needs = self.patterns(table, "manque", Polarity::Any);
        if patterns.is_empty() && needs.is_empty() {
            table.missing("si", "\"entreprise locale\"");
        }
        let exceptions = self.patterns(table, "sauf", Polarity::Any);
        let general = self.patterns(table, "sauf_ailleurs", Polarity::Any);
        let listed = table.boolean("liste").unwrap_or(false);
        table.finish();
        Rule { code, message, help, instead: None, since, places, forms, patterns, needs, exceptions, general, listed }
    }

    /// The patterns of a key, one a line.
    pub(super) fn patterns(&mut self, table: &Table<'_, '_>, key: &'static str, usual: Polarity) -> Vec<Pattern> {
        let mut out = Vec::new();
        if !table.has(key) {
            return out;
        }
        for line in table.optional(key).lines().map(str::trim).filter(|line| !line.is_empty()) {
            match Pattern::parse(line, usual, &mut self.lexicon) {
                Some(pattern) => out.push(pattern),
                None => table.report.add(
                    table.span_of(key),
                    format!("« {line} » n’est pas un motif"),
                    "un motif commence et finit par un mot : « entreprise .. @local »",
                ),
            }
        }
        out
    }

    /// A concept of some words, for what is no rule.
    pub(super) fn words(&mut self, words: &str) -> Concept {
        let concept = self.lexicon.concept(&format!("mots {words}"));
        self.lexicon.add(concept, words);
        concept
    }
}
