//! How a person is named: by staff code always, by display name only as far as the site allows.

/// A display name as the site shows it: in full, or its first character and `○○`.
pub fn shown_name(name: &str, in_full: bool) -> String {
    if in_full {
        return name.to_owned();
    }
    name.chars().take(1).chain("○○".chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_all_but_the_first_character() {
        for (name, shown) in [("王小明", "王○○"), ("歐陽大文", "歐○○"), ("𡘙", "𡘙○○")]
        {
            assert_eq!(shown_name(name, false), shown);
            assert_eq!(shown_name(name, true), name);
        }
    }
}
