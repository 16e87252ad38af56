#!/usr/bin/env python3
"""Where cells go when they are cut finer: spikes and potentials against `--dx` and `--d-lambda`.

  refine.py NML MODELS [--only NAME ...]

NML      the release binary (target/release/nml)
MODELS   a folder with the repositories named in CASES below it

Needs numpy.

Each model runs with `auto` at a step small enough that its error does not show.  Of the first spiking potential: the
number of spikes, the first one and the last of those that all runs have.  Of a model that does not spike: the largest
and the last potential.  The last column is the order of the error along `--dx`, from the last three.
"""
import argparse
import math
import re
import subprocess
import tempfile
from pathlib import Path

import numpy as np

# Name: file, step in ms, length in ms.
CASES = {
    "Ex25_MultiComp": ("NeuroML2/LEMSexamples/LEMS_NML2_Ex25_MultiComp.xml", 0.01, 60),
    "pyr_4_sym (m_in_b_in)": ("NeuroML2/LEMSexamples/morphologies/LEMS_m_in_b_in.xml", 0.01, 130),
    "OnePyr": ("pyNeuroML/examples/tune/LEMS_OnePyr.xml", 0.01, 130),
    "ACnet2 basket": ("ACnet2/neuroConstruct/generatedNeuroML2/LEMS_BasketCell.xml", 0.01, 120),
    "BigCA1": ("CA1PyramidalCell/neuroConstruct/generatedNeuroML2/LEMS_BigCA1.xml", 0.01, None),
}
CUTS = [[], ["--d-lambda", "0.1"], ["--d-lambda", "0.03"], ["--d-lambda", "0.01"], ["--dx", "9"], ["--dx", "3"], ["--dx", "1"]]


def run(nml, path, dt, length, cut):
    with tempfile.TemporaryDirectory() as folder:
        command = [nml, "simulate", path, "-o", folder, "--format", "npz", "--dt", f"{dt}ms", *cut]
        if length:
            command += ["--duration", f"{length}ms"]
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(" ".join(done.stderr.split())[:200])
        counted = re.search(r"(\d[\d ]*) instances", done.stderr + done.stdout)
        found = []
        for file in sorted(Path(folder).rglob("*.npz")):
            table = np.load(file)
            names = [n for n in table.files if n not in ("t", "columns", "units", "ids")]
            found += [table[n] for n in names if -0.2 < table[n].min() < -0.03 and table[n].max() < 0.2]
        return counted[1].strip() if counted else "–", found


def spikes(v, dt):
    at = np.flatnonzero((v[:-1] < -0.02) & (v[1:] >= -0.02))
    return (at + (-0.02 - v[at]) / (v[at + 1] - v[at])) * dt


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("nml", type=Path)
    parser.add_argument("models", type=Path)
    parser.add_argument("--only", nargs="+")
    options = parser.parse_args()
    print("| model | cut | instances | spikes | first, ms | the last that all have, ms | largest, mV | at the end, mV |")
    print("|---|---|--:|--:|--:|--:|--:|--:|")
    for name, (path, dt, length) in CASES.items():
        if options.only and name not in options.only:
            continue
        runs = [run(options.nml, options.models / path, dt, length, cut) for cut in CUTS]
        spiking = next((c for c, v in enumerate(runs[0][1]) if len(spikes(v, dt))), 0)
        times = [spikes(found[spiking], dt) for _, found in runs]
        common = min(map(len, times))
        for cut, (instances, found), at in zip(CUTS, runs, times):
            v = 1e3 * found[spiking]
            first = f"{at[0]:.4f}" if len(at) else "–"
            last = f"{at[common - 1]:.4f}" if common else "–"
            print(f"| {name} | {' '.join(cut) or 'as written'} | {instances} | {len(at)} | {first} | {last} "
                  f"| {v.max():.4f} | {v[-1]:.4f} |", flush=True)
        what = [at[common - 1] if common else found[spiking][-1] for at, (_, found) in zip(times, runs)][-3:]
        known = what[0] != what[1] != what[2]
        order = math.log(abs((what[0] - what[1]) / (what[1] - what[2])), 3) if known else math.nan
        print(f"| {name} | order | | | | {order:.2f} | | |", flush=True)


if __name__ == "__main__":
    main()
