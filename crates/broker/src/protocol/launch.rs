//! What a launch needs, how far it came, and what its client is started with.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{
    CertificateRow, Clipboard, Device, May, SecretText, TicketAsk, UserNameFault, WindowSize,
};

/// What comes after the first half of a launch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "next", rename_all = "snake_case")]
pub enum Prepared {
    /// Launch right away.
    Ready {
        /// The ticket that is asked for.
        ticket: TicketAsk,
        /// The launch asks the person to prove who they are.
        proof: bool,
        /// "CORP\adm": whom the host will see, by the record's user name as last seen.
        signs_in_as: Option<String>,
        /// Why that user name cannot be signed in with, if it cannot.
        user_name: Option<UserNameFault>,
    },
    /// *Ask me*: the person types user and password first.
    AskMe {
        /// The host it will be sent to.
        host: String,
        /// The ticket that is asked for.
        ticket: TicketAsk,
        /// The launch asks the person to prove who they are.
        proof: bool,
    },
    /// Choose from this list first.
    Pick {
        /// The list.
        picker: String,
        /// The organization, always in sight.
        organization: String,
        /// The host it will be sent to.
        host: String,
        /// The ticket that is asked for.
        ticket: TicketAsk,
        /// The launch asks the person to prove who they are.
        proof: bool,
    },
    /// The session has no credential: there is nothing to sign in with.
    NoCredential,
}

/// How far a launch came.
#[derive(Serialize, Deserialize, Type)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Launch {
    /// The injector listens; start the client with this. For the shell only.
    Opened {
        /// The launch.
        run: String,
        /// What the client is started with.
        handoff: Handoff,
        /// For how many seconds the client is waited for.
        seconds: u32,
        /// The host that the session goes to, without a port.
        host: String,
    },
    /// The client was started. What the window gets from the shell.
    Started {
        /// The launch.
        run: String,
        /// What the entry allows and this client is not asked for.
        held_back: Vec<HeldBack>,
        /// Windows: what other tools have stored there for this very host.
        stale: Vec<StaleCredential>,
    },
    /// The person starts a client by hand, with this one-time credential: worthless outside the
    /// session, and safe to show. What the window gets from the shell.
    ByHand {
        /// The launch.
        run: String,
        /// `127.x.y.z:port`.
        address: String,
        /// The one-time user name.
        user: String,
        /// The one-time password.
        password: SecretText,
        /// For how many seconds the client is waited for.
        seconds: u32,
        /// As with [`Self::Started`].
        stale: Vec<StaleCredential>,
    },
    /// The host's certificate is not trusted yet, or has changed. No credential was sent.
    NeedsTrust {
        /// The certificate that the host showed.
        shown: CertificateRow,
        /// The one that was trusted before, if it has changed.
        before: Option<CertificateRow>,
        /// The host.
        host: String,
        /// Whether this person may trust it.
        trust: May,
        /// Who else may.
        ask: Vec<String>,
    },
}

/// What a client is started with. Worthless outside its session; never for a page.
#[derive(Serialize, Deserialize, Type)]
pub struct Handoff {
    /// `127.x.y.z:port`.
    pub address: String,
    /// The one-time user name.
    pub user: String,
    /// The one-time password.
    pub password: SecretText,
    /// SHA-256 of the injector's certificate, lower-case hex.
    pub certificate_sha256: String,
    /// The client's window title.
    pub title: String,
    /// What of this computer the client may ask for; enforced by the injector all the same.
    pub devices: Vec<Device>,
    /// What passes through the clipboard.
    pub clipboard: Clipboard,
    /// How large its window opens.
    pub size: WindowSize,
    /// Whether full screen spans all monitors.
    pub all_monitors: bool,
    /// Whether the desktop follows when the window is resized.
    pub dynamic_resolution: bool,
}

/// What a client is not asked for although the session entry allows it: it cannot do it, or its
/// version is not trusted with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum HeldBack {
    /// Drives.
    Drives,
    /// Files in the clipboard; its text passes.
    ClipboardFiles,
    /// The camera.
    Camera,
}

/// A credential that another tool has stored in Windows. No session uses it; the person's own client does
/// where it is started without Usher, and goes past the policy with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct StaleCredential {
    /// Its name in Credential Manager: `TERMSRV/srv.corp.example`.
    pub target: String,
    /// The user in it.
    pub user: String,
}
