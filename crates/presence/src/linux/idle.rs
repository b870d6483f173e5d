//! For how long nobody has touched the computer: asked anew each time, since looks are minutes apart.

use std::time::Duration;

use tokio::time::timeout;
use x11rb::connection::Connection as _;
use x11rb::protocol::screensaver::ConnectionExt as _;

use super::buses::Buses;
use crate::means::Source;

/// A display or compositor that does not answer in this time does not tell.
const PATIENCE: Duration = Duration::from_secs(2);

/// The first source that tells, and what it says.
pub(super) async fn ask(buses: &Buses) -> Option<(Source, Duration)> {
    // Under Wayland the X server sees only the input that goes to X programs.
    let wayland = std::env::var_os("WAYLAND_DISPLAY").is_some_and(|name| !name.is_empty());
    if !wayland && let Some(idle) = x11().await {
        return Some((Source::X11, idle));
    }
    let told = timeout(PATIENCE, mutter(buses)).await.ok()?.ok()?;
    Some((Source::Mutter, told))
}

async fn x11() -> Option<Duration> {
    let asked = tokio::task::spawn_blocking(|| x11_on(None).ok());
    timeout(PATIENCE, asked).await.ok()?.ok()?
}

/// Milliseconds since the last input, by the MIT-SCREEN-SAVER extension.
fn x11_on(display: Option<&str>) -> Result<Duration, Box<dyn std::error::Error>> {
    let (connection, screen) = x11rb::connect(display)?;
    let root = connection.setup().roots.get(screen).ok_or("no screen")?.root;
    let info = connection.screensaver_query_info(root)?.reply()?;
    Ok(Duration::from_millis(info.ms_since_user_input.into()))
}

/// Milliseconds since the last input, by GNOME's compositor.
async fn mutter(buses: &Buses) -> zbus::Result<Duration> {
    let session = buses.session().await?;
    let answer = session
        .call_method(
            Some("org.gnome.Mutter.IdleMonitor"),
            "/org/gnome/Mutter/IdleMonitor/Core",
            Some("org.gnome.Mutter.IdleMonitor"),
            "GetIdletime",
            &(),
        )
        .await?;
    answer.body().deserialize().map(Duration::from_millis)
}
