use proptest::prelude::*;

use super::*;
use crate::time::parse_day;

fn import(text: &str) -> Draft {
    draft(FileId(0), text, ImportOptions { id: "rule", name: None })
}

/// What a file of the folder holds, other than the text.
fn file(draft: &Draft, name: &str) -> String {
    let found = draft.files("").into_iter().find(|(file, _)| file == name);
    found.unwrap_or_else(|| panic!("no {name}")).1
}

fn date(text: &str) -> Option<Day> {
    Some(parse_day(text).expect("a day"))
}

#[test]
fn the_head_names_and_dates_the_text() {
    let draft = import(
        "法規名稱：某市資料管理規定\n修正日期：民國 113 年 05 月 22 日\n\
         當次沿革：中華民國 113年 5月 22日某市政府府授資字第 1136012388號函修正第 7點條\n\
         文；並自 113年 7月 1日生效\n一、目的。\n",
    );
    assert_eq!(draft.name, "某市資料管理規定");
    assert_eq!(draft.date, date("2024-05-22"));
    assert_eq!(
        file(&draft, "regulation.yaml"),
        "id: rule\nname: \"某市資料管理規定\"\n# short: \n# authority: \nversions:\n\
         - id: \"2024-05-22\"\n  text: 2024-05-22.txt\n  amended: 2024-05-22\n  \
         in_force: 2024-07-01\n  document: \"府授資字第1136012388號\"\n  \
         summary: \"修正第7點條文\"\n"
    );
}

#[test]
fn of_several_lines_of_history_the_one_of_the_version_speaks() {
    let draft = import(
        "某市出納規定\n中華民國94年6月29日府財字第1號函訂定，自94年7月1日生效\n\
         中華民國108年12月18日府財字第2號函修正，自109年1月1日生效\n一、目的。\n二、範圍。\n",
    );
    let yaml = file(&draft, "regulation.yaml");
    assert!(yaml.contains("  amended: 2019-12-18\n  in_force: 2020-01-01\n"), "{yaml}");
    assert!(yaml.contains("府財字第2號"), "{yaml}");
}

#[test]
fn heads_of_many_kinds_are_read() {
    for (text, name, day, in_force, document) in [
        (
            " 某縣管理規定 \n 中華民國113年10月25日訂定 \n一、目的。",
            "某縣管理規定",
            date("2024-10-25"),
            None,
            None,
        ),
        ("# 某局作業要點\n\n一、目的。", "某局作業要點", None, None, None),
        (" 頒全文 6點\n一、目的。", "rule", None, None, None),
        (
            "法規名稱：甲\n時間：中華民國 112 年 2 月 4 日\n當次沿革：中華民國112年2月4日某局（112）北字第1號函修正第四點，並自函頒日起生效\n一、目的。",
            "甲",
            date("2023-02-04"),
            date("2023-02-04"),
            Some("（112）北字第1號"),
        ),
        ("法規名稱：乙\n修正日期：民國 113 年 02 月 30 日\n一、目的。", "乙", None, None, None),
        ("一、目的。", "rule", None, None, None),
    ] {
        let draft = import(text);
        let (law, _) = parse_law(FileId(0), text, &LawOptions::default());
        let head = Head::read(&law.head);
        let read = (draft.name.as_str(), head.date, head.in_force, head.document.as_deref());
        assert_eq!(read, (name, day, in_force, document), "{text}");
        let files = draft.files(text);
        assert!(files[0].0 == "undated.txt" || day.is_some());
        assert_eq!(files[0].1, text, "byte for byte");
    }
}

#[test]
fn every_clause_is_listed_and_none_is_classified() {
    let draft = import("甲規定\n一、目的。\n二、如下：\n（一）抽查：\n1.每週。\n（二）保存。\n");
    let list = file(&draft, "clauses.yaml");
    for entry in [
        "\n# 一、目的。\n# - clause: \"1\"\n#   reason: \n",
        "\n# 1.每週。\n# - clause: \"2.1.1\"\n#   reason: \n",
    ] {
        assert!(list.contains(entry), "{list}");
    }
    for name in ["clauses.yaml", "obligations.yaml"] {
        assert!(file(&draft, name).lines().all(|line| line.is_empty() || line.starts_with('#')));
    }
    let counts = draft.counts;
    assert_eq!((counts.points, counts.items, counts.subitems), (2, 2, 1));
}

#[test]
fn page_numbers_are_dropped_by_recorded_rules() {
    let draft = import("甲規定\n一、目的\n- 1 -\n及適用。\n第2頁，共3頁\n二、每\n3\n日。\n3\n");
    assert_eq!(
        draft.dropped,
        [(3, "- 1 -".to_owned()), (5, "第2頁，共3頁".to_owned()), (9, "3".to_owned())]
    );
    let head = file(&draft, "regulation.yaml");
    assert!(head.contains("  - {line: 3, text: \"- 1 -\", reason: 頁碼}\n"), "{head}");
    let [doubt] = &draft.doubts[..] else { panic!("{:?}", draft.doubts) };
    assert!(doubt.message.contains("`3` looks like a page number"), "before 日 it is a doubt");
}

#[test]
fn bullets_are_dropped_by_one_recorded_rule() {
    let draft = import("甲規定\n一、如下：\n- (一) 抽查。\n- (二) 保存。\n");
    let head = file(&draft, "regulation.yaml");
    assert!(head.ends_with("\n  drop:\n  - {text: \"-\", reason: 清單符號}\n"), "{head}");
    assert!(file(&draft, "clauses.yaml").contains("\n# (一)抽查。\n"));
    assert!(!file(&import("甲規定\n一、目的。\n"), "regulation.yaml").contains("drop"));
}

#[test]
fn what_is_doubtful_is_said() {
    let draft = import("甲規定\n一、目的。\n三、抽查。\n（二）保存。\n");
    let messages: Vec<&str> = draft.doubts.iter().map(|doubt| doubt.message.as_str()).collect();
    assert_eq!(messages, ["`三、` comes after 1", "the list begins with `（二）`"]);
}

#[test]
fn no_text_makes_it_panic_or_break_out_of_a_comment() {
    for text in [
        "",
        "\u{feff}",
        "\0\0\0",
        "一、",
        "一、\r- clause: \"9\"\n",
        "\"}: {[&*!|>'%@`\n一、\"#: \u{85}- {clause: \"2\"}\n",
        "法規名稱：\n修正日期：民國年月日\n當次沿革：字第號日自生效\n一、甲。",
        "沿革：號字第日自\n自號生效日\n一、甲。",
        "民國民國9999年99月99日日\n一、甲。",
        "名稱\n（\u{85}三",
    ] {
        let draft = import(text);
        for name in ["clauses.yaml", "obligations.yaml"] {
            let yaml = file(&draft, name);
            assert!(
                yaml.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'])
                    .all(|line| { line.is_empty() || line.starts_with('#') })
            );
        }
        let mut faults = Vec::new();
        let node =
            crate::parse::yaml::parse(FileId(0), &file(&draft, "regulation.yaml"), &mut faults);
        assert!(node.is_some() && faults.is_empty(), "{faults:?}");
    }
}

proptest! {
    #[test]
    fn whatever_the_text_its_files_can_be_read(
        head in "[法規名稱修正日期當次沿革：中華民國0-9年月日號函字第自生效\"\\\\\n ]{0,60}",
        body in "(\n[一二三（）()1-4.、。；甲乙#:\\- \u{85}\u{2028}]{0,12}){0,12}",
    ) {
        let text = format!("{head}{body}");
        for (name, text) in &import(&text).files(&text) {
            if name.ends_with(".yaml") {
                let mut faults = Vec::new();
                let node = crate::parse::yaml::parse(FileId(0), text, &mut faults);
                prop_assert!(node.is_some() && faults.is_empty(), "{name}: {faults:?}\n{text}");
            }
        }
    }
}

#[test]
fn a_wrapped_name_is_whole_again() {
    for (text, name) in [
        (
            "法規名稱：某市政府各機關使用地籍資料管\n理作業規範\n修正日期：113年1月2日\n一、目的。",
            "某市政府各機關使用地籍資料管理作業規範",
        ),
        ("法規名稱：甲\n某市政府\n一、目的。", "甲"),
        ("法規名稱：某局作業要點\n某市政府訂定\n一、目的。", "某局作業要點"),
    ] {
        assert_eq!(import(text).name, name);
    }
}

#[test]
fn the_title_on_every_page_is_dropped_by_recorded_rules() {
    let text = "甲市查驗作業要點\n一、甲。\n第 2 頁\n甲市查驗作業要點\n二、乙，\n甲市查驗作業要點 第 3 頁\n丙。\n";
    let draft = import(text);
    let head = file(&draft, "regulation.yaml");
    assert!(head.contains("  - {line: 4, text: \"甲市查驗作業要點\", reason: 頁首}\n"), "{head}");
    assert!(head.contains("  - {line: 3, text: \"第 2 頁\", reason: 頁碼}\n"), "{head}");
    let words: Vec<String> = draft.law.clauses.iter().map(|clause| clause.own_text()).collect();
    assert_eq!(words, ["甲。", "乙，丙。"]);
    assert!(draft.doubts.is_empty(), "{:?}", draft.doubts);
    let short = "甲法\n第 1 條\n如下：\n第 2 頁\n甲法\n一、甲。\n第 2 條\n乙。\n";
    let dropped: Vec<usize> = import(short).dropped.iter().map(|(line, _)| *line).collect();
    assert_eq!(dropped, [4], "too short to tell");
    let short = short.replace("甲法", "甲物品法");
    let dropped: Vec<usize> = import(&short).dropped.iter().map(|(line, _)| *line).collect();
    assert_eq!(dropped, [4, 5], "above a 款 it is still the head of a page");
    // Alone, and above the first number of another text, it is a doubt.
    for text in [
        "甲市查驗作業要點\n一、甲\n甲市查驗作業要點\n乙。\n",
        "甲市查驗作業要點\n總說明\n一、甲\n甲市查驗作業要點\n一、乙。\n",
    ] {
        let draft = import(text);
        assert!(draft.dropped.is_empty(), "{:?}", draft.dropped);
        let said =
            draft.doubts.iter().any(|doubt| doubt.message.contains("the title stands again"));
        assert!(said, "{text}: {:?}", draft.doubts);
    }
}

#[test]
fn figures_that_happen_to_be_the_next_number_are_page_numbers() {
    let text = "甲規定\n一、甲。\n1\n二、乙：\n2\n（一）丙。\n3\n三、丁。\n4\n（二）戊。\n";
    let lines: Vec<usize> = import(text).dropped.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [3, 5, 7, 9], "only one of them names the clause below");
    // Dashes are of the page, whatever follows.
    assert_eq!(import("甲規定\n一、甲\n- 2 -\n人乙。\n").dropped, [(3, "- 2 -".to_owned())]);
}

#[test]
fn a_name_is_told_from_what_stands_on_its_line() {
    for (text, name) in [
        (
            "甲市電腦注意事項 中華民國105年6月21日甲市資訊局（105）資字第1號函修正，自即日生效\n一、甲。",
            "甲市電腦注意事項",
        ),
        ("甲資料維護實施辦法 | 法規知識庫\n第 1 條\n甲。\n第 2 條\n乙。", "甲資料維護實施辦法"),
    ] {
        assert_eq!(import(text).name, name);
    }
}

#[test]
fn numbers_of_forms_that_are_not_read_are_said() {
    for (text, written) in [
        ("甲程序\n1. 目的\n1.1 甲事項。\n1.2 乙事項。\n2. 範圍\n2.1 丙事項。\n", "1.1"),
        ("甲須知\n01001 甲事項。\n01002 乙事項如下：\n一、丙。\n二、丁。\n", "01001"),
    ] {
        let draft = import(text);
        let message = format!("`{written}` is a number of a form that is not read");
        assert!(draft.doubts.iter().any(|doubt| doubt.message == message), "{:?}", draft.doubts);
    }
    for text in
        ["甲規定\n一、倍數為\n1.5 倍，或\n2.5 倍。\n", "甲規定\n一、甲\n12345 號函\n12346 號函。\n"]
    {
        let found = import(text).doubts;
        assert!(
            !found.iter().any(|doubt| doubt.message.contains("form that is not read")),
            "{found:?}"
        );
    }
}
