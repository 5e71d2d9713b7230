//! What another copy of a text changes: clauses that come, go, or say something else, headings and
//! attachments. Two readings in, lines out; nothing is decided.

use std::collections::BTreeMap;

use crate::law::LawText;

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    Added {
        clause: String,
        words: String,
    },
    Gone {
        clause: String,
        words: String,
    },
    /// The same words under another number.
    Moved {
        from: String,
        to: String,
    },
    Changed {
        clause: String,
        from: String,
        to: String,
    },
    Headings {
        from: Vec<String>,
        to: Vec<String>,
    },
    Attachments {
        from: Vec<String>,
        to: Vec<String>,
    },
}

/// What `new` says otherwise than `old`, in the order of the numbers. Empty where the structure and
/// every word are the same, however their lines are wrapped.
pub fn differences(old: &LawText, new: &LawText) -> Vec<Difference> {
    let (before, after) = (words(old), words(new));
    let mut found = Vec::new();
    let mut gone: Vec<(&String, &String)> = Vec::new();
    for (number, text) in &before {
        match after.get(number) {
            None => gone.push((number, text)),
            Some(now) if now != text => found.push(Difference::Changed {
                clause: number.clone(),
                from: text.clone(),
                to: now.clone(),
            }),
            Some(_) => {}
        }
    }
    for (number, text) in after.iter().filter(|(number, _)| !before.contains_key(*number)) {
        // An empty clause is a heading of others: moved with them.
        let moved = gone.iter().position(|(_, words)| *words == text && !text.is_empty());
        found.push(match moved {
            Some(at) => Difference::Moved { from: gone.remove(at).0.clone(), to: number.clone() },
            None => Difference::Added { clause: number.clone(), words: text.clone() },
        });
    }
    found.extend(
        gone.into_iter().map(|(clause, words)| Difference::Gone {
            clause: clause.clone(),
            words: words.clone(),
        }),
    );
    let list = |law: &LawText| -> Vec<String> {
        law.headings.iter().map(|heading| bare(&heading.text)).collect()
    };
    if list(old) != list(new) {
        found.push(Difference::Headings { from: list(old), to: list(new) });
    }
    let list = |law: &LawText| -> Vec<String> {
        law.attachments.iter().map(|attached| bare(&attached.title)).collect()
    };
    if list(old) != list(new) {
        found.push(Difference::Attachments { from: list(old), to: list(new) });
    }
    found
}

fn words(law: &LawText) -> BTreeMap<String, String> {
    law.all_clauses().map(|clause| (clause.number.to_string(), bare(&clause.own_text()))).collect()
}

/// How a source is wrapped is no difference.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

impl Difference {
    /// The line it is printed as: `+` comes, `-` goes, `~` changes, `>` moves.
    pub fn line(&self) -> String {
        let short = |text: &str| -> String {
            let mut words: String = text.chars().take(40).collect();
            if text.chars().count() > 40 {
                words.push('…');
            }
            words
        };
        match self {
            Difference::Added { clause, words } => format!("+ {clause}  {}", short(words)),
            Difference::Gone { clause, words } => format!("- {clause}  {}", short(words)),
            Difference::Moved { from, to } => format!("> {from} is now {to}"),
            Difference::Changed { clause, from, to } => {
                let same = from.chars().zip(to.chars()).take_while(|(a, b)| a == b).count();
                let start = same.saturating_sub(6);
                let rest = |text: &str| short(&text.chars().skip(start).collect::<String>());
                format!("~ {clause}  …{} -> …{}", rest(from), rest(to))
            }
            Difference::Headings { from, to } => {
                format!("~ headings: {} -> {}", short(&from.join(" ")), short(&to.join(" ")))
            }
            Difference::Attachments { from, to } => {
                format!("~ attachments: {} -> {}", short(&from.join(" ")), short(&to.join(" ")))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::law::{LawOptions, parse_law};
    use crate::source::FileId;

    #[test]
    fn what_comes_goes_moves_and_changes_is_said() {
        let read = |text: &str| parse_law(FileId(0), text, &LawOptions::default()).0;
        let old = read("甲規定\n一、每月查核\n一次。\n二、保存三年。\n三、施行。\n");
        let same = read("甲規定\n一、每月查核一次。\n二、保存\n三年。\n三、施行。\n");
        assert_eq!(differences(&old, &same), []);
        let new = read("甲規定\n一、每季查核一次。\n二、新增。\n三、保存三年。\n附件一\n表\n");
        let lines: Vec<String> = differences(&old, &new).iter().map(Difference::line).collect();
        assert_eq!(lines[0], "~ 1  …每月查核一次。 -> …每季查核一次。");
        assert!(lines.last().is_some_and(|line| line.starts_with("~ attachments")), "{lines:?}");
        let shifted = read("甲規定\n一、每月查核一次。\n二、保存三年。\n三、施行。\n四、附則。\n");
        let lines: Vec<String> = differences(&old, &shifted).iter().map(Difference::line).collect();
        assert_eq!(lines, ["+ 4  附則。"]);
    }
}
