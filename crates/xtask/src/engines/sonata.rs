//! SONATA: what is written is opened by libsonata and run in BMTK, read back, and run from there in NEURON and here.

use std::path::Path;
use std::process::Command;

use super::compare::Spikes;
use super::page::{Page, Run, carry_out};
use super::refusals::refusals;
use super::{Wanted, examples_or_larger, neuron, report, traces};
use crate::Result;

/// What became of a model.
#[derive(Debug)]
enum Outcome {
    /// The target says what it cannot express.
    Refused(Vec<String>),
    Compared(Compared),
}

/// Numbers about a model that runs in all three.
#[derive(Debug)]
struct Compared {
    step_ms: f64,
    /// The length of the runs in ms, where it is not that of the file.
    length_ms: Option<f64>,
    nodes: usize,
    edges: usize,
    /// Whether what is read back is written the same again.
    same_again: bool,
    /// Of NEURON, and of BMTK.
    neuron: Spikes,
    /// Of ours, and of BMTK.
    own: Spikes,
}

/// Opens everything with libsonata, counts, and writes the spikes of BMTK as files of events; arguments are the
/// circuit and a folder.
const CHECK: &str = r#"
import json, pathlib, sys
import h5py, libsonata
circuit, out = map(pathlib.Path, sys.argv[1:])
libsonata.CircuitConfig.from_file(str(circuit / "circuit_config.json"))
libsonata.SimulationConfig.from_file(str(circuit / "simulation_config.json"))
libsonata.NodeSets.from_file(str(circuit / "node_sets.json"))
nodes = edges = 0
names = []
for path in sorted((circuit / "network").glob("nodes.h5")):
    storage = libsonata.NodeStorage(str(path))
    for name in sorted(storage.population_names):
        nodes += storage.open_population(name).size
        names.append(name)
for path in sorted((circuit / "network").glob("edges.h5")):
    storage = libsonata.EdgeStorage(str(path))
    for name in storage.population_names:
        population = storage.open_population(name)
        edges += population.size
        everything = population.select_all()
        for source, target in {*zip(population.source_nodes(everything), population.target_nodes(everything))}:
            found = population.connecting_edges(int(source), int(target)).flatten()
            assert len(found) > 0, (name, source, target)
out.mkdir(parents=True, exist_ok=True)
spikes = {name: [] for name in names}
with h5py.File(circuit / "output" / "spikes.h5") as file:
    for name in file.get("spikes", {}):
        group = file["spikes"][name]
        spikes[name] = list(zip(group["timestamps"][:], group["node_ids"][:]))
for name in names:
    target = "spikes.dat" if len(names) == 1 else f"spikes_{name}.dat"
    rows = "".join(f"{time / 1000!r}\t{int(node)}\n" for time, node in sorted(map(lambda r: (float(r[0]), r[1]), spikes[name])))
    (out / target).write_text(rows)
run = json.loads((circuit / "simulation_config.json").read_text())["run"]
sys.stdout.write(f"{nodes} {edges} {run['dt']} {run['tstop']} {','.join(names)}\n")
"#;

/// Runs everything and prints the table; with `write` it replaces that of the repository.
pub(super) fn run(root: &Path, wanted: &Wanted) -> Result<()> {
    let page = Page {
        target: "sonata",
        file: "benches/ENGINES-SONATA.md",
        packages: &["bmtk==1.2.0", "libsonata==0.2.2", "neuron>=9,<10", "pandas<3", "h5py"],
        text: &page,
    };
    let models = examples_or_larger(root, wanted)?;
    page.run(root, wanted, &models, &|run| prove(run).map(|outcome| cells(&outcome)))
}

/// Exports, opens, runs, reads back and compares one model.
fn prove(run: &Run<'_>) -> Result<Outcome> {
    let Run { nml, python, model, length_ms, folder } = *run;
    let circuit = folder.join("circuit");
    let output = Command::new(nml)
        .args(["convert", "--to", "sonata", "-o"])
        .args([&circuit, &model.to_owned()])
        .output()?;
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.code() == Some(1) {
        return Ok(Outcome::Refused(refusals(&told)));
    }
    if !output.status.success() {
        return Err(told.into());
    }
    let back = circuit.join("simulation_config.json");
    if let Some(length) = length_ms {
        shorten(&back, length)?;
    }
    carry_out(Command::new(python).arg("run_bionet.py").current_dir(&circuit))?;
    let bmtk = folder.join("bmtk-out");
    let mut check = Command::new(python);
    let (told, _) = carry_out(check.args(["-c", CHECK]).args([&circuit, &bmtk]))?;
    let words: Vec<&str> = told.split_whitespace().collect();
    let &[nodes, edges, step, stop, names] = words.as_slice() else {
        return Err("the check says something else".into());
    };
    let (again, package) = (folder.join("again"), folder.join("neuron"));
    for (target, to) in [("sonata", &again), ("neuron", &package)] {
        let mut command = Command::new(nml);
        carry_out(command.args(["convert", "--to", target, "-o"]).args([to, &back]))?;
    }
    let theirs = folder.join("neuron-out");
    let mut command = Command::new(python);
    carry_out(command.args(["run.py", "-o"]).arg(&theirs).current_dir(&package))?;
    let own = folder.join("nml-out");
    carry_out(Command::new(nml).args(["simulate", "--quiet", "-o"]).args([&own, &back]))?;
    let step_ms: f64 = step.parse()?;
    // What happens in the last step is told by some only.
    let before = (stop.parse::<f64>()? - step_ms / 2.0) / 1000.0;
    let names: Vec<&str> = names.split(',').collect();
    Ok(Outcome::Compared(Compared {
        step_ms,
        length_ms,
        nodes: nodes.parse()?,
        edges: edges.parse()?,
        same_again: same(&circuit.join("network"), &again.join("network"))?,
        neuron: spikes(&names, &theirs, &bmtk, before),
        own: spikes(&names, &own, &bmtk, before),
    }))
}

/// Makes the run of a configuration end sooner.
fn shorten(config: &Path, length_ms: f64) -> Result<()> {
    let text = std::fs::read_to_string(config)?;
    let lines = text.lines().map(|line| match line.split_once("\"tstop\": ") {
        Some((before, rest)) => {
            let comma = if rest.ends_with(',') { "," } else { "" };
            format!("{before}\"tstop\": {length_ms}{comma}\n")
        }
        None => format!("{line}\n"),
    });
    std::fs::write(config, lines.collect::<String>())?;
    Ok(())
}

/// Whether all files of two folders are the same.
fn same(a: &Path, b: &Path) -> Result<bool> {
    let (files, others) = (neuron::files(a)?, neuron::files(b)?);
    if files != others {
        return Ok(false);
    }
    for file in files {
        if std::fs::read(a.join(&file))? != std::fs::read(b.join(&file))? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The spikes of all populations in two folders, until some time in s.
fn spikes(names: &[&str], a: &Path, b: &Path, before: f64) -> Spikes {
    let mut all = Spikes::none();
    for name in names {
        let file =
            if names.len() == 1 { "spikes.dat".to_owned() } else { format!("spikes_{name}.dat") };
        let read = |folder: &Path| traces::events(&folder.join(&file)).unwrap_or_default();
        let (a, b) = (read(a), read(b));
        let mut ids: Vec<&String> = a.iter().chain(&b).map(|(id, _)| id).collect();
        ids.sort();
        ids.dedup();
        let times = |of: &[(String, Vec<f64>)], id: &String| -> Vec<f64> {
            let found = of.iter().find(|(known, _)| known == id).map(|(_, times)| times.clone());
            found.unwrap_or_default().into_iter().filter(|time| *time < before).collect()
        };
        for id in ids {
            all.add(&times(&a, id), &times(&b, id));
        }
    }
    all
}

/// One step, and what decimals of times lose.
const ONE_STEP: f64 = 1.0 + 1e-6;

fn verdict(c: &Compared) -> &'static str {
    let steps = c.neuron.shift * 1e3 / c.step_ms;
    match (c.same_again && c.neuron.same && steps <= ONE_STEP, c.own.same) {
        (true, true) => "same",
        (true, false) => "as NEURON",
        (false, _) => "**differs**",
    }
}

fn told(s: Spikes, step_ms: f64) -> String {
    if s.ours + s.theirs == 0 {
        return "–".to_owned();
    }
    format!("{}/{}, {:.2}", s.ours, s.theirs, s.shift * 1e3 / step_ms)
}

/// The cells of a row.
fn cells(outcome: &Outcome) -> String {
    let c = match outcome {
        Outcome::Refused(what) => return format!("refused: {} | | | | | | ", what.join("; ")),
        Outcome::Compared(c) => c,
    };
    let again = if c.same_again { "same" } else { "differs" };
    let length = c.length_ms.map_or(String::new(), |length| format!(" of {length}"));
    format!(
        "{} | {}{length} | {} | {} | {again} | {} | {}",
        verdict(c),
        c.step_ms,
        c.nodes,
        c.edges,
        told(c.neuron, c.step_ms),
        told(c.own, c.step_ms)
    )
}

const HEAD: &str = "\
# Exports, opened by libsonata and run in BMTK

`cargo xtask engines --target sonata --write` makes this page: it exports the LEMS simulations of the standard's
examples with `nml convert --to sonata`, opens configurations, node sets, nodes, edges and their indices with libsonata,
runs the circuit in BMTK with the step of the file, reads it back with `nml`, writes it again, and runs what was read in
NEURON (`--to neuron`) and with `nml simulate`.

- *again*: whether nodes, edges and types that are read back and written again are the same bytes.
- *spikes*: counts NEURON/BMTK and ours/BMTK of all cells, then the largest distance of two that belong together, in
  steps.  The last step does not count: BMTK ends before its events.
- verdict: *same* as many spikes in all three for each cell, those of BMTK within one step of NEURON's; *as NEURON*
  likewise but not our count.  [ENGINES.md](ENGINES.md) shows how far NEURON, which is of first order, and `nml simulate`,
  which is of second, agree.  Where no cell sends spikes, nothing is compared but bytes.

Ex8 is no matter of the export: the upstroke of its fourth cell has a conductance of −gL·exp((thresh − VT)/delT) = −4900 µS
at threshold, and NEURON's implicit step can follow it only where C/h is larger: steps below 6·10⁻⁵ ms.  With steps from 0.025 to
0.0016 ms that cell sends 0, 2, 2, 0 and 6 spikes there; it sends 3 here with all of them, and as many as here in NEURON with
variable steps (ENGINES.md).  The other three agree from 0.0125 ms on.

";

const TABLE: &str = "\
| model | verdict | step, ms | nodes | edges | again | spikes, NEURON | spikes, ours |
|---|---|---|---|---|---|---|---|
";

/// The page.
fn page(rows: &[(String, String)]) -> String {
    let mut text = HEAD.to_owned();
    let verdicts = ["same", "as NEURON", "differs", "refused"];
    report::examples_and_larger(&mut text, rows, TABLE, &verdicts);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_needs_the_same_bytes_and_spikes_within_a_step() {
        let spikes = |shift| Spikes { ours: 2, theirs: 2, same: true, shift };
        let compared = |same_again, shift| Compared {
            step_ms: 0.01,
            length_ms: None,
            nodes: 1,
            edges: 0,
            same_again,
            neuron: spikes(shift),
            own: spikes(1.0),
        };
        assert_eq!(verdict(&compared(true, 1e-5)), "same");
        assert_eq!(verdict(&compared(true, 3e-5)), "**differs**");
        assert_eq!(verdict(&compared(false, 0.0)), "**differs**");
    }
}
