//! Legal and practical checks: one per file, the file stem is the code with underscores.
//!
//! The doc text of a check is its manual: rustdoc, `clausier expliquer CODE` and the catalogue draw from it.

use crate::dossier::consultation::Acknowledged;
use crate::resolution::facts::Facts;
use crate::resolution::finding::CheckInfo;
use crate::resolution::liaisons::LotLiaisons;
use crate::resolution::notes::{Note, Notes};
use crate::resolution::select::FaultKind;
pub(crate) use dossier_incomplet::{CHECK as UNREAD, unread};
use std::collections::BTreeSet;
pub(crate) use valeur_manquante::CHECK as MISSING_VALUE;

/// A check: what is known of it, and how it looks at a dossier.
pub(crate) struct Check {
    pub(crate) info: CheckInfo,
    pub(crate) look: Look,
}

/// How a check looks at a dossier.
pub(crate) enum Look {
    /// At the whole of it.
    Dossier(fn(&Facts<'_>, &mut Notes)),
    /// At what selection found wrong of one sort.
    Fault(FaultKind),
    /// At each lot whose liaisons link hours.
    Liaisons(fn(&Facts<'_>, &LotLiaisons, &mut Notes)),
    /// At what the buyer accepts and that no finding answers, once the others have looked.
    Accepted(fn(&Unanswered<'_>, &mut Notes)),
    /// At the buyer's own words: the rules of wording that bear its code.
    Words,
}

/// What the buyer accepts in vain: no such finding stands, or it cannot be accepted.
pub(crate) struct Unanswered<'a> {
    /// What no finding answers.
    pub(crate) accepted: Vec<&'a Acknowledged>,
    /// Codes of the blocking findings that stand.
    pub(crate) blocking: BTreeSet<&'static str>,
}

/// Declares the check of a file.
macro_rules! check {
    ($(#[doc = $doc:literal])+ $code:literal, $severity:ident, since $since:literal, texts [$($text:literal),* $(,)?], $look:ident $(($run:ident))? $(,)?) => {
        $(#[doc = $doc])+
        pub(crate) static CHECK: $crate::resolution::checks::Check = $crate::resolution::checks::Check {
            info: $crate::resolution::finding::CheckInfo {
                code: $code,
                severity: $crate::base::terms::Severity::$severity,
                since: $since,
                texts: &[$($text),*],
                manual: concat!($($doc, "\n"),+),
            },
            look: $crate::resolution::checks::Look::$look $(($run))?,
        };
    };
}

mod accord_cadre_sans_maximum;
mod accord_cadre_trop_long;
mod ccag_hors_date;
mod ccag_inadapte;
mod cible_sous_plancher;
mod citation_erronee;
mod clause_en_brouillon;
mod clause_hors_famille;
mod clause_incluse;
mod clause_inconnue;
mod clause_retiree;
mod condition_discriminatoire;
mod confirmation_sans_objet;
mod constat_accepte_sans_effet;
mod conversion_excessive;
mod conversion_plancher_legal;
mod couple_sans_effet;
mod cout_salarial;
mod cpv_hors_nature;
mod cpv_inconnu;
mod critere_au_dela_du_gisement;
mod critere_echelle;
mod critere_en_double;
mod critere_environnemental_absent;
mod critere_inconnu;
mod critere_methode_libre;
mod critere_neutralise;
mod critere_politique_generale;
mod critere_prix_absent;
mod critere_prix_unique;
mod critere_promesse_peu_chere;
mod critere_propre;
mod critere_sans_concurrence;
mod critere_sans_methode;
mod critere_social_sans_heures;
mod delai_trop_long;
mod deux_volumes;
mod dispense_de_publicite;
mod dossier_incomplet;
mod ecartement_et_clause;
mod ecartement_motif_inapplicable;
mod ecartement_motif_inconnu;
mod ecartement_sans_objet;
mod ecartement_sans_raisons;
mod emploi_local_en_concession;
mod energie_non_prise_en_compte;
mod energie_renouvelable;
mod environnement_absent;
mod environnement_rappel_de_la_loi;
mod exclusion_automatique;
mod facilitateur_absent;
mod famille_hors_nature;
mod famille_inconnue;
mod formation_au_dela_des_heures;
mod forme_prix_a_dire;
mod heures_arrondies_a_zero;
mod heures_au_dela_des_ouvertures;
mod heures_incalculables;
mod heures_sans_volume;
mod heures_sous_seuil_pratique;
mod incitatif_sans_critere;
mod label_sans_equivalent;
mod lancement_hors_registre;
mod liaison_affectation_totale;
mod liaison_ambigue;
mod liaison_dates_rapprochees;
mod liaison_excedentaire;
mod liaison_exposition_elevee;
mod liaison_formation_excessive;
mod liaison_heure_liee_sans_prix;
mod liaison_heure_sans_marge;
mod liaison_heures_par_personne;
mod liaison_mesure_commune;
mod liaison_part_faible;
mod liaison_plafond_derisoire;
mod liaison_plafond_insuffisant;
mod liaison_plafonds_differents;
mod liaison_rappel_de_la_loi;
mod liaison_ratio_bas;
mod liaison_reservation_deguisee;
mod liaison_sans_couple;
mod liaison_surplus_peu_cher;
mod liaison_unite_excessive;
mod liaison_unite_sans_marge;
mod liaison_unite_sous_le_travail;
mod lot_reserve_absent;
mod lot_reserve_sans_condition;
mod lot_sous_seuil;
mod lots_non_decrits;
mod main_d_oeuvre_hors_usage;
mod maximum_au_dela_de_l_estimation;
mod mecanisme_retire;
mod montant_au_dela_du_maximum;
mod nom_perime;
mod obligation_vague;
mod origine_imposee;
mod outre_mer_a_adapter;
mod parametre_inconnu;
mod parametre_remplace;
mod part_annuelle_de_l_acheteur;
mod part_superieure_au_tout;
mod penalite_dechets_absente;
mod penalite_en_double;
mod penalite_environnement_absente;
mod penalite_insertion_absente;
mod penalite_irreductible;
mod plafond_attribue_au_ccag;
mod plafond_general_insuffisant;
mod plafonds_generaux_differents;
mod plan_trop_court;
mod poids_criteres;
mod poids_inhabituel;
mod preference_locale;
mod prix_horaire_hors_usage;
mod prix_unite_sans_cadre;
mod procedure_adaptee_au_dela_du_seuil;
mod public_par_residence;
mod quantite_nulle;
mod raison_d_ecarter_insuffisante;
mod references_passees;
mod registre_a_relire;
mod reglementation_rappelee;
mod reservation_combinaison;
mod reservation_ess;
mod reservation_ess_combinee;
mod reservation_et_heures;
mod reservation_hors_droit;
mod sans_lien_avec_l_objet;
mod sans_publicite_au_dela;
mod sequence_sans_marge;
mod seuil_inconnu;
mod seuil_services_sociaux_incertain;
mod social_absent;
mod social_absent_seuil_inconnu;
mod somme_des_lots;
mod structure_imposee;
mod suivi_insertion_absent;
mod taux_insertion_eleve;
mod texte_a_completer;
mod texte_hors_vigueur;
mod valeur_hors_bornes;
mod valeur_hors_lot;
mod valeur_incorrecte;
mod valeur_manquante;
mod variantes_non_dites;

/// Every check, by code.
pub(crate) static ALL: &[&Check] = &[
    &accord_cadre_sans_maximum::CHECK,
    &accord_cadre_trop_long::CHECK,
    &ccag_hors_date::CHECK,
    &ccag_inadapte::CHECK,
    &cible_sous_plancher::CHECK,
    &citation_erronee::CHECK,
    &clause_en_brouillon::CHECK,
    &clause_hors_famille::CHECK,
    &clause_incluse::CHECK,
    &clause_inconnue::CHECK,
    &clause_retiree::CHECK,
    &condition_discriminatoire::CHECK,
    &confirmation_sans_objet::CHECK,
    &constat_accepte_sans_effet::CHECK,
    &conversion_excessive::CHECK,
    &conversion_plancher_legal::CHECK,
    &couple_sans_effet::CHECK,
    &cout_salarial::CHECK,
    &cpv_hors_nature::CHECK,
    &cpv_inconnu::CHECK,
    &critere_au_dela_du_gisement::CHECK,
    &critere_echelle::CHECK,
    &critere_en_double::CHECK,
    &critere_environnemental_absent::CHECK,
    &critere_inconnu::CHECK,
    &critere_methode_libre::CHECK,
    &critere_neutralise::CHECK,
    &critere_politique_generale::CHECK,
    &critere_prix_absent::CHECK,
    &critere_prix_unique::CHECK,
    &critere_promesse_peu_chere::CHECK,
    &critere_propre::CHECK,
    &critere_sans_concurrence::CHECK,
    &critere_sans_methode::CHECK,
    &critere_social_sans_heures::CHECK,
    &delai_trop_long::CHECK,
    &deux_volumes::CHECK,
    &dispense_de_publicite::CHECK,
    &dossier_incomplet::CHECK,
    &ecartement_et_clause::CHECK,
    &ecartement_motif_inapplicable::CHECK,
    &ecartement_motif_inconnu::CHECK,
    &ecartement_sans_objet::CHECK,
    &ecartement_sans_raisons::CHECK,
    &emploi_local_en_concession::CHECK,
    &energie_non_prise_en_compte::CHECK,
    &energie_renouvelable::CHECK,
    &environnement_absent::CHECK,
    &environnement_rappel_de_la_loi::CHECK,
    &exclusion_automatique::CHECK,
    &facilitateur_absent::CHECK,
    &famille_hors_nature::CHECK,
    &famille_inconnue::CHECK,
    &formation_au_dela_des_heures::CHECK,
    &forme_prix_a_dire::CHECK,
    &heures_arrondies_a_zero::CHECK,
    &heures_au_dela_des_ouvertures::CHECK,
    &heures_incalculables::CHECK,
    &heures_sans_volume::CHECK,
    &heures_sous_seuil_pratique::CHECK,
    &incitatif_sans_critere::CHECK,
    &label_sans_equivalent::CHECK,
    &lancement_hors_registre::CHECK,
    &liaison_affectation_totale::CHECK,
    &liaison_ambigue::CHECK,
    &liaison_dates_rapprochees::CHECK,
    &liaison_excedentaire::CHECK,
    &liaison_exposition_elevee::CHECK,
    &liaison_formation_excessive::CHECK,
    &liaison_heure_liee_sans_prix::CHECK,
    &liaison_heure_sans_marge::CHECK,
    &liaison_heures_par_personne::CHECK,
    &liaison_mesure_commune::CHECK,
    &liaison_part_faible::CHECK,
    &liaison_plafond_derisoire::CHECK,
    &liaison_plafond_insuffisant::CHECK,
    &liaison_plafonds_differents::CHECK,
    &liaison_rappel_de_la_loi::CHECK,
    &liaison_ratio_bas::CHECK,
    &liaison_reservation_deguisee::CHECK,
    &liaison_sans_couple::CHECK,
    &liaison_surplus_peu_cher::CHECK,
    &liaison_unite_excessive::CHECK,
    &liaison_unite_sans_marge::CHECK,
    &liaison_unite_sous_le_travail::CHECK,
    &lot_reserve_absent::CHECK,
    &lot_reserve_sans_condition::CHECK,
    &lot_sous_seuil::CHECK,
    &lots_non_decrits::CHECK,
    &main_d_oeuvre_hors_usage::CHECK,
    &maximum_au_dela_de_l_estimation::CHECK,
    &mecanisme_retire::CHECK,
    &montant_au_dela_du_maximum::CHECK,
    &nom_perime::CHECK,
    &obligation_vague::CHECK,
    &origine_imposee::CHECK,
    &outre_mer_a_adapter::CHECK,
    &parametre_inconnu::CHECK,
    &parametre_remplace::CHECK,
    &part_annuelle_de_l_acheteur::CHECK,
    &part_superieure_au_tout::CHECK,
    &penalite_dechets_absente::CHECK,
    &penalite_en_double::CHECK,
    &penalite_environnement_absente::CHECK,
    &penalite_insertion_absente::CHECK,
    &penalite_irreductible::CHECK,
    &plafond_attribue_au_ccag::CHECK,
    &plafond_general_insuffisant::CHECK,
    &plafonds_generaux_differents::CHECK,
    &plan_trop_court::CHECK,
    &poids_criteres::CHECK,
    &poids_inhabituel::CHECK,
    &preference_locale::CHECK,
    &prix_horaire_hors_usage::CHECK,
    &prix_unite_sans_cadre::CHECK,
    &procedure_adaptee_au_dela_du_seuil::CHECK,
    &public_par_residence::CHECK,
    &quantite_nulle::CHECK,
    &raison_d_ecarter_insuffisante::CHECK,
    &references_passees::CHECK,
    &registre_a_relire::CHECK,
    &reglementation_rappelee::CHECK,
    &reservation_combinaison::CHECK,
    &reservation_ess::CHECK,
    &reservation_ess_combinee::CHECK,
    &reservation_et_heures::CHECK,
    &reservation_hors_droit::CHECK,
    &sans_lien_avec_l_objet::CHECK,
    &sans_publicite_au_dela::CHECK,
    &sequence_sans_marge::CHECK,
    &seuil_inconnu::CHECK,
    &seuil_services_sociaux_incertain::CHECK,
    &social_absent::CHECK,
    &social_absent_seuil_inconnu::CHECK,
    &somme_des_lots::CHECK,
    &structure_imposee::CHECK,
    &suivi_insertion_absent::CHECK,
    &taux_insertion_eleve::CHECK,
    &texte_a_completer::CHECK,
    &texte_hors_vigueur::CHECK,
    &valeur_hors_bornes::CHECK,
    &valeur_hors_lot::CHECK,
    &valeur_incorrecte::CHECK,
    &valeur_manquante::CHECK,
    &variantes_non_dites::CHECK,
];

/// The manual page of every check, by code.
pub fn all() -> impl Iterator<Item = CheckInfo> {
    ALL.iter().map(|check| check.info)
}

/// The manual page of a code.
pub fn explain(code: &str) -> Option<CheckInfo> {
    all().find(|info| info.code == code)
}

/// The skeleton that a new check starts from, compiled as it is given.
#[cfg(test)]
#[path = "../../../../xtask/src/squelettes/controle.rs.txt"]
mod skeleton;

#[cfg(test)]
mod tests {
    #[test]
    fn the_skeleton_of_a_check_is_one() {
        assert_eq!(super::skeleton::CHECK.info.code, "CODE");
    }
}
