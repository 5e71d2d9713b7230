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
    /// Whether the bounds let it sign a manifest on a day. Only the day of a bound counts.
    fn may_sign(&self, on: &str) -> bool {
        let day = |bound: &String| bound.get(..8).unwrap_or(bound).to_owned();
        let after = self.valid_after.as_ref().is_none_or(|after| *on >= *day(after));
        let before = self.valid_before.as_ref().is_none_or(|before| *on < *day(before));
        let named = self
            .namespaces
            .as_deref()
            .is_none_or(|names| names.split(',').any(|name| name == NAMESPACE || name == "*"));
        after && before && named
    }
}

/// Reads the lines of a file of allowed signers. What cannot be read allows nobody.
pub fn read_signers(text: &str) -> Vec<Signer> {
    text.lines().filter_map(signer).collect()
}

/// A line: who, options, the kind of key, the key, a remark. An authority that certifies other keys is
/// not taken for a signer.
fn signer(line: &str) -> Option<Signer> {
    let line = line.trim();
    (!line.is_empty() && !line.starts_with('#')).then_some(())?;
    let words = split(line, char::is_whitespace);
    let is_kind = |word: &&str| word.starts_with("ssh-") || word.starts_with("ecdsa-");
    let at = words.iter().position(is_kind)?;
    let (principals, rest) = words.split_first()?;
    let options: Vec<&str> =
        rest[..at.checked_sub(1)?].iter().flat_map(|word| split(word, |c| c == ',')).collect();
    (!options.iter().any(|word| word.eq_ignore_ascii_case("cert-authority"))).then_some(())?;
    let option = |name: &str| {
        let found = options.iter().find_map(|one| {
            let (key, value) = one.split_once('=')?;
            key.eq_ignore_ascii_case(name).then_some(value)
        });
        found.map(|value| value.trim_matches('"').to_owned())
    };
    Some(Signer {
        principals: principals.trim_matches('"').to_owned(),
        key: PublicKey::from_openssh(&format!("{} {}", words[at], words.get(at + 1)?)).ok()?,
        namespaces: option("namespaces"),
        valid_after: option("valid-after"),
        valid_before: option("valid-before"),
    })
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
        assert!(signer(&format!("a@b {KEY}")).is_some());
        for line in ["", "# remark", "a@b", &format!("a@b cert-authority {KEY}"), KEY] {
            assert_eq!(signer(line), None, "{line}");
        }
    }
}
