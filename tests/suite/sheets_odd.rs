//! Sheets as they come out of offices: each is made here, and each is imported right or refused with
//! the address of the cell. A second import of what was imported changes nothing.

use std::io::{Cursor, Write as _};

use encoding_rs::BIG5;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::project::Project;
use super::sheets_in::site;

/// An odd sheet and what becomes of it.
struct Odd {
    what: &'static str,
    kind: &'static str,
    bytes: Vec<u8>,
    code: i32,
    /// What is said of it, on either stream.
    says: Vec<&'static str>,
    /// What then stands in the file of the kind.
    holds: Vec<&'static str>,
}

fn right(what: &'static str, bytes: Vec<u8>, holds: &[&'static str]) -> Odd {
    Odd { what, kind: "accounts", bytes, code: 0, says: Vec::new(), holds: holds.to_vec() }
}

fn refused(what: &'static str, bytes: Vec<u8>, says: &[&'static str]) -> Odd {
    Odd { what, kind: "accounts", bytes, code: 1, says: says.to_vec(), holds: Vec::new() }
}

impl Odd {
    fn of(self, kind: &'static str) -> Self {
        Self { kind, ..self }
    }

    fn saying(self, says: &[&'static str]) -> Self {
        Self { says: says.to_vec(), ..self }
    }
}

fn xlsx(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().expect("a workbook")
}

/// Texts from A1 on.
fn fill(sheet: &mut Worksheet, top: u32, left: u16, rows: &[&[&str]]) {
    for (row, cells) in (top..).zip(rows) {
        for (column, text) in (left..).zip(*cells) {
            if !text.is_empty() {
                sheet.write_string(row, column, *text).expect("writes");
            }
        }
    }
}

const HEAD: &[&str] = &["單位", "員工代碼", "啟用日期"];
const ROW: &[&str] = &["二科", "B001", "115/1/2"];
const HELD: &str = "unit: hall\n  staff: B001\n  role: general\n  opened_on: 2026-01-02\n";

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("begins");
        zip.write_all(text.as_bytes()).expect("writes");
    }
    zip.finish().expect("ends").into_inner()
}

/// An XLSX of one sheet by hand: what no library writes.
fn raw_xlsx(properties: &str, sheet: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |list: &str| {
        format!("<Relationships xmlns=\"{package}/relationships\">{list}</Relationships>")
    };
    zipped(&[
        (
            "[Content_Types].xml",
            &format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
            ),
        ),
        ("_rels/.rels", &relations(&relation("r1", "officeDocument", "xl/workbook.xml"))),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\">{properties}<sheets><sheet name=\"名冊\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &relations(
                &(relation("r1", "worksheet", "worksheets/sheet1.xml")
                    + &relation("r2", "styles", "styles.xml")),
            ),
        ),
        (
            "xl/styles.xml",
            &format!(
                "<styleSheet xmlns=\"{main}\"><numFmts count=\"1\"><numFmt numFmtId=\"170\" formatCode=\"00000\"/></numFmts><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", &format!("<worksheet xmlns=\"{main}\">{sheet}</worksheet>")),
    ])
}

fn text(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn raw_head() -> String {
    format!(
        "<row r=\"1\">{}{}{}</row>",
        text("A1", "單位"),
        text("B1", "員工代碼"),
        text("C1", "啟用日期")
    )
}

/// Rows of one ODS table.
pub(super) fn ods(rows: &str) -> Vec<u8> {
    ods_tables(&format!("<table:table table:name=\"名冊\">{rows}</table:table>"))
}

fn ods_tables(tables: &str) -> Vec<u8> {
    let name = "urn:oasis:names:tc:opendocument:xmlns";
    let content = format!(
        "<office:document-content xmlns:office=\"{name}:office:1.0\" xmlns:table=\"{name}:table:1.0\" xmlns:text=\"{name}:text:1.0\" xmlns:style=\"{name}:style:1.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" office:version=\"1.3\"><office:automatic-styles><style:style style:name=\"gone\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = format!(
        "<manifest:manifest xmlns:manifest=\"{name}:manifest:1.0\"><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/></manifest:manifest>"
    );
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", &manifest),
        ("content.xml", &content),
    ])
}

pub(super) fn row(cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|text| cell(text)).collect();
    format!("<table:table-row>{cells}</table:table-row>")
}

fn cell(text: &str) -> String {
    format!(
        "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
    )
}

fn workbooks() -> Vec<Odd> {
    let plain = Format::new();
    let date = Format::new().set_num_format("yyyy/m/d");
    let day = |text: &str| ExcelDateTime::parse_from_str(text).expect("a day");
    vec![
        right(
            "a title merged over the columns",
            xlsx(|sheet| {
                sheet.merge_range(0, 0, 0, 2, "示範局 使用者名冊", &plain).expect("merges");
                fill(sheet, 1, 0, &[HEAD, ROW]);
            }),
            &[HELD],
        ),
        right(
            "a unit merged over three rows, and a blank row between",
            xlsx(|sheet| {
                fill(sheet, 0, 0, &[HEAD]);
                sheet.merge_range(1, 0, 3, 0, "二科", &plain).expect("merges");
                fill(sheet, 1, 1, &[&["B001", "115/1/2"], &[], &["B002", "115/1/2"]]);
            }),
            &[HELD, "staff: B002"],
        ),
        right(
            "a list that begins at D5, with blank columns within",
            xlsx(|sheet| {
                fill(
                    sheet,
                    4,
                    3,
                    &[
                        &["單位", "", "員工代碼", "", "啟用日期"],
                        &["二科", "", "B001", "", "115/1/2"],
                    ],
                )
            }),
            &[HELD],
        ),
        right(
            "a heading over two rows, merged both ways",
            xlsx(|sheet| {
                sheet.merge_range(0, 0, 1, 0, "單位", &plain).expect("merges");
                sheet.merge_range(0, 1, 1, 1, "員工代碼", &plain).expect("merges");
                sheet.merge_range(0, 2, 0, 4, "日期", &plain).expect("merges");
                fill(sheet, 1, 2, &[&["申請日期", "核准日期", "啟用日期"]]);
                fill(sheet, 2, 0, &[&["二科", "B001", "115/1/1", "115/1/1", "115/1/2"]]);
            }),
            &[
                "application: {applied_on: 2026-01-01, approved_on: 2026-01-01}\n  opened_on: 2026-01-02\n",
            ],
        ),
        right(
            "days as days, with a time, and as seven figures",
            xlsx(|sheet| {
                fill(sheet, 0, 0, &[HEAD, &["二科", "B001"], &["二科", "B002"], &["二科", "B003"]]);
                sheet.write_datetime_with_format(1, 2, day("2026-01-02"), &date).expect("writes");
                let time = Format::new().set_num_format("yyyy/m/d hh:mm");
                let noon = ExcelDateTime::parse_from_str("2026-01-02T13:45:00").expect("a time");
                sheet.write_datetime_with_format(2, 2, noon, &time).expect("writes");
                sheet.write_number(3, 2, 1_150_103).expect("writes");
            }),
            &[
                HELD,
                "B002\n  role: general\n  opened_on: 2026-01-02",
                "B003\n  role: general\n  opened_on: 2026-01-03",
            ],
        ),
        refused(
            "a day as the bare count of days",
            xlsx(|sheet| {
                fill(sheet, 0, 0, &[HEAD, &["二科", "B001"]]);
                sheet.write_number(1, 2, 46_024).expect("writes");
            }),
            &["? C2: `46024` is a number"],
        ),
        refused(
            "a time of day and a length where a day belongs",
            xlsx(|sheet| {
                fill(sheet, 0, 0, &[HEAD, &["二科", "B001"], &["二科", "B002"]]);
                let hours = Format::new().set_num_format("[h]:mm");
                sheet.write_number_with_format(1, 2, 0.5, &hours).expect("writes");
                sheet.write_number(2, 2, 46_024.5).expect("writes");
            }),
            &["? C2", "? C3"],
        ),
        right(
            "a hidden sheet before the list, a note behind",
            {
                let mut book = Workbook::new();
                let old = book.add_worksheet().set_name("舊名冊").expect("a name").set_hidden(true);
                fill(old, 0, 0, &[HEAD, &["二科", "OLD", "100/1/1"]]);
                let list = book.add_worksheet().set_name("名冊").expect("a name").set_active(true);
                fill(list, 0, 0, &[HEAD, ROW]);
                fill(
                    book.add_worksheet().set_name("說明").expect("a name"),
                    0,
                    0,
                    &[&["本表每月更新"]],
                );
                book.save_to_buffer().expect("a workbook")
            },
            &[HELD],
        )
        .saying(&["sheet: 名冊", "1 new"]),
        refused(
            "a sheet for each unit",
            {
                let mut book = Workbook::new();
                for name in ["一科", "二科"] {
                    fill(book.add_worksheet().set_name(name).expect("a name"), 0, 0, &[HEAD, ROW]);
                }
                book.save_to_buffer().expect("a workbook")
            },
            &["2 sheets can be read: `一科`, `二科`", "--sheet"],
        ),
        right(
            "a hidden row and a hidden column",
            xlsx(|sheet| {
                fill(
                    sheet,
                    0,
                    0,
                    &[
                        &["單位", "員工代碼", "啟用日期", "備註"],
                        &["二科", "B001", "115/1/2", "調"],
                        &["二科", "B002", "115/1/2"],
                    ],
                );
                sheet.set_row_hidden(2).expect("hides");
                sheet.set_column_hidden(3).expect("hides");
            }),
            &["opened_on: 2026-01-02\n  note: 調\n", "staff: B002"],
        )
        .saying(&["hidden in the sheet, read all the same: 3, D"]),
        right(
            "a formula with its value",
            xlsx(|sheet| {
                fill(sheet, 0, 0, &[HEAD, &["二科", "", "115/1/2"]]);
                sheet
                    .write_formula(1, 1, Formula::new("=\"B\"&\"001\"").set_result("B001"))
                    .expect("writes");
            }),
            &[HELD],
        ),
        refused(
            "a formula that gave an error",
            xlsx(|sheet| {
                fill(sheet, 0, 0, &[HEAD, &["二科", "B001"]]);
                sheet
                    .write_formula(1, 2, Formula::new("=NA()").set_result("#N/A"))
                    .expect("writes");
            }),
            &["? C2"],
        ),
        right(
            "an error in a column nobody reads",
            xlsx(|sheet| {
                fill(sheet, 0, 0, &[&["單位", "員工代碼", "啟用日期", "比對"], ROW]);
                sheet
                    .write_formula(1, 3, Formula::new("=NA()").set_result("#N/A"))
                    .expect("writes");
            }),
            &[HELD],
        ),
        right(
            "a staff code that is a number",
            xlsx(|sheet| {
                fill(sheet, 0, 0, &[HEAD, &["二科", "", "115/1/2"]]);
                sheet.write_number(1, 1, 1001).expect("writes");
            }),
            &["staff: \"1001\""],
        ),
        right(
            "noughts and letters that only the format shows",
            xlsx(|sheet| {
                fill(sheet, 0, 0, &[HEAD, &["二科", "", "115/1/2"], &["二科", "", "115/1/2"]]);
                let five = Format::new().set_num_format("00000");
                let letter = Format::new().set_num_format("\"B-\"000");
                sheet.write_number_with_format(1, 1, 123, &five).expect("writes");
                sheet.write_number_with_format(2, 1, 7, &letter).expect("writes");
            }),
            &["staff: \"00123\"", "staff: B-007"],
        ),
        right(
            "four hundred columns",
            xlsx(|sheet| {
                fill(sheet, 0, 0, &[HEAD, ROW]);
                for column in 3..400 {
                    sheet.write_string(0, column, format!("欄{column}")).expect("writes");
                    sheet.write_number(1, column, column).expect("writes");
                }
            }),
            &[HELD],
        ),
        refused(
            "something at the far end of the sheet",
            xlsx(|sheet| {
                fill(sheet, 0, 0, &[HEAD, ROW]);
                sheet.write_string(1_048_575, 16_383, "x").expect("writes");
            }),
            &["XFD1048576 lies beyond"],
        ),
        right(
            "formats far beyond the list, and nothing in them",
            xlsx(|sheet| {
                fill(sheet, 0, 0, &[HEAD, ROW]);
                sheet.write_blank(1_048_575, 16_383, &Format::new().set_bold()).expect("writes");
            }),
            &[HELD],
        ),
        right(
            "a number in figures, grouped text, full-width text, and with a word",
            xlsx(|sheet| {
                fill(
                    sheet,
                    0,
                    0,
                    &[
                        &["單位", "月份", "查詢筆數", "使用人數", "帳號數"],
                        &["一科", "115年9月", "", "２", "2人"],
                        &["一科", "11510", "1,234 ", "2", "2"],
                    ],
                );
                sheet.write_number(1, 2, 12.0).expect("writes");
                fill(sheet, 3, 0, &[&["", "合計", "1246", "4", "4"]]);
            }),
            &[
                "month: 2026-09, queries: 12, active_users: 2, total_users: 2",
                "month: 2026-10, queries: 1234",
            ],
        )
        .of("usage"),
        refused(
            "counts that are none",
            xlsx(|sheet| {
                fill(
                    sheet,
                    0,
                    0,
                    &[
                        &["單位", "月份", "查詢筆數", "使用人數", "帳號數"],
                        &["一科", "115/9", "約10", "1", "1"],
                        &["一科", "115/13", "1", "1", "1"],
                    ],
                );
                fill(sheet, 3, 0, &[&["一科", "115/8", "", "1", "1"]]);
                sheet.write_number(3, 2, -3).expect("writes");
                fill(sheet, 4, 0, &[&["一科", "115/7", "", "1", "1"]]);
                sheet.write_number(4, 2, 1.5).expect("writes");
            }),
            &["? C2: `約10`", "? B3: `115/13`", "? C4: `-3`", "? C5: `1.5`"],
        )
        .of("usage"),
        refused("a workbook with nothing in it", xlsx(|_| {}), &["no row of sheet"]),
        refused(
            "a heading so far down that it is none",
            xlsx(|sheet| fill(sheet, 30, 0, &[HEAD, ROW])),
            &["no row of sheet"],
        ),
    ]
}

fn by_hand() -> Vec<Odd> {
    let body = |cells: &str| {
        format!(
            "<sheetData>{}<row r=\"2\">{}{}{cells}</row></sheetData>",
            raw_head(),
            text("A2", "二科"),
            text("B2", "B001")
        )
    };
    let mut odd = vec![
        right(
            "days counted from 1904",
            raw_xlsx("<workbookPr date1904=\"1\"/>", &body("<c r=\"C2\" s=\"1\"><v>44562</v></c>")),
            &[HELD],
        ),
        right("days counted from 1900", raw_xlsx("", &body("<c r=\"C2\" s=\"1\"><v>46024</v></c>")), &[HELD]),
        refused(
            "a formula in the last column that nobody has calculated",
            raw_xlsx("", &body("<c r=\"C2\"><f>TODAY()</f></c>")),
            &["? C2: the formula has no value"],
        ),
        refused(
            "an error without a formula",
            raw_xlsx("", &body("<c r=\"C2\" t=\"e\"><v>#REF!</v></c>")),
            &["? C2: the spreadsheet has the error"],
        ),
        right(
            "readings above the characters",
            raw_xlsx("", &format!("<sheetData>{}<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><r><t>二</t></r><r><t>科</t></r><rPh sb=\"0\" eb=\"1\"><t>ㄦˋ</t></rPh></is></c>{}{}</row></sheetData>", raw_head(), text("B2", "B001"), text("C2", "115/1/2"))),
            &[HELD],
        ),
        right(
            "cells and rows without addresses",
            raw_xlsx("", &format!("<sheetData><row>{}</row><row>{}</row></sheetData>", raw_head().replace("<row r=\"1\">", "").replace("</row>", "").replace(" r=\"A1\"", "").replace(" r=\"B1\"", "").replace(" r=\"C1\"", ""), "<c t=\"inlineStr\"><is><t>二科</t></is></c><c t=\"inlineStr\"><is><t>B001</t></is></c><c t=\"inlineStr\"><is><t>115/1/2</t></is></c>")),
            &[HELD],
        ),
        right(
            "a unit merged over two rows in an ODS",
            ods(&(row(HEAD) + "<table:table-row><table:table-cell table:number-rows-spanned=\"2\" office:value-type=\"string\"><text:p>二科</text:p></table:table-cell>" + &cell("B001") + &cell("115/1/2") + "</table:table-row><table:table-row><table:covered-table-cell/>" + &cell("B002") + &cell("115/1/2") + "</table:table-row>")),
            &[HELD, "unit: hall\n  staff: B002"],
        ),
        right(
            "a comment on a cell, a line within one, a thousand blank rows behind",
            ods(&(row(HEAD) + "<table:table-row>" + &cell("二科") + "<table:table-cell office:value-type=\"string\"><office:annotation><dc:date>2026-01-01</dc:date><text:p>請確認</text:p></office:annotation><text:p>B001</text:p></table:table-cell>" + &cell("115/1/2") + "</table:table-row><table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>")),
            &[HELD],
        ),
        right(
            "a ROC day that the spreadsheet took for the year 115",
            ods(&(row(HEAD) + "<table:table-row>" + &cell("二科") + &cell("B001") + "<table:table-cell office:value-type=\"date\" office:date-value=\"0115-01-02\"><text:p>115/01/02</text:p></table:table-cell></table:table-row>")),
            &[HELD],
        ),
        right(
            "a row the filter hides, and a hidden column, in an ODS",
            ods(&("<table:table-column table:number-columns-repeated=\"2\"/><table:table-column table:visibility=\"collapse\"/>".to_owned() + &row(HEAD) + &row(ROW) + &row(&["二科", "B002", "115/1/2"]).replace("<table:table-row>", "<table:table-row table:visibility=\"filter\">"))),
            &[HELD, "staff: B002"],
        )
        .saying(&["hidden in the sheet, read all the same: 3, C"]),
        right(
            "noughts that only the format of an ODS shows",
            ods(&(row(HEAD) + "<table:table-row>" + &cell("二科") + "<table:table-cell office:value-type=\"float\" office:value=\"123\"><text:p>00123</text:p></table:table-cell>" + &cell("115/1/2") + "</table:table-row>")),
            &["staff: \"00123\""],
        ),
        refused(
            "one row said five times by an ODS",
            ods(&(row(HEAD) + &row(ROW).replace("<table:table-row>", "<table:table-row table:number-rows-repeated=\"5\">"))),
            &["? B3: row 2 says the same", "? B6"],
        ),
        right(
            "a hidden table of an ODS",
            ods_tables(&format!("<table:table table:name=\"舊\" table:style-name=\"gone\">{}{}</table:table><table:table table:name=\"名冊\">{}{}</table:table>", row(HEAD), row(&["二科", "OLD", "100/1/1"]), row(HEAD), row(ROW))),
            &[HELD],
        ),
        refused("a shortened file", raw_xlsx("", "")[..300].to_vec(), &["cannot be opened"]),
        refused("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), &["neither a spreadsheet nor a CSV"]),
        refused("a web page called a sheet", "<html><table><tr><td>單位</td></tr></table></html>".into(), &["web page or XML"]),
    ];
    // An old workbook container with nothing readable in it.
    odd.push(refused(
        "a broken XLS",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1junk".to_vec(),
        &["cannot be opened"],
    ));
    odd
}

fn texts() -> Vec<Odd> {
    let big5 = |text: &str| BIG5.encode(text).0.into_owned();
    let utf16 = |text: &str| {
        let mut bytes = vec![0xff, 0xfe];
        text.encode_utf16().for_each(|unit| bytes.extend(unit.to_le_bytes()));
        bytes
    };
    vec![
        right("Big5 with a quoted comma", big5("單位,員工代碼,啟用日期,備註\r\n二科,B001,115.1.2,\"甲,乙\"\r\n"), &["note: \"甲,乙\""])
            .saying(&["encoding: Big5"]),
        right("UTF-16 divided by tabs", utf16("單位\t員工代碼\t啟用日期\r\n二科\tB001\t115/1/2\r\n"), &[HELD])
            .saying(&["encoding: UTF-16LE"]),
        right("a said divider, a title, semicolons", "sep=;\r\n使用者名冊\r\n單位;員工代碼;啟用日期\r\n二科;B001;115/1/2\r\n".into(), &[HELD]),
        right("a title without a divider above semicolons", "使用者名冊\n\n單位;員工代碼;啟用日期\n二科;B001;115/1/2\n".into(), &[HELD]),
        refused("a quotation mark never closed", "單位,員工代碼,啟用日期\n二科,\"B001,115/1/2\n二科,B002,115/1/2\n".into(), &["row 2", "never closed"]),
        right("white space of every kind around everything", " 單位\u{3000},員 工 代 碼（必填）,＊啟用日期：\n\u{a0}二 科\u{3000}, B001 ,\u{3000}１１５／０１／０２ \n".into(), &[HELD]),
        right("a full-width code and 台 for 臺", "單位,員工代碼,權限,啟用日期\n二科,Ｂ００１,一般使用者,115/1/2\n".into(), &[HELD]),
        refused("an invisible character in a code", "單位,員工代碼,啟用日期\n二科,B0\u{200b}01,115/1/2\n".into(), &["? B2", "U+200B"]),
        right(
            "every form of a ROC day",
            "單位,員工代碼,啟用日期\n二科,C1,115/1/2\n二科,C2,115.01.02\n二科,C3,115-1-2\n二科,C4,1150102\n二科,C5,民國115年1月2日\n二科,C6,中華民國 115 年 1 月 2 日\n二科,C7,一一五年一月二日\n二科,C8,115年01月02日\n二科,C9,2026/1/2\n二科,C10,20260102\n二科,C11,民國一百一十五年元月二日\n".into(),
            &["C1\n  role: general\n  opened_on: 2026-01-02", "C4\n  role: general\n  opened_on: 2026-01-02", "C7\n  role: general\n  opened_on: 2026-01-02", "C10\n  role: general\n  opened_on: 2026-01-02", "C11\n  role: general\n  opened_on: 2026-01-02"],
        ),
        refused(
            "days with two meanings or none",
            "單位,員工代碼,啟用日期\n二科,C1,13/05/22\n二科,C2,1/2/2026\n二科,C3,115/2/29\n二科,C4,115/1\n二科,C5,待補\n".into(),
            &["? C2", "? C3", "? C4: `115/2/29` does not exist", "? C5", "? C6"],
        ),
        refused("two columns that mean the same", "單位,員工代碼,員編,啟用日期\n二科,B001,B001,115/1/2\n".into(), &["B1 and C1 are both taken for `staff`"]),
        refused("nothing at all", Vec::new(), &["the file is empty"]),
        refused("marks that stand for the cell above", "單位,員工代碼,啟用日期,備註\n二科,B001,115/1/2,新進\n同上,B002,〃,同上\n".into(), &["? A3", "? C3", "? D3: `同上` stands for the cell above"]),
        refused("a code that the spreadsheet shortened", "單位,員工代碼,啟用日期\n二科,1.23E+05,115/1/2\n".into(), &["? B2: `1.23E+05`"]),
        right("codes with an apostrophe before them, or as a formula", "單位,員工代碼,啟用日期\n二科,'00123,115/1/2\n二科,=\"00124\",115/1/2\n".into(), &["staff: \"00123\"", "staff: \"00124\""]),
        refused("one person twice", "單位,員工代碼,啟用日期\n二科,B001,115/1/2\n一科,B001,115/3/2\n".into(), &["? B3: row 2 says the same"]),
        right(
            "one person who left and came back",
            "單位,員工代碼,啟用日期,註銷日期\n二科,B001,114/1/2,114/6/30\n二科,B001,115/1/2,\n".into(),
            &["opened_on: 2025-01-02\n  cancelled_on: 2025-06-30", HELD],
        ),
        refused("a code that differs by capitals from one of the site", "單位,員工代碼,啟用日期\n一科,a001,114/1/2\n".into(), &["? B2", "`A001`"]),
        right("subtotals between the rows", "單位,員工代碼,啟用日期\n二科,B001,115/1/2\n小計,1,\n二科,B002,115/1/2\n 總　計 ,2,\n".into(), &[HELD, "staff: B002"]),
        refused("a day in two calendars that differ", "單位,員工代碼,啟用日期,民國啟用日期\n二科,B001,2026-01-02,115/1/3\n".into(), &["? D2: it says 2026-01-03, and C2 says 2026-01-02"]),
        right("a day in the ROC column only", "單位,員工代碼,啟用日期,民國啟用日期\n二科,B001,,115-01-02\n".into(), &[HELD]),
        right("values over two lines", "單位,員工代碼,啟用日期,備註\r\n二科,B001,115/1/2,\"甲\r\n乙\"\r\n".into(), &["note: \"甲\\n乙\""]),
        refused("a unit nobody knows", "單位,員工代碼,啟用日期\n二課,B001,115/1/2\n".into(), &["? A2", "did you mean `二科`"]),
        right("cells that begin like formulas", "單位,員工代碼,啟用日期,備註\n二科,B001,115/1/2,'=1+1\n".into(), &["note: \"=1+1\""]),
        right("an apostrophe of its own", "單位,員工代碼,啟用日期,備註\n二科,B001,115/1/2,''=1\n".into(), &["note: \"'=1\""]),
    ]
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn odd_sheets_are_imported_right_or_refused_with_the_cell() {
    let all: Vec<Odd> = workbooks().into_iter().chain(by_hand()).chain(texts()).collect();
    assert!(all.len() >= 50, "{}", all.len());
    let mut wrong = Vec::new();
    for odd in all {
        let place = site().write("list", &odd.bytes);
        let before = place.files("content");
        let said = place.run(&format!("import {} list --write", odd.kind));
        let all = format!("{}{}", said.stdout, said.stderr);
        let mut fault = |why: String| wrong.push(format!("{}: {why}\n{all}", odd.what));
        if said.exit() != Some(odd.code) {
            fault(format!("ends with {:?}", said.exit()));
            continue;
        }
        for part in odd.says.iter().filter(|part| !all.contains(**part)) {
            fault(format!("does not say {part}"));
        }
        let after = place.files("content");
        if odd.code != 0 {
            if before != after {
                fault("something was written".to_owned());
            }
            continue;
        }
        let text = String::from_utf8_lossy(&after[&format!("{}.yaml", odd.kind)]).into_owned();
        for part in odd.holds.iter().filter(|part| !text.contains(**part)) {
            fault(format!("does not hold {part}\n{text}"));
        }
        let checked = place.run("check");
        if checked.exit() != Some(0) {
            fault(format!("is not sound afterwards\n{}", checked.stderr));
        }
        let again = place.run(&format!("import {} list --write", odd.kind));
        if again.exit() != Some(0)
            || !again.stderr.contains("nothing to write")
            || place.files("content") != after
        {
            fault(format!("is not the same twice\n{}", again.stdout));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n----\n"));
}

#[test]
fn a_workbook_that_unfolds_to_gigabytes_is_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("xl/workbook.xml", SimpleFileOptions::default().large_file(true))
        .expect("begins");
    let piece = vec![b' '; 1 << 20];
    for _ in 0..600 {
        zip.write_all(&piece).expect("writes");
    }
    let bytes = zip.finish().expect("ends").into_inner();
    Project::new()
        .write("list.xlsx", bytes)
        .run("import accounts list.xlsx")
        .code(1)
        .stderr_has("unfolds to more than is read");
}
