//! macOS: idle by Core Graphics. That the screen is locked or the computer sleeps is told to
//! Objective-C objects only, which are not made here yet.

use std::time::Duration;

use objc2_core_graphics::{CGEventSource, CGEventSourceStateID, CGEventType};

use crate::means::{Means, Source};
use crate::turn::Turned;
use crate::watch::{IdleUnknown, Session};

/// `kCGAnyInputEventType`, which is a macro and so in no binding.
const ANY_INPUT: CGEventType = CGEventType(u32::MAX);

/// The OS session that this program runs in.
pub struct OsSession(());

impl OsSession {
    /// From now on.
    #[must_use]
    pub fn start() -> Self {
        Self(())
    }
}

impl Session for OsSession {
    async fn idle(&self) -> Result<Duration, IdleUnknown> {
        let state = CGEventSourceStateID::CombinedSessionState;
        let seconds = CGEventSource::seconds_since_last_event_type(state, ANY_INPUT);
        Duration::try_from_secs_f64(seconds).map_err(|_| IdleUnknown)
    }

    async fn turned(&mut self) -> Turned {
        std::future::pending().await
    }
}

/// What this session can tell.
pub async fn means() -> Means {
    std::future::ready(Means { idle: Some(Source::CoreGraphics), ..Means::default() }).await
}
