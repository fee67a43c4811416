#!/usr/bin/env python3
"""What each setting costs: the same archive with one setting after another changed.

    python3 benches/compare/settings.py --articles 1000 --runs 5

Prints processor time (the least of all runs, on one processor), files and bytes of a first build
with the built-in theme, and the difference for each article. Needs what run.py needs.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from run import REPOSITORY, measured, progress, weigh

SITE = 'title = "The Bench Archive"\nbase_url = "https://example.org"\n'

# Settings of the whole site stand before the first table, so they come first.
CHANGES = {
    "the defaults": "",
    "`[related] count = 0`": "[related]\ncount = 0\n",
    "`[related] count = 10`": "[related]\ncount = 10\n",
    "`[data] enabled = false`": "[data]\nenabled = false\n",
    "`[feeds] minimum = 0`": "[feeds]\nminimum = 0\n",
    "`[feeds] minimum = 1`": "[feeds]\nminimum = 1\n",
    '`[feeds] content = "full"`': '[feeds]\ncontent = "full"\n',
    "`[markdown] smart = false`": "[markdown]\nsmart = false\n",
    '`[markdown] html = "escape"`': '[markdown]\nhtml = "escape"\n',
    "`relative_urls = true`": "relative_urls = true\n",
    "`[shelves] whole = 1000`": "[shelves]\nwhole = 1000\n",
    "`[taxonomies.authors] enabled = false`": "[taxonomies.authors]\nenabled = false\n",
    "`[robots] enabled = false`": "[robots]\nenabled = false\n",
}


def main():
    built = REPOSITORY / "target/release"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--morgue", type=Path, default=built / "morgue")
    parser.add_argument("--corpus", type=Path, default=built / "examples/corpus")
    options = parser.parse_args()
    os.environ["RAYON_NUM_THREADS"] = "1"
    work = Path(tempfile.mkdtemp(prefix="morgue-settings-"))
    content = work / "content"
    corpus = [options.corpus.resolve(), str(options.articles), "morgue", content]
    subprocess.run(corpus, check=True, stdout=subprocess.DEVNULL)
    found = {name: [] for name in CHANGES}
    sizes = {}
    for nth in range(options.runs):
        for index, (name, change) in enumerate(CHANGES.items()):
            (work / "site.toml").write_text(SITE + change)
            output = f"public-{index}-{nth}"
            command = [options.morgue.resolve(), "build", "--quiet", "--output", output]
            found[name].append(measured(command, work)["cpu"])
            sizes[name] = weigh(work / output)
            progress(f"{nth + 1} of {options.runs}: {name} {found[name][-1]:.2f} s")
    print(f"{options.articles} articles, the least of {options.runs} runs\n")
    print("| | CPU | for each article | files | bytes |")
    print("| --- | --- | --- | --- | --- |")
    base = min(found["the defaults"])
    for name, runs in found.items():
        files, size = sizes[name]
        each = (min(runs) - base) / options.articles * 1e6
        print(f"| {name} | {min(runs):.2f} s | {each:+.0f} µs | {files} | {size / 1e6:.1f} MB |")
    shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
