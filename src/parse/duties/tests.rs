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

/// Asserts of each text that a point of it gives one duty, in one line.
#[track_caller]
fn each_is(cases: &[(&str, &str)]) {
    for (words, expected) in cases {
        assert_eq!(lines(&format!("甲規定\n一、{words}\n")), [*expected], "{words}");
    }
}

#[test]
fn periods_and_their_due_dates_are_read() {
    each_is(&[
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
    ]);
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
    each_is(&[
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
        ("本館可內部先行查閱檔案。", "permission 1 advice=本館可內部先行查閱檔案"),
        ("使用者連續三個月未登入者，本系統即暫停其使用。", "event 1 event=三個月未登入"),
        (
            "使用者如有退休、離職或其他暫停使用之情事者，應填寫異動申請表。",
            "event 1 event=退休、離職或其他暫停使用之情事者 evidence=[異動申請表]",
        ),
        (
            "連結作業如已無查調需求者，應函請本局終止連結。",
            "event 1 event=無查調需求者 notify=[本局]",
        ),
        ("承辦人員不得將資料攜出辦公處所。", "conduct 1 "),
        ("帳號應經主管核准後始得使用。", "invariant 1 "),
    ]);
}

#[test]
fn standing_rules_are_told_by_what_leaves_a_record() {
    for (words, expected) in [
        ("各單位應設置稽核小組，由主任召集之。", vec!["invariant 1 "]),
        ("召集人由處長指派。", vec!["invariant 1 "]),
        ("副本應註記編號。", vec!["invariant 1 "]),
        ("由收發人員設置登記簿，集中管理單據。", vec!["invariant 1 "]),
        ("調閱者應填具調閱申請單。", vec!["invariant 1 "]),
        ("使用者應填寫查調申請表。", vec!["invariant 1 "]),
        ("稽核人員不得與操作人員同屬一人。", vec!["invariant 1 "]),
        ("收發人員：限承辦收發業務者。", vec!["invariant 1 "]),
        ("使用者須具自然人憑證。", vec!["invariant 1 "]),
        ("各項設備應與廠商訂定維護合約。", vec!["invariant 1 "]),
        ("維護合約應明訂服務水準。", vec!["invariant 1 "]),
        ("資料備份由各機關自行負責。", vec![]),
        ("電腦應安裝防毒軟體。", vec!["invariant 1 "]),
        ("系統管理機關設總管理者一人。", vec!["invariant 1 "]),
        ("裝置於他人建築物上者，應事先取得所有權人之同意。", vec!["invariant 1 "]),
        ("調閱影像資料，應設專簿登記備查。", vec!["invariant 1 "]),
        ("經核准人員之憑證不得借予他人。", vec!["conduct 1 "]),
        ("人員離職後，仍負保密義務。", vec!["conduct 1 "]),
        ("本府於建置錄影監視系統時，應考量整體需求。", vec!["conduct 1 "]),
        ("凡本所員工，均應依本管理要點辦理。", vec![]),
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
    each_is(&[
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
    ]);
    // 責任等級 is a grade, nobody is liable.
    let graded =
        draft("甲規定\n一、其資通安全責任等級為甲級：\n（一）涉及機密。\n（二）涉及國防。\n");
    assert!(graded.reasons.iter().all(|entry| entry.reason.value != "liability"), "{graded:?}");
}

#[test]
fn what_is_done_once_is_told_from_what_begins_with_an_event() {
    each_is(&[
        ("各機關應於本要點施行後三個月內訂定管理規定。", "once 1 no_more_than=3 months"),
        (
            "本要點施行前設立之業者，應於本要點施行日起六個月內報請備查。",
            "once 1 no_more_than=6 months",
        ),
        ("業者應訂定安全維護計畫。", "once 1 "),
        ("違反者，本局應即以書面通知限期改善。", "event 1 event=違反者 deadline={on: same-day}"),
        ("各單位應於一百十五年六月底前完成權限盤點。", "once 1 no_later_than=2026-06-30"),
        ("各單位應於中華民國116年2月5日前完成改善。", "once 1 no_later_than=2027-02-05"),
        (
            "各單位應於收受通知後二個月內提出報告。",
            "event 1 event=收受通知 deadline={within: 2 months}",
        ),
        (
            "本局應於查核前將計畫通知受查單位。",
            "event 1 event=查核前 deadline={on: day-before} notify=[受查單位]",
        ),
        (
            "計畫內容不完備者，應於通知之期限內補正。",
            "event 1 event=計畫內容不完備者 deadline={on: letter}",
        ),
        (
            "機密檔案於移轉前，應檢討等級。",
            "event 1 event=機密檔案於移轉前 deadline={on: day-before}",
        ),
        ("檔案經電子儲存後，應作成目錄。", "event 1 event=檔案經電子儲存後"),
        (
            "其向各機關提出者，應即移請本局辦理。",
            "event 1 event=其向各機關提出者 deadline={on: same-day}",
        ),
        ("媒體有損壞者，應即修復。", "event 1 event=有損壞 deadline={on: same-day}"),
        ("名單應送資訊室，異動時亦同。", "event 1 event=異動時 notify=[資訊室]"),
    ]);
}

#[test]
fn a_period_without_a_length_is_left_open() {
    each_is(&[
        ("各單位應定期清查帳號。", "interval 1 left_open=true"),
        ("各單位應依風險，定期檢視權限。", "interval 1 left_open=true"),
        ("各單位應定期辦理教育訓練。", "interval 1 left_open=true answered_by=training"),
        ("各單位應定期清查帳號，至少每六個月一次。", "interval 1 no_more_than=6 months"),
        ("各單位得定期抽查。", "permission 1 advice=各單位得定期抽查"),
        ("各單位應於指定期間提出說明。", "conduct 1 "),
        ("各單位應辦理不定期查訪。", "conduct 1 "),
    ]);
}

#[test]
fn a_time_of_months_before_an_event_is_a_note() {
    // No law counts months backwards (explain months-before), so the draft names no such limit.
    let read = lines("甲規定\n一、本局應於二個月前將稽核計畫通知受稽機關。\n");
    assert!(
        read[0].contains(" note=原文為「二個月前」") && !read[0].contains("deadline"),
        "{read:?}"
    );
}

#[test]
fn items_of_papers_are_given_to_the_duty_that_asks_for_the_paper() {
    for (text, expected) in [
        (
            "一、各單位應訂定應變計畫，載明下列事項：\n（一）權責分工：各組之職掌。\n（二）通報程序。\n",
            vec!["once 1 contains=權責分工\n通報程序"],
        ),
        (
            "一、各單位應於修正後一個月內提報計畫，並應載明下列事項：\n（一）目標。\n（二）期程。\n",
            vec!["event 1 event=修正 deadline={within: 1 month} contains=目標\n期程"],
        ),
        (
            "一、本局應訂定稽核計畫，包括期間、方式及項目等事項。\n",
            vec!["once 1 contains=期間\n方式\n項目"],
        ),
        (
            "一、各單位應於每年三月底前提出年度報告。\n前項報告應載明辦理情形、缺失及改善措施。\n",
            vec![
                "periodic 1 every=year due=[{months_after: 3, day: last}] contains=辦理情形\n缺失\n改善措施",
            ],
        ),
        // What stands in a register is asked by an invariant.
        ("一、登記簿應載明姓名、日期及事由。\n", vec!["invariant 1 "]),
    ] {
        assert_eq!(lines(&format!("甲規定\n{text}")), expected, "{text}");
    }
    let both = draft(
        "甲規定\n一、各單位應訂定計畫。\n前項計畫應載明下列事項：\n（一）目標。\n（二）期程。\n",
    );
    let clauses: Vec<String> = both.duties[0].clauses.iter().map(ToString::to_string).collect();
    assert_eq!(clauses, ["1", "1p2", "1p2.1", "1p2.2"]);
    assert_eq!(both.duties.len(), 1, "{both:?}");
}

#[test]
fn who_is_outside_and_what_leaves_room_is_said() {
    for (text, expected) in [
        (
            "一、申請人應填具申請書。\n",
            vec!["event 1 event=申請 evidence=[申請書] outsider=申請人"],
        ),
        ("一、申請應用檔案者，應以書面敘明理由。\n", vec!["event 1 event=申請 outsider=申請人"]),
        (
            "一、各單位應每月抽查三件，以每單位一次為原則。\n",
            vec![
                "periodic 1 every=month due=[{on: site-default}] sample=records: {of: queries, tiers: [{fixed: 3}]} in_principle=true",
            ],
        ),
        (
            "一、受查單位得於收受通知後五日內申請改期。\n",
            vec!["event 1 event=收受通知 deadline={within: 5 days} may=true"],
        ),
        (
            "一、本局應自受理之日起三十日內通知申請人。\n資料不全者，應通知申請人補正，其期間自補正之日起算。\n",
            vec![
                "event 1 event=受理 deadline={within: 30 days, anew: 補正} answer=通知",
                "event 1p2 event=資料不全者",
            ],
        ),
    ] {
        assert_eq!(lines(&format!("甲規定\n{text}")), expected, "{text}");
    }
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
