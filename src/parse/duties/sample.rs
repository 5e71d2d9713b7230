//! The sample a duty of a draft asks for: rates, floors, caps, fixed numbers and tiers, of records
//! and of users, from the words of its clause.

use std::fmt::Write as _;

use super::patterns::{first, fits, hits};

/// A step, as in `tiers`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Tier {
    up_to: Option<u64>,
    rate: Option<String>,
    fixed: Option<u64>,
    min: Option<u64>,
    max: Option<u64>,
}

/// The value of `sample`, and the words it was read from, if the words ask for one.
pub fn sample(words: &str) -> Option<(String, String)> {
    let (mut records, mut users) = (vec![Tier::default()], vec![Tier::default()]);
    let (mut of_records, mut of_users) = ("queries", "users");
    let mut read: Vec<&str> = Vec::new();
    let mut about_users = false;
    for piece in words.split(['，', '。', '；', '（', '）', '\n']) {
        for part in split_tiers(piece) {
            if fits("sample-act", part) || first("sample-rate", part).is_some() {
                about_users = fits("sample-users", part);
            }
            let tiers = if about_users { &mut users } else { &mut records };
            if take(part, tiers) {
                read.push(part);
                if fits("sample-audited", part) {
                    *(if about_users { &mut of_users } else { &mut of_records }) =
                        if about_users { "audited-users" } else { "audited-records" };
                }
            }
        }
    }
    let mut value = String::new();
    for (name, of, mut tiers) in [("users", of_users, users), ("records", of_records, records)] {
        // 逾一百件者，以一百件為限: a cap of the tier before.
        for at in (1..tiers.len()).rev() {
            let tier = &tiers[at];
            if tier.rate.is_none()
                && tier.fixed.is_none()
                && tier.min.is_none()
                && tier.max.is_some()
            {
                tiers[at - 1].max = tiers.remove(at).max;
            }
        }
        tiers.retain(|tier| {
            tier.rate.is_some() || tier.fixed.is_some() || tier.min.is_some() || tier.max.is_some()
        });
        tiers.sort_by_key(|tier| tier.up_to.unwrap_or(u64::MAX));
        if tiers
            .iter()
            .all(|tier| tier.rate.is_none() && tier.fixed.is_none() && tier.min.is_none())
        {
            continue;
        }
        let written: Vec<String> = tiers.iter().map(Tier::yaml).collect();
        _ = writeln!(value, "    {name}: {{of: {of}, tiers: [{}]}}", written.join(", "));
    }
    if value.is_empty() {
        return None;
    }
    if let Some(hit) = first("sample-months", words) {
        value.push_str("    months: every-used\n");
        read.push(hit.words);
    }
    Some((value, read.join("，")))
}

/// Where one piece holds several: 抽查6%、最少6件.
fn split_tiers(piece: &str) -> impl Iterator<Item = &str> {
    piece.split('、')
}

/// Reads the figures of a part into the tiers; whether there were any.
fn take(part: &str, tiers: &mut Vec<Tier>) -> bool {
    if fits("sample-all", part) {
        // 未達十筆者全數: what a floor means already.
        return false;
    }
    let rate = rate(part);
    let from = first("sample-from", part);
    let floor = first("sample-floor", part).filter(|floor| {
        from.as_ref().is_none_or(|from| floor.end <= from.start || from.end <= floor.start)
    });
    let cap = first("sample-cap", part);
    let upto = first("sample-upto", part);
    if let Some(hit) = &upto {
        let Some(number) = hit.number("n") else { return false };
        let up_to = if hit.value == "below" { number.saturating_sub(1) } else { number };
        // 未達五筆者，至少五筆: a floor of what stands before, and no tier.
        let only_floor = floor.is_some() && rate.is_none();
        let known = tiers.iter().any(|tier| tier.rate.is_some());
        if hit.value == "below" && rate.is_none() && known {
            // The floor may stand in the next piece, and goes to the tier with the rate.
            let at = tiers.iter().rposition(|tier| tier.rate.is_some()).unwrap_or(0);
            let tier = tiers.remove(at);
            tiers.push(tier);
        } else if !only_floor {
            tiers.push(Tier { up_to: Some(up_to), ..Tier::default() });
        }
    } else if let Some(from) = &from
        && !from.words.is_empty()
        && !tiers.last().is_some_and(Tier::is_empty)
    {
        tiers.push(Tier::default());
    }
    let tier = tiers.last_mut().expect("there is one at the start");
    let mut any = upto.is_some() || from.is_some();
    if let Some(rate) = rate {
        tier.rate = Some(rate);
        any = true;
    }
    if let Some(number) = floor.as_ref().and_then(|hit| hit.number("n")) {
        let person = part.ends_with(['人', '名']);
        if tier.min.is_none() || !person {
            tier.min = Some(number);
        }
        any = true;
    }
    if let Some(number) = cap.as_ref().and_then(|hit| hit.number("n")) {
        tier.max = Some(number);
        any = true;
    }
    if floor.is_none() && cap.is_none() && tier.rate.is_none() && upto.is_none() {
        let fixed = first("sample-fixed", part);
        if let Some(number) = fixed.and_then(|hit| hit.number("n")) {
            tier.fixed = Some(number);
            any = true;
        }
    }
    any
}

/// 百分之三, 6%, 十分之一 as a share that YAML takes.
fn rate(part: &str) -> Option<String> {
    hits("sample-rate", part).find_map(|hit| match hit.value {
        "percent" => Some(format!("{}%", hit.number("n")?)),
        _ => {
            let (whole, share) = (hit.number("m")?, hit.number("n")?);
            (whole > 0 && share * 100 % whole == 0).then(|| format!("{}%", share * 100 / whole))
        }
    })
}

impl Tier {
    fn is_empty(&self) -> bool {
        *self == Tier::default()
    }

    fn yaml(&self) -> String {
        let mut keys = Vec::new();
        let mut add = |key: &str, value: Option<String>| {
            keys.extend(value.map(|value| format!("{key}: {value}")));
        };
        add("up_to", self.up_to.map(|number| number.to_string()));
        add("rate", self.rate.clone());
        let bare = self.rate.is_none() && self.fixed.is_none();
        let fixed = if bare { self.min } else { self.fixed };
        add("fixed", fixed.map(|number| number.to_string()));
        add("min", self.min.filter(|_| !bare).map(|number| number.to_string()));
        add("max", self.max.map(|number| number.to_string()));
        format!("{{{}}}", keys.join(", "))
    }
}
