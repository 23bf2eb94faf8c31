#!/usr/bin/env node
/*
 * land.mjs: the land that maps are drawn on, out of the npm package world-atlas
 * (Natural Earth, public domain) into one compact file.
 *
 *     node tools/land.mjs node_modules/world-atlas build/data/land.bin
 *
 * The land file. Numbers of fixed size are little-endian.
 *
 *     8 bytes   "DROLAND1"
 *     u32       number of scales (coarse to fine)
 *     per scale:
 *       u32     scale: 110 means 1:110 million
 *       u32     units per degree (1000)
 *       u32     number of rings
 *       u32     number of points, all rings together
 *       u32     bytes of the rings that follow
 *       rings   each: varint count, then count pairs (latitude, longitude) as zigzag
 *               varints of the difference to the pair before (from 0, 0 at a ring's
 *               start), in units. A difference in longitude is within +-180 degrees.
 *     u32       FNV-1a, 32 bits, of every byte before it
 *
 * varint: seven bits a byte, low bits first, the high bit says that more follow.
 * zigzag: 0, -1, 1, -2 ... are 0, 1, 2, 3 ...
 *
 * Rings are on the sphere and have land on their left, seen from outside: shores run
 * counter-clockwise, shores of inner seas clockwise. The first point is not repeated.
 * No ring is cut at the antimeridian or at the pole.
 *
 * The package's rings have the land on their right, are stitched across the
 * antimeridian except for a few islands, whose halves share an edge there, and the
 * finer scale has a ring along -89.999 degrees that stands for the pole.
 */
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const UNITS = 1000;
const TURN = 360 * UNITS;
const SOURCES = [
  [110, "land-110m.json"],
  [50, "land-50m.json"],
];

/** Arcs of a topology as lists of [lon, lat] in degrees. */
function decodeArcs(topology) {
  const { scale, translate } = topology.transform;
  return topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]) => {
      x += dx;
      y += dy;
      return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
    });
  });
}

/** Every ring of the land, land on its right, as lists of [lon, lat]. */
function decodeRings(topology) {
  const arcs = decodeArcs(topology);
  const ring = (indexes) =>
    indexes.flatMap((k) => {
      const arc = k < 0 ? [...arcs[~k]].reverse() : arcs[k];
      return arc.slice(0, -1); /* its last point starts the next arc */
    });
  return topology.objects.land.geometries.flatMap((geometry) => {
    const polygons = geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs;
    return polygons.flatMap((polygon) => polygon.map(ring));
  });
}

/** [lat, lon] in whole units, longitude in (-180, 180], repeats dropped, reversed. */
function quantise(ring) {
  const points = ring.map(([lon, lat]) => {
    const x = Math.round(lon * UNITS);
    return [Math.round(lat * UNITS), x <= -TURN / 2 ? x + TURN : x];
  });
  const same = (a, b) => a[0] === b[0] && a[1] === b[1];
  return points.filter((p, i) => !same(p, points[(i + 1) % points.length])).reverse();
}

const isPole = (ring) => ring.every(([lat]) => lat <= -89.9 * UNITS);
const key = ([lat, lon]) => `${lat},${lon}`;
const onSeam = ([, lon]) => lon === TURN / 2;

/** Edges along the antimeridian that are walked both ways, as a set of "a>b". */
function sharedEdges(rings) {
  const seen = new Set();
  for (const ring of rings) {
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length];
      if (onSeam(a) && onSeam(b)) seen.add(`${key(a)}>${key(b)}`);
    });
  }
  return new Set([...seen].filter((e) => seen.has(e.split(">").reverse().join(">"))));
}

/** Cuts rings at the shared edges and joins what is left end to end. */
function mergeHalves(rings) {
  const shared = sharedEdges(rings);
  const whole = [];
  const runs = [];
  for (const ring of rings) {
    const cut = ring
      .map((a, i) => [i, `${key(a)}>${key(ring[(i + 1) % ring.length])}`])
      .filter(([, edge]) => shared.has(edge))
      .map(([i]) => i);
    if (cut.length === 0) whole.push(ring);
    cut.forEach((from, j) => {
      const to = cut[(j + 1) % cut.length];
      const length = ((to - from - 1 + ring.length) % ring.length) + 1;
      runs.push(Array.from({ length }, (_, i) => ring[(from + 1 + i) % ring.length]));
    });
  }
  return whole.concat(joinRuns(runs));
}

function joinRuns(runs) {
  const starts = new Map(runs.map((run) => [key(run[0]), run]));
  const rings = [];
  while (starts.size > 0) {
    const [first, run] = starts.entries().next().value;
    const ring = [];
    for (let next = run, at = first; next; next = starts.get(at)) {
      starts.delete(at);
      ring.push(...next.slice(0, -1));
      at = key(next[next.length - 1]);
      if (!starts.has(at)) break;
    }
    rings.push(ring);
  }
  return rings;
}

function varint(bytes, value) {
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

const zigzag = (value) => (value < 0 ? -2 * value - 1 : 2 * value);

function encodeRing(bytes, ring) {
  let lat = 0;
  let lon = 0;
  varint(bytes, ring.length);
  for (const [y, x] of ring) {
    let step = x - lon;
    if (step > TURN / 2) step -= TURN;
    if (step < -TURN / 2) step += TURN;
    varint(bytes, zigzag(y - lat));
    varint(bytes, zigzag(step));
    lat = y;
    lon = x;
  }
}

function u32(...values) {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => bytes.writeUInt32LE(value >>> 0, 4 * i));
  return bytes;
}

/** One scale's header and rings. */
export function encodeScale(scale, rings) {
  const bytes = [];
  rings.forEach((ring) => encodeRing(bytes, ring));
  const points = rings.reduce((sum, ring) => sum + ring.length, 0);
  const head = u32(scale, UNITS, rings.length, points, bytes.length);
  return Buffer.concat([head, Buffer.from(bytes)]);
}

/** Rings of [lon, lat] in degrees, land on the right, made ready for encodeScale. */
export function prepareRings(rings) {
  return mergeHalves(rings.map(quantise).filter((ring) => !isPole(ring))).filter(
    (ring) => ring.length >= 3,
  );
}

/** The whole file from its encoded scales. */
export function landFile(scales) {
  const body = Buffer.concat([Buffer.from("DROLAND1"), u32(scales.length), ...scales]);
  let hash = 0x811c9dc5;
  for (const byte of body) hash = Math.imul(hash ^ byte, 0x01000193);
  return Buffer.concat([body, u32(hash)]);
}

function main([source, target]) {
  if (!source || !target) {
    console.error("usage: node tools/land.mjs WORLD_ATLAS_FOLDER OUTPUT");
    return 64;
  }
  const scales = SOURCES.map(([scale, name]) => {
    const topology = JSON.parse(fs.readFileSync(path.join(source, name), "utf8"));
    return encodeScale(scale, prepareRings(decodeRings(topology)));
  });
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(`${target}.part`, landFile(scales));
  fs.renameSync(`${target}.part`, target);
  return 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = main(process.argv.slice(2));
}
