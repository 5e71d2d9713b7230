//! `new evidence FILE`: the file is copied among the evidence, hashed, and its type held to what
//! may be published.

use std::path::Path;

use chrono::Datelike as _;

use super::{Context, Draft};
use crate::parse::write::scalar;
use crate::source::{allowed_type, name_fault, read_bytes};

/// Most bytes of a piece of evidence that is copied.
const LIMIT: u64 = 256 << 20;

/// Fills in title, file and hash, and has the file copied.
pub fn fill(context: &Context, file: &Path, draft: &mut Draft) -> Result<(), String> {
    let name =
        file.file_name().and_then(|name| name.to_str()).ok_or("the file has no name in Unicode")?;
    if let Some(fault) = name_fault(name) {
        return Err(format!("`{}`: {fault}", crate::source::escape(name)));
    }
    let bytes = read_bytes(file, LIMIT).map_err(|error| error.to_string())?;
    let head = &bytes[..bytes.len().min(512)];
    allowed_type(name, head)?;
    let sha256 = crate::source::sha256(&bytes);
    let held = context.parsed.records.iter().filter(|record| record.kind.name == "evidence");
    let mut same = held.filter(|record| record.fields.string("sha256") == sha256);
    if let Some(record) = same.next() {
        return Err(format!("evidence `{}` is this file already", record.fields.string("id")));
    }
    let path = format!("{}/{name}", context.today.year());
    draft.set("title", scalar(name.rsplit_once('.').map_or(name, |(stem, _)| stem)));
    draft.set("file", scalar(&path));
    draft.set("sha256", sha256);
    draft.files.push((format!("content/evidence/files/{path}"), bytes));
    Ok(())
}
