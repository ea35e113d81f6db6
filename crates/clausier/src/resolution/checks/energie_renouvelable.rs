use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// Un contrat d’énergie renouvelable peut devoir plus tôt ses conditions environnementales et sociales.
    ///
    /// ## Pourquoi
    /// Depuis le 1er juillet 2024, et jusqu’à ce que tous les contrats les doivent en août 2026, les conditions d’exécution et
    /// le critère environnemental seraient dus par les contrats qui installent ou exploitent une production ou un stockage
    /// d’énergie renouvelable. Une seule source le rapporte : le texte est à lire.
    ///
    /// ## Que faire
    /// Lisez le texte, et prévoyez ces conditions et ce critère : la lecture sûre.
    "energie-renouvelable", Warning, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    if facts.duties.renewable {
        notes.add(
            "consultation.objet",
            "contrat d’énergie renouvelable : condition et critère environnementaux, et condition sociale à partir du seuil, \
             seraient dus depuis le 1er juillet 2024",
            "lisez l’article 35 de la loi n° 2021-1104 dans sa version de 2023, et prévoyez-les par prudence",
        );
    }
}
