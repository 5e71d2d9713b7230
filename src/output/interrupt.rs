//! Ctrl-C and the signals that ask a program to end: while a site is being written they only set a
//! flag, at which the writer stops and clears what it has begun. A second one ends at once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

#[cfg(unix)]
use signal_hook::consts::SIGHUP;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

static ASKED: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// How a program ends that was asked twice: as a shell says it of one ended by SIGINT.
const ENDED: i32 = 130;

/// From now on a signal is a wish that [`is_asked`] tells of.
pub fn listen() {
    let _ = ASKED.get_or_init(|| {
        let asked = Arc::new(AtomicBool::new(false));
        #[cfg(unix)]
        let signals = [SIGINT, SIGTERM, SIGHUP];
        #[cfg(not(unix))]
        let signals = [SIGINT, SIGTERM];
        for signal in signals {
            // Where the system refuses, the signal ends the program as it always did.
            let _ = flag::register_conditional_shutdown(signal, ENDED, Arc::clone(&asked));
            let _ = flag::register(signal, Arc::clone(&asked));
        }
        asked
    });
}

/// Whether somebody asked the program to end.
pub fn is_asked() -> bool {
    ASKED.get().is_some_and(|asked| asked.load(Ordering::Relaxed))
}
