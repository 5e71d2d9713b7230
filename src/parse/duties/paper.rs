//! What a paper must contain (應載明下列事項): the items of a list below a clause or within a sentence, and
//! the duty they belong to, which an earlier clause may have laid down (前項計畫應包括…).

use super::act::Act;
use super::near::{FURTHEST, top};
use super::patterns::{Hit, first, fits};
use super::{DraftedDuty, DutyDraft, Read, sentence};
use crate::law::ClauseNumber;

/// Where a clause says what a paper must contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Nothing,
    /// In a sentence; its acts are settled.
    Sentence,
    /// In the list below the clause, which is no more to be read.
    List,
}

/// Finds the items a clause asks for, and gives them to the duty that asks for the paper: one of `acts`, or
/// one in the draft. `below` are the items and numbers of the list below the clause.
pub fn ask(
    own: &str,
    below: (&[String], &[ClauseNumber]),
    number: &ClauseNumber,
    acts: &mut Vec<Act>,
    draft: &mut DutyDraft,
) -> Asked {
    let mut asked = Asked::Nothing;
    for sentence in own.split(['。', '；', '\n']).filter(|sentence| !sentence.is_empty()) {
        let Some(hit) = sentence.split('，').find_map(|piece| first("contains", piece)) else {
            continue;
        };
        let list = hit.value == "list";
        if !sentence::orders(sentence) && !sentence.contains("至少")
            || list && (below.0.is_empty() || !own.ends_with(sentence))
        {
            continue;
        }
        let items = if list { below.0.to_vec() } else { split(&hit) };
        if items.len() < 2 {
            continue;
        }
        let read = Read::new(items.join("\n"), hit.words);
        let numbers = if list { below.1 } else { &[] };
        if give(sentence, (read, numbers), number, acts, draft) {
            asked = if list { Asked::List } else { Asked::Sentence };
        }
    }
    asked
}

/// Gives items to the duty they belong to; false if there is none.
fn give(
    sentence: &str,
    (items, below): (Read, &[ClauseNumber]),
    number: &ClauseNumber,
    acts: &mut Vec<Act>,
    draft: &mut DutyDraft,
) -> bool {
    if let Some(back) = first("refers-back", sentence)
        && let Some(duty) = earlier(&back, number, draft)
    {
        if duty.kind.value == "invariant" {
            duty.kind.value = "once".to_owned();
        }
        duty.clauses.push(number.clone());
        duty.clauses.extend(below.iter().cloned());
        duty.fields.push(("contains", items));
        acts.retain(|act| act.summary != sentence || !act.is_standing());
        return true;
    }
    let own = |act: &&mut Act| act.summary == sentence;
    if let Some(act) = acts.iter_mut().filter(own).rfind(|act| act.is_judged()) {
        act.contains = Some(items);
        act.below = below.to_vec();
        return true;
    }
    if !fits("draws-up", sentence) && !fits("paper", sentence) {
        return false;
    }
    // 應訂定計畫, which says no day.
    let words = items.words.clone();
    let mut act = Act::new("once", &words, sentence, sentence);
    act.contains = Some(items);
    act.below = below.to_vec();
    acts.retain(|act| act.summary != sentence || !act.is_standing());
    acts.push(act);
    true
}

/// The duty of an earlier clause that 前項… names: of the same article or point, or of the one before.
fn earlier<'d>(
    back: &Hit<'_>,
    number: &ClauseNumber,
    draft: &'d mut DutyDraft,
) -> Option<&'d mut DraftedDuty> {
    let of = top(number);
    let near = back.words.ends_with(['項', '款']);
    let paragraph = back.words.starts_with('第').then(|| back.number("n")).flatten();
    let named = paragraph.map(|n| [format!("{of}.{n}"), format!("{of}p{n}")]);
    let takes = |duty: &DraftedDuty| {
        let judged = matches!(duty.kind.value.as_str(), "periodic" | "interval" | "once" | "event");
        let taken = duty.fields.iter().any(|(key, read)| {
            *key == "contains"
                || (*key == "answered_by" && matches!(&*read.value, "training" | "password-change"))
        });
        !taken && (judged || (duty.kind.value == "invariant" && fits("draws-up", &duty.summary)))
    };
    // Duties stand in the order of their clauses.
    let within = |duty: &&DraftedDuty| !near || top(&duty.clauses[0]) == of;
    let back = draft.duties.iter().rev().take(FURTHEST).take_while(within);
    let fitting: Vec<usize> =
        back.enumerate().filter(|(_, duty)| takes(duty)).map(|(at, _)| at).collect();
    let exact = fitting.iter().find(|at| {
        let duty = &draft.duties[draft.duties.len() - 1 - **at];
        let clause = duty.clauses[0].to_string();
        named.as_ref().is_some_and(|named| named.contains(&clause))
    });
    let back = exact.or(fitting.first())?;
    let at = draft.duties.len() - 1 - back;
    draft.duties.get_mut(at)
}

/// A member of a list as an item: its heading, where it has one, else its words.
pub fn item(text: &str) -> String {
    const LONGEST_HEADING: usize = 20;
    let line = text.lines().next().unwrap_or_default();
    let whole = line.trim_end_matches(['。', '；', '，', '、', '：']);
    match line.split_once('：') {
        Some((heading, _)) if (1..=LONGEST_HEADING).contains(&heading.chars().count()) => {
            heading.to_owned()
        }
        _ => whole.to_owned(),
    }
}

/// The items within a sentence: 甲、乙及丙等事項.
fn split(hit: &Hit<'_>) -> Vec<String> {
    let text = hit.group("items").unwrap_or_default();
    let text = match text.rfind('等') {
        Some(end) if text[end..].chars().count() <= 14 => &text[..end],
        _ => text,
    };
    let mut items: Vec<&str> = text.split('、').collect();
    // The last 及 joins the last two.
    if let Some(last) = items.pop() {
        match last.rsplit_once(['及', '與']) {
            Some((one, other)) if !one.is_empty() && !other.is_empty() => {
                items.extend([one, other])
            }
            _ => items.push(last),
        }
    }
    items.into_iter().filter(|item| !item.is_empty()).map(str::to_owned).collect()
}
