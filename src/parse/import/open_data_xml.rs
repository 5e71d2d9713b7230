//! The open-data files of 全國法規資料庫 in XML: one law, or all of them. A law is chosen and written out
//! as one of the JSON is; the file may hold every law there is, so it is read as a stream.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::Event;

use super::open_data::{Choice, Law, chosen};

/// The text of the chosen law, or why there is none.
pub fn law_text(xml: &str, choice: Choice<'_>) -> Result<String, String> {
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
    let mut laws = Vec::new();
    let mut law = Law::default();
    let mut number = String::new();
    let mut words = String::new();
    let mut any = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                words.clear();
                if tag.local_name().as_ref() == "法規" {
                    law = Law::default();
                }
            }
            Ok(Event::Text(text)) => words.push_str(&text),
            Ok(Event::CData(text)) => words.push_str(&text),
            Ok(Event::GeneralRef(name)) => {
                if let Ok(Some(c)) = name.resolve_char_ref() {
                    words.push(c);
                } else {
                    words.push_str(resolve_xml_entity(&name).unwrap_or_default());
                }
            }
            Ok(Event::End(tag)) => {
                let text = words.trim_matches(['\r', '\n', ' ', '\t']).to_owned();
                match tag.local_name().as_ref() {
                    "法規名稱" => law.name = text,
                    "法規網址" => law.url = text,
                    "最新異動日期" => law.date = text,
                    "編章節" => law.parts.push((None, text)),
                    "條號" => number = text,
                    "條文內容" => law.parts.push((Some(std::mem::take(&mut number)), text)),
                    "法規" => {
                        any = true;
                        let whole = std::mem::take(&mut law);
                        if whole.fits(choice) {
                            laws.push(whole);
                        }
                    }
                    _ => {}
                }
                words.clear();
            }
            Ok(Event::Eof) => break,
            Err(error) => return Err(format!("the file is no XML: {error}")),
            Ok(_) => {}
        }
    }
    if !any {
        return Err("the file holds no 法規".to_owned());
    }
    chosen(laws)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAWS: &str = "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?><LAWS UpdateDate=\"2026/1/1\">\
        <法規><法規名稱>測試法</法規名稱><法規網址>https://example.invalid/LawAll.aspx?pcode=A0000001</法規網址>\
        <最新異動日期>20260101</最新異動日期><法規內容><編章節>   第 一 章 總則</編章節>\
        <條文><條號>第 1 條</條號><條文內容><![CDATA[甲。\r\n乙：]]></條文內容></條文></法規內容></法規>\
        <法規><法規名稱>另一法</法規名稱><法規網址>x?pcode=A0000002</法規網址><法規內容/></法規></LAWS>";

    #[test]
    fn a_law_is_chosen_by_name_or_code() {
        let text =
            "法規名稱：測試法\n修正日期：20260101\n\n   第 一 章 總則\n\n第 1 條\n甲。\n乙：\n";
        let by = |name, code| law_text(LAWS, Choice { name, code });
        assert_eq!(by(Some("測試法"), None).as_deref(), Ok(text));
        assert_eq!(by(None, Some("a0000001")).as_deref(), Ok(text));
        assert!(by(Some("無此法"), None).is_err());
        assert!(law_text("<LAWS/>", Choice::default()).is_err());
    }
}
