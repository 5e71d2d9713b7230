//! Files beside the pages: the embedded assets, over them a site's own of the same name, and the
//! sheet that prints the as-of date at the foot of every sheet of paper.

use std::collections::BTreeMap;

use crate::site::Site;
use crate::source::{Area, Content, SourceTree, embedded};
use crate::time::roc_long;

/// The folder of assets, under the templates and in the output.
const FOLDER: &str = "assets/";

/// The embedded assets and the site's own, by their paths in the output. A site's own must be
/// text: the tree keeps no bytes of other files.
pub fn load(tree: &SourceTree) -> BTreeMap<String, Vec<u8>> {
    let mut assets: BTreeMap<String, Vec<u8>> =
        embedded::files().filter(|(name, _)| name.starts_with(FOLDER)).collect();
    for (_, file) in tree.of(Area::Template) {
        if let (Some(name), Content::Text(text)) =
            (file.path.strip_prefix("templates/"), &file.content)
            && name.starts_with(FOLDER)
        {
            assets.insert(name.to_owned(), text.clone().into_bytes());
        }
    }
    assets
}

/// The style sheet of paper: on each sheet the as-of date, the site, and the number of the page.
pub fn sheet(site: &Site) -> (String, Vec<u8>) {
    let as_of = format!("{}：{}", site.words.get("site.as_of"), roc_long(site.assessment.as_of));
    let css = format!(
        "@page {{\n  @bottom-left {{ content: {}; font-size: 8pt; }}\n  \
         @bottom-right {{ content: counter(page) \" / \" counter(pages); font-size: 8pt; }}\n}}\n",
        quoted(&format!("{as_of}　{}", site.model.settings.name)),
    );
    (format!("{FOLDER}sheet.css"), css.into_bytes())
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
