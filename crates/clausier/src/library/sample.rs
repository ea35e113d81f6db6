//! A sample dossier for one clause: to see it rendered before choosing it, and to test it at its bounds.

use crate::base::terms::Kind;
use crate::library::Library;
use crate::library::clause::{Clause, Parameter, ParameterKind};

/// Which value a sample dossier gives to the parameters of its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sample {
    /// The default where there is one, a plausible value elsewhere.
    Usual,
    /// The lowest value accepted.
    Lowest,
    /// The highest value accepted.
    Highest,
}

/// The head of a sample dossier: two lots, so that the wording of a part of them shows.
const HEAD: &str = r#"format = 1
lancement = 2026-12-07
[acheteur]
nom = "Ville d’Exemple"
categorie = "collectivite"
[consultation]
reference = "2026-01"
objet = "Prestations d’exemple"
contrat = "marche"
nature = "travaux"
procedure = "formalisee"
ccag = "travaux"
duree = "12 mois"
variantes = "interdites"
valeur_estimee = "6 000 000 €"
[facilitateur]
structure = "Maison de l’emploi d’Exemple"
telephone = "03 00 00 00 00"
"#;

impl Library {
    /// A dossier that chooses one clause, with what it needs, on the first of two lots; `None` for an unknown clause.
    pub fn sample(&self, id: &str, sample: Sample) -> Option<String> {
        let clause = self.clause(id)?;
        let family = clause.families.first().map_or("bat-gros-oeuvre", String::as_str);
        let mut out = HEAD.to_owned();
        for (number, title) in [(1, "Premier lot"), (2, "Second lot")] {
            out.push_str(&format!(
                "[lot.{number}]\nintitule = \"{title}\"\nfamille = \"{family}\"\nmontant = \"3 000 000 €\"\n\
                 calcul = {{ main_oeuvre = \"50 %\", prix_horaire = \"36 €/h\" }}\n"
            ));
        }
        if clause.kind == Kind::Criterion {
            out.push_str(&format!("[critere]\n{id} = 60\n"));
        } else {
            self.choose(clause, sample, &mut out);
        }
        Some(out)
    }

    fn choose(&self, clause: &Clause, sample: Sample, out: &mut String) {
        let mut chosen: Vec<&str> = Vec::new();
        let mut queue: Vec<&str> = vec![&clause.id];
        if clause.kind == Kind::Social && clause.hours.is_none() {
            // A clause of follow-up or difficulties speaks of hours that another one sets.
            queue.push("heures-insertion");
        }
        if let Some(link) = &clause.link {
            queue.extend(link.social.first().map(String::as_str));
            queue.extend(link.environment.first().map(String::as_str));
        }
        while let Some(id) = queue.pop() {
            let Some(found) = self.clause(id).filter(|_| !chosen.contains(&id)) else { continue };
            chosen.push(id);
            queue.extend(found.requires.iter().map(String::as_str));
            out.push_str(&format!("[clause.{id}]\nlots = [1]\n"));
            let sample = if id == clause.id { sample } else { Sample::Usual };
            for parameter in &found.parameters {
                if let Some(value) = value(parameter, sample) {
                    out.push_str(&format!("{} = {value}\n", parameter.name));
                }
            }
        }
    }
}

/// The value of a parameter, as a dossier writes it; `None` leaves it out.
fn value(parameter: &Parameter, sample: Sample) -> Option<String> {
    let bound = parameter.bounds.as_ref().and_then(|(low, high)| match sample {
        Sample::Usual => None,
        Sample::Lowest => Some(low.literal()),
        Sample::Highest => Some(high.literal()),
    });
    if bound.is_some() {
        return bound;
    }
    if parameter.default.is_some() || (parameter.optional && sample == Sample::Usual) {
        return None;
    }
    if let Some((low, _)) = &parameter.bounds {
        return Some(low.literal());
    }
    Some(match &parameter.kind {
        ParameterKind::Text => "\"un texte d’exemple\"".to_owned(),
        ParameterKind::Integer => "2".to_owned(),
        ParameterKind::Amount => "\"100 €\"".to_owned(),
        ParameterKind::Rate => "\"10 %\"".to_owned(),
        ParameterKind::Hours => "\"35 h\"".to_owned(),
        ParameterKind::Date => "2027-01-31".to_owned(),
        ParameterKind::Duration => "\"15 jours\"".to_owned(),
        ParameterKind::Choice(choices) => {
            let choice = if sample == Sample::Highest { choices.last() } else { choices.first() };
            format!("\"{}\"", choice.map_or("", |(word, _)| word))
        }
        ParameterKind::Flag => (sample != Sample::Lowest).to_string(),
        ParameterKind::List => "[\"premier élément\", \"second élément\"]".to_owned(),
        ParameterKind::Quantity(unit) | ParameterKind::Ratio(unit) => format!("\"20 {unit}\""),
    })
}
