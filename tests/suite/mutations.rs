//! Texts changed at random, the same way each time: no reader of inputs panics, hangs or lets a tag
//! through. Run by its own command, in a release build.

use clausebook::source::FileId;

/// How many changed texts; more than a fuzzer needs to find what a slip of the pen would.
const CASES: usize = 200_000;
/// Printed, so that a failure can be run again.
const SEED: u64 = 20_261_121;

/// A row of numbers that looks like chance and is the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }
}

const SEEDS: &[&str] = &[
    "- id: a\n  title: \"測\\u202e試\"\n  on: 2026-11-21\n  list: [1, 2, {a: b}]\n",
    "years:\n  2025: {holidays: {2025-10-10: 國慶}}\n  2025: {}\n",
    "# 題\n\n- **注意:**應於**「期限」**前 [字](a.md#x) <b>x</b> `c` &#x202E;\n\n| a | b |\n| - | - |\n",
    "一、目的。\n二、各單位：\n（一）抽查。\n1、甲。\n(1) 乙。\n第三條 刪除\n",
    "A123456789 0912-345-678 (02)2720-8889 a@b.tw 臺北市市府路1號 民國75年3月2日生 戶號 F1234567",
    "unit.kind == \"office\" and account.attributes.level != none or 3 <= unit.count",
    "民國115年11月21日 115-11-21 2026-Q3 10 working days",
];

const PIECES: &[&str] = &[
    "\u{202e}", "\0", "\\", "\"", "'", ":", "- ", "\n", "\t", "*", "**", "[", "]", "(", ")", "<",
    "&#0;", "一、", "第", "條", "號", "９", "A1", "@", "{", "}", "0", "🀄",
];

fn mutated(chance: &mut Chance) -> String {
    let mut text: Vec<char> = SEEDS[chance.below(SEEDS.len())].chars().collect();
    for _ in 0..=chance.below(8) {
        let at = chance.below(text.len() + 1);
        match chance.below(4) {
            0 if at < text.len() => _ = text.remove(at),
            1 => {
                let end = (at + chance.below(12)).min(text.len());
                let part: Vec<char> = text[at..end].to_vec();
                text.splice(at..at, part.iter().copied().cycle().take(part.len() * 3));
            }
            2 if at < text.len() => text.truncate(at.max(1)),
            _ => _ = text.splice(at..at, PIECES[chance.below(PIECES.len())].chars()).count(),
        }
    }
    text.into_iter().collect()
}

#[test]
#[ignore = "two hundred thousand texts: run by `.ci/run` in a release build"]
#[expect(clippy::disallowed_macros, reason = "the seed is there to be run again")]
fn mutations_of_every_input_are_read() {
    println!("seed {SEED}, {CASES} cases");
    let mut chance = Chance(SEED);
    for _ in 0..CASES {
        let text = mutated(&mut chance);
        let mut faults = Vec::new();
        let _ = clausebook::parse::yaml::parse(FileId(0), &text, &mut faults);
        let html = clausebook::markdown::render(&text).html;
        assert!(!html.contains("<script") && !html.contains("<b>"), "{text:?}");
        let masked = clausebook::privacy::mask(&text);
        assert_eq!(masked.len(), text.len(), "{text:?}");
        let _ = clausebook::time::parse_day(&text);
        let _ = clausebook::time::Period::parse(&text);
        let _ = clausebook::time::Length::parse(&text);
    }
}
