//! Where records stand in the inputs: the file, and the line if pages shall name it.

use super::Site;
use super::route::percent_encoded;
use crate::record::value::Group;
use crate::source::{Area, SourceFile, Span};

/// A file of the inputs.
#[derive(Debug)]
pub struct InputFile {
    /// Relative to the site's folder, with `/` between the parts.
    pub path: String,
    /// It is a file of records.
    pub holds_records: bool,
    /// It is a list of records in block style, so that one more can be written at its end.
    pub takes_more: bool,
    /// The byte after each end of line; empty for files that hold no records.
    line_ends: Vec<u32>,
}

impl InputFile {
    /// A file, with its lines if it holds records.
    pub fn new(file: &SourceFile) -> Self {
        let holds_records = file.area == Area::Record;
        let text = if holds_records { file.text() } else { "" };
        let ends = text.bytes().zip(1_u32..).filter(|(byte, _)| *byte == b'\n');
        let mut lines = text.lines().map(|line| line.trim_start_matches('\u{feff}').trim_end());
        let first =
            lines.find(|line| !line.is_empty() && !line.starts_with(['#', '%']) && *line != "---");
        Self {
            path: file.path.clone(),
            holds_records,
            takes_more: first.is_some_and(|line| line == "-" || line.starts_with("- ")),
            line_ends: ends.map(|(_, at)| at).collect(),
        }
    }

    fn line(&self, offset: u32) -> usize {
        self.line_ends.partition_point(|end| *end <= offset) + 1
    }
}

impl Site {
    /// Where a record is mended: its file and its line, 「content/audits/2026.yaml 第 120 行」.
    pub fn source(&self, fields: &Group) -> String {
        let Some(origin) = self.origin(fields.span) else { return String::new() };
        let line = origin.line(fields.span.start);
        self.words.say("record.place", &[("file", &origin.path), ("line", &line)])
    }

    /// The address at which a record is edited, if the site says where: its file and line.
    pub fn edit_address(&self, span: Span) -> Option<String> {
        let address = self.model.settings.edit_url.as_ref()?;
        let origin = self.origin(span)?;
        let line = origin.line(span.start).to_string();
        Some(address.replace("{path}", &percent_encoded(&origin.path)).replace("{line}", &line))
    }

    /// The file a record stands in.
    pub fn origin(&self, span: Span) -> Option<&InputFile> {
        self.origins.get(span.file.0 as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Content;

    fn origin(text: &str) -> InputFile {
        let content = Content::Text(text.to_owned());
        InputFile::new(&SourceFile { path: "content/a.yaml".into(), area: Area::Record, content })
    }

    #[test]
    fn lines_are_counted_from_one() {
        let origin = origin("id: a\nx: 1\n\nid: b\n");
        for (offset, line) in [(0, 1), (5, 1), (6, 2), (11, 3), (12, 4), (17, 4)] {
            assert_eq!(origin.line(offset), line, "{offset}");
        }
    }

    #[test]
    fn one_more_record_can_be_written_at_the_end_of_a_list() {
        for (text, takes_more) in [
            ("- id: a\n", true),
            ("# 註\n\n---\n-\n  id: a\n", true),
            ("\u{feff}- {id: a}\n", true),
            ("id: a\n", false),
            ("[{id: a}]\n", false),
            ("", false),
            ("# 註\n", false),
        ] {
            assert_eq!(origin(text).takes_more, takes_more, "{text}");
        }
    }
}
