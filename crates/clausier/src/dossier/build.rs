//! A dossier made in code, and a dossier written back.

use super::consultation::*;
use super::read::{DossierError, Partial};
use super::tree::{self, Keys};
use crate::base::quantity::{Date, Duration, Euros};
use crate::base::terms::{Ccag, ContractForm, ContractNature, Execution, Procedure, ReservedTo, Vocabulary};
use crate::file::node::{Field, Node, NodeValue};
use crate::file::reading::{Raw, Report};
use crate::file::written;

/// Builds a dossier in code: what it holds goes through the same reader as a file, with the same remarks.
///
/// ```
/// use clausier::{Consultation, consultation::{Buyer, Lot}, quantity::{Date, Duration, Euros}, terms::*};
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let buyer = Buyer { name: "Ville d’Exemple".into(), category: BuyerCategory::from_word("collectivite").unwrap() };
/// let launch = Date::new(2026, 12, 7).unwrap();
/// let consultation = Consultation::builder(launch, buyer)
///     .object("Nettoyage des écoles")
///     .contract(ContractForm::Market, ContractNature::Services, Procedure::Formal, Ccag::Supplies)
///     .duration(Duration::parse("4 ans")?)
///     .estimated_value(Euros::from_int(900_000))
///     .lot(Lot::new(1, "Nettoyage", "nettoyage-locaux", Euros::from_int(900_000)))
///     .choose("heures-insertion", [("taux", "10 %")])
///     .criterion("prix", 100)
///     .build()?;
/// assert_eq!(Consultation::from_toml(&consultation.to_toml())?, consultation);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Builder {
    root: Node<'static>,
}

impl Consultation {
    /// Starts a dossier.
    pub fn builder(launch: Date, buyer: Buyer) -> Builder {
        let mut top = Keys::default();
        top.put("format", 1);
        top.put("lancement", NodeValue::Date(launch));
        top.put("acheteur", tree::buyer(&buyer));
        Builder { root: top.into() }
    }

    /// The dossier as a new file, commented. It reads back to the same consultation; a buyer's own file is changed by
    /// [`crate::edit`] instead, which keeps what he wrote around the values.
    pub fn to_toml(&self) -> String {
        let on_one_line: &[&str] = if tree::has_own(&self.contents) { &[] } else { &["critere"] };
        written::toml(&tree::of(&self.contents), on_one_line, &|path| comment(path).map(str::to_owned))
    }
}

/// What stands before a table of a new dossier.
fn comment(path: &str) -> Option<&'static str> {
    Some(match path {
        "" => "Dossier de consultation. Montants, taux, durées et quantités : un texte avec son unité.",
        "consultation" => "Le marché, tel que l’avis le dit. Valeur estimée : tous lots, options et reconductions, HT.",
        "facilitateur" => "Qui accompagne la clause sociale.",
        "lot" => "Un lot par table ; un marché sans lots n’en a qu’un.",
        "clause" => "Les clauses choisies, et les réponses à leurs questions.",
        "critere" => "Critères d’attribution et leur poids : 100 points par lot.",
        "clause_sociale_ecartee" => "Le motif de la loi, et les raisons, qui restent au dossier.",
        "rendu" => "Numérotation des pièces qui reçoivent le bloc.",
        _ => return None,
    })
}

impl Builder {
    /// Gives a key its value, by its path in a dossier (« consultation.reference »); the last one given stands.
    #[must_use]
    pub fn set(mut self, path: &str, value: impl Into<Raw>) -> Self {
        self.put(path, (&value.into()).into());
        self
    }

    /// The object of the contract.
    #[must_use]
    pub fn object(self, object: impl Into<String>) -> Self {
        self.set("consultation.objet", Raw::Text(object.into()))
    }

    /// The reference of the consultation.
    #[must_use]
    pub fn reference(self, reference: impl Into<String>) -> Self {
        self.set("consultation.reference", Raw::Text(reference.into()))
    }

    /// Form of the contract, nature of the purchase, procedure and CCAG.
    #[must_use]
    pub fn contract(self, form: ContractForm, nature: ContractNature, procedure: Procedure, ccag: Ccag) -> Self {
        self.set("consultation.contrat", form.word())
            .set("consultation.nature", nature.word())
            .set("consultation.procedure", procedure.word())
            .set("consultation.ccag", ccag.word())
    }

    /// How the contract is carried out; a framework agreement must say it.
    #[must_use]
    pub fn execution(self, execution: Execution) -> Self {
        self.set("consultation.execution", execution.word())
    }

    /// Firm duration.
    #[must_use]
    pub fn duration(mut self, duration: Duration) -> Self {
        self.put("consultation.duree", tree::duration(&duration));
        self
    }

    /// Estimated value of the whole need, in euros HT.
    #[must_use]
    pub fn estimated_value(mut self, value: Euros) -> Self {
        self.put("consultation.valeur_estimee", tree::euros(&value));
        self
    }

    /// Adds a lot, in place of the one of the same number.
    #[must_use]
    pub fn lot(mut self, lot: Lot) -> Self {
        self.put(&format!("lot.{}", lot.number), tree::lot(&lot));
        self
    }

    /// Chooses a clause for all the lots, with its parameters.
    #[must_use]
    pub fn choose<K: Into<String>, V: Into<Raw>>(
        mut self,
        id: &str,
        parameters: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let mut keys = Keys::default();
        for (name, value) in parameters {
            keys.put(name, &value.into());
        }
        self.put(&format!("clause.{id}"), keys.into());
        self
    }

    /// Restricts a chosen clause to some lots.
    #[must_use]
    pub fn on_lots(mut self, id: &str, lots: &[u32]) -> Self {
        self.put(&format!("clause.{id}.lots"), tree::numbers(lots));
        self
    }

    /// Adds an award criterion, with its weight in points for every lot.
    #[must_use]
    pub fn criterion(mut self, id: &str, weight: i64) -> Self {
        self.put(&format!("critere.{id}"), weight.into());
        self
    }

    /// Gives an award criterion the values that it asks for, beside its weight in points.
    #[must_use]
    pub fn criterion_with<K: Into<String>, V: Into<Raw>>(
        mut self,
        id: &str,
        weight: i64,
        parameters: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let mut keys = Keys::default();
        keys.put("poids", weight);
        for (name, value) in parameters {
            keys.put(name, &value.into());
        }
        self.put(&format!("critere.{id}"), keys.into());
        self
    }

    /// Adds an award criterion that the dossier describes itself, with its weight in points for every lot (`15`, or `"12,5"`).
    #[must_use]
    pub fn own_criterion(mut self, id: &str, weight: impl Into<Raw>, own: &OwnCriterion) -> Self {
        let mut keys = Keys::default();
        keys.put("poids", &weight.into());
        tree::described(own, &mut keys);
        let notes = own.criterion.notes.iter().map(|note| tree::note(note).into());
        keys.put("note", NodeValue::List(notes.collect()));
        tree::framed(own, &mut keys);
        self.put(&format!("critere.{id}"), keys.into());
        self
    }

    /// The dossier.
    ///
    /// # Errors
    /// [`DossierError`] with every problem of shape at once, each with its key path.
    pub fn build(self) -> Result<Consultation, DossierError> {
        super::read::whole(self.partial())
    }

    /// What there is of the dossier, as [`Consultation::partial`].
    pub fn partial(self) -> Partial {
        let mut root = self.root;
        root.number();
        Consultation::partial_node(&root, Report::without_text())
    }

    /// Puts a value at a path, making the tables on the way.
    fn put(&mut self, path: &str, value: Node<'static>) {
        let mut node = &mut self.root;
        for step in path.split('.') {
            if !matches!(node.value, NodeValue::Table(_)) {
                node.value = NodeValue::Table(Vec::new());
            }
            let NodeValue::Table(fields) = &mut node.value else { return };
            let at = fields.iter().position(|field| field.key == step).unwrap_or_else(|| {
                let empty = NodeValue::Table(Vec::new()).into();
                fields.push(Field { key: step.to_owned().into(), key_span: 0..0, node: empty });
                fields.len() - 1
            });
            node = &mut fields[at].node;
        }
        *node = value;
    }
}

impl Lot {
    /// A lot with its title, its purchase family (slug of the library) and its estimated amount in euros HT.
    pub fn new(number: u32, title: impl Into<String>, family: impl Into<String>, amount: Euros) -> Self {
        Self {
            number,
            title: title.into(),
            family: family.into(),
            amount,
            maximum: None,
            tranches: Default::default(),
            supplements: Vec::new(),
            duration: None,
            cpv: String::new(),
            labour: None,
            reserved_to: Vec::new(),
        }
    }

    /// The same lot, with the factors of the insertion hours.
    #[must_use]
    pub fn with_labour(mut self, labour: Labour) -> Self {
        self.labour = Some(labour);
        self
    }

    /// The same lot, reserved.
    #[must_use]
    pub fn reserved(mut self, to: ReservedTo) -> Self {
        self.reserved_to.push(to);
        self
    }
}
