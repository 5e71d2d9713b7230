//! `import accounts|usage|audits|posts|trainings`: sheets as offices keep them become records, each
//! row right or refused with its cell; twice is once; nothing else in the files changes.

use encoding_rs::BIG5;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::project::Project;

/// A small site with a unit more, and its accounts in a file with comments.
pub(super) fn site() -> Project {
    Project::new()
        .write(
            "content/units.yaml",
            "- id: desk\n  agency: city\n  name: 一科\n  kind: unit\n  uses:\n  - {system: net, from: 2025-01-01}\n\
             - id: hall\n  agency: city\n  name: 二科\n  kind: unit\n  uses:\n  - {system: net, from: 2025-01-01}\n",
        )
        .write("content/accounts.yaml", ACCOUNTS)
        .as_of("2026-11-28")
}

const ACCOUNTS: &str = "\
# 帳號（以員工代碼記錄）
- id: net-a001   # 第一筆
  system: net
  unit: desk
  staff: A001
  role: general  # 一般
  opened_on: 2025-01-02

# 停用者保留
- id: net-a009
  system: net
  unit: desk
  staff: A009
  role: general
  opened_on: 2025-01-02
";

fn csv(text: &str) -> Project {
    site().write("list.csv", text)
}

#[test]
fn a_list_is_previewed_written_and_then_says_nothing_new() {
    let place = csv(
        "示範局使用者名冊,,,,\n\n單位,員工代碼,姓名,權限,啟用日期\n一科,A001,王小明,機關管理者,114/01/02\n\
         二科,A002,李小華,一般,1141201\n合計,2,,,\n",
    );
    let seen = place.run("import accounts list.csv").code(0);
    let seen = seen
        .stdout_has("~ D4 net-a001: role general -> agency-manager")
        .stdout_has("+ row 5 new net-a002")
        .stdout_has("- not in the sheet, kept: net-a009 (content/accounts.yaml)")
        .stdout_has("columns not imported: C3 姓名")
        .stdout_has("1 new, 1 changed, 0 the same, 1 not in the sheet, 0 doubtful")
        .stderr_has("add --write");
    drop(seen);
    let text =
        || String::from_utf8(place.files("content")["accounts.yaml"].clone()).expect("UTF-8");
    assert_eq!(text(), ACCOUNTS, "a preview writes nothing");
    place.run("import accounts list.csv --write").code(0).stderr_has("wrote content/accounts.yaml");
    let expected = ACCOUNTS.replacen("role: general  # 一般", "role: agency-manager  # 一般", 1)
        + "\n- id: net-a002\n  system: net\n  unit: hall\n  staff: A002\n  role: general\n  opened_on: 2025-12-01\n";
    assert_eq!(text(), expected);
    place.run("check").code(0);
    place
        .run("import accounts list.csv --write")
        .code(0)
        .stdout_has("0 new, 0 changed, 2 the same")
        .stderr_has("nothing to write");
    assert_eq!(text(), expected);
    assert!(!text().contains("王小明"), "names are left out");
}

#[test]
fn every_doubtful_row_names_its_cell_and_stops_the_writing() {
    let place = csv(
        "單位,員工代碼,啟用日期\n一課,A002,115/01/02\n二科,,115/01/02\n二科,A003,13/01/02\n二科,A004,115/02/30\n\
         二科,A005,115/01/05\n二科,A005,115/01/06\n二科,A006,\n",
    );
    let said = place.run("import accounts list.csv --write").code(1);
    for part in [
        "? A2: no unit of the site is called `一課`; did you mean `一科`?",
        "? B3: `staff` is empty",
        "? C4: `13/01/02` is no day",
        "? C5: `115/02/30` does not exist",
        "? B7: row 6 says the same",
        "? C8: a new record needs `opened_on`",
        "1 new, 0 changed",
        "6 doubtful",
    ] {
        assert!(said.stdout.contains(part), "{part}\n{}", said.stdout);
    }
    assert!(said.stderr.contains("nothing was written"));
    assert_eq!(place.files("content")["accounts.yaml"], ACCOUNTS.as_bytes());
    place.run("import accounts list.csv --write --skip-doubtful").code(0);
    place.run("check").code(0);
}

/// A list that went out has each day in both calendars, and people change one of them.
#[test]
fn a_day_changed_in_one_calendar_is_the_change() {
    let list = |western: &str, roc: &str| {
        csv(&format!(
            "編號,單位,員工代碼,權限,啟用日期,民國啟用日期\nnet-a001,一科,A001,一般,{western},{roc}\n"
        ))
    };
    list("2025-01-03", "114-01-02")
        .run("import accounts list.csv")
        .code(0)
        .stdout_has("~ E2 net-a001: opened_on 2025-01-02 -> 2025-01-03");
    let place = list("2025-01-02", "114-01-05");
    place
        .run("import accounts list.csv --write")
        .code(0)
        .stdout_has("~ F2 net-a001: opened_on 2025-01-02 -> 2025-01-05");
    let text = String::from_utf8(place.files("content")["accounts.yaml"].clone()).expect("UTF-8");
    assert_eq!(text, ACCOUNTS.replacen("opened_on: 2025-01-02", "opened_on: 2025-01-05", 1));
    // Two changes, and two that differ of somebody new, leave it open which is meant.
    let differ = "? F2: it says 2025-01-05, and E2 says 2025-01-03: one of them is stale";
    list("2025-01-03", "114-01-05").run("import accounts list.csv").code(1).stdout_has(differ);
}

#[test]
fn big5_is_read_and_said() {
    let (bytes, _, _) = BIG5.encode("單位,員工代碼,啟用日期\r\n二科,A002,115.1.2\r\n");
    site()
        .write("list.csv", &bytes)
        .run("import accounts list.csv")
        .code(0)
        .stdout_has("encoding: Big5")
        .stdout_has("+ row 2 new net-a002");
}

#[test]
fn a_workbook_with_merged_heads_hidden_sheets_formulas_and_dates() {
    let mut book = Workbook::new();
    let hidden = book.add_worksheet().set_name("舊名冊").expect("a name");
    hidden.set_hidden(true);
    hidden.write_string(0, 0, "單位").expect("writes");
    hidden.write_string(0, 1, "員工代碼").expect("writes");
    hidden.write_string(1, 0, "二科").expect("writes");
    hidden.write_string(1, 1, "OLD").expect("writes");
    let sheet = book.add_worksheet().set_name("名冊").expect("a name");
    sheet.set_active(true); // What is active cannot be hidden, and the first sheet is if no other.
    let plain = Format::new();
    let date = Format::new().set_num_format("yyyy/m/d");
    sheet.merge_range(0, 0, 0, 4, "示範局使用者名冊", &plain).expect("merges");
    sheet.merge_range(1, 0, 2, 0, "單位", &plain).expect("merges");
    sheet.merge_range(1, 1, 2, 1, "員工代碼", &plain).expect("merges");
    sheet.merge_range(1, 2, 1, 3, "申請", &plain).expect("merges");
    sheet.merge_range(1, 4, 2, 4, "啟用日期", &plain).expect("merges");
    sheet.write_string(2, 2, "日期").expect("writes");
    sheet.write_string(2, 3, "文號").expect("writes");
    // One unit over two rows, a day as a day, one as a text, one as a number of seven figures.
    sheet.merge_range(3, 0, 4, 0, "二科", &plain).expect("merges");
    let day = ExcelDateTime::parse_from_str("2026-01-02").expect("a day");
    for (row, staff) in [(3, "A002"), (4, "A003"), (5, "A004"), (6, "A005")] {
        sheet.write_string(row, 1, staff).expect("writes");
        sheet.write_string(row, 3, "示字第1號").expect("writes");
    }
    sheet.write_datetime_with_format(3, 2, &day, &date).expect("writes");
    sheet.write_datetime_with_format(3, 4, &day, &date).expect("writes");
    sheet.write_string(4, 2, "民國115年1月2日").expect("writes");
    sheet.write_number(4, 4, 1_150_103).expect("writes");
    sheet.write_string(5, 0, "一科").expect("writes");
    sheet.write_number(5, 4, 46_024).expect("writes");
    sheet.write_string(6, 0, "一科").expect("writes");
    sheet
        .write_formula(6, 4, rust_xlsxwriter::Formula::new("=NA()").set_result(""))
        .expect("writes");
    let place = site().write("list.xlsx", book.save_to_buffer().expect("a workbook"));
    let said = place.run("import accounts list.xlsx --write --skip-doubtful").code(0);
    for part in [
        "sheet: 名冊",
        "+ row 4 new net-a002",
        "+ row 5 new net-a003",
        "? E6: `46024` is a number; give the cell the format of a date",
        "2 new",
        "2 doubtful",
    ] {
        assert!(said.stdout.contains(part), "{part}\n{}", said.stdout);
    }
    assert!(said.stdout.contains("? E7") || said.stdout.contains("? A7"), "{}", said.stdout);
    let text = String::from_utf8(place.files("content")["accounts.yaml"].clone()).expect("UTF-8");
    assert!(text.contains("staff: A003\n  role: general\n  application: {applied_on: 2026-01-02, document: 示字第1號}\n  opened_on: 2026-01-03\n"), "{text}");
    place.run("check").code(0);
}

#[test]
fn a_mapping_names_columns_values_and_what_is_left_out() {
    let place = csv("所屬,編碼,類別,到職,備註\n二科,A002,甲級,115/1/2,電話 02-12345678\n").write(
        "map.yaml",
        "columns: {unit: 所屬, staff: 編碼, role: 類別, opened_on: 到職}\nvalues: {role: {auditor: [甲級]}}\n\
         leave_out: [備註]\nid: \"u-{staff}\"\n",
    );
    place.run("import accounts list.csv --map map.yaml --write").code(0).stdout_has("new u-a002");
    let text = String::from_utf8(place.files("content")["accounts.yaml"].clone()).expect("UTF-8");
    assert!(text.contains("role: auditor") && !text.contains("12345678"), "{text}");
    place.run("import accounts list.csv").code(1).stderr_has("no column for `staff` (員工代碼)");
    place
        .write("map.yaml", "colums: {}\n")
        .run("import accounts list.csv --map map.yaml")
        .code(2)
        .stderr_has("no key `colums`");
}

#[test]
fn usage_comes_from_a_list_or_is_counted_from_a_log() {
    let place =
        site().write("u.csv", "單位,月份,查詢筆數,使用人數,帳號數\n一科,115/09,\"1,234\",2,2\n");
    place.run("import usage u.csv --write").code(0);
    let text = |place: &Project| {
        String::from_utf8(place.files("content")["usage.yaml"].clone()).expect("UTF-8")
    };
    assert_eq!(
        text(&place),
        "- {unit: desk, system: net, month: 2026-09, queries: 1234, active_users: 2, total_users: 2}\n"
    );
    let place = place.write(
        "log.csv",
        "查詢時間,使用者代碼,查詢條件\n2026-10-01 09:00:00,A001,秘密甲\n2026-10-02 10:00,A001,秘密乙\n115/10/05,A009,x\n2026-10-06,Z999,x\n",
    );
    place.run("import usage log.csv --log --write").code(1).stderr_has("3 queries counted");
    place.run("import usage log.csv --log --write --skip-doubtful").code(0).stderr_has("? B5");
    assert!(
        text(&place).ends_with(
            "- {unit: desk, system: net, month: 2026-10, queries: 3, active_users: 2, total_users: 2}\n"
        ),
        "{}",
        text(&place)
    );
    assert!(!text(&place).contains("秘密"));
    place.run("check").code(0);
}

#[test]
fn audits_posts_and_trainings_come_from_lists_too() {
    let place = site()
        .write("p.csv", "職稱,員工代碼,單位,起日\n股長,P1,一科,115/1/1\n")
        .write("t.csv", "職務,日期,時數,課程\n股長,115/10/1,3,個資保護\n")
        .write("a.csv", "稽核項目,受查單位,期別,辦理日期,稽核人員職務,母體筆數,抽查筆數,結果\n每月抽查,一科,115年9月,115/9/30,科長,100,6,無異常\n");
    place.run("import posts p.csv --write").code(0).stdout_has("new city-p1");
    place
        .run("import trainings t.csv --write")
        .code(0)
        .stdout_has("new training-city-p1-2026-10-01");
    place.run("import audits a.csv --write").code(0).stdout_has("new check-desk-2026-09");
    place.run("check").code(0);
    let text = String::from_utf8(place.files("content")["audits.yaml"].clone()).expect("UTF-8");
    assert!(text.contains("obligation: law/check\n"), "{text}");
    assert!(text.contains("auditors: [chief]\n"), "{text}");
}

#[test]
fn what_is_no_sheet_is_said() {
    let place = site().write("x.xlsx", b"PK\x03\x04nothing").write("y.csv", b"\x00\x01\xff");
    place.run("import accounts x.xlsx").code(1).stderr_has("cannot be opened");
    place.run("import accounts y.csv").code(1).stderr_has("neither a spreadsheet nor a CSV");
    place.run("import accounts none.csv").code(4);
}
