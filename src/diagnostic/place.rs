//! Places as people and editors count them, for many diagnostics of one file without counting its
//! lines again for each.

use std::collections::HashMap;

use crate::source::{FileId, SourceTree, Span};

/// Where a span begins and ends: all from 1, columns in characters, the end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
}

/// Counts lines and columns in the files of a tree.
pub struct Places<'a> {
    tree: &'a SourceTree,
    /// The offsets at which the lines of a file begin.
    lines: HashMap<FileId, Vec<usize>>,
}

impl<'a> Places<'a> {
    /// Nothing is counted yet.
    pub fn new(tree: &'a SourceTree) -> Self {
        Self { tree, lines: HashMap::new() }
    }

    /// The place of `span`; `None` in a file without text, where there is none.
    pub fn locate(&mut self, span: Span) -> Option<Place> {
        let (line, column) = self.count(span.file, span.start)?;
        let (end_line, end_column) = self.count(span.file, span.end.max(span.start))?;
        Some(Place { line, column, end_line, end_column })
    }

    fn count(&mut self, file: FileId, offset: u32) -> Option<(usize, usize)> {
        let text = self.tree.file(file).excerpt();
        if text.is_empty() {
            return None;
        }
        let offset = floor(text, offset as usize);
        let lines = self.lines.entry(file).or_insert_with(|| {
            [0].into_iter().chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
        });
        let line = lines.partition_point(|start| *start <= offset);
        let before = &text[lines[line - 1]..offset];
        let mark = usize::from(line == 1 && before.starts_with('\u{feff}'));
        Some((line, before.chars().count() - mark + 1))
    }
}

/// The nearest character boundary at or before `offset`.
pub fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Area, Content, SourceFile, line_column};

    #[test]
    fn counts_as_spans_do() {
        let text = "\u{feff}單位: 甲\n稽核: a\u{feff}b\r\n\n";
        let file = SourceFile {
            path: "a.yaml".into(),
            area: Area::Record,
            content: Content::Text(text.into()),
        };
        let tree = SourceTree { files: vec![file] };
        let mut places = Places::new(&tree);
        for offset in (0..text.len()).filter(|offset| *offset < 24) {
            let place = places.locate(Span::new(FileId(0), offset, offset)).expect("has text");
            let counted = line_column(text, offset);
            assert_eq!((place.line, place.column), (counted.line, counted.column), "{offset}");
        }
        let end = places.locate(Span::new(FileId(0), 3, 999)).expect("has text");
        assert_eq!(end, Place { line: 1, column: 1, end_line: 4, end_column: 1 });
    }
}
