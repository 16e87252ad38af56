#!/usr/bin/env python3
"""Times `nml simulate` on cells of several compartments against NEURON and EDEN, and on the ring against NEURON, CoreNEURON
and Arbor, in one run; writes tables in Markdown.

  cells.py NML MODELS --peers FOLDER [--runs N] [--only NAME ...] [--skip-ring] [--python PYTHON] [--arbor PYTHON]

NML      the release binary (target/release/nml)
MODELS   a folder with the repositories of MODELS_OF below it
FOLDER   with run.py, which runs one file in a real simulator and prints a JSON report with `ok` and `sim_s`, and with
         ring_nrn.py and ring_arb.py, which run the ring and print one with `Mcs_per_cpu_s`

NEURON's own speed is told in million compartment-steps per second, by the compartments that `nml` counts, or by cells
where none has several; NEURON has a node without membrane at each end of a section besides.  With `--tables`, `nml` takes rates from cubics with a proven
error.

Beside the ring run the micro-kernels of `cargo bench -p nml-kernel`: what the exponentials and divisions of the model
take alone is the roofline.

All run on one thread.  Stepping only: of N runs of `nml` the quickest counts, since others on the machine can only
lengthen a run; peers run once.  `nml` records and writes what the file says while it steps, NEURON keeps it in memory.
"""
import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import ring_model
from simulate import peer, process

MODELS_OF = {
    "Ex25 MultiComp": "NeuroML2/LEMSexamples/LEMS_NML2_Ex25_MultiComp.xml",
    "ACnet2 TwoCell": "ACnet2/neuroConstruct/generatedNeuroML2/LEMS_TwoCell.xml",
    "ACnet2 MediumNet": "ACnet2/neuroConstruct/generatedNeuroML2/LEMS_MediumNet.xml",
    "ACnet2": "ACnet2/neuroConstruct/generatedNeuroML2/LEMS_ACnet2.xml",
    "OnePyr": "pyNeuroML/examples/tune/LEMS_OnePyr.xml",
    "BigCA1": "CA1PyramidalCell/neuroConstruct/generatedNeuroML2/LEMS_BigCA1.xml",
    "c302_C1_Syns": "c302/examples/LEMS_c302_C1_Syns.xml",
    "c302_C_Pharyngeal": "c302/examples/LEMS_c302_C_Pharyngeal.xml",
}


def ours(nml, model, *more):
    """Seconds of stepping, seconds before, steps, compartments; or a message."""
    with tempfile.TemporaryDirectory() as folder:
        command = [nml, "simulate", str(model), "-o", folder, "--threads", "1", "-q", *more]
        status, _, said = process(command)
        if status != 0:
            return (said.strip().splitlines() or ["failed"])[0]
        record = json.loads(next(Path(folder).glob("*.run.json")).read_text())
        spent = record["this_time"]
        return spent["stepping_s"], spent["before_first_step_s"], record["run"]["steps"], record["run"]["compartments"] or record["run"]["cells"]


def models(options):
    print("| model | compartments | steps | NEURON, M/s | NEURON s | EDEN s | nml s | with tables | of NEURON | of EDEN |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name, path in MODELS_OF.items():
        if options.only and name not in options.only:
            continue
        model = options.models / path
        runs = [ours(options.nml, model) for _ in range(options.runs)]
        if isinstance(runs[0], str):
            print(f"| {name} | {runs[0]} | | | | | | | | |")
            continue
        stepping = min(run[0] for run in runs)
        tabled = min(ours(options.nml, model, "--tables")[0] for _ in runs)
        _, _, steps, compartments = runs[0]
        root = options.models / path.split("/")[0]
        reports = {e: peer(options.peers / "run.py", model, e, root) for e in ("neuron", "eden")}
        took = {e: r["sim_s"] if r.get("ok") else None for e, r in reports.items()}
        show = lambda x: f"{x:.3g}" if x else "–"
        ratio = lambda x: f"{x / stepping:.1f}" if x else "–"
        neuron, eden = took["neuron"], took["eden"]
        speed = f"{compartments * steps / neuron / 1e6:.1f}" if neuron else "–"
        print(f"| {name} | {compartments} | {steps} | {speed} | {show(neuron)} | {show(eden)} | {stepping:.3g} | {tabled:.3g} | {ratio(neuron)} | {ratio(eden)} |",
              flush=True)


def ring(options):
    print("\n| cells | NEURON | CoreNEURON | Arbor | nml | of Arbor | with tables |")
    print("|--:|--:|--:|--:|--:|--:|--:|")
    speeds = []
    for cells, length in [(100, 200), (1000, 20)]:
        def of_peer(python, script, *more):
            command = [python, options.peers / script, "-n", str(cells), "-t", str(length), *more]
            done = subprocess.run(command, capture_output=True, text=True)
            try:
                return json.loads(done.stdout.strip().splitlines()[-1])["Mcs_per_cpu_s"]
            except (ValueError, IndexError, KeyError):
                return None
        with tempfile.TemporaryDirectory() as folder:
            model = ring_model.write(cells, folder, length)
            runs = [ours(options.nml, model) for _ in range(options.runs)]
            tabled = [ours(options.nml, model, "--tables") for _ in range(options.runs)]
        speed = lambda runs: 100 * cells * runs[0][2] / min(run[0] for run in runs) / 1e6
        own = speed(runs)
        found = [of_peer(options.python, "ring_nrn.py"), of_peer(options.python, "ring_nrn.py", "--core"),
                 of_peer(options.arbor, "ring_arb.py")]
        show = lambda x: f"{x:.1f}" if x else "–"
        ratio = f"{own / found[2]:.2f}" if found[2] else "–"
        print(f"| {cells} | {' | '.join(map(show, found))} | {own:.1f} | {ratio} | {speed(tabled):.1f} |", flush=True)
        speeds.append(own)
    return speeds


# What the cells of the ring compute as their model is written, for a compartment and step: rates of three gates (two of
# them x / (1 - exp(-x))), their relaxation, the fraction of each, one more in a rate, two in the tree.
RING_FUNCTIONS = {"exp": 7, "exprelr": 2, "div": 6}


def micro_kernels():
    """Nanoseconds of one function each, of 256 numbers in the nearest cache."""
    command = ["cargo", "bench", "-q", "-p", "nml-kernel", "--bench", "hh", "--", "--quick", "roofline/(exp|exprelr|div)/machine code"]
    said = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parent.parent).stdout
    to_ns = {"ps": 1e-3, "ns": 1, "µs": 1e3}
    times = re.findall(r"roofline/(\w+)/machine code\s+time:\s+\[\S+ \S+ (\S+) (\S+)", said)
    return {name: float(time) * to_ns[unit] / 256 for name, time, unit in times}


def roofline(speeds, before):
    """How much of a step of the ring the functions of its model take, by the faster of two runs of each micro-kernel."""
    after = micro_kernels()
    each = {name: min(before[name], after[name]) for name in RING_FUNCTIONS}
    least = sum(count * each[name] for name, count in RING_FUNCTIONS.items())
    parts = ", ".join(f"{count} {name} of {each[name]:.2f} ns" for name, count in RING_FUNCTIONS.items())
    shares = " and ".join(f"{100 * least * speed / 1e3:.0f} %" for speed in speeds)
    print(f"\nThe micro-kernels, before and after the ring, the faster: {parts}.")
    print(f"Together {least:.1f} ns a compartment and step, a roofline of {1e3 / least:.0f} M/s, of which `nml` makes {shares}.")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("nml")
    parser.add_argument("models", type=Path)
    parser.add_argument("--peers", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", action="append")
    parser.add_argument("--skip-ring", action="store_true")
    parser.add_argument("--python", default=sys.executable, help="a Python with NEURON")
    parser.add_argument("--arbor", default=sys.executable, help="a Python with Arbor")
    options = parser.parse_args()
    models(options)
    if not options.skip_ring:
        print("\nThe ring, million compartment-steps per core-second:")
        before = micro_kernels()
        roofline(ring(options), before)


if __name__ == "__main__":
    main()
