#!/usr/bin/env python3
"""How far each scheme is from the true answer at a model's own step.

  convergence.py NML EXAMPLES [--only NAME ...] [--peers RUN_PY] [--limits-only]

NML        the release binary (target/release/nml)
EXAMPLES   a folder with LEMS_NML2_Ex*.xml files
--peers    a script that runs the same files in other simulators (`RUN_PY FILE neuron|jneuroml --dt MS`)

Needs numpy.

Each example runs with every scheme at its own step.  The limit is `--reference`.  Of examples with random
inputs only the columns count that stay the same with another seed.

A column spikes if it rises through the middle of its range at least twice.  Its error is then the mean
distance, in ms, of these times from those of the limit, a straight line between rows in both.  Every
other column has as error the largest distance of its values, as a part of its range in the limit; rows
within two steps of a jump of the limit are left out, where one row more or less decides.  The error of an
example is that of its worst spiking column, or of its worst column where none spikes.  A column without
range in the limit has no error to speak of and must be as constant elsewhere.

With --peers, six models are also run in jNeuroML, in NEURON and here at smaller and smaller steps, and
the Richardson limits of all intervals between spikes are compared with those of `--reference`.  Intervals,
because jLEMS adds up its steps: rounding decides at each step size anew whether an input begins a step
later, which shifts all spikes alike and is no power of the step.
"""
import argparse
import json
import math
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

SCHEMES = ["auto", "jlems"]
LEFT_OUT = {"Ex25_MultiComp": "a cell with several compartments"}
# Only what no random number reaches is compared: columns that do not change with the seed.
RANDOM = {"Ex14_PyNN", "Ex16_Inputs", "Ex23_Spiketimes"}
PREFIX = "LEMS_NML2_"

# Models all three simulators run, whose equations are smooth: spikes are no events.  With a length in ms
# where an input would end amid a spike, or between spikes.
LIMITS = {
    "Ex1_HH": 99.0,
    "Ex5_DetCell": None,
    "Ex9_FN": None,
    "Ex10_Q10": None,
    "Ex18_GHK": None,
    "Ex24_FractionalConductance": 75.0,
}
# Orders of the error, and how often the step of the file is halved.
ENGINES = [("auto", 2, 3), ("jneuroml", 1, 4), ("neuron", 1, 3)]


def simulate(nml, model, scheme, more=()):
    """Traces of all result files of a run, by file and column, and its record; or none, and the message."""
    with tempfile.TemporaryDirectory() as folder:
        command = [nml, "simulate", model, "-o", folder, "--scheme", scheme, "--format", "npz", *more]
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
        if done.returncode != 0:
            lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
            return None, " ".join(lines)[:300] or "no message"
        record = json.loads(next(Path(folder).glob("*.run.json")).read_text())
        found = {}
        for path in sorted(Path(folder).rglob("*.npz")):
            file = np.load(path)
            if "ids" not in file:
                for name in file.files:
                    if name not in ("t", "columns", "units"):
                        found[path.stem, name] = file[name]
        return found, record


def crossings(values, level):
    """Where values rise through a level, in steps, between rows by a straight line."""
    at = np.flatnonzero((values[:-1] < level) & (values[1:] >= level))
    return at + (level - values[at]) / (values[at + 1] - values[at])


def middle(values):
    return (values.min() + values.max()) / 2


def jumps(values):
    """Rows before which or after which a column jumps: where one difference is far above those around it."""
    steps = np.abs(np.diff(values))
    padded = np.pad(steps, 2, mode="edge")
    around = (padded[:-4] + padded[1:-3] + padded[3:-1] + padded[4:]) / 4
    return np.flatnonzero((steps > 1e-6 * np.ptp(values)) & (steps > 8 * around))


def column_error(values, true, step):
    """(kind, error): `ms` for spikes, `range` for a part of the range, `count` for spikes more or fewer."""
    span, size = np.ptp(true), np.abs(true).max(initial=1e-300)
    if span <= 1e-12 * size:
        return "range", np.abs(values - true).max() / size
    level = middle(true)
    truth, found = crossings(true, level), crossings(values, level)
    if len(truth) >= 2:
        if len(truth) != len(found):
            return "count", float(len(found) - len(truth))
        return "ms", 1e3 * step * np.abs(truth - found).mean()
    keep = np.ones(len(true), bool)
    for i in jumps(true):
        keep[max(0, i - 2) : i + 4] = False
    return "range", np.abs(values - true)[keep].max(initial=0.0) / span


def short(path):
    return path.stem.removeprefix(PREFIX)


def errors(run, truth, step):
    """By column: (kind, error)."""
    return {name: column_error(run[name], true, step) for name, true in truth.items()}


RANK = {"range": 0, "ms": 1, "count": 2}


def worst(found):
    spikes = [e for e in found.values() if e[0] != "range"]
    return max(spikes or found.values(), key=lambda e: (RANK[e[0]], abs(e[1])))


def shown(error):
    kind, value = error
    return {"ms": f"{value:.3g} ms", "range": f"{value:.2g}", "count": f"{value:+.0f} spikes"}[kind]


def step_of(path):
    """The step of a file, as number and unit."""
    text = re.sub(r"<!--.*?-->", "", path.read_text(errors="replace"), flags=re.S)
    value, unit = re.search(r"<Simulation\b[^>]*\bstep=\"([0-9.eE+-]+)\s*([a-z]+)\"", text).groups()
    return float(value), unit


def table(options, examples):
    """Errors of all examples against the limit."""
    print("| example | step | columns | `auto` | jLEMS | jLEMS / `auto` | columns closer | error of the limit |")
    print("|---|---|---|---|---|---|---|---|")
    counts, notes = {False: [0, 0], True: [0, 0]}, []
    for path in examples:
        name = short(path)
        truth, told = simulate(options.nml, path, "reference")
        if truth is None:
            notes.append(f"{name}: {told}")
            continue
        columns = str(len(truth))
        if name in RANDOM:
            runs = [simulate(options.nml, path, "auto", ["--seed", seed])[0] for seed in ("1", "2")]
            same = lambda column: np.array_equal(runs[0][column], runs[1][column])
            truth = {column: values for column, values in truth.items() if same(column)}
            columns = columns if len(truth) == int(columns) else f"{len(truth)} of {columns}"
            if not truth:
                notes.append(f"{name}: random inputs reach every column.")
                continue
        value, unit = step_of(path)
        step, runs = value * {"s": 1.0, "ms": 1e-3}[unit], {}
        for scheme in SCHEMES:
            run, trouble = simulate(options.nml, path, scheme)
            if run is None:
                notes.append(f"{name}, {scheme}: {trouble}")
            else:
                runs[scheme] = errors(run, truth, step)
        if len(runs) < len(SCHEMES):
            continue
        auto, jlems = (worst(runs[s]) for s in SCHEMES)
        rank = lambda e: (RANK[e[0]], abs(e[1]))
        closer = sum(rank(runs["auto"][c]) < rank(runs["jlems"][c]) for c in runs["auto"])
        equal = sum(runs["auto"][c] == runs["jlems"][c] for c in runs["auto"])
        both = len(runs["auto"]) - equal
        partly = "of" in columns
        counts[partly][0] += rank(auto) < rank(jlems)
        counts[partly][1] += 1
        ratio = "–" if "count" in (auto[0], jlems[0]) or not auto[1] else f"{jlems[1] / auto[1]:.3g}"
        spiking = sum(kind != "range" for kind, _ in runs["auto"].values())
        limit = (told.get("error") or {}).get("largest_of_column", math.nan)
        print(f"| {name} | {value:g} {unit} | {columns}, {spiking} spiking | {shown(auto)} | {shown(jlems)} | {ratio} "
              f"| {closer} of {both} | {limit:.0e} |")
        if options.verbose:
            for column in runs["auto"]:
                a, j = runs["auto"][column], runs["jlems"][column]
                print(f"    {column[0]} {column[1]}: {shown(a)}  {shown(j)}", file=sys.stderr)
        sys.stdout.flush()
    (better, total), (partly, mixed) = counts[False], counts[True]
    print(f"\n`auto` is closer to the limit than jLEMS in {better} of {total} deterministic examples", end="")
    print(f", and in {partly} of {mixed} of which the columns are that no random input reaches.")
    for note in notes:
        print(f"\n{note}")


def numbers(values, level, step):
    """The intervals between the times at which values rise through a level, between rows by a cubic."""
    found = []
    for k in np.flatnonzero((values[:-1] < level) & (values[1:] >= level)):
        k = min(max(k, 1), len(values) - 3)
        cubic = np.polyfit([-1, 0, 1, 2], values[k - 1 : k + 3] - level, 3)
        roots = [r.real for r in np.roots(cubic) if abs(r.imag) < 1e-9 and -1e-9 <= r.real <= 1 + 1e-9]
        found.append((k + min(roots)) * step)
    return np.diff(found)


def richardson(series, order):
    """The limit of numbers at h, h/2, h/4 … whose error begins with h^order."""
    while len(series) > 1:
        power = 2.0**order
        series = [(power * b - a) / (power - 1) for a, b in zip(series, series[1:])]
        order += 1
    return series[0]


def peer_values(options, model, engine, dt_ms):
    """The first column of the first result file of a real simulator."""
    command = [options.python or sys.executable, options.peers, model, engine, "--dt", repr(dt_ms)]
    command += ["--root", options.examples.parent, "--name", f"{model.stem}-limit"]
    if LIMITS[short(model)]:
        command += ["--length", LIMITS[short(model)]]
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if done.returncode != 0:
        return None, done.stderr.strip()[-200:]
    report = json.loads(done.stdout)
    if not report["ok"]:
        return None, report.get("reason", "failed")
    first = next(o for o in report["outputs"] if o["kind"] == "OutputFile" and o["exists"])
    return np.loadtxt(Path(report["cwd"]) / first["file"])[:, 1], ""


def own_values(options, model, scheme, dt_ms):
    """The same column of our own run."""
    file = re.search(r"<OutputFile\b[^>]*fileName=\"([^\"]+)\"", model.read_text(errors="replace"))[1]
    length = LIMITS[short(model)]
    more = ["--duration", f"{length}ms"] if length else []
    run, told = simulate(options.nml, model, scheme, ["--dt", f"{dt_ms!r}ms", *more])
    if run is None:
        return None, told
    return next(v for (name, _), v in run.items() if name == Path(file).stem), ""


def limits(options, examples):
    """Richardson limits of the intervals between spikes, of three programs that share no line."""
    print("\n| model | intervals | the last, `--reference` | `auto` | jNeuroML | NEURON | apart at most |")
    print("|---|---|---|---|---|---|---|")
    for path in examples:
        if short(path) not in LIMITS:
            continue
        value, unit = step_of(path)
        dt = value * {"s": 1e3, "ms": 1.0}[unit]
        finest = dt / 2 ** max(halvings for _, _, halvings in ENGINES)
        values, trouble = own_values(options, path, "reference", finest)
        if values is None:
            print(f"| {short(path)} | {trouble} |")
            continue
        level = middle(values)
        truth = numbers(values, level, finest)
        cells, apart = [], 0.0
        for engine, order, halvings in ENGINES:
            get = own_values if engine == "auto" else peer_values
            series, trouble = [], ""
            for step in (dt / 2**halving for halving in range(halvings + 1)):
                values, trouble = get(options, path, engine, step)
                if values is None:
                    break
                series.append(numbers(values, level, step))
                print(f"{short(path)} {engine} {step:g} ms: {series[-1]}", file=sys.stderr, flush=True)
            # A spike more or less at a coarse step is no beginning of a series.
            while series and len(series[0]) != len(truth):
                series.pop(0)
            if trouble or len(series) < 4 or any(len(s) != len(truth) for s in series):
                cells.append(trouble or "spikes differ")
                apart = math.inf
                continue
            limit = richardson(series, order)
            print(f"{short(path)} {engine}: {limit / truth - 1}", file=sys.stderr, flush=True)
            distance = np.abs(limit / truth - 1).max()
            apart = max(apart, distance)
            cells.append(f"{limit[-1]:.6f} ({distance:.0e})")
        print(f"| {short(path)} | {len(truth)} | {truth[-1]:.6f} ms | {' | '.join(cells)} | {apart:.0e} |")
        sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("nml")
    parser.add_argument("examples", type=Path)
    parser.add_argument("--only", action="append")
    parser.add_argument("--peers")
    parser.add_argument("--python", help="the interpreter that runs it, if not this one")
    parser.add_argument("--limits-only", action="store_true")
    parser.add_argument("--verbose", action="store_true", help="every column, on standard error")
    options = parser.parse_args()
    number = lambda p: (int(re.search(r"Ex(\d+)", p.stem)[1]), p.stem)
    examples = sorted(options.examples.glob(f"{PREFIX}Ex*.xml"), key=number)
    wanted = lambda path: not options.only or short(path) in options.only
    chosen = [path for path in examples if short(path) not in LEFT_OUT and wanted(path)]
    if not options.limits_only:
        table(options, chosen)
        for path in examples:
            if short(path) in LEFT_OUT and wanted(path):
                print(f"\nLeft out: {short(path)}, {LEFT_OUT[short(path)]}.")
    if options.peers:
        limits(options, chosen)


if __name__ == "__main__":
    main()
