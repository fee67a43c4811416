"""Builds an archive in shards on a Ray cluster, and joins them.

    pip install ray
    python ray_build.py --site my-archive --now 2019-04-25 --shards 16 --output public

On more than one machine, --site, --parts and --output are folders that all of them see, and
morgue is installed on each. Without a cluster (RAY_ADDRESS) one is started on this machine.
"""

import argparse
import os
import pathlib
import subprocess
import time

import ray


def morgue(program, *arguments, threads):
    """Runs one command on so many processors; gives its wall time and its processor time."""
    environment = os.environ | {"RAYON_NUM_THREADS": str(threads)}
    before, began = os.times(), time.monotonic()
    subprocess.run([program, *arguments], check=True, env=environment)
    after, wall = os.times(), time.monotonic() - began
    used = after.children_user + after.children_system
    return wall, used - before.children_user - before.children_system


@ray.remote(num_cpus=1, max_retries=3, retry_exceptions=True)
def build_shard(program, site, now, shard, shards, part):
    # Ray gives a task one processor, so morgue is to use one.
    return morgue(
        program, "build", "--quiet", "--site", site, "--now", now,
        "--shard", f"{shard}/{shards}", "--pack", part,
        threads=1,
    )


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--morgue", default="morgue", help="the program")
    arguments.add_argument("--site", default=".", help="the folder that holds site.toml")
    arguments.add_argument("--now", required=True, help="the time that counts as now, for all shards")
    arguments.add_argument("--shards", type=int, help="how many (default: one for each processor)")
    arguments.add_argument("--workers", type=int, help="how many processors a cluster started here has")
    arguments.add_argument("--parts", default="parts", help="where the parts are put")
    arguments.add_argument("--output", default="public", help="where the site is put")
    given = arguments.parse_args()

    if os.environ.get("RAY_ADDRESS"):
        ray.init()
    else:
        ray.init(num_cpus=given.workers, include_dashboard=False)
    workers = int(ray.cluster_resources()["CPU"])
    shards = given.shards or workers
    site = str(pathlib.Path(given.site).resolve())
    folder = pathlib.Path(given.parts).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    parts = [str(folder / f"{shard}.tar") for shard in range(1, shards + 1)]

    # The articles are read once; the shards find in .morgue/ what was read.
    index = morgue(given.morgue, "index", "--quiet", "--site", site, "--now", given.now, threads=workers)
    began = time.monotonic()
    tasks = [
        build_shard.remote(given.morgue, site, given.now, shard, shards, part)
        for shard, part in enumerate(parts, start=1)
    ]
    each = ray.get(tasks)
    built = time.monotonic() - began
    merge = morgue(given.morgue, "merge", "--quiet", *parts, "--output", given.output, threads=workers)
    together = index[0] + built + merge[0]
    used = index[1] + sum(cpu for _, cpu in each) + merge[1]
    print(
        f"{shards} shards on {workers} processors: {together:.1f} s, processor time {used:.1f} s\n"
        f"  index {index[0]:.1f} s ({index[1]:.1f})\n"
        f"  shards {built:.1f} s (" + ", ".join(f"{cpu:.1f}" for _, cpu in each) + ")\n"
        f"  merge {merge[0]:.1f} s ({merge[1]:.1f})"
    )


if __name__ == "__main__":
    main()
