use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// Un texte du dossier est resté à compléter.
    ///
    /// ## Pourquoi
    /// Un nom, un objet ou un intitulé laissé « À COMPLÉTER », « … » ou « xxx » s’imprimerait tel quel dans les pièces
    /// publiées.
    ///
    /// ## Que faire
    /// Écrivez le texte, ou retirez la clé si elle est facultative.
    "texte-a-completer", Blocking, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let consultation = facts.consultation;
    let own = facts.own_texts().into_iter().map(|own| (own.path, own.text));
    let mut texts: Vec<(String, &str)> = own.collect();
    texts.push(("acheteur.nom".to_owned(), &consultation.buyer.name));
    texts.push(("consultation.reference".to_owned(), &consultation.reference));
    if let Some(facilitator) = &consultation.facilitator {
        texts.push(("facilitateur.structure".to_owned(), &facilitator.structure));
        texts.push(("facilitateur.service".to_owned(), &facilitator.service));
        texts.push(("facilitateur.telephone".to_owned(), &facilitator.telephone));
        texts.push(("facilitateur.courriel".to_owned(), &facilitator.email));
    }
    for (path, text) in texts.into_iter().filter(|(_, text)| is_left_blank(text)) {
        notes.add(
            path,
            format!("« {text} » est resté à compléter"),
            "écrivez le texte, ou retirez la clé si elle est facultative",
        );
    }
}

/// Marks that writers leave where they will write later: said in words anywhere in the text, or alone.
fn is_left_blank(text: &str) -> bool {
    let lower = text.to_lowercase().replace('\u{301}', "").replace('é', "e").replace('à', "a").replace("a\u{300}", "a");
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let said =
        words.windows(2).any(|pair| pair[0] == "a" && matches!(pair[1], "completer" | "preciser" | "renseigner"));
    let crossed = words.iter().any(|word| word.len() >= 3 && word.chars().all(|c| c == 'x'));
    let later = words.iter().any(|word| matches!(*word, "todo" | "tbd" | "lorem"));
    let bare = !text.is_empty() && words.is_empty();
    said || crossed || later || bare
}
