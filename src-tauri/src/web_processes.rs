//! The processes in which pages run. They can keep copies of what was shown until they end, and the
//! web engine keeps some of them for the next window, so after a lock they are ended by force.

/// Ends those of ours; the engine starts new ones with the next window. Called while there is none.
#[cfg(target_os = "linux")]
pub(crate) fn end_all() {
    use rustix::process::{Signal, kill_process};
    for process in ours() {
        if let Err(error) = kill_process(process, Signal::KILL) {
            tracing::warn!(%error, "A process of the web engine could not be ended");
        }
    }
}

/// `WebView2` and `WKWebView` end a window's content process with the window.
#[cfg(not(target_os = "linux"))]
pub(crate) fn end_all() {}

/// Our child processes that belong to the web engine: content and network.
#[cfg(target_os = "linux")]
fn ours() -> Vec<rustix::process::Pid> {
    let all = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let stats = all.filter_map(|entry| std::fs::read_to_string(entry.path().join("stat")).ok());
    let me = std::process::id();
    stats.filter_map(|stat| web_process_of(&stat, me, engine())).collect()
}

/// How the names of the processes begin that are to go. The network process has seen no page: those
/// are ours, and come by no network. Where the tests' build is driven, it stays, for the engine ends
/// its session with the driver together with it.
#[cfg(target_os = "linux")]
fn engine() -> &'static str {
    let driven = cfg!(feature = "e2e") && std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some();
    if driven { "WebKitWeb" } else { "WebKit" }
}

/// `pid (name) state parent ...`; the name is cut after 15 bytes, and may hold anything.
#[cfg(target_os = "linux")]
fn web_process_of(stat: &str, parent: u32, engine: &str) -> Option<rustix::process::Pid> {
    let (pid, rest) = stat.split_once(" (")?;
    let (name, rest) = rest.rsplit_once(") ")?;
    let its_parent: u32 = rest.split(' ').nth(1)?.parse().ok()?;
    let is_ours = its_parent == parent && name.starts_with(engine);
    is_ours.then(|| rustix::process::Pid::from_raw(pid.parse().ok()?)).flatten()
}

#[cfg(target_os = "linux")]
#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt;
    use std::path::Path;
    #[expect(clippy::disallowed_types, reason = "processes to be ended")]
    use std::process::{Child, Command};

    use super::*;

    #[test]
    fn only_children_of_ours_by_the_engines_names_are_ended() {
        let found = |stat: &str, engine| {
            web_process_of(stat, 40, engine).map(|pid| pid.as_raw_nonzero().get())
        };
        assert_eq!(found("41 (WebKitWebProces) S 40 40 1 0", "WebKit"), Some(41));
        assert_eq!(found("42 (WebKitNetworkPr) S 40 40 1 0", "WebKit"), Some(42));
        assert_eq!(found("42 (WebKitNetworkPr) S 40 40 1 0", "WebKitWeb"), None);
        assert_eq!(found("43 (WebKitWebProces) S 7 7 1 0", "WebKit"), None, "another app's");
        assert_eq!(found("44 (xfreerdp) S 40 40 1 0", "WebKit"), None, "a running session");
        assert_eq!(found("45 (x) S 40 (WebKit) S 40 40 1 0", "WebKit"), None, "only looks like it");
        assert_eq!(found("", "WebKit"), None);
    }

    #[test]
    fn both_kinds_are_ended_and_a_running_session_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let start = |name| start(folder.path(), name);
        let (mut web, mut network) = (start("WebKitWebProcess"), start("WebKitNetworkProcess"));
        let mut client = start("xfreerdp");
        end_all();
        for gone in [&mut web, &mut network] {
            assert_eq!(gone.wait().expect("it ends").signal(), Some(9));
        }
        assert!(client.try_wait().expect("it can be asked").is_none(), "the session goes on");
        client.kill().and_then(|()| client.wait()).expect("ends");
        assert_eq!(ours(), []);
    }

    /// A program of this name that does nothing for a long time.
    #[expect(clippy::disallowed_types, reason = "processes to be ended")]
    fn start(folder: &Path, name: &str) -> Child {
        let program = folder.join(name);
        std::fs::copy("/usr/bin/sleep", &program).expect("copies");
        Command::new(program).arg("1000").spawn().expect("starts")
    }
}
