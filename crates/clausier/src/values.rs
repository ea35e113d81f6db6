//! Every value that a template may print, prepared as finished text.
//!
//! The names are those of the list in `names`; a test of this module compares the two.

use crate::clause::{Register, Value};
use crate::document::Inline;
use crate::facts::{Facts, LinkFacts};
use crate::finding::Findings;
use crate::legal::{Form, concerns};
use crate::markup::{self, Meanings, Target, mark};
use crate::phrases::{
    contract_forms, enumeration, fill_lots, lot_forms, lot_title, per_unit, plain, plural, show, show_quantity,
};
use crate::quantity::{Hours, NBSP, Number};
use crate::select::{Selected, Setting};
use crate::template::{context, layered, shown, verbatim};
use crate::terms::*;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A value for the template engine.
pub(crate) type Shown = minijinja::value::Value;
type Row = BTreeMap<String, Shown>;

fn lot_mark(form: usize) -> String {
    format!("{}{}", mark::LOTS, mark::index(form))
}

fn text(value: impl Into<String>) -> Shown {
    Shown::from(value.into())
}

fn or_empty<T: ToString>(value: Option<T>) -> Shown {
    text(value.map(|v| v.to_string()).unwrap_or_default())
}

/// Prepares contexts and rows; collects the questions of the values that remain to be confirmed or filled.
pub(crate) struct Values<'f, 'a> {
    pub(crate) facts: &'f Facts<'a>,
    findings: &'f Findings,
    pub(crate) global: Shown,
    questions: RefCell<Vec<String>>,
    references: RefCell<Vec<Target>>,
    /// What has been prepared once: contexts by clause and lot, rows by set.
    sections: RefCell<BTreeMap<(&'a str, u32), Shown>>,
    rows: RefCell<BTreeMap<String, Vec<Shown>>>,
}

impl<'f, 'a> Values<'f, 'a> {
    pub(crate) fn new(facts: &'f Facts<'a>, findings: &'f Findings) -> Self {
        let mut values = Self {
            facts,
            findings,
            global: context(global(facts)),
            questions: RefCell::default(),
            references: RefCell::default(),
            sections: RefCell::default(),
            rows: RefCell::default(),
        };
        let ceiling = BTreeMap::from([("plafond_general".to_owned(), values.general_ceiling())]);
        values.global = layered(&values.global, ceiling);
        values
    }

    /// Reads a rendered leaf back, with the questions and references that values have put into it.
    pub(crate) fn read_back(&self, rendered: &str, targets: &[Target]) -> Vec<Inline> {
        let (references, questions) = (self.references.borrow(), self.questions.borrow());
        markup::read_back(rendered, &Meanings { targets, references: &references, questions: &questions })
    }

    /// A reference to an article, as a value may hold it.
    pub(crate) fn reference(&self, anchor: &str) -> String {
        let mut references = self.references.borrow_mut();
        references.push(Target::Article(anchor.to_owned()));
        let n = markup::OWN_TARGETS + references.len() - 1;
        format!("{}{}{}{}", mark::REFERENCE, mark::index(n), mark::WORDS, mark::REFERENCE_END)
    }

    fn question(&self, question: &str) -> usize {
        let mut questions = self.questions.borrow_mut();
        if let Some(n) = questions.iter().position(|q| q == question) {
            return n;
        }
        questions.push(question.to_owned());
        questions.len() - 1
    }

    /// A parameter as a template sees it.
    fn parameter(&self, selected: &Selected<'a>, lot: u32, name: &str) -> Shown {
        let Some(parameter) = selected.clause.parameter(name) else { return Shown::from(false) };
        let choice = |value: &Value| match value {
            Value::Choice(word) => Some(word.clone()),
            _ => None,
        };
        match selected.setting(lot, name) {
            Some(Setting::Given(Value::Flag(flag)) | Setting::Default(Value::Flag(flag))) => Shown::from(*flag),
            Some(Setting::Given(value)) => shown(show(value, &parameter.kind), choice(value)),
            Some(Setting::Default(value)) => {
                // A default is the library's own text, set like the rest; what the buyer writes stays verbatim.
                let n = self.question(&parameter.question);
                let marked = format!(
                    "{}{}{}{}",
                    mark::CONFIRM,
                    mark::index(n),
                    plain(value, &parameter.kind),
                    mark::CONFIRM_END
                );
                shown(marked, choice(value))
            }
            Some(Setting::Missing) => {
                let n = self.question(&parameter.question);
                text(format!("{}{}", mark::MISSING, mark::index(n)))
            }
            Some(Setting::Absent) | None => Shown::from(false),
        }
    }

    /// The context of a clause on a lot.
    pub(crate) fn section(&self, selected: &Selected<'a>, lot: u32) -> Shown {
        let key = (selected.clause.id.as_str(), lot);
        if let Some(known) = self.sections.borrow().get(&key) {
            return known.clone();
        }
        let context = self.prepare_section(selected, lot);
        self.sections.borrow_mut().insert(key, context.clone());
        context
    }

    fn prepare_section(&self, selected: &Selected<'a>, lot: u32) -> Shown {
        let mut names = self.own(selected, lot);
        let consultation = self.facts.consultation;
        for (form, name) in ["lots", "le_lot", "du_lot", "au_lot"].into_iter().enumerate() {
            names.insert(name.to_owned(), text(lot_mark(form)));
        }
        if let Some(lot) = consultation.lots.get(&lot) {
            names.insert("lot_intitule".to_owned(), text(verbatim(&lot.title)));
            names.insert("lot_montant".to_owned(), text(lot.amount.to_string()));
            names.insert(
                "lot_duree".to_owned(),
                text(lot.duration.as_ref().unwrap_or(&consultation.duration).to_string()),
            );
        }
        if let Some((social, environment)) = selected.pairs.get(&lot) {
            for (prefix, id) in [("social", social), ("environnement", environment)] {
                if let Some(partner) = self.facts.selection.get(id) {
                    names.insert(prefix.to_owned(), context(self.own(partner, lot)));
                }
            }
        }
        if selected.clause.kind == Kind::Liaison {
            let link = self.facts.links.iter().find(|l| l.clause.id == selected.clause.id && l.lot == lot);
            names.extend(link.map(|link| self.link(link)).unwrap_or_default());
        }
        layered(&self.global, names)
    }

    /// Parameters and hours of a clause on a lot.
    fn own(&self, selected: &Selected<'a>, lot: u32) -> Row {
        let parameters = selected.clause.parameters.iter();
        let mut names: Row = parameters.map(|p| (p.name.clone(), self.parameter(selected, lot, &p.name))).collect();
        if selected.clause.hours.is_some() {
            let hours = self.facts.hours.get(&lot);
            let result = hours.and_then(|h| h.result.as_ref().ok());
            let missing =
                || format!("{}{}", mark::MISSING, mark::index(self.question("Quel volume d’heures d’insertion ?")));
            let figure = |f: &dyn Fn(&crate::hours::HoursResult) -> String| text(result.map_or_else(missing, f));
            names.insert("heures".to_owned(), figure(&|r| r.rounded.to_string()));
            names.insert("heures_jours".to_owned(), figure(&|r| plural(&r.equivalents.days, "jour", 1)));
            names.insert("heures_etp".to_owned(), figure(&|r| r.equivalents.fte.french(2)));
            names.insert(
                "heures_periodes".to_owned(),
                text(result.map(|r| self.periods(&r.per_period)).unwrap_or_default()),
            );
            names.insert("heures_estimatif".to_owned(), Shown::from(hours.is_some_and(|h| h.estimated)));
        }
        names
    }

    /// « 175 heures la première année et à chaque reconduction ».
    fn periods(&self, per_period: &[Hours]) -> String {
        match per_period {
            [] | [_] => String::new(),
            [first, rest @ ..] if rest.iter().all(|h| h == first) => format!("{first} par période"),
            [head @ .., last] => {
                let same = head.windows(2).all(|w| w[0] == w[1]);
                match (same, head.first()) {
                    (true, Some(first)) => format!("{first} par période et {last} la dernière"),
                    _ => enumeration(per_period.iter().map(ToString::to_string)),
                }
            }
        }
    }

    /// The figures of a liaison on a lot.
    fn link(&self, link: &LinkFacts<'a>) -> Row {
        let lot = self.facts.consultation.lots.get(&link.lot);
        let tasks = link.clause.link.as_ref().map(|l| enumeration(l.tasks.iter().cloned())).unwrap_or_default();
        let joint = link.clause.link.as_ref().is_some_and(|l| l.has(Mechanism::JointPenalty));
        let result = link.penalty_result.as_ref().map(|(amount, unit)| per_unit(amount, unit));
        let entries: [(&str, Shown); 9] = [
            ("heures", or_empty(link.hours.as_ref())),
            ("heures_liees", or_empty(link.linked_printed())),
            ("quantite", or_empty(link.quantity.as_ref().map(show_quantity))),
            ("taches", text(tasks)),
            ("rapprochement", or_empty(link.ratio.as_ref().map(show_quantity))),
            ("plafond", or_empty(lot.and_then(|lot| link.ceiling_amount(lot)))),
            ("penalite_heure", or_empty(link.penalty_hour.as_ref().map(|a| per_unit(a, "heure")))),
            ("penalite_resultat", or_empty(result)),
            ("avec_penalite_jointe", Shown::from(joint)),
        ];
        entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// The rows of a set, for a trame.
    pub(crate) fn rows(&self, set: &str) -> Vec<Shown> {
        if let Some(known) = self.rows.borrow().get(set) {
            return known.clone();
        }
        let rows = self.prepare_rows(set);
        self.rows.borrow_mut().insert(set.to_owned(), rows.clone());
        rows
    }

    fn prepare_rows(&self, set: &str) -> Vec<Shown> {
        let rows = match set {
            "volumes" => self.volumes(),
            "engagements" => self.commitments(),
            "penalites" => self.penalties(),
            "liaisons" => self.liaisons(),
            "criteres" => self.criteria(),
            "reservations" => self.reservations(),
            "calculs" => self.computations(),
            "coherences" => crate::liaisons::rows(self.facts, |lot| lot_title(&[lot], self.facts.consultation)),
            "constats" => self.remarks(),
            "ecartements" => self.set_aside(),
            "publics" => self.publics(),
            "vigilances" => self.vigilances(),
            "hypotheses" => self.hypotheses(),
            "fondements" => self.grounds(),
            _ => Vec::new(),
        };
        rows.into_iter().map(context).collect()
    }

    fn has_lots(&self) -> bool {
        self.facts.consultation.has_lots()
    }

    fn lot_cell(&self, lot: u32) -> Shown {
        text(if self.has_lots() { lot.to_string() } else { "Marché".to_owned() })
    }

    fn volumes(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for (number, hours) in &self.facts.hours {
            let (Ok(result), Some(lot)) = (&hours.result, self.facts.consultation.lots.get(number)) else { continue };
            let rule = result.invoice_rule.as_ref().filter(|_| hours.estimated).map(ToString::to_string);
            out.push(row([
                ("lot", self.lot_cell(*number)),
                ("intitule", text(verbatim(&lot.title))),
                ("heures", text(result.rounded.to_string())),
                ("jours", text(result.equivalents.days.french(1))),
                ("semaines", text(result.equivalents.weeks.french(1))),
                ("etp", text(result.equivalents.fte.french(2))),
                ("periodes", text(self.periods(&result.per_period))),
                ("estimatif", Shown::from(hours.estimated)),
                ("regle", text(rule.unwrap_or_default())),
            ]));
        }
        out
    }

    /// Renders one text of a clause on a lot; an unreadable one is left empty (the loader has refused it).
    fn cell(&self, selected: &Selected<'a>, text: &crate::clause::Text, lot: u32) -> String {
        selected.clause.templates.render(text.template, &self.section(selected, lot)).unwrap_or_default()
    }

    /// Groups the lots of a clause that give the same cells.
    fn grouped(&self, selected: &Selected<'a>, cells: impl Fn(u32) -> Vec<String>) -> Vec<(Vec<u32>, Vec<String>)> {
        let mut groups: Vec<(Vec<u32>, Vec<String>)> = Vec::new();
        for lot in &selected.lots {
            let cells = cells(*lot);
            match groups.iter_mut().find(|(_, c)| *c == cells) {
                Some((lots, _)) => lots.push(*lot),
                None => groups.push((vec![*lot], cells)),
            }
        }
        for (lots, cells) in &mut groups {
            let forms = lot_forms(lots, self.facts.consultation);
            cells.iter_mut().for_each(|cell| *cell = fill_lots(cell, &forms));
        }
        groups
    }

    fn commitments(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for selected in self.facts.selection.clauses.iter().filter(|s| s.clause.kind == Kind::Environment) {
            for (i, indicator) in selected.clause.indicators.iter().enumerate() {
                let groups = self.grouped(selected, |lot| {
                    // A second indicator measures the same duty: its own name tells the two rows apart.
                    let duty = selected.clause.duty.as_ref().filter(|_| i == 0);
                    vec![
                        duty.map_or_else(|| indicator.name.clone(), |duty| self.cell(selected, duty, lot)),
                        self.cell(selected, &indicator.target, lot),
                        self.cell(selected, &indicator.frequency, lot),
                    ]
                });
                for (lots, cells) in groups {
                    let [duty, target, frequency] = <[String; 3]>::try_from(cells).unwrap_or_default();
                    let unit = if indicator.unit.is_empty() { String::new() } else { format!(" ({})", indicator.unit) };
                    out.push(row([
                        ("lots", text(lot_title(&lots, self.facts.consultation))),
                        ("titre", text(&selected.clause.title)),
                        ("obligation", text(duty)),
                        ("indicateur", text(format!("{}{unit}", indicator.name))),
                        ("cible", text(target)),
                        ("preuves", text(enumeration(indicator.proofs.iter().cloned()))),
                        ("frequence", text(frequency)),
                        ("controle", text(&indicator.control)),
                    ]));
                }
            }
        }
        out
    }

    fn penalties(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for selected in &self.facts.selection.clauses {
            for penalty in &selected.clause.penalties {
                let register = match (selected.clause.kind, penalty.object) {
                    (Kind::Liaison, _) => "liaison",
                    (Kind::Social, _) => "insertion",
                    _ => "environnement",
                };
                let groups = self.grouped(selected, |lot| {
                    let amount = self.parameter(selected, lot, &penalty.amount).to_string();
                    let notice = match selected.clause.parameter(&penalty.notice) {
                        Some(_) => self.parameter(selected, lot, &penalty.notice).to_string(),
                        None => penalty.notice.replace(' ', &NBSP.to_string()),
                    };
                    vec![format!("{amount} par {}", penalty.unit), notice]
                });
                for (lots, cells) in groups {
                    let [amount, notice] = <[String; 2]>::try_from(cells).unwrap_or_default();
                    out.push(row([
                        ("lots", text(lot_title(&lots, self.facts.consultation))),
                        ("fait", text(&penalty.fact)),
                        ("montant", text(amount)),
                        ("mise_en_demeure", text(notice)),
                        ("registre", text(register)),
                    ]));
                }
            }
        }
        out
    }

    /// The title of a liaison, with its lot when the same liaison stands on several.
    fn liaison_title(&self, link: &LinkFacts<'a>) -> String {
        let title = &link.clause.title;
        if self.facts.links.iter().filter(|l| l.clause.id == link.clause.id).count() > 1 {
            format!("{title} ({})", lot_forms(&[link.lot], self.facts.consultation)[0])
        } else {
            title.clone()
        }
    }

    /// The general ceiling of penalties, where the social clauses give one.
    fn general_ceiling(&self) -> Shown {
        const NAME: &str = "plafond_penalites";
        let social = self.facts.selection.clauses.iter().filter(|s| s.clause.kind == Kind::Social);
        let given =
            social.filter(|s| s.clause.parameter(NAME).is_some()).find_map(|s| s.lots.first().map(|lot| (s, *lot)));
        given.map_or_else(|| text(""), |(selected, lot)| self.parameter(selected, lot, NAME))
    }

    fn liaisons(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for link in &self.facts.links {
            let indicator = |register: Register| {
                let found = link.clause.indicators.iter().find(|i| i.register == register);
                text(found.map(|i| i.name.clone()).unwrap_or_default())
            };
            let [_, _, of_lot, _] = lot_forms(&[link.lot], self.facts.consultation);
            let mut fields = row([
                ("lots", text(lot_title(&[link.lot], self.facts.consultation))),
                ("du_lot", text(of_lot)),
                ("titre", text(self.liaison_title(link))),
                ("affectation", or_empty(link.assigned.as_ref())),
                ("part_confiee", or_empty(link.share.as_ref())),
                ("plafond_taux", or_empty(link.ceiling.as_ref())),
                ("plafond_conversion", or_empty(link.conversion.as_ref())),
                ("indicateur_insertion", indicator(Register::Insertion)),
                ("indicateur_environnement", indicator(Register::Environment)),
                ("calculee", Shown::from(link.quantity.is_some() && link.ratio.is_some())),
            ]);
            let mut figures = self.link(link);
            if let Some(joint) = figures.remove("avec_penalite_jointe") {
                figures.insert("penalite_jointe".to_owned(), joint);
            }
            fields.extend(figures);
            out.push(fields);
        }
        out
    }

    fn criteria(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for selected in &self.facts.selection.criteria {
            let (Some(choice), Some(criterion)) =
                (self.facts.consultation.criteria.get(selected.position), &selected.clause.criterion)
            else {
                continue;
            };
            let method = if choice.method.trim().is_empty() {
                let templates = &selected.clause.templates;
                templates.render(criterion.method.template, &self.global).unwrap_or_default()
            } else {
                verbatim(&choice.method)
            };
            out.push(row([
                ("critere", text(&selected.clause.title)),
                ("poids", text(self.weights(choice))),
                ("methode", text(method)),
                ("elements", text(enumeration(criterion.elements.iter().cloned()))),
                ("environnemental", Shown::from(criterion.environmental)),
            ]));
        }
        out
    }

    fn weights(&self, choice: &crate::consultation::CriterionChoice) -> String {
        let mut groups: Vec<(i64, Vec<u32>)> = Vec::new();
        for lot in self.facts.consultation.lots.keys() {
            let weight = choice.weights.of(*lot);
            match groups.iter_mut().find(|(w, _)| *w == weight) {
                Some((_, lots)) => lots.push(*lot),
                None => groups.push((weight, vec![*lot])),
            }
        }
        match groups.as_slice() {
            [(weight, _)] => format!("{weight}{NBSP}%"),
            groups => {
                let parts = groups.iter().filter(|(w, _)| *w > 0);
                let parts =
                    parts.map(|(w, lots)| format!("{w}{NBSP}% ({})", lot_forms(lots, self.facts.consultation)[0]));
                parts.collect::<Vec<_>>().join(" ; ")
            }
        }
    }

    fn reservations(&self) -> Vec<Row> {
        let mut out = Vec::new();
        let concession = self.facts.consultation.form == ContractForm::Concession;
        let share = self.facts.law.parameter("part-reservee").map(ToString::to_string).unwrap_or_default();
        for lot in self.facts.consultation.lots.values().filter(|lot| !lot.reserved_to.is_empty()) {
            let mut who = Vec::new();
            let mut ids = Vec::new();
            for reserved in &lot.reserved_to {
                let (label, market, concession_text) = match reserved {
                    ReservedTo::Disability => (
                        "entreprises adaptées et établissements et services d’accompagnement par le travail",
                        "ccp-l2113-12",
                        "ccp-l3113-1",
                    ),
                    ReservedTo::Insertion => {
                        ("structures d’insertion par l’activité économique", "ccp-l2113-13", "ccp-l3113-2")
                    }
                    ReservedTo::Prison => {
                        ("opérateurs économiques employant des personnes détenues", "ccp-l2113-13-1", "ccp-l3113-2-1")
                    }
                    ReservedTo::SocialEconomy => {
                        ("entreprises de l’économie sociale et solidaire", "ccp-l2113-15", "ccp-l3113-4")
                    }
                };
                who.push(label.to_owned());
                ids.push(if concession { concession_text } else { market });
            }
            // The share of workers concerned is a rule of the other reservations only.
            let social_economy = lot.reserved_to == [ReservedTo::SocialEconomy];
            out.push(row([
                ("lot", self.lot_cell(lot.number)),
                ("intitule", text(verbatim(&lot.title))),
                ("beneficiaires", text(enumeration(who))),
                ("fondement", text(self.facts.law.cite(&ids, Form::Full).unwrap_or_default())),
                ("part", text(if social_economy { "" } else { share.as_str() })),
            ]));
        }
        out
    }

    fn computations(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for (lot, hours) in &self.facts.hours {
            let Ok(result) = &hours.result else { continue };
            for step in &result.steps {
                out.push(row([
                    ("lot", self.lot_cell(*lot)),
                    ("etape", text(&step.label)),
                    ("valeur", text(&step.value)),
                    ("source", text(&step.source)),
                ]));
            }
        }
        out
    }

    fn remarks(&self) -> Vec<Row> {
        let findings = self.findings.iter();
        let rows = findings.map(|finding| {
            row([
                ("code", text(finding.code)),
                ("gravite", text(finding.severity.word())),
                ("message", text(&finding.message)),
                ("aide", text(&finding.help)),
            ])
        });
        rows.collect()
    }

    fn set_aside(&self) -> Vec<Row> {
        let Some(choice) = &self.facts.consultation.set_aside else { return Vec::new() };
        let all: Vec<u32> = self.facts.consultation.lots.keys().copied().collect();
        let reason = match choice.reason {
            Some(SetAside::ImmediateSolution) => "besoin satisfait par une solution immédiatement disponible",
            Some(SetAside::NoLink) => "pas de lien suffisant possible avec l’objet du marché",
            Some(SetAside::Competition) => {
                "concurrence restreinte ou exécution techniquement ou économiquement difficile"
            }
            Some(SetAside::ShortWorks) => "marché de travaux d’une durée inférieure à six mois",
            None => "",
        };
        vec![row([
            ("lots", text(lot_title(choice.lots.as_ref().unwrap_or(&all), self.facts.consultation))),
            ("motif", text(reason)),
            ("raisons", text(verbatim(&choice.grounds))),
        ])]
    }

    fn publics(&self) -> Vec<Row> {
        let publics = self.facts.law.legal().publics();
        publics
            .map(|public| {
                row([("libelle", text(public.label.to_string())), ("condition", text(public.condition.to_string()))])
            })
            .collect()
    }

    fn vigilances(&self) -> Vec<Row> {
        let clauses = self.facts.selection.clauses.iter();
        let points = clauses.flat_map(|s| s.clause.vigilance.iter().map(move |point| (s, point)));
        points.map(|(s, point)| row([("clause", text(&s.clause.title)), ("texte", text(point))])).collect()
    }

    fn hypotheses(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for selected in &self.facts.selection.clauses {
            for (parameter, value) in selected.defaults() {
                out.push(row([
                    ("clause", text(&selected.clause.title)),
                    ("question", text(&parameter.question)),
                    ("valeur", text(plain(value, &parameter.kind))),
                    ("source", text(&parameter.source)),
                ]));
            }
        }
        out
    }

    /// The legal grounds of the chosen clauses that are in force that day, once each.
    fn grounds(&self) -> Vec<Row> {
        let mut ids: Vec<&str> = Vec::new();
        for selected in self.facts.selection.all() {
            for id in &selected.clause.grounds {
                if !ids.contains(&id.as_str()) && concerns(id, self.facts.consultation.form) {
                    ids.push(id);
                }
            }
        }
        ids.sort_unstable();
        let law = self.facts.law;
        let rows = ids.into_iter().filter_map(|id| {
            let found = law.text(id).ok()?;
            let citation = law.cite(&[id], Form::Full).ok()?;
            Some(row([("texte", text(citation)), ("objet", text(found.version.content.to_string()))]))
        });
        rows.collect()
    }
}

fn row<const N: usize>(fields: [(&str, Shown); N]) -> Row {
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The names known in every text.
fn global(facts: &Facts<'_>) -> Row {
    let c = facts.consultation;
    let works = c.nature == Nature::Works || c.ccag == Ccag::ProjectManagement;
    let buyer = match c.form {
        ContractForm::Concession => ["l’autorité concédante", "de l’autorité concédante", "à l’autorité concédante"],
        _ if works => ["le maître d’ouvrage", "du maître d’ouvrage", "au maître d’ouvrage"],
        _ => ["l’acheteur", "de l’acheteur", "à l’acheteur"],
    };
    let contractor = match (c.form, c.ccag) {
        (ContractForm::Concession, _) => "concessionnaire",
        (_, Ccag::ProjectManagement) => "maître d’œuvre",
        _ => "titulaire",
    };
    let contract = contract_forms(c.form);
    let facilitator = match c.facilitator {
        Some(_) => ["le facilitateur", "du facilitateur", "au facilitateur"],
        None => buyer,
    };
    let contact = c.facilitator.as_ref().map(|f| {
        let parts = [&f.structure, &f.service, &f.telephone, &f.email];
        let parts = parts.into_iter().filter(|p| !p.trim().is_empty()).map(|p| verbatim(p));
        parts.collect::<Vec<_>>().join(", ")
    });
    let mechanism = |wanted: Mechanism| {
        Shown::from(facts.links.iter().any(|l| l.clause.link.as_ref().is_some_and(|link| link.has(wanted))))
    };
    let volumes: Vec<&crate::hours::HoursResult> =
        facts.hours.values().filter_map(|h| h.result.as_ref().ok()).collect();
    let total: Number = volumes.iter().map(|r| r.rounded.0.clone()).sum();
    let grouping = match c.grouping {
        Grouping::Free => "",
        Grouping::JointWithLeader => "conjoint avec mandataire solidaire",
        Grouping::Joint => "conjoint",
        Grouping::Several => "solidaire",
    };
    let derogations = c.layout.get(&Piece::Ccap).map(|l| l.derogations.clone()).unwrap_or_default();
    let social_criterion =
        facts.selection.criteria.iter().any(|s| s.clause.criterion.as_ref().is_some_and(|k| k.social));
    let months = c.total_months();
    let whole_duration =
        if months.is_whole() { format!("{}{NBSP}mois", months.french(0)) } else { c.duration.to_string() };
    let mut names = row([
        ("acheteur_nom", text(verbatim(&c.buyer.name))),
        ("l_acheteur", text(buyer[0])),
        ("de_l_acheteur", text(buyer[1])),
        ("a_l_acheteur", text(buyer[2])),
        ("titulaire", text(contractor)),
        ("objet", text(verbatim(&c.object))),
        ("reference", text(verbatim(&c.reference))),
        ("contrat", text(contract[0])),
        ("le_contrat", text(contract[1])),
        ("du_contrat", text(contract[2])),
        ("lancement", text(c.launch.to_string())),
        ("duree", text(c.duration.to_string())),
        ("duree_totale", text(whole_duration)),
        ("nombre_reconductions", text(c.renewals.as_ref().map_or(0, |r| r.count).to_string())),
        ("montant_estime", text(c.estimated_value.to_string())),
        ("ccap", text(c.admin_piece.label())),
        ("ccag", text(c.ccag.label().unwrap_or_default())),
        ("facilitateur_coordonnees", text(contact.unwrap_or_default())),
        ("le_facilitateur", text(facilitator[0])),
        ("du_facilitateur", text(facilitator[1])),
        ("au_facilitateur", text(facilitator[2])),
        ("groupement", text(grouping)),
        ("volume_total", text(Hours(total).to_string())),
        ("article_derogations", text(derogations)),
    ]);
    let flags = [
        ("reconductions", c.renewals.is_some()),
        ("travaux", c.nature == Nature::Works),
        ("fournitures", c.nature == Nature::Supplies),
        ("services", c.nature == Nature::Services),
        ("alloti", c.has_lots()),
        ("accord_cadre", c.form == ContractForm::Framework),
        ("bons_de_commande", c.execution == Execution::Orders),
        ("concession", c.form == ContractForm::Concession),
        ("formalisee", c.procedure == Procedure::Formal),
        ("defense", c.regime == Regime::Defence),
        ("outre_mer", c.overseas),
        ("avec_ccag", c.ccag != Ccag::None),
        ("ccag_travaux", c.ccag == Ccag::Works),
        ("ccag_moe", c.ccag == Ccag::ProjectManagement),
        ("facilitateur", c.facilitator.is_some()),
        ("insertion", facts.selection.clauses.iter().any(|s| s.clause.hours.is_some())),
        ("social", facts.selection.clauses.iter().any(|s| s.clause.kind == Kind::Social)),
        ("environnement", facts.selection.clauses.iter().any(|s| s.clause.kind == Kind::Environment)),
        ("liaison", !facts.links.is_empty()),
        ("liaisons_multiples", facts.links.len() > 1),
        ("reservation", c.lots.values().any(|l| !l.reserved_to.is_empty())),
        ("criteres", !c.criteria.is_empty()),
        ("critere_insertion", social_criterion),
        ("volume_estimatif", facts.hours.values().any(|h| h.estimated)),
        ("tous_les_lots_inseres", facts.hours.len() == c.lots.len()),
        ("periodes", volumes.iter().any(|r| r.per_period.len() > 1)),
        ("environnement_obligatoire", facts.duties.environment),
        ("social_obligatoire", facts.duties.social),
        ("critere_obligatoire", facts.duties.criterion),
        ("energie_obligatoire", facts.duties.energy),
        ("cout_salarial", c.lots.values().any(|l| l.labour.as_ref().is_some_and(|l| l.wage_cost))),
    ];
    names.extend(flags.map(|(name, flag)| (name.to_owned(), Shown::from(flag))));
    names.extend(Mechanism::all().map(|m| (m.word().replace('-', "_"), mechanism(m))));
    names
}

/// A row of the list of derogations.
pub(crate) fn derogation_row(article: &str, ccag: &str, object: &str, certain: bool) -> Shown {
    context(row([
        ("article", text(article)),
        ("ccag", text(ccag)),
        ("objet", text(object)),
        ("certaine", Shown::from(certain)),
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names;
    use crate::{Consultation, Library};

    const SCHOOL: &str = include_str!("../../../examples/ecole-rehabilitation/dossier.toml");

    /// The names of a list that a context does not hold.
    fn missing(context: &Shown, list: &[names::Name]) -> Vec<&'static str> {
        list.iter()
            .map(|(name, _)| *name)
            .filter(|name| context.get_attr(name).is_ok_and(|v| v.is_undefined()))
            .collect()
    }

    #[test]
    fn every_name_of_the_list_has_its_value() {
        let consultation = Consultation::from_toml(SCHOOL).unwrap();
        let facts = Facts::new(Library::embedded(), &consultation);
        let findings = Findings::default();
        let values = Values::new(&facts, &findings);
        assert_eq!(missing(&values.global, names::GLOBAL), [""; 0]);
        for selected in &facts.selection.clauses {
            let context = values.section(selected, selected.lots[0]);
            assert_eq!(missing(&context, names::SECTION), [""; 0]);
            if selected.clause.hours.is_some() {
                assert_eq!(missing(&context, names::HOURS), [""; 0]);
            }
            if selected.clause.kind == Kind::Liaison {
                assert_eq!(missing(&context, names::LIAISON), [""; 0]);
            }
        }
        for (set, _, fields) in names::ROWS {
            for row in values.rows(set) {
                assert_eq!(missing(&row, fields), [""; 0], "{set}");
            }
        }
        assert!(!values.rows("volumes").is_empty() && !values.rows("liaisons").is_empty());
    }
}
