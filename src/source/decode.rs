//! Bytes become text, or a reason why not: only UTF-8 is read, and for anything else the likely
//! encoding and the remedy are named. Nothing is ever replaced or dropped.

/// Why bytes are not text.
#[derive(Debug, PartialEq, Eq)]
pub struct NotText {
    /// Lower case, names the byte offset and the guess.
    pub message: String,
    pub help: String,
    /// What can be shown of the file, with a mark for what cannot.
    pub shown: String,
    /// Where in `shown` the fault stands.
    pub at: usize,
}

/// Reads `bytes` as UTF-8. A byte order mark stays in the text, so that offsets are the file's.
pub fn decode(bytes: Vec<u8>, path: &str) -> Result<String, NotText> {
    if let Some(encoding) = by_mark(&bytes) {
        return Err(not_text(&bytes, 0, Some(encoding), path));
    }
    let nulls = bytes.iter().filter(|byte| **byte == 0).count();
    match String::from_utf8(bytes) {
        // A null or two in UTF-8 are characters nobody sees, and reported as such with their place.
        Ok(text) if nulls * 5 < text.len() || nulls < 4 => Ok(text),
        Ok(text) => {
            let guess = utf_16(text.as_bytes()).unwrap_or("UTF-16LE");
            Err(not_text(text.as_bytes(), 0, Some(guess), path))
        }
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            // A file that is UTF-8 up to here is a damaged one, not one of another encoding.
            let whole = bytes[..offset].is_ascii();
            let rest = &bytes[offset..];
            let guess = utf_16(&bytes)
                .or_else(|| (whole && looks_like_big5(rest)).then_some("BIG5"))
                .or_else(|| (whole && looks_like_gb18030(rest)).then_some("GB18030"));
            Err(not_text(&bytes, offset, guess, path))
        }
    }
}

fn not_text(bytes: &[u8], offset: usize, guess: Option<&str>, path: &str) -> NotText {
    let byte = bytes.get(offset).copied().unwrap_or_default();
    let line = bytes[..offset].iter().filter(|byte| **byte == b'\n').count() + 1;
    let place = format!("byte 0x{byte:02X} at offset {offset} (line {line}) is not UTF-8");
    let before = String::from_utf8_lossy(&bytes[..offset]);
    let at = before.len();
    let shown = format!("{before}{}", String::from_utf8_lossy(&bytes[offset..]));
    match guess {
        Some(encoding) => NotText {
            message: format!("{place}; the file looks like {encoding}"),
            // Never over the file itself: the guess may be wrong.
            help: format!(
                "convert a copy and look at it before it takes the place of the file: \
                 `iconv -f {encoding} -t UTF-8 {path} > {path}.utf-8`"
            ),
            shown,
            at,
        },
        None => NotText {
            message: place,
            help: "save the file as UTF-8, or retype the character at this place".to_owned(),
            shown,
            at,
        },
    }
}

fn by_mark(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Some("UTF-32"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("UTF-16"),
        _ => None,
    }
}

/// Names UTF-16 without a mark by what it would say: nearly nothing but Han, their punctuation and
/// ASCII. Bytes that are none of it give letters of all the world.
fn utf_16(bytes: &[u8]) -> Option<&'static str> {
    let usual = |unit: u16| matches!(unit, 0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0x3000..=0x303f | 0x4e00..=0x9fff | 0xff00..=0xff65);
    // Chinese text in UTF-16 has nulls in its line ends, digits and spaces only.
    if bytes.len() < 8 || !bytes.len().is_multiple_of(2) || !bytes.contains(&0) {
        return None;
    }
    let share = |read: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| read([pair[0], pair[1]]));
        units.filter(|unit| usual(*unit)).count() * 200 / bytes.len()
    };
    let (little, big) = (share(u16::from_le_bytes), share(u16::from_be_bytes));
    match little.max(big) {
        95.. if little >= big => Some("UTF-16LE"),
        95.. => Some("UTF-16BE"),
        _ => None,
    }
}

/// Whether everything outside ASCII is Big5, and there is enough of it to say so: two bytes that
/// happen to fit are a damaged character.
fn looks_like_big5(bytes: &[u8]) -> bool {
    let (text, _, failed) = encoding_rs::BIG5.decode(bytes);
    let others = text.chars().filter(|c| !c.is_ascii()).count();
    !failed && others >= 2
}

/// Whether everything outside ASCII is GB18030 and common in Chinese: nearly all pairs of bytes are
/// some character of it.
fn looks_like_gb18030(bytes: &[u8]) -> bool {
    let (text, _, failed) = encoding_rs::GB18030.decode(bytes);
    let common = |c: char| matches!(c, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ff65}');
    let others: Vec<char> = text.chars().filter(|c| !c.is_ascii()).collect();
    !failed && others.len() >= 4 && others.iter().all(|c| common(*c))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 「稽核紀錄」 and a line end, in Big5.
    const BIG5: &[u8] = b"\xbd]\xae\xd6\xac\xf6\xbf\xfd\r\n";

    fn message(bytes: &[u8]) -> String {
        decode(bytes.to_vec(), "a.yaml").expect_err("is not text").message
    }

    #[test]
    fn keeps_utf_8_as_it_is() {
        for text in ["", "稽核", "\u{feff}a: 1\r\n", "𠮷"] {
            assert_eq!(decode(text.as_bytes().to_vec(), "a.yaml").as_deref(), Ok(text));
        }
    }

    #[test]
    fn guesses_the_encoding_and_says_how_to_convert() {
        let refused = decode([b"id: x\nname: ", BIG5].concat(), "a.yaml").expect_err("is Big5");
        assert_eq!(
            refused.message,
            "byte 0xBD at offset 12 (line 2) is not UTF-8; the file looks like BIG5"
        );
        assert!(refused.help.contains("iconv -f BIG5 -t UTF-8 a.yaml > a.yaml.utf-8"));
        assert!(!refused.help.contains("mv "));
        let (text, _, _) = encoding_rs::GB18030.encode("name: 稽核紀錄保存於臺北市，查詢\n");
        assert!(message(&text).ends_with("the file looks like GB18030"), "{}", message(&text));
        let units = |text: &str| text.encode_utf16().collect::<Vec<_>>();
        let little: Vec<u8> = units("稽核: 1\n").iter().flat_map(|u| u.to_le_bytes()).collect();
        let big: Vec<u8> = units("稽核: 1\n").iter().flat_map(|u| u.to_be_bytes()).collect();
        assert!(message(&little).ends_with("UTF-16LE"), "{}", message(&little));
        assert!(message(&big).ends_with("UTF-16BE"));
        assert!(message(&[b"\xff\xfe", little.as_slice()].concat()).ends_with("UTF-16"));
        assert!(message(b"\xff\xfe\0\0a\0\0\0").ends_with("UTF-32"));
    }

    #[test]
    fn a_null_in_utf_8_is_no_other_encoding() {
        let text = "- {id: t, title: 測\0試}";
        assert_eq!(decode(text.as_bytes().to_vec(), "a.yaml").as_deref(), Ok(text));
        assert_eq!(message(b"id: a\xc0\xaf"), "byte 0xC0 at offset 5 (line 1) is not UTF-8");
        let law: Vec<u8> =
            "一、為測試。\r\n二、各單位。\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(message(&law).ends_with("UTF-16LE"), "{}", message(&law));
    }

    #[test]
    fn a_damaged_utf_8_file_is_not_called_big5() {
        let damaged = ["稽核".as_bytes(), b"\xa4\xa4 x"].concat();
        assert_eq!(message(&damaged), "byte 0xA4 at offset 6 (line 1) is not UTF-8");
        assert_eq!(message(b"a\xff"), "byte 0xFF at offset 1 (line 1) is not UTF-8");
    }
}
