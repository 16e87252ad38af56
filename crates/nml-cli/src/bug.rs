//! What happens when this program itself is wrong.

use std::io::Write;
use std::panic::PanicHookInfo;

/// The exit status for a bug in this program.
pub const BUG: u8 = 3;

/// From now on a panic anywhere says so and ends the process with status 3.
pub fn install_hook() {
    std::panic::set_hook(Box::new(|info| {
        // Where standard error is closed there is nobody left to tell.
        let _ = writeln!(std::io::stderr(), "{}", message(info));
        #[expect(clippy::exit, reason = "a worker thread must end the process as well")]
        std::process::exit(i32::from(BUG));
    }));
}

fn message(info: &PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let text = payload.downcast_ref::<&str>().copied();
    let what = text.or_else(|| payload.downcast_ref().map(String::as_str)).unwrap_or("no message");
    let place = info.location().map(|l| format!(" at {l}")).unwrap_or_default();
    format!(
        "this is a bug in nml, please report it, with the model if you can:\n  {}\n  \
         {what}{place}\n  nml {} on {}",
        env!("CARGO_PKG_REPOSITORY"),
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
    )
}
