//! A question that a clause leaves open: the words, the ways they can be read, each as a change of
//! rules, and who chose one on what ground. What is settled by nobody is said to be unsettled.

use super::{Id, Model, Obligation, Regulation};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::law::ClauseNumber;
use crate::record::value::Group;
use crate::source::{Span, Spanned};
use crate::time::Day;

/// An open question and its readings.
#[derive(Debug)]
pub struct Question {
    /// Unique within its regulation.
    pub slug: String,
    pub regulation: Id<Regulation>,
    pub clause: Spanned<ClauseNumber>,
    /// The words of the clause that can be read in several ways.
    pub words: Spanned<String>,
    pub question: String,
    /// The readings, two at least.
    pub options: Vec<Choice>,
    /// The place in `options` of the one that the rules follow.
    pub chosen: usize,
    /// Who chose it; `None`: nobody, the question is unsettled.
    pub by: Option<Decision>,
    /// The last day on which the choice holds without another look.
    pub review_by: Option<Day>,
    pub note: Option<String>,
    /// The duties that a reading changes, each once.
    pub duties: Vec<Id<Obligation>>,
    pub span: Span,
}

/// One way to read the words.
#[derive(Debug)]
pub struct Choice {
    pub slug: String,
    /// What it says, in a sentence.
    pub says: String,
    pub set: Vec<Set>,
}

/// A change of a rule: what stands under a path becomes something else.
#[derive(Clone, Debug)]
pub struct Set {
    /// `DUTY.KEY.KEY`, as an author writes it.
    pub path: Spanned<String>,
    /// What is set, in YAML; `none` takes the key away.
    pub value: Spanned<String>,
}

/// Who chose a reading.
#[derive(Debug)]
pub struct Decision {
    /// The post, in words: no person is named.
    pub post: String,
    pub on: Day,
    /// The letter or ruling it rests on.
    pub ground: Authority,
}

/// What a choice rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authority {
    /// A letter of the authority.
    Letter(String),
    /// A ruling of a court or of the ministry in charge.
    Ruling(String),
}

impl Authority {
    /// The word of its texts.
    pub fn as_str(&self) -> &'static str {
        match self {
            Authority::Letter(_) => "letter",
            Authority::Ruling(_) => "ruling",
        }
    }

    /// The document.
    pub fn document(&self) -> &str {
        match self {
            Authority::Letter(document) | Authority::Ruling(document) => document,
        }
    }
}

impl Question {
    /// The option that the rules follow.
    pub fn choice(&self) -> &Choice {
        &self.options[self.chosen]
    }

    /// Whether its choice must be looked at again on a day.
    pub fn is_due(&self, on: Day) -> bool {
        self.review_by.is_some_and(|last| last < on)
    }

    /// Reads one entry of `readings.yaml`.
    pub(super) fn resolve(
        fields: &Group,
        regulation: Id<Regulation>,
        report: &mut Diagnostics,
    ) -> Option<Self> {
        let clause = fields.text("clause")?;
        let words = fields.text("words")?;
        let options: Vec<Choice> = fields.groups("options").filter_map(choice).collect();
        let fault = |code, span, message: String| Diagnostic::new(code, span, message);
        let mut seen = std::collections::BTreeSet::new();
        if let Some(twice) = options.iter().find(|one| !seen.insert(&one.slug)) {
            let message = format!("two options are called `{}`", twice.slug);
            report.push(
                fault(Code::DuplicateId, fields.key_span("options"), message)
                    .help("give each its own id"),
            );
        }
        if options.len() < 2 && !fields.is_broken("options") {
            let message = "a question has two readings at least".to_owned();
            report.push(
                fault(Code::IncompleteRule, fields.key_span("options"), message)
                    .help("add the reading that was not chosen"),
            );
            return None;
        }
        let chosen = fields.text("chosen")?;
        let Some(place) = options.iter().position(|one| one.slug == chosen.value) else {
            let known = || options.iter().map(|one| one.slug.as_str());
            let all = || format!("options: {}", known().collect::<Vec<_>>().join(", "));
            let message = format!("no option is called `{}`", chosen.value);
            report.push(
                fault(Code::UnknownWord, chosen.span, message)
                    .help(did_you_mean(chosen.value, known()).unwrap_or_else(all)),
            );
            return None;
        };
        let changes = |one: &Choice| -> Vec<(String, String)> {
            let set = one.set.iter().map(|set| (set.path.value.clone(), set.value.value.clone()));
            set.collect()
        };
        for (at, option) in options.iter().enumerate().filter(|(_, one)| !one.set.is_empty()) {
            let same = options[..at].iter().find(|one| changes(one) == changes(option));
            if let Some(same) = same {
                let message =
                    format!("the readings `{}` and `{}` change the same", same.slug, option.slug);
                report.push(
                    fault(Code::InvalidChange, option.set[0].path.span, message)
                        .help("say how the rules differ by each, or leave one out"),
                );
            }
        }
        let by = fields.group("by").and_then(|by| decision(by, report));
        let review_by = fields.date("review_by");
        if let (Some(by), Some(last)) = (&by, review_by)
            && last < by.on
        {
            let message =
                format!("the choice of {} had to be looked at again by {last}, before it", by.on);
            report.push(
                fault(Code::InconsistentDates, fields.key_span("review_by"), message)
                    .help("correct one of the two days"),
            );
        }
        Some(Self {
            slug: fields.string("id"),
            regulation,
            clause: Spanned::new(clause.value.parse().ok()?, clause.span),
            words: words.map(str::to_owned),
            question: fields.string("question"),
            options,
            chosen: place,
            by,
            review_by,
            note: fields.maybe_string("note"),
            duties: Vec::new(),
            span: fields.text("id")?.span,
        })
    }
}

fn choice(fields: &Group) -> Option<Choice> {
    let set = fields.group("set").map(|set| &set.entries[..]).unwrap_or_default();
    let set = set.iter().filter_map(|(path, value)| {
        let text = value.as_text()?;
        Some(Set { path: path.clone(), value: Spanned::new(text.to_owned(), value.span) })
    });
    let set: Vec<Set> = set.collect();
    Some(Choice { slug: fields.string("id"), says: fields.string("says"), set })
}

fn decision(by: &Group, report: &mut Diagnostics) -> Option<Decision> {
    let ground = match (by.maybe_string("letter"), by.maybe_string("ruling")) {
        (Some(letter), None) => Authority::Letter(letter),
        (None, Some(ruling)) => Authority::Ruling(ruling),
        _ => {
            let message = "who chose a reading rests it on one letter or one ruling";
            report.push(
                Diagnostic::new(Code::IncompleteRule, by.span, message).help(
                    "write `letter` or `ruling`; while there is neither, leave out `by`: the question is unsettled",
                ),
            );
            return None;
        }
    };
    Some(Decision { post: by.maybe_string("post")?, on: by.date("on")?, ground })
}

/// Links the questions with the duties they change, and reports what they do not match: words that
/// the clause does not say, duties that nobody has, ids twice.
pub(super) fn link(model: &mut Model, report: &mut Diagnostics) {
    for id in model.regulations.ids().collect::<Vec<_>>() {
        let mut linked = Vec::new();
        let mut seen = std::collections::BTreeMap::new();
        for question in &model.regulations[id].questions {
            if let Some(first) = seen.insert(question.slug.clone(), question.span) {
                let message = format!("two questions have the id `{}`", question.slug);
                report.push(
                    Diagnostic::new(Code::DuplicateId, question.span, message)
                        .related(first, "the other one")
                        .help("give one of them another id"),
                );
            }
            says(model, question, report);
            linked.push(duties(model, question, report));
        }
        for (question, duties) in model.regulations.row_mut(id).questions.iter_mut().zip(linked) {
            question.duties = duties;
        }
    }
}

/// Reports words that no version of the clause says.
fn says(model: &Model, question: &Question, report: &mut Diagnostics) {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let words = bare(&question.words.value);
    let regulation = &model.regulations[question.regulation];
    let clause = &question.clause;
    let texts = regulation.versions.iter().filter_map(|one| one.text.clause(&clause.value));
    let texts: Vec<String> = texts.map(|one| bare(&one.own_text())).collect();
    if texts.is_empty() {
        let message = format!("no clause `{}` in {}", clause.value, regulation.slug);
        report.push(
            Diagnostic::new(Code::UnknownClause, clause.span, message).help("correct the number"),
        );
    } else if !texts.iter().any(|text| text.contains(&words)) {
        let message = format!("clause `{}` does not say `{}`", clause.value, question.words.value);
        report.push(
            Diagnostic::new(Code::UnmatchedReading, question.words.span, message)
                .help("write the words as they stand in the text, or remove the question"),
        );
    }
}

fn duties(model: &Model, question: &Question, report: &mut Diagnostics) -> Vec<Id<Obligation>> {
    let mut duties = Vec::new();
    let own =
        || model.obligations.iter().filter(|(_, rule)| rule.regulation == question.regulation);
    for set in question.options.iter().flat_map(|option| &option.set) {
        let slug = set.path.value.split('.').next().unwrap_or_default();
        match own().find(|(_, rule)| rule.slug == slug) {
            Some((id, _)) if duties.contains(&id) => {}
            Some((id, _)) => duties.push(id),
            None => {
                let known: Vec<&str> = own().map(|(_, rule)| rule.slug.as_str()).collect();
                let message = format!("no duty of the regulation is called `{slug}`");
                report.push(Diagnostic::new(Code::InvalidChange, set.path.span, message).help(
                    did_you_mean(slug, known).unwrap_or_else(|| {
                        "write `DUTY.KEY`, such as `monthly-check.due`".to_owned()
                    }),
                ));
            }
        }
    }
    duties
}
