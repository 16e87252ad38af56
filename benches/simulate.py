#!/usr/bin/env python3
"""Times `nml simulate` against jNeuroML, NEURON and EDEN in one run; writes a table in Markdown.

  simulate.py NML EXAMPLES --peers RUN_PY [--only NAME ...] [--runs N] [--scheme NAME] [--engine E ...]

NML        the release binary (target/release/nml)
EXAMPLES   a folder with LEMS_NML2_Ex*.xml files
RUN_PY     a script that runs one file in a real simulator and prints a JSON report with `ok`, `cpu` and `sim_s`

For each example: CPU of the whole process of jNeuroML and of `nml`, all files written, and their ratio; stepping of
NEURON, of EDEN and of `nml`, and the ratio to the faster peer; the time from the start of the process to the first step.
What `nml` did when stands in the record that it leaves beside its results (`this_time`).  Of N runs of `nml` the
quickest counts, since others on the machine can only lengthen a run; peers, which take seconds, run once.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def process(command):
    """Exit status, CPU seconds, what it said."""
    with tempfile.TemporaryFile("w+") as err:
        started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=err)
        _, status, usage = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
        err.seek(0)
        return started.returncode, usage.ru_utime + usage.ru_stime, err.read()


def ours(nml, model, scheme):
    """CPU seconds of the process, seconds to the first step, seconds of stepping; or a message."""
    with tempfile.TemporaryDirectory() as folder:
        status, cpu, said = process([nml, "simulate", str(model), "-o", folder, "--scheme", scheme, "-q"])
        if status != 0:
            return (said.strip().splitlines() or ["failed"])[0]
        spent = json.loads(next(Path(folder).glob("*.run.json")).read_text())["this_time"]
        return cpu, spent["before_first_step_s"], spent["stepping_s"]


def starting(nml, runs):
    """Seconds that a process of `nml` takes to do nothing."""
    def once():
        begun = time.perf_counter()
        process([nml, "--version"])
        return time.perf_counter() - begun
    return min(once() for _ in range(runs))


def peer(run_py, model, engine, root=None):
    """What a real simulator reports of a file; `root` is the folder that holds all that it includes."""
    more = ["--root", str(root)] if root else []
    done = subprocess.run([sys.executable, run_py, str(model), engine, *more], capture_output=True, text=True)
    try:
        return json.loads(done.stdout)
    except ValueError:
        return {"ok": False}


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("nml")
    parser.add_argument("examples", type=Path)
    parser.add_argument("--peers", required=True)
    parser.add_argument("--only", action="append")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--scheme", default="auto")
    parser.add_argument("--engine", action="append")
    options = parser.parse_args()
    engines = options.engine or ["jneuroml", "neuron", "eden"]
    number = lambda p: (int(re.search(r"Ex(\d+)", p.stem)[1]), p.stem)
    start = starting(options.nml, 20)
    print("| example | jNeuroML CPU s | nml CPU s | ratio | NEURON stepping s | EDEN stepping s |"
          " nml stepping s | ratio to the faster | start to first step ms |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for model in sorted(options.examples.glob("LEMS_NML2_Ex*.xml"), key=number):
        name = model.stem.removeprefix("LEMS_NML2_")
        if options.only and name not in options.only:
            continue
        runs = [ours(options.nml, model, options.scheme) for _ in range(options.runs)]
        if isinstance(runs[0], str):
            print(f"| {name} | {runs[0]} | | | | | | | |")
            continue
        cpu, first, stepping = (min(column) for column in zip(*runs))
        reports = {engine: peer(options.peers, model, engine) for engine in engines}
        java = reports.get("jneuroml", {})
        java_cpu = java["cpu"] if java.get("ok") else None
        steps = {e: reports[e]["sim_s"] for e in ("neuron", "eden")
                 if e in reports and reports[e].get("ok") and reports[e].get("sim_s")}
        best = min(steps.values()) if steps else None
        show = lambda x, digits=3: f"{x:.{digits}g}" if x is not None else "–"
        ratio = lambda a, b: f"{a / b:.0f}" if a else "–"
        print(f"| {name} | {show(java_cpu)} | {show(cpu)} | {ratio(java_cpu, cpu)} |"
              f" {show(steps.get('neuron'))} | {show(steps.get('eden'))} | {show(stepping)} |"
              f" {ratio(best, stepping)} | {(start + first) * 1e3:.1f} |")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
