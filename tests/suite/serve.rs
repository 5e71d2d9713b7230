//! `serve`: only this machine, only known hosts, with the headers of production; a saved file is a
//! fresh page, a broken one an error over the last good page, and a mended one a page again.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::project::Project;

struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(place: &Project) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_clausebook"))
            .args(["serve", "--port", "0", "--as-of", "2026-11-28"])
            .current_dir(place.root())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let out = child.stdout.take().expect("has an output");
        BufReader::new(out).read_line(&mut line).expect("says where");
        let port =
            line.trim().trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok());
        let port = port.unwrap_or_else(|| panic!("{line:?} has no port"));
        Self { child, port }
    }

    fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("connects");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("sets");
        stream.write_all(request.as_bytes()).expect("asks");
        let mut bytes = Vec::new();
        _ = stream.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn get(&self, path: &str) -> String {
        let port = self.port;
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
        ))
    }

    fn until(&self, path: &str, text: &str) -> Duration {
        let start = Instant::now();
        while !self.get(path).contains(text) {
            assert!(start.elapsed() < Duration::from_secs(60), "{path} never has {text:?}");
            std::thread::sleep(Duration::from_millis(30));
        }
        start.elapsed()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

#[test]
fn pages_are_served_with_the_headers_of_production_and_rebuilt_when_files_change() {
    let place = Project::new();
    let server = Server::start(&place);
    let home = server.get("/");
    assert!(home.starts_with("HTTP/1.1 200 OK"), "{home}");
    for header in [
        "content-security-policy: default-src 'none'",
        "x-content-type-options: nosniff",
        "content-type: text/html; charset=utf-8",
        "cache-control: no-store",
    ] {
        assert!(home.contains(header), "{header}\n{home}");
    }
    assert!(home.contains("<script src=\"/_clausebook/reload.js\""), "{home}");
    assert!(server.get("/none.html").starts_with("HTTP/1.1 404"));
    assert!(server.get("/_clausebook/reload.js").contains("location.reload"));
    assert!(!place.root().join("public").exists(), "nothing is written");

    let name = |name: &str| format!("name: {name}\nagency: 測試機關\n");
    let config = place.root().join("clausebook.yaml");
    std::fs::write(&config, name("新站名")).expect("writes");
    server.until("/", "新站名");
    std::fs::write(&config, "name: [\n").expect("writes");
    server.until("/_clausebook/news?0", "clausebook.yaml");
    assert!(server.get("/").contains("新站名"), "the last good page stays");
    std::fs::write(&config, name("又好了")).expect("writes");
    server.until("/", "又好了");
    assert!(server.get("/_clausebook/news?0").contains("\"error\":null"));
    // Of changes that follow each other the last is shown, and what broke before it is forgotten.
    for last in 0..6 {
        std::fs::write(&config, name(&format!("站名{last}"))).expect("writes");
        std::thread::sleep(std::time::Duration::from_millis(150));
    }
    server.until("/", "站名5");
    std::fs::write(&config, "name: [\n").expect("writes");
    server.until("/_clausebook/news?0", "clausebook.yaml");
    assert!(server.get("/").contains("站名5"), "the last good page stays, verified or not");
}

/// Whoever watches the server must not take a page of faults for the site.
#[test]
fn a_site_that_was_never_sound_is_unavailable_until_it_is() {
    let place = Project::new().write("clausebook.yaml", "name: [\n");
    let server = Server::start(&place);
    for path in ["/", "/index.html", "/regulations/law.html"] {
        let page = server.get(path);
        assert!(page.starts_with("HTTP/1.1 503 "), "{page}");
        assert!(page.contains("<script src=\"/_clausebook/reload.js\""), "{page}");
    }
    let config = place.root().join("clausebook.yaml");
    std::fs::write(config, "name: 好了\nagency: 測試機關\n").expect("writes");
    server.until("/", "好了");
    assert!(server.get("/").starts_with("HTTP/1.1 200 "));
}

#[test]
#[ignore = "slow: the gate runs it in release"]
fn hostile_requests_are_refused() {
    let place = Project::new().write("secret.txt", "geheim");
    let server = Server::start(&place);
    let port = server.port;
    let with =
        |head: &str, host: &str| format!("{head} HTTP/1.1\r\n{host}Connection: close\r\n\r\n");
    let ours = format!("Host: localhost:{port}\r\n");
    let mut refused: Vec<String> = Vec::new();
    for host in [
        "",
        "Host: evil.example\r\n",
        "Host: evil.example:8080\r\n",
        "Host: 127.0.0.1\r\n",
        "Host: 127.0.0.1.evil.example\r\n",
        "Host: localhost.evil\r\n",
        "Host: 0.0.0.0\r\n",
        "Host: \r\n",
    ] {
        refused.push(with("GET /", host));
    }
    refused
        .push(format!("GET / HTTP/1.1\r\n{ours}Host: evil.example\r\nConnection: close\r\n\r\n"));
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "X"] {
        refused.push(with(&format!("{method} /"), &ours));
    }
    for path in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..\\secret.txt",
        "/%5c..%5csecret.txt",
        "/secret.txt",
        "/clausebook.yaml",
        "/content/units.yaml",
        "/.git/config",
        "//etc/passwd",
        "/%00",
        "/index.html%00.txt",
        "/./secret.txt",
        "/assets/../../secret.txt",
        "/evidence/../secret.txt",
        "/%zz",
        "/%",
        "/%e4%b8",
        "/..;/secret.txt",
        "/etc/passwd",
        "/C:/windows",
    ] {
        refused.push(with(&format!("GET {path}"), &ours));
    }
    refused.push("GET / HTTP/0.9\r\n\r\n".to_owned());
    refused.push("nonsense\r\n\r\n".to_owned());
    for address in
        ["http://evil.example/", "https://evil.example:443/index.html", "file:///etc/passwd"]
    {
        refused.push(with(&format!("GET {address}"), &ours));
    }
    refused.push(with("GET evil.example:443", &ours));
    refused.push(with("GET *", &ours));
    // Headers, and a path, longer than any browser's.
    refused.push(with("GET /", &format!("{ours}X-Long: {}\r\n", "x".repeat(64 << 10))));
    refused.push(with("GET /", &format!("{ours}{}", "X-Many: x\r\n".repeat(2_000))));
    refused.push(with(&format!("GET /{}", "a/".repeat(40 << 10)), &ours));
    refused.push(with("GET /", &format!("{ours}X-Fold: a\r\n b\r\n")));
    refused
        .push(with("GET /", &format!("{ours}Transfer-Encoding: chunked\r\nContent-Length: 3\r\n")));
    refused.push(format!("GET / HTTP/1.1\n{}\n\n", "Host: evil.example"));
    refused.push(with("GET /\u{0}", &ours));
    refused.push(with("GET / x", &ours));
    assert!(refused.len() >= 40, "{}", refused.len());
    for request in refused {
        let answer = server.ask(&request);
        let head = answer.lines().next().unwrap_or_default().to_owned();
        assert!(!head.contains(" 200 "), "{request:?} -> {head}");
        assert!(!answer.contains("geheim"), "{request:?}");
    }
    assert!(server.ask(&with("GET /", &ours)).starts_with("HTTP/1.1 200"));
    assert!(server.ask(&with("HEAD /", &ours)).starts_with("HTTP/1.1 200"));
}

#[test]
fn a_port_in_use_is_said() {
    let place = Project::new();
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("binds");
    let port = taken.local_addr().expect("has an address").port();
    place
        .run(&format!("serve --port {port}"))
        .code(4)
        .stderr_has("is in use")
        .stderr_has("--port 0");
}
