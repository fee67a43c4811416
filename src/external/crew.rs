//! Several hosts are asked at once, each by one alone.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use url::Url;

use super::visit::{Heard, Visitor};

/// Asks for all these addresses, and tells what is heard of each as it comes. The host with the
/// most addresses is begun with, for it takes longest.
pub(super) fn ask_all<'u>(
    due: &'u [Url],
    visitor: &Visitor<'_>,
    hosts_at_once: usize,
    hear: &mut dyn FnMut(&'u Url, Heard),
) {
    let mut by_host: BTreeMap<&str, Vec<&'u Url>> = BTreeMap::new();
    for url in due {
        by_host
            .entry(url.host_str().unwrap_or_default())
            .or_default()
            .push(url);
    }
    let mut hosts: Vec<Vec<&Url>> = by_host.into_values().collect();
    hosts.sort_by_key(|urls| std::cmp::Reverse(urls.len()));
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..hosts_at_once.min(hosts.len()) {
            let (sender, hosts, next) = (sender.clone(), &hosts, &next);
            scope.spawn(move || {
                while let Some(urls) = hosts.get(next.fetch_add(1, Ordering::Relaxed)) {
                    for url in urls {
                        if sender.send((*url, visitor.ask(url))).is_err() {
                            return;
                        }
                    }
                }
            });
        }
        drop(sender);
        for (url, heard) in receiver {
            hear(url, heard);
        }
    });
}
