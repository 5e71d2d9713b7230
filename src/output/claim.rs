//! Every path of the site is given once. Two pages with one path would silently hide each other.

use std::collections::HashMap;
use std::sync::Mutex;

use super::OutputError;
use crate::source::{collision_key, is_hidden};

/// The paths given so far.
#[derive(Debug, Default)]
pub struct Claims {
    by_key: Mutex<HashMap<String, Option<String>>>,
}

impl Claims {
    /// Gives `path` to the caller; an error if it is none, or was given before.
    pub fn claim(&self, path: &str) -> Result<(), OutputError> {
        if let Some(why) = path_fault(path) {
            return Err(OutputError::BadPath { path: path.to_owned(), why: why.to_owned() });
        }
        let key = collision_key(path);
        // Nearly always the key is the path; then it is kept once.
        let spelt = (key != path).then(|| path.to_owned());
        let mut by_key = self.by_key.lock().expect("no holder of the lock panics");
        if let Some(other) = by_key.get(&key) {
            let other = other.clone().unwrap_or(key);
            return Err(OutputError::ClaimedTwice { path: path.to_owned(), other });
        }
        by_key.insert(key, spelt);
        Ok(())
    }

    /// The paths given, sorted.
    pub fn paths(&self) -> Vec<String> {
        let by_key = self.by_key.lock().expect("no holder of the lock panics");
        let path = |(key, spelt): (&String, &Option<String>)| spelt.as_ref().unwrap_or(key).clone();
        let mut paths: Vec<String> = by_key.iter().map(path).collect();
        paths.sort();
        paths
    }

    /// How many paths were given.
    pub fn count(&self) -> usize {
        self.by_key.lock().expect("no holder of the lock panics").len()
    }
}

/// Why a path is none of a site; `None` if it is one.
pub fn path_fault(path: &str) -> Option<&'static str> {
    if path.starts_with('/') {
        return Some("it is absolute");
    }
    if path.contains(['\\', ':']) {
        return Some("it has a back slash or colon");
    }
    if path.chars().any(is_hidden) {
        return Some("it has an invisible character");
    }
    path.split('/').find_map(|part| match part {
        "" => Some("a part of it is empty"),
        "." | ".." => Some("it has `.` or `..`"),
        part if part.len() > 255 => Some("a part of it is longer than 255 bytes"),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_paths_that_leave_the_output() {
        let long = "x".repeat(256);
        let paths = [
            "",
            "/",
            "/etc/passwd",
            "..",
            "../x",
            "a/../../x",
            "a/..",
            "./a",
            "a/./b",
            "a//b",
            "a/",
            "a\\b",
            "..\\x",
            "C:\\x",
            "C:x",
            "a::$DATA",
            "//host/x",
            "a\0b",
            "a\nb",
            "a\u{202e}b",
            long.as_str(),
        ];
        let claims = Claims::default();
        for path in paths {
            let refused = claims.claim(path);
            assert!(matches!(refused, Err(OutputError::BadPath { .. })), "{path:?}");
        }
        assert_eq!(claims.count(), 0);
    }

    #[test]
    fn gives_each_path_once() {
        let claims = Claims::default();
        claims.claim("units/稽核.html").expect("is free");
        claims.claim("a/index.html").expect("is free");
        claims.claim("Evidence/A.pdf").expect("is free");
        let again = claims.claim("a/index.html").expect_err("is taken").to_string();
        assert_eq!(again, "two pages have the path `a/index.html`");
        let alike = claims.claim("evidence/a.PDF").expect_err("is taken").to_string();
        let expected = "some systems take the paths `evidence/a.PDF` and `Evidence/A.pdf` for one";
        assert_eq!(alike, expected);
    }
}
