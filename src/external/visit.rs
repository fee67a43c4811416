//! One address is asked for, as politely as it can be: its head alone where that is enough, without
//! cookies, and without saying which page links to it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ureq::http::header::{DATE, HeaderName, LOCATION, RETRY_AFTER};
use ureq::http::{Method, Request, Response};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

use super::Manners;
use super::answer::{Answer, Status};
use super::gate::Gate;
use super::guard::{Guard, Refused};
use super::{address, wait};

/// How many redirects are followed.
const REDIRECTS: usize = 5;
/// How often a request is made again that failed for now.
const RETRIES: u32 = 2;
/// The longest that is waited because a host asks for it; one that asks for more is left alone.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// The longest text that a service may answer with, in bytes.
const LONGEST_TEXT: u64 = 64 * 1024;

/// Who asks. The version helps a host that has trouble with one.
const USER_AGENT: &str = concat!("morgue/", env!("CARGO_PKG_VERSION"), " (link checker)");

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    NoHost,
    Timeout,
    Tls,
    Broken,
    Astray,
    /// It lies in a private network, and was not asked.
    Private,
    /// Its host asked to be left alone for longer than a run.
    Left,
}

/// What is heard of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heard {
    /// This.
    Answer(Answer),
    /// It leads into a private network, and was not asked.
    Private,
    /// Nothing: its host wants to be left alone.
    Left,
}

/// Asks for addresses.
pub(super) struct Visitor<'m> {
    agent: Agent,
    manners: &'m Manners,
    gates: Mutex<BTreeMap<String, Arc<Gate>>>,
}

/// The head of an answer.
struct Head {
    status: u16,
    location: Option<String>,
    wait: Option<Duration>,
}

impl<'m> Visitor<'m> {
    pub(super) fn new(manners: &'m Manners) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // Followed here, where each hop waits at its own host's gate.
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A proxy would look names up itself, and nobody could tell where they lead.
            .proxy(None)
            .user_agent(USER_AGENT)
            .timeout_global(Some(manners.timeout))
            .max_idle_connections(manners.hosts)
            .max_idle_connections_per_host(1)
            .build();
        let guard = Guard {
            allows: manners.allows,
            resolver: DefaultResolver::default(),
        };
        Visitor {
            agent: Agent::with_parts(config, DefaultConnector::default(), guard),
            manners,
            gates: Mutex::new(BTreeMap::new()),
        }
    }

    /// Asks for an address, and for those that it redirects to.
    pub(super) fn ask(&self, address: &Url) -> Heard {
        let status = |status| Heard::Answer(Answer::of(status));
        let mut at = address.clone();
        let mut seen: Vec<Url> = Vec::new();
        let mut for_good = true;
        let mut moved: Option<Url> = None;
        loop {
            let head = match self.fetch(&at) {
                Ok(head) => head,
                Err(Trouble::NoHost) => return status(Status::NoHost),
                Err(Trouble::Timeout) => return status(Status::Timeout),
                Err(Trouble::Tls) => return status(Status::Tls),
                Err(Trouble::Broken) => return status(Status::Broken),
                Err(Trouble::Astray) => return status(Status::Astray),
                Err(Trouble::Private) => return Heard::Private,
                Err(Trouble::Left) => return Heard::Left,
            };
            let is_redirect = matches!(head.status, 301 | 302 | 303 | 307 | 308);
            let Some(location) = head.location.filter(|_| is_redirect) else {
                let to = moved.filter(|_| (200..300).contains(&head.status));
                return Heard::Answer(Answer {
                    status: Status::Http(head.status),
                    to: to.filter(|to| to != address).map(String::from),
                });
            };
            let Some(next) = address::follow(&at, &location) else {
                return status(Status::Astray);
            };
            for_good &= matches!(head.status, 301 | 308);
            if for_good {
                moved = Some(next.clone());
            }
            seen.push(std::mem::replace(&mut at, next));
            if seen.len() > REDIRECTS || seen.contains(&at) {
                return status(Status::Circles);
            }
        }
    }

    /// The head of an answer, asked for until it is more than a passing trouble.
    fn fetch(&self, url: &Url) -> Result<Head, Trouble> {
        let gate = self.gate(url);
        // Servers that answer a HEAD wrongly, or not at all, are common enough to ask again for
        // the page itself before anything bad is said of it.
        let mut method = Method::HEAD;
        let mut retries = if gate.is_doubtful() { 0 } else { RETRIES };
        loop {
            if let Some(trouble) = gate.closed() {
                return Err(trouble);
            }
            let got = gate.pass(self.manners.pause, || self.request(&method, url));
            let by_head = method == Method::HEAD;
            let growing = self.manners.pause * 4u32.pow(1 + RETRIES - retries.min(RETRIES));
            let growing = growing.min(LONGEST_WAIT);
            let wait = match &got {
                Ok(head) if matches!(head.status, 429 | 503) => {
                    let wait = head.wait.unwrap_or(growing);
                    if wait > LONGEST_WAIT {
                        gate.close(Trouble::Left);
                        return got;
                    }
                    wait
                }
                Ok(head) if head.status >= 400 && by_head => {
                    method = Method::GET;
                    continue;
                }
                Ok(head) if matches!(head.status, 500 | 502 | 504) => growing,
                Err(Trouble::Timeout | Trouble::Broken) => growing,
                Err(trouble @ Trouble::NoHost) => {
                    gate.close(*trouble);
                    return got;
                }
                Err(Trouble::Tls) => {
                    gate.count(Some(Trouble::Tls));
                    return got;
                }
                _ => {
                    gate.count(None);
                    return got;
                }
            };
            method = Method::GET;
            if retries == 0 {
                gate.count(got.as_ref().err().copied());
                return got;
            }
            retries -= 1;
            gate.hold(wait);
        }
    }

    fn request(&self, method: &Method, url: &Url) -> Result<Head, Trouble> {
        let request = Request::builder().method(method).uri(url.as_str());
        let request = request.body(()).map_err(|_| Trouble::Astray)?;
        // The body is not read: the connection ends with the answer.
        match self.agent.run(request) {
            Ok(response) => Ok(head(&response)),
            Err(error) => Err(trouble(&error)),
        }
    }

    /// The text that a service answers with, as long as a short one is.
    pub(super) fn read(&self, url: &Url) -> Result<String, Trouble> {
        let gate = self.gate(url);
        if let Some(trouble) = gate.closed() {
            return Err(trouble);
        }
        let read = || {
            let mut response = self.agent.get(url.as_str()).call()?;
            if !response.status().is_success() {
                return Err(ureq::Error::StatusCode(response.status().as_u16()));
            }
            let body = response.body_mut().with_config();
            body.limit(LONGEST_TEXT).read_to_string()
        };
        let read = gate.pass(self.manners.pause, read);
        let read = read.map_err(|error| trouble(&error));
        gate.count(read.as_ref().err().copied());
        read
    }

    fn gate(&self, url: &Url) -> Arc<Gate> {
        let host = url.host_str().unwrap_or_default().to_owned();
        let mut gates = self.gates.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(gates.entry(host).or_default())
    }
}

fn head(response: &Response<Body>) -> Head {
    let text = |name: HeaderName| {
        let value = response.headers().get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let asked = text(RETRY_AFTER);
    Head {
        status: response.status().as_u16(),
        location: text(LOCATION),
        wait: asked.and_then(|asked| wait::asked(&asked, text(DATE).as_deref())),
    }
}

fn trouble(error: &ureq::Error) -> Trouble {
    match error {
        ureq::Error::Timeout(_) => Trouble::Timeout,
        ureq::Error::HostNotFound => Trouble::NoHost,
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => Trouble::Tls,
        ureq::Error::Other(other) if other.is::<Refused>() => Trouble::Private,
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => Trouble::Astray,
        ureq::Error::Io(error) => match error.kind() {
            std::io::ErrorKind::TimedOut => Trouble::Timeout,
            // So the TLS library tells what it found wrong while it read.
            std::io::ErrorKind::InvalidData => Trouble::Tls,
            _ => Trouble::Broken,
        },
        _ => Trouble::Broken,
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::{IpAddr, Ipv4Addr, TcpListener};
    use std::thread;

    use super::*;

    /// A server that counts the requests for each host, and redirects all from 127.0.0.1 to
    /// 127.0.0.2.
    fn server() -> (u16, Arc<Mutex<Vec<String>>>) {
        let listener = TcpListener::bind("0.0.0.0:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let head: Vec<String> = lines
                    .map(Result::unwrap)
                    .take_while(|line| !line.is_empty())
                    .collect();
                let host = head.iter().find_map(|line| line.strip_prefix("host: "));
                log.lock().unwrap().push(host.unwrap().to_owned());
                let answer = format!(
                    "HTTP/1.1 301 Moved\r\nlocation: http://127.0.0.2:{port}/keys\r\n\
                     content-length: 0\r\nconnection: close\r\n\r\n"
                );
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        (port, asked)
    }

    #[test]
    fn a_redirect_leads_nobody_into_a_private_network() {
        let (port, asked) = server();
        let manners = Manners {
            pause: Duration::ZERO,
            timeout: Duration::from_secs(5),
            hosts: 1,
            // The first host counts as public, the one behind it does not.
            allows: |address| address == IpAddr::V4(Ipv4Addr::LOCALHOST),
        };
        let visitor = Visitor::new(&manners);
        let address = Url::parse(&format!("http://127.0.0.1:{port}/")).unwrap();
        assert_eq!(visitor.ask(&address), Heard::Private);
        assert_eq!(*asked.lock().unwrap(), [format!("127.0.0.1:{port}")]);
        // By a name or another way of writing it comes to the same.
        for host in ["127.0.0.2", "2130706434", "[::ffff:7f00:2]"] {
            let address = Url::parse(&format!("http://{host}:{port}/")).unwrap();
            assert_eq!(visitor.ask(&address), Heard::Private, "{host}");
        }
        assert_eq!(asked.lock().unwrap().len(), 1);
    }
}
