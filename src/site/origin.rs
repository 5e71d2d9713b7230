//! Where records stand in the inputs: the file, and the line if pages shall name it.

use super::Site;
use super::route::percent_encoded;
use crate::parse::value::Group;
use crate::source::{SourceFile, Span};

/// A file of the inputs.
#[derive(Debug)]
pub struct Origin {
    /// Relative to the site's folder.
    pub path: String,
    /// The byte after each end of line; empty where lines are not asked for.
    line_ends: Vec<u32>,
}

impl Origin {
    /// A file, with its lines if pages shall name them.
    pub fn new(file: &SourceFile, with_lines: bool) -> Self {
        let text = if with_lines { file.text() } else { "" };
        let ends = text.bytes().zip(1_u32..).filter(|(byte, _)| *byte == b'\n');
        Self { path: file.path.clone(), line_ends: ends.map(|(_, at)| at).collect() }
    }

    fn line(&self, offset: u32) -> usize {
        self.line_ends.partition_point(|end| *end <= offset) + 1
    }
}

impl Site {
    /// Where a record is mended: the folder of its kind and its id. Not the file, because how
    /// records are spread over files must not show on any page.
    pub fn source(&self, fields: &Group) -> String {
        let path = self.origin(fields.span).map_or("", |origin| origin.path.as_str());
        let folder = path.splitn(3, '/').take(2).collect::<Vec<_>>().join("/");
        let folder = folder.trim_end_matches(".yaml");
        match fields.text("id") {
            Some(id) => self.words.say("record.place", &[("folder", &folder), ("id", &id.value)]),
            None => folder.to_owned(),
        }
    }

    /// The address at which a record is edited, if the site says where: its file and line.
    pub fn edit_address(&self, span: Span) -> Option<String> {
        let address = self.model.settings.edit_url.as_ref()?;
        let origin = self.origin(span)?;
        let line = origin.line(span.start).to_string();
        Some(address.replace("{path}", &percent_encoded(&origin.path)).replace("{line}", &line))
    }

    fn origin(&self, span: Span) -> Option<&Origin> {
        self.origins.get(span.file.0 as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Area, Content};

    #[test]
    fn lines_are_counted_from_one() {
        let content = Content::Text("id: a\nx: 1\n\nid: b\n".to_owned());
        let file = SourceFile { path: "content/a.yaml".into(), area: Area::Record, content };
        let origin = Origin::new(&file, true);
        for (offset, line) in [(0, 1), (5, 1), (6, 2), (11, 3), (12, 4), (17, 4)] {
            assert_eq!(origin.line(offset), line, "{offset}");
        }
    }
}
