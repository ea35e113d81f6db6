//! A sample dossier for one clause: to see it rendered before choosing it, and to test it at its bounds.

use crate::base::terms::{Kind, Mechanism, Sense};
use crate::library::Library;
use crate::library::clause::{Bound, Clause, Note, Parameter, ParameterKind};

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
        let whole = clause.link().is_some_and(|link| link.has(Mechanism::ReservedService));
        for (number, title) in [(1, "Premier lot"), (2, "Second lot")] {
            out.push_str(&format!(
                "[lot.{number}]\nintitule = \"{title}\"\nfamille = \"{family}\"\nmontant = \"3 000 000 €\"\n\
                 calcul = {{ main_oeuvre = \"50 %\", prix_horaire = \"36 €/h\" }}\n"
            ));
            if whole && number == 1 {
                out.push_str("reserve = [\"iae\", \"handicap\"]\n");
            }
        }
        if clause.kind() == Kind::Criterion {
            out.push_str(&format!("[critere.{id}]\n1 = 60\n"));
            parameters(clause, sample, &mut out);
            self.choose(clause, clause.requires.iter().map(String::as_str).collect(), sample, &mut out);
        } else {
            self.choose(clause, vec![&clause.id], sample, &mut out);
        }
        Some(out)
    }

    /// Chooses the clauses of a queue, with those that they need, for the sake of one.
    fn choose<'a>(&'a self, clause: &'a Clause, mut queue: Vec<&'a str>, sample: Sample, out: &mut String) {
        let mut chosen: Vec<&str> = Vec::new();
        if clause.kind() == Kind::Social && clause.hours().is_none() {
            // A clause of follow-up or difficulties speaks of hours that another one sets.
            queue.push("heures-insertion");
        }
        if let Some(link) = clause.link() {
            queue.extend(link.social.first().map(String::as_str));
            queue.extend(link.environment.first().map(String::as_str));
        }
        while let Some(id) = queue.pop() {
            let Some(found) = self.clause(id).filter(|_| !chosen.contains(&id)) else { continue };
            chosen.push(id);
            queue.extend(found.requires.iter().map(String::as_str));
            out.push_str(&format!("[clause.{id}]\nlots = [1]\n"));
            let sample = if id == clause.id { sample } else { Sample::Usual };
            parameters(found, sample, out);
        }
    }
}

/// The parameters of a clause, one a line.
fn parameters(clause: &Clause, sample: Sample, out: &mut String) {
    for parameter in &clause.parameters {
        // A scale must rise from the value that gives nothing to the value that gives all.
        let sample = end(clause, &parameter.name).filter(|_| sample == Sample::Usual).unwrap_or(sample);
        if let Some(value) = value(parameter, sample) {
            out.push_str(&format!("{} = {value}\n", parameter.name));
        }
    }
}

/// The end of its range that a parameter takes to stand at an end of a scale.
fn end(clause: &Clause, name: &str) -> Option<Sample> {
    let own = |bound: &Bound| matches!(bound, Bound::Parameter { clause: None, name: own, .. } if own == name);
    clause.criterion().into_iter().flat_map(|criterion| &criterion.notes).filter_map(Note::scale).find_map(|scale| {
        let (best, worst) = match scale.sense {
            Sense::AtMost => (Sample::Lowest, Sample::Highest),
            _ => (Sample::Highest, Sample::Lowest),
        };
        let stock = scale.stock.as_ref().is_some_and(own);
        if own(&scale.all_at) || stock { Some(best) } else { own(&scale.none_at).then_some(worst) }
    })
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
        ParameterKind::Integer | ParameterKind::Lot => "2".to_owned(),
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
