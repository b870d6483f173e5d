//! `open_in_it_glue`: shows a thing of IT Glue in the person's browser.

use tauri::{AppHandle, Manager};
use tauri_plugin_opener::OpenerExt;
use usher_broker::protocol::{Code, Detail, Failure, Fault, PageOf, Reply, Request};

use crate::shell::Shell;

/// Opens the account's, organization's or record's page. The page names the thing; the broker
/// says where it is, and only this command can open a browser.
#[tauri::command]
#[specta::specta]
pub async fn open_in_it_glue(app: AppHandle, of: PageOf) -> Reply {
    let reply = app.state::<Shell>().ask(Request::PageInItGlue { of }).await;
    let Reply::WebPage { url } = reply else {
        return reply;
    };
    if app.opener().open_url(url, None::<&str>).is_ok() {
        return Reply::Done;
    }
    let detail = Detail::Fault { fault: Fault::BrowserUnavailable };
    Reply::Failed { failure: Failure { code: Code::Unreachable, detail } }
}
