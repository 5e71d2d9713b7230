//! The tags of a finished page, with their attributes, and its text, found in one pass without
//! building anything. Follows the tokenizer of the HTML standard as far as tags and attributes go; a general
//! parser would cost more than making the page does. The tests compare it with one.

use std::borrow::Cow;

/// Whether an element's content is text to the end tag, whatever it looks like.
fn is_raw_text(name: &str) -> bool {
    matches!(
        name,
        "script" | "style" | "textarea" | "title" | "xmp" | "iframe" | "noembed" | "noframes"
    )
}

/// A start tag. Names are in lower case; values are as they are written.
pub struct StartTag<'t, 'a> {
    pub name: &'t str,
    pub attributes: &'t [(Cow<'a, str>, &'a str)],
}

/// A piece of a page. Comments and the content of scripts and the like are none.
pub enum Piece<'t, 'a> {
    Start(StartTag<'t, 'a>),
    /// By its name, in lower case.
    End(&'t str),
    /// As it is written, with its character references; never empty.
    Text(&'a str),
}

/// Calls `visit` for each start tag of `html`, in their order.
pub fn start_tags<'a>(html: &'a str, mut visit: impl FnMut(StartTag<'_, 'a>)) {
    pieces(html, |piece| {
        if let Piece::Start(tag) = piece {
            visit(tag);
        }
    });
}

/// Calls `visit` for each piece of `html`, in their order.
pub fn pieces<'a>(html: &'a str, mut visit: impl FnMut(Piece<'_, 'a>)) {
    let bytes = html.as_bytes();
    let mut attributes = Vec::new();
    // Where the text begins that has not been given yet.
    let mut text = 0;
    let mut at = 0;
    while let Some(start) = find(bytes, at, b'<') {
        let before = &html[text..start];
        at = start + 1;
        let give_text = |visit: &mut dyn FnMut(Piece<'_, 'a>)| {
            if !before.is_empty() {
                visit(Piece::Text(before));
            }
        };
        match bytes.get(at) {
            Some(b'!') if html[at..].starts_with("!--") => {
                give_text(&mut visit);
                at = end_of_comment(html, at + 3);
            }
            Some(b'!' | b'?') => {
                give_text(&mut visit);
                at = after(html, at, ">");
            }
            Some(b'/') if bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) => {
                give_text(&mut visit);
                let end = name_end(bytes, at + 1);
                let name = lower_case(&html[at + 1..end]);
                // An end tag may have attributes too, which count for nothing.
                let mut ignored = Attributes { html, at: end };
                ignored.by_ref().for_each(drop);
                at = (ignored.at + 1).min(html.len());
                visit(Piece::End(&name));
            }
            Some(b'/') => {
                give_text(&mut visit);
                at = after(html, at, ">");
            }
            Some(first) if first.is_ascii_alphabetic() => {
                give_text(&mut visit);
                let end = name_end(bytes, at);
                let name = lower_case(&html[at..end]);
                let mut rest = Attributes { html, at: end };
                attributes.clear();
                attributes.extend(rest.by_ref());
                if rest.at >= html.len() {
                    return; // A tag that the page ends in is none.
                }
                at = rest.at + 1;
                visit(Piece::Start(StartTag { name: &name, attributes: &attributes }));
                if is_raw_text(&name) {
                    at = end_of_raw_text(html, at, &name);
                }
            }
            _ => continue, // It begins nothing, and is text.
        }
        text = at;
    }
    if text < html.len() {
        visit(Piece::Text(&html[text..]));
    }
}

/// Where `byte` stands next, from `at` on.
fn find(bytes: &[u8], at: usize, byte: u8) -> Option<usize> {
    memchr::memchr(byte, &bytes[at..]).map(|length| at + length)
}

fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// The attributes from `at` to the end of their tag; then `at` is where `>` stands, or the end.
struct Attributes<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (Cow<'a, str>, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.html.as_bytes();
        let is = |at: usize, one_of: &[u8]| bytes.get(at).is_some_and(|b| one_of.contains(b));
        let skip_space = |mut at: usize| {
            while bytes.get(at).is_some_and(is_space) {
                at += 1;
            }
            at
        };
        while bytes.get(self.at).is_some_and(is_space) || is(self.at, b"/") {
            self.at += 1;
        }
        if self.at >= bytes.len() || is(self.at, b">") {
            return None;
        }
        let start = self.at;
        self.at += 1; // Whatever it is: even `=` begins a name here.
        while self.at < bytes.len() && !is_space(&bytes[self.at]) && !is(self.at, b"/>=") {
            self.at += 1;
        }
        let name = lower_case(&self.html[start..self.at]);
        let equals = skip_space(self.at);
        if !is(equals, b"=") {
            return Some((name, ""));
        }
        self.at = skip_space(equals + 1);
        if let Some(quote @ (b'"' | b'\'')) = bytes.get(self.at) {
            let start = self.at + 1;
            let end = find(bytes, start, *quote).unwrap_or(bytes.len());
            self.at = (end + 1).min(self.html.len());
            return Some((name, &self.html[start..end]));
        }
        let start = self.at;
        while self.at < bytes.len() && !is_space(&bytes[self.at]) && !is(self.at, b">") {
            self.at += 1;
        }
        Some((name, &self.html[start..self.at]))
    }
}

fn is_space(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c')
}

fn name_end(bytes: &[u8], at: usize) -> usize {
    let ends = |byte: &u8| is_space(byte) || matches!(byte, b'/' | b'>');
    bytes[at..].iter().position(ends).map_or(bytes.len(), |length| at + length)
}

/// Where the text goes on after the next `end`, or at its own end.
fn after(html: &str, at: usize, end: &str) -> usize {
    html[at..].find(end).map_or(html.len(), |found| at + found + end.len())
}

/// Comments end in `-->`, in `--!>`, or at once in `<!-->` and `<!--->`.
fn end_of_comment(html: &str, at: usize) -> usize {
    if let Some(end) = [">", "->"].iter().find(|end| html[at..].starts_with(**end)) {
        return at + end.len();
    }
    after(html, at, "-->").min(after(html, at, "--!>"))
}

/// Where the end tag of a raw text element begins.
fn end_of_raw_text(html: &str, at: usize, name: &str) -> usize {
    let bytes = html.as_bytes();
    let mut at = at;
    while let Some(found) = html[at..].find("</") {
        let end_tag = at + found;
        let end = end_tag + 2 + name.len();
        let same = bytes
            .get(end_tag + 2..end)
            .is_some_and(|written| written.eq_ignore_ascii_case(name.as_bytes()));
        if same && bytes.get(end).is_none_or(|byte| is_space(byte) || matches!(byte, b'/' | b'>')) {
            return end_tag;
        }
        at = end_tag + 2;
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use lol_html::{HtmlRewriter, Settings, element};
    use proptest::prelude::*;

    use super::*;

    type Tags = Vec<(String, Vec<(String, String)>)>;

    fn scanned(html: &str) -> Tags {
        let mut tags = Vec::new();
        start_tags(html, |tag| {
            let attributes = tag.attributes.iter();
            let attributes = attributes.map(|(name, value)| (name.to_string(), (*value).into()));
            tags.push((tag.name.to_owned(), attributes.collect()));
        });
        tags
    }

    /// The same as a general parser sees it; `None` where it gives up.
    fn parsed(html: &str) -> Option<Tags> {
        let mut tags = Vec::new();
        let every = element!("*", |element| {
            let attributes = element.attributes().iter();
            let attributes = attributes.map(|attribute| (attribute.name(), attribute.value()));
            tags.push((element.tag_name(), attributes.collect()));
            Ok(())
        });
        let settings = Settings::new().append_element_content_handler(every);
        let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
        rewriter.write(html.as_bytes()).ok()?;
        rewriter.end().ok()?;
        Some(tags)
    }

    #[test]
    fn sees_what_a_general_parser_sees() {
        let pages = [
            "<!doctype html><p a b=c d='e\"f' g=\"h'i\" j = k>x</p  y=z><br/><hr class=a/>",
            "<p a=1a=2 =x y==z \"q\" 'r' <s=t><a/b/c=d/e><A HREF=X>",
            "<script>if (a<b) '<p id=x>'</script ><style>a>b{}</STYLE x><title><b>x</title><b>",
            "<!--><p>--><!---><p>--><!-- <p> --!><p><!-- -- > <i> --><b><!-- unfinished <p>",
            "<! <p><?php <b>?><i></ <u><s></><em></p<b>><1><é>",
            "<textarea><p></textareax></textarea><p>",
            "<p a='unfinished <p>",
            "<p a=",
            "<p",
            "<",
            "x < y <b>z",
            "<svg viewBox='0 0 1 1'><title>題 < 目</title><use href=#a /></svg><p>",
            "<a\u{c}b\n=\tc\rd>",
        ];
        for page in pages {
            assert_eq!(Some(scanned(page)), parsed(page), "{page}");
        }
    }

    proptest! {
        #[test]
        fn sees_what_a_general_parser_sees_in_any_soup(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "<", ">", "/", "=", "\"", "'", " ", "\n", "!", "--", "-", "?", "a", "id", "p", "稽",
                "<p", "</p", "<a ", "id=", "<!--", "-->", "<script", "</script>", "<br/>",
                "<title>", "</title>", "x",
            ]), 0..40)
        ) {
            let page: String = pieces.concat();
            // A comment in a script can hide its end tag; a script in the page is a fault anyway.
            if page.contains("<script") && page.contains("<!--") {
                return Ok(());
            }
            if let Some(expected) = parsed(&page) {
                prop_assert_eq!(scanned(&page), expected);
            }
        }
    }
}
