#!/usr/bin/env python3
"""Makes land.txt, the land of the theme's maps, from Natural Earth's 1:110m land.

    python3 prepare.py land-110m.json > land.txt

land-110m.json is a TopoJSON file of the npm package `world-atlas` (version 2), made from Natural
Earth, which is in the public domain. It is needed only to make land.txt anew; a build reads
land.txt alone.

Each line of land.txt is one ring: a closed curve on the sphere. It begins with the degrees east
and north of its first point and goes on with the steps from point to point, all in hundredths of
a degree; the last point is not the first again. Holes (the Caspian Sea) are rings too: what lies
within an odd number of rings is land. Nothing is cut at 180 degrees: a step across it is the short
one, so a ring can run past 180, and that of Antarctica, which goes round the pole, ends 360
degrees from where it began.
"""

import json
import sys

UNITS = 100  # in a degree


def points(topology):
    """Every arc as a list of whole hundredths of degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        placed = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            placed.append((round((x * sx + tx) * UNITS), round((y * sy + ty) * UNITS)))
        arcs.append(placed)
    return arcs


def rings(topology):
    """Every ring of the land, its arcs joined, without the point that closes it."""
    arcs = points(topology)
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for ring in polygon:
                joined = []
                for index in ring:
                    arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                    joined += arc[1:] if joined else arc
                yield joined[:-1]


def steps(ring):
    """The first point, then the way to each next one; across 180 degrees the short way."""
    x, y = ring[0]
    numbers = [x, y]
    for east, north in ring[1:]:
        dx = (east - x + 180 * UNITS) % (360 * UNITS) - 180 * UNITS
        if (dx, north - y) != (0, 0):
            numbers += [dx, north - y]
        x, y = east, north
    return numbers


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        topology = json.load(file)
    for ring in rings(topology):
        print(" ".join(map(str, steps(ring))))


main()
