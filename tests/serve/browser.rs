//! A browser as far as the tests need one: bytes out, bytes in.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Nothing takes this long unless it never comes.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// The body without the script of the preview, as `build` writes it.
    pub(crate) fn as_built(&self) -> Vec<u8> {
        let find = |from: usize, what: &[u8]| {
            let rest = &self.body[from..];
            rest.windows(what.len())
                .position(|w| w == what)
                .map(|at| from + at)
        };
        let mut body = self.body.clone();
        if let Some(name) = find(0, b"/__morgue/reload.js\"") {
            let start = self.body[..name].iter().rposition(|b| *b == b'<').unwrap();
            let end = find(name, b"</script>").unwrap() + b"</script>".len();
            body.drain(start..end);
        }
        body
    }
}

/// A connection that is kept.
pub(crate) struct Browser {
    stream: BufReader<TcpStream>,
    host: String,
}

impl Browser {
    pub(crate) fn at(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Browser {
            stream: BufReader::new(stream),
            host: address.to_string(),
        }
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host);
        self.send(&request)
    }

    pub(crate) fn head(&mut self, path: &str) -> Answer {
        let request = format!("HEAD {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host);
        self.ask(&request);
        let (status, head) = self.read_head();
        let body = Vec::new();
        Answer { status, head, body }
    }

    /// Sends a request as it stands.
    pub(crate) fn send(&mut self, request: &str) -> Answer {
        self.ask(request);
        let (status, head) = self.read_head();
        let mut answer = Answer {
            status,
            head,
            body: Vec::new(),
        };
        let length = answer
            .header("content-length")
            .map_or(0, |n| n.parse().unwrap());
        answer.body.resize(length, 0);
        self.stream.read_exact(&mut answer.body).unwrap();
        answer
    }

    fn ask(&mut self, request: &str) {
        self.stream.get_mut().write_all(request.as_bytes()).unwrap();
    }

    fn read_head(&mut self) -> (u16, String) {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert_ne!(
                self.stream.read_line(&mut head).unwrap(),
                0,
                "closed after {head:?}"
            );
        }
        (head[9..12].parse().unwrap(), head)
    }
}

/// One event of the stream that an open page listens to.
#[derive(Debug, Default)]
pub(crate) struct Event {
    pub(crate) name: String,
    pub(crate) data: String,
    pub(crate) id: String,
}

/// An open page.
pub(crate) struct OpenPage(Browser);

impl OpenPage {
    /// Opens a page: asks for it, then for the events since.
    pub(crate) fn at(address: SocketAddr, path: &str) -> Self {
        let page = Browser::at(address).get(path).text();
        let (_, rest) = page.split_once("data-edition=\"").unwrap();
        let (edition, _) = rest.split_once('"').unwrap();
        OpenPage::since(address, edition)
    }

    pub(crate) fn since(address: SocketAddr, edition: &str) -> Self {
        let mut browser = Browser::at(address);
        let host = &browser.host;
        // In HTTP/1.0 the events come without the lengths of chunks.
        let request =
            format!("GET /__morgue/events?edition={edition} HTTP/1.0\r\nHost: {host}\r\n\r\n");
        browser.ask(&request);
        let (status, head) = browser.read_head();
        assert_eq!(status, 200);
        assert!(head.contains("text/event-stream"), "{head}");
        OpenPage(browser)
    }

    pub(crate) fn next(&mut self) -> Event {
        let mut event = Event::default();
        loop {
            let mut line = String::new();
            assert_ne!(
                self.0.stream.read_line(&mut line).unwrap(),
                0,
                "the stream ended"
            );
            match line.trim_end().split_once(": ") {
                Some(("event", name)) => event.name = name.to_owned(),
                Some(("data", data)) => event.data = data.to_owned(),
                Some(("id", id)) => event.id = id.to_owned(),
                _ if line == "\n" && !event.name.is_empty() => return event,
                _ => {}
            }
        }
    }

    /// Waits for an event of this name.
    pub(crate) fn wait_for(&mut self, name: &str) -> Event {
        loop {
            let event = self.next();
            if event.name == name {
                return event;
            }
        }
    }
}
