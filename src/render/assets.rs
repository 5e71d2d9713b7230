//! Files beside the pages: the embedded assets, over them a site's own of the same name. The parts
//! of the style sheet and of the script are published as one file each, named by their content, so
//! that a browser may keep them for ever and never shows a page with the styles of another build.

use std::collections::BTreeMap;
use std::path::PathBuf;

use sha2::{Digest, Sha256};

use super::file::OutputContent;
use crate::site::Site;
use crate::source::{Area, Content, SourceTree, embedded, letters};
use crate::time::roc_long;

/// The folder of assets, under the templates and in the output.
const FOLDER: &str = "assets/";
/// The parts of the style sheet, joined in the order of their names.
const STYLE: &str = "assets/style/";
/// The parts of the script that runs before a page is drawn, joined likewise.
const START: &str = "assets/start/";
/// The parts of the script, joined in the order of their names.
const SCRIPT: &str = "assets/script/";
/// The parts of the script of one page only, joined likewise: other pages need not wait for it.
const VERIFY: &str = "assets/verify/";

/// Every file beside the pages that is made from the templates' folder.
#[derive(Debug)]
pub struct Assets {
    /// By their paths in the output.
    pub files: BTreeMap<String, OutputContent>,
    /// The path of the style sheet.
    pub style: String,
    /// The path of the script that runs before a page is drawn.
    pub start: String,
    /// The path of the script.
    pub script: String,
    /// The path of the script that holds the site against its manifest.
    pub verify: String,
}

impl Assets {
    /// The embedded assets and over them the site's own.
    pub fn load(tree: &SourceTree, site: &Site) -> Self {
        let embedded = embedded::files().filter(|(name, _)| name.starts_with(FOLDER));
        let mut parts: BTreeMap<String, OutputContent> =
            embedded.map(|(name, bytes)| (name.clone(), ours(&name, bytes))).collect();
        for (_, file) in tree.of(Area::Template) {
            let name = file.path.strip_prefix("templates/").filter(|name| name.starts_with(FOLDER));
            let content = match &file.content {
                Content::Text(text) => Some(OutputContent::Bytes(text.clone().into_bytes())),
                Content::Binary { sha256, .. } => {
                    let from = PathBuf::from(&file.path);
                    Some(OutputContent::Copy { from, sha256: sha256.clone() })
                }
                Content::Unreadable(_) | Content::Absent => None,
            };
            // A copy of an embedded file, as in the folder the program is built from, changes nothing.
            let is_own = |name: &&str| embedded::template(name).as_deref() != Some(file.text());
            if let (Some(name), Some(content)) = (name.filter(is_own), content) {
                parts.insert(name.to_owned(), content);
            }
        }
        let [mut style, mut start, mut script, mut verify] = [const { Vec::new() }; 4];
        let mut files = BTreeMap::new();
        for (name, content) in parts {
            let joined = match &name {
                name if name.starts_with(STYLE) => Some(&mut style),
                name if name.starts_with(START) => Some(&mut start),
                name if name.starts_with(SCRIPT) => Some(&mut script),
                name if name.starts_with(VERIFY) => Some(&mut verify),
                _ => None,
            };
            match (joined, content) {
                (Some(joined), OutputContent::Bytes(bytes)) => {
                    joined.extend(bytes);
                    joined.push(b'\n');
                }
                (_, content) => _ = files.insert(name, content),
            }
        }
        style.extend(own_colours(site).into_bytes());
        style.extend(sheet(site).into_bytes());
        let style = keep(&mut files, "css", style);
        let start = keep(&mut files, "start.js", start);
        let script = keep(&mut files, "js", script);
        let verify = keep(&mut files, "verify.js", verify);
        Self { files, style, start, script, verify }
    }
}

/// An embedded file; a part without what indents its lines and the lines of comment, which nobody
/// reads in the joined file. In the embedded parts no text goes over the end of a line, so nothing
/// is lost; of a site's own nobody knows, so those are joined as they are.
fn ours(name: &str, bytes: Vec<u8>) -> OutputContent {
    if ![STYLE, START, SCRIPT, VERIFY].iter().any(|folder| name.starts_with(folder)) {
        return OutputContent::Bytes(bytes);
    }
    let lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_start);
    let is_comment = |line: &[u8]| {
        let inside = line.strip_prefix(b"/*").and_then(|line| line.strip_suffix(b"*/"));
        line.starts_with(b"//")
            || inside.is_some_and(|text| !text.windows(2).any(|two| two == b"*/"))
    };
    let lines: Vec<&[u8]> = lines.filter(|line| !line.is_empty() && !is_comment(line)).collect();
    OutputContent::Bytes(lines.join(&b'\n'))
}

/// Puts a joined file among the others, under a name made from its bytes.
fn keep(files: &mut BTreeMap<String, OutputContent>, ending: &str, bytes: Vec<u8>) -> String {
    let hash = Sha256::digest(&bytes);
    let hash = letters(&hash[..5]);
    let path = format!("{FOLDER}site.{hash}.{ending}");
    files.insert(path.clone(), OutputContent::Bytes(bytes));
    path
}

/// The publisher's colours, over those of the tokens.
fn own_colours(site: &Site) -> String {
    let own = &site.model.settings.appearance;
    let band = own.band.map(|band| format!(" --band: {band};"));
    let accent = own
        .accent
        .map(|accent| format!(" --accent: light-dark({accent}, {});", accent.in_the_dark()));
    match (band, accent) {
        (None, None) => String::new(),
        (band, accent) => format!(
            "@layer tokens {{ :root {{{}{} }} }}\n",
            band.unwrap_or_default(),
            accent.unwrap_or_default()
        ),
    }
}

/// What is printed on each sheet of paper: the as-of date, the site, the version of the program, the
/// build if it has a name, and the number of the page.
fn sheet(site: &Site) -> String {
    let as_of = format!("{}：{}", site.words.get("site.as_of"), roc_long(site.assessment.as_of));
    let build =
        site.build.as_ref().map(|build| format!("　{}：{build}", site.words.get("stale.build")));
    format!(
        "@media print {{\n  @page {{\n    @bottom-left {{ content: {}; font-size: 8pt; }}\n    \
         @bottom-right {{ content: counter(page) \" / \" counter(pages); font-size: 8pt; }}\n  }}\n}}\n",
        quoted(&format!(
            "{as_of}　{}　{}{}",
            site.model.settings.name,
            site.generator,
            build.unwrap_or_default()
        )),
    )
}

/// A text as a string of CSS: what could end it is escaped.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' | '<' => quoted.push_str(&format!("\\{:x} ", u32::from(c))),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_of_css_cannot_be_left() {
        assert_eq!(quoted("甲\"}\\\n"), "\"甲\\22 }\\5c  \"");
    }
}
