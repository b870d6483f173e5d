//! The app's window, driven over WebDriver as a person would: by what is on it.

use std::ffi::OsString;
use std::fs::File;
use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::{CmdError, NewSessionError};
use fantoccini::wd::WindowHandle;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use thiserror::Error;

use crate::program::{Program, Running, SandboxError};

/// How long a thing may take to appear on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
const BETWEEN_LOOKS: Duration = Duration::from_millis(40);

const DRIVER: Program = Program {
    name: "WebKitWebDriver",
    package: "webkit2gtk-driver",
    paths: &["/usr/bin/WebKitWebDriver"],
};

/// Why the window did not do as expected.
#[derive(Debug, Error)]
pub enum WindowError {
    /// WebDriver is missing or did not start.
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
    /// No session came about: the app did not start or has no window.
    #[error("the app did not come under WebDriver: {0}")]
    Session(#[from] NewSessionError),
    /// A command failed.
    #[error("the window did not obey: {0}")]
    Command(#[from] CmdError),
    /// Something did not appear in time.
    #[error("the window never showed {wanted}; it shows:\n{shows}")]
    NeverShown {
        /// What was waited for.
        wanted: String,
        /// The text on the page.
        shows: String,
    },
    /// No port for WebDriver, or no file for its log.
    #[error("WebDriver could not be prepared: {0}")]
    Io(#[from] std::io::Error),
}

/// The app's window. [`crate::play::close_app`] closes it; dropping it ends the app hard.
pub struct Window {
    client: Client,
    /// The one that is looked at: after [`Window::follow`] another one than at first.
    current: Mutex<WindowHandle>,
    _driver: Running,
}

impl Window {
    pub(crate) async fn open(
        app: &Path,
        environment: &[(&'static str, OsString)],
        log: &Path,
    ) -> Result<Self, WindowError> {
        let log = File::options().create(true).append(true).open(log)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = DRIVER.command()?;
        command.arg(format!("--port={port}")).arg("--host=127.0.0.1");
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        command.envs(environment.iter().cloned()).env("TAURI_WEBVIEW_AUTOMATION", "true");
        let mut driver = DRIVER.spawn(&mut command)?;
        driver.wait_until_it_listens(([127, 0, 0, 1], port).into())?;
        let options = json!({ "binary": app, "args": [] });
        let wanted = [("webkitgtk:browserOptions".to_owned(), options)];
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted.into_iter().collect())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await?;
        let current = Mutex::new(client.window().await?);
        Ok(Self { client, current, _driver: driver })
    }

    /// Waits for what a CSS selector names, and gives it.
    ///
    /// # Errors
    /// [`WindowError::NeverShown`] with what the page shows instead.
    pub async fn see(&self, selector: &str) -> Result<Element, WindowError> {
        let started = Instant::now();
        loop {
            let found = self.client.find(Locator::Css(selector)).await;
            if let Ok(element) = found
                && element.is_displayed().await.unwrap_or(false)
            {
                return Ok(element);
            }
            self.once_more(started, selector).await?;
        }
    }

    /// Waits for what carries this test id.
    ///
    /// # Errors
    /// [`WindowError::NeverShown`].
    pub async fn find(&self, id: &str) -> Result<Element, WindowError> {
        self.see(&format!("[data-testid='{id}']")).await
    }

    /// Waits until what carries this test id holds this text.
    ///
    /// # Errors
    /// [`WindowError::NeverShown`].
    pub async fn read(&self, id: &str, text: &str) -> Result<Element, WindowError> {
        let selector = format!("[data-testid='{id}']");
        let started = Instant::now();
        loop {
            for element in self.look(&selector).await?.unwrap_or_default() {
                let shown = element.prop("textContent").await.unwrap_or_default();
                if shown.unwrap_or_default().contains(text) {
                    return Ok(element);
                }
            }
            self.once_more(started, &format!("\u{201c}{text}\u{201d} in {id}")).await?;
        }
    }

    /// Waits until nothing carries this test id any more.
    ///
    /// # Errors
    /// [`WindowError::NeverShown`].
    pub async fn gone(&self, id: &str) -> Result<(), WindowError> {
        let selector = format!("[data-testid='{id}']");
        let started = Instant::now();
        while self.look(&selector).await?.is_none_or(|found| !found.is_empty()) {
            self.once_more(started, &format!("the end of {id}")).await?;
        }
        Ok(())
    }

    /// Clicks what carries this test id, as soon as it is there and can be clicked.
    ///
    /// # Errors
    /// [`WindowError::NeverShown`].
    pub async fn click(&self, id: &str) -> Result<(), WindowError> {
        let selector = format!("[data-testid='{id}']:not([disabled]):not([aria-disabled='true'])");
        let started = Instant::now();
        loop {
            let element = self.see(&selector).await?;
            // A page that is just being redrawn may have moved it away: look again.
            if element.click().await.is_ok() {
                return Ok(());
            }
            self.once_more(started, &format!("{id} to click")).await?;
        }
    }

    /// Types into the field that carries this test id, in the place of what stands there.
    ///
    /// # Errors
    /// [`WindowError::NeverShown`].
    pub async fn type_into(&self, id: &str, text: &str) -> Result<(), WindowError> {
        let field = self.find(id).await?;
        field.clear().await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// Chooses an option of a select by its value.
    ///
    /// # Errors
    /// [`WindowError::Command`] where there is no such option.
    pub async fn choose(&self, id: &str, value: &str) -> Result<(), WindowError> {
        self.find(id).await?.select_by_value(value).await?;
        Ok(())
    }

    /// Presses keys one after another, wherever the focus is.
    ///
    /// # Errors
    /// [`WindowError::Command`].
    pub async fn press(&self, keys: &[char]) -> Result<(), WindowError> {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for key in keys {
            actions =
                actions.then(KeyAction::Down { value: *key }).then(KeyAction::Up { value: *key });
        }
        self.client.perform_actions(actions).await?;
        Ok(())
    }

    /// All text on the page.
    ///
    /// # Errors
    /// [`WindowError::Command`].
    pub async fn text(&self) -> Result<String, WindowError> {
        let body = self.client.find(Locator::Css("body")).await?;
        Ok(body.prop("textContent").await?.unwrap_or_default())
    }

    /// Runs a script in the page and gives its value.
    ///
    /// # Errors
    /// [`WindowError::Command`].
    pub async fn script(&self, script: &str) -> Result<serde_json::Value, WindowError> {
        Ok(self.client.execute(script, Vec::new()).await?)
    }

    /// Goes on in the window that comes in the place of the one before.
    ///
    /// # Errors
    /// [`WindowError::NeverShown`] where none comes.
    pub async fn follow(&self) -> Result<(), WindowError> {
        let before = self.current();
        let started = Instant::now();
        loop {
            // The one before can still be looked into just before it goes.
            let all = self.client.windows().await.unwrap_or_default();
            for window in all.into_iter().filter(|window| *window != before) {
                if self.client.switch_to_window(window.clone()).await.is_ok() {
                    *self.current.lock().unwrap_or_else(PoisonError::into_inner) = window;
                    return Ok(());
                }
            }
            self.once_more(started, "another window").await?;
        }
    }

    fn current(&self) -> WindowHandle {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What a selector names now; `None` where the page was redrawn under the look.
    async fn look(&self, selector: &str) -> Result<Option<Vec<Element>>, WindowError> {
        match self.client.find_all(Locator::Css(selector)).await {
            Ok(found) => Ok(Some(found)),
            Err(error) if error.is_stale_element_reference() => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn once_more(&self, started: Instant, wanted: &str) -> Result<(), WindowError> {
        if started.elapsed() > PATIENCE {
            let shows = self.text().await.unwrap_or_default();
            return Err(WindowError::NeverShown { wanted: wanted.to_owned(), shows });
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
        Ok(())
    }
}
