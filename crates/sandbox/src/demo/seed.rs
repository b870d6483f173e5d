//! Fills a vault for the demo, through the broker and by its rules, as an administrator would.

use std::path::Path;

use anyhow::{Context as _, bail};
use usher_broker::protocol::{
    ClientForm, CreateVault, CredentialForm, CredentialsRow, FolderForm, RdpForm, Region, Reply,
    Request, SessionForm, Target,
};
use usher_broker::{Broker, Places, RealWorld, Server};

use super::Facts;
use super::stage::{ADMINISTRATOR, CLIENT, RECORD};

/// What was made.
#[derive(Debug, Clone)]
pub struct Seeded {
    /// The account's id, under which its key stands in the keyring.
    pub connection: String,
}

/// Makes the demo's vault beneath a data folder, for the keyring service named.
///
/// # Errors
/// Any refusal of the broker's, as data.
pub async fn seed(facts: &Facts, data: &Path, keyring_service: &str) -> anyhow::Result<Seeded> {
    let places = Places::beneath(data, data, keyring_service);
    let places = Places { server: Some(Server(facts.account.clone())), ..places };
    let broker = Broker::new(RealWorld(places));
    let handle = found(&broker, facts).await?;
    let desk = Desk { broker, handle };
    let connection = desk.account(facts).await?;
    let root = desk.root().await?;
    let folder = desk.folder(&root, facts, &connection).await?;
    desk.entries(&folder, facts, &connection).await?;
    Ok(Seeded { connection })
}

/// Founds the demo's vault; answers with the handle under which it is open.
async fn found(broker: &Broker<RealWorld>, facts: &Facts) -> anyhow::Result<String> {
    let passphrase = serde_json::to_value(&facts.passphrase)?;
    let passphrase = serde_json::from_value(passphrase).context("a passphrase is text")?;
    let administrator = ADMINISTRATOR.to_owned();
    let form = CreateVault { vault: "Demo".to_owned(), administrator, passphrase };
    let reply = broker.handle(None, Request::CreateVault(form)).await;
    if let Reply::Failed { failure } = &reply {
        bail!("the demo's vault was not made: {failure:?}");
    }
    let Reply::Unlocked(unlocked) = reply else { bail!("the demo's vault was not opened") };
    Ok(unlocked.handle)
}

struct Desk {
    broker: Broker<RealWorld>,
    handle: String,
}

impl Desk {
    async fn ask(&self, request: Request) -> anyhow::Result<Reply> {
        let reply = self.broker.handle(Some(&self.handle), request).await;
        if let Reply::Failed { failure } = &reply {
            bail!("the broker refused: {failure:?}");
        }
        Ok(reply)
    }

    async fn make(&self, request: Request) -> anyhow::Result<String> {
        let Reply::Created { id } = self.ask(request).await? else {
            bail!("the broker made nothing");
        };
        Ok(id)
    }

    async fn account(&self, facts: &Facts) -> anyhow::Result<String> {
        let key = serde_json::to_value(&facts.key)?;
        let api_key = serde_json::from_value(key).context("a key is text")?;
        let name = "MSP documentation".to_owned();
        let added = self.ask(Request::AddAccount { name, region: Region::Us, api_key }).await?;
        let Reply::Account { account, .. } = added else { bail!("no account was added") };
        Ok(account.id)
    }

    async fn root(&self) -> anyhow::Result<String> {
        let Reply::Snapshot { snapshot } = self.ask(Request::Snapshot).await? else {
            bail!("no snapshot");
        };
        let root = snapshot.folders.into_iter().find(|f| f.parent.is_none());
        Ok(root.context("a vault has a root folder")?.id)
    }

    async fn folder(&self, root: &str, facts: &Facts, connection: &str) -> anyhow::Result<String> {
        let client = ClientForm {
            connection: connection.to_owned(),
            organization: facts.organization.clone(),
        };
        let form = FolderForm { name: CLIENT.to_owned(), client: Some(client), credential: None };
        self.make(Request::CreateFolder { parent: root.to_owned(), form }).await
    }

    async fn entries(&self, folder: &str, facts: &Facts, connection: &str) -> anyhow::Result<()> {
        let list = Target::AlwaysPromptWithList { category: None };
        let one = Target::Specific { password: facts.record.clone() };
        let list = self.credential(folder, facts, connection, ("Choose at launch", list)).await?;
        let one = self.credential(folder, facts, connection, (RECORD, one)).await?;
        let linked =
            |credential: &String| CredentialsRow::Linked { credential: credential.clone() };
        self.session(folder, facts, "NW-DC01 (choose)", linked(&list)).await?;
        self.session(folder, facts, "NW-DC01", linked(&one)).await?;
        let servers =
            FolderForm { name: "Servers".to_owned(), client: None, credential: Some(one) };
        let servers =
            self.make(Request::CreateFolder { parent: folder.to_owned(), form: servers }).await?;
        self.session(&servers, facts, "NW-FS01", CredentialsRow::Inherited).await?;
        Ok(())
    }

    async fn credential(
        &self,
        folder: &str,
        facts: &Facts,
        connection: &str,
        (name, target): (&str, Target),
    ) -> anyhow::Result<String> {
        let form = CredentialForm {
            name: name.to_owned(),
            connection: connection.to_owned(),
            organization: facts.organization.clone(),
            target,
            allowed_hosts: vec!["127.0.0.0/8".to_owned()],
        };
        self.make(Request::CreateCredential { folder: folder.to_owned(), form }).await
    }

    async fn session(
        &self,
        folder: &str,
        facts: &Facts,
        name: &str,
        credentials: CredentialsRow,
    ) -> anyhow::Result<String> {
        let form = SessionForm {
            name: name.to_owned(),
            host: facts.host.ip().to_string(),
            port: u32::from(facts.host.port()),
            credentials,
            rdp: RdpForm::default(),
        };
        self.make(Request::CreateSession { folder: folder.to_owned(), form }).await
    }
}
