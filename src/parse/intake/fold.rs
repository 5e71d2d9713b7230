//! Headings as they are compared.

/// A heading as it is compared: half-width, lower case, without white space, brackets with what is
/// in them, and marks at its end.
pub fn folded(heading: &str) -> String {
    let mut out = String::new();
    let mut depth = 0;
    for c in heading.chars() {
        let c = match c {
            '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            _ => c,
        };
        match c {
            '(' | '〔' | '[' => depth += 1,
            ')' | '〕' | ']' => depth = i32::max(0, depth - 1),
            c if c.is_whitespace() || depth > 0 => {}
            c => out.extend(c.to_lowercase()),
        }
    }
    out.trim_end_matches([':', '*', '※']).trim_start_matches(['*', '※']).to_owned()
}
