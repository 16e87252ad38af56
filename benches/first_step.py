#!/usr/bin/env python3
"""From file to first step: how long `nml simulate` reads, checks, cuts and compiles before it steps.

  first_step.py NML MODELS [--runs N]

NML      the release binary (target/release/nml)
MODELS   a folder with the repositories named in CELLS below it

Cells stand alone in a network at 34 degC made for them.  The least of N runs of: clock time from the start of the
process to the first step, which others on the machine lengthen; CPU time of the whole process with four steps.
"""
import argparse
import json
import os
import re
import subprocess
import tempfile
from pathlib import Path

CELLS = {
    "CA1": "CA1PyramidalCell/neuroConstruct/generatedNeuroML2/CA1.cell.nml",
    "CA1 with its network (LEMS_BigCA1)": "CA1PyramidalCell/neuroConstruct/generatedNeuroML2/LEMS_BigCA1.xml",
    "Hay L5PC": "org.neuroml.export/src/test/resources/examples/L5PC.cell.nml",
    "pyrComplex": "org.neuroml.export/src/test/resources/examples/pyrComplex.cell.nml",
    "pyr_4_sym": "ACnet2/neuroConstruct/generatedNeuroML2/pyr_4_sym.cell.nml",
    "bask": "ACnet2/neuroConstruct/generatedNeuroML2/bask.cell.nml",
}
NETWORK = """<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="w"><include href="{href}"/>
<network id="n" type="networkWithTemperature" temperature="34degC"><population id="p" component="{id}" size="1"/></network>
</neuroml>"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("nml", type=Path)
    parser.add_argument("models", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    print("| cell | instances | `auto`, ms | CPU, ms | `neuron-jnml`, ms | CPU, ms |")
    print("|---|--:|--:|--:|--:|--:|")
    for name, path in CELLS.items():
        path = (options.models / path).resolve()
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            model = path
            if path.suffix == ".nml":
                identifier = re.search(r'<cell\b[^>]*\bid="([^"]+)"', path.read_text())[1]
                model = folder / "w.net.nml"
                model.write_text(NETWORK.format(href=path, id=identifier))
            times, instances = [], "–"
            for scheme in ("auto", "neuron-jnml"):
                spent, cpu = [], []
                for _ in range(options.runs):
                    out = folder / "out"
                    command = [options.nml, "simulate", model, "-o", out, "--scheme", scheme]
                    command += ["--dt", "0.025ms", "--duration", "0.1ms"]
                    told = folder / "told"
                    with told.open("w") as file:
                        process = subprocess.Popen([str(c) for c in command], stdout=file, stderr=file)
                        _, status, used = os.wait4(process.pid, 0)
                        process.returncode = os.waitstatus_to_exitcode(status)
                    if process.returncode != 0:
                        break
                    counted = re.search(r"(\d[\d ]*) instances", told.read_text())
                    instances = counted[1].strip() if counted and scheme == "auto" else instances
                    record = max(out.glob("*.run.json"), key=lambda p: p.stat().st_mtime)
                    spent.append(1e3 * json.loads(record.read_text())["this_time"]["before_first_step_s"])
                    cpu.append(1e3 * (used.ru_utime + used.ru_stime))
                times += [f"{min(of):.1f}" if of else "–" for of in (spent, cpu)]
        print(f"| {name} | {instances} | {' | '.join(times)} |", flush=True)


if __name__ == "__main__":
    main()
