//! A host, a client and an injector for them.

use std::{sync::mpsc::Receiver, time::Duration};

use tokio::runtime::Runtime;
use usher_core::{
    Secret,
    entry::{DevicePolicy, Display, Host, HostCertificate, Port, UserName},
    ports::{Client, Injector as _, OpenSession, SessionControl, Takes, Target},
};
use usher_rdp::LoopbackInjector;
use usher_sandbox::rdp_host::RdpHost;
use usher_testsuite::{
    freerdp::{Screen, Way},
    lease::{Given, Reported},
};
use uuid::Uuid;

use crate::Result;

const USER: &str = "adm";

pub(super) struct World<'a> {
    runtime: &'a Runtime,
    host: RdpHost,
    password: String,
    pub(super) client: Screen,
    injector: LoopbackInjector,
    target: Target,
    certificate: HostCertificate,
}

impl<'a> World<'a> {
    pub(super) fn start(runtime: &'a Runtime) -> Result<Self> {
        let password = Uuid::new_v4().to_string();
        let host = RdpHost::start(&[(USER, &password)])?;
        let address = host.address();
        let name: Host = address.ip().to_string().parse().map_err(|why| format!("{why:?}"))?;
        let port = Port::new(address.port()).ok_or("the host's port is 0")?;
        let target = Target { host: name, port };
        let injector = LoopbackInjector::new();
        let found = runtime.block_on(injector.preflight(&target))?;
        Ok(Self {
            runtime,
            host,
            password,
            client: Screen::new(1024, 768)?,
            injector,
            target,
            certificate: found.certificate,
        })
    }

    /// The real password to the real host.
    pub(super) fn direct(&self) -> Way {
        Way {
            address: self.host.address(),
            user: USER.to_owned(),
            password: self.password.clone(),
            certificate_sha256: Some(self.certificate.sha256),
            security: "/sec:nla",
        }
    }

    /// Looks at the host as a launch does.
    pub(super) fn preflight(&self) -> Result<HostCertificate> {
        let found = self.runtime.block_on(self.injector.preflight(&self.target))?;
        Ok(found.certificate)
    }

    /// The one-time credential to a fresh injector, where it reports, and the hold on it.
    pub(super) fn open(&self) -> Result<(Way, Receiver<Reported>, SessionControl)> {
        let session = OpenSession {
            target: self.target.clone(),
            trusted: self.certificate.spki,
            takes: Takes::Nla,
            title: "bench".to_owned(),
            patience: Duration::from_secs(30),
            by_hand: false,
            devices: DevicePolicy::default(),
            display: Display::default(),
        };
        let user = UserName { domain: None, user: USER.to_owned() };
        let (lease, outcomes) = Given::new(user, Secret::new(self.password.clone()));
        let (handoff, control) = self.runtime.block_on(self.injector.open(session, lease))?;
        control.serve(Client::Manual);
        Ok((Way::injected(&handoff), outcomes, control))
    }

    /// The host must have seen exactly these sign-ins and refused none. It counts each look at its
    /// certificate as refused, since that comes without a credential.
    pub(super) fn check(&self, sign_ins: usize, looks: usize) -> Result<()> {
        let seen = (self.host.sign_in_attempts()?, self.host.refusals()?);
        if seen == (sign_ins, looks) {
            return Ok(());
        }
        let made = (sign_ins, looks);
        Err(format!("the host saw {seen:?} sign-ins and refusals; {made:?} were expected").into())
    }
}
