//! The names known in every text: the buyer, the contract, its amounts, and what the dossier holds or not.

use super::*;
use crate::law::Usages;

/// The names known in every text.
pub(super) fn everywhere(facts: &Facts<'_>) -> Vec<(Cow<'static, str>, Shown)> {
    let c = facts.consultation;
    let works = c.nature == ContractNature::Works || c.ccag == Ccag::ProjectManagement;
    let buyer = match c.form {
        ContractForm::Concession => ["l’autorité concédante", "de l’autorité concédante", "à l’autorité concédante"],
        _ if works => ["le maître d’ouvrage", "du maître d’ouvrage", "au maître d’ouvrage"],
        _ => ["l’acheteur", "de l’acheteur", "à l’acheteur"],
    };
    let contractor = match (c.form, c.ccag) {
        (ContractForm::Concession, _) => "concessionnaire",
        (_, Ccag::ProjectManagement) => "maître d’œuvre",
        _ => "titulaire",
    };
    let contract = contract_forms(c.form);
    let facilitator = match c.facilitator {
        Some(_) => ["le facilitateur", "du facilitateur", "au facilitateur"],
        None => buyer,
    };
    let contact = c.facilitator.as_ref().map(|f| {
        // A number is not cut at the end of a line.
        let telephone = f.telephone.trim().replace(' ', &NBSP.to_string());
        let parts = [&f.structure, &f.service, &telephone, &f.email];
        let parts = parts.into_iter().filter(|p| !p.trim().is_empty()).map(|p| verbatim(p));
        parts.collect::<Vec<_>>().join(", ")
    });
    let mechanism = |wanted: Mechanism| {
        Shown::from(facts.links.iter().any(|l| l.clause.link().is_some_and(|link| link.has(wanted))))
    };
    let volumes: Vec<&HoursResult> = facts.hours.values().filter_map(|h| h.result.as_ref().ok()).collect();
    let total: Number = volumes.iter().map(|r| r.rounded.0.clone()).sum();
    let grouping = match c.grouping {
        Grouping::Free => "",
        Grouping::JointWithLeader => "conjoint avec mandataire solidaire",
        Grouping::Joint => "conjoint",
        Grouping::Several => "solidaire",
    };
    let derogations = c.layout.get(&Piece::Ccap).map(|l| l.derogations.clone()).unwrap_or_default();
    let social_criterion = facts.selection.criteria.iter().any(|chosen| chosen.criterion.is_social());
    let criteria = || facts.selection.criteria.iter().map(|chosen| chosen.criterion);
    let judged = |wanted: &dyn Fn(&Criterion) -> bool| criteria().any(wanted);
    let form = price_form(c);
    let priced = |criterion: &Criterion| criterion.is_price() || criterion.is_cost();
    let frames =
        [(Piece::PriceFrame, judged(&priced)), (Piece::ResponseFrame, judged(&|criterion| !priced(criterion)))];
    let there = |(piece, judged): &(Piece, bool)| *judged || !rows::frame_titles(facts, *piece).is_empty();
    let frames = frames.into_iter().filter(there).map(|(piece, _)| piece.label().to_owned());
    let frames = enumeration(frames);
    let noted = || {
        let kept = facts.selection.criteria.iter().filter(|chosen| chosen.choice.method.trim().is_empty());
        kept.flat_map(|chosen| &chosen.criterion.notes)
    };
    let engaged = || noted().filter(|note| note.scale().is_some_and(|scale| scale.engaged));
    let months = c.total_months();
    let whole_duration =
        if months.is_whole() { format!("{}{NBSP}mois", months.french(0)) } else { c.duration.to_string() };
    let mut lacking: Vec<String> = Vec::new();
    let counted = facts.links.iter().filter(|link| link.assigned.is_some() && link.ratio.is_some());
    for fact in counted.filter_map(LinkFacts::lacking) {
        if lacking.iter().all(|known| known != fact) {
            lacking.push(fact.to_owned());
        }
    }
    let usage = |figure: fn(&Usages) -> String| or_empty(facts.usages.as_ref().map(figure));
    let mut names = Vec::from(
        [
            ("manques_lies", text(lacking.join(" ou "))),
            ("cadres", text(frames)),
            ("tableaux_suivi", text(rows::frame_titles(facts, Piece::FollowUpFrame))),
            ("acheteur_nom", text(verbatim(&c.buyer.name))),
            ("l_acheteur", text(buyer[0])),
            ("de_l_acheteur", text(buyer[1])),
            ("a_l_acheteur", text(buyer[2])),
            ("titulaire", text(contractor)),
            ("objet", text(verbatim(&c.object))),
            ("reference", text(verbatim(&c.reference))),
            ("contrat", text(contract[0])),
            ("le_contrat", text(contract[1])),
            ("du_contrat", text(contract[2])),
            ("lancement", text(c.launch.to_string())),
            ("attributaires", text(c.holders.to_string())),
            ("duree", text(c.duration.to_string())),
            ("duree_totale", text(whole_duration)),
            ("nombre_reconductions", text(c.renewals.as_ref().map_or(0, |r| r.count).to_string())),
            ("montant_estime", text(c.estimated_value.to_string())),
            ("territoire", text(c.territory.map(Territory::label).unwrap_or_default())),
            ("reserve_du_territoire", text(facts.local_reserve().unwrap_or_default())),
            ("ccap", text(c.admin_piece.label())),
            ("ccag", or_empty(c.ccag.label())),
            ("facilitateur_coordonnees", or_empty(contact)),
            ("le_facilitateur", text(facilitator[0])),
            ("du_facilitateur", text(facilitator[1])),
            ("au_facilitateur", text(facilitator[2])),
            ("groupement", text(grouping)),
            ("volume_total", text(Hours(total).to_string())),
            ("article_derogations", text(derogations)),
            ("jour_de_travail", usage(|usages| usages.day.to_string())),
            ("semaine_de_travail", usage(|usages| usages.week.to_string())),
            ("annee_de_travail", usage(|usages| usages.full_time.to_string())),
            ("volume_minimal", usage(|usages| usages.least_hours.to_string())),
            ("part_mince", usage(|usages| usages.thin.to_string())),
            ("part_evitable", usage(|usages| usages.avoidable.to_string())),
            ("surcout_bas", usage(|usages| usages.extra_low.to_string())),
            ("surcout_heure", usage(|usages| usages.extra.to_string())),
            ("surcout_haut", usage(|usages| usages.extra_high.to_string())),
            ("cout_formateur", usage(|usages| usages.trainer.to_string())),
        ]
        .map(|(name, value)| (Cow::Borrowed(name), value)),
    );
    let penalties = || facts.selection.clauses.iter().flat_map(|s| s.clause.penalties.iter().map(move |p| (s, p)));
    let flags = [
        ("reconductions", c.renewals.is_some()),
        ("travaux", c.nature == ContractNature::Works),
        ("fournitures", c.nature == ContractNature::Supplies),
        ("services", c.nature == ContractNature::Services),
        ("alloti", c.has_lots()),
        ("accord_cadre", c.form == ContractForm::Framework),
        ("bons_de_commande", c.execution != Execution::Fixed),
        ("marches_subsequents", c.execution == Execution::Subsequent),
        ("plusieurs_titulaires", c.holders > 1),
        ("concession", c.form == ContractForm::Concession),
        ("formalisee", c.procedure == Procedure::Formal),
        ("defense", c.regime == Regime::Defence),
        ("outre_mer", c.overseas),
        ("avec_ccag", c.ccag != Ccag::None),
        ("ccag_travaux", c.ccag == Ccag::Works),
        ("ccag_moe", c.ccag == Ccag::ProjectManagement),
        ("facilitateur", c.facilitator.is_some()),
        ("insertion", facts.selection.clauses.iter().any(|s| s.clause.hours().is_some())),
        ("social", facts.selection.clauses.iter().any(|s| s.clause.kind() == Kind::Social)),
        ("engagement_social", facts.selection.clauses.iter().any(|s| s.clause.is_social_commitment())),
        ("environnement", facts.selection.clauses.iter().any(|s| s.clause.kind() == Kind::Environment)),
        ("liaison", !facts.links.is_empty()),
        ("liaisons_multiples", facts.links.len() > 1),
        ("liaison_calculee", facts.links.iter().any(|l| l.quantity.is_some() && l.ratio.is_some())),
        ("liaisons_differentes", facts.links.windows(2).any(|pair| pair[0].clause.id != pair[1].clause.id)),
        ("formation_liee", facts.links.iter().any(|l| l.assigned.is_some() && l.training.is_positive())),
        ("irreparable", penalties().any(|(_, penalty)| penalty.irreparable)),
        ("recurrente", penalties().any(|(_, penalty)| penalty.recurring)),
        (
            "par_jour",
            penalties().any(|(s, penalty)| s.clause.kind() == Kind::Environment && penalty.unit.starts_with("jour")),
        ),
        ("prix_propre", facts.links.iter().any(|l| l.unit_price.is_some())),
        ("reservation", c.lots.values().any(|l| !l.reserved_to.is_empty())),
        ("criteres", !c.criteria.is_empty()),
        ("critere_insertion", social_criterion),
        ("tableaux_de_calcul", judged(&|criterion| !priced(criterion) && criterion.frame.is_some())),
        ("critere_environnemental", judged(&|criterion| criterion.is_environmental())),
        (
            "plusieurs_criteres_environnementaux",
            criteria().filter(|criterion| criterion.is_environmental()).count() > 1,
        ),
        ("note_prix", judged(&|criterion| criterion.is_price())),
        ("cout_global", judged(&|criterion| criterion.is_cost() && criterion.life_cycle)),
        ("cout_usage", judged(&|criterion| criterion.is_cost() && !criterion.life_cycle)),
        ("prix_unitaires", form == PriceForm::Unit),
        ("prix_mixte", form == PriceForm::Mixed),
        ("prix_tarif", form == PriceForm::Tariff),
        ("prix_redevance", form == PriceForm::Fee),
        ("valeurs_engagees", engaged().next().is_some()),
        ("valeurs_propres", engaged().any(|note| note.raises().is_none())),
        ("niveaux_notes", noted().any(|note| matches!(note.mode, Mode::Levels(_)))),
        ("moyens_notes", noted().any(|note| note.means.is_some())),
        ("volume_estimatif", facts.hours.values().any(|h| h.estimated)),
        ("tous_les_lots_inseres", facts.hours.len() == c.lots.len()),
        ("periodes", volumes.iter().any(|r| r.per_period.len() > 1)),
        ("tranches", c.lots.values().any(|lot| !lot.tranches.is_empty())),
        ("supplements", c.lots.values().any(|lot| !lot.supplements.is_empty())),
        ("environnement_obligatoire", facts.duties.environment),
        ("social_obligatoire", facts.duties.social),
        ("environnement_incertain", facts.duties.renewable),
        ("seuil_inconnu", facts.duties.social_in_law && facts.duties.threshold.is_none()),
        ("social_incertain", facts.social_duty_is_doubtful()),
        ("critere_obligatoire", facts.duties.criterion),
        ("energie_obligatoire", facts.duties.energy),
        ("energie_incertaine", facts.duties.energy_uncertain),
        ("cout_salarial", c.lots.values().any(|l| l.labour.as_ref().is_some_and(|l| l.wage_cost))),
    ];
    names.extend(flags.map(|(name, flag)| (Cow::Borrowed(name), Shown::from(flag))));
    names.extend(Mechanism::all().map(|m| (Cow::Owned(m.word().replace('-', "_")), mechanism(m))));
    names
}
