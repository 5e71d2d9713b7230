//! Everything the inputs say, in memory: each file with its place in the site's folder.

use super::FileId;

/// The part of a site's folder a file belongs to; it decides how the file is parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// `clausebook.yaml`.
    Config,
    /// `regulations/ID/…`: texts and rules.
    Regulation,
    /// `content/**/*.yaml`, without pages and evidence files.
    Record,
    /// `content/pages/*.md`.
    Page,
    /// `content/evidence/files/…`: published as they are, read only to be hashed.
    Evidence,
    /// `regulations/ID/attachments/…`: published as they are, too.
    Attachment,
    /// `static/…`: published as they are, from the root of the site.
    Static,
    /// `templates/…`: the site's own, over the embedded ones.
    Template,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    Text(String),
    /// A file that is not read as text: its size in bytes, its SHA-256 in lower-case
    /// hexadecimal, and its first bytes (at most 512), by which its type is told.
    Binary {
        size: u64,
        sha256: String,
        head: Vec<u8>,
    },
    /// A file that could not be read as text, as far as it can be shown: its diagnostic has a line.
    Unreadable(String),
    /// A file that ought to be there and is not, or could not be read as text:
    /// it has a diagnostic already, and the stages that follow pass over it.
    Absent,
}

/// One file of the inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Relative to the site's folder, with `/` between the parts.
    pub path: String,
    pub area: Area,
    pub content: Content,
}

impl SourceFile {
    /// The text, or the empty text for a file that has none.
    pub fn text(&self) -> &str {
        match &self.content {
            Content::Text(text) => text,
            Content::Binary { .. } | Content::Unreadable(_) | Content::Absent => "",
        }
    }

    /// The text to show a place in, also of a file that could not be read.
    pub fn excerpt(&self) -> &str {
        match &self.content {
            Content::Text(text) | Content::Unreadable(text) => text,
            Content::Binary { .. } | Content::Absent => "",
        }
    }
}

/// All files of a site's folder. Invariant: sorted by path, so nothing depends on the disk's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceTree {
    pub files: Vec<SourceFile>,
}

impl SourceTree {
    /// The file `id` names.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The files of one area, in the order of their paths.
    pub fn of(&self, area: Area) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.iter().filter(move |(_, file)| file.area == area)
    }

    /// Every file with its id, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0u32..).map(FileId).zip(&self.files)
    }

    /// The id of the file at `path` (relative, with `/`), if there is one.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let at = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        u32::try_from(at).ok().map(FileId)
    }
}
