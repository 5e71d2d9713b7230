//! ODS (OpenDocument 1.3), the form prescribed for files of the government: a ZIP of four small
//! files. The only module that writes ZIPs of them.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Grid, Value};

/// Rows of a template in which choices are offered.
const OFFERED: usize = 1000;

const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"#;

const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"/>
"#;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.3">
<office:automatic-styles>
<number:date-style style:name="iso"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style>
<number:text-style style:name="plain"><number:text-content/></number:text-style>
<style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="day" style:family="table-cell" style:data-style-name="iso"/>
<style:style style:name="text" style:family="table-cell" style:data-style-name="plain"/>
<style:style style:name="wide" style:family="table-column"><style:table-column-properties style:column-width="3.2cm"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet>
"#;

/// The grid as an ODS.
pub fn render(grid: &Grid) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let content = content(grid);
    // The type stands first and plain, so that it can be told without unpacking.
    for (name, text, options) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet", stored),
        ("META-INF/manifest.xml", MANIFEST, packed),
        ("styles.xml", STYLES, packed),
        ("content.xml", content.as_str(), packed),
    ] {
        zip.start_file(name, options).expect("memory takes it");
        zip.write_all(text.as_bytes()).expect("memory takes it");
    }
    zip.finish().expect("memory takes it").into_inner()
}

fn content(grid: &Grid) -> String {
    let mut out = String::from(HEAD);
    let with_choices = |number: usize| !grid.columns[number].choices.is_empty();
    if (0..grid.columns.len()).any(with_choices) {
        out.push_str("<table:content-validations>");
        for (number, column) in grid.columns.iter().enumerate().filter(|(at, _)| with_choices(*at))
        {
            let list: Vec<String> = column
                .choices
                .iter()
                .map(|choice| format!("\"{}\"", choice.replace('"', "\"\"")))
                .collect();
            _ = write!(
                out,
                "<table:content-validation table:name=\"choice{number}\" table:condition=\"{}\" table:allow-empty-cell=\"true\"/>",
                escaped(&format!("of:cell-content-is-in-list({})", list.join(";")))
            );
        }
        out.push_str("</table:content-validations>");
    }
    _ = write!(out, "<table:table table:name=\"{}\">", escaped(&grid.name));
    for column in &grid.columns {
        let style = if column.is_day { "day" } else { "text" };
        _ = write!(
            out,
            "<table:table-column table:style-name=\"wide\" table:default-cell-style-name=\"{style}\"/>"
        );
    }
    out.push_str("<table:table-row>");
    for column in &grid.columns {
        cell(&mut out, &Value::Text(column.heading.clone()), "head");
    }
    out.push_str("</table:table-row>\n");
    for row in grid.body() {
        out.push_str("<table:table-row>");
        for value in row {
            cell(&mut out, value, if matches!(value, Value::Day(_)) { "day" } else { "text" });
        }
        out.push_str("</table:table-row>\n");
    }
    if (0..grid.columns.len()).any(with_choices) {
        _ = write!(out, "<table:table-row table:number-rows-repeated=\"{OFFERED}\">");
        for number in 0..grid.columns.len() {
            if with_choices(number) {
                _ = write!(
                    out,
                    "<table:table-cell table:content-validation-name=\"choice{number}\"/>"
                );
            } else {
                out.push_str("<table:table-cell/>");
            }
        }
        out.push_str("</table:table-row>\n");
    }
    out.push_str("</table:table>\n</office:spreadsheet></office:body></office:document-content>\n");
    out
}

fn cell(out: &mut String, value: &Value, style: &str) {
    match value {
        Value::Empty => out.push_str("<table:table-cell/>"),
        Value::Text(text) => {
            _ = write!(
                out,
                "<table:table-cell table:style-name=\"{style}\" office:value-type=\"string\">"
            );
            for line in text.split('\n') {
                // Of several spaces a reader keeps one, unless they are said.
                let line = escaped(line).replace("  ", " <text:s/>");
                _ = write!(out, "<text:p>{line}</text:p>");
            }
            out.push_str("</table:table-cell>");
        }
        Value::Count(count) => {
            _ = write!(
                out,
                "<table:table-cell office:value-type=\"float\" office:value=\"{count}\"><text:p>{count}</text:p></table:table-cell>"
            );
        }
        Value::Day(day) => {
            _ = write!(
                out,
                "<table:table-cell table:style-name=\"day\" office:value-type=\"date\" office:date-value=\"{day}\"><text:p>{day}</text:p></table:table-cell>"
            );
        }
    }
}

/// Text in XML; characters that XML cannot hold are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
