//! Copies files into a folder that is put together for the moment, such as the site of a case.

use std::fs;
use std::io;
use std::path::Path;

/// Copies `names` (paths with `/`) from one folder into another; what stands there already stays.
///
/// # Errors
/// Where a file cannot be read or written.
pub fn copy_files<'a>(
    names: impl IntoIterator<Item = &'a str>,
    from: &Path,
    to: &Path,
) -> io::Result<()> {
    for name in names {
        let target = to.join(name);
        if !target.exists() {
            fs::create_dir_all(target.parent().unwrap_or(to))?;
            fs::copy(from.join(name), &target)?;
        }
    }
    Ok(())
}
