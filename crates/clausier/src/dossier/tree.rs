//! A consultation back into the tree of its keys: what a file in TOML or in JSON says.
//!
//! Only what a dossier must say, or says otherwise than the usual value, has a key.

use super::consultation::*;
use crate::base::quantity::{Duration, Euros, FINE, NBSP, Number, Rate};
use crate::base::reckoning::Reckoning;
use crate::base::terms::*;
use crate::file::node::{Field, Node, NodeValue};
use crate::file::reading::Raw;
use crate::library::frame::{Frame, Lines, POSTS};
use crate::library::marking::{Bound, Criterion, Mode, Note, Share, UnitPenalty};
use std::collections::BTreeMap;

/// The keys of a table, in order.
#[derive(Default)]
pub(crate) struct Keys(Vec<Field<'static>>);

impl Keys {
    pub(crate) fn put(&mut self, key: impl Into<String>, value: impl Into<Node<'static>>) {
        self.0.push(Field { key: key.into().into(), key_span: 0..0, node: value.into() });
    }

    fn put_if<T: Into<Node<'static>>>(&mut self, key: &str, value: Option<T>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }

    /// A text that may be left out.
    fn put_text(&mut self, key: &str, text: &str) {
        self.put_if(key, (!text.is_empty()).then(|| text.to_owned()));
    }

    /// A word with a usual value.
    fn put_unless<V: Vocabulary>(&mut self, key: &str, word: V, usual: V) {
        self.put_if(key, (word != usual).then(|| word.word().to_owned()));
    }
}

impl From<Keys> for Node<'static> {
    fn from(keys: Keys) -> Self {
        NodeValue::Table(keys.0).into()
    }
}

impl From<&Given> for Node<'static> {
    fn from(given: &Given) -> Self {
        match given {
            Given::Same(raw) => raw.into(),
            Given::PerLot(map) => by_number(map, |raw| raw.into()),
        }
    }
}

fn by_number<T>(map: &BTreeMap<u32, T>, node: impl Fn(&T) -> Node<'static>) -> Node<'static> {
    let mut keys = Keys::default();
    map.iter().for_each(|(number, value)| keys.put(number.to_string(), node(value)));
    keys.into()
}

pub(super) fn numbers(numbers: &[u32]) -> Node<'static> {
    NodeValue::List(numbers.iter().map(|n| i64::from(*n).into()).collect()).into()
}

/// A figure as a dossier writes it, all its decimals kept.
fn figure(number: &Number) -> String {
    number.french(18).replace([FINE, NBSP], " ")
}

pub(super) fn euros(amount: &Euros) -> Node<'static> {
    format!("{} €", figure(&amount.0)).into()
}

fn rate(rate: &Rate) -> Node<'static> {
    format!("{} %", figure(&rate.percent())).into()
}

pub(super) fn duration(duration: &Duration) -> Node<'static> {
    duration.to_string().replace([FINE, NBSP], " ").into()
}

/// The tree of a consultation.
pub(super) fn of(contents: &Contents) -> Node<'static> {
    let mut top = Keys::default();
    top.put("format", 1);
    top.put("lancement", NodeValue::Date(contents.launch));
    if !contents.to_confirm.is_empty() {
        let paths = contents.to_confirm.iter().map(|path| path.clone().into());
        top.put(TO_CONFIRM, NodeValue::List(paths.collect()));
    }
    top.put("acheteur", buyer(&contents.buyer));
    top.put("consultation", contract(contents));
    if let Some(facilitator) = &contents.facilitator {
        let mut keys = Keys::default();
        keys.put("structure", facilitator.structure.clone());
        keys.put_text("service", &facilitator.service);
        keys.put_text("telephone", &facilitator.telephone);
        keys.put_text("courriel", &facilitator.email);
        top.put("facilitateur", keys);
    }
    top.put("lot", by_number(&contents.lots, lot));
    let mut clauses = Keys::default();
    for choice in &contents.choices {
        clauses.put(choice.id.clone(), chosen(choice));
    }
    if !contents.choices.is_empty() {
        top.put("clause", clauses);
    }
    // Described by the dossier, a criterion has a table of its own; the others then have one too, so that all keep their order.
    let tables = has_own(contents);
    let mut criteria = Keys::default();
    for choice in &contents.criteria {
        criteria.put(choice.id.clone(), criterion(choice, tables));
    }
    if !contents.criteria.is_empty() {
        top.put("critere", criteria);
    }
    if let Some(choice) = &contents.set_aside {
        let mut keys = Keys::default();
        keys.put_text("motif", &choice.word);
        keys.put_text("raisons", &choice.grounds);
        keys.put_if("lots", choice.lots.as_deref().map(numbers));
        top.put("clause_sociale_ecartee", keys);
    }
    if !contents.acknowledged.is_empty() {
        let mut keys = Keys::default();
        for accepted in &contents.acknowledged {
            // « code », or « code.2 » on a lot: one key either way.
            keys.put_text(accepted.path().trim_start_matches("constats."), &accepted.reason);
        }
        top.put("constats", keys);
    }
    let mut layouts = Keys::default();
    for (piece, layout) in &contents.layout {
        let usual = Layout::default();
        let mut keys = Keys::default();
        keys.put_if("premier_numero", (layout.first != usual.first).then(|| layout.first.clone()));
        keys.put_if("style", (layout.style != usual.style).then(|| layout.style.clone()));
        keys.put_text("article_derogations", &layout.derogations);
        layouts.put(piece.word(), keys);
    }
    if !contents.layout.is_empty() {
        top.put("rendu", layouts);
    }
    top.into()
}

pub(super) fn buyer(buyer: &Buyer) -> Keys {
    let mut keys = Keys::default();
    keys.put("nom", buyer.name.clone());
    keys.put("categorie", buyer.category.word().to_owned());
    keys
}

fn contract(contents: &Contents) -> Keys {
    let mut keys = Keys::default();
    keys.put_text("reference", &contents.reference);
    keys.put("objet", contents.object.clone());
    keys.put("contrat", contents.form.word().to_owned());
    let framework = contents.form == ContractForm::Framework;
    keys.put_if(
        "execution",
        (framework || contents.execution != Execution::Fixed).then(|| contents.execution.word().to_owned()),
    );
    keys.put_if("attributaires", (contents.holders > 1).then(|| i64::from(contents.holders)));
    keys.put("nature", contents.nature.word().to_owned());
    keys.put_unless("regime", contents.regime, Regime::Ordinary);
    keys.put("procedure", contents.procedure.word().to_owned());
    keys.put("ccag", contents.ccag.word().to_owned());
    keys.put("duree", duration(&contents.duration));
    if let Some(renewals) = &contents.renewals {
        keys.put("reconductions", i64::from(renewals.count));
        keys.put_if(
            "duree_reconduction",
            (renewals.duration != contents.duration).then(|| duration(&renewals.duration)),
        );
    }
    keys.put_text("cpv", &contents.cpv);
    keys.put_if("forme_prix", contents.price_form.map(|form| form.word().to_owned()));
    keys.put_if("variantes", contents.variants.map(|variants| variants.word().to_owned()));
    keys.put("valeur_estimee", euros(&contents.estimated_value));
    keys.put_if("montant_maximum", contents.maximum.as_ref().map(euros));
    keys.put_unless("piece_administrative", contents.admin_piece, AdminPiece::Ccap);
    keys.put_unless("groupement", contents.grouping, Grouping::Free);
    let unnamed = contents.overseas && contents.territory.is_none();
    keys.put_if("outre_mer", unnamed.then_some(NodeValue::Boolean(true)));
    keys.put_if("territoire", contents.territory.map(|territory| territory.word().to_owned()));
    keys
}

pub(super) fn lot(lot: &Lot) -> Node<'static> {
    let mut keys = Keys::default();
    keys.put("intitule", lot.title.clone());
    keys.put("famille", lot.family.clone());
    keys.put("montant", euros(&lot.amount));
    keys.put_if("montant_maximum", lot.maximum.as_ref().map(euros));
    keys.put_if("duree", lot.duration.as_ref().map(duration));
    keys.put_text("cpv", &lot.cpv);
    if let Some(labour) = &lot.labour {
        let mut factors = Keys::default();
        factors.put("main_oeuvre", rate(&labour.share));
        factors.put(if labour.wage_cost { "cout_salarial" } else { "prix_horaire" }, euros(&labour.price));
        keys.put("calcul", factors);
    }
    if !lot.tranches.is_empty() {
        keys.put("tranches", by_number(&lot.tranches, euros));
    }
    if !lot.supplements.is_empty() {
        keys.put("prestations_supplementaires", &Raw::List(lot.supplements.clone()));
    }
    if !lot.reserved_to.is_empty() {
        let words = lot.reserved_to.iter().map(|reserved| reserved.word().to_owned().into());
        keys.put("reserve", NodeValue::List(words.collect()));
    }
    keys.into()
}

pub(super) fn chosen(choice: &Choice) -> Keys {
    let mut keys = Keys::default();
    keys.put_if("lots", choice.lots.as_deref().map(numbers));
    if !choice.pair.is_empty() {
        keys.put("lie", &Raw::List(choice.pair.clone()));
    }
    choice.parameters.iter().for_each(|(name, given)| keys.put(name.clone(), given));
    keys
}

/// True when the dossier describes a criterion itself.
pub(super) fn has_own(contents: &Contents) -> bool {
    contents.criteria.iter().any(|choice| choice.own.is_some())
}

fn criterion(choice: &CriterionChoice, table: bool) -> Node<'static> {
    let mut keys = Keys::default();
    match &choice.weights {
        Weights::Same(weight) if !table && choice.method.is_empty() && choice.parameters.is_empty() => {
            return (&points(weight)).into();
        }
        Weights::Same(weight) => keys.put("poids", &points(weight)),
        Weights::PerLot(map) => map.iter().for_each(|(lot, weight)| keys.put(lot.to_string(), &points(weight))),
    }
    if let Some(own) = &choice.own {
        described(own, &mut keys);
    }
    keys.put_text("methode", &choice.method);
    choice.parameters.iter().for_each(|(name, given)| keys.put(name.clone(), given));
    if let Some(own) = &choice.own
        && !own.criterion.notes.is_empty()
    {
        keys.put("note", NodeValue::List(own.criterion.notes.iter().map(|one| note(one).into()).collect()));
    }
    if let Some(own) = &choice.own {
        framed(own, &mut keys);
    }
    keys.into()
}

/// A weight, as a dossier writes it: a whole number, or a text with its decimals.
pub(crate) fn points(weight: &Number) -> Raw {
    match weight.to_i64().filter(|_| weight.is_whole()) {
        Some(whole) => Raw::Integer(whole),
        None => Raw::Text(figure(weight)),
    }
}

/// What a criterion of the dossier's own says, but its notes.
pub(super) fn described(own: &OwnCriterion, keys: &mut Keys) {
    let Criterion { nature, life_cycle, elements, object, .. } = &own.criterion;
    keys.put("titre", own.title.clone());
    keys.put("nature", nature.word().to_owned());
    keys.put_if("cycle_de_vie", life_cycle.then_some(NodeValue::Boolean(true)));
    keys.put_text("lien_avec_l_objet", object);
    keys.put_if("elements", (!elements.is_empty()).then(|| Node::from(&Raw::List(elements.clone()))));
}

pub(super) fn note(note: &Note) -> Keys {
    let mut keys = Keys::default();
    keys.put("nom", note.name.clone());
    keys.put("titre", note.title.clone());
    match &note.share {
        Share::Part(part) => keys.put("part", &points(&part.percent())),
        Share::Points(own) => keys.put("points", &points(own)),
    }
    match &note.mode {
        Mode::Relative { read } => {
            keys.put("mode", "prix".to_owned());
            let mut forms = Keys::default();
            read.iter().for_each(|(form, text)| forms.put(form.map_or("tout", |form| form.word()), text.clone()));
            keys.put("lu", forms);
        }
        Mode::Scale(scale) => {
            keys.put("mode", "echelle".to_owned());
            keys.put("unite", scale.unit.clone());
            keys.put("sens", scale.sense.word().to_owned());
            keys.put("zero_a", bound(&scale.none_at));
            keys.put("tout_a", bound(&scale.all_at));
            keys.put_if("gisement", scale.stock.as_ref().map(bound));
            keys.put_if("preuve_de_l_offre", scale.offer_proof.clone());
            keys.put_if("negatif", scale.negative.then_some(NodeValue::Boolean(true)));
            keys.put_if("engage", (!scale.engaged).then_some(NodeValue::Boolean(false)));
            keys.put_if("penalite", scale.penalty.as_ref().map(penalty));
            keys.put_if("preuve", scale.proof.clone());
        }
        Mode::Levels(levels) => {
            keys.put("mode", "niveaux".to_owned());
            let mut words = Keys::default();
            levels.iter().for_each(|(points, text)| words.put(points.to_string(), text.clone()));
            keys.put("niveaux", words);
            keys.put_if("penalite", note.means.as_ref().map(penalty));
        }
    }
    keys
}

fn penalty(penalty: &UnitPenalty) -> Node<'static> {
    match penalty {
        UnitPenalty::Amount(amount) => euros(amount),
        UnitPenalty::Parameter(name) => name.clone().into(),
    }
}

/// The table to fill of a criterion of the dossier's own.
pub(super) fn framed(own: &OwnCriterion, keys: &mut Keys) {
    keys.put_if("cadre", own.criterion.frame.as_ref().map(frame));
}

fn frame(frame: &Frame) -> Keys {
    let mut keys = Keys::default();
    let texts = |texts: &[String]| Node::from(&Raw::List(texts.to_vec()));
    let column = |rank: usize| frame.columns[rank].clone();
    keys.put("colonnes", texts(&frame.columns));
    match &frame.lines {
        Lines::Blank => {}
        Lines::Written(lines) => keys.put("lignes", texts(lines)),
        Lines::Posts => keys.put("lignes", POSTS.to_owned()),
        Lines::Listed { clause, name } => {
            let holder = clause.as_ref().map(|clause| format!("{clause}.")).unwrap_or_default();
            keys.put("lignes", format!("{holder}{name}"));
        }
    }
    if !frame.given.is_empty() {
        keys.put("acheteur", texts(&frame.given.iter().map(|rank| column(*rank)).collect::<Vec<_>>()));
    }
    let reckoned = |found: Vec<(String, Reckoning)>| {
        let mut out = Keys::default();
        for (name, how) in found {
            let mut words = Keys::default();
            words.put(how.word(), column(how.of()));
            words.put_if("par", how.by().map(column));
            out.put(name, words);
        }
        out
    };
    if !frame.by_line.is_empty() {
        keys.put("ligne", reckoned(frame.by_line.iter().map(|(rank, how)| (column(*rank), *how)).collect()));
    }
    if !frame.results.is_empty() {
        keys.put("calcul", reckoned(frame.results.clone()));
    }
    keys
}

/// One end of a scale, as a dossier writes it.
fn bound(bound: &Bound) -> Node<'static> {
    match bound {
        Bound::Fixed(value) => figure(value).into(),
        Bound::Parameter { clause, name, part } => {
            let part = part.as_ref().map(|part| format!("{} % de ", figure(&part.percent()))).unwrap_or_default();
            let clause = clause.as_ref().map(|clause| format!("{clause}.")).unwrap_or_default();
            format!("{part}{clause}{name}").into()
        }
    }
}
