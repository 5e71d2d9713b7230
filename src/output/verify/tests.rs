use rayon::prelude::*;

use super::*;

/// Checks a small site whose page `units/a.html` has this HTML; the faults as `link: why`.
fn faults(html: &str) -> Vec<String> {
    let check = LinkCheck::default();
    check.add("index.html", b"<h1 id=top>x</h1>");
    check.add("units/a.html", html.as_bytes());
    check.add("units/b.html", "<p id='第一點'><p id=p7-1-1>".as_bytes());
    check.add("units/稽核.html", b"");
    check.add_file("evidence/a b.pdf");
    check.add_file("assets/icons.svg");
    let broken = check.finish();
    assert!(broken.iter().all(|broken| broken.page == "units/a.html"));
    broken.into_iter().map(|broken| format!("{}: {}", broken.link, broken.why)).collect()
}

#[test]
fn accepts_links_that_lead_somewhere() {
    let links = [
        "b.html",
        "./b.html",
        "../units/b.html#p7-1-1",
        "b.html#%E7%AC%AC%E4%B8%80%E9%BB%9E",
        "b.html#第一點",
        "../index.html#top",
        "../index.html?q=1#top",
        "#here",
        "#",
        "",
        "?q=1",
        "a.html#here",
        "%E7%A8%BD%E6%A0%B8.html",
        "稽核.html",
        "../evidence/a%20b.pdf",
        "../evidence/a b.pdf",
        "https://law.moj.gov.tw/x?y=1#z",
        "HTTP://example.org",
        "mailto:a@example.org",
    ];
    for link in links {
        let html = format!("<p id=here><a href=\"{link}\">");
        assert_eq!(faults(&html), Vec::<String>::new(), "{link}");
    }
}

#[test]
fn finds_links_that_lead_nowhere_or_must_not_be() {
    let cases = [
        ("c.html", "no file `units/c.html`"),
        ("../units/c.html#x", "no file `units/c.html`, so no id `x` on it"),
        ("b.html#none", "no id `none` on `units/b.html`"),
        ("#none", "no id `none` on `units/a.html`"),
        ("B.html", "no file `units/B.html`"),
        ("../evidence/a%2520b.pdf", "no file `evidence/a%20b.pdf`"),
        ("../../index.html", "it leaves the site"),
        ("../units/", "it names a folder; without a server only files open"),
        (".", "it names a folder; without a server only files open"),
        ("..", "it names a folder; without a server only files open"),
        ("/index.html", "it is absolute, so it breaks where the site is not at the root"),
        ("//example.org/x", "it is absolute, so it breaks where the site is not at the root"),
        ("javascript:alert(1)", "links by `javascript:` are not allowed"),
        ("JavaScript:alert(1)", "links by `javascript:` are not allowed"),
        ("&#106;avascript:alert(1)", "links by `javascript:` are not allowed"),
        ("data:text/html,x", "links by `data:` are not allowed"),
        ("file:///etc/passwd", "links by `file:` are not allowed"),
        ("ftp://example.org", "links by `ftp:` are not allowed"),
        ("vbscript:x", "links by `vbscript:` are not allowed"),
        (" b.html", "it has a control character or space at an end"),
        ("java\tscript:x", "it has a control character or space at an end"),
        ("\\\\host\\share", "it has a back slash, which browsers take for a slash"),
        ("b%2.html", "it has a `%` that is no percent code"),
        ("%ff.html", "its percent codes are not UTF-8"),
    ];
    for (link, why) in cases {
        let found = faults(&format!("<a href=\"{link}\">"));
        assert_eq!(found.len(), 1, "{link}");
        assert!(found[0].ends_with(&format!(": {why}")), "{link}: {found:?}");
    }
}

#[test]
fn finds_what_is_loaded_from_elsewhere() {
    let found = faults("<img src='https://example.org/a.png'><img src='data:image/png,x'>");
    let expected = [
        "data:image/png,x: it is loaded from elsewhere",
        "data:image/png,x: links by `data:` are not allowed",
        "https://example.org/a.png: it is loaded from elsewhere",
    ];
    assert_eq!(found, expected);
    let twice = faults("<p id=a><p id=a>");
    assert_eq!(twice, [": has the id `a` twice"]);
}

#[test]
fn the_order_of_pages_does_not_matter() {
    let run = |pages: Vec<usize>| {
        let check = LinkCheck::default();
        pages.into_par_iter().for_each(|n| {
            let html = format!("<a href='none.html'><a href='{}.html#x'>", (n + 1) % 50);
            check.add(&format!("{n}.html"), html.as_bytes());
        });
        check.finish()
    };
    let one = run((0..50).collect());
    assert_eq!(one, run((0..50).rev().collect()));
    assert_eq!(one.len(), 51);
    assert_eq!(one[0].page, "0.html");
    assert_eq!(one[1].why, "no file `none.html` (and so on 49 more pages)");
}

/// Run by hand with `--ignored --nocapture` and optimisation: says how long a page takes.
#[test]
#[ignore = "a measurement"]
fn measure() {
    let row = "<tr><th scope=row id='p7-1-NN'><a href='../units/b.html#p7-1-1'>第七點第一款第一目</a>\
               <td class=num>334<td><span class='state done'>已完成</span><td>各單位應每月抽查查詢紀錄\n";
    let rows: String = (0..90).map(|n| row.replace("NN", &n.to_string())).collect();
    let page = format!("<!doctype html><title>x</title><table>{rows}</table>");
    let start = std::time::Instant::now();
    let check = LinkCheck::default();
    let count = 2_000;
    for n in 0..count {
        check.add(&format!("units/{n}.html"), page.as_bytes());
    }
    let each = start.elapsed() / count;
    println!("{} bytes, {each:?} a page, {} faults", page.len(), check.finish().len());
}

#[test]
fn links_by_the_sites_own_address_are_checked_like_others() {
    let check = LinkCheck::of_site(Some("https://own.example/a/"));
    check.add("index.html", b"<p id=x>");
    let page = r#"<link rel="stylesheet" href="https://own.example/a/none.css">
        <a href="https://own.example/a/index.html#x">a</a>
        <a href="https://own.example/a/index.html#y">b</a>
        <a href="https://other.example/">c</a>"#;
    check.add("404.html", page.as_bytes());
    let broken: Vec<_> = check.finish().into_iter().map(|fault| fault.why).collect();
    assert_eq!(broken, ["no id `y` on `index.html`", "no file `none.css`"]);
}
