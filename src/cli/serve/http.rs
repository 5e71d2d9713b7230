//! The server: reads nothing but what was built, answers nobody but this machine. A page is asked
//! for by its path; what is not a plain `GET` or `HEAD` of a known host is refused.

use std::convert::Infallible;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::state::{Shown, State};
use crate::render::OutputContent;
use crate::source::Folder;

/// Connections at once; browsers hold about six.
const CONNECTIONS: usize = 64;
/// How long a page waits for news before it asks again.
const WAIT: Duration = Duration::from_secs(25);
/// The script that reloads a page, a file of its own: pages may hold no inline script.
const SCRIPT: &str = include_str!("reload.js");
const SCRIPT_PATH: &str = "/_clausebook/reload.js";
const NEWS_PATH: &str = "/_clausebook/news";

/// What a site is published with, so that what works here works there; and nothing is kept.
const HEADERS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; object-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'self'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "SAMEORIGIN"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-store"),
];

/// Answers until the program ends.
pub async fn serve(listener: TcpListener, port: u16, state: Arc<State>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok((stream, peer)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else { continue };
        if !peer.ip().is_loopback() {
            continue;
        }
        let state = Arc::clone(&state);
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let state = Arc::clone(&state);
                async move { Ok::<_, Infallible>(answer(&request, port, &state).await) }
            });
            let connection = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(Duration::from_secs(10))
                .max_buf_size(16 << 10)
                .serve_connection(TokioIo::new(stream), service);
            // A browser that goes away is no fault of ours.
            _ = connection.await;
            drop(place);
        });
    }
}

async fn answer(request: &Request<Incoming>, port: u16, state: &State) -> Response<Full<Bytes>> {
    if !is_our_host(request, port) {
        // Another name that leads here is somebody else's page trying to read this one.
        return respond(StatusCode::MISDIRECTED_REQUEST, "text/plain", "not served by this name\n");
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let mut response = respond(StatusCode::METHOD_NOT_ALLOWED, "text/plain", "read only\n");
        response.headers_mut().insert("allow", HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    // A page is asked for without a body; one that comes in pieces may hide a second request.
    if request.headers().contains_key("transfer-encoding") {
        return respond(
            StatusCode::BAD_REQUEST,
            "text/plain",
            "a page is asked for without a body\n",
        );
    }
    match request.uri().path() {
        SCRIPT_PATH => respond(StatusCode::OK, "text/javascript", SCRIPT),
        NEWS_PATH => news(request, state).await,
        path => page(path, &state.shown(), state),
    }
}

fn is_our_host(request: &Request<Incoming>, port: u16) -> bool {
    let mut hosts = request.headers().get_all("host").iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let is_ours = |host: &str| {
        let host = host.to_ascii_lowercase();
        let ours = ["127.0.0.1", "localhost", "[::1]"];
        ours.iter().any(|name| host == format!("{name}:{port}") || (port == 80 && host == *name))
    };
    // A request with a whole address names its host there as well.
    let named = request.uri().authority().is_none_or(|named| is_ours(named.as_str()));
    named && is_ours(host.to_str().unwrap_or_default())
}

/// Waits until there is something newer than what the page shows: `?VERSION`.
async fn news(request: &Request<Incoming>, state: &State) -> Response<Full<Bytes>> {
    let seen: u64 = request.uri().query().and_then(|query| query.parse().ok()).unwrap_or(0);
    let mut receiver = state.subscribe();
    let newer = receiver.wait_for(|shown| shown.version != seen);
    let shown: Shown = match tokio::time::timeout(WAIT, newer).await {
        Ok(Ok(shown)) => shown.clone(),
        _ => state.shown(),
    };
    let text = serde_json::json!({"version": shown.version, "error": shown.error}).to_string();
    respond(StatusCode::OK, "application/json", text)
}

fn page(path: &str, shown: &Shown, state: &State) -> Response<Full<Bytes>> {
    let Some(path) = decoded(path) else {
        return respond(StatusCode::BAD_REQUEST, "text/plain", "not a path\n");
    };
    let name = path.trim_start_matches('/');
    let name = match name {
        "" => "index.html".to_owned(),
        folder if folder.ends_with('/') => format!("{folder}index.html"),
        file => file.to_owned(),
    };
    if shown.files.is_empty() {
        // Nothing good was ever built: an empty page that shows what is wrong, and recovers.
        return respond(
            StatusCode::SERVICE_UNAVAILABLE,
            "text/html",
            with_script(b"<!doctype html><title>clausebook</title><body></body>", shown),
        );
    }
    if let Some(html) = shown.fresh_page(&name) {
        return respond(StatusCode::OK, "text/html", with_script(&html, shown));
    }
    let (status, name) = match shown.files.contains_key(&name) {
        true => (StatusCode::OK, name),
        false => (StatusCode::NOT_FOUND, "404.html".to_owned()),
    };
    let bytes = match shown.files.get(&name) {
        Some(OutputContent::Bytes(bytes)) => bytes.clone(),
        Some(OutputContent::Copy { from, .. }) => match read(state, from) {
            Some(bytes) => bytes,
            None => return respond(StatusCode::NOT_FOUND, "text/plain", "not there any more\n"),
        },
        None => b"not found\n".to_vec(),
    };
    let kind = media_type(&name);
    if kind == "text/html" {
        return respond(status, kind, with_script(&bytes, shown));
    }
    let mut response = respond(status, kind, bytes);
    if name.starts_with("evidence/") {
        // Evidence is others' files: it is looked at, never run as a page of the site.
        response.headers_mut().insert(
            "content-security-policy",
            HeaderValue::from_static("default-src 'none'; sandbox"),
        );
    }
    response
}

/// The page with the script that reloads it, and the version it is of.
fn with_script(html: &[u8], shown: &Shown) -> Vec<u8> {
    let tag =
        format!("<script src=\"{SCRIPT_PATH}\" data-version=\"{}\" defer></script>", shown.version);
    let text = String::from_utf8_lossy(html);
    match text.rfind("</body>") {
        Some(at) => format!("{}{tag}{}", &text[..at], &text[at..]).into_bytes(),
        None => format!("{text}{tag}").into_bytes(),
    }
}

/// A path without percent signs; none if it has no such meaning or leaves the site.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let (high, low) =
                (char::from(rest.next()?).to_digit(16)?, char::from(rest.next()?).to_digit(16)?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    let text = String::from_utf8(bytes).ok()?;
    let bad = |part: &str| part == ".." || part == ".";
    let clean = !text.contains(['\\', '\0']) && !text.split('/').any(bad) && !text.contains("//");
    clean.then_some(text)
}

/// A file of the site's folder that is published as it is.
fn read(state: &State, path: &Path) -> Option<Vec<u8>> {
    let path = path.strip_prefix(&state.root).unwrap_or(path);
    let mut bytes = Vec::new();
    Folder::hold(&state.root).ok()?.open(path).ok()?.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html",
        "css" => "text/css",
        "js" => "text/javascript",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "pdf" => "application/pdf",
        "ics" => "text/calendar",
        "xml" => "application/xml",
        "csv" => "text/csv",
        "txt" | "md" => "text/plain",
        _ => "application/octet-stream",
    }
}

fn respond(status: StatusCode, kind: &str, body: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body.into()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let charset = kind.starts_with("text/") || kind == "application/json";
    let kind = if charset { format!("{kind}; charset=utf-8") } else { kind.to_owned() };
    if let Ok(kind) = HeaderValue::from_str(&kind) {
        headers.insert("content-type", kind);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_leave_the_site_are_none() {
        assert_eq!(decoded("/a%20b.html").as_deref(), Some("/a b.html"));
        assert_eq!(decoded("/%E4%B8%80").as_deref(), Some("/一"));
        for path in
            ["/../x", "/a/..%2fx", "/%2e%2e/x", "/a\\b", "/%00", "/%zz", "/%e4", "//x", "/./a"]
        {
            assert_eq!(decoded(path), None, "{path}");
        }
    }
}
