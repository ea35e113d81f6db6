//! Words with, beside them, what their parts are: the form of a text between its template and the document.
//!
//! A value is never markup, nor a reference words: marks stand beside the text and not in it, so that nothing is read again
//! once a text is rendered. A reference holds its target until the pieces are numbered; [`Rich::inlines`] then asks what it
//! prints.

use crate::base::typography::{self, PROTECT, RELEASE, french};
use crate::document::{Inline, Source};
use std::sync::Arc;

/// What a reference points to, before the pieces are numbered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pointed {
    /// `art:ancre` or `art:ccap.ancre`: an article of a trame.
    Article(String),
    /// `droit:id,id`: legal texts of the register.
    Law(Vec<String>),
    /// `ccag:concept,concept`: provisions of the CCAG of the dossier.
    Ccag(Vec<String>),
}

/// What a part of a text is: from its mark to the [`Mark::End`] that closes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mark {
    Strong,
    Emphasis,
    /// A reference; its part is what it prints, empty for the words of the target.
    Reference(Arc<Pointed>),
    /// A value, with where it comes from.
    Value(Arc<Source>),
    /// A value to confirm: the question that it answers.
    ToConfirm(Arc<str>),
    /// A missing value: its question.
    Missing(Arc<str>),
    /// The lots of a group, in one of four grammatical forms. It has no part: it stands for words that come with the group.
    Lots(usize),
    /// Closes the part opened last.
    End,
}

/// Stands for words that are still to come: a rare letter, so that what surrounds it is set as around a word.
const WORDS: char = '\u{A7F7}';

/// A text with its marks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rich {
    /// The words; what a buyer wrote stands between the signs that the typographic pass leaves verbatim.
    text: String,
    /// The marks, in order, each with the place before which it stands, in bytes.
    marks: Vec<(usize, Mark)>,
}

impl From<String> for Rich {
    fn from(text: String) -> Self {
        Self { text, marks: Vec::new() }
    }
}

impl From<&str> for Rich {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<&String> for Rich {
    fn from(text: &String) -> Self {
        text.clone().into()
    }
}

impl From<&Rich> for Rich {
    fn from(text: &Rich) -> Self {
        text.clone()
    }
}

/// The buyer's own words, kept verbatim through the typographic pass, on one line.
pub(crate) fn verbatim(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + PROTECT.len_utf8() + RELEASE.len_utf8());
    out.push(PROTECT);
    for (i, line) in text.split(['\n', '\r', '\t']).map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        if i > 0 {
            out.push(' ');
        }
        out.push_str(line);
    }
    out.push(RELEASE);
    out
}

impl Rich {
    /// Nothing yet, with room for a text of this length.
    pub(crate) fn with_room(length: usize) -> Self {
        Self::from(String::with_capacity(length))
    }

    /// A missing value.
    pub(crate) fn missing(question: impl Into<Arc<str>>) -> Self {
        Self::from(String::from(WORDS)).within(Mark::Missing(question.into()))
    }

    /// A reference that prints the words of its target.
    pub(crate) fn reference(target: Pointed) -> Self {
        Self::from(String::from(WORDS)).within(Mark::Reference(Arc::new(target)))
    }

    /// The lots of a group, in one of their forms.
    pub(crate) fn lots(form: usize) -> Self {
        Self { text: String::new(), marks: vec![(0, Mark::Lots(form))] }
    }

    /// Some parts, one after the other.
    pub(crate) fn of<const N: usize>(parts: [Rich; N]) -> Self {
        Self::joined(parts, "")
    }

    /// Some texts with a sign between them.
    pub(crate) fn joined(parts: impl IntoIterator<Item = Rich>, sign: &str) -> Self {
        let mut parts = parts.into_iter();
        let mut out = parts.next().unwrap_or_default();
        for part in parts {
            out.text.push_str(sign);
            out.push(&part);
        }
        out
    }

    /// The whole of it as one part.
    pub(crate) fn within(mut self, mark: Mark) -> Self {
        self.marks.insert(0, (0, mark));
        self.marks.push((self.text.len(), Mark::End));
        self
    }

    /// Adds a text at the end.
    pub(crate) fn push(&mut self, more: &Rich) {
        let start = self.text.len();
        self.text.push_str(&more.text);
        self.marks.extend(more.marks.iter().map(|(place, mark)| (start + place, mark.clone())));
    }

    /// Adds words at the end.
    pub(crate) fn push_str(&mut self, words: &str) {
        self.text.push_str(words);
    }

    /// Opens a part at the end.
    pub(crate) fn open(&mut self, mark: Mark) {
        self.marks.push((self.text.len(), mark));
    }

    /// Closes the part opened last.
    pub(crate) fn close(&mut self) {
        self.open(Mark::End);
    }

    /// Closes a reference opened at this place: without words of its own, it has those of its target.
    pub(crate) fn close_reference(&mut self, opened: usize) {
        if self.text.len() == opened {
            self.text.push(WORDS);
        }
        self.close();
    }

    /// Bytes of its words.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// True when it prints nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.marks.is_empty()
    }

    /// True when it prints nothing but spaces.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.chars().all(|c| c.is_whitespace() || matches!(c, PROTECT | RELEASE))
    }

    /// The words before the first mark.
    pub(crate) fn lead(&self) -> &str {
        let end = self.marks.first().map_or(self.text.len(), |(place, _)| *place);
        self.text.get(..end).unwrap_or_default()
    }

    /// What follows the last of these signs; the whole text without one.
    pub(crate) fn after_last(&self, sign: &str) -> Self {
        let Some((before, rest)) = self.text.rsplit_once(sign) else { return self.clone() };
        self.tail(before.len() + sign.len(), rest)
    }

    /// What follows its first words.
    pub(crate) fn without_first(&self, words: &str) -> Self {
        self.text.strip_prefix(words).map_or_else(|| self.clone(), |rest| self.tail(words.len(), rest))
    }

    /// What stands from a place on: a part that was opened before it is open no more.
    fn tail(&self, start: usize, rest: &str) -> Self {
        let mut open = 0_usize;
        let mut marks = Vec::new();
        for (place, mark) in self.marks.iter().filter(|(place, _)| *place >= start) {
            match mark {
                Mark::End if open == 0 => continue,
                Mark::End => open -= 1,
                Mark::Lots(_) => {}
                _ => open += 1,
            }
            marks.push((place - start, mark.clone()));
        }
        Self { text: rest.to_owned(), marks }
    }

    /// The same with a first letter in capital; what the buyer wrote stays as it is.
    pub(crate) fn capital(mut self) -> Self {
        self.open_with_capital();
        self
    }

    fn open_with_capital(&mut self) {
        let Some(first) = self.text.chars().next().filter(|first| *first != PROTECT) else { return };
        let capital: String = first.to_uppercase().collect();
        self.text.replace_range(..first.len_utf8(), &capital);
        for (place, _) in self.marks.iter_mut().filter(|(place, _)| *place > 0) {
            *place = *place + capital.len() - first.len_utf8();
        }
    }

    /// The same as a sentence opens: a letter of the text, or of a given value, is a capital; a value to confirm stays as it is.
    pub(crate) fn sentence(mut self) -> Self {
        let first = self.marks.iter().take_while(|(place, _)| *place == 0);
        if first.into_iter().all(|(_, mark)| matches!(mark, Mark::Value(_))) {
            self.open_with_capital();
        }
        self
    }

    /// True when it names the lots of its group.
    pub(crate) fn names_lots(&self) -> bool {
        self.marks.iter().any(|(_, mark)| matches!(mark, Mark::Lots(_)))
    }

    /// The same with the words of its lots, which are asked when it names them.
    pub(crate) fn with_lots(self, forms: impl FnOnce() -> [String; 4]) -> Self {
        if !self.names_lots() {
            return self;
        }
        let forms = forms();
        let mut out = Self::default();
        let mut done = 0;
        for (place, mark) in &self.marks {
            out.text.push_str(self.text.get(done..*place).unwrap_or_default());
            done = *place;
            match mark {
                Mark::Lots(form) => out.text.push_str(forms.get(*form).map_or("", String::as_str)),
                mark => out.marks.push((out.text.len(), mark.clone())),
            }
        }
        out.text.push_str(self.text.get(done..).unwrap_or_default());
        out
    }

    /// The same, typeset, without the spaces around it.
    pub(crate) fn set(mut self) -> Self {
        // A space inside a part is its own.
        let last = self.marks.last().map_or(0, |(place, _)| *place);
        let end = self.text.get(last..).unwrap_or_default().trim_end().len() + last;
        self.text.truncate(end);
        let lead = self.lead();
        let start = lead.len() - lead.trim_start().len();
        if start > 0 {
            self.text.drain(..start);
            self.marks.iter_mut().for_each(|(place, _)| *place -= start);
        }
        typography::set(&mut self.text, &mut self.marks);
        self
    }

    /// The targets of its references.
    pub(crate) fn targets(&self) -> impl Iterator<Item = &Pointed> {
        self.marks.iter().filter_map(|(_, mark)| match mark {
            Mark::Reference(target) => Some(&**target),
            _ => None,
        })
    }

    /// Its words alone, with no words for a reference that has none of its own.
    pub(crate) fn plain(&self) -> String {
        let unresolved = |_: &Pointed, label: &str| Ok::<_, std::convert::Infallible>(Inline::Text(label.to_owned()));
        self.inlines(&mut { unresolved }).map(|run| Inline::plain(&run)).unwrap_or_default()
    }

    /// The run of a document, given what each reference prints in its place, with the words that it has of its own.
    pub(crate) fn inlines<E>(
        &self,
        resolve: &mut impl FnMut(&Pointed, &str) -> Result<Inline, E>,
    ) -> Result<Vec<Inline>, E> {
        Fold { rich: self, next: 0, at: 0 }.run(resolve)
    }
}

/// A text being read with its marks.
struct Fold<'r> {
    rich: &'r Rich,
    /// The next mark, by rank.
    next: usize,
    /// What has been read of the text.
    at: usize,
}

impl Fold<'_> {
    /// Reads up to the end of a part: parts nest no deeper than a text and the values in it.
    fn run<E>(&mut self, resolve: &mut impl FnMut(&Pointed, &str) -> Result<Inline, E>) -> Result<Vec<Inline>, E> {
        let mut out: Vec<Inline> = Vec::new();
        loop {
            let mark = self.rich.marks.get(self.next);
            let place = mark.map_or(self.rich.text.len(), |(place, _)| *place);
            let words = self.rich.text.get(self.at..place).unwrap_or_default();
            match out.last_mut() {
                _ if words.is_empty() => {}
                Some(Inline::Text(before)) => before.push_str(words),
                _ => out.push(Inline::Text(words.to_owned())),
            }
            self.at = place;
            self.next += 1;
            let mark = match mark {
                None | Some((_, Mark::End)) => return Ok(out),
                Some((_, Mark::Lots(_))) => continue,
                Some((_, mark)) => mark,
            };
            let content = self.run(resolve)?;
            out.push(match mark {
                Mark::Strong => Inline::Strong(content),
                Mark::Emphasis => Inline::Emphasis(content),
                Mark::Value(source) => Inline::Value { source: Arc::clone(source), content },
                Mark::ToConfirm(question) => {
                    Inline::ToConfirm { value: Inline::plain(&content), question: french(question) }
                }
                Mark::Missing(question) => Inline::Missing { question: french(question) },
                Mark::Reference(target) => resolve(target, &Inline::plain(&content).replace(WORDS, ""))?,
                Mark::Lots(_) | Mark::End => continue,
            });
        }
    }
}
