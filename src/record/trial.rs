//! What `regulations/ID/tests.yaml` may hold: tests of the duties, beside the rules.

use super::schema::{Field, Shape, optional, required};

/// The statuses a case may expect; `absent` where nothing is asked at all.
pub const STATUSES: &[&str] = &[
    "overdue",
    "deficient",
    "unknown",
    "due-soon",
    "open",
    "upcoming",
    "done-late",
    "done",
    "waived",
    "not-applicable",
    "absent",
];

/// What an entry of `tests.yaml` may hold.
pub const TRIAL: &[Field] = &[
    required("of", Shape::Id, "the duty it tests, of this regulation"),
    optional("title", Shape::Text, "what happens, in a line"),
    optional("because", Shape::Text, "the words of the text that say so, or why it is so"),
    optional(
        "sizes",
        Shape::Attributes,
        "how many of a population must be looked at: `{5: 5, 101: 7}`",
    ),
    optional(
        "measure",
        Shape::Word(&["records", "users"]),
        "what `sizes` counts, where the rule draws both",
    ),
    optional(
        "days",
        Shape::Attributes,
        "the last day, by the day the time runs from: `{2026-04-30: 2026-07-31}`; of hours the last \
         instant: `{2026-11-20T16:40: 2026-11-21T16:40}`",
    ),
    optional("periods", Shape::Attributes, "the due day of periods: `{2026-09: 2026-10-31}`"),
    optional(
        "given",
        Shape::Given,
        "what is so, beside the smallest world in which the duty applies",
    ),
    optional("on", Shape::Planned, "the day that is judged"),
    optional(
        "expect",
        Shape::Group(&[
            optional("status", Shape::Word(STATUSES), "the status"),
            optional("due", Shape::Planned, "the due day"),
            optional(
                "due_at",
                Shape::Instant,
                "of a duty in hours, or due by a time of day: the last instant",
            ),
            optional("opens", Shape::Planned, "the first day of the window"),
            optional("done_on", Shape::Planned, "the day everything the rule asks was there"),
            optional("done_at", Shape::Instant, "of such a duty: the time of that day"),
            optional(
                "required",
                Shape::Count,
                "records that must be looked at, or users if only those",
            ),
            optional("required_users", Shape::Count, "users that must be looked at"),
            optional(
                "reasons",
                Shape::List(&Shape::Text),
                "codes of reasons that are given; every shortfall must be among them",
            ),
            optional(
                "check",
                Shape::Word(&["held", "breached", "unknown", "not-applicable"]),
                "what an invariant comes to",
            ),
            optional("keep_until", Shape::Text, "the last day papers are kept, or `none`"),
            optional(
                "candidate",
                Shape::Word(&["yes", "no", "unknown"]),
                "whether a permission may be used",
            ),
        ]),
        "what must come of it; `?` until a person fills it in",
    ),
    optional(
        "equivalent",
        Shape::Groups(&[
            required("mutant", Shape::Text, "the change of the rule, as `test --mutate` names it"),
            required("because", Shape::Text, "why no input tells it from the rule"),
        ]),
        "changes of the rule that change nothing",
    ),
    optional(
        "source",
        Shape::Group(&[
            optional("clause", Shape::Clause, "the clause it follows from"),
            optional("letter", Shape::Text, "the letter or ruling that says so (函釋)"),
            optional("example", Shape::Text, "the published example or form"),
        ]),
        "what it rests on; default: the first clause of the duty",
    ),
    required("by", Shape::Text, "the post that wrote it"),
];
