//! a small input that is the worst of its kind is answered soon and in little memory,
//! whatever the answer is. `.ci/run` asks small ones, where nothing may panic or hang, and 1 MiB of
//! each, for which a release build has a second and 200 MiB, more on a slower machine: `cargo test --release --test suite -- --ignored --nocapture worst`.

mod bombs;
mod inputs;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use inputs::{Input, inputs};

use super::project::Project;

/// What a run took.
struct Cost {
    /// By the clock or by the processors, whichever is less: others may run on this machine.
    time: Duration,
    /// The most memory held at once, in bytes; 0 where the system does not tell.
    memory: u64,
    code: Option<i32>,
}

/// Runs the program on an input; it is killed when it takes longer than `limit`.
fn run(input: &Input, limit: Duration) -> Cost {
    let place = Project::new().as_of("2026-03-01");
    let place = input.files.iter().fold(place, |place, (path, bytes)| place.write(path, bytes));
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_clausebook"))
        .args(input.command.split(' '))
        .current_dir(place.root())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let (mut memory, mut worked) = (0, Duration::ZERO);
    let mut over = false;
    while !over && child.try_wait().expect("the program can be waited for").is_none() {
        memory = memory.max(peak(Path::new(&status)));
        worked = worked.max(work(Path::new(&format!("/proc/{}/stat", child.id()))));
        over = start.elapsed() > limit;
        std::thread::sleep(Duration::from_millis(3));
    }
    let time = match start.elapsed() {
        time if worked.is_zero() => time,
        // The last look may be as old as a look takes.
        time => time.min(worked + Duration::from_millis(20)),
    };
    if over {
        child.kill().expect("the program can be ended");
    }
    let ended = child.wait().expect("the program can be waited for");
    Cost { time, memory, code: ended.code().filter(|_| !over) }
}

/// The most memory a process held so far, as Linux tells it.
fn peak(status: &Path) -> u64 {
    let text = std::fs::read_to_string(status).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let figure = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
    figure.unwrap_or(0) << 10
}

/// How long all processors worked for a process so far, as Linux tells it.
fn work(stat: &Path) -> Duration {
    let text = std::fs::read_to_string(stat).unwrap_or_default();
    // Behind the name in brackets: the 12th and 13th are in hundredths of a second.
    let behind = text.rsplit_once(") ").map_or("", |(_, rest)| rest);
    let ticks = behind.split(' ').skip(11).take(2).filter_map(|field| field.parse::<u64>().ok());
    Duration::from_millis(10 * ticks.sum::<u64>())
}

/// Files that may stand beside others of their sort are read in one run, and of the rest every few.
#[test]
#[ignore = "slow: the gate runs it in release"]
fn small_ones_are_answered() {
    let (beside, alone): (Vec<Input>, Vec<Input>) =
        inputs(2 << 10).into_iter().partition(|input| input.can_stand_beside());
    let mut together =
        Input { name: "together".to_owned(), files: Vec::new(), command: "check".to_owned() };
    for (number, input) in beside.into_iter().enumerate() {
        let renamed = |(path, bytes): (String, Vec<u8>)| {
            let (name, ending) = path.rsplit_once('.').expect("an ending");
            (format!("{name}{number}.{ending}"), bytes)
        };
        together.files.extend(input.files.into_iter().map(renamed));
    }
    assert!(together.files.len() > 100);
    for input in alone.iter().step_by(9).chain([&together]) {
        let cost = run(input, Duration::from_secs(60));
        assert!(matches!(cost.code, Some(0..=2)), "{}: {:?}", input.name, cost.code);
    }
}

/// A second and 200 MiB.
const MOST_TIME: Duration = Duration::from_secs(1);
const MOST_MEMORY: u64 = 200 << 20;

/// How many times longer than the machine the mark was set on this one takes, at least once.
fn slowness() -> f64 {
    let own = Path::new("/proc/thread-self/stat");
    let (start, before) = (Instant::now(), work(own));
    let mut state = 1_u64;
    for _ in 0..300_000_000_u64 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
    }
    assert_ne!(state, 0);
    let worked = work(own).saturating_sub(before);
    let time = if worked.is_zero() { start.elapsed() } else { worked };
    // There it takes so many seconds.
    (time.as_secs_f64() / NOMINAL).max(1.0)
}

const NOMINAL: f64 = 0.55;

/// What it took, and whether it was answered within the marks.
fn tried(input: &Input, slowness: f64) -> (String, bool) {
    let mut cost = run(input, Duration::from_secs(60));
    let over = |cost: &Cost| cost.time > MOST_TIME.mul_f64(slowness);
    // Whatever else this machine does may slow a run down, and not the next.
    for _ in 0..2 {
        if over(&cost) && cost.code.is_some() {
            let again = run(input, Duration::from_secs(60));
            cost = if again.time < cost.time { again } else { cost };
        }
    }
    let line = format!(
        "{:>6.2} s {:>5} MiB  {:<5} {}",
        cost.time.as_secs_f64(),
        cost.memory >> 20,
        cost.code.map_or("over".to_owned(), |code| code.to_string()),
        input.name
    );
    let fine = !over(&cost) && cost.memory < MOST_MEMORY && matches!(cost.code, Some(0..=2));
    (line, fine)
}

#[test]
#[ignore = "a MiB of everything: run by `.ci/run` in a release build"]
#[expect(clippy::disallowed_macros, reason = "the figures are there to be read")]
fn a_mebibyte_takes_a_second_at_most() {
    let only = std::env::var("WORST").unwrap_or_default();
    let size = std::env::var("WORST_SIZE").ok().and_then(|size| size.parse().ok());
    let inputs = inputs(size.unwrap_or(1 << 20));
    let wanted: Vec<&Input> = inputs.iter().filter(|input| input.name.contains(&only)).collect();
    let slowness = slowness();
    println!("this machine takes {slowness:.2} times as long as the marks were set for");
    let next = std::sync::atomic::AtomicUsize::new(0);
    let try_all = || {
        let mut lines = Vec::new();
        let order = std::sync::atomic::Ordering::Relaxed;
        while let Some(input) = wanted.get(next.fetch_add(1, order)) {
            lines.push(tried(input, slowness));
        }
        lines
    };
    let mut lines: Vec<(String, bool)> = std::thread::scope(|scope| {
        let workers = [scope.spawn(try_all), scope.spawn(try_all)];
        workers.into_iter().flat_map(|worker| worker.join().expect("all were tried")).collect()
    });
    lines.sort();
    lines.iter().for_each(|(line, _)| println!("{line}"));
    let faults: Vec<&str> =
        lines.iter().filter(|(_, fine)| !fine).map(|(line, _)| line.as_str()).collect();
    assert!(faults.is_empty(), "over a second or 200 MiB:\n{}", faults.join("\n"));
}
