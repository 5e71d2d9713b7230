//! Pages from templates: the embedded ones, and over them a site's own of the same name, which
//! may extend the embedded one as `builtin/NAME`. The only module that names the template engine.
//! Templates are checked as a whole when they are loaded.

use std::fmt;

use tera::{Context, Kwargs, State, Tera, Value};

use super::assets::Assets;
use crate::site::Site;
use crate::site::route::Route;
use crate::site::views;
use crate::source::{Area, SourceTree, embedded};
use crate::text::number::grouped;
use crate::text::sentence;

/// Templates, checked and ready.
pub struct Templates {
    engine: Tera,
    pub(super) assets: Assets,
}

/// A template that cannot be loaded or rendered; the message names the file and the place.
#[derive(Debug)]
pub struct RenderError(String);

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RenderError {}

/// Where the embedded templates live for the engine.
const BUILTIN: &str = "builtin/";

impl Templates {
    /// Loads the embedded templates and the site's own. They know the site's words as `w`, and
    /// the style sheet and the script as `assets`.
    pub fn load(tree: &SourceTree, site: &Site) -> Result<Self, RenderError> {
        let mut engine = Tera::new();
        engine.autoescape_on([".html", ".svg", ".xml", ".atom"]);
        engine.register_filter("n", number);
        engine.register_filter("dated", dated);
        let fail = |error: tera::Error| RenderError(error.to_string());
        engine.set_fallback_prefixes([BUILTIN]).map_err(fail)?;
        let builtin = embedded::templates().filter(|(name, _)| name.ends_with(".html"));
        let mut all: Vec<(String, String)> =
            builtin.map(|(name, text)| (format!("{BUILTIN}{name}"), text)).collect();
        let own = tree.of(Area::Template).filter_map(|(_, file)| {
            let name = file.path.strip_prefix("templates/")?;
            // A site's copy of an embedded template is no override.
            let same = embedded::template(name).is_some_and(|text| text == file.text());
            (name.ends_with(".html") && !same).then(|| (name.to_owned(), file.text().to_owned()))
        });
        all.extend(own);
        engine.add_raw_templates(all).map_err(fail)?;
        let assets = Assets::load(tree, site);
        let joined = serde_json::json!({
            "style": assets.style,
            "start": assets.start,
            "script": assets.script,
            "verify": assets.verify,
        });
        engine.global_context().insert("w", &site.words.tree());
        engine.global_context().insert("assets", &joined);
        Ok(Self { engine, assets })
    }

    /// Renders one page.
    pub fn page(&self, site: &Site, route: Route) -> Result<String, RenderError> {
        let view = views::view(site, route);
        let mut context = Context::new();
        context.insert("page", &view.frame);
        context.insert("view", &view.subject);
        self.engine
            .render(view.template, &context)
            .map_err(|error| RenderError(format!("{}: {error}", view.frame.path)))
    }
}

/// `{{ sentence | dated }}`: a sentence with its days marked for machines. Everything else in it is
/// escaped.
fn dated(value: &str, _: Kwargs, _: &State) -> Value {
    let escaped = |text: &str| {
        let mut html = Vec::with_capacity(text.len());
        tera::escape_html(text, &mut html).expect("memory takes what is written");
        String::from_utf8(html).expect("escaping keeps characters whole")
    };
    let parts = sentence::days(value).into_iter().map(|(text, day)| match day {
        Some(day) => format!("<time datetime=\"{day}\">{}</time>", escaped(text)),
        None => escaped(text),
    });
    Value::safe_string(&parts.collect::<String>())
}

/// `{{ count | n }}`: a number as pages write it. What is no count stays as it is.
fn number(value: Value, _: Kwargs, _: &State) -> Value {
    match value.as_u64() {
        Some(count) => grouped(count).into(),
        None => value,
    }
}
