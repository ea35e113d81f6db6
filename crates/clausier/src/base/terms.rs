//! Closed vocabulary of the domain.
//!
//! Terms of art keep their French names in the texts; the bridge between the French word a file carries and the Rust
//! variant stands here and nowhere else: [`Vocabulary::WORDS`].

mod vocabulary;

pub(crate) use vocabulary::vocabulary;
pub use vocabulary::{UnknownWord, Vocabulary};

vocabulary! {
    /// A contract piece: where a text goes.
    Piece, "la pièce" {
        /// Règlement de la consultation: announces; not contractual.
        Rc = "rc",
        /// Avis d'appel public à la concurrence: the two considerations, stated separately, and the reservations.
        Avis = "avis",
        /// Cahier des clauses administratives particulières (or CCP): obliges.
        Ccap = "ccap",
        /// Acte d'engagement: commits the tenderer to the figures.
        Ae = "ae",
        /// Cahier des clauses techniques particulières.
        Cctp = "cctp",
        /// Annex of the RC: where the tenderer prices his offer (DPGF, DQE, tariffs, costs).
        PriceFrame = "cadre-prix",
        /// Annex of the RC: where the tenderer answers what the criteria note.
        ResponseFrame = "cadre-reponse",
        /// Annex of the CCAP: the tables that the holder keeps while the contract runs.
        FollowUpFrame = "cadre-suivi",
        /// Fiche d'exécution: one page for the foreman and the insertion structure, drawn from the CCAP.
        Sheet = "fiche",
        /// Internal note for the file and the facilitator: computation and calibration.
        Note = "note",
    }
}

impl Piece {
    /// The usual abbreviation, as a text cites it (« RC », « AE »). The CCAP may be called CCP by the dossier.
    pub fn label(self) -> &'static str {
        match self {
            Self::Rc => "RC",
            Self::Avis => "avis",
            Self::Ccap => "CCAP",
            Self::Ae => "AE",
            Self::Cctp => "CCTP",
            Self::PriceFrame => "cadre de prix",
            Self::ResponseFrame => "cadre de réponse",
            Self::FollowUpFrame => "cadre de suivi",
            Self::Sheet => "fiche d’exécution",
            Self::Note => "note",
        }
    }

    /// A frame that the tenderer, then the holder, fills with his figures: it is also written as a spreadsheet.
    pub fn is_frame(self) -> bool {
        matches!(self, Self::PriceFrame | Self::ResponseFrame | Self::FollowUpFrame)
    }

    /// The name in full, abbreviation included, as a title or a foot of page gives it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rc => "règlement de la consultation (RC)",
            Self::Avis => "avis d’appel à la concurrence",
            Self::Ccap => "cahier des clauses administratives particulières (CCAP)",
            Self::Ae => "acte d’engagement (AE)",
            Self::Cctp => "cahier des clauses techniques particulières (CCTP)",
            Self::PriceFrame => "cadre de prix",
            Self::ResponseFrame => "cadre de réponse",
            Self::FollowUpFrame => "cadre de suivi",
            Self::Sheet => "fiche d’exécution",
            Self::Note => "note de calcul",
        }
    }
}

vocabulary! {
    /// The nature of a clause; also the folder in which its file stands.
    Kind, "la nature de clause" {
        /// Insertion and employment.
        Social = "social",
        /// Environment.
        Environment = "environnement",
        /// Ties one social and one environmental clause: the same work carries out both.
        Liaison = "liaison",
        /// Award criterion.
        Criterion = "critere",
    }
}

vocabulary! {
    /// Review status of a clause text.
    Status, "le statut" {
        /// Being written: never proposed.
        Draft = "brouillon",
        /// Read by a second person.
        Reviewed = "relu",
        /// Kept for old dossiers, no longer proposed.
        Retired = "retire",
    }
}

vocabulary! {
    /// Level of ambition of a clause.
    Level, "le niveau" {
        /// What any serious contractor of the trade can do.
        Base = "base",
        /// Beyond usual practice.
        Reinforced = "renforce",
        /// The best practice known.
        Exemplary = "exemplaire",
    }
}

vocabulary! {
    /// Form of the contract.
    ContractForm, "la forme du contrat" {
        /// Ordinary contract.
        Market = "marche",
        /// Framework agreement.
        Framework = "accord-cadre",
        /// Concession: its own regime in Part III of the code.
        Concession = "concession",
    }
}

vocabulary! {
    /// How a framework agreement or contract is carried out.
    Execution, "l’exécution" {
        /// Fixed price, the volume is known.
        Fixed = "forfait",
        /// Purchase orders: volumes follow what is ordered.
        Orders = "bons-de-commande",
        /// Subsequent contracts.
        Subsequent = "marches-subsequents",
    }
}

vocabulary! {
    /// Nature of the purchase.
    ContractNature, "la nature" {
        /// Works.
        Works = "travaux",
        /// Supplies.
        Supplies = "fournitures",
        /// Services.
        Services = "services",
    }
}

vocabulary! {
    /// Procedure.
    Procedure, "la procédure" {
        /// Formalised procedure.
        Formal = "formalisee",
        /// Procédure adaptée (MAPA).
        Adapted = "adaptee",
        /// Without publicity nor competition (R. 2122-1 and following).
        Direct = "sans-publicite",
    }
}

vocabulary! {
    /// Legal regime of the contract.
    Regime, "le régime" {
        /// Ordinary contracts.
        Ordinary = "ordinaire",
        /// Defence or security contracts: environment and social conditions stay optional.
        Defence = "defense-securite",
        /// Social and other specific services.
        SocialServices = "services-sociaux",
    }
}

vocabulary! {
    /// Overseas territory where the contract is carried out.
    Territory, "le territoire" {
        /// Guadeloupe.
        Guadeloupe = "guadeloupe",
        /// French Guiana.
        Guiana = "guyane",
        /// Martinique.
        Martinique = "martinique",
        /// Réunion.
        Reunion = "la-reunion",
        /// Mayotte.
        Mayotte = "mayotte",
        /// Saint Martin.
        SaintMartin = "saint-martin",
        /// Saint Barthélemy.
        SaintBarthelemy = "saint-barthelemy",
        /// Saint Pierre and Miquelon.
        SaintPierre = "saint-pierre-et-miquelon",
        /// Wallis and Futuna.
        Wallis = "wallis-et-futuna",
        /// French Polynesia.
        Polynesia = "polynesie-francaise",
        /// New Caledonia.
        NewCaledonia = "nouvelle-caledonie",
    }
}

vocabulary! {
    /// The six CCAG of 2021, or none.
    Ccag, "le CCAG" {
        /// CCAG-Travaux.
        Works = "travaux",
        /// CCAG-FCS.
        Supplies = "fcs",
        /// CCAG-PI.
        Intellectual = "pi",
        /// CCAG-TIC.
        Ict = "tic",
        /// CCAG-MI.
        Industrial = "mi",
        /// CCAG-MOE.
        ProjectManagement = "moe",
        /// The contract refers to no CCAG: the clause carries itself what the CCAG would have said.
        None = "aucun",
    }
}

impl Territory {
    /// The name printed in texts.
    pub fn label(self) -> &'static str {
        match self {
            Self::Guadeloupe => "Guadeloupe",
            Self::Guiana => "Guyane",
            Self::Martinique => "Martinique",
            Self::Reunion => "La Réunion",
            Self::Mayotte => "Mayotte",
            Self::SaintMartin => "Saint-Martin",
            Self::SaintBarthelemy => "Saint-Barthélemy",
            Self::SaintPierre => "Saint-Pierre-et-Miquelon",
            Self::Wallis => "Wallis-et-Futuna",
            Self::Polynesia => "Polynésie française",
            Self::NewCaledonia => "Nouvelle-Calédonie",
        }
    }
}

impl Ccag {
    /// The name printed in texts (« CCAG-Travaux »), or `None` without a CCAG.
    pub fn label(self) -> Option<&'static str> {
        Some(match self {
            Self::Works => "CCAG-Travaux",
            Self::Supplies => "CCAG-FCS",
            Self::Intellectual => "CCAG-PI",
            Self::Ict => "CCAG-TIC",
            Self::Industrial => "CCAG-MI",
            Self::ProjectManagement => "CCAG-MOE",
            Self::None => return None,
        })
    }
}

vocabulary! {
    /// Category of the buyer: it decides the European threshold (annexe 2 of the code de la commande publique).
    BuyerCategory, "la catégorie d’acheteur" {
        /// The State (central authority).
        State = "etat",
        /// National public establishment other than industrial and commercial (central authority).
        StateBody = "etablissement-public-etat",
        /// Local authority.
        LocalAuthority = "collectivite",
        /// Local public establishment (among them public housing offices).
        LocalBody = "etablissement-public-local",
        /// Public health establishment: not a central authority.
        Hospital = "etablissement-sante",
        /// Any other contracting authority.
        OtherAuthority = "autre-pouvoir-adjudicateur",
        /// Contracting entity (network operator).
        Entity = "entite-adjudicatrice",
    }
}

vocabulary! {
    /// Word that the texts use for the administrative specification.
    AdminPiece, "la pièce administrative" {
        /// Cahier des clauses administratives particulières.
        Ccap = "ccap",
        /// Cahier des clauses particulières (administrative and technical in one).
        Ccp = "ccp",
    }
}

impl AdminPiece {
    /// The abbreviation printed in texts.
    pub fn label(self) -> &'static str {
        match self {
            Self::Ccap => "CCAP",
            Self::Ccp => "CCP",
        }
    }

    /// The name in full, abbreviation included.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ccap => Piece::Ccap.name(),
            Self::Ccp => "cahier des clauses particulières (CCP)",
        }
    }
}

vocabulary! {
    /// The buyer's choice on variants, always printed (L. 2151-2 since 28 May 2026).
    Variants, "le régime des variantes" {
        /// Forbidden.
        Forbidden = "interdites",
        /// Allowed.
        Allowed = "autorisees",
        /// Required.
        Required = "exigees",
    }
}

vocabulary! {
    /// Economic operators to which a lot may be reserved.
    ReservedTo, "le bénéficiaire de la réservation" {
        /// Structures d'insertion par l'activité économique (L. 2113-13).
        Insertion = "iae",
        /// Entreprises adaptées and ESAT (L. 2113-12).
        Disability = "handicap",
        /// Operators producing in prison (L. 2113-13-1).
        Prison = "penitentiaire",
        /// Social-economy enterprises, for listed social services only (L. 2113-15).
        SocialEconomy = "ess",
    }
}

vocabulary! {
    /// Form imposed on a group of firms after award.
    Grouping, "la forme du groupement" {
        /// No form imposed.
        Free = "libre",
        /// Joint, each member for its own part, the mandataire answering for all.
        JointWithLeader = "conjoint-mandataire-solidaire",
        /// Joint.
        Joint = "conjoint",
        /// Jointly and severally liable.
        Several = "solidaire",
    }
}

vocabulary! {
    /// The reason for which the social clause is lawfully set aside (L. 2112-2-1 II: a closed list).
    SetAside, "le motif" {
        /// 1° The need is met by an immediately available solution.
        ImmediateSolution = "solution-immediatement-disponible",
        /// 2° No sufficient link with the object is possible.
        NoLink = "lien-insuffisant",
        /// 3° It would restrict competition or make performance technically or economically difficult.
        Competition = "concurrence-ou-execution-difficile",
        /// 4° Works contract shorter than six months.
        ShortWorks = "travaux-moins-de-six-mois",
    }
}

vocabulary! {
    /// Severity of a finding.
    Severity, "la gravité" {
        /// The pièce is refused.
        Blocking = "bloquant",
        /// Lawful perhaps, fragile surely.
        Warning = "attention",
        /// Good practice.
        Advice = "conseil",
    }
}

vocabulary! {
    /// How a liaison ties the two performances (rules in the clause guide).
    Mechanism, "le mécanisme" {
        /// Part of the hours carries out the environmental task: the hour counts once, the result once.
        LinkedHours = "heures-liees",
        /// A shortfall on one side may be made up by the other, within a published ceiling.
        Convertible = "convertible",
        /// One meeting, one report, two indicators.
        JointFollowUp = "suivi-joint",
        /// Training to the linked task, within the employment contract.
        SharedTraining = "formation-partagee",
        /// Criterion or bonus for going beyond the minimum.
        Incentive = "incitatif",
        /// A reserved environmental lot that the others feed.
        CoupledReservedLot = "lot-reserve-couple",
        /// The whole lot is reserved: the share of its hours that the persons concerned make, beside its result.
        ReservedService = "service-reserve",
        /// Joint yearly targets, published before.
        ProgressPlan = "plan-de-progres",
        /// A diagnosis triggers the sizing.
        Sequence = "sequence",
    }
}

vocabulary! {
    /// Who usually knows the answer to a question.
    Answerer, "qui répond" {
        /// The buyer.
        Buyer = "acheteur",
        /// The facilitator of the social clauses.
        Facilitator = "facilitateur",
        /// The technical service that will follow the contract.
        Technical = "technique",
        /// The jurist.
        Jurist = "juriste",
    }
}

vocabulary! {
    /// How sure a stored fact is.
    Certainty, "la certitude" {
        /// Primary text read in two independent copies.
        TwoPrimary = "texte-deux-copies",
        /// Primary text read in one copy.
        OnePrimary = "texte-une-copie",
        /// Two independent secondary sources at least.
        Secondary = "sources-concordantes",
        /// Not confirmed: neither cited in a pièce nor used by a blocking check.
        ToVerify = "a-verifier",
    }
}

vocabulary! {
    /// Certainty of a practical ratio.
    Confidence, "la certitude" {
        /// Derived from two sources or more.
        Good = "bonne",
        /// One source.
        Fair = "moyenne",
        /// Practice memory: the buyer must set it.
        Weak = "faible",
    }
}

vocabulary! {
    /// What a criterion judges.
    CriterionNature, "la nature du critère" {
        /// The price alone.
        Price = "prix",
        /// A cost: global, or over the life cycle.
        Cost = "cout",
        /// The technical value, the delay, the service.
        Technical = "technique",
        /// The environmental characteristics of the offer.
        Environmental = "environnemental",
        /// The insertion action.
        Social = "social",
    }
}

vocabulary! {
    /// Which way a value is better.
    Sense, "le sens" {
        /// More is better.
        AtLeast = "au-moins",
        /// Less is better.
        AtMost = "au-plus",
    }
}

vocabulary! {
    /// How the contract is priced: which amount the price criterion reads.
    PriceForm, "la forme de prix" {
        /// One amount for the whole, broken down.
        LumpSum = "forfait",
        /// Unit prices, compared on a quantified estimate.
        Unit = "unitaires",
        /// A lump sum and unit prices.
        Mixed = "mixte",
        /// Tariffs that users pay (concession).
        Tariff = "tarif",
        /// A fee paid to the buyer (concession): the highest is the best.
        Fee = "redevance",
    }
}
