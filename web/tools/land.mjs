#!/usr/bin/env node
// Land, shores and borders for the map out of the npm package world-atlas (Natural Earth,
// public domain), compact, in build/web-land. A web map is a plane that ends at the
// antimeridian; the package's rings are stitched across it, so they are cut here.
// A file is {units per degree, land: polygons, borders: lines}; a ring or line is one list
// of longitudes and latitudes by turns, each but the first as a difference.
//
//     node tools/land.mjs
import fs from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { feature, mesh } from "topojson-client";

const SCALES = [
  ["110m", 100],
  ["50m", 1000],
];
const OUTPUT = new URL("../../build/web-land/", import.meta.url);
const require = createRequire(import.meta.url);

/** The ring with longitudes that go on past 180 instead of jumping; closed over the pole. */
function unwrap(ring) {
  let [last] = ring[0];
  const points = ring.map(([lon, lat]) => {
    last += ((((lon - last + 180) % 360) + 360) % 360) - 180;
    return [last, lat];
  });
  const turn = points[points.length - 1][0] - points[0][0];
  if (Math.abs(turn) > 180) {
    const pole = Math.sign(points[0][1]) * 90;
    points.push([points[points.length - 1][0], pole], [points[0][0], pole], points[0]);
  }
  return points;
}

/** What of a closed ring lies on one side of a meridian (Sutherland and Hodgman, 1974). */
function clip(ring, meridian, side) {
  const inside = ([lon]) => side * (lon - meridian) <= 0;
  const out = [];
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1], ring[i]];
    if (inside(a) !== inside(b)) {
      const share = (meridian - a[0]) / (b[0] - a[0]);
      out.push([meridian, a[1] + share * (b[1] - a[1])]);
    }
    if (inside(b)) out.push(b);
  }
  if (out.length > 0) out.push(out[0]);
  return out;
}

/** The part of a ring between -180 and 180 of each turn of the globe. */
function windows(ring) {
  return [-360, 0, 360].map((turn) =>
    clip(clip(ring, 180 + turn, 1), -180 + turn, -1).map(([lon, lat]) => [lon - turn, lat]),
  );
}

const isPole = (ring) => ring.every(([, lat]) => Math.abs(lat) > 89.9);

/** Polygons of a feature, cut at the antimeridian. */
function polygons(geometry) {
  const whole = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return whole.flatMap((rings) => {
    const cut = rings.filter((ring) => !isPole(ring)).map((ring) => windows(unwrap(ring)));
    return [0, 1, 2]
      .map((turn) => cut.map((each) => each[turn]).filter((ring) => ring.length > 3))
      .filter((piece) => piece.length > 0);
  });
}

/** Whole units, repeats dropped, each point as its difference to the one before. */
function pack(points, units) {
  const whole = points
    .map((p) => p.map((v) => Math.round(v * units)))
    .filter((p, i, all) => i === 0 || p[0] !== all[i - 1][0] || p[1] !== all[i - 1][1]);
  return whole.flatMap((p, i) => (i === 0 ? p : [p[0] - whole[i - 1][0], p[1] - whole[i - 1][1]]));
}

fs.mkdirSync(OUTPUT, { recursive: true });
for (const [scale, units] of SCALES) {
  const atlas = JSON.parse(fs.readFileSync(require.resolve(`world-atlas/countries-${scale}.json`)));
  const { countries, land } = atlas.objects;
  const whole = feature(atlas, land);
  const borders = mesh(atlas, countries, (a, b) => a !== b);
  const file = fileURLToPath(new URL(`land-${scale}.json`, OUTPUT));
  const content = {
    units,
    land: (whole.features ?? [whole])
      .flatMap((each) => polygons(each.geometry))
      .map((rings) => rings.map((ring) => pack(ring, units)).filter((ring) => ring.length > 6)),
    borders: borders.coordinates.map((line) => pack(line, units)),
  };
  fs.writeFileSync(file, JSON.stringify(content));
}
