//! Reads one clause file; everything that the file alone can prove wrong is refused here.

mod nature;

use self::nature::Said;
use super::*;
use crate::file::reading::{self, Problem, Report, Table};
use crate::library::expression::Names;
use crate::library::frame;
use crate::library::markup::{MarkupError, Scrutiny};
use crate::library::names::{self, Name};

/// Longest clause file read, in bytes.
const MAX_CLAUSE: usize = 256 * 1024;

/// What the reading of a clause file gathers.
struct ClauseReader<'d, 's> {
    report: &'d Report<'s>,
    /// What a parameter may take after.
    presets: &'d [Parameter],
    scrutiny: Scrutiny,
    /// The texts in use, with their places: their code is checked once all the names are known.
    used: Vec<(Text, reading::Span)>,
    /// Names of the parameters, those at fault included.
    declared: Vec<String>,
}

/// Reads a clause file, whose parameters may take after the `presets`.
pub(crate) fn read(
    id: &str,
    kind: Kind,
    source: &str,
    presets: &[Parameter],
    scrutiny: Scrutiny,
) -> Result<Clause, Vec<Problem>> {
    let report = Report::new(source);
    if source.len() > MAX_CLAUSE {
        report.add(0..0, "le fichier dépasse 256 Kio", "une clause tient en une page");
        return Err(report.into_problems());
    }
    if source.trim().is_empty() {
        report.add(0..0, "le fichier est vide", "partez d’une clause existante : clausier montrer CLAUSE --fichier");
        return Err(report.into_problems());
    }
    let root = reading::parse(source, &report);
    let clause = {
        let table = Table::root(&root, &report);
        let mut reader = ClauseReader { report: &report, presets, scrutiny, used: Vec::new(), declared: Vec::new() };
        reader.clause(id, kind, &table)
    };
    let problems = report.into_problems();
    match clause {
        Some(clause) if problems.is_empty() => Ok(clause),
        _ => Err(problems),
    }
}

impl<'d, 's> ClauseReader<'d, 's> {
    fn clause(&mut self, id: &str, kind: Kind, top: &Table<'d, 's>) -> Option<Clause> {
        let declared = top.required("id", &format!("\"{id}\""));
        if !declared.is_empty() && declared != id {
            let message = format!("l’id « {declared} » n’est pas le nom du fichier (« {id} »)");
            self.report.add(top.span_of("id"), message, "donnez au fichier le nom de l’id, ou l’inverse");
        }
        let title = top.required("titre", "\"Réemploi des éléments déposés\"");
        if !top.has("version") {
            top.missing("version", "2026-12-01");
        }
        let version = top.date("version");
        let status = top.required_word::<Status>("statut");
        let level = top.word("niveau").unwrap_or(Level::Base);
        let families = top.texts("famille");
        let cpv = top.texts("cpv");
        let grounds = top.texts("fondements");
        if grounds.is_empty() {
            top.missing("fondements", "[\"ccp-l2112-2\"]");
        }
        let why = top.required("pourquoi", "\"…\"");
        let vigilance = top.texts("vigilance");
        let attached = top.texts("joint");
        let frames = top.tables("cadre").iter().map(frame::of_clause).collect();
        let requires = top.texts("requiert");
        let supersedes = top.texts("inclut");
        let successor = top.text("successeur").map(str::to_owned);
        let overrides = top.text("remplace").map(str::to_owned);
        let parameters = top.tables("parametre");
        let declaration = |t| parameter::declaration(t, self.report, self.presets, &mut self.declared);
        let mut parameters: Vec<Parameter> = parameters.iter().filter_map(declaration).collect();
        self.unique_parameters(top, &parameters);
        self.comparable(top, &parameters);
        let indicators = top.tables("indicateur");
        let indicators = indicators.iter().enumerate().filter_map(|(i, table)| self.indicator(table, kind, i == 0));
        let indicators: Vec<Indicator> = indicators.collect();
        let mut penalties: Vec<Penalty> = top.tables("penalite").iter().filter_map(|t| self.penalty(t)).collect();
        let said = Said { parameters: &parameters, indicators: &indicators, penalties: &penalties };
        let nature = self.nature(kind, top, &said);
        if let Some(Nature::Liaison(link)) = &nature {
            link::complete(link, &mut parameters, &mut penalties);
        }
        let derogations = top.tables("derogation").iter().map(|t| self.derogation(t)).collect();
        let sections: Vec<Section> = top.tables("section").iter().filter_map(|t| self.section(t)).collect();
        top.finish();
        if kind != Kind::Criterion && sections.is_empty() {
            self.lacks("la clause n’a aucun texte", "ajoutez [[section]] : piece, place, texte");
        }
        self.check_texts(kind, top.has("heures"), &parameters);
        Some(Clause {
            id: id.to_owned(),
            nature: nature?,
            title,
            version: version?,
            status: status?,
            level,
            families,
            cpv,
            grounds,
            why,
            vigilance,
            attached,
            frames,
            requires,
            supersedes,
            successor,
            overrides,
            parameters,
            indicators,
            penalties,
            derogations,
            sections,
        })
    }

    /// True for a parameter that the clause declares, those at fault included.
    fn declares(&self, name: &str) -> bool {
        self.declared.iter().any(|declared| declared == name)
    }

    /// Something that no line of the file says.
    fn lacks(&self, message: &str, help: &str) {
        self.report.add(0..0, message, help);
    }

    fn unknown_parameter(&self, table: &Table<'_, '_>, key: &str, name: &str) {
        let message = format!("« {key} » nomme le paramètre « {name} », que la clause ne déclare pas");
        self.report.add(table.span_of(key), message, "ajoutez un [[parametre]] de ce nom, ou corrigez le nom");
    }

    fn unique_parameters(&self, top: &Table<'_, '_>, parameters: &[Parameter]) {
        for (i, parameter) in parameters.iter().enumerate() {
            if parameters[..i].iter().any(|p| p.name == parameter.name) {
                let message = format!("le paramètre « {} » est déclaré deux fois", parameter.name);
                self.report.add(top.span_of("parametre"), message, "gardez-en un seul");
            }
        }
    }

    /// What a parameter is compared with is of its own type.
    fn comparable(&self, top: &Table<'_, '_>, parameters: &[Parameter]) {
        for parameter in parameters {
            for (key, yardstick) in [("au_plus", &parameter.most), ("au_moins", &parameter.least)] {
                let fits = match yardstick {
                    None => true,
                    Some(Yardstick::Parameter(name)) => {
                        parameters.iter().any(|p| p.name == *name && p.kind == parameter.kind)
                    }
                    Some(Yardstick::Length) => parameter.kind == ParameterKind::Duration,
                    Some(Yardstick::Hours | Yardstick::FullTime) => parameter.kind == ParameterKind::Hours,
                };
                if !fits {
                    self.report.add(
                        top.span_of("parametre"),
                        format!("« {} » : {key} désigne ce qui ne se compare pas à lui", parameter.name),
                        "un autre paramètre du même type, \"duree\" pour une durée, \"heures\" ou \"temps-plein\" pour des heures",
                    );
                }
            }
        }
    }

    /// Reads an indicator; each but the first of an environmental clause says what duty it measures.
    fn indicator(&mut self, table: &Table<'_, '_>, kind: Kind, first: bool) -> Option<Indicator> {
        let name = table.required("nom", "\"Part des éléments réemployés\"");
        let unit = table.required("unite", "\"t\"");
        let register = match table.text("registre") {
            None if kind == Kind::Liaison => {
                table.missing("registre", "\"insertion\" | \"environnement\"");
                None
            }
            None if kind == Kind::Social => Some(Register::Insertion),
            None => Some(Register::Environment),
            Some("insertion") => Some(Register::Insertion),
            Some("environnement") => Some(Register::Environment),
            Some(other) => {
                let help = reading::suggestion(other, ["insertion", "environnement"]);
                self.report.add(table.span_of("registre"), format!("« {other} » : le registre n’existe pas"), help);
                None
            }
        };
        let target = table.required("cible", "\"{{ quantite }}\"");
        let frequency = table.required("frequence", "\"chaque mois\"");
        let control = table.text("controle").unwrap_or_default().to_owned();
        let proofs = table.texts("preuves");
        if proofs.is_empty() {
            table.missing("preuves", "[\"bordereau de remise\", \"pesée\"]");
        }
        let environment = kind == Kind::Environment;
        if environment && !first && !table.has("obligation") {
            table.missing("obligation", "\"limiter les pertes\"");
        }
        let duty =
            if environment { table.text("obligation") } else { None }.map(|text| self.one(table, "obligation", text));
        let target = self.one(table, "cible", &target);
        let frequency = self.one(table, "frequence", &frequency);
        table.finish();
        Some(Indicator { name, unit, register: register?, duty, target, frequency, control, proofs })
    }

    fn penalty(&self, table: &Table<'_, '_>) -> Option<Penalty> {
        let fact = table.required("fait", "\"heure d’insertion non réalisée\"");
        let unit = table.required("unite", "\"heure\"");
        let index = table.text("indice").map(str::to_owned).map(|id| {
            let times = table.measure("fois", Number::parse).unwrap_or_else(|| Number::from_int(1));
            (id, times)
        });
        let amount = match index {
            Some(_) => String::new(),
            None => table.required("montant", "\"penalite_heure\""),
        };
        if !amount.is_empty() && !self.declares(&amount) {
            self.unknown_parameter(table, "montant", &amount);
        }
        let occasion = table.text("occasion").unwrap_or_default().to_owned();
        let irreparable = table.boolean("irreparable").unwrap_or(false);
        let recurring = table.boolean("recurrente").unwrap_or(false);
        // Hours have the dates of their article.
        let dated = table.text("obligation") == Some("heures");
        let notice = if irreparable || (dated && !table.has("mise_en_demeure")) {
            String::new()
        } else {
            table.required("mise_en_demeure", "\"15 jours\"")
        };
        if irreparable && table.text("mise_en_demeure").is_some() {
            let message = "un manquement irréparable ne se met pas en demeure";
            self.report.add(table.span_of("mise_en_demeure"), message, "gardez l’un ou l’autre");
        }
        if !notice.is_empty() && !self.declares(&notice) && Duration::parse(&notice).is_err() {
            let message = format!("« {notice} » n’est ni une durée ni un paramètre de la clause");
            self.report.add(table.span_of("mise_en_demeure"), message, "écrivez par exemple \"15 jours\"");
        }
        let words = [
            ("heures", PenaltyObject::Hours),
            ("absence", PenaltyObject::Absence),
            ("document", PenaltyObject::Document),
            ("resultat", PenaltyObject::Result),
            ("dechets", PenaltyObject::Waste),
        ];
        let word = table.required("obligation", "\"heures\" | \"absence\" | \"document\" | \"resultat\" | \"dechets\"");
        let object = words.iter().find(|(w, _)| *w == word).map(|(_, o)| *o);
        if object.is_none() && !word.is_empty() {
            let help = reading::suggestion(&word, words.iter().map(|(w, _)| *w));
            self.report.add(table.span_of("obligation"), format!("« {word} » : l’obligation n’existe pas"), help);
        }
        let capped = match table.text("plafond") {
            None => None,
            Some("general") => Some(true),
            Some("aucun") => Some(false),
            Some(other) => {
                let help = reading::suggestion(other, ["general", "aucun"]);
                self.report.add(table.span_of("plafond"), format!("« {other} » : ce plafond n’existe pas"), help);
                None
            }
        };
        table.finish();
        Some(Penalty { fact, object: object?, unit, amount, index, occasion, notice, irreparable, recurring, capped })
    }

    fn derogation(&mut self, table: &Table<'_, '_>) -> Derogation {
        let derogation = read_derogation(table);
        if let Some(when) = &derogation.when {
            self.uses(when, || table.span_of("quand"));
        }
        derogation
    }

    /// Keeps a text whose code is to be checked.
    fn uses(&mut self, text: &Text, place: impl FnOnce() -> reading::Span) {
        if self.scrutiny == Scrutiny::Whole {
            self.used.push((text.clone(), place()));
        }
    }

    fn section(&mut self, table: &Table<'_, '_>) -> Option<Section> {
        let piece = table.required_word::<Piece>("piece");
        let slot = table.required("place", "\"obligation\"");
        let title = table.text("titre").unwrap_or_default().to_owned();
        let condition = table.text("quand").unwrap_or_default().to_owned();
        let when = table.text("quand").map(Text::condition);
        if let Some(when) = &when {
            self.uses(when, || table.span_of("quand"));
        }
        let text = table.required("texte", "'''…'''");
        let text = self.blocks(table, "texte", &text);
        table.finish();
        Some(Section { piece: piece?, slot, title, condition, when, text })
    }

    /// A text of blocks, which is parsed at once when it is to be checked.
    fn blocks(&mut self, table: &Table<'_, '_>, key: &str, text: &str) -> Blocks {
        let blocks = Blocks::new(text);
        if self.scrutiny == Scrutiny::Whole {
            let place = table.span_of(key);
            if faults(self.report, &place, blocks.faults()) {
                self.used.extend(blocks.texts().map(|text| (text.clone(), place.clone())));
            }
        }
        blocks
    }

    /// A text that is one run.
    fn one(&mut self, table: &Table<'_, '_>, key: &str, text: &str) -> Text {
        let text = Text::one(text);
        if self.scrutiny == Scrutiny::Whole && faults(self.report, &table.span_of(key), text.faults()) {
            self.uses(&text, || table.span_of(key));
        }
        text
    }

    /// Checks the code of every text against the names that its clause may use.
    fn check_texts(&self, kind: Kind, hours: bool, parameters: &[Parameter]) {
        if self.used.is_empty() {
            return;
        }
        let names = clause_names(kind, hours, parameters).with(self.declared.iter().map(String::as_str));
        for (text, span) in &self.used {
            for misuse in text.check(&names) {
                self.report.add(self.report.inside(span, misuse.at), misuse.message, misuse.help);
            }
        }
    }
}

/// The names that the templates of a clause may use.
fn clause_names(kind: Kind, hours: bool, parameters: &[Parameter]) -> Names {
    let of = |list: &'static [Name]| list.iter().map(|(name, _)| *name);
    let mut names = Names::new(of(names::GLOBAL)).with(of(names::SECTION));
    names = names.with(parameter_names(parameters).iter().map(String::as_str));
    if hours {
        names = names.with(of(names::HOURS));
    }
    if kind == Kind::Liaison {
        // The names of the pair are checked when the whole library is at hand.
        names = names.with(of(names::LIAISON)).open(["social", "environnement"]);
    }
    names
}

/// Reads the derogation of a clause or of a trame.
pub(crate) fn read_derogation(table: &Table<'_, '_>) -> Derogation {
    let concepts = table.texts("concepts");
    if concepts.is_empty() {
        table.missing("concepts", "[\"pen\", \"env3\"]");
    }
    let derogation = Derogation {
        anchor: table.text("article").unwrap_or_default().to_owned(),
        concepts,
        object: table.required("objet", "\"pénalité unique\""),
        certain: table.boolean("certaine").unwrap_or(true),
        when: table.text("quand").map(Text::condition),
    };
    table.finish();
    derogation
}

/// Notes what is wrong in a text that stands at a place; true when nothing is.
pub(crate) fn faults(report: &Report<'_>, span: &reading::Span, errors: Vec<MarkupError>) -> bool {
    let sound = errors.is_empty();
    for error in errors {
        report.add(report.inside(span, error.at), error.message, error.help);
    }
    sound
}
