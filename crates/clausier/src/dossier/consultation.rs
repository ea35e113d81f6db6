//! What the buyer writes: the dossier.
//!
//! Reading a dossier needs neither the clause library nor the law: it checks shapes only (unknown table, wrong type, bad
//! amount). What needs the library or the law is a finding, made later. Places are kept by key path, so that any later
//! remark can point into the file.

mod choices;
mod lot;

use crate::base::quantity::{Date, Duration, Euros, NBSP, Number, Rate};
use crate::base::terms::*;
use crate::file::node::{Field, Node, NodeValue};
pub use crate::file::reading::Raw;
use crate::file::reading::{OwnLines, Problem, Report, Span, forbidden};
use crate::library::marking::Criterion;
pub(crate) use choices::Chosen;
pub use choices::{Choice, CriterionChoice, Given, OwnCriterion, SetAsideChoice, Weights};
pub use lot::{Labour, Lot, Period};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

/// A dossier, read and well formed.
///
/// ```
/// # fn main() -> Result<(), clausier::DossierError> {
/// let dossier = r#"
/// format = 1
/// lancement = 2026-12-07
/// [acheteur]
/// nom = "Ville d'Exemple"
/// categorie = "collectivite"
/// [consultation]
/// objet = "Nettoyage des écoles"
/// contrat = "marche"
/// nature = "services"
/// procedure = "formalisee"
/// ccag = "fcs"
/// duree = "4 ans"
/// valeur_estimee = "900 000 €"
/// [lot.1]
/// intitule = "Nettoyage"
/// famille = "nettoyage-locaux"
/// montant = "900 000 €"
/// "#;
/// let consultation = clausier::Consultation::from_toml(dossier)?;
/// assert_eq!(consultation.lots.len(), 1);
/// # Ok(())
/// # }
/// ```
///
/// What it holds ([`Contents`]) is read-only: it has passed the guards of the reader, and stays so. To change a dossier, edit its
/// text ([`crate::edit`]) or build another ([`Consultation::builder`]).
///
/// ```compile_fail
/// # fn set(mut consultation: clausier::Consultation) {
/// consultation.lots.clear();
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Consultation {
    pub(super) contents: Contents,
    pub(super) places: Places,
    pub(super) unread: Vec<Problem>,
}

impl Deref for Consultation {
    type Target = Contents;

    fn deref(&self) -> &Contents {
        &self.contents
    }
}

/// Two dossiers that say the same, wherever their keys stand.
impl PartialEq for Consultation {
    fn eq(&self, other: &Self) -> bool {
        self.contents == other.contents
    }
}

/// What a dossier says.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Contents {
    /// The day the notice is sent or the consultation engaged: the key of every legal look-up.
    pub launch: Date,
    /// The buyer.
    pub buyer: Buyer,
    /// Reference of the consultation; empty when the dossier gives none.
    pub reference: String,
    /// Object of the contract.
    pub object: String,
    /// Form of the contract.
    pub form: ContractForm,
    /// How it is carried out.
    pub execution: Execution,
    /// Most holders of a framework agreement, for each lot; 1 for any other contract.
    pub holders: u32,
    /// Nature of the purchase.
    pub nature: ContractNature,
    /// Legal regime.
    pub regime: Regime,
    /// Procedure.
    pub procedure: Procedure,
    /// CCAG referred to.
    pub ccag: Ccag,
    /// Firm duration.
    pub duration: Duration,
    /// Renewals: how many, and the duration of each.
    pub renewals: Option<Renewals>,
    /// CPV code; empty when the dossier gives none.
    pub cpv: String,
    /// How the contract is priced; `None` when the dossier does not say it.
    pub price_form: Option<PriceForm>,
    /// The buyer's choice on variants.
    pub variants: Option<Variants>,
    /// Estimated value of the need, all lots, options and renewals (R. 2121-1), in euros HT.
    pub estimated_value: Euros,
    /// Maximum of a framework agreement, in euros HT.
    pub maximum: Option<Euros>,
    /// Word used for the administrative specification.
    pub admin_piece: AdminPiece,
    /// Form imposed on groups of firms.
    pub grouping: Grouping,
    /// Overseas: « dans le respect des dispositions applicables localement ».
    pub overseas: bool,
    /// The overseas territory; `None` elsewhere, or when the dossier does not say which.
    pub territory: Option<Territory>,
    /// Facilitator of the social clauses, if there is one.
    pub facilitator: Option<Facilitator>,
    /// The lots, by number; a contract without lots has lot 1 only.
    pub lots: BTreeMap<u32, Lot>,
    /// The chosen clauses, in the order of the dossier.
    pub choices: Vec<Choice>,
    /// Award criteria, in the order of the dossier.
    pub criteria: Vec<CriterionChoice>,
    /// The social clause lawfully set aside, with its reasons (L. 2112-2-1).
    pub set_aside: Option<SetAsideChoice>,
    /// The findings that the buyer has read and accepts.
    pub acknowledged: Vec<Acknowledged>,
    /// Key paths of the values that come from a usage and that the buyer has not confirmed: the pieces print them in brackets.
    pub to_confirm: BTreeSet<String>,
    /// How each host piece is numbered.
    pub layout: BTreeMap<Piece, Layout>,
}

/// Key of [`Contents::to_confirm`] in a dossier.
pub(crate) const TO_CONFIRM: &str = "a_confirmer";

/// A finding that the buyer has read and accepts, with his reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledged {
    /// Code of the finding.
    pub code: String,
    /// The lot on which it is accepted; `None` on all.
    pub lot: Option<u32>,
    /// Why, in the buyer's words.
    pub reason: String,
}

impl Acknowledged {
    /// Key path in the dossier.
    pub fn path(&self) -> String {
        match self.lot {
            Some(lot) => format!("constats.{}.{lot}", self.code),
            None => format!("constats.{}", self.code),
        }
    }
}

/// The buyer.
#[derive(Debug, Clone, PartialEq)]
pub struct Buyer {
    /// Name, verbatim.
    pub name: String,
    /// Category, which decides the European threshold.
    pub category: BuyerCategory,
}

/// Renewals of a contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Renewals {
    /// How many.
    pub count: u32,
    /// Duration of each.
    pub duration: Duration,
}

/// The facilitator of the social clauses.
#[derive(Debug, Clone, PartialEq)]
pub struct Facilitator {
    /// Structure (« Maison de l'emploi du Val-de-Mouze »).
    pub structure: String,
    /// Service in charge.
    pub service: String,
    /// Telephone.
    pub telephone: String,
    /// E-mail.
    pub email: String,
}

/// How a host piece is numbered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Number of the first article (« 7.3 »).
    pub first: String,
    /// What stands around the number, written on the number 7 (« Article 7 – », « 7. », « 7 - »).
    pub style: String,
    /// Number of the host's last article, which gathers the derogations to the CCAG; empty when the block keeps the list.
    pub derogations: String,
}

impl Default for Layout {
    fn default() -> Self {
        Self { first: "1".to_owned(), style: "Article 7 – ".to_owned(), derogations: String::new() }
    }
}

/// What a dossier chooses while its frame (launch, buyer, contract, a lot) cannot be read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fragments {
    pub(super) choices: Vec<Choice>,
    pub(super) criteria: Vec<CriterionChoice>,
    pub(super) lots: Vec<u32>,
    pub(super) to_confirm: BTreeSet<String>,
    pub(super) places: Places,
}

impl Fragments {
    /// What is chosen.
    pub(crate) fn chosen(&self) -> Chosen<'_> {
        let Self { choices, criteria, to_confirm, .. } = self;
        Chosen { choices, criteria, lots: self.lots.clone(), to_confirm }
    }

    /// As [`Consultation::place`].
    pub(crate) fn place(&self, path: &str) -> Place {
        self.places.nearest(path)
    }
}

/// A place of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// Bytes of the text; an ordinal of the tree when there is no text.
    pub span: Span,
    /// Line, from 1; 0 when there is no text.
    pub line: usize,
    /// Column, from 1, in characters; 0 when there is no text.
    pub column: usize,
}

/// Places of the keys of a dossier.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    top: Vec<Key>,
    lines: Option<OwnLines>,
}

/// A key, what stands under it, in the order of the keys.
#[derive(Debug, Clone)]
struct Key {
    name: Box<str>,
    span: Span,
    under: Vec<Key>,
}

impl Key {
    /// The keys of a table and those of the tables of a list, told by their rank from zero
    /// (« critere.accueil.note.0.titre »). A table stands at its name, a value at itself.
    fn of(node: &Node<'_>) -> Vec<Key> {
        let items = if let NodeValue::List(items) = &node.value { items.as_slice() } else { &[] };
        let items = items.iter().enumerate().filter(|(_, item)| !item.fields().is_empty());
        let items = items.map(|(rank, item)| (rank.to_string().into(), &item.span, item));
        let fields = node.fields().iter().map(|Field { key, key_span, node }| {
            let span = if matches!(node.value, NodeValue::Table(_)) { key_span } else { &node.span };
            (key.as_ref().into(), span, node)
        });
        let key = |(name, span, node): (_, &Span, _)| Key { name, span: span.clone(), under: Self::of(node) };
        let mut keys: Vec<Key> = items.chain(fields).map(key).collect();
        keys.sort_by(|a, b| a.name.cmp(&b.name));
        keys
    }

    /// The last key of a path that is there, and whether the path ends with it.
    fn nearest<'k>(keys: &'k [Key], path: &str) -> Option<(&'k Key, bool)> {
        // A name may have points in it.
        let ends = std::iter::once(path.len()).chain(path.rmatch_indices('.').map(|(at, _)| at));
        let found = |end: usize| keys.binary_search_by(|key| (*key.name).cmp(&path[..end])).ok().map(|at| (end, at));
        let (end, at) = ends.into_iter().find_map(found)?;
        let key = keys.get(at)?;
        match path.get(end + 1..) {
            Some(rest) => Some(Self::nearest(&key.under, rest).unwrap_or((key, false))),
            None => Some((key, true)),
        }
    }
}

impl Places {
    pub(super) fn of(root: &Node<'_>, report: &Report<'_>) -> Self {
        Self { top: Key::of(root), lines: report.own_lines() }
    }

    /// The place of a key path, or of its nearest parent; the start of the file when there is none.
    fn nearest(&self, path: &str) -> Place {
        let span = Key::nearest(&self.top, path).map(|(key, _)| key.span.clone());
        let (line, column) =
            span.as_ref().zip(self.lines.as_ref()).map_or((0, 0), |(span, lines)| lines.of(span.start));
        Place { span: span.unwrap_or(0..0), line, column }
    }

    fn holds(&self, path: &str) -> bool {
        Key::nearest(&self.top, path).is_some_and(|(_, whole)| whole)
    }
}

impl Consultation {
    /// The place of a key path (« lot.1.montant »), or of its nearest parent that the dossier holds; the start of the file
    /// when there is none.
    pub fn place(&self, path: &str) -> Place {
        self.places.nearest(path)
    }

    /// What is chosen, and on which lots.
    pub(crate) fn chosen(&self) -> Chosen<'_> {
        let Contents { choices, criteria, to_confirm, .. } = &self.contents;
        Chosen { choices, criteria, lots: self.lots.keys().copied().collect(), to_confirm }
    }

    /// What could not be read, in a partial reading: empty for a whole dossier.
    pub fn unread(&self) -> &[Problem] {
        &self.unread
    }

    /// The same consultation, launched another day.
    #[must_use]
    pub fn launched(mut self, day: Date) -> Self {
        self.contents.launch = day;
        self
    }

    /// True when the dossier holds this key path.
    pub fn holds(&self, path: &str) -> bool {
        self.places.holds(path)
    }

    /// True when there are several lots.
    pub fn has_lots(&self) -> bool {
        self.lots.len() > 1
    }

    /// The chosen clause of an id.
    pub fn choice(&self, id: &str) -> Option<&Choice> {
        self.choices.iter().find(|c| c.id == id)
    }

    /// Whole duration in months, renewals included.
    pub fn total_months(&self) -> Number {
        let firm = self.duration.months();
        self.renewals
            .as_ref()
            .map_or(firm.clone(), |r| &firm + &(&Number::from_int(r.count.into()) * &r.duration.months()))
    }

    /// The periods over which the hours of a lot are divided: its tranches by their amounts, otherwise the firm duration and
    /// each renewal by their months; empty when there is only one.
    pub fn periods(&self, lot: &Lot) -> Vec<Period> {
        if !lot.tranches.is_empty() {
            return lot.periods();
        }
        let Some(renewals) = &self.renewals else { return Vec::new() };
        let renewed = (0..renewals.count).map(|_| renewals.duration.months());
        let lengths = std::iter::once(self.duration.months()).chain(renewed);
        lengths.zip(1..).map(|(length, n)| Period { name: format!("période{NBSP}{n}"), length }).collect()
    }
}

impl Layout {
    /// Checks a first number given from outside (a command line).
    ///
    /// # Errors
    /// What to write instead, in French.
    pub fn with_first(mut self, first: &str) -> Result<Self, String> {
        check_number(first)?;
        first.clone_into(&mut self.first);
        Ok(self)
    }

    /// Checks a style given from outside (a command line).
    ///
    /// # Errors
    /// What to write instead, in French.
    pub fn with_style(mut self, style: &str) -> Result<Self, String> {
        check_style(style)?;
        style.clone_into(&mut self.style);
        Ok(self)
    }
}

/// One to four groups of one to three digits, with points.
pub(super) fn check_number(text: &str) -> Result<(), String> {
    let groups: Vec<&str> = text.split('.').collect();
    let good = groups.len() <= 4
        && groups.iter().all(|g| !g.is_empty() && g.len() <= 3 && g.bytes().all(|b| b.is_ascii_digit()) && *g != "0");
    if good { Ok(()) } else { Err("écrivez par exemple \"7\" ou \"7.3\"".to_owned()) }
}

/// The digit 7 once, at most thirty characters, and none that a dossier may not hold.
pub(super) fn check_style(text: &str) -> Result<(), String> {
    let good = text.matches('7').count() == 1 && text.chars().count() <= 30 && !text.chars().any(forbidden);
    if good {
        Ok(())
    } else {
        Err("écrivez le style sur le chiffre 7 : \"Article 7 – \", \"7. \" ou \"7 - \"".to_owned())
    }
}
