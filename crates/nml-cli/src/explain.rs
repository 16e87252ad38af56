//! `nml explain`.

use nml_base::nearest;
use nml_report::{TextStyle, explain, explain_page, list_rules};

use crate::{App, CLEAN, Console, Stop};

pub(crate) fn run(
    asked: Option<&str>,
    app: &App<'_>,
    console: &mut Console<'_>,
) -> Result<u8, Stop> {
    let width = console.env.width.unwrap_or(80);
    let style = TextStyle { width, color: console.env.stdout_color };
    let text = match asked {
        None => list_rules(app.rules),
        Some(asked) => match (app.rules.find(asked), nml::explain_type(asked)) {
            (Ok(rule), _) => explain(rule, style),
            (Err(_), Some(page)) => explain_page(&page, style),
            (Err(unknown), None) => return Err(nothing(asked, &unknown.to_string())),
        },
    };
    console.print(&text).map(|()| CLEAN)
}

fn nothing(asked: &str, unknown_rule: &str) -> Stop {
    let text = match nearest(asked, nml::type_names()) {
        Some(near) => {
            format!("there is no rule or component type `{asked}`, did you mean `{near}`?")
        }
        None => unknown_rule.to_owned(),
    };
    Stop(format!("{text}\n`nml explain` without a word lists all rules"))
}
