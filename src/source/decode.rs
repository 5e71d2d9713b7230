//! Bytes become text, or a reason why not: only UTF-8 is read, and for anything else the likely
//! encoding and the remedy are named. Nothing is ever replaced or dropped.

/// Why bytes are not text.
#[derive(Debug, PartialEq, Eq)]
pub struct NotText {
    /// Lower case, names the byte offset and the guess.
    pub message: String,
    pub help: String,
}

/// Reads `bytes` as UTF-8. A byte order mark stays in the text, so that offsets are the file's.
pub fn decode(bytes: Vec<u8>, path: &str) -> Result<String, NotText> {
    if let Some(encoding) = utf_16_or_32(&bytes) {
        return Err(not_text(&bytes, 0, Some(encoding), path));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            // A file that is UTF-8 up to here is a damaged one, not one of another encoding.
            let whole = bytes[..offset].is_ascii();
            let guess = (whole && looks_like_big5(&bytes[offset..])).then_some("BIG5");
            Err(not_text(&bytes, offset, guess, path))
        }
    }
}

fn not_text(bytes: &[u8], offset: usize, guess: Option<&str>, path: &str) -> NotText {
    let byte = bytes.get(offset).copied().unwrap_or_default();
    let line = bytes[..offset].iter().filter(|byte| **byte == b'\n').count() + 1;
    let place = format!("byte 0x{byte:02X} at offset {offset} (line {line}) is not UTF-8");
    match guess {
        Some(encoding) => NotText {
            message: format!("{place}; the file looks like {encoding}"),
            help: format!(
                "convert it: `iconv -f {encoding} -t UTF-8 {path} > new && mv new {path}`"
            ),
        },
        None => NotText {
            message: place,
            help: "save the file as UTF-8, or retype the character at this place".to_owned(),
        },
    }
}

/// Names UTF-16 or UTF-32 by byte order mark, or by the null bytes of their line ends and ASCII.
fn utf_16_or_32(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => return Some("UTF-32"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Some("UTF-16"),
        _ => {}
    }
    let pairs = bytes.len() / 2;
    let low_nulls = bytes.chunks_exact(2).filter(|pair| pair[1] == 0 && pair[0] != 0).count();
    let high_nulls = bytes.chunks_exact(2).filter(|pair| pair[0] == 0 && pair[1] != 0).count();
    // Chinese text in UTF-16 has nulls in its line ends, digits and spaces only.
    let enough = |nulls: usize| nulls > 0 && nulls * 20 >= pairs;
    if enough(low_nulls) && high_nulls * 10 <= low_nulls {
        Some("UTF-16LE")
    } else if enough(high_nulls) && low_nulls * 10 <= high_nulls {
        Some("UTF-16BE")
    } else {
        None
    }
}

/// Whether nearly everything outside ASCII comes in the byte pairs of Big5.
fn looks_like_big5(bytes: &[u8]) -> bool {
    let (mut pairs, mut others) = (0_usize, 0_usize);
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        rest = tail;
        if first.is_ascii() {
            continue;
        }
        match tail {
            [0x40..=0x7e | 0xa1..=0xfe, after @ ..] if matches!(first, 0x81..=0xfe) => {
                pairs += 1;
                rest = after;
            }
            _ => others += 1,
        }
    }
    pairs > 0 && others * 50 <= pairs
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
        assert!(refused.help.contains("iconv -f BIG5 -t UTF-8 a.yaml"));
        let units = |text: &str| text.encode_utf16().collect::<Vec<_>>();
        let little: Vec<u8> = units("稽核: 1\n").iter().flat_map(|u| u.to_le_bytes()).collect();
        let big: Vec<u8> = units("稽核: 1\n").iter().flat_map(|u| u.to_be_bytes()).collect();
        assert!(message(&little).ends_with("UTF-16LE"), "{}", message(&little));
        assert!(message(&big).ends_with("UTF-16BE"));
        assert!(message(&[b"\xff\xfe", little.as_slice()].concat()).ends_with("UTF-16"));
        assert!(message(b"\xff\xfe\0\0a\0\0\0").ends_with("UTF-32"));
    }

    #[test]
    fn a_damaged_utf_8_file_is_not_called_big5() {
        let damaged = ["稽核".as_bytes(), b"\xa4\xa4 x"].concat();
        assert_eq!(message(&damaged), "byte 0xA4 at offset 6 (line 1) is not UTF-8");
        assert_eq!(message(b"a\xff"), "byte 0xFF at offset 1 (line 1) is not UTF-8");
    }
}
