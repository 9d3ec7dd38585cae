//! A browser without a window, driven over a pipe by the DevTools protocol: one JSON message after another, each ended by
//! a zero byte. `sh` lays the pipe where Chromium looks for it (descriptors 3 and 4), so nothing else is needed.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Names under which browsers are installed.
const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
/// A browser that says nothing for so long is stuck; it decides no test that goes well.
const STUCK: Duration = Duration::from_secs(180);
/// One browser at a time: two would only wait for each other.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// The browser on this machine. Without one the test is passed over, unless WHOKNEW_BROWSER_REQUIRED is set.
pub fn installed() -> Option<PathBuf> {
    let given = std::env::var_os("WHOKNEW_BROWSER").map(PathBuf::from);
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let found = given.or_else(|| {
        let candidates = std::env::split_paths(&folders).flat_map(|folder| NAMES.map(|name| folder.join(name)));
        candidates.into_iter().find(|path| path.is_file())
    });
    if found.is_none() {
        assert!(std::env::var_os("WHOKNEW_BROWSER_REQUIRED").is_none(), "no browser is installed, and one is required");
        eprintln!("SKIPPED: no browser is installed (Chromium, or set WHOKNEW_BROWSER to its path)");
    }
    found
}

/// A running browser with one page.
pub struct Browser {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    session: Option<String>,
    calls: u64,
    /// What the page did: exceptions, errors on the console, requests.
    pub events: Vec<Value>,
    _turn: MutexGuard<'static, ()>,
}

impl Browser {
    /// Starts the browser at `program`; `folder` is where it keeps its files.
    pub fn start(program: &Path, folder: &Path) -> Self {
        let turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let mut command = Command::new("sh");
        command.args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>/dev/null"]).arg(program);
        command.args([
            "--headless",
            "--remote-debugging-pipe",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
        ]);
        command.args([
            "--no-first-run",
            "--disable-background-networking",
            "--disable-extensions",
            "--hide-scrollbars",
        ]);
        command.arg(format!("--user-data-dir={}", folder.display()));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("there is a shell");
        let input = child.stdin.take().expect("it is piped");
        let output = child.stdout.take().expect("it is piped");
        let (sender, messages) = mpsc::channel();
        std::thread::spawn(move || {
            for message in BufReader::new(output).split(0).map_while(Result::ok) {
                let message = serde_json::from_slice(&message).expect("the browser speaks JSON");
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let mut browser = Self { child, input, messages, session: None, calls: 0, events: Vec::new(), _turn: turn };
        browser.attach();
        browser
    }

    fn attach(&mut self) {
        let target = self.call("Target.createTarget", json!({ "url": "about:blank" }));
        let attached = self.call("Target.attachToTarget", json!({ "targetId": target["targetId"], "flatten": true }));
        self.session = Some(attached["sessionId"].as_str().expect("a session has a name").to_owned());
        for domain in ["Page", "Runtime", "Log", "Network"] {
            self.call(&format!("{domain}.enable"), json!({}));
        }
        self.size(1440, 1000);
    }

    /// Calls a method and returns its result.
    pub fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.calls += 1;
        let mut message = json!({ "id": self.calls, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = serde_json::to_vec(&message).expect("plain JSON");
        bytes.push(0);
        self.input.write_all(&bytes).and_then(|()| self.input.flush()).expect("the browser listens");
        loop {
            let message = self.messages.recv_timeout(STUCK).expect("the browser answers");
            if message["id"] == json!(self.calls) {
                assert!(message.get("error").is_none(), "{method}: {}", message["error"]);
                return message["result"].clone();
            }
            self.events.push(message);
        }
    }

    /// Opens a file, with what stands behind `#`, and waits until it is shown.
    pub fn open(&mut self, file: &Path, place: &str) {
        // Another `#` alone would not load the page anew.
        self.call("Page.navigate", json!({ "url": "about:blank" }));
        let url = format!("file://{}#{place}", file.display());
        self.call("Page.navigate", json!({ "url": url }));
        let loaded = "new Promise((done) => { if (document.readyState === 'complete' && location.protocol === 'file:') done(true); \
                      else window.addEventListener('load', () => done(true)); })";
        assert_eq!(self.evaluate(loaded), json!(true));
    }

    /// The value of an expression in the page.
    pub fn evaluate(&mut self, expression: &str) -> Value {
        let result = self
            .call("Runtime.evaluate", json!({ "expression": expression, "returnByValue": true, "awaitPromise": true }));
        assert!(result.get("exceptionDetails").is_none(), "{expression}\n{}", result["exceptionDetails"]);
        result["result"]["value"].clone()
    }

    /// The same for a text.
    pub fn text(&mut self, expression: &str) -> String {
        let value = self.evaluate(expression);
        value.as_str().unwrap_or_else(|| panic!("{expression} is no text: {value}")).to_owned()
    }

    /// The same for a number.
    pub fn number(&mut self, expression: &str) -> f64 {
        let value = self.evaluate(expression);
        value.as_f64().unwrap_or_else(|| panic!("{expression} is no number: {value}"))
    }

    /// The same for yes or no.
    pub fn holds(&mut self, expression: &str) -> bool {
        self.evaluate(&format!("Boolean({expression})")) == json!(true)
    }

    /// Presses and releases a key.
    pub fn press(&mut self, key: &str) {
        let mut down = json!({ "type": "keyDown", "key": key });
        let code = match key {
            "ArrowLeft" => 37,
            "ArrowUp" => 38,
            "ArrowRight" => 39,
            "ArrowDown" => 40,
            "Enter" => 13,
            "Escape" => 27,
            "Tab" => 9,
            "End" => 35,
            "Home" => 36,
            _ => 0,
        };
        if code == 0 {
            down["text"] = json!(key);
        } else {
            down["windowsVirtualKeyCode"] = json!(code);
        }
        if key == "Enter" {
            down["text"] = json!("\r");
        }
        self.call("Input.dispatchKeyEvent", down);
        self.call("Input.dispatchKeyEvent", json!({ "type": "keyUp", "key": key, "windowsVirtualKeyCode": code }));
        self.settle();
    }

    /// Types a text where the focus is.
    pub fn write(&mut self, text: &str) {
        self.call("Input.insertText", json!({ "text": text }));
        self.settle();
    }

    /// Waits until the page has drawn what it was asked for.
    pub fn settle(&mut self) {
        self.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");
    }

    /// Sets the size of the window.
    pub fn size(&mut self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", size);
    }

    /// What the system says it likes: `light` or `dark`; and for which medium the page is shown.
    pub fn media(&mut self, medium: &str, scheme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.call("Emulation.setEmulatedMedia", json!({ "media": medium, "features": features }));
        self.settle();
    }

    /// The page as a picture.
    pub fn picture(&mut self) -> Vec<u8> {
        let picture = self.call("Page.captureScreenshot", json!({ "format": "png" }));
        decoded(picture["data"].as_str().expect("a picture comes as text"))
    }

    /// The page on paper.
    pub fn paper(&mut self) -> Vec<u8> {
        let paper = self.call("Page.printToPDF", json!({ "printBackground": true, "preferCSSPageSize": true }));
        decoded(paper["data"].as_str().expect("paper comes as text"))
    }

    /// Checks that the page threw nothing, complained of nothing and asked for nothing but itself.
    #[track_caller]
    pub fn assert_quiet(&mut self) {
        self.settle();
        for event in &self.events {
            let method = event["method"].as_str().unwrap_or_default();
            let level = event["params"]["entry"]["level"].as_str().unwrap_or_default();
            assert_ne!(method, "Runtime.exceptionThrown", "{event}");
            assert!(method != "Log.entryAdded" || level != "error", "{event}");
            assert!(method != "Runtime.consoleAPICalled" || event["params"]["type"] != "error", "{event}");
            if method == "Network.requestWillBeSent" {
                let url = event["params"]["request"]["url"].as_str().unwrap_or_default();
                let itself =
                    event["params"]["type"] == "Document" && url.starts_with("file://") || url.starts_with("data:");
                assert!(itself || url == "about:blank", "it asks for {url}");
            }
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The bytes of a text in base 64.
fn decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut held, mut bits) = (0u32, 0);
    for character in text.bytes() {
        let value = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        held = held << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
        }
    }
    bytes
}
