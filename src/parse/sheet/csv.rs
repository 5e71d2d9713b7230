//! CSV: UTF-8 with or without a byte order mark, UTF-16 with one, else Big5 as the spreadsheets of
//! Taiwanese offices save it; divided by commas, semicolons or tabs.

use encoding_rs::{BIG5, Encoding, UTF_8};

use super::{Book, Cell, Sheet, is_like_a_formula};

/// Reads the one sheet of a CSV.
pub fn read(bytes: &[u8]) -> Result<Book, String> {
    let (text, encoding) = decoded(bytes)?;
    match text.trim_start_matches('\u{feff}').trim_start().chars().next() {
        None => return Err("the file is empty".to_owned()),
        Some('<') => {
            return Err(
                "it is a web page or XML, whatever its name says; open it in a spreadsheet program \
                 and save it as XLSX or ODS"
                    .to_owned(),
            );
        }
        Some(_) => {}
    }
    let (divider, text) = match said_divider(&text) {
        Some((divider, rest)) => (divider, rest),
        None => (divider(&text), text.as_str()),
    };
    if let Some(row) = unclosed_quote(text, divider) {
        return Err(format!("the quotation mark that opens in row {row} is never closed"));
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(divider)
        .from_reader(text.as_bytes());
    let bytes = text.as_bytes();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| format!("the CSV cannot be read: {error}"))?;
        // The reader passes over empty lines, but rows are named by their number.
        let start = record.position().map_or(0, csv::Position::byte);
        let lead = &bytes[usize::try_from(start).unwrap_or(0).min(bytes.len())..];
        let behind_return =
            lead.starts_with(b"\n") && bytes[..bytes.len() - lead.len()].ends_with(b"\r");
        let blank = lead.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let blank = blank.filter(|byte| **byte == b'\n').count() - usize::from(behind_return);
        rows.extend(std::iter::repeat_n(Vec::new(), blank));
        let cell = |text: &str| match text.trim() {
            "" => Cell::Empty,
            // What an export put in front, so that no spreadsheet takes the text for a formula.
            text => match text.strip_prefix('\'') {
                Some(rest) if is_like_a_formula(rest) => Cell::Text(rest.to_owned()),
                _ => Cell::Text(figures_kept(text).unwrap_or(text).to_owned()),
            },
        };
        rows.push(record.iter().map(cell).collect());
    }
    let sheet = Sheet { name: "CSV".to_owned(), rows, ..Sheet::default() };
    let encoding = (encoding != UTF_8).then(|| encoding.name());
    Ok(Book { sheets: vec![sheet], encoding })
}

/// The text in `="00123"`, as programs write figures for spreadsheets that would cut the noughts.
fn figures_kept(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("=\"")?.strip_suffix('"')?;
    (!inner.contains('"')).then_some(inner)
}

/// The divider a first line `sep=;` says, and the text below it; spreadsheets do not count that line.
fn said_divider(text: &str) -> Option<(u8, &str)> {
    let (line, rest) = text.split_once('\n')?;
    let mark = line.trim_end().strip_prefix("sep=")?;
    let byte = *mark.as_bytes().first().filter(|byte| mark.len() == 1 && byte.is_ascii())?;
    Some((byte, rest))
}

/// What divides most in the first lines; titles above the heading have none.
fn divider(text: &str) -> u8 {
    let count = |divider: u8| {
        let mut quoted = false;
        let bytes = text.lines().take(20).flat_map(str::bytes);
        bytes
            .filter(|byte| {
                quoted ^= *byte == b'"';
                !quoted && *byte == divider
            })
            .count()
    };
    let dividers = [b',', b';', b'\t'].into_iter();
    dividers.max_by_key(|byte| (count(*byte), *byte == b',')).unwrap_or(b',')
}

/// The row, from 1, whose quotation mark swallows the rest of the text.
fn unclosed_quote(text: &str, divider: u8) -> Option<usize> {
    let (mut row, mut opened, mut at_start, mut quoted) = (1, 1, true, false);
    for byte in text.bytes() {
        match byte {
            // Within quotes a doubled mark closes and opens again.
            b'"' if quoted => quoted = false,
            b'"' if at_start => (quoted, opened) = (true, row),
            b'\n' if !quoted => row += 1,
            _ => {}
        }
        at_start = !quoted && (byte == divider || byte == b'\n' || byte == b'\r' || byte == b'"');
    }
    quoted.then_some(opened)
}

fn decoded(bytes: &[u8]) -> Result<(String, &'static Encoding), String> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, faulty) = encoding.decode_without_bom_handling(&bytes[length..]);
        if faulty {
            return Err(format!("the text is not the {} its first bytes say", encoding.name()));
        }
        return Ok((text.into_owned(), encoding));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        if text.contains('\0') {
            return Err("it is neither a spreadsheet nor a CSV".to_owned());
        }
        return Ok((text.to_owned(), UTF_8));
    }
    let (text, faulty) = BIG5.decode_without_bom_handling(bytes);
    if faulty || text.contains('\0') {
        return Err("it is neither a spreadsheet nor a CSV in UTF-8 or Big5".to_owned());
    }
    Ok((text.into_owned(), BIG5))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<Vec<String>> {
        let book = read(bytes).expect("reads");
        book.sheets[0].rows.iter().map(|row| row.iter().map(Cell::text).collect()).collect()
    }

    #[test]
    fn every_encoding_of_offices_is_the_same_text() {
        let text = "員工代碼,單位\r\nA-1,登記課\r\n";
        let expected = [["員工代碼", "單位"], ["A-1", "登記課"]];
        let (big5, _, _) = BIG5.encode(text);
        let mut utf16 = vec![0xff, 0xfe];
        text.encode_utf16().for_each(|unit| utf16.extend(unit.to_le_bytes()));
        for bytes in [text.as_bytes(), &[b"\xef\xbb\xbf", text.as_bytes()].concat(), &big5, &utf16]
        {
            assert_eq!(texts(bytes), expected);
        }
        assert_eq!(read(&big5).expect("reads").encoding, Some("Big5"));
    }

    #[test]
    fn semicolons_tabs_and_lines_within_cells() {
        assert_eq!(texts(b"a;b\n1;2\n"), [["a", "b"], ["1", "2"]]);
        assert_eq!(texts(b"a\tb\n1\t2\n"), [["a", "b"], ["1", "2"]]);
        assert_eq!(texts(b"a,b\n\"1\n2\",\"3,4\"\n"), [["a", "b"], ["1\n2", "3,4"]]);
    }

    #[test]
    fn titles_and_a_said_divider_are_no_hindrance() {
        let rows = texts("名冊\n單位;員編\n\"一;二\";A-1\n".as_bytes());
        assert_eq!(rows[1..], [["單位", "員編"], ["一;二", "A-1"]]);
        assert_eq!(texts(b"sep=;\r\na;b,c\r\n1;2\r\n"), [["a", "b,c"], ["1", "2"]]);
        assert_eq!(texts(b"a,b\n\"1;2;3\",4\n"), [["a", "b"], ["1;2;3", "4"]]);
    }

    #[test]
    fn a_quotation_mark_never_closed_swallows_nothing() {
        let why = |text: &str| read(text.as_bytes()).expect_err("is refused");
        assert!(why("a,b\n\"1,2\n3,4\n").contains("row 2"));
        assert!(why("a,b\n1,\"2\"\"\n3,4\n").contains("row 2"));
        // A mark within a cell opens nothing.
        assert_eq!(texts(b"a,b\n5\"x,2\n"), [["a", "b"], ["5\"x", "2"]]);
        assert_eq!(texts(b"a,b\n\"x\"\"y\",\"\"\n"), [["a", "b"], ["x\"y", ""]]);
    }

    #[test]
    fn rows_keep_their_numbers_behind_empty_lines() {
        for text in ["a,b\n\n1,2\n", "a,b\r\n\r\n1,2\r\n", "\n\"a\nb\",c\n1,2\n"] {
            let rows = texts(text.as_bytes());
            assert_eq!(
                (rows.len(), &rows[2][..]),
                (3, &["1".to_owned(), "2".to_owned()][..]),
                "{text:?}"
            );
        }
    }

    #[test]
    fn figures_written_as_formulas_are_the_figures() {
        assert_eq!(texts(b"a,b\n=\"00123\",\"=\"\"007\"\"\"\n"), [["a", "b"], ["00123", "007"]]);
        assert_eq!(texts(b"a\n=1+1\n"), [["a"], ["=1+1"]]);
    }

    #[test]
    fn what_is_no_table_is_named() {
        let why = |bytes: &[u8]| read(bytes).expect_err("is refused");
        for nothing in [&b""[..], b"\xef\xbb\xbf\r\n \r\n"] {
            assert!(why(nothing).contains("is empty"));
        }
        for page in [&b"<html><table></table></html>"[..], b"\xef\xbb\xbf <?xml version=\"1.0\"?>"]
        {
            assert!(why(page).contains("web page or XML"));
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(read(b"\x00\x01\x02").is_err());
        assert!(read(b"\xff\xff\xff\xff").is_err());
    }
}
