// What the chart shows of the atlas in every view: seas by name, ports by rank and zoom.
import { ask } from "@/api";
import { t } from "@/i18n";
import type { Port } from "@/types";
import type { Chart, Group } from "./chart";
import { FONT_SEA } from "./fonts";
import { collection, dotLayer, nameLayer, pointFeature } from "./layers";

/* Where the names of oceans stand: longitude, latitude. */
const SEAS: Record<string, [number, number]> = {
  "north-pacific": [-165, 24],
  "south-pacific": [-125, -30],
  "north-atlantic": [-42, 34],
  "south-atlantic": [-16, -26],
  indian: [80, -22],
  southern: [60, -60],
  arctic: [0, 81],
};

const seas: Group = {
  id: "seas",
  sources: ["seas"],
  layers: (palette) => [
    nameLayer(
      { id: "seas", source: "seas", slot: "areas", maxzoom: 4.5 },
      palette,
      {
        "text-font": FONT_SEA,
        "text-size": ["interpolate", ["linear"], ["zoom"], 1, 14, 4, 22],
        "text-letter-spacing": 0.12,
        "text-max-width": 8,
      },
      { "text-color": palette.inkSoft, "text-opacity": 0.75, "text-halo-width": 1 },
    ),
  ],
};

/** 0 the great container ports, then what a chart of smaller scale would show. */
function rank(port: Port): number {
  if (port.wide) return 4;
  if (port.kind === "container") return (port.max_draft_m ?? 0) >= 14.5 ? 0 : 1;
  return port.kind === "multi" && (port.max_draft_m ?? 0) >= 13 ? 2 : 3;
}

const ports: Group = {
  id: "ports",
  sources: ["ports"],
  layers: (palette) => [
    dotLayer(
      {
        id: "ports",
        source: "ports",
        slot: "marks",
        minzoom: 2.4,
        filter: ["<=", ["get", "rank"], ["step", ["zoom"], 0, 3, 1, 4, 2, 4.8, 3, 5.6, 4]],
      },
      {
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 2, 1.8, 8, 4],
        "circle-color": palette.haloLand,
        "circle-stroke-color": palette.ink,
        "circle-stroke-width": 1,
      },
    ),
    nameLayer(
      {
        id: "port-names",
        source: "ports",
        slot: "names",
        minzoom: 3.2,
        filter: ["<=", ["get", "rank"], ["step", ["zoom"], 0, 4, 1, 4.8, 2, 5.8, 3, 6.8, 4]],
      },
      palette,
      {
        "text-size": 12.5,
        "text-variable-anchor": ["left", "right", "top", "bottom"],
        "text-radial-offset": 0.5,
        "symbol-sort-key": ["get", "rank"],
      },
      { "text-halo-color": palette.haloLand, "text-halo-width": 1.2 },
    ),
  ],
};

export function drawSeas(chart: Chart): void {
  chart.add(seas);
  const names = Object.entries(SEAS).map(([id, [lon, lat]]) => pointFeature([lon, lat], { name: t(`sea.${id}`) }));
  chart.setData("seas", collection(names));
}

let known: Promise<Port[]> | null = null;

/** Every port of the atlas, asked for once. */
export function allPorts(): Promise<Port[]> {
  known ??= ask<{ ports: Port[] }>("ports").then(({ value }) => value.ports);
  known.catch(() => (known = null));
  return known;
}

export async function drawPorts(chart: Chart): Promise<void> {
  const list = await allPorts();
  chart.add(ports);
  chart.setData(
    "ports",
    collection(list.map((p) => pointFeature([p.lon, p.lat], { code: p.code, name: p.name, rank: rank(p) }))),
  );
}
