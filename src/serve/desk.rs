//! The desk itself, and the election that lies on it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::HeaderMap;
use tokio::sync::Notify;

use super::history::History;
use super::launch::{self, Key, OWN_CALL};
use super::looks::Looks;
use super::pages::archive::Work;
use super::pages::paper::Sets;
use crate::bag::sha256;
use crate::compose;
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::election::model::Kind;
use crate::election::yaml::{self, Node};
use crate::election::{ELECTION_FILE, Election};
use crate::law::calendar;
use crate::make::{Folder, Press};

/// What is served, and to whom.
pub(super) struct Desk {
    pub looks: Arc<Looks>,
    /// What the browser that was let in brings along.
    pub key: Key,
    /// What a second start of the same user brings.
    pub call: Key,
    pub port: u16,
    pub fonts: Vec<PathBuf>,
    /// Words that let in one browser, once.
    invitations: Mutex<Vec<Key>>,
    opened: Mutex<Option<Arc<Opened>>>,
    leaving: Notify,
}

impl Desk {
    pub(super) fn new(
        key: Key,
        call: Key,
        port: u16,
        folder: Option<PathBuf>,
        fonts: Vec<PathBuf>,
    ) -> Self {
        let desk = Self {
            looks: Arc::new(Looks::new()),
            key,
            call,
            port,
            fonts,
            invitations: Mutex::default(),
            opened: Mutex::default(),
            leaving: Notify::new(),
        };
        if let Some(folder) = folder {
            desk.open(&folder);
        }
        desk
    }

    /// The names by which a browser of this computer calls it.
    pub(super) fn names(&self) -> [String; 2] {
        ["127.0.0.1", "localhost"].map(|host| format!("{host}:{}", self.port))
    }

    /// Cookies know no ports: two desks need two names.
    pub(super) fn cookie(&self) -> String {
        format!("zhangbang_{}", self.port)
    }

    /// An address that lets in one browser, once.
    pub(super) fn invite(&self) -> String {
        let word = Key::new().unwrap_or_else(|_| self.key.clone());
        let address = format!("http://127.0.0.1:{}/launch?word={}", self.port, word.expose());
        lock(&self.invitations).push(word);
        address
    }

    /// Whether `word` is an invitation, which is used up.
    pub(super) fn redeem(&self, word: &str) -> bool {
        let mut invitations = lock(&self.invitations);
        let found = invitations.iter().position(|invitation| invitation.is(word));
        found.map(|at| invitations.swap_remove(at)).is_some()
    }

    /// Whether the same user's second start asks.
    pub(super) fn is_own_call(&self, headers: &HeaderMap) -> bool {
        let key = headers.get(OWN_CALL).and_then(|key| key.to_str().ok());
        key.is_some_and(|key| self.call.is(key))
    }

    /// The election on the desk.
    pub(super) fn opened(&self) -> Option<Arc<Opened>> {
        lock(&self.opened).clone()
    }

    pub(super) fn folder(&self) -> Option<PathBuf> {
        self.opened().map(|opened| opened.folder.clone())
    }

    /// Puts the election of a folder on the desk, in the place of another.
    pub(super) fn open(&self, folder: &Path) {
        launch::remember(folder);
        let opened = Opened::new(folder, &self.fonts);
        *lock(&self.opened) = Some(Arc::new(opened));
        launch::announce(self);
    }

    pub(super) fn leave(&self) {
        self.leaving.notify_one();
    }

    /// When its user has left.
    pub(super) async fn left(&self) {
        self.leaving.notified().await;
    }
}

/// An election on the desk: the folder is the truth; beside it only what makes it
/// quick, and what the file said before.
pub(super) struct Opened {
    pub folder: PathBuf,
    fonts: Vec<PathBuf>,
    history: Mutex<History>,
    press: Mutex<Option<Arc<Press>>>,
    /// What the next page tells of what was done.
    said: Mutex<Option<String>>,
    /// Papers that were set to be looked at.
    pub sets: Mutex<Sets>,
    /// The packing that goes on, or is done.
    pub work: Arc<Work>,
}

impl Opened {
    pub(super) fn new(folder: &Path, fonts: &[PathBuf]) -> Self {
        Self {
            folder: folder.to_owned(),
            fonts: fonts.to_owned(),
            history: Mutex::default(),
            press: Mutex::default(),
            said: Mutex::default(),
            sets: Mutex::default(),
            work: Arc::default(),
        }
    }

    pub(super) fn file(&self) -> PathBuf {
        self.folder.join(ELECTION_FILE)
    }

    pub(super) fn fonts(&self) -> &[PathBuf] {
        &self.fonts
    }

    /// By what the pages know which election they show.
    pub(super) fn id(&self) -> String {
        id_of(&self.folder)
    }

    /// Lets the next page tell what was done.
    pub(super) fn say(&self, said: impl Into<String>) {
        *lock(&self.said) = Some(said.into());
    }

    pub(super) fn take_said(&self) -> Option<String> {
        lock(&self.said).take()
    }

    /// Held while the file is changed.
    pub(super) fn history(&self) -> MutexGuard<'_, History> {
        lock(&self.history)
    }

    /// Whether there was a file: if it is gone, a drive was pulled out, or it was
    /// renamed.
    pub(super) fn was_read(&self) -> bool {
        !self.history().is_empty()
    }

    /// How it stands now.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(super) fn read(&self) -> Result<Stand, Diagnostic> {
        // Read while nobody writes: what a page saw late would be taken for news.
        let mut history = self.history();
        let source = yaml::read_text(&self.file())?;
        history.see(&source.text);
        drop(history);
        let mut report = Report::new();
        let folder = Folder::judge(&self.folder, &mut report);
        let tree = match &folder {
            Some(folder) => Some(folder.dossier.tree.clone()),
            None => yaml::parse(&source).ok().map(Arc::new),
        };
        let source = folder.as_ref().map_or(source, |folder| folder.dossier.source.clone());
        Ok(Stand { source, tree, folder, report })
    }

    /// Fonts and layouts, made ready when the first paper is set.
    ///
    /// # Errors
    /// No fonts.
    pub(super) fn press(&self, stand: &Folder) -> Result<Arc<Press>, Report> {
        let mut press = lock(&self.press);
        if let Some(press) = &*press {
            return Ok(press.clone());
        }
        let mut report = Report::new();
        let found = Press::find(&self.fonts, Some(&self.folder), &stand.kit, &mut report);
        let found = Arc::new(found.ok_or(report)?);
        *press = Some(found.clone());
        Ok(found)
    }
}

/// An election as it stands.
pub(super) struct Stand {
    pub source: Arc<Source>,
    /// `None` if the file is no YAML.
    pub tree: Option<Arc<Node>>,
    /// `None` if it is not known what to judge it by.
    pub folder: Option<Folder>,
    pub report: Report,
}

impl Stand {
    /// The election with the law that judges it.
    ///
    /// # Errors
    /// Why it is not known.
    pub(super) fn judged(&self) -> Result<&Folder, Report> {
        self.folder.as_ref().ok_or_else(|| self.report.iter().cloned().collect())
    }

    pub(super) fn kind(&self) -> Option<Kind> {
        self.election().and_then(|election| election.kind.value())
    }

    pub(super) fn election(&self) -> Option<&Election> {
        self.folder.as_ref().map(|folder| &folder.dossier.election)
    }

    /// Every paper that may hang on the wall, and how it stands.
    pub(super) fn papers(&self) -> Vec<compose::Paper> {
        self.folder.as_ref().map(Folder::papers).unwrap_or_default()
    }

    /// The steps of the law, as far as it is known which law.
    pub(super) fn steps(&self) -> Vec<calendar::Step> {
        let folder = self.folder.as_ref();
        folder.map_or_else(Vec::new, |folder| calendar::calendar(&folder.dossier, &folder.profile))
    }

    /// What the election is called on the pages.
    pub(super) fn name(&self) -> Option<String> {
        let community = self.election()?.community.get()?;
        community.name.get().cloned()
    }
}

/// A folder, named so that no path goes to a browser or comes from one.
pub(super) fn id_of(folder: &Path) -> String {
    sha256(folder.to_string_lossy().as_bytes())[..16].to_owned()
}

/// A panic elsewhere leaves nothing half done behind these.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
