//! A technician's desk: an X display, a private session with a keyring, a stand-in IT Glue account
//! and the app on it, driven over WebDriver.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::account::RunningAccount;
use crate::browser::Browser;
use crate::display::Display;
use crate::keyring::PrivateSession;
use crate::program::SandboxError;
use crate::window::{Window, WindowError};

/// A desk. The app is started on it as often as wanted; its files stay until the desk goes.
pub struct Desk {
    /// What the technician sees.
    pub display: Display,
    /// Their session, with their keyring.
    pub session: PrivateSession,
    /// Their browser.
    pub browser: Browser,
    /// Their passphrase, made up on the spot.
    pub passphrase: String,
    app: PathBuf,
    account: String,
}

impl Desk {
    /// Sets a desk up for this app (built with the door for tests open) and this account.
    ///
    /// # Errors
    /// If a program is missing or does not become ready.
    pub fn set_up(app: &Path, account: &RunningAccount) -> Result<Self, SandboxError> {
        let session = PrivateSession::start()?;
        Ok(Self {
            display: Display::start(1400, 900)?,
            browser: Browser::in_home(&session.home())?,
            session,
            passphrase: crate::demo::made_up(),
            app: app.to_owned(),
            account: account.base_url(),
        })
    }

    /// What the app is started with.
    #[must_use]
    pub fn environment(&self) -> Vec<(&'static str, OsString)> {
        let mut environment = self.session.environment();
        environment.push(("DISPLAY", self.display.name().into()));
        environment.push(("PATH", self.browser.path()));
        environment.extend(app_environment(&self.account));
        environment
    }

    /// Where the app's output is kept.
    #[must_use]
    pub fn log(&self) -> PathBuf {
        self.session.home().join("app.log")
    }

    /// Starts the app under WebDriver and waits for its window.
    ///
    /// # Errors
    /// If WebDriver is missing or the window does not come.
    pub async fn open_app(&self) -> Result<Window, WindowError> {
        Window::open(&self.app, &self.environment(), &self.log()).await
    }

    /// The same, with the app's memory left readable for other programs of this person, as only the
    /// tests' build can be told.
    ///
    /// # Errors
    /// As [`Desk::open_app`].
    pub async fn open_readable_app(&self) -> Result<Window, WindowError> {
        let mut environment = self.environment();
        environment.push(("USHER_TEST_READABLE", "1".into()));
        Window::open(&self.app, &environment, &self.log()).await
    }
}

/// What points the app at the stand-in account, and makes it fit for a machine without a screen.
#[must_use]
pub fn app_environment(account: &str) -> Vec<(&'static str, OsString)> {
    vec![
        ("USHER_TEST_ITGLUE", account.into()),
        ("USHER_TEST_KEYRING", "usher-demo".into()),
        ("WEBKIT_DISABLE_DMABUF_RENDERER", "1".into()),
    ]
}
