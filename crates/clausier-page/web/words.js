// The words of the page: how it names the keys of a dossier and their values. A word of the library that is not named here is
// shown as it is; a test holds that none is forgotten.

/**
 * A field of the dossier.
 * @typedef {{ path: string, label: string, type: "texte" | "choix" | "date" | "oui-non" | "entier", words?: string,
 *   help?: string, optional?: boolean, term?: string, unit?: string, when?: (get: (path: string) => any) => boolean }} Field
 */

/** @type {Field[]} */
export const ESSENTIAL = [
  { path: "consultation.objet", label: "Objet de la consultation", type: "texte", help: "Tel que les pièces l’écriront. Exemple : nettoyage des écoles et de la mairie." },
  { path: "lancement", label: "Envoi de l’avis, ou engagement de la consultation", type: "date", help: "Ce jour fixe le droit applicable." },
  { path: "acheteur.nom", label: "Qui achète", type: "texte", help: "Le nom de l’acheteur, tel que les pièces l’écriront." },
  { path: "acheteur.categorie", label: "Catégorie d’acheteur", type: "choix", words: "categorie" },
  { path: "consultation.nature", label: "Nature de l’achat", type: "choix", words: "nature" },
  { path: "consultation.valeur_estimee", label: "Valeur estimée du besoin entier, hors taxes", type: "texte", unit: "€", help: "Tous les lots, options et reconductions. Exemple : 600 000 €.", term: "valeur estimée" },
  { path: "consultation.contrat", label: "Forme du contrat", type: "choix", words: "contrat", term: "accord-cadre" },
  { path: "consultation.execution", label: "Comment il s’exécute", type: "choix", words: "execution", term: "bons de commande", when: (get) => get("consultation.contrat") === "accord-cadre" || get("consultation.execution") !== undefined },
  { path: "consultation.montant_maximum", label: "Maximum de l’accord-cadre, hors taxes", type: "texte", unit: "€", optional: true, help: "En valeur, reconductions comprises.", when: (get) => get("consultation.contrat") === "accord-cadre" || get("consultation.montant_maximum") !== undefined },
  { path: "consultation.duree", label: "Durée ferme", type: "texte", help: "Exemple : 12 mois, 4 ans." },
  { path: "consultation.procedure", label: "Procédure", type: "choix", words: "procedure", term: "procédure adaptée" },
  { path: "consultation.ccag", label: "CCAG auquel le contrat se réfère", type: "choix", words: "ccag", term: "CCAG" },
];

/** @type {Field[]} */
export const FURTHER = [
  { path: "consultation.reference", label: "Référence", type: "texte", optional: true },
  { path: "consultation.reconductions", label: "Nombre de reconductions", type: "entier", optional: true },
  { path: "consultation.duree_reconduction", label: "Durée de chaque reconduction", type: "texte", optional: true, help: "La durée ferme, si rien n’est dit." },
  { path: "consultation.cpv", label: "Code CPV", type: "texte", optional: true, help: "Huit chiffres.", term: "CPV" },
  { path: "consultation.variantes", label: "Variantes", type: "choix", words: "variantes", optional: true },
  { path: "consultation.piece_administrative", label: "Pièce administrative", type: "choix", words: "piece_administrative", optional: true },
  { path: "consultation.groupement", label: "Forme imposée au groupement attributaire", type: "choix", words: "groupement", optional: true },
  { path: "consultation.regime", label: "Régime du contrat", type: "choix", words: "regime", optional: true },
  { path: "consultation.outre_mer", label: "Exécuté outre-mer", type: "oui-non", optional: true },
];

/** @type {Field[]} */
export const FACILITATOR = [
  { path: "facilitateur.structure", label: "Organisme", type: "texte", help: "Exemple : Maison de l’emploi." },
  { path: "facilitateur.service", label: "Service", type: "texte", optional: true },
  { path: "facilitateur.telephone", label: "Téléphone", type: "texte", optional: true, help: "Téléphone ou courriel : l’un des deux au moins." },
  { path: "facilitateur.courriel", label: "Courriel", type: "texte", optional: true },
];

/** Fields of a lot, under « lot.N. ». @type {Field[]} */
export const LOT = [
  { path: "intitule", label: "Intitulé du lot", type: "texte" },
  { path: "montant", label: "Montant estimé, hors taxes", type: "texte", unit: "€", help: "Reconductions comprises. Exemple : 350 000 €." },
  { path: "montant_maximum", label: "Maximum du lot, hors taxes", type: "texte", unit: "€", optional: true, when: (get) => get("consultation.contrat") === "accord-cadre" },
  { path: "calcul.main_oeuvre", label: "Part de main-d’œuvre dans le montant", type: "texte", unit: "%", optional: true, help: "Exemple : 50 %." },
  { path: "calcul.prix_horaire", label: "Prix de vente d’une heure de travail, hors taxes", type: "texte", unit: "€/h", optional: true, help: "Non le coût salarial. Exemple : 36 €/h.", term: "prix horaire" },
  { path: "duree", label: "Durée du lot, si elle diffère", type: "texte", optional: true },
  { path: "cpv", label: "Code CPV du lot", type: "texte", optional: true, term: "CPV" },
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
    fiche: "Fiche d’exécution, pour le chef d’équipe",
    note: "Note de calcul, interne",
  },
  gravite: { bloquant: "Bloquant", attention: "À voir", conseil: "Conseil" },
  etat: { du: "dû", "non-du": "non dû", inconnu: "on ne peut pas encore le savoir" },
  certitude: { bonne: "deux sources ou plus", moyenne: "une source", faible: "ordre de grandeur, à vérifier" },
  niveau: { base: "à la portée de tout titulaire sérieux", renforce: "au-delà de l’usage", exemplaire: "le meilleur connu" },
  qui: { acheteur: "l’acheteur", facilitateur: "le facilitateur", technique: "le service technique", juriste: "le juriste" },
  format: { docx: "Word (.docx)", odt: "LibreOffice (.odt)", html: "page HTML", md: "texte Markdown" },
};

/** The unit that a bare number takes, by type of value, where the clause names none. @type {Record<string, string>} */
export const UNITS = { montant: "€", taux: "%", heures: "h" };

/** Terms of art, each in one sentence or two. @type {Record<string, string>} */
export const GLOSSARY = {
  "accord-cadre": "Contrat qui fixe les règles de commandes à venir, sans en fixer d’avance le volume. Il a toujours un maximum.",
  "bons de commande": "Les commandes passées au fil des besoins ; les heures d’insertion suivent ce qui est commandé.",
  "valeur estimée": "Le besoin entier, hors taxes : tous les lots de l’opération, options et reconductions comprises. Elle décide de la procédure et des seuils.",
  "procédure adaptée": "Procédure dont l’acheteur fixe les modalités, sous les seuils européens (MAPA).",
  CCAG: "Cahier des clauses administratives générales : les règles types auxquelles le contrat se réfère, et dont on peut déroger en le disant.",
  CCAP: "Cahier des clauses administratives particulières : ce qui oblige le titulaire et que l’on sanctionne.",
  CCTP: "Cahier des clauses techniques particulières.",
  RC: "Règlement de la consultation : il annonce aux candidats les conditions et les critères. Il n’est pas contractuel.",
  CPV: "Le vocabulaire européen des achats : huit chiffres qui disent ce que l’on achète.",
  "prix horaire": "Le prix de vente d’une heure de travail : salaire, charges, encadrement, frais et marge. Le coût salarial, plus bas, donnerait trop d’heures.",
  liaison: "Clause qui fait exécuter l’engagement environnemental par les heures d’insertion : la même tâche sert aux deux, chacune reste due et comptée une fois.",
  gisement: "La quantité qui pourrait être remise au réemploi, d’après le diagnostic.",
  ratio: "Les heures de travail que demande une unité de la mesure : par exemple 25 heures par tonne déposée.",
  SIAE: "Structure d’insertion par l’activité économique : entreprise d’insertion, association intermédiaire, atelier ou chantier d’insertion, travail temporaire d’insertion.",
  facilitateur: "La personne qui accompagne l’acheteur et les entreprises dans les clauses sociales : elle calibre les heures et valide les parcours.",
  "condition d’exécution": "Obligation du contrat, la même pour toutes les offres : elle ne se note pas, elle se tient.",
  "critère d’attribution": "Ce sur quoi les offres sont comparées et notées.",
  "lot réservé": "Lot auquel seules des structures d’insertion ou de handicap peuvent répondre.",
  DPGF: "Décomposition du prix global et forfaitaire.",
  DQE: "Détail quantitatif estimatif : des quantités supposées, pour comparer les prix unitaires.",
};
