//! Serves folders on this machine, `dist/` as the strictest host would: below a folder path, and under a policy that allows nothing but
//! the page's own files.

use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, OnceLock};
use tiny_http::{Header, Request, Response, Server};

/// Where a teacher may have put the page.
const FOLDER: &str = "/course/week-3/";

const POLICY: (&str, &str) = (
    "Content-Security-Policy",
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     worker-src 'self'; frame-src 'self'",
);

/// Pages of others, which put the playground into a frame.
const HOSTS: &str = "/hosts/";

/// Files of a folder and where they are served.
pub(crate) struct Place {
    /// The path before their names, from `/` to `/`.
    pub(crate) path: &'static str,
    /// The folder.
    pub(crate) folder: PathBuf,
    /// What is said of each file besides its type.
    pub(crate) headers: Vec<(&'static str, &'static str)>,
}

/// The address of a page of others, on another host than the playground's: the same machine by its other name.
pub(crate) fn host_page(name: &str) -> String {
    let (server, _) = address().split_once(FOLDER).expect("the folder");
    format!("{}{HOSTS}{name}", server.replace("127.0.0.1", "localhost"))
}

/// The address of the page, with no query. One server serves all tests of the process and ends with it.
pub(crate) fn address() -> &'static str {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    ADDRESS.get_or_init(|| {
        let hosts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/hosts");
        let page = Place { path: FOLDER, folder: dist(), headers: vec![POLICY] };
        serve(vec![page, Place { path: HOSTS, folder: hosts, headers: Vec::new() }]) + FOLDER
    })
}

/// The built page.
pub(crate) fn dist() -> PathBuf {
    // Another folder for whoever builds elsewhere.
    let dist =
        std::env::var_os("LOCKSTEP_DIST").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("dist"), PathBuf::from);
    assert!(dist.join("index.html").is_file(), "dist/ is missing; run script/build first");
    dist
}

/// Serves places until the process ends; gives the address of the server, without a path.
#[expect(clippy::disallowed_methods, reason = "a test on the host, not in wasm")]
pub(crate) fn serve(places: Vec<Place>) -> String {
    let server = Server::http("127.0.0.1:0").expect("a free port");
    let address = server.server_addr();
    let places = Arc::new(places);
    // Each answer has its own thread: a page on its way out may stop reading one file, and the next one must not wait for it.
    std::thread::spawn(move || {
        for request in server.incoming_requests() {
            let places = Arc::clone(&places);
            std::thread::spawn(move || answer(&places, request));
        }
    });
    format!("http://{address}")
}

fn answer(places: &[Place], request: Request) {
    let found = places.iter().find_map(|place| Some((file(place, request.url())?, &place.headers)));
    let read = found.and_then(|(path, headers)| Some((std::fs::read(&path).ok()?, content_type(&path), headers)));
    // A browser that has gone away is no fault of the page.
    let _ = match read {
        Some((content, kind, headers)) => {
            let mut response = Response::from_data(content).with_header(header("Content-Type", kind));
            headers.iter().for_each(|(name, value)| response.add_header(header(name, value)));
            request.respond(response)
        }
        None => request.respond(Response::from_string("not found").with_status_code(404)),
    };
}

/// The file that a URL names; none outside of the place's folder.
fn file(place: &Place, url: &str) -> Option<PathBuf> {
    let name = url.split('?').next()?.strip_prefix(place.path)?;
    let path = Path::new(if name.is_empty() { "index.html" } else { name });
    path.components().all(|part| matches!(part, Component::Normal(_))).then(|| place.folder.join(path))
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
