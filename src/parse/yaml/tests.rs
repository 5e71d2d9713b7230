use super::*;

fn read(text: &str) -> (Option<Node>, Diagnostics) {
    let mut diagnostics = Vec::new();
    let node = parse(FileId(0), text, &mut diagnostics);
    (node, diagnostics)
}

fn first_value(text: &str) -> (String, bool) {
    let (Some(Node { kind: NodeKind::Map(entries), .. }), _) = read(text) else {
        panic!("{text:?} is not a mapping");
    };
    match &entries[0].value.kind {
        NodeKind::Scalar { text, quoted } => (text.clone(), *quoted),
        other => panic!("{other:?}"),
    }
}

#[test]
fn scalars_keep_their_written_text() {
    let long = "1".repeat(400);
    // Numbers of papers may read as numbers that no machine holds.
    let odd = ["1130E500", "1e999", "-1e999", ".inf", "-.INF", ".nan", &long];
    let usual = ["no", "007", "1e5", "1:30", "113.05", "1_000", "2025-01-02", "6%", "0x1F"];
    for written in usual.into_iter().chain(odd) {
        assert_eq!(first_value(&format!("a: {written}\n")), (written.to_owned(), false));
    }
    assert_eq!(first_value("a: '007'\n"), ("007".to_owned(), true));
    assert_eq!(first_value("a: \"x\\ty\"\n"), ("x\ty".to_owned(), true));
    assert_eq!(first_value("a: |\n  多行\n  文字\n"), ("多行\n文字\n".to_owned(), false));
    assert_eq!(first_value("a: 王 # note\n"), ("王".to_owned(), false));
}

#[test]
fn refuses_what_records_do_not_need() {
    for (text, code) in [
        ("a: &x 1\nb: *x\n", Code::ForbiddenYaml),
        ("a: !!str 1\n", Code::ForbiddenYaml),
        ("- !own 1\n", Code::ForbiddenYaml),
        ("a: 1\na: 2\n", Code::DuplicateKey),
        ("a: 1\n---\nb: 2\n", Code::InvalidYaml),
        ("a: b: c\n", Code::InvalidYaml),
        ("a:\n\t- 1\n", Code::InvalidYaml),
        ("a: 'x\n", Code::InvalidYaml),
        ("<<: {a: 1}\nb: 1\n", Code::ForbiddenYaml),
    ] {
        let (_, diagnostics) = read(text);
        let codes: Vec<_> = diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(codes, [code], "{text:?}: {diagnostics:?}");
    }
}

#[test]
fn a_mark_in_a_comment_is_no_tag() {
    assert_eq!(read("a: # careful!\n  1\n").1, []);
}

#[test]
fn places_are_bytes_of_the_value_as_written() {
    let (node, _) = read("單位: 登記科\n");
    let Some(Node { kind: NodeKind::Map(entries), .. }) = node else { panic!() };
    assert_eq!(entries[0].key.span, Span::new(FileId(0), 0, 6));
    assert_eq!(entries[0].value.span, Span::new(FileId(0), 8, 17));
}

#[test]
fn bombs_are_refused() {
    assert_eq!(read(&"[".repeat(20_000)).1[0].code, Code::InvalidYaml);
}

/// A tree as its texts, in brackets.
fn without_places(node: &Node) -> String {
    match &node.kind {
        NodeKind::Null => "~".to_owned(),
        NodeKind::Scalar { text, .. } => format!("{text:?}"),
        NodeKind::List(items) => {
            format!("{:?}", items.iter().map(without_places).collect::<Vec<_>>())
        }
        NodeKind::Map(entries) => {
            let entry = |entry: &Entry| (entry.key.value.clone(), without_places(&entry.value));
            format!("{:?}", entries.iter().map(entry).collect::<Vec<_>>())
        }
    }
}

/// What [`parse_ours`] does not look for is not there, and it reads the same.
#[test]
fn files_that_came_with_the_program_are_sound() {
    use crate::source::embedded;

    let records = ["calendar.yaml", "roles.yaml", "topics.yaml"];
    let records = records.map(|name| (name.to_owned(), embedded::content(name).expect("is there")));
    let all = embedded::files().chain(embedded::regulations());
    let starters = ["registers.yaml", "vocabulary.yaml"]
        .map(|name| (name.to_owned(), embedded::starter(name).expect("is there").into_bytes()));
    let mut count = 0;
    for (name, bytes) in all.chain(records).chain(starters) {
        if !name.ends_with(".yaml") {
            continue;
        }
        let text = String::from_utf8(bytes).expect("UTF-8");
        let (node, report) = read(&text);
        assert_eq!(report, [], "{name}");
        let [read, ours] =
            [node, parse_ours(&text)].map(|node| without_places(&node.expect("YAML")));
        assert_eq!(read, ours, "{name}");
        count += 1;
    }
    assert!(count > 20, "{count}");
}
