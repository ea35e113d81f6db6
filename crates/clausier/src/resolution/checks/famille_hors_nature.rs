use super::Notes;
use crate::base::terms::ContractNature;
use crate::resolution::facts::Facts;

check! {
    /// Aucun lot n’est d’une famille de la nature que dit le dossier.
    ///
    /// ## Pourquoi
    /// La nature décide du seuil européen et du CCAG. Si tous les lots sont d’une autre nature, l’une des deux est fausse.
    ///
    /// ## Que faire
    /// Corrigez `nature`, ou la famille des lots (`clausier lister --familles`).
    "famille-hors-nature", Warning, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let legal = facts.library.legal();
    let mut first = None;
    for lot in facts.consultation.lots.values() {
        let Some(family) = legal.family(&lot.family) else { return };
        let natures: Vec<ContractNature> =
            family.cpv.iter().filter_map(|prefix| legal.division(prefix)).map(|division| division.nature).collect();
        // A family that says no code may be of any nature.
        if natures.is_empty() || natures.contains(&facts.consultation.nature) {
            return;
        }
        first = first.or(natures.first().map(|nature| (lot, family, *nature)));
    }
    if let Some((lot, family, nature)) = first {
        notes.add(
            format!("lot.{}.famille", lot.number),
            format!("« {} » désigne des {nature}, et le dossier dit : {}", family.title, facts.consultation.nature),
            "corrigez nature dans [consultation], ou la famille du lot",
        );
    }
}
