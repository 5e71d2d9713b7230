//! The sentences of a clause and the acts they ask for: a period, a term of keeping, an event with
//! its limit, a permission, a standing rule.

use super::Read;
use super::act::{Act, LEFT_OPEN};
use super::due;
use super::patterns::{Hit, all, first, fits};

/// A part of a sentence between commas.
struct Piece<'t> {
    text: &'t str,
    /// Whether it says that something must be done, may be done, or is merely ordered.
    must: bool,
    may: bool,
    bare: bool,
}

/// Everything a text asks for, in its order.
pub fn acts(own: &str) -> Vec<Act> {
    let mut acts: Vec<Act> = Vec::new();
    for sentence in own.split(['。', '；', '\n']).filter(|sentence| !sentence.is_empty()) {
        read(sentence, &mut acts);
    }
    acts
}

fn read(sentence: &str, acts: &mut Vec<Act>) {
    let pieces: Vec<Piece<'_>> = sentence.split('，').map(piece).collect();
    let keeps = pieces.iter().any(|piece| keep(piece.text).is_some());
    let has_period = pieces.iter().any(|piece| period(piece).is_some());
    let dated = pieces.iter().any(|piece| piece.must && fits("once", piece.text));
    if !keeps
        && !has_period
        && !dated
        && first("reason", sentence).is_some_and(|hit| hit.value != "liability")
    {
        return;
    }
    let mut said = Said { before: acts.len(), ..Said::default() };
    // 定期 beside 每三個月 says nothing of its own.
    said.has_length =
        pieces.iter().any(|piece| period(piece).is_some_and(|(every, _)| !is_weak(&every)));
    for (at, piece) in pieces.iter().enumerate() {
        if !said.so_far.is_empty() {
            said.so_far.push('，');
        }
        said.so_far.push_str(piece.text);
        read_piece(piece, pieces.get(at + 1), sentence, &mut said, acts);
        said.case = Some(piece.text).filter(|text| text.ends_with(['者', '時', '後']));
    }
    let spoken = acts.len() > said.before || said.extended;
    // What goes on about a period belongs to it.
    if !spoken && let Some(open) = acts.iter_mut().rev().find(|act| act.takes_sample()) {
        let asks = ["form", "approval", "sample-months", "sample-all"]
            .iter()
            .any(|section| fits(section, sentence));
        if asks || super::sample::sample(sentence).is_some() {
            open.words.push('。');
            open.words.push_str(sentence);
            return;
        }
    }
    stand(&said, spoken, sentence, acts);
}

/// What has been read of a sentence.
#[derive(Default)]
struct Said<'t> {
    /// How many acts there were in front of it.
    before: usize,
    so_far: String,
    trigger: Option<&'t str>,
    answered: bool,
    standing: Option<&'t str>,
    banned: Option<&'t str>,
    /// A period of an earlier sentence goes on.
    extended: bool,
    /// The sentence says how long a period is.
    has_length: bool,
    /// An earlier piece orders something.
    ordered: bool,
    /// An earlier piece says 得.
    allowed: bool,
    /// The piece before, which 應即 may be said of: 其向各機關提出者，應即移請….
    case: Option<&'t str>,
}

fn read_piece<'t>(
    piece: &Piece<'t>,
    next: Option<&Piece<'t>>,
    sentence: &'t str,
    said: &mut Said<'t>,
    acts: &mut Vec<Act>,
) {
    said.ordered |= piece.must || piece.bare;
    said.allowed |= piece.may && !piece.must;
    if let Some((every, hit)) = period(piece)
        && keep(piece.text).is_none()
        && (!is_weak(&every) || (!said.has_length && (said.ordered || piece.may)))
    {
        let every = every.trim_end_matches("-after").to_owned();
        if piece.may && !piece.must {
            allow(acts, hit.words, piece.text, sentence);
            return;
        }
        let front = &piece.text[..hit.start];
        if said.standing.is_none() && fits("recorded", front) {
            said.standing = Some(piece.text);
        }
        said.extended |= !begin_period(acts, &every, &hit, piece.text, sentence);
        return;
    }
    let both = next.map(|next| format!("{}，{}", piece.text, next.text)).unwrap_or_default();
    if let Some(hit) = keep(piece.text).or_else(|| keep(&both).filter(|hit| hit.value == "after")) {
        for mut act in kept(&hit, piece.text, &said.so_far, sentence, acts) {
            act.approval_of_destruction(sentence);
            acts.push(act);
        }
        return;
    }
    let text = without_brackets(piece.text);
    let figures = fits("sample-floor", &text) || fits("sample-upto", &text);
    if !figures
        && let Some(hit) = first("trigger", &text)
        && (hit.value == "strong" || !fits("routine", &text))
        // 違反者，應即通知限期改善: the time set is no event of its own.
        && (said.trigger.is_none() || hit.words != "限期")
    {
        said.trigger = piece
            .text
            .find(hit.words)
            .map(|start| &piece.text[start..start + hit.words.len()])
            .map(|words| words.trim_end_matches(['應', '須', '由', '將']))
            .or(Some(piece.text));
        said.answered = false;
    }
    let routine = fits("routine", &text);
    let limit = if figures { None } else { due::deadline(&text) };
    let reports = said.trigger.is_some() && fits("reports", &text) && !text.ends_with(['者', '時']);
    let orders = piece.must || piece.bare || reports;
    let is =
        |word: &str| limit.as_ref().is_some_and(|limit| limit.value == format!("{{on: {word}}}"));
    if is("letter") && (piece.may || orders) {
        acts.push(event(said.trigger, limit, piece.text, sentence));
        said.answered = true;
        if piece.may {
            allow(acts, "得", piece.text, sentence);
        }
        return;
    }
    if piece.may && !piece.must {
        let counted = limit.as_ref().filter(|limit| limit.value.starts_with("{within"));
        match counted {
            Some(limit) => {
                let mut act = event(said.trigger, Some(limit.clone()), piece.text, sentence);
                act.may = true;
                acts.push(act);
            }
            None => allow(acts, "得", piece.text, sentence),
        }
        return;
    }
    if orders && let Some(act) = once(&text, piece.text, sentence) {
        acts.push(act);
        said.answered = true;
        return;
    }
    if orders && fits("standing-always", &text) {
        said.standing = said.standing.or(Some(piece.text));
        return;
    }
    if is("same-day") && said.trigger.is_none() && !routine {
        said.trigger = said.case;
    }
    let at_once = is("same-day") && (said.trigger.is_some() || (text.contains("立即") && !routine));
    let dated =
        limit.is_some() && !is("day-before") && !is("letter") && (!is("same-day") || at_once);
    let in_period =
        acts.get(said.before..).unwrap_or_default().iter().any(|act| act.every.is_some());
    let goes_on = (said.trigger.is_some() || said.answered)
        && (fits("acts-besides", &text) || (dated && said.answered));
    let first_answer = said.trigger.is_some() && orders && !said.answered;
    if first_answer || (dated && !routine && !in_period) || goes_on {
        let before = acts.last().filter(|_| said.answered).and_then(|act| act.deadline.clone());
        let own = limit
            .or_else(|| said.trigger.and_then(due::deadline))
            .or(before.filter(|limit| limit.value.starts_with("{within")));
        let mut act = event(said.trigger, own, piece.text, sentence);
        act.may = said.allowed && !orders;
        acts.push(act);
        said.answered = true;
        return;
    }
    let bans = fits("ban", &text) && !fits("recorded-ban", &text);
    if bans && !figures && !fits("liability", &text) && !fits("sample-rate", &text) {
        said.banned = said.banned.or(Some(piece.text));
    }
    // 結果應作成紀錄 goes on about what is done every month.
    let goes_on_about =
        acts.iter().any(Act::takes_sample) && (fits("form", &text) || fits("approval", &text));
    if orders && !said.answered && !in_period && !goes_on_about && !fits("liability", &text) {
        said.standing = said.standing.or(Some(piece.text));
    }
}

/// One permission a clause: what it allows is read as a whole.
fn allow(acts: &mut Vec<Act>, words: &str, piece: &str, sentence: &str) {
    if acts.iter().all(|act| act.kind.value != "permission") {
        acts.push(Act::new("permission", words, piece, sentence));
    }
}

/// The standing rule of a sentence: always where it asks for nothing else; beside a clock only what
/// records can show, or a ban.
fn stand(said: &Said<'_>, spoken: bool, sentence: &str, acts: &mut Vec<Act>) {
    let clock =
        acts[said.before..].iter().any(|act| act.kind.value != "permission") || said.extended;
    let beside = spoken && clock;
    let mut add = |kind: &str, words: &str, main: &str| {
        if !acts.iter().any(|act| act.kind.value == kind) {
            acts.push(Act::new(kind, words, main, sentence));
        }
    };
    if let Some(main) = said.standing {
        let about = if beside || fits("conduct", main) { main } else { sentence };
        match first("recorded", about) {
            Some(_) if !beside && fits("draws-up-once", main) => {
                add("once", first("draws-up-once", main).map_or("", |hit| hit.words), main);
            }
            Some(hit) => add("invariant", hit.words, main),
            None if !beside => {
                add("conduct", first("must", main).map_or("", |hit| hit.words), main)
            }
            None => {}
        }
    }
    if let Some(main) = said.banned
        && (beside || said.standing.is_none())
    {
        add("conduct", first("ban", main).map_or("", |hit| hit.words), main);
    }
}

/// The text without what stands in brackets.
fn without_brackets(text: &str) -> String {
    let mut depth = 0;
    let mut plain = String::new();
    for c in text.chars() {
        match c {
            '（' => depth += 1,
            '）' if depth > 0 => depth -= 1,
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    // 離（休）職 is a word.
    if text.contains("離（休）職") { text.to_owned() } else { plain }
}

/// Whether a text orders anything.
pub fn orders(text: &str) -> bool {
    text.split(['。', '；', '，', '\n']).any(|part| piece(part).must)
}

fn piece(text: &str) -> Piece<'_> {
    let plain = masked(text);
    let liable = fits("liability", text) && !fits("sends", text);
    let must = fits("must", &plain) && !liable;
    // 專責人員異動時 orders nothing, whatever stands in it.
    let bare = fits("bare-must", &plain) && !plain.ends_with(['時', '者']);
    Piece { text, must, may: fits("may", &plain_of_must(&plain)), bare: bare && !liable }
}

/// The text with words that only look like 應 or 得 covered.
fn masked(text: &str) -> String {
    let mut plain = text.to_owned();
    for hit in all("mask", text) {
        plain = plain.replace(hit.words, &"□".repeat(hit.words.chars().count()));
    }
    plain
}

/// 始得 and 不得 are no permissions.
fn plain_of_must(plain: &str) -> String {
    let mut text = plain.to_owned();
    for hit in all("must", plain) {
        text = text.replace(hit.words, &"□".repeat(hit.words.chars().count()));
    }
    text
}

/// Whether words are a period only where the sentence orders something and names no other.
fn is_weak(every: &str) -> bool {
    matches!(every, LEFT_OPEN | "year-after")
}

/// What is done once: within a time after the rules came into force, or by a day.
fn once(text: &str, piece: &str, sentence: &str) -> Option<Act> {
    let hit = first("once", text)?;
    let mut act = Act::new("once", hit.words, piece, sentence);
    act.once = Some(match hit.value {
        "within" => ("no_more_than", Read::new(due::length(&hit)?, hit.words)),
        _ => ("no_later_than", Read::new(due::calendar_day(&hit)?, hit.words)),
    });
    Some(act)
}

/// The period a piece names, as `every` or `interval`, and its words.
fn period<'t>(piece: &Piece<'t>) -> Option<(String, Hit<'t>)> {
    let mut hit = first("period", piece.text)?;
    let value = match hit.value.strip_prefix("interval ") {
        None => hit.value.to_owned(),
        Some(unit) => {
            let number = hit.number("n").or_else(|| {
                super::figure::read(
                    hit.words.trim_start_matches(['每', '隔', '滿']).trim_end_matches('年'),
                )
            })?;
            format!("interval {number} {unit}{}", if number == 1 { "" } else { "s" })
        }
    };
    if value == LEFT_OPEN {
        hit.words = "定期";
    }
    Some((value, hit))
}

/// A term of keeping.
fn keep(text: &str) -> Option<Hit<'_>> {
    if fits("keep-not", text) { None } else { first("keep", text) }
}

/// Begins the duty of a period; false if it goes on with one that was begun.
fn begin_period(
    acts: &mut Vec<Act>,
    every: &str,
    hit: &Hit<'_>,
    piece: &str,
    sentence: &str,
) -> bool {
    let same = acts.iter().position(|act| act.every.as_deref() == Some(every));
    let from_here = &sentence[sentence.find(piece).unwrap_or(0)..];
    // A second sentence of one period is another duty only where it is the sending of what the first made.
    let sent_apart = |act: &Act| {
        let front = act.words.split(piece).next().unwrap_or_default();
        fits("sends", from_here) && !fits("sends", front) && fits("due", from_here)
    };
    let cut = |act: &mut Act| {
        if let Some(cut) = act.words.find(piece).filter(|cut| *cut > 0) {
            act.words.truncate(cut);
        }
    };
    if let Some(at) = same {
        if !sent_apart(&acts[at]) {
            if !acts[at].words.contains(piece) {
                acts[at].words.push('。');
                acts[at].words.push_str(sentence);
            }
            return false;
        }
        cut(&mut acts[at]);
        acts.push(Act::period(every, hit.words, piece, from_here, sentence));
        return true;
    }
    // Another period of the same sentence: each has its own words.
    let shared = acts.iter_mut().find(|act| act.every.is_some() && act.summary == sentence);
    let words = match shared {
        Some(other) => {
            cut(other);
            from_here
        }
        None => sentence,
    };
    acts.push(Act::period(every, hit.words, piece, words, sentence));
    true
}

fn event(trigger: Option<&str>, limit: Option<Read>, piece: &str, sentence: &str) -> Act {
    let words = trigger.unwrap_or_else(|| limit.as_ref().map_or("", |limit| limit.words.as_str()));
    let mut act = Act::new("event", words, piece, sentence);
    let counted_from = || first("event-name", piece)?.group("what").map(str::to_owned);
    act.event = trigger.map(str::to_owned).or_else(counted_from);
    act.deadline = limit;
    act
}

/// The terms of keeping of a piece: one, or one for each of 使用紀錄及稽核紀錄.
fn kept(hit: &Hit<'_>, piece: &str, so_far: &str, sentence: &str, acts: &[Act]) -> Vec<Act> {
    let unit = match hit.group("u").unwrap_or_default() {
        "年" => "year",
        "個月" => "month",
        _ => "day",
    };
    let Some(number) = hit.number("n") else { return Vec::new() };
    let length = format!("{number} {unit}{}", if number == 1 { "" } else { "s" });
    let mut whats = all("keep-what", so_far);
    let nearest = whats.pop();
    let mut kinds: Vec<(&str, &str)> = Vec::new();
    if let Some(last) = &nearest {
        kinds.push((last.value, last.words));
        for other in whats.iter().rev() {
            let between = so_far.get(other.end..last.start).unwrap_or_default();
            let joined = between.chars().count() <= 4 && between.contains(['及', '與', '和', '、']);
            if joined && other.value != last.value && piece.contains(other.words) {
                kinds.insert(0, (other.value, other.words));
                break;
            }
        }
    } else {
        let audits = acts.iter().any(|act| act.every.is_some());
        kinds.push(if audits { ("audits", "") } else { ("accounts", "") });
    }
    let from = first("keep-from", so_far);
    kinds
        .into_iter()
        .map(|(what, words)| {
            let mut act = Act::new("retention", hit.words, piece, sentence);
            let from = from.as_ref().map_or("completion", |hit| hit.value);
            // Papers of each kind have days of their own.
            let from = match (what, from) {
                ("usage", _) => "period-end",
                ("accounts", "completion") => "cancellation",
                ("audits", "cancellation") | ("transfers", _) => "completion",
                (_, from) => from,
            };
            act.keep = Some(Read::new(
                format!("{{what: {what}, for: {length}, from: {from}}}"),
                if words.is_empty() {
                    hit.words.to_owned()
                } else {
                    format!("{words}…{}", hit.words)
                },
            ));
            act
        })
        .collect()
}
