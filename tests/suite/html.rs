//! A strict reader of pages: it takes only what our templates should make, and names as a fault
//! whatever a browser would have to mend: a tag left open, a quote left out, a block in a line.

/// A piece of a page, in the order of the page. Character references are resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Start { name: String, attributes: Vec<(String, String)> },
    End(String),
    Text(String),
}

/// Elements without content or end tag.
const VOID: [&str; 8] = ["meta", "link", "br", "hr", "img", "input", "wbr", "col"];

/// Elements that hold text and elements of the line only; browsers close them before a block.
const LINES: [&str; 12] =
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a", "code", "time", "caption"];

const BLOCKS: [&str; 24] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "dd",
    "div",
    "dl",
    "dt",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "header",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "section",
    "table",
    "tr",
    "td",
    "ul",
];

/// Elements that stand in these ones only, so that no browser moves them.
const PARENTS: [(&str, &[&str]); 14] = [
    ("li", &["ul", "ol"]),
    ("dt", &["dl", "div"]),
    ("dd", &["dl", "div"]),
    ("caption", &["table"]),
    ("thead", &["table"]),
    ("tbody", &["table"]),
    ("tfoot", &["table"]),
    ("tr", &["thead", "tbody", "tfoot"]),
    ("td", &["tr"]),
    ("th", &["tr"]),
    ("figcaption", &["figure"]),
    ("option", &["select"]),
    ("rect", &["svg"]),
    ("summary", &["details"]),
];

impl Piece {
    /// The value of an attribute of a start tag.
    pub fn attribute(&self, wanted: &str) -> Option<&str> {
        let Piece::Start { attributes, .. } = self else { return None };
        let found = attributes.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether a start tag has a class.
    pub fn has_class(&self, class: &str) -> bool {
        let classes = self.attribute("class").unwrap_or_default();
        classes.split_ascii_whitespace().any(|one| one == class)
    }

    /// Whether this is the start tag of an element with this name.
    pub fn begins(&self, wanted: &str) -> bool {
        matches!(self, Piece::Start { name, .. } if name == wanted)
    }
}

/// The elements for which `wanted` holds, each with all the pieces from its start tag to its end
/// tag. One within another is not given by itself.
pub fn elements(page: &[Piece], wanted: impl Fn(&Piece) -> bool) -> Vec<&[Piece]> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < page.len() {
        let end = element_end(page, at);
        if wanted(&page[at]) {
            found.push(&page[at..end]);
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// Behind the last piece of the element that begins at `at`.
fn element_end(page: &[Piece], at: usize) -> usize {
    let mut depth = 0usize;
    for (offset, piece) in page[at..].iter().enumerate() {
        match piece {
            Piece::Start { name, .. } if !VOID.contains(&name.as_str()) => depth += 1,
            Piece::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + offset + 1;
        }
    }
    page.len()
}

/// The text of some pieces.
pub fn text(pieces: &[Piece]) -> String {
    let texts = pieces.iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
}

/// The text of some pieces, without the elements of this class.
pub fn text_without(pieces: &[Piece], class: &str) -> String {
    let mut found = String::new();
    let mut at = 0;
    while at < pieces.len() {
        if pieces[at].has_class(class) {
            at = element_end(pieces, at);
            continue;
        }
        found += &text(&pieces[at..=at]);
        at += 1;
    }
    found
}

/// Reads a page, or says what is wrong with it.
pub fn pieces(html: &str) -> Result<Vec<Piece>, String> {
    let mut rest = html.strip_prefix("<!DOCTYPE html>").ok_or("no document type")?;
    let mut found = Vec::new();
    let mut open: Vec<String> = Vec::new();
    while !rest.is_empty() {
        let (text, tag) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        if !text.is_empty() {
            if open.is_empty() && !text.trim().is_empty() {
                return Err(format!("text outside of the document: {text:?}"));
            }
            found.push(Piece::Text(resolve(text)?));
        }
        let Some(tag) = tag.strip_prefix('<') else { break };
        if let Some(tag) = tag.strip_prefix('/') {
            let (name, after) = tag.split_once('>').ok_or("an end tag without an end")?;
            let last = open.pop();
            if last.as_deref() != Some(name) {
                return Err(format!("</{name}> where {last:?} is open"));
            }
            found.push(Piece::End(name.to_owned()));
            rest = after;
        } else {
            let (piece, closed, after) = start_tag(tag)?;
            let Piece::Start { name, .. } = &piece else { unreachable!("a start tag") };
            allowed(name, &open)?;
            let void = VOID.contains(&name.as_str());
            if closed && !void && !open.iter().any(|outer| outer == "svg") {
                return Err(format!("<{name}/> does not close itself"));
            }
            let name = name.clone();
            found.push(piece);
            if closed && !void {
                found.push(Piece::End(name));
            } else if !void {
                open.push(name);
            }
            rest = after;
        }
    }
    if open.is_empty() { Ok(found) } else { Err(format!("left open: {open:?}")) }
}

fn allowed(name: &str, open: &[String]) -> Result<(), String> {
    let within = |outer: &str| open.iter().any(|one| one == outer);
    if let Some(line) = LINES.iter().find(|line| within(line))
        && BLOCKS.contains(&name)
    {
        return Err(format!("<{name}> within <{line}>"));
    }
    if name == "a" && within("a") {
        return Err("a link within a link".to_owned());
    }
    let parents = PARENTS.iter().find(|(inner, _)| *inner == name).map(|(_, parents)| *parents);
    let parent = open.last().map_or("", String::as_str);
    if parents.is_some_and(|parents| !parents.contains(&parent)) {
        return Err(format!("<{name}> within <{parent}>"));
    }
    let holds_items = matches!(parent, "ul" | "ol" | "dl" | "table" | "tr");
    if holds_items && parents.is_none_or(|parents| !parents.contains(&parent)) {
        return Err(format!("<{name}> within <{parent}>"));
    }
    Ok(())
}

/// Reads a start tag behind its `<`: the piece, whether it ends in `/>`, and what follows.
fn start_tag(tag: &str) -> Result<(Piece, bool, &str), String> {
    let shown = || tag.chars().take(60).collect::<String>();
    let end = tag.find(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit());
    let (name, mut rest) = tag.split_at(end.unwrap_or(tag.len()));
    if name.is_empty() {
        return Err(format!("`<` that begins no tag: {:?}", shown()));
    }
    let mut attributes: Vec<(String, String)> = Vec::new();
    loop {
        let piece = |attributes| Piece::Start { name: name.to_owned(), attributes };
        if let Some(after) = rest.strip_prefix('>') {
            return Ok((piece(attributes), false, after));
        }
        if let Some(after) = rest.strip_prefix("/>") {
            return Ok((piece(attributes), true, after));
        }
        rest = rest.strip_prefix(' ').ok_or_else(|| format!("in a tag: {:?}", shown()))?;
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(0);
        let (key, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix("=\"") {
            Some(after) => after.split_once('"').ok_or("a quote without an end")?,
            None => ("", after),
        };
        if key.is_empty() || attributes.iter().any(|(known, _)| known == key) {
            return Err(format!("attribute {key:?} in {:?}", shown()));
        }
        attributes.push((key.to_owned(), resolve(value)?));
        rest = after;
    }
}

/// Resolves character references; an `&` that begins none is a fault.
fn resolve(text: &str) -> Result<String, String> {
    let mut parts = text.split('&');
    let mut resolved = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';').ok_or_else(|| format!("`&` in {text:?}"))?;
        let number = || {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        };
        resolved.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" => '\u{a0}',
            _ => number().ok_or_else(|| format!("`&{name};`"))?,
        });
        resolved.push_str(rest);
    }
    Ok(resolved)
}

#[test]
fn names_what_a_browser_would_mend() {
    let page = |body: &str| pieces(&format!("<!DOCTYPE html><html><body>{body}</body></html>"));
    for good in ["<p>a &amp; b<br></p>", "<ul><li>x</li></ul>", "<svg><rect x=\"1\"/></svg>"] {
        assert!(page(good).is_ok(), "{good}: {:?}", page(good));
    }
    let bad = [
        "<p>",
        "<p></div>",
        "<p><div></div></p>",
        "<a><a></a></a>",
        "a & b",
        "<p a=1></p>",
        "<p a=\"1\" a=\"2\"></p>",
        "1 < 2",
        "<!-- x -->",
        "<div/>",
        "<li>x</li>",
        "&unknown;",
        "<ul><p>x</p></ul>",
        "<table><tr></tr></table>",
    ];
    for bad in bad {
        assert!(page(bad).is_err(), "{bad}");
    }
}
