//! Characters nobody sees: controls, zero-width characters and changes of direction. They can make
//! one name or number look like another, so the inputs may not have them.

use std::sync::LazyLock;

use regex::Regex;

/// Whether `c` is invisible or changes the direction of the text. Line feed and tab count too:
/// whether they may stand somewhere is for the caller to know. Beside the controls these are the
/// characters Unicode calls default ignorable (fillers, tags and selectors of variants among them),
/// the separators of lines and paragraphs, and the code points that are no characters.
pub fn is_hidden(c: char) -> bool {
    let place = HIDDEN.partition_point(|(_, last)| *last < c);
    HIDDEN.get(place).is_some_and(|(first, _)| *first <= c) || u32::from(c) & 0xfffe == 0xfffe
}

/// The first and last of each range of hidden characters, in their order; without the last two code
/// points of each plane, which are no characters.
const HIDDEN: [(char, char); 32] = [
    ('\0', '\u{1f}'),
    ('\u{7f}', '\u{9f}'),
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{600}', '\u{605}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{6dd}', '\u{6dd}'),
    ('\u{70f}', '\u{70f}'),
    ('\u{890}', '\u{891}'),
    ('\u{8e2}', '\u{8e2}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{2800}', '\u{2800}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fdd0}', '\u{fdef}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffc}'),
    ('\u{1107f}', '\u{1107f}'),
    ('\u{110bd}', '\u{110bd}'),
    ('\u{110cd}', '\u{110cd}'),
    ('\u{13430}', '\u{13455}'),
    ('\u{16fe4}', '\u{16fe4}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d159}', '\u{1d159}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];

/// Any hidden character but line feed and tab. Whole sites are looked through: an automaton reads many
/// bytes in the time the question takes for one character.
static SUSPECT: LazyLock<Regex> = LazyLock::new(|| {
    let range = |(first, last): (char, char)| {
        format!("\\x{{{:x}}}-\\x{{{:x}}}", u32::from(first), u32::from(last))
    };
    let of_plane = |plane: u32| format!("\\x{{{plane:x}fffe}}\\x{{{plane:x}ffff}}");
    let class: String = HIDDEN.map(range).into_iter().chain((0..=16).map(of_plane)).collect();
    Regex::new(&format!("[{class}--[\\n\\t]]")).expect("a class of characters")
});

/// The code point with its name where it has a well-known one, such as `U+202E (right-to-left
/// override)`.
pub fn describe(c: char) -> String {
    let point = format!("U+{:04X}", u32::from(c));
    match name(c) {
        Some(name) => format!("{point} ({name})"),
        None => point,
    }
}

/// Replaces what a terminal could act upon: hidden characters are spelt as `\u{1b}`.
pub fn escape(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => shown.push_str("\\n"),
            '\t' => shown.push_str("\\t"),
            '\r' => shown.push_str("\\r"),
            c if is_hidden(c) => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
    }
    shown
}

/// The hidden characters of `text` with their byte offsets. Line feeds and tabs are no fault, nor
/// a carriage return before a line feed, nor a byte order mark at the very beginning;
/// `with_form_feed` allows the page breaks of official texts.
pub fn find(text: &str, with_form_feed: bool) -> Vec<(usize, char)> {
    if SUSPECT.is_match(text) { each(text, with_form_feed).collect() } else { Vec::new() }
}

/// As [`find`], one after the other: a large text may have very many.
pub fn each(text: &str, with_form_feed: bool) -> impl Iterator<Item = (usize, char)> {
    text.char_indices().filter(move |(at, c)| match c {
        ' '..='~' | '\n' | '\t' | '\u{3400}'..='\u{9fff}' => false,
        '\r' => !text[at + 1..].starts_with('\n'),
        '\u{c}' => !with_form_feed,
        '\u{feff}' => *at > 0,
        c => is_hidden(*c),
    })
}

/// The hidden characters of a decoded value, each once, in their order. A byte order mark and a
/// lone carriage return are faults everywhere in it.
pub fn find_decoded(text: &str) -> Vec<char> {
    let mut found = Vec::new();
    if !SUSPECT.is_match(text) {
        return found;
    }
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let fine = matches!(c, '\n' | '\t') || (c == '\r' && chars.peek() == Some(&'\n'));
        if !fine && is_hidden(c) && !found.contains(&c) {
            found.push(c);
        }
    }
    found
}

/// What in a decoded value is not hidden and yet not what it seems: characters of private use,
/// those that stand for a lost one, and unusual spaces, each once, in their order.
pub fn find_odd(text: &str) -> Vec<char> {
    let mut found = Vec::new();
    if text.is_ascii() {
        return found;
    }
    for c in text.chars().filter(|c| is_private(*c) || is_lost(*c) || is_odd_space(*c)) {
        if !found.contains(&c) {
            found.push(c);
        }
    }
    found
}

/// Whether a character looks like a space and is another one. The ideographic space is an ordinary
/// one in Chinese.
pub fn is_odd_space(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii() && c != '\u{3000}' && !is_hidden(c)
}

fn name(c: char) -> Option<&'static str> {
    Some(match c {
        '\0' => "null",
        '\u{7}' => "bell",
        '\u{8}' => "backspace",
        '\u{b}' => "vertical tab",
        '\u{c}' => "form feed",
        '\r' => "carriage return without line feed",
        '\u{1b}' => "escape",
        '\u{7f}' => "delete",
        '\u{85}' => "next line",
        '\u{a0}' => "no-break space",
        '\u{ad}' => "soft hyphen",
        '\u{61c}' => "Arabic letter mark",
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => "Hangul filler",
        '\u{2000}'..='\u{200a}' => "a space of unusual width",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{206a}'..='\u{206f}' => "deprecated format character",
        '\u{2800}' => "blank Braille pattern",
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => "variation selector",
        '\u{fff9}'..='\u{fffb}' => "interlinear annotation",
        '\u{e0000}'..='\u{e007f}' => "tag character",
        '\u{200b}' => "zero-width space",
        '\u{200c}' => "zero-width non-joiner",
        '\u{200d}' => "zero-width joiner",
        '\u{200e}' => "left-to-right mark",
        '\u{200f}' => "right-to-left mark",
        '\u{202a}' => "left-to-right embedding",
        '\u{202b}' => "right-to-left embedding",
        '\u{202c}' => "pop directional formatting",
        '\u{202d}' => "left-to-right override",
        '\u{202e}' => "right-to-left override",
        '\u{202f}' => "narrow no-break space",
        '\u{205f}' => "mathematical space",
        '\u{2060}' => "word joiner",
        '\u{2061}'..='\u{2064}' => "invisible mathematical operator",
        '\u{2066}' => "left-to-right isolate",
        '\u{2067}' => "right-to-left isolate",
        '\u{2068}' => "first strong isolate",
        '\u{2069}' => "pop directional isolate",
        '\u{feff}' => "byte order mark inside the text",
        _ => return None,
    })
}

/// Whether a character has a meaning only by agreement: the private use areas.
pub fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

/// Whether a character stands where one was that a program could not read: it is lost.
pub fn is_lost(c: char) -> bool {
    c == '\u{fffd}'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_hidden_character_and_names_it() {
        let ranges = ['\u{200b}'..='\u{200f}', '\u{202a}'..='\u{202e}', '\u{2060}'..='\u{2064}'];
        let more = ['\u{2066}', '\u{2069}', '\u{feff}', '\0', '\u{1b}', '\u{7f}', '\u{9b}', '\r'];
        for c in ranges.into_iter().flatten().chain(more) {
            assert_eq!(find(&format!("稽核{c}x"), false), [(6, c)], "{}", describe(c));
        }
        assert_eq!(describe('\u{202e}'), "U+202E (right-to-left override)");
        assert_eq!(describe('\u{9b}'), "U+009B");
    }

    /// By one character after the other, among them those of the table and beside it.
    #[test]
    fn the_automaton_suspects_exactly_what_is_hidden() {
        assert!(HIDDEN.is_sorted() && HIDDEN.iter().all(|(first, last)| first <= last));
        let all: String = ('\0'..=char::MAX).collect();
        let suspected = SUSPECT.find_iter(&all).map(|found| found.as_str().chars().next());
        let hidden = all.chars().filter(|c| is_hidden(*c) && !matches!(c, '\n' | '\t'));
        assert!(suspected.eq(hidden.map(Some)));
        let none: Vec<char> =
            (0..=16).map(|plane| plane << 16 | 0xffff).filter_map(char::from_u32).collect();
        assert!(none.len() == 17 && none.into_iter().all(is_hidden));
    }

    #[test]
    fn leaves_ordinary_text_alone() {
        assert_eq!(find("\u{feff}第一點\r\n\t（一）…「」—　x\n", false), []);
        assert_eq!(find("第一頁\u{c}第二頁", true), []);
        assert_eq!(find("第一頁\u{c}第二頁", false), [(9, '\u{c}')]);
    }

    #[test]
    fn escapes_what_a_terminal_would_act_upon() {
        assert_eq!(escape("a\u{1b}[31mb\u{202e}\n\u{9b}"), r"a\u{1b}[31mb\u{202e}\n\u{9b}");
    }
}
