//! What copying leaves in a text that is no page and no document: the signs of a quotation on every
//! line, bars around every line, spaces by their names in HTML, the line ends of old systems.

/// The text without them, and what was taken out, in words.
pub fn plain(text: String, notes: &mut Vec<String>) -> String {
    let mut text = text;
    if text.contains('\r') && !text.contains('\n') {
        notes.push("the lines ended with CR; they end with LF now".to_owned());
        text = text.replace('\r', "\n");
    }
    if let Some(bare) = every_line(&text, |line| line.strip_prefix('>')) {
        notes.push("every line was quoted (`>`); the signs were left out".to_owned());
        text = bare;
    }
    if let Some(bare) = every_line(&text, within_bars) {
        notes.push("every line stood between bars (`|`); they were left out".to_owned());
        text = bare;
    }
    let named = SPACES.iter().filter(|(name, _)| text.contains(name)).count();
    if named > 0 {
        notes.push("spaces written as `&nbsp;` and the like are spaces now".to_owned());
        for (name, space) in SPACES {
            text = text.replace(name, space);
        }
    }
    text
}

/// Spaces as web pages write them.
const SPACES: &[(&str, &str)] = &[
    ("&nbsp;", " "),
    ("&#160;", " "),
    ("&ensp;", " "),
    ("&emsp;", "\u{3000}"),
    ("&#12288;", "\u{3000}"),
];

/// The text with `bare` of each line, if every line that is not blank has one and there are several.
fn every_line<'a>(text: &'a str, bare: impl Fn(&'a str) -> Option<&'a str>) -> Option<String> {
    let mut lines = Vec::new();
    let mut filled = 0;
    for line in text.trim_start_matches('\u{feff}').split('\n') {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            lines.push("");
            continue;
        }
        filled += 1;
        let found = bare(trimmed)?;
        lines.push(found.strip_prefix(' ').unwrap_or(found));
    }
    (filled > 1).then(|| lines.join("\n"))
}

/// | 一、甲。 |, but not the row of a table of several cells.
fn within_bars(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    (!inner.contains('|')).then(|| inner.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_copying_left_is_taken_out_and_said() {
        for (text, bare) in [
            ("> 甲要點\n>\n> 一、甲。\n>  （一）乙。", "甲要點\n\n一、甲。\n （一）乙。"),
            ("| 甲要點 |\n| 一、甲。 |", "甲要點\n一、甲。"),
            ("甲要點\r一、甲。\r", "甲要點\n一、甲。\n"),
            ("甲要點\n&nbsp;&nbsp;一、甲。", "甲要點\n  一、甲。"),
        ] {
            let mut notes = Vec::new();
            assert_eq!(plain(text.to_owned(), &mut notes), bare);
            assert_eq!(notes.len(), 1, "{text}");
        }
        for text in ["甲要點\n> 一、甲。\n", "| 量 | 率 |\n| 5 | 6 |\n", "甲\r\n乙\r\n", "> 5 件"]
        {
            let mut notes = Vec::new();
            assert_eq!(plain(text.to_owned(), &mut notes), text);
            assert!(notes.is_empty());
        }
    }
}
