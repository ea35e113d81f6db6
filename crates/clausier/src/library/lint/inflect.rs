//! The light rules of French by which a word is known in all its forms.

/// How the end of a word may vary.
pub(super) type Endings = &'static [&'static str];

pub(super) const EXACT: Endings = &[""];
/// Any end at all.
pub(super) const ANY: Endings = &[];
const ER: Endings = &[
    "er", "e", "ee", "es", "ees", "ent", "era", "eront", "ant", "ait", "aient", "ons", "ez", "ers", "ante", "antes",
    "ants", "erait", "eraient", "erons", "erez", "ere", "eres", "eant", "eait", "a", "iere", "ieres",
];
const YER: Endings = &[
    "yer", "ye", "yee", "yes", "yees", "yant", "yait", "ie", "ient", "iera", "ieront", "yers", "yons", "yez", "ierait",
];
const IR: Endings =
    &["ir", "it", "is", "i", "ie", "ies", "issent", "issant", "issait", "ira", "iront", "irait", "isse", "irs"];
const RE: Endings =
    &["re", "res", "", "s", "ent", "u", "ue", "us", "ues", "ra", "ront", "ait", "ant", "rait", "e", "ement"];
const AL: Endings = &["al", "aux", "ale", "ales", "alement"];
const IF: Endings = &["if", "ifs", "ive", "ives", "ivement"];
const EUR: Endings = &["eur", "eurs", "euse", "euses", "eure", "eures", "rice", "rices"];
const FAIRE: Endings =
    &["aire", "ait", "aits", "aite", "aites", "ont", "era", "eront", "asse", "assent", "aisant", "aisait"];
const METTRE: Endings = &["ettre", "et", "ettent", "is", "ise", "ises", "ettra", "ettront", "ettant", "ette", "ettait"];
const TENIR: Endings =
    &["enir", "ient", "iennent", "enu", "enue", "enus", "enues", "iendra", "iendront", "enant", "enait", "ienne"];
const PRENDRE: Endings = &["endre", "end", "ennent", "is", "ise", "ises", "endra", "endront", "enant", "enait", "enne"];
const UIRE: Endings = &["ire", "it", "isent", "ira", "iront", "isant", "ite", "its", "ites", "isait", "ise", "irait"];
const CRIRE: Endings = &["ire", "it", "ivent", "ira", "iront", "ivant", "ite", "its", "ites", "ive", "irait"];
const INDRE: Endings =
    &["indre", "int", "ignent", "inte", "ints", "intes", "indra", "indront", "ignant", "igne", "indrait"];
const SUIVRE: Endings =
    &["ivre", "it", "ivent", "ivi", "ivie", "ivis", "ivies", "ivra", "ivront", "ivant", "ive", "ivrait"];
const OFFRIR: Endings = &["rir", "re", "rent", "ert", "erte", "erts", "ertes", "rira", "riront", "rant", "rait"];
const COURIR: Endings = &["ir", "t", "ent", "u", "ue", "ra", "ront", "ant", "e", "ait"];
const DEVOIR: Endings = &["evoir", "oit", "oivent", "evra", "evront", "evrait", "evait", "oive"];
const POUVOIR: Endings = &["ouvoir", "eut", "euvent", "ourra", "ourront", "ourrait", "uisse", "ouvait"];
const VOULOIR: Endings = &["ouloir", "eut", "eulent", "oudra", "oudront", "oulu", "oulait", "euille"];
const EUX: Endings = &["eux", "euse", "euses"];
const E: Endings = &["e", "es", "ee", "ees", "ement"];
const EL: Endings = &["el", "els", "elle", "elles", "ellement"];
const EN: Endings = &["n", "ns", "nne", "nnes", "ne", "nes"];
const EAU: Endings = &["", "x", "s"];
const NOUN: Endings = &["", "s", "e", "es", "x", "ement", "ment"];

/// The stem of a folded word and how it may end.
pub(super) fn inflect(word: &str) -> (&str, Endings) {
    let rules: [(&str, usize, Endings); 30] = [
        ("faire", 4, FAIRE),
        ("mettre", 5, METTRE),
        ("tenir", 4, TENIR),
        ("venir", 4, TENIR),
        ("prendre", 5, PRENDRE),
        ("duire", 3, UIRE),
        ("truire", 3, UIRE),
        ("dire", 3, UIRE),
        ("crire", 3, CRIRE),
        ("indre", 5, INDRE),
        ("uivre", 4, SUIVRE),
        ("ffrir", 3, OFFRIR),
        ("vrir", 3, OFFRIR),
        ("courir", 2, COURIR),
        ("devoir", 5, DEVOIR),
        ("pouvoir", 6, POUVOIR),
        ("vouloir", 6, VOULOIR),
        ("yer", 3, YER),
        ("er", 2, ER),
        ("ir", 2, IR),
        ("dre", 2, RE),
        ("ttre", 2, RE),
        ("al", 2, AL),
        ("if", 2, IF),
        ("eur", 3, EUR),
        ("eux", 3, EUX),
        ("el", 2, EL),
        ("en", 1, EN),
        ("on", 1, EN),
        ("eau", 0, EAU),
    ];
    if word.len() >= 4 {
        for (end, cut, endings) in rules {
            if word.ends_with(end) && word.len() > cut {
                return (word.get(..word.len() - cut).unwrap_or(word), endings);
            }
        }
        if let Some(stem) = word.strip_suffix('e') {
            return (stem, E);
        }
    }
    (word, NOUN)
}
