//! What the site says is Traditional Chinese as used in Taiwan, and stands in the words file: not in
//! the code, the templates or the scripts.

use std::collections::{BTreeMap, BTreeSet};

use super::architecture::sources;
use super::project::{files, fixture, repository};

/// The texts people wrote for the site and its demo, by path. Regulations are not among them: they
/// are kept to the letter.
fn texts() -> BTreeMap<String, String> {
    let keep = |folder: &'static str, ending: &'static str| {
        let all = files(&repository().join(folder)).into_iter();
        all.filter(move |(path, _)| path.ends_with(ending)).map(move |(path, bytes)| {
            (format!("{folder}/{path}"), String::from_utf8(bytes).expect("UTF-8"))
        })
    };
    keep("templates/words", ".yaml")
        .chain(keep("content", ".yaml"))
        .chain(keep("content", ".md"))
        .chain(keep("regulations", ".yaml"))
        .collect()
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[test]
fn no_word_of_another_country() {
    let list = fixture("forbidden-words.txt");
    let words: Vec<(&str, &str)> = list
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once(' ').expect("a word and what to use"))
        .collect();
    assert!(words.len() >= 60, "{}", words.len());
    let mut found = Vec::new();
    for (path, text) in texts() {
        for (number, line) in text.lines().enumerate() {
            let said = line.split(" #").next().unwrap_or_default();
            for (word, instead) in words.iter().filter(|(word, _)| said.contains(word)) {
                found.push(format!("{path}:{}: {word}; use {instead}: {said}", number + 1));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_letter_of_another_script() {
    // Simplified forms, and forms that look like the ones Taiwan's standard has.
    const OTHERS: &str = "与业东严个为义书习乡买乱云产亲亿仅从仓仪们价众优会传伤伦体余佣侧侨俭债倾偿储儿党兰关兴养兽内冈写军农冯冲决况冻净减凤击划则刚创删别剧务动励劳势区医华协单卖卢卫厂厅历厉压厌县参双发变叙叠号叹吗听启员咏响哗唤团园围图圆圣场坏块坚坛坝垒备复够头夹夺奋奖妇妈娱学宁宝实审宪宽对寻导寿将尔尘尝层属岁岂岗岛币师帐带帮库应庙废开异弃张弥弯弹强归当录忆怀态怜总恋恳恶悬惊惧惩惯愤愿户执扩扫扬护报担拟拥择挂挡据捞损换撑敌斋断无旧时显晋晓暂术机杀杂权条来杨极构枢标样档桥检楼欢岁残毁毕气汇汉沟没沪泪洁浅测济浓涂涛润涨渊渐渔湾湿满灭灯灵灾炼烂热爱爷牍状犹独狭猎献现环珑电画畅疗痒皱监盖盘矿码确碍礼祸离种积称税稳穷窃竞笔筑简类粮纠红约级纪纯纲纳纵纷纸纹组细织终绍经结给绝统继绩续维绵综绿编缘缩缴网罗罚职联聪肃肠肤肾胁胜脉脏脑脚节苏范荐荣药虑虽蚀补装观规视览觉触誉计订认讨让训议记讲许论设访证评识诉诊词译试诗诚话询该详语误说请诸读课谁调谈谋谢谨负责财败货质贩贪贫购贯贴贵贷贸费资赋赏赔赖赛赞赶趋跃践车转轮软轻载辅辆输辖辞边达迁过运还这进远违连迟适选递邮邻郑释里针钟钢钱铁银锁错键镇长门问间闲闻阅队阳阴阵阶际陆陈险随隐难雾静页顶项顺须顾顿颁预领频题颜额风飞饭馆驱驶验骑骗鱼鸟鸡鸿黄齐齿龙龟説爲啓綫衆";
    // Which of them Taiwan writes too, in other words.
    const OWN: &str =
        "云余冲划别卜参号咏复夹岁帐庙强据采里范适极污脏蚀谷辟黄启长内刚机向台价众条党";
    let foreign = |c: char| OTHERS.contains(c) && !OWN.contains(c);
    let mut found = Vec::new();
    for (path, text) in texts() {
        for (number, line) in text.lines().enumerate() {
            let letters: String = line.chars().filter(|c| foreign(*c)).collect();
            if !letters.is_empty() {
                found.push(format!("{path}:{}: {letters}: {line}", number + 1));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What reads numbers and references as official texts and readers write them: letters it knows,
/// and nothing it says.
const READ_TEXTS: &[&str] = &[
    "model/regulation/attachment.rs",
    "model/regulation/citation.rs",
    "model/regulation/law_name.rs",
    "assets/script/15-numeral.js",
    "assets/script/20-sort.js",
    "assets/script/41-goto.js",
    "assets/script/50-search.js",
];

#[test]
fn nothing_is_said_in_code_templates_or_scripts() {
    // The stages behind `parse` and `time`, which read the numbers and dates of official texts.
    let stages = ["assess", "export", "model", "output", "render", "site", "pipeline"];
    let code = sources().iter().filter(|(path, _)| !path.ends_with("tests.rs"));
    let code = code.filter(|(path, _)| {
        stages
            .iter()
            .any(|stage| path.starts_with(&format!("{stage}/")) || **path == format!("{stage}.rs"))
    });
    let code: Vec<(String, String)> =
        code.map(|(path, text)| (path.clone(), text.clone())).collect();
    assert!(code.len() > 100);
    let without = |text: &str, begin: &str, end: &str| -> String {
        let mut pieces = text.split(begin);
        let first = pieces.next().unwrap_or_default().to_owned();
        pieces.fold(first, |kept, piece| kept + piece.split_once(end).map_or("", |(_, rest)| rest))
    };
    let templates = files(&repository().join("templates")).into_iter();
    let templates =
        templates.filter(|(path, _)| !path.starts_with("words/")).map(|(path, bytes)| {
            let text = String::from_utf8(bytes).expect("UTF-8");
            let text = without(&without(&text, "{#", "#}"), "/*", "*/");
            (path, text)
        });
    let reads = |path: &str| READ_TEXTS.contains(&path);
    for (path, text) in code.into_iter().chain(templates).filter(|(path, _)| !reads(path)) {
        let line = text.lines().find(|line| line.chars().any(is_han));
        assert_eq!(line, None, "{path}");
    }
}

#[test]
fn templates_ask_for_words_there_are() {
    let known = known_words();
    assert!(known.len() > 500, "{}", known.len());
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    for (path, bytes) in files(&repository().join("templates")) {
        let text = String::from_utf8(bytes).expect("UTF-8");
        if !path.ends_with(".html") {
            continue;
        }
        for (at, _) in text.match_indices("w.") {
            if text[..at].ends_with(is_name) {
                continue;
            }
            let rest = &text[at + 2..];
            let name = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
            let two: Vec<&str> = name.split('.').take(2).collect();
            if let [_, _] = two[..] {
                assert!(known.contains(&two.join(".")), "{path}: no words `{name}`");
            }
        }
    }
}

/// Words nobody asks for are taken away: by name in a template or in the code, or by a word of the
/// code or the records where the code makes the name.
#[test]
fn every_word_is_asked_for() {
    let code: String = sources().values().map(String::as_str).collect();
    let templates = files(&repository().join("templates")).into_iter();
    let templates: String = templates
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(_, bytes)| String::from_utf8(bytes).expect("UTF-8"))
        .collect();
    let data: String = ["content", "regulations"]
        .into_iter()
        .flat_map(|folder| files(&repository().join(folder)))
        .filter_map(|(_, bytes)| String::from_utf8(bytes).ok())
        .collect();
    let data: BTreeSet<&str> =
        data.split(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c))).collect();
    // What stands between two quotes, so that each word is looked up and the code is read once.
    let quoted: BTreeSet<&str> = code.split('"').collect();
    let quotes_begin_with =
        |start: &str| quoted.range(start..).next().is_some_and(|quoted| quoted.starts_with(start));
    // `w.section.key` as templates write it, cut at each point, and `w.section[`.
    let mut named = BTreeSet::new();
    for name in templates.split(|c: char| !(c.is_ascii_alphanumeric() || "_.[".contains(c))) {
        let Some(name) = name.strip_prefix("w.") else { continue };
        let (name, whole_section) =
            name.split_once('[').map_or((name, false), |(section, _)| (section, true));
        if whole_section {
            named.insert(format!("{name}["));
        }
        named.insert(name.split('.').take(2).collect::<Vec<_>>().join("."));
    }
    let idle: Vec<String> = known_words()
        .into_iter()
        .filter(|word| {
            let (section, key) = word.split_once('.').unwrap_or_default();
            let made = quoted.contains(section) || quotes_begin_with(&format!("{section}.{{"));
            let whole = made && (quoted.contains(key) || data.contains(key));
            let begun = key.split_once('_').is_some_and(|(first, _)| {
                quotes_begin_with(&format!("{section}.{first}_{{"))
                    || quotes_begin_with(&format!("{first}_{{"))
            });
            let by_name =
                quoted.contains(word.as_str()) || quotes_begin_with(&format!("{word}.{{"));
            let shown = named.contains(word) || named.contains(&format!("{section}["));
            !(whole || begun || by_name || shown)
        })
        .collect();
    assert!(idle.is_empty(), "{idle:#?}");
}

/// The names of all words: `section.key`.
fn known_words() -> BTreeSet<String> {
    let words = std::fs::read_to_string(repository().join("templates/words/zh-Hant-TW.yaml"));
    let words = words.expect("the words");
    let mut known = BTreeSet::new();
    let mut section = String::new();
    for line in words.lines().filter(|line| !line.trim_start().starts_with('#')) {
        let Some((key, _)) = line.split_once(':') else { continue };
        let key = key.trim_matches(['"', ' ']);
        match line.len() - line.trim_start().len() {
            0 => section = key.to_owned(),
            2 => _ = known.insert(format!("{section}.{key}")),
            _ => {}
        }
    }
    known
}

#[test]
fn one_thing_has_one_word() {
    // What was called in several ways, and the word that stayed.
    let given_up = [
        ("近期期限", "未來 30 日內到期"),
        ("近期到期", "未來 30 日內到期"),
        ("即將到期", "將屆期"),
        ("將到期", "將屆期"),
        ("得採行之對象", "得適用對象"),
        ("不另載義務", "未課予義務"),
    ];
    for (key, said) in texts() {
        for (old, new) in given_up {
            assert!(!said.contains(old), "{key} says {old} for {new}: {said}");
        }
    }
    let all: String = texts().into_values().collect();
    for (_, new) in given_up {
        assert!(all.contains(new), "no text says {new}");
    }
}
