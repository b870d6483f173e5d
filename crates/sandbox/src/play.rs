//! Steps that the demo and the end-to-end tests share, as a person would take them.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::bail;

use crate::desk::Desk;
use crate::program::Program;
use crate::rdp_host::{Area, RdpHost};
use crate::window::{Window, WindowError};

/// The Enter key, in WebDriver's alphabet.
pub const ENTER: char = '\u{e007}';
/// The Escape key.
pub const ESCAPE: char = '\u{e00c}';
/// The Tab key.
pub const TAB: char = '\u{e004}';
/// What the app's window is called.
pub const APP: &str = "Usher";
/// What GTK calls the window that asks for a file's place.
const SAVE: &str = "Save File";
/// Arrow down.
pub const DOWN: char = '\u{e015}';

const PATIENCE: Duration = Duration::from_secs(40);
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

const XCLIP: Program = Program { name: "xclip", package: "xclip", paths: &["/usr/bin/xclip"] };
const XDOTOOL: Program =
    Program { name: "xdotool", package: "xdotool", paths: &["/usr/bin/xdotool"] };

/// What the vault's first administrator is called.
pub const ADMINISTRATOR: &str = "Ada Admin";
/// What the vault is called.
pub const VAULT: &str = "Contoso MSP";

/// Makes the vault on the page of the first start, and puts its recovery kit away. Answers with
/// the kit.
///
/// # Errors
/// [`WindowError::NeverShown`].
pub async fn create_vault(window: &Window, passphrase: &str) -> Result<String, WindowError> {
    window.type_into("vault-name", VAULT).await?;
    window.type_into("administrator-name", ADMINISTRATOR).await?;
    choose_passphrase(window, passphrase).await?;
    window.click("vault-save").await?;
    put_kit_away(window).await
}

/// Types a new passphrase, twice.
///
/// # Errors
/// [`WindowError::NeverShown`].
pub async fn choose_passphrase(window: &Window, passphrase: &str) -> Result<(), WindowError> {
    window.type_into("new-passphrase", passphrase).await?;
    window.type_into("new-passphrase-again", passphrase).await
}

/// Reads the recovery kit that is shown once, and goes on.
///
/// # Errors
/// [`WindowError::NeverShown`].
pub async fn put_kit_away(window: &Window) -> Result<String, WindowError> {
    let kit = read_code(window, "recovery-kit").await?;
    window.click("kit-written").await?;
    window.click("kit-done").await?;
    Ok(kit)
}

/// A code that is shown in groups, in one line.
///
/// # Errors
/// [`WindowError::NeverShown`].
pub async fn read_code(window: &Window, id: &str) -> Result<String, WindowError> {
    let shown = window.find(id).await?.text().await?;
    Ok(shown.split_whitespace().collect::<Vec<_>>().join("-"))
}

/// Unlocks the vault as the person of this name.
///
/// # Errors
/// [`WindowError::NeverShown`].
pub async fn unlock(window: &Window, name: &str, passphrase: &str) -> Result<(), WindowError> {
    come_as(window, name).await?;
    window.type_into("unlock-secret", passphrase).await?;
    window.click("unlock-go").await
}

/// Says who one is on the unlock page, where more than one person could be meant.
///
/// # Errors
/// [`WindowError::NeverShown`].
pub async fn come_as(window: &Window, name: &str) -> Result<(), WindowError> {
    window.see("[data-testid='door-people'], [data-testid='door-only']").await?;
    // The radio button itself is not to be seen; what stands for it is its label.
    let choose = format!("document.querySelector(\"[data-name='{name}']\")?.click()");
    window.script(&choose).await?;
    Ok(())
}

/// Selects an entry in the tree by its name.
///
/// # Errors
/// [`WindowError::NeverShown`].
pub async fn select(window: &Window, name: &str) -> Result<(), WindowError> {
    window.see(&format!("[data-testid='tree-row'][data-name='{name}']")).await?.click().await?;
    window.read("entry-title", name).await?;
    Ok(())
}

/// Chooses an option of a select that is an input: opens it, types, and takes the first option
/// that holds what was typed.
///
/// # Errors
/// [`WindowError::NeverShown`].
pub async fn choose(window: &Window, id: &str, typed: &str) -> Result<(), WindowError> {
    window.click(id).await?;
    window.find(id).await?.send_keys(typed).await?;
    window.read(&format!("{id}-option"), typed).await?.click().await?;
    Ok(())
}

/// Waits for the IT Glue credentials list, types, and waits for a row that can be chosen.
///
/// # Errors
/// [`WindowError::NeverShown`].
pub async fn filter_list(window: &Window, typed: &str) -> Result<(), WindowError> {
    window.find("picker").await?;
    window.type_into("picker-search", typed).await?;
    window.see("[data-testid='picker-row'][aria-selected='true']").await?;
    window.see("[data-testid='picker-ok'][aria-disabled='false']").await?;
    Ok(())
}

/// Waits until the Running list says that this session is active.
///
/// # Errors
/// [`WindowError::NeverShown`].
pub async fn until_running(window: &Window, name: &str) -> Result<(), WindowError> {
    window.read("running-row", name).await?;
    window.see("[data-testid='running-row'][data-state='active']").await?;
    Ok(())
}

/// Waits until a launch has ended.
///
/// # Errors
/// [`WindowError::NeverShown`].
pub async fn until_ended(window: &Window) -> Result<(), WindowError> {
    window.see("[data-testid='running-row'][data-state='ended']").await?;
    Ok(())
}

/// Waits until a client's window whose title holds this text shows the host's desktop.
///
/// # Errors
/// When it does not in time.
pub async fn until_desktop(desk: &Desk, host: &RdpHost, title: &str) -> anyhow::Result<()> {
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        if let Some(area) = raise(desk, title)?
            && host.pattern().is_in(&desk.display.picture()?, area)
        {
            return Ok(());
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    bail!("no window called {title} showed the host's desktop")
}

/// Waits until there is no window whose title holds this text.
///
/// # Errors
/// When it is still there after a while.
pub async fn until_no_window(desk: &Desk, title: &str) -> anyhow::Result<()> {
    let started = Instant::now();
    while raise(desk, title)?.is_some() {
        if started.elapsed() > PATIENCE {
            bail!("the window called {title} is still there");
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    Ok(())
}

/// Keeps a picture of the window whose title holds this text, brought to the front.
///
/// # Errors
/// When there is no such window, or no picture can be made.
pub fn picture_of(desk: &Desk, title: &str, file: &Path) -> anyhow::Result<()> {
    let Some(area) = raise(desk, title)? else { bail!("no window called {title}") };
    desk.display.screenshot_of(file, area)?;
    Ok(())
}

/// Ends the program whose window's title holds this text, from the display's side: there is no
/// window manager whose close button could be pressed.
///
/// # Errors
/// When there is no such window.
pub fn close_window(desk: &Desk, title: &str) -> anyhow::Result<()> {
    let Some(id) = window_called(desk, title)? else { bail!("no window called {title}") };
    xdotool(desk, &["windowkill", &id])?;
    Ok(())
}

/// Closes the app's window, where no session runs, and waits until the app has ended. Ending the
/// driver's session is no such thing: it takes the page out of the window, and whether it ends the
/// app is left to chance.
///
/// # Errors
/// When there is no such window, or the app goes on.
pub async fn close_app(desk: &Desk, window: Window) -> anyhow::Result<()> {
    let app = ask_to_close(desk)?;
    until_app_ended(app, window).await
}

/// The same where sessions run, which are ended.
///
/// # Errors
/// When there is no such window, nothing is asked, or the app goes on.
pub async fn close_app_with_sessions(desk: &Desk, window: Window) -> anyhow::Result<()> {
    let app = ask_to_close(desk)?;
    window.find("close-confirm").await?;
    // The window may go before it could say that it was clicked.
    window.find("confirm-yes").await?.click().await.ok();
    until_app_ended(app, window).await
}

/// Asks the app's window to close, as the button in its frame does. Answers with the app's process.
///
/// # Errors
/// When there is no such window.
pub fn ask_to_close(desk: &Desk) -> anyhow::Result<u32> {
    let Some(id) = window_called(desk, APP)? else { bail!("no window called {APP}") };
    let pid = xdotool(desk, &["getwindowpid", &id])?;
    desk.display.ask_to_close(id.parse()?)?;
    Ok(pid.trim().parse()?)
}

/// Waits until the app with this process has ended, before its window's driver goes.
///
/// # Errors
/// When it goes on.
pub async fn until_app_ended(app: u32, window: Window) -> anyhow::Result<()> {
    let process = Path::new("/proc").join(app.to_string());
    let started = Instant::now();
    while process.exists() {
        if started.elapsed() > PATIENCE {
            bail!("the app goes on after its window was closed");
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    drop(window);
    Ok(())
}

/// Says where to, in the window that asks for a file's place, and waits until that window has gone.
///
/// # Errors
/// When no such window comes, or it stays.
pub async fn save_as(desk: &Desk, file: &Path) -> anyhow::Result<()> {
    let dialog = until_window(desk, SAVE).await?;
    let path = file.to_string_lossy();
    // Of the name that stands there only the stem is marked.
    xdotool(desk, &["windowfocus", "--sync", &dialog, "key", "ctrl+a"])?;
    xdotool(desk, &["type", "--delay", "1", &path])?;
    xdotool(desk, &["key", "Return"])?;
    until_no_window(desk, SAVE).await
}

/// Waits for a window whose title holds this text; its id.
async fn until_window(desk: &Desk, title: &str) -> anyhow::Result<String> {
    let started = Instant::now();
    loop {
        if let Some(id) = window_called(desk, title)? {
            return Ok(id);
        }
        if started.elapsed() > PATIENCE {
            bail!("no window called {title} came");
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
}

/// What the clipboard holds of this kind; nothing where it holds none.
///
/// # Errors
/// When xclip cannot be run.
pub fn clipboard(desk: &Desk, kind: &str) -> anyhow::Result<String> {
    let mut command = XCLIP.command()?;
    command.args(["-selection", "clipboard", "-o", "-target", kind]);
    command.env("DISPLAY", desk.display.name()).stdin(Stdio::null());
    Ok(String::from_utf8_lossy(&command.output()?.stdout).into_owned())
}

/// Brings the window whose title holds this text to the front (there is no window manager that
/// would); where it is then. `None` while there is none.
fn raise(desk: &Desk, title: &str) -> anyhow::Result<Option<Area>> {
    let Some(id) = window_called(desk, title)? else { return Ok(None) };
    xdotool(desk, &["windowraise", &id])?;
    let geometry = xdotool(desk, &["getwindowgeometry", "--shell", &id])?;
    let number = |name: &str| {
        let line = geometry.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix('='));
        line.and_then(|value| value.parse::<u32>().ok())
    };
    let area = || {
        let (left, top) = (number("X")?, number("Y")?);
        Some(Area { left, top, width: number("WIDTH")?, height: number("HEIGHT")? })
    };
    Ok(area())
}

/// The id of a window that is shown and whose title holds this text, the newest one.
fn window_called(desk: &Desk, title: &str) -> anyhow::Result<Option<String>> {
    let ids = xdotool(desk, &["search", "--onlyvisible", "--name", title])?;
    for id in ids.lines().rev() {
        // The search takes capitals for small letters, and a tooltip is named after its program.
        if xdotool(desk, &["getwindowname", id])?.contains(title) {
            return Ok(Some(id.to_owned()));
        }
    }
    Ok(None)
}

/// What xdotool says; nothing where it finds no window.
fn xdotool(desk: &Desk, words: &[&str]) -> anyhow::Result<String> {
    let mut command = XDOTOOL.command()?;
    command.args(words).env("DISPLAY", desk.display.name()).stdin(Stdio::null());
    let output = command.output()?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
