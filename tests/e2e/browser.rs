//! Chromium, driven through its own chromedriver. Dropping [`Browser`] ends both processes, also
//! when a test panics.

use fantoccini::error::CmdError;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use tokio::runtime::{Builder, Runtime};
use url::{ParseError, Url};

/// Arguments for headless Chromium, also when it runs as root. The last three switch off its
/// background requests.
const ARGUMENTS: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// One browser window. Its methods block until the browser has answered.
pub(crate) struct Browser {
    runtime: Runtime,
    client: Client,
    _driver: Driver,
}

impl Browser {
    /// Starts a browser with a viewport of `width` by `height` CSS pixels.
    pub(crate) fn start(width: u32, height: u32) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let driver = Driver::start();
        let client = runtime
            .block_on(ClientBuilder::new(HttpConnector::new()).capabilities(capabilities()).connect(&driver.address))
            .expect("a browser session; chromedriver and chromium must be of one version");
        let browser = Self { runtime, client, _driver: driver };
        browser.set_viewport(width, height);
        browser
    }

    /// Sends a WebDriver command and blocks until the browser has answered.
    #[track_caller]
    pub(crate) fn block_on<T>(&self, command: impl Future<Output = Result<T, CmdError>>) -> T {
        self.runtime.block_on(command).expect("the browser answers")
    }

    /// The WebDriver client; pass its commands to [`Self::block_on`].
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Runs the body of a JavaScript function in the page and returns its result.
    #[track_caller]
    pub(crate) fn evaluate(&self, body: &str, arguments: Vec<Value>) -> Value {
        self.block_on(self.client.execute(body, arguments))
    }

    /// Runs `script` in every new document, before the document's own scripts.
    pub(crate) fn add_init_script(&self, script: &str) {
        self.send_devtools_command("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }));
    }

    /// Sets the viewport in CSS pixels; it may be narrower than Chromium's narrowest window.
    pub(crate) fn set_viewport(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.send_devtools_command("Emulation.setDeviceMetricsOverride", size);
    }

    /// Console messages since the last call, including failed requests and policy violations.
    pub(crate) fn take_console_messages(&self) -> Vec<String> {
        let entries = self.block_on(self.client.issue_cmd(Post { path: "se/log".into(), body: json!({ "type": "browser" }) }));
        entries.as_array().expect("a list").iter().map(|entry| entry["message"].to_string()).collect()
    }

    /// An element's computed `"role"`, or its computed `"label"`, which is its accessible name.
    pub(crate) fn computed(&self, property: &str, element: &str) -> String {
        let answer = self.block_on(self.client.issue_cmd(Get { path: format!("element/{element}/computed{property}") }));
        answer.as_str().unwrap_or_default().to_owned()
    }

    /// The page's accessibility tree: role, name and whether it is disabled, for each node that is
    /// not ignored.
    pub(crate) fn accessibility_tree(&self) -> Vec<(String, String, bool)> {
        let tree = self.send_devtools_command("Accessibility.getFullAXTree", json!({}));
        let nodes = tree["nodes"].as_array().expect("a list").iter().filter(|node| node["ignored"] != true);
        let text = |value: &Value| value["value"].as_str().unwrap_or_default().to_owned();
        let is_disabled = |node: &Value| {
            let properties = node["properties"].as_array().map_or(&[][..], Vec::as_slice);
            properties.iter().any(|property| property["name"] == "disabled" && property["value"]["value"] == true)
        };
        nodes.map(|node| (text(&node["role"]), text(&node["name"]), is_disabled(node))).collect()
    }

    /// Presses Tab without first moving the focus to an element.
    pub(crate) fn press_tab(&self) {
        for kind in ["keyDown", "keyUp"] {
            let key = json!({ "type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9 });
            self.send_devtools_command("Input.dispatchKeyEvent", key);
        }
    }

    /// Sends a command of the Chrome DevTools Protocol.
    fn send_devtools_command(&self, method: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": method, "params": parameters });
        self.block_on(self.client.issue_cmd(Post { path: "goog/cdp/execute".into(), body }))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It fails only if the browser has ended already.
        let _ = self.runtime.block_on(self.client.clone().close());
    }
}

fn capabilities() -> Capabilities {
    let Value::Object(capabilities) = json!({
        "goog:chromeOptions": { "args": ARGUMENTS },
        "goog:loggingPrefs": { "browser": "ALL" },
    }) else {
        unreachable!("an object is written above");
    };
    capabilities
}

/// Attempts to start a chromedriver that finds a free port.
const START_ATTEMPTS: usize = 5;

/// A chromedriver on a free port.
struct Driver {
    process: Child,
    address: String,
}

impl Driver {
    fn start() -> Self {
        (0..START_ATTEMPTS).find_map(|_| Self::try_start()).expect("chromedriver has a port")
    }

    /// None if chromedriver exits: it may choose a port that is free for IPv6 but taken for IPv4.
    fn try_start() -> Option<Self> {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is on the PATH; script/bootstrap installs it");
        let output = BufReader::new(process.stdout.take().expect("its output"));
        let port = output.lines().map_while(Result::ok).find_map(|line| port_in(&line));
        // Created even without a port, so that `Drop` reaps the process.
        let driver = Self { process, address: format!("http://127.0.0.1:{}", port.unwrap_or_default()) };
        port.map(|_| driver)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Both calls fail only if the process has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The port in "ChromeDriver was started successfully on port 35373."
fn port_in(line: &str) -> Option<u16> {
    line.strip_prefix("ChromeDriver was started successfully on port ")?.trim_end_matches('.').parse().ok()
}

/// A POST command that only chromedriver has; `path` is relative to the session's URL.
#[derive(Debug)]
struct Post {
    path: String,
    body: Value,
}

/// A GET command of the WebDriver standard that the client library lacks; `path` is relative to the
/// session's URL.
#[derive(Debug)]
struct Get {
    path: String,
}

impl WebDriverCompatibleCommand for Post {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        session_url(base, session, &self.path)
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

impl WebDriverCompatibleCommand for Get {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        session_url(base, session, &self.path)
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::GET, None)
    }
}

fn session_url(base: &Url, session: Option<&str>, path: &str) -> Result<Url, ParseError> {
    base.join(&format!("session/{}/{path}", session.unwrap_or_default()))
}
