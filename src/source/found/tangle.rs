//! Whether the tags of a web page are such that to mend it as browsers do would take the square of its
//! length: elements nested without end, marks of emphasis that are never closed and stand again in
//! each paragraph, attributes by the thousand. A look at the tags alone; nothing is built.

/// How deep elements may be nested; pages of texts nest some thirty.
const DEEPEST: usize = 500;
/// How many words a tag may have.
const ATTRIBUTES: usize = 300;
/// How many marks of emphasis may have to stand again, all paragraphs together.
const MARKS: usize = 300_000;

/// Elements without an end tag, or whose end tag may be left out: they are closed by what follows.
const CLOSED_BY_OTHERS: &[&str] = &[
    "a", "area", "base", "body", "br", "button", "col", "colgroup", "dd", "dt", "embed", "head",
    "hr", "html", "img", "input", "li", "link", "meta", "nobr", "optgroup", "option", "p", "param",
    "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// Elements that go on in the next paragraph where they are not closed.
const MARKING: &[&str] =
    &["b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"];

/// Elements whose text is no tags, whatever stands in it, up to their own end tag.
const RAW: &[&str] =
    &["iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"];

/// Whether the page would take too long to mend.
pub fn is_tangled(html: &str) -> bool {
    let (mut depth, mut marks, mut again) = (0_usize, 0_usize, 0_usize);
    let mut places = Places::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end..]);
            continue;
        }
        let ends = rest.starts_with('/');
        let name = &rest[usize::from(ends)..];
        let length = name.bytes().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic());
        let name = name[..length].to_ascii_lowercase();
        if !is_tag {
            continue;
        }
        let tag = Tag::read(&rest[usize::from(ends) + length..]);
        rest = tag.rest;
        if ends {
            depth -= usize::from(depth > 0 && !CLOSED_BY_OTHERS.contains(&name.as_str()));
            marks -= usize::from(marks > 0 && MARKING.contains(&name.as_str()));
            places.leave(&name);
            continue;
        }
        if tag.attributes > ATTRIBUTES {
            return true;
        }
        if MARKING.contains(&name.as_str()) {
            marks += 1;
        } else {
            again += marks;
        }
        let is_drawn = places.are_drawn() || Places::DRAWN.contains(&name.as_str());
        let closed = tag.closes_itself && is_drawn && !Places::OF_PAGES.contains(&name.as_str());
        depth += usize::from(!closed && !CLOSED_BY_OTHERS.contains(&name.as_str()));
        if RAW.contains(&name.as_str()) && !is_drawn {
            rest = from_end_of(rest, &name);
        }
        if !closed {
            places.enter(name);
        }
        if depth > DEEPEST || again > MARKS {
            return true;
        }
    }
    false
}

/// Drawings and formulas that are open, and places within them that are as in a page. An element of a
/// drawing may close itself; elsewhere the stroke says nothing.
#[derive(Default)]
struct Places(Vec<String>);

impl Places {
    const DRAWN: &[&str] = &["svg", "math"];
    /// Elements of a drawing or formula that hold what pages hold.
    const AS_IN_PAGES: &[&str] =
        &["annotation", "desc", "foreignobject", "mi", "mn", "mo", "ms", "mtext", "title"];
    /// Elements that end every drawing they stand in.
    const OF_PAGES: &[&str] = &[
        "b",
        "big",
        "blockquote",
        "body",
        "br",
        "center",
        "code",
        "dd",
        "div",
        "dl",
        "dt",
        "em",
        "embed",
        "font",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "hr",
        "i",
        "img",
        "li",
        "listing",
        "menu",
        "meta",
        "nobr",
        "ol",
        "p",
        "pre",
        "ruby",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "table",
        "tt",
        "u",
        "ul",
        "var",
    ];

    fn are_drawn(&self) -> bool {
        self.0.last().is_some_and(|place| Self::DRAWN.contains(&place.as_str()))
    }

    fn enter(&mut self, name: String) {
        let is_drawn = self.are_drawn();
        if is_drawn && Self::OF_PAGES.contains(&name.as_str()) {
            self.0.clear();
        } else if Self::DRAWN.contains(&name.as_str())
            || is_drawn && Self::AS_IN_PAGES.contains(&name.as_str())
        {
            self.0.push(name);
        }
    }

    fn leave(&mut self, name: &str) {
        if self.0.last().is_some_and(|place| place == name) {
            self.0.pop();
        }
    }
}

/// What stands behind the name of a tag.
struct Tag<'a> {
    attributes: usize,
    closes_itself: bool,
    /// What follows the tag.
    rest: &'a str,
}

impl<'a> Tag<'a> {
    /// Reads attributes up to the end of the tag. A `>` within quotes does not end it, and words
    /// within quotes are no attributes.
    fn read(text: &'a str) -> Self {
        let mut tag = Tag { attributes: 0, closes_itself: false, rest: "" };
        let mut quote: Option<u8> = None;
        let (mut before, mut within) = (b' ', false);
        for (at, byte) in text.bytes().enumerate() {
            match (quote, byte) {
                (Some(open), _) if byte == open => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
                (None, b'>') => {
                    tag.closes_itself = before == b'/';
                    tag.rest = &text[at + 1..];
                    break;
                }
                (None, _) if byte.is_ascii_whitespace() || byte == b'/' => within = false,
                (None, b'=') => {}
                (None, _) if !within && before != b'=' => {
                    tag.attributes += 1;
                    within = true;
                }
                _ => {}
            }
            // Spaces may stand around the sign that a value follows.
            if !(byte.is_ascii_whitespace() && before == b'=') {
                before = byte;
            }
        }
        tag
    }
}

/// The text from the end tag of an element.
fn from_end_of<'a>(text: &'a str, name: &str) -> &'a str {
    let is_end = |at: usize| {
        let tag = text.as_bytes().get(at + 2..at + 2 + name.len());
        tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
    };
    text.match_indices("</").find(|(at, _)| is_end(*at)).map_or("", |(at, _)| &text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_no_text_has_is_tangled() {
        for (piece, times) in [
            ("<p>甲<br>", 9_000),
            ("<li>甲", 9_000),
            ("<tr><td>甲<td><b>乙</b>", 9_000),
            ("<div><p><font color=red>甲</font></p></div>", 9_000),
            ("<a name=x>", 9_000),
            ("a < b ", 9_000),
            ("<div>", 100),
        ] {
            assert!(!is_tangled(&piece.repeat(times)), "{piece}");
        }
        let icons =
            "<svg viewBox=\"0 0 8 8\"><path d=\"M0 0\"/><path/><g><circle r='1'/></g></svg>";
        let numbers: String = (0..300).map(|n| format!("{n} ")).collect();
        let compared = "for (i=0; i<n; i++) { a<b }\n".repeat(501);
        for text in [
            icons.repeat(260),
            format!("<svg><path d=\"{numbers}\"/></svg>"),
            format!("<p title = '{numbers}'>"),
            format!("<script>{compared}</script><STYLE>{compared}</style >"),
            format!("<!-- {} -->", "<div>".repeat(1_000)),
            "<a title=\"a > b\">".repeat(9_000),
        ] {
            assert!(!is_tangled(&text), "{}", &text[..20]);
        }
        let many: String = (0..2_000).map(|n| format!("<b id={n}><p>")).collect();
        let attributes: String = (0..1_000).map(|n| format!(" a{n}=x")).collect();
        let behind = "<script>a<b</script>".to_owned() + &"<div>".repeat(1_000);
        for text in [
            "<div>".repeat(1_000),
            // Outside of a drawing the stroke closes nothing.
            "<div/>".repeat(1_000),
            "<svg>".repeat(1_000),
            // Nor where a page's element ended the drawing, or stands in it.
            format!("<svg>{}", "<div/>".repeat(1_000)),
            format!("<svg><title>{}", "<x/>".repeat(1_000)),
            "<svg><g>".repeat(1_000),
            "<b>".repeat(1_000),
            many,
            behind,
            format!("<p{attributes}>"),
            format!("<p{}>", " a='1'".repeat(1_000)),
        ] {
            assert!(is_tangled(&text), "{}", &text[..20]);
        }
    }
}
