use std::fs;
use std::os::unix::fs::symlink;

use super::*;
use crate::source::sha256;

/// A site's folder with these files, read; the diagnostics as `code path: message`.
struct Site {
    place: tempfile::TempDir,
}

impl Site {
    fn new() -> Self {
        let site = Self { place: tempfile::tempdir().expect("a temporary folder") };
        site.write("clausebook.yaml", "name: x\n")
    }

    fn write(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.place.path().join(path);
        fs::create_dir_all(path.parent().expect("has a folder")).expect("creates");
        fs::write(path, bytes).expect("writes");
        self
    }

    fn link(self, target: &str, path: &str) -> Self {
        let path = self.place.path().join(path);
        fs::create_dir_all(path.parent().expect("has a folder")).expect("creates");
        symlink(target, path).expect("links");
        self
    }

    fn read(&self) -> (SourceTree, Vec<String>) {
        let (tree, diagnostics) = read(self.place.path()).expect("reads");
        assert!(tree.files.is_sorted_by(|a, b| a.path < b.path));
        let lines = diagnostics
            .iter()
            .map(|d| format!("{} {}: {}", d.code.slug(), tree.file(d.span.file).path, d.message));
        let lines = lines.collect();
        (tree, lines)
    }
}

#[test]
fn reads_the_five_places_and_nothing_else() {
    let site = Site::new()
        .write("content/audits/a.yaml", "\u{feff}id: a\r\n")
        .write("content/pages/how.md", "# 說明\n")
        .write("content/evidence/files/115/a.pdf", b"%PDF-\xff")
        .write("regulations/tax/2024.txt", "一、總則\n\u{c}二、目的\n")
        .write("templates/assets/logo.png", b"\x89PNG")
        .write("templates/page.html", "<p>")
        .write("public/content/x.yaml", "x")
        .write("README.md", "x")
        .write("content/.hidden/a.yaml", "x")
        .write("content/a.yaml~", "x")
        .write("content/.#a.yaml", "x");
    let (tree, faults) = site.read();
    assert_eq!(faults, Vec::<String>::new());
    let paths: Vec<_> = tree.files.iter().map(|file| (file.path.as_str(), file.area)).collect();
    let expected = [
        ("clausebook.yaml", Area::Config),
        ("content/audits/a.yaml", Area::Record),
        ("content/evidence/files/115/a.pdf", Area::Evidence),
        ("content/pages/how.md", Area::Page),
        ("regulations/tax/2024.txt", Area::Regulation),
        ("templates/assets/logo.png", Area::Template),
        ("templates/page.html", Area::Template),
    ];
    assert_eq!(paths, expected);
    assert_eq!(tree.files[1].text(), "\u{feff}id: a\r\n");
    let sha256 = sha256(b"%PDF-\xff");
    let head = b"%PDF-\xff".to_vec();
    assert_eq!(tree.files[2].content, Content::Binary { size: 6, sha256, head });
}

#[test]
fn hashes_large_files_in_pieces_and_keeps_their_beginning() {
    let bytes: Vec<u8> = (0..200_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    let site = Site::new().write("content/evidence/files/a.pdf", &bytes);
    let (tree, _) = site.read();
    let Content::Binary { size, sha256, head } = &tree.files[1].content else {
        panic!("evidence is binary");
    };
    assert_eq!(*size, 200_000);
    assert_eq!(*sha256, crate::source::sha256(&bytes));
    assert_eq!(head, &bytes[..512]);
}

#[test]
fn a_folder_without_configuration_is_missing_it() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let (tree, diagnostics) = read(place.path()).expect("reads");
    assert_eq!(tree.files[0].content, Content::Absent);
    assert_eq!(diagnostics[0].code, Code::MissingFile);
}

#[test]
fn a_root_that_is_no_folder_is_an_error_with_its_path() {
    let site = Site::new();
    for name in ["none", "clausebook.yaml"] {
        let path = site.place.path().join(name);
        let error = read(&path).expect_err("is no folder").to_string();
        assert!(error.contains(&*path.to_string_lossy()), "{error}");
    }
}

#[test]
fn refuses_links_wherever_they_stand() {
    let site = Site::new()
        .write("outside/secret.yaml", "id: secret")
        .link("../outside/secret.yaml", "content/a.yaml")
        .link("../../../outside/secret.yaml", "content/evidence/files/a.pdf")
        .link("loop", "content/loop")
        .link("nowhere", "content/units.yaml")
        .link("../outside", "regulations/tax")
        .link("outside", "templates");
    let (tree, faults) = site.read();
    let expected = [
        "content/a.yaml",
        "content/evidence/files/a.pdf",
        "content/loop",
        "content/units.yaml",
        "regulations/tax",
        "templates",
    ]
    .map(|path| format!("symbolic-link {path}: `{path}` is a symbolic link"));
    assert_eq!(faults, expected);
    assert!(tree.files[1..].iter().all(|file| file.content == Content::Absent));
}

#[test]
fn warns_of_files_nobody_reads() {
    let site = Site::new().write("content/a.yml", "x").write("regulations/tax/a.docx", "x");
    let (_, faults) = site.read();
    // Whoever writes `.yml` means a record: that it is not read is an error.
    let expected =
        [("unread-file", "content/a.yml"), ("unexpected-file", "regulations/tax/a.docx")]
            .map(|(code, path)| format!("{code} {path}: `{path}` is not read"));
    assert_eq!(faults, expected);
}

/// None of them is opened, and none is passed over: the site would lack what stands in it.
#[test]
fn refuses_pipes_and_sockets_wherever_they_stand() {
    for path in [
        "content/units.yaml",
        "content/pages/a.md",
        "content/evidence/files/a.txt",
        "regulations/tax/regulation.yaml",
        "regulations/tax/2025-01-01.txt",
        "templates/words/zh-Hant-TW.yaml",
        "static/a.txt",
    ] {
        let expected =
            format!("unread-file {path}: `{path}` is not read: it is a pipe, a socket or a device");
        let site = Site::new().write(path, "x");
        let at = site.place.path().join(path);
        fs::remove_file(&at).expect("removes");
        let socket = std::os::unix::net::UnixListener::bind(&at).expect("binds");
        assert_eq!(site.read().1, [expected.as_str()]);
        drop(socket);
        fs::remove_file(&at).expect("removes");
        let mode = rustix::fs::Mode::from_raw_mode(0o600);
        let pipe = rustix::fs::FileType::Fifo;
        rustix::fs::mknodat(rustix::fs::CWD, &at, pipe, mode, 0).expect("makes a pipe");
        assert_eq!(site.read().1, [expected.as_str()]);
        // Nor is a pipe taken for a folder: nobody would ever write into it.
        assert!(Folder::hold(&at).is_err());
    }
}

#[test]
fn refuses_what_is_not_utf_8_or_too_large() {
    let site = Site::new()
        .write("content/big5.yaml", b"\xbd]\xae\xd6\xac\xf6\xbf\xfd\r\n")
        .write("content/large.yaml", vec![b'#'; (2 << 20) + 1])
        .write("content/limit.yaml", vec![b'#'; 2 << 20])
        .write("regulations/tax/large.txt", vec![b'#'; 3 << 20]);
    let (tree, faults) = site.read();
    let expected = [
        "unreadable-text content/big5.yaml: byte 0xBD at offset 0 (line 1) is not UTF-8; \
         the file looks like BIG5",
        "file-too-large content/large.yaml: `content/large.yaml` has more than 2 MiB",
    ];
    assert_eq!(faults, expected);
    assert_eq!(tree.files[3].text().len(), 2 << 20);
}

#[test]
fn reports_hidden_characters_each_at_its_place() {
    let site = Site::new().write("content/a.yaml", "名: 甲\u{202e}\n頁: \u{c}\n一\r二\n");
    let (_, diagnostics) = read(site.place.path()).expect("reads");
    let places: Vec<_> = diagnostics.iter().map(|d| (d.span.start, d.span.end)).collect();
    assert_eq!(places, [(8, 11), (17, 18), (22, 23)]);
    assert_eq!(diagnostics[0].message, "hidden character U+202E (right-to-left override)");

    let site = Site::new()
        .write("templates/page.html", "a\u{202e}b")
        .write("templates/assets/x.css", "\u{feff}a { content: '\u{e000}\u{200b}' }")
        .write("templates/words/zh-Hant-TW.yaml", "home: a\u{1b}b\n");
    let (_, diagnostics) = read(site.place.path()).expect("reads");
    let mut said: Vec<&str> = diagnostics.iter().map(|d| &*d.message).collect();
    said.sort_unstable();
    let expected = [
        "hidden character U+001B (escape)",
        "hidden character U+200B (zero-width space)",
        "hidden character U+202E (right-to-left override)",
    ];
    assert_eq!(said, expected);

    let many = Site::new().write("content/a.yaml", "\u{200b}".repeat(50));
    let (_, diagnostics) = read(many.place.path()).expect("reads");
    assert_eq!(diagnostics.len(), 20);
    let help = diagnostics[19].help.as_deref();
    assert_eq!(help, Some("delete the character; 30 more follow in this file"));
}

#[test]
fn refuses_names_other_systems_cannot_hold() {
    let site = Site::new()
        .write("content/A/x.yaml", "")
        .write("content/a/x.yaml", "")
        .write("content/a/y.yaml", "")
        .write("content/evidence/files/a?.pdf", "")
        .write("content/evidence/files/aux.pdf", "")
        .write("content/evidence/files/\u{202e}fdp.pdf", "");
    let (_, faults) = site.read();
    let expected = [
        "unsafe-path content/a/x.yaml: some systems take `content/a` and `content/A` for one name",
        "unsafe-path content/evidence/files/a?.pdf: `content/evidence/files/a?.pdf` is not a safe \
         name: the name has `?`, which Windows does not allow",
        "unsafe-path content/evidence/files/aux.pdf: `content/evidence/files/aux.pdf` is not a \
         safe name: Windows reserves the name for a device",
        "unsafe-path content/evidence/files/\u{202e}fdp.pdf: \
         `content/evidence/files/\\u{202e}fdp.pdf` is not a safe name: the name has the invisible \
         character U+202E (right-to-left override)",
    ];
    assert_eq!(faults, expected);
}
