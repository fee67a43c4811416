//! The preview: the site on this computer, made page by page as a browser asks for it.
//!
//! Takes the same [`Edition`](crate::Edition) as a build and the same function that makes a page
//! of it, so what is looked at is what will be published. Watches the files of the site, prepares
//! a new edition when one changes, and tells the open pages. Nothing here prints: what happens
//! comes out as [`News`].
//!
//! The preview holds drafts, so it is for the person at this computer alone: it listens on the
//! loopback address, and answers only to the names of that address, so that no foreign page can
//! reach it through a name of its own (DNS rebinding).

mod address;
mod answer;
mod body;
mod events;
#[cfg(fuzzing)]
pub mod fuzzed;
mod listen;
mod moment;
mod patience;
mod places;
mod problem;
mod script;
mod watch;

use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::net::SocketAddr;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::sync::watch as channel;

use crate::archive::Selection;
use crate::config::Config;
use crate::diagnostics::Diagnostics;

use moment::Moment;
use places::Places;
use watch::Watch;

/// The first port that is tried where none is asked for.
pub const PORT: u16 = 8000;

/// How a preview is made.
#[derive(Clone)]
pub struct ServeOptions {
    /// What of the content is published, asked for again at every change: an article written
    /// after the preview began is not one of the future.
    pub selection: Arc<dyn Fn() -> Selection + Send + Sync>,
    /// The port; where not given, the next free one from [`PORT`] on.
    pub port: Option<u16>,
    /// Watch the files, and have open pages reload.
    pub reload: bool,
}

impl fmt::Debug for ServeOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServeOptions")
            .field("port", &self.port)
            .field("reload", &self.reload)
            .finish_non_exhaustive()
    }
}

/// Why there is no preview.
#[derive(Debug, thiserror::Error)]
pub enum NoPreview {
    /// The port that was asked for is in use.
    #[error("port {0} is in use by another program; without `--port` the next free one is taken")]
    Taken(u16),
    /// All ports that are tried are in use.
    #[error("every port from {PORT} to {last} is in use", last = PORT + listen::TRIES)]
    AllTaken,
    /// The system refused.
    #[error("the preview cannot listen on this computer: {0}")]
    System(#[from] std::io::Error),
}

/// What browsers are shown after an edition was prepared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// That edition.
    New,
    /// The one before, because that one has errors.
    Last,
    /// The errors, because there never was an edition.
    Errors,
}

/// What happens in a preview.
#[derive(Debug)]
pub enum News {
    /// An edition was prepared.
    Prepared {
        /// The files that changed, seen from the folder of the site; none at the beginning.
        changed: Vec<String>,
        /// What browsers are shown now.
        shown: Shown,
        /// How many articles that has.
        articles: usize,
        /// How many pages that has.
        pages: usize,
        /// How many errors were found.
        errors: usize,
        /// All errors, and every other finding that was not there before.
        notes: Diagnostics,
        /// How long it took.
        took: Duration,
    },
    /// A page that was asked for could not be made.
    Failed(Diagnostics),
    /// Something that the preview does without.
    Without(String),
    /// The person at the keyboard wants the preview to end.
    Interrupted,
}

/// A preview that is running. It ends when dropped.
#[derive(Debug)]
pub struct Preview {
    address: SocketAddr,
    base: String,
    news: mpsc::Receiver<News>,
    desk: Arc<Desk>,
    runtime: Option<Runtime>,
}

/// What every request and every change needs.
#[derive(Debug)]
struct Desk {
    moments: channel::Sender<Arc<Moment>>,
    news: mpsc::Sender<News>,
    /// Tells this run of the preview from any other, so that pages left open reload.
    run: u64,
    port: u16,
    reload: bool,
}

impl Desk {
    fn moment(&self) -> Arc<Moment> {
        self.moments.borrow().clone()
    }

    fn tell(&self, news: News) {
        // Nobody listens any more when the preview is about to end.
        let _ = self.news.send(news);
    }
}

impl Preview {
    /// Begins to listen, prepares the first edition and watches its files. The first of the
    /// [`news`](Preview::news) tells what was found.
    ///
    /// # Errors
    /// When there is no port to listen on. Problems of the site are no errors: they are shown.
    pub fn start(config: Config, options: &ServeOptions) -> Result<Preview, NoPreview> {
        let listener = listen::bind(options.port)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            // Pages are made here; more at a time than processors only wait for each other.
            .max_blocking_threads(std::thread::available_parallelism().map_or(4, usize::from) + 2)
            .enable_all()
            .build()?;
        let (sender, news) = mpsc::channel();
        // The watch begins before the files are read, so that no change falls in between.
        let places = Places::of(&config);
        let watch = match options.reload.then(|| Watch::start(places)) {
            Some(Ok(watch)) => Some(watch),
            Some(Err(error)) => {
                let _ = sender.send(News::Without(watch::without(&error)));
                None
            }
            None => None,
        };
        let (moment, first) = Moment::first(config, &(options.selection)());
        let base = moment.base.clone();
        let _ = sender.send(first);
        let desk = Arc::new(Desk {
            moments: channel::Sender::new(Arc::new(moment)),
            news: sender,
            run: RandomState::new().build_hasher().finish(),
            port: address.port(),
            reload: options.reload,
        });
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        runtime.spawn(listen::accept(listener, desk.clone()));
        if let Some(watch) = watch {
            runtime.spawn(watch.run(desk.clone(), options.selection.clone()));
        }
        Ok(Preview {
            address,
            base,
            news,
            desk,
            runtime: Some(runtime),
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of the front page.
    pub fn url(&self) -> String {
        format!("http://{}{}/", self.address, self.base)
    }

    /// What happens, as it happens.
    pub fn news(&self) -> &mpsc::Receiver<News> {
        &self.news
    }

    /// From now on Ctrl+C is one of the news, and no longer ends the program at once.
    pub fn hear_interrupt(&self) {
        let desk = self.desk.clone();
        if let Some(runtime) = &self.runtime {
            runtime.spawn(async move {
                if tokio::signal::ctrl_c().await.is_ok() {
                    desk.tell(News::Interrupted);
                }
            });
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // A page that is being made is not waited for: nobody will read it.
            runtime.shutdown_background();
        }
    }
}
