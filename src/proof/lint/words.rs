//! Words of rules that mean nothing here: roles and duties that nobody has, forms that no clause
//! knows, the same word twice in a list, and two spellings of one word.

use std::collections::{BTreeMap, BTreeSet};

use super::found::Found;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::law::{AttachmentLabel, attachments_in};
use crate::model::condition::{Op, Term, Test};
use crate::model::party::plain;
use crate::model::{
    Answer, AnswerKind, Condition, Demand, Duty, EventKind, Id, Model, Obligation, Party, Post,
    TriggerDay,
};

/// Looks at the words of every rule.
pub fn check(model: &Model, found: &mut Vec<Found>) {
    for (id, rule) in model.obligations.iter() {
        for condition in conditions(rule) {
            of_condition(model, (id, rule), condition, found);
        }
        let words = Words { model, id, rule };
        words.refused_roles(found);
        words.approval(found);
        words.repeats(found);
        words.parties(found);
        words.forms(found);
    }
    spellings(model, found);
}

/// The conditions of a rule.
fn conditions(rule: &Obligation) -> Vec<&Condition> {
    let more = match &rule.duty {
        Duty::Invariant(invariant) => invariant.must.as_ref(),
        Duty::Permission { candidates, .. } => candidates.as_ref(),
        _ => None,
    };
    rule.when.iter().chain(more).collect()
}

/// Words that a condition compares: roles of people, and duties that records answer.
fn of_condition(
    model: &Model,
    (id, rule): (Id<Obligation>, &Obligation),
    condition: &Condition,
    found: &mut Vec<Found>,
) {
    let mut compared = Vec::new();
    pairs(&condition.says, &mut compared);
    let mut said = BTreeSet::new();
    for (name, word) in compared {
        if !said.insert((name, word)) {
            continue;
        }
        let diagnostic = match name {
            "audit.obligation" => not_answered(model, rule, word),
            _ if name == HOLDERS || name.ends_with("roles") => unknown_role(model, word),
            _ => None,
        };
        let Some((code, message, help)) = diagnostic else { continue };
        let quoted = format!("\"{word}\"");
        let at = condition
            .source
            .find(&quoted)
            .map_or(condition.span, |at| condition.span.within(at, at + quoted.len()));
        found.push(Found::of(id, Diagnostic::new(code, at, message).help(help)));
    }
}

/// What the second value of `holders` is compared as.
const HOLDERS: &str = "holders";

/// The roles that a condition asks of people, each once.
pub(super) fn roles_in(test: &Test) -> BTreeSet<&str> {
    let mut compared = Vec::new();
    pairs(test, &mut compared);
    compared
        .into_iter()
        .filter(|(name, _)| name.ends_with(".roles"))
        .map(|(_, role)| role)
        .collect()
}

/// Every text that stands beside a name.
fn pairs<'a>(test: &'a Test, all: &mut Vec<(&'a str, &'a str)>) {
    match test {
        Test::All(tests) | Test::Any(tests) => tests.iter().for_each(|one| pairs(one, all)),
        Test::Not(inner) => pairs(inner, all),
        Test::Holds(term) => in_term(term, all),
        Test::Compare(left, op, right) => {
            for term in [left, right] {
                in_term(term, all);
            }
            let texts = |term: &'a Term| match term {
                Term::Text(text) => vec![text.as_str()],
                Term::List(terms) => terms.iter().filter_map(text).collect(),
                _ => Vec::new(),
            };
            if matches!(op, Op::Is | Op::IsNot | Op::In) {
                for (one, other) in [(left, right), (right, left)] {
                    if let Term::Name(name) = one {
                        all.extend(texts(other).into_iter().map(|word| (&**name, word)));
                    }
                }
            }
        }
    }
}

fn text(term: &Term) -> Option<&str> {
    match term {
        Term::Text(text) => Some(text),
        _ => None,
    }
}

fn in_term<'a>(term: &'a Term, all: &mut Vec<(&'a str, &'a str)>) {
    match term {
        Term::Call(_, given) => {
            if let [Term::Name(_), Term::Text(role)] = &given[..] {
                all.push((HOLDERS, role));
            }
            given.iter().for_each(|one| in_term(one, all));
        }
        Term::List(terms) => terms.iter().for_each(|one| in_term(one, all)),
        Term::Sum(left, _, right) => [left, right].into_iter().for_each(|one| in_term(one, all)),
        Term::Choice(test, then, other) => {
            pairs(test, all);
            [then, other].into_iter().for_each(|one| in_term(one, all));
        }
        Term::Truth(test) => pairs(test, all),
        _ => {}
    }
}

type Said = (Code, String, String);

/// A role that no record of roles and no post has.
fn unknown_role(model: &Model, word: &str) -> Option<Said> {
    let held = |post: &Post| post.roles.iter().any(|role| model.role_names[*role].slug == word);
    let known = model.roles.is_empty()
        || model.roles.find(word).is_some()
        || model.posts.iter().any(|(_, post)| held(post));
    if known || parse_day(word) {
        return None;
    }
    let ids = model.roles.iter().map(|(_, role)| role.slug.as_str());
    let help = did_you_mean(word, ids)
        .unwrap_or_else(|| "add the role to `content/roles.yaml`, or correct the word".to_owned());
    Some((Code::UnknownRole, format!("no role has the id `{word}`, and no post holds it"), help))
}

fn parse_day(word: &str) -> bool {
    crate::time::parse_day(word).is_ok()
}

/// A duty that is not there, or that no audit answers.
fn not_answered(model: &Model, rule: &Obligation, path: &str) -> Option<Said> {
    let Some((_, other)) =
        model.obligations.iter().find(|(id, _)| model.obligation_path(*id) == path)
    else {
        let paths: Vec<String> =
            model.obligations.iter().map(|(id, _)| model.obligation_path(id)).collect();
        let help = did_you_mean(path, paths.iter().map(String::as_str))
            .unwrap_or_else(|| "write `REGULATION/DUTY`".to_owned());
        let message = format!("no audit answers `{path}`: there is no such duty");
        return Some((Code::ConditionNever, message, help));
    };
    let answered = other.duty.demand().is_some_and(|demand| demand.answered_by == Answer::Audit);
    let why = if !answered {
        "that duty is answered by something else"
    } else if other.regulation != rule.regulation {
        "only audits of its own regulation are looked at"
    } else {
        return None;
    };
    let message = format!("no audit that this rule looks at answers `{path}`: {why}");
    Some((
        Code::ConditionNever,
        message,
        "name a duty of this regulation that audits answer".to_owned(),
    ))
}

struct Words<'a> {
    model: &'a Model,
    id: Id<Obligation>,
    rule: &'a Obligation,
}

impl Words<'_> {
    fn say(&self, code: Code, message: String, help: impl Into<String>, found: &mut Vec<Found>) {
        let diagnostic = Diagnostic::new(code, self.rule.span, message).help(help);
        found.push(Found::of(self.id, diagnostic));
    }

    /// Roles that `independent` refuses and nobody has.
    fn refused_roles(&self, found: &mut Vec<Found>) {
        let Duty::Invariant(invariant) = &self.rule.duty else { return };
        let refused = invariant.independent.iter().flat_map(|one| &one.not_roles);
        let refused = refused.map(|role| &self.model.role_names[*role].slug);
        for (code, message, help) in refused.filter_map(|role| unknown_role(self.model, role)) {
            self.say(code, message, help, found);
        }
    }

    /// An approval by words that no role means: nobody can ever tell who gave it.
    fn approval(&self, found: &mut Vec<Found>) {
        let Some(party) = self.rule.duty.demand().and_then(|demand| demand.approval) else {
            return;
        };
        let party_row = &self.model.parties[party];
        if self.model.roles.is_empty() || !party_row.roles.is_empty() {
            return;
        }
        let words = &party_row.words;
        let parties = self.words_of_roles();
        let help = did_you_mean(words, parties)
            .unwrap_or_else(|| "add the words to `parties` of the role that they mean".to_owned());
        let message = format!(
            "`approval: {words}` is a party of no role: of no act can it be told whether it was approved"
        );
        // An authority outside, which the text names, is no slip: what is sent, or done about an event, may have its letter.
        let somebody = self.is_somebody(party);
        let demand = self.rule.duty.demand();
        let by_letter =
            |demand: &Demand| matches!(demand.answered_by, Answer::Submission | Answer::Event);
        if somebody && demand.is_some_and(by_letter) {
            return;
        }
        let code = if somebody { Code::LintUndecided } else { Code::UnknownRole };
        self.say(code, message, help, found);
    }

    /// Who takes part or is told, in words that neither the text nor any record has.
    fn parties(&self, found: &mut Vec<Found>) {
        let Some(demand) = self.rule.duty.demand() else { return };
        let model = self.model;
        let keys = [("joint", &demand.joint), ("notify", &demand.notify)];
        let to = demand.to.iter().map(|party| ("to", *party));
        let all = keys.into_iter().flat_map(|(key, all)| all.iter().map(move |one| (key, *one)));
        let unknown = all.chain(to).filter(|(_, party)| !self.is_somebody(*party));
        let unknown: Vec<(&str, &String)> =
            unknown.map(|(key, party)| (key, &model.parties[party].words)).collect();
        let names = || {
            let agencies = model.agencies.iter().map(|(_, one)| one.name.as_str());
            self.words_of_roles().chain(agencies)
        };
        if model.roles.is_empty() {
            return;
        }
        for (key, party) in unknown {
            let message = format!(
                "`{key}: {party}` is nobody: no role, agency or unit is called so, and the text has no such words"
            );
            let help = did_you_mean(party, names()).unwrap_or_else(|| {
                "write the party as the clause does, or add the words to `parties` of a role"
                    .to_owned()
            });
            // What differs in one character is a slip; of other words the text may mean somebody by
            // another name, such as 本局.
            let slip =
                names().any(|name| differs_in_one(name, party)) || self.is_near_the_text(party);
            let code = if slip { Code::UnknownRole } else { Code::LintUndecided };
            self.say(code, message, help, found);
        }
    }

    /// The words that mean roles.
    fn words_of_roles(&self) -> impl Iterator<Item = &str> {
        let parties = self.model.roles.iter().flat_map(|(_, role)| &role.parties);
        parties.map(|party| self.model.parties[*party].words.as_str())
    }

    /// Whether the text has words of the same length as the last three characters, of which one
    /// differs: 民正局 for 民政局.
    fn is_near_the_text(&self, party: &str) -> bool {
        let ending: Vec<char> = ending(party).chars().collect();
        let versions = &self.model.regulations[self.rule.regulation].versions;
        ending.len() == 3
            && versions.iter().any(|version| {
                let text: Vec<char> = plain(&version.text.letters()).chars().collect();
                text.windows(3).any(|three| {
                    // The kind of office, and all but one of what comes before it.
                    three[2] == ending[2] && (three[0] == ending[0]) != (three[1] == ending[1])
                })
            })
    }

    /// Whether words are a party of a role, an agency or a unit, or end as words of the text do:
    /// 臺北市政府民政局 is what the text calls 本府民政局.
    fn is_somebody(&self, party: Id<Party>) -> bool {
        let model = self.model;
        let has_role = !model.parties[party].roles.is_empty();
        let party = plain(&model.parties[party].words);
        let known = has_role
            || model.agencies.iter().any(|(_, one)| plain(&one.name) == party)
            || model.units.iter().any(|(_, one)| plain(&one.name) == party);
        let ending = ending(&party);
        let versions = &model.regulations[self.rule.regulation].versions;
        known || versions.iter().any(|version| plain(&version.text.letters()).contains(&ending))
    }

    /// The same entry twice in a list.
    fn repeats(&self, found: &mut Vec<Found>) {
        let rule = self.rule;
        let slugs = |duties: &[Id<Obligation>]| -> Vec<String> {
            duties.iter().map(|id| self.model.obligations[*id].slug.clone()).collect()
        };
        let answers = |kinds: &[Id<AnswerKind>]| -> Vec<String> {
            kinds.iter().map(|kind| self.model.answer_kinds[*kind].slug.clone()).collect()
        };
        let clauses = rule.clauses.iter().map(|clause| clause.value.to_string()).collect();
        let mut lists: Vec<(&str, Vec<String>)> =
            vec![("clauses", clauses), ("by", self.model.role_words(&rule.by))];
        if let Some(demand) = rule.duty.demand() {
            lists.extend([
                ("acts", self.model.role_words(&demand.acts)),
                ("joint", self.model.party_words(&demand.joint)),
                ("evidence", self.model.forms.words(&demand.evidence)),
                ("contains", self.model.items.words(&demand.contains)),
                ("manner", self.model.manners.words(&demand.manner)),
                ("notify", self.model.party_words(&demand.notify)),
                ("after", slugs(&demand.after)),
            ]);
        }
        match &rule.duty {
            Duty::Periodic(one) => {
                lists.push(("months", one.months.iter().map(u32::to_string).collect()));
            }
            Duty::Event(one) => lists.extend([
                ("answer", answers(&one.answers)),
                ("answered_on", one.answered_on.clone()),
                ("unless", slugs(&one.unless)),
            ]),
            Duty::Retention(one) => lists.push(("answering", slugs(&one.answering))),
            _ => {}
        }
        for (key, words) in lists {
            let mut seen = BTreeSet::new();
            if let Some(twice) = words.iter().find(|word| !seen.insert(plain(word))) {
                let message = format!("`{key}` names `{twice}` twice");
                self.say(
                    Code::ListedTwice,
                    message,
                    "remove one, or correct the one that was meant otherwise",
                    found,
                );
            }
        }
    }

    /// Forms that are called an attachment the regulation does not have.
    fn forms(&self, found: &mut Vec<Found>) {
        let Some(demand) = self.rule.duty.demand() else { return };
        let regulation = &self.model.regulations[self.rule.regulation];
        let known: Vec<AttachmentLabel> =
            regulation.attachments.iter().map(|one| one.label).collect();
        if known.is_empty() {
            return;
        }
        // A clause may name a form that the list of attachments leaves out.
        let said = || {
            let texts = regulation.versions.iter();
            texts.flat_map(|version| attachments_in(&version.text.letters()))
        };
        for form in self.model.forms.words(&demand.evidence) {
            for named in attachments_in(&form) {
                if known.contains(&named) || said().any(|one| one == named) {
                    continue;
                }
                let all: Vec<String> = known.iter().map(ToString::to_string).collect();
                let message = format!(
                    "`evidence: {form}` names {named}, which is no attachment of the regulation"
                );
                let help = format!(
                    "it has {}: correct the form, or list it under `attachments`",
                    all.join("、")
                );
                self.say(Code::UnresolvedReference, message, help, found);
            }
        }
    }
}

/// The last three characters of words.
fn ending(words: &str) -> String {
    let count = words.chars().count();
    words.chars().skip(count.saturating_sub(3)).collect()
}

/// Whether two names of one length differ in one character.
fn differs_in_one(one: &str, other: &str) -> bool {
    one.chars().count() == other.chars().count()
        && one.chars().zip(other.chars()).filter(|(a, b)| a != b).count() == 1
}

/// Words for events and answers that differ in one letter: one of them is a slip, and what it names
/// never happens.
fn spellings(model: &Model, found: &mut Vec<Found>) {
    let happened = |kind: Id<EventKind>| &*model.event_kinds[kind].slug;
    let done = |kind: Id<AnswerKind>| &*model.answer_kinds[kind].slug;
    let mut words: BTreeMap<(&str, &str), Vec<Id<Obligation>>> = BTreeMap::new();
    for (id, rule) in model.obligations.iter() {
        let Duty::Event(event) = &rule.duty else { continue };
        words.entry(("event", happened(event.event))).or_default().push(id);
        for answer in &event.answers {
            words.entry(("answer", done(*answer))).or_default().push(id);
        }
    }
    let recorded = |key: &str, word: &str| {
        model.events.iter().any(|(_, event)| match key {
            "event" => happened(event.kind) == word && event.follows.is_none(),
            _ => event.answers.iter().any(|answer| done(answer.what) == word),
        })
    };
    let follows = |rules: &[Id<Obligation>]| {
        rules.iter().any(|id| match &model.obligations[*id].duty {
            Duty::Event(event) => {
                event.follows.iter().any(|one| !matches!(one.on, TriggerDay::Answered(_)))
            }
            _ => false,
        })
    };
    for ((key, word), rules) in &words {
        let nears = words
            .keys()
            .filter(|(other, near)| other == key && near != word && is_slip(word, near));
        let Some((_, near)) = nears.max_by_key(|at| words[*at].len()) else { continue };
        let (own, other) = (recorded(key, word), recorded(key, near));
        // Of two that are equal in all the later one is said to be the slip.
        let weight = |is: bool, of: &[Id<Obligation>]| (is, follows(of), of.len());
        let (mine, theirs) = (weight(own, rules), weight(other, &words[&(*key, *near)]));
        let later = rules[0] > words[&(*key, *near)][0];
        if own || mine > theirs || (mine == theirs && !later) {
            continue;
        }
        let id = rules[0];
        let message = format!(
            "`{key}: {word}` is one letter from `{near}` of `{}`, and no record has it: what is recorded as `{near}` starts and answers nothing here",
            model.obligations[words[&(*key, *near)][0]].slug
        );
        let diagnostic = Diagnostic::new(Code::TwoSpellings, model.obligations[id].span, message)
            .help(format!("did you mean `{near}`?"));
        found.push(Found::of(id, diagnostic));
    }
}

/// Whether two words in Latin letters are a slip apart. A digit that differs is meant, and Chinese
/// words often differ in one character only.
fn is_slip(one: &str, other: &str) -> bool {
    let plain = |word: &str| word.is_ascii() && word.len() >= 6;
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).collect::<String>();
    plain(one)
        && plain(other)
        && digits(one) == digits(other)
        && strsim::damerau_levenshtein(one, other) == 1
}
