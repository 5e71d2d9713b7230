//! How long the stages take, on the demo and on the sites whose folders are named, and how far the
//! whole is from the floor: writing the same files from memory. `cargo bench` runs it and prints
//! medians and ratios; `cargo bench -- FOLDER` with a site of `multiply.py` shows how they grow.
//! Nothing here is a test.
#![expect(clippy::disallowed_methods, reason = "a bench makes and measures whole sites")]
#![expect(clippy::disallowed_macros, reason = "a bench prints what it measured")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use clausebook::pipeline::{load, prepare};
use clausebook::time::parse_day;
use rayon::prelude::*;

const ROUNDS: usize = 7;

fn main() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let work = work_folder();
    println!("{ROUNDS} rounds each, medians; output in {}", work.display());
    measure("the demo", &root, &work);
    let folders = std::env::args().skip(1).filter(|word| !word.starts_with('-'));
    for folder in folders {
        let folder = std::fs::canonicalize(&folder).expect("the folder of a site");
        measure(&folder.display().to_string(), &folder, &work);
    }
    std::fs::remove_dir_all(&work).expect("the work folder can be removed");
}

/// A folder in memory where there is one, so that no disk is in the figures.
fn work_folder() -> PathBuf {
    let memory = Path::new("/dev/shm");
    let base = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let work = base.join(format!("clausebook-bench-{}", std::process::id()));
    std::fs::create_dir_all(&work).expect("the work folder can be made");
    work
}

fn measure(name: &str, root: &Path, work: &Path) {
    let as_of = parse_day("2026-11-21").expect("a day");
    let mut stages: BTreeMap<&'static str, Vec<Duration>> = BTreeMap::new();
    let mut order = Vec::new();
    let (mut totals, mut floors, mut files) = (Vec::new(), Vec::new(), 0);
    for round in 0..ROUNDS {
        let output = work.join(format!("site-{round}"));
        let start = Instant::now();
        let mut inputs = load(root).expect("the site can be read");
        assert!(inputs.are_sound(), "the site has errors; see `clausebook check`");
        let (known, assessment) = inputs.assess(as_of);
        let facts = inputs.conclude(&known, &assessment);
        let judged = (known, assessment, facts);
        let mut planned = prepare(inputs, judged, None).expect("the templates load");
        files = planned.publish(root, &output).expect("the site can be published").files;
        totals.push(start.elapsed());
        order = planned.times.0.iter().map(|(stage, _)| *stage).collect();
        for (stage, time) in &planned.times.0 {
            stages.entry(stage).or_default().push(*time);
        }
        floors.push(floor(&output, &work.join(format!("floor-{round}"))));
    }
    let total = median(&mut totals);
    println!("\n{name}: {files} files");
    for stage in order {
        let time = stages.get_mut(stage).map_or(Duration::ZERO, |times| median(times));
        println!("{:>10.2} ms  {stage}", time.as_secs_f64() * 1e3);
    }
    let floor = median(&mut floors);
    println!("{:>10.2} ms  whole", total.as_secs_f64() * 1e3);
    println!("{:>10.2} ms  floor: the same files written from memory", floor.as_secs_f64() * 1e3);
    println!("{:>10.1} ×   the floor", total.as_secs_f64() / floor.as_secs_f64());
    println!("{:>10.1} µs  a file", total.as_secs_f64() * 1e6 / files as f64);
}

/// Reads a published site into memory and times only the writing of it to another folder.
fn floor(site: &Path, to: &Path) -> Duration {
    let files = Mutex::new(Vec::new());
    for entry in walkdir::WalkDir::new(site) {
        let entry = entry.expect("a file of the site");
        let path = to.join(entry.path().strip_prefix(site).expect("below the site"));
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(path).expect("a folder can be made");
        } else {
            let bytes = std::fs::read(entry.path()).expect("a file of the site");
            files.lock().expect("no thread failed").push((path, bytes));
        }
    }
    let files = files.into_inner().expect("no thread failed");
    let start = Instant::now();
    files.par_iter().for_each(|(path, bytes)| std::fs::write(path, bytes).expect("it is written"));
    start.elapsed()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
