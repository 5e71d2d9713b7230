//! The open-data files of 全國法規資料庫: one law, or all of them, in JSON (`open_data_xml` has the XML). A law is chosen by its name
//! or its PCode, and written out as the database prints it, so that it is read like any other text.

use std::fmt::Write as _;

use serde_json::Value;

/// Which law of the file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choice<'a> {
    pub name: Option<&'a str>,
    pub code: Option<&'a str>,
}

/// A law as its file states it.
#[derive(Clone, Debug, Default)]
pub struct Law {
    pub name: String,
    /// Ends in its PCode.
    pub url: String,
    pub date: String,
    /// Headings without a number, articles with theirs.
    pub parts: Vec<(Option<String>, String)>,
}

/// The text of the chosen law, or why there is none.
pub fn law_text(json: &str, choice: Choice<'_>) -> Result<String, String> {
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    let value: Value =
        serde_json::from_str(json).map_err(|error| format!("the file is no JSON: {error}"))?;
    let one = std::slice::from_ref(&value);
    let laws =
        value.get("Laws").or(Some(&value)).and_then(Value::as_array).map_or(one, Vec::as_slice);
    let with_articles = laws.iter().filter(|law| law.get("LawArticles").is_some());
    chosen(with_articles.map(read).filter(|law| law.fits(choice)).collect())
}

/// The one law that fits, written out.
pub fn chosen(laws: Vec<Law>) -> Result<String, String> {
    match laws.as_slice() {
        [law] => Ok(law.write()),
        [] => Err("the file holds no such law".to_owned()),
        several => Err(format!(
            "{} laws of the file fit; say which with `--name` or `--pcode`",
            several.len()
        )),
    }
}

fn read(law: &Value) -> Law {
    let field = |of: &Value, name: &str| {
        of.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned()
    };
    let articles = law.get("LawArticles").and_then(Value::as_array);
    let part = |article: &Value| {
        let is_heading = field(article, "ArticleType") == "C";
        ((!is_heading).then(|| field(article, "ArticleNo")), field(article, "ArticleContent"))
    };
    Law {
        name: field(law, "LawName"),
        url: field(law, "LawURL"),
        date: field(law, "LawModifiedDate"),
        parts: articles.into_iter().flatten().map(part).collect(),
    }
}

impl Law {
    /// Whether it is the law that is asked for.
    pub fn fits(&self, choice: Choice<'_>) -> bool {
        let code = choice.code.is_none_or(|code| {
            self.url.to_ascii_uppercase().ends_with(&format!("PCODE={}", code.to_ascii_uppercase()))
        });
        choice.name.is_none_or(|name| self.name == name) && code
    }

    /// The law as the database prints it.
    fn write(&self) -> String {
        let mut text = format!("法規名稱：{}\n", self.name);
        if !self.date.is_empty() {
            _ = writeln!(text, "修正日期：{}", self.date);
        }
        for (number, content) in &self.parts {
            let content = content.replace("\r\n", "\n");
            match number {
                None => _ = write!(text, "\n   {}\n", content.trim()),
                Some(number) => _ = write!(text, "\n{number}\n{content}\n"),
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAWS: &str = r#"{"UpdateDate": "2026/1/1", "Laws": [
        {"LawName": "測試法", "LawURL": "https://example.invalid/LawAll.aspx?pcode=A0000001",
         "LawModifiedDate": "20260101", "LawArticles": [
            {"ArticleType": "C", "ArticleNo": "", "ArticleContent": "   第 一 章 總則"},
            {"ArticleType": "A", "ArticleNo": "第 1 條", "ArticleContent": "甲。\r\n乙："}]},
        {"LawName": "另一法", "LawURL": "x?pcode=A0000002", "LawModifiedDate": "", "LawArticles": []}]}"#;

    #[test]
    fn a_law_is_chosen_by_name_or_code() {
        let text =
            "法規名稱：測試法\n修正日期：20260101\n\n   第 一 章 總則\n\n第 1 條\n甲。\n乙：\n";
        let by = |name, code| law_text(LAWS, Choice { name, code });
        assert_eq!(by(Some("測試法"), None).as_deref(), Ok(text));
        assert_eq!(by(None, Some("a0000001")).as_deref(), Ok(text));
        assert!(by(None, None).is_err_and(|why| why.starts_with("2 laws")));
        assert_eq!(by(Some("無此法"), None), Err("the file holds no such law".to_owned()));
    }
}
