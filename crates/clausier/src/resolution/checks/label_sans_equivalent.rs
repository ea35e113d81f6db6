check! {
    /// Un label ou une norme est exigé sans « ou équivalent ».
    ///
    /// ## Pourquoi
    /// Un label ne s’exige que si ses caractéristiques sont liées à l’objet et énoncées, et tout label équivalent est
    /// accepté, comme toute autre preuve quand le label ne pouvait être obtenu à temps.
    ///
    /// ## Que faire
    /// Écrivez les caractéristiques attendues, puis « attestées par le label X ou équivalent ».
    "label-sans-equivalent", Warning, since "0.1.0", texts ["ccp-r2111-7", "ccp-r2111-9", "ccp-r2111-15", "ccp-r2111-16"], Words,
}
