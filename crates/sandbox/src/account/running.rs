//! The stand-in account while it serves.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    sync::{Mutex, PoisonError},
};

use super::{
    data::AccountData,
    faults::{Fault, Trouble},
    inside::Shared,
    requests::SeenRequest,
    server::Server,
    switches::Switches,
};

/// A stand-in account that listens on loopback until it is dropped.
pub struct RunningAccount {
    address: SocketAddr,
    shared: Shared,
    server: Mutex<Option<Server>>,
}

impl RunningAccount {
    pub(crate) fn start(data: AccountData) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let shared = Shared::new(data);
        let server = Mutex::new(Some(Server::start(listener, shared.clone())?));
        Ok(Self { address, shared, server })
    }

    /// Such as `http://127.0.0.1:40123`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A key with Password Access.
    #[must_use]
    pub fn api_key(&self) -> String {
        self.key(true)
    }

    /// A key that was made without the *Password Access* box.
    #[must_use]
    pub fn api_key_without_password_access(&self) -> String {
        self.key(false)
    }

    fn key(&self, access: bool) -> String {
        let mut inside = self.shared.lock();
        let found = inside.data.keys.iter().find(|key| key.password_access == access);
        match found.map(|key| key.text.clone()) {
            Some(text) => text,
            None => inside.data.add_key(access),
        }
    }

    /// Looks at or changes the records, as people would in IT Glue meanwhile.
    pub fn edit<T>(&self, change: impl FnOnce(&mut AccountData) -> T) -> T {
        let mut inside = self.shared.lock();
        inside.changed();
        change(&mut inside.data)
    }

    /// Chooses how doubtful things are done from now on.
    pub fn switch(&self, change: impl FnOnce(&mut Switches)) {
        let mut inside = self.shared.lock();
        inside.changed();
        change(&mut inside.switches);
    }

    /// Misbehaves this way from now on, and no other.
    ///
    /// # Errors
    /// If the server was down and its port has been taken meanwhile.
    pub fn set_fault(&self, trouble: impl Into<Trouble>) -> io::Result<()> {
        self.shared.lock().faults.clear();
        self.fault(trouble)
    }

    /// Misbehaves this way too. Of several faults that could strike a request the first does; delays
    /// add up.
    ///
    /// # Errors
    /// If the server was down and its port has been taken meanwhile.
    pub fn fault(&self, trouble: impl Into<Trouble>) -> io::Result<()> {
        let trouble = trouble.into();
        let up = trouble.fault != Fault::Down;
        self.shared.lock().faults.add(trouble);
        self.listen(up)
    }

    /// Behaves again.
    ///
    /// # Errors
    /// If the server was down and its port has been taken meanwhile.
    pub fn clear_fault(&self) -> io::Result<()> {
        self.shared.lock().faults.clear();
        self.listen(true)
    }

    /// Every request so far, in the order they arrived.
    #[must_use]
    pub fn requests(&self) -> Vec<SeenRequest> {
        self.shared.lock().log.all().to_vec()
    }

    /// The requests that IT Glue is not known to answer, forgotten ones too; a test expects none.
    #[must_use]
    pub fn unexpected_requests(&self) -> Vec<SeenRequest> {
        self.shared.lock().log.unexpected()
    }

    /// The most requests that were being handled at once. One that is delayed is being handled; one
    /// whose body is on its way is not.
    #[must_use]
    pub fn in_flight_peak(&self) -> usize {
        self.shared.lock().log.peak
    }

    /// Forgets the requests so far, and the most that there were at once.
    pub fn forget_requests(&self) {
        self.shared.lock().log.forget();
    }

    fn listen(&self, on: bool) -> io::Result<()> {
        let mut server = self.server.lock().unwrap_or_else(PoisonError::into_inner);
        if !on {
            server.take();
        } else if server.is_none() {
            let listener = TcpListener::bind(self.address)?;
            *server = Some(Server::start(listener, self.shared.clone())?);
        }
        Ok(())
    }
}
