//! French typography: a table of what the pass sets and leaves, and what holds for every text.

use clausier::typography::{PROTECT, RELEASE, french};
use proptest::prelude::*;

/// Makes the invisible visible: `_` is a no-break space, `¤` a narrow one, `‹` and `›` protect, `^` is another mark.
fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{a0}' => '_',
            '\u{202f}' => '¤',
            PROTECT => '‹',
            RELEASE => '›',
            '\u{fdd0}' => '^',
            other => other,
        })
        .collect()
}

fn invisible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '_' => '\u{a0}',
            '¤' => '\u{202f}',
            '‹' => PROTECT,
            '›' => RELEASE,
            '^' => '\u{fdd0}',
            other => other,
        })
        .collect()
}

#[track_caller]
fn table(rows: &[(&str, &str)]) {
    for (plain, set) in rows {
        assert_eq!(visible(&french(&invisible(plain))), *set, "{plain}");
        assert_eq!(visible(&french(&invisible(set))), *set, "twice: {plain}");
    }
}

#[track_caller]
fn unchanged(texts: &[&str]) {
    for text in texts {
        assert_eq!(visible(&french(&invisible(text))), *text);
    }
}

#[test]
fn punctuation() {
    table(&[
        ("Objet : curage", "Objet_: curage"),
        ("Objet: curage", "Objet_: curage"),
        ("Deux lots :", "Deux lots_:"),
        ("un ; deux ! trois ?", "un¤; deux¤! trois¤?"),
        ("un; deux! trois?!", "un¤; deux¤! trois¤?!"),
        ("un_; deux¤: trois", "un¤; deux_: trois"),
        ("(quoi ?) ; 10 % ; « x » ; etc. ;", "(quoi¤?)¤; 10_%¤; «_x_»¤; etc.¤;"),
        ("Article 7 – Objet", "Article_7_– Objet"),
        ("mot – incise – mot", "mot_– incise_– mot"),
        ("trop  d'espaces _ ici", "trop d’espaces_ici"),
        ("ligne  une\n- deux ;\n– trois", "ligne une\n- deux¤;\n– trois"),
    ]);
}

#[test]
fn quotes_and_apostrophes() {
    table(&[
        ("\"PEMD\"", "«_PEMD_»"),
        ("le \"lot 1\" et le \"lot 2\".", "le «_lot 1_» et le «_lot 2_»."),
        ("«PEMD» ; « PEMD » ; «¤PEMD¤»", "«_PEMD_»¤; «_PEMD_»¤; «_PEMD_»"),
        ("dit \"le \"réemploi\" des portes\"", "dit «_le «_réemploi_» des portes_»"),
        ("l'acheteur d'aujourd'hui", "l’acheteur d’aujourd’hui"),
        ("l'\"objet\" n'est pas l'«objet»", "l’«_objet_» n’est pas l’«_objet_»"),
        ("(\"oui\", \"non\") ; \"quoi ?\"", "(«_oui_», «_non_»)¤; «_quoi¤?_»"),
    ]);
    unchanged(&["un pouce vaut 1\" et reste", "un \" seul", "\"ouvert\nfermé\"", "'mot'", "“déjà”", "f('a')", "\"\""]);
}

#[test]
fn figures_and_units() {
    table(&[
        ("485 heures, 18 tonnes, 15 jours, 16 mois, 4 ans", "485_heures, 18_tonnes, 15_jours, 16_mois, 4_ans"),
        ("350 000 €, 10%, 36€/h, 25 h/t, 300 m²", "350¤000_€, 10_%, 36_€/h, 25_h/t, 300_m²"),
        ("350 000 € HT, 12 euros TTC", "350¤000_€_HT, 12_euros_TTC"),
        ("1 250 000,50 € ; (1 250) ; −1 250", "1¤250¤000,50_€¤; (1¤250)¤; −1¤250"),
        ("(12 345 678)", "(12¤345¤678)"),
        ("de 10 000 à 20 000 habitants", "de 10¤000 à 20¤000 habitants"),
        ("1_250 heures", "1¤250_heures"),
        ("7,5 heures ; 2 l'une", "7,5_heures¤; 2 l’une"),
        // Not clearly one figure.
        ("lot 1 500 heures", "lot 1 500_heures"),
        ("l'article 7 485 heures", "l’article_7 485_heures"),
    ]);
    unchanged(&[
        "en 2026 485 candidats",
        "03 29 00 00 00",
        "123 456 789 00012",
        "de 12 h 30 à 14 h 00",
        "12:30",
        "007 250",
        "trois mois",
        "2 t-shirts",
        "un 1 250e",
    ]);
}

#[test]
fn references_and_dates() {
    table(&[
        ("n° 2021-1104 ; (n° 12)", "n°_2021-1104¤; (n°_12)"),
        ("article L. 2112-2 du code", "article_L._2112-2 du code"),
        ("articles R. 2194-1 et D. 2113-1", "articles_R._2194-1 et D._2113-1"),
        ("l'article 12.9 ; art. 3 ; art. L. 3, al. 2", "l’article_12.9¤; art._3¤; art._L._3, al._2"),
        ("Article 1er – Objet", "Article_1er_– Objet"),
        ("le 7 décembre 2026, le 1er août 2026", "le 7_décembre 2026, le 1er_août 2026"),
        ("au 31 mai.", "au 31_mai."),
    ]);
    unchanged(&["32 mai", "cet article le dit", "D. Martin", "7 maisons"]);
}

#[test]
fn addresses_stay_verbatim() {
    table(&[
        ("voir https://exemple.fr/?q=a:b;c ; puis", "voir https://exemple.fr/?q=a:b;c¤; puis"),
        ("«https://exemple.fr»", "«_https://exemple.fr_»"),
        ("clauses@exemple.fr: oui", "clauses@exemple.fr_: oui"),
    ]);
    unchanged(&[
        "https://exemple.fr/l'acheteur;s",
        "www.exemple.fr/d'un",
        "prénom.d'un@exemple.fr",
        "std::fmt",
        "a ://b",
    ]);
}

#[test]
fn marks_keep_their_place_and_are_looked_through() {
    table(&[
        ("485^ heures", "485^_heures"),
        ("485 ^heures", "485_^heures"),
        ("^L^'acheteur^ :", "^L^’acheteur^_:"),
        ("^mot^; ^mot^ ;", "^mot^¤; ^mot^¤;"),
        ("article ^12.9^", "article_^12.9^"),
        ("^«mot»^", "^«_mot_»^"),
        ("«^mot^»", "«_^mot^_»"),
        ("a ^ ^b", "a ^^b"),
        // Two values side by side are not one figure.
        ("lots de 1^ 250", "lots de 1^ 250"),
    ]);
}

#[test]
fn protected_values_stay_verbatim_and_are_read() {
    table(&[
        ("‹485› heures", "‹485›_heures"),
        ("le ‹l'objet : \"x\"; 1 250 €› ; l'objet", "le ‹l'objet : \"x\"; 1 250 €›¤; l’objet"),
        ("\"‹d'un›\"", "«_‹d'un›_»"),
        ("article ‹12.9›", "article_‹12.9›"),
        ("‹1› 250", "‹1› 250"),
        ("‹a  ›  b", "‹a  › b"),
    ]);
    unchanged(&["‹jamais refermé : l'un", "‹ ^l'un ; ^l'autre›"]);
}

/// Texts made of what the pass looks at.
fn texts() -> impl Strategy<Value = String> {
    let pieces = [
        " ", " ", " ", "\u{a0}", "\u{202f}", "\n", "\t", "a", "l", "L.", "R.", "art.", "article", "n°", "lot", "1",
        "12", "250", "000", "2026", "h", "heures", "mois", "mai", "1er", "€", "%", "HT", ",", ".", ":", ";", "!", "?",
        "«", "»", "\"", "'", "’", "(", ")", "–", "-", "/", "…", "@", "://", "www.", "x.fr", "\u{fdd0}", "\u{fdd8}",
        "\u{fdd9}", "é",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..24).prop_map(|pieces| pieces.concat())
}

/// The words alone: no spaces (those that the pass may add or drop), quotes and apostrophes made alike.
fn words(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}'))
        .map(|c| match c {
            '«' | '»' => '"',
            '’' => '\'',
            other => other,
        })
        .collect()
}

/// What stands between the marks that protect.
fn protected(text: &str) -> Vec<String> {
    let mut inside: Option<String> = None;
    let mut out = Vec::new();
    for c in text.chars() {
        match c {
            PROTECT => inside = Some(inside.unwrap_or_default()),
            RELEASE => out.extend(inside.take()),
            other => inside.iter_mut().for_each(|text| text.push(other)),
        }
    }
    out.extend(inside);
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn setting_twice_changes_nothing(text in texts()) {
        let once = french(&text);
        prop_assert_eq!(visible(&french(&once)), visible(&once));
    }

    #[test]
    fn words_and_marks_are_never_touched(text in texts()) {
        prop_assert_eq!(words(&french(&text)), words(&text));
    }

    #[test]
    fn protected_runs_are_never_touched(text in texts()) {
        prop_assert_eq!(protected(&french(&text)), protected(&text));
    }

    #[test]
    fn no_two_spaces_follow_each_other(text in texts()) {
        // Verbatim runs and addresses aside.
        let text: String = text.chars().filter(|c| *c != PROTECT).collect();
        let set: String = french(&text).chars().filter(|c| !matches!(c, '\u{fdd0}'..='\u{fdef}')).collect();
        let space = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}');
        prop_assert!(!set.chars().zip(set.chars().skip(1)).any(|(a, b)| space(a) && space(b)));
    }

    #[test]
    fn any_text_at_all(text in any::<String>()) {
        let once = french(&text);
        prop_assert_eq!(words(&once), words(&text));
        prop_assert_eq!(french(&once), once);
    }
}
