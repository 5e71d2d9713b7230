//! The parts of the site, where the questions people have are answered, and the keys that help.

use serde::Serialize;

use super::menu::SECTIONS;
use super::parts::{Link, PageCtx};
use super::{Frame, View};
use crate::site::Site;
use crate::site::route::Route;

/// What `guide.html` shows.
#[derive(Debug, Serialize)]
struct GuideView {
    sections: Vec<SectionView>,
    tasks: Vec<TaskView>,
}

/// A part of the site with its pages.
#[derive(Debug, Serialize)]
struct SectionView {
    title: String,
    note: String,
    pages: Vec<Link>,
}

/// A question and the way to its answer.
#[derive(Debug, Serialize)]
struct TaskView {
    question: String,
    way: Link,
}

/// The questions, by their words, and where their answers begin.
const TASKS: &[(&str, Route)] = &[
    ("due", Route::Due),
    ("late", Route::Home),
    ("duty", Route::Regulations),
    ("evidence", Route::Regulations),
    ("clause", Route::EvidenceList),
    ("destroy", Route::Retention),
    ("data", Route::Method),
];

/// Makes the page.
pub fn view(site: &Site) -> View {
    let here = PageCtx::new(site, Route::Guide);
    let words = &site.words;
    let section = |section: &super::menu::Section| SectionView {
        title: words.get(section.key).to_owned(),
        note: words.get(&format!("guide.section.{}", section.key)).to_owned(),
        pages: section.pages.iter().map(|(to, key)| here.link(*to, words.get(key))).collect(),
    };
    let task = |(name, to): &(&str, Route)| TaskView {
        question: here.word("guide", &format!("task_{name}")),
        way: here.link(*to, here.word("guide", &format!("way_{name}"))),
    };
    let view = GuideView {
        sections: SECTIONS.iter().map(section).collect(),
        tasks: TASKS.iter().map(task).collect(),
    };
    let frame = Frame::new(site, Route::Guide, words.get("guide.title"), Vec::new());
    View::new("guide.html", frame, view)
}
