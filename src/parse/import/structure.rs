//! The structure of a text as data, for `import regulation --dry-run --format json`: every clause with
//! its path, the kinds of its steps and its own words, and what stands around the clauses.

use serde::Serialize;

use super::Draft;
use crate::law::{Block, Form, LawClause, LawText, Level};

/// A text, read.
#[derive(Debug, Serialize)]
pub struct Structure {
    title: Option<String>,
    date: Option<String>,
    form: &'static str,
    clauses: Vec<ClauseRow>,
    headings: Vec<String>,
    attachments: Vec<String>,
    doubts: Vec<Doubt>,
}

#[derive(Debug, Serialize)]
struct ClauseRow {
    path: String,
    kinds: String,
    id: String,
    text: String,
}

/// Something the grammar is not sure of.
#[derive(Debug, Serialize)]
struct Doubt {
    code: &'static str,
    line: usize,
    excerpt: String,
    message: String,
    help: Option<String>,
}

impl Structure {
    /// The structure of a draft, made from `text`.
    pub fn new(draft: &Draft, text: &str) -> Self {
        let law = &draft.law;
        let mut clauses = Vec::new();
        for clause in &law.clauses {
            add(clause, law, &[], &mut clauses);
        }
        // Where each line begins: a text may have as many doubts as lines.
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts: Vec<usize> = std::iter::once(0).chain(ends).collect();
        let doubt = |fault: &crate::diagnostic::Diagnostic| {
            let line = starts.partition_point(|start| *start <= fault.span.start as usize);
            let whole = &text[starts[line - 1]..starts.get(line).copied().unwrap_or(text.len())];
            Doubt {
                code: fault.code.slug(),
                line,
                excerpt: whole.trim().chars().take(40).collect(),
                message: fault.message.clone(),
                help: fault.help.clone(),
            }
        };
        Self {
            title: draft.named.then(|| draft.name.clone()),
            date: draft.date.map(|day| day.to_string()),
            form: match law.form {
                Form::Articles => "articles",
                Form::Points => "points",
            },
            clauses,
            headings: law.headings.iter().map(|heading| heading.text.clone()).collect(),
            attachments: law.attachments.iter().map(|attached| attached.title.clone()).collect(),
            doubts: draft.doubts.iter().map(doubt).collect(),
        }
    }
}

/// The word of a level.
fn kind(level: Level) -> &'static str {
    match level {
        Level::Division => "part",
        Level::Point => "point",
        Level::Article => "article",
        Level::Paragraph => "paragraph",
        Level::Item => "subparagraph",
        Level::Subitem => "item",
        Level::Detail => "subitem",
        Level::Further => "subsubitem",
    }
}

/// Steps of a path: the number and its kind.
type Steps<'a> = &'a [(String, &'static str)];

fn add(clause: &LawClause, law: &LawText, above: Steps<'_>, rows: &mut Vec<ClauseRow>) {
    let level = clause.number.level();
    let own = (clause.number.last().to_string(), kind(level));
    let mut here = above.to_vec();
    // A later 項 of a point stands beside the first, not within it.
    let later = law.form == Form::Points && level == Level::Paragraph;
    if later {
        here.pop();
    }
    here.push(own);
    let several = law.form == Form::Points
        && level == Level::Point
        && clause.children().any(LawClause::is_paragraph);
    if !several {
        push(&here, &clause.own_text(), clause, rows);
        for child in clause.children() {
            add(child, law, &here, rows);
        }
        return;
    }
    // The caption is the point's; what follows it is the first 項.
    let caption = clause.paragraphs().filter(|paragraph| paragraph.is_caption);
    let caption: String = caption.map(|paragraph| paragraph.text.as_str()).collect();
    push(&here, &caption, clause, rows);
    let mut first = here.clone();
    first.push(("1".to_owned(), kind(Level::Paragraph)));
    let text: Vec<&str> = clause
        .blocks
        .iter()
        .flat_map(|block| match block {
            Block::Paragraph(paragraph) if !paragraph.is_caption => vec![paragraph.text.as_str()],
            Block::Table(table) => table.lines.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        })
        .collect();
    push(&first, &text.join("\n"), clause, rows);
    for child in clause.children() {
        add(child, law, &first, rows);
    }
}

fn push(steps: Steps<'_>, text: &str, clause: &LawClause, rows: &mut Vec<ClauseRow>) {
    let join = |of: fn(&(String, &'static str)) -> String| {
        steps.iter().map(of).collect::<Vec<_>>().join("/")
    };
    rows.push(ClauseRow {
        path: join(|(number, _)| number.clone()),
        kinds: join(|(_, kind)| (*kind).to_owned()),
        id: clause.number.to_string(),
        text: text.to_owned(),
    });
}
