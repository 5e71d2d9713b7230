//! A reader of the search index, for tests: finds what the script finds, by the files alone and
//! with other means. It knows nothing of ranks.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::fold;

/// The files of an index, read.
pub struct Reader {
    files: BTreeMap<String, Value>,
    /// The lines of each block, folded, each with the numbers of what it stands in.
    blocks: Vec<Vec<(String, Vec<u64>)>>,
}

impl Reader {
    /// Reads the files below `search/`.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        let read = |(path, bytes): (&str, &[u8])| {
            let name = path.rsplit('/').next()?.strip_suffix(".js")?;
            let text = str::from_utf8(bytes).expect("UTF-8");
            let call = text.strip_prefix(&format!("clausebookSearch(\"{name}\","));
            let value =
                call.expect("a call with its own name").strip_suffix(");\n").expect("whole");
            Some((name.to_owned(), serde_json::from_str(value).expect("JSON")))
        };
        let index = files.into_iter().filter(|(path, _)| path.starts_with("search/"));
        let files: BTreeMap<String, Value> = index.filter_map(read).collect();
        let starts = numbers(&files["index"]["starts"]);
        let blocks = (0..).map_while(|number| {
            let file = files.get(&format!("t{number}"))?;
            Some(lines(file, starts.get(number).copied()))
        });
        Self { blocks: blocks.collect(), files }
    }

    /// The folder the start file names.
    pub fn folder(&self) -> &str {
        self.files["index"]["folder"].as_str().expect("a name")
    }

    /// The numbers of what has every word of a query, which is folded already.
    pub fn find(&self, query: &str) -> BTreeSet<u64> {
        let found = query.split_whitespace().map(|word| self.find_word(word));
        found.reduce(|a, b| &a & &b).unwrap_or_default()
    }

    /// The address of what has a number.
    pub fn path(&self, number: u64) -> String {
        let starts = numbers(&self.files["index"]["starts"]);
        let block = starts.iter().rposition(|start| *start <= number).expect("the first is 0");
        let file = &self.files[&format!("t{block}")];
        let (same, rest) = (numbers(&file["same"]), file["paths"].as_array().expect("paths"));
        let mut path = String::new();
        for line in 0..=(number - starts[block]) as usize {
            let units: Vec<u16> = path.encode_utf16().take(same[line] as usize).collect();
            path = String::from_utf16(&units).expect("cut between characters");
            path += rest[line].as_str().expect("a text");
        }
        path
    }

    /// The bytes of all lines that can be looked through.
    pub fn text_bytes(&self) -> usize {
        let texts = self.files.iter().filter(|(name, _)| name.starts_with('t'));
        let lines = texts.flat_map(|(_, file)| file["lines"].as_array().expect("lines"));
        lines.map(|line| line.as_str().expect("a text").len() + 1).sum()
    }

    fn find_word(&self, word: &str) -> BTreeSet<u64> {
        let lines = self.having_pairs(word).into_iter().flat_map(|at| &self.blocks[at as usize]);
        let found = lines.filter(|(line, _)| line.contains(word));
        found.flat_map(|(_, at)| at.iter().copied()).collect()
    }

    /// The blocks that have each pair of neighbouring characters of a word.
    fn having_pairs(&self, word: &str) -> BTreeSet<u64> {
        let chars: Vec<char> = word.chars().collect();
        let shards = self.files["index"]["shards"].as_u64().expect("a number");
        let blocks = chars.windows(chars.len().min(2)).map(|pair| {
            let shard = &self.files[&format!("g{}", u64::from(u32::from(pair[0])) % shards)];
            let runs = &shard[pair.iter().collect::<String>()];
            let runs = if runs.is_null() { Vec::new() } else { numbers(runs) };
            BTreeSet::from_iter(spread(&runs, 0))
        });
        blocks.reduce(|a, b| &a & &b).unwrap_or_default()
    }
}

/// The lines of a block; those of titles stand in the things from `start` on.
fn lines(file: &Value, start: Option<u64>) -> Vec<(String, Vec<u64>)> {
    let lines = file["lines"].as_array().expect("lines");
    let mut first = 0;
    let read = |(number, line): (usize, &Value)| {
        let at = match start {
            Some(start) => vec![start + number as u64],
            None => spread(&numbers(&file["at"][number]), first),
        };
        first = at[0];
        (fold(line.as_str().expect("a text")), at)
    };
    lines.iter().enumerate().map(read).collect()
}

fn numbers(value: &Value) -> Vec<u64> {
    let list = value.as_array().expect("a list");
    list.iter().map(|number| number.as_u64().expect("a number")).collect()
}

/// Runs as the numbers they stand for.
fn spread(runs: &[u64], mut last: u64) -> Vec<u64> {
    let mut all = Vec::new();
    for run in runs.chunks(2) {
        last += run[0];
        all.extend(last..=last + run[1]);
        last += run[1];
    }
    all
}
