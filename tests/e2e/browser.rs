//! A real Chromium behind its own chromedriver. Both end with the value, also when its test fails.

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

/// What headless Chromium needs, as root too; the last four keep it from calling home.
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

/// One browser window. Its commands wait for their answer, so tests read from top to bottom.
pub(crate) struct Browser {
    runtime: Runtime,
    client: Client,
    _driver: Driver,
}

impl Browser {
    /// Starts one, `width` by `height` CSS pixels.
    pub(crate) fn start(width: u32, height: u32) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let driver = Driver::start();
        let client = runtime
            .block_on(ClientBuilder::new(HttpConnector::new()).capabilities(capabilities()).connect(&driver.address))
            .expect("a browser session; chromedriver and chromium must be of one version");
        let browser = Self { runtime, client, _driver: driver };
        browser.set_size(width, height);
        browser
    }

    /// Sends a command and waits for its answer.
    #[track_caller]
    pub(crate) fn ask<T>(&self, command: impl Future<Output = Result<T, CmdError>>) -> T {
        self.runtime.block_on(command).expect("the browser's answer")
    }

    /// For commands to [`Self::ask`].
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Runs the body of a function in the page and returns what it returns.
    #[track_caller]
    pub(crate) fn script(&self, body: &str, arguments: Vec<Value>) -> Value {
        self.ask(self.client.execute(body, arguments))
    }

    /// Runs `script` in every document from now on, before anything of its own.
    pub(crate) fn run_before_each_page(&self, script: &str) {
        self.developer_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }));
    }

    /// The viewport in CSS pixels: narrower than any window could be, too.
    pub(crate) fn set_size(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.developer_tools("Emulation.setDeviceMetricsOverride", size);
    }

    /// Everything that was written to the console since the last call: refused files and broken policies too.
    pub(crate) fn console(&self) -> Vec<String> {
        let entries = self.ask(self.client.issue_cmd(Post { path: "se/log".into(), body: json!({ "type": "browser" }) }));
        entries.as_array().expect("a list").iter().map(|entry| entry["message"].to_string()).collect()
    }

    /// The role that assistive technology is told of an element, `"role"`, or its name, `"label"`.
    pub(crate) fn computed(&self, what: &str, element: &str) -> String {
        let answer = self.ask(self.client.issue_cmd(Get { path: format!("element/{element}/computed{what}") }));
        answer.as_str().unwrap_or_default().to_owned()
    }

    /// What assistive technology is told of the whole page: role, name and whether it is disabled, of all that is not left out.
    pub(crate) fn heard(&self) -> Vec<(String, String, bool)> {
        let tree = self.developer_tools("Accessibility.getFullAXTree", json!({}));
        let nodes = tree["nodes"].as_array().expect("a list").iter().filter(|node| node["ignored"] != true);
        let text = |value: &Value| value["value"].as_str().unwrap_or_default().to_owned();
        let is_disabled = |node: &Value| {
            let properties = node["properties"].as_array().map_or(&[][..], Vec::as_slice);
            properties.iter().any(|one| one["name"] == "disabled" && one["value"]["value"] == true)
        };
        nodes.map(|node| (text(&node["role"]), text(&node["name"]), is_disabled(node))).collect()
    }

    /// Presses the key Tab, whatever has the focus.
    pub(crate) fn press_tab(&self) {
        for kind in ["keyDown", "keyUp"] {
            let key = json!({ "type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9 });
            self.developer_tools("Input.dispatchKeyEvent", key);
        }
    }

    fn developer_tools(&self, method: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": method, "params": parameters });
        self.ask(self.client.issue_cmd(Post { path: "goog/cdp/execute".into(), body }))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Without an answer the browser is gone already.
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

/// So many chromedrivers are started until one has a port.
const STARTS: usize = 5;

/// A chromedriver on a free port.
struct Driver {
    process: Child,
    address: String,
}

impl Driver {
    fn start() -> Self {
        (0..STARTS).find_map(|_| Self::try_to_start()).expect("the port of chromedriver")
    }

    /// It ends without a port where the one that it has found for IPv6 is another program's for IPv4.
    fn try_to_start() -> Option<Self> {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver on the PATH; script/bootstrap installs it");
        let output = BufReader::new(process.stdout.take().expect("its output"));
        let port = output.lines().map_while(Result::ok).find_map(|line| port_in(&line));
        // Made in any case, so that a process without a port is waited for too.
        let driver = Self { process, address: format!("http://127.0.0.1:{}", port.unwrap_or_default()) };
        port.map(|_| driver)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing to do about a failure here.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// From "ChromeDriver was started successfully on port 35373."
fn port_in(line: &str) -> Option<u16> {
    line.strip_prefix("ChromeDriver was started successfully on port ")?.trim_end_matches('.').parse().ok()
}

/// A command that only chromedriver knows, below the session's address.
#[derive(Debug)]
struct Post {
    path: String,
    body: Value,
}

/// A question of the WebDriver standard that the client library does not have.
#[derive(Debug)]
struct Get {
    path: String,
}

impl WebDriverCompatibleCommand for Post {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        below_session(base, session, &self.path)
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

impl WebDriverCompatibleCommand for Get {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        below_session(base, session, &self.path)
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::GET, None)
    }
}

fn below_session(base: &Url, session: Option<&str>, path: &str) -> Result<Url, ParseError> {
    base.join(&format!("session/{}/{path}", session.unwrap_or_default()))
}
