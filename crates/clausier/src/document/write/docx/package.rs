//! The parts of a DOCX around its text: properties, numbering, foot of pages, and the archive that holds them.

use super::super::file_title;
use super::super::office::{XML, custom_properties};
use super::super::xml::Xml;
use super::markup::{field, run};
use crate::base::zip::{Entry, archive};
use crate::document::Document;

const R: &str = r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;
const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

/// What makes a file: the text, and what stands beside it.
pub(super) struct Package<'a> {
    pub(super) document: &'a Document,
    /// Of the text; a redline, which is no document, has none.
    pub(super) fingerprint: &'a str,
    pub(super) body: String,
    pub(super) comments: String,
    /// For each list, whether it is numbered.
    pub(super) lists: Vec<bool>,
    pub(super) footer: String,
}

impl Package<'_> {
    pub(super) fn bytes(self) -> Vec<u8> {
        let Self { document, fingerprint, body, comments, lists, footer } = self;
        let main = format!(
            "{XML}<w:document {W} {R}><w:body>{body}<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/>\
             <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1247\" w:right=\"1134\" w:bottom=\"1247\" \
             w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
        );
        archive(&[
            Entry::new("[Content_Types].xml", include_str!("content_types.xml")),
            Entry::new("_rels/.rels", include_str!("package_rels.xml")),
            Entry::new("docProps/core.xml", core_properties(document)),
            Entry::new("docProps/app.xml", application_properties(document)),
            Entry::new("docProps/custom.xml", custom_properties(document, fingerprint)),
            Entry::new("word/document.xml", main),
            Entry::new("word/_rels/document.xml.rels", include_str!("document_rels.xml")),
            Entry::new("word/styles.xml", include_str!("styles.xml")),
            Entry::new("word/numbering.xml", numbering(&lists)),
            Entry::new("word/settings.xml", include_str!("settings.xml")),
            Entry::new("word/footer1.xml", footer_part(&footer)),
            Entry::new("word/comments.xml", format!("{XML}<w:comments {W}>{comments}</w:comments>")),
        ])
    }
}

/// One list a list, so that none runs into the next; 1 and 2 are those of the styles. A numbered one has a definition of its
/// own, hence starts at one whatever comes or goes before it and whichever of its items goes.
fn numbering(lists: &[bool]) -> String {
    let definition = |id: usize, (format, text): (&str, &str)| {
        format!(
            r#"<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="454" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>"#
        )
    };
    let (bullets, numbers) = (("bullet", "–"), ("decimal", "%1."));
    let (mut definitions, mut instances) = (String::new(), String::new());
    for (list, ordered) in [false, true].iter().chain(lists).enumerate() {
        // The bullets of all lists have one definition.
        let defined = if *ordered { list } else { 0 };
        if defined == list {
            definitions += &definition(list, if *ordered { numbers } else { bullets });
        }
        instances += &format!(r#"<w:num w:numId="{}"><w:abstractNumId w:val="{defined}"/></w:num>"#, list + 1);
    }
    format!("{XML}<w:numbering {W}>{definitions}{instances}</w:numbering>")
}

fn footer_part(text: &str) -> String {
    let page = |instruction: &str| field(instruction, &run("1"));
    format!(
        r#"{XML}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{}<w:r><w:tab/></w:r>{}{}{}{}</w:p></w:ftr>"#,
        text,
        run("Page "),
        page("PAGE"),
        run(" sur "),
        page("NUMPAGES"),
    )
}

fn core_properties(document: &Document) -> String {
    let identity = &document.consultation;
    format!(
        r#"{XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:subject>{}</dc:subject><dc:creator>{}</dc:creator><cp:keywords>{}</cp:keywords><dc:language>fr-FR</dc:language><cp:version>{}</cp:version></cp:coreProperties>"#,
        Xml(file_title(document)),
        Xml(&identity.object),
        Xml(&identity.buyer),
        Xml(&identity.reference),
        Xml(&identity.generator),
    )
}

fn application_properties(document: &Document) -> String {
    format!(
        r#"{XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>{}</Application><Company>{}</Company></Properties>"#,
        Xml(&document.consultation.generator),
        Xml(&document.consultation.buyer),
    )
}
