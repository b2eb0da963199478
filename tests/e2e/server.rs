//! Serves folders on this machine, `dist/` as the strictest host would: below a folder path, and under a policy that allows nothing but
//! the page's own files.

use axum::Router;
use http::header::{HeaderName, HeaderValue};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// Where a teacher may have put the page.
const FOLDER: &str = "/course/week-3/";

const POLICY: (&str, &str) = (
    "content-security-policy",
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
    /// What is said of each file besides its type, names in small letters.
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

/// Serves places until the process ends, the first that fits a path; gives the address of the server, without a path.
#[expect(clippy::disallowed_methods, reason = "a test on the host, not in wasm")]
pub(crate) fn serve(places: Vec<Place>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.set_nonblocking(true).expect("a listener for tokio");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            axum::serve(listener, router(places)).await.expect("a server");
        });
    });
    format!("http://{address}")
}

fn router(places: Vec<Place>) -> Router {
    places.into_iter().fold(Router::new(), |router, place| match place.path.trim_end_matches('/') {
        "" => router.fallback_service(files(place)),
        path => router.nest_service(path, files(place)),
    })
}

/// A place's files, each with the place's headers.
fn files(place: Place) -> Router {
    let files = Router::new().fallback_service(ServeDir::new(place.folder));
    place.headers.into_iter().fold(files, |files, (name, value)| {
        let value = HeaderValue::from_static(value);
        files.layer(SetResponseHeaderLayer::overriding(HeaderName::from_static(name), value))
    })
}
