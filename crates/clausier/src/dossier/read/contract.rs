//! Reads the buyer, the facilitator and the contract.

use super::*;

pub(super) fn read_buyer(table: &Table<'_, '_>) -> Option<Buyer> {
    let name = required_text(table, "nom", "\"Ville d’Exemple\"");
    let category = table.required_word("categorie");
    table.finish();
    Some(Buyer { name, category: category? })
}

pub(super) fn read_facilitator(table: &Table<'_, '_>) -> Facilitator {
    let facilitator = Facilitator {
        structure: required_text(table, "structure", "\"Maison de l’emploi d’Exemple\""),
        service: table.optional("service"),
        telephone: table.optional("telephone"),
        email: table.optional("courriel"),
    };
    if facilitator.telephone.is_empty() && facilitator.email.is_empty() {
        table.report.add(
            table.span.clone(),
            "le facilitateur n’a ni téléphone ni courriel",
            "ajoutez telephone = \"…\" ou courriel = \"…\" : ses coordonnées doivent figurer au marché",
        );
    }
    table.finish();
    facilitator
}

pub(super) fn read_contract(table: &Table<'_, '_>, known: &mut Known) -> Option<Contents> {
    let reference = table.optional("reference");
    let object = required_text(table, "objet", "\"Réhabilitation du groupe scolaire\"");
    let form: Option<ContractForm> = table.required_word("contrat");
    // A framework agreement read as a firm volume would promise hours that nobody has ordered.
    if form == Some(ContractForm::Framework) && !table.has("execution") {
        table.missing("execution", "\"bons-de-commande\"");
    }
    let execution = word_or(table, "execution", Execution::Fixed);
    let holders = read_holders(table, form);
    if execution.is_some_and(|execution| execution != Execution::Fixed) {
        framework_only(table, "execution", form);
    }
    framework_only(table, "montant_maximum", form);
    let nature = table.required_word("nature");
    let regime = word_or(table, "regime", Regime::Ordinary);
    let procedure = table.required_word("procedure");
    (known.form, known.nature, known.regime, known.procedure) = (form, nature, regime, procedure);
    let ccag = table.required_word("ccag");
    if !table.has("duree") {
        table.missing("duree", "\"16 mois\"");
    }
    let duration = read_duration(table, "duree");
    // A count that cannot be read is not taken for none: the contract is then unread too.
    let count = if table.has("reconductions") { table.integer("reconductions", 0..=20) } else { Some(0) };
    let count = count.and_then(|count| u32::try_from(count).ok());
    let each = read_duration(table, "duree_reconduction");
    if table.has("duree_reconduction") && !table.has("reconductions") {
        let message = "« consultation.duree_reconduction » n’a pas d’effet sans reconductions";
        let help = "ajoutez reconductions = 1, ou retirez duree_reconduction";
        table.report.add(table.span_of("duree_reconduction"), message, help);
    }
    let renewals = match (count, duration.clone()) {
        (Some(count @ 1..), Some(duration)) => Some(Renewals { count, duration: each.unwrap_or(duration) }),
        _ => None,
    };
    let cpv = read_cpv(table);
    let price_form = table.word("forme_prix");
    let variants = table.word("variantes");
    let estimated_value = required_measure(table, "valeur_estimee", "\"6 200 000 €\"", Euros::parse);
    let maximum = table.measure("montant_maximum", Euros::parse);
    known.estimated_value.clone_from(&estimated_value);
    let admin_piece = word_or(table, "piece_administrative", AdminPiece::Ccap);
    let grouping = word_or(table, "groupement", Grouping::Free);
    let overseas = if table.has("outre_mer") { table.boolean("outre_mer") } else { Some(false) };
    let territory = table.word("territoire");
    table.finish();
    Some(Contents {
        launch: Date::new(2019, 4, 1)?,
        buyer: Buyer { name: String::new(), category: BuyerCategory::OtherAuthority },
        reference,
        object,
        form: form?,
        execution: execution?,
        holders: holders?,
        nature: nature?,
        regime: regime?,
        procedure: procedure?,
        ccag: ccag?,
        duration: duration?,
        renewals: count.map(|_| renewals)?,
        cpv,
        price_form,
        variants,
        estimated_value: estimated_value?,
        maximum,
        admin_piece: admin_piece?,
        grouping: grouping?,
        overseas: overseas? || territory.is_some(),
        territory,
        facilitator: None,
        lots: BTreeMap::new(),
        choices: Vec::new(),
        criteria: Vec::new(),
        set_aside: None,
        acknowledged: Vec::new(),
        to_confirm: BTreeSet::new(),
        layout: BTreeMap::new(),
    })
}

/// Tells a key that only a framework agreement has.
pub(super) fn framework_only(table: &Table<'_, '_>, key: &'static str, form: Option<ContractForm>) {
    if table.has(key) && form.is_some_and(|form| form != ContractForm::Framework) {
        let message =
            format!("« {} » : seul un accord-cadre s’exécute au fil des commandes et a un maximum", table.at(key));
        let help = format!("écrivez contrat = \"accord-cadre\" avec son exécution, ou retirez {key}");
        table.report.add(table.span_of(key), message, help);
    }
}

/// Most holders of a framework agreement; any other contract has one.
fn read_holders(table: &Table<'_, '_>, form: Option<ContractForm>) -> Option<u32> {
    if !table.has("attributaires") {
        return Some(1);
    }
    let holders = table.integer("attributaires", 1..=100)?;
    if holders > 1 && form.is_some_and(|form| form != ContractForm::Framework) {
        let message = "plusieurs attributaires : seul un accord-cadre peut en avoir";
        let help = "écrivez contrat = \"accord-cadre\" avec son exécution, ou retirez attributaires";
        table.report.add(table.span_of("attributaires"), message, help);
    }
    u32::try_from(holders).ok()
}

/// A duration in which something can be carried out.
pub(super) fn read_duration(table: &Table<'_, '_>, key: &'static str) -> Option<Duration> {
    let duration = table.measure(key, Duration::parse);
    let wrong = match duration.as_ref().map(Duration::months) {
        Some(months) if months.is_zero() => "une durée nulle ne permet aucune exécution",
        Some(months) if months > Number::from_int(LONGEST) => {
            "plus de cent ans : le chiffre ou son unité est une erreur"
        }
        _ => return duration,
    };
    let message = format!("« {} » : {wrong}", table.at(key));
    table.report.add(table.span_of(key), message, "donnez la durée, par exemple \"16 mois\"");
    duration
}

/// A hundred years, in months: beyond, a figure or its unit is a slip.
const LONGEST: i64 = 1_200;

/// Eight digits, with or without the check digit, which is verified and dropped.
pub(super) fn read_cpv(table: &Table<'_, '_>) -> String {
    let Some(text) = table.text("cpv") else { return String::new() };
    let (code, key) = text.split_once('-').map_or((text.trim(), None), |(code, key)| (code.trim(), Some(key.trim())));
    let wrong = |message: String, help: String| table.report.add(table.span_of("cpv"), message, help);
    let digits = code.bytes().all(|b| b.is_ascii_digit());
    if code.len() != 8 || !digits {
        let several = text.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() == 8).count() > 1;
        let help = if several {
            "un seul code par champ : le code principal ici, celui d’un lot dans [lot.N]"
        } else {
            "un code CPV a huit chiffres, par exemple \"45214210\""
        };
        wrong(format!("« {text} » n’est pas un code CPV"), help.to_owned());
    } else if let Some(key) = key.filter(|key| *key != check_digit(code)) {
        wrong(
            format!("la clé de « {code} » n’est pas « {key} » : un chiffre est faux"),
            format!("vérifiez le code ; si ses huit chiffres sont justes, la clé est {}", check_digit(code)),
        );
    }
    code.to_owned()
}

/// The check digit of the vocabulary: digits weighted 3, 7, 1, 3, 7, 1, 3, 7, modulo ten.
fn check_digit(code: &str) -> String {
    let weighted = code.bytes().zip([3, 7, 1].into_iter().cycle()).map(|(b, weight)| u32::from(b - b'0') * weight);
    (weighted.sum::<u32>() % 10).to_string()
}
