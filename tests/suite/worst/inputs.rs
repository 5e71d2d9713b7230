//! The worst inputs of each kind, of about `size` bytes each.

use std::io::{Cursor, Write as _};

use super::bombs;

/// An input, and the command that reads it.
pub struct Input {
    pub name: String,
    pub files: Vec<(String, Vec<u8>)>,
    pub command: String,
}

impl Input {
    /// Whether others of its sort may stand beside it in one site.
    pub fn can_stand_beside(&self) -> bool {
        let sorts =
            ["content/systems/", "content/posts/", "content/pages/", "content/evidence/files/"];
        self.files.iter().all(|(path, _)| sorts.iter().any(|sort| path.starts_with(sort)))
    }
}

fn input(name: &str, path: &str, bytes: impl Into<Vec<u8>>, command: &str) -> Input {
    Input {
        name: name.to_owned(),
        files: vec![(path.to_owned(), bytes.into())],
        command: command.to_owned(),
    }
}

/// `piece` over and over.
pub fn many(piece: &str, size: usize) -> String {
    piece.repeat(size / piece.len() + 1)
}

/// What `piece` makes of 0, 1, 2 …
fn counted(size: usize, piece: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(size + 100);
    for number in 0.. {
        if text.len() >= size {
            break;
        }
        text.push_str(&piece(number));
    }
    text
}

/// All of them.
pub fn inputs(size: usize) -> Vec<Input> {
    let mut all = records(size);
    all.extend(pages(size));
    all.extend(laws(size));
    all.extend(rules(size));
    all.extend(sheets(size));
    all.extend(texts(size));
    all.extend(papers(size));
    all
}

/// YAML of every sort, as a file of records.
fn records(size: usize) -> Vec<Input> {
    let depth = (2.0 * size as f64).sqrt() as usize;
    let nested: String = (0..depth).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let open = "- {id: x, name: x, agency: city, attributes: {";
    let kinds: Vec<(&str, String)> = vec![
        ("nested lists", format!("- {{id: x, name: {}", many("[", size))),
        ("nested mappings", format!("- {{id: x, name: {}", many("{a: ", size))),
        ("nested blocks", nested),
        ("nested items", many("- ", size)),
        ("explicit keys", many("? ", size)),
        ("keys of a mapping", format!("{open}{}}}}}\n", counted(size, |n| format!("k{n}: 1, ")))),
        ("unknown keys", counted(size, |n| format!("k{n}: 1\n"))),
        (
            "misspelt keys",
            counted(size, |n| format!("{} agencyy{n}: 1\n", if n == 0 { "-" } else { " " })),
        ),
        ("one key over and over", many("a: 1\n", size)),
        ("numbers as keys", format!("{open}{}}}}}\n", counted(size, |n| format!("{n}: 1, ")))),
        ("aliases", format!("- &a [x]\n{}", many("- *a\n", size))),
        ("anchors", counted(size, |n| format!("- &a{n} x\n"))),
        ("merge keys", many("- <<: {a: b}\n", size)),
        ("a long text", format!("- {{id: x, name: {}}}\n", many("稽核", size))),
        ("a long text of escapes", format!("- {{id: x, name: \"{}\"}}\n", many("\\u7a3d", size))),
        ("a long text of figures", format!("- {{id: x, name: \"{}\"}}\n", many("0912-345-", size))),
        (
            "texts of figures",
            counted(size, |n| format!("- {{id: s{n}, name: \"{}\"}}\n", many("A1 ", 15_000))),
        ),
        (
            "texts of roads",
            counted(size, |n| format!("- {{id: s{n}, name: \"{}\"}}\n", many("1號", 15_000))),
        ),
        (
            "texts of tags",
            counted(size, |n| format!("- {{id: s{n}, name: \"{}\"}}\n", many("<a1", 15_000))),
        ),
        ("a long block", format!("- id: x\n  name: |\n{}", many("    a\n", size))),
        ("hidden characters", format!("- {{id: x, name: \"{}\"}}\n", many("\u{200b}", size))),
        ("hidden by escapes", format!("- [{}]\n", many("\"\\u202e\", ", size))),
        ("private characters", format!("- {{id: x, name: \"{}\"}}\n", many("\u{e000}", size))),
        ("look-alikes", format!("- {{id: x, name: \"{}\"}}\n", many("一ㄧ", size))),
        ("records that are wrong", many("- {id: A_, nmae: x}\n", size)),
        ("records of one id", many("- {id: x, name: x, agency: city}\n", size)),
        ("records", counted(size, |n| format!("- {{id: s{n}, name: x, agency: city}}\n"))),
        (
            "records of nobody",
            counted(size, |n| format!("- {{id: s{n}, name: x, agency: citty{n}}}\n")),
        ),
        (
            "records of an unknown law",
            counted(size, |n| {
                format!("- {{id: s{n}, name: x, agency: city, regulations: [laww{n}]}}\n")
            }),
        ),
        (
            "a list of references",
            format!("- {{id: x, name: x, agency: city, regulations: [{}]}}\n", many("law, ", size)),
        ),
        ("documents", many("---\n", size)),
        ("directives", many("%YAML 1.1\n", size)),
        ("tags", many("- !a b\n", size)),
        ("comments", many("#\n", size)),
        ("comments between", many("- a\n#!\n", size)),
        ("quotation marks", many("'", size)),
        ("colons", many(": ", size)),
        ("commas", format!("- [{}", many(",", size))),
        ("empty lines", many("\n", size)),
        ("carriage returns", many("\r", size)),
        ("tabs", many("\t", size)),
        ("nulls", many("\0", size)),
    ];
    let kinds = kinds.into_iter();
    let mut all: Vec<Input> = kinds
        .map(|(name, text)| {
            input(&format!("records: {name}"), "content/systems/x.yaml", text, "check")
        })
        .collect();
    let more: Vec<(&str, &str, String)> = vec![
        (
            "posts in a row of deputies",
            "content/posts/x.yaml",
            counted(size, |n| {
                format!("- {{id: p{n}, agency: city, title: x, staff: S{n}, deputy: p{}}}\n", n + 1)
            }),
        ),
        (
            "posts of one holder",
            "content/posts/x.yaml",
            counted(size, |n| format!("- {{id: p{n}, agency: city, title: x, staff: A001}}\n")),
        ),
        (
            "events",
            "content/events.yaml",
            counted(size, |n| {
                format!("- {{id: e{n}, kind: personnel-change, unit: desk, on: 2025-05-05}}\n")
            }),
        ),
        (
            "audits",
            "content/audits.yaml",
            counted(size, |n| {
                format!(
                    "- {{id: e{n}, obligation: law/check, scope: desk, period: 2025-03, done_on: 2025-04-10}}\n"
                )
            }),
        ),
        (
            "evidence",
            "content/evidence.yaml",
            counted(size, |n| {
                format!("- {{id: e{n}, title: x, received_on: 2025-01-01, document: x}}\n")
            }),
        ),
        (
            "assets that share a label",
            "content/assets.yaml",
            counted(size, |n| {
                format!(
                    "- {{id: a{n}, unit: desk, system: net, label: x, kind: paper, on: 2025-01-01, acquired_on: 2025-01-01}}\n"
                )
            }),
        ),
        (
            "terms",
            "content/terms.yaml",
            counted(size, |n| format!("- {{id: t{n}, of: event, name: x}}\n")),
        ),
        (
            "holidays",
            "content/calendar.yaml",
            format!(
                "years:\n  2026:\n    holidays:\n{}",
                counted(size, |n| format!("      2026-01-{n}: x\n"))
            ),
        ),
        (
            "years",
            "content/calendar.yaml",
            format!("years:\n{}", counted(size, |n| format!("  {}: {{}}\n", 1900 + n))),
        ),
        (
            "settings",
            "clausebook.yaml",
            format!("name: a\nagency: b\n{}", counted(size, |n| format!("k{n}: 1\n"))),
        ),
        (
            "waivers of warnings",
            "clausebook.yaml",
            format!(
                "name: a\nagency: b\nwaive:\n{}",
                counted(size, |n| format!(
                    "- {{code: look-alike, file: a{n}, reason: x, until: 2027-01-01}}\n"
                ))
            ),
        ),
        (
            "words of the site",
            "templates/words/zh-Hant-TW.yaml",
            counted(size, |n| format!("k{n}: x\n")),
        ),
    ];
    all.extend(
        more.into_iter()
            .map(|(name, path, text)| input(&format!("records: {name}"), path, text, "check")),
    );
    all
}

/// Markdown: as much of it as a page may have.
fn pages(size: usize) -> Vec<Input> {
    let size = size.min(767 << 10);
    let pieces = [
        "*",
        "**a ",
        "_",
        "a_b_",
        "*a_ ",
        "[",
        "[a](",
        "![",
        "![[]()",
        "<",
        "<a ",
        "<!--",
        "<?",
        "<!A",
        "<![CDATA[",
        "`",
        "`a``b",
        "~~a",
        ">",
        "> ",
        ">\n",
        "- ",
        "- a\n",
        "1. ",
        "|",
        "|-|\n",
        "| a |\n| - |\n",
        "&#",
        "&amp;",
        "&#50;",
        "\\",
        "a@",
        "0912-",
        "A1 ",
        "號",
        "[a]: b\n",
        "[a][b]",
        "http://a ",
        "#\n",
        "#",
        "***",
        "a**b",
        "“",
        "(",
        "\"",
        "**「a」**",
        "*a**b",
        "```\n",
        "~~~a\n\n",
        "  \n",
        "x\n---\n",
        "<b>1</b>",
        "\u{200b}",
        "&#x202e;",
        "[x](javascript:a)",
    ];
    let page = |name: &str, text: String| {
        input(
            &format!("guidance: {name:?}"),
            "content/pages/x.md",
            format!("# 題\n\n{text}"),
            "check --render",
        )
    };
    let mut all: Vec<Input> = pieces.iter().map(|piece| page(piece, many(piece, size))).collect();
    all.push(page(
        "runs of code marks",
        counted(size, |n| format!("{}a", "`".repeat(n % 2_000 + 1))),
    ));
    all.push(page("references", counted(size, |n| format!("[a{n}]: b\n[a{n}]\n"))));
    all.push(page(
        "deep quotes",
        (0..(size as f64).sqrt() as usize).map(|n| format!("{}a\n", ">".repeat(n))).collect(),
    ));
    all.push(input(
        "guidance: duties",
        "content/pages/x.md",
        format!("---\nduties: [{}]\n---\n# 題\n", counted(size, |n| format!("law/chekc{n}, "))),
        "check",
    ));
    all
}

/// Texts of a regulation.
fn laws(size: usize) -> Vec<Input> {
    let pieces = [
        "一、\n",
        "一、甲。\n",
        "（一）\n",
        "(1)\n",
        "1.\n",
        "第一條\n",
        "第一條　甲。\n",
        "第一條之一",
        "依第一點第一款、",
        "依第三點第一款規定",
        "第一點至第九點",
        "前項",
        "附表一、",
        "(",
        "　",
        "\n",
        "一",
        "|a|b|\n",
        "．",
        "\u{c}",
        "1",
        "-\n",
        "第",
        "條",
        "一、",
        "壹、",
        "第一章\n",
        "民國一一五年一月一日",
        "、",
        "甲乙丙丁",
        "+---+\n",
        "  ",
    ];
    let law = |name: &str, text: String| {
        input(&format!("law: {name:?}"), "regulations/law/2025-01-01.txt", text, "check")
    };
    let mut all: Vec<Input> = pieces.iter().map(|piece| law(piece, many(piece, size))).collect();
    all.push(law("articles", counted(size, |n| format!("第 {} 條\n甲依第 {n} 條。\n", n + 1))));
    all.push(law("nested marks", many("一、甲\n（一）乙\n1.丙\n(1)丁\n", size)));
    for (piece, name) in [
        ("一、甲。\n", "points"),
        ("一、各單位應每月抽查一次。\n", "duties"),
        ("(1) 甲\n", "items"),
        ("甲乙丙丁。", "one line"),
    ] {
        all.push(input(
            &format!("import: {name}"),
            "new.txt",
            many(piece, size),
            "import regulation new.txt --id new",
        ));
    }
    for (name, text) in OFFICIAL {
        let command = "import regulation new.txt --id new";
        all.push(input(&format!("import: {name}"), "new.txt", mutated(text, size), command));
    }
    // A doubt a line, each with its line and excerpt.
    all.push(input(
        "import: doubts as data",
        "new.txt",
        many("一、甲。\n", size),
        "import regulation new.txt --id new --dry-run --format json",
    ));
    all
}

/// Texts as they are published.
const OFFICIAL: [(&str, &str); 2] = [
    ("points", include_str!("../../../regulations/nantou-household/2024-10-25.txt")),
    ("wrapped points", include_str!("../../../regulations/taipei-cadastral/2024-07-01.txt")),
];

/// A text again and again, each time with other lines lost, moved in and cut.
fn mutated(text: &str, size: usize) -> String {
    let mut all = String::new();
    for (n, line) in text.lines().cycle().enumerate() {
        match n % 31 {
            3 => continue,
            7 => all.push('\n'),
            11 => all.push('　'),
            13 => {
                let middle = line.chars().count() / 2;
                let cut = line.char_indices().nth(middle).map_or(0, |(cut, _)| cut);
                all += &line[..cut];
                all.push('\n');
                all += &line[cut..];
                all.push('\n');
                continue;
            }
            17 => {
                all += &line.replacen('、', ".", 1);
                all.push('\n');
                continue;
            }
            _ => {}
        }
        all += line;
        all.push('\n');
        if all.len() >= size {
            break;
        }
    }
    all
}

/// Rules, conditions and their tests.
fn rules(size: usize) -> Vec<Input> {
    let duty = |condition: String| {
        format!(
            "- id: check\n  kind: periodic\n  clauses: [\"2\"]\n  title: 義務\n  scope: unit\n  every: month\n  due: [{{on: site-default}}]\n  when: '{condition}'\n"
        )
    };
    let mut all: Vec<Input> = [
        "(",
        "not ",
        "1 + ",
        "1 == 1 and ",
        "-",
        "unit.",
        "a",
        "9",
        "[",
        "\"a\" in [",
        "\" ",
        "and ",
    ]
    .into_iter()
    // A text ends at 20,000 characters: the longest condition, as often as there is room.
    .map(|piece| {
        (
            piece,
            (0..=size / 20_000).map(|_| duty(many(piece, size.min(19_000)))).collect::<String>(),
        )
    })
    .map(|(piece, text)| {
        input(&format!("condition: {piece:?}"), "regulations/law/obligations.yaml", text, "check")
    })
    .collect();
    let rules: Vec<(&str, &str, String)> = vec![
        (
            "obligations.yaml",
            "duties",
            counted(size, |n| {
                format!(
                    "- {{id: d{n}, kind: conduct, clauses: [\"2\"], title: x, scope: agency}}\n"
                )
            }),
        ),
        (
            "obligations.yaml",
            "clauses",
            format!(
                "- {{id: d, kind: conduct, title: x, scope: agency, clauses: [{}]}}\n",
                many("\"2\", ", size)
            ),
        ),
        (
            "clauses.yaml",
            "clauses without a duty",
            counted(size, |n| format!("- {{clause: \"{n}\", reason: purpose}}\n")),
        ),
        (
            "tests.yaml",
            "tests",
            counted(size, |n| {
                format!(
                    "- {{name: t{n}, as_of: 2025-05-01, given: {{units: [{{id: u{n}}}]}}, expect: {{}}}}\n"
                )
            }),
        ),
        (
            "tests.yaml",
            "a test of many records",
            format!(
                "- name: t\n  as_of: 2025-05-01\n  given:\n    units:\n{}  expect: []\n",
                counted(size, |n| format!("    - {{id: u{n}, agency: city, name: x}}\n"))
            ),
        ),
        (
            "readings.yaml",
            "questions",
            counted(size, |n| {
                format!(
                    "- {{id: q{n}, title: x, clauses: [\"2\"], readings: [{{id: a, title: x}}, {{id: b, title: y}}]}}\n"
                )
            }),
        ),
        (
            "regulation.yaml",
            "versions",
            format!(
                "id: law\nname: x\nversions:\n{}",
                counted(size, |n| format!(
                    "- {{id: \"v{n}\", text: 2025-01-01.txt, in_force: 2025-01-01}}\n"
                ))
            ),
        ),
        (
            "regulation.yaml",
            "history",
            format!(
                "id: law\nname: x\nversions:\n- {{id: \"2025-01-01\", text: 2025-01-01.txt, in_force: 2025-01-01}}\nhistory:\n{}",
                many("- {date: 2025-01-01, document: x, summary: x}\n", size)
            ),
        ),
    ];
    all.extend(rules.into_iter().map(|(file, name, text)| {
        input(&format!("rules: {name}"), &format!("regulations/law/{file}"), text, "check")
    }));
    all
}

/// A ZIP of parts, each of them compressed.
pub fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .large_file(true);
    for (name, bytes) in parts {
        archive.start_file(*name, options).expect("a part of an archive");
        archive.write_all(bytes).expect("a part of an archive");
    }
    archive.finish().expect("an archive").into_inner()
}

const SHEETS: &str = "<?xml version=\"1.0\"?><workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
const RELATED: &str = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";

/// A workbook whose sheet holds `data`.
fn xlsx(data: &str) -> Vec<u8> {
    let sheet = format!(
        "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{data}</sheetData></worksheet>"
    );
    zip(&[
        ("xl/workbook.xml", SHEETS.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATED.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

/// A sheet of Open Document whose table holds `rows`.
fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"a\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

/// How many times more a bomb of `size` bytes unfolds to.
const UNFOLDS: usize = 700;

/// Spreadsheets.
fn sheets(size: usize) -> Vec<Input> {
    let cell = "<c t=\"inlineStr\"><is><t>a</t></is></c>";
    let odd = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"16000\"><text:p>a</text:p></table:table-cell></table:table-row>";
    let bomb = size * UNFOLDS;
    let list: Vec<(&str, &str, Vec<u8>)> = vec![
        ("cells", "list.csv", many("a,", size).into()),
        ("rows", "list.csv", many("a\n", size).into()),
        ("rows of columns", "list.csv", many("員工代碼,單位,系統\n", size).into()),
        ("quotation marks", "list.csv", many("\"", size).into()),
        ("quoted line ends", "list.csv", many("\"\n\"", size).into()),
        ("empty lines", "list.csv", many("\n", size).into()),
        ("semicolons", "list.csv", many(";", size).into()),
        ("apostrophes", "list.csv", many("'", size).into()),
        ("Big5", "list.csv", b"\xa4@".repeat(size / 2)),
        ("UTF-16", "list.csv", [b"\xff\xfe".to_vec(), b"a\0,\0".repeat(size / 4)].concat()),
        ("XLSX, a bomb of rows", "list.xlsx", xlsx(&many(&format!("<row>{cell}</row>"), bomb))),
        ("XLSX, a bomb of spaces", "list.xlsx", xlsx(&many(" ", bomb))),
        ("XLSX, a bomb of tags", "list.xlsx", xlsx(&many("<c>", bomb))),
        (
            "XLSX, a cell far out",
            "list.xlsx",
            xlsx("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>"),
        ),
        ("ODS, cells repeated", "list.ods", ods(&many(odd, size.min(10 * odd.len())))),
        (
            "ODS, a bomb of rows",
            "list.ods",
            ods(&many(
                "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>a</text:p></table:table-cell></table:table-row>",
                bomb,
            )),
        ),
        ("a ZIP that is none", "list.xlsx", many("PK\u{3}\u{4}", size).into()),
    ];
    let mut all: Vec<Input> = list
        .into_iter()
        .map(|(name, file, bytes)| {
            input(&format!("sheet: {name}"), file, bytes, &format!("import accounts {file}"))
        })
        .collect();
    all.push(input(
        "sheet: calendar",
        "c.csv",
        format!("西元日期,星期,是否放假,備註\n{}", many("20260101,四,2,x\n", size)),
        "import calendar c.csv",
    ));
    all
}

/// Texts to import, as pages, documents and open data.
fn texts(size: usize) -> Vec<Input> {
    let html = [
        "<div>",
        "<b>",
        "<p>",
        "<table>",
        "<table><tr><td>",
        "<a href=x>",
        "<li>",
        "<!--",
        "&",
        "<a b ",
        "<select>",
        "<svg>",
        "</p>",
        "<br>",
        "<font><p>",
        "<td>甲",
    ];
    let mut all: Vec<Input> = html
        .iter()
        .map(|piece| (*piece, many(piece, size)))
        .chain([
            ("marks of their own", counted(size, |n| format!("<b id={n}>"))),
            ("marks of their own and paragraphs", counted(size, |n| format!("<b id={n}><p>"))),
            ("attributes", format!("<p {}>", counted(size, |n| format!("a{n}=x ")))),
        ])
        .map(|(piece, text)| (piece, format!("<!doctype html><body>{text}")))
        .map(|(piece, text)| {
            input(
                &format!("page: {piece}"),
                "new.html",
                text,
                "import regulation new.html --id new",
            )
        })
        .collect();
    let xml = |piece: &str| {
        format!("<w:document xmlns:w=\"w\"><w:body>{}", many(piece, size * UNFOLDS / 4))
    };
    let document = |piece: &str| zip(&[("word/document.xml", xml(piece).as_bytes())]);
    let open = zip(&[("content.xml", many("<text:p>", size * UNFOLDS / 4).as_bytes())]);
    let files: Vec<(&str, &str, Vec<u8>)> = vec![
        ("docx of paragraphs", "new.docx", document("<w:p><w:r><w:t>甲</w:t></w:r></w:p>")),
        ("docx of open tags", "new.docx", document("<w:p>")),
        ("docx of spaces", "new.docx", document(" ")),
        ("odt of open tags", "new.odt", open),
        ("JSON nested", "new.json", many("[", size).into()),
        (
            "JSON of laws",
            "new.json",
            format!("{{\"Laws\":[{}{{}}]}}", many("{\"LawArticles\":[]},", size)).into(),
        ),
        (
            "JSON of articles",
            "new.json",
            format!(
                "{{\"LawName\":\"x\",\"LawArticles\":[{}{{}}]}}",
                many("{\"ArticleNo\":\"第 1 條\",\"ArticleContent\":\"x\"},", size)
            )
            .into(),
        ),
        ("JSON of nothing", "new.json", format!("[{}1]", many("1,", size)).into()),
        ("XML nested", "new.xml", many("<a>", size).into()),
        ("XML of laws", "new.xml", many("<法規><法規名稱>x</法規名稱></法規>", size).into()),
        ("XML of entities", "new.xml", format!("<法規>{}", many("&#50;", size)).into()),
    ];
    all.extend(files.into_iter().map(|(name, file, bytes)| {
        input(
            &format!("import: {name}"),
            file,
            bytes,
            &format!("import regulation {file} --id new"),
        )
    }));
    all
}

/// Papers that are published as they are.
fn papers(size: usize) -> Vec<Input> {
    let paper = |name: &str, file: &str, bytes: Vec<u8>| {
        input(
            &format!("evidence: {name}"),
            &format!("content/evidence/files/{file}"),
            bytes,
            "check",
        )
    };
    let mut all: Vec<Input> = [
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
        "A*",
        "1\n      ",
        "@",
        "(",
        "ab1",
        "1A",
        "2345678 ",
        "1 ",
        "A123456789",
        "A1234567891",
        "甲A123456789****",
        "\u{200b}",
        "A\u{200b}",
    ]
    .iter()
    .map(|piece| paper(&format!("{piece:?}"), "a.txt", many(piece, size).into()))
    .collect();
    let pdf =
        |body: String| format!("%PDF-1.7\n{body}\ntrailer\n<</Root 1 0 R>>\n%%EOF\n").into_bytes();
    all.push(paper("PDF of lists", "a.pdf", pdf(format!("1 0 obj\n{}", many("[", size)))));
    all.push(paper("PDF of mappings", "a.pdf", pdf(format!("1 0 obj\n{}", many("<<", size)))));
    all.push(paper(
        "PDF of objects",
        "a.pdf",
        pdf(counted(size, |n| format!("{n} 0 obj\n[]\nendobj\n"))),
    ));
    all.push(paper("PDF of brackets", "a.pdf", pdf(format!("1 0 obj\n{}", many("(", size)))));
    let (word, shared) = ("word/document.xml", "xl/sharedStrings.xml");
    for (name, file, part, text, length) in [
        ("docx of figures", "a.docx", word, "<w:p>A1 </w:p>", size * UNFOLDS / 4),
        ("docx of open tags", "a.docx", word, "<w:p>", size * UNFOLDS / 4),
        ("docx of hidden characters", "a.docx", word, "<w:p>\u{202e}</w:p>", size * UNFOLDS / 4),
        ("xlsx of escapes", "a.xlsx", shared, "_x0041_", size * UNFOLDS / 4),
        ("xlsx of text", "a.xlsx", shared, "0912-", size * UNFOLDS),
    ] {
        all.push(paper(name, file, zip(&[(part, many(text, length).as_bytes())])));
    }
    all.extend(bombs::bombs(size).into_iter().map(|(name, file, bytes)| paper(name, file, bytes)));
    all
}
