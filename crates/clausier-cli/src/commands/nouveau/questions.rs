//! The questions that `nouveau` asks on a terminal, in place of its options.

use super::*;

/// Asks what the options would have said.
pub(super) fn ask<'l>(
    library: &'l Library,
    input: &mut impl BufRead,
    out: &mut impl Write,
) -> Result<Plan<'l>, Failure> {
    let nature = ask_word::<ContractNature>("Nature du marché", ContractNature::Works, input, out)?;
    let form = ask_word::<ContractForm>("Forme du contrat", ContractForm::Market, input, out)?;
    let mut families: Vec<&Family> = Vec::new();
    loop {
        let lot = families.len() + 1;
        let question = match lot {
            1 => "Lot 1, famille d’achat (un mot suffit : peinture, nettoyage, voirie…)".to_owned(),
            _ => format!("Lot {lot}, famille d’achat (Entrée pour finir)"),
        };
        let answer = line(&question, input, out)?;
        if answer.is_empty() && lot > 1 {
            return Ok(Plan { nature, form, families });
        }
        let found = match library.legal().family(&answer) {
            Some(family) => vec![family],
            None => library.legal().families_named(&answer),
        };
        match found.as_slice() {
            [one] => {
                families.push(one);
                say(out, &format!("  → {} ({})", one.title, one.id))?;
            }
            [] => say(out, "  aucune famille ne porte ces mots ; « clausier lister --familles » les montre toutes")?,
            several => {
                say(out, "  plusieurs familles portent ces mots, écrivez l’une d’elles :")?;
                several.iter().try_for_each(|family| say(out, &format!("    {} – {}", family.id, family.title)))?;
            }
        }
    }
}

/// A word of a list; the usual one when the answer is empty.
fn ask_word<V: Vocabulary + Display>(
    question: &str,
    usual: V,
    input: &mut impl BufRead,
    out: &mut impl Write,
) -> Result<V, Failure> {
    loop {
        let answer = line(&format!("{question} ({} ; Entrée : {usual})", choice::<V>()), input, out)?;
        if answer.is_empty() {
            return Ok(usual);
        }
        match usage::word::<V>(&answer) {
            Ok(word) => return Ok(word),
            Err(help) => say(out, &format!("  {help}"))?,
        }
    }
}

/// An answer, without the spaces around it.
fn line(question: &str, input: &mut impl BufRead, out: &mut impl Write) -> Result<String, Failure> {
    let mut answer = String::new();
    let asked = write!(out, "{question} : ").and_then(|()| out.flush()).and_then(|()| input.read_line(&mut answer));
    match asked {
        Ok(0) => Err(Failure::new("il manque une réponse", "donnez --nature et --famille sur la ligne de commande")),
        Ok(_) => Ok(answer.trim().to_owned()),
        Err(error) => Err(Failure::new(format!("la réponse ne peut être lue : {}", terminal::cause(&error)), "")),
    }
}

fn say(out: &mut impl Write, text: &str) -> Result<(), Failure> {
    writeln!(out, "{text}").map_err(|error| Failure::new(terminal::cause(&error), ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What was chosen, or why nothing was.
    type Asked = Result<(ContractNature, ContractForm, Vec<String>), Failure>;

    /// The plan that some answers make, and what was asked.
    fn asked(answers: &str) -> (Asked, String) {
        let mut out = Vec::new();
        let plan = ask(Library::embedded(), &mut answers.as_bytes(), &mut out);
        let told = plan
            .map(|plan| (plan.nature, plan.form, plan.families.iter().map(|family| family.id.to_string()).collect()));
        (told, String::from_utf8(out).unwrap_or_default())
    }

    #[test]
    fn answers_make_the_lots() {
        let (plan, said) = asked("services\naccord-cadre\nnettoyage\nnettoyage-locaux\nvitrerie\n\n");
        let lots = vec!["nettoyage-locaux".to_owned(), "nettoyage-vitrerie".to_owned()];
        assert_eq!(plan.ok(), Some((ContractNature::Services, ContractForm::Framework, lots)));
        assert!(said.contains("plusieurs familles portent ces mots"), "{said}");
    }

    #[test]
    fn an_empty_answer_takes_the_usual_one_and_a_wrong_one_is_asked_again() {
        let (plan, said) = asked("travail\n\n\npeinture\n\n");
        let Ok((nature, form, lots)) = plan else { panic!("{said}") };
        assert_eq!((nature, form), (ContractNature::Works, ContractForm::Market));
        assert_eq!(lots, ["bat-peinture"]);
        assert!(said.matches("Nature du marché").count() == 2, "{said}");
    }

    #[test]
    fn answers_that_stop_are_told() {
        let (plan, _) = asked("services\n");
        assert!(plan.is_err());
    }
}
