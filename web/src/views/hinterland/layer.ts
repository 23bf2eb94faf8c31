// The catchment on the chart: cells in the colour of the port that wins them, hatched
// where the second is close; towns as dots on top. Ports have their names anyway.
import type { Feature, FeatureCollection, Position } from "geojson";
import type { Map as GlMap } from "maplibre-gl";
import type { Group } from "@/map/chart";
import { collection, dotLayer, feature } from "@/map/layers";
import type { Palette } from "@/map/palette";
import { cells, isContested, nodes, type Criterion, type Hinterland } from "./model";

export const CELLS = "hinterland-cells";
export const NODES = "hinterland-nodes";
export const CELL_LAYER = "hinterland-fill";
export const NODE_LAYER = "hinterland-dots";
const HATCH = "hinterland-hatch";

/* Told apart also by those who do not see red and green (after Okabe and Ito, 2008),
   softened for land. The port that is asked about has the chart's accent. */
export const OTHERS = ["#3f8fb5", "#c9a227", "#3a9a7a", "#8a6fb0", "#c9743a", "#6e8fb8", "#9a9a52"];
export const REST = "#8b979e";

export type Colours = Map<string, string>;

export function coloursOf(ports: readonly string[], own: string, accent: string): Colours {
  const found: Colours = new Map([[own, accent]]);
  let next = 0;
  for (const port of ports) {
    if (port !== own) found.set(port, OTHERS[next++] ?? REST);
  }
  return found;
}

/** Diagonal lines, drawn point by point: nothing is fetched. */
export function addHatch(map: GlMap): void {
  if (map.hasImage(HATCH)) return;
  const size = 12;
  const data = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const on = (x + y) % 6 < 2;
      data.set(on ? [255, 255, 255, 190] : [0, 0, 0, 0], (y * size + x) * 4);
    }
  }
  map.addImage(HATCH, { width: size, height: size, data }, { pixelRatio: 2 });
}

export const group: Group = {
  id: "hinterland",
  sources: [CELLS, NODES],
  layers: (palette: Palette) => [
    {
      slot: "areas",
      id: CELL_LAYER,
      type: "fill",
      source: CELLS,
      paint: { "fill-color": ["get", "colour"], "fill-opacity": 0.62, "fill-antialias": false },
    },
    {
      slot: "areas",
      id: "hinterland-contested",
      type: "fill",
      source: CELLS,
      filter: ["get", "contested"],
      paint: { "fill-pattern": HATCH, "fill-opacity": 0.8 },
    },
    dotLayer(
      { id: NODE_LAYER, source: NODES, slot: "marks" },
      {
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 2, 1.6, 5, 4, 8, 6],
        "circle-color": ["get", "colour"],
        "circle-stroke-color": palette.ink,
        "circle-stroke-width": 0.8,
      },
    ),
  ],
};

export function cellMarks(answer: Hinterland, by: Criterion, colours: Colours): FeatureCollection {
  const features = cells(answer).flatMap((cell, index): Feature[] => {
    const choice = cell.properties[by];
    if (choice.port === null) return [];
    const colour = colours.get(choice.port) ?? REST;
    return [feature(cell.geometry, { index, colour, contested: isContested(choice, answer.contested_within_pct) })];
  });
  return collection(features);
}

export function nodeMarks(answer: Hinterland, by: Criterion, colours: Colours): FeatureCollection {
  const features = nodes(answer).map(({ properties: of, geometry }, index) =>
    feature(geometry, { index, name: of.name, colour: colours.get(of[by].port ?? "") ?? REST }),
  );
  return collection(features);
}

export const extent = (answer: Hinterland): Position[] =>
  answer.features.map((each) =>
    each.geometry.type === "Point" ? each.geometry.coordinates : each.geometry.coordinates[0]![0]!,
  );
