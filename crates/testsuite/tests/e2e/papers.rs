//! What an administrator hands on: the client's report and the exported log, on screen and as files.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use usher_sandbox::demo::{CLIENT, RECORD, USER};
use usher_sandbox::play;

use crate::scene::{Scene, Target};

#[tokio::test]
async fn a_launch_stands_in_the_clients_report_and_in_the_exported_log() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    let window = &scene.window;
    scene.add_credential(Target::One(RECORD)).await?;
    scene.add_session().await?;
    scene.trust_and_launch(None).await?;
    play::until_running(window, "NW-DC01").await?;
    window.click("running-end").await?;
    play::until_ended(window).await?;

    window.click("audit-open").await?;
    window.click("client-report").await?;
    play::choose(window, "organization", CLIENT).await?;
    scene.keep("e2e-report-form");
    window.click("report-go").await?;
    for told in [play::ADMINISTRATOR, "127.0.0.1", USER, "Signed in"] {
        window.read("report-row", told).await?;
    }
    window.see("[data-testid='audit-verdict'][data-good='true']").await?;
    scene.keep("e2e-report");
    window.click("report-csv").await?;
    let sheet = scene.saved("report.csv").await?;
    let row = sheet.lines().find(|line| line.contains("127.0.0.1")).expect("the launch");
    let told = [play::ADMINISTRATOR, USER, "signed in"];
    assert!(told.iter().all(|told| row.contains(told)), "{row}");
    let seconds = row.rsplit(',').next().map(|cell| cell.trim_matches('"').parse::<u32>());
    assert!(matches!(seconds, Some(Ok(_))), "how long it lasted: {row}");
    window.click("report-go").await?;
    window.gone("form").await?;

    window.click("audit-export-csv").await?;
    let sheet = scene.saved("log.csv").await?;
    assert!(sheet.lines().any(|line| line.contains("\"host_accepted\"")), "{sheet}");
    window.click("audit-export-json_lines").await?;
    let lines = scene.saved("log.jsonl").await?;
    let rows: Result<Vec<serde_json::Value>, _> = lines.lines().map(serde_json::from_str).collect();
    let exports = rows?.into_iter().filter(|row| row["what"] == "exported").count();
    assert_eq!(exports, 3, "the export before, twice, and that this one is about to be");
    scene.audited("report_made", "done").await?;
    let password = scene.stage.password()?;
    assert!(![sheet, lines].iter().any(|text| text.contains(&password)), "no password in a file");
    Ok(())
}

impl Scene {
    /// Says where to, waits until the app says that it wrote there, and reads it.
    pub(crate) async fn saved(&self, name: &str) -> anyhow::Result<String> {
        let file = self.place_for(name);
        play::save_as(&self.desk, &file).await?;
        self.window.read("toast", &file.to_string_lossy()).await?;
        let mode = file.metadata()?.permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "for this person alone");
        Ok(std::fs::read_to_string(&file)?)
    }

    fn place_for(&self, name: &str) -> PathBuf {
        Path::new(&self.desk.session.home()).join(name)
    }
}
