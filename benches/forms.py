#!/usr/bin/env python3
"""Networks in HDF5 between nml, libNeuroML and h5py.

Usage: forms.py NML FOLDER...

For each network document of the folders:
- nml writes it in both layouts; h5py has to open the file and find every row; libNeuroML has to read the same network
  from the layout of libNeuroML as from the XML document;
- libNeuroML writes it; nml has to turn that into XML in which libNeuroML reads the same network.

Needs the packages h5py, tables and libNeuroML.  Prints a table; exit status 1 if anything differs.
"""

import contextlib
import io
import math
import pathlib
import subprocess
import sys
import tempfile

import h5py
from neuroml import loaders, writers


def alike(a, b):
    """Whether two values are equal, but for what 32 bits lose of a number."""
    if isinstance(a, (tuple, list)) and isinstance(b, (tuple, list)):
        return len(a) == len(b) and all(map(alike, a, b))
    if isinstance(a, float) and isinstance(b, float):
        return math.isclose(a, b, rel_tol=1e-6)
    return a == b


def network(doc):
    """What a network holds, as plain values."""
    found = {}
    for net in doc.networks:
        for pop in net.populations:
            places = [
                (i.id, float(i.location.x), float(i.location.y), float(i.location.z))
                for i in pop.instances
            ]
            size = len(places) or int(pop.size or 0)
            found["population", pop.id] = (pop.component, size, places)
        for proj in net.projections:
            rows = []
            for c in proj.connections + proj.connection_wds:
                weight, delay = 1.0, 0.0
                if hasattr(c, "weight"):
                    weight, delay = c.weight, c.get_delay_in_ms()
                rows.append(ends(c) + (float(weight), float(delay)))
            found["projection", proj.id] = (proj.synapse, sorted(rows))
        kinds = [
            ("electrical", net.electrical_projections),
            ("continuous", net.continuous_projections),
        ]
        for kind, projections in kinds:
            for proj in projections:
                rows = []
                for name in ("", "_instances", "_instance_ws"):
                    for c in getattr(proj, f"{kind}_connection{name}s" if not name else f"{kind}_connection{name}"):
                        through = (
                            (c.synapse,) if kind == "electrical" else (c.pre_component, c.post_component)
                        )
                        rows.append(ends(c) + through + (float(getattr(c, "weight", 1.0) or 1.0),))
                found[kind, proj.id] = sorted(rows)
        for inputs in net.input_lists:
            rows = [
                (i.get_target_cell_id(), i.get_segment_id(), float(i.get_fraction_along()), float(getattr(i, "weight", 1.0)))
                for i in inputs.input + inputs.input_ws
            ]
            found["input", inputs.id] = (inputs.component, inputs.populations, sorted(rows))
    return found


def ends(c):
    """Cells, segments and places of a connection."""
    return (
        c.get_pre_cell_id(),
        c.get_post_cell_id(),
        int(c.get_pre_segment_id()),
        int(c.get_post_segment_id()),
        float(c.get_pre_fraction_along()),
        float(c.get_post_fraction_along()),
    )


def quiet(call, *args, **kwargs):
    with contextlib.redirect_stdout(io.StringIO()):
        return call(*args, **kwargs)


def convert(nml, source, form, folder):
    """The file that nml writes, or why it does not."""
    line = [nml, "convert", source, "--to", form, "-o", folder, "-q"]
    done = subprocess.run(line, capture_output=True, text=True)
    if done.returncode != 0:
        return None, done.stderr
    ending = ".h5" if form.startswith("hdf5") else ".nml"
    written = [
        p
        for p in pathlib.Path(folder).iterdir()
        if p.name.endswith(ending) and not p.is_symlink() and "_parts" not in p.name
    ]
    return written[0], done.stderr


@contextlib.contextmanager
def beside(path, levels=4):
    """A folder for written files in which the includes of a document are found: links to all that is around it."""
    with tempfile.TemporaryDirectory() as root:
        here, names = pathlib.Path(root), path.absolute().parts[-levels:-1]
        around = path.absolute().parents[len(names) - 1].parent if names else path.parent
        for name in (*names, None):
            for entry in around.iterdir() if around.is_dir() else ():
                if entry.name != name and not entry.name.endswith(".h5"):
                    (here / entry.name).symlink_to(entry)
            if name:
                here, around = here / name, around / name
                here.mkdir()
        yield here


def rows_in(path):
    """The number of rows of each data set."""
    found = {}
    with h5py.File(path) as file:
        file.visititems(lambda name, x: found.update({name: x.shape[0]}) if isinstance(x, h5py.Dataset) else None)
        assert "neuroml_top_level" in file["neuroml"].attrs
    return found


def check(nml, path):
    """One line of the table for a document: three verdicts."""
    text = path.read_text(errors="replace")
    if "<network" not in text:
        return None
    try:
        doc = quiet(loaders.read_neuroml2_file, str(path), include_includes=False)
        meant = network(doc)
    except (Exception, SystemExit) as error:  # libNeuroML does not read every document
        return ["-", "-", f"libNeuroML does not read the XML: {error}"[:90]]
    if not meant:
        return None
    verdicts = []
    count = sum(len(v[-1]) if isinstance(v, tuple) else len(v) for v in meant.values())
    for form in ("hdf5", "hdf5-java"):
        with beside(path) as folder:
            file, why = convert(nml, path, form, folder)
            if file is None:
                verdicts.append("refused: " + " ".join(why.split())[:100])
                continue
            rows = sum(rows_in(file).values())
            verdict = "same" if rows == count else f"{rows} rows, not {count}"
            if form == "hdf5" and verdict == "same":
                try:
                    again = network(quiet(loaders.NeuroMLHdf5Loader.load, str(file)))
                    apart = [k for k in meant if not alike(meant[k], again.get(k))]
                    verdict = "same" if not apart else f"differs: {apart[0]}"
                except (Exception, SystemExit) as error:
                    verdict = f"libNeuroML: {error!r}"[:100]
            verdicts.append(verdict)
    with beside(path) as folder:
        theirs = folder / "theirs.nml.h5"
        try:
            quiet(writers.NeuroMLHdf5Writer.write, doc, str(theirs))
            read = network(quiet(loaders.NeuroMLHdf5Loader.load, str(theirs)))
        except (Exception, SystemExit) as error:
            verdicts.append(f"libNeuroML does not write or read it: {error!r}"[:100])
            return verdicts
        out = folder / "written by nml"
        file, why = convert(nml, theirs, "neuroml", out)
        if file is None:
            verdicts.append("refused: " + " ".join(why.split())[:100])
        else:
            ours = network(quiet(loaders.read_neuroml2_file, str(file), include_includes=False))
            # What libNeuroML adds from includes is not in the file.
            apart = [k for k in meant if not alike(read.get(k), ours.get(k))]
            verdicts.append("same" if not apart else f"differs: {apart[0]}")
    return verdicts


def main():
    nml, *folders = sys.argv[1:]
    tally, bad = {}, 0
    for folder in folders:
        for path in sorted(pathlib.Path(folder).rglob("*.nml")):
            verdicts = check(nml, path)
            if verdicts is None:
                continue
            for column, verdict in zip(("to libNeuroML", "to Java", "from libNeuroML"), verdicts):
                kind = verdict if verdict in ("same", "-") else verdict.split(":")[0]
                tally[column, kind] = tally.get((column, kind), 0) + 1
            if any(v != "same" for v in verdicts):
                print(path, *verdicts, sep="\n    ")
            bad += any(v.startswith("differs") or "rows, not" in v for v in verdicts)
    for (column, kind), number in sorted(tally.items()):
        print(f"{column:16} {kind:50} {number}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
