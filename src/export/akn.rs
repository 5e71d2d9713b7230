//! A version of a regulation as Akoma Ntoso 3.0 (OASIS LegalDocML): 條 and 點 with what stands in them
//! under the ids their pages have, chapters around them, tables and attachments as such.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use crate::law::{Block, LawClause, LawText, Level, Table};
use crate::model::{Regulation, Version};
use crate::time::Day;

/// The document, UTF-8. The same version always gives the same bytes: no day of making stands in it.
pub fn document(regulation: &Regulation, version: &Version) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\">\n",
    );
    xml.push_str("<act name=\"regulation\" contains=\"singleVersion\">\n");
    meta(regulation, version, &mut xml);
    _ = writeln!(
        xml,
        "<preface><longTitle><p><docTitle>{}</docTitle></p></longTitle></preface>",
        text(&regulation.name)
    );
    body(&version.text, &mut xml);
    xml.push_str("</act>\n</akomaNtoso>\n");
    xml
}

/// Text and attribute values, fit for XML 1.0.
fn text(words: &str) -> String {
    let allowed = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    let plain: String =
        words.chars().map(|c| if c == '\n' { ' ' } else { c }).filter(allowed).collect();
    escape(&plain).into_owned()
}

fn meta(regulation: &Regulation, version: &Version, xml: &mut String) {
    let first = regulation.versions.iter().find_map(Version::from);
    let own = version.from();
    // A date is required; that none is known is said by its name.
    let date = |day: Option<Day>, name: &str| match day {
        Some(day) => format!("<FRBRdate date=\"{day}\" name=\"{name}\"/>"),
        None => "<FRBRdate date=\"0001-01-01\" name=\"unknown\"/>".to_owned(),
    };
    let work = format!("/akn/tw/act/{}", regulation.slug);
    let expression = format!("{work}/zho@{}", version.slug);
    let author = "<FRBRauthor href=\"#authority\"/>";
    _ = writeln!(
        xml,
        "<meta>\n<identification source=\"#clausebook\">\n\
         <FRBRWork><FRBRthis value=\"{work}/!main\"/><FRBRuri value=\"{work}\"/>{}{author}<FRBRcountry value=\"tw\"/></FRBRWork>\n\
         <FRBRExpression><FRBRthis value=\"{expression}/!main\"/><FRBRuri value=\"{expression}\"/>{}{author}<FRBRlanguage language=\"zho\"/></FRBRExpression>\n\
         <FRBRManifestation><FRBRthis value=\"{expression}/!main.xml\"/><FRBRuri value=\"{expression}.xml\"/>{}<FRBRauthor href=\"#clausebook\"/></FRBRManifestation>\n\
         </identification>\n<references source=\"#clausebook\">\n\
         <TLCOrganization eId=\"authority\" href=\"/akn/ontology/organization/tw/authority\" showAs=\"{}\"/>\n\
         <TLCOrganization eId=\"clausebook\" href=\"/akn/ontology/organization/clausebook\" showAs=\"clausebook\"/>\n\
         </references>\n</meta>",
        date(first, "generation"),
        date(own, "inForce"),
        date(own, "markup"),
        text(regulation.authority.as_deref().unwrap_or(&regulation.name)),
    );
}

fn body(law: &LawText, xml: &mut String) {
    xml.push_str("<body>\n");
    let mut open: Vec<(u8, &str)> = Vec::new();
    let mut headings = law.headings.iter().enumerate().peekable();
    for clause in &law.clauses {
        while let Some((at, heading)) =
            headings.next_if(|(_, heading)| heading.before.as_ref() == Some(&clause.number))
        {
            open_heading(at, heading.depth, &heading.text, &mut open, xml);
        }
        write_clause(clause, xml);
    }
    for (at, heading) in headings {
        open_heading(at, heading.depth, &heading.text, &mut open, xml);
    }
    close_to(0, &mut open, xml);
    for (at, attached) in law.attachments.iter().enumerate() {
        _ = write!(
            xml,
            "<hcontainer name=\"attachment\" eId=\"attachment_{}\"><heading>{}</heading><content>",
            at + 1,
            text(&attached.title)
        );
        write_blocks(&attached.blocks, xml);
        xml.push_str("</content></hcontainer>\n");
    }
    if law.clauses.is_empty() && law.headings.is_empty() && law.attachments.is_empty() {
        xml.push_str(
            "<hcontainer name=\"empty\" eId=\"empty\"><content><p/></content></hcontainer>\n",
        );
    }
    xml.push_str("</body>\n");
}

/// Opens the container of a heading, after those as deep or deeper are closed. Between a heading and
/// the next of its depth stand clauses, or nothing: then it holds an empty line.
fn open_heading(at: usize, depth: u8, heading: &str, open: &mut Vec<(u8, &str)>, xml: &mut String) {
    close_to(depth, open, xml);
    let name = match depth {
        0 => "book",
        1 => "chapter",
        2 => "section",
        3 => "subsection",
        _ => "division",
    };
    _ = writeln!(xml, "<{name} eId=\"heading_{}\"><heading>{}</heading>", at + 1, text(heading));
    open.push((depth, name));
}

fn close_to(depth: u8, open: &mut Vec<(u8, &str)>, xml: &mut String) {
    while let Some((_, name)) = open.pop_if(|(other, _)| *other >= depth) {
        if xml.ends_with("</heading>\n") {
            xml.push_str("<content><p/></content>");
        }
        _ = writeln!(xml, "</{name}>");
    }
}

/// The element of a level: 款 of a point is what a 項 is not.
fn element(level: Level) -> &'static str {
    match level {
        Level::Division => "part",
        Level::Article => "article",
        Level::Point => "point",
        Level::Paragraph => "paragraph",
        Level::Item => "subparagraph",
        Level::Subitem => "indent",
        Level::Detail => "level",
        Level::Further => "sublist",
    }
}

fn write_clause(clause: &LawClause, xml: &mut String) {
    let name = element(clause.number.level());
    _ = write!(xml, "<{name} eId=\"{}\">", clause.number.anchor());
    let marker = clause.marker.trim();
    if !marker.is_empty() {
        _ = write!(xml, "<num>{}</num>", text(marker));
    }
    let is_child = |block: &Block| matches!(block, Block::Clause(_));
    let (first, last) =
        (clause.blocks.iter().position(is_child), clause.blocks.iter().rposition(is_child));
    let (Some(first), Some(last)) = (first, last) else {
        xml.push_str("<content>");
        write_blocks(&clause.blocks, xml);
        _ = writeln!(xml, "</content></{name}>");
        return;
    };
    if first > 0 {
        xml.push_str("<intro>");
        write_blocks(&clause.blocks[..first], xml);
        xml.push_str("</intro>");
    }
    for (at, block) in clause.blocks[first..=last].iter().enumerate() {
        match block {
            Block::Clause(child) => write_clause(child, xml),
            // Words between two members of a list.
            other => {
                let id = format!("{}_text_{}", clause.number.anchor(), at);
                _ = write!(xml, "<hcontainer name=\"text\" eId=\"{id}\"><content>");
                write_blocks(std::slice::from_ref(other), xml);
                xml.push_str("</content></hcontainer>");
            }
        }
    }
    if last + 1 < clause.blocks.len() {
        xml.push_str("<wrapUp>");
        write_blocks(&clause.blocks[last + 1..], xml);
        xml.push_str("</wrapUp>");
    }
    _ = writeln!(xml, "</{name}>");
}

/// Paragraphs and tables; a container of them is never empty.
fn write_blocks(blocks: &[Block], xml: &mut String) {
    let before = xml.len();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => _ = write!(xml, "<p>{}</p>", text(&paragraph.text)),
            Block::Table(table) => write_table(table, xml),
            Block::Clause(clause) => _ = write!(xml, "<p>{}</p>", text(&clause.own_text())),
        }
    }
    if xml.len() == before {
        xml.push_str("<p/>");
    }
}

fn write_table(table: &Table, xml: &mut String) {
    if table.rows.iter().all(Vec::is_empty) {
        _ = write!(xml, "<p>{}</p>", text(&table.lines.join(" ")));
        return;
    }
    xml.push_str("<table>");
    for (at, row) in table.rows.iter().filter(|row| !row.is_empty()).enumerate() {
        xml.push_str("<tr>");
        let cell = if at == 0 && table.has_head { "th" } else { "td" };
        for words in row {
            _ = write!(xml, "<{cell}><p>{}</p></{cell}>", text(words));
        }
        xml.push_str("</tr>");
    }
    xml.push_str("</table>");
}
