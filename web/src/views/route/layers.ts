// The route on the chart: the way, other ways, the way before, a leg in focus, gates, ends.
import type { Feature, Geometry, Position } from "geojson";
import type { Chart, Group, SlotLayer } from "@/map/chart";
import { FONT } from "@/map/fonts";
import { collection, dotLayer, feature, lineLayer, nameLayer, ofKind, pointFeature, type LinePaint } from "@/map/layers";
import { arc } from "@/map/sphere";
import { KEY_PASSAGES, passageName, uses, type Gate } from "@/passages";
import type { Itinerary, Place, RouteLeg } from "@/types";

/** A way of one kind: in the colour and width that are its own. */
const way = (id: string, kind: string, paint: LinePaint): SlotLayer =>
  lineLayer({ id, source: "ways", slot: "lines", filter: ofKind(kind) }, paint);

const ways: Group = {
  id: "route",
  sources: ["ways", "leg"],
  layers: (palette) => [
    way("way-before", "before", { "line-color": palette.ghost, "line-width": 2, "line-dasharray": [2, 2.4] }),
    way("way-other", "other", { "line-color": palette.second, "line-width": 1.4, "line-opacity": 0.55 }),
    way("way-lit", "lit", { "line-color": palette.second, "line-width": 3.4 }),
    way("way-casing", "main", { "line-color": palette.halo, "line-width": 6.6 }),
    way("way-main", "main", { "line-color": palette.accent, "line-width": 3.4 }),
    lineLayer({ id: "leg", source: "leg", slot: "lines" }, { "line-color": palette.accent, "line-width": 7 }),
  ],
};

const gates: Group = {
  id: "gates",
  sources: ["gates"],
  layers: (palette) => [
    dotLayer(
      { id: "gates", source: "gates", slot: "marks", filter: [">=", ["zoom"], ["get", "from"]] },
      {
        "circle-radius": ["match", ["get", "state"], "used", 6, "closed", 6.5, 4.5],
        "circle-color": ["match", ["get", "state"], "used", palette.accent, palette.haloLand],
        "circle-stroke-color": ["match", ["get", "state"], "used", palette.haloLand, "closed", palette.bad, palette.inkSoft],
        "circle-stroke-width": ["match", ["get", "state"], "closed", 2.2, 1.5],
      },
    ),
    {
      id: "gate-crosses",
      type: "symbol",
      source: "gates",
      slot: "marks",
      filter: ["all", ["==", ["get", "state"], "closed"], [">=", ["zoom"], ["get", "from"]]],
      layout: { "text-field": "×", "text-font": FONT, "text-size": 16, "text-allow-overlap": true, "text-ignore-placement": true },
      paint: { "text-color": palette.bad },
    },
    nameLayer(
      {
        id: "gate-names",
        source: "gates",
        slot: "names",
        filter: [
          "all",
          [">=", ["zoom"], ["get", "from"]],
          ["any", ["in", ["get", "state"], ["literal", ["used", "closed"]]], [">=", ["zoom"], 4]],
        ],
      },
      palette,
      {
        "text-size": 12.5,
        "text-variable-anchor": ["left", "right", "top"],
        "text-radial-offset": 0.8,
        "symbol-sort-key": ["match", ["get", "state"], "closed", 0, "used", 1, 2],
      },
      {
        "text-color": ["match", ["get", "state"], "used", palette.accent, "closed", palette.bad, palette.inkSoft],
        "text-halo-width": 1.5,
      },
    ),
  ],
};

/* Added last: names are placed from the top down, and those of the ends come first. */
const endMarks: Group = {
  id: "ends",
  sources: ["ends"],
  layers: (palette) => [
    dotLayer(
      { id: "ends", source: "ends", slot: "marks" },
      { "circle-radius": 4.5, "circle-color": palette.accent, "circle-stroke-color": palette.halo, "circle-stroke-width": 2 },
    ),
    nameLayer(
      { id: "end-names", source: "ends", slot: "names" },
      palette,
      { "text-size": 15, "text-variable-anchor": ["top", "right", "left"], "text-radial-offset": 0.7, "text-padding": 6 },
      { "text-halo-width": 2 },
    ),
  ],
};

export const MARKS = ["gates", "ports"];

export function addRouteLayers(chart: Chart): void {
  chart.add(ways);
  chart.add(gates);
  chart.add(endMarks);
}

export function removeRouteLayers(chart: Chart): void {
  chart.remove("route");
  chart.remove("gates");
  chart.remove("ends");
}

export interface Ways {
  main: Itinerary | null;
  others: Itinerary[];
  before: Itinerary | null;
  lit: Itinerary | null;
}

export function drawWays(chart: Chart, shown: Ways): void {
  const line = (kind: string, each: Itinerary): Feature => feature(each.geometry, { kind });
  chart.setData(
    "ways",
    collection([
      ...(shown.before ? [line("before", shown.before)] : []),
      ...shown.others.map((each) => line("other", each)),
      ...(shown.main ? [line("main", shown.main)] : []),
      ...(shown.lit ? [line("lit", shown.lit)] : []),
    ]),
  );
}

export function drawEnds(chart: Chart, places: Place[]): void {
  chart.setData(
    "ends",
    collection(places.map((p) => pointFeature([p.lon, p.lat], { name: p.code ? p.name : "" }))),
  );
}

export type GateState = "used" | "closed" | "open";

export function drawGates(chart: Chart, all: Gate[], stateOf: (gate: Gate) => GateState): void {
  const shown = all.filter((gate) => gate.at && gate.part_of === "");
  chart.setData(
    "gates",
    collection(
      shown.map((gate) => {
        const state = stateOf(gate);
        const from = state !== "open" && !(state === "closed" && !gate.open) ? 0 : KEY_PASSAGES.includes(gate.id) ? 1.6 : 3.4;
        return pointFeature(gate.at!, { gate: gate.id, name: passageName(gate), state, from });
      }),
    ),
  );
}

export const gateState = (gate: Gate, used: string[], closed: boolean, all: Gate[]): GateState =>
  closed ? "closed" : uses(used, gate, all) ? "used" : "open";

/** Points of a way, for fitting. */
export function pointsOf(geometry: Geometry): Position[] {
  if (geometry.type === "LineString") return geometry.coordinates;
  return geometry.type === "MultiLineString" ? geometry.coordinates.flat() : [];
}

/** The part of a way that one of its legs is, by distance run. */
export function drawLeg(chart: Chart, way: Itinerary, leg: RouteLeg | null): void {
  if (!leg) {
    chart.setData("leg", collection());
    return;
  }
  const run = way.legs.map((each) => each.distance_nm);
  const index = way.legs.indexOf(leg);
  const total = run.reduce((a, b) => a + b, 0) || 1;
  const start = run.slice(0, index).reduce((a, b) => a + b, 0) / total;
  const end = start + (run[index] ?? 0) / total;
  const lines = way.geometry.type === "LineString" ? [way.geometry.coordinates] : way.geometry.type === "MultiLineString" ? way.geometry.coordinates : [];
  const length = lines.reduce((sum, l) => sum + l.reduce((s, p, i) => (i === 0 ? s : s + arc(l[i - 1]!, p)), 0), 0) || 1;
  let done = 0;
  const parts = lines.map((l) =>
    l.filter((p, i) => {
      if (i > 0) done += arc(l[i - 1]!, p) / length;
      return done >= start - 1e-4 && done <= end + 1e-4;
    }),
  );
  chart.setData("leg", collection([feature({ type: "MultiLineString", coordinates: parts.filter((p) => p.length > 1) }, {})]));
}
