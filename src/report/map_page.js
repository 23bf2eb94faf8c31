/* The map of a page: turns, zooms and redraws itself from the coordinates in #data.
 * Needs nothing from anywhere. The projections and the clipping are those of
 * projection.c and clip.c; see there for the why. */
(() => {
"use strict";
const DEG = Math.PI / 180;
const EARTH_NM = 6371.0088 / 1.852;
const STEP = DEG;
const data = JSON.parse(document.getElementById("data").textContent);
const svg = document.querySelector(".map svg");
const card = document.querySelector(".card");
const rows = [...document.querySelectorAll("tbody tr")];
const NS = "http://www.w3.org/2000/svg";

/* ---- the sphere ---- */

const clamp = (x, low, high) => Math.min(Math.max(x, low), high);
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const angle = (a, b) => Math.acos(clamp(dot(a, b), -1, 1));
const wrap180 = (x) => x - 360 * Math.floor((x + 180) / 360);

function unit(v) {
  const n = Math.hypot(v[0], v[1], v[2]) || 1;
  return [v[0] / n, v[1] / n, v[2] / n];
}

function vec(lat, lon) {
  const c = Math.cos(lat * DEG);
  return [c * Math.cos(lon * DEG), c * Math.sin(lon * DEG), Math.sin(lat * DEG)];
}

function latLon(v) {
  return [Math.asin(clamp(v[2], -1, 1)) / DEG, Math.atan2(v[1], v[0]) / DEG];
}

function densify(corners) {
  const out = corners.slice(0, 1);
  for (let i = 1; i < corners.length; i++) {
    const [a, b] = [corners[i - 1], corners[i]];
    const whole = angle(a, b);
    const steps = Math.sin(whole) > 1e-9 ? Math.ceil(whole / STEP) : 1;
    for (let k = 1; k < steps; k++) {
      const p = Math.sin((1 - k / steps) * whole);
      const q = Math.sin((k / steps) * whole);
      out.push(unit([p * a[0] + q * b[0], p * a[1] + q * b[1], p * a[2] + q * b[2]]));
    }
    out.push(b);
  }
  return out;
}

/* ---- land: the rings of the land file, see tools/land.mjs ---- */

function decodeRings(scale) {
  const bytes = Uint8Array.from(atob(scale.data), (c) => c.charCodeAt(0));
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let power = 1; ; power *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * power;
      if (byte < 128) return value;
    }
  };
  const signed = () => {
    const v = varint();
    return v % 2 ? -(v + 1) / 2 : v / 2;
  };
  const rings = [];
  while (at < bytes.length) {
    const corners = [];
    let lat = 0;
    let lon = 0;
    for (let n = varint(); n > 0; n--) {
      lat += signed();
      lon += signed();
      corners.push(vec(lat / scale.units, lon / scale.units));
    }
    corners.push(corners[0]);
    const dense = densify(corners);
    dense.pop();
    rings.push(capped(dense));
  }
  return rings;
}

/* A ring and the cap around it, to leave out what cannot be seen. */
function capped(points) {
  const centre = unit(points.reduce((s, p) => [s[0] + p[0], s[1] + p[1], s[2] + p[2]],
    [0, 0, 0]));
  return { points, centre, radius: Math.max(...points.map((p) => angle(p, centre))) };
}

/* ---- what is drawn ---- */

function makeRoute(route, index) {
  const corners = [];
  for (let i = 0; i < route.points.length; i += 2) {
    corners.push(vec(route.points[i], route.points[i + 1]));
  }
  const legs = (route.legs.length ? route.legs : [[0, 0, corners.length - 1]])
    .map(([kind, first, last]) => ({ kind, points: densify(corners.slice(first, last + 1)) }));
  return { ...route, index, legs, all: legs.flatMap((leg) => leg.points) };
}

const routes = data.routes.map(makeRoute);
const marks = data.marks.map((m) => ({ ...m, v: vec(m.at[0], m.at[1]) }));
const lands = data.land.map((scale) => ({ scale, rings: null }));

function landRings(fine) {
  if (!lands.length) return [];
  const land = lands[fine ? lands.length - 1 : 0];
  land.rings = land.rings || decodeRings(land.scale);
  return land.rings;
}

/* ---- the view ---- */

const view = { ...data.view, zoom: 1, shift: 0, width: 960, height: 600, turn: null };
const isGlobe = () => view.kind === "globe";

function equalEarth(lat, lon) {
  const t = Math.asin(Math.sqrt(3) / 2 * Math.sin(lat));
  const t2 = t * t;
  const t6 = t2 * t2 * t2;
  const slope = 1.340264 - 0.243318 * t2 + t6 * (0.006251 + 0.034164 * t2);
  return [2 * Math.sqrt(3) * lon * Math.cos(t) / (3 * slope),
    t * (1.340264 - 0.081106 * t2 + t6 * (0.000893 + 0.003796 * t2))];
}

const SIDE = equalEarth(0, Math.PI)[0];
const POLE = equalEarth(Math.PI / 2, 0)[1];

/* Pixels per radius of the earth. */
function scale() {
  const whole = isGlobe() ? 0.47 * Math.min(view.width, view.height)
    : Math.min(view.width / (2 * SIDE), view.height / (2 * POLE)) * 0.98;
  return whole * view.zoom;
}

/* To the view's axes: right, up, towards the reader. */
function makeTurn() {
  const lon = view.lon * DEG;
  const tilt = isGlobe() ? view.lat * DEG : 0;
  const [cl, sl, ct, st] = [Math.cos(lon), Math.sin(lon), Math.cos(tilt), Math.sin(tilt)];
  return (v) => {
    const forward = cl * v[0] + sl * v[1];
    return [cl * v[1] - sl * v[0] + 0, v[2] * ct - forward * st,
      v[2] * st + forward * ct];
  };
}

const sees = (v) => !isGlobe() || v[2] > 0;

function toPixel(x, y) {
  const s = scale();
  return [view.width / 2 + s * x, view.height / 2 - s * y + (isGlobe() ? 0 : s * view.shift)];
}

function project(v) {
  if (isGlobe()) return toPixel(v[0], v[1]);
  const [x, y] = equalEarth(Math.asin(clamp(v[1], -1, 1)), Math.atan2(v[0], v[2]));
  return toPixel(x, y);
}

/* ---- the boundary: horizon, or the cut meridian up on the right, down on the left ---- */

const period = () => (isGlobe() ? 1 : 2);
const ahead = (from, to) => {
  const d = (to - from) % period();
  return d < 0 ? d + period() : d;
};

function boundary(parameter) {
  if (isGlobe()) {
    const a = 2 * Math.PI * parameter;
    return toPixel(Math.cos(a), Math.sin(a));
  }
  const t = parameter - 2 * Math.floor(parameter / 2);
  const right = t < 1;
  const [x, y] = equalEarth(Math.PI * (right ? t - 0.5 : 1.5 - t),
    right ? Math.PI : -Math.PI);
  return toPixel(x, y);
}

function fillBoundary(out, from, to) {
  const step = 1 / 180;
  const end = from + ahead(from, to);
  for (let k = Math.floor(from / step) + 1; k * step < end; k++) {
    const corner = !isGlobe() && Math.abs(k * step - Math.round(k * step)) < step / 2;
    if (corner) out.push(boundary(Math.round(k * step) - 1e-9));
    out.push(boundary(corner ? Math.round(k * step) : k * step));
  }
}

function crossHorizon(a, b) {
  const t = a[2] / (a[2] - b[2]);
  const x = a[0] + t * (b[0] - a[0]);
  const y = a[1] + t * (b[1] - a[1]);
  const at = ahead(0, Math.atan2(y, x) / (2 * Math.PI));
  return sees(a) ? { leave: at, enter: null } : { leave: null, enter: at };
}

/* Where an edge of turned points crosses; null where it does not. */
function cross(a, b) {
  if (isGlobe()) return sees(a) === sees(b) ? null : crossHorizon(a, b);
  if ((a[0] >= 0) === (b[0] >= 0)) return null;
  const t = a[0] / (a[0] - b[0]);
  const z = a[2] + t * (b[2] - a[2]);
  if (z >= 0) return null;
  const right = 0.5 + Math.atan2(a[1] + t * (b[1] - a[1]), -z) / Math.PI;
  return a[0] >= 0 ? { leave: right, enter: 2 - right } : { leave: 2 - right, enter: right };
}

/* ---- clipping ---- */

function clipLine(points) {
  const runs = [[]];
  let last = null;
  for (const p of points) {
    const v = view.turn(p);
    const at = last && cross(last, v);
    if (at && at.leave !== null) {
      runs[runs.length - 1].push(boundary(at.leave));
      runs.push([]);
    }
    if (at && at.enter !== null) runs[runs.length - 1].push(boundary(at.enter));
    if (sees(v)) runs[runs.length - 1].push(project(v));
    last = v;
  }
  return runs.filter((run) => run.length > 1);
}

/* Pieces of one ring between entrance and exit, or the whole ring, into `out`. */
function cutRing(points, pieces, out) {
  const ring = points.map(view.turn);
  const n = ring.length;
  const crossing = (i) => cross(ring[i], ring[(i + 1) % n]);
  let begin = 0;
  for (; begin < n; begin++) {
    const at = crossing(begin);
    if (at && at.enter !== null) break;
  }
  if (begin === n) {
    if (sees(ring[0])) out.push(ring.map(project));
    return;
  }
  let piece = null;
  const open = (at) => { piece = { enter: at, leave: 0, run: [boundary(at)], used: false }; };
  open(crossing(begin).enter);
  for (let k = 1; k <= n; k++) {
    const i = (begin + k) % n;
    if (sees(ring[i])) piece.run.push(project(ring[i]));
    const at = crossing(i);
    if (at && at.leave !== null) {
      piece.leave = at.leave;
      piece.run.push(boundary(at.leave));
      pieces.push(piece);
    }
    if (at && at.enter !== null && k < n) open(at.enter);
  }
}

function joinPieces(pieces, out) {
  pieces.sort((a, b) => a.enter - b.enter);
  const next = (at) => pieces.find((p) => !p.used && p.enter >= at) ||
    pieces.find((p) => !p.used);
  for (const first of pieces) {
    if (first.used) continue;
    const ring = [];
    for (let p = first; ;) {
      p.used = true;
      for (const q of p.run) ring.push(q);
      const follow = next(p.leave);
      if (!follow || ahead(p.leave, first.enter) <= ahead(p.leave, follow.enter)) {
        fillBoundary(ring, p.leave, first.enter);
        break;
      }
      fillBoundary(ring, p.leave, follow.enter);
      p = follow;
    }
    out.push(ring);
  }
}

/* Can any of a ring's cap be seen, and is it large enough to matter? */
function matters(ring) {
  if (ring.radius * scale() < 0.5) return false;
  if (!isGlobe()) return true;
  const half = Math.hypot(view.width, view.height) / 2 / scale();
  const reach = half < 1 ? Math.asin(half) : Math.PI / 2;
  return angle(ring.centre, vec(view.lat, view.lon)) < reach + ring.radius;
}

function clipRings(rings) {
  const out = [];
  const pieces = [];
  for (const ring of rings) {
    if (matters(ring)) cutRing(ring.points, pieces, out);
  }
  joinPieces(pieces, out);
  return out;
}

function pathData(runs, closed) {
  let d = "";
  for (const run of runs) {
    let [lx, ly] = run[0];
    d += `M${lx.toFixed(1)} ${ly.toFixed(1)}`;
    for (let i = 1; i < run.length; i++) {
      const [x, y] = run[i];
      if (Math.abs(x - lx) + Math.abs(y - ly) < 0.8 && i + 1 < run.length) continue;
      d += `L${x.toFixed(1)} ${y.toFixed(1)}`;
      lx = x;
      ly = y;
    }
    d += closed ? "z" : "";
  }
  return d;
}

/* ---- drawing ---- */

function element(parent, tag, attributes, text) {
  const e = document.createElementNS(NS, tag);
  for (const name of Object.keys(attributes)) e.setAttribute(name, attributes[name]);
  if (text !== undefined) e.textContent = text;
  parent.appendChild(e);
  return e;
}

const layers = { badges: [] };
let chosen = -1;

function makeLayers() {
  svg.textContent = "";
  svg.classList.remove("still");
  for (const name of ["ocean", "grid", "land", "rim"]) {
    layers[name] = element(svg, "path", { class: name });
  }
  layers.routes = [];
  for (const route of [...routes].reverse()) {
    const g = element(svg, "g", { class: `route c${route.colour}` });
    const paths = ["hit", "halo", "line", "line channel", "arrow"]
      .map((name) => element(g, "path", { class: name }));
    g.addEventListener("pointerenter", () => choose(route.index));
    g.addEventListener("pointerleave", () => choose(-1));
    layers.routes[route.index] = { g, paths };
  }
  layers.front = element(svg, "g", {});
  layers.top = element(svg, "g", {});
}

function gridStep() {
  return [1, 2, 5, 10, 15, 30].find((s) => s * DEG * scale() >= 90) || 30;
}

function gridRuns() {
  const step = gridStep();
  const runs = [];
  for (let lon = -180; lon < 180; lon += step) {
    const top = lon % 90 === 0 ? 90 : 80;
    runs.push(...clipLine(densify([vec(-top, lon), vec(0, lon), vec(top, lon)])));
  }
  for (let lat = -90 + step; lat < 90; lat += step) {
    const line = [];
    for (let k = 0; k <= 180; k++) line.push(vec(lat, view.lon - 180 + 2 * k));
    runs.push(...clipLine(line));
  }
  return runs;
}

function outline() {
  const ring = [];
  fillBoundary(ring, 0, period() - 1e-9);
  ring.push(boundary(period() - 1e-9), boundary(0));
  return [ring];
}

function arrowData(runs, tips) {
  let d = "";
  for (const run of runs) {
    const steps = run.map((p, i) => (i ? Math.hypot(p[0] - run[i - 1][0],
      p[1] - run[i - 1][1]) : 0));
    const total = steps.reduce((a, b) => a + b, 0);
    if (total < 36) continue;
    const spacing = total / Math.max(1, Math.round(total / 170));
    let next = spacing / 2;
    let walked = 0;
    for (let i = 1; i < run.length; i++) {
      for (; next <= walked + steps[i] && steps[i] > 0; next += spacing) {
        d += arrow(run[i - 1], run[i], (next - walked) / steps[i], steps[i], tips);
      }
      walked += steps[i];
    }
  }
  return d;
}

/* None where another arrow is: routes share waters. */
function arrow(a, b, t, length, tips) {
  const [ux, uy] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
  const at = [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
  if (!inFrame(at, -20) || tips.some((p) => Math.hypot(p[0] - at[0], p[1] - at[1]) < 40)) {
    return "";
  }
  tips.push(at);
  const point = (along, side) =>
    `${(at[0] + along * ux - side * uy).toFixed(1)} ${(at[1] + along * uy + side * ux).toFixed(1)}`;
  return `M${point(4.5, 0)}L${point(-5, 5)}L${point(-2.5, 0)}L${point(-5, -5)}z`;
}

function inFrame(p, margin) {
  return p[0] > margin && p[0] < view.width - margin && p[1] > margin &&
    p[1] < view.height - margin;
}

function drawRoutes(space) {
  const tips = [];
  routes.forEach((route) => {
    const runs = (kind) => route.legs.filter((leg) => leg.kind === kind)
      .flatMap((leg) => clipLine(leg.points));
    const [sea, channel] = [runs(0), runs(1)];
    const { paths } = layers.routes[route.index];
    paths[0].setAttribute("d", pathData(sea, false));
    paths[1].setAttribute("d", pathData(sea.concat(channel), false));
    paths[2].setAttribute("d", pathData(sea, false));
    paths[3].setAttribute("d", pathData(channel, false));
    paths[4].setAttribute("d", arrowData(sea, tips));
    for (const run of sea) {
      for (const p of run) if (inFrame(p, 0)) space.ink.push(p);
    }
  });
  space.tips = tips;
}

/* ---- labels ---- */

const pen = document.createElement("canvas").getContext("2d");
const textWidth = (text, bold) => {
  pen.font = `${bold ? 600 : 400} 13px ${getComputedStyle(document.body).fontFamily}`;
  return pen.measureText(text).width + 2;
};

const overlap = (a, b, pad) => a.x < b.x + b.w + pad && b.x < a.x + a.w + pad &&
  a.y < b.y + b.h + pad && b.y < a.y + a.h + pad;
const isFree = (space, box) => box.x >= 2 && box.y >= 2 && box.x + box.w <= view.width - 2 &&
  box.y + box.h <= view.height - 2 && !space.boxes.some((b) => overlap(b, box, 2));

function seats(at, gap, w, h) {
  const out = [];
  for (const away of [0, 10, 20, 34, 50, 70, 95, 125]) {
    for (let k = 0; k < 16; k++) {
      const [ux, uy] = [Math.cos(k * Math.PI / 8), Math.sin(k * Math.PI / 8)];
      const cx = at[0] + ux * (gap + away) + clamp(1.6 * ux, -1, 1) * w / 2;
      const cy = at[1] + uy * (gap + away) + clamp(1.6 * uy, -1, 1) * h / 2;
      const taste = ux > 0.9 ? 0 : ux > 0.2 ? 1 : ux < -0.9 ? 2 : 3;
      out.push({ x: cx - w / 2, y: cy - h / 2, w, h, away, cost: taste + away / 2 });
    }
  }
  return out;
}

/* Other boxes that a leader runs through. */
function leaderCost(space, at, seat) {
  const end = [clamp(at[0], seat.x, seat.x + seat.w), clamp(at[1], seat.y, seat.y + seat.h)];
  const away = Math.hypot(end[0] - at[0], end[1] - at[1]);
  let cost = 0;
  for (let d = 9; d < away; d += 3) {
    const p = [at[0] + (end[0] - at[0]) * d / away, at[1] + (end[1] - at[1]) * d / away];
    const hit = space.boxes.some((b) => p[0] > b.x - 1 && p[0] < b.x + b.w + 1 &&
      p[1] > b.y - 1 && p[1] < b.y + b.h + 1);
    cost += hit ? 20 : 0;
  }
  return cost;
}

function placeLabel(space, at, gap, w, h) {
  let best = null;
  for (const seat of seats(at, gap, w, h)) {
    if ((best && seat.cost >= best.cost) || !isFree(space, seat)) continue;
    for (const p of space.ink) {
      if (p[0] > seat.x && p[0] < seat.x + w && p[1] > seat.y && p[1] < seat.y + h) {
        seat.cost += 3;
      }
    }
    for (const b of space.boxes) {
      const own = Math.abs(b.x + b.w / 2 - at[0]) + Math.abs(b.y + b.h / 2 - at[1]) < 1;
      if (!own && overlap(b, seat, 9)) seat.cost += 5;
    }
    seat.cost += seat.away >= 10 ? leaderCost(space, at, seat) : 0;
    if (!best || seat.cost < best.cost) best = seat;
  }
  return best;
}

const ROLES = ["end", "via", "passage", "closed", "port"];

function visibleMarks() {
  return marks.map((m) => ({ m, v: view.turn(m.v) })).filter(({ v }) => sees(v))
    .map(({ m, v }) => ({ m, p: project(v) })).filter(({ p }) => inFrame(p, 1))
    .sort((a, b) => ROLES.indexOf(a.m.role) - ROLES.indexOf(b.m.role));
}

function drawMark({ m, p }, space) {
  const r = m.role === "port" ? 3.5 : 5;
  const c = `mark ${m.role}`;
  if (m.role === "passage") {
    element(layers.top, "path", { class: c, d: `M${p[0]} ${p[1] - 5.5}l5.5 5.5l-5.5 5.5l-5.5-5.5z` });
  } else if (m.role === "closed") {
    element(layers.top, "path", { class: c, d: `M${p[0] - 4.5} ${p[1] - 4.5}l9 9m0-9l-9 9` });
  } else {
    element(layers.top, "circle", { class: c, cx: p[0], cy: p[1], r: r - 0.5 });
  }
  space.boxes.push({ x: p[0] - r, y: p[1] - r, w: 2 * r, h: 2 * r });
}

function drawLabel({ m, p }, space) {
  const bold = m.role !== "passage" && m.role !== "port";
  const seat = placeLabel(space, p, m.role === "port" ? 6.5 : 8, textWidth(m.label, bold), 15);
  if (!seat) return;
  space.boxes.push(seat);
  if (seat.away >= 10) {
    element(layers.top, "line", { class: "leader", x1: p[0], y1: p[1],
      x2: clamp(p[0], seat.x, seat.x + seat.w), y2: clamp(p[1], seat.y, seat.y + seat.h) });
  }
  element(layers.top, "text", { class: `label ${m.role}`, x: seat.x + 1, y: seat.y + 11.5 },
    m.label);
}

/* Numbers sit where their line is farthest from the others. */
function drawBadges(space) {
  if (routes.length < 2 || routes.length > 24) return;
  const seen = routes.map((route) => route.all.map(view.turn).filter(sees).map(project)
    .filter((p) => inFrame(p, 12)));
  seen.forEach((line, index) => {
    const others = seen.filter((_, i) => i !== index);
    const stride = Math.ceil(line.length / 60);
    let best = null;
    for (let i = stride >> 1; i < line.length; i += stride) {
      const p = line[i];
      const box = { x: p[0] - 9, y: p[1] - 9, w: 18, h: 18 };
      if (!isFree(space, box)) continue;
      let near = 40;
      for (const other of others) {
        for (const q of other) near = Math.min(near, Math.hypot(q[0] - p[0], q[1] - p[1]));
      }
      let score = near - 24 * Math.abs(i / line.length - 0.5);
      if (space.tips.some((q) => Math.hypot(q[0] - p[0], q[1] - p[1]) < 18)) score -= 30;
      if (!best || score > best.score) best = { score, p, box };
    }
    if (best) drawBadge(index, best, space);
  });
}

function drawBadge(index, { p, box }, space) {
  space.boxes.push(box);
  const g = element(layers.top, "g", { class: `route c${routes[index].colour}` });
  layers.badges[index] = g;
  element(g, "circle", { class: "badge", cx: p[0], cy: p[1], r: 9 });
  element(g, "text", { class: "badge", x: p[0], y: p[1] + 4, "text-anchor": "middle" },
    String(index + 1));
  g.addEventListener("pointerenter", () => choose(index));
  g.addEventListener("pointerleave", () => choose(-1));
}

function drawScale(space) {
  const perNm = scale() / EARTH_NM;
  const most = 170 / perNm;
  const power = 10 ** Math.floor(Math.log10(most));
  const nm = power * [5, 2, 1].find((f) => f <= most / power);
  const [x, y, w] = [24, view.height - 46, nm * perNm];
  const g = element(layers.top, "g", { class: "scale" });
  const box = { x: 10, y: view.height - 56, w: 226, h: 46 };
  element(g, "rect", { class: "box", x: box.x, y: box.y, width: box.w, height: box.h });
  element(g, "rect", { class: "bar", x, y, width: w / 2, height: 4 });
  element(g, "rect", { class: "bar half", x: x + w / 2, y, width: w / 2, height: 4 });
  const tick = (px, text) => element(g, "text", { x: px, y: y + 17, "text-anchor": "middle" }, text);
  tick(x, "0");
  if (w > 110) tick(x + w / 2, (nm / 2).toLocaleString("en"));
  tick(x + w, `${nm.toLocaleString("en")} nm`);
  element(g, "text", { class: "where", x: x - 6, y: y + 31 }, isGlobe()
    ? "nautical miles, at the middle of the map" : "nautical miles, at the equator");
  space.boxes.push(box);
}

function draw(fine) {
  view.turn = makeTurn();
  svg.setAttribute("viewBox", `0 0 ${view.width} ${view.height}`);
  const rim = pathData(outline(), true);
  layers.ocean.setAttribute("d", rim);
  layers.rim.setAttribute("d", rim);
  layers.grid.setAttribute("d", pathData(gridRuns(), false));
  layers.land.setAttribute("d", pathData(clipRings(landRings(fine)), true));
  const space = { boxes: [], ink: [], tips: [] };
  drawRoutes(space);
  layers.top.textContent = "";
  layers.badges = [];
  drawScale(space);
  const shown = visibleMarks();
  shown.forEach((mark) => drawMark(mark, space));
  drawBadges(space);
  shown.forEach((mark) => drawLabel(mark, space));
  drawFront();
}

/* Coarse shores while the map moves, fine ones when it rests. */
let frame = 0;
let rest = 0;
function redraw() {
  cancelAnimationFrame(frame);
  clearTimeout(rest);
  frame = requestAnimationFrame(() => draw(false));
  rest = setTimeout(() => draw(true), 140);
}

/* ---- fitting ---- */

function capAround(points) {
  let centre = points[0];
  for (let round = 1; round <= 80; round++) {
    let far = centre;
    for (const p of points) if (dot(p, centre) < dot(far, centre)) far = p;
    const t = 1 / (round + 1);
    centre = unit(centre.map((c, i) => c + t * (far[i] - c)));
  }
  return { centre, radius: Math.max(...points.map((p) => angle(p, centre))) };
}

/* What goes most of the way around the earth is looked at from where most of it is. */
function fitGlobe(points) {
  const cap = capAround(points);
  const wide = cap.radius > 75 * DEG;
  const sum = points.reduce((s, p) => [s[0] + p[0], s[1] + p[1], s[2] + p[2]], [0, 0, 0]);
  const { radius } = cap;
  [view.lat, view.lon] = latLon(wide ? unit(sum) : cap.centre);
  view.lat = wide ? clamp(view.lat, -35, 35) : view.lat;
  view.zoom = clamp(0.92 / Math.sin(clamp(radius, 0.012, Math.PI / 2)), 1, 60);
}

/* One route turns the map to itself; all of them keep the page's own cut. */
function fitFlat(points, turn) {
  if (turn) [, view.lon] = latLon(capAround(points).centre);
  view.zoom = 1;
  view.shift = 0;
  view.turn = makeTurn();
  const at = points.map((p) => project(view.turn(p)));
  const [xs, ys] = [at.map((p) => p[0]), at.map((p) => p[1])];
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const middle = Math.max(Math.abs(left - view.width / 2), Math.abs(right - view.width / 2));
  const zoom = 0.88 * Math.min(view.width / 2 / Math.max(middle, 4),
    view.height / Math.max(bottom - top, 8));
  view.shift = (view.height / 2 - (top + bottom) / 2) / scale();
  view.zoom = clamp(zoom, 1, 60);
  if (view.zoom === 1) view.shift = 0;
}

function fit(points, turn) {
  if (!points.length) return;
  if (isGlobe()) fitGlobe(points);
  else fitFlat(points, turn);
}

function fitAll() {
  Object.assign(view, data.view, { kind: view.kind, zoom: 1, shift: 0 });
  fit(routes.flatMap((route) => route.all).concat(marks.map((m) => m.v)), false);
  redraw();
}

/* ---- choosing a route ---- */

/* The chosen route once more, above the others, which are pale then. */
function drawFront() {
  layers.front.textContent = "";
  layers.badges.forEach((g, i) => g && g.classList.toggle("active", i === chosen));
  if (chosen < 0) return;
  const g = element(layers.front, "g", { class: `route active c${routes[chosen].colour}` });
  g.setAttribute("pointer-events", "none");
  layers.routes[chosen].paths.slice(1).forEach((path) => g.appendChild(path.cloneNode()));
}

function choose(index) {
  chosen = index;
  svg.classList.toggle("chosen", index >= 0);
  rows.forEach((row, i) => row.classList.toggle("active", i === index));
  card.textContent = "";
  drawFront();
  if (index < 0) return;
  const route = routes[index];
  const add = (tag, text) => {
    const e = document.createElement(tag);
    e.textContent = text;
    card.appendChild(e);
  };
  add("b", route.label);
  add("span", route.figures);
  if (route.passages) add("span", route.passages);
  if (route.note) add("span", route.note);
}

rows.forEach((row, index) => {
  const name = row.querySelector(".name");
  row.addEventListener("pointerenter", () => choose(index));
  row.addEventListener("pointerleave", () => choose(-1));
  name.addEventListener("focus", () => choose(index));
  name.addEventListener("blur", () => choose(-1));
  name.addEventListener("click", () => {
    fit(routes[index].all, true);
    redraw();
    choose(index);
  });
});

/* ---- turning and zooming ---- */

function pan(dx, dy) {
  const s = scale();
  view.lon = wrap180(view.lon - dx / (s * Math.max(Math.cos(view.lat * DEG), 0.2)) / DEG);
  if (isGlobe()) {
    view.lat = clamp(view.lat + dy / s / DEG, -90, 90);
  } else {
    const most = Math.max(0, POLE - view.height / 2 / s);
    view.shift = clamp(view.shift + dy / s, -most, most);
  }
  redraw();
}

function zoomBy(factor) {
  view.zoom = clamp(view.zoom * factor, 0.6, 80);
  if (!isGlobe()) pan(0, 0);
  redraw();
}

function setKind(kind) {
  view.kind = kind;
  layers.toggle.textContent = isGlobe() ? "Flat map" : "Globe";
  svg.classList.toggle("flat", !isGlobe());
  measure();
  fitAll();
}

const pointers = new Map();

svg.addEventListener("pointerdown", (event) => {
  svg.setPointerCapture(event.pointerId);
  pointers.set(event.pointerId, [event.clientX, event.clientY]);
  svg.classList.add("dragging");
});

svg.addEventListener("pointermove", (event) => {
  const before = pointers.get(event.pointerId);
  if (!before) return;
  const now = [event.clientX, event.clientY];
  if (pointers.size === 2) {
    const other = [...pointers].find(([id]) => id !== event.pointerId)[1];
    const spread = (p) => Math.hypot(p[0] - other[0], p[1] - other[1]);
    zoomBy(spread(now) / Math.max(spread(before), 1));
  } else {
    pan(now[0] - before[0], now[1] - before[1]);
  }
  pointers.set(event.pointerId, now);
});

for (const name of ["pointerup", "pointercancel"]) {
  svg.addEventListener(name, (event) => {
    pointers.delete(event.pointerId);
    svg.classList.toggle("dragging", pointers.size > 0);
  });
}

svg.addEventListener("wheel", (event) => {
  event.preventDefault();
  zoomBy(Math.exp(-clamp(event.deltaY, -120, 120) / 400));
}, { passive: false });

svg.addEventListener("dblclick", () => zoomBy(2));

svg.addEventListener("keydown", (event) => {
  const keys = {
    ArrowLeft: () => pan(60, 0), ArrowRight: () => pan(-60, 0),
    ArrowUp: () => pan(0, 60), ArrowDown: () => pan(0, -60),
    "+": () => zoomBy(1.4), "=": () => zoomBy(1.4), "-": () => zoomBy(1 / 1.4),
    0: fitAll, g: () => setKind(isGlobe() ? "flat" : "globe"),
  };
  if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});

function makeControls() {
  const box = document.querySelector(".controls");
  const button = (text, label, action) => {
    const b = document.createElement("button");
    b.type = "button";
    b.textContent = text;
    if (label) b.setAttribute("aria-label", label);
    b.addEventListener("click", action);
    box.appendChild(b);
    return b;
  };
  layers.toggle = button("", "", () => setKind(isGlobe() ? "flat" : "globe"));
  button("+", "Zoom in", () => zoomBy(1.4));
  button("\u2212", "Zoom out", () => zoomBy(1 / 1.4));
  button("\u27f2", "Show all routes", fitAll);
  document.querySelector(".help").hidden = false;
}

/* ---- start ---- */

function measure() {
  const box = svg.getBoundingClientRect();
  if (box.width < 10 || box.height < 10) return false;
  const changed = Math.abs(box.width - view.width) > 1 || Math.abs(box.height - view.height) > 1;
  view.width = box.width;
  view.height = box.height;
  return changed;
}

makeLayers();
makeControls();
svg.setAttribute("tabindex", "0");
svg.setAttribute("role", "application");
setKind(view.kind);
draw(true);
new ResizeObserver(() => {
  if (!matchMedia("print").matches && measure()) fitAll();
}).observe(svg);
addEventListener("beforeprint", () => draw(true));
})();
