//! The index as files. Texts are cut into blocks of some 24 KiB; for each pair of neighbouring
//! characters, and each character, the index says in which blocks it occurs. The script takes the
//! blocks that have every pair of the query, loads them and looks for the query itself, so that
//! what it finds is exact, and what is not there costs no more than a look at the pairs.
//!
//! Why whole texts, and not a list of texts for each pair: the texts are needed anyway, to show
//! where the query stands and to rule out texts that have its pairs but not in a row; and each of
//! them is kept once, however many pages show it. The index stays about as large as that.
//!
//! Every file calls one function with a name and a value, so that a `<script>` element loads it
//! from a disk as well as from a server, under a strict policy. The folder is named by the content
//! of its files: a copy some cache kept from another build is never taken for this one's.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::fold::fold;
use crate::render::OutputFile;
use crate::source::letters;

/// The one file with a fixed name: it says where the others are.
const START: &str = "search/index.js";
/// How many bytes of text go into a block.
const BLOCK: usize = 24 * 1024;
/// How many bytes of pairs go into a file, about.
const SHARD: usize = 12 * 1024;
/// In the place of the second character, where one stands for itself.
const ALONE: u32 = 0x11_0000;

/// Something that can be found: a page, or a clause on one.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Its place among the kinds.
    pub kind: usize,
    pub title: String,
    /// Tells it from others of the same title; may be empty.
    pub disambiguator: String,
    /// The address, relative to the site.
    pub path: String,
}

/// A text, and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    /// Numbers of what is found by it, ascending; never empty.
    pub at: Vec<u32>,
    /// Without line breaks.
    pub text: String,
}

/// Everything the index is made from.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// The words for the kinds, most severe first.
    pub kinds: Vec<String>,
    /// How many of the kinds are not records of what was done.
    pub lasting: usize,
    /// By kind.
    pub found: Vec<Found>,
    /// Ids, names and numbers by which things are known.
    pub names: Vec<Standing>,
    /// What clauses say.
    pub clauses: Vec<Standing>,
    /// What pages say, each text once.
    pub texts: Vec<Standing>,
}

/// A file of texts to look through.
struct Block<'a> {
    lines: Vec<&'a str>,
    /// What the script is given, as JSON.
    value: String,
}

/// A block of titles, for the script.
#[derive(Serialize)]
struct Titles<'a> {
    lines: &'a [&'a str],
    /// For each, which one of `told` it is.
    of: Vec<usize>,
    /// Of each address only what is not as in the one before.
    paths: Vec<&'a str>,
    /// How much is as in the one before, in units of UTF-16.
    same: Vec<usize>,
    told: Vec<&'a str>,
}

/// A block of other texts, for the script.
#[derive(Serialize)]
struct Texts<'a> {
    at: Vec<Vec<u32>>,
    lines: &'a [&'a str],
}

/// A pair of characters, and the blocks it occurs in as runs.
struct Pair {
    chars: String,
    blocks: Vec<u32>,
}

/// Makes the files of the index.
pub fn files(content: Content) -> Vec<OutputFile> {
    let Content { kinds, lasting, found, names, clauses, texts } = content;
    let mut parts = [names, clauses, texts];
    parts.iter_mut().for_each(|part| part.par_sort_unstable());
    let (mut blocks, starts) = title_blocks(&found);
    let mut ends = vec![blocks.len()];
    for part in &parts {
        blocks.extend(text_blocks(part));
        ends.push(blocks.len());
    }
    let pairs = pairs(&blocks);
    let size: usize = pairs.iter().map(|pair| pair.blocks.len() * 3 + 8).sum();
    let shards = (size / SHARD).next_power_of_two().min(1024);
    let mut of_shard: Vec<BTreeMap<&str, &[u32]>> = vec![BTreeMap::new(); shards];
    for Pair { chars, blocks } in &pairs {
        let first = chars.chars().next().expect("a pair has a first character");
        of_shard[first as usize % shards].insert(chars, blocks);
    }
    let texts = blocks.par_iter().enumerate().map(|(number, block)| {
        let name = format!("t{number}");
        let text = call(&name, &block.value);
        (name, text)
    });
    let shards_made = of_shard.par_iter().enumerate().map(|(number, map)| {
        let name = format!("g{number}");
        let text = call(&name, &to_json(map));
        (name, text)
    });
    let files: Vec<(String, String)> = texts.chain(shards_made).collect();
    let mut hash = Sha256::new();
    files.iter().for_each(|(_, text)| hash.update(text));
    let hash = letters(&hash.finalize()[..5]);
    let end = |kind| found.partition_point(|found| found.kind <= kind);
    let kinds: Vec<(&String, usize)> =
        kinds.iter().enumerate().map(|(kind, word)| (word, end(kind))).collect();
    let start = json!({
        "folder": hash, "kinds": kinds, "records": end(lasting - 1), "starts": starts, "ends": ends,
        "shards": shards,
    });
    let mut output = vec![OutputFile::new(START, call("index", &start.to_string()))];
    let path = |name| format!("search/{hash}/{name}.js");
    output.extend(files.into_iter().map(|(name, text)| OutputFile::new(path(name), text)));
    output
}

fn call(name: &str, json: &str) -> String {
    format!("clausebookSearch(\"{name}\",{json});\n")
}

fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("keys are texts")
}

/// The titles with their addresses, and the number of the first of each block.
fn title_blocks(found: &[Found]) -> (Vec<Block<'_>>, Vec<usize>) {
    let (mut blocks, mut starts) = (Vec::new(), Vec::new());
    let mut start = 0;
    for rows in cut(found, |found| found.title.len() + found.path.len() / 4) {
        let mut told: Vec<&str> = rows.iter().map(|row| row.disambiguator.as_str()).collect();
        told.sort_unstable();
        told.dedup();
        let place =
            |row: &Found| told.binary_search(&row.disambiguator.as_str()).expect("among them");
        let of: Vec<usize> = rows.iter().map(place).collect();
        let (mut same, mut paths, mut before) = (Vec::new(), Vec::new(), "");
        for row in rows {
            let begin = row.path.chars().zip(before.chars()).take_while(|(a, b)| a == b);
            let begin: String = begin.map(|(c, _)| c).collect();
            same.push(begin.encode_utf16().count());
            paths.push(&row.path[begin.len()..]);
            before = &row.path;
        }
        let lines: Vec<&str> = rows.iter().map(|row| row.title.as_str()).collect();
        let value = to_json(&Titles { lines: &lines, of, paths, same, told });
        starts.push(start);
        start += rows.len();
        blocks.push(Block { lines, value });
    }
    (blocks, starts)
}

/// Texts with the numbers of what they stand in; those of a text are counted from the first one of
/// the text before.
fn text_blocks(texts: &[Standing]) -> Vec<Block<'_>> {
    fn block(texts: &[Standing]) -> Block<'_> {
        let mut first = 0;
        let at = texts.iter().map(|standing| {
            let runs = runs(&standing.at, first);
            first = standing.at[0];
            runs
        });
        let at: Vec<Vec<u32>> = at.collect();
        let lines: Vec<&str> = texts.iter().map(|standing| standing.text.as_str()).collect();
        Block { value: to_json(&Texts { at, lines: &lines }), lines }
    }
    let parts: Vec<&[Standing]> = cut(texts, |standing| standing.text.len()).collect();
    parts.into_par_iter().map(block).collect()
}

/// Cuts rows into parts of about [`BLOCK`] bytes.
fn cut<T>(rows: &[T], size: impl Fn(&T) -> usize) -> impl Iterator<Item = &[T]> {
    let mut rest = rows;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fits = rest.iter().take_while(|row| {
            let begun = bytes < BLOCK;
            bytes += size(row) + 1;
            begun
        });
        let (part, after) = rest.split_at(fits.count());
        rest = after;
        (!part.is_empty()).then_some(part)
    })
}

/// Ascending numbers as runs: how far each begins after the last number, at first `last`, and how
/// many follow its first.
fn runs(numbers: &[u32], mut last: u32) -> Vec<u32> {
    let mut runs: Vec<u32> = Vec::new();
    for (place, number) in numbers.iter().enumerate() {
        if place > 0 && *number == last + 1 {
            *runs.last_mut().expect("one was begun") += 1;
        } else {
            runs.extend([number - last, 0]);
        }
        last = *number;
    }
    runs
}

/// For each pair of characters, and each character by itself, the blocks it occurs in; in order.
fn pairs(blocks: &[Block]) -> Vec<Pair> {
    // Both characters and the number of the block in one number: many are sorted, so it counts.
    let key = |first: char, second: u32, block: usize| {
        u64::from(first) << 43 | u64::from(second) << 22 | block as u64
    };
    let of_block = |(number, block): (usize, &Block)| {
        let mut found = Vec::new();
        for line in block.lines.iter().map(|line| fold(line)) {
            let mut chars = line.chars().peekable();
            while let Some(c) = chars.next() {
                if c.is_whitespace() {
                    continue;
                }
                found.push(key(c, ALONE, number));
                let next = chars.peek().filter(|next| !next.is_whitespace());
                found.extend(next.map(|next| key(c, u32::from(*next), number)));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    };
    assert!(blocks.len() < 1 << 22, "fewer than 2^22 blocks");
    let mut found: Vec<u64> = blocks.par_iter().enumerate().flat_map_iter(of_block).collect();
    found.par_sort_unstable();
    let pair = |rows: &[u64]| {
        let [first, second] = [rows[0] >> 43, rows[0] >> 22 & 0x1f_ffff].map(|c| c as u32);
        let numbers: Vec<u32> = rows.iter().map(|row| (row & 0x3f_ffff) as u32).collect();
        // ALONE is no character, so it adds none.
        let chars = [first, second].into_iter().filter_map(char::from_u32).collect();
        Pair { chars, blocks: runs(&numbers, 0) }
    };
    found.chunk_by(|a, b| a >> 22 == b >> 22).map(pair).collect()
}
