//! Densities that vary along a cell.

use nml_tests::export::file;
use nml_tests::graded::{DENDRITE, cell, density};

use super::written::export;

#[test]
fn each_compartment_has_its_number() {
    let graded = density("", "condDensity", r#"erev="-77 mV" ion="k""#, "2 * p");
    let made = export(&cell(&graded, DENDRITE), &["pop[0]/v"]);
    let files = ["model/cells.py", "model/mod/graded.mod"];
    let shown: Vec<String> =
        files.iter().map(|path| format!("--- {path}\n{}\n", file(&made, path))).collect();
    insta::assert_snapshot!(shown.concat());
}

#[test]
fn reversals_and_permeabilities_too() {
    for (ty, parameter, value) in
        [("Nernst", "condDensity", "2 * p"), ("GHK", "permeability", "1e-3 * p")]
    {
        let graded = density(ty, parameter, r#"ion="ca""#, value);
        let warm = r#"<network id="net" type="networkWithTemperature" temperature="32 degC">"#;
        let text = cell(&graded, DENDRITE).replace(r#"<network id="net">"#, warm);
        let made = export(&text, &["pop[0]/v"]);
        let text = file(&made, "model/mod/graded.mod");
        assert!(text.contains("USEION ca READ cai"), "{ty}: {text}");
        assert!(text.contains(&format!("{parameter} = 0")), "{ty}: {text}");
        let cells = file(&made, "model/cells.py");
        let call = format!("cell.density(\"graded\", \"{parameter}\", [(dend, [");
        assert!(cells.contains(&call), "{ty}: {cells}");
    }
}
