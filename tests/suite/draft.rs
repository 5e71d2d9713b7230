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
