//! The official texts under `regulations/`, read as they stand: to the letter, complete, and with
//! the paragraphs where the law has them.

use std::{collections::BTreeSet, fs, path::PathBuf};

use clausebook::law::LawText;
use clausebook::parse::law::{DropRule, LawOptions, parse_law};
use clausebook::source::{FileId, Span};

struct Official {
    regulation: &'static str,
    version: &'static str,
    partial: bool,
    /// Line and text of what `regulation.yaml` drops; without a line, in front of numbers.
    drop: Option<(Option<usize>, &'static str)>,
    /// 點, 款 and 目, counted by reading the texts and again with regular expressions.
    counts: [usize; 3],
    /// The clauses with more than one 項.
    paragraphs: &'static [&'static str],
    head: usize,
}

const OFFICIAL: [Official; 6] = [
    Official {
        regulation: "taipei-seal",
        version: "2023-10-23",
        partial: false,
        drop: None,
        counts: [9, 20, 6],
        paragraphs: &["5.1"],
        head: 3,
    },
    Official {
        regulation: "taipei-seal",
        version: "2023-02-04",
        partial: true,
        drop: None,
        counts: [2, 2, 2],
        paragraphs: &["5.1"],
        head: 3,
    },
    Official {
        regulation: "taipei-cadastral",
        version: "2024-07-01",
        partial: false,
        drop: None,
        counts: [9, 13, 23],
        paragraphs: &[],
        head: 3,
    },
    Official {
        regulation: "taipei-market-household",
        version: "2021-10-06",
        partial: false,
        drop: Some((None, "-")),
        counts: [11, 20, 3],
        paragraphs: &[],
        head: 3,
    },
    Official {
        regulation: "taipei-health-household",
        version: "undated",
        partial: false,
        drop: None,
        counts: [6, 18, 2],
        paragraphs: &["4"],
        head: 1,
    },
    Official {
        regulation: "nantou-household",
        version: "2024-10-25",
        partial: false,
        drop: Some((Some(228), "4")),
        counts: [6, 29, 10],
        paragraphs: &["4.3"],
        head: 2,
    },
];

impl Official {
    fn folder(&self) -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("regulations").join(self.regulation)
    }

    fn source(&self) -> String {
        fs::read_to_string(self.folder().join(format!("{}.txt", self.version))).expect("a text")
    }

    /// The text, which must be read without a fault.
    fn law(&self) -> LawText {
        let drops = self.drop.map(|(line, text)| DropRule {
            line,
            text: text.to_owned(),
            reason: "頁碼".to_owned(),
            span: Span::start_of(FileId(1)),
        });
        let options = LawOptions {
            drops: drops.into_iter().collect(),
            partial: self.partial,
            ..LawOptions::default()
        };
        let (law, diagnostics) = parse_law(FileId(0), &self.source(), &options);
        assert_eq!(diagnostics, [], "{} {}", self.regulation, self.version);
        law
    }
}

fn find(regulation: &str) -> LawText {
    OFFICIAL.iter().find(|official| official.regulation == regulation).expect(regulation).law()
}

fn own_text(law: &LawText, number: &str) -> String {
    law.clause(&number.parse().expect(number)).expect(number).own_text()
}

#[test]
fn every_text_in_the_folder_is_checked_here() {
    let regulations = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("regulations");
    let mut found = BTreeSet::new();
    for folder in fs::read_dir(regulations).expect("regulations/") {
        for file in fs::read_dir(folder.expect("an entry").path()).expect("a folder") {
            let path = file.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "txt") {
                found.insert(path);
            }
        }
    }
    let checked: BTreeSet<_> = OFFICIAL
        .iter()
        .map(|official| official.folder().join(format!("{}.txt", official.version)))
        .collect();
    assert_eq!(found, checked);
}

#[test]
fn the_texts_have_all_their_clauses() {
    for official in OFFICIAL {
        let counts = official.law().counts();
        let found = [counts.points, counts.items, counts.subitems];
        assert_eq!(found, official.counts, "{} {}", official.regulation, official.version);
        assert_eq!(counts.details, 0);
    }
}

#[test]
fn no_character_of_the_texts_is_lost_or_changed() {
    for official in OFFICIAL {
        let law = official.law();
        let source = official.source();
        let bullet = official.drop.filter(|(line, _)| line.is_none()).map(|(_, text)| text);
        let dropped = official.drop.and_then(|(line, _)| line);
        let mut bullets = 0;
        let kept: String = (1..)
            .zip(source.split('\n'))
            .filter(|(line, _)| Some(*line) != dropped)
            .map(|(_, text)| text.split_whitespace().collect::<String>())
            .map(|text| match bullet.and_then(|bullet| text.strip_prefix(bullet)) {
                Some(rest) => {
                    bullets += 1;
                    rest.to_owned()
                }
                None => text,
            })
            .collect();
        assert_eq!(law.letters(), kept);
        assert_eq!(law.dropped.len(), usize::from(dropped.is_some()) + bullets);
        let markers = law.all_clauses().map(|clause| &clause.marker);
        assert!(markers.into_iter().all(|marker| !marker.starts_with('-')));
    }
}

#[test]
fn the_head_is_told_from_the_clauses() {
    for official in OFFICIAL {
        let law = official.law();
        assert_eq!(law.head.len(), official.head, "{}", official.regulation);
        let first = law.clauses.first().map(|clause| clause.number.to_string());
        assert_eq!(first.as_deref(), Some("1"));
    }
    let last = |regulation: &str| find(regulation).head.pop().expect("a head").text;
    assert!(last("taipei-seal").ends_with("第 1126026049號函修正第 1、5～8點條文；並自函頒日生效"));
    assert!(last("taipei-cadastral").ends_with("函修正第 7點條文；並自 113年 7月 1日生效"));
    assert_eq!(last("taipei-health-household"), "頒全文 6點");
    assert_eq!(last("nantou-household"), "中華民國113年10月25日訂定");
}

#[test]
fn paragraphs_are_where_the_law_has_them() {
    for official in OFFICIAL {
        let law = official.law();
        let several: Vec<_> = law
            .all_clauses()
            .filter(|clause| {
                let more = clause.children().filter(|inner| inner.is_paragraph()).count();
                clause.paragraphs().count() + more > 1
            })
            .map(|clause| clause.number.to_string())
            .collect();
        assert_eq!(several, official.paragraphs, "{}", official.regulation);
        assert!(law.all_clauses().all(|clause| clause.paragraphs().count() > 0));
    }
    let household = find("taipei-health-household");
    assert!(own_text(&household, "4").ends_with("戶役政資料。"));
    assert!(own_text(&household, "4p2").starts_with("查調戶役政資料之連結"));
    let nantou = own_text(&find("nantou-household"), "4.3");
    assert!(nantou.contains("相關管理措施。\n該專案承辦人員"));
}

#[test]
fn sentences_cut_by_the_paper_are_whole_again() {
    let says = |regulation: &str, number: &str, words: &str| {
        let text = own_text(&find(regulation), number);
        assert!(text.contains(words), "{regulation} {number}: {text}");
    };
    says("taipei-seal", "4.1", "致無法比對、自動驗印效果不佳");
    says("taipei-seal", "5.1", "（含帳號及密碼）");
    says("taipei-cadastral", "7.1.2", "部分實施稽核。應稽核人數不得少於");
    says("taipei-market-household", "6.3.2", "(最少應抽查 30 件、最多抽查 80 件)。");
    says("taipei-market-household", "9", "稽核紀錄表由本府民政局定之。");
    says("taipei-health-household", "5.11", "下列情形之ㄧ者");
    says("nantou-household", "3.7", "固定 Internet Protocol(以下簡稱 IP)且不得");
    says("nantou-household", "3.9", "應於異動後 7日內通報");
    says("nantou-household", "4.1.1", "應加強監管。戶政資料禁止攜出");
    says("nantou-household", "6.3", "遭不當使用，依公務人員考績法辦理懲處。");
}

#[test]
fn markers_stand_as_written() {
    let written = |regulation: &str, number: &str| {
        let law = find(regulation);
        law.clause(&number.parse().expect(number)).expect(number).marker.clone()
    };
    assert_eq!(written("taipei-seal", "7.1.1"), "1.");
    assert_eq!(written("taipei-market-household", "6.2"), "(二)");
    assert_eq!(written("taipei-health-household", "5.11"), "（十一）");
    assert_eq!(written("nantou-household", "5.1"), "(一)");
}

#[test]
fn anchors_are_unique_on_each_page() {
    for official in OFFICIAL {
        let law = official.law();
        let anchors: BTreeSet<_> = law.all_clauses().map(|clause| clause.number.anchor()).collect();
        assert_eq!(anchors.len(), law.all_clauses().count());
    }
}

#[test]
fn what_is_dropped_here_is_recorded_with_the_regulation() {
    for official in OFFICIAL {
        let record =
            fs::read_to_string(official.folder().join("regulation.yaml")).expect("a record");
        let rule = official.drop.map(|(line, text)| match line {
            Some(line) => format!("- {{line: {line}, text: \"{text}\","),
            None => format!("- {{text: \"{text}\","),
        });
        assert!(record.contains(&format!("text: {}.txt", official.version)));
        assert!(rule.is_none_or(|rule| record.contains(&rule)));
    }
}
