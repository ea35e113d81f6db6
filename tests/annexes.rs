//! The annexes: what a text announces is written with the pieces, or attached by the buyer, who is told of it.

mod archive;

use clausier::clause::Clause;
use clausier::terms::{Kind, Piece, Vocabulary as _};
use clausier::typography::french;
use clausier::{Format, Library, Sample, write};
use clausier_tests::{consultation, plain, root, stories};

/// What a clause prints, sentence by sentence, with the piece: its sections, but those of the note, and the cells of the tables.
fn printed(clause: &Clause) -> Vec<(String, String)> {
    let folder = root().join("clauses").join(clause.kind().to_string());
    let source = std::fs::read_to_string(folder.join(format!("{}.toml", clause.id))).expect("a clause");
    let (mut table, mut piece) = (String::new(), String::new());
    let mut out = Vec::new();
    for line in source.lines() {
        if line.starts_with('[') {
            (table, piece) = (line.to_owned(), "ccap".to_owned());
        }
        let (key, rest) = line.split_once(" = ").unwrap_or(("", line));
        if let ("[[section]]", "piece") = (&*table, key) {
            piece = rest.trim_matches('"').to_owned();
        }
        let read = match &*table {
            "" => key == "obligation",
            "[[section]]" => key.is_empty() && piece != "note",
            "[[indicateur]]" => ["nom", "cible", "controle", "preuves"].contains(&key),
            "[[penalite]]" => key == "fait",
            "[critere]" => key == "elements",
            "[[critere.note]]" | "[critere.note.niveaux]" => !["nom", "unite", "penalite", "mode"].contains(&key),
            _ => false,
        };
        for sentence in line.split(';').flat_map(|part| part.split(". ")).filter(|_| read) {
            let words = sentence.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ");
            out.push((piece.clone(), words.replace("accord-cadre", "accord")));
        }
    }
    assert!(!out.is_empty() || clause.sections.is_empty(), "{}: nothing read", clause.id);
    out
}

/// A document of the buyer's: joined, annexed, described or handed over with the consultation.
fn supplied(sentence: &str) -> bool {
    let consultation = ["au dossier", "à la consultation", "du dossier de consultation", "au cadre de prix"];
    let verbs = ["joint", "figure", "décrit", "publié", "remis aux candidats", "remise aux candidats"];
    let named =
        consultation.iter().any(|place| sentence.contains(place)) && verbs.iter().any(|verb| sentence.contains(verb));
    // What the purchaser of works publishes later is a result of the contract.
    (named && !sentence.contains("consultation des travaux"))
        || sentence.contains("annexé")
        || sentence.contains("liste jointe")
}

/// A form to fill: a frame, a grid, a sheet, a table with a name.
fn form(sentence: &str) -> bool {
    let words = [
        "cadre de",
        "grille",
        "tableur",
        "formulaire",
        "canevas",
        "bordereau-type",
        "récolement",
        "tableau des",
        "tableau de",
        "tableau récapitulatif",
    ];
    let sentence = sentence.replace("plan de récolement", "");
    words.iter().any(|word| sentence.contains(word))
}

/// Forms that another body publishes or that a sentence only names: the clause, and its words.
const OTHERS: [(&str, &str); 9] = [
    // The manufacturer's own.
    ("it-indice-reparabilite", "grille de calcul"),
    // The holder reckons what the works contract will have.
    ("moe-reemploi", "cadre de prix des travaux"),
    ("moe-reemploi", "récolement des entreprises"),
    // The format of a file.
    ("moe-reemploi", "format de tableur"),
    ("bat-pemd-suivi", "sous forme de tableur"),
    // The buyer's list, attached.
    ("nettoyage-journee", "tableau"),
    ("espaces-verts-invasives", "tableau"),
    // What the liaison ties: the grids and the weighings of its environmental clause.
    ("vrd-enrobes-recycles", "tableau"),
    ("cvc-cpe", "tableau"),
];

/// No text announces a document that is neither written with the pieces, nor attached by the buyer; nothing is attached or
/// written that no text announces.
#[test]
fn what_is_announced_is_written_or_attached() {
    let library = Library::embedded();
    let mut wrong = Vec::new();
    for clause in library.clauses() {
        // A liaison speaks of what its environmental clause attaches or frames; any clause, of what it requires.
        let held = clause.link().into_iter().flat_map(|link| &link.environment).chain(&clause.requires);
        let kin: Vec<&Clause> = held.filter_map(|id| library.clause(id)).chain([clause]).collect();
        let attached = kin.iter().any(|clause| !clause.attached.is_empty());
        let framed =
            kin.iter().any(|clause| !clause.frames.is_empty() || clause.criterion().iter().any(|c| c.frame.is_some()));
        let sentences = printed(clause);
        for (piece, sentence) in &sentences {
            // Price and cost have their frame.
            let priced =
                clause.criterion().iter().any(|c| (c.is_price() || c.is_cost()) && sentence.contains("cadre de prix"));
            let other = priced || OTHERS.iter().any(|(id, words)| *id == clause.id && sentence.contains(words));
            if supplied(sentence) && !attached && !framed {
                wrong.push(format!("{} ({piece}) : personne ne fournit : {sentence}", clause.id));
            }
            if form(sentence) && !framed && !other {
                wrong.push(format!("{} ({piece}) : rien n’écrit : {sentence}", clause.id));
            }
        }
        // The RC lists what the buyer attaches: the row of a criterion does, the text of a clause must.
        let in_rc = sentences.iter().any(|(piece, sentence)| piece == "rc" && supplied(sentence));
        if clause.kind() != Kind::Criterion && !clause.attached.is_empty() && !in_rc {
            wrong.push(format!("{} : joint, et le RC n’en dit rien", clause.id));
        }
        for frame in &clause.frames {
            let title = frame.title.to_lowercase();
            let named = |sentence: &str| sentence.contains(frame.piece.label()) || sentence.contains(&title);
            let proof = frame.piece == Piece::FollowUpFrame && sentences.iter().any(|(_, sentence)| named(sentence));
            let priced = frame.piece != Piece::FollowUpFrame
                && sentences.iter().any(|(piece, sentence)| piece == "rc" && named(sentence));
            if !proof && !priced {
                wrong.push(format!("{} : aucun texte n’annonce « {} »", clause.id, frame.title));
            }
        }
    }
    assert_eq!(wrong, [""; 0], "{}", wrong.join("\n"));
}

/// The trames name no annex that is not a piece.
#[test]
fn the_trames_announce_pieces_alone() {
    let folder = root().join("clauses/trames");
    for entry in std::fs::read_dir(folder).expect("the trames").flatten() {
        let text = std::fs::read_to_string(entry.path()).expect("a trame");
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            for (at, _) in line.match_indices("cadre de ") {
                let rest = &line[at..];
                let known = Piece::WORDS.iter().any(|(_, piece)| rest.starts_with(piece.label()));
                assert!(known, "{}: {line}", entry.path().display());
            }
        }
    }
}

/// Each table that a clause announces is written with the pieces, in every format, with its columns, its lines and its formulas;
/// the RC names it, and the note tells the buyer what he fills.
#[test]
fn each_table_that_a_clause_announces_is_written() {
    let library = Library::embedded();
    let mut seen = 0;
    for clause in library.clauses().filter(|clause| !clause.frames.is_empty()) {
        let dossier = library.sample(&clause.id, Sample::Usual).expect("a sample");
        let consultation = consultation(&clause.id, &dossier);
        let documents = library.resolve(&consultation).documents(true).expect("pieces");
        let text_of = |piece: Piece| {
            let document = documents.iter().find(|document| document.piece == piece);
            let document = document.unwrap_or_else(|| panic!("{}: no {piece}", clause.id));
            plain(&String::from_utf8(write(document, Format::Text)).expect("text"))
        };
        for frame in &clause.frames {
            seen += 1;
            let document = documents.iter().find(|document| document.piece == frame.piece).expect("an annex");
            let text = text_of(frame.piece);
            let formats = [Format::Markdown, Format::Docx, Format::Odt, Format::Xlsx];
            let office: Vec<String> = formats
                .iter()
                .map(|format| {
                    let bytes = write(document, *format);
                    let whole = match format {
                        Format::Markdown => String::from_utf8(bytes).expect("text"),
                        _ => archive::texts(&bytes).into_values().collect::<Vec<_>>().join("\n"),
                    };
                    plain(&whole)
                })
                .collect();
            for words in frame.columns.iter().chain([&frame.title]) {
                let words = plain(&french(words));
                let escaped = words.replace('&', "&amp;");
                assert!(text.contains(&words), "{}: {words}\n{text}", clause.id);
                for (format, whole) in formats.iter().zip(&office) {
                    assert!(whole.contains(&escaped) || whole.contains(&words), "{}: {words} in {format:?}", clause.id);
                }
            }
            assert!(office[3].matches("<f>").count() >= frame.results.len(), "{}", clause.id);
            let title = plain(&french(&frame.title));
            if frame.piece == Piece::FollowUpFrame {
                assert!(text_of(Piece::Rc).contains(&title), "{}: {title} in the RC", clause.id);
                assert!(text_of(Piece::Ccap).contains("cadre de suivi"), "{}", clause.id);
            }
            let note = text_of(Piece::Note);
            for rank in &frame.given {
                let column = plain(&french(&frame.columns[*rank]));
                assert!(note.contains(&column), "{}: {column} in the note", clause.id);
                assert!(text.contains("[à compléter]"), "{}", clause.id);
            }
        }
    }
    assert!(seen > 10, "{seen}");
}

/// The annexes that the RC names are written with the pieces, the others are not, and the note lists what the buyer attaches.
#[test]
fn the_stories_have_the_annexes_that_they_name() {
    for (name, text) in stories() {
        let library = Library::embedded();
        let consultation = consultation(&name, &text);
        let documents = library.resolve(&consultation).documents(false).expect("pieces");
        let text_of = |piece: Piece| {
            let found = documents.iter().find(|document| document.piece == piece);
            found.map(|document| plain(&String::from_utf8(write(document, Format::Text)).expect("text")))
        };
        let rc = text_of(Piece::Rc).expect("an RC");
        for piece in [Piece::PriceFrame, Piece::ResponseFrame, Piece::FollowUpFrame] {
            assert_eq!(rc.contains(piece.label()), text_of(piece).is_some(), "{name}: {piece}");
        }
        let note = text_of(Piece::Note).expect("a note").replace('’', "'");
        for applied in library.resolve(&consultation).clauses() {
            for document in &applied.clause.attached {
                assert!(note.contains(document.as_str()), "{name}: {document}");
            }
        }
    }
}
