#!/usr/bin/env python3
"""Measures the memory of a large network of shaped cells: 1000 cells of 100 compartments with the channels of Hodgkin
and Huxley, joined at random places by 10 million synapses with weights and delays, in NeuroML HDF5.

  large_network.py [--cells N] [--synapses N] write FOLDER
  large_network.py [--cells N] [--synapses N] measure NML FOLDER

The cells are those of ring_model.py.  `measure` runs the network, the same without synapses, and that with half the
cells, for two steps, and prints the peak memory of each and what a compartment and a synapse take.
"""
import argparse
import json
import subprocess
from pathlib import Path

from ring_model import network

ATTRIBUTES = ("pre_cell_id", "post_cell_id", "post_segment_id", "post_fraction_along", "weight", "delay")


def write(folder, cells, synapses, seed=3):
    import h5py
    import numpy as np

    folder.mkdir(parents=True, exist_ok=True)
    text = network(cells)
    parts = text[: text.index("<network ")] + "</neuroml>\n"
    (folder / "cells.nml").write_text(parts)
    random = np.random.default_rng(seed)
    with h5py.File(folder / "large.net.nml.h5", "w") as file:
        top = file.create_group("neuroml")
        top.attrs["id"] = "large"
        top.attrs["neuroml_top_level"] = (
            '<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="large"><include href="cells.nml"/></neuroml>'
        )
        net = top.create_group("network")
        net.attrs["id"] = "net"
        population = net.create_group("population_ring")
        population.attrs.update(id="ring", component="neuron", size=str(cells))
        start = net.create_group("population_start")
        start.attrs.update(id="start", component="first", size="1")
        if not synapses:
            return
        projection = net.create_group("projection_all")
        projection.attrs.update(id="all", type="projection", presynapticPopulation="ring",
                                postsynapticPopulation="ring", synapse="syn")
        table = projection.create_dataset("all", shape=(synapses, len(ATTRIBUTES)), dtype=np.float32)
        for at, name in enumerate(ATTRIBUTES):
            table.attrs[f"column_{at}"] = name
        for first in range(0, synapses, 1 << 20):
            rows = np.empty((min(1 << 20, synapses - first), len(ATTRIBUTES)), dtype=np.float32)
            count = len(rows)
            rows[:, 0] = random.integers(0, cells, count)
            rows[:, 1] = random.integers(0, cells, count)
            rows[:, 2] = random.integers(0, 12, count)
            rows[:, 3] = random.integers(1, 100, count) / 100
            rows[:, 4] = random.integers(1, 33, count) / 3200
            rows[:, 5] = random.integers(1, 101, count) / 10
            table[first : first + count] = rows


def peak(nml, folder):
    """Peak memory in bytes, seconds to the first step, what was taken together."""
    command = [str(nml), "simulate", str(folder / "large.net.nml.h5"), "--duration", "0.05ms", "--dt", "0.025ms",
               "--record", "ring[0]/v", "-o", str(folder / "out"), "-q"]
    # A process started from here counts the memory of this one as its own; one started from `time` does not.
    said = folder / "peak.txt"
    subprocess.run(["/usr/bin/time", "-f", "%M", "-o", str(said), *command], check=True)
    record = json.loads(next((folder / "out").glob("*.run.json")).read_text())
    return int(said.read_text()) * 1024, record["this_time"]["before_first_step_s"], record["run"]["synapses_taken_together"]


def measure(nml, folder, cells, synapses):
    found = {}
    for name, (c, s) in {
        "whole": (cells, synapses), "no synapses": (cells, 0), "half the cells": (cells // 2, 0),
    }.items():
        write(folder, c, s)
        memory, seconds, merged = peak(nml, folder)
        found[name] = memory
        print(f"{name}: {c} cells, {c * 100} compartments, {s} synapses: {memory / 1e6:.0f} MB,"
              f" {seconds:.2f} s to the first step, {merged}")
    each = (found["no synapses"] - found["half the cells"]) / (cells // 2 * 100)
    print(f"a compartment takes {each:.0f} bytes")
    if synapses:
        print(f"a synapse takes {(found['whole'] - found['no synapses']) / synapses:.1f} bytes at the peak")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cells", type=int, default=1000)
    parser.add_argument("--synapses", type=int, default=10_000_000)
    what = parser.add_subparsers(dest="what", required=True)
    what.add_parser("write").add_argument("folder", type=Path)
    measuring = what.add_parser("measure")
    measuring.add_argument("nml", type=Path)
    measuring.add_argument("folder", type=Path)
    options = parser.parse_args()
    if options.what == "write":
        write(options.folder, options.cells, options.synapses)
    else:
        measure(options.nml.resolve(), options.folder, options.cells, options.synapses)
