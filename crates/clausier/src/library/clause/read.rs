//! Reads one clause file; everything that the file alone can prove wrong is refused here.

use super::*;
use crate::base::quantity::counted_in;
use crate::base::terms::Vocabulary;
use crate::file::packed;
use crate::file::reading::{self, Problem, Report, Table};
use crate::library::frame;
use crate::library::marking::{self, Author};
use crate::library::markup;
use crate::library::names::{self, Name};
use crate::library::template::{Names, Scrutiny};

/// What a dossier says of any criterion, or of one that it describes itself.
const RESERVED: [&str; 5] = ["poids", "methode", "titre", "nature", "note"];

/// Longest clause file read, in bytes.
const MAX_CLAUSE: usize = 256 * 1024;

/// What the reading of a clause file gathers.
struct ClauseReader<'d, 's> {
    report: &'d Report<'s>,
    /// What a parameter may take after.
    presets: &'d [Parameter],
    scrutiny: Scrutiny,
    /// The templates in use, with their places: they are checked once all the names are known.
    used: Vec<(Template, reading::Span)>,
    /// Names of the parameters, those at fault included.
    declared: Vec<String>,
}

/// Reads a clause file, whose parameters may take after the `presets`.
pub(crate) fn read(
    id: &str,
    kind: Kind,
    text: packed::Text<'_>,
    presets: &[Parameter],
    scrutiny: Scrutiny,
) -> Result<Clause, Vec<Problem>> {
    let source = text.source;
    let report = Report::new(source);
    if source.len() > MAX_CLAUSE {
        report.add(0..0, "le fichier dépasse 256 Kio", "une clause tient en une page");
        return Err(report.into_problems());
    }
    if source.trim().is_empty() {
        report.add(0..0, "le fichier est vide", "partez d’une clause existante : clausier montrer CLAUSE --fichier");
        return Err(report.into_problems());
    }
    let root = text.root(&report);
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

/// Mechanisms of an earlier rule: the word, the mechanism that has its place, what to write.
const RETIRED: [(&str, Option<Mechanism>, &str); 2] = [
    ("meme-heure", Some(Mechanism::LinkedHours), "écrivez « heures-liees » dans mecanismes"),
    (
        "penalite-jointe",
        None,
        "retirez-le de mecanismes : chaque manque a son tarif, et les tarifs s’ajoutent sans en chercher la cause",
    ),
];

fn list_of<T: Copy>(
    table: &Table<'_, '_>,
    key: &'static str,
    read: impl Fn(&str) -> Option<T>,
    what: &str,
    words: &[&str],
) -> Vec<T> {
    let mut out = Vec::new();
    for (word, span) in table.spanned_texts(key) {
        match read(&word) {
            Some(value) => out.push(value),
            None => {
                let help = reading::suggestion(&word, words.iter().copied());
                table.report.add(span, format!("« {word} » : {what} n’existe pas"), help);
            }
        }
    }
    out
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
        let restates_law = top.boolean("rappel_de_la_loi").unwrap_or(false);
        let accompanies = top.boolean("accompagne").unwrap_or(false);
        let legal_floor = top.boolean("plancher_legal").unwrap_or(false);
        let parameters = top.tables("parametre");
        let declaration = |t| parameter::declaration(t, self.report, self.presets, &mut self.declared);
        let mut parameters: Vec<Parameter> = parameters.iter().filter_map(declaration).collect();
        self.unique_parameters(top, &parameters);
        self.comparable(top, &parameters);
        let declared = self.declared.clone();
        let known = |name: &str| declared.iter().any(|d| d == name);
        let hours = top.table("heures").and_then(|t| self.hours(&t, &known));
        let measure = top.text("mesure").map(str::to_owned);
        if let Some(name) = measure.as_deref().filter(|name| !known(name)) {
            self.unknown_parameter(top, "mesure", name);
        }
        let duty = top.text("obligation").map(|text| self.one(top, "obligation", text));
        let indicators = top.tables("indicateur");
        let indicators = indicators.iter().enumerate().filter_map(|(i, table)| self.indicator(table, kind, i == 0));
        let indicators: Vec<Indicator> = indicators.collect();
        let mut penalties: Vec<Penalty> =
            top.tables("penalite").iter().filter_map(|t| self.penalty(t, &known)).collect();
        let link = top.table("lie").map(|t| self.link(&t));
        if let Some(link) = &link {
            link::complete(link, &mut parameters, &mut penalties);
        }
        let criterion = top.table("critere").and_then(|t| marking::read(&t, Author::Library));
        let derogations = top.tables("derogation").iter().map(|t| self.derogation(t)).collect();
        let sections: Vec<Section> = top.tables("section").iter().filter_map(|t| self.section(t)).collect();
        top.finish();
        let clause = Clause {
            id: id.to_owned(),
            kind,
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
            restates_law,
            accompanies,
            legal_floor,
            parameters,
            hours,
            measure,
            duty,
            indicators,
            penalties,
            link,
            criterion,
            derogations,
            sections,
            templates: Templates::default(),
        };
        self.completeness(&clause, top);
        self.check_templates(&clause);
        Some(clause)
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

    fn hours(&self, table: &Table<'_, '_>, known: &dyn Fn(&str) -> bool) -> Option<HoursRule> {
        let name = |key: &'static str| {
            let name = table.required(key, "\"nom_du_parametre\"");
            if !name.is_empty() && !known(&name) {
                self.unknown_parameter(table, key, &name);
            }
            name
        };
        let mode = table.required("mode", "\"calcul\" | \"tranche\" | \"volume\"");
        let rule = match mode.as_str() {
            "calcul" => {
                let volume = table.has("volume").then(|| name("volume"));
                Some(HoursRule::Computed { rate: name("taux"), step: name("pas"), volume })
            }
            "tranche" => Some(HoursRule::Tranche { hours: name("heures"), tranche: name("tranche") }),
            "volume" => Some(HoursRule::Given { volume: name("volume") }),
            "" => None,
            other => {
                // Which keys it takes is not known.
                table.all();
                let help = reading::suggestion(other, ["calcul", "tranche", "volume"]);
                self.report.add(table.span_of("mode"), format!("« {other} » : le mode n’existe pas"), help);
                None
            }
        };
        table.finish();
        rule
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

    fn penalty(&self, table: &Table<'_, '_>, known: &dyn Fn(&str) -> bool) -> Option<Penalty> {
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
        if !amount.is_empty() && !known(&amount) {
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
        if !notice.is_empty() && !known(&notice) && Duration::parse(&notice).is_err() {
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

    fn link(&self, table: &Table<'_, '_>) -> Link {
        let words: Vec<&str> = Mechanism::WORDS.iter().map(|(w, _)| *w).collect();
        let old = |word: &str| RETIRED.iter().find(|(old, ..)| *old == word);
        let current = |word: &str| match old(word) {
            Some((_, now, _)) => Some(*now),
            None => Mechanism::from_word(word).map(Some),
        };
        let mechanisms = list_of(table, "mecanismes", current, Mechanism::WHAT, &words);
        let mechanisms = mechanisms.into_iter().flatten().collect();
        let retired = table.texts("mecanismes");
        let retired = retired.iter().filter_map(|word| old(word)).map(|(word, _, help)| (*word, *help)).collect();
        let ratio = table.table("ratio").and_then(|t| {
            let unit = t.required("unite", "\"h/t\"");
            let low = t.measure("bas", Number::parse);
            let high = t.measure("haut", Number::parse);
            let source = t.required("source", "\"…\"");
            let confidence = t.required_word("certitude");
            t.finish();
            Some(RatioRange { unit, low: low?, high: high?, source, confidence: confidence? })
        });
        let link = Link {
            social: table.texts("social"),
            environment: table.texts("environnement"),
            mechanisms,
            retired,
            tasks: table.texts("taches"),
            ratio,
            duration: table.text("duree").map(str::to_owned),
            start: table.text("depart").map(str::to_owned),
            season: table.text("saison").map(str::to_owned),
            exclusions: table.texts("exclusions"),
            performers: table.texts("executants"),
        };
        for (key, empty) in [
            ("social", link.social.is_empty()),
            ("environnement", link.environment.is_empty()),
            ("mecanismes", link.mechanisms.is_empty()),
            ("taches", link.tasks.is_empty()),
        ] {
            if empty && !table.has(key) {
                table.missing(key, "[\"…\"]");
            }
        }
        table.finish();
        link
    }

    fn derogation(&mut self, table: &Table<'_, '_>) -> Derogation {
        let derogation = read_derogation(table);
        if let Some(when) = &derogation.when {
            self.uses(when, || table.span_of("quand"));
        }
        derogation
    }

    /// Keeps a template that is to be checked.
    fn uses(&mut self, template: &Template, place: impl FnOnce() -> reading::Span) {
        if self.scrutiny == Scrutiny::Whole {
            self.used.push((template.clone(), place()));
        }
    }

    fn section(&mut self, table: &Table<'_, '_>) -> Option<Section> {
        let piece = table.required_word::<Piece>("piece");
        let slot = table.required("place", "\"obligation\"");
        let title = table.text("titre").unwrap_or_default().to_owned();
        let condition = table.text("quand").unwrap_or_default().to_owned();
        let when = table.text("quand").map(Template::condition);
        if let Some(when) = &when {
            self.uses(when, || table.span_of("quand"));
        }
        let text = table.required("texte", "'''…'''");
        let text = self.blocks(table, "texte", &text);
        table.finish();
        Some(Section { piece: piece?, slot, title, condition, when, text })
    }

    /// Parses a text into blocks, at once when it is to be checked.
    fn blocks(&mut self, table: &Table<'_, '_>, key: &str, text: &str) -> Blocks {
        match self.scrutiny {
            Scrutiny::Trusting => Blocks::unread(text),
            Scrutiny::Whole => {
                text_blocks(self.report, &table.span_of(key), text, |template, place| self.used.push((template, place)))
            }
        }
    }

    /// Parses a text that is one run.
    fn one(&mut self, table: &Table<'_, '_>, key: &str, text: &str) -> Text {
        match markup::parse_leaf(text) {
            Ok(leaf) => {
                let text = Text::from(leaf);
                self.uses(&text.template, || table.span_of(key));
                text
            }
            Err(error) => {
                self.report.add(table.span_of(key), error.message, "une seule phrase, sans liste ni tableau");
                Text { template: Template::leaf(""), targets: Vec::new() }
            }
        }
    }

    /// Refuses what is incomplete for the nature of the clause.
    fn completeness(&self, clause: &Clause, top: &Table<'_, '_>) {
        let lacks = |message: &str, help: &str| self.report.add(0..0, message, help);
        let one_of = |wanted: Register| clause.indicators.iter().any(|i| i.register == wanted);
        match clause.kind {
            // A clause that only restates the law, or serves the others, commits to nothing of its own.
            Kind::Environment if clause.restates_law => {}
            Kind::Environment => {
                if clause.indicators.is_empty() {
                    lacks(
                        "une clause environnementale sans indicateur ne se contrôle pas",
                        "ajoutez [[indicateur]] : nom, unite, cible, preuves, frequence",
                    );
                }
                if let Some((measure, penalty)) = penalty_in_another_unit(clause) {
                    self.report.add(
                        top.span_of("penalite"),
                        format!("la pénalité du résultat se compte en « {penalty} », la mesure en « {measure} »"),
                        "la première pénalité « resultat » se compte dans l’unité de la mesure : une liaison les rapproche",
                    );
                }
                if clause.duty.is_none() {
                    top.missing("obligation", "\"remettre au réemploi {{ quantite }} d’éléments\"");
                }
            }
            Kind::Liaison => {
                if clause.link.is_none() {
                    lacks(
                        "une liaison dit ce qu’elle lie",
                        "ajoutez [lie] : social, environnement, mecanismes, taches",
                    );
                }
                // What a reserved service must obtain is the measure that it is tied to, whichever it is.
                let lent = clause.link.as_ref().is_some_and(|link| link.has(Mechanism::ReservedService));
                if !(one_of(Register::Insertion) && (lent || one_of(Register::Environment))) {
                    lacks(
                        "une liaison a deux indicateurs, un par registre",
                        "ajoutez deux [[indicateur]], registre = \"insertion\" et registre = \"environnement\"",
                    );
                }
            }
            Kind::Criterion => {
                if clause.criterion.is_none() {
                    lacks("un critère dit comment il note", "ajoutez [critere] : nature, poids, [[critere.note]]");
                }
                let reserved = |parameter: &&Parameter| RESERVED.contains(&parameter.name.as_str());
                if let Some(parameter) = clause.parameters.iter().find(reserved) {
                    let message = format!("« {} » est un mot réservé dans un critère", parameter.name);
                    self.report.add(top.span_of("parametre"), message, "choisissez un autre nom");
                }
                let unlinked = |criterion: &Criterion| criterion.is_social() && criterion.object.trim().is_empty();
                if clause.criterion.as_ref().is_some_and(unlinked) {
                    lacks(
                        "un critère social dit son lien avec l’objet du contrat",
                        "ajoutez à [critere] lien_avec_l_objet = \"Les heures se font sur les prestations du marché.\"",
                    );
                }
                if !clause.penalties.is_empty() {
                    let message = "une pénalité de critère se dit dans la note dont elle sanctionne la valeur";
                    let help = "écrivez penalite = \"parametre\" dans [[critere.note]], ou mettez-la dans une clause";
                    self.report.add(top.span_of("penalite"), message, help);
                }
            }
            Kind::Social => {
                let measured = top.has("heures") || (clause.duty.is_some() && !clause.indicators.is_empty());
                if !measured && !clause.accompanies {
                    lacks(
                        "une clause sociale sans heures ni indicateur n’oblige à rien de mesurable",
                        "ajoutez [heures], ou obligation et [[indicateur]], ou dites accompagne = true : elle ne compte alors \
                         pas comme condition",
                    );
                }
                if clause.accompanies && clause.hours.is_some() {
                    let message = "une clause qui fixe des heures est une condition par elle-même";
                    self.report.add(top.span_of("accompagne"), message, "retirez accompagne");
                }
            }
        }
        if clause.kind != Kind::Liaison && clause.link.is_some() {
            self.report.add(
                top.span_of("lie"),
                "seule une liaison lie deux clauses",
                "déplacez le fichier dans liaison/, ou retirez [lie]",
            );
        }
        if clause.kind != Kind::Criterion && clause.sections.is_empty() {
            lacks("la clause n’a aucun texte", "ajoutez [[section]] : piece, place, texte");
        }
        if let Some(link) = &clause.link {
            let needs = [(Mechanism::LinkedHours, "affectation"), (Mechanism::Convertible, "plafond_conversion")];
            for (mechanism, parameter) in needs {
                if link.has(mechanism) && clause.parameter(parameter).is_none() {
                    self.report.add(
                        top.span_of("lie"),
                        format!("le mécanisme « {mechanism} » demande le paramètre « {parameter} »"),
                        "déclarez-le par un [[parametre]]",
                    );
                }
            }
            if link.mechanisms == [Mechanism::Incentive] {
                let help = "ajoutez un mécanisme d’exécution";
                self.report.add(top.span_of("lie"), "le mécanisme « incitatif » ne va jamais seul", help);
            }
        }
    }

    /// Checks every template against the names that its clause may use.
    fn check_templates(&self, clause: &Clause) {
        if self.used.is_empty() {
            return;
        }
        let names = clause_names(clause).with(self.declared.iter().map(String::as_str));
        for (template, span) in &self.used {
            for misuse in clause.templates.check(template, &names) {
                self.report.add(self.report.quoted(span, &misuse.message), misuse.message, misuse.help);
            }
        }
    }
}

/// Units of the measure and of the first penalty of a result, when they cannot be compared.
fn penalty_in_another_unit(clause: &Clause) -> Option<(&str, &str)> {
    let measure = clause.parameter(clause.measure.as_deref()?)?;
    let ParameterKind::Quantity(unit) = &measure.kind else { return None };
    let penalty = clause.penalties.iter().find(|penalty| penalty.object == PenaltyObject::Result)?;
    counted_in(&penalty.unit, unit).is_none().then_some((unit, &penalty.unit))
}

fn clause_names(clause: &Clause) -> Names {
    let of = |list: &'static [Name]| list.iter().map(|(name, _)| *name);
    let mut names = Names::new(of(names::GLOBAL)).with(of(names::SECTION));
    names = names.with(clause.parameter_names().iter().map(String::as_str));
    if clause.hours.is_some() {
        names = names.with(of(names::HOURS));
    }
    if clause.kind == Kind::Liaison {
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
        when: table.text("quand").map(Template::condition),
    };
    table.finish();
    derogation
}

/// Parses a text into blocks; `used` keeps the template of each leaf, which stands at the place given.
pub(crate) fn text_blocks(
    report: &Report<'_>,
    span: &reading::Span,
    text: &str,
    mut used: impl FnMut(Template, reading::Span),
) -> Blocks {
    let blocks = match markup::parse(text) {
        Ok(blocks) => blocks
            .into_iter()
            .map(|block| {
                let place = report.line_in(span, block.leaves().first().map_or(0, |l| l.line));
                let block = TextBlock::from(block);
                block.texts().iter().for_each(|text| used(text.template.clone(), place.clone()));
                block
            })
            .collect(),
        Err(errors) => {
            for error in errors {
                let paragraph = report.line_in(span, error.line);
                let help = "paragraphe, liste, tableau, gras, italique, renvoi : rien d’autre";
                report.add(report.quoted(&paragraph, &error.message), error.message, help);
            }
            Vec::new()
        }
    };
    Blocks::new(text, blocks)
}
