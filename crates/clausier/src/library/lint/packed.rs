//! The rules compiled beforehand, as bytes.

use super::citation::Citations;
use super::lexicon::Lexicon;
use super::pattern::Pattern;
use super::{Lint, Rule, Rules};
use crate::base::terms::Vocabulary;
use crate::file::packed::{Reader, Writer};

/// The rules as bytes.
pub(crate) fn pack(lint: Lint<'_>) -> Vec<u8> {
    let Rules { lexicon, rules, names, past, citations } = lint.rules;
    let mut out = Writer::default();
    lexicon.pack(&mut out);
    out.list(rules, |out, rule| rule.pack(out));
    out.list(names, |out, (concept, rule)| {
        out.number(usize::from(*concept));
        rule.pack(out);
    });
    patterns(&mut out, past);
    citations.pack(&mut out);
    out.finish()
}

/// The rules that bytes hold.
pub(crate) fn unpack(bytes: &[u8]) -> Option<Rules> {
    let mut bytes = Reader::new(bytes);
    Some(Rules {
        lexicon: Lexicon::unpack(&mut bytes)?,
        rules: bytes.list(Rule::unpack)?,
        names: bytes.list(|bytes| Some((bytes.small()?, Rule::unpack(bytes)?)))?,
        past: bytes.list(Pattern::unpack)?,
        citations: Citations::unpack(&mut bytes)?,
    })
}

fn patterns(out: &mut Writer, patterns: &[Pattern]) {
    out.list(patterns, |out, pattern| pattern.pack(out));
}

fn words<V: Vocabulary>(out: &mut Writer, words: &[V]) {
    out.list(words, |out, word| out.text(word.word()));
}

impl Rule {
    pub(super) fn pack(&self, out: &mut Writer) {
        let Self { code, message, help, since, places, forms, patterns: wrong, needs, exceptions, general, listed } =
            self;
        [code, message, help].into_iter().for_each(|text| out.text(text));
        out.option(*since, Writer::date);
        words(out, places);
        words(out, forms);
        [wrong, needs, exceptions, general].into_iter().for_each(|list| patterns(out, list));
        out.number(usize::from(*listed));
    }

    pub(super) fn unpack(bytes: &mut Reader<'_>) -> Option<Self> {
        let text = |bytes: &mut Reader<'_>| bytes.text().map(str::to_owned);
        Some(Self {
            code: text(bytes)?,
            message: text(bytes)?,
            help: text(bytes)?,
            since: bytes.option(Reader::date)?,
            places: bytes.list(|bytes| Vocabulary::from_word(bytes.text()?))?,
            forms: bytes.list(|bytes| Vocabulary::from_word(bytes.text()?))?,
            patterns: bytes.list(Pattern::unpack)?,
            needs: bytes.list(Pattern::unpack)?,
            exceptions: bytes.list(Pattern::unpack)?,
            general: bytes.list(Pattern::unpack)?,
            listed: bytes.number()? != 0,
        })
    }
}
