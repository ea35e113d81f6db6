use super::Notes;
use crate::file::reading::plain;
use crate::resolution::facts::Facts;
use std::borrow::Cow;

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
    let own = facts.own_words.iter().map(|own| (own.path.as_str().into(), own.text));
    let mut texts: Vec<(Cow<'_, str>, &str)> = own.collect();
    texts.push(("acheteur.nom".into(), &consultation.buyer.name));
    texts.push(("consultation.reference".into(), &consultation.reference));
    if let Some(facilitator) = &consultation.facilitator {
        texts.push(("facilitateur.structure".into(), &facilitator.structure));
        texts.push(("facilitateur.service".into(), &facilitator.service));
        texts.push(("facilitateur.telephone".into(), &facilitator.telephone));
        texts.push(("facilitateur.courriel".into(), &facilitator.email));
    }
    for (path, text) in texts.into_iter().filter(|(_, text)| is_left_blank(text)) {
        let start: String = text.chars().take(SHOWN).collect();
        let ellipsis = if start.len() < text.len() { "…" } else { "" };
        notes.add(
            path,
            format!("« {start}{ellipsis} » est resté à compléter"),
            "écrivez le texte, ou retirez la clé si elle est facultative",
        );
    }
}

/// Letters of the text that the finding quotes.
const SHOWN: usize = 200;

/// Marks that writers leave where they will write later. « À COMPLÉTER » in capitals is one wherever it stands; in lower
/// case only when it is the whole text, since a frame « à compléter par le candidat » is a sentence.
fn is_left_blank(text: &str) -> bool {
    let folded = plain(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let asks = |pair: &[&str]| {
        matches!(pair, ["a", verb] if LATER.contains(verb))
            || matches!(pair, ["non", "renseigne" | "defini" | "precise"])
    };
    // « à définir avec le service », « à voir plus tard »: whoever writes so has not written yet.
    let opens = words.get(..2).is_some_and(asks)
        && words
            .get(2)
            .is_none_or(|next| matches!(*next, "avec" | "plus" | "ulterieurement" | "apres" | "avant" | "svp"));
    // What stands alone in brackets is a note of the writer to himself.
    let noted = folded.split(['(', '[', '{', '<']).skip(1).filter_map(|rest| rest.split([')', ']', '}', '>']).next());
    let noted = noted.map(|note| note.split_whitespace().collect::<Vec<_>>()).any(|note| asks(&note));
    let capitals = || {
        text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
            || ["À COMPLÉTER", "A COMPLETER", "À PRÉCISER", "À RENSEIGNER", "À CHANGER"]
                .iter()
                .any(|mark| text.contains(mark))
    };
    let said = opens || (words.windows(2).any(asks) && capitals());
    // « xx » is a mark; « XX » may be a Roman number, « XXX » hardly.
    let own = text.split(|c: char| !c.is_alphanumeric());
    let crossed = own.into_iter().any(|word| {
        let all = |x: &[u8]| word.bytes().all(|byte| x.contains(&byte));
        (word.len() >= 2 && all(b"x")) || (word.len() >= 3 && all(b"xX"))
    });
    let later = words.iter().any(|word| matches!(*word, "todo" | "tbd" | "lorem" | "ipsum"));
    let bare = !text.is_empty() && words.is_empty();
    let alone = matches!(words.as_slice(), ["nc" | "na" | "neant" | "test" | "essai"] | ["n", "a" | "c"]);
    let asked = text.as_bytes().windows(2).any(|pair| pair == b"??");
    // A number to call that is nothing but noughts.
    let noughts = text.chars().filter(|c| c.is_alphanumeric()).count() >= 6
        && text.chars().filter(|c| c.is_alphanumeric()).all(|c| c == '0');
    // « [nom de l’acheteur] », « <objet> »: a frame that nobody filled.
    let trimmed = text.trim();
    let framed =
        [('[', ']'), ('<', '>'), ('{', '}')].iter().any(|(o, c)| trimmed.starts_with(*o) && trimmed.ends_with(*c));
    // « Fourniture de … »: an ellipsis where a name is due.
    let due = ["de", "du", "des", "la", "le", "les", "à", "au", "aux", "pour", "par"];
    let before = trimmed.strip_suffix('…').or_else(|| trimmed.strip_suffix("..."));
    let open = before.and_then(|before| before.split_whitespace().last()).is_some_and(|last| due.contains(&last));
    said || noted || crossed || later || bare || alone || asked || noughts || framed || open
}

/// What is left to do, after « à ».
const LATER: [&str; 16] = [
    "completer",
    "preciser",
    "renseigner",
    "changer",
    "definir",
    "determiner",
    "remplir",
    "venir",
    "voir",
    "revoir",
    "rediger",
    "motiver",
    "justifier",
    "confirmer",
    "valider",
    "ecrire",
];
