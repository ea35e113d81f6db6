//! What makes a wording unlawful or useless, found by rules kept as data (`redaction.toml`, `lexique/`).
//!
//! A text is cut into sentences and words (`text`); each word is known by its concepts (`lexicon`); a rule is a few patterns of
//! concepts (`pattern`), with exceptions that reach their own sentence; citations are judged by the register (`citation`).
//! The build script compiles the files (`compile`) into statics (`image`): nothing is read nor prepared when a text comes.

mod citation;
mod compile;
mod image;
mod inflect;
mod lexicon;
mod memory;
mod pattern;
mod rules;
mod text;

use crate::base::quantity::Date;
use crate::base::terms::{ContractForm, Vocabulary, vocabulary};
use crate::file::reading::{self, LoadErrors, Problem, Report, Span};
use crate::law::Legal;
use image::{Day, Image, PatternTable, Ranks, RepealedImage, RuleImage, SubjectImage, WordTable};
pub(crate) use memory::Memory;
use pattern::Sentence;
use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::OnceLock;
use text::Words;

/// The rules and their words.
static IMAGE: Image = include!(concat!(env!("OUT_DIR"), "/wording.rs"));

vocabulary! {
    /// What a text is for.
    Place, "l’endroit" {
        /// Object of the contract, title of a lot.
        Object = "objet",
        /// A value given to a clause.
        Value = "valeur",
        /// The method of an award criterion.
        Criterion = "critere",
        /// The method of an award criterion that counts as environmental: what holds of a criterion holds of it too.
        GreenCriterion = "critere-environnemental",
        /// What a criterion that counts as environmental notes, its scoring being data of its own: only asked whether it is
        /// environmental.
        Notes = "notes-environnementales",
        /// Why the social clause is set aside.
        Grounds = "raisons",
        /// The text of a clause or of a trame.
        Text = "texte",
    }
}

impl Place {
    /// The place of what a criterion notes.
    pub(crate) fn of_criterion(environmental: bool) -> Self {
        if environmental { Self::GreenCriterion } else { Self::Criterion }
    }
}

/// What is known of a text besides its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Setting {
    /// What it is for.
    pub place: Place,
    /// Day of launch of the consultation; none when the text must hold on any day.
    pub launch: Option<Date>,
    /// Form of the contract; none when the text serves any.
    pub form: Option<ContractForm>,
}

/// The rules as they are shown and applied: those of the files, names that have changed, citations.
#[derive(Debug)]
struct Rules {
    rules: Vec<Rule>,
    names: Vec<Rule>,
    citations: Rule,
}

impl Rules {
    fn get() -> &'static Self {
        static RULES: OnceLock<Rules> = OnceLock::new();
        RULES.get_or_init(|| Self {
            rules: IMAGE.rules.iter().map(Rule::of).collect(),
            names: IMAGE.names.iter().map(|(_, rule)| Rule::of(rule)).collect(),
            citations: citation::rule(),
        })
    }
}

/// The sentences of a text.
fn sentences(words: &Words) -> Vec<Sentence<'_>> {
    words.sentences().map(|range| Sentence::new(words, range, &IMAGE)).collect()
}

/// The rules of wording, with the register that judges citations.
#[derive(Debug, Clone, Copy)]
pub struct Lint<'l> {
    rules: &'static Rules,
    legal: &'l Legal,
}

/// A fault of wording: what is said of it, and how it is recognised.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Rule {
    /// Code of the check that reports it.
    pub code: &'static str,
    /// What is wrong; « {mots} » stands for the words found.
    pub message: &'static str,
    /// What to write instead.
    pub help: &'static str,
    /// The words to put in place of those found, when there is but one way.
    pub instead: Option<&'static str>,
    /// First day of launch on which it is wrong; always when there is none.
    pub since: Option<Date>,
    /// Where it is looked for; empty means everywhere.
    pub places: Vec<Place>,
    /// The forms of contract in which it is wrong; empty means any.
    pub forms: Vec<ContractForm>,
    /// What a whole text must have one of.
    needs: Ranks,
    /// What makes it right, in the same sentence.
    exceptions: Ranks,
    /// What makes it right, anywhere in the text or in the clause that prints it.
    general: Ranks,
    /// The words looked for belong to a list: what excuses one excuses those enumerated with it, and no other.
    listed: bool,
}

/// A fault found in a text.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Hit {
    /// The rule.
    pub rule: &'static Rule,
    /// Place of the words in the text, from the first to the last, in bytes.
    pub span: Range<usize>,
    /// What is wrong, with the sentence where it stands and the words at fault.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// The text around: the clause that prints a value. It is read once, when a rule asks for it.
pub(crate) struct Around<'t> {
    text: Box<dyn Fn() -> String + 't>,
    /// Whether it excuses each rule.
    excused: OnceCell<Vec<bool>>,
}

impl<'t> Around<'t> {
    pub(crate) fn new(text: impl Fn() -> String + 't) -> Self {
        Self { text: Box::new(text), excused: OnceCell::new() }
    }

    fn excuses(&self, rules: &Rules, rank: usize) -> bool {
        let all = self.excused.get_or_init(|| {
            let text = (self.text)();
            let words = Words::of(&text);
            let sentences = sentences(&words);
            rules.rules.iter().map(|rule| rule.excused_by(&sentences)).collect()
        });
        all.get(rank).copied().unwrap_or(false)
    }
}

/// Checks the files of the rules (`redaction.toml`, `lexique/`) against a register: name and text of each. The library carries
/// them compiled, and no longer reads them.
///
/// # Errors
/// Everything wrong in them, or that the compiled rules are not theirs.
pub fn validate<'s>(files: impl IntoIterator<Item = (&'s str, &'s str)>, legal: &Legal) -> Result<(), LoadErrors> {
    LoadErrors::of(rules::problems(files, legal))
}

impl<'l> Lint<'l> {
    pub(crate) fn new(legal: &'l Legal) -> Self {
        Self { rules: Rules::get(), legal }
    }

    /// Every rule.
    pub fn rules(self) -> impl Iterator<Item = &'static Rule> {
        self.rules.rules.iter().chain(&self.rules.names).chain([&self.rules.citations])
    }

    /// What is wrong in a text of a consultation launched on a day (on any day when there is none), whatever its contract.
    pub fn read(self, text: &str, place: Place, launch: Option<Date>) -> Vec<Hit> {
        self.read_as(text, Setting { place, launch, form: None })
    }

    /// What is wrong in a text, read in its setting, in the order of the text.
    pub fn read_as(self, text: &str, setting: Setting) -> Vec<Hit> {
        self.read_in(text, setting, None)
    }

    /// What is wrong in a text, read in its setting and within the clause that prints it, in the order of the text: in each
    /// sentence, one hit of a code, every outdated name and every wrong citation.
    pub(crate) fn read_in(self, text: &str, setting: Setting, around: Option<&Around<'_>>) -> Vec<Hit> {
        let words = Words::of(text);
        let sentences = sentences(&words);
        let mut hits: Vec<Hit> = Vec::new();
        for sentence in &sentences {
            let before = hits.len();
            let mut done = None;
            for (rank, pattern) in sentence.candidates() {
                // The first pattern found speaks for its rule, and the first rule for its code.
                let Some(rule) = self.rules.rules.get(usize::from(rank)).filter(|_| done != Some(rank)) else {
                    continue;
                };
                if !rule.applies(setting) || hits.iter().skip(before).any(|hit| hit.rule.code == rule.code) {
                    continue;
                }
                let Some(runs) = sentence.find(pattern) else { continue };
                done = Some(rank);
                let excused = rule.excused_in(sentence, &runs)
                    || rule.excused_by(&sentences)
                    || around.is_some_and(|around| around.excuses(self.rules, rank.into()));
                if !excused {
                    hits.extend(rule.hit(text, sentence, &runs));
                }
            }
            self.names(text, sentence, setting, &mut hits);
            citation::judge(&self.rules.citations, text, sentence, setting, self.legal, &mut hits);
        }
        self.lacking(text, &words, &sentences, setting, &mut hits);
        hits.sort_by_key(|hit| hit.span.start);
        hits
    }

    /// True when what is noted bears on the environment: the rules of [`Place::Notes`] find in it what they ask for.
    pub(crate) fn is_environmental(self, text: &str) -> bool {
        let words = Words::of(text);
        let sentences = sentences(&words);
        let mut asked = self.rules.rules.iter().filter(|rule| rule.places.contains(&Place::Notes));
        asked.all(|rule| rule.lacks(text, &words, &sentences).is_none())
    }

    /// What a whole text lacks, one hit of a code.
    fn lacking(self, text: &str, words: &Words, sentences: &[Sentence<'_>], setting: Setting, hits: &mut Vec<Hit>) {
        for rule in self.rules.rules.iter().filter(|rule| rule.needs.0 < rule.needs.1 && rule.applies(setting)) {
            if hits.iter().all(|hit| hit.rule.code != rule.code) {
                hits.extend(rule.lacks(text, words, sentences));
            }
        }
    }

    /// The outdated names of a sentence.
    fn names(self, text: &str, sentence: &Sentence<'_>, setting: Setting, hits: &mut Vec<Hit>) {
        for met in sentence.met() {
            let found = IMAGE.names.binary_search_by_key(&met.concept, |(concept, _)| *concept);
            let Some(rule) = found.ok().and_then(|at| self.rules.names.get(at)) else { continue };
            if rule.applies(setting) && !sentence.any(IMAGE.past) && !sentence.any(rule.exceptions) {
                hits.extend(rule.hit(text, sentence, std::slice::from_ref(&(met.start..met.end))));
            }
        }
    }
}

impl Rule {
    fn of(image: &'static RuleImage) -> Self {
        let RuleImage {
            code, message, help, instead, since, places, forms, needs, exceptions, general, listed, ..
        } = *image;
        let since = day(since);
        let places = places.iter().filter_map(|word| Place::from_word(word)).collect();
        let forms = forms.iter().filter_map(|word| ContractForm::from_word(word)).collect();
        Self { code, message, help, instead, since, places, forms, needs, exceptions, general, listed }
    }

    fn applies(&self, setting: Setting) -> bool {
        let in_time = self.since.zip(setting.launch).is_none_or(|(since, launch)| launch >= since);
        let general = if setting.place == Place::GreenCriterion { Place::Criterion } else { setting.place };
        let there = self.places.is_empty() || self.places.contains(&setting.place) || self.places.contains(&general);
        // A text that serves any contract must do for an ordinary one.
        let form = setting.form.unwrap_or(ContractForm::Market);
        let form = self.forms.is_empty() || self.forms.contains(&form);
        in_time && there && form
    }

    /// True when something in the sentence makes right the words at fault.
    fn excused_in(&self, sentence: &Sentence<'_>, runs: &[Range<usize>]) -> bool {
        if self.listed { sentence.excuses(self.exceptions, runs) } else { sentence.any(self.exceptions) }
    }

    /// True when something in these sentences makes the rule silent.
    fn excused_by(&self, sentences: &[Sentence<'_>]) -> bool {
        self.general.0 < self.general.1 && sentences.iter().any(|sentence| sentence.any(self.general))
    }

    /// A text that has nothing of what it needs.
    fn lacks(&'static self, text: &str, words: &Words, sentences: &[Sentence<'_>]) -> Option<Hit> {
        let has = sentences.iter().any(|sentence| sentence.any(self.needs));
        if words.all().is_empty() || has || self.excused_by(sentences) {
            return None;
        }
        let span = words.all().first()?.start..words.all().last()?.end;
        let message = format!("« {} » : {}", shortened(text, &span, &span), self.message);
        Some(Hit { rule: self, span, message, help: self.help.to_owned() })
    }

    fn hit(&'static self, text: &str, sentence: &Sentence<'_>, runs: &[Range<usize>]) -> Option<Hit> {
        let places = runs.iter().filter_map(|run| sentence.place(run));
        // An apostrophe that opens the sentence elides nothing: it is a quotation mark.
        let from = |place: &Range<usize>| elision(text, place.start).max(sentence.whole.start);
        let places = places.map(|place| from(&place)..place.end).collect();
        self.hit_at(text, sentence, places, self.message, self.help)
    }

    /// A hit at some places of a sentence: what is wrong, and what to do.
    fn hit_at(
        &'static self,
        text: &str,
        sentence: &Sentence<'_>,
        mut places: Vec<Range<usize>>,
        message: &str,
        help: &str,
    ) -> Option<Hit> {
        places.sort_by_key(|place| place.start);
        let span = places.first()?.start..places.iter().map(|place| place.end).max()?;
        let quote = |place: &Range<usize>| format!("« {} »", shortened(text, place, &(place.start..place.start)));
        let quoted: Vec<String> = places.iter().map(quote).collect();
        let words = quoted.join(", ");
        let phrase = shortened(text, &sentence.whole, &span);
        let said = message.contains("{mots}") || places == [sentence.whole.clone()];
        let message = message.replace("{mots}", &words);
        let message = if said {
            format!("« {phrase} » : {message}")
        } else {
            format!("« {phrase} » : {message} (ici, {words})")
        };
        Some(Hit { rule: self, span, message, help: help.to_owned() })
    }
}

/// A day of the rules.
fn day(day: Day) -> Option<Date> {
    let (year, month, day) = day?;
    Date::parse(&format!("{year:04}-{month:02}-{day:02}"))
}

/// Where a word begins with what is elided before it (« l’atelier », « d’abord »).
fn elision(text: &str, start: usize) -> usize {
    let before = text.get(..start).unwrap_or_default();
    match before.strip_suffix(['\'', '’', 'ʼ']) {
        Some(before) => before.trim_end_matches(char::is_alphabetic).len(),
        None => start,
    }
}

/// The longest excerpt of a text in a message, in bytes.
const LONGEST: usize = 220;

/// A part of a text, whole when it is short, else cut between words around what is shown.
fn shortened(text: &str, whole: &Range<usize>, shown: &Range<usize>) -> String {
    let room = LONGEST.saturating_sub(shown.len()) / 2;
    let from =
        if shown.start - whole.start > room { after_space(text, shown.start - room, shown.start) } else { whole.start };
    let end = (shown.end + room).max(from + LONGEST.min(room + room)).min(shown.start + LONGEST);
    let to = if whole.end > end { before_space(text, shown.start, end) } else { whole.end };
    let open = if from > whole.start { "… " } else { "" };
    let close = if to < whole.end { " …" } else { "" };
    let kept = text.get(from..to).unwrap_or_default();
    format!("{open}{}{close}", kept.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The first place after a space in a part of a text; its end when it has none.
fn after_space(text: &str, from: usize, to: usize) -> usize {
    let from = (from..=to).find(|at| text.is_char_boundary(*at)).unwrap_or(to);
    let part = text.get(from..to).unwrap_or_default();
    part.char_indices().find(|(_, c)| c.is_whitespace()).map_or(to, |(at, c)| from + at + c.len_utf8())
}

/// The last space in a part of a text; its end when it has none.
fn before_space(text: &str, from: usize, to: usize) -> usize {
    let to = (from..=to).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(from);
    let part = text.get(from..to).unwrap_or_default();
    part.rfind(char::is_whitespace).filter(|at| *at > 0).map_or(to, |at| from + at)
}

/// Keys whose texts are for the author or the buyer, never printed in a piece.
const ASIDE: [&str; 27] = [
    "id",
    "nom",
    "pourquoi",
    "vigilance",
    "question",
    "source",
    "fourchette",
    "executants",
    "exclusions",
    "fondements",
    // Names of clauses, of parameters and of families: no text of theirs is printed.
    "requiert",
    "inclut",
    "successeur",
    "remplace",
    "social",
    "environnement",
    "famille",
    "au_plus",
    "au_moins",
    "plancher",
    "zero_a",
    "tout_a",
    "mesure",
    "penalite",
    // Words of the format.
    "nature",
    "mode",
    "sens",
];

/// The table of a criterion.
const CRITERION: &str = "critere";
/// Keys of a criterion whose texts are not what it notes: the level that no point rewards, what ties it to the object.
const NOT_NOTED: [&str; 2] = ["0", "lien_avec_l_objet"];

/// What is wrong in the wording of a clause or of a trame, with its place in the file. What a criterion notes is also read as
/// the method of a criterion, `noted` saying of which sort: with [`Place::GreenCriterion`], its own words must say what is
/// environmental in it.
pub(crate) fn of_file(lint: Lint<'_>, source: &str, noted: Option<Place>) -> Vec<Problem> {
    let report = Report::new(source);
    let root = reading::parse(source, &report);
    let mut texts = Vec::new();
    root.texts(&ASIDE, &mut texts);
    let quote = |span: &Span| source.get(span.clone()).unwrap_or_default().trim_matches(['"', '\'']);
    let around = Around::new(|| texts.iter().map(|span| format!("{}\n\n", quote(span))).collect());
    let setting = |place| Setting { place, launch: None, form: None };
    let mut known: HashSet<(&str, usize)> = HashSet::new();
    let mut read = |spans: &[Span], place| {
        for span in spans {
            let Some(text) = source.get(span.clone()) else { continue };
            let mut hits = lint.read_in(text, setting(place), Some(&around));
            // A text that is read in two ways is reproached with the same thing once.
            hits.retain(|hit| !known.contains(&(hit.rule.code, span.start)));
            for hit in hits {
                known.insert((hit.rule.code, span.start));
                report.add(span.start + hit.span.start..span.start + hit.span.end, hit.message, hit.help);
            }
        }
    };
    read(&texts, Place::Text);
    if noted.is_some() {
        let mut texts = Vec::new();
        let aside: Vec<&str> = ASIDE.into_iter().chain(NOT_NOTED).collect();
        let fields = root.fields().iter().filter(|field| matches!(&*field.key, "titre" | CRITERION));
        fields.for_each(|field| field.node.texts(&aside, &mut texts));
        read(&texts, Place::Criterion);
        if noted == Some(Place::GreenCriterion) {
            let whole: String = texts.iter().map(|span| format!("{}. ", quote(span).trim_end_matches('.'))).collect();
            let words = Words::of(&whole);
            let mut hits = Vec::new();
            lint.lacking(&whole, &words, &sentences(&words), setting(Place::Notes), &mut hits);
            let place = texts.first().cloned().unwrap_or_default();
            hits.into_iter().for_each(|hit| report.add(place.clone(), hit.message, hit.help));
        }
    }
    report.into_problems()
}
