//! `montrer`: everything that a clause file says, for the buyer who chooses and the jurist who reads.

use crate::files;
use crate::terminal::{self, Ended, Failure, Outcome};
use crate::usage;
use clap::{Arg, ArgAction, ArgMatches, Command};
use clausier::clause::{
    Bound, Clause, Criterion, HoursRule, Indicator, Link, Mode, Parameter, Penalty, Register, Share, UnitPenalty,
};
use clausier::terms::{Kind, Piece, PriceForm, Vocabulary as _};
use clausier::{Consultation, Format, Library, Sample, json, write};

pub(crate) fn declare() -> Command {
    Command::new("montrer")
        .alias("show")
        .about("Montre une clause : pourquoi, paramètres, indicateurs, pénalités, textes par pièce [show]")
        .arg(Arg::new("clause").value_name("CLAUSE").required(true).help("Identifiant de la clause ou du critère"))
        .arg(
            Arg::new("fichier")
                .long("fichier")
                .action(ArgAction::SetTrue)
                .help("Imprime le fichier TOML de la clause, tel qu’il est écrit"),
        )
        .arg(
            Arg::new("apercu")
                .long("apercu")
                .action(ArgAction::SetTrue)
                .conflicts_with("fichier")
                .help("Imprime les pièces d’un dossier d’exemple où la clause est choisie"),
        )
        .arg(usage::json_option().conflicts_with_all(["fichier", "apercu"]))
        .arg(files::library_option())
}

pub(crate) fn run(matches: &ArgMatches) -> Ended {
    let library = files::library(matches)?;
    // The argument is required: the empty id is never seen.
    let id = matches.get_one::<String>("clause").map_or("", String::as_str);
    let found = library.clause(id).zip(library.source(id));
    let (clause, (_, source)) = found.ok_or_else(|| {
        let help = usage::near(id, library.ids(), "« clausier lister » montre les clauses");
        Failure::new(format!("la clause « {id} » n’existe pas"), help)
    })?;
    let text = if matches.get_flag("fichier") {
        source.to_owned()
    } else if matches.get_flag("apercu") {
        preview(&library, clause)?
    } else if usage::wants_json(matches) {
        json::clauses([clause])
    } else {
        page(&library, clause)
    };
    terminal::print(text.as_bytes())?;
    Ok(Outcome::Fine)
}

/// The pieces of a sample dossier in which the clause has a text, as a draft: its values are made up, and no stamp says otherwise.
fn preview(library: &Library, clause: &Clause) -> Result<String, Failure> {
    let sample = library.sample(&clause.id, Sample::Usual).unwrap_or_default();
    let fault = |message: String| Failure::new(message, "corrigez le fichier de la clause");
    let consultation = Consultation::from_toml(&sample).map_err(|error| fault(error.to_string()))?;
    let documents = library.resolve(&consultation).documents(true).map_err(|error| fault(error.to_string()))?;
    let own = clause.pieces();
    let mut out = String::new();
    for mut document in documents.into_iter().filter(|d| own.contains(&d.piece) || own.is_empty()) {
        document.draft.clear();
        document.clauses.clear();
        out += &String::from_utf8_lossy(&write(&document, Format::Markdown));
        out.push('\n');
    }
    Ok(out)
}

/// A page made of titled parts; an empty part is left out.
struct Page(String);

impl Page {
    fn part(&mut self, title: &str, lines: impl IntoIterator<Item = String>) {
        let mut lines = lines.into_iter().filter(|line| !line.trim().is_empty()).peekable();
        if lines.peek().is_some() {
            self.0 += &format!("\n{title}\n");
            lines.for_each(|line| self.0 += &format!("  {line}\n"));
        }
    }
}

fn page(library: &Library, clause: &Clause) -> String {
    let mut page = Page(format!(
        "{} – {}\n{} ; niveau {} ; statut {} ; version du {}\n",
        clause.id,
        clause.title,
        clause.kind(),
        clause.level,
        clause.status,
        clause.version
    ));
    let legal = library.legal();
    page.part("Pourquoi", [clause.why.clone()]);
    page.part("Obligation", clause.obligation().map(clausier::clause::Obligation::source));
    let family = |id: &String| legal.family(id).map_or_else(|| id.clone(), |family| format!("{id} : {}", family.title));
    page.part("Familles d’achat", clause.families.iter().map(family));
    page.part("Codes CPV", [clause.cpv.join(", ")]);
    page.part("Fondements", clause.grounds.iter().filter_map(|id| legal.text(id)).map(|text| text.citation()));
    page.part("Ajoute aux mêmes lots", [clause.requires.join(", ")]);
    page.part("Comprend déjà", [clause.supersedes.join(", ")]);
    page.part("Remplace", clause.overrides.clone());
    page.part("Remplacé par", clause.successor.clone());
    page.part("Volume d’insertion", clause.hours().map(hours_rule));
    if let Some(link) = clause.link() {
        page.part("Lie", link_lines(link));
    }
    let binds = |other: &&Clause| {
        let sides = |link: &Link| link.social.contains(&clause.id) || link.environment.contains(&clause.id);
        other.link().is_some_and(sides)
    };
    let liaisons = library
        .clauses_headed(|head| head.kind == Kind::Liaison)
        .filter(binds)
        .map(|other| format!("{} : {}", other.id, other.title));
    page.part("Liaisons possibles", liaisons);
    if let Some(criterion) = clause.criterion() {
        page.part("Critère", criterion_lines(criterion));
    }
    page.part("Paramètres", clause.parameters.iter().flat_map(parameter_lines));
    page.part("Indicateurs", clause.indicators.iter().flat_map(|indicator| indicator_lines(clause, indicator)));
    page.part("Pénalités", clause.penalties.iter().map(penalty));
    for piece in Piece::all() {
        let sections = clause.sections.iter().filter(|section| section.piece == piece);
        let lines = sections.flat_map(|section| {
            let condition = if section.condition.is_empty() { "" } else { " si " };
            let head = format!("[{}{condition}{}] {}", section.slot, section.condition, section.title);
            let lines = section.source().lines().filter(|line| !line.trim().is_empty()).map(|line| format!("  {line}"));
            [head.trim_end().to_owned()].into_iter().chain(lines).collect::<Vec<_>>()
        });
        page.part(&format!("Texte de la pièce « {piece} »"), lines);
    }
    page.part("Points de vigilance", clause.vigilance.iter().map(|point| format!("– {point}")));
    page.0
}

fn hours_rule(rule: &HoursRule) -> String {
    match rule {
        HoursRule::Computed { rate, step, .. } => {
            format!(
                "montant × part de main-d’œuvre × « {rate} » ÷ prix horaire, arrondi au multiple inférieur de « {step} »"
            )
        }
        HoursRule::Tranche { hours, tranche } => format!("« {hours} » par tranche de « {tranche} » facturés"),
        HoursRule::Given { volume } => format!("« {volume} », donné par l’acheteur"),
        _ => String::new(),
    }
}

fn link_lines(link: &Link) -> Vec<String> {
    let mechanisms: Vec<&str> = link.mechanisms.iter().map(|mechanism| mechanism.word()).collect();
    let line = |name: &str, items: &str| if items.is_empty() { String::new() } else { format!("{name} : {items}") };
    let ratio = link.ratio.as_ref().map(|ratio| {
        let (low, high) = (ratio.low.french(2), ratio.high.french(2));
        format!("de {low} à {high} {} (certitude {} ; {})", ratio.unit, ratio.confidence, ratio.source)
    });
    vec![
        line("clause sociale", &link.social.join(" ou ")),
        line("clause environnementale", &link.environment.join(" ou ")),
        line("mécanismes", &mechanisms.join(", ")),
        line("tâches liées", &link.tasks.join(", ")),
        line("ratio connu", &ratio.unwrap_or_default()),
        line("jamais confié", &link.exclusions.join(", ")),
        line("exécutants possibles", &link.performers.join(", ")),
    ]
}

fn criterion_lines(criterion: &Criterion) -> Vec<String> {
    let (low, high) = criterion.weight;
    let mut lines = vec![format!("nature : {} ; poids conseillé : de {low} à {high} points", criterion.nature)];
    for note in &criterion.notes {
        lines.push(format!("– {} ({}, « {} »)", note.title, share(&note.share), note.name));
        match &note.mode {
            Mode::Relative { read } => {
                let form = |form: &Option<PriceForm>| form.map_or("toute forme de prix", |form| form.word());
                lines.extend(read.iter().map(|(of, text)| format!("    {} : {text}", form(of))));
            }
            Mode::Scale(scale) => {
                let (none, all) = (bound(&scale.none_at, &scale.unit), bound(&scale.all_at, &scale.unit));
                let owed = match (scale.engaged, &scale.penalty) {
                    (false, _) => "non engagée".to_owned(),
                    (true, Some(UnitPenalty::Parameter(name))) => format!("engagée, pénalité « {name} »"),
                    (true, Some(UnitPenalty::Amount(amount))) => format!("engagée, pénalité de {amount}"),
                    (true, Some(_)) => "engagée, avec sa pénalité".to_owned(),
                    (true, None) => "engagée, pénalité de la clause".to_owned(),
                };
                lines.push(format!(
                    "    en {}, {} : aucun point à {none}, tous à {all} ; {owed}",
                    scale.unit, scale.sense
                ));
            }
            Mode::Levels(levels) => {
                lines.extend(levels.iter().map(|(points, text)| format!("    {points} % : {text}")));
            }
            _ => {}
        }
    }
    lines.push(format!("éléments demandés : {}", criterion.elements.join(", ")));
    lines.push(format!("lien avec l’objet : {}", criterion.object));
    lines
}

/// What a note has of the points.
fn share(share: &Share) -> String {
    match share {
        Share::Part(part) => format!("{} %", part.percent().french(2)),
        Share::Points(points) => format!("{} points", points.french(2)),
        _ => String::new(),
    }
}

/// One end of a scale: its value, or the parameter that holds it.
fn bound(bound: &Bound, unit: &str) -> String {
    match bound {
        Bound::Fixed(value) => format!("{} {unit}", value.french(2)),
        Bound::Parameter { clause, name, part } => {
            let holder = clause.as_ref().map(|id| format!("{id}.")).unwrap_or_default();
            let part = part.as_ref().map(|part| format!("{part} de ")).unwrap_or_default();
            format!("{part}« {holder}{name} »")
        }
        _ => String::new(),
    }
}

/// Name and type, then the question, then the source.
fn parameter_lines(parameter: &Parameter) -> Vec<String> {
    let mut head = format!("{} ({}", parameter.name, parameter.kind.word());
    if let Some((low, high)) = &parameter.bounds {
        head += &format!(", de {} à {}", low.literal(), high.literal());
    }
    head += &match &parameter.default {
        Some(value) => format!(", par défaut {})", value.literal()),
        None if parameter.optional => ", facultatif)".to_owned(),
        None => ", à donner)".to_owned(),
    };
    let mut lines = vec![head, format!("  {}", parameter.question)];
    if let clausier::clause::ParameterKind::Choice(choices) = &parameter.kind {
        lines.extend(choices.iter().map(|(word, printed)| format!("  \"{word}\" : {printed}")));
    }
    if !parameter.range.is_empty() {
        lines.push(format!("  Usage : {}", parameter.range));
    }
    if !parameter.source.is_empty() {
        lines.push(format!("  Source : {} (certitude {})", parameter.source, parameter.confidence));
    }
    lines
}

fn indicator_lines(clause: &Clause, indicator: &Indicator) -> Vec<String> {
    let register = match indicator.register {
        Register::Insertion => "insertion",
        Register::Environment => "environnement",
        _ => "",
    };
    let line = |name: &str, text: &str| if text.is_empty() { String::new() } else { format!("  {name} : {text}") };
    vec![
        format!("{} ({}, registre {register})", indicator.name, indicator.unit),
        line("cible", &clause.target_of(indicator)),
        line("fréquence", &clause.frequency_of(indicator)),
        line("preuves", &indicator.proofs.join(", ")),
        line("contrôle", &indicator.control),
    ]
}

fn penalty(penalty: &Penalty) -> String {
    let Penalty { fact, unit, amount, notice, .. } = penalty;
    format!("{fact} : « {amount} » par {unit}, après mise en demeure de {notice}")
}
