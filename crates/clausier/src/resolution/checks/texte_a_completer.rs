use super::Notes;
use crate::file::reading::plain;
use crate::resolution::facts::Facts;
use crate::resolution::own_words;

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
    let own = own_words::all(facts).into_iter().map(|own| (own.path, own.text));
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

/// Marks that writers leave where they will write later. « À COMPLÉTER » in capitals is one wherever it stands; in lower
/// case only when it is the whole text, since a frame « à compléter par le candidat » is a sentence.
fn is_left_blank(text: &str) -> bool {
    let folded = plain(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let asks = |pair: &[&str]| {
        matches!(
            pair,
            ["a", "completer" | "preciser" | "renseigner" | "changer" | "definir" | "determiner" | "remplir" | "venir"]
                | ["non", "renseigne" | "defini" | "precise"]
        )
    };
    // What stands alone in brackets is a note of the writer to himself.
    let noted = folded.split(['(', '[', '{', '<']).skip(1).filter_map(|rest| rest.split([')', ']', '}', '>']).next());
    let noted = noted.map(|note| note.split_whitespace().collect::<Vec<_>>()).any(|note| asks(&note));
    let capitals = text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
        || ["À COMPLÉTER", "A COMPLETER", "À PRÉCISER", "À RENSEIGNER", "À CHANGER"]
            .iter()
            .any(|mark| text.contains(mark));
    let said = asks(&words) || (capitals && words.windows(2).any(asks));
    let crossed = words.iter().any(|word| word.len() >= 3 && word.chars().all(|c| c == 'x'));
    let later = words.iter().any(|word| matches!(*word, "todo" | "tbd" | "lorem" | "ipsum"));
    let bare = !text.is_empty() && words.is_empty();
    said || noted || crossed || later || bare
}
