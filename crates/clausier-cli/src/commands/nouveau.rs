//! `nouveau`: a commented starter dossier for a nature of contract and a purchase family.
//!
//! What the library knows is written (usual figures of the family, clauses that suit it); what only the buyer knows is a
//! line to fill, with its question. The dossier can be read at once, and `verifier` says what it still lacks.

use super::lister::known_family;
use crate::files::{self, Target};
use crate::terminal::{self, Ended, Failure, Outcome};
use crate::usage;
use clap::{Arg, ArgMatches, Command};
use clausier::Library;
use clausier::clause::{Clause, Criterion, Parameter, ParameterKind};
use clausier::law::{Family, Range};
use clausier::quantity::{Euros, FINE, NBSP, Number};
use clausier::terms::{
    AdminPiece, BuyerCategory, Ccag, ContractForm, Kind, Nature, Procedure, Status, Variants, Vocabulary,
};
use std::fmt::Display;
use std::path::PathBuf;

/// Launch date of the starter: any day under today's rules, which the buyer is asked to change.
const LAUNCH: &str = "2027-01-11";
/// Amount of the starter, under the European thresholds, which the buyer is asked to change.
const AMOUNT: &str = "200 000 €";

pub(crate) fn declare() -> Command {
    let option = |id: &'static str, value: &'static str| Arg::new(id).long(id).value_name(value).required(true);
    Command::new("nouveau")
        .alias("new")
        .about("Écrit un dossier commenté, à compléter, pour une nature de marché et une famille d’achat [new]")
        .arg(option("nature", "NATURE").value_parser(usage::word::<Nature>).help(usage::words(Nature::WORDS)))
        .arg(option("famille", "FAMILLE").help("Famille d’achat, par exemple bat-peinture ou nettoyage-locaux"))
        .arg(files::output_option("FICHIER", "Fichier à écrire ; sans lui, le dossier est imprimé"))
        .arg(files::overwrite_option())
        .arg(files::library_option())
        .after_help("Exemple : clausier nouveau --nature travaux --famille bat-peinture -o dossier.toml")
}

pub(crate) fn run(matches: &ArgMatches) -> Ended {
    let library = files::library(matches)?;
    // Both arguments are required: the defaults are never seen.
    let nature = matches.get_one::<Nature>("nature").copied().unwrap_or(Nature::Works);
    let id = matches.get_one::<String>("famille").map_or("", String::as_str);
    known_family(&library, id)?;
    let family = library.legal().family(id).ok_or_else(|| Failure::new("famille d’achat illisible", ""))?;
    let bytes = starter(&library, nature, family).into_bytes();
    match matches.get_one::<PathBuf>("sortie") {
        None => terminal::print(&bytes)?,
        Some(path) => files::write(&[Target { path: path.clone(), bytes }], None, matches.get_flag("ecraser"), None)?,
    }
    Ok(Outcome::Fine)
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

fn starter(library: &Library, nature: Nature, family: &Family) -> String {
    let mut out = Starter(String::new());
    out.comment(&format!("Dossier à compléter : {} ({}), {nature}.", family.title, family.id));
    out.comment(
        "Une ligne s’écrit clé = valeur ; ce qui suit « # » est un commentaire. Remplacez ce qui est marqué À\u{A0}CHANGER ou \
         À\u{A0}COMPLÉTER. Une ligne « # clé = … » attend votre valeur : remplacez les points et retirez le « # ».",
    );
    out.comment("Ensuite : clausier verifier, clausier calculer, clausier rediger.");
    out.line("format = 1", "version de ce format : ne pas changer");
    out.line(&format!("lancement = {LAUNCH}"), "À CHANGER : envoi de l’avis ou engagement ; fixe le droit applicable");
    contract(&mut out, nature, family);
    lot(&mut out, family);
    clauses(&mut out, library, family);
    criteria(&mut out, library, family);
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

fn contract(out: &mut Starter, nature: Nature, family: &Family) {
    let ccag = if nature == Nature::Works { Ccag::Works } else { Ccag::Supplies };
    out.table("acheteur", "");
    out.line("nom = \"À COMPLÉTER\"", "tel que les pièces l’écriront");
    out.line(&format!("categorie = \"{}\"", BuyerCategory::LocalAuthority), &choice::<BuyerCategory>());
    out.table("consultation", "");
    out.offered("reference = \"…\"", "votre référence");
    out.line("objet = \"À COMPLÉTER\"", "objet du marché");
    out.line(&format!("contrat = \"{}\"", ContractForm::Market), &choice::<ContractForm>());
    out.line(&format!("nature = \"{nature}\""), &choice::<Nature>());
    out.line(&format!("procedure = \"{}\"", Procedure::Adapted), &choice::<Procedure>());
    out.line(&format!("ccag = \"{ccag}\""), &choice::<Ccag>());
    out.line("duree = \"12 mois\"", "À CHANGER : durée ferme");
    out.offered("reconductions = 3", "nombre de reconductions, de la même durée");
    let prefix = family.cpv.first().map_or("", |prefix| prefix);
    out.offered(&format!("cpv = \"{prefix:0<8}\""), "code CPV, huit chiffres");
    out.line(&format!("variantes = \"{}\"", Variants::Forbidden), &choice::<Variants>());
    let value = "À CHANGER : besoin entier, tous lots, options et reconductions (R. 2121-1)";
    out.line(&format!("valeur_estimee = \"{AMOUNT}\""), value);
    out.line(&format!("piece_administrative = \"{}\"", AdminPiece::Ccap), &choice::<AdminPiece>());
    out.0.push('\n');
    out.comment("Le facilitateur des clauses sociales qui vous accompagne, s’il y en a un :");
    out.offered("[facilitateur]", "");
    out.offered("structure = \"…\"", "son organisme");
    out.offered("service = \"…\"", "facultatif");
    out.offered("telephone = \"…\"", "téléphone ou courriel : l’un des deux au moins");
    out.offered("courriel = \"…\"", "");
}

fn lot(out: &mut Starter, family: &Family) {
    out.table("lot.1", "un marché sans lots n’a que celui-ci ; ajoutez [lot.2], [lot.3]…");
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
            let link = liaison.link.as_ref()?;
            Some((of(&link.social)?, of(&link.environment)?, *liaison))
        })
        .min_by_key(|(_, _, liaison)| liaison.families.len());
    let mut chosen = match tied {
        Some((social, environment, liaison)) => vec![social, environment, liaison],
        None => {
            let social = fitting.iter().find(|clause| clause.kind == Kind::Social && clause.hours.is_some());
            let environment = fitting
                .iter()
                .filter(|clause| clause.kind == Kind::Environment && !clause.restates_law)
                .min_by_key(|clause| clause.families.is_empty());
            social.into_iter().chain(environment).copied().collect()
        }
    };
    let mut next = 0;
    while let Some(clause) = chosen.get(next).copied() {
        for id in &clause.requires {
            if !chosen.iter().any(|known| known.id == *id) {
                chosen.extend(library.clause(id));
            }
        }
        next += 1;
    }
    chosen.sort_by_key(|clause| Kind::all().position(|kind| kind == clause.kind));
    chosen
}

fn fitting<'l>(library: &'l Library, family: &Family) -> impl Iterator<Item = &'l Clause> {
    let fits = move |clause: &&Clause| clause.fits(&family.id) && clause.status == Status::Reviewed;
    library.clauses().filter(fits)
}

fn clauses(out: &mut Starter, library: &Library, family: &Family) {
    let chosen = proposed(library, family);
    for clause in &chosen {
        out.0.push('\n');
        out.comment(&format!("{}. {}", clause.title, clause.why));
        out.line(&format!("[clause.{}]", clause.id), &clause.kind.to_string());
        out.offered("lots = [1]", "lots concernés ; sans cette ligne, tous");
        let sets_rate = clause.hours.is_some();
        for parameter in &clause.parameters {
            let usual = family.usual_rate.as_ref().filter(|_| sets_rate && parameter.kind == ParameterKind::Rate);
            parameter_line(out, parameter, usual.map(between));
        }
    }
    let others: Vec<&Clause> = fitting(library, family)
        .filter(|clause| clause.kind != Kind::Criterion && !chosen.iter().any(|known| known.id == clause.id))
        .collect();
    if !others.is_empty() {
        out.0.push('\n');
        out.comment("Autres clauses qui conviennent à cette famille (clausier montrer ID) :");
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
        ParameterKind::Integer => "…".to_owned(),
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

fn criteria(out: &mut Starter, library: &Library, family: &Family) {
    let best = |wanted: fn(&Criterion) -> bool| {
        let found = fitting(library, family).filter_map(|clause| Some((clause, clause.criterion.as_ref()?)));
        // A criterion made for the family comes first, then the one that may weigh most.
        found.filter(|(_, c)| wanted(c)).min_by_key(|(clause, c)| (clause.families.is_empty(), -c.weight.1))
    };
    let price = best(|c| c.price);
    let technical = best(|c| !c.environmental && !c.social && !c.price && !c.cost);
    let environmental = best(|c| c.environmental && !c.cost);
    out.table("critere", "poids en points, 100 en tout ; au moins un critère environnemental par lot");
    let mut left = 100;
    for ((clause, criterion), points) in technical.map(|c| (c, 30)).into_iter().chain(environmental.map(|c| (c, 15))) {
        let (low, high) = criterion.weight;
        let points = points.clamp(low, high.max(low));
        left -= points;
        out.line(&format!("{} = {points}", clause.id), &format!("{} ; conseillé : de {low} à {high}", clause.title));
    }
    if let Some((clause, criterion)) = price {
        let (low, high) = criterion.weight;
        out.line(&format!("{} = {left}", clause.id), &format!("{} ; conseillé : de {low} à {high}", clause.title));
    }
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
