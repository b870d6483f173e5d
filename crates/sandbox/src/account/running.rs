//! The stand-in account while it serves.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    sync::{Mutex, PoisonError},
    thread::{self, JoinHandle},
};

use tokio::{runtime, sync::oneshot};

use super::{
    data::AccountData,
    fault::Fault,
    requests::SeenRequest,
    routes::{self, Shared},
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
        change(&mut self.shared.lock().data)
    }

    /// Misbehaves this way from now on.
    ///
    /// # Errors
    /// If the server was down and its port has been taken meanwhile.
    pub fn set_fault(&self, fault: Fault) -> io::Result<()> {
        self.shared.lock().fault = Some(fault);
        self.listen(fault != Fault::Down)
    }

    /// Behaves again.
    ///
    /// # Errors
    /// If the server was down and its port has been taken meanwhile.
    pub fn clear_fault(&self) -> io::Result<()> {
        self.shared.lock().fault = None;
        self.listen(true)
    }

    /// Every request so far, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<SeenRequest> {
        self.shared.lock().seen.clone()
    }

    /// The requests that IT Glue is not known to answer; a test expects none.
    #[must_use]
    pub fn unexpected_requests(&self) -> Vec<SeenRequest> {
        self.requests().into_iter().filter(|request| !request.expected).collect()
    }

    /// Forgets the requests so far.
    pub fn forget_requests(&self) {
        self.shared.lock().seen.clear();
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

/// The thread that serves. Dropping it ends the thread and every connection.
struct Server {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    fn start(listener: TcpListener, shared: Shared) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let serve = async move {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            axum::serve(listener, routes::router(shared)).await
        };
        let thread =
            thread::Builder::new().name("stand-in account".to_owned()).spawn(move || {
                runtime.block_on(async {
                    tokio::select! {
                        _served = serve => {}
                        _stopped = stopped => {}
                    }
                });
            })?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // Only a panic in the server could be reported here, and that has printed itself.
            drop(thread.join());
        }
    }
}
