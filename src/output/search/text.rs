//! The text of a finished page in fragments: what stands in one cell, paragraph, list item or
//! heading, as the reader sees it, without the elements of the line.

use crate::output::markup::resolve_references;
use crate::output::scan::{Piece, StartTag};

/// Whether an element stands in a line and does not end it.
#[rustfmt::skip]
fn is_in_line(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr" | "b" | "bdi" | "bdo" | "cite" | "code" | "data" | "del" | "dfn" | "em" | "i"
            | "ins" | "kbd" | "label" | "mark" | "q" | "s" | "samp" | "small" | "span" | "strong"
            | "sub" | "sup" | "time" | "u" | "var"
    )
}

/// The fragments of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PageText {
    /// Its heading of the first level.
    pub title: String,
    /// The fragments in the order of the page; white space is single spaces.
    text: String,
    /// Where each fragment ends in the text.
    ends: Vec<usize>,
}

impl PageText {
    /// The fragments but for the title, in the order of the page; one may be there several times.
    pub fn fragments(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(&0).chain(&self.ends);
        let all = starts.zip(&self.ends).map(|(start, end)| &self.text[*start..*end]);
        all.filter(|fragment| *fragment != self.title)
    }
}

/// Reads the text of a page piece by piece: of its `main`, or of all its `body`.
#[derive(Default)]
pub struct TextReader {
    whole: bool,
    /// Within what is read.
    inside: bool,
    in_heading: bool,
    /// Within words that are heard but stand in the middle of what is seen, such as those of a
    /// link off the site: they would tear the text apart for whoever looks for it.
    in_aside: bool,
    page: PageText,
    /// Where the fragment begins that is being read.
    start: usize,
}

impl TextReader {
    /// Reads all of the `body` if `whole`, else only the `main`.
    pub fn new(whole: bool) -> Self {
        Self { whole, ..Self::default() }
    }

    /// Reads on.
    pub fn read(&mut self, piece: &Piece) {
        match piece {
            Piece::Text(text) if self.inside && !self.in_aside => {
                self.add(&resolve_references(text))
            }
            Piece::Text(_) => {}
            Piece::Start(tag) => {
                if !is_in_line(tag.name) || is_line_of_its_own(tag) {
                    self.end_fragment();
                }
                // Nobody looks for the hash of a record, and there are more of them than words.
                self.in_aside |= has_classes(tag, &["unseen", "annotation"])
                    || has_classes(tag, &["hash", "of-record"]);
                self.in_heading |= tag.name == "h1";
                self.inside |= tag.name == if self.whole { "body" } else { "main" };
            }
            Piece::End(name) => {
                if !is_in_line(name) {
                    self.end_fragment();
                }
                self.in_aside = false;
                self.in_heading &= *name != "h1";
                self.inside &= *name != if self.whole { "body" } else { "main" };
            }
        }
    }

    /// What was read.
    pub fn finish(mut self) -> PageText {
        self.end_fragment();
        self.page
    }

    /// Adds text to the fragment, white space as single spaces.
    fn add(&mut self, text: &str) {
        let mut words = text.split(char::is_whitespace);
        let all = &mut self.page.text;
        all.push_str(words.next().unwrap_or_default());
        for word in words {
            if all.len() > self.start && !all.ends_with(' ') {
                all.push(' ');
            }
            all.push_str(word);
        }
    }

    fn end_fragment(&mut self) {
        let text = &mut self.page.text;
        if text.ends_with(' ') && text.len() > self.start {
            text.pop();
        }
        if text.len() == self.start {
            return;
        }
        if self.in_heading && self.page.title.is_empty() {
            self.page.title = text.split_off(self.start);
        } else {
            self.start = text.len();
            self.page.ends.push(self.start);
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
    use crate::output::scan::pieces;

    fn text_of(html: &str, whole: bool) -> PageText {
        let mut reader = TextReader::new(whole);
        pieces(html, |piece| reader.read(&piece));
        reader.finish()
    }

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
        let expected = ["自 115-01-01起，逾期者", "甲", "甲", "乙", "A&B <c>", "a b", "c"];
        assert_eq!(page.fragments().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_frame_is_read_where_it_is_asked_for() {
        let page = text_of("<body><nav>選單</nav><main><h1>甲</h1><p>乙</main><footer>丙", true);
        assert_eq!(page.title, "甲");
        assert_eq!(page.fragments().collect::<Vec<_>>(), ["選單", "乙", "丙"]);
    }
}
