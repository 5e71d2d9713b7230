use clausebook::pipeline;
fn main() {
    let t = std::time::Instant::now();
    let inputs =
        pipeline::load(std::path::Path::new(&std::env::args().nth(1).unwrap_or(".".into())))
            .unwrap();
    for d in inputs.diagnostics.iter().take(60) {
        let f = inputs.tree.file(d.span.file);
        let lc = clausebook::source::line_column(f.text(), d.span.start as usize);
        println!(
            "{:?} {}:{}:{} {} | {:?}",
            d.code.severity(),
            f.path,
            lc.line,
            lc.column,
            d.message,
            d.help
        );
    }
    println!("{} diagnostics, sound {}", inputs.diagnostics.len(), inputs.are_sound());
    if !inputs.are_sound() {
        return;
    }
    let as_of = inputs.as_of(None, clausebook::time::parse_day("2026-11-21").unwrap());
    let (site, templates) = inputs.plan(as_of).unwrap();
    println!(
        "{} pages {} occurrences {:?}",
        site.pages.len(),
        site.assessment.occurrences.len(),
        t.elapsed()
    );
    let mut n = 0;
    for p in &site.pages {
        n += templates.page(&site, *p).unwrap().len();
    }
    println!("{n} bytes {:?}", t.elapsed());
}
