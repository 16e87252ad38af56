#!/usr/bin/env python3
"""The speed of the action potential in the squid's axon against the length of compartments and the step.

  axon.py NML

NML   the release binary (target/release/nml)

The axon of Hodgkin and Huxley 1952 (J. Physiol. 117:500-544, page 528): radius 238 um, 35.4 ohm cm, 18.5 degC, rates
times 3 per 10 degC from 6.3 degC.  They found 18.8 m/s by hand; their K = 10.47/ms gives sqrt(K a / 2 R C) = 18.76 m/s.
56 mm in segments of 8 mm; the time from the middle of the fourth to that of the sixth is measured, at 0 mV.
"""
import argparse
import math
import subprocess
import tempfile
from pathlib import Path

PART, PARTS = 8000.0, 7


def gate(name, count, forward, reverse):
    def rate(tag, numbers):
        kind, value, midpoint, scale = numbers
        return f'<{tag} type="HH{kind}Rate" rate="{value}per_ms" midpoint="{midpoint}mV" scale="{scale}mV"/>'

    return (f'<gateHHrates id="{name}" instances="{count}"><q10Settings type="q10ExpTemp" q10Factor="3" '
            f'experimentalTemp="6.3degC"/>{rate("forwardRate", forward)}{rate("reverseRate", reverse)}</gateHHrates>')


def model():
    segments = "".join(
        f'<segment id="{k}">' + (f'<parent segment="{k - 1}"/>' if k else "")
        + f'<proximal x="{k * PART}" y="0" z="0" diameter="476"/>'
        f'<distal x="{(k + 1) * PART}" y="0" z="0" diameter="476"/></segment>' for k in range(PARTS))
    members = "".join(f'<member segment="{k}"/>' for k in range(PARTS))
    m = gate("m", 3, ("ExpLinear", 1, -40, 10), ("Exp", 4, -65, -18))
    h = gate("h", 1, ("Exp", 0.07, -65, -20), ("Sigmoid", 1, -35, 10))
    n = gate("n", 4, ("ExpLinear", 0.1, -55, 10), ("Exp", 0.125, -65, -80))
    density = lambda name, g, e: (f'<channelDensity id="{name}_all" ionChannel="{name}" condDensity="{g}mS_per_cm2" '
                                  f'erev="{e}mV" ion="{name}"/>')
    return f"""<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="axon_net">
<ionChannelHH id="na" conductance="10pS" species="na">{m}{h}</ionChannelHH>
<ionChannelHH id="k" conductance="10pS" species="k">{n}</ionChannelHH>
<ionChannelPassive id="leak" conductance="10pS"/>
<pulseGenerator id="pulse" delay="0ms" duration="0.3ms" amplitude="30uA"/>
<cell id="axon"><morphology id="m">{segments}<segmentGroup id="whole" neuroLexId="sao864921383">
<property tag="numberInternalDivisions" value="{PARTS}"/>{members}</segmentGroup></morphology>
<biophysicalProperties id="b"><membraneProperties>
{density("na", 120, 50)}{density("k", 36, -77)}{density("leak", 0.3, -54.4)}
<spikeThresh value="0mV"/><specificCapacitance value="1uF_per_cm2"/><initMembPotential value="-65mV"/></membraneProperties>
<intracellularProperties><resistivity value="35.4ohm_cm"/></intracellularProperties></biophysicalProperties></cell>
<network id="net" type="networkWithTemperature" temperature="18.5degC"><population id="pop" component="axon" size="1"/>
<inputList id="in" component="pulse" population="pop">
<input id="0" target="../pop[0]" segmentId="0" fractionAlong="0" destination="synapses"/></inputList></network></neuroml>"""


def speed(nml, dx, dt):
    """In m/s, of `dx` um and `dt` us."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "axon.net.nml"
        path.write_text(model())
        command = [nml, "simulate", path, "-o", folder, "--dx", f"{dx}", "--dt", f"{dt / 1000!r}ms", "--duration", "4ms",
                   "--format", "csv", "--record", "pop[0]/3/v", "--record", "pop[0]/5/v"]
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(done.stderr)
        lines = next(Path(folder).glob("*.csv")).read_text().splitlines()
    rows = [[float(x) for x in line.split(",")] for line in lines if line[0] in "0123456789-"]

    def passes(column):
        k = next(k for k in range(1, len(rows)) if rows[k - 1][column] < 0 <= rows[k][column]) - 1
        a, b, c = (rows[k + i][column] for i in (-1, 0, 1))
        slope, bend = (c - a) / 2, (c - 2 * b + a) / 2
        x = -b / slope
        for _ in range(20):
            x = -b / (slope + bend * x)
        return (k + x) * dt

    return 2 * PART / (passes(2) - passes(1))


def table(title, values, speeds, base):
    print(f"| {title} | speed, m/s | order |\n|--:|--:|--:|")
    for k, (value, found) in enumerate(zip(values, speeds)):
        order = "–"
        if k >= 2:
            order = f"{math.log(abs((speeds[k - 2] - speeds[k - 1]) / (speeds[k - 1] - found)), base):.2f}"
        print(f"| {value} | {found:.5f} | {order} |")
    print(flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("nml", type=Path)
    nml = parser.parse_args().nml
    parts = [3, 9, 27, 81]
    lengths = [f"{PART / n:.1f}" for n in parts]
    table("dx, µm (dt 1 µs)", lengths, [speed(nml, 1.0001 * PART / n, 1) for n in parts], 3)
    steps = [16, 8, 4, 2, 1]
    table("dt, µs (dx 98.8 µm)", steps, [speed(nml, 1.0001 * PART / 81, dt) for dt in steps], 2)


if __name__ == "__main__":
    main()
