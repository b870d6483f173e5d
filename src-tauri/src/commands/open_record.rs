//! `open_record`: shows a record in the person's browser.

use tauri::AppHandle;
use tauri_plugin_opener::OpenerExt;
use usher_broker::protocol::{Code, Detail, Failure, Fault, Reply};

/// Opens the record's page, if the address is one of IT Glue's and nothing else.
#[tauri::command]
#[specta::specta]
#[must_use]
#[expect(clippy::needless_pass_by_value, reason = "a command's arguments are values")]
pub fn open_record(app: AppHandle, address: String) -> Reply {
    let opened = is_itglue(&address) && app.opener().open_url(address, None::<&str>).is_ok();
    if opened {
        return Reply::Done;
    }
    let detail = Detail::Fault { fault: Fault::BrowserUnavailable };
    Reply::Failed { failure: Failure { code: Code::Invalid, detail } }
}

/// https, a host below `itglue.com`, no user, no port: what IT Glue's own links look like.
fn is_itglue(address: &str) -> bool {
    let Ok(url) = address.parse::<tauri::Url>() else {
        return false;
    };
    let host = url.host_str().unwrap_or_default();
    url.scheme() == "https"
        && host.ends_with(".itglue.com")
        && url.username().is_empty()
        && url.password().is_none()
        && url.port().is_none()
}

#[cfg(test)]
mod tests {
    use super::is_itglue;

    #[test]
    fn only_pages_of_it_glue_are_opened() {
        assert!(is_itglue("https://msp.itglue.com/1/passwords/2"));
        assert!(is_itglue("https://msp.eu.itglue.com/1/passwords/2"));
        for other in [
            "http://msp.itglue.com/1",
            "https://itglue.com.evil.example/",
            "https://evil-itglue.com/",
            "file:///etc/passwd",
            "https://a:b@msp.itglue.com/",
            "https://msp.itglue.com:8443/",
            "smb://msp.itglue.com/x",
        ] {
            assert!(!is_itglue(other), "{other}");
        }
    }
}
