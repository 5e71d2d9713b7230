//! Numbers as they are written, cited and ordered.

use super::*;

fn number(text: &str) -> ClauseNumber {
    text.parse().expect(text)
}

#[test]
fn is_cited_and_addressed() {
    for (text, citation, anchor) in [
        ("7.1.1", "第七點第一款第一目", "p7-1-1"),
        ("5.11", "第五點第十一款", "p5-11"),
        ("12-1.2", "第十二點之一第二款", "p12_1-2"),
        ("1.2.3.4", "第一點第二款第三目之4", "p1-2-3-4"),
        ("3p2", "第三點第二項", "p3p2"),
        ("3p2.1", "第三點第二項第一款", "p3p2-1"),
        ("P2.1.1", "第貳部分第一點第一款", "part2-1-1"),
    ] {
        assert_eq!(number(text).citation(), citation);
        assert_eq!(number(text).anchor(), anchor);
        assert_eq!(number(text).to_string(), text);
    }
}

#[test]
fn articles_are_cited_as_laws_are() {
    for (text, several, citation, figures) in [
        ("2", false, "第二條", "第2條"),
        ("2.1", false, "第二條第一項", "第2條第1項"),
        ("2.1.1", false, "第二條第一款", "第2條第1款"),
        ("2.1.1.1", true, "第二條第一項第一款第一目", "第2條第1項第1款第1目"),
        ("2-1.3", true, "第二條之一第三項", "第2條之1第3項"),
    ] {
        let number = number(text).cited_as(Form::Articles, several);
        assert_eq!((number.citation(), number.paper_citation()), (citation.into(), figures.into()));
        assert_eq!(number.citation_in_figures(), figures);
    }
    assert_eq!(number("3.1").cited_as(Form::Points, true).citation(), "第三點第一項第一款");
}

#[test]
fn papers_cite_it_with_the_numbers_of_the_text() {
    assert_eq!(number("5.2.1").paper_citation(), "第五點第（二）款第1目");
    assert_eq!(number("12-1.2.3.4").paper_citation(), "第十二點之一第（二）款第3目之4");
}

#[test]
fn sorts_as_the_text_does() {
    let sorted = [
        "2", "3", "3.1", "3p2", "3p2.1", "7", "7.1", "7.1.1", "7.2", "7.10", "12", "12-1",
        "12-1.1", "12-2", "13",
    ];
    let mut numbers: Vec<_> = sorted.iter().rev().map(|text| number(text)).collect();
    numbers.sort();
    assert_eq!(numbers, sorted.map(number));
}

#[test]
fn knows_its_family() {
    assert_eq!(number("7.1.1").parent(), Some(number("7.1")));
    assert_eq!(number("7").parent(), None);
    assert_eq!(number("3p2.1").parent(), Some(number("3p2")));
    assert_eq!(number("3p2").parent(), Some(number("3")));
    assert!(number("7.1.1").starts_with(&number("7.1")));
    assert!(number("7.1").starts_with(&number("7.1")));
    assert!(!number("71").starts_with(&number("7")));
    assert!(!number("3.1").starts_with(&number("3p2")));
    assert_eq!(number("1.1.1.1.1").child(Part::FIRST), None);
    assert_eq!(number("3").paragraph(1), Some(number("3")));
    assert_eq!(number("3").paragraph(2), Some(number("3p2")));
}

#[test]
fn refuses_what_is_no_number() {
    for text in [
        "",
        ".",
        "7.",
        "0",
        "07",
        "+7",
        "7.1.1.1.1.1.1",
        "1000",
        "七",
        "7-",
        "-1",
        "7 ",
        "3p1",
        "3.1p2",
        "p2",
        "P",
        "1.P2",
        "3p",
        "P0",
    ] {
        assert_eq!(text.parse::<ClauseNumber>(), Err(NumberError), "{text}");
    }
}

#[test]
fn inserted_parts_follow_what_they_were_inserted_after() {
    let follows =
        |after: &str, before: &str| after.parse::<Part>().unwrap().follows(before.parse().unwrap());
    assert!(follows("13", "12") && follows("12-1", "12"));
    assert!(follows("12-2", "12-1") && follows("13", "12-1"));
    assert!(!follows("12-2", "12") && !follows("14", "12-1") && !follows("12", "12"));
}
