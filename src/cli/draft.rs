//! `draft [REGULATION…]`: the duties of a text, drafted from its words, as `import regulation` writes
//! them; with `--measure`, how near such drafts come to the rules of the folders.

use super::args::{Cli, DraftArgs};
use super::{Exit, load, put, root, say};
use crate::export::table;
use crate::parse::duties::{Measure, draft_duties, measure, read_back};
use crate::parse::visibility::Profile;
use crate::parse::{ParsedRegulation, parse};
use crate::record::value::Group;
use crate::source::escape;

/// Prints the drafts, or how near they come.
pub fn run(cli: &Cli, args: &DraftArgs) -> Exit {
    match draft(cli, args) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn draft(cli: &Cli, args: &DraftArgs) -> Result<Exit, Exit> {
    let inputs = load(cli, &root(cli)?, Profile::Auditor)?;
    let (parsed, _) = parse(&inputs.tree);
    for id in &args.regulations {
        if parsed.regulations.iter().all(|regulation| regulation.slug != *id) {
            say(&format!("error: the site holds no regulation `{}`", escape(id)));
            return Err(Exit::Usage);
        }
    }
    let chosen = parsed.regulations.iter().filter(|regulation| {
        args.regulations.is_empty() || args.regulations.contains(&regulation.slug)
    });
    let mut rows = Vec::new();
    let mut all = Measure::default();
    let mut texts = 0;
    for regulation in chosen {
        let Some(drafted) = newest(regulation) else { continue };
        if !args.measure {
            put(&drafted);
            continue;
        }
        let (duties, reasons, _) = read_back(&drafted);
        let now = |entries: &[Group]| -> Vec<Group> {
            entries.iter().filter(|entry| entry.get("until").is_none()).cloned().collect()
        };
        let (written, plain) = (now(&regulation.obligations), now(&regulation.plain_clauses));
        let measured = measure((&written, &plain), (&duties, &reasons));
        add_rows(&regulation.slug, &measured, &mut rows);
        all.sum(&measured);
        texts += 1;
    }
    if args.measure {
        if texts > 1 {
            add_rows("together", &all, &mut rows);
        }
        let head = ["regulation", "field", "recall", "precision", "right", "in rules", "in draft"];
        put(&table::render(&head, &rows));
    }
    Ok(Exit::Fine)
}

/// The draft of the newest text.
fn newest(regulation: &ParsedRegulation) -> Option<String> {
    let day = |head: &Group| head.date("in_force").or_else(|| head.date("amended"));
    let version = regulation.versions.iter().max_by_key(|version| day(&version.head))?;
    Some(draft_duties(&version.text).yaml())
}

fn add_rows(name: &str, measured: &Measure, rows: &mut Vec<Vec<String>>) {
    for (field, score) in measured.rows() {
        rows.push(vec![
            name.to_owned(),
            field.to_owned(),
            format!("{} %", score.recall()),
            format!("{} %", score.precision()),
            score.right.to_string(),
            score.wanted.to_string(),
            score.drafted.to_string(),
        ]);
    }
}
