#!/usr/bin/env python3
"""Times `nml validate` against jNeuroML's `-validate` in one run, whole processes, CPU seconds.

  validate.py NML JNEUROML_JAR CORPUS [--runs N] [--connections N]

NML           the release binary (target/release/nml)
JNEUROML_JAR  jNeuroML-*-jar-with-dependencies.jar
CORPUS        a folder of models with NeuroML2/ and org.neuroml.export/ below it

Prints a Markdown table: the median of N runs of each command, CPU (user + system) and wall seconds,
peak memory, and the ratio.  Then the whole corpus in one call, and a generated network.
"""
import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def once(command):
    """Runs a command; returns CPU seconds, wall seconds and peak resident MiB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode not in (0, 1):
        sys.exit(f"{command} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024


def median(command, runs):
    rows = [once(command) for _ in range(runs)]
    return [statistics.median(column) for column in zip(*rows)]


def network(path, connections):
    """Writes a network of two populations with that many weighted connections."""
    draw = random.Random(1)
    cell = ('<iafCell id="iaf" leakReversal="-50mV" thresh="-55mV" reset="-70mV" C="0.2nF"'
            ' leakConductance="0.01uS"/>')
    with open(path, "w") as out:
        out.write('<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="big">\n'
                  '<expOneSynapse id="syn" gbase="1nS" erev="0mV" tauDecay="3ms"/>\n'
                  f'{cell}\n<network id="net">\n<population id="pre" component="iaf" size="10000"/>\n'
                  '<population id="post" component="iaf" size="10000"/>\n'
                  '<projection id="proj" presynapticPopulation="pre" postsynapticPopulation="post"'
                  ' synapse="syn">\n')
        for i in range(connections):
            out.write(f'<connectionWD id="{i}" preCellId="../pre[{draw.randrange(10000)}]"'
                      f' postCellId="../post[{draw.randrange(10000)}]" weight="{draw.random():.4f}"'
                      f' delay="{draw.random() * 5:.2f}ms"/>\n')
        out.write("</projection>\n</network>\n</neuroml>\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("nml")
    parser.add_argument("jar")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--connections", type=int, default=1_000_000)
    options = parser.parse_args()
    java = ["java", "-Xmx400M", "-cp", options.jar, "org.neuroml.JNeuroML", "-validate"]
    ours = [options.nml, "validate"]
    files = [
        ("4 KB", options.corpus / "NeuroML2/examples/NML2_FullCell.nml"),
        ("1.9 MB", options.corpus / "org.neuroml.export/src/test/resources/examples/cell2_fromNeurolucida.nml"),
    ]
    print("| file | jNeuroML CPU s | nml CPU s | ratio | jNeuroML wall s | nml wall s | jNeuroML MiB | nml MiB |")
    print("|---|---|---|---|---|---|---|---|")
    for label, path in files:
        theirs, own = median(java + [str(path)], options.runs), median(ours + [str(path)], options.runs * 4)
        print(f"| {label} {path.name} | {theirs[0]:.3f} | {own[0]:.4f} | {theirs[0] / max(own[0], 1e-4):.0f}"
              f" | {theirs[1]:.3f} | {own[1]:.4f} | {theirs[2]:.0f} | {own[2]:.0f} |")
    cpu, wall, peak = median(ours + [str(options.corpus)], options.runs)
    size = sum(f.stat().st_size for f in options.corpus.rglob("*.nml"))
    print(f"\nwhole corpus in one call ({size / 1e6:.0f} MB of .nml): {wall:.2f} s wall, {cpu:.2f} s CPU, {peak:.0f} MiB")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "network.nml"
        network(path, options.connections)
        size = path.stat().st_size / 1e6
        cpu, wall, peak = median(ours + [str(path)], options.runs)
        print(f"generated network, {options.connections} connections, {size:.0f} MB:"
              f" {wall:.2f} s wall = {size / wall:.0f} MB/s, {cpu:.2f} s CPU,"
              f" {peak:.0f} MiB = {peak * 1.048576 / size:.1f} times its size")


if __name__ == "__main__":
    main()
