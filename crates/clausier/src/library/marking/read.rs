//! Reads what a criterion notes, and how: `[critere]` of a clause file, `[critere.ID]` of a dossier.

use super::{ALL_AT, ANY_WEIGHT, Bound, Criterion, Mode, NONE_AT, Note, STOCK, Scale, Share, UnitPenalty, rises};
use crate::base::quantity::{Euros, Number, Rate};
use crate::base::terms::{CriterionNature, PriceForm, Sense, Vocabulary};
use crate::file::node::NodeValue;
use crate::file::reading::{self, Raw, Table};
use crate::library::frame;

/// Who writes a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Author<'w> {
    /// A clause file: values and penalties are parameters, which the dossier gives.
    Library,
    /// A dossier: values and penalties stand in the notes themselves. With the weight of the criterion, when all the lots share it.
    Dossier(Option<&'w Number>),
}

/// Reads what a criterion says of itself: `[critere]` of a clause file, `[critere.ID]` of a dossier, which has besides the keys
/// of any chosen criterion and finishes the table.
pub(crate) fn read(table: &Table<'_, '_>, author: Author<'_>) -> Option<Criterion> {
    let library = author == Author::Library;
    let nature = table.required_word::<CriterionNature>("nature");
    let weight = if library { advised(table) } else { ANY_WEIGHT };
    let life_cycle = table.has("cycle_de_vie") && table.boolean("cycle_de_vie")?;
    if life_cycle && nature.is_some_and(|nature| nature != CriterionNature::Cost) {
        let message = "seul un coût se calcule sur le cycle de vie";
        table.report.add(table.span_of("cycle_de_vie"), message, "retirez la clé, ou prenez la nature « cout »");
    }
    let own_method = !library && !table.optional("methode").is_empty();
    if library && table.has("methode") {
        table.text("methode");
        let message = "la méthode ne s’écrit pas : sa phrase se compose d’après les notes";
        table.report.add(table.span_of("methode"), message, "remplacez-la par [[critere.note]]");
    }
    if own_method && table.has("note") {
        let help = "retirez methode : la phrase publiée se compose d’après les notes";
        table.report.add(table.span_of("methode"), "des notes et une methode sont toutes deux données", help);
    }
    let notes = if own_method && !table.has("note") { Vec::new() } else { notes(table, nature, author) };
    let frame = table.table("cadre").map(|inner| {
        let values = notes.iter().filter(|note| !matches!(note.mode, Mode::Levels(_)));
        let values: Vec<&str> = values.map(|note| &*note.name).collect();
        frame::of_criterion(&inner, nature, &values, !library)
    });
    let criterion = Criterion {
        nature: nature?,
        life_cycle,
        weight,
        notes,
        frame,
        elements: table.texts("elements"),
        // What notes the same thing twice in a dossier is its buyer’s doing, and a check tells it.
        excludes: if library { table.texts("exclut") } else { Vec::new() },
        object: table.optional("lien_avec_l_objet"),
    };
    if library {
        table.finish();
    } else if criterion.is_social() && criterion.object.is_empty() {
        table.missing("lien_avec_l_objet", "\"Les heures se font sur les prestations du marché.\"");
    }
    Some(criterion)
}

/// The weight that a clause file advises.
fn advised(table: &Table<'_, '_>) -> (i64, i64) {
    let Some(inner) = table.table("poids") else { return ANY_WEIGHT };
    let end = |key, usual| inner.integer(key, 1..=100).unwrap_or(usual);
    let range = (end("bas", ANY_WEIGHT.0), end("haut", ANY_WEIGHT.1));
    inner.finish();
    range
}

/// Reads the notes of a criterion (`[[critere.note]]`).
fn notes(table: &Table<'_, '_>, nature: Option<CriterionNature>, author: Author<'_>) -> Vec<Note> {
    let tables = table.tables("note");
    if tables.is_empty() && !table.has("note") {
        let help = format!("ajoutez [[{}]] : nom, titre, part, mode", table.at("note"));
        table.report.add(table.span.clone(), "le critère ne dit pas comment il note", help);
    }
    let alone = tables.len() == 1;
    let notes: Vec<Note> = tables.iter().filter_map(|inner| note(inner, nature, author, alone)).collect();
    for (i, note) in notes.iter().enumerate() {
        if notes[..i].iter().any(|other| other.name == note.name) {
            let message = format!("deux notes s’appellent « {} »", note.name);
            table.report.add(tables[i].span_of("nom"), message, "donnez à chacune son nom");
        }
    }
    if let (Some(first), true) = (tables.first(), notes.len() == tables.len()) {
        shares(first, &notes, author);
    }
    notes
}

/// The shares of the notes make the whole: in per cent, or in points of the weight.
fn shares(first: &Table<'_, '_>, notes: &[Note], author: Author<'_>) {
    let part = |note: &Note| match &note.share {
        Share::Part(part) => Some(part.percent()),
        Share::Points(_) => None,
    };
    let points = |note: &Note| match &note.share {
        Share::Points(points) => Some(points.clone()),
        Share::Part(_) => None,
    };
    let wrong = |message: String, help: &str| first.report.add(first.span.clone(), message, help);
    match (notes.iter().map(part).collect::<Option<Vec<_>>>(), notes.iter().map(points).collect::<Option<Vec<_>>>()) {
        (Some(parts), _) => {
            let sum: Number = parts.into_iter().sum();
            if sum != Number::from_int(100) {
                wrong(format!("les parts font {}, au lieu de 100", sum.french(2)), "corrigez les parts");
            }
        }
        (None, Some(parts)) => {
            let sum: Number = parts.into_iter().sum();
            match author {
                Author::Dossier(Some(weight)) if sum != *weight => {
                    let message =
                        format!("les points des notes font {}, au lieu de {}", sum.french(2), weight.french(2));
                    wrong(message, "corrigez les points des notes, ou le poids du critère");
                }
                Author::Dossier(None) => {
                    let help = "donnez « part », en pour cent, à la place de « points »";
                    wrong(
                        "des notes en points, pour un critère dont le poids change d’un lot à l’autre".to_owned(),
                        help,
                    );
                }
                _ => {}
            }
        }
        (None, None) => {
            let help = "donnez « part » à toutes les notes, ou « points » à toutes";
            wrong("des notes ont une part, d’autres des points".to_owned(), help);
        }
    }
}

fn note(table: &Table<'_, '_>, nature: Option<CriterionNature>, author: Author<'_>, alone: bool) -> Option<Note> {
    let name = table.required("nom", "\"masse\"");
    if !name.is_empty() && !name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
        let help = "minuscules sans accent, chiffres et « _ »";
        table.report.add(table.span_of("nom"), format!("« {name} » n’est pas un nom de note"), help);
    }
    let title = table.required("titre", "\"Masse remise au réemploi\"");
    let share = share(table, author, alone);
    let mut means = None;
    let mode = table.required("mode", "\"echelle\" | \"niveaux\" | \"prix\"");
    let mode = match mode.as_str() {
        "prix" => relative(table, nature),
        "echelle" => scale(table, author),
        "niveaux" => {
            means = penalty(table, author);
            levels(table)
        }
        "" => {
            table.all();
            None
        }
        other => {
            table.all();
            let help = reading::suggestion(other, ["echelle", "niveaux", "prix"]);
            table.report.add(table.span_of("mode"), format!("« {other} » : ce mode de notation n’existe pas"), help);
            None
        }
    };
    table.finish();
    Some(Note { name, title, share: share?, mode: mode?, means })
}

/// What a note has of the points: « part », in per cent, or in a dossier « points ». A note alone has them all.
fn share(table: &Table<'_, '_>, author: Author<'_>, alone: bool) -> Option<Share> {
    let own = author != Author::Library;
    if own && table.has("points") {
        if table.has("part") {
            let help = "gardez l’une : la part en pour cent du critère, ou les points";
            table.report.add(table.span_of("points"), "part et points sont tous deux donnés", help);
            return None;
        }
        return figure(table, "points", 1).map(Share::Points);
    }
    if !table.has("part") {
        if !alone {
            table.missing("part", "40");
        }
        return alone.then(|| Share::Part(Rate::whole()));
    }
    figure(table, "part", 1)?.over(&Number::from_int(100)).map(Rate).map(Share::Part)
}

/// A weight or a share: a whole number, or a text with two decimals at most (`"12,5"`), up to 100.
pub(crate) fn figure<'d>(table: &Table<'d, '_>, key: &'d str, least: i64) -> Option<Number> {
    match table.entry(key)?.node.value {
        NodeValue::Text(_) => {}
        NodeValue::Float => {
            let message = format!("« {} » est un nombre à virgule", table.at(key));
            table.report.add(table.span_of(key), message, "écrivez-le entre guillemets, par exemple \"12,5\"");
            return None;
        }
        _ => return table.integer(key, least..=100).map(Number::from_int),
    }
    let number = table.measure(key, |text| {
        let bare = text.trim();
        let bare = ["%", "points", "point"].iter().find_map(|unit| bare.strip_suffix(unit)).unwrap_or(bare);
        Number::parse(bare.trim_end())
    })?;
    let low = if least == 0 { !number.is_negative() } else { number.is_positive() };
    if number.exact_decimals(2).is_none() || !low || number > Number::from_int(100) {
        let message = format!("« {} » = {} : hors bornes", table.at(key), number.printed());
        let help = "attendu : 100 au plus, avec deux décimales au plus, par exemple \"12,5\"";
        table.report.add(table.span_of(key), message, help);
        return None;
    }
    Some(number)
}

fn relative(table: &Table<'_, '_>, nature: Option<CriterionNature>) -> Option<Mode> {
    if !matches!(nature, Some(CriterionNature::Price | CriterionNature::Cost) | None) {
        let help = "prenez « echelle », entre deux valeurs publiées, ou « niveaux »";
        let message =
            "seuls le prix et le coût se comparent à l’offre la plus basse : ailleurs, un écart infime prend tout";
        table.report.add(table.span_of("mode"), message, help);
    }
    if !table.has("lu") {
        table.missing("lu", "{ forfait = \"montant total hors taxes\" }");
    }
    let inner = table.table("lu")?;
    let mut read = Vec::new();
    for entry in inner.all() {
        let form = PriceForm::from_word(&entry.key);
        if form.is_none() && entry.key != "tout" {
            let words = PriceForm::WORDS.iter().map(|(word, _)| *word).chain(["tout"]);
            let help = reading::suggestion(&entry.key, words);
            inner.report.add(
                entry.key_span.clone(),
                format!("« {} » : {} n’existe pas", entry.key, PriceForm::WHAT),
                help,
            );
        }
        read.push((form, inner.required(&entry.key, "\"montant total hors taxes\"")));
    }
    let told = |wanted: PriceForm| read.iter().any(|(form, _)| form.is_none_or(|form| form == wanted));
    let untold: Vec<&str> = PriceForm::all().filter(|form| !told(*form)).map(PriceForm::word).collect();
    if !untold.is_empty() {
        let message = format!("rien ne dit ce qui est lu pour cette forme de prix : {}", untold.join(", "));
        inner.report.add(inner.span.clone(), message, "ajoutez-la, ou écrivez tout = \"…\"");
    }
    Some(Mode::Relative { read })
}

fn scale(table: &Table<'_, '_>, author: Author<'_>) -> Option<Mode> {
    let unit = table.required("unite", "\"t\"");
    let sense = table.required_word::<Sense>("sens");
    let none_at = bound(table, NONE_AT, &unit, author);
    let all_at = bound(table, ALL_AT, &unit, author);
    let stock = if table.has(STOCK) { Some(bound(table, STOCK, &unit, author)?) } else { None };
    let negative = table.has("negatif") && table.boolean("negatif")?;
    let engaged = if table.has("engage") { table.boolean("engage")? } else { true };
    let penalty = penalty(table, author);
    let proof = proof(table, penalty.is_some());
    let offer_proof = table.text("preuve_de_l_offre").map(str::to_owned);
    let scale = Scale {
        unit,
        sense: sense?,
        none_at: none_at?,
        all_at: all_at?,
        stock,
        offer_proof,
        negative,
        engaged,
        penalty,
        proof,
    };
    if let (Bound::Fixed(none), Bound::Fixed(all)) = (&scale.none_at, &scale.all_at)
        && !rises(scale.sense, none, all)
    {
        let message =
            "l’échelle ne monte pas : la valeur qui donne tout n’est pas meilleure que celle qui ne donne rien";
        table.report.add(table.span_of(ALL_AT), message, "inversez les deux valeurs, ou le sens");
    }
    if author != Author::Library {
        owed(table, &scale);
    }
    Some(Mode::Scale(Box::new(scale)))
}

/// The penalty of a promise that is not kept: a parameter in a clause file, its amount in a dossier.
fn penalty(table: &Table<'_, '_>, author: Author<'_>) -> Option<UnitPenalty> {
    match author {
        Author::Library => table.text("penalite").map(|name| UnitPenalty::Parameter(name.to_owned())),
        Author::Dossier(_) if !table.has("penalite") => None,
        Author::Dossier(_) => table.measure("penalite", Euros::parse).map(UnitPenalty::Amount),
    }
}

/// What proves an engaged value, and on which day: asked with its penalty, and only then.
fn proof(table: &Table<'_, '_>, penalty: bool) -> Option<String> {
    let proof = table.text("preuve").map(str::to_owned);
    if penalty && proof.is_none() {
        table.missing("preuve", "\"à la réception, bons de livraison et fiches des produits\"");
    }
    if !penalty && proof.is_some() {
        let help = "retirez preuve : la clause dont la valeur relève la cible dit comment elle se prouve";
        table.report.add(
            table.span_of("preuve"),
            "cette preuve est de trop : la valeur n’a pas de pénalité à elle",
            help,
        );
    }
    proof
}

/// In a dossier, an engaged value has its penalty, once: its own, or the one of the clause whose minimum it raises.
fn owed(table: &Table<'_, '_>, scale: &Scale) {
    match (&scale.penalty, scale.none_at.clause()) {
        (None, None) if scale.engaged => {
            let message = "cette valeur est engagée et rien ne la rend due";
            let help =
                "ajoutez penalite = \"50 €\" par unité manquante, ou engage = false ; ou lisez zero_a dans une clause";
            table.report.add(table.span.clone(), message, help);
        }
        (Some(_), holder) if !scale.engaged || holder.is_some() => {
            let message = "cette pénalité est de trop : la valeur n’est pas engagée, ou sa clause a déjà la sienne";
            table.report.add(table.span_of("penalite"), message, "retirez penalite");
        }
        _ => {}
    }
}

/// One end of a scale: a value in its unit, `clause.parametre`, or in a clause file a parameter of its own.
fn bound<'d>(table: &Table<'d, '_>, key: &'d str, unit: &str, author: Author<'_>) -> Option<Bound> {
    let (example, help) = match author {
        Author::Library => ("\"clause.parametre\"", "une valeur dans l’unité, ou le nom d’un paramètre"),
        Author::Dossier(_) => ("\"48\"", "une valeur dans l’unité, ou « clause.parametre »"),
    };
    if !table.has(key) {
        table.missing(key, example);
    }
    let (raw, span) = table.raw(key)?;
    let text = match raw {
        Raw::Text(text) => text,
        Raw::Integer(n) => n.to_string(),
        _ => {
            table.report.add(span, format!("« {} » n’est pas une valeur", table.at(key)), help);
            return None;
        }
    };
    match Bound::parse(&text, unit) {
        Ok(Bound::Parameter { clause: None, .. }) if author != Author::Library => {
            table.report.add(span, format!("« {text} » n’est ni une valeur, ni « clause.parametre »"), help);
            None
        }
        Ok(Bound::Parameter { name, .. }) if name.is_empty() => {
            table.report.add(span, format!("« {} » est vide", table.at(key)), help);
            None
        }
        Ok(bound) => Some(bound),
        Err(error) => {
            table.report.add(span, error.to_string(), help);
            None
        }
    }
}

fn levels(table: &Table<'_, '_>) -> Option<Mode> {
    if !table.has("niveaux") {
        table.missing("niveaux", "{ 100 = \"…\", 50 = \"…\", 0 = \"…\" }");
    }
    let inner = table.table("niveaux")?;
    let mut levels: Vec<(i64, String)> = Vec::new();
    for entry in inner.all() {
        let text = inner.required(&entry.key, "\"ce qui mérite ce niveau\"");
        match entry.key.parse::<i64>() {
            Ok(points @ 0..=100) if entry.key == points.to_string() => levels.push((points, text)),
            _ => inner.report.add(
                entry.key_span.clone(),
                format!("« {} » n’est pas un niveau", entry.key),
                "un niveau est un nombre entier de 0 à 100, en pour cent des points",
            ),
        }
    }
    levels.sort_by_key(|level| std::cmp::Reverse(level.0));
    let ends = levels.first().is_some_and(|l| l.0 == 100) && levels.last().is_some_and(|l| l.0 == 0);
    if !ends {
        let message = "les niveaux vont de 100 à 0 : la meilleure réponse a tous les points, l’absence n’en a aucun";
        table.report.add(inner.span.clone(), message, "ajoutez 100 = \"…\" ou 0 = \"…\"");
    }
    Some(Mode::Levels(levels))
}
