use super::*;

#[test]
fn numbers_at_the_border_of_two_windows_are_found_once() {
    let (number, window) = ("A123456789", 2_048);
    for before in 0..3 {
        for end in (window - OVERLAP - 2..window - OVERLAP + 20).chain(window - 6..window + 14) {
            let mut text = "x".repeat(before);
            while text.len() + 4 <= end - number.len() {
                text.push('甲');
            }
            text.push_str(&" ".repeat(end - number.len() - text.len()));
            text.push_str(number);
            text.push(' ');
            while text.len() < window + 2 * OVERLAP {
                text.push('甲');
            }
            let found = in_windows(&text, window);
            let place = (1, end - number.len());
            assert_eq!(found, BTreeMap::from([(privacy::Kind::Identity, place)]), "{end}");
        }
    }
}

#[test]
fn only_large_files_that_may_hold_words_are_said_to_be_unsearched() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = Folder::hold(place.path()).expect("is there");
    let said = |path: &str, area, head: &[u8]| {
        let size = contents::LARGEST + 1;
        let content = Content::Binary { size, sha256: String::new(), head: head.to_vec() };
        let file = SourceFile { path: path.to_owned(), area, content };
        let said = look_at(&folder, FileId(0), &file, None).expect("nothing is read");
        said.into_iter().next().map(|one| one.help.unwrap_or_default())
    };
    let film = b"\0\0\0\x18ftypmp42";
    assert_eq!(said("static/film.mp4", Area::Static, film), None);
    let of_settings = said("static/list.json", Area::Static, b"{}").expect("is said");
    let waive = "`waive: [{code: personal-data, file: \"static/list.json\"";
    assert!(of_settings.contains(waive) && !of_settings.contains("pii_ok"), "{of_settings}");
    let path = "content/evidence/files/a.pdf";
    let of_record = said(path, Area::Evidence, b"%PDF\xff").expect("is said");
    assert!(of_record.contains("`pii_ok: {reason: …, until: …}`"), "{of_record}");
}
