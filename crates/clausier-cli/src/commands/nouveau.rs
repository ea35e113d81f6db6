//! `nouveau`: a commented starter dossier for a nature of contract and a purchase family.
//!
//! Without any option, on a terminal, it asks: the nature, how the contract is carried out, the families, found by their
//! words, one lot each.
//!
//! What the library knows is written (usual figures of the family, clauses that suit it); what only the buyer knows is a
//! line to fill, with its question. The dossier can be read at once, and `verifier` says what it still lacks.

mod questions;

use super::lister::known_family;
use crate::files::{self, ToWrite};
use crate::terminal::{self, Ended, Failure, Outcome};
use crate::usage;
use clap::{Arg, ArgMatches, Command};
use clausier::Library;
use clausier::clause::{Clause, Parameter, ParameterKind};
use clausier::law::{Family, Range};
use clausier::quantity::{Euros, FINE, NBSP, Number};
use clausier::terms::{
    AdminPiece, BuyerCategory, Ccag, ContractForm, ContractNature, Execution, Kind, PriceForm, Procedure, Status,
    Variants, Vocabulary,
};
use questions::ask;
use std::fmt::Display;
use std::io::{self, BufRead, IsTerminal as _, Write};
use std::path::PathBuf;

/// Launch date of the starter: any day under today's rules, which the buyer is asked to change.
const LAUNCH: &str = "2027-01-11";
/// Amount of a lot of the starter, which the buyer is asked to change.
const AMOUNT: &str = "200 000 €";

/// The amount of several lots of the starter.
fn amount_of(lots: usize) -> Euros {
    let one = Euros::parse(AMOUNT).unwrap_or_else(|_| Euros::zero());
    Euros(&one.0 * &Number::from_int(i64::try_from(lots).unwrap_or(i64::MAX)))
}

pub(crate) fn declare() -> Command {
    let option = |id: &'static str, value: &'static str| Arg::new(id).long(id).value_name(value);
    Command::new("nouveau")
        .alias("new")
        .about("Écrit un dossier commenté, à compléter, pour une nature de marché et une famille d’achat [new]")
        .arg(
            option("nature", "NATURE")
                .value_parser(usage::word::<ContractNature>)
                .requires("famille")
                .help(usage::words(ContractNature::WORDS)),
        )
        .arg(
            option("famille", "FAMILLE")
                .value_delimiter(',')
                .num_args(1..)
                .requires("nature")
                .help("Famille d’achat, par exemple bat-peinture ; plusieurs familles font autant de lots"),
        )
        .arg(
            option("contrat", "CONTRAT")
                .value_parser(usage::word::<ContractForm>)
                .requires("nature")
                .help(format!("{} ; marche par défaut", usage::words(ContractForm::WORDS))),
        )
        .arg(files::output_option("FICHIER", "Fichier à écrire ; sans lui, le dossier est imprimé"))
        .arg(files::overwrite_option())
        .arg(files::library_option())
        .after_help(
            "Sans option, sur un terminal, la commande pose ses questions. « clausier lister --familles » montre les familles.\n\
             Exemple : clausier nouveau --nature travaux --famille bat-peinture -o dossier.toml",
        )
}

pub(crate) fn run(matches: &ArgMatches) -> Ended {
    let library = files::library(matches)?;
    let plan = match matches.get_one::<ContractNature>("nature") {
        Some(nature) => {
            let ids: Vec<&String> = matches.get_many("famille").into_iter().flatten().collect();
            ids.iter().try_for_each(|id| known_family(&library, id))?;
            let families: Vec<&Family> = ids.into_iter().filter_map(|id| library.legal().family(id)).collect();
            let form = matches.get_one::<ContractForm>("contrat").copied().unwrap_or(ContractForm::Market);
            Plan { nature: *nature, form, families }
        }
        None if io::stdin().is_terminal() => ask(&library, &mut io::stdin().lock(), &mut io::stderr())?,
        None => {
            let help = "--nature travaux --famille bat-peinture ; « clausier lister --familles » montre les familles";
            return Err(Failure::new("il manque --nature et --famille", help));
        }
    };
    fits(&library, &plan)?;
    let bytes = starter(&library, &plan).into_bytes();
    match matches.get_one::<PathBuf>("sortie") {
        None => terminal::print(&bytes)?,
        Some(path) => files::write(&[ToWrite { path: path.clone(), bytes }], None, matches.get_flag("ecraser"), None)?,
    }
    Ok(Outcome::Fine)
}

/// What the dossier is to be of: one lot a family.
#[derive(Debug)]
struct Plan<'l> {
    nature: ContractNature,
    form: ContractForm,
    families: Vec<&'l Family>,
}

/// Refuses families of which none is of the nature asked for.
fn fits(library: &Library, plan: &Plan<'_>) -> Result<(), Failure> {
    let natures = |family: &Family| -> Vec<ContractNature> {
        let divisions = family.cpv.iter().filter_map(|prefix| library.legal().division(prefix));
        divisions.map(|division| division.nature).collect()
    };
    let other = |family: &&Family| {
        let natures = natures(family);
        !natures.is_empty() && !natures.contains(&plan.nature)
    };
    match plan.families.first().filter(|_| plan.families.iter().all(other)) {
        Some(family) => {
            let nature = natures(family).first().map_or("", |nature| nature.word());
            let message = format!("la famille « {} » désigne des {nature}, non des {}", family.id, plan.nature);
            Err(Failure::new(message, format!("écrivez --nature {nature}, ou choisissez une autre famille")))
        }
        None => Ok(()),
    }
}

/// The dossier being written.
pub(crate) struct Starter(pub(crate) String);

impl Starter {
    /// A comment on lines of its own.
    pub(crate) fn comment(&mut self, text: &str) {
        for line in wrapped(text) {
            self.0 += &format!("# {line}\n");
        }
    }

    /// A table header, after a blank line.
    pub(crate) fn table(&mut self, name: &str, comment: &str) {
        self.0.push('\n');
        self.line(&format!("[{name}]"), comment);
    }

    /// A line and what it means.
    pub(crate) fn line(&mut self, code: &str, comment: &str) {
        let line = if comment.is_empty() { code.to_owned() } else { format!("{code:<45} # {comment}") };
        self.0 += line.trim_end();
        self.0.push('\n');
    }

    /// A line that the buyer may take up by removing its mark.
    pub(crate) fn offered(&mut self, code: &str, comment: &str) {
        self.line(&format!("# {code}"), comment);
    }
}

fn starter(library: &Library, plan: &Plan<'_>) -> String {
    let mut out = Starter(String::new());
    let titles: Vec<String> = plan.families.iter().map(|family| format!("{} ({})", family.title, family.id)).collect();
    out.comment(&format!("Dossier à compléter : {}, {}.", titles.join(", "), plan.nature));
    out.comment(
        "Une ligne s’écrit clé = valeur ; ce qui suit « # » est un commentaire. Remplacez ce qui est marqué À\u{A0}CHANGER ou \
         À\u{A0}COMPLÉTER. Une ligne « # clé = … » attend votre valeur : remplacez les points et retirez le « # ».",
    );
    out.comment("Ensuite : clausier completer, clausier verifier, clausier calculer, clausier rediger.");
    out.line("format = 1", "version de ce format : ne pas changer");
    out.line(&format!("lancement = {LAUNCH}"), "À CHANGER : envoi de l’avis ou engagement ; fixe le droit applicable");
    contract(&mut out, plan);
    for (number, family) in (1..).zip(&plan.families) {
        lot(&mut out, family, number, plan.families.len());
    }
    clauses(&mut out, library, &plan.families);
    criteria(&mut out, library, &plan.families);
    out.0.push('\n');
    out.comment("Pour que les articles suivent la numérotation de vos pièces :");
    out.offered("[rendu]", "");
    out.offered("rc = { premier_numero = \"7.3\", style = \"Article 7 – \" }", "style écrit sur le chiffre 7");
    out.offered(
        "ccap = { premier_numero = \"12\", article_derogations = \"24\" }",
        "dernier article du CCAP : dérogations",
    );
    out.0
}

/// The words of a list, as a comment proposes them.
fn choice<V: Vocabulary>() -> String {
    V::WORDS.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(" | ")
}

fn contract(out: &mut Starter, plan: &Plan<'_>) {
    let (nature, lots) = (plan.nature, plan.families.len());
    let ccag = match (plan.form, nature) {
        (ContractForm::Concession, _) => Ccag::None,
        (_, ContractNature::Works) => Ccag::Works,
        _ => Ccag::Supplies,
    };
    let amount = plain_spaces(&amount_of(lots).to_string());
    out.table("acheteur", "");
    out.line("nom = \"À COMPLÉTER\"", "tel que les pièces l’écriront");
    out.line(&format!("categorie = \"{}\"", BuyerCategory::LocalAuthority), &choice::<BuyerCategory>());
    out.table("consultation", "");
    out.offered("reference = \"…\"", "votre référence");
    out.line("objet = \"À COMPLÉTER\"", "objet du marché");
    out.line(&format!("contrat = \"{}\"", plan.form), &choice::<ContractForm>());
    if plan.form == ContractForm::Framework {
        out.line(&format!("execution = \"{}\"", Execution::Orders), &choice::<Execution>());
        out.offered("attributaires = 3", "s’il y a plusieurs titulaires : combien au plus, pour chaque lot");
        out.line(&format!("montant_maximum = \"{amount}\""), "À CHANGER : maximum de l’accord-cadre (R. 2162-4)");
    }
    if plan.form == ContractForm::Concession {
        out.line(&format!("forme_prix = \"{}\"", PriceForm::Tariff), &format!("À CHANGER : {}", choice::<PriceForm>()));
    }
    out.line(&format!("nature = \"{nature}\""), &choice::<ContractNature>());
    out.line(&format!("procedure = \"{}\"", Procedure::Adapted), &choice::<Procedure>());
    out.line(&format!("ccag = \"{ccag}\""), &choice::<Ccag>());
    out.line("duree = \"12 mois\"", "À CHANGER : durée ferme");
    out.offered("reconductions = 3", "nombre de reconductions, de la même durée");
    let prefix = plan.families.first().and_then(|family| family.cpv.first()).map_or("", |prefix| prefix);
    out.offered(&format!("cpv = \"{prefix:0<8}\""), "code CPV, huit chiffres");
    out.line(&format!("variantes = \"{}\"", Variants::Forbidden), &choice::<Variants>());
    let value = "À CHANGER : besoin entier, tous lots, options et reconductions (R. 2121-1)";
    out.line(&format!("valeur_estimee = \"{amount}\""), value);
    out.line(&format!("piece_administrative = \"{}\"", AdminPiece::Ccap), &choice::<AdminPiece>());
    out.0.push('\n');
    out.comment("Le facilitateur des clauses sociales qui vous accompagne, s’il y en a un :");
    out.offered("[facilitateur]", "");
    out.offered("structure = \"…\"", "son organisme");
    out.offered("service = \"…\"", "facultatif");
    out.offered("telephone = \"…\"", "téléphone ou courriel : l’un des deux au moins");
    out.offered("courriel = \"…\"", "");
}

fn lot(out: &mut Starter, family: &Family, number: usize, lots: usize) {
    let alone = "un marché sans lots n’a que celui-ci ; ajoutez [lot.2], [lot.3]…";
    out.table(&format!("lot.{number}"), if lots == 1 { alone } else { "" });
    out.line("intitule = \"À COMPLÉTER\"", "intitulé du lot");
    out.line(&format!("famille = \"{}\"", family.id), "famille d’achat");
    out.line(&format!("montant = \"{AMOUNT}\""), "À CHANGER : montant estimé hors taxes, reconductions comprises");
    let price = Euros(
        (&family.hourly_price.low.0 + &family.hourly_price.high.0)
            .over(&Number::from_int(2))
            .unwrap_or_else(Number::zero),
    );
    let code = format!("calcul = {{ main_oeuvre = \"{}\", prix_horaire = \"{price}/h\" }}", family.labour_default);
    let known = format!(
        "usages à confirmer : main-d’œuvre {}, prix de vente d’une heure {}",
        between(&family.labour),
        between(&family.hourly_price)
    );
    out.comment(&plain_spaces(&known));
    out.line(&plain_spaces(&code), "facteurs des heures d’insertion");
}

fn between<T: Display>(range: &Range<T>) -> String {
    format!("de {} à {}", range.low, range.high)
}

fn plain_spaces(text: &str) -> String {
    text.replace([FINE, NBSP], " ")
}

/// The clauses proposed for a family: a pair tied by a liaison where the library has one, and what they need.
fn proposed<'l>(library: &'l Library, family: &Family) -> Vec<&'l Clause> {
    let fitting: Vec<&Clause> = fitting(library, family).collect();
    let of = |ids: &[String]| fitting.iter().copied().find(|clause| ids.contains(&clause.id));
    // The liaison made for the fewest families is the nearest to this one.
    let liaisons = fitting.iter().filter(|clause| !clause.families.is_empty());
    let tied = liaisons
        .filter_map(|liaison| {
            let link = liaison.link()?;
            Some((of(&link.social)?, of(&link.environment)?, *liaison))
        })
        .min_by_key(|(_, _, liaison)| liaison.families.len());
    let mut chosen = match tied {
        Some((social, environment, liaison)) => vec![social, environment, liaison],
        None => {
            let social = fitting.iter().find(|clause| clause.kind() == Kind::Social && clause.hours().is_some());
            let environment = fitting
                .iter()
                .filter(|clause| clause.kind() == Kind::Environment && !clause.restates_law())
                .min_by_key(|clause| clause.families.is_empty());
            social.into_iter().chain(environment).copied().collect()
        }
    };
    // What makes the promises of the environmental criterion due.
    let grid = library.starting_grid(&[(1, family)]);
    let criteria = grid.iter().filter_map(|weighing| library.clause(&weighing.id));
    for id in criteria.flat_map(|clause| &clause.requires) {
        if !chosen.iter().any(|known| known.id == *id) {
            chosen.extend(library.clause(id));
        }
    }
    let mut next = 0;
    while let Some(clause) = chosen.get(next).copied() {
        for id in &clause.requires {
            if !chosen.iter().any(|known| known.id == *id) {
                chosen.extend(library.clause(id));
            }
        }
        next += 1;
    }
    chosen.sort_by_key(|clause| Kind::all().position(|kind| kind == clause.kind()));
    chosen
}

fn fitting<'l>(library: &'l Library, family: &Family) -> impl Iterator<Item = &'l Clause> {
    let fits = move |clause: &&Clause| clause.fits(&family.id) && clause.status == Status::Reviewed;
    library.clauses().filter(fits)
}

fn clauses(out: &mut Starter, library: &Library, families: &[&Family]) {
    let mut chosen: Vec<(&Clause, Vec<usize>, &Family)> = Vec::new();
    for (number, family) in (1..).zip(families) {
        for clause in proposed(library, family) {
            match chosen.iter_mut().find(|(known, ..)| known.id == clause.id) {
                Some((_, lots, _)) => lots.push(number),
                None => chosen.push((clause, vec![number], family)),
            }
        }
    }
    chosen.sort_by_key(|(clause, ..)| Kind::all().position(|kind| kind == clause.kind()));
    for (clause, lots, family) in &chosen {
        out.0.push('\n');
        out.comment(&format!("{}. {}", clause.title, clause.why));
        out.line(&format!("[clause.{}]", clause.id), &clause.kind().to_string());
        let list: Vec<String> = lots.iter().map(ToString::to_string).collect();
        if lots.len() < families.len() {
            out.line(&format!("lots = [{}]", list.join(", ")), "lots concernés");
        } else {
            out.offered("lots = [1]", "lots concernés ; sans cette ligne, tous");
        }
        let sets_rate = clause.hours().is_some();
        for parameter in &clause.parameters {
            let usual = family.usual_rate.as_ref().filter(|_| sets_rate && parameter.kind == ParameterKind::Rate);
            parameter_line(out, parameter, usual.map(between));
        }
    }
    let mut others: Vec<&Clause> = Vec::new();
    for clause in families.iter().flat_map(|family| fitting(library, family)) {
        let known = chosen.iter().any(|(known, ..)| known.id == clause.id) || others.iter().any(|o| o.id == clause.id);
        if clause.kind() != Kind::Criterion && !known {
            others.push(clause);
        }
    }
    if !others.is_empty() {
        out.0.push('\n');
        out.comment("Autres clauses qui conviennent (clausier montrer ID) :");
        others.iter().for_each(|clause| out.offered(&format!("[clause.{}]", clause.id), &clause.title));
    }
}

/// A parameter as a line to fill, or to confirm when the clause has a default, under its question.
pub(crate) fn parameter_line(out: &mut Starter, parameter: &Parameter, usual: Option<String>) {
    let mut question = parameter.question.clone();
    if let ParameterKind::Choice(choices) = &parameter.kind {
        question += &format!(" {}.", choices.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(" | "));
    }
    if let Some(usual) = usual {
        question += &format!(" Usage de la famille : {}.", plain_spaces(&usual));
    } else if !parameter.range.is_empty() {
        question += &format!(" Usage : {}.", parameter.range);
    }
    out.comment(&question);
    let (written, state) = match &parameter.default {
        Some(value) => (value.literal(), "valeur par défaut, à confirmer"),
        None if parameter.optional => (blank(&parameter.kind), "facultatif"),
        None => (blank(&parameter.kind), "À DONNER"),
    };
    out.offered(&format!("{} = {written}", parameter.name), state);
}

/// A value to fill, in the form of its type.
fn blank(kind: &ParameterKind) -> String {
    match kind {
        ParameterKind::Integer | ParameterKind::Lot => "…".to_owned(),
        ParameterKind::Amount => "\"… €\"".to_owned(),
        ParameterKind::Rate => "\"… %\"".to_owned(),
        ParameterKind::Hours => "\"… h\"".to_owned(),
        ParameterKind::Date => LAUNCH.to_owned(),
        ParameterKind::Duration => "\"… jours\"".to_owned(),
        ParameterKind::Flag => "true".to_owned(),
        ParameterKind::List => "[\"…\", \"…\"]".to_owned(),
        ParameterKind::Quantity(unit) | ParameterKind::Ratio(unit) => format!("\"… {unit}\""),
        _ => "\"…\"".to_owned(),
    }
}

fn criteria(out: &mut Starter, library: &Library, families: &[&Family]) {
    out.table("critere", "poids en points, 100 en tout ; au moins un critère environnemental par lot");
    let numbered: Vec<(u32, &Family)> = (1..).zip(families.iter().copied()).collect();
    let grid = library.starting_grid(&numbered);
    let mut chosen: Vec<(&Clause, i64, &[u32])> = grid
        .iter()
        .filter_map(|weighing| Some((library.clause(&weighing.id)?, weighing.points, weighing.lots.as_slice())))
        .map(|(clause, points, lots)| (clause, points, if lots.len() == families.len() { &[] } else { lots }))
        .collect();
    // Those that ask for values have a table of their own, after the lines of the others.
    chosen.sort_by_key(|(clause, ..)| !clause.parameters.is_empty());
    for (clause, points, lots) in chosen {
        criterion_lines(out, clause, points, lots);
    }
}

/// A criterion with its weight on some lots, on all of them when none is named: one line of `[critere]`, or a table when it asks
/// for values.
pub(crate) fn criterion_lines(out: &mut Starter, clause: &Clause, points: i64, lots: &[u32]) {
    let (low, high) = clause.criterion().map_or((1, 100), |criterion| criterion.weight);
    let advice = format!("{} ; conseillé : de {low} à {high}", clause.title);
    let by_lot: Vec<String> = lots.iter().map(|lot| format!("{lot} = {points}")).collect();
    if clause.parameters.is_empty() {
        let weight = if lots.is_empty() { points.to_string() } else { format!("{{ {} }}", by_lot.join(", ")) };
        out.line(&format!("{} = {weight}", clause.id), &advice);
        return;
    }
    out.table(&format!("critere.{}", clause.id), "");
    if lots.is_empty() {
        out.line(&format!("poids = {points}"), &advice);
    } else {
        by_lot.iter().for_each(|weight| out.line(weight, &advice));
    }
    clause.parameters.iter().for_each(|parameter| parameter_line(out, parameter, None));
}

/// A text cut into lines of at most a hundred characters, between words.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < 100 => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
