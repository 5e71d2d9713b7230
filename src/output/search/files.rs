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
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::fold::fold;
use crate::render::OutputFile;

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
    pub told_by: String,
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
    /// The words for the kinds, the weightiest first.
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
struct Block {
    lines: Vec<String>,
    /// What the script is given.
    value: Value,
}

/// Makes the files of the index.
pub fn files(content: Content) -> Vec<OutputFile> {
    let Content { kinds, lasting, found, names, clauses, texts } = content;
    let (mut blocks, starts) = title_blocks(&found);
    let mut ends = vec![blocks.len()];
    for mut part in [names, clauses, texts] {
        part.sort_unstable();
        blocks.extend(text_blocks(&part));
        ends.push(blocks.len());
    }
    let pairs = pairs(&blocks);
    let size: usize = pairs.values().map(|runs| runs.len() * 3 + 8).sum();
    let shards = (size / SHARD).next_power_of_two().min(1024);

    let mut made: Vec<(String, Value)> = Vec::with_capacity(blocks.len() + shards);
    let named = blocks.into_iter().enumerate();
    made.extend(named.map(|(number, block)| (format!("t{number}"), block.value)));
    let mut shard = vec![BTreeMap::new(); shards];
    for ((first, second), blocks) in pairs {
        let second = char::from_u32(second).filter(|_| second != ALONE);
        let key: String = std::iter::once(first).chain(second).collect();
        shard[first as usize % shards].insert(key, blocks);
    }
    made.extend(
        shard.into_iter().enumerate().map(|(number, map)| (format!("g{number}"), json!(map))),
    );

    let files: Vec<(String, String)> =
        made.into_par_iter().map(|(name, value)| (name.clone(), call(&name, &value))).collect();
    let mut hash = Sha256::new();
    files.iter().for_each(|(_, text)| hash.update(text));
    let hash: String = hash.finalize().iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    let end = |kind| found.partition_point(|found| found.kind <= kind);
    let kinds: Vec<(&String, usize)> =
        kinds.iter().enumerate().map(|(kind, word)| (word, end(kind))).collect();
    let start = json!({
        "folder": hash, "kinds": kinds, "records": end(lasting - 1), "starts": starts, "ends": ends,
        "shards": shards,
    });
    let mut output = vec![OutputFile::new(START, call("index", &start))];
    let path = |name| format!("search/{hash}/{name}.js");
    output.extend(files.into_iter().map(|(name, text)| OutputFile::new(path(name), text)));
    output
}

fn call(name: &str, value: &Value) -> String {
    format!("clausebookSearch(\"{name}\",{value});\n")
}

/// The titles with their addresses, and the number of the first of each block.
fn title_blocks(found: &[Found]) -> (Vec<Block>, Vec<usize>) {
    let (mut blocks, mut starts) = (Vec::new(), Vec::new());
    let mut start = 0;
    for rows in cut(found, |found| found.title.len() + found.path.len() / 4) {
        let mut told: Vec<&str> = rows.iter().map(|row| row.told_by.as_str()).collect();
        told.sort_unstable();
        told.dedup();
        let place = |row: &Found| told.binary_search(&row.told_by.as_str()).expect("among them");
        let of: Vec<usize> = rows.iter().map(place).collect();
        // Of each address only what is not as in the one before.
        let (mut same, mut paths, mut before) = (Vec::new(), Vec::new(), "");
        for row in rows {
            let begin = row.path.chars().zip(before.chars()).take_while(|(a, b)| a == b);
            let begin: String = begin.map(|(c, _)| c).collect();
            same.push(begin.encode_utf16().count());
            paths.push(&row.path[begin.len()..]);
            before = &row.path;
        }
        let lines: Vec<String> = rows.iter().map(|row| row.title.clone()).collect();
        let value = json!({"lines": lines, "same": same, "paths": paths, "told": told, "of": of});
        starts.push(start);
        start += rows.len();
        blocks.push(Block { lines, value });
    }
    (blocks, starts)
}

/// Texts with the numbers of what they stand in; those of a text are counted from the first one of
/// the text before.
fn text_blocks(texts: &[Standing]) -> Vec<Block> {
    let block = |texts: &[Standing]| {
        let mut first = 0;
        let at = texts.iter().map(|standing| {
            let runs = runs(&standing.at, first);
            first = standing.at[0];
            runs
        });
        let at: Vec<Vec<u32>> = at.collect();
        let lines: Vec<String> = texts.iter().map(|standing| standing.text.clone()).collect();
        Block { value: json!({"lines": lines, "at": at}), lines }
    };
    cut(texts, |standing| standing.text.len()).map(block).collect()
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

/// For each pair of characters, and each character by itself, the blocks it occurs in.
fn pairs(blocks: &[Block]) -> BTreeMap<(char, u32), Vec<u32>> {
    let of_block = |(number, block): (usize, &Block)| {
        let mut found = Vec::new();
        for line in block.lines.iter().map(|line| fold(line)) {
            let mut chars = line.chars().peekable();
            while let Some(c) = chars.next() {
                found.push((c, ALONE, number as u32));
                found.extend(chars.peek().map(|next| (c, u32::from(*next), number as u32)));
            }
        }
        found.retain(|(first, second, _)| {
            let space = |c: char| c.is_whitespace();
            !space(*first) && !char::from_u32(*second).is_some_and(space)
        });
        found.sort_unstable();
        found.dedup();
        found
    };
    let mut found: Vec<(char, u32, u32)> =
        blocks.par_iter().enumerate().flat_map_iter(of_block).collect();
    found.par_sort_unstable();
    let same = |a: &(char, u32, u32), b: &(char, u32, u32)| (a.0, a.1) == (b.0, b.1);
    let written = found.chunk_by(same).map(|rows| {
        let numbers: Vec<u32> = rows.iter().map(|row| row.2).collect();
        ((rows[0].0, rows[0].1), runs(&numbers, 0))
    });
    written.collect()
}
