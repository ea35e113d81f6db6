//! Every format, on one hostile and three realistic documents: the same words, inert values, the same bytes twice.

mod archive;
mod specimen;

use clausier::document::{Block, Column, Document, Inline, Table};
use clausier::reckoning::Reckoning;
use clausier::terms::Vocabulary;
use clausier::write::{Format, Sheet, Spaces, WriteOptions, write, write_with};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use roxmltree::Node;

fn documents() -> [(&'static str, Document); 4] {
    [
        ("specimen", specimen::hostile()),
        ("ecole-rc", specimen::school_rc()),
        ("ecole-ccap", specimen::school_ccap()),
        ("ecole-avis", specimen::school_notice()),
    ]
}

fn written(document: &Document, format: Format) -> String {
    String::from_utf8(write(document, format)).expect("a text format is UTF-8")
}

/// A text as a snapshot shows it: its invisible characters made visible, its blocks one a line.
fn visible(text: &str) -> String {
    let mut text = text.replace('\u{A0}', "⍽").replace('\u{202F}', "⸱").replace(&specimen::long_word(), "(long)");
    for block in ["<w:p>", "<w:tbl>", "<w:tr>", "<w:tc>", "<w:sectPr>", "<w:num ", "<w:comment ", "<property"] {
        text = text.replace(block, &format!("\n{block}"));
    }
    for block in ["<text:p ", "<text:h ", "<text:list ", "<table:table ", "<table:table-row", "<style:style", "<meta:"]
    {
        text = text.replace(block, &format!("\n{block}"));
    }
    text
}

/// The words of a text, whatever marks stand around them.
fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").replace(&specimen::long_word(), "(long)")
}

#[test]
fn text_of_the_specimen() {
    insta::assert_snapshot!(visible(&written(&specimen::hostile(), Format::Text)));
}

#[test]
fn markdown_of_the_specimen() {
    insta::assert_snapshot!(visible(&written(&specimen::hostile(), Format::Markdown)));
}

#[test]
fn html_of_the_specimen() {
    let html = written(&specimen::hostile(), Format::Html);
    let (head, body) = html.split_once("<body>").expect("a body");
    insta::assert_snapshot!(visible(body));
    for forbidden in ["<script", "<link", "@import", "url(", " src="] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    assert!(head.contains(r#"<html lang="fr">"#));
}

#[test]
fn docx_of_the_specimen() {
    let parts = archive::texts(&write(&specimen::hostile(), Format::Docx));
    for part in
        ["word/document.xml", "word/comments.xml", "word/numbering.xml", "word/footer1.xml", "docProps/core.xml"]
    {
        insta::assert_snapshot!(format!("docx-{}", part.replace('/', "-")), visible(&parts[part]));
    }
}

#[test]
fn odt_of_the_specimen() {
    let bytes = write(&specimen::hostile(), Format::Odt);
    let (first, content) = archive::parts(&bytes).swap_remove(0);
    assert_eq!(
        (first.as_str(), content.as_slice()),
        ("mimetype", b"application/vnd.oasis.opendocument.text".as_slice())
    );
    assert_eq!(&bytes[30..38], b"mimetype", "stored, so that a reader recognises the file by its first bytes");
    let parts = archive::texts(&bytes);
    for part in ["content.xml", "meta.xml"] {
        insta::assert_snapshot!(format!("odt-{part}"), visible(&parts[part]));
    }
}

/// Read by a Markdown parser, our file holds the words of the plain text and no markup but ours.
#[test]
fn markdown_is_read_as_we_meant_it() {
    for (name, document) in documents() {
        let markdown = written(&document, Format::Markdown);
        let mut read = String::new();
        let mut items: Vec<Option<u64>> = Vec::new();
        for event in Parser::new_ext(&markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
            match event {
                Event::Text(text) => read.push_str(&text),
                Event::Start(Tag::List(first)) => items.push(first),
                Event::Start(Tag::Item) => {
                    read.push('\n');
                    if let Some(Some(number)) = items.last_mut() {
                        read.push_str(&format!("{number} "));
                        *number += 1;
                    }
                }
                Event::End(TagEnd::List(_)) => drop(items.pop()),
                Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell | TagEnd::Item) => {
                    read.push('\n')
                }
                Event::Start(
                    Tag::Paragraph
                    | Tag::Heading { id: None, .. }
                    | Tag::Table(_)
                    | Tag::TableHead
                    | Tag::TableRow
                    | Tag::TableCell
                    | Tag::Strong
                    | Tag::Emphasis
                    | Tag::BlockQuote(_),
                )
                | Event::End(_) => {}
                other => panic!("{name}: markup that we did not write: {other:?}"),
            }
        }
        assert_eq!(words(&read), words(&written(&document, Format::Text)), "{name}");
    }
}

/// The words of the plain text, in its order, are those of each format; the sheet of what remains to be settled is last in all
/// of them, and never the first page of a contract.
#[test]
fn the_same_words_in_every_format() {
    for (name, document) in documents() {
        let text = unnumbered(&written(&document, Format::Text));

        let docx = archive::texts(&write(&document, Format::Docx));
        let (body, _) = without_contents(&docx["word/document.xml"]);
        assert_eq!(words(&xml_words(&body, "p", &["instrText"])), words(&text), "{name}.docx");

        let odt = archive::texts(&write(&document, Format::Odt));
        let ignored = &["annotation", "title", "desc", "table-of-content"];
        assert_eq!(words(&xml_words(&odt["content.xml"], "p", ignored)), words(&text), "{name}.odt");

        let html = written(&document, Format::Html);
        assert_eq!(words(&html_words(&html)), words(&text), "{name}.html");

        let xlsx = archive::texts(&write(&document, Format::Xlsx));
        assert_eq!(words(&unnumbered_rows(&sheet_words(&xlsx))), words(&text), "{name}.xlsx");
    }
}

/// The text of a file of Word without its table of contents, and the table itself, which says the headings again.
fn without_contents(xml: &str) -> (String, String) {
    const END: &str = "</w:sdtContent></w:sdt>";
    let Some(gallery) = xml.find("<w:docPartObj>") else { return (xml.to_owned(), String::new()) };
    let start = xml[..gallery].rfind("<w:sdt>").expect("its start");
    let end = start + xml[start..].find(END).expect("its end") + END.len();
    (format!("{}{}", &xml[..start], &xml[end..]), xml[start..end].to_owned())
}

/// Numbered lists are counted by the reader of a file, not written in it.
fn unnumbered(text: &str) -> String {
    let mut out = String::new();
    for block in text.split("\n\n") {
        let numbered = block.starts_with("1. ") && block != "1. janvier";
        for line in block.lines() {
            let words = line.trim_start_matches(|c: char| c.is_ascii_digit());
            out.push_str(if numbered { words } else { line });
            out.push('\n');
        }
        out.push('\n');
    }
    out
}

/// The rows of a sheet, without the numbers of its lists.
fn unnumbered_rows(sheet: &str) -> String {
    let bare = |line: &str| match line.split_once("° ") {
        Some((number, rest)) if number.parse::<u32>().is_ok() => format!("{rest}\n"),
        _ => format!("{line}\n"),
    };
    sheet.lines().map(bare).collect()
}

/// A spreadsheet holds values, never formulas, whatever they begin with; cells to fill are empty. The only formulas are ours,
/// made of functions and places of cells alone.
#[test]
fn no_value_becomes_a_formula() {
    let mut document = Document::new(clausier::terms::Piece::PriceFrame, "=1+1", Default::default());
    let cell = |text: &str| vec![Inline::Text(text.into())];
    let column = |heading: &str, numeric| Column { heading: heading.into(), numeric };
    let mut article = clausier::document::Article::new("prix", 1, "1.", "1", cell("+cmd|' /C calc'!A0"));
    article.blocks.push(Block::Table(Table {
        bars: vec![],
        caption: "@SUM(1;2)".into(),
        columns: vec![column("=HYPERLINK(\"http://exemple.fr\")", false), column("-2", true)],
        rows: vec![
            vec![cell("=WEBSERVICE(\"http://exemple.fr\")"), cell("………")],
            vec![cell("\t=1"), cell("=A1")],
            vec![cell("=SUM(A1)"), cell("………")],
        ],
        results: vec![clausier::document::ReckonedCell {
            row: 2,
            column: 1,
            how: Reckoning::Sum { of: 1 },
            lines: (0, 1),
            table: None,
        }],
    }));
    document.articles.push(article);
    let parts = archive::texts(&write(&document, Format::Xlsx));
    let sheet = &parts["xl/worksheets/sheet1.xml"];
    let tree = roxmltree::Document::parse(sheet).expect("well-formed");
    let mut formulas = 0;
    for cell in tree
        .descendants()
        .filter(|node| node.has_tag_name(("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "c")))
    {
        let formula = cell.children().find(|child| child.tag_name().name() == "f").and_then(|child| child.text());
        if let Some(formula) = formula {
            assert_eq!(formula, "IF(COUNT(B7:B8)=0,\"\",SUM(B7:B8))", "{sheet}");
            formulas += 1;
            continue;
        }
        assert!(cell.children().all(|child| child.tag_name().name() == "is"), "{sheet}");
        assert!(cell.attribute("t").is_none_or(|kind| kind == "inlineStr"));
        assert_eq!(cell.attribute("t").is_some(), cell.has_children());
    }
    assert_eq!(formulas, 1, "the one that the table asks for");
    assert!(sheet.contains("=HYPERLINK"), "the words stay");
    for (part, xml) in parts.iter() {
        roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{part}: {error}"));
    }
}

/// The words of the sheets of a spreadsheet, in order.
fn sheet_words(parts: &std::collections::BTreeMap<String, String>) -> String {
    let sheets = (1..).map_while(|n| parts.get(&format!("xl/worksheets/sheet{n}.xml")));
    sheets.map(|sheet| xml_words(sheet, "c", &["headerFooter", "f"])).collect()
}

fn xml_words(xml: &str, paragraph: &str, ignored: &[&str]) -> String {
    fn walk(node: Node, paragraph: &str, ignored: &[&str], out: &mut String) {
        if ignored.contains(&node.tag_name().name()) {
            return;
        }
        if let Some(text) = node.text().filter(|_| node.is_text()) {
            out.push_str(text);
        }
        node.children().for_each(|child| walk(child, paragraph, ignored, out));
        if [paragraph, "h"].contains(&node.tag_name().name()) {
            out.push('\n');
        }
    }
    let document = roxmltree::Document::parse(xml).expect("well-formed");
    let mut out = String::new();
    walk(document.root_element(), paragraph, ignored, &mut out);
    out
}

fn html_words(html: &str) -> String {
    let (_, body) = html.split_once("<body>").expect("a body");
    let (before, rest) = body.split_once("<nav").expect("a table of contents");
    let (_, after) = rest.split_once("</nav>").expect("its end");
    let mut out = String::new();
    // A drawing says again what its table says.
    let body = format!("{before}{after}");
    let mut parts = body.split("<svg");
    let first = parts.next().unwrap_or_default().to_owned();
    let body = parts.fold(first, |text, part| text + part.split_once("</svg>").expect("its end").1);
    for piece in body.split('<') {
        let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
        if !["strong", "/strong", "em", "/em", "/mark", "/a"].contains(&tag)
            && !tag.starts_with("mark ")
            && !tag.starts_with("a ")
        {
            out.push('\n');
        }
        out.push_str(text);
    }
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
        out = out.replace(entity, character);
    }
    out
}

/// Every part is well-formed XML, whatever the values hold, and no part is forgotten by the others.
#[test]
fn parts_are_well_formed_and_bound() {
    for (name, document) in documents() {
        for format in [Format::Docx, Format::Odt] {
            let parts = archive::texts(&write(&document, format));
            for (part, xml) in parts.iter().filter(|(part, _)| *part != "mimetype") {
                roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{name}.{format} {part}: {error}"));
            }
            let index = if format == Format::Docx { "[Content_Types].xml" } else { "META-INF/manifest.xml" };
            for part in
                parts.keys().filter(|part| !part.ends_with(".rels") && !["mimetype", index].contains(&part.as_str()))
            {
                assert!(parts[index].contains(part), "{name}.{format}: {part} is not in {index}");
            }
        }
    }
}

/// References of an office file point to bookmarks that exist, identifiers are unique, ranges are closed.
#[test]
fn identifiers_are_unique_and_references_resolve() {
    for (name, document) in documents() {
        let docx = archive::texts(&write(&document, Format::Docx));
        let xml = roxmltree::Document::parse(&docx["word/document.xml"]).expect("well-formed");
        let values = |tag: &str, attribute: &str| -> Vec<String> {
            let named = |node: &Node| node.tag_name().name() == tag;
            let value = |node: Node| node.attributes().find(|a| a.name() == attribute).map(|a| a.value().to_owned());
            xml.descendants().filter(named).filter_map(value).collect()
        };
        let unique = |values: &[String]| {
            let mut sorted = values.to_vec();
            sorted.sort();
            sorted.dedup();
            assert_eq!(sorted.len(), values.len(), "{name}: {values:?}");
        };
        let bookmarks = values("bookmarkStart", "name");
        unique(&bookmarks);
        unique(&values("bookmarkStart", "id"));
        unique(&xml.descendants().filter(|n| n.has_tag_name((W, "sdtPr"))).filter_map(control_id).collect::<Vec<_>>());
        assert_eq!(values("bookmarkStart", "id"), values("bookmarkEnd", "id"), "{name}");
        let sorted = |mut values: Vec<String>| {
            values.sort();
            values
        };
        unique(&values("commentRangeStart", "id"));
        for end in ["commentRangeEnd", "commentReference"] {
            assert_eq!(sorted(values("commentRangeStart", "id")), sorted(values(end, "id")), "{name}");
        }
        assert!(bookmarks.iter().all(|bookmark| bookmark.len() <= 40), "{name}: {bookmarks:?}");
        let instructions =
            xml.descendants().filter(|node| node.has_tag_name((W, "instrText"))).filter_map(|n| n.text());
        let referred = instructions.filter_map(|text| text.trim().strip_prefix("REF ")?.split(' ').next());
        for bookmark in referred.map(str::to_owned).chain(values("hyperlink", "anchor")) {
            assert!(bookmarks.contains(&bookmark), "{name}: {bookmark}");
        }
    }
}

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn control_id(properties: Node) -> Option<String> {
    properties.children().find(|node| node.has_tag_name((W, "id")))?.attribute((W, "val")).map(str::to_owned)
}

/// A page of Word and a page of LibreOffice may be cut at the same places: what introduces a list or a table, and the
/// rows that would stand alone, stay with what follows.
#[test]
fn the_same_paragraphs_stay_with_the_next_one() {
    for (name, document) in documents() {
        let docx = archive::texts(&write(&document, Format::Docx));
        let xml = roxmltree::Document::parse(&docx["word/document.xml"]).expect("well-formed");
        let kept = |paragraph: &Node| paragraph.descendants().any(|node| node.has_tag_name((W, "keepNext")));
        let paragraphs = xml.descendants().filter(|node| node.has_tag_name((W, "p")));
        let in_word: Vec<String> = paragraphs.filter(kept).map(|node| text_of(node, &["instrText"])).collect();

        let odt = archive::texts(&write(&document, Format::Odt));
        let xml = roxmltree::Document::parse(&odt["content.xml"]).expect("well-formed");
        let style = |node: &Node| node.attributes().find(|a| a.name() == "style-name").map(|a| a.value().to_owned());
        let kept = |node: &Node| {
            style(node).is_some_and(|style| style.starts_with("Introduction") || style.ends_with("_kept"))
        };
        let paragraphs = xml.descendants().filter(|node| node.tag_name().name() == "p");
        let in_libre_office: Vec<String> = paragraphs.filter(kept).map(|node| text_of(node, &["annotation"])).collect();
        assert_eq!(in_word, in_libre_office, "{name}");
        assert!(!in_word.is_empty() || name == "ecole-avis", "{name}");
    }
}

/// The text of a node, without that of the nodes ignored.
fn text_of(node: Node, ignored: &[&str]) -> String {
    if node.is_text() {
        return node.text().unwrap_or_default().to_owned();
    }
    let kept = node.children().filter(|child| !ignored.contains(&child.tag_name().name()));
    kept.map(|child| text_of(child, ignored)).collect()
}

/// No column is so narrow that a word or an amount would be broken, and all of them fill the line.
#[test]
fn columns_are_as_wide_as_their_words() {
    /// Width of the page, of the margins of a cell, of a character of text at 9.5 points: twentieths of a point.
    const PAGE: usize = 9_638;
    const MARGINS: usize = 192;
    const CHARACTER: usize = 95;
    for (name, document) in documents().into_iter().filter(|(name, _)| *name != "specimen") {
        let docx = archive::texts(&write(&document, Format::Docx));
        let xml = roxmltree::Document::parse(&docx["word/document.xml"]).expect("well-formed");
        for table in xml.descendants().filter(|node| node.has_tag_name((W, "tbl"))) {
            let width = |node: Node| node.attribute((W, "w")).and_then(|width| width.parse::<usize>().ok());
            let columns = table.descendants().filter(|node| node.has_tag_name((W, "gridCol")));
            let widths: Vec<usize> = columns.filter_map(width).collect();
            assert_eq!(widths.iter().sum::<usize>(), PAGE, "{name}");
            for row in table.children().filter(|node| node.has_tag_name((W, "tr"))) {
                let cells = row.children().filter(|node| node.has_tag_name((W, "tc")));
                for (cell, width) in cells.zip(&widths) {
                    let text = text_of(cell, &["instrText"]);
                    let word = text.split([' ', '-']).map(|word| word.chars().count()).max().unwrap_or(0);
                    assert!(word * CHARACTER + MARGINS <= *width, "{name}: {text}, {width}");
                }
            }
        }
    }
}

/// The first column of a table is its row header where no two of its cells are alike.
#[test]
fn a_first_column_that_names_its_rows_is_a_header() {
    let table = |first: [&str; 2]| {
        let row = |name: &str| vec![vec![Inline::Text(name.to_owned())], vec![Inline::Text("485 heures".to_owned())]];
        let column = |heading: &str| Column { heading: heading.to_owned(), numeric: false };
        let mut document = Document::new(clausier::terms::Piece::Rc, "Tableau", Default::default());
        let mut article = clausier::document::Article::new("a", 1, "1.", "1", vec![]);
        article.blocks = vec![Block::Table(Table {
            bars: vec![],
            results: vec![],
            caption: String::new(),
            columns: vec![column("Lot"), column("Volume")],
            rows: first.map(row).to_vec(),
        })];
        document.articles = vec![article];
        let docx = archive::texts(&write(&document, Format::Docx));
        (written(&document, Format::Html), docx["word/document.xml"].clone())
    };
    let (html, docx) = table(["1", "2"]);
    assert!(html.contains(r#"<tr><th scope="row">1</th><td>485 heures</td></tr>"#));
    assert!(docx.contains(r#"w:firstColumn="1""#));
    for alike in [["Lot 4", "Lot 4"], ["1", ""]] {
        let (html, docx) = table(alike);
        assert!(!html.contains(r#"<th scope="row""#));
        assert!(docx.contains(r#"w:firstColumn="0""#));
    }
}

/// What Word computes when it updates the fields is what we printed.
#[test]
fn numbers_of_word_are_ours() {
    for (name, document) in documents() {
        let docx = archive::texts(&write(&document, Format::Docx));
        let xml = roxmltree::Document::parse(&docx["word/document.xml"]).expect("well-formed");
        let mut counters = std::collections::BTreeMap::<String, u32>::new();
        let mut computed = None;
        let mut checked = 0;
        for node in xml.descendants() {
            match node.tag_name().name() {
                "instrText" => {
                    let text = node.text().unwrap_or_default();
                    let mut switches = text.split_whitespace();
                    if switches.next() == Some("SEQ") {
                        let counter = counters.entry(switches.next().unwrap_or_default().to_owned()).or_default();
                        match (text.split_once(r"\r "), text.contains(r"\c")) {
                            (Some((_, start)), _) => *counter = start.trim().parse().expect("a number"),
                            (None, false) => *counter += 1,
                            (None, true) => {}
                        }
                        computed = Some(counter.to_string());
                    }
                }
                "t" => {
                    if let Some(computed) = computed.take() {
                        assert_eq!(node.text(), Some(computed.as_str()), "{name}");
                        checked += 1;
                    }
                }
                _ => {}
            }
        }
        assert!(checked >= 2, "{name}: {checked} numbers");
    }
}

/// What LibreOffice computes when it updates the fields is what we printed, and the prefix of its formulas is declared.
#[test]
fn numbers_of_libre_office_are_ours() {
    for (name, document) in documents() {
        let odt = archive::texts(&write(&document, Format::Odt));
        let content = &odt["content.xml"];
        assert!(content.contains(r#"xmlns:ooow="http://openoffice.org/2004/writer""#), "{name}");
        let xml = roxmltree::Document::parse(content).expect("well-formed");
        let attribute = |node: Node, name: &str| {
            node.attributes().find(|a| a.name() == name).map(|a| a.value().to_owned()).unwrap_or_default()
        };
        let named = |name: &'static str| xml.descendants().filter(move |node| node.tag_name().name() == name);
        let declared: Vec<String> = named("sequence-decl").map(|node| attribute(node, "name")).collect();
        let mut counters = std::collections::BTreeMap::<String, u32>::new();
        let mut checked = 0;
        for sequence in named("sequence") {
            let counter = attribute(sequence, "name");
            assert!(declared.contains(&counter), "{name}: {counter}");
            let formula = attribute(sequence, "formula");
            let formula = formula.strip_prefix("ooow:").expect("a prefix").to_owned();
            let value = counters.entry(counter.clone()).or_default();
            match formula.strip_prefix(&counter) {
                Some("+1") => *value += 1,
                Some(rest) => assert_eq!(rest, "", "{name}: {formula}"),
                None => *value = formula.parse().expect("a number"),
            }
            assert_eq!(sequence.text(), Some(value.to_string().as_str()), "{name}");
            checked += 1;
        }
        assert!(checked >= 2, "{name}: {checked} numbers");
    }
}

/// The long piece has a table of contents, each entry the words of a heading and a link to it; the others have none, nor has
/// a block to be pasted.
#[test]
fn a_ccap_has_a_table_of_contents() {
    let bookmark = |anchor: &str| format!("art_{}", anchor.replace('-', "_"));
    for (name, document) in documents().into_iter().filter(|(name, _)| *name != "specimen") {
        let listed = document.flat().into_iter().filter(|article| article.level <= 2);
        let listed: Vec<(String, String)> = listed
            .map(|article| {
                let title = format!("{} {}", article.label.trim_end(), Inline::plain(&article.heading));
                (title.trim().to_owned(), bookmark(&article.anchor))
            })
            .collect();
        let wanted = if name == "ecole-ccap" { listed } else { Vec::new() };
        let entries = |document: &Document| {
            let docx = archive::texts(&write(document, Format::Docx));
            let (body, contents) = without_contents(&docx["word/document.xml"]);
            if !contents.is_empty() {
                assert_eq!(contents.matches("w:fldCharType=\"begin\"").count(), 1);
                assert_eq!(contents.matches("w:fldCharType=\"end\"").count(), 1);
            }
            let part = |text: &str, after: &str, before: &str| {
                text.split(after).nth(1).and_then(|rest| rest.split(before).next()).unwrap_or_default().to_owned()
            };
            let in_word = contents.split("<w:hyperlink ").skip(1).map(|link| {
                let anchor = part(link, "w:anchor=\"", "\"");
                assert!(body.contains(&format!("w:name=\"{anchor}\"")), "{anchor}");
                (part(link, "xml:space=\"preserve\">", "<"), anchor)
            });
            let in_word: Vec<(String, String)> = in_word.collect();
            let odt = archive::texts(&write(document, Format::Odt));
            let (_, index) = odt["content.xml"].split_once("<text:index-body>").unwrap_or_default();
            let index = index.split("</text:index-body>").next().unwrap_or_default();
            let links = index.split("<text:a ").skip(1);
            let links = links.map(|link| (part(link, "\">", "<"), part(link, "xlink:href=\"#", "\"")));
            assert_eq!(in_word, links.collect::<Vec<_>>(), "{name}");
            in_word
        };
        assert_eq!(entries(&document), wanted, "{name}");
        assert_eq!(entries(&document.bare()), [], "{name}");
    }
}

/// A reader that knows paragraphs, runs, links and cells only, as python-docx does, reads every word of a file of Word: no
/// content control holds any.
#[test]
fn plain_readers_of_word_read_every_word() {
    for (name, document) in documents() {
        let docx = archive::texts(&write(&document, Format::Docx));
        let (body, _) = without_contents(&docx["word/document.xml"]);
        let xml = roxmltree::Document::parse(&body).expect("well-formed");
        for control in xml.descendants().filter(|node| node.has_tag_name((W, "sdtContent"))) {
            assert_eq!(words(&text_of(control, &[])), "", "{name}");
        }
        let plain = xml_words(&body, "p", &["instrText", "sdt"]);
        assert_eq!(words(&plain), words(&unnumbered(&written(&document, Format::Text))), "{name}");
    }
}

/// A document of one article with these blocks.
fn of_blocks(blocks: Vec<Block>) -> Document {
    let mut document = Document::new(clausier::terms::Piece::Ae, "Essai", Default::default());
    let mut article = clausier::document::Article::new("a", 1, "1.", "1", vec![]);
    article.blocks = blocks;
    document.articles = vec![article];
    document
}

/// Dots are what a bidder fills: a form field in an office file, dots elsewhere; an ellipsis is none.
#[test]
fn what_the_bidder_fills_is_a_form_field() {
    let text = |text: &str| Block::Paragraph(vec![Inline::Text(text.to_owned())]);
    let document = of_blocks(vec![text("Au moins : ……… t, puis …………"), text("[…] et ……")]);
    let docx = archive::texts(&write(&document, Format::Docx));
    assert_eq!(docx["word/document.xml"].matches("<w:tag w:val=\"candidat\"/>").count(), 2);
    let odt = archive::texts(&write(&document, Format::Odt));
    let content = &odt["content.xml"];
    assert_eq!(content.matches("<text:text-input ").count(), 2);
    assert!(content.contains("À remplir par le candidat\">………</text:text-input> t, puis <text:text-input "));
    for format in [Format::Text, Format::Markdown, Format::Html] {
        assert!(written(&document, format).contains("Au moins : ……… t, puis …………"), "{format}");
    }
}

/// Two lists that follow each other stay two lists, of the same kind or not, in every format.
#[test]
fn two_lists_never_merge() {
    let list = |ordered: bool, items: [&str; 2]| {
        let items = items.iter().map(|item| vec![Inline::Text((*item).to_owned())]).collect();
        Block::List(clausier::document::List { ordered, items })
    };
    for kinds in [[true, true, true], [false, false, false], [true, false, true]] {
        let items = [["un", "deux"], ["trois", "quatre"], ["cinq", "six"]];
        let document = of_blocks(kinds.into_iter().zip(items).map(|(kind, items)| list(kind, items)).collect());
        let markdown = written(&document, Format::Markdown);
        let lists = Parser::new(&markdown).filter(|event| matches!(event, Event::Start(Tag::List(_))));
        let lists: Vec<bool> = lists.map(|event| matches!(event, Event::Start(Tag::List(Some(1))))).collect();
        assert_eq!(lists, kinds, "{markdown}");
        let docx = archive::texts(&write(&document, Format::Docx));
        let numbers: Vec<&str> = docx["word/document.xml"].split("<w:numId w:val=\"").skip(1).collect();
        let mut numbers: Vec<&str> = numbers.iter().filter_map(|rest| rest.split('"').next()).collect();
        numbers.retain(|number| *number != "0");
        assert_eq!(numbers.len(), 6, "{numbers:?}");
        assert!(numbers.chunks(2).all(|pair| pair[0] == pair[1]), "{numbers:?}");
        numbers.dedup();
        assert_eq!(numbers.len(), 3, "{numbers:?}");
        for number in numbers {
            assert!(docx["word/numbering.xml"].contains(&format!("<w:num w:numId=\"{number}\">")), "{number}");
        }
        let odt = archive::texts(&write(&document, Format::Odt));
        assert_eq!(odt["content.xml"].matches("<text:list ").count(), 3);
        assert!(!odt["content.xml"].contains("continue"));
        let html = written(&document, Format::Html);
        let (_, html) = html.split_once("<main>").expect("the text");
        assert_eq!(html.matches("<ol>").count() + html.matches("<ul>").count(), 3);
    }
}

/// A table is as wide as the text, whatever the page of the host document.
#[test]
fn tables_are_as_wide_as_the_text() {
    for (name, document) in documents() {
        let docx = archive::texts(&write(&document, Format::Docx));
        let body = &docx["word/document.xml"];
        let tables = body.matches("<w:tbl>").count();
        assert_eq!(body.matches("<w:tblW w:w=\"5000\" w:type=\"pct\"/>").count(), tables, "{name}");
        for row in body.split("<w:tr>").skip(1) {
            let row = row.split("</w:tr>").next().unwrap_or_default();
            let widths = row.split("<w:tcW w:w=\"").skip(1).filter_map(|rest| rest.split_once('"'));
            let widths: Vec<usize> = widths.filter_map(|(width, _)| width.parse().ok()).collect();
            let sum: usize = widths.iter().sum();
            assert!(sum.abs_diff(5_000) <= widths.len(), "{name}: {widths:?}");
        }
        let odt = archive::texts(&write(&document, Format::Odt));
        let content = &odt["content.xml"];
        assert!(content.contains("style:rel-width=\"100%\""), "{name}");
        let columns = content.matches("style:column-width=").count();
        assert_eq!(content.matches("style:rel-column-width=").count(), columns, "{name}");
    }
}

/// The sheet of what remains to be settled stands last; first, or nowhere, when it is asked for.
#[test]
fn the_sheet_stands_where_it_is_asked_for() {
    let document = specimen::hostile();
    assert!(!document.pending().is_empty());
    let first = document.articles.first().map(|article| Inline::plain(&article.heading)).expect("an article");
    let first = words(&first);
    for format in Format::all() {
        let text = |sheet: Sheet| {
            let bytes = write_with(&document, format, &WriteOptions { sheet, ..WriteOptions::default() });
            words(&match format {
                Format::Docx => xml_words(&archive::texts(&bytes)["word/document.xml"], "p", &["instrText"]),
                Format::Odt => xml_words(&archive::texts(&bytes)["content.xml"], "p", &["annotation"]),
                Format::Html => html_words(&String::from_utf8(bytes).expect("text")),
                Format::Xlsx => sheet_words(&archive::texts(&bytes)),
                _ => String::from_utf8(bytes).expect("text"),
            })
        };
        let place = |text: &str| text.find("À confirmer");
        let heading = |text: &str| text.find(&first).expect("the first article");
        let (last, start, none) = (text(Sheet::Last), text(Sheet::First), text(Sheet::Absent));
        assert!(place(&last).expect("a sheet") > heading(&last), "{format}");
        assert!(place(&start).expect("a sheet") < heading(&start), "{format}");
        assert_eq!(place(&none), None, "{format}");
        assert_eq!(last.len(), start.len(), "{format}: the same words");
    }
}

/// Titles, feet of pages and properties name the piece in full, as the dossier has it.
#[test]
fn a_piece_is_named_in_full() {
    let (name, text) = clausier_tests::stories().swap_remove(0);
    let read = |text: &str| clausier_tests::consultation(&name, text);
    let library = clausier::Library::embedded();
    for piece in clausier::Piece::all() {
        let Ok(document) = library.resolve(&read(&text)).draft(piece) else { continue };
        let full = document.name.clone();
        assert!(document.title.to_lowercase().contains(&full.to_lowercase()), "{piece}: {}", document.title);
        let docx = archive::texts(&write(&document, Format::Docx));
        let odt = archive::texts(&write(&document, Format::Odt));
        for part in [&docx["word/footer1.xml"], &docx["docProps/custom.xml"], &odt["styles.xml"], &odt["meta.xml"]] {
            assert!(part.contains(&full), "{piece}: {full}");
        }
        assert!(document.bare().title.is_empty());
    }
    let ccap = |text: &str| library.resolve(&read(text)).draft(clausier::Piece::Ccap).expect("a CCAP").title;
    assert!(ccap(&text).starts_with("Cahier des clauses administratives particulières (CCAP) – "), "{}", ccap(&text));
}

#[test]
fn the_same_bytes_twice() {
    for (name, document) in documents() {
        for format in Format::all() {
            assert_eq!(write(&document, format), write(&document.clone(), format), "{name}.{format}");
        }
    }
}

/// An office file of a whole piece stays light.
#[test]
fn office_files_are_small() {
    for (name, document) in documents() {
        for format in [Format::Docx, Format::Odt, Format::Xlsx] {
            let size = write(&document, format).len();
            assert!(size < 30_000, "{name}.{format}: {size} bytes");
        }
    }
}

/// A document without anything, and one whose references and cells do not match, are written too.
#[test]
fn any_document_can_be_written() {
    let mut document = Document::new(clausier::terms::Piece::Note, "", Default::default());
    for format in Format::all() {
        let plain = matches!(format, Format::Text | Format::Markdown);
        assert!(!write(&document, format).is_empty() || plain, "{format}");
    }
    let mut article = clausier::document::Article::new("a b\"<", 0, "", "", vec![]);
    article.blocks = vec![
        Block::Paragraph(vec![Inline::Reference { anchor: "nulle-part".into(), text: "7".into() }]),
        Block::Paragraph(vec![Inline::Reference { anchor: "a b\"<".into(), text: String::new() }]),
        Block::Table(Table {
            bars: vec![],
            results: vec![],
            caption: String::new(),
            columns: vec![],
            rows: vec![vec![vec![Inline::Text("sans colonne".into())]]],
        }),
    ];
    document.articles = vec![article.clone(), article];
    for format in Format::all() {
        let bytes = write(&document, format);
        if matches!(format, Format::Docx | Format::Odt | Format::Xlsx) {
            for (part, xml) in archive::texts(&bytes).iter().filter(|(part, _)| *part != "mimetype") {
                roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{format} {part}: {error}"));
            }
        }
    }
}

#[test]
fn spaces_for_editors_that_lack_them() {
    for format in [Format::Text, Format::Markdown, Format::Html] {
        let text = |spaces| written(&specimen::hostile().with_spaces(spaces), format);
        assert!(text(Spaces::Fine).contains("12\u{202F}345,60\u{A0}€"), "{format}");
        assert!(text(Spaces::NoBreak).contains("12\u{A0}345,60\u{A0}€"), "{format}");
        assert!(text(Spaces::Ascii).contains("12 345,60 €"), "{format}");
        assert!(!text(Spaces::Ascii).contains(['\u{202F}', '\u{A0}']), "{format}");
    }
}

/// Leaves the files where the outside validators look for them.
#[test]
fn files_for_the_validators() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("formats");
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    for (name, document) in documents() {
        for format in Format::all() {
            let bytes = write(&document, format);
            std::fs::write(folder.join(name).with_extension(format.extension()), bytes).expect("written");
        }
    }
}

/// The bare block has the words of the articles, and nothing else: it is pasted into a host piece.
#[test]
fn a_bare_block_has_its_articles_only() {
    for (name, document) in documents() {
        let mut articles = document.clone();
        articles.title = String::new();
        articles.consultation = Default::default();
        let bare = document.clone().bare();
        assert_eq!(bare.pending(), [], "{name}");
        assert_eq!(bare.articles.len(), document.articles.len(), "{name}");
        let text = written(&articles, Format::Text);
        let body = text.split("\nÀ confirmer\n").next().unwrap_or_default();
        for format in [Format::Text, Format::Markdown] {
            assert!(words(&written(&bare, format)).len() >= words(body).len().saturating_sub(4), "{name}.{format}");
        }
        assert_eq!(words(&written(&bare, Format::Text)), words(body), "{name}");
        let docx = archive::texts(&write(&bare, Format::Docx));
        assert!(!docx["word/document.xml"].contains("BlockTitle"), "{name}");
        assert!(!docx["word/comments.xml"].contains("<w:comment "), "{name}");
        let html = written(&bare, Format::Html);
        assert!(!html.contains("<h1>") && !html.contains("<nav"), "{name}");
    }
}
