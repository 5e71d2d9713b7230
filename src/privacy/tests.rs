//! Numbers are made by their own rule, written out a second time here, and hidden in every way a
//! hand or a programme might write them.

use super::*;

/// The letters with the figures they stand for, as the Ministry's table has them.
const LETTERS: [(char, u32); 26] = [
    ('A', 10),
    ('B', 11),
    ('C', 12),
    ('D', 13),
    ('E', 14),
    ('F', 15),
    ('G', 16),
    ('H', 17),
    ('I', 34),
    ('J', 18),
    ('K', 19),
    ('L', 20),
    ('M', 21),
    ('N', 22),
    ('O', 35),
    ('P', 23),
    ('Q', 24),
    ('R', 25),
    ('S', 26),
    ('T', 27),
    ('U', 28),
    ('V', 29),
    ('W', 32),
    ('X', 30),
    ('Y', 31),
    ('Z', 33),
];

/// A row of numbers that looks like chance and is the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// A valid number: national, new or old residence certificate in turn.
fn identity(chance: &mut Chance, turn: usize) -> String {
    let (letter, value) = LETTERS[chance.below(26) as usize];
    let mut weighted = vec![value / 10, value % 10 * 9];
    let (second, figure) = match turn % 3 {
        0 => {
            let figure = 1 + chance.below(2) as u32;
            (figure.to_string(), figure)
        }
        1 => {
            let figure = 8 + chance.below(2) as u32;
            (figure.to_string(), figure)
        }
        _ => {
            let (letter, value) = LETTERS[chance.below(4) as usize];
            (letter.to_string(), value % 10)
        }
    };
    weighted.push(figure * 8);
    let mut text = format!("{letter}{second}");
    for weight in (1..=7).rev() {
        let figure = chance.below(10) as u32;
        weighted.push(figure * weight);
        text.push_str(&figure.to_string());
    }
    let check = (10 - weighted.iter().sum::<u32>() % 10) % 10;
    text + &check.to_string()
}

fn widen(text: &str) -> String {
    text.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).expect("full width")).collect()
}

fn chinese(text: &str) -> String {
    let figure = |c: char| c.to_digit(10).map(|n| "〇一二三四五六七八九".chars().nth(n as usize));
    text.chars().map(|c| figure(c).flatten().unwrap_or(c)).collect()
}

fn figures(text: &str, figures: &str) -> String {
    let figures: Vec<char> = figures.chars().collect();
    text.chars().map(|c| c.to_digit(10).map_or(c, |value| figures[value as usize])).collect()
}

fn between(text: &str, mark: &str) -> String {
    text.chars().map(String::from).collect::<Vec<_>>().join(mark)
}

fn disguises(id: &str) -> Vec<String> {
    vec![
        id.to_owned(),
        id.to_lowercase(),
        widen(id),
        between(id, " "),
        format!("{}-{}-{}", &id[..1], &id[1..5], &id[5..]),
        chinese(id),
        format!("https://example.org/?id={id}&x=1"),
        format!("{id}.pdf"),
        format!("{}\n    {}", &id[..6], &id[6..]),
        between(id, "\u{200b}"),
        format!("{} {} {}", &id[..4], &id[4..7], &id[7..]),
        between(id, "\u{3000}"),
        format!("申請人（{id}）已核對"),
        id.replacen('A', "А", 1).replacen('B', "В", 1),
        between(id, "."),
        between(id, "－"),
        format!("{}\\{}", &id[..6], &id[6..]),
        between(id, "~"),
        between(id, "、"),
        between(id, "，"),
        format!("{} {}-{}-{}", &id[..1], &id[1..4], &id[4..7], &id[7..]),
        format!("{}-\n{}", &id[..4], &id[4..]),
        format!("({}){}", &id[..1], &id[1..]),
        format!("「{}」{}", &id[..1], &id[1..]),
        format!("{}（{}）", &id[..9], &id[9..]),
        format!("ID{id}"),
        format!("scan{id}"),
        format!("20260301{id}"),
        format!("1150301{}.pdf", id.to_lowercase()),
        between(id, "★"),
        between(id, "→"),
        format!("{}\u{301}{}", &id[..1], &id[1..]),
        format!("案號登錄不完整 {} {}", &id[..4], &id[4..]),
        format!("統一編號：{} {} {}", &id[..1], &id[1..4], &id[4..]),
        format!("府地字第1130014443號 {}-{}", &id[..1], &id[1..]),
        format!("查詢案號及事由。 {}", between(id, "　")),
        format!("{id}scan.pdf"),
        format!("[{}](https://example.org/a){}", &id[..5], &id[5..]),
        format!("{}&hairsp;{}", &id[..5], &id[5..]),
        format!("{}&NegativeThinSpace;{}", &id[..5], &id[5..]),
        format!("{}&amp;#{};{}", &id[..5], id.as_bytes()[5], &id[6..]),
        id.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect(),
        figures(id, "⓿❶❷❸❹❺❻❼❽❾"),
        figures(id, "🄋➀➁➂➃➄➅➆➇➈"),
        figures(id, "○⑴⑵⑶⑷⑸⑹⑺⑻⑼"),
        figures(id, "🄀⒈⒉⒊⒋⒌⒍⒎⒏⒐"),
        figures(id, "〇〡〢〣〤〥〦〧〨〩"),
        figures(id, "◯㈠㈡㈢㈣㈤㈥㈦㈧㈨"),
        figures(id, "෦෧෨෩෪෫෬෭෮෯"),
        figures(id, "零壱弐弎肆伍陆柒捌玖"),
    ]
}

#[test]
fn a_thousand_numbers_are_found_in_every_disguise() {
    let mut chance = Chance(20_261_121);
    for turn in 0..crate::turns(1_000) {
        let id = identity(&mut chance, turn);
        for (number, text) in disguises(&id).into_iter().enumerate() {
            let text = match (turn + number) % 3 {
                0 => text,
                1 => format!("備註：{text}。"),
                _ => format!("由 {text} 申請"),
            };
            let found = find(&text);
            let kinds: Vec<Kind> = found.iter().map(|one| one.kind).collect();
            assert!(kinds.contains(&Kind::Identity), "{id} in {text:?}: {kinds:?}");
            assert!(!find(&mask(&text)).iter().any(|one| one.kind == Kind::Identity), "{text}");
        }
    }
}

/// Columns that ran together, and copies that are counted.
#[test]
fn numbers_with_no_gap_behind_them_are_found() {
    let mut chance = Chance(20_261_129);
    for turn in 0..crate::turns(1_000) {
        let (one, two) = (identity(&mut chance, turn), identity(&mut chance, turn / 3));
        for (number, both) in
            disguises(&one).into_iter().zip(disguises(&two)).enumerate().filter(|(number, _)| {
                // Those in which nothing stands around the number.
                matches!(number, 0..=5 | 8..=11 | 13..=19 | 20..=21 | 29..=30 | 38..=50)
            })
        {
            let text = format!("名單：{}{}。", both.0, both.1);
            let found = find(&text).iter().filter(|one| one.kind == Kind::Identity).count();
            assert_eq!(found, 2, "{number}: {text:?}");
            let masked = mask(&text);
            let plain = !masked.contains('\\');
            if plain && ["****", "＊＊＊＊"].iter().any(|mask| masked.matches(mask).count() == 2)
            {
                assert!(find(&masked).iter().all(|one| one.kind != Kind::Identity), "{masked}");
            }
        }
        let three = format!("{one}{two}{one}");
        assert_eq!(find(&three).len(), 3, "{three}");
        for more in ["0750302", "19860302", "0912345678", "0227208889"] {
            for text in [format!("王小明{one}{more}"), format!("{}{}", widen(&one), widen(more))]
            {
                assert!(find(&text).iter().any(|one| one.kind == Kind::Identity), "{text}");
            }
        }
        let text = format!("0912345678{one}");
        assert!(find(&text).iter().any(|one| one.kind == Kind::Identity), "{text}");
        let text = format!("身分證字號{one}{turn}");
        assert!(find(&text).iter().any(|one| one.kind == Kind::Identity), "{text}");
    }
    for text in ["A1234567891", "A12345678901.pdf", "a123456789001", "Ａ１２３４５６７８９２"]
    {
        assert_eq!(find(text).first().map(|one| one.kind), Some(Kind::Identity), "{text}");
    }
    assert_eq!(mask("A1234567891"), "A12345****1");
    // 1950, 2050 and 1985 are no years of papers; 2026 is, and only a word tells the number.
    for text in ["F1950427161", "H20504271312", "K198527130123", "身分證字號A2026071351"] {
        assert_eq!(find(text).first().map(|one| one.kind), Some(Kind::Identity), "{text}");
    }
    assert_eq!(find("A2026071351"), []);
    // Ten thousand in a row take time in step with their number.
    assert_eq!(find(&"A123456789".repeat(10_000)).len(), 10_000);
}

#[test]
fn the_vectors_of_the_ministry() {
    for (text, kind) in [
        ("A123456789", Some(Kind::Identity)),
        ("A123456788", Some(Kind::IdentityLike)),
        ("A800000014", Some(Kind::Identity)),
        ("A800000015", Some(Kind::IdentityLike)),
        ("AC01234567", Some(Kind::Identity)),
        ("AA00000009", Some(Kind::Identity)),
        ("A12345678O", None),
        ("A323456789", None),
        ("A1234567880", None),
        ("XA123456789", None),
    ] {
        let found = find(text);
        assert_eq!(found.first().map(|one| one.kind), kind, "{text}");
    }
    assert_eq!(mask("A123456789"), "A12345****");
    assert_eq!(mask("甲Ａ１２３４５６７８９乙"), "甲Ａ１２３４５＊＊＊＊乙");
    assert_eq!(mask("身分證 A123 456 789").len(), "身分證 A123 456 789".len());
}

#[test]
fn ways_to_reach_a_person_are_found() {
    use Kind::{Address, Birthday, Household, Mail, Mobile, Telephone};
    for (text, kind) in [
        ("0912345678", Mobile),
        ("0912-345-678", Mobile),
        ("0912 345 678", Mobile),
        ("０９１２－３４５－６７８", Mobile),
        ("+886 912 345 678", Mobile),
        ("+886-912345678", Mobile),
        ("零九一二三四五六七八", Mobile),
        ("手機:0912345678。", Mobile),
        ("(02)2720-8889", Telephone),
        ("02-2720-8889", Telephone),
        ("02-27208889", Telephone),
        ("電話 0227208889", Telephone),
        ("+886-2-2720-8889", Telephone),
        ("（049）2222106", Telephone),
        ("電話：2720-8889", Telephone),
        ("聯絡電話 27208889", Telephone),
        ("電話（2345678）", Telephone),
        ("Tel: 234-5678", Telephone),
        ("傳真號碼：２７２０－８８８９", Telephone),
        ("洽 2720-8889 分機 1234", Telephone),
        ("承辦 27208889轉1234", Telephone),
        ("王科員 2720-8889#1234", Telephone),
        ("專線為 8888-1234", Telephone),
        ("someone@example.com", Mail),
        ("some.one＠mail.example.tw", Mail),
        ("臺北市信義區市府路1號", Address),
        ("南投市中興路六六〇號", Address),
        ("信義路五段7巷22弄3之1號4樓", Address),
        ("竹山鎮中山村12鄰34號", Address),
        ("出生日期：75年3月2日", Birthday),
        ("生日 1990-01-02", Birthday),
        ("民國75年3月2日出生", Birthday),
        ("民國75年3月2日生，住臺北市", Birthday),
        ("戶號 F1234567", Household),
        ("戶號：A0012345", Household),
    ] {
        let found = find(text);
        let kinds: Vec<Kind> = found.iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [kind], "{text}");
        assert_ne!(mask(text), text, "{text}");
        assert_eq!(mask(text).len(), text.len(), "{text}");
    }
    assert_eq!(find_after("電話", "0227208889")[0].kind, Telephone);
    assert_eq!(find_after("phone", "2720-8889")[0].kind, Telephone);
    assert_eq!(mask("電話：2720-8889 分機 12"), "電話：2720-**** 分機 12");
    assert_eq!(find_after("birthday", "1990-01-02")[0].kind, Birthday);
    assert_eq!(find_after("戶號", "F1234567")[0].place, 0..8);
    assert_eq!(mask("0912-345-678"), "0912-34*-***");
    assert_eq!(mask("someone@example.com"), "s******@example.com");
}

/// Numbers of papers, of accounts and of machines, figures and dates of all sorts.
#[test]
fn other_numbers_raise_no_alarm() {
    let mut chance = Chance(7);
    let mut alarms = Vec::new();
    let mut count = 0;
    for _ in 0..2_500 {
        let mut n = |limit: u64| chance.below(limit);
        let (y, m, d) = (105 + n(20), 1 + n(12), 1 + n(28));
        let texts = [
            format!("府地資字第{y}{:07}號", n(9_999_999)),
            format!("北市地資字第{y}{:08}號函", n(99_999_999)),
            format!("{y}.{m:02}.{d:02} {:02}:{:02}", n(24), n(60)),
            format!("{}-{m:02}-{d:02} 至 {}-{m:02}-{d:02}", y + 1911, y + 1912),
            format!("附件A {}-{m:02}-{d:02} {}", y + 1911, n(10)),
            format!("TL-{:04}", n(10_000)),
            format!("收件 {y}{m:02}{d:02}{:04}", n(10_000)),
            format!("{:016x}{:016x}{:016x}{:016x}", n(1 << 31), n(1 << 31), n(1 << 31), n(1 << 31)),
            format!("192.168.{}.{}", n(256), n(256)),
            format!("查詢 {} 筆，抽查 {} 筆", n(100_000), n(1_000)),
            format!("1{:03}-{:03}-{:03}", n(1_000), n(1_000), n(1_000)),
            format!("{:08}", 10_000_000 + n(80_000_000)),
            format!("發生日期：{y}年{m}月{d}日"),
            format!("自民國{y}年{m}月{d}日生效"),
            format!("第{}號", n(1_000)),
            format!("KB{:07}", n(9_999_999)),
            format!("案號 {:010}", n(2_000_000_000)),
        ];
        for text in texts {
            count += 1;
            if !find(&text).is_empty() {
                alarms.push(text);
            }
        }
    }
    assert!(
        alarms.len() * 1_000 <= count,
        "{} of {count}: {:?}",
        alarms.len(),
        &alarms[..20.min(alarms.len())]
    );
}

/// Ten thousand more as offices write them, made apart from those above: numbers of papers, cases,
/// accounts, businesses, parcels; what has the form of a telephone number or of a date and is none.
#[test]
fn ten_thousand_numbers_of_offices_raise_no_alarm() {
    let mut chance = Chance(1_131);
    let mut alarms = Vec::new();
    let mut count = 0;
    while count < 10_000 {
        let mut n = |limit: u64| chance.below(limit);
        let (y, m, d) = (100 + n(16), 1 + n(12), 1 + n(28));
        let letter = char::from(b'A' + n(26) as u8);
        let texts = [
            format!("府民戶字第{y}{:07}號", n(9_999_999)),
            format!("府民戶字第 {y}{:07} 號函辦理", n(9_999_999)),
            format!("{y}年度訴字第{}號", n(9_999)),
            format!("收件字號：{y}年松山字第{:06}號", n(999_999)),
            format!("統一編號 {:08}", n(99_999_999)),
            format!("統編{:08}", n(99_999_999)),
            format!("帳號 {:03}-{:02}-{:06}-{}", n(1_000), n(100), n(1_000_000), n(10)),
            format!("帳號：{:014}", n(1 << 31)),
            format!("虛擬帳號 9{:04}{:09}", n(10_000), n(999_999_999)),
            format!("信義段三小段{:04}-{:04}地號", n(10_000), n(10_000)),
            format!("建號 {:05}-{:03}", n(100_000), n(1_000)),
            format!("{:04}-{m:02}{d:02}", 1990 + n(40)),
            format!("{y}{m:02}{d:02}-{:03}", n(1_000)),
            format!("{m:02}{d:02}-{:04}-{:02}", n(10_000), n(100)),
            format!("民國{y}年{m}月{d}日第{}次", n(100)),
            format!("{y}/{m}/{d} {:02}:{:02}:{:02}", n(24), n(60), n(60)),
            format!("版本 {}.{}.{}", n(100), n(100), n(10_000)),
            format!("第{}版第{}頁共{}頁", n(10), n(100), n(1_000)),
            format!("{}-{}", 10_000_000 + n(90_000_000), n(1_000)),
            format!(
                "發票 {}{}{:08}",
                char::from(b'A' + n(26) as u8),
                char::from(b'A' + n(26) as u8),
                n(99_999_999)
            ),
            format!("{},{:03},{:03} 元", n(1_000), n(1_000), n(1_000)),
            format!("10.{}.{}.{}:{}", n(256), n(256), n(256), n(65_536)),
            format!("財產編號 {}-{:02}-{:02}-{:07}", n(10), n(100), n(100), n(9_999_999)),
            format!("郵遞區號 {:03}{:03}", n(1_000), n(1_000)),
            format!("抽查比率 {}.{}%，共 {} 件", n(100), n(100), n(10_000)),
            format!("{}-{}", 2_000 + n(8_000), 1_000 + n(9_000)),
            format!("電話費 {} 元", 2_000_000 + n(70_000_000)),
            format!("接聽電話 {} 通", 2_000_000 + n(7_000_000)),
            format!("公務電話紀錄 {}{m:02}{d:02}", y + 1911),
            format!("公務電話 {}{m:02}{d:02} 紀錄", y + 1911),
            format!("電話紀錄單第{}號", 2_000_000 + n(7_000_000)),
            format!("市話帳單編號 {}", 20_000_000 + n(70_000_000)),
            format!("地號 {:04}-{:04}", 2_000 + n(8_000), n(10_000)),
            format!("轉檔 {} 筆", 20_000_000 + n(70_000_000)),
            format!("分機號碼 {}", 1_000 + n(9_000)),
            format!("電腦 PC-{:04}-{:04}", n(10_000), n(10_000)),
            format!("流水號 0{:02}-{:03}-{:04}", n(100), n(1_000), n(10_000)),
            format!("文號：A {} {}", 1_000 + n(9_000), 10_000 + n(90_000)),
            format!("A{y}{m:02}{d:02}{:04}", n(10_000)),
            format!("案件 {}{}{m:02}{d:02}{:03}", letter, y + 1911, n(1_000)),
            format!("{letter}{y}{:07}", n(9_999_999)),
            format!("{letter}{}{:06}", 1990 + n(50), n(999_999)),
            format!("收文號 {letter}{:011}", n(1 << 36)),
            format!("{letter}{letter}{:012}", n(1 << 38)),
            format!("憑證 {letter}{:010}", n(1 << 33)),
            format!("{letter}{:014}", n(1 << 46)),
            format!("{letter}9{:01}{m:02}{d:02}{:04}", n(10), n(10_000)),
        ];
        for text in texts {
            count += 1;
            if !find(&text).is_empty() {
                alarms.push(text);
            }
        }
    }
    assert!(alarms.len() <= count / 1_000, "{} of {count}: {alarms:?}", alarms.len());
}

#[test]
fn a_long_text_takes_time_in_step_with_its_length() {
    for piece in [
        "A1 ",
        "0912-",
        "號",
        "1號路",
        "a@",
        "生日1",
        "戶號1",
        "A\n   ",
        "一二三四",
        "<a",
        "&#5",
        "%3",
        "1\n    ",
        "ab1",
        "1a",
        "2345678  ",
    ] {
        // Were it the square, 128 KiB would take minutes.
        let text = piece.repeat((1 << 17) / piece.len());
        let start = std::time::Instant::now();
        find(&text);
        assert!(start.elapsed().as_secs() < 8, "{piece}: {:?}", start.elapsed());
    }
}
