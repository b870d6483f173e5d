//! What must not come in from, or go on to, other programs by way of the environment.

/// Variables that open an inspector, load foreign code, name foreign roots or proxies, or make
/// programs talk too much (`security.md` findings 2 and 3, and its list of the environment scrub).
const FOREIGN: &[&str] = &[
    "WEBKIT_INSPECTOR_SERVER",
    "WEBKIT_INSPECTOR_HTTP_SERVER",
    "WEBKIT_EXEC_PATH",
    "WEBKIT_INJECTED_BUNDLE_PATH",
    "TAURI_WEBVIEW_AUTOMATION",
    "GTK_MODULES",
    "GTK_PATH",
    "GTK_EXE_PREFIX",
    "GTK_IM_MODULE_FILE",
    "GTK_DEBUG",
    "GDK_PIXBUF_MODULE_FILE",
    "HOSTALIASES",
    "LOCALDOMAIN",
    "RES_OPTIONS",
    "GBM_BACKENDS_PATH",
    // Ours, read by now (`wiping.rs`); whatever is started from here on shall not have them.
    "GLIBC_TUNABLES",
    "LD_BIND_NOW",
    "MALLOC",
    "USHER_STARTED_ANEW",
    "RUST_LOG",
    "RUST_BACKTRACE",
];

/// Beginnings of such names.
const FOREIGN_BEGINNINGS: &[&str] = &[
    "WEBVIEW2_",
    "WEBKIT_DISABLE_SANDBOX",
    "SSL",
    "GIO_",
    "GST_",
    "JSC_",
    "LIBGL_",
    "VK_",
    "__EGL_",
];

/// What WebDriver starts the tests' build with. In every other build these are foreign, too.
const AUTOMATION: &[&str] = &["TAURI_WEBVIEW_AUTOMATION", "WEBKIT_INSPECTOR_SERVER"];

/// Whether a variable must not reach the app. The tests' build keeps only what automation needs.
fn is_foreign(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    if cfg!(feature = "e2e") && AUTOMATION.contains(&upper.as_str()) {
        return false;
    }
    FOREIGN.contains(&upper.as_str())
        || FOREIGN_BEGINNINGS.iter().any(|beginning| upper.starts_with(beginning))
        || upper.ends_with("_PROXY")
}

/// Removes it all. First thing in `main`, before any thread is started.
pub(super) fn scrub() {
    let names: Vec<_> = std::env::vars_os().map(|(name, _)| name).collect();
    for name in names.iter().filter(|name| name.to_str().is_none_or(is_foreign)) {
        remove(name);
    }
}

#[expect(
    unsafe_code,
    reason = "changing the environment is unsafe once there are threads; here there are none"
)]
fn remove(name: &std::ffi::OsStr) {
    // SAFETY: called at the very top of `main`, before any thread is started.
    unsafe { std::env::remove_var(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doors_into_the_process_are_closed_and_the_rest_is_left() {
        for name in [
            "WEBKIT_INSPECTOR_HTTP_SERVER",
            "WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS",
            "SSL_CERT_FILE",
            "SSLKEYLOGFILE",
            "https_proxy",
            "ALL_PROXY",
            "GTK_MODULES",
            "GTK_DEBUG",
            "GIO_EXTRA_MODULES",
            "HOSTALIASES",
            "GLIBC_TUNABLES",
            "Malloc",
        ] {
            assert!(is_foreign(name), "{name} must be scrubbed");
        }
        for name in ["HOME", "DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "LANG", "XDG_RUNTIME_DIR"] {
            assert!(!is_foreign(name), "{name} must stay");
        }
    }

    #[test]
    fn only_the_tests_build_can_be_automated() {
        for name in AUTOMATION {
            assert_eq!(is_foreign(name), !cfg!(feature = "e2e"), "{name}");
        }
    }
}
