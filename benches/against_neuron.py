#!/usr/bin/env python3
"""Holds `--scheme neuron-jnml` against NEURON with the programs that jNeuroML writes, row by row.

  against_neuron.py NML MODELS --peers RUN_PY [--only NAME ...] [--keep FOLDER] [--reuse]

NML      the release binary (target/release/nml)
MODELS   a folder with the repositories named in CASES below it
RUN_PY   a script that exports, compiles and runs a file in NEURON (`RUN_PY FILE neuron --root FOLDER --name NAME`)
         and prints JSON with `ok` and `cwd`, the folder of the results
--keep   where our results go; a temporary folder otherwise
--reuse  takes the results of NEURON that RUN_PY left before, from FOLDER/NAME.peer.json of --keep

NEURON prints seven digits.  A number is right if it is at most two units of its seventh digit away; near a crossing
of zero, where a column passes through numbers much smaller than itself, at most two units of the seventh digit of
1/1000 of the column's largest number.  A spike is a rise through the middle of a column's range, of columns whose range
is above 0.02 (V).  Its sample is the first row above.  Prints a Markdown table.
"""
import argparse
import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

# Name: file, root of what it includes (below MODELS), whether it is a network.
CASES = {
    "Ex25_MultiComp": ("NeuroML2/LEMSexamples/LEMS_NML2_Ex25_MultiComp.xml", "NeuroML2", False),
    "m_in_b_in": ("NeuroML2/LEMSexamples/morphologies/LEMS_m_in_b_in.xml", "NeuroML2", False),
    "m_out_b_in": ("NeuroML2/LEMSexamples/morphologies/LEMS_m_out_b_in.xml", "NeuroML2", False),
    "m_out_b_out": ("NeuroML2/LEMSexamples/morphologies/LEMS_m_out_b_out.xml", "NeuroML2", False),
    "pyrfull_in": ("NeuroML2/LEMSexamples/morphologies/LEMS_pyrfull_in.xml", "NeuroML2", False),
    "pyrfull_out": ("NeuroML2/LEMSexamples/morphologies/LEMS_pyrfull_out.xml", "NeuroML2", False),
    "OnePyr": ("pyNeuroML/examples/tune/LEMS_OnePyr.xml", "pyNeuroML/examples/tune", False),
    "HH_single_compartment": (
        "Documentation/source/Userdocs/NML2_examples/LEMS_HH_single_compartment_example_sim.xml",
        "Documentation/source/Userdocs/NML2_examples", False),
    "OLM": ("Documentation/source/Userdocs/NML2_examples/LEMS_olm_example_sim.xml",
            "Documentation/source/Userdocs/NML2_examples", False),
    "SomeCells": ("org.neuroml.export/src/test/resources/examples/LEMS_SomeCells.xml",
                  "org.neuroml.export/src/test/resources/examples", False),
    "CA1 soma": ("CA1PyramidalCell/neuroConstruct/generatedNeuroML2/LEMS_CA1PyramidalCell.xml",
                 "CA1PyramidalCell/neuroConstruct/generatedNeuroML2", False),
    "BigCA1": ("CA1PyramidalCell/neuroConstruct/generatedNeuroML2/LEMS_BigCA1.xml",
               "CA1PyramidalCell/neuroConstruct/generatedNeuroML2", False),
    "GranuleCell": ("GranuleCell/neuroConstruct/generatedNeuroML2/LEMS_GranuleCell.xml",
                    "GranuleCell/neuroConstruct/generatedNeuroML2", False),
    "ACnet2 stimuli": ("ACnet2/neuroConstruct/generatedNeuroML2/LEMS_StimuliTest.xml",
                       "ACnet2/neuroConstruct/generatedNeuroML2", False),
    "ACnet2 basket": ("ACnet2/neuroConstruct/generatedNeuroML2/LEMS_BasketCell.xml",
                      "ACnet2/neuroConstruct/generatedNeuroML2", False),
    "ACnet2 two cells": ("ACnet2/neuroConstruct/generatedNeuroML2/LEMS_TwoCell.xml",
                         "ACnet2/neuroConstruct/generatedNeuroML2", True),
    "ACnet2 somata": ("ACnet2/neuroConstruct/generatedNeuroML2/LEMS_ACnet2.xml",
                      "ACnet2/neuroConstruct/generatedNeuroML2", True),
    "ACnet2 medium": ("ACnet2/neuroConstruct/generatedNeuroML2/LEMS_MediumNet.xml",
                      "ACnet2/neuroConstruct/generatedNeuroML2", True),
    "Wang-Buzsaki": ("WangBuzsaki1996/NeuroML2/LEMS/LEMS_WangBuzsaki.xml", "WangBuzsaki1996/NeuroML2", False),
    "Wang-Buzsaki, own types": ("WangBuzsaki1996/NeuroML2/LEMS_ComponentType/LEMS_WangBuzsaki.xml",
                                "WangBuzsaki1996/NeuroML2", False),
    "pyloric pacemaker": ("PyloricNetwork/neuroConstruct/generatedNeuroML2/LEMS_PyloricPacemakerNetwork.xml",
                          "PyloricNetwork/neuroConstruct/generatedNeuroML2", True),
    "c302 A Syns": ("c302/examples/LEMS_c302_A_Syns.xml", "c302", True),
    "c302 A IClamp": ("c302/examples/LEMS_c302_A_IClamp.xml", "c302", True),
    "c302 A Pharyngeal": ("c302/examples/LEMS_c302_A_Pharyngeal.xml", "c302", True),
    "c302 A Social": ("c302/examples/LEMS_c302_A_Social.xml", "c302", True),
    "c302 A Oscillator": ("c302/examples/LEMS_c302_A_Oscillator.xml", "c302", True),
    "c302 A Muscles": ("c302/examples/LEMS_c302_A_Muscles.xml", "c302", True),
    "c302 A Full": ("c302/examples/LEMS_c302_A_Full.xml", "c302", True),
    "c302 C Pharyngeal": ("c302/examples/LEMS_c302_C_Pharyngeal.xml", "c302", True),
    "c302 C1 Syns": ("c302/examples/LEMS_c302_C1_Syns.xml", "c302", True),
}


def rows(path):
    """The lines of a file of results, as texts of numbers."""
    return [line.split() for line in path.read_text().splitlines() if line.strip() and line[0] != "#"]


def unit(x):
    """One of the seventh digit of a number."""
    return 10.0 ** (math.floor(math.log10(abs(x))) - 6) if x else 0.0


def spikes(values):
    """The rows at which values rise through the middle of their range; none in columns that do not spike."""
    low, high = min(values), max(values)
    if high - low < 0.02:
        return []
    middle = (low + high) / 2
    return [k for k in range(1, len(values)) if values[k - 1] < middle <= values[k]]


class Found:
    """What two files, or all files of a model, have in common."""

    def __init__(self):
        self.rows = self.same = self.close = self.columns = self.spikes = self.spikes_same = 0
        self.units = self.volts = 0.0
        self.notes = []

    def file(self, name, ours, theirs):
        if len(ours) != len(theirs):
            self.notes.append(f"{name}: {len(ours)} rows, NEURON has {len(theirs)}")
        n = min(len(ours), len(theirs))
        if n == 0:
            return
        width = min(len(ours[0]), len(theirs[0]))
        numbers = [[[float(x) for x in row[1:width]] for row in table[:n]] for table in (ours, theirs)]
        largest = [max(abs(row[c]) for row in numbers[1]) for c in range(width - 1)]
        first = None
        for k in range(n):
            self.rows += 1
            if ours[k][:width] == theirs[k][:width]:
                self.same += 1
                self.close += 1
                continue
            good = True
            for a, b, size in zip(numbers[0][k], numbers[1][k], largest):
                if a != b:
                    apart = abs(a - b) / max(unit(b), unit(size * 1e-3), 1e-300)
                    self.units = max(self.units, apart)
                    self.volts = max(self.volts, abs(a - b) / max(size, 1e-300))
                    good &= apart < 2.5
            self.close += good
            if not good and first is None:
                first = k
        if first is not None:
            self.notes.append(f"{name}: from row {first} on")
        self.columns += width - 1
        for c in range(width - 1):
            mine, their = (spikes([row[c] for row in table]) for table in numbers)
            self.spikes += len(their)
            self.spikes_same += len(set(mine) & set(their))
            if len(mine) != len(their):
                self.notes.append(f"{name} column {c + 1}: {len(mine)} spikes, NEURON has {len(their)}")

    def events(self, name, ours, theirs):
        if ours != theirs:
            differ = sum(a != b for a, b in zip(ours, theirs)) + abs(len(ours) - len(theirs))
            self.notes.append(f"{name}: {differ} of {len(theirs)} events differ")


def compare(case, options, folder):
    path, root, _ = CASES[case]
    path, root = options.models / path, options.models / root
    name = "nrn_" + "".join(c if c.isalnum() else "_" for c in case)
    noted = folder / f"{name}.peer.json"
    if not (options.reuse and noted.exists()):
        command = [sys.executable, options.peers, path, "neuron", "--root", root, "--name", name, "--timeout", "1500"]
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
        noted.write_text(done.stdout)
    try:
        peer = json.loads(noted.read_text())
    except ValueError:
        return None, "NEURON did not run"
    if not peer.get("ok"):
        return None, f"NEURON: {peer.get('reason', 'no message')}"
    mine = folder / name
    command = [options.nml, "simulate", path, "-o", mine, "--scheme", "neuron-jnml"]
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if done.returncode != 0:
        return None, " ".join(done.stderr.split())[:300]
    found = Found()
    for output in peer["outputs"]:
        a, b = mine / output["file"], Path(peer["cwd"]) / output["file"]
        if not a.exists() or not b.exists():
            found.notes.append(f"{output['file']} is missing " + ("here" if b.exists() else "there"))
        elif output["kind"] == "EventOutputFile":
            found.events(output["file"], rows(a), rows(b))
        else:
            found.file(output["file"], rows(a), rows(b))
    return found, None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("nml", type=Path)
    parser.add_argument("models", type=Path)
    parser.add_argument("--peers", type=Path, required=True)
    parser.add_argument("--only", nargs="+")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--reuse", action="store_true")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    print("| model | rows | the same text | within 2 units | most units | of a column's largest | spikes | same sample | |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|---|", flush=True)
    for case in CASES:
        if options.only and case not in options.only:
            continue
        found, fault = compare(case, options, folder)
        if found is None:
            print(f"| {case} | – | – | – | – | – | – | – | {fault} |", flush=True)
            continue
        notes = "; ".join(found.notes[:4]) + ("; …" if len(found.notes) > 4 else "")
        print(f"| {case} | {found.rows} | {found.same} | {found.close} | {found.units:.3g} | {found.volts:.1e} "
              f"| {found.spikes} | {found.spikes_same} | {notes} |", flush=True)


if __name__ == "__main__":
    main()
