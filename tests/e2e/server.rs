//! Serves folders on localhost. `dist/` is served as a strict host would: below a path, and with a
//! content security policy that allows only the page's own files.

use axum::Router;
use http::header::{HeaderName, HeaderValue};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// The path of `dist/` on the server, such as a teacher might choose.
const PAGE_PATH: &str = "/course/week-3/";

/// The response header with the content security policy.
const POLICY: (&str, &str) = (
    "content-security-policy",
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     worker-src 'self'; frame-src 'self'",
);

/// The path of the host pages, which embed the playground in iframes.
const HOSTS_PATH: &str = "/hosts/";

/// A folder and the path below which it is served.
pub(crate) struct Mount {
    /// The URL path; begins and ends with `/`.
    pub(crate) path: &'static str,
    pub(crate) folder: PathBuf,
    /// Additional response headers, names in lower case.
    pub(crate) headers: Vec<(&'static str, &'static str)>,
}

/// The address of a host page. Its origin differs from the playground's: `localhost` instead of
/// `127.0.0.1`.
pub(crate) fn host_page(name: &str) -> String {
    let (server, _) = address().split_once(PAGE_PATH).expect("the address contains the path");
    format!("{}{HOSTS_PATH}{name}", server.replace("127.0.0.1", "localhost"))
}

/// The address of the page, without a query. All tests of the process share one server.
pub(crate) fn address() -> &'static str {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    ADDRESS.get_or_init(|| {
        let hosts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/hosts");
        let page = Mount { path: PAGE_PATH, folder: dist(), headers: vec![POLICY] };
        serve(vec![page, Mount { path: HOSTS_PATH, folder: hosts, headers: Vec::new() }]) + PAGE_PATH
    })
}

/// The folder of the built page.
pub(crate) fn dist() -> PathBuf {
    // The variable is for builds in another folder.
    let dist =
        std::env::var_os("LOCKSTEP_DIST").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("dist"), PathBuf::from);
    assert!(dist.join("index.html").is_file(), "dist/ is missing; run script/build first");
    dist
}

/// Serves `mounts` until the process ends, and returns the server's address without a path.
#[expect(clippy::disallowed_methods, reason = "these tests do not run in wasm")]
pub(crate) fn serve(mounts: Vec<Mount>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.set_nonblocking(true).expect("a listener for tokio");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            axum::serve(listener, router(mounts)).await.expect("a server");
        });
    });
    format!("http://{address}")
}

fn router(mounts: Vec<Mount>) -> Router {
    mounts.into_iter().fold(Router::new(), |router, mount| match mount.path.trim_end_matches('/') {
        "" => router.fallback_service(files(mount)),
        path => router.nest_service(path, files(mount)),
    })
}

/// Serves the files of a mount, each with the mount's headers.
fn files(mount: Mount) -> Router {
    let files = Router::new().fallback_service(ServeDir::new(mount.folder));
    mount.headers.into_iter().fold(files, |files, (name, value)| {
        let value = HeaderValue::from_static(value);
        files.layer(SetResponseHeaderLayer::overriding(HeaderName::from_static(name), value))
    })
}
