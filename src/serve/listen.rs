//! Takes connections, no more than can be served at a time and none for longer than it is used.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::sync::Semaphore;

use super::answer::answer;
use super::patience::Patience;
use super::{Desk, NoPreview, PORT};

/// How many ports after the first are tried.
pub(super) const TRIES: u16 = 100;
/// Browsers open six to a host for each profile; the rest is room for many windows.
const CONNECTIONS: usize = 256;
/// A request that has not arrived in this time never will; an idle connection is closed too.
const REQUEST_TIME: Duration = Duration::from_secs(15);
/// Cookies of every other program that was ever served on this host come along.
const HEADER_BYTES: usize = 64 * 1024;

/// Listens on this computer alone.
pub(super) fn bind(port: Option<u16>) -> Result<TcpListener, NoPreview> {
    let try_port = |port| {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        Ok::<_, io::Error>(listener)
    };
    let taken = |error: &io::Error| error.kind() == io::ErrorKind::AddrInUse;
    if let Some(port) = port {
        return try_port(port).map_err(|error| {
            if taken(&error) {
                NoPreview::Taken(port)
            } else {
                error.into()
            }
        });
    }
    for port in PORT..=PORT + TRIES {
        match try_port(port) {
            Err(error) if taken(&error) => {}
            other => return Ok(other?),
        }
    }
    Err(NoPreview::AllTaken)
}

/// Serves every connection until the runtime ends.
pub(super) async fn accept(listener: tokio::net::TcpListener, desk: Arc<Desk>) {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    while let Ok(place) = room.clone().acquire_owned().await {
        let Ok((stream, _)) = listener.accept().await else {
            // Mostly a lack of file descriptors, which passes as connections end.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        // Events are small, and each is wanted at once.
        let _ = stream.set_nodelay(true);
        let desk = desk.clone();
        tokio::spawn(async move {
            let service = service_fn(|request| {
                let desk = desk.clone();
                async move { Ok::<_, Infallible>(answer(desk, request).await) }
            });
            // What goes wrong on a connection is between its ends: the browser tells its reader.
            let _ = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(REQUEST_TIME)
                .max_header_size(HEADER_BYTES)
                .serve_connection(TokioIo::new(Patience::with(stream)), service)
                .await;
            drop(place);
        });
    }
}
