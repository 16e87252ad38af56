#!/usr/bin/env python3
"""Writes the ring benchmark as NeuroML: cells of 100 compartments with Hodgkin-Huxley channels everywhere.

  ring_model.py CELLS FOLDER [--length MS] [--dt MS]

A soma and 11 branches of 9 compartments each, as a binary tree; each cell's spikes reach the next cell after 5 ms.
The spike of a generator at 1 ms starts the ring 1 ms later.  Rates are those of Hodgkin and Huxley (1952) at 6.3
degC, shifted to a rest of -65 mV.  FOLDER gets ring.net.nml and LEMS_ring.xml.
"""
import argparse
from pathlib import Path

PARENTS = [None, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4]  # of branches; None is the soma
SOMA, LENGTH, DIAMETER, PIECES = 12.6157, 45.0, 1.0, 9


def gate(name, count, forward, reverse):
    rate = lambda tag, kind, rate, mid, scale: (
        f'<{tag} type="HH{kind}Rate" rate="{rate}per_ms" midpoint="{mid}mV" scale="{scale}mV"/>'
    )
    return (
        f'<gateHHrates id="{name}" instances="{count}">'
        f'{rate("forwardRate", *forward)}{rate("reverseRate", *reverse)}</gateHHrates>'
    )


def morphology():
    segments = [
        f'<segment id="0"><proximal x="0" y="0" z="0" diameter="{SOMA}"/>'
        f'<distal x="{SOMA}" y="0" z="0" diameter="{SOMA}"/></segment>'
    ]
    groups = ['<segmentGroup id="soma" neuroLexId="sao864921383"><member segment="0"/></segmentGroup>']
    end = {None: (0, SOMA)}
    for branch, parent in enumerate(PARENTS):
        at, x = end[parent]
        segment = branch + 1
        end[branch] = (segment, x + LENGTH)
        segments.append(
            f'<segment id="{segment}"><parent segment="{at}"/>'
            f'<proximal x="{x}" y="0" z="0" diameter="{DIAMETER}"/>'
            f'<distal x="{x + LENGTH}" y="0" z="0" diameter="{DIAMETER}"/></segment>'
        )
        groups.append(
            f'<segmentGroup id="dend{branch}" neuroLexId="sao864921383">'
            f'<property tag="numberInternalDivisions" value="{PIECES}"/><member segment="{segment}"/></segmentGroup>'
        )
    return "\n".join(segments + groups)


def network(cells):
    connections = "\n".join(
        f'<connectionWD id="{i}" preCellId="../ring[{(i - 1) % cells}]" postCellId="../ring[{i}]" '
        f'postSegmentId="1" postFractionAlong="0.5" weight="1" delay="5ms"/>'
        for i in range(cells)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="ring">
<ionChannelHH id="na" conductance="1pS">
  {gate("m", 3, ("ExpLinear", 1, -40, 10), ("Exp", 4, -65, -18))}
  {gate("h", 1, ("Exp", 0.07, -65, -20), ("Sigmoid", 1, -35, 10))}
</ionChannelHH>
<ionChannelHH id="k" conductance="1pS">
  {gate("n", 4, ("ExpLinear", 0.1, -55, 10), ("Exp", 0.125, -65, -80))}
</ionChannelHH>
<ionChannelPassive id="leak" conductance="1pS"/>
<expOneSynapse id="syn" gbase="10nS" erev="0mV" tauDecay="2ms"/>
<spikeArray id="first"><spike id="0" time="1ms"/></spikeArray>
<cell id="neuron">
<morphology id="morphology">
{morphology()}
</morphology>
<biophysicalProperties id="biophysics"><membraneProperties>
  <channelDensity id="na_all" ionChannel="na" condDensity="120 mS_per_cm2" erev="50mV" ion="na"/>
  <channelDensity id="k_all" ionChannel="k" condDensity="36 mS_per_cm2" erev="-77mV" ion="k"/>
  <channelDensity id="leak_all" ionChannel="leak" condDensity="0.3 mS_per_cm2" erev="-54.3mV" ion="non_specific"/>
  <spikeThresh value="0mV"/>
  <specificCapacitance value="1 uF_per_cm2"/>
  <initMembPotential value="-65mV"/>
</membraneProperties><intracellularProperties><resistivity value="100 ohm_cm"/></intracellularProperties>
</biophysicalProperties>
</cell>
<network id="net">
<population id="ring" component="neuron" size="{cells}"/>
<population id="start" component="first" size="1"/>
<projection id="round" presynapticPopulation="ring" postsynapticPopulation="ring" synapse="syn">
{connections}
</projection>
<projection id="begin" presynapticPopulation="start" postsynapticPopulation="ring" synapse="syn">
<connectionWD id="0" preCellId="../start[0]" postCellId="../ring[0]" postSegmentId="1" postFractionAlong="0.5" weight="1" delay="1ms"/>
</projection>
</network>
</neuroml>
"""


def lems(length, dt):
    return f"""<Lems>
<Target component="sim"/>
<Include file="Cells.xml"/><Include file="Networks.xml"/><Include file="Simulation.xml"/>
<Include file="ring.net.nml"/>
<Simulation id="sim" length="{length}ms" step="{dt}ms" target="net">
  <OutputFile id="v" fileName="ring.dat"><OutputColumn id="soma0" quantity="ring[0]/v"/></OutputFile>
  <EventOutputFile id="s" fileName="ring.spikes" format="TIME_ID"><EventSelection id="0" select="ring[0]" eventPort="spike"/></EventOutputFile>
</Simulation>
</Lems>
"""


def write(cells, folder, length=200.0, dt=0.025):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ring.net.nml").write_text(network(cells))
    (folder / "LEMS_ring.xml").write_text(lems(length, dt))
    return folder / "LEMS_ring.xml"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cells", type=int)
    parser.add_argument("folder")
    parser.add_argument("--length", type=float, default=200.0, help="ms")
    parser.add_argument("--dt", type=float, default=0.025, help="ms")
    given = parser.parse_args()
    print(write(given.cells, given.folder, given.length, given.dt))
