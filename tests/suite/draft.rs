//! `draft`: duties read from the words of a text, measured against the rules of the repository.

use super::project::Project;

#[test]
#[ignore = "slow: the gate runs it in release"]
fn drafts_of_the_five_texts_come_near_their_rules() {
    let project = Project::demo();
    let outcome = project.run("draft --measure").code(0);
    let figures = |field: &str| -> (usize, usize) {
        let row = outcome.stdout.lines().find(|line| {
            line.starts_with("together")
                && line["together".len()..].trim_start().starts_with(&format!("{field} "))
        });
        let row = row.unwrap_or_else(|| panic!("no {field} in {}", outcome.stdout));
        let mut percents = row.split(" %").filter_map(|part| part.rsplit(' ').next()?.parse().ok());
        (percents.next().expect("recall"), percents.next().expect("precision"))
    };
    for (field, least) in
        [("kind", 85), ("period", 85), ("due", 80), ("sample", 80), ("retention", 80)]
    {
        let (recall, precision) = figures(field);
        assert!(recall >= least && precision >= least, "{field}: {recall}, {precision}");
    }
}

#[test]
fn a_draft_counts_for_nothing() {
    let project = Project::new().write("new.txt", "甲規定\n一、各單位每月應抽查百分之三。\n");
    project.run("import regulation new.txt --id new").code(0).stdout_has("obligations.draft.yaml");
    let files = project.files("regulations/new");
    let draft = String::from_utf8(files["obligations.draft.yaml"].clone()).expect("UTF-8");
    assert!(draft.contains("  every: month  # 「每月」\n"), "{draft}");
    // Nothing of it is a duty: the clause is still unclassified.
    project.run("check").code(1).stderr_has("unclassified-clause");
    project.run("draft new").code(0).stdout_has(&draft);
    project.run("draft nothing").code(2).stderr_has("the site holds no regulation `nothing`");
}

#[test]
fn a_draft_is_sound_as_the_rules_of_its_text() {
    let texts = [
        "甲要點\n一、本要點依甲法訂定。\n二、各單位應於本要點施行後三個月內訂定計畫，載明下列事項：\n\
         （一）分工：各組。\n1.組長。\n（二）期程。\n三、各單位應定期辦理教育訓練，委外廠商人員應參加。\n\
         四、帳號密碼應每三個月更換，委外廠商亦同。\n五、本局應於一個月前將計畫通知各單位。\n\
         六、各單位每月抽查百分之三。本局每半年抽查總稽核件數百分之五。\n七、申請書應保存三年，終止後保存一年。\n\
         八、登記簿應保存五年。紀錄應保存二年。\n",
        "乙要點\n一、申請人應填具申請書。\n二、本局應自受理之日起三十日內通知申請人。\n\
         資料不全者，應通知申請人於七日內補正，其期間自補正之日起算。\n三、申請人得於收受通知後十日內申復。\n\
         四、查核依甲標準辦理。\n前項查核，本局應每年辦理一次，以現場辦理為原則。\n\
         五、各單位應於一百十五年六月底前完成改善。\n",
        "丙辦法\n第 1 條\n本辦法依甲法訂定之。\n第 2 條\n業者應訂定計畫。\n前項計畫應包括下列事項：\n一、目標：\n\
         （一）量。\n（二）質。\n二、方法。\n第 3 條\n業者得於接獲通知後五日內申請變更。\n",
    ];
    for (number, text) in texts.into_iter().enumerate() {
        let id = format!("new{number}");
        let project = Project::new().write("new.txt", text);
        project.run(&format!("import regulation new.txt --id {id}")).code(0);
        let draft = project.files(&format!("regulations/{id}"))["obligations.draft.yaml"].clone();
        let draft = String::from_utf8(draft).expect("UTF-8");
        let (_, lists) = draft.split_once("\nduties:").expect("duties");
        let (duties, reasons) = lists.split_once("\nreasons:").expect("reasons");
        project
            .write(&format!("regulations/{id}/obligations.yaml"), duties)
            .write(&format!("regulations/{id}/clauses.yaml"), reasons)
            .run("check")
            .code(0);
    }
}
