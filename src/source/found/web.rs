//! A text saved as a web page: its words in lines, as the page shows them. What is no text (scripts,
//! navigation, forms) is left out; a table of figures stays a table, a table that only lays out the
//! page is read as lines.

use ego_tree::NodeRef;
use scraper::{ElementRef, Html, Node};

/// Elements that begin and end a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tr",
    "ul",
];

/// Elements whose words are not the text's.
const PASSED_OVER: &[&str] = &[
    "script", "style", "noscript", "template", "head", "nav", "footer", "form", "button", "select",
    "svg", "iframe", "object", "audio", "video", "title",
];

/// Whether bytes look like a web page.
pub fn is_page(text: &str) -> bool {
    let start: String = text.trim_start_matches('\u{feff}').chars().take(2048).collect();
    let start = start.to_ascii_lowercase();
    let start = start.trim_start();
    start.starts_with("<!doctype html") || start.starts_with("<html") || is_fragment(text)
}

/// Whether most lines hold the tags of a page: a part of one, copied as it is written. Tables in
/// Markdown also break lines with `<br>`.
fn is_fragment(text: &str) -> bool {
    const TAGS: &[&str] = &["<br>", "<br/>", "<br />", "</p>", "</li>", "</div>", "</td>", "</tr>"];
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let (mut tagged, mut all) = (0, 0);
    for line in lines.filter(|line| !line.trim_start().starts_with('|')) {
        all += 1;
        tagged += usize::from(TAGS.iter().any(|tag| line.contains(tag)));
    }
    tagged > 0 && tagged * 2 >= all
}

/// The lines of a page.
pub fn lines(html: &str) -> String {
    let page = Html::parse_document(html);
    let mut text = Lines::default();
    // By hand and not by recursion: pages nest without end.
    let mut at = page.tree.root();
    loop {
        let goes_in = text.open(at);
        if goes_in && let Some(child) = at.first_child() {
            at = child;
            continue;
        }
        loop {
            text.close(at);
            if let Some(next) = at.next_sibling() {
                at = next;
                break;
            }
            match at.parent() {
                Some(parent) => at = parent,
                None => return text.finish(),
            }
        }
    }
}

#[derive(Default)]
struct Lines {
    done: String,
    line: String,
    /// How many `pre` are open.
    kept: usize,
    /// Cells of the row that is open, in a table of figures.
    row: Option<Vec<String>>,
}

impl Lines {
    /// Whether to go into the node.
    fn open(&mut self, node: NodeRef<'_, Node>) -> bool {
        match node.value() {
            Node::Text(text) => {
                self.words(text);
                false
            }
            Node::Element(element) => {
                let name = element.name();
                let hidden = element.attr("hidden").is_some()
                    || element.attr("style").is_some_and(|style| {
                        style.replace(' ', "").to_ascii_lowercase().contains("display:none")
                    });
                if PASSED_OVER.contains(&name) || hidden {
                    return false;
                }
                match name {
                    "br" => self.end(),
                    "pre" => {
                        self.end();
                        self.kept += 1;
                    }
                    "tr" => {
                        self.end();
                        self.row = is_data(node).then(Vec::new);
                    }
                    "td" | "th" if self.row.is_some() => {}
                    "td" | "th" => self.end(),
                    _ if BLOCKS.contains(&name) && self.row.is_none() => self.end(),
                    _ => {}
                }
                true
            }
            Node::Document | Node::Fragment => true,
            _ => false,
        }
    }

    fn close(&mut self, node: NodeRef<'_, Node>) {
        let Node::Element(element) = node.value() else { return };
        match element.name() {
            "pre" => {
                self.end();
                self.kept = self.kept.saturating_sub(1);
            }
            "td" | "th" => {
                if let Some(row) = &mut self.row {
                    row.push(std::mem::take(&mut self.line).trim().to_owned());
                } else {
                    self.end();
                }
            }
            "tr" => match self.row.take() {
                Some(cells) => {
                    self.done.push_str(&format!("| {} |\n", cells.join(" | ")));
                }
                None => self.end(),
            },
            "table" | "p" => {
                self.end();
                self.blank();
            }
            name if BLOCKS.contains(&name) && self.row.is_none() => self.end(),
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        if self.kept > 0 && self.row.is_none() {
            for (at, line) in text.split('\n').enumerate() {
                if at > 0 {
                    self.end_as_it_is();
                }
                self.line.push_str(line.trim_end_matches('\r'));
            }
            return;
        }
        for c in text.chars() {
            // An ideographic space is a sign of the text: 第一條　….
            let white = c.is_ascii_whitespace() || c == '\u{a0}';
            if !white {
                self.line.push(c);
            } else if !self.line.is_empty() && !self.line.ends_with(' ') {
                self.line.push(' ');
            }
        }
    }

    fn end(&mut self) {
        if self.row.is_some() {
            self.line.push(' ');
            return;
        }
        let line = std::mem::take(&mut self.line);
        if !line.trim().is_empty() {
            self.done.push_str(line.trim_end());
            self.done.push('\n');
        }
    }

    fn end_as_it_is(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.done.push_str(line.trim_end());
        self.done.push('\n');
    }

    fn blank(&mut self) {
        if self.row.is_none() && !self.done.is_empty() && !self.done.ends_with("\n\n") {
            self.done.push('\n');
        }
    }

    fn finish(mut self) -> String {
        self.row = None;
        self.end();
        self.done
    }
}

/// Whether a row is one of a table of figures: several cells, none of which holds blocks or is the
/// number of a clause (第 1 條 beside its text).
fn is_data(row: NodeRef<'_, Node>) -> bool {
    let cells: Vec<ElementRef<'_>> = row
        .children()
        .filter_map(ElementRef::wrap)
        .filter(|cell| matches!(cell.value().name(), "td" | "th"))
        .collect();
    let plain = |cell: &ElementRef<'_>| {
        !cell.descendants().skip(1).any(|node| {
            node.value().as_element().is_some_and(|element| {
                matches!(element.name(), "table" | "div" | "pre" | "ul" | "ol")
            })
        })
    };
    let first: String = cells.first().map(|cell| cell.text().collect()).unwrap_or_default();
    let first: String = first.chars().filter(|c| !c.is_whitespace()).collect();
    let numbers = first.starts_with('第') && first.ends_with(['條', '點']) || first.ends_with('、');
    cells.len() > 1 && cells.iter().all(plain) && !numbers && !first.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_in_its_lines() {
        let page = "<!DOCTYPE html><html><head><title>全國法規</title><style>p{}</style></head><body>\
            <nav>首頁</nav><h2>測試&amp;辦法</h2><div class=row><div>第 1 條</div><div>本辦法\n規範<b>測試</b>。</div></div>\
            <p>一、甲。<br>二、乙。<script>x()</script></p><div style='display: none'>隱藏</div>\
            <pre>三、丙\n  丁。</pre><table><tr><th>級</th><th>件</th></tr><tr><td>甲</td><td><p>5</p></td></tr></table>\
            <table><tr><td>第 2 條</td><td>戊。</td></tr></table></body></html>";
        assert!(is_page(page));
        assert_eq!(
            lines(page),
            "測試&辦法\n第 1 條\n本辦法 規範測試。\n一、甲。\n二、乙。\n\n三、丙\n  丁。\n| 級 | 件 |\n| 甲 | 5 |\n\n第 2 條\n戊。\n\n"
        );
        assert!(!is_page("一、<html> 是標籤。"));
        let part = "甲要點<br>\n一、甲。<br />\n<p>二、乙。</p>\n";
        assert!(is_page(part));
        assert_eq!(lines(part), "甲要點\n一、甲。\n二、乙。\n\n");
        assert!(!is_page("甲要點\n一、甲。\n| 量<br>率 | 5<br>6 |\n"));
    }

    #[test]
    fn pages_that_nest_without_end_are_read() {
        let page = format!("<html>{}一、甲。", "<div>".repeat(4_000));
        // The stack is small, so that a walk that calls itself at each step is seen to overflow it.
        let read = std::thread::Builder::new().stack_size(256 * 1024).spawn(move || lines(&page));
        assert_eq!(read.unwrap().join().unwrap().trim(), "一、甲。");
    }
}
