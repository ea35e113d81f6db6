//! Legal and practical checks: one per file, the file stem is the code with underscores.
//!
//! The doc text of a check is its manual: rustdoc, `clausier expliquer CODE` and the catalogue draw from it.

use crate::base::quantity::Euros;
use crate::base::terms::Severity;
use crate::dossier::Partial;
use crate::dossier::consultation::{Acknowledged, Place};
use crate::file::edit::Edit;
use crate::law::Form;
use crate::library::Library;
use crate::library::clause::Value;
use crate::library::clause::link::CEILING;
use crate::library::lint::{Around, Hit, Setting};
use crate::resolution::facts::Facts;
use crate::resolution::finding::{CheckInfo, Finding, Findings};
use crate::resolution::fixes;
use crate::resolution::ledger::{Coherence, Remedy};
use crate::resolution::liaisons::{LotLiaisons, PricedUnit};
use crate::resolution::own_words::{OwnText, Within};
use crate::resolution::select::{Fault, FaultKind, Selection};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

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

/// What a check notes.
#[derive(Default)]
pub(crate) struct Notes(Vec<Note>);

/// A remark at a key path of the dossier.
pub(crate) struct Note {
    path: String,
    /// Where it is mended, when that is elsewhere.
    field: Option<String>,
    message: String,
    help: String,
    written: String,
    texts: Option<&'static [&'static str]>,
    fix: Vec<Edit>,
}

impl Note {
    fn new(path: String, message: String, help: String) -> Self {
        Self { field: None, written: String::new(), texts: None, fix: Vec::new(), path, message, help }
    }

    /// Mended elsewhere than where it is seen: at a key that the dossier may not have.
    pub(crate) fn at(&mut self, field: impl Into<String>) -> &mut Self {
        self.field = Some(field.into());
        self
    }

    /// How the help is written in the file of the dossier, or which command helps.
    pub(crate) fn written(&mut self, written: impl Into<String>) -> &mut Self {
        self.written = written.into();
        self
    }

    /// The edits that do what the help says.
    pub(crate) fn fix(&mut self, edits: impl IntoIterator<Item = Edit>) {
        self.fix.extend(edits);
    }
}

impl From<&Fault> for Note {
    fn from(fault: &Fault) -> Self {
        let Fault { path, field, message, help, written, fix, .. } = fault.clone();
        Self { field, written, fix, ..Self::new(path, message, help) }
    }
}

impl Notes {
    /// Notes a remark at a key path of the dossier: what is remarked, and what to do.
    pub(crate) fn add(&mut self, path: impl Into<String>, message: impl Into<String>, help: impl Into<String>) {
        self.note(path, message, help);
    }

    /// The same, for a remark to which more is added.
    pub(crate) fn note(
        &mut self,
        path: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Note {
        self.push(path.into(), message.into(), help.into(), None)
    }

    fn push(
        &mut self,
        path: String,
        message: String,
        help: String,
        texts: Option<&'static [&'static str]>,
    ) -> &mut Note {
        self.0.push(Note { texts, ..Note::new(path, message, help) });
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    /// The same, on texts that take the place of those of the check.
    pub(crate) fn add_on(
        &mut self,
        texts: &'static [&'static str],
        path: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(path.into(), message.into(), help.into(), Some(texts));
    }

    /// Notes what selection found wrong of one sort.
    fn faults(&mut self, selection: &Selection<'_>, kind: FaultKind) {
        for fault in selection.faults.iter().filter(|fault| fault.kind == kind) {
            self.0.push(Note::from(fault));
        }
    }
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

static ALL: &[&Check] = &[
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

/// The faults of wording in what the buyer wrote himself, each with its text.
fn wording<'f>(facts: &'f Facts<'_>) -> Vec<(&'f OwnText<'f>, Hit)> {
    let lint = facts.library.lint();
    let (launch, form) = (Some(facts.consultation.launch), Some(facts.consultation.form));
    let mut clauses: BTreeMap<&str, Around<'_>> = BTreeMap::new();
    let mut out = Vec::new();
    for own in &facts.own_words {
        let around = own
            .within
            .map(|within| &*clauses.entry(within.id()).or_insert_with(|| Around::new(move || within.wording())));
        let setting = Setting { place: own.place, launch, form };
        match own.within {
            // What surrounds it is the buyer's too.
            Some(Within::Criterion(_)) => {
                out.extend(lint.read_in(own.text, setting, around).into_iter().map(|hit| (own, hit)));
            }
            _ => {
                let within = own.within.map(Within::id).zip(around);
                let hits = facts.library.read.read(lint, own.text, setting, within);
                out.extend(hits.iter().map(|hit| (own, hit.clone())));
            }
        }
    }
    out
}

/// What a remark says, lots apart: message, help, how a file writes it, texts.
type Saying = (String, String, String, Option<&'static [&'static str]>);

/// Brings together the remarks that differ by their lots only: one remark names them all, at the place of the first.
fn gathered(facts: &Facts<'_>, notes: Vec<Note>) -> Vec<Note> {
    let mut out: Vec<(Note, BTreeSet<u32>)> = Vec::new();
    // Where the remarks that name lots stand, by what they say.
    let mut places: HashMap<Saying, usize> = HashMap::new();
    for mut note in notes {
        let (lots, bare) = Facts::marked_lots(&note.message);
        note.message = bare;
        if lots.is_empty() {
            out.push((note, lots));
            continue;
        }
        match places.entry((note.message.clone(), note.help.clone(), note.written.clone(), note.texts)) {
            Entry::Occupied(place) => {
                let (first, known) = &mut out[*place.get()];
                let other: Vec<Edit> = note.fix.into_iter().filter(|edit| !first.fix.contains(edit)).collect();
                first.fix.extend(other);
                known.extend(lots);
            }
            Entry::Vacant(place) => {
                place.insert(out.len());
                out.push((note, lots));
            }
        }
    }
    let named = |(note, lots): (Note, BTreeSet<u32>)| Note { message: facts.name_lots(&note.message, &lots), ..note };
    out.into_iter().map(named).collect()
}

/// What can be said of a dossier of which too little can be read to resolve it: what is missing, and what is wrong with what it
/// chooses.
pub(crate) fn of_fragments(library: &Library, partial: &Partial) -> Findings {
    let Partial { problems, fragments, .. } = partial;
    let unread = problems.iter().map(|problem| {
        let place = Place { span: problem.span.clone(), line: problem.line, column: problem.column };
        said(dossier_incomplet::CHECK.info, dossier_incomplet::unread(problem), place, Vec::new())
    });
    let mut findings: Vec<Finding> = unread.collect();
    let selection = Selection::new(library, &fragments.chosen());
    for fault in &selection.faults {
        let judges = |check: &&&Check| match check.look {
            Look::Fault(kind) => kind == fault.kind,
            _ => fault.kind == FaultKind::MissingValue && check.info.code == valeur_manquante::CHECK.info.code,
        };
        // What could not be read is said once.
        let known = problems.iter().any(|problem| problem.path == fault.path);
        let check = ALL.iter().find(judges).filter(|_| !known);
        findings.extend(check.map(|c| said(c.info, Note::from(fault), fragments.place(&fault.path), Vec::new())));
    }
    Findings::new(findings, Vec::new())
}

/// The edit that raises the tariff of a unit to a figure that a buyer writes.
fn raised(facts: &Facts<'_>, lot: u32, unit: &PricedUnit<'_>, amount: &Euros) -> Edit {
    let (clause, name) = unit.tariff();
    fixes::setting(facts.consultation, lot, clause, name, &Value::Amount(unit.at_least(amount)))
}

/// The edit that makes hours and work fit by the share of the hours alone, where it can.
fn assigned(facts: &Facts<'_>, lot: &LotLiaisons, id: &str, coherence: &Coherence) -> Option<Edit> {
    match &coherence.remedies.as_ref()?.assigned {
        Remedy::Possible(share) => {
            Some(fixes::setting(facts.consultation, lot.lot, id, "affectation", &Value::Rate(share.clone())))
        }
        Remedy::Impossible(_) => None,
    }
}

/// The edits that leave the ceiling of the liaisons of a lot to the rule, under which nothing is free.
fn without_ceiling(facts: &Facts<'_>, lot: u32) -> Vec<Edit> {
    let given = facts.links.iter().filter(|link| link.lot == lot && link.ceiling.is_some());
    given.map(|link| fixes::unsetting(facts.consultation, lot, &link.clause.id, CEILING)).collect()
}

/// Runs every check.
pub(crate) fn run(facts: &Facts<'_>, liaisons: &[LotLiaisons]) -> Findings {
    let mut findings = Vec::new();
    let mut accepted = Vec::new();
    let acknowledged = &facts.consultation.acknowledged;
    let mut answered = vec![false; acknowledged.len()];
    // What could not be read is said once: another remark on the same key would only be a consequence.
    let unread: Vec<&str> = facts.consultation.unread().iter().map(|problem| problem.path.as_str()).collect();
    let consequence = |code: &str, path: &str| code != dossier_incomplet::CHECK.info.code && unread.contains(&path);
    let words = wording(facts);
    for check in ALL {
        let mut notes = Notes::default();
        match check.look {
            Look::Dossier(run) => run(facts, &mut notes),
            Look::Fault(kind) => notes.faults(&facts.selection, kind),
            Look::Liaisons(run) => liaisons.iter().for_each(|lot| run(facts, lot, &mut notes)),
            Look::Accepted(_) => {}
            Look::Words => {
                for (own, hit) in words.iter().filter(|(_, hit)| hit.rule.code == check.info.code) {
                    let instead = hit.rule.instead;
                    let fix = instead
                        .and_then(|new| fixes::reworded(facts.consultation, &own.path, own.text, &hit.span, new));
                    notes.note(&own.path, &hit.message, &hit.help).fix(fix);
                }
            }
        }
        let mut standing = Vec::new();
        for note in notes.0.into_iter().filter(|note| !consequence(check.info.code, &note.path)) {
            let (lots, _) = Facts::marked_lots(&note.message);
            let lots = if lots.is_empty() { lot_of(&note.path).into_iter().collect() } else { lots };
            let covers =
                |a: &Acknowledged| a.code == check.info.code && a.lot.is_none_or(|lot| lots == BTreeSet::from([lot]));
            // What refuses a piece is not a matter of opinion.
            let found = acknowledged.iter().position(covers).filter(|_| check.info.severity != Severity::Blocking);
            match found {
                Some(position) => {
                    answered[position] = true;
                    let named = gathered(facts, vec![note]);
                    let reason = &acknowledged[position].reason;
                    accepted.extend(named.into_iter().map(|note| (finding(facts, check, note), reason.clone())));
                }
                None => standing.push(note),
            }
        }
        if !standing.is_empty() {
            findings.extend(gathered(facts, standing).into_iter().map(|note| finding(facts, check, note)));
        }
    }
    let unanswered = Unanswered {
        accepted: acknowledged.iter().zip(answered).filter(|(_, answered)| !answered).map(|(a, _)| a).collect(),
        blocking: findings.iter().filter(|f: &&Finding| f.severity == Severity::Blocking).map(|f| f.code).collect(),
    };
    for check in ALL {
        if let Look::Accepted(run) = check.look {
            let mut notes = Notes::default();
            run(&unanswered, &mut notes);
            findings.extend(notes.0.into_iter().map(|note| finding(facts, check, note)));
        }
    }
    Findings::new(findings, accepted)
}

/// The lot that a key path names (« lot.2.montant »).
fn lot_of(path: &str) -> Option<u32> {
    path.strip_prefix("lot.")?.split('.').next()?.parse().ok()
}

/// What a check noted, as a finding.
fn finding(facts: &Facts<'_>, check: &Check, note: Note) -> Finding {
    // Nothing is cited that was not in force that day, nor an article of other contracts.
    let ids = note.texts.unwrap_or(check.info.texts).iter().copied();
    let ids: Vec<&str> = ids.filter(|id| facts.law.text(id).is_ok()).collect();
    let cited = if ids.is_empty() { None } else { facts.law.cite(&ids, Form::Full).ok() };
    let place = facts.consultation.place(&note.path);
    said(check.info, note, place, cited.into_iter().collect())
}

fn said(info: CheckInfo, note: Note, place: Place, texts: Vec<String>) -> Finding {
    let Note { path, field, message, help, written, fix, .. } = note;
    Finding {
        code: info.code,
        severity: info.severity,
        message,
        field: field.unwrap_or_else(|| path.clone()),
        path,
        span: place.span,
        line: place.line,
        column: place.column,
        texts,
        help,
        written,
        fix,
    }
}
