use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::phrases::enumeration;

check! {
    /// Le registre du droit a été relu longtemps avant le lancement.
    ///
    /// ## Pourquoi
    /// Le droit cité est celui que le registre connaît. Un texte paru depuis sa dernière lecture n’y est pas, et certaines
    /// valeurs ont une fin connue d’avance, comme les seuils européens, revus tous les deux ans.
    ///
    /// ## Que faire
    /// Prenez une version plus récente de l’outil, ou vérifiez vous-même les articles cités et les seuils.
    "registre-a-relire", Warning, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let (launch, legal) = (facts.consultation.launch, facts.library.legal());
    let Some(read) = legal.last_reading().filter(|read| read.year_later() < launch) else { return };
    let ended = legal.parameters().filter(|parameter| parameter.covers(read) && !parameter.covers(launch));
    let ended: Vec<String> = ended.map(|parameter| parameter.title.to_string()).collect();
    let ended = match ended.len() {
        0 => String::new(),
        n if n > 3 => format!(" ; {n} valeurs n’y ont plus cours, dont {}", enumeration(ended.into_iter().take(2))),
        _ => format!(" ; n’y ont plus cours : {}", enumeration(ended)),
    };
    notes.add(
        "lancement",
        format!("le registre du droit a été relu le {read}, plus d’un an avant ce lancement{ended}"),
        "prenez une version plus récente de l’outil, ou vérifiez les articles et les seuils cités",
    );
}
