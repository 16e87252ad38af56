//! `nml explain`.

use nml_report::{TextStyle, explain, list_rules};

use crate::{App, CLEAN, Console, Stop};

pub(crate) fn run(
    rule: Option<&str>,
    app: &App<'_>,
    console: &mut Console<'_>,
) -> Result<u8, Stop> {
    let text = match rule {
        None => list_rules(app.rules),
        Some(asked) => {
            let rule = app.rules.find(asked).map_err(|unknown| {
                Stop(format!("{unknown}\n`nml explain` without a rule lists them all"))
            })?;
            let width = console.env.width.unwrap_or(80);
            explain(rule, TextStyle { width, color: console.env.stdout_color })
        }
    };
    console.print(&text).map(|()| CLEAN)
}
