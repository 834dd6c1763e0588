//! The desk: an election as pages in the user's own browser, on this computer
//! only.
//!
//! The file stays the truth. A page is a plain function from what is [`Asked`] to
//! what is answered: it reads the folder, judges it, and shows it; a change is a
//! small lossless edit of `election.yaml`. Between two requests only the texts that
//! the file had are remembered, to go back to, and fonts and pages, to be quick.
//!
//! - [`guard`] lets in nobody but the browser that was opened;
//! - [`web`] reads requests and writes answers;
//! - [`form`] makes of a shape and a tree what a form shows, [`change`] makes of a
//!   posted form edits;
//! - [`history`] keeps the texts;
//! - [`pages`] are the pages.
//!
//! [`Asked`]: web::Asked

mod change;
mod desk;
mod form;
mod guard;
mod history;
mod launch;
mod looks;
mod notes;
mod pages;
#[cfg(test)]
mod tests;
mod web;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;

use self::desk::{Desk, Opened};
use self::launch::Key;
use self::web::Asked;
use crate::diagnostic::{Diagnostic, Report};

/// How the desk is to be opened.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The election's folder; the last one if none is given.
    pub folder: Option<PathBuf>,
    /// A free one if none is given.
    pub port: Option<u16>,
    /// Where fonts lie beside those of the system.
    pub fonts: Vec<PathBuf>,
}

/// Deep enough for Typst on any document of ours.
const STACK: usize = 8 << 20;

/// So long the desk goes on when its user has left.
const FAREWELL: Duration = Duration::from_secs(1);

/// Makes the changes of a form to the election in `folder`, as the desk does: for trials
/// with forms that no browser sends.
///
/// # Errors
/// What of it cannot be done; nothing was written.
#[doc(hidden)]
pub fn hand_in(folder: &Path, fields: &[(&str, &str)]) -> Result<(), Report> {
    change::make(&Opened::new(folder, &[]), &Asked::of(fields)).map(drop)
}

/// Serves the desk until its user leaves it. `open` is given the address that lets
/// in one browser, once; it is told again whenever the desk is started a second time.
///
/// # Errors
/// No port, or no network at all.
pub fn run(options: Options, open: impl FnOnce(&str)) -> Result<(), Diagnostic> {
    let folder = options.folder.clone().or_else(launch::last_folder);
    if let Some(address) = folder.as_deref().and_then(launch::running_on) {
        // A second start opens the first.
        open(&address);
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .thread_stack_size(STACK)
        .build()
        .map_err(|error| cannot_serve(&error))?;
    let before = folder.as_deref().and_then(launch::left_behind);
    let (before, new) = (before.unzip(), Key::new().map_err(|error| cannot_serve(&error))?);
    runtime.block_on(async {
        let (listener, key) = match before {
            (Some(port), Some(key)) if options.port.is_none() => match listen(port).await {
                Ok(listener) => (listener, key),
                Err(_) => (listen(0).await?, new),
            },
            _ => (listen(options.port.unwrap_or(0)).await?, new),
        };
        let port = listener.local_addr().map_err(|error| cannot_serve(&error))?.port();
        let call = Key::new().map_err(|error| cannot_serve(&error))?;
        let desk = Arc::new(Desk::new(key, call, port, folder, options.fonts));
        launch::announce(&desk);
        open(&desk.invite());
        let served = axum::serve(listener, routes(&desk))
            .with_graceful_shutdown({
                let desk = desk.clone();
                async move {
                    desk.left().await;
                    // The last page still asks for its style.
                    let _ = tokio::task::spawn_blocking(|| std::thread::sleep(FAREWELL)).await;
                }
            })
            .await;
        served.map_err(|error| cannot_serve(&error))
    })
}

/// Opens the user's browser on an address of the desk; whether there is one.
pub fn open_browser(address: &str) -> bool {
    launch::doorstep(address).is_some_and(|page| opener::open(page).is_ok())
}

fn routes(desk: &Arc<Desk>) -> Router {
    guard::around(pages::routes(desk), desk)
}

async fn listen(port: u16) -> Result<TcpListener, Diagnostic> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpListener::bind(address).await.map_err(|error| cannot_serve(&error))
}

fn cannot_serve(error: &std::io::Error) -> Diagnostic {
    let message = format!("开不了本机的页面：{}。", crate::files::reason(error));
    Diagnostic::error("no-port", message)
        .help("请换一个端口（--port），或关闭占用它的程序后重试；也可以用命令行的各个命令。")
}
