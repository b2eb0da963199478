//! Serves `dist/` as the strictest host would: below a folder path, and under a policy that allows nothing but the page's own files.

use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;
use tiny_http::{Header, Request, Response, Server};

/// Where a teacher may have put the page.
const FOLDER: &str = "/course/week-3/";

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; worker-src 'self'";

/// The address of the page, with no query. One server serves all tests of the process and ends with it.
pub(crate) fn address() -> &'static str {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    ADDRESS.get_or_init(start)
}

#[expect(clippy::disallowed_methods, reason = "a test on the host, not in wasm")]
fn start() -> String {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("dist");
    assert!(dist.join("index.html").is_file(), "dist/ is missing; run script/build first");
    let server = Server::http("127.0.0.1:0").expect("a free port");
    let address = server.server_addr();
    std::thread::spawn(move || server.incoming_requests().for_each(|request| serve(&dist, request)));
    format!("http://{address}{FOLDER}")
}

fn serve(dist: &Path, request: Request) {
    // A browser that has gone away is no fault of the page.
    let _ = match file(dist, request.url()).and_then(|path| Some((std::fs::read(&path).ok()?, content_type(&path)))) {
        Some((content, kind)) => request.respond(
            Response::from_data(content)
                .with_header(header("Content-Type", kind))
                .with_header(header("Content-Security-Policy", POLICY)),
        ),
        None => request.respond(Response::from_string("not found").with_status_code(404)),
    };
}

/// The file that a URL names; none outside of `dist`.
fn file(dist: &Path, url: &str) -> Option<PathBuf> {
    let path = Path::new(url.split('?').next()?.strip_prefix(FOLDER)?);
    let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    inside.then(|| if path.as_os_str().is_empty() { dist.join("index.html") } else { dist.join(path) })
}

fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("a header")
}
