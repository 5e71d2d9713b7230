//! Required sample sizes of the five regulations against an oracle that reads the clauses itself:
//! every population up to 100,000 here, and the edges by `tests/oracle/sample_sizes.py`.

use clausebook::model::{Model, Sample};
use clausebook::pipeline;

use super::project::{Project, fixture};

/// The least whole number that is at least `rate` percent of `n`.
fn percent(rate: u64, n: u64) -> u64 {
    let hundredths = rate * n;
    if hundredths.is_multiple_of(100) { hundredths / 100 } else { hundredths / 100 + 1 }
}

/// taipei-seal 7.2.2: one percent; of fewer than a hundred at least one.
fn seal(n: u64) -> u64 {
    match n {
        0 => 0,
        1..100 => 1,
        _ => percent(1, n),
    }
}

/// taipei-cadastral 7.1.1: from 30,000 on 300; below that one percent; where that is under five,
/// five; of fewer than five in all, all.
fn cadastral(n: u64) -> u64 {
    if n >= 30_000 {
        return 300;
    }
    let one_percent = percent(1, n);
    if one_percent >= 5 {
        one_percent
    } else if n >= 5 {
        5
    } else {
        n
    }
}

/// taipei-market-household 6.2: six percent, at least 6, at most 80.
fn spot_check(n: u64) -> u64 {
    if n < 6 {
        return n;
    }
    match percent(6, n) {
        ..6 => 6,
        81.. => 80,
        size => size,
    }
}

/// taipei-market-household 6.3.1 to 6.3.3: up to 500 six percent, at least 20; up to 2,000 five
/// percent, at least 30, at most 80; above that four percent, at most 150.
fn half_year(n: u64) -> u64 {
    let size = match n {
        0..=500 => percent(6, n).max(20),
        501..=2_000 => percent(5, n).clamp(30, 80),
        _ => percent(4, n).min(150),
    };
    if size > n { n } else { size }
}

/// nantou-household 5.1: three percent and not fewer than ten; of fewer than ten, all.
fn nantou(n: u64) -> u64 {
    if n < 10 { n } else { percent(3, n).max(10) }
}

/// Half of them, rounded up: users of taipei-cadastral 7.1.1, and both figures of 7.1.2.
fn half(n: u64) -> u64 {
    n - n / 2
}

fn model() -> Model {
    let project = Project::new().with_regulations();
    // The small site's system names the small regulation, which is gone.
    let project = project.write(
        "content/systems.yaml",
        "id: net\nname: 系統\nagency: city\nregulations: [taipei-seal]\n",
    );
    let inputs = pipeline::load(project.root()).expect("reads");
    assert!(inputs.are_sound(), "{:#?}", inputs.diagnostics);
    inputs.model
}

fn sample<'a>(model: &'a Model, path: &str) -> &'a Sample {
    let mut all = model.obligations.ids();
    let id = all.find(|id| model.obligation_path(*id) == path);
    let id = id.unwrap_or_else(|| panic!("no duty {path}"));
    &model.obligations[id].duty.demand().expect("a duty that acts answer").sample
}

fn records(model: &Model, path: &str, n: u64) -> u64 {
    sample(model, path).records.as_ref().expect("asks for records").tiers.size(n).required
}

fn users(model: &Model, path: &str, n: u64) -> u64 {
    sample(model, path).users.as_ref().expect("asks for users").tiers.size(n).required
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn every_population_up_to_100_000() {
    let model = model();
    type Oracle = fn(u64) -> u64;
    let by_records: [(&str, Oracle); 6] = [
        ("taipei-seal/internal-audit", seal),
        ("taipei-cadastral/unit-audit", cadastral),
        ("taipei-cadastral/agency-audit", half),
        ("taipei-market-household/monthly-spot-check", spot_check),
        ("taipei-market-household/half-year-audit", half_year),
        ("nantou-household/monthly-check", nantou),
    ];
    for (path, oracle) in by_records {
        for n in 0..=100_000 {
            assert_eq!(records(&model, path, n), oracle(n), "{path}: {n}");
        }
    }
    for path in ["taipei-cadastral/unit-audit", "taipei-cadastral/agency-audit"] {
        for n in 0..=100_000 {
            assert_eq!(users(&model, path, n), half(n), "{path}: {n} users");
        }
    }
    // No other duty asks for a sample: a new one must be checked here as well.
    let asking = model.obligations.iter().filter(|(_, duty)| {
        let sample = duty.duty.demand().map(|demand| &demand.sample);
        sample.is_some_and(|sample| sample.records.is_some() || sample.users.is_some())
    });
    assert_eq!(asking.count(), by_records.len());
}

#[test]
fn the_sizes_worth_a_test_each() {
    let model = model();
    let table: [(&str, &[(u64, u64)]); 5] = [
        ("taipei-seal/internal-audit", &[(0, 0), (1, 1), (99, 1), (100, 1), (101, 2), (250, 3)]),
        (
            "taipei-cadastral/unit-audit",
            &[
                (0, 0),
                (4, 4),
                (5, 5),
                (500, 5),
                (501, 6),
                (29_999, 300),
                (30_000, 300),
                (1_000_000, 300),
            ],
        ),
        (
            "taipei-market-household/monthly-spot-check",
            &[(5, 5), (6, 6), (100, 6), (101, 7), (1_333, 80), (5_000, 80)],
        ),
        (
            "taipei-market-household/half-year-audit",
            &[
                (19, 19),
                (20, 20),
                (333, 20),
                (334, 21),
                (500, 30),
                (501, 30),
                (600, 30),
                (601, 31),
                (1_600, 80),
                (2_000, 80),
                (2_001, 81),
                (3_750, 150),
                (9_000, 150),
            ],
        ),
        ("nantou-household/monthly-check", &[(9, 9), (10, 10), (333, 10), (334, 11)]),
    ];
    for (path, sizes) in table {
        for (population, required) in sizes {
            assert_eq!(records(&model, path, *population), *required, "{path}: {population}");
        }
    }
}

#[test]
fn the_edges_are_those_of_the_python_oracle() {
    let model = model();
    let csv = fixture("sample-sizes.csv");
    let mut lines = 0;
    for line in csv.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [regulation, obligation, population, required] = cells[..] else { panic!("{line}") };
        let path = format!("{regulation}/{obligation}");
        let population = population.parse().expect("a number");
        assert_eq!(records(&model, &path, population).to_string(), required, "{line}");
        lines += 1;
    }
    assert!(lines >= 200, "{lines} lines");
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn the_command_prints_sizes_with_their_arithmetic() {
    let project = Project::new()
        .with_regulations()
        .write("content/systems.yaml", "[]\n")
        .write("content/units.yaml", "[]\n");
    project
        .run("sample-size --regulation taipei-market-household --clause 6.2 --population 101,5,0 --format csv")
        .code(0)
        .no_stderr()
        .stdout_has("\n101,7,,,")
        .stdout_has("101 件 × 6% = 6.06 → 7")
        .stdout_has("\n5,5,,,")
        .stdout_has("\n0,0,,,");
    project
        .run("sample-size --regulation taipei-market-household --clause 6.3 --population 334 --format json")
        .code(0)
        .stdout_has("\"required\": 21")
        .stdout_has("20.04");
    // One number of users for all populations, or one for each.
    project
        .run("sample-size --regulation taipei-cadastral --clause 7.1.1 --population 501,30000 --users 7 --format csv")
        .code(0)
        .stdout_has("\n501,6,7,4,")
        .stdout_has("\n30000,300,7,4,");
    project
        .run("sample-size --regulation taipei-cadastral --clause 7.1.1 --population 501,4 --users 7,8 --format csv")
        .code(0)
        .stdout_has("\n501,6,7,4,")
        .stdout_has("\n4,4,8,4,");
    for (line, why) in [
        ("--regulation taipei-sael --clause 7.2.2 --population 1", "did you mean `taipei-seal`?"),
        ("--regulation taipei-seal --clause 二 --population 1", "not a clause number"),
        ("--regulation taipei-seal --clause 1 --population 1", "asks for a sample"),
        ("--regulation taipei-seal --clause 7.2.2 --population -1", "--population"),
        ("--regulation taipei-seal --clause 7.2.2 --population 1.5", "--population"),
        ("--regulation taipei-seal --clause 7.2.2", "--population"),
        ("--regulation taipei-seal --clause 7.2.2 --population 1 --users 1", "--users"),
        ("--regulation taipei-cadastral --clause 7.1.1 --population 1 --users 1,2", "--users"),
    ] {
        project.run(&format!("sample-size {line}")).code(2).no_stdout().stderr_has(why);
    }
}

#[test]
fn a_tier_holds_up_to_its_bound_and_not_beyond() {
    // The steps of the five regulations meet at their bounds, so these are chosen not to.
    let duty = "kind: periodic\nscope: unit\nevery: month\ndue: [{on: period-end}]\nsample:\n  records: {of: queries, tiers: [{up_to: 10, fixed: 1}, {up_to: 20, rate: 50%}, {fixed: 3}]}\n";
    Project::new()
        .duty(duty)
        .run("sample-size --regulation law --clause 2 --population 10,11,20,21,2,0 --format csv")
        .code(0)
        .stdout_has("\n10,1,")
        .stdout_has("\n11,6,")
        .stdout_has("\n20,10,")
        .stdout_has("\n21,3,")
        .stdout_has("\n2,1,")
        .stdout_has("\n0,0,");
}

#[test]
fn ranges_of_populations_are_listed_one_by_one() {
    let project = Project::new()
        .with_regulations()
        .write("content/systems.yaml", "[]\n")
        .write("content/units.yaml", "[]\n");
    let line = "sample-size --regulation nantou-household --clause 5.1 --format csv --population";
    let out = project.run(&format!("{line} 8-10,334")).code(0).stdout;
    let shown: Vec<&str> = out.lines().skip(1).filter_map(|line| line.split('母').next()).collect();
    assert_eq!(shown, ["8,8,,,", "9,9,,,", "10,10,,,", "334,11,,,"]);
    project.run(&format!("{line} 9-8")).code(2).stderr_has("rises");
}
