//! logind, GNOME's compositor and a screen saver, as far as they are asked.
#![expect(
    clippy::unused_self,
    clippy::used_underscore_binding,
    reason = "the signatures are D-Bus's"
)]

use std::os::fd::OwnedFd as StdFd;
use std::os::unix::net::UnixStream;
use std::sync::Mutex;

use zbus::object_server::SignalEmitter;
use zbus::zvariant::{ObjectPath, OwnedFd};
use zbus::{Connection, fdo, interface};

use crate::bus::Bus;

const MANAGER: &str = "/org/freedesktop/login1";
const SESSION: &str = "/org/freedesktop/login1/session/c7";
const USER: &str = "/org/freedesktop/login1/user/_1000";
const MUTTER: &str = "/org/gnome/Mutter/IdleMonitor/Core";

/// Whether programs are started inside the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Started {
    InTheSession,
    AsAService,
}

struct Manager {
    started: Started,
    /// The other ends of the delay locks that were given: closed when the lock is given back.
    delays: Mutex<Vec<UnixStream>>,
}

#[interface(name = "org.freedesktop.login1.Manager")]
impl Manager {
    #[zbus(name = "GetSessionByPID")]
    fn session_by_pid(&self, process: u32) -> fdo::Result<ObjectPath<'static>> {
        assert_eq!(process, std::process::id());
        match self.started {
            Started::InTheSession => Ok(ObjectPath::from_static_str_unchecked(SESSION)),
            Started::AsAService => Err(fdo::Error::Failed("no session".to_owned())),
        }
    }

    #[zbus(name = "GetUserByPID")]
    fn user_by_pid(&self, _process: u32) -> ObjectPath<'static> {
        ObjectPath::from_static_str_unchecked(USER)
    }

    fn inhibit(&self, what: &str, _who: &str, _why: &str, mode: &str) -> OwnedFd {
        assert_eq!((what, mode), ("sleep", "delay"));
        let (ours, theirs) = UnixStream::pair().expect("a pair");
        ours.set_nonblocking(true).expect("sets");
        self.delays.lock().expect("held").push(ours);
        OwnedFd::from(StdFd::from(theirs))
    }

    #[zbus(property)]
    fn preparing_for_sleep(&self) -> bool {
        false
    }

    #[zbus(signal)]
    async fn prepare_for_sleep(emitter: &SignalEmitter<'_>, start: bool) -> zbus::Result<()>;
}

struct Session {
    locked: bool,
    active: bool,
}

#[interface(name = "org.freedesktop.login1.Session")]
impl Session {
    #[zbus(property)]
    fn locked_hint(&self) -> bool {
        self.locked
    }

    #[zbus(property)]
    fn active(&self) -> bool {
        self.active
    }

    #[zbus(signal)]
    async fn lock(emitter: &SignalEmitter<'_>) -> zbus::Result<()>;
}

struct User;

#[interface(name = "org.freedesktop.login1.User")]
impl User {
    #[zbus(property)]
    fn display(&self) -> (String, ObjectPath<'static>) {
        ("c7".to_owned(), ObjectPath::from_static_str_unchecked(SESSION))
    }
}

struct Mutter;

#[interface(name = "org.gnome.Mutter.IdleMonitor")]
impl Mutter {
    #[zbus(name = "GetIdletime")]
    fn idle_time(&self) -> u64 {
        754_321
    }
}

/// The desktop: everything that owns a name on the bus.
pub(crate) struct Desktop(Connection);

impl Desktop {
    pub(crate) async fn on(bus: &Bus, started: Started) -> Self {
        let connection = bus.connect().await;
        let server = connection.object_server();
        let manager = Manager { started, delays: Mutex::default() };
        server.at(MANAGER, manager).await.expect("serves");
        server.at(SESSION, Session { locked: false, active: true }).await.expect("serves");
        server.at(USER, User).await.expect("serves");
        server.at(MUTTER, Mutter).await.expect("serves");
        connection.request_name("org.freedesktop.login1").await.expect("owns");
        connection.request_name("org.gnome.Mutter.IdleMonitor").await.expect("owns");
        Self(connection)
    }

    fn emitter(&self, path: &'static str) -> SignalEmitter<'static> {
        SignalEmitter::new(&self.0, path).expect("a path")
    }

    pub(crate) async fn asks_to_lock(&self) {
        Session::lock(&self.emitter(SESSION)).await.expect("emits");
    }

    pub(crate) async fn says_locked(&self, locked: bool) {
        let session =
            self.0.object_server().interface::<_, Session>(SESSION).await.expect("is there");
        let mut state = session.get_mut().await;
        state.locked = locked;
        state.locked_hint_changed(&self.emitter(SESSION)).await.expect("emits");
    }

    pub(crate) async fn brings_to_front(&self, active: bool) {
        let session =
            self.0.object_server().interface::<_, Session>(SESSION).await.expect("is there");
        let mut state = session.get_mut().await;
        state.active = active;
        state.active_changed(&self.emitter(SESSION)).await.expect("emits");
    }

    pub(crate) async fn sleeps(&self, start: bool) {
        Manager::prepare_for_sleep(&self.emitter(MANAGER), start).await.expect("emits");
    }

    pub(crate) async fn screen_saver(&self, interface: &str, active: bool) {
        let nobody = None::<&str>;
        let sent = self.0.emit_signal(nobody, "/ScreenSaver", interface, "ActiveChanged", &active);
        sent.await.expect("emits");
    }

    /// Another program's signal of the same name.
    pub(crate) async fn something_else(&self) {
        self.screen_saver("org.example.Radio", true).await;
    }

    /// How many delay locks were given, and how many of them are still held.
    pub(crate) async fn delays(&self) -> (usize, usize) {
        let manager =
            self.0.object_server().interface::<_, Manager>(MANAGER).await.expect("is there");
        let manager = manager.get().await;
        let delays = manager.delays.lock().expect("held");
        let held = |end: &&UnixStream| std::io::Read::read(&mut &**end, &mut [0]).is_err();
        (delays.len(), delays.iter().filter(held).count())
    }
}
