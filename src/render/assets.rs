//! Files beside the pages: the embedded assets, over them a site's own of the same name. The parts
//! of the style sheet and of the script are published as one file each, named by their content, so
//! that a browser may keep them for ever and never shows a page with the styles of another build.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::site::Site;
use crate::source::{Area, Content, SourceTree, embedded};
use crate::time::roc_long;

/// The folder of assets, under the templates and in the output.
const FOLDER: &str = "assets/";
/// The parts of the style sheet, joined in the order of their names.
const STYLE: &str = "assets/style/";
/// The parts of the script, joined in the order of their names.
const SCRIPT: &str = "assets/script/";

/// Every file beside the pages that is made from the templates' folder.
#[derive(Debug)]
pub struct Assets {
    /// By their paths in the output.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The path of the style sheet.
    pub style: String,
    /// The path of the script.
    pub script: String,
}

impl Assets {
    /// The embedded assets and the site's own. A site's own must be text: the tree keeps no bytes
    /// of other files.
    pub fn load(tree: &SourceTree, site: &Site) -> Self {
        let mut parts: BTreeMap<String, Vec<u8>> =
            embedded::files().filter(|(name, _)| name.starts_with(FOLDER)).collect();
        for (_, file) in tree.of(Area::Template) {
            if let (Some(name), Content::Text(text)) =
                (file.path.strip_prefix("templates/"), &file.content)
                && name.starts_with(FOLDER)
            {
                parts.insert(name.to_owned(), text.clone().into_bytes());
            }
        }
        let (mut style, mut script, mut files) = (Vec::new(), Vec::new(), BTreeMap::new());
        for (name, bytes) in parts {
            match &name {
                name if name.starts_with(STYLE) => style.extend(bytes),
                name if name.starts_with(SCRIPT) => script.extend(bytes),
                _ => _ = files.insert(name, bytes),
            }
        }
        style.extend(sheet(site).into_bytes());
        let style = keep(&mut files, "css", style);
        let script = keep(&mut files, "js", script);
        Self { files, style, script }
    }
}

/// Puts a joined file among the others, under a name made from its bytes.
fn keep(files: &mut BTreeMap<String, Vec<u8>>, ending: &str, bytes: Vec<u8>) -> String {
    let hash = Sha256::digest(&bytes);
    let hash: String = hash.iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    let path = format!("{FOLDER}site.{hash}.{ending}");
    files.insert(path.clone(), bytes);
    path
}

/// What is printed on each sheet of paper: the as-of date, the site, the build if it has a name,
/// and the number of the page.
fn sheet(site: &Site) -> String {
    let as_of = format!("{}：{}", site.words.get("site.as_of"), roc_long(site.assessment.as_of));
    let build =
        site.build.as_ref().map(|build| format!("　{}：{build}", site.words.get("stale.build")));
    format!(
        "@media print {{\n  @page {{\n    @bottom-left {{ content: {}; font-size: 8pt; }}\n    \
         @bottom-right {{ content: counter(page) \" / \" counter(pages); font-size: 8pt; }}\n  }}\n}}\n",
        quoted(&format!("{as_of}　{}{}", site.model.settings.name, build.unwrap_or_default())),
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
