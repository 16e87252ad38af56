#!/usr/bin/env python3
"""Compares compartments with NEURON's: count, parent, area, axial resistance, path length, densities.

  geometry.py PRINTER JNEUROML_JAR CORPUS [--python PYTHON] [--only NAME] [--work FOLDER] [--densities]
  geometry.py PRINTER JNEUROML_JAR --file CELL_FILE [--save TABLE] ...

PRINTER       the example `compartments` of nml-flat (cargo build -p nml-flat --example compartments)
JNEUROML_JAR  jNeuroML-*-jar-with-dependencies.jar
CORPUS        a folder with the repositories named in CELLS below it
PYTHON        an interpreter that has NEURON (default: this one); `nrnivmodl` is looked for beside it

jNeuroML exports each cell to NEURON; the exported program builds it there, and both tables are compared node by node.
Channels do not matter for shapes, so the cell that both sides get has none, or, with --densities, one
gateless channel per density element (fixed reversal only), so that densities can be compared too.
Prints a Markdown table; exits 1 where anything differs by more than the tolerance.
"""
import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CELLS = {
    "NML2 simple": "NeuroML2/examples/NML2_SimpleMorphology.nml",
    "NML2 inhomogeneous": "NeuroML2/examples/NML2_InhomogeneousParams.nml",
    "ACnet2 pyr_4_sym": "ACnet2/neuroConstruct/generatedNeuroML2/pyr_4_sym.cell.nml",
    "ACnet2 bask": "ACnet2/neuroConstruct/generatedNeuroML2/bask.cell.nml",
    "CA1": "CA1PyramidalCell/neuroConstruct/generatedNeuroML2/CA1.cell.nml",
    "Hay L5PC": "org.neuroml.export/src/test/resources/examples/L5PC.cell.nml",
    "pyrComplex": "org.neuroml.export/src/test/resources/examples/pyrComplex.cell.nml",
    "ShapedCell": "org.neuroml.export/src/test/resources/examples/ShapedCell.cell.nml",
    "L23PyrRS": "org.neuroml.export/src/test/resources/examples/L23PyrRS.nml",
    "Neurolucida": "org.neuroml.export/src/test/resources/examples/cell2_fromNeurolucida.nml",
    "HL23PYR": "pyNeuroML/tests/plot/L23-example/HL23PYR.cell.nml",
    "HL23PV": "pyNeuroML/tests/plot/L23-example/HL23PV.cell.nml",
    "Allen 497232312": "pyNeuroML/tests/plot/Cell_497232312.cell.nml",
    "Purkinje": "pyNeuroML/examples/test_data/Purk2M9s.nml",
    "c302 PVDR": "c302/c302/NeuroML2/PVDR.cell.nml",
    "c302 AVBL": "c302/c302/NeuroML2/AVBL.cell.nml",
}

# Points and diameters are float32 on both sides; NEURON keeps what it derives from them in float64.
TOLERANCE = 1e-6

# Runs inside NEURON.
PROBE = r'''
import sys
from neuron import h
h.load_file("stdrun.hoc")
h.load_file(sys.argv[1])
cell = getattr(h, sys.argv[2])()
name = lambda section: section.name().split(".")[-1]
sections = list(h.allsec())
root = [s for s in sections if s.parentseg() is None][0]
h.distance(0, root(0))
for s in sections:
    parent = s.parentseg()
    shown = "-\t0" if parent is None else "%s\t%.17g" % (name(parent.sec), parent.x)
    print("S", name(s), s.nseg, "%.17g" % s.L, shown, sep="\t")
    for g in s.allseg():
        if g.x == 0:
            continue
        inside = g.x < 1
        area = g.area() if inside else 0.0
        print("N", name(s), "%.17g" % g.x, "%.17g" % area, "%.17g" % g.ri(),
              "%.17g" % h.distance(g), "%.17g" % (g.cm if inside else 0.0), sep="\t")
        for m in (g if inside else ()):
            if m.name().startswith("nml_channel_"):
                print("D", m.name(), name(s), "%.17g" % g.x, "%.17g" % m.gmax, sep="\t")
'''


def reduced(source, with_densities):
    """The cell alone, without channels of its own; its id, and the ids of the densities left."""
    text = re.sub(r"<!--.*?-->", "", source, flags=re.S)
    cell = re.search(r"<(cell|cell2CaPools)\b.*?</\1>", text, re.S)[0]
    outside = {}
    for kind in ("morphology", "biophysicalProperties"):
        named = re.search(rf'<cell\b[^>]*\b{kind}="([^"]+)"', cell)
        if named:
            found = re.search(rf'<{kind}\s+id="{re.escape(named[1])}".*?</{kind}>', text, re.S)
            outside[kind] = found[0] if found else ""
    whole = cell + outside.get("biophysicalProperties", "")
    name = re.search(r'<cell\w*\b[^>]*?\bid\s*=\s*"([^"]+)"', cell)[1]
    cell = re.sub(r"<biophysicalProperties.*?</biophysicalProperties\w*>", "", cell, flags=re.S)
    cell = re.sub(r'(<cell\b[^>]*?)\sbiophysicalProperties="[^"]*"', r"\1", cell)
    cell = cell.replace("cell2CaPools", "cell")
    find = lambda tag: re.findall(rf"<{tag}\b[^>]*?/>", whole)
    channels, densities = [], []
    if with_densities:
        elements = re.findall(r"<channelDensity\b[^>]*?/>", whole)
        elements += re.findall(r"<channelDensityNonUniform\b.*?</channelDensityNonUniform>", whole, re.S)
        for i, element in enumerate(elements):
            channel = f"nml_channel_{i}"
            element = re.sub(r'\bid="[^"]*"', f'id="{channel}"', element, count=1)
            element = re.sub(r'ionChannel="[^"]*"', f'ionChannel="{channel}"', element)
            element = re.sub(r'\bion="[^"]*"', 'ion="non_specific"', element)
            densities.append(element)
            channels.append(f'<ionChannelHH id="{channel}" conductance="1pS"/>')
    membrane = find("specificCapacitance") or ['<specificCapacitance value="1 uF_per_cm2"/>']
    if 'segmentGroup="soma_group"' in membrane[0] and len(membrane) == 1:
        membrane = [re.sub(r'\ssegmentGroup="[^"]*"', "", membrane[0])]
    inside = find("resistivity") or ['<resistivity value="100 ohm_cm"/>']
    biophysics = (
        '<biophysicalProperties id="b"><membraneProperties>' + "".join(densities)
        + '<spikeThresh value="0mV"/>' + "".join(membrane)
        + '<initMembPotential value="-65mV"/></membraneProperties><intracellularProperties>'
        + "".join(inside) + "</intracellularProperties></biophysicalProperties></cell>"
    )
    cell = cell.replace("</cell>", biophysics)
    return (
        '<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="d">' + "".join(channels)
        + outside.get("morphology", "") + cell
        + f'<network id="net"><population id="pop" component="{name}" size="1"/></network></neuroml>'
    ), name


LEMS = """<Lems><Target component="sim"/><Include file="Cells.xml"/><Include file="Networks.xml"/>
<Include file="Simulation.xml"/><Include file="model.nml"/>
<Simulation id="sim" length="1ms" step="0.1ms" target="net"/></Lems>"""


def run(command, folder, log):
    with open(folder / log, "w") as out:
        done = subprocess.run([str(c) for c in command], cwd=folder, stdout=subprocess.PIPE, stderr=out, text=True)
    (folder / (log + ".out")).write_text(done.stdout)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed, see {folder / log}")
    return done.stdout


def table(text):
    sections, nodes, densities = {}, {}, {}
    for line in text.splitlines():
        kind, *parts = line.split("\t")
        if kind == "S":
            sections[parts[0]] = (int(parts[1]), float(parts[2]), parts[3], float(parts[4]))
        elif kind == "N":
            nodes[parts[0], round(float(parts[1]), 9)] = [float(p) for p in parts[2:]]
        elif kind == "D" and float(parts[3]) != 0.0:
            densities[parts[0], parts[1], round(float(parts[2]), 9)] = float(parts[3])
    return sections, nodes, densities


def relative(a, b):
    return abs(a - b) / max(abs(a), abs(b), 1e-300) if a != b else 0.0


def compare(ours, theirs):
    """The largest relative differences, and what does not fit at all."""
    faults = []
    (s1, n1, d1), (s2, n2, d2) = ours, theirs
    for name in sorted(s1.keys() ^ s2.keys())[:3]:
        faults.append(f"section {name} on one side only")
    parents = 0
    for name in s1.keys() & s2.keys():
        (count1, _, parent1, at1), (count2, _, parent2, at2) = s1[name], s2[name]
        if count1 != count2:
            faults.append(f"{name}: {count1} compartments, NEURON {count2}")
        # The node that the section hangs on, as NEURON finds it.
        node = lambda at, n: at if at in (0.0, 1.0) else int(at * n)
        hangs = parent1 == parent2 and (parent1 == "-" or node(at1, s1[parent1][0]) == node(at2, s2[parent2][0]))
        if hangs:
            parents += 1
        else:
            faults.append(f"{name} hangs on {parent1}({at1}), NEURON {parent2}({at2})")
    worst = [0.0] * 4
    for key in n1.keys() & n2.keys():
        for i in range(4):
            worst[i] = max(worst[i], relative(n1[key][i], n2[key][i]))
    if n1.keys() != n2.keys():
        faults.append(f"{len(n1.keys() ^ n2.keys())} nodes on one side only")
    density = 0.0
    for key in d1.keys() | d2.keys():
        density = max(density, relative(d1.get(key, 0.0), d2.get(key, 0.0)))
    for what, value in zip(("area", "resistance", "path", "capacitance"), worst):
        if value > TOLERANCE:
            faults.append(f"{what} differs by {value:.1e}")
    if density > TOLERANCE:
        faults.append(f"densities differ by {density:.1e}")
    return worst, density, parents, faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("printer", type=Path)
    parser.add_argument("jar", type=Path)
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--only")
    parser.add_argument("--file", type=Path)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--save", type=Path, help="keep NEURON's table of the last cell")
    parser.add_argument("--densities", action="store_true")
    options = parser.parse_args()
    work = options.work or Path(tempfile.mkdtemp())
    cells = {options.file.stem: options.file} if options.file else {
        name: options.corpus / path for name, path in CELLS.items() if options.only in (None, name)
    }
    print("| cell | sections | compartments | parents equal | area | resistance | path | capacitance | densities | |")
    print("|---|---|---|---|---|---|---|---|---|---|", flush=True)
    failed = False
    for name, path in cells.items():
        folder = work / re.sub(r"\W", "_", name)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        document, cell = reduced(path.read_text(errors="replace"), options.densities)
        (folder / "model.nml").write_text(document)
        (folder / "LEMS_model.xml").write_text(LEMS)
        (folder / "probe.py").write_text(PROBE)
        try:
            run(["java", "-Xmx3G", "-Djava.awt.headless=true", "-jar", options.jar.resolve(),
                 "LEMS_model.xml", "-neuron", "-nogui"], folder, "export.log")
            if options.densities:
                run([Path(options.python).parent / "nrnivmodl"], folder, "nrnivmodl.log")
            theirs = run([options.python, "probe.py", f"{cell}.hoc", cell], folder, "neuron.log")
            ours = run([options.printer.resolve(), "model.nml", cell], folder, "nml.log")
        except RuntimeError as error:
            print(f"| {name} | {error} |", flush=True)
            failed = True
            continue
        if options.save:
            kept = [line for line in theirs.splitlines() if line[:2] in ("S\t", "N\t", "D\t")]
            options.save.write_text("\n".join(kept) + "\n")
        ours, theirs = table(ours), table(theirs)
        worst, density, parents, faults = compare(ours, theirs)
        failed |= bool(faults)
        count = sum(s[0] for s in theirs[0].values())
        density = f"{density:.0e} ({len(theirs[2])})" if options.densities else "–"
        numbers = " | ".join(f"{w:.0e}" for w in worst)
        print(f"| {name} | {len(theirs[0])} | {count} | {parents} | {numbers} | {density} | {'; '.join(faults[:4])} |", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
