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
    stats.filter_map(|stat| web_process_of(&stat, me)).collect()
}

/// `pid (name) state parent ...`; the name is cut after 15 bytes, and may hold anything.
#[cfg(target_os = "linux")]
fn web_process_of(stat: &str, parent: u32) -> Option<rustix::process::Pid> {
    let (pid, rest) = stat.split_once(" (")?;
    let (name, rest) = rest.rsplit_once(") ")?;
    let its_parent: u32 = rest.split(' ').nth(1)?.parse().ok()?;
    let is_ours = its_parent == parent && name.starts_with("WebKit");
    is_ours.then(|| rustix::process::Pid::from_raw(pid.parse().ok()?)).flatten()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn only_children_of_ours_by_the_engines_names_are_ended() {
        let found = |stat: &str| web_process_of(stat, 40).map(|pid| pid.as_raw_nonzero().get());
        assert_eq!(found("41 (WebKitWebProces) S 40 40 1 0"), Some(41));
        assert_eq!(found("42 (WebKitNetworkPr) S 40 40 1 0"), Some(42));
        assert_eq!(found("43 (WebKitWebProces) S 7 7 1 0"), None, "another app's");
        assert_eq!(found("44 (xfreerdp) S 40 40 1 0"), None, "a running session");
        assert_eq!(found("45 (x) S 40 (WebKit) S 40 40 1 0"), None, "a name that looks like it");
        assert_eq!(found(""), None);
    }

    #[test]
    fn this_process_has_none() {
        assert_eq!(ours(), []);
    }
}
