#!/usr/bin/env python3
"""Export to NEURON beside jNeuroML: how long it takes, and how fast the mechanisms step.

    python benches/export.py --nml target/release/nml --bin FOLDER [--corpus FOLDER] [--only PART…] [--steps [FILE…]]

FOLDER holds `python` (with NEURON), `nrnivmodl` and `jnml`.  Times are those of the processor (user and system, of
the whole process), so that a busy machine does not count.  With `--steps` the mechanisms of both are compiled and
run with the step of the file, alternately, five times; the shortest of each counts: the mechanisms alone, both stepped
by NEURON in one call, and jNeuroML's as its script runs them, by `h.run()`, which ours does not need.  Files are LEMS files anywhere,
run besides the examples.
"""

import argparse
import os
import pathlib
import re
import resource
import shutil
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def used(command, folder, env):
    """Seconds of processor time of a command, and whether it succeeded."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=600)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return seconds, done.returncode == 0, done.stdout + done.stderr


STEP_OURS = """
import importlib, pathlib, resource, sys
folder = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(folder))
name = next(p.parent.name for p in folder.glob('*/__init__.py'))
package = importlib.import_module(name)
made = package.Simulation()
made.net.outputs.clear()
made.run(length=0.1)
from neuron import h
before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
made.run()
print('STEPS', resource.getrusage(resource.RUSAGE_SELF).ru_utime - before, h.t)
"""

STEP_THEIRS = r"""
import pathlib, re, resource, sys
file = sys.argv[1]
text = pathlib.Path(file).read_text()
# What is recorded is left out, as in the other.
text = re.sub(r'(?m)^.*\.record\(.*$', lambda m: re.match(r'\s*', m.group(0)).group(0) + 'pass', text)
text = text.split("if __name__ == '__main__'")[0]
space = {'__name__': 'model', '__file__': file}
exec(compile(text, file, 'exec'), space)
cls = space['NeuronSimulation']
made = cls(tstop=float(sys.argv[2]), dt=float(sys.argv[3]), seed=1)
from neuron import h
h.tstop, h.dt = float(sys.argv[2]), float(sys.argv[3])
h.steps_per_ms = 1 / h.dt
h.finitialize()
# Without a line of an interpreter in each step, as in the other.
parallel = h.ParallelContext()
parallel.set_maxstep(10)
before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
parallel.psolve(h.tstop + h.dt / 4)
alone = resource.getrusage(resource.RUSAGE_SELF).ru_utime
reached = h.t
# As its script does it.
h.run()
print('STEPS', alone - before, reached)
print('AS RUN', resource.getrusage(resource.RUSAGE_SELF).ru_utime - alone)
"""


def seconds_of(output):
    """What a run says about its steps."""
    found = re.search(r"STEPS (\S+) (\S+)", output)
    return (float(found.group(1)), float(found.group(2))) if found else (None, output[-300:])


def steps(args, model, env, scratch):
    """Seconds of both for the same time in the same steps, or why not."""
    ours, theirs = scratch / "ours", scratch / "theirs"
    subprocess.run([args.nml, "convert", "--to", "neuron", "-o", ours, model], capture_output=True, check=False)
    init = next(ours.glob("*/__init__.py")).read_text()
    step = re.search(r"STEP = (\S+)", init).group(1)
    length = re.search(r"LENGTH = (\S+)", init).group(1)
    folder = theirs / model.parent.name
    shutil.copytree(model.parent.parent, theirs)
    used([f"{args.bin}/jnml", model.name, "-neuron", "-nogui"], folder, env)
    script = folder / f"{model.stem}_nrn.py"
    script = script if script.exists() else None
    if script is None:
        return "jNeuroML writes none"
    _, compiled, told = used([f"{args.bin}/nrnivmodl", "."], folder, env)
    if not compiled:
        return "what jNeuroML writes does not compile: " + told[-200:]
    best = [None, None, None]
    for _ in range(5):
        runs = (
            [f"{args.bin}/python", "-c", STEP_OURS, str(ours)],
            [f"{args.bin}/python", "-c", STEP_THEIRS, script.name, length, step],
        )
        for which, command in enumerate(runs):
            _, _, told = used(command, folder if which else ours, env)
            seconds, reached = seconds_of(told)
            if seconds is None:
                return f"{'theirs' if which else 'ours'} does not run: {reached}"
            best[which] = seconds if best[which] is None else min(best[which], seconds)
            as_run = re.search(r"AS RUN (\S+)", told)
            if as_run:
                seconds = float(as_run.group(1))
                best[2] = seconds if best[2] is None else min(best[2], seconds)
    return best


def main():
    """Measures, and prints tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nml", default=str(HERE.parent / "target/release/nml"))
    parser.add_argument("--bin", required=True)
    parser.add_argument("--corpus", default=os.environ.get("NML_CORPUS", str(HERE.parent / "../shared/corpus")))
    parser.add_argument("--only", nargs="*", default=[""], help="parts of names of examples")
    parser.add_argument("--steps", nargs="*", type=pathlib.Path, help="the steps, of these files as well")
    args = parser.parse_args()
    env = dict(os.environ, PATH=f"{args.bin}:{os.environ['PATH']}")
    examples = pathlib.Path(args.corpus).resolve() / "models/NeuroML2/LEMSexamples"
    wanted = [m for m in examples.glob("LEMS_NML2_Ex*.xml") if any(part in m.name for part in args.only)]
    models = sorted(wanted)
    if args.steps is not None:
        models += [file.resolve() for file in args.steps]
        print("| model | ours, s | jNeuroML's mechanisms, s | ratio | jNeuroML's script, s | ratio |")
        print("|---|---|---|---|---|---|")
        for model in models:
            with tempfile.TemporaryDirectory() as scratch:
                found = steps(args, model, env, pathlib.Path(scratch))
            if isinstance(found, str):
                print(f"| {model.stem} | {' '.join(found.split())} | | | | |", flush=True)
            else:
                a, b, c = found
                ratios = [f"{x:.3f} | {x / max(a, 1e-9):.2f}" for x in (b, c)]
                print(f"| {model.stem} | {a:.3f} | {ratios[0]} | {ratios[1]} |", flush=True)
        return
    total = [0.0, 0.0]
    print("| model | nml, ms | jNeuroML, ms | ratio |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        copy = pathlib.Path(scratch) / "copy"
        shutil.copytree(examples.parent, copy)
        for model in models:
            to = pathlib.Path(scratch) / model.stem
            runs = [used([args.nml, "convert", "--to", "neuron", "-o", to, model], scratch, env) for _ in range(3)]
            ours, written = min(r[0] for r in runs), runs[0][1]
            theirs, _, told = used([f"{args.bin}/jnml", model.name, "-neuron", "-nogui"], copy / "LEMSexamples", env)
            made = any((copy / "LEMSexamples").glob(f"{model.stem}*_nrn.py"))
            total[0] += ours
            total[1] += theirs
            notes = [] if written else ["nml refuses"]
            notes += [] if made else ["jNeuroML fails"]
            print(
                f"| {model.stem}{' (' + ', '.join(notes) + ')' if notes else ''} | {ours * 1e3:.1f} | {theirs * 1e3:.0f} "
                f"| {theirs / max(ours, 1e-9):.0f} |",
                flush=True,
            )
    print(f"| all | {total[0] * 1e3:.0f} | {total[1] * 1e3:.0f} | {total[1] / total[0]:.0f} |")


if __name__ == "__main__":
    main()
