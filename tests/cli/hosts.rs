//! Other hosts, for the tests that ask them: a server on all addresses of this computer, which
//! answers by the path and writes down what was asked.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// Answers that no honest host gives, and what is to be thought of them.
pub(crate) const ODD: [(&str, &str, &str); 12] = [
    ("/long-head", "HTTP/1.1 200 OK\r\nx: LONG\r\n\r\n", "broken"),
    (
        "/long-way",
        "HTTP/1.1 301 Moved\r\nlocation: /LONG\r\n\r\n",
        "broken",
    ),
    ("/no-way", "HTTP/1.1 301 Moved\r\n\r\n", "301"),
    (
        "/bad-way",
        "HTTP/1.1 301 Moved\r\nlocation: http://[::\r\n\r\n",
        "astray",
    ),
    (
        "/signs",
        "HTTP/1.1 301 Moved\r\nlocation: /\u{1b}[31m\r\n\r\n",
        "broken",
    ),
    (
        "/same-way",
        "HTTP/1.1 301 Moved\r\nlocation:\r\n\r\n",
        "circles",
    ),
    ("/no-status", "HTTP/1.1 000 No\r\n\r\n", "broken"),
    ("/own-status", "HTTP/1.1 999 No\r\n\r\n", "999"),
    ("/old", "hello", "broken"),
    ("/nothing", "", "broken"),
    ("/nul", "\0\0\0\0\r\n\r\n", "broken"),
    (
        "/for-ever",
        "HTTP/1.1 503 X\r\nretry-after: 99999999999999999999999\r\n\r\n",
        "503",
    ),
];

/// A request.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) host: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) head: String,
    pub(crate) begun: Instant,
    pub(crate) done: Instant,
}

pub(crate) struct Hosts {
    pub(crate) port: u16,
    log: Arc<Mutex<Log>>,
}

#[derive(Default)]
struct Log {
    asked: Vec<Asked>,
    /// How often each path was asked for with each method.
    counts: BTreeMap<String, usize>,
    /// How many bytes of a body that has no end were taken.
    taken: usize,
}

impl Hosts {
    pub(crate) fn start() -> Hosts {
        let listener = TcpListener::bind("0.0.0.0:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let log = Arc::new(Mutex::new(Log::default()));
        let shared = Arc::clone(&log);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let log = Arc::clone(&shared);
                thread::spawn(move || serve(stream, &log));
            }
        });
        Hosts { port, log }
    }

    /// The address of a path on the host 127.0.0.`number`.
    pub(crate) fn at(&self, number: u8, path: &str) -> String {
        format!("http://127.0.0.{number}:{}{path}", self.port)
    }

    /// What was asked since the last time, oldest first.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        let mut log = self.log.lock().unwrap();
        std::mem::take(&mut log.asked)
    }

    /// The methods and paths that were asked for since the last time, oldest first.
    pub(crate) fn paths(&self) -> Vec<String> {
        let asked = self.asked().into_iter();
        asked.map(|a| format!("{} {}", a.method, a.path)).collect()
    }

    /// How many bytes of a body that has no end were taken.
    pub(crate) fn taken(&self) -> usize {
        self.log.lock().unwrap().taken
    }
}

fn serve(mut stream: TcpStream, log: &Mutex<Log>) {
    let begun = Instant::now();
    let lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let lines = lines.map_while(Result::ok);
    let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let Some((method, path)) = head.first().and_then(|line| {
        let mut words = line.split(' ');
        Some((words.next()?.to_owned(), words.next()?.to_owned()))
    }) else {
        return;
    };
    let host = head.iter().find_map(|line| line.strip_prefix("host: "));
    let count = {
        let mut log = log.lock().unwrap();
        let count = log.counts.entry(path.clone()).or_default();
        *count += 1;
        *count
    };
    let answer = answer(&method, &path, count);
    // Long enough that a second request at the same time would be seen.
    thread::sleep(Duration::from_millis(if path.starts_with("/slow") {
        900
    } else {
        15
    }));
    log.lock().unwrap().asked.push(Asked {
        host: host.unwrap_or_default().to_owned(),
        method: method.clone(),
        path: path.clone(),
        head: head.join("\n"),
        begun,
        done: Instant::now(),
    });
    let _ = stream.write_all(answer.as_bytes());
    if path == "/endless" && method == "GET" {
        let piece = [b'x'; 64 * 1024];
        for _ in 0..4096 {
            if stream.write_all(&piece).is_err() {
                break;
            }
            log.lock().unwrap().taken += piece.len();
        }
    }
}

/// What the path gives when it is asked for the `count`th time.
fn answer(method: &str, path: &str, count: usize) -> String {
    let plain = |status: &str| {
        format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
    };
    let with = |status: &str, line: &str| {
        format!("HTTP/1.1 {status}\r\n{line}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
    };
    let with_text = |text: &str| {
        let length = text.len();
        format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{text}")
    };
    let to = |status: &str, to: &str| with(status, &format!("location: {to}"));
    match (method, path.split('?').next().unwrap()) {
        (_, "/gone") => plain("410 Gone"),
        (_, "/missing") => plain("404 Not Found"),
        ("HEAD", "/no-head") => plain("405 Method Not Allowed"),
        ("HEAD", "/lying-head") => plain("404 Not Found"),
        ("HEAD", "/endless") => plain("403 Forbidden"),
        ("GET", "/endless") => {
            "HTTP/1.1 200 OK\r\ncontent-length: 268435456\r\nconnection: close\r\n\r\n".to_owned()
        }
        (_, "/closed") => plain("403 Forbidden"),
        (_, "/moved") => to("301 Moved Permanently", "/moved-again"),
        (_, "/moved-again") => to("308 Permanent Redirect", "/here"),
        (_, "/to-front") => to("301 Moved Permanently", "/"),
        (_, "/for-now") => to("302 Found", "/here"),
        (_, "/moved-then-gone") => to("301 Moved Permanently", "/gone"),
        (_, "/round") => to("302 Found", "/about"),
        (_, "/about") => to("302 Found", "/round"),
        (_, "/far") => to("302 Found", &format!("/far?{count}")),
        (_, "/script") => to("302 Found", "javascript:alert(1)"),
        (_, "/busy") if count == 1 => with("429 Too Many Requests", "retry-after: 0"),
        (_, "/later") => with("429 Too Many Requests", "retry-after: 3600"),
        (_, "/tired") if count <= 2 => plain("500 Internal Server Error"),
        (_, "/broken") => plain("500 Internal Server Error"),
        (_, odd) if ODD.iter().any(|(name, ..)| *name == odd) => {
            let odd = ODD.iter().find(|(name, ..)| *name == odd);
            odd.unwrap().1.replace("LONG", &"x".repeat(100_000))
        }
        (_, "/kept") if path.contains("missing") => with_text(r#"{"archived_snapshots":{}}"#),
        (_, "/kept") => with_text(
            r#"{"archived_snapshots":{"closest":{"available":true,"status":"200",
            "url":"http://web.archive.org/web/2019/x"}}}"#,
        ),
        (_, "/garbage") => "this is not HTTP\r\n\r\n".to_owned(),
        _ => plain("200 OK"),
    }
}
