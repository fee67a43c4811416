//! A way into the preview for fuzz targets: what a request may hold, without a socket.

use hyper::header::HOST;
use hyper::{HeaderMap, Uri};

use super::address;
use crate::site::{self, Site};

/// What an empty site makes of the address of a request; a path that is taken for one of the site
/// never climbs, and says the same after it is written and read again.
pub fn request(target: &str, host: &str) {
    let Ok(uri) = target.parse::<Uri>() else {
        return;
    };
    let mut headers = HeaderMap::new();
    if let Ok(host) = host.parse() {
        headers.insert(HOST, host);
    }
    let _ = address::is_ours(&uri, &headers, 8000);
    let Some(path) = address::decode(uri.path()) else {
        return;
    };
    assert!(path.split('/').all(|part| part != ".."), "{path:?}");
    assert_eq!(address::decode(&site::encode(&path)), Some(path.clone()));
    for base in ["", "/archive", "/%E7%8E%8B"] {
        let _ = address::find(&Site::default(), base, &path);
    }
}
