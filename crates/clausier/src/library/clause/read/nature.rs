//! Reads what only a clause of one nature says, and refuses what its nature does not have.

use super::ClauseReader;
use crate::base::quantity::{Number, counted_in};
use crate::base::terms::{Kind, Mechanism, Vocabulary};
use crate::file::reading::{self, Table};
use crate::library::clause::{
    Criterion, Demand, Environment, HoursRule, Indicator, Link, Nature, Obligation, Parameter, ParameterKind, Penalty,
    PenaltyObject, RatioRange, Register, Retired, Social,
};
use crate::library::marking::{self, Author};

/// Keys that some natures have: each with those natures, and what is wrong in another.
const OWN: [(&str, &[Kind], &str); 8] = [
    ("heures", &[Kind::Social], "seule une clause sociale fixe des heures d’insertion"),
    ("accompagne", &[Kind::Social], "seule une clause sociale dit qu’elle accompagne une autre clause"),
    ("mesure", &[Kind::Environment], "seule une clause environnementale a une mesure"),
    ("rappel_de_la_loi", &[Kind::Environment], "seule une clause environnementale dit qu’elle rappelle la loi"),
    ("plancher_legal", &[Kind::Environment], "seule une clause environnementale a un plancher légal"),
    ("obligation", &[Kind::Social, Kind::Environment], "ni une liaison ni un critère n’ont d’obligation en une phrase"),
    ("lie", &[Kind::Liaison], "seule une liaison lie deux clauses"),
    ("critere", &[Kind::Criterion], "seul un critère note les offres"),
];

/// What a dossier says of any criterion, or of one that it describes itself.
const RESERVED: [&str; 5] = ["poids", "methode", "titre", "nature", "note"];

/// What any clause says, that its nature is read beside.
pub(super) struct Said<'c> {
    pub(super) parameters: &'c [Parameter],
    pub(super) indicators: &'c [Indicator],
    pub(super) penalties: &'c [Penalty],
}

impl ClauseReader<'_, '_> {
    /// Reads what is of the nature of the clause; `None` when it lacks what makes that nature.
    pub(super) fn nature(&mut self, kind: Kind, top: &Table<'_, '_>, said: &Said<'_>) -> Option<Nature> {
        for (key, kinds, message) in OWN.iter().filter(|(key, kinds, _)| !kinds.contains(&kind) && top.has(key)) {
            let folders: Vec<String> = kinds.iter().map(|kind| format!("{kind}/")).collect();
            let help = format!("déplacez le fichier dans {}, ou retirez « {key} »", folders.join(" ou "));
            self.report.add(top.span_of(key), *message, help);
        }
        match kind {
            Kind::Social => self.social(top, said).map(Nature::Social),
            Kind::Environment => self.environment(top, said).map(Nature::Environment),
            Kind::Liaison => self.liaison(top, said).map(Nature::Liaison),
            Kind::Criterion => self.criterion(top, said).map(Nature::Criterion),
        }
    }

    fn social(&mut self, top: &Table<'_, '_>, said: &Said<'_>) -> Option<Social> {
        let hours = top.table("heures").map(|table| self.hours(&table));
        let obligation = self.obligation(top);
        let accompanies = top.boolean("accompagne").unwrap_or(false);
        let amiss = |key: &'static str, message: &str, help: &str| self.report.add(top.span_of(key), message, help);
        match (hours, accompanies, obligation) {
            (Some(rule), accompanies, obligation) => {
                if accompanies {
                    let message = "une clause qui fixe des heures est une condition par elle-même";
                    amiss("accompagne", message, "retirez accompagne");
                }
                if obligation.is_some() {
                    amiss(
                        "obligation",
                        "une clause qui fixe des heures n’a pas d’autre obligation",
                        "retirez obligation",
                    );
                }
                rule.map(Social::Hours)
            }
            (None, true, obligation) => {
                if obligation.is_some() {
                    let message = "une clause qui en accompagne une autre n’a pas d’obligation mesurable";
                    amiss("obligation", message, "retirez obligation, ou accompagne");
                }
                Some(Social::Accompanying)
            }
            (None, false, Some(obligation)) if !said.indicators.is_empty() => Some(Social::Commitment(obligation)),
            _ => {
                self.lacks(
                    "une clause sociale sans heures ni indicateur n’oblige à rien de mesurable",
                    "ajoutez [heures], ou obligation et [[indicateur]], ou dites accompagne = true : elle ne compte alors \
                     pas comme condition",
                );
                None
            }
        }
    }

    fn environment(&mut self, top: &Table<'_, '_>, said: &Said<'_>) -> Option<Environment> {
        let measure = top.text("mesure").map(str::to_owned);
        if let Some(name) = measure.as_deref().filter(|name| !self.declares(name)) {
            self.unknown_parameter(top, "mesure", name);
        }
        let obligation = self.obligation(top);
        let legal_floor = top.boolean("plancher_legal").unwrap_or(false);
        let demand = if top.boolean("rappel_de_la_loi").unwrap_or(false) {
            // A clause that only restates the law, or serves the others, commits to nothing of its own.
            Some(Demand::Law(obligation))
        } else {
            if said.indicators.is_empty() {
                self.lacks(
                    "une clause environnementale sans indicateur ne se contrôle pas",
                    "ajoutez [[indicateur]] : nom, unite, cible, preuves, frequence",
                );
            }
            if let Some((measure, penalty)) = measure.as_deref().and_then(|name| penalty_in_another_unit(name, said)) {
                self.report.add(
                    top.span_of("penalite"),
                    format!("la pénalité du résultat se compte en « {penalty} », la mesure en « {measure} »"),
                    "la première pénalité « resultat » se compte dans l’unité de la mesure : une liaison les rapproche",
                );
            }
            if !top.has("obligation") {
                top.missing("obligation", "\"remettre au réemploi {{ quantite }} d’éléments\"");
            }
            obligation.map(Demand::Own)
        };
        Some(Environment { demand: demand?, measure, legal_floor })
    }

    /// What is owed, in one sentence.
    fn obligation(&mut self, top: &Table<'_, '_>) -> Option<Obligation> {
        top.text("obligation").map(|text| Obligation(self.one(top, "obligation", text)))
    }

    fn liaison(&self, top: &Table<'_, '_>, said: &Said<'_>) -> Option<Link> {
        let link = top.table("lie").map(|table| self.link(&table));
        if link.is_none() && !top.has("lie") {
            self.lacks("une liaison dit ce qu’elle lie", "ajoutez [lie] : social, environnement, mecanismes, taches");
        }
        let one_of = |wanted: Register| said.indicators.iter().any(|indicator| indicator.register == wanted);
        // What a reserved service must obtain is the measure that it is tied to, whichever it is.
        let lent = link.as_ref().is_some_and(|link| link.has(Mechanism::ReservedService));
        if !(one_of(Register::Insertion) && (lent || one_of(Register::Environment))) {
            self.lacks(
                "une liaison a deux indicateurs, un par registre",
                "ajoutez deux [[indicateur]], registre = \"insertion\" et registre = \"environnement\"",
            );
        }
        let link = link?;
        let needs = [(Mechanism::LinkedHours, "affectation"), (Mechanism::Convertible, "plafond_conversion")];
        for (mechanism, name) in needs {
            if link.has(mechanism) && said.parameters.iter().all(|parameter| parameter.name != name) {
                self.report.add(
                    top.span_of("lie"),
                    format!("le mécanisme « {mechanism} » demande le paramètre « {name} »"),
                    "déclarez-le par un [[parametre]]",
                );
            }
        }
        if link.mechanisms == [Mechanism::Incentive] {
            let help = "ajoutez un mécanisme d’exécution";
            self.report.add(top.span_of("lie"), "le mécanisme « incitatif » ne va jamais seul", help);
        }
        Some(link)
    }

    fn criterion(&self, top: &Table<'_, '_>, said: &Said<'_>) -> Option<Criterion> {
        let criterion = top.table("critere").and_then(|table| marking::read(&table, Author::Library));
        if criterion.is_none() && !top.has("critere") {
            self.lacks("un critère dit comment il note", "ajoutez [critere] : nature, poids, [[critere.note]]");
        }
        let reserved = |parameter: &&Parameter| RESERVED.contains(&parameter.name.as_str());
        if let Some(parameter) = said.parameters.iter().find(reserved) {
            let message = format!("« {} » est un mot réservé dans un critère", parameter.name);
            self.report.add(top.span_of("parametre"), message, "choisissez un autre nom");
        }
        let unlinked = |criterion: &Criterion| criterion.is_social() && criterion.object.trim().is_empty();
        if criterion.as_ref().is_some_and(unlinked) {
            self.lacks(
                "un critère social dit son lien avec l’objet du contrat",
                "ajoutez à [critere] lien_avec_l_objet = \"Les heures se font sur les prestations du marché.\"",
            );
        }
        if !said.penalties.is_empty() {
            let message = "une pénalité de critère se dit dans la note dont elle sanctionne la valeur";
            let help = "écrivez penalite = \"parametre\" dans [[critere.note]], ou mettez-la dans une clause";
            self.report.add(top.span_of("penalite"), message, help);
        }
        if !said.indicators.is_empty() {
            let message = "un critère note les offres : ce qui se mesure pendant l’exécution se dit dans une clause";
            self.report.add(top.span_of("indicateur"), message, "mettez [[indicateur]] dans une clause");
        }
        criterion
    }

    fn hours(&self, table: &Table<'_, '_>) -> Option<HoursRule> {
        let name = |key: &'static str| {
            let name = table.required(key, "\"nom_du_parametre\"");
            if !name.is_empty() && !self.declares(&name) {
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

    fn link(&self, table: &Table<'_, '_>) -> Link {
        let words: Vec<&str> = Mechanism::WORDS.iter().map(|(w, _)| *w).collect();
        let current = |word: &str| match Retired::of(word) {
            Some(retired) => Some(retired.now),
            None => Mechanism::from_word(word).map(Some),
        };
        let mechanisms = list_of(table, "mecanismes", current, Mechanism::WHAT, &words);
        let mechanisms = mechanisms.into_iter().flatten().collect();
        let retired = table.texts("mecanismes");
        let retired = retired.iter().filter_map(|word| Retired::of(word)).collect();
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
}

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

/// Units of the measure and of the first penalty of a result, when they cannot be compared.
fn penalty_in_another_unit<'c>(measure: &str, said: &Said<'c>) -> Option<(&'c str, &'c str)> {
    let measure = said.parameters.iter().find(|parameter| parameter.name == measure)?;
    let ParameterKind::Quantity(unit) = &measure.kind else { return None };
    let penalty = said.penalties.iter().find(|penalty| penalty.object == PenaltyObject::Result)?;
    counted_in(&penalty.unit, unit).is_none().then_some((unit, &penalty.unit))
}
