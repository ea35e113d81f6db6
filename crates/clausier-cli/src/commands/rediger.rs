//! `rediger`: the contract pieces of a dossier.

use crate::files::{self, ToWrite};
use crate::terminal::{self, Ended, Failure, Outcome};
use crate::{locks, report, usage};
use clap::{Arg, ArgAction, ArgMatches, Command};
use clausier::terms::Vocabulary as _;
use clausier::write::{Sheet, Spaces, WriteOptions, write_with};
use clausier::{Document, Format, Piece, Resolved, json};
use std::path::{Path, PathBuf};

/// What is written: one piece, or all those for which there is something to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    One(Piece),
    All,
}

/// In which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Document(Format),
    Json,
}

impl Wanted {
    const ALL_WORD: &'static str = "toutes";

    fn list() -> Vec<(&'static str, Self)> {
        let pieces = Piece::WORDS.iter().map(|(word, piece)| (*word, Self::One(*piece)));
        pieces.chain([(Self::ALL_WORD, Self::All)]).collect()
    }

    fn word(self) -> &'static str {
        match self {
            Self::One(piece) => piece.word(),
            Self::All => Self::ALL_WORD,
        }
    }
}

impl Form {
    const JSON_WORD: &'static str = "json";

    fn list() -> Vec<(&'static str, Self)> {
        let formats = Format::WORDS.iter().map(|(word, format)| (*word, Self::Document(*format)));
        formats.chain([(Self::JSON_WORD, Self::Json)]).collect()
    }

    fn extension(self) -> &'static str {
        match self {
            Self::Document(format) => format.extension(),
            Self::Json => Self::JSON_WORD,
        }
    }

    /// The form that the name of a file announces.
    fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_lowercase();
        Self::list().into_iter().find(|(_, form)| form.extension() == extension).map(|(_, form)| form)
    }
}

pub(crate) fn declare() -> Command {
    let option = |id: &'static str, value: &'static str| Arg::new(id).long(id).value_name(value);
    Command::new("rediger")
        .alias("render")
        .about("Rédige une pièce du marché : RC, avis, CCAP, AE, CCTP ou note de calcul [render]")
        .arg(files::dossier_argument())
        .arg(
            option("piece", "PIÈCE")
                .value_parser(|text: &str| usage::one_of(text, &Wanted::list()))
                .help(format!("{} ; rc par défaut", usage::words(&Wanted::list()))),
        )
        .arg(
            option("format", "FORMAT")
                .value_delimiter(',')
                .value_parser(|text: &str| usage::one_of(text, &Form::list()))
                .help(format!(
                    "{}, ou plusieurs : docx,odt ; par défaut, selon -o, sinon md",
                    usage::words(&Form::list())
                )),
        )
        .arg(files::output_option(
            "CHEMIN",
            "Fichier à écrire, ou répertoire pour plusieurs pièces ou plusieurs formats",
        ))
        .arg(files::overwrite_option())
        .arg(
            Arg::new("brouillon")
                .long("brouillon")
                .action(ArgAction::SetTrue)
                .help("Rédige malgré les constats bloquants, sous un bandeau qui les nomme"),
        )
        .arg(
            Arg::new("bloc")
                .long("bloc")
                .action(ArgAction::SetTrue)
                .help("Le bloc seul, à coller dans votre pièce : ni titre, ni identité, ni commentaires"),
        )
        .arg(
            Arg::new("mettre-a-jour")
                .long("mettre-a-jour")
                .action(ArgAction::SetTrue)
                .help("Rédige des pièces qui ne sont plus celles du verrou du dossier, et le dit"),
        )
        .arg(option("premier-numero", "NUMÉRO").help("Numéro du premier article, par exemple 7.3"))
        .arg(
            option("style", "STYLE")
                .help("Style des numéros, écrit sur le chiffre 7 : « Article 7 – », « 7. », « 7 - »"),
        )
        .arg(
            option("espaces", "ESPACES")
                .value_parser(usage::word::<Spaces>)
                .help("fine (par défaut), insecable (sans espace fine) ou ascii (espaces ordinaires)"),
        )
        .arg(
            option("a-confirmer", "PLACE")
                .value_parser(usage::word::<Sheet>)
                .help("Place de la feuille « À confirmer » : fin (par défaut), debut ou sans"),
        )
        .arg(files::library_option())
        .after_help("Exemple : clausier rediger dossier.toml --piece ccap -o ccap.md")
}

pub(crate) fn run(matches: &ArgMatches) -> Ended {
    let wanted = matches.get_one::<Wanted>("piece").copied().unwrap_or(Wanted::One(Piece::Rc));
    let output = matches.get_one::<PathBuf>("sortie").map(PathBuf::as_path);
    let forms = forms(matches, output, wanted)?;
    let draft = matches.get_flag("brouillon");

    let dossier = files::dossier(matches)?;
    let library = files::library(matches)?;
    let resolved = numbered(library.resolve(&dossier.consultation), matches, wanted)?;
    let findings = resolved.findings();
    terminal::tell(&report::findings(findings.iter(), &dossier.name, &dossier.text));
    let outcome = Outcome::of(findings);
    if outcome == Outcome::Blocked && !draft {
        terminal::tell(&refusal(&resolved, wanted));
        return Ok(outcome);
    }
    if !locked(matches, &dossier, &resolved, wanted)? {
        return Ok(Outcome::Different);
    }
    let usual = WriteOptions::default();
    let options = WriteOptions {
        block: matches.get_flag("bloc"),
        sheet: matches.get_one("a-confirmer").copied().unwrap_or(usual.sheet),
        spaces: matches.get_one("espaces").copied().unwrap_or(usual.spaces),
    };
    let documents = documents(&resolved, wanted, draft)?;
    let documents: Vec<Document> = documents.into_iter().map(|document| options.apply(document)).collect();
    let written = Written { resolved: &resolved, documents: &documents, forms: &forms, options };
    match output {
        None => terminal::print(&written.to_stream()?)?,
        Some(path) => {
            let (targets, folder) = written.targets(wanted, path)?;
            files::write(&targets, folder, matches.get_flag("ecraser"), Some(files::dossier_path(matches)))?;
        }
    }
    Ok(outcome)
}

/// Whether the pieces may be written: they are those of the lock, or the command line asks for others.
fn locked(
    matches: &ArgMatches,
    dossier: &files::Dossier,
    resolved: &Resolved<'_>,
    wanted: Wanted,
) -> Result<bool, Failure> {
    let Some(lock) = locks::beside(files::dossier_path(matches))? else { return Ok(true) };
    let drift = lock.drift(resolved, dossier.text.as_bytes());
    let mut drift = drift.map_err(|error| Failure::new(error.to_string(), ""))?;
    if let Wanted::One(piece) = wanted {
        drift.changes.pieces.retain(|changes| changes.piece == piece);
    }
    if drift.changes.is_empty() {
        return Ok(true);
    }
    terminal::tell(&locks::told(&drift));
    let update = matches.get_flag("mettre-a-jour");
    if !update {
        let help = "« clausier comparer DOSSIER --verrou » montre ce qui change ; --mettre-a-jour rédige quand même, \
                    et « clausier verrouiller DOSSIER --mettre-a-jour » garde les pièces nouvelles";
        let message = "rien n’est rédigé : le dossier est verrouillé";
        terminal::tell(&report::plain("erreur", message, [("aide", help)]));
    }
    Ok(update)
}

/// The dossier with the numbering that the command line asks for.
fn numbered<'a>(resolved: Resolved<'a>, matches: &ArgMatches, wanted: Wanted) -> Result<Resolved<'a>, Failure> {
    let given = |id: &str| matches.get_one::<String>(id).map(String::as_str);
    let (first, style) = (given("premier-numero"), given("style"));
    if first.is_none() && style.is_none() {
        return Ok(resolved);
    }
    let Wanted::One(piece) = wanted else {
        let help = "pour plusieurs pièces, écrivez une table [rendu] dans le dossier";
        return Err(Failure::new("--premier-numero et --style valent pour une seule pièce", help));
    };
    let mut layout = resolved.layout(piece);
    if let Some(first) = first {
        let wrong = |help| Failure::new(format!("« {first} » n’est pas un numéro d’article"), help);
        layout = layout.with_first(first).map_err(wrong)?;
    }
    if let Some(style) = style {
        let wrong = |help| Failure::new(format!("« {style} » n’est pas un style de numéro"), help);
        layout = layout.with_style(style).map_err(wrong)?;
    }
    Ok(resolved.with_layout(piece, layout))
}

fn refusal(resolved: &Resolved<'_>, wanted: Wanted) -> String {
    let message = match wanted {
        Wanted::One(piece) => format!("la pièce « {piece} » n’est pas rédigée"),
        Wanted::All => "les pièces ne sont pas rédigées".to_owned(),
    };
    let message = format!("{message} : {}", report::tally(resolved.findings()));
    let help =
        "corrigez le dossier, ou ajoutez --brouillon pour lire un projet ; « clausier expliquer CODE » en dit plus";
    report::plain("erreur", &message, [("aide", help)])
}

fn documents(resolved: &Resolved<'_>, wanted: Wanted, draft: bool) -> Result<Vec<Document>, Failure> {
    let documents = match wanted {
        Wanted::One(piece) if draft => resolved.draft(piece).map(|document| vec![document]),
        Wanted::One(piece) => resolved.document(piece).map(|document| vec![document]),
        Wanted::All => resolved.documents(draft),
    };
    let documents = documents.map_err(|error| Failure::new(error.to_string(), ""))?;
    if wanted == Wanted::All {
        let absent = Piece::all().filter(|piece| documents.iter().all(|document| document.piece != *piece));
        let absent: Vec<&str> = absent.map(Piece::word).collect();
        if !absent.is_empty() {
            terminal::tell(&report::plain("note", &format!("rien à écrire dans : {}", absent.join(", ")), []));
        }
    }
    Ok(documents)
}

/// The forms asked for, once each; without any, what the name of the file announces.
fn forms(matches: &ArgMatches, output: Option<&Path>, wanted: Wanted) -> Result<Vec<Form>, Failure> {
    let mut forms: Vec<Form> = Vec::new();
    for form in matches.get_many::<Form>("format").into_iter().flatten() {
        if !forms.contains(form) {
            forms.push(*form);
        }
    }
    if forms.is_empty() {
        let announced = output.and_then(Form::of);
        // The name of a folder announces nothing; that of a file never lies about what it holds.
        if let Some(path) = output
            && announced.is_none()
            && path.extension().is_some()
            && wanted != Wanted::All
            && !path.is_dir()
        {
            let help = format!("formats : {} ; ou ajoutez --format", usage::words(&Form::list()));
            return Err(Failure::new(format!("le nom « {} » n’annonce aucun format connu", path.display()), help));
        }
        forms.push(announced.unwrap_or(Form::Document(Format::Markdown)));
    }
    // A file whose name announces another format would be opened by the wrong program.
    if let (Some(path), [form]) = (output, forms.as_slice())
        && let Some(announced) = Form::of(path).filter(|announced| announced != form && !path.is_dir())
    {
        let (name, form, announced) = (path.display(), form.extension(), announced.extension());
        let help = format!("nommez-le « {} », ou demandez --format {announced}", path.with_extension(form).display());
        return Err(Failure::new(format!("« {name} » annonce du {announced}, et --format dit {form}"), help));
    }
    Ok(forms)
}

fn several(message: &str) -> Failure {
    Failure::new(message, "donnez un répertoire : -o RÉPERTOIRE")
}

/// What is written, and how.
struct Written<'w> {
    resolved: &'w Resolved<'w>,
    documents: &'w [Document],
    forms: &'w [Form],
    options: WriteOptions,
}

impl Written<'_> {
    fn bytes(&self, document: &Document, format: Format) -> Vec<u8> {
        write_with(document, format, &self.options)
    }

    /// The one file that holds these documents; pieces follow each other in a text format.
    fn one_file(&self, form: Form) -> Result<Vec<u8>, Failure> {
        match (form, self.documents) {
            (Form::Json, documents) => Ok(json::envelope(self.resolved, documents).into_bytes()),
            (Form::Document(format), [one]) => Ok(self.bytes(one, format)),
            (Form::Document(format @ (Format::Markdown | Format::Text)), several) => {
                Ok(several.iter().map(|document| self.bytes(document, format)).collect::<Vec<_>>().join(&b'\n'))
            }
            (Form::Document(format), _) => {
                Err(several(&format!("plusieurs pièces ne tiennent pas dans un fichier {format}")))
            }
        }
    }

    /// What goes to the standard output.
    fn to_stream(&self) -> Result<Vec<u8>, Failure> {
        match self.forms {
            [Form::Document(format @ (Format::Docx | Format::Odt | Format::Xlsx))] if terminal::on_screen() => {
                Err(Failure::new(
                    format!("un fichier {format} ne se lit pas à l’écran"),
                    format!("donnez un fichier : -o piece.{}", format.extension()),
                ))
            }
            [form] => self.one_file(*form),
            _ => Err(several("plusieurs formats ne tiennent pas dans une seule sortie")),
        }
    }

    /// The files to write: one, or in a folder one for each format and piece.
    fn targets<'p>(&self, wanted: Wanted, path: &'p Path) -> Result<(Vec<ToWrite>, Option<&'p Path>), Failure> {
        // The name of a file never lies about what it holds, and a folder is not named like a file.
        if let Some(announced) = Form::of(path).filter(|_| !path.is_dir()) {
            match *self.forms {
                [form] if form != announced => {
                    let (name, form) = (path.display(), form.extension());
                    let message = format!("le nom « {name} » annonce un autre format que {form}");
                    return Err(Failure::new(message, format!("nommez le fichier en .{form}, ou changez --format")));
                }
                [_] if wanted != Wanted::All || announced == Form::Json => {}
                [Form::Document(Format::Markdown | Format::Text)] => {}
                _ => {
                    let message = format!("plusieurs fichiers ne tiennent pas dans « {} »", path.display());
                    return Err(several(&message));
                }
            }
        }
        let inside = |word: &str, form: Form| path.join(format!("{word}.{}", form.extension()));
        if let [form] = *self.forms
            && (wanted != Wanted::All || form == Form::Json)
        {
            let path = if path.is_dir() { inside(wanted.word(), form) } else { path.to_owned() };
            return Ok((vec![ToWrite { path, bytes: self.one_file(form)? }], None));
        }
        let mut targets = Vec::new();
        for form in self.forms {
            match form {
                Form::Json => {
                    let bytes = self.one_file(*form)?;
                    targets.push(ToWrite { path: inside(wanted.word(), *form), bytes });
                }
                Form::Document(format) => {
                    // A spreadsheet is for the frames that a tenderer fills.
                    let kept = self.documents.iter().filter(|d| *format != Format::Xlsx || d.piece.is_frame());
                    targets.extend(kept.map(|document| ToWrite {
                        path: inside(document.piece.word(), *form),
                        bytes: self.bytes(document, *format),
                    }));
                }
            }
        }
        Ok((targets, Some(path)))
    }
}
