use super::Notes;
use crate::dossier::consultation::Raw;
use crate::file::edit::Edit;
use crate::resolution::facts::Facts;

check! {
    /// Le couple demandé n’est pas celui que la liaison lie.
    ///
    /// ## Pourquoi
    /// Une liaison ne lie que les clauses pour lesquelles elle est écrite, et qui portent sur ses lots. Un autre nom
    /// serait ignoré : la pièce lierait une clause que l’acheteur n’a pas nommée.
    ///
    /// ## Que faire
    /// Nommez dans `lie` une clause sociale et une clause environnementale que la liaison admet, ou retirez `lie` si un
    /// seul couple est possible.
    "couple-sans-effet", Blocking, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for choice in facts.consultation.choices.iter().filter(|choice| !choice.pair.is_empty()) {
        let Some(selected) = facts.selection.get(&choice.id) else { continue };
        let path = format!("clause.{}.lie", choice.id);
        let Some(link) = selected.clause.link() else {
            let message = format!("« {} » n’est pas une liaison : elle ne lie rien", choice.id);
            notes.note(path.as_str(), message, "retirez « lie »").fix([Edit::remove(&*path)]);
            continue;
        };
        // Without any pair, another finding says what is missing.
        if selected.pairs.is_empty() {
            continue;
        }
        let tied =
            |name: &String| selected.pairs.values().any(|(social, environment)| name == social || name == environment);
        for name in choice.pair.iter().filter(|name| !tied(name)) {
            let admitted: Vec<&str> = link.social.iter().chain(&link.environment).map(String::as_str).collect();
            let right: Vec<String> = choice.pair.iter().filter(|name| tied(name)).cloned().collect();
            let fix = if right.is_empty() { Edit::remove(&*path) } else { Edit::set(&*path, Raw::List(right)) };
            notes
                .note(
                    path.as_str(),
                    format!("« lie » nomme « {name} », que « {} » ne lie sur aucun lot", choice.id),
                    format!(
                        "retirez ce nom, ou nommez une clause choisie sur ses lots, parmi : {}",
                        admitted.join(", ")
                    ),
                )
                .fix([fix]);
        }
    }
}
