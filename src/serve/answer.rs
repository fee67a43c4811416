//! One request becomes one answer.

use std::sync::Arc;

use camino::Utf8Path;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Method, Request, Response, StatusCode, Uri};

use super::address::{self, Found};
use super::body::Content;
use super::moment::Moment;
use super::{Desk, News, events, problem, script};
use crate::Edition;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::render;
use crate::site::{PageId, PageKind};

const TEXT: &str = "text/plain; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";

type Answer = Response<Content>;

/// What a request is answered, whatever it asks.
pub(super) async fn answer<B>(desk: Arc<Desk>, request: Request<B>) -> Answer {
    let uri = request.uri();
    if !address::is_ours(uri, request.headers(), desk.port) {
        let text = "This is the preview of a site on the computer it runs on. It answers to \
                    127.0.0.1 and localhost alone, because a page on the web could give itself \
                    any other name of this computer and read along.\n";
        return say(StatusCode::MISDIRECTED_REQUEST, TEXT, text.into());
    }
    let head = request.method() == Method::HEAD;
    if !head && request.method() != Method::GET {
        let mut refusal = say(
            StatusCode::METHOD_NOT_ALLOWED,
            TEXT,
            "A preview can only be read.\n".into(),
        );
        set(&mut refusal, header::ALLOW, "GET, HEAD");
        return refusal;
    }
    let Some(path) = address::decode(uri.path()) else {
        return say(
            StatusCode::BAD_REQUEST,
            TEXT,
            "This is not a path.\n".into(),
        );
    };
    let moment = desk.moment();
    let own = address::below(&moment.base, &path).and_then(|p| p.strip_prefix(script::FOLDER));
    if let Some(name) = own.filter(|_| desk.reload) {
        let last = request.headers().get("last-event-id");
        let seen = last.and_then(|id| id.to_str().ok());
        return own_file(&desk, name, seen.or_else(|| named(uri)), head);
    }
    // Pages take the time of a processor, which must not keep events waiting.
    let query = uri.query().map(|query| format!("?{query}"));
    let made = tokio::task::spawn_blocking(move || page(&desk, &moment, &path, query.as_deref()));
    made.await.unwrap_or_else(|_| {
        let text = "This page cannot be made; the terminal may tell why.\n";
        say(StatusCode::INTERNAL_SERVER_ERROR, TEXT, text.into())
    })
}

/// The moment that a page was made in, as its script names it.
fn named(uri: &Uri) -> Option<&str> {
    let query = uri.query()?.split('&');
    query
        .filter_map(|pair| pair.strip_prefix("edition="))
        .next()
}

/// A file of the preview itself.
fn own_file(desk: &Desk, name: &str, seen: Option<&str>, head: bool) -> Answer {
    let ok = |kind, text: &str| say(StatusCode::OK, kind, text.into());
    match name {
        "reload.js" => ok("text/javascript; charset=utf-8", script::SCRIPT),
        "problem.css" => ok("text/css; charset=utf-8", script::STYLE),
        "events" => {
            let mut stream = ok("text/event-stream", "");
            if !head {
                *stream.body_mut() = Content::Events(events::begin(desk, seen));
            }
            stream
        }
        _ => say(
            StatusCode::NOT_FOUND,
            TEXT,
            "There is no such file.\n".into(),
        ),
    }
}

/// A page of the site, as a static host would find it.
fn page(desk: &Desk, moment: &Moment, path: &str, query: Option<&str>) -> Answer {
    let Some(edition) = &moment.edition else {
        let html = problem::page("The site cannot be shown yet", &moment.problems);
        return html_answer(
            desk,
            moment,
            StatusCode::SERVICE_UNAVAILABLE,
            html.into(),
            true,
        );
    };
    match address::find(&edition.site, &moment.base, path) {
        Found::Page(id) => send(desk, moment, edition, id, StatusCode::OK),
        Found::Elsewhere(path) => {
            let mut moved = say(StatusCode::MOVED_PERMANENTLY, TEXT, Vec::new());
            let query = query.unwrap_or_default();
            set(&mut moved, header::LOCATION, &format!("{path}{query}"));
            moved
        }
        Found::Nothing => match edition.site.at_file("404.html") {
            Some(id) => send(desk, moment, edition, id, StatusCode::NOT_FOUND),
            None => say(
                StatusCode::NOT_FOUND,
                TEXT,
                "There is no such page.\n".into(),
            ),
        },
    }
}

fn send(desk: &Desk, moment: &Moment, edition: &Edition, id: PageId, status: StatusCode) -> Answer {
    let page = edition.site.page(id);
    let made =
        refuse_link(edition, &page.kind).map_or_else(|| render::page(&edition.scene(), id), Err);
    match made {
        Ok(bytes) => {
            let kind = media_type(&page.kind, &page.file());
            let bytes = bytes.into_owned();
            if kind == HTML {
                html_answer(desk, moment, status, bytes, false)
            } else {
                say(status, kind, bytes)
            }
        }
        Err(error) => {
            let notes = Diagnostics::from(error);
            let problems = problem::list(&notes, &edition.config.folder);
            desk.tell(News::Failed(notes));
            let html = problem::page("This page cannot be made", &problems);
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            html_answer(desk, moment, status, html.into(), true)
        }
    }
}

/// Files are planned when all is read and sent when they are asked for. One that has meanwhile
/// become a link out of the site, or no file at all, is not followed.
fn refuse_link(edition: &Edition, kind: &PageKind) -> Option<Diagnostic> {
    let config = &edition.config;
    let site = if config.folder.as_str().is_empty() {
        Utf8Path::new(".")
    } else {
        &config.folder
    };
    let content = config.content_root();
    let within = |home: &Utf8Path, file: &Utf8Path| match (
        home.canonicalize_utf8(),
        file.canonicalize_utf8(),
    ) {
        (Ok(home), Ok(file)) => file.starts_with(home) && file.is_file(),
        _ => false,
    };
    let (fits, name) = match kind {
        PageKind::Static(index) => {
            let statics = content.join(&config.settings.content.statics);
            let name = edition.archive.statics[*index].as_path();
            (within(site, &statics.join(name)), name)
        }
        PageKind::Asset(asset) => (within(site, &content.join(asset)), &**asset),
        PageKind::ThemeFile(name) => {
            let name = Utf8Path::new(&**name);
            // Which theme has the file, only the theme knows; a theme may itself be a link.
            let themes = site.join("themes").read_dir_utf8().into_iter().flatten();
            let mut homes = themes.flatten().map(|theme| theme.path().join("static"));
            let fits =
                homes.all(|home| !home.join(name).exists() || within(&home, &home.join(name)));
            (fits, name)
        }
        _ => return None,
    };
    (!fits).then(|| Diagnostic::new(Code::LeavesSite, "is no longer a file of the site").file(name))
}

/// An HTML page, with the script that keeps it up to date.
fn html_answer(
    desk: &Desk,
    moment: &Moment,
    status: StatusCode,
    mut html: Vec<u8>,
    told: bool,
) -> Answer {
    if desk.reload {
        let mark = events::mark(desk.run, moment);
        html = script::inject(html, &script::tag(&moment.base, &mark, told));
    }
    say(status, HTML, html)
}

fn say(status: StatusCode, kind: &str, bytes: Vec<u8>) -> Answer {
    let mut answer = Response::new(Content::from(bytes));
    *answer.status_mut() = status;
    set(&mut answer, header::CONTENT_TYPE, kind);
    set(&mut answer, header::CACHE_CONTROL, "no-store");
    set(&mut answer, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(&mut answer, header::REFERRER_POLICY, "same-origin");
    // Drafts are nothing for the pages of others to embed (Fetch Standard §3.7).
    let policy = HeaderName::from_static("cross-origin-resource-policy");
    set(&mut answer, policy, "same-origin");
    answer
}

fn set(answer: &mut Answer, name: HeaderName, value: &str) {
    // No value has a line end: paths and queries come from a request that was read as one.
    if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
        answer.headers_mut().insert(name, value);
    }
}

/// What hosts say a file is, by its ending.
fn media_type(kind: &PageKind, file: &str) -> &'static str {
    match kind {
        PageKind::Feed
        | PageKind::YearFeed(_)
        | PageKind::TermFeed(_)
        | PageKind::CorrectionsFeed => {
            return "application/atom+xml; charset=utf-8";
        }
        PageKind::JsonFeed => return "application/feed+json; charset=utf-8",
        _ => {}
    }
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "html" | "htm" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "txt" | "md" => TEXT,
        "csv" => "text/csv; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "jsonl" => "application/jsonl; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "xhtml" => "application/xhtml+xml; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp3" => "audio/mpeg",
        "ogg" | "oga" => "audio/ogg",
        "wav" => "audio/wav",
        "m4a" => "audio/mp4",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}
