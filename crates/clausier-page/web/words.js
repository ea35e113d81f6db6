// The words of the page: how it names the keys of a dossier and their values. A word of the library that is not named here is
// shown as it is; a test holds that none is forgotten.

/**
 * A field of the dossier.
 * @typedef {{ path: string, label: string, type: "texte" | "choix" | "date" | "oui-non" | "entier" | "liste", words?: string,
 *   help?: string, optional?: boolean, term?: string, unit?: string, when?: (get: (path: string) => any) => boolean }} Field
 */

/** @type {Field} */
export const OBJECT = { path: "consultation.objet", label: "Objet de la consultation", type: "texte", help: "Tel que les pièces l’écriront. Exemple : nettoyage des écoles et de la mairie." };

/** @type {Field} */
export const VALUE = { path: "consultation.valeur_estimee", label: "Valeur estimée du besoin entier, hors taxes", type: "texte", unit: "€", help: "Tous les lots, options et reconductions. Exemple : 600 000 €.", term: "valeur estimée" };

/** @type {Field[]} */
export const ESSENTIAL = [
  { path: "lancement", label: "Envoi de l’avis, ou engagement de la consultation", type: "date", help: "Ce jour fixe le droit applicable." },
  { path: "acheteur.nom", label: "Qui achète", type: "texte", help: "Le nom de l’acheteur, tel que les pièces l’écriront." },
  { path: "acheteur.categorie", label: "Catégorie d’acheteur", type: "choix", words: "categorie" },
  { path: "consultation.nature", label: "Nature de l’achat", type: "choix", words: "nature" },
  { path: "consultation.contrat", label: "Forme du contrat", type: "choix", words: "contrat", term: "accord-cadre" },
  { path: "consultation.execution", label: "Comment il s’exécute", type: "choix", words: "execution", term: "bons de commande", when: (get) => get("consultation.contrat") === "accord-cadre" || get("consultation.execution") !== undefined },
  { path: "consultation.montant_maximum", label: "Maximum de l’accord-cadre, hors taxes", type: "texte", unit: "€", help: "En valeur, reconductions comprises ; ou le maximum de chaque lot.", when: (get) => get("consultation.contrat") === "accord-cadre" || get("consultation.montant_maximum") !== undefined },
  { path: "consultation.attributaires", label: "Nombre de titulaires, au plus", type: "entier", optional: true, help: "Pour chaque lot ; un seul, si rien n’est dit.", when: (get) => get("consultation.contrat") === "accord-cadre" || get("consultation.attributaires") !== undefined },
  { path: "consultation.duree", label: "Durée ferme", type: "texte", unit: "mois", help: "Exemple : 12 mois, 4 ans." },
  { path: "consultation.procedure", label: "Procédure", type: "choix", words: "procedure", term: "procédure adaptée" },
  { path: "consultation.ccag", label: "CCAG auquel le contrat se réfère", type: "choix", words: "ccag", term: "CCAG" },
  { path: "consultation.variantes", label: "Variantes", type: "choix", words: "variantes", optional: true, term: "variante" },
];

/** @type {Field[]} */
export const FURTHER = [
  { path: "consultation.reference", label: "Référence", type: "texte", optional: true },
  { path: "consultation.reconductions", label: "Nombre de reconductions", type: "entier", optional: true },
  { path: "consultation.duree_reconduction", label: "Durée de chaque reconduction", type: "texte", unit: "mois", optional: true, help: "La durée ferme, si rien n’est dit." },
  { path: "consultation.cpv", label: "Code CPV", type: "texte", optional: true, help: "Huit chiffres.", term: "CPV" },
  { path: "consultation.forme_prix", label: "Forme du prix", type: "choix", words: "forme_prix", optional: true },
  { path: "consultation.piece_administrative", label: "Pièce administrative", type: "choix", words: "piece_administrative", optional: true, term: "CCAP" },
  { path: "consultation.groupement", label: "Forme imposée au groupement attributaire", type: "choix", words: "groupement", optional: true },
  { path: "consultation.regime", label: "Régime du contrat", type: "choix", words: "regime", optional: true },
  { path: "consultation.outre_mer", label: "Exécuté outre-mer", type: "oui-non", optional: true },
  { path: "consultation.territoire", label: "Territoire d’outre-mer", type: "choix", words: "territoire", optional: true, when: (get) => get("consultation.outre_mer") === true || get("consultation.territoire") !== undefined },
];

/** The social clause set aside, with its lawful reason. @type {Field[]} */
export const SET_ASIDE = [
  { path: "clause_sociale_ecartee.motif", label: "Motif de la loi", type: "choix", words: "motif" },
  { path: "clause_sociale_ecartee.raisons", label: "Vos raisons", type: "texte", help: "Les faits qui établissent ce motif, pour ce contrat. Ils restent dans la note interne." },
];

/** @type {Field[]} */
export const FACILITATOR = [
  { path: "facilitateur.structure", label: "Organisme", type: "texte", help: "Exemple : Maison de l’emploi." },
  { path: "facilitateur.service", label: "Service", type: "texte", optional: true },
  { path: "facilitateur.telephone", label: "Téléphone", type: "texte", optional: true, help: "Téléphone ou courriel : l’un des deux au moins." },
  { path: "facilitateur.courriel", label: "Courriel", type: "texte", optional: true },
];

/** Fields of a lot, under « lot.N. », and those that can wait. @type {Field[]} */
export const LOT = [
  { path: "intitule", label: "Intitulé du lot", type: "texte" },
  { path: "montant", label: "Montant estimé, hors taxes", type: "texte", unit: "€", help: "Reconductions comprises. Exemple : 350 000 €." },
  { path: "montant_maximum", label: "Maximum du lot, hors taxes", type: "texte", unit: "€", optional: true, when: (get) => get("consultation.contrat") === "accord-cadre" },
];

/** @type {Field[]} */
export const LOT_FURTHER = [
  { path: "calcul.main_oeuvre", label: "Part de main-d’œuvre dans le montant", type: "texte", unit: "%", optional: true, help: "Exemple : 50 %." },
  { path: "calcul.prix_horaire", label: "Prix de vente d’une heure de travail, hors taxes", type: "texte", unit: "€/h", optional: true, help: "Non le coût salarial. Exemple : 36 €/h.", term: "prix horaire" },
  { path: "duree", label: "Durée du lot, si elle diffère", type: "texte", unit: "mois", optional: true },
  { path: "cpv", label: "Code CPV du lot", type: "texte", optional: true, term: "CPV" },
  { path: "prestations_supplementaires", label: "Prestations supplémentaires demandées à tous", type: "liste", optional: true, help: "Une par ligne. Tous les candidats les chiffrent, et elles comptent au prix noté." },
];

/** How the words of the closed lists are shown. @type {Record<string, Record<string, string>>} */
export const LABELS = {
  categorie: {
    etat: "État",
    "etablissement-public-etat": "Établissement public de l’État, ni industriel ni commercial",
    collectivite: "Collectivité territoriale ou groupement",
    "etablissement-public-local": "Établissement public local (dont office public de l’habitat)",
    "etablissement-sante": "Établissement public de santé",
    "autre-pouvoir-adjudicateur": "Autre pouvoir adjudicateur",
    "entite-adjudicatrice": "Entité adjudicatrice (réseaux)",
  },
  contrat: { marche: "Marché", "accord-cadre": "Accord-cadre", concession: "Concession" },
  execution: {
    forfait: "Prix forfaitaire : le volume est connu",
    "bons-de-commande": "Bons de commande",
    "marches-subsequents": "Marchés subséquents",
  },
  nature: { travaux: "Travaux", fournitures: "Fournitures", services: "Services" },
  procedure: {
    formalisee: "Procédure formalisée",
    adaptee: "Procédure adaptée (MAPA)",
    "sans-publicite": "Sans publicité ni mise en concurrence",
  },
  regime: {
    ordinaire: "Ordinaire",
    "defense-securite": "Défense ou sécurité",
    "services-sociaux": "Services sociaux et autres services spécifiques",
  },
  ccag: {
    travaux: "CCAG-Travaux",
    fcs: "CCAG-FCS (fournitures courantes et services)",
    pi: "CCAG-PI (prestations intellectuelles)",
    tic: "CCAG-TIC (informatique)",
    mi: "CCAG-MI (marchés industriels)",
    moe: "CCAG-MOE (maîtrise d’œuvre)",
    aucun: "Aucun CCAG",
  },
  variantes: { interdites: "Interdites", autorisees: "Autorisées", exigees: "Exigées" },
  piece_administrative: { ccap: "CCAP", ccp: "CCP (administratif et technique en une pièce)" },
  groupement: {
    libre: "Aucune forme imposée",
    "conjoint-mandataire-solidaire": "Conjoint, mandataire solidaire",
    conjoint: "Conjoint",
    solidaire: "Solidaire",
  },
  territoire: {
    guadeloupe: "Guadeloupe",
    guyane: "Guyane",
    martinique: "Martinique",
    "la-reunion": "La Réunion",
    mayotte: "Mayotte",
    "saint-martin": "Saint-Martin",
    "saint-barthelemy": "Saint-Barthélemy",
    "saint-pierre-et-miquelon": "Saint-Pierre-et-Miquelon",
    "wallis-et-futuna": "Wallis-et-Futuna",
    "polynesie-francaise": "Polynésie française",
    "nouvelle-caledonie": "Nouvelle-Calédonie",
  },
  reserve: {
    iae: "Structures d’insertion par l’activité économique",
    handicap: "Entreprises adaptées et ESAT",
    penitentiaire: "Opérateurs employant des personnes détenues",
    ess: "Entreprises de l’économie sociale et solidaire",
  },
  piece: {
    rc: "Règlement de la consultation (RC)",
    avis: "Avis",
    ccap: "CCAP",
    ae: "Acte d’engagement (AE)",
    cctp: "CCTP",
    "cadre-prix": "Cadre de prix, que le candidat chiffre",
    "cadre-reponse": "Cadre de réponse, que le candidat remplit",
    "cadre-suivi": "Cadre de suivi, que le titulaire tient",
    fiche: "Fiche d’exécution, pour le chef d’équipe",
    note: "Note de calcul, interne",
  },
  motif: {
    "solution-immediatement-disponible": "Une solution immédiatement disponible répond au besoin",
    "lien-insuffisant": "Aucun lien suffisant avec l’objet n’est possible",
    "concurrence-ou-execution-difficile": "La concurrence serait restreinte, ou l’exécution difficile",
    "travaux-moins-de-six-mois": "Marché de travaux de moins de six mois",
  },
  forme_prix: {
    forfait: "Prix forfaitaire, décomposé",
    unitaires: "Prix unitaires, comparés sur un détail estimatif",
    mixte: "Forfait et prix unitaires",
    tarif: "Tarifs payés par les usagers (concession)",
    redevance: "Redevance versée à l’acheteur (concession)",
  },
  nature_critere: { prix: "Prix", cout: "Coût", technique: "Valeur technique", environnemental: "Environnement", social: "Insertion" },
  gravite: { bloquant: "Bloquant", attention: "À voir", conseil: "Conseil" },
  etat: { du: "dû", "non-du": "non dû", inconnu: "on ne peut pas encore le savoir" },
  certitude: { bonne: "deux sources ou plus", moyenne: "une source", faible: "ordre de grandeur, à vérifier" },
  niveau: { base: "à la portée de tout titulaire sérieux", renforce: "au-delà de l’usage", exemplaire: "le meilleur connu" },
  qui: { acheteur: "l’acheteur", facilitateur: "le facilitateur", technique: "le service technique", juriste: "le juriste" },
  format: { docx: "Word (.docx)", odt: "LibreOffice (.odt)", html: "page HTML", md: "texte Markdown" },
};

/** The unit that a bare number takes, by type of value, where the clause names none. @type {Record<string, string>} */
export const UNITS = { montant: "€", taux: "%", heures: "h", duree: "mois" };

/** Terms of art, each in one sentence or two. @type {Record<string, string>} */
export const GLOSSARY = {
  "accord-cadre": "Un contrat qui fixe les règles des commandes à venir. On sait ce que l’on achètera, pas encore combien ; il a un maximum.",
  "bons de commande": "Des commandes passées au fil des besoins. Les heures d’insertion suivent ce qui est commandé.",
  CCAG: "Cahier des clauses administratives générales : les règles types que le contrat reprend. On peut s’en écarter, à condition de le dire.",
  CCAP: "Cahier des clauses administratives particulières : les obligations du titulaire et leurs sanctions.",
  CCTP: "Cahier des clauses techniques particulières : ce qui est à faire, et comment.",
  "condition d’exécution": "Une obligation du contrat, la même pour tous les candidats. Elle ne se note pas : elle se tient.",
  CPV: "Le vocabulaire européen des achats : huit chiffres qui disent ce que l’on achète.",
  "critère d’attribution": "Ce sur quoi les offres sont comparées et notées.",
  DPGF: "Décomposition du prix global et forfaitaire : le détail d’un prix fixé d’avance.",
  DQE: "Détail quantitatif estimatif : des quantités supposées, qui permettent de comparer des prix unitaires.",
  facilitateur: "La personne qui accompagne l’acheteur et les entreprises pour les clauses sociales. Elle calcule les heures et vérifie les parcours.",
  gisement: "La quantité qui pourrait être réemployée, d’après le diagnostic.",
  liaison: "Une clause qui fait exécuter l’engagement environnemental par les heures d’insertion : une même tâche sert aux deux. Chacun des deux reste dû.",
  "lot réservé": "Un lot auquel seules des structures d’insertion ou de handicap peuvent répondre.",
  "prix horaire": "Ce qu’une heure de travail est vendue : salaire, charges, encadrement, frais et marge. Le seul coût du salarié, plus bas, donnerait trop d’heures.",
  "procédure adaptée": "Une procédure dont l’acheteur fixe les règles, sous les seuils européens (MAPA).",
  ratio: "Les heures de travail que demande une unité de la mesure : par exemple 25 heures par tonne déposée.",
  RC: "Règlement de la consultation : il annonce aux candidats les conditions et les critères.",
  SIAE: "Structure d’insertion par l’activité économique : entreprise d’insertion, association intermédiaire, atelier ou chantier d’insertion, travail temporaire d’insertion.",
  "valeur estimée": "Le besoin entier, hors taxes : tous les lots, options et reconductions comprises. La procédure et les seuils en dépendent.",
  variante: "Une offre qui s’écarte de ce que le cahier des charges demande. Dites si vous en admettez : un silence se lit.",
};
