/*
 * The land of Natural Earth 1:10 million, out of the npm package world-atlas, as text:
 * a line "N" per ring, then N lines "latitude longitude". The land lies on the right.
 * The package's rounding left hairs (there and back on the same line): they are cut.
 *
 *     node tests/reference/land10m.mjs node_modules/world-atlas/land-10m.json
 *
 * Shares nothing with tools/land.mjs, so that one checks what the other draws.
 */
import fs from "node:fs";

const topology = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const { scale, translate } = topology.transform;

const arcs = topology.arcs.map((arc) => {
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return [y * scale[1] + translate[1], x * scale[0] + translate[0]];
  });
});

/* An arc's last point is the next one's first. */
const points = (ring) =>
  ring.flatMap((k) => (k < 0 ? [...arcs[~k]].reverse() : arcs[k]).slice(0, -1));

const same = (a, b) => a[0] === b[0] && a[1] === b[1];

function withoutHairs(ring) {
  const out = [];
  for (const p of ring) {
    out.push(p);
    while (out.length > 2 && same(out.at(-1), out.at(-3))) out.length -= 2;
    if (out.length > 1 && same(out.at(-1), out.at(-2))) out.length -= 1;
  }
  while (out.length > 2 && same(out[1], out.at(-1))) out.splice(0, 1), out.pop();
  return out.length > 2 ? out : [];
}

for (const { type, arcs: parts } of topology.objects.land.geometries) {
  for (const polygon of type === "Polygon" ? [parts] : parts) {
    for (const ring of polygon.map(points).map(withoutHairs).filter((r) => r.length)) {
      const lines = ring.map(([lat, lon]) => `${lat.toFixed(6)} ${lon.toFixed(6)}`);
      process.stdout.write(`${ring.length}\n${lines.join("\n")}\n`);
    }
  }
}
