//! Opens a file below a folder so that no symbolic link can lead out of it, not even one put there
//! after the folder was looked through. Unix has calls for it; Windows looks at each part of the way.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub use unix::Folder;
#[cfg(windows)]
pub use windows::Folder;

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn opens_nothing_outside_and_nothing_by_a_link() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let inside = place.path().join("inside");
        fs::create_dir_all(inside.join("a")).expect("creates");
        fs::write(inside.join("a/file"), "x").expect("writes");
        fs::write(place.path().join("secret"), "x").expect("writes");
        symlink("../secret", inside.join("link")).expect("links");
        symlink("a", inside.join("folder-link")).expect("links");
        symlink("loop", inside.join("loop")).expect("links");
        let folder = Folder::hold(&inside).expect("holds");
        assert!(folder.open("a/file").is_ok());
        for path in ["link", "folder-link/file", "loop", "../secret", "/etc/hostname", "none"] {
            assert!(folder.open(path).is_err(), "{path}");
        }
    }
}
