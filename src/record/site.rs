//! What the site itself may hold: `clausebook.yaml` and the heads of guidance pages.

use super::schema::{Field, Shape, optional, required};

/// The lines between `---` at the top of a guidance page.
pub const GUIDANCE: &[Field] = &[optional(
    "duties",
    Shape::List(&Shape::Obligation),
    "the duties the page explains, `REGULATION/OBLIGATION`",
)];

/// `clausebook.yaml`.
pub const CONFIG: &[Field] = &[
    required("name", Shape::Text, "name of the site"),
    optional(
        "waive",
        Shape::Groups(&[
            required("code", Shape::Text, "the code of a warning, such as `clause-gap`"),
            optional("file", Shape::Text, "only in this file, by its path in the site's folder"),
            required("reason", Shape::Text, "why it may stand"),
            required(
                "until",
                Shape::Planned,
                "the last day on which it is waived, five years ahead at most",
            ),
        ]),
        "warnings that are counted but not shown, until a day; then they are errors",
    ),
    optional(
        "robots",
        Shape::Word(&["none", "all"]),
        "whether search engines may list the site: `none` (the default) or `all`",
    ),
    required("agency", Shape::Text, "who publishes it"),
    optional("contact", Shape::Text, "who answers questions"),
    optional(
        "edit_url",
        Shape::Text,
        "where a record is edited: an address with `{path}` and `{line}`; with it the places that \
         pages name have a link to the editor",
    ),
    optional(
        "as_of",
        Shape::Date,
        "the as-of date if none is given on the command line; default: today",
    ),
    optional("demo", Shape::Flag, "every page says that the records are invented"),
    optional(
        "due_soon_days",
        Shape::Count,
        "`due-soon` begins so many days before the due date; default 14",
    ),
    optional(
        "new_days",
        Shape::Count,
        "a failure is new while it fell due less than so many days ago, and standing then; default 90",
    ),
    optional(
        "tested_min",
        Shape::Count,
        "for the gate `untested`: of the elements of each judged duty so many of a hundred must be exercised by tests; default 0: one test will do",
    ),
    optional("stale_days", Shape::Count, "a page older than this says so; default 7"),
    optional(
        "appearance",
        Shape::Group(&[
            optional("band", Shape::Colour, "ground of the head of each page, under white text"),
            optional("accent", Shape::Colour, "links and marks; made lighter for the dark mode"),
            optional(
                "logo",
                Shape::Path,
                "a picture under `templates/`, such as `assets/logo.svg`",
            ),
        ]),
        "the publisher's logo and two colours; a contrast under 4.5 : 1 is refused",
    ),
    optional(
        "url",
        Shape::Address,
        "where the site is served; with it there are a site map for machines and a 404 page with a menu",
    ),
    optional(
        "aliases",
        Shape::Groups(&[
            required("from", Shape::Path, "the address a page had, such as `units/old.html`"),
            required("to", Shape::Path, "the page that took its place"),
        ]),
        "addresses that moved: a page at the old one leads to the new one",
    ),
    optional(
        "access_keys",
        Shape::Flag,
        "the keys U, C, Z and S lead to the parts of a page; default `true`",
    ),
    optional(
        "policies",
        Shape::Groups(&[
            required("title", Shape::Text, "what the link says"),
            required("url", Shape::Address, "where it leads"),
        ]),
        "links in the foot of each page, such as the publisher's privacy and security policies",
    ),
    optional(
        "accessibility_mark",
        Shape::Group(&[
            required("image", Shape::Path, "the mark, a picture under `templates/`"),
            required("title", Shape::Text, "what the mark says, for those who do not see it"),
            required("url", Shape::Address, "the page of the authority that granted it"),
        ]),
        "the mark for accessible sites, shown in the foot of the home page",
    ),
    optional("show_names", Shape::Flag, "print display names in full; default: masked"),
    optional(
        "undated",
        Shape::Group(&[
            optional(
                "months_after",
                Shape::Count,
                "months after the period's last month; default 1",
            ),
            optional("day", Shape::MonthDay, "the day of that month; default `last`"),
            optional("daily", Shape::Length, "duties of a day: so long after it; default `1 day`"),
            optional(
                "week",
                Shape::Length,
                "duties of a week: so long after its last day; default `7 days`",
            ),
        ]),
        "when duties about a finished period fall due if the text states no date",
    ),
    optional(
        "undated_events",
        Shape::Length,
        "when answers to events fall due if the text states no date; default `30 days`",
    ),
    optional(
        "matching",
        Shape::Group(&[
            optional(
                "same_event_days",
                Shape::Count,
                "a recorded event so many days from the one that would follow stands for it; default 31",
            ),
            optional(
                "foreseen_days",
                Shape::Count,
                "what the end of a post asks is foreseen so many days ahead; default 30",
            ),
            optional(
                "same_matter_days",
                Shape::Count,
                "a day of a record this long before an event, or another event without a `case` this \
                 far from it, is of the same matter; default 366",
            ),
        ]),
        "how records that do not name each other are held to belong together",
    ),
    optional(
        "on_holiday",
        Shape::Word(&["keep", "next-working-day"]),
        "due dates on days off; default `keep`",
    ),
];
