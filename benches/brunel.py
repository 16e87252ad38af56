#!/usr/bin/env python3
"""The network of Brunel (2000) with delta synapses, in `nml`, NEST and Brian 2; writes a table in Markdown.

  brunel.py [--excitatory N] [--length MS] write FOLDER
  brunel.py [--excitatory N] [--length MS] compare NML [--nest PYTHON NEST_PY] [--brian PYTHON BRIAN_PY] [--runs N]

10 000 leaky integrate-and-fire cells, four fifths of them excitatory, each with 1000 incoming connections drawn at
random, 10 million in all: g = 5, eta = 2, J = 0.1 mV, delay 1.5 ms, steps of 0.1 ms.  FOLDER gets

  brunel.types.xml    the cell and the two relays, LEMS component types of this file
  brunel.net.nml.h5   the network as NeuroML HDF5, 32-bit floats in rows, as libNeuroML writes it
  LEMS_brunel.xml     the run

`v = v + J` on an event is no synapse of NeuroML, so the cell has ports of its own, `excitatory` and `inhibitory`.
What a projection of NeuroML attaches to a cell is a synapse; here it is one without states and currents that passes
each spike on to a port of the cell around it, by the `Structure` with which the standard connects a mechanism of
plasticity to its synapse: `With instance="parent"` and an `EventConnection`.

External spikes are counts per step, Poisson numbers by inversion of one uniform number, in every cell.

NEST_PY and BRIAN_PY are scripts that run the same network and print a report as JSON: `Mev_per_cpu_s`, `rate`, `rss`,
`build`; Brian's own clock of its last run as `brian_last_run_s`.
"""
import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

STEP, DELAY = 0.1, 1.5  # ms
TERMS = 12  # a Poisson number of mean 2 is larger once in five million draws
WARM = 100.0  # ms before rates are taken


def types(poisson_mean):
    cumulative = ['<DerivedParameter name="p0" dimension="none" value="exp(-mean)"/>']
    term = "exp(-mean)"
    for k in range(1, TERMS):
        term += f" * mean / {k}"
        cumulative.append(f'<DerivedParameter name="p{k}" dimension="none" value="p{k - 1} + {term}"/>')
    cumulative = "\n    ".join(cumulative)
    cases = [f'<Case condition="u .lt. p{k}" value="{k}"/>' for k in range(TERMS)]
    cases = "\n        ".join([*cases, f'<Case value="{TERMS}"/>'])
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Lems>
  <ComponentType name="deltaCell" extends="baseCellMembPot"
                 description="Leaky integrate-and-fire cell whose potential jumps with every spike that comes in">
    <Parameter name="tau" dimension="time"/>
    <Parameter name="refract" dimension="time"/>
    <Parameter name="thresh" dimension="voltage"/>
    <Parameter name="reset" dimension="voltage"/>
    <Parameter name="jump" dimension="voltage" description="of a spike from outside or from an excitatory cell"/>
    <Parameter name="g" dimension="none" description="jump of an inhibitory spike, in units of the other"/>
    <Parameter name="mean" dimension="none" description="spikes from outside per step"/>
    {cumulative}
    <EventPort name="excitatory" direction="in"/>
    <EventPort name="inhibitory" direction="in"/>
    <Attachments name="synapses" type="baseSynapse"/>
    <Dynamics>
      <StateVariable name="v" dimension="voltage" exposure="v"/>
      <StateVariable name="lastSpikeTime" dimension="time"/>
      <DerivedVariable name="u" dimension="none" value="random(1)"/>
      <ConditionalDerivedVariable name="count" dimension="none">
        {cases}
      </ConditionalDerivedVariable>
      <Regime name="refractory">
        <OnEntry>
          <StateAssignment variable="lastSpikeTime" value="t"/>
          <StateAssignment variable="v" value="reset"/>
        </OnEntry>
        <OnCondition test="t .gt. lastSpikeTime + refract">
          <Transition regime="integrating"/>
        </OnCondition>
      </Regime>
      <Regime name="integrating" initial="true">
        <TimeDerivative variable="v" value="-v / tau"/>
        <OnCondition test="count .gt. 0">
          <StateAssignment variable="v" value="v + count * jump"/>
        </OnCondition>
        <OnCondition test="v .gt. thresh">
          <EventOut port="spike"/>
          <Transition regime="refractory"/>
        </OnCondition>
        <OnEvent port="excitatory">
          <StateAssignment variable="v" value="v + jump"/>
        </OnEvent>
        <OnEvent port="inhibitory">
          <StateAssignment variable="v" value="v - g * jump"/>
        </OnEvent>
      </Regime>
    </Dynamics>
  </ComponentType>
  <ComponentType name="spikeRelay" extends="baseSynapse" description="Passes spikes on to a port of the cell">
    <Text name="port"/>
    <EventPort name="relay" direction="out"/>
    <Dynamics>
      <DerivedVariable name="i" dimension="current" exposure="i" value="0"/>
      <OnEvent port="in">
        <EventOut port="relay"/>
      </OnEvent>
    </Dynamics>
    <Structure>
      <With instance="this" as="a"/>
      <With instance="parent" as="b"/>
      <EventConnection from="a" to="b" sourcePort="relay" targetPort="port"/>
    </Structure>
  </ComponentType>
  <deltaCell id="lif" tau="20ms" refract="2ms" thresh="20mV" reset="10mV" jump="0.1mV" g="5" mean="{poisson_mean}"/>
  <spikeRelay id="excite" port="excitatory"/>
  <spikeRelay id="inhibit" port="inhibitory"/>
</Lems>
"""


def write(folder, excitatory, length, seed=12):
    import h5py
    import numpy as np

    folder.mkdir(parents=True, exist_ok=True)
    size = {"E": excitatory, "I": excitatory // 4}
    indegree = {"E": excitatory // 10, "I": excitatory // 40}
    eta, jump, thresh = 2.0, 0.1, 20.0
    # The rate at which a cell without recurrence just reaches its threshold is thresh / (jump tau).
    mean = eta * thresh / (jump * 20.0) * STEP
    (folder / "brunel.types.xml").write_text(types(mean))
    random = np.random.default_rng(seed)
    with h5py.File(folder / "brunel.net.nml.h5", "w") as file:
        top = file.create_group("neuroml")
        top.attrs["id"] = "brunel"
        network = top.create_group("network")
        network.attrs["id"] = "brunel_network"
        for name, count in size.items():
            population = network.create_group(f"population_{name}")
            population.attrs["id"] = name
            population.attrs["component"] = "lif"
            population.attrs["size"] = str(count)
        for pre in "EI":
            for post in "EI":
                name = f"{pre}to{post}"
                projection = network.create_group(f"projection_{name}")
                for key, value in {
                    "id": name, "type": "projection", "presynapticPopulation": pre,
                    "postsynapticPopulation": post, "synapse": "excite" if pre == "E" else "inhibit",
                }.items():
                    projection.attrs[key] = value
                rows = np.empty((size[post] * indegree[pre], 3), dtype=np.float32)
                rows[:, 0] = random.integers(0, size[pre], len(rows))
                rows[:, 1] = np.repeat(np.arange(size[post]), indegree[pre])
                rows[:, 2] = DELAY
                table = projection.create_dataset(name, data=rows)
                for at, column in enumerate(("pre_cell_id", "post_cell_id", "delay")):
                    table.attrs[f"column_{at}"] = column
    selections = "\n      ".join(
        f'<EventSelection id="{at}" select="{name}[{index}]" eventPort="spike"/>'
        for at, (name, index) in enumerate((n, i) for n in "EI" for i in range(size[n]))
    )
    (folder / "LEMS_brunel.xml").write_text(f"""<Lems>
  <Target component="sim"/>
  <Include file="Cells.xml"/>
  <Include file="Networks.xml"/>
  <Include file="Simulation.xml"/>
  <Include file="brunel.types.xml"/>
  <Include file="brunel.net.nml.h5"/>
  <Simulation id="sim" length="{length}ms" step="{STEP}ms" target="brunel_network" seed="12">
    <EventOutputFile id="spikes" fileName="brunel.spikes" format="ID_TIME">
      {selections}
    </EventOutputFile>
  </Simulation>
</Lems>
""")


def process(command, folder=None):
    """CPU seconds, peak memory in MB, what it said."""
    # A process started from here counts the memory of this one as its own; one started from `time` does not.
    with tempfile.NamedTemporaryFile("r") as spent:
        measured = ["/usr/bin/time", "-f", "%U %S %M", "-o", spent.name, *command]
        done = subprocess.run(measured, capture_output=True, text=True, cwd=folder)
        if done.returncode != 0:
            sys.exit(f"{command[0]} failed: {done.stderr[-2000:]}")
        user, system, most = map(float, Path(spent.name).read_text().split())
        return user + system, most / 1024, done.stdout


def spikes(path, cells, start, end):
    """Rate in Hz, mean coefficient of variation of the intervals, and number of spikes in a window in s."""
    import numpy as np

    cell, time = np.loadtxt(path, unpack=True)
    kept = (time > start + 1e-9) & (time <= end + 1e-9)
    cell, time = cell[kept].astype(int), time[kept]
    order = np.lexsort((time, cell))
    cell, time = cell[order], time[order]
    interval, same = np.diff(time), np.diff(cell) == 0
    variation = []
    for one in range(0, cells, 10):
        own = interval[(cell[1:] == one) & same]
        if len(own) > 4:
            variation.append(own.std() / own.mean())
    return len(time) / cells / (end - start), float(np.mean(variation)), len(time)


def ours(nml, folder, cells, length, threads):
    """A run to the end of the warming up, and one longer by `length`; the difference is stepping alone."""
    cpu, memory, said = [], 0, []
    for duration in (WARM, WARM + length):
        out = folder / "out"
        command = [str(nml), "simulate", str(folder / "LEMS_brunel.xml"), "-o", str(out), "-q",
                   "--duration", f"{duration}ms", "--threads", str(threads)]
        used, most, _ = process(command)
        cpu.append(used)
        memory = max(memory, most)
        said.append(json.loads((out / "LEMS_brunel.run.json").read_text())["this_time"])
    rate, variation, count = spikes(out / "brunel.spikes", cells, WARM / 1e3, (WARM + length) / 1e3)
    return {
        "name": "nml, 1 thread" if threads == 1 else f"nml, {threads} threads",
        "rate": rate, "variation": variation, "events": count * cells // 10, "cpu": cpu[1] - cpu[0],
        "wall": said[1]["stepping_s"] - said[0]["stepping_s"],
        "build": said[1]["before_first_step_s"], "memory": memory,
    }


def peer(name, python, script, excitatory, length):
    _, _, text = process([python, script, "--ne", str(excitatory), "-t", str(length)])
    said = json.loads(text.strip().splitlines()[-1])
    spent = said.get("brian_last_run_s") or said["cpu"]
    events = said["spikes"] * (excitatory // 8)
    if "brian_last_run_s" in said:
        # Its spikes are those of both runs, its clock that of the last one.
        events = events * length / (length + WARM)
    return {"name": name, "rate": said["rate"], "variation": None, "events": events, "cpu": spent,
            "wall": said["wall"], "build": said["build"], "memory": said["rss"]}


def compare(options):
    cells = options.excitatory * 5 // 4
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), options.excitatory, WARM + options.length)
        for threads in options.threads:
            runs = [ours(options.nml.resolve(), Path(folder), cells, options.length, threads) for _ in range(options.runs)]
            rows.append(min(runs, key=lambda run: run["cpu"]))
    for name, found in (("NEST", options.nest), ("Brian 2 C++", options.brian)):
        if found:
            runs = [peer(name, *found, options.excitatory, options.length) for _ in range(options.runs)]
            rows.append(min(runs, key=lambda run: run["cpu"]))
    print("| | rate Hz | CV | stepping CPU s | M events per core-second | build s | peak MB |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for row in rows:
        speed = row["events"] / row["cpu"] / 1e6
        variation = "–" if row["variation"] is None else f"{row['variation']:.2f}"
        print(f"| {row['name']} | {row['rate']:.1f} | {variation} | {row['cpu']:.2f} | {speed:.0f} |"
              f" {row['build']:.2f} | {row['memory']:.0f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--excitatory", type=int, default=8000)
    parser.add_argument("--length", type=float, default=1000.0, help="in ms")
    what = parser.add_subparsers(dest="what", required=True)
    what.add_parser("write").add_argument("folder", type=Path)
    against = what.add_parser("compare")
    against.add_argument("nml", type=Path)
    against.add_argument("--nest", nargs=2, metavar=("PYTHON", "NEST_PY"))
    against.add_argument("--brian", nargs=2, metavar=("PYTHON", "BRIAN_PY"))
    against.add_argument("--threads", type=int, nargs="+", default=[1])
    against.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    if options.what == "write":
        write(options.folder, options.excitatory, WARM + options.length)
    else:
        compare(options)


if __name__ == "__main__":
    main()
