//! Hashes of bytes, and how they are spelt.

use std::fmt::Write as _;
use std::io::{self, ErrorKind, Read};

use sha2::{Digest as _, Sha256};

/// How many bytes are read at a time.
const PIECE: usize = 64 << 10;

/// The SHA-256 of some bytes, in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The length and the SHA-256 of what is left to read, however much, without holding it in memory.
/// Each piece is handed to `each` as it comes.
pub fn hash_reader(
    mut reader: impl Read,
    mut each: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<(u64, String)> {
    let (mut hasher, mut buffer, mut length) = (Sha256::new(), vec![0; PIECE], 0);
    loop {
        let count = match reader.read(&mut buffer) {
            Ok(0) => return Ok((length, hex(&hasher.finalize()))),
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hasher.update(&buffer[..count]);
        length += count as u64;
        each(&buffer[..count])?;
    }
}

/// Spells bytes in letters `a` to `p`, two each. Names made from content are spelt so: in
/// hexadecimal some of them would be well-formed numbers of identity.
pub(crate) fn letters(bytes: &[u8]) -> String {
    let letter = |nibble: u8| char::from(b'a' + nibble);
    bytes.iter().flat_map(|byte| [letter(byte >> 4), letter(byte & 15)]).collect()
}

/// Spells bytes in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_gives_the_hash_of_its_bytes_however_many() {
        // The SHA-256 of "abc", as the standard (FIPS 180-2, B.1) has it.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), abc);
        let long = vec![7; 2 * PIECE + 5];
        let mut copied = Vec::new();
        let read = hash_reader(&long[..], |piece| {
            copied.extend_from_slice(piece);
            Ok(())
        });
        assert_eq!(read.expect("reads"), (long.len() as u64, sha256(&long)));
        assert_eq!(copied, long);
        let full = || Err(ErrorKind::StorageFull.into());
        assert!(hash_reader(&long[..], |_| full()).is_err());
    }
}
