//! `nml simulate` and `nml jnml FILE`, as a process.

#![expect(clippy::unwrap_used, reason = "a file that cannot be read or written fails its test")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use nml_base::{OsLoader, SourceLoader};

/// A folder with our own models.
struct Place {
    folder: tempfile::TempDir,
}

/// What the program said and how it ended.
struct Done {
    status: Option<i32>,
    out: String,
    err: String,
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

const LEAK: &str = "simulate/LEMS_leak.xml";
const HH: &str = "hh-neuron/LEMS_hh.xml";
const NET: &str = "hh-neuron/hh.net.nml";

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for inside in ["simulate", "hh-neuron", "network", "custom-type", "hdf5"] {
            std::fs::create_dir(folder.path().join(inside)).unwrap();
            for entry in std::fs::read_dir(fixtures().join(inside)).unwrap() {
                let from = entry.unwrap().path();
                let to = folder.path().join(inside).join(from.file_name().unwrap());
                std::fs::copy(from, to).unwrap();
            }
        }
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        OsLoader::default().read(&self.path(name)).unwrap()
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).unwrap()
    }

    fn write(&self, name: &str, text: &str) {
        nml_cli::atomic::write(&self.path(name), text.as_bytes()).unwrap();
    }

    fn run(&self, args: &[&str]) -> Done {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("nml"));
        let done = command.args(args).current_dir(self.folder.path()).assert();
        let done = done.get_output();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Done { status: done.status.code(), out: text(&done.stdout), err: text(&done.stderr) }
    }

    fn simulate(&self, args: &[&str]) -> Done {
        self.run(&[&["simulate"], args].concat())
    }

    /// Runs and expects that it ends with a status and says something.
    fn fails(&self, args: &[&str], status: i32, says: &str) {
        let done = self.simulate(args);
        assert_eq!(done.status, Some(status), "{args:?}: {}", done.err);
        assert!(done.err.contains(says), "{args:?}: {}", done.err);
    }

    fn works(&self, args: &[&str]) -> Done {
        let done = self.simulate(args);
        assert_eq!(done.status, Some(0), "{args:?}: {}", done.err);
        done
    }
}

#[test]
fn files_appear_beside_the_model_or_in_a_folder() {
    let place = Place::new();
    let done = place.works(&[LEAK]);
    assert!(done.err.contains("500 steps of 0.1 ms"), "{}", done.err);
    assert!(done.err.contains("real time"), "{}", done.err);
    let text = place.text("simulate/leak.dat");
    assert_eq!(text.lines().count(), 501);
    assert_eq!(text.lines().next(), Some("0.0\t0.02\t"));
    place.works(&[LEAK, "-o", "a/b", "-q"]);
    assert_eq!(place.text("a/b/leak.dat"), text);
    let left: Vec<_> = std::fs::read_dir(place.path("a/b")).unwrap().collect();
    assert_eq!(left.len(), 2, "the file and the record");
    let quiet = place.works(&[LEAK, "-q"]);
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
}

/// A population large enough to be shared by threads, each cell with random input of its own.
fn crowd(cells: usize) -> String {
    let (mut inputs, mut columns) = (String::new(), String::new());
    for i in 0..cells {
        let input = r#"input="in" destination="synapses""#;
        writeln!(inputs, r#"<explicitInput target="p[{i}]" {input}/>"#).unwrap();
    }
    for i in 0..40 {
        let cell = i * (cells - 1) / 39;
        writeln!(columns, r#"<OutputColumn id="c{i}" quantity="p[{cell}]/v"/>"#).unwrap();
    }
    let gates = OsLoader::default().read(&fixtures().join("simulate/LEMS_gates.xml")).unwrap();
    let gates = String::from_utf8(gates).unwrap();
    let (head, _) = gates.split_once("<network").unwrap();
    let head = head.replace(
        r#"<Include file="Simulation.xml"/>"#,
        r#"<Include file="Simulation.xml"/><Include file="Inputs.xml"/><Include file="Synapses.xml"/>"#,
    );
    format!(
        r#"{head}<expOneSynapse id="syn" gbase="0.5nS" erev="0mV" tauDecay="2ms"/>
        <poissonFiringSynapse id="in" averageRate="1000Hz" synapse="syn" spikeTarget="./syn"/>
        <network id="net"><population id="p" component="cell" size="{cells}"/>{inputs}</network>
        <Simulation id="run" length="10ms" step="0.05ms" target="net">
            <OutputFile id="o" fileName="v.dat">{columns}</OutputFile>
        </Simulation></Lems>"#
    )
}

#[test]
fn any_number_of_threads_gives_the_same_bytes_and_so_does_the_same_run_again() {
    let place = Place::new();
    place.write("LEMS_crowd.xml", &crowd(6000));
    let result = |threads: &str, folder: &str| {
        place.works(&["LEMS_crowd.xml", "-q", "--threads", threads, "-o", folder]);
        place.bytes(&format!("{folder}/v.dat"))
    };
    let one = result("1", "one");
    let text = String::from_utf8_lossy(&one);
    let last: Vec<&str> = text.lines().last().unwrap().split_ascii_whitespace().collect();
    let mut different = last[1..].to_vec();
    different.sort_unstable();
    different.dedup();
    assert!(different.len() > 30, "cells have inputs of their own: {last:?}");
    for threads in ["1", "2", "3", "7"] {
        assert!(result(threads, "again") == one, "{threads} threads");
    }
}

#[test]
fn the_record_says_how_it_came_about_and_only_the_time_differs() {
    let place = Place::new();
    let record = |folder: &str| {
        place.works(&[HH, "-o", folder, "--duration", "5ms", "--seed", "7"]);
        let mut record: serde_json::Value =
            serde_json::from_str(&place.text(&format!("{folder}/LEMS_hh.run.json"))).unwrap();
        for time in ["seconds", "before_first_step_s", "stepping_s", "results_s"] {
            assert!(record["this_time"][time].as_f64().unwrap() > 0.0, "{time}");
        }
        record["this_time"] = serde_json::Value::Null;
        record
    };
    let first = record("one");
    assert_eq!(first, record("two"));
    assert_eq!(place.bytes("one/hh.dat"), place.bytes("two/hh.dat"));
    assert_eq!(first["run"]["seed"], 7);
    assert_eq!(first["run"]["steps"], 500);
    assert_eq!(first["run"]["ended"], "complete");
    assert_eq!(first["model"]["target"], "net");
    assert_eq!(first["model"]["files"].as_array().unwrap().len(), 3);
    assert_eq!(first["written"][0], "hh.dat");
}

#[test]
fn other_formats() {
    let place = Place::new();
    for format in ["csv", "npz", "h5"] {
        place.works(&["network/LEMS_ring.xml", "-o", "out", "--format", format]);
    }
    let csv = place.text("out/ring.dat.csv");
    assert_eq!(csv.lines().next(), Some("t (s),v0 (V),v1 (V),v2 (V),v3 (V),v4 (V)"));
    assert_eq!(csv.lines().count(), 4002);
    let spikes = place.text("out/ring.spikes.csv");
    assert_eq!(spikes.lines().next(), Some("t (s),id"));
    assert!(spikes.lines().count() > 10, "{spikes}");
    assert!(place.bytes("out/ring.dat.npz").starts_with(b"PK"));
    assert!(place.bytes("out/ring.spikes.h5").starts_with(b"\x89HDF"));
    assert_eq!(place.simulate(&[LEAK, "--format", "xls"]).status, Some(2));
}

#[test]
fn step_length_and_parameters_can_be_set() {
    let place = Place::new();
    place.works(&[LEAK, "--dt", "1ms", "--duration", "20 ms", "--set", "l/start=50mV"]);
    let text = place.text("simulate/leak.dat");
    assert_eq!(text.lines().count(), 21);
    assert_eq!(text.lines().next(), Some("0.0\t0.05\t"));
    // By a path, by an identifier deep inside, and an attribute that is not written yet.
    let all =
        ["--set", "hh_cell/na_all/condDensity=0mS_per_cm2", "--set", "step/amplitude = 0.2nA"];
    place.works(&[&[HH, "--set", "k_all/condDensity=30mS_per_cm2"][..], &all].concat());
    for (set, says) in [
        ("steps/amplitude=1nA", "there is no `steps` in the model; did you mean `step`?"),
        ("step/amplitud=1nA", "did you mean `amplitude`?"),
        ("step/amplitude=1mV", "`amplitude` of <pulseGenerator id=\"step\"> is a current"),
        ("step/amplitude=0.1", "it is `0.08nA` now"),
        ("step/amplitude=fast", "is no quantity"),
        ("step/amplitude", "write PATH=VALUE"),
        ("amplitude=1nA", "say whose `amplitude` is meant"),
        ("pop[0]/v=1mV", "parameters belong to a component"),
        ("hh_cell/na_al/condDensity=1mS_per_cm2", "did you mean `na_all`?"),
    ] {
        place.fails(&[HH, "--set", set], 2, says);
    }
}

#[test]
fn times_that_make_no_sense() {
    let place = Place::new();
    for dt in ["0ms", "-1ms", "nan", "NaNms", "infs", "5mV", "0.01", "x", ""] {
        let done = place.simulate(&[LEAK, &format!("--dt={dt}")]);
        assert_eq!(done.status, Some(2), "{dt}: {}", done.err);
        assert!(done.err.contains("--dt"), "{dt}: {}", done.err);
    }
    // A step longer than the run leaves the start.
    place.works(&[LEAK, "--dt", "10s"]);
    assert_eq!(place.text("simulate/leak.dat").lines().count(), 1);
}

#[test]
fn what_cannot_be_run_or_written() {
    let place = Place::new();
    place.fails(&["none.xml"], 2, "cannot read");
    place.fails(&["simulate"], 2, "it is a folder");
    place.write("empty.xml", "<Lems/>");
    place.fails(&["empty.xml"], 1, "names no component to run");
    place.write("other.xml", "<html/>");
    place.fails(&["other.xml"], 1, "");
    for length in ["--dx=0", "--dx=-1", "--d-lambda=nan", "--d-lambda=inf"] {
        place.fails(&[LEAK, length], 2, "expected a number above 0");
    }
    place.fails(&[LEAK, "--dx=10mm"], 2, "in µm, such as 10 or 10um");
    place.works(&[LEAK, "--dx=10um", "--dry-run"]);
    place.fails(&[LEAK, "--tables=0.5"], 2, "a number from 1e-12 to 1e-2");
    place.fails(&[LEAK, "--tables", "--reference"], 2, "`--tables` is for the scheme `auto`");
    let done = place.works(&[LEAK, "--tables", "-o", "tables"]);
    assert!(done.err.contains("no rates came from tables"), "{}", done.err);
    place.fails(&[LEAK, "-o", "simulate/LEMS_leak.xml/x"], 2, "cannot write");
    std::fs::create_dir(place.path("simulate/leak.dat")).unwrap();
    place.fails(&[LEAK], 2, "it is a folder");
    let output = "<OutputFile id=\"o\" fileName=\"leak.dat\">";
    let twice = place.text(LEAK).replace(
        output,
        "<OutputFile id=\"p\" fileName=\"./leak.dat\"><OutputColumn id=\"v\" quantity=\"v\"/></OutputFile>\
         <OutputFile id=\"o\" fileName=\"leak.dat\">",
    );
    place.write("twice.xml", &twice);
    place.fails(&["twice.xml"], 2, "two outputs of the model would write the same file");
}

#[test]
fn a_network_or_a_cell_runs_without_a_lems_file() {
    let place = Place::new();
    place.fails(&[NET], 1, "does not say how long to run");
    let done = place.works(&[NET, "--duration", "30ms", "--dt", "0.01ms", "-o", "out"]);
    assert!(done.err.contains("the membrane potential of its cell is"), "{}", done.err);
    let default = place.text("out/hh.dat");
    assert_eq!(default.lines().count(), 3001);
    let asked =
        ["--record", "pop[0]/v", "--record", "pop[0]/membrane/membraneProperties/na_all/gDensity"];
    place.works(
        &[&[NET, "--duration", "30ms", "-o", "two", "--format", "csv"][..], &asked[..2]].concat(),
    );
    assert!(place.text("two/hh.csv").starts_with("t (s),pop[0]/v (V)\n"));
    place.fails(
        &[NET, "--duration", "30ms", "--record", "pop[1]/v"],
        1,
        "there is no instance `pop[1]`",
    );
    place.fails(&[NET, "--duration", "30ms", "--record", "pop[0]/u"], 1, "has no quantity `u`");
    place.works(&["hh-neuron/hh.cell.nml", "--duration", "1ms", "-o", "cell"]);
    assert_eq!(place.text("cell/hh.dat").lines().count(), 101);
    let ring =
        ["network/ring.net.nml", "--duration", "50ms", "--record-events", "ring_pop[1]", "-o", "r"];
    place.works(&ring);
    assert!(place.text("r/ring.spikes").contains("ring_pop[1]"));
}

#[test]
fn a_network_in_hdf5_runs_as_it_does_in_xml() {
    let place = Place::new();
    let mut found = Vec::new();
    for file in ["net.nml", "lib.nml.h5", "java.nml.h5"] {
        let (model, out) = (format!("hdf5/{file}"), format!("out-{file}"));
        let done = place.works(&[
            &model,
            "--duration",
            "60ms",
            "--record",
            "cells[0]/v",
            "--record",
            "cells[3]/2/v",
            "-o",
            &out,
        ]);
        assert!(done.err.contains("synapses taken together: 40 `excite` as "), "{}", done.err);
        let name = file.split('.').next().unwrap();
        found.push(place.text(&format!("{out}/{name}.dat")));
        let record = place.text(&format!("{out}/{name}.run.json"));
        assert!(record.contains("\"synapses\": 40"), "{record}");
    }
    assert!(found[0] == found[1] && found[0] == found[2]);
    // Something happens: the cells are not at rest, and not alike.
    let last = found[0].lines().last().unwrap().split_whitespace();
    let last: Vec<f64> = last.map(|number| number.parse().unwrap()).collect();
    assert!(last[1] > -0.0649 && (last[1] - last[2]).abs() > 1e-4, "{last:?}");
}

#[test]
fn a_dry_run_tells_and_writes_nothing() {
    let place = Place::new();
    let done = place.works(&["network/LEMS_ring.xml", "--dry-run", "-o", "out", "--plot"]);
    for word in [
        "scheme",
        "cells      5",
        "steps      4000",
        "wires",
        "memory",
        "time",
        "ring.dat",
        "LEMS_ring_voltage.svg",
    ] {
        assert!(done.out.contains(word), "{word}: {}", done.out);
    }
    assert!(!place.path("out").exists());
    // A trillion steps are told, not made.
    let done = place.works(&[LEAK, "--dry-run", "--dt", "5e-11ms"]);
    assert!(done.out.contains("1 000 000 000 000"), "{}", done.out);
    assert!(done.out.contains("steps/s in a trial"), "{}", done.out);
}

#[test]
fn displays_are_drawn() {
    let place = Place::new();
    place.works(&["network/LEMS_ring.xml", "-o", "out", "--plot"]);
    let svg = place.text("out/LEMS_ring_voltage.svg");
    for word in
        ["A spike on its way round", "voltage (mV)", "time (ms)", "cell 0", "cell 1", "#0072b2"]
    {
        assert!(svg.contains(word), "{word}");
    }
    assert!(place.text("out/LEMS_ring_spikes.svg").contains("ring_pop[4]"));
    place.works(&[LEAK, "--plot=pictures", "-o", "out"]);
    assert!(place.text("pictures/LEMS_leak_o.svg").contains("voltage (mV)"));
    place.works(&[LEAK, "--plot", "--plot-format", "png", "-o", "out"]);
    assert!(place.bytes("out/LEMS_leak_o.png").starts_with(b"\x89PNG"));
}

#[test]
fn displays_of_a_model_without_files_are_written() {
    let place = Place::new();
    let leak = place.text(LEAK);
    let (before, rest) = leak.split_once("<OutputFile").unwrap();
    let (_, after) = rest.split_once("</OutputFile>").unwrap();
    let lines = |display: &str| {
        format!(
            r##"<Display {display} title="d" timeScale="1ms" xmin="0" xmax="50" ymin="0" ymax="20">
                <Line id="v" quantity="v" scale="1mV" color="#000000" timeScale="1ms"/></Display>"##
        )
    };
    let shown = lines(r#"id="first one""#) + &lines(r#"id="first/one""#);
    place.write("shown.xml", &format!("{before}{shown}{after}"));
    let done = place.works(&["shown.xml", "-o", "out"]);
    assert!(done.err.contains("what its 2 displays show is written"), "{}", done.err);
    place.works(&[LEAK, "-o", "asked"]);
    for name in ["out/shown_first_one.dat", "out/shown_first_one_2.dat"] {
        assert_eq!(place.text(name), place.text("asked/leak.dat"), "{name}");
    }
    // Who says what to record gets that.
    place.works(&["shown.xml", "-o", "wished", "--record", "v"]);
    assert!(!place.path("wished/shown_first_one.dat").exists());
    assert!(place.path("wished/shown.dat").exists());
}

#[test]
fn the_reference_tells_its_error() {
    let place = Place::new();
    let done = place.works(&[LEAK, "--reference", "-o", "out"]);
    assert!(done.err.contains("error: about "), "{}", done.err);
    let record = place.text("out/LEMS_leak.run.json");
    for word in ["\"scheme\": \"reference\"", "columns_si", "largest_of_column"] {
        assert!(record.contains(word), "{word}: {record}");
    }
    place.works(&[LEAK, "--scheme", "reference", "-o", "same"]);
    assert_eq!(place.text("out/leak.dat"), place.text("same/leak.dat"));
    place.fails(&[LEAK, "--reference", "--scheme", "auto"], 2, "--reference");
}

#[test]
fn a_number_out_of_bounds_stops_the_run() {
    let place = Place::new();
    // Forward Euler with steps of ten time constants multiplies by -9 each time.
    let args = [LEAK, "--scheme", "jlems", "--dt", "100ms", "--duration", "100s", "-o", "out"];
    let done = place.simulate(&args);
    assert_eq!(done.status, Some(1), "{}", done.err);
    for word in ["`v`", "inf", "its last good state, in SI units", "v = "] {
        assert!(done.err.contains(word), "{word}: {}", done.err);
    }
    let text = place.text("out/leak.dat");
    assert!(text.lines().count() > 300 && text.ends_with("\t\n"), "{}", text.lines().count());
    assert!(place.text("out/LEMS_leak.run.json").contains("the run stopped"));
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_complete_rows() {
    let place = Place::new();
    let child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("nml"))
        .args(["simulate", LEAK, "--duration", "100000s", "-o", "out"])
        .current_dir(place.folder.path())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    // Until it writes, there is nothing to interrupt.
    let started = std::time::Instant::now();
    let grows =
        |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().metadata().unwrap().len() > 0;
    while !std::fs::read_dir(place.path("out")).is_ok_and(|mut entries| entries.any(grows)) {
        assert!(started.elapsed().as_secs() < 60, "it does not begin");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let pid = child.id().to_string();
    std::process::Command::new("kill").args(["-INT", &pid]).status().unwrap();
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(130));
    assert!(String::from_utf8_lossy(&done.stderr).contains("stopped by Ctrl-C"));
    let text = place.text("out/leak.dat");
    assert!(text.ends_with("\t\n"));
    assert!(text.lines().all(|line| line.matches('\t').count() == 2));
}

#[test]
fn jnml_runs_as_the_java_tool_does() {
    let place = Place::new();
    let done = place.run(&["jnml", HH, "-nogui"]);
    assert_eq!(done.status, Some(0), "{}", done.err);
    for line in [
        "with jLEMS, NO GUI mode...",
        "(INFO) Finished 10000 steps in",
        "(INFO) Written to the file",
    ] {
        assert!(done.out.contains(line), "{line}: {}", done.out);
    }
    // In the working folder, and nothing else.
    assert_eq!(place.text("hh.dat").lines().count(), 10_001);
    assert!(!place.path("LEMS_hh.run.json").exists());
    place.works(&[HH, "--scheme", "jlems", "-o", "out"]);
    assert_eq!(place.text("hh.dat"), place.text("out/hh.dat"));
    let done = place.run(&["jnml", "-I", "a:b", LEAK, "-norun"]);
    assert_eq!(done.status, Some(0), "{}", done.err);
    assert!(done.out.contains("Finished reading and building LEMS model"));
    assert!(!place.path("leak.dat").exists());
    for (args, status, says) in [
        (&["jnml", "none.xml", "-nogui"][..], 1, "File does not exist: none.xml"),
        (&["jnml"], 1, "no arguments"),
        (&["jnml", HH, "-neuron", "-nogui"], 1, "nml convert"),
        (&["jnml", HH, "-graph"], 1, "nml graph"),
        (&["jnml", "-h"], 0, ""),
        (&["jnml", "-v"], 0, ""),
    ] {
        let done = place.run(args);
        assert_eq!(done.status, Some(status), "{args:?}: {}", done.err);
        assert!(done.err.contains(says), "{args:?}: {}", done.err);
    }
    let folder =
        place.text(LEAK).replace("fileName=\"leak.dat\"", "path=\"none\" fileName=\"leak.dat\"");
    place.write("LEMS_folder.xml", &folder);
    let done = place.run(&["jnml", "LEMS_folder.xml", "-nogui"]);
    assert_eq!(done.status, Some(1), "{}", done.err);
    assert!(done.err.contains("does not exist"), "{}", done.err);
}

#[test]
fn the_help_of_simulate_has_examples() {
    let place = Place::new();
    let done = place.simulate(&["--help"]);
    assert_eq!(done.status, Some(0));
    for word in ["Examples:", "--set", "--dry-run", "jlems", "130"] {
        assert!(done.out.contains(word), "{word}");
    }
}
