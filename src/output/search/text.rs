//! The text of a finished page in fragments: what stands in one cell, paragraph, list item or
//! heading, as the reader sees it, without the elements of the line.

use crate::output::markup::resolve_references;
use crate::output::scan::{Piece, StartTag, pieces};

/// Elements that stand in a line and do not end it.
const IN_LINE: [&str; 27] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd",
    "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
];

/// The fragments of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PageText {
    /// Its heading of the first level.
    pub title: String,
    /// Without the title, each once, in the order of the page; white space is single spaces.
    pub fragments: Vec<String>,
}

/// Reads the text of a page: of its `main`, or of all its `body`.
pub fn text_of(html: &str, whole: bool) -> PageText {
    let mut reader = Reader { whole, ..Reader::default() };
    pieces(html, |piece| reader.read(&piece));
    reader.end_fragment();
    let Reader { title, mut fragments, .. } = reader;
    let mut seen = std::collections::HashSet::new();
    fragments.retain(|fragment| *fragment != title && seen.insert(fragment.clone()));
    PageText { title, fragments }
}

#[derive(Default)]
struct Reader {
    whole: bool,
    /// Within what is read.
    inside: bool,
    in_heading: bool,
    /// Within words that are heard but stand in the middle of what is seen, such as those of a
    /// link off the site: they would tear the text apart for whoever looks for it.
    in_aside: bool,
    title: String,
    fragment: String,
    fragments: Vec<String>,
}

impl Reader {
    fn read(&mut self, piece: &Piece) {
        match piece {
            Piece::Text(text) if self.inside && !self.in_aside => {
                self.add(&resolve_references(text))
            }
            Piece::Text(_) => {}
            Piece::Start(tag) => {
                if !IN_LINE.contains(&tag.name) || is_line_of_its_own(tag) {
                    self.end_fragment();
                }
                self.in_aside |= has_classes(tag, &["unseen", "annotation"]);
                self.in_heading |= tag.name == "h1";
                self.inside |= tag.name == if self.whole { "body" } else { "main" };
            }
            Piece::End(name) => {
                if !IN_LINE.contains(name) {
                    self.end_fragment();
                }
                self.in_aside = false;
                self.in_heading &= *name != "h1";
                self.inside &= *name != if self.whole { "body" } else { "main" };
            }
        }
    }

    /// Adds text to the fragment, white space as single spaces.
    fn add(&mut self, text: &str) {
        for c in text.chars() {
            if !c.is_whitespace() {
                self.fragment.push(c);
            } else if !self.fragment.is_empty() && !self.fragment.ends_with(' ') {
                self.fragment.push(' ');
            }
        }
    }

    fn end_fragment(&mut self) {
        let length = self.fragment.trim_end().len();
        self.fragment.truncate(length);
        if self.fragment.is_empty() {
            return;
        }
        let fragment = std::mem::take(&mut self.fragment);
        if self.in_heading && self.title.is_empty() {
            self.title = fragment;
        } else {
            self.fragments.push(fragment);
        }
    }
}

/// Whether an element of the line is shown on a line of its own.
fn is_line_of_its_own(tag: &StartTag) -> bool {
    has_classes(tag, &["sub"])
}

fn has_classes(tag: &StartTag, wanted: &[&str]) -> bool {
    let class = tag.attributes.iter().find(|(name, _)| name == "class");
    let has = |value: &str, wanted| value.split_ascii_whitespace().any(|class| class == wanted);
    class.is_some_and(|(_, value)| wanted.iter().all(|wanted| has(value, *wanted)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_sees_as_one_text_is_one_fragment() {
        let page = text_of(
            "<!doctype html><title>x</title><body><nav>選單</nav><main id=m><h1>密碼 <b>更新</b></h1>\n\
             <p>自\n  <time>115-01-01</time>起，<a href=x>逾期<span class=\"unseen annotation\">（外）</span></a>者</p><td>甲</td><td>甲</td>\
             <td>乙<span class=\"sub small\">A&amp;B &lt;c&#62;</span></td><!-- 無 -->\
             <script>var x</script><p>a　b<br>c</p> </main><footer>頁尾</footer></body>",
            false,
        );
        assert_eq!(page.title, "密碼 更新");
        let expected = ["自 115-01-01起，逾期者", "甲", "乙", "A&B <c>", "a b", "c"];
        assert_eq!(page.fragments, expected);
    }

    #[test]
    fn the_frame_is_read_where_it_is_asked_for() {
        let page = text_of("<body><nav>選單</nav><main><h1>甲</h1><p>乙</main><footer>丙", true);
        assert_eq!(page.title, "甲");
        assert_eq!(page.fragments, ["選單", "乙", "丙"]);
    }
}
