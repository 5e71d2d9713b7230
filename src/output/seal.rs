//! Detached signatures of the manifest, as `ssh-keygen -Y sign` makes and `-Y verify` checks them
//! (SSHSIG). The key is a file that the caller names; no agent and no network is asked.

use std::path::Path;

use ssh_key::{HashAlg, LineEnding, PrivateKey, PublicKey, SshSig};

/// What the signature is for, as `ssh-keygen -n` has it: a signature of something else is none of ours.
pub const NAMESPACE: &str = "clausebook";

/// What to do about a key that cannot be used here.
const REMEDY: &str = "sign with `ssh-keygen -Y sign -n clausebook -f KEY manifest.json` in the \
                      published folder; the signature is the same";

/// Why a signature cannot be made or is not good, in words for the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealError {
    pub message: String,
    pub help: Option<String>,
}

/// Whose signature it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The fingerprint of the key, `SHA256:…`.
    pub key: String,
    /// Who that is, where signers were given.
    pub by: Option<String>,
}

/// Who may sign, from a file as `ssh-keygen` has it (ALLOWED SIGNERS).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// As written, such as `audit@example.org`; several divided by commas.
    pub principals: String,
    key: PublicKey,
    namespaces: Option<String>,
    valid_after: Option<String>,
    valid_before: Option<String>,
}

impl SealError {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    fn with_help(message: impl Into<String>, help: &str) -> Self {
        Self { message: message.into(), help: Some(help.to_owned()) }
    }
}

/// Signs `message` with the private key in the file at `path`, whose bytes are `key`.
pub fn sign(path: &Path, key: &[u8], message: &[u8]) -> Result<(String, Signed), SealError> {
    let name = crate::source::escape(&path.to_string_lossy());
    let is_public = [&b"ssh-"[..], b"ecdsa-", b"sk-"].iter().any(|start| key.starts_with(start));
    if is_public {
        return Err(SealError::with_help(
            format!("`{name}` is a public key"),
            "name the private key, which stands beside it without `.pub`",
        ));
    }
    let key = PrivateKey::from_openssh(key).map_err(|error| {
        SealError::with_help(
            format!("`{name}` is no private key in the form of OpenSSH: {error}"),
            "make one with `ssh-keygen -t ed25519 -f KEY`; \
             `ssh-keygen -p -f KEY` rewrites an older form",
        )
    })?;
    if key.is_encrypted() {
        return Err(SealError::with_help(format!("`{name}` has a passphrase"), REMEDY));
    }
    let made = key.sign(NAMESPACE, HashAlg::Sha512, message);
    let text = made.and_then(|signature| signature.to_pem(LineEnding::LF)).map_err(|_| {
        let kind = key.algorithm();
        SealError::with_help(format!("`{name}` is a key of the kind {kind}, not supported"), REMEDY)
    })?;
    let key = key.fingerprint(HashAlg::Sha256).to_string();
    // `ssh-keygen` ends its file with the end of a line.
    let text = if text.ends_with('\n') { text } else { text + "\n" };
    Ok((text, Signed { key, by: None }))
}

/// Checks a signature of `message`. Without signers it says only that the holder of that key made it.
/// `on` is the day, as `YYYYMMDD`, that bounds of time are held to.
pub fn check(
    signature: &[u8],
    message: &[u8],
    signers: Option<&[Signer]>,
    on: &str,
) -> Result<Signed, SealError> {
    let read = SshSig::from_pem(signature)
        .map_err(|error| SealError::new(format!("the signature cannot be read: {error}")))?;
    if read.namespace() != NAMESPACE {
        let space = crate::source::escape(read.namespace());
        return Err(SealError::with_help(
            format!("the signature is for `{space}`, not for `{NAMESPACE}`"),
            REMEDY,
        ));
    }
    let key = PublicKey::from(read.public_key().clone());
    key.verify(NAMESPACE, message, &read).map_err(|error| match error {
        ssh_key::Error::AlgorithmUnsupported { algorithm } => SealError::with_help(
            format!("a signature of the kind {algorithm} cannot be checked here"),
            "check it with `ssh-keygen -Y verify -n clausebook`",
        ),
        _ => SealError::new("the signature is not one of this manifest"),
    })?;
    let fingerprint = key.fingerprint(HashAlg::Sha256).to_string();
    let Some(signers) = signers else { return Ok(Signed { key: fingerprint, by: None }) };
    let mut bounded = false;
    for signer in signers.iter().filter(|signer| signer.key.key_data() == key.key_data()) {
        if signer.may_sign(on) {
            return Ok(Signed { key: fingerprint, by: Some(signer.principals.clone()) });
        }
        bounded = true;
    }
    Err(SealError::new(match bounded {
        true => format!("the signer with {fingerprint} may not sign this, or not on this day"),
        false => format!("nobody among the signers has the key {fingerprint}"),
    }))
}

impl Signer {
    /// Whether the bounds let it sign a manifest on a day: the whole of the day must lie within them.
    fn may_sign(&self, on: &str) -> bool {
        // A bound is the first moment of a day, or one within it: then that day is not whole.
        let parts = |bound: &String| {
            let (day, time) = bound.trim_end_matches('Z').split_at(8);
            (day.to_owned(), time.bytes().any(|digit| digit != b'0'))
        };
        let after = self.valid_after.as_ref().map(parts);
        let after = after.is_none_or(|(day, is_within)| *on > *day || *on == *day && !is_within);
        let before = self.valid_before.as_ref().map(parts);
        let before = before.is_none_or(|(day, _)| *on < *day);
        let named = self
            .namespaces
            .as_deref()
            .is_none_or(|names| names.split(',').any(|name| name == NAMESPACE || name == "*"));
        after && before && named
    }
}

/// Reads the lines of a file of allowed signers. What cannot be understood in full allows nobody; the
/// numbers of such lines are given back, counted from 1.
pub fn read_signers(text: &str) -> (Vec<Signer>, Vec<usize>) {
    let (mut signers, mut others) = (Vec::new(), Vec::new());
    for (number, line) in (1..).zip(text.lines().map(str::trim)) {
        match signer(line) {
            Some(signer) => signers.push(signer),
            None if line.is_empty() || line.starts_with('#') => {}
            None => others.push(number),
        }
    }
    (signers, others)
}

/// A line: who, options, the kind of key, the key, a remark. An authority that certifies other keys is
/// not taken for a signer, and neither is one with a bound that we do not know how to keep.
fn signer(line: &str) -> Option<Signer> {
    (!line.starts_with('#')).then_some(())?;
    let words = split(line, char::is_whitespace);
    let (principals, rest) = words.split_first()?;
    let is_kind = |word: &&str| ["ssh-", "ecdsa-", "sk-"].iter().any(|kind| word.starts_with(kind));
    let at = rest.iter().position(is_kind)?;
    let mut signer = Signer {
        principals: principals.trim_matches('"').to_owned(),
        key: PublicKey::from_openssh(&format!("{} {}", rest[at], rest.get(at + 1)?)).ok()?,
        namespaces: None,
        valid_after: None,
        valid_before: None,
    };
    for option in rest[..at].iter().flat_map(|word| split(word, |c| c == ',')) {
        let (name, value) = option.split_once('=')?;
        let value = value.trim_matches('"').to_owned();
        let (place, is_understood) = match name.to_ascii_lowercase().as_str() {
            // What is taken out of a list is not read here.
            "namespaces" => (&mut signer.namespaces, !value.contains('!')),
            "valid-after" => (&mut signer.valid_after, is_time(&value)),
            "valid-before" => (&mut signer.valid_before, is_time(&value)),
            _ => return None,
        };
        (is_understood && place.is_none()).then_some(())?;
        *place = Some(value);
    }
    Some(signer)
}

/// Whether a bound is a time as OpenSSH has them: `YYYYMMDD`, with `HHMM` or `HHMMSS` after it, and `Z`.
fn is_time(bound: &str) -> bool {
    let digits = bound.strip_suffix('Z').unwrap_or(bound);
    let has_digits =
        matches!(digits.len(), 8 | 12 | 14) && digits.bytes().all(|b| b.is_ascii_digit());
    let whole = format!("{digits:0<14}");
    has_digits && chrono::NaiveDateTime::parse_from_str(&whole, "%Y%m%d%H%M%S").is_ok()
}

/// The parts of a text; what divides them does not within quotes.
fn split(text: &str, divides: impl Fn(char) -> bool) -> Vec<&str> {
    let mut quoted = false;
    let parts = text.split(|c: char| {
        quoted ^= c == '"';
        !quoted && divides(c)
    });
    parts.filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti";

    #[test]
    fn reads_signers_with_their_bounds() {
        let line = format!(
            "audit@example.org,a@b namespaces=\"file,clausebook\",valid-before=\"202701010000\" {KEY} 稽核"
        );
        let read = signer(&line).expect("a signer");
        assert_eq!(read.principals, "audit@example.org,a@b");
        assert!(read.may_sign("20261231") && !read.may_sign("20270101"));
        let other = signer(&line.replace("clausebook", "git")).expect("a signer");
        assert!(!other.may_sign("20261231"));
        let later = signer(&format!("a@b valid-after=\"20260601Z\" {KEY}")).expect("a signer");
        assert!(!later.may_sign("20260531") && later.may_sign("20260601"));
        let noon = signer(&format!("a@b valid-after=\"202606011200\" {KEY}")).expect("a signer");
        assert!(!noon.may_sign("20260601") && noon.may_sign("20260602"));
        assert!(signer(&format!("a@b {KEY}")).is_some());
        for line in ["", "# remark", "a@b", &format!("a@b cert-authority {KEY}"), KEY] {
            assert_eq!(signer(line), None, "{line}");
        }
    }

    #[test]
    fn a_bound_that_is_not_understood_allows_nobody() {
        for bound in [
            "valid-before=\"never\"",
            "valid-before=\"2027\"",
            "valid-before=\"\"",
            "valid-before=\"20269999\"",
            "valid-before=\"202701012460\"",
            "valid-after=\"2026060100\"",
            "valid-after=\"２０２６０６０１\"",
            "valid-after=\"20260601\",valid-after=\"20200101\"",
            "namespaces=\"!clausebook,*\"",
            "verify-required",
            "colour=\"red\"",
        ] {
            assert_eq!(signer(&format!("a@b {bound} {KEY}")), None, "{bound}");
        }
    }

    #[test]
    fn keys_on_tokens_are_read_and_lines_that_allow_nobody_are_counted() {
        let token = "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAICFo/k5LU8863u66YC9eUO2170QduohPURkQnbLa/dczAAAABHNzaDo=";
        let text = format!("# who\n\na@b {token}\nc@d colour=red {KEY}\ne@f nothing\ng@h {KEY}\n");
        let (signers, others) = read_signers(&text);
        let names: Vec<&str> = signers.iter().map(|one| one.principals.as_str()).collect();
        assert_eq!((names, others), (vec!["a@b", "g@h"], vec![4, 5]));
    }
}
