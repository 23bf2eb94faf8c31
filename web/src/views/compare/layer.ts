// Both chains on the chart, and under them, while the network is being changed, the
// network itself.
import type { Feature, FeatureCollection, Position } from "geojson";
import type { Group } from "@/map/chart";
import { FONT } from "@/map/fonts";
import type { Palette } from "@/map/palette";
import { isLink, links, type Comparison, type Leg, type Network } from "./model";

export const CHAINS = "compare-chains";
export const STOPS = "compare-stops";
export const NETWORK = "compare-network";
export const LINK_LAYER = "compare-links";
export const NODE_LAYER = "compare-nodes";

const EMPTY: FeatureCollection = { type: "FeatureCollection", features: [] };

const wide = (base: number): unknown => ["case", ["boolean", ["get", "active"], false], base + 3, base];

export const group: Group = {
  id: "compare",
  sources: [CHAINS, STOPS, NETWORK],
  layers: (palette: Palette) => [
    {
      slot: "areas",
      id: LINK_LAYER,
      type: "line",
      source: NETWORK,
      filter: ["==", ["get", "kind"], "link"],
      layout: { "line-cap": "round" },
      paint: {
        "line-color": [
          "case",
          ["get", "picked"],
          palette.accent,
          ["!", ["get", "open"]],
          palette.bad,
          ["match", ["get", "mode"], "river", palette.second, "rail", palette.ink, palette.inkSoft],
        ],
        "line-width": ["case", ["get", "picked"], 5, 1.8],
        "line-opacity": ["case", ["get", "open"], 0.75, 0.55],
      },
    },
    {
      slot: "areas",
      id: NODE_LAYER,
      type: "circle",
      source: NETWORK,
      filter: ["!=", ["get", "kind"], "link"],
      paint: {
        "circle-radius": ["case", ["==", ["get", "kind"], "port"], 5, 3],
        "circle-color": ["case", ["get", "picked"], palette.accent, ["==", ["get", "kind"], "port"], palette.second, palette.land],
        "circle-stroke-color": palette.ink,
        "circle-stroke-width": 1,
      },
    },
    {
      slot: "lines",
      id: "compare-before",
      type: "line",
      source: CHAINS,
      filter: ["==", ["get", "side"], 0],
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": palette.second, "line-width": wide(2.4) as never, "line-dasharray": [2, 1.4] },
    },
    {
      slot: "lines",
      id: "compare-after",
      type: "line",
      source: CHAINS,
      filter: ["==", ["get", "side"], 1],
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": palette.accent, "line-width": wide(3) as never },
    },
    {
      slot: "marks",
      id: "compare-stops",
      type: "circle",
      source: STOPS,
      paint: {
        "circle-radius": 4,
        "circle-color": palette.haloLand,
        "circle-stroke-color": palette.ink,
        "circle-stroke-width": 1.4,
      },
    },
    {
      slot: "names",
      id: "compare-names",
      type: "symbol",
      source: STOPS,
      layout: {
        "text-field": ["get", "name"],
        "text-font": FONT,
        "text-size": 13,
        "text-anchor": "left",
        "text-offset": [0.7, 0],
      },
      paint: { "text-color": palette.ink, "text-halo-color": palette.halo, "text-halo-width": 1.6 },
    },
  ],
};

const moving = (leg: Leg): boolean => leg.from !== leg.to && Boolean(leg.from_at && leg.to_at);

function line(leg: Leg, side: number, active: boolean): Feature {
  return {
    type: "Feature",
    properties: { side, active },
    geometry: leg.geometry ?? { type: "LineString", coordinates: [leg.from_at!, leg.to_at!] },
  };
}

export interface Active {
  side: number;
  index: number;
}

export function chainLines(answer: Comparison, active: Active | null): FeatureCollection {
  const features = answer.scenarios.flatMap((side, s) =>
    side.legs.flatMap((leg, i) =>
      moving(leg) ? [line(leg, s, active !== null && active.side === s && active.index === i)] : [],
    ),
  );
  return { type: "FeatureCollection", features };
}

export function stops(answer: Comparison): FeatureCollection {
  const seen = new Map<string, Feature>();
  for (const leg of answer.scenarios.flatMap((side) => side.legs)) {
    for (const [name, at] of [[leg.from, leg.from_at], [leg.to, leg.to_at]] as const) {
      if (!at || seen.has(name)) continue;
      seen.set(name, { type: "Feature", properties: { name }, geometry: { type: "Point", coordinates: at } });
    }
  }
  return { type: "FeatureCollection", features: [...seen.values()] };
}

export const extent = (answer: Comparison): Position[] =>
  answer.scenarios.flatMap((side) => side.legs).flatMap((leg) => {
    const of = leg.geometry;
    const ends = [leg.from_at, leg.to_at].filter((each): each is [number, number] => Boolean(each));
    if (of?.type === "LineString") return [...ends, ...of.coordinates.filter((_, i) => i % 20 === 0)];
    if (of?.type === "MultiLineString") return [...ends, ...of.coordinates.flat().filter((_, i) => i % 20 === 0)];
    return ends;
  });

/** Ends of the links: the land that the network covers. */
export const landExtent = (network: Network): Position[] =>
  links(network).flatMap(({ geometry }) => (geometry.type === "LineString" ? [geometry.coordinates[0]!] : []));

/** The network with what is picked marked, and the spot of a new port; nothing where it is not shown. */
export function networkMarks(network: Network | null, picked: string, spot: { lat: number; lon: number } | null): FeatureCollection {
  if (!network) return EMPTY;
  const features = network.features.map((each): Feature => {
    const of = each.properties;
    const open = isLink(of) ? of.open : true;
    return { type: "Feature", properties: { ...of, open, picked: of.id === picked }, geometry: each.geometry };
  });
  if (spot) {
    const properties = { kind: "port", id: "", open: true, picked: true };
    features.push({ type: "Feature", properties, geometry: { type: "Point", coordinates: [spot.lon, spot.lat] } });
  }
  return { type: "FeatureCollection", features };
}
