//! One thread that owns a file; everybody else asks it.

use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use tokio::sync::oneshot;
use usher_core::error::StoreError;
use usher_core::wiped;

type Job<S> = Box<dyn FnOnce(&mut S) + Send>;

/// A thread with its state. Dropping it waits for what was asked, then closes the file.
pub(crate) struct Worker<S> {
    jobs: Option<mpsc::Sender<Job<S>>>,
    thread: Option<JoinHandle<()>>,
}

impl<S: Send + 'static> Worker<S> {
    /// Starts the thread.
    pub(crate) fn start(name: &str, mut state: S) -> Result<Self, StoreError> {
        let (jobs, asked) = mpsc::channel::<Job<S>>();
        let run = move || asked.into_iter().for_each(|job| wiped(|| job(&mut state)));
        let thread = thread::Builder::new()
            .name(name.to_owned())
            .spawn(run)
            .map_err(|_| StoreError::Failed)?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Has the thread do the job and waits for its answer. The job is done even if nobody waits.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut S) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        let job: Job<S> = Box::new(move |state| {
            // Whoever asked may have gone; what was written stays written.
            answer.send(job(state)).ok();
        });
        let jobs = self.jobs.as_ref().ok_or(StoreError::Failed)?;
        jobs.send(job).map_err(|_| StoreError::Failed)?;
        answered.await.map_err(|_| StoreError::Failed)?
    }
}

impl<S> Drop for Worker<S> {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
            // A panic on that thread was answered with `Failed`; there is nothing to add here.
            thread.join().ok();
        }
    }
}
