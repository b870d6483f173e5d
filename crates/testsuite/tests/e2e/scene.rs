//! What each test starts from: a stage (account and host) and a desk with the app on it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use usher_sandbox::demo::{CLIENT, RECORD, Stage};
use usher_sandbox::desk::Desk;
use usher_sandbox::play;
use usher_sandbox::window::Window;

/// A stage, a desk, and the app's window on it.
pub(crate) struct Scene {
    pub(crate) window: Window,
    pub(crate) desk: Desk,
    pub(crate) stage: Stage,
}

/// The app that was built with the door for tests open.
pub(crate) fn app() -> PathBuf {
    let named = std::env::var_os("USHER_E2E_APP");
    PathBuf::from(named.expect("USHER_E2E_APP names the app: run `cargo xtask test e2e`"))
}

/// Where pictures are kept.
pub(crate) fn screen(name: &str) -> PathBuf {
    let folder = std::env::var_os("USHER_SCREENS").expect("USHER_SCREENS names a folder");
    let folder = PathBuf::from(folder);
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    folder.join(format!("{name}.png"))
}

/// Where the app keeps its files on this desk.
pub(crate) fn data_of(desk: &Desk) -> PathBuf {
    desk.session.home().join(".local/share/usher")
}

/// An account, a host and a desk on which no app was started yet.
pub(crate) async fn set_up() -> (Stage, Desk) {
    let set_up = || {
        let stage = Stage::set_up().expect("a stage");
        let desk = Desk::set_up(&app(), &stage.account).expect("a desk");
        (stage, desk)
    };
    tokio::task::spawn_blocking(set_up).await.expect("the stage is set up")
}

impl Scene {
    /// An empty vault, just made in the window, and open.
    pub(crate) async fn empty() -> Self {
        Self::at_the_door().await.with_vault().await
    }

    /// The same in an app whose memory can be looked into.
    pub(crate) async fn readable() -> Self {
        let (stage, desk) = set_up().await;
        let window = desk.open_readable_app().await.expect("the app opens");
        Self { window, desk, stage }.with_vault().await
    }

    async fn with_vault(self) -> Self {
        let scene = self;
        let kit = play::create_vault(&scene.window, &scene.desk.passphrase).await;
        kit.expect("the vault is made");
        scene.window.find("first-run").await.expect("the vault is open");
        scene
    }

    /// The same with a session that runs, its desktop there.
    pub(crate) async fn running() -> anyhow::Result<Self> {
        let scene = Self::empty().await;
        scene.add_credential(Target::One(RECORD)).await?;
        scene.add_session().await?;
        scene.trust_and_launch(None).await?;
        play::until_running(&scene.window, "NW-DC01").await?;
        play::until_desktop(&scene.desk, &scene.stage.host, CLIENT).await?;
        Ok(scene)
    }

    /// No vault yet, the window open.
    pub(crate) async fn at_the_door() -> Self {
        let (stage, desk) = set_up().await;
        let window = desk.open_app().await.expect("the app opens");
        Self { window, desk, stage }
    }

    /// Closes the window, which ends the app, and starts it again; it stands at the door.
    pub(crate) async fn again(self) -> anyhow::Result<Self> {
        let Self { window, desk, stage } = self;
        play::close_app(&desk, window).await?;
        let window = desk.open_app().await?;
        Ok(Self { window, desk, stage })
    }

    /// The same where sessions run, which are ended.
    pub(crate) async fn again_without_sessions(self) -> anyhow::Result<Self> {
        let Self { window, desk, stage } = self;
        play::close_app_with_sessions(&desk, window).await?;
        let window = desk.open_app().await?;
        Ok(Self { window, desk, stage })
    }

    /// Unlocks as the administrator.
    pub(crate) async fn unlock(&self) -> anyhow::Result<()> {
        play::unlock(&self.window, play::ADMINISTRATOR, &self.desk.passphrase).await?;
        Ok(())
    }

    /// Locks the vault and goes on at the door, in the new window.
    pub(crate) async fn lock(self) -> anyhow::Result<Self> {
        self.window.click("person").await?;
        // The window may go before it could say that it was clicked.
        self.window.find("lock").await?.click().await.ok();
        self.window.follow().await?;
        self.window.find("unlock").await?;
        Ok(self)
    }

    /// Proves who is there where it is asked for.
    pub(crate) async fn prove(&self) -> anyhow::Result<()> {
        self.window.type_into("proof", &self.desk.passphrase).await?;
        self.window.click("confirm-yes").await?;
        Ok(())
    }

    /// Where the app keeps its files.
    pub(crate) fn data(&self) -> PathBuf {
        data_of(&self.desk)
    }

    /// A picture of the app's window.
    pub(crate) fn keep(&self, name: &str) {
        play::picture_of(&self.desk, play::APP, &screen(name)).expect("a picture");
    }

    /// Adds the account inside the credential form, and saves an entry in its client folder.
    pub(crate) async fn add_credential(&self, target: Target) -> anyhow::Result<()> {
        let window = &self.window;
        window.click("new-entry").await?;
        window.click("menu-credential").await?;
        window.type_into("account-name", "MSP documentation").await?;
        window.type_into("account-key", &self.stage.facts.key).await?;
        self.keep("e2e-account");
        window.click("account-save").await?;
        window.read("account-connected", "Connected").await?;
        play::choose(window, "organization", CLIENT).await?;
        match target {
            Target::List => window.click("target-list").await?,
            Target::One(record) => {
                window.click("target-specific").await?;
                window.click("password-choose").await?;
                play::filter_list(window, record).await?;
                window.press(&[play::ENTER]).await?;
                window.read("password-chosen", record).await?;
            }
        }
        window.type_into("entry-name", "Their admin").await?;
        self.keep("e2e-credential");
        window.click("entry-save").await?;
        window.read("entry-title", "Their admin").await?;
        Ok(())
    }

    /// Saves an RDP session to the stage's host, linked to the entry above.
    pub(crate) async fn add_session(&self) -> anyhow::Result<()> {
        self.add_session_at(self.stage.host.address().port()).await
    }

    /// The same by another port of this machine.
    pub(crate) async fn add_session_at(&self, port: u16) -> anyhow::Result<()> {
        let window = &self.window;
        self.begin_session(port).await?;
        play::choose(window, "entry-folder", CLIENT).await?;
        window.click("credentials-linked").await?;
        play::choose(window, "credentials-select", "Their admin").await?;
        self.keep("e2e-session");
        window.click("entry-save").await?;
        window.read("entry-title", "NW-DC01").await?;
        Ok(())
    }

    /// Opens the form of a session, and says where it leads and what it is called.
    pub(crate) async fn begin_session(&self, port: u16) -> anyhow::Result<()> {
        let window = &self.window;
        window.click("new-entry").await?;
        window.click("menu-session").await?;
        window.type_into("session-host", &self.stage.host.address().ip().to_string()).await?;
        window.type_into("session-port", &port.to_string()).await?;
        window.type_into("entry-name", "NW-DC01").await?;
        Ok(())
    }

    /// Waits until the page says this of the host's certificate.
    pub(crate) async fn host_is(&self, what: &str) -> anyhow::Result<()> {
        self.window.see(&format!("[data-testid='host-card'][data-is='{what}']")).await?;
        Ok(())
    }

    /// Trusts the host on the session's page, which has looked at it by itself after the save.
    pub(crate) async fn trust_on_page(&self) -> anyhow::Result<()> {
        self.host_is("unknown").await?;
        self.window.click("host-trust").await?;
        self.host_is("trusted").await
    }

    /// Launches the selected session and trusts the host, which is met for the first time.
    pub(crate) async fn trust_and_launch(&self, pick: Option<&str>) -> anyhow::Result<()> {
        self.launch(pick).await?;
        self.window.click("trust-accept").await?;
        Ok(())
    }

    /// Launches the selected session, choosing from the list by typing and Enter.
    pub(crate) async fn launch(&self, pick: Option<&str>) -> anyhow::Result<()> {
        self.window.click("launch").await?;
        if let Some(typed) = pick {
            play::filter_list(&self.window, typed).await?;
            self.keep("e2e-list");
            self.window.press(&[play::ENTER]).await?;
        }
        Ok(())
    }

    /// How many passwords IT Glue was asked for.
    pub(crate) fn values_fetched(&self) -> usize {
        let asked = self.stage.account.requests();
        let wants_value =
            |(name, value): &(String, String)| name == "show_password" && value == "true";
        asked.iter().filter(|request| request.query.iter().any(wants_value)).count()
    }

    /// How many rows with this word the audit log shows.
    pub(crate) async fn count_audited(&self, what: &str) -> anyhow::Result<u64> {
        let rows = format!("[data-testid='audit-row'][data-what='{what}']");
        let count = format!("return document.querySelectorAll(\"{rows}\").length");
        Ok(self.window.script(&count).await?.as_u64().unwrap_or_default())
    }

    /// Waits until the audit log shows this word with this outcome.
    pub(crate) async fn audited(&self, what: &str, outcome: &str) -> anyhow::Result<()> {
        self.window.click("audit-open").await?;
        let row =
            format!("[data-testid='audit-row'][data-what='{what}'][data-outcome='{outcome}']");
        self.window.see(&row).await?;
        Ok(())
    }
}

/// Which target an entry gets.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Target {
    List,
    One(&'static str),
}

/// Waits until it is so.
pub(crate) async fn until(
    limit: Duration,
    mut so: impl FnMut() -> anyhow::Result<bool>,
) -> anyhow::Result<()> {
    let started = Instant::now();
    while !so()? {
        anyhow::ensure!(started.elapsed() < limit, "it never came about");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}

/// Changes the first row of a table of the vault, or changes it back; the row, as damage names it.
pub(crate) fn change_a_row(vault: &Path, table: &str) -> anyhow::Result<String> {
    let id = flip(vault, table, "blob", "id")?;
    Ok(uuid::Uuid::from_slice(&id)?.simple().to_string())
}

/// Flips the last byte of a column in the first row; what identifies that row.
pub(crate) fn flip(file: &Path, table: &str, column: &str, key: &str) -> anyhow::Result<Vec<u8>> {
    let file = Connection::open(file)?;
    let first = format!("SELECT CAST({key} AS BLOB), {column} FROM {table} ORDER BY {key} LIMIT 1");
    let (id, mut bytes): (Vec<u8>, Vec<u8>) =
        file.query_row(&first, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    *bytes.last_mut().expect("a row has bytes") ^= 1;
    let put = format!("UPDATE {table} SET {column} = ?1 WHERE CAST({key} AS BLOB) = ?2");
    assert_eq!(file.execute(&put, [&bytes, &id])?, 1, "one row is changed");
    Ok(id)
}
