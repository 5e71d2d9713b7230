use super::*;
use crate::parse::law::{LawOptions, parse_law};
use crate::source::FileId;

fn draft(text: &str) -> DutyDraft {
    let (law, _) = parse_law(FileId(0), text, &LawOptions::default());
    draft_duties(&law)
}

/// Kind, main clause and fields of every duty, in one line each.
fn lines(text: &str) -> Vec<String> {
    let line = |duty: &DraftedDuty| {
        let fields: Vec<String> =
            duty.fields.iter().map(|(key, read)| format!("{key}={}", read.value.trim())).collect();
        format!("{} {} {}", duty.kind.value, duty.clauses[0], fields.join(" "))
    };
    draft(text).duties.iter().map(line).collect()
}

#[test]
fn periods_and_their_due_dates_are_read() {
    for (words, expected) in [
        (
            "各單位應於每季結束後十日內將稽核紀錄函送資訊室備查。",
            "periodic 1 every=quarter due=[{within: 10 days}] answered_by=submission to=資訊室",
        ),
        (
            "各機關應於每年三月底前將前一年度辦理情形報主管機關備查。",
            "periodic 1 every=year due=[{months_after: 3, day: last}] answered_by=submission to=主管機關",
        ),
        (
            "各單位應按月彙整使用紀錄，於次月五日前送資訊室備查。",
            "periodic 1 every=month due=[{months_after: 1, day: 5}]",
        ),
        (
            "上半年稽核結果應於七月底前，下半年稽核結果應於次年一月底前，函報本府備查。",
            "periodic 1 every=half-year due=[{half: H1, months_after: 1, day: last}, {half: H2, months_after: 1, day: last}]",
        ),
        (
            "使用者密碼至少每九十日更換一次。",
            "interval 1 no_more_than=90 days answered_by=password-change",
        ),
        ("各單位每二年應重新檢討權限一次。", "interval 1 no_more_than=2 years"),
        (
            "各單位人員每年應接受資安教育訓練至少三小時。",
            "periodic 1 every=year due=[{on: period-end}] answered_by=training hours=3",
        ),
    ] {
        assert_eq!(lines(&format!("甲規定\n一、{words}\n")), [expected], "{words}");
    }
}

#[test]
fn hours_run_from_the_event_or_from_when_it_was_known() {
    for (words, deadline) in [
        (
            "各機關應於知悉資通安全事件後一小時內通報主管機關。",
            "deadline={within: 1 hour, from: known_on}",
        ),
        ("各機關應於事件發生後七十二小時內通報主管機關。", "deadline={within: 72 hours}"),
    ] {
        let read = lines(&format!("甲規定\n一、{words}\n"));
        assert!(read.iter().any(|line| line.contains(&format!(" {deadline}"))), "{read:?}");
    }
}

#[test]
fn samples_are_read_with_floors_caps_and_tiers() {
    for (words, expected) in [
        (
            "各單位每月應抽查查詢紀錄百分之五，不得少於十件，最高以五十件為限；未達十件者應全數抽查。",
            "records: {of: queries, tiers: [{rate: 5%, min: 10, max: 50}]}",
        ),
        (
            "每半年抽核一次，不得低於總件數百分之三，且不得少於二十件，逾一百件者以一百件為限。",
            "records: {of: queries, tiers: [{rate: 3%, min: 20, max: 100}]}",
        ),
        (
            "每月抽查如下：\n（一）查詢件數１００件以下：抽查１０％。\n（二）查詢件數１０１件以上：抽查５％（最多６０件）。",
            "records: {of: queries, tiers: [{up_to: 100, rate: 10%}, {rate: 5%, max: 60}]}",
        ),
        ("各所每月至少抽查二十筆。", "records: {of: queries, tiers: [{fixed: 20}]}"),
    ] {
        let found = lines(&format!("甲規定\n一、{words}\n"));
        assert!(found.len() == 1 && found[0].ends_with(&format!("sample={expected}")), "{found:?}");
    }
}

#[test]
fn events_terms_permissions_and_standing_rules_are_told_apart() {
    for (words, expected) in [
        ("人員離職時，應於三日內註銷帳號。", "event 1 event=離職時 deadline={within: 3 days}"),
        (
            "使用者異動前五個工作日，應提出申請。",
            "event 1 event=異動前五個工作日 deadline={before: 5 working days}",
        ),
        (
            "使用者調職時，所屬單位應即通知資訊室停用帳號。",
            "event 1 event=調職時 deadline={on: same-day} notify=[資訊室]",
        ),
        (
            "稽核紀錄應自核定之日起保存三年。",
            "retention 1 keep={what: audits, for: 3 years, from: approval}",
        ),
        (
            "系統應保留登入紀錄至少六個月。",
            "retention 1 keep={what: usage, for: 6 months, from: period-end}",
        ),
        ("各機關得視需要辦理不定期稽核。", "permission 1 advice=各機關得視需要辦理不定期稽核"),
        ("承辦人員不得將資料攜出辦公處所。", "conduct 1 "),
        ("帳號應經主管核准後始得使用。", "invariant 1 "),
    ] {
        assert_eq!(lines(&format!("甲規定\n一、{words}\n")), [expected], "{words}");
    }
}

#[test]
fn standing_rules_are_told_by_what_leaves_a_record() {
    for (words, expected) in [
        ("各單位應設置稽核小組，由主任召集之。", vec!["invariant 1 "]),
        ("召集人由處長指派。", vec!["invariant 1 "]),
        ("副本應註記編號。", vec!["invariant 1 "]),
        ("由收發人員設置登記簿，集中管理單據。", vec!["invariant 1 "]),
        ("調閱者應填具調閱申請單。", vec!["invariant 1 "]),
        ("檔案之傳送均需採取適當之防護。", vec!["conduct 1 "]),
        ("本局就各所之應變作業，予以支援。", vec![]),
        (
            "各所知悉事件後，應於一小時內依主管機關指定之方式通報本局。",
            vec!["event 1 event=知悉事件後 deadline={within: 1 hour} notify=[本局]"],
        ),
        (
            "各所知悉事件後，應於七十二小時內完成復原。",
            vec!["event 1 event=知悉事件後 deadline={within: 72 hours}"],
        ),
        (
            "各所知悉事件後，應於三十小時內將報告送交主管機關。",
            vec!["event 1 event=知悉事件後 deadline={within: 30 hours} notify=[主管機關]"],
        ),
    ] {
        assert_eq!(lines(&format!("甲規定\n一、{words}\n")), expected, "{words}");
    }
}

#[test]
fn words_that_only_look_like_another_kind_are_read_as_what_they_are() {
    for (words, expected) in [
        ("各單位應依主管機關指定之方式，提報辦理情形。", "conduct 1 "),
        ("各機關檔案保存年限區分表至少每十年應檢討一次。", "interval 1 no_more_than=10 years"),
        (
            "申請資料不全者，如有不符規定，應即通知申請人於七日內補正。",
            "event 1 event=如有不符 deadline={on: same-day}",
        ),
        (
            "檔案因事故滅失者，各機關應將相關說明及佐證資料，函送檔案中央主管機關備查。",
            "event 1 event=事故滅失者 notify=[檔案中央主管機關]",
        ),
        (
            "各機關如有前項情形，應將其原因函送檔案中央主管機關備查。",
            "event 1 event=如有前項情形 notify=[檔案中央主管機關]",
        ),
        (
            "各機關發見非法銷毀檔案者，應即將其情事，函送檔案中央主管機關備查。",
            "event 1 event=發見非法銷毀 deadline={on: same-day} notify=[檔案中央主管機關]",
        ),
        ("銷毀計畫應依規定程序，函送檔案中央主管機關審核。", "invariant 1 "),
    ] {
        assert_eq!(lines(&format!("甲規定\n一、{words}\n")), [expected], "{words}");
    }
    // 責任等級 is a grade, nobody is liable.
    let graded =
        draft("甲規定\n一、其資通安全責任等級為甲級：\n（一）涉及機密。\n（二）涉及國防。\n");
    assert!(graded.reasons.iter().all(|entry| entry.reason.value != "liability"), "{graded:?}");
}

#[test]
fn clauses_without_a_duty_get_a_reason() {
    let draft = draft(
        "甲規定\n一、為落實資訊安全，特訂定本規定。\n二、本規定所稱使用者，指經核准使用系統之人員。\n\
         三、違反本規定者，依相關規定懲處。\n四、本規定自發布日生效。\n",
    );
    let reasons: Vec<(String, &str)> = draft
        .reasons
        .iter()
        .map(|entry| (entry.clause.to_string(), entry.reason.value.as_str()))
        .collect();
    let expected =
        [("1", "purpose"), ("2", "definition"), ("3", "liability"), ("4", "commencement")];
    assert_eq!(reasons, expected.map(|(clause, reason)| (clause.to_owned(), reason)));
    assert_eq!(draft.duties, []);
}

#[test]
fn a_draft_is_read_back_as_rules_whatever_the_text_holds() {
    for text in [
        "一、每月應會同#單位\"、{甲}: [乙]抽查百分之三，經\u{85}- id: x 主管核定。",
        "一、應自核准後保存三年，經'單位: 主管}核准後始得銷毀。",
        "一、如下：\n（一）得。\n（二）每每每月月月。",
    ] {
        let (duties, _, faults) = read_back(&draft(text).yaml());
        assert!(faults.is_empty(), "{text}: {faults:?}\n{}", draft(text).yaml());
        assert!(!duties.is_empty(), "{text}");
    }
}

#[test]
fn figures_of_a_measure_are_counted_one_by_one() {
    let read = |yaml: &str| {
        let (duties, reasons, faults) = read_back(yaml);
        assert!(faults.is_empty(), "{faults:?}");
        (duties, reasons)
    };
    let (wanted, reasons) = read(
        "duties:\n- {id: a, kind: periodic, clauses: [\"1\"], title: 甲, scope: unit, every: month, \
         due: [{within: 1 month}], sample: {records: {of: queries, tiers: [{rate: 3%, min: 10}]}}}\n\
         - {id: b, kind: conduct, clauses: [\"2\"], title: 乙, scope: unit}\nreasons: []\n",
    );
    let (drafted, none) = read(
        "duties:\n- {id: a, kind: periodic, clauses: [\"1\"], title: 甲, scope: unit, every: month, \
         due: [{months_after: 1, day: last}], sample: {records: {of: queries, tiers: [{rate: 5%, min: 10}]}}}\n\
         - {id: b, kind: invariant, clauses: [\"2\"], title: 乙, scope: unit}\n\
         - {id: c, kind: event, clauses: [\"1\"], title: 丙, scope: unit, event: 甲}\nreasons: []\n",
    );
    let measured = measure((&wanted, &reasons), (&drafted, &none));
    let score = |right, wanted, drafted| Score { right, wanted, drafted };
    assert_eq!(measured.kind, score(1, 2, 3));
    assert_eq!(measured.standing, score(1, 1, 1), "which of the two the records decide");
    assert_eq!((measured.period, measured.due), (score(1, 1, 1), score(1, 1, 1)));
    assert_eq!(measured.sample, score(1, 2, 2));
    assert_eq!((measured.kind.recall(), measured.kind.precision()), (50, 33));
}
