//! Names of files that some system cannot hold, or would take for another file's name. The site's
//! folder is cloned on Windows desks and published on case-blind servers, so the rules of all
//! systems hold on every system.

use unicode_normalization::UnicodeNormalization;

use super::hidden;

/// Names Windows keeps for devices, whatever ending follows. `COM¹` and the like count too.
const RESERVED: [&str; 7] = ["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"];

/// The longest part of a path, in bytes, that the usual file systems hold.
const LONGEST: usize = 255;

/// Says why `part`, one part of a path, is not a safe name; `None` if it is one.
pub fn name_fault(part: &str) -> Option<String> {
    if part.is_empty() || part == "." || part == ".." {
        return Some(format!("`{part}` is not a name"));
    }
    if let Some(bad) = part.chars().find(|c| r#"<>:"|?*\/"#.contains(*c)) {
        return Some(format!("the name has `{bad}`, which Windows does not allow"));
    }
    if let Some(bad) = part.chars().find(|c| hidden::is_hidden(*c)) {
        return Some(format!("the name has the invisible character {}", hidden::describe(bad)));
    }
    if part.ends_with(['.', ' ']) || part.starts_with(' ') {
        return Some("the name begins with a space or ends with a full stop or space".to_owned());
    }
    if is_reserved(part) {
        return Some("Windows reserves the name for a device".to_owned());
    }
    if part.len() > LONGEST {
        return Some(format!("the name has {} bytes, more than {LONGEST}", part.len()));
    }
    None
}

/// Reduces a path to what case-blind and normalising systems tell apart: two paths with the same
/// key are one file there.
pub fn collision_key(path: &str) -> String {
    if path.is_ascii() {
        let lower = path.to_ascii_lowercase();
        return if path.contains([' ', '.']) { trim_parts(&lower) } else { lower };
    }
    let folded: String = path
        .nfc()
        .filter(|c| !is_ignorable(*c))
        .flat_map(char::to_uppercase) // `ß` and `SS` are one name only by way of capitals.
        .flat_map(char::to_lowercase)
        .nfc()
        .collect();
    trim_parts(&folded)
}

fn trim_parts(path: &str) -> String {
    let parts: Vec<_> = path.split('/').map(|part| part.trim_end_matches(['.', ' '])).collect();
    parts.join("/")
}

fn is_reserved(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).trim_end().to_lowercase();
    if RESERVED.contains(&stem.as_str()) {
        return true;
    }
    let Some(number) = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt")) else {
        return false;
    };
    let mut digits = number.chars();
    let one = digits.next().is_some_and(|c| c.is_ascii_digit() || "¹²³".contains(c));
    one && digits.next().is_none()
}

/// What HFS+ and others leave out when they compare names.
fn is_ignorable(c: char) -> bool {
    hidden::is_hidden(c)
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{206a}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_names_that_windows_cannot_hold() {
        let devices = ["con", "PRN", "aux.txt", "nul.tar.gz", "COM1", "com0.pdf", "LPT9", "COM¹"];
        let forms =
            ["CONIN$", "conout$", "a.", "a ", " a", "a?", "a*b", "a:b", "a<b", "a|b", "a\\b"];
        let others = ["", ".", "..", "x\u{202e}fdp.exe", "a\u{200b}", "a\u{1b}[0m", "a\nb", "a\0"];
        for name in devices.iter().chain(&forms).chain(&others) {
            assert!(name_fault(name).is_some(), "{name:?}");
        }
        assert!(name_fault(&"測".repeat(86)).is_some());
    }

    #[test]
    fn accepts_ordinary_names() {
        let names = ["console.txt", "com10", "com", "lpt-1", "auxiliary", "稽核 報告.v1.2.pdf"];
        for name in names {
            assert_eq!(name_fault(name), None, "{name:?}");
        }
        assert_eq!(name_fault(&"測".repeat(85)), None);
    }

    #[test]
    fn keys_join_what_other_systems_join() {
        let pairs = [
            ("A/b.pdf", "a/B.PDF"),
            ("straße", "STRASSE"),
            ("caf\u{e9}", "cafe\u{301}"),
            ("臺\u{f963}", "臺北"),
            ("a\u{200d}b", "ab"),
            ("a./b", "a/b"),
            ("ＡＢ", "ａｂ"),
            ("ΣΑΣ", "σας"),
        ];
        for (one, other) in pairs {
            assert_eq!(collision_key(one), collision_key(other), "{one} {other}");
        }
    }

    #[test]
    fn keys_keep_apart_what_is_different() {
        let mut keys: Vec<_> =
            (0..10_000).map(|n| collision_key(&format!("稽核-{n}.pdf"))).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 10_000);
        assert_ne!(collision_key("台北"), collision_key("臺北"));
    }
}
