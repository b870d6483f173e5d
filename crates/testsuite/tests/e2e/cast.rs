//! The people of a story: invited, let in, and given rights in the administrator's window.

use usher_sandbox::play;

use crate::scene::Scene;

impl Scene {
    /// Opens a tab of the administration's pages.
    pub(crate) async fn open_administration(&self, tab: &str) -> anyhow::Result<()> {
        self.window.click("administration-open").await?;
        self.window.click(&format!("tab-{tab}")).await?;
        Ok(())
    }

    /// Adds a technician; answers with the enrolment code.
    pub(crate) async fn invite(&self, name: &str) -> anyhow::Result<String> {
        let window = &self.window;
        self.open_administration("people").await?;
        window.click("person-add").await?;
        window.type_into("person-name", name).await?;
        window.click("person-save").await?;
        let code = play::read_code(window, "enrolment-code").await?;
        self.keep("e2e-invited");
        window.click("invited-done").await?;
        window.read("person-row", name).await?;
        self.keep("e2e-people");
        Ok(code)
    }

    /// Comes in as somebody who was invited, and chooses this passphrase.
    pub(crate) async fn enrol(
        &self,
        name: &str,
        code: &str,
        passphrase: &str,
    ) -> anyhow::Result<()> {
        let window = &self.window;
        play::come_as(window, name).await?;
        window.type_into("unlock-secret", code).await?;
        play::choose_passphrase(window, passphrase).await?;
        self.keep("e2e-enrol");
        window.click("unlock-go").await?;
        play::put_kit_away(window).await?;
        Ok(())
    }
}
