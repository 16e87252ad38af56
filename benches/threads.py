#!/usr/bin/env python3
"""Times `nml simulate` by one thread and by two on networks of cells of 100 compartments, and holds their bytes against
each other with 1, 2, 3 and 7 threads; writes a table in Markdown.

  threads.py NML [--cells N] [--length MS] [--runs N]

The cells are those of ring_model.py.  In the first network spikes reach the next cell without delay and the cells are
joined by gap junctions besides; in the second there are spikes with a delay only.  Runs of one thread and of two take
turns, and of each the quickest counts, since others on the machine can only lengthen a run.
"""
import argparse
import hashlib
import json
import subprocess
import tempfile
from pathlib import Path

import ring_model


def joined(text, cells):
    """The ring with spikes that take no time, and a gap junction from each cell to the one after the next."""
    rows = "\n".join(
        f'<electricalConnection id="{i}" preCell="{i}" preSegment="1" postCell="{(i + 2) % cells}" postSegment="1" synapse="gap"/>'
        for i in range(cells)
    )
    projection = f'<electricalProjection id="gaps" presynapticPopulation="ring" postsynapticPopulation="ring">\n{rows}\n</electricalProjection>\n'
    text = text.replace('delay="5ms"', 'delay="0ms"')
    text = text.replace('<spikeArray id="first">', '<gapJunction id="gap" conductance="0.2nS"/>\n<spikeArray id="first">')
    return text.replace("</network>", projection + "</network>")


def run(nml, model, threads):
    """Seconds of stepping, and a hash of all that was written."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([nml, "simulate", str(model), "-o", folder, "--threads", str(threads), "-q"], check=True)
        written = sorted(path for path in Path(folder).iterdir() if not path.name.endswith(".run.json"))
        digest = hashlib.sha256(b"".join(path.read_bytes() for path in written)).hexdigest()
        record = json.loads(next(Path(folder).glob("*.run.json")).read_text())
        return record["this_time"]["stepping_s"], digest


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("nml")
    parser.add_argument("--cells", type=int, default=1000)
    parser.add_argument("--length", type=float, default=20.0, help="ms")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    print("| network | 1 thread, s | 2 threads, s | faster | bytes of 1, 2, 3 and 7 threads |")
    print("|---|--:|--:|--:|---|")
    for name in ["gap junctions, no delays", "delays of 5 ms"]:
        with tempfile.TemporaryDirectory() as folder:
            model = ring_model.write(options.cells, folder, options.length)
            if name.startswith("gap"):
                net = Path(folder) / "ring.net.nml"
                net.write_text(joined(net.read_text(), options.cells))
            took, digests = {1: [], 2: []}, set()
            for _ in range(options.runs):
                for threads in took:
                    seconds, digest = run(options.nml, model, threads)
                    took[threads].append(seconds)
                    digests.add(digest)
            digests |= {run(options.nml, model, threads)[1] for threads in (3, 7)}
        one, two = min(took[1]), min(took[2])
        print(f"| {name} | {one:.3f} | {two:.3f} | {one / two:.2f} | {'the same' if len(digests) == 1 else '**differ**'} |", flush=True)


if __name__ == "__main__":
    main()
