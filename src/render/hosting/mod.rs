//! What hosts are told, in the form of each: redirects from old addresses, what is gone, headers.
//!
//! Every form has its own signs that act: quotation marks, spaces, dollars, braces, percent signs.
//! An address comes into a file of rules only through [`signs`], so that none can act there.

mod apache;
mod caddy;
mod headers;
mod nginx;
mod redirects;
mod s3;
mod signs;

use super::Scene;
use crate::site::hosting::HostFile;

/// The text of a file for a host.
pub(super) fn file(scene: &Scene<'_>, file: &HostFile) -> String {
    match file {
        HostFile::Redirects => redirects::file(scene),
        HostFile::Headers => headers::file(scene),
        HostFile::Htaccess(folder) => apache::file(scene, *folder),
        HostFile::NginxHttp => nginx::http(scene),
        HostFile::NginxServer => nginx::server(scene),
        HostFile::Caddy => caddy::file(scene),
        HostFile::S3Website => s3::website(scene),
        HostFile::S3Redirects => s3::redirects(scene),
    }
}
