#!/usr/bin/env python3
"""Builds the same archive with morgue, Hugo and Zola, and says what each of them needed.

    python3 benches/compare/run.py --articles 10000 --runs 3 --hugo PATH

The builds take turns, so that a busy hour is busy for all of them. An old output is moved aside
before a build and deleted only when everything is measured: deleting many files makes writing the
next ones slow. Needs nothing beyond Python itself; README.md tells the rest.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent


class Tool:
    """One builder with a site of its own, and what its builds needed."""

    def __init__(self, name, site, command, output, dialect):
        self.name, self.site, self.command, self.dialect = name, site, command, dialect
        self.output = site / output
        self.runs = {"cold": [], "unchanged": [], "edited": []}
        self.files = self.bytes = 0

    def build(self, kind):
        os.sync()
        self.runs[kind].append(measured(self.command, self.site))

    def median(self, kind, figure):
        runs = [run[figure] for run in self.runs[kind]]
        return statistics.median(runs) if runs else None


def measured(command, folder):
    """Runs a command: its wall time, its processor time, and the most memory it held."""
    started = time.monotonic()
    child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = child.stderr.read().decode(errors="replace")
    _, status, used = os.wait4(child.pid, 0)
    wall = time.monotonic() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stderr.close()
    if child.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{said}")
    # Linux counts in kilobytes, macOS in bytes.
    memory = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return {"wall": wall, "cpu": used.ru_utime + used.ru_stime, "memory": memory}


def weigh(folder):
    """How many files a folder holds, and how many bytes; the manifest of morgue aside."""
    files = size = 0
    for path, _, names in os.walk(folder):
        for name in names:
            if not name.startswith(".morgue"):
                files += 1
                size += os.path.getsize(os.path.join(path, name))
    return files, size


def addresses(folder):
    """The pages of an output by their address, with those renamed that only Hugo calls so."""
    found = set()
    for path, _, names in os.walk(folder):
        if "index.html" in names:
            url = "/" + os.path.relpath(path, folder).replace(os.sep, "/") + "/"
            url = re.sub(r"^/years/(\d+)/$", r"/\1/", url)
            url = re.sub(r"^/months/(\d+)-(\d+)/$", r"/\1/\2/", url)
            url = re.sub(r"^/days/(\d+)-(\d+)-(\d+)/$", r"/\1/\2/\3/", url)
            url = re.sub(r"^/calendar/(.*)$", r"/on/\1", url)
            found.add(url)
    return found


def sites(options, work):
    """The tools that are there, each with its site in the work folder."""
    morgue = [options.morgue, "build", "--quiet"]
    tools = [Tool("morgue", site(work, "morgue"), morgue, "public", "morgue")]
    if not options.plain_only:
        full = site(work, "morgue", "morgue-full")
        settings = 'title = "The Bench Archive"\nbase_url = "https://example.org"\n'
        (full / "site.toml").write_text(settings)
        tools.append(Tool("morgue, full theme", full, morgue, "public", "morgue"))
    if options.hugo:
        config = "hugo.toml" if options.no_dates else "hugo.toml,dates.toml"
        command = [options.hugo, "build", "--quiet", "--config", config]
        tools.append(Tool("Hugo", site(work, "hugo"), command, "public", "hugo"))
    if options.zola:
        zola = site(work, "zola")
        in_words_of(options.zola, zola / "config.toml")
        tools.append(Tool("Zola", zola, [options.zola, "build", "--force"], "public", "zola"))
    for tool in tools:
        corpus(options, tool)
    return tools


def site(work, name, of=None):
    folder = work / (of or name)
    shutil.copytree(HERE / name, folder)
    return folder


def in_words_of(zola, config):
    """Before 0.19 Zola had one feed for each page, calls its settings so, and knows no others."""
    said = subprocess.run([zola, "--version"], check=True, capture_output=True, text=True).stdout
    major, minor = (int(part) for part in re.search(r"(\d+)\.(\d+)", said).groups())
    if (major, minor) < (0, 19):
        settings = config.read_text().replace("generate_feeds", "generate_feed")
        config.write_text(re.sub(r"feed_filenames = \[(.*)\]", r"feed_filename = \1", settings))


def corpus(options, tool):
    content = tool.site / "content"
    subprocess.run([options.corpus, str(options.articles), tool.dialect, content], check=True)
    if tool.dialect == "zola":
        # Its sections: the front page has all articles, however deep their folders are.
        for path, _, _ in os.walk(content):
            kind = "" if Path(path) == content else "transparent = true\nrender = false\n"
            Path(path, "_index.md").write_text(f'+++\nsort_by = "date"\n{kind}+++\n')


def edit(tool, nth):
    """Gives one article another headline, a different one each time."""
    path = sorted((tool.site / "content/articles/2019/12").glob("*.md"))[0]
    path.write_text(re.sub(r'title: "([^"(]*?)(?: \(\d+\))?"', rf'title: "\1 ({nth})"', path.read_text(), count=1))


def cold(options, tools, work):
    floors = []
    for nth in range(options.runs):
        for tool in tools:
            aside(tool.output, work)
            # What morgue remembers: a first build has nothing of it.
            aside(tool.site / ".morgue", work)
            tool.build("cold")
            tool.files, tool.bytes = weigh(tool.output)
        os.sync()
        new = work / f"floor-{nth}"
        said = subprocess.run([options.floor, tools[0].output, new], check=True, capture_output=True)
        floors.append(json.loads(said.stdout)["wall"])
        progress(f"cold {nth + 1} of {options.runs}")
    return statistics.median(floors)


def warm(options, tools):
    for nth in range(options.runs):
        for tool in tools:
            tool.build("unchanged")
        for tool in tools:
            edit(tool, nth + 1)
            tool.build("edited")
        progress(f"warm {nth + 1} of {options.runs}")


def aside(output, work):
    if output.exists():
        home = work / "aside"
        home.mkdir(exist_ok=True)
        output.rename(home / f"{output.parent.name}-{len(list(home.iterdir()))}")


def progress(text):
    print(text, file=sys.stderr, flush=True)


def report(options, tools, floor):
    print(f"\n{options.articles} articles, medians of {options.runs}\n")
    print("| | wall | CPU | peak memory | files | bytes |")
    print("| --- | --- | --- | --- | --- | --- |")
    for tool in tools:
        wall, cpu, memory = (tool.median("cold", f) for f in ("wall", "cpu", "memory"))
        print(f"| {tool.name} | {wall:.2f} s | {cpu:.2f} s | {memory / 1e6:.0f} MB | {tool.files} | {tool.bytes / 1e6:.1f} MB |")
    print(f"| floor | {floor:.2f} s | | | {tools[0].files} | {tools[0].bytes / 1e6:.1f} MB |")
    if tools[0].runs["unchanged"]:
        print("\n| run again | nothing changed | one article edited |")
        print("| --- | --- | --- |")
        for tool in tools:
            print(f"| {tool.name} | {tool.median('unchanged', 'wall'):.2f} s | {tool.median('edited', 'wall'):.2f} s |")
    print("\n| as many times as morgue | wall | CPU | peak memory | one article edited |")
    print("| --- | --- | --- | --- | --- |")
    for tool in tools[1:]:
        figures = [("cold", "wall"), ("cold", "cpu"), ("cold", "memory"), ("edited", "wall")]
        ratios = [ratio(tool.median(*f), tools[0].median(*f)) for f in figures]
        print(f"| {tool.name} | {' | '.join(ratios)} |")
    print(f"\nmorgue took {ratio(tools[0].median('cold', 'wall'), floor)} of the floor.")


def ratio(a, b):
    return f"{a / b:.2f} ×" if a and b else ""


def differences(tools):
    """The pages that one of the outputs has and the other has not."""
    outputs = {tool.name: addresses(tool.output) for tool in tools}
    ours = outputs["morgue"]
    for name, theirs in outputs.items():
        if name in ("Hugo", "Zola"):
            for what, pages in (("only morgue has", ours - theirs), (f"only {name} has", theirs - ours)):
                print(f"{what} {len(pages)} pages{': ' if pages else ''}{', '.join(sorted(pages)[:5])}")


def arguments():
    built = REPOSITORY / "target/release"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--work", type=Path, help="a folder for all of it, on the disk to be measured; a temporary one if not given")
    parser.add_argument("--morgue", type=Path, default=built / "morgue")
    parser.add_argument("--corpus", type=Path, default=built / "examples/corpus")
    parser.add_argument("--floor", type=Path, default=built / "examples/floor")
    parser.add_argument("--hugo", default=shutil.which("hugo"), help="the program itself, not a script around it")
    parser.add_argument("--zola", default=shutil.which("zola"))
    parser.add_argument("--no-dates", action="store_true", help="Hugo without the date shelves that morgue always has")
    parser.add_argument("--plain-only", action="store_true", help="morgue with the plain theme alone")
    parser.add_argument("--no-warm", action="store_true", help="no second and third build")
    parser.add_argument("--pages", action="store_true", help="say which pages only one of them has")
    parser.add_argument("--keep", action="store_true", help="keep the work folder")
    options = parser.parse_args()
    for name in ("morgue", "corpus", "floor"):
        path = getattr(options, name).resolve()
        if not path.exists():
            sys.exit(f"there is no {path}: cargo build --release --example corpus --example floor && cargo build --release")
        setattr(options, name, path)
    return options


def main():
    options = arguments()
    if options.work:
        options.work.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="morgue-compare-", dir=options.work))
    try:
        tools = sites(options, work)
        floor = cold(options, tools, work)
        if options.pages:
            differences(tools)
        if not options.no_warm:
            warm(options, tools)
        report(options, tools, floor)
    finally:
        if options.keep:
            print(f"\nEverything lies in {work}.")
        else:
            shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
