//! What the buyer wrote in his own words, for the rules of wording: objects, titles, values, criteria, reasons.

use crate::base::terms::Vocabulary as _;
use crate::dossier::consultation::{Consultation, CriterionChoice, Given};
use crate::file::reading::Raw;
use crate::library::Library;
use crate::library::clause::{Clause, Lines, Mode, Note, ParameterKind};
use crate::library::lint::Place;
use crate::resolution::select::Selection;

/// A text of the buyer's own.
#[derive(Debug, Clone)]
pub(crate) struct OwnText<'a> {
    /// Key path in the dossier.
    pub(crate) path: String,
    pub(crate) place: Place,
    pub(crate) text: &'a str,
    /// What prints it with other words around, when something does.
    pub(crate) within: Option<Within<'a>>,
}

/// What prints a text of the buyer's among others.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Within<'a> {
    /// A clause, for the value of a parameter.
    Clause(&'a Clause),
    /// A criterion that the dossier describes.
    Criterion(&'a CriterionChoice),
}

impl<'a> Within<'a> {
    /// Its name.
    pub(crate) fn id(self) -> &'a str {
        match self {
            Self::Clause(clause) => &clause.id,
            Self::Criterion(choice) => &choice.id,
        }
    }

    /// All that it says.
    pub(crate) fn wording(self) -> String {
        match self {
            Self::Clause(clause) => clause.wording(),
            Self::Criterion(choice) => own(choice).into_iter().map(|(_, text)| format!("{text}\n\n")).collect(),
        }
    }
}

/// Every text of the buyer's own.
pub(crate) fn all<'a>(consultation: &'a Consultation, selection: &Selection<'a>) -> Vec<OwnText<'a>> {
    let bare = |path: String, place, text: &'a str| OwnText { path, place, text, within: None };
    let mut out = vec![bare("consultation.objet".to_owned(), Place::Object, &consultation.object)];
    for lot in consultation.lots.values() {
        out.push(bare(format!("lot.{}.intitule", lot.number), Place::Object, &lot.title));
    }
    for choice in &consultation.choices {
        let Some(clause) = selection.get(&choice.id).map(|s| s.clause) else { continue };
        let within = Some(Within::Clause(clause));
        let mut value = |path: &str, raw: &'a Raw| {
            out.extend(texts(raw).map(|text| OwnText { path: path.to_owned(), place: Place::Value, text, within }));
        };
        for (name, given) in &choice.parameters {
            let kind = clause.parameter(name).map(|parameter| &parameter.kind);
            if !matches!(kind, Some(ParameterKind::Text | ParameterKind::List)) {
                continue;
            }
            let path = format!("clause.{}.{name}", choice.id);
            match given {
                Given::Same(raw) => value(&path, raw),
                Given::PerLot(map) => map.iter().for_each(|(lot, raw)| value(&format!("{path}.{lot}"), raw)),
            }
        }
    }
    for chosen in &selection.criteria {
        // An own method of a criterion that counts as environmental must note something environmental.
        let place = if chosen.criterion.is_environmental() { Place::GreenCriterion } else { Place::Criterion };
        out.push(bare(format!("critere.{}.methode", chosen.id()), place, &chosen.choice.method));
        let within = Some(Within::Criterion(chosen.choice));
        let said = own(chosen.choice).into_iter();
        out.extend(said.map(|(path, text)| OwnText { path, place: Place::Criterion, text, within }));
    }
    if let Some(choice) = &consultation.set_aside {
        out.push(bare("clause_sociale_ecartee.raisons".to_owned(), Place::Grounds, &choice.grounds));
    }
    out
}

/// The texts of a criterion that the dossier describes, each with its key path.
fn own(choice: &CriterionChoice) -> Vec<(String, &str)> {
    let Some(own) = &choice.own else { return Vec::new() };
    let path = |key: &str| format!("critere.{}.{key}", choice.id);
    let mut out = vec![(path("titre"), own.title.as_str()), (path("lien_avec_l_objet"), own.criterion.object.as_str())];
    out.extend(own.criterion.elements.iter().map(|element| (path("elements"), element.as_str())));
    for (rank, note) in own.criterion.notes.iter().enumerate() {
        let path = |key: &str| path(&format!("note.{rank}.{key}"));
        out.push((path("titre"), note.title.as_str()));
        match &note.mode {
            Mode::Relative { read } => {
                out.extend(read.iter().map(|(form, text)| {
                    (path(&format!("lu.{}", form.map_or("tout", |form| form.word()))), text.as_str())
                }))
            }
            Mode::Levels(levels) => {
                out.extend(levels.iter().map(|(points, text)| (path(&format!("niveaux.{points}")), text.as_str())));
            }
            Mode::Scale(scale) => out.extend(scale.proof.iter().map(|proof| (path("preuve"), proof.as_str()))),
        }
    }
    if let Some(frame) = &own.criterion.frame {
        out.extend(frame.columns.iter().map(|column| (path("cadre.colonnes"), column.as_str())));
        if let Lines::Written(lines) = &frame.lines {
            out.extend(lines.iter().map(|line| (path("cadre.lignes"), line.as_str())));
        }
    }
    out
}

/// True when what a criterion of the buyer's own words notes is something environmental: its method, or its notes with their
/// units. The title alone says what is meant, not what is noted, unless one note, or a method in words, stands for the whole.
pub(crate) fn notes_environment(library: &Library, choice: &CriterionChoice) -> bool {
    let Some(own) = &choice.own else {
        return choice.method.trim().is_empty() || library.lint().is_environmental(&choice.method);
    };
    let mut said = if own.criterion.notes.len() < 2 { own.title.clone() } else { String::new() };
    for text in own.criterion.notes.iter().flat_map(noted).chain([choice.method.as_str()]) {
        said += &format!(" ; {text}");
    }
    library.lint().is_environmental(&said)
}

/// What a note reads, in the words of the dossier.
fn noted(note: &Note) -> Vec<&str> {
    let mut out = vec![note.title.as_str()];
    match &note.mode {
        Mode::Relative { read } => out.extend(read.iter().map(|(_, text)| text.as_str())),
        Mode::Levels(levels) => out.extend(levels.iter().map(|(_, text)| text.as_str())),
        Mode::Scale(scale) => out.push(&scale.unit),
    }
    out
}

/// The texts of a raw value.
fn texts(raw: &Raw) -> impl Iterator<Item = &str> {
    let items: &[String] = match raw {
        Raw::Text(text) => std::slice::from_ref(text),
        Raw::List(items) => items,
        _ => &[],
    };
    items.iter().map(String::as_str)
}
