//! A client that runs: its end, and the last it said.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::Child;
use tokio::sync::{Notify, watch};
use usher_core::Secret;

use crate::residue::Note;
use crate::window::{self, NotRaised};

/// How many of the client's last lines are kept for diagnosis.
const LINES_KEPT: usize = 20;
/// Longer lines are cut.
const LINE_LENGTH: usize = 300;
/// A client that ends sooner than this has hardly shown a desktop.
const EARLY: Duration = Duration::from_secs(5);
/// How long a client may take to leave by itself once it was asked to.
const GRACE: Duration = Duration::from_secs(5);

/// How a client ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientExit {
    /// Its exit code; `None` if a signal ended it or the system does not tell.
    pub code: Option<i32>,
    /// How long it ran.
    pub lasted: Duration,
    /// Whether it ran for less than 5 seconds.
    pub early: bool,
    /// The last it wrote, at most 20 lines of 300 characters; never the one-time password.
    pub last_lines: Vec<String>,
}

/// A client that was started.
///
/// Dropping it leaves the client alone: a session outlives a locked vault and, if the person wants so,
/// this program.
#[derive(Debug)]
pub struct RunningClient {
    id: Option<u32>,
    exit: watch::Receiver<Option<ClientExit>>,
    end: Arc<Notify>,
    now: Arc<Notify>,
    #[cfg(windows)]
    traces: Arc<crate::mstsc::Traces>,
}

/// What a client leaves on this computer, to be taken away when it has ended.
#[derive(Debug)]
pub(crate) struct Behind {
    /// Its row in the journal.
    pub(crate) note: Option<Note>,
    #[cfg(windows)]
    pub(crate) traces: Arc<crate::mstsc::Traces>,
}

impl Behind {
    fn clear(self, surely_ended: bool) {
        #[cfg(windows)]
        self.traces.clear();
        // One that could not be waited for may still be there.
        if let Some(note) = self.note.filter(|_| surely_ended) {
            note.gone();
        }
    }
}

/// Nobody watches over it any more: what it has not used by now goes.
#[cfg(windows)]
impl Drop for RunningClient {
    fn drop(&mut self) {
        self.credential_seen();
    }
}

impl RunningClient {
    /// Watches over a child whose output is piped; must be called inside a tokio runtime.
    pub(crate) fn watch(mut child: Child, one_time_password: Secret, behind: Behind) -> Self {
        let (sender, exit) = watch::channel(None);
        let (end, now) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let asked = Asked { end: Arc::clone(&end), now: Arc::clone(&now) };
        let id = child.id();
        let lines = Lines::new(one_time_password);
        if let Some(output) = child.stdout.take() {
            tokio::spawn(Arc::clone(&lines).keep(output));
        }
        if let Some(output) = child.stderr.take() {
            tokio::spawn(Arc::clone(&lines).keep(output));
        }
        #[cfg(windows)]
        let traces = Arc::clone(&behind.traces);
        tokio::spawn(until_exit(child, asked, lines, sender, behind));
        Self {
            id,
            exit,
            end,
            now,
            #[cfg(windows)]
            traces,
        }
    }

    /// It has signed in, and no longer needs the credential that the system keeps for it: removes that
    /// at once. Nothing where the system keeps none.
    pub fn credential_seen(&self) {
        #[cfg(windows)]
        self.traces.credential_seen();
    }

    /// The client's process id; `None` if it had ended before it could be asked.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.id
    }

    /// Waits for the client's end; may be called again afterwards.
    pub async fn wait(&self) -> ClientExit {
        let mut exit = self.exit.clone();
        let ended = exit.wait_for(Option::is_some).await;
        let exit = ended.ok().and_then(|exit| exit.clone());
        // Only a runtime that shuts down drops the watching task before it has sent the exit.
        exit.unwrap_or(ClientExit {
            code: None,
            lasted: Duration::ZERO,
            early: false,
            last_lines: Vec::new(),
        })
    }

    /// Ends the client: it has 5 seconds to leave by itself, as it does once the injector's session is
    /// over, then it is killed. Returns at once; [`Self::wait`] tells the end.
    pub fn end(&self) {
        self.end.notify_one();
    }

    /// Ends the client at once: the session is over, and nobody waits any longer. [`Self::wait`] tells
    /// the end.
    pub fn end_now(&self) {
        self.now.notify_one();
        self.end.notify_one();
    }

    /// Brings its window to the front; takes a second at most.
    ///
    /// # Errors
    /// [`NotRaised`] with the reason.
    pub async fn raise(&self) -> Result<(), NotRaised> {
        let running = self.exit.borrow().is_none();
        let id = self.id.filter(|_| running).ok_or(NotRaised::Ended)?;
        let raised = tokio::task::spawn_blocking(move || window::raise(id)).await;
        raised.unwrap_or(Err(NotRaised::NoDesktop))
    }
}

/// How it can be asked to leave.
struct Asked {
    end: Arc<Notify>,
    now: Arc<Notify>,
}

async fn until_exit(
    mut child: Child,
    asked: Asked,
    lines: Arc<Lines>,
    exit: watch::Sender<Option<ClientExit>>,
    behind: Behind,
) {
    let began = Instant::now();
    let status = tokio::select! {
        status = child.wait() => status,
        () = asked.end.notified() => leave(&mut child, &asked.now).await,
    };
    let lasted = began.elapsed();
    behind.clear(status.is_ok());
    let code = status.ok().and_then(|status| status.code());
    tracing::info!(?code, seconds = lasted.as_secs(), "Client ended");
    let last_lines = lines.taken().await;
    exit.send_replace(Some(ClientExit { code, lasted, early: lasted < EARLY, last_lines }));
}

async fn leave(child: &mut Child, now: &Notify) -> std::io::Result<std::process::ExitStatus> {
    tokio::select! {
        status = child.wait() => return status,
        () = now.notified() => {}
        () = tokio::time::sleep(GRACE) => {}
    }
    child.start_kill()?;
    child.wait().await
}

/// The last lines of a client's output.
#[derive(Debug)]
struct Lines {
    kept: Mutex<VecDeque<String>>,
    one_time_password: Hidden,
}

/// A secret that a struct with `Debug` may hold.
struct Hidden(Secret);

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hidden")
    }
}

impl Lines {
    fn new(one_time_password: Secret) -> Arc<Self> {
        let kept = Mutex::new(VecDeque::with_capacity(LINES_KEPT));
        Arc::new(Self { kept, one_time_password: Hidden(one_time_password) })
    }

    async fn keep(self: Arc<Self>, output: impl AsyncRead + Unpin) {
        let mut lines = BufReader::new(output).split(b'\n');
        while let Ok(Some(line)) = lines.next_segment().await {
            self.push(&String::from_utf8_lossy(&line));
        }
    }

    fn push(&self, line: &str) {
        // EXPOSE: to leave out a line in which the client repeats its one-time password
        let repeats = line.contains(self.one_time_password.0.expose());
        let shown = if repeats { "(line left out)" } else { line };
        let printable = shown.chars().filter(|c| !c.is_control()).take(LINE_LENGTH).collect();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == LINES_KEPT {
            kept.pop_front();
        }
        kept.push_back(printable);
    }

    /// What there is, once both readers have come to the end or a moment has passed.
    async fn taken(self: Arc<Self>) -> Vec<String> {
        let finished = async {
            while Arc::strong_count(&self) > 1 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        // Something the client started may hold its output open; its last words are not worth a wait.
        let in_time = tokio::time::timeout(Duration::from_millis(500), finished).await;
        tracing::debug!(complete = in_time.is_ok(), "Client's output read");
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().cloned().collect()
    }
}
