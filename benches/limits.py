#!/usr/bin/env python3
"""Two schemes at smaller and smaller steps, on models of several compartments: how their difference falls, and whether
they have one limit.

  limits.py NML MODELS [--only NAME ...] [--halvings N]
  limits.py NML MODELS --reference [--only NAME ...] [--halvings N]

NML      the release binary (target/release/nml)
MODELS   a folder with the repositories named in CASES below it

Needs numpy.

Each model runs with `auto` and `neuron-jnml` at its step dt, dt/2, dt/4 and dt/8.  The difference of both at one step is
the mean distance of their spikes where a potential spikes (a rise through -20 mV, between rows by a cubic), else the
largest distance of any potential at any row.  `order` is the binary logarithm of the last two differences: 1 where it
falls linearly.

The limit of `neuron-jnml` is the polynomial in the step through its last three runs, that of `auto` the polynomial in the
square of the step through its last two.  Potentials are compared at all rows at which no potential of the model changes
by more than 1 mV in a ms, where 1 µs is 1e-3 mV, spikes in time.  What remains of the extrapolation itself shows where limits are
taken without the finest step (`moved by`).  Of networks only the cells that receive no events from others have limits of
whole order: elsewhere events come at steps.

With --reference the small models run with `auto` and once with `--reference`, which has no step: the largest difference
of any potential at any row, in mV.
"""
import argparse
import subprocess
import tempfile
from pathlib import Path

import numpy as np

ACNET = "ACnet2/neuroConstruct/generatedNeuroML2"
# Name: file, step in ms, length in ms, what to change.
CASES = {
    "Ex25_MultiComp": ("NeuroML2/LEMSexamples/LEMS_NML2_Ex25_MultiComp.xml", 0.002, 120),
    "pyr_4_sym (m_in_b_in)": ("NeuroML2/LEMSexamples/morphologies/LEMS_m_in_b_in.xml", 0.002, 130),
    "pyr_4_sym full (pyrfull_in)": ("NeuroML2/LEMSexamples/morphologies/LEMS_pyrfull_in.xml", 0.002, 130),
    "OnePyr": ("pyNeuroML/examples/tune/LEMS_OnePyr.xml", 0.002, 130),
    "ACnet2 basket": (f"{ACNET}/LEMS_BasketCell.xml", 0.002, 120),
    "CA1 soma": ("CA1PyramidalCell/neuroConstruct/generatedNeuroML2/LEMS_CA1PyramidalCell.xml", 0.002, None),
    "BigCA1": ("CA1PyramidalCell/neuroConstruct/generatedNeuroML2/LEMS_BigCA1.xml", 0.004, None),
    "SomeCells": ("org.neuroml.export/src/test/resources/examples/LEMS_SomeCells.xml", 0.001, 60),
}
# Models small enough for `--reference`: step and length in ms.
SMALL = {
    "Ex25_MultiComp": (0.01, 30),
    "pyr_4_sym full (pyrfull_in)": (0.01, 130),
    "OnePyr": (0.01, 130),
    "ACnet2 basket": (0.01, 120),
    "SomeCells": (0.01, 20),
}
LEVEL = -0.02


def simulate(nml, path, scheme, dt, length):
    """Times and potentials of a run, by name."""
    with tempfile.TemporaryDirectory() as folder:
        command = [nml, "simulate", path, "-o", folder, "--scheme", scheme, "--format", "npz", "--dt", f"{dt!r}ms"]
        if length:
            command += ["--duration", f"{length}ms"]
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(" ".join(done.stderr.split())[:300])
        found = {}
        for path in sorted(Path(folder).rglob("*.npz")):
            file = np.load(path)
            if "ids" in file:
                continue
            for name in file.files:
                if name in ("t", "columns", "units"):
                    continue
                v = file[name]
                # Potentials only; a column in V stays between -0.2 and 0.2.
                if -0.2 < v.min() < -0.03 and v.max() < 0.2:
                    found[f"{path.stem}.{name}"] = v
        return found


def spikes(v, dt):
    """Rises through the level, in ms, by inverse interpolation of third order."""
    times = []
    for k in np.flatnonzero((v[:-1] < LEVEL) & (v[1:] >= LEVEL)):
        if k < 1 or k + 2 >= len(v):
            continue
        x, y = np.arange(-1, 3), v[k - 1 : k + 3]
        low, high = 0.0, 1.0
        p = np.polyfit(x, y - LEVEL, 3)
        for _ in range(60):
            mid = (low + high) / 2
            low, high = (mid, high) if np.polyval(p, mid) < 0 else (low, mid)
        times.append((k + low) * dt)
    return np.array(times)


def limit(values, orders):
    """Extrapolates what is given at steps 1, 1/2, 1/4 …, whose error has powers of these orders."""
    table = list(values)
    for order in orders[: len(values) - 1]:
        table = [b + (b - a) / (2.0**order - 1) for a, b in zip(table, table[1:])]
    return table[-1]


def largest(values):
    return max(values, default=float("nan"))


def case(options, name):
    path, dt, length = CASES[name]
    path = options.models / path
    runs = {"auto": [], "neuron-jnml": []}
    for halving in range(options.halvings + 1):
        for scheme, all_runs in runs.items():
            all_runs.append(simulate(options.nml, path, scheme, dt / 2**halving, length))
    columns = sorted(set(runs["auto"][0]) & set(runs["neuron-jnml"][0]))
    spiking = [c for c in columns if len(spikes(runs["auto"][-1][c], 1.0))]
    differences, counts = [], set()
    for halving, (a, b) in enumerate(zip(runs["auto"], runs["neuron-jnml"])):
        step = dt / 2**halving
        if spiking:
            both = [(spikes(a[c], step), spikes(b[c], step)) for c in spiking]
            counts |= {len(x) == len(y) for x, y in both}
            differences.append(largest(np.abs(x[: len(y)] - y[: len(x)]).mean() for x, y in both if len(x) and len(y)))
        else:
            differences.append(1e3 * largest(np.abs(a[c] - b[c]).max() for c in columns))
    rows = min(len(runs[s][0][c]) for s in runs for c in columns)
    at_rows = lambda run, halving, c: run[c][:: 2**halving][:rows]
    ends = {}
    for scheme, orders, keep in (("auto", [2, 4], 2), ("neuron-jnml", [1, 2, 3], 4)):
        for last in (0, 1):
            used = range(max(0, options.halvings + 1 - keep - last), options.halvings + 1 - last)
            for c in columns:
                ends[scheme, last, c] = limit([at_rows(runs[scheme][h], h, c) for h in used], orders)
                times = [spikes(runs[scheme][h][c], dt / 2**h) for h in used]
                n = min(map(len, times))
                ends[scheme, last, c, "spikes"] = limit([t[:n] for t in times], orders)
    quiet = np.ones(rows, bool)
    for c in columns:
        fast = np.abs(np.diff(at_rows(runs["auto"][-1], options.halvings, c))) > 1e-3 * dt
        quiet[1:] &= ~fast
        quiet[:-1] &= ~fast
    apart = lambda a, b: 1e3 * largest(np.abs(ends[(*a, c)] - ends[(*b, c)])[quiet].max() for c in columns)

    def in_time(a, b):
        both = [(ends[(*a, c, "spikes")], ends[(*b, c, "spikes")]) for c in spiking]
        return 1e3 * largest(np.abs(x[: len(y)] - y[: len(x)]).max(initial=0.0) for x, y in both)

    number = sum(len(ends["auto", 0, c, "spikes"]) for c in spiking)
    unit = "ms" if spiking else "mV"
    order = np.log2(differences[-2] / differences[-1])
    shown = " | ".join(f"{d:.3g}" for d in differences)
    auto, neuron = ("auto", 0), ("neuron-jnml", 0)
    own = max(apart(auto, ("auto", 1)), apart(neuron, ("neuron-jnml", 1)))
    time = f"{in_time(auto, neuron):.2g}" if spiking else "–"
    moved = f"{max(in_time(auto, ('auto', 1)), in_time(neuron, ('neuron-jnml', 1))):.2g}" if spiking else "–"
    note = "" if counts <= {True} else " spikes differ in number"
    return (f"| {name} | {dt} | {len(columns)}, {number} spikes | {unit} | {shown} | {order:.2f} "
            f"| {apart(auto, neuron):.1e} ({own:.1e}) | {time} ({moved}) |{note}")


def against_reference(options, name):
    dt, length = SMALL[name]
    path = options.models / CASES[name][0]
    true = simulate(options.nml, path, "reference", dt, length)
    found = []
    for halving in range(options.halvings + 1):
        run = simulate(options.nml, path, "auto", dt / 2**halving, length)
        found.append(1e3 * largest(np.abs(run[c][:: 2**halving] - true[c]).max() for c in true if c in run))
    shown = " | ".join(f"{d:.3g}" for d in found)
    return f"| {name} | {dt} | {length} | {len(true)} | {shown} | {np.log2(found[-2] / found[-1]):.2f} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("nml", type=Path)
    parser.add_argument("models", type=Path)
    parser.add_argument("--only", nargs="+")
    parser.add_argument("--halvings", type=int, default=3)
    parser.add_argument("--reference", action="store_true")
    options = parser.parse_args()
    steps = " | ".join("dt" if h == 0 else f"dt/{2**h}" for h in range(options.halvings + 1))
    if options.reference:
        print(f"| model | dt, ms | length, ms | potentials | {steps} | order |")
        print("|---|--:|--:|--:|" + "--:|" * (options.halvings + 1) + "--:|", flush=True)
        for name in SMALL:
            if not options.only or name in options.only:
                print(against_reference(options, name), flush=True)
        return
    print(f"| model | dt, ms | potentials | | {steps} | order | limits apart, mV (moved by) | in spikes, µs (moved by) |")
    print("|---|--:|---|---|" + "--:|" * (options.halvings + 1) + "--:|--:|--:|", flush=True)
    for name in CASES:
        if options.only and name not in options.only:
            continue
        try:
            print(case(options, name), flush=True)
        except RuntimeError as fault:
            print(f"| {name} | {fault} |", flush=True)


if __name__ == "__main__":
    main()
