//! Ctrl-C.

use std::sync::atomic::{AtomicBool, Ordering};

/// The exit status of a run that was stopped by Ctrl-C.
pub(crate) const STOPPED: u8 = 130;

static WANTED: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C asks to stop, and a second one stops at once.
pub fn listen() {
    let asked = ctrlc::set_handler(|| {
        if WANTED.swap(true, Ordering::Relaxed) {
            #[expect(clippy::exit, reason = "whoever asks twice does not want to wait")]
            std::process::exit(i32::from(STOPPED));
        }
    });
    // Where signals cannot be caught they end the process, as they always did.
    drop(asked);
}

/// Whether Ctrl-C was pressed.
pub(crate) fn wanted() -> bool {
    WANTED.load(Ordering::Relaxed)
}
