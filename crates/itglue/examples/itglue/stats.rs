//! What it took.

use std::time::Instant;

use itglue::Stats;

pub(crate) struct Clock(Instant);

impl Clock {
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// One line of `name=value`. Bytes are those of bodies after decompression; peak memory is
    /// what the program had allocated at most, in bytes.
    pub(crate) fn stats(&self, stats: Stats, rows: u64, peak_memory: usize) -> String {
        let Stats { requests, bytes } = stats;
        let seconds = self.0.elapsed().as_secs_f64();
        format!(
            "requests={requests} rows={rows} seconds={seconds:.3} bytes={bytes} \
             peak_memory={peak_memory}"
        )
    }
}
