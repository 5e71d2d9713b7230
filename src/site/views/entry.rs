//! An entry of a register, which only conditions look into: everything it holds, and the rules it was checked against.

use serde::Serialize;

use super::duties_of_scope::{DutiesOfScope, duties_of_scope};
use super::kept::KeptView;
use super::parts::{Link, PageCtx};
use super::records::{MaybeLink, Remarks};
use super::{Frame, View};
use crate::assess::KeptRecord;
use crate::model::condition::root_of;
use crate::model::{Entry, Id, Named, Scope};
use crate::record::schema::Field;
use crate::site::Site;
use crate::site::route::Route;

/// What `entry.html` shows.
#[derive(Debug, Serialize)]
struct EntryView {
    id: String,
    agency: Link,
    unit: Option<Link>,
    system: Link,
    /// Every field of its table with what was written; empty where nothing was.
    fields: Vec<FieldView>,
    duties_of_scope: DutiesOfScope,
    kept: Option<KeptView>,
    remarks: Remarks,
}

/// A field and what was written there.
#[derive(Debug, Serialize)]
struct FieldView {
    label: String,
    values: Vec<MaybeLink>,
}

/// Fields that stand elsewhere on the page.
const ELSEWHERE: [&str; 6] = ["id", "agency", "unit", "system", "note", "attributes"];

/// Makes the page of an entry.
pub fn view(site: &Site, id: Id<Entry>) -> View {
    let route = Route::Entry(id);
    let here = PageCtx::new(site, route);
    let entry = &site.model.entries[id];
    let fields = entry.kind.fields.iter().filter(|field| !ELSEWHERE.contains(&field.key));
    let view = EntryView {
        id: entry.slug().to_owned(),
        agency: here.agency(entry.agency),
        unit: entry.unit.map(|unit| here.unit(unit)),
        system: here.system(entry.system),
        fields: fields.map(|field| field_view(&here, entry, field)).collect(),
        duties_of_scope: duties_of_scope(&here, Scope::Entry(id)),
        kept: here.kept(KeptRecord::Entry(id)),
        remarks: here.remarks(&entry.fields),
    };
    let kind = here.word("record_of", entry.kind.name);
    let title = site.words.say(
        "entry.title",
        &[("kind", &kind), ("name", &here.entry(id).text), ("id", &entry.slug())],
    );
    let above =
        vec![here.link(Route::Systems, site.words.get("menu.systems")), here.system(entry.system)];
    View::new("entry.html", Frame::new(site, route, &title, above), view)
}

fn field_view(here: &PageCtx, entry: &Entry, field: &Field) -> FieldView {
    let name = format!("{}.{}", root_of(entry.kind.name), field.key);
    let written = entry.fields.get(field.key);
    let values = written.map(|value| here.written(&name, field.shape, value));
    FieldView { label: here.word("reads", &name), values: values.unwrap_or_default() }
}
