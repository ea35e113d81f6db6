use crate::resolution::select::FaultKind::OwnCriterion;

check! {
    /// Un critère décrit dans le dossier porte un nom déjà pris, ou lit dans une clause une valeur qu’elle n’a pas.
    ///
    /// ## Pourquoi
    /// Un nom qui désigne deux critères ne dit plus lequel est publié. Une note qui commence au minimum d’une clause suppose
    /// que cette clause est au contrat, et que son minimum se compte dans la même unité : sinon rien ne se note.
    ///
    /// ## Que faire
    /// Donnez au critère un nom à lui ; écrivez la valeur dans la note (`zero_a = "48"`), ou nommez une clause du même lot et
    /// l’un de ses paramètres (`zero_a = "bat-reemploi-taux.masse"`).
    "critere-propre", Blocking, since "0.1.0", texts ["ccp-r2152-11"], Fault(OwnCriterion),
}
