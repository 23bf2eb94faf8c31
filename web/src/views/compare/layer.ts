// Both chains on the chart, and under them, while the network is being changed, the
// network itself.
import type { Feature, FeatureCollection, Position } from "geojson";
import type { DataDrivenPropertyValueSpecification } from "maplibre-gl";
import type { Group, SlotLayer } from "@/map/chart";
import { collection, dotLayer, feature, lineLayer, nameLayer, ofKind, pointFeature, type LinePaint } from "@/map/layers";
import type { Palette } from "@/map/palette";
import { isLink, links, type Comparison, type Leg, type Network } from "./model";

export const CHAINS = "compare-chains";
export const STOPS = "compare-stops";
export const NETWORK = "compare-network";
export const LINK_LAYER = "compare-links";
export const NODE_LAYER = "compare-nodes";

const wide = (base: number): DataDrivenPropertyValueSpecification<number> => ["case", ["boolean", ["get", "active"], false], base + 3, base];

/** The chain of a side. */
const chain = (id: string, side: number, paint: LinePaint): SlotLayer =>
  lineLayer({ id, source: CHAINS, slot: "lines", filter: ["==", ["get", "side"], side] }, paint);

export const group: Group = {
  id: "compare",
  sources: [CHAINS, STOPS, NETWORK],
  layers: (palette: Palette) => [
    lineLayer(
      { id: LINK_LAYER, source: NETWORK, slot: "areas", filter: ofKind("link") },
      {
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
    ),
    dotLayer(
      { id: NODE_LAYER, source: NETWORK, slot: "areas", filter: ["!=", ["get", "kind"], "link"] },
      {
        "circle-radius": ["case", ["==", ["get", "kind"], "port"], 5, 3],
        "circle-color": ["case", ["get", "picked"], palette.accent, ["==", ["get", "kind"], "port"], palette.second, palette.land],
        "circle-stroke-color": palette.ink,
        "circle-stroke-width": 1,
      },
    ),
    chain("compare-before", 0, { "line-color": palette.second, "line-width": wide(2.4), "line-dasharray": [2, 1.4] }),
    chain("compare-after", 1, { "line-color": palette.accent, "line-width": wide(3) }),
    dotLayer(
      { id: "compare-stops", source: STOPS, slot: "marks" },
      { "circle-radius": 4, "circle-color": palette.haloLand, "circle-stroke-color": palette.ink, "circle-stroke-width": 1.4 },
    ),
    nameLayer({ id: "compare-names", source: STOPS, slot: "names" }, palette, { "text-variable-anchor": ["top", "bottom", "left", "right"], "text-radial-offset": 0.7 }),
  ],
};

const moving = (leg: Leg): boolean => leg.from !== leg.to && Boolean(leg.from_at && leg.to_at);

const line = (leg: Leg, side: number, active: boolean): Feature =>
  feature(leg.geometry ?? { type: "LineString", coordinates: [leg.from_at!, leg.to_at!] }, { side, active });

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
  return collection(features);
}

export function stops(answer: Comparison): FeatureCollection {
  const seen = new Map<string, Feature>();
  for (const leg of answer.scenarios.flatMap((side) => side.legs)) {
    for (const [name, at] of [[leg.from, leg.from_at], [leg.to, leg.to_at]] as const) {
      if (!at || seen.has(name)) continue;
      seen.set(name, pointFeature(at, { name }));
    }
  }
  return collection([...seen.values()]);
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
  if (!network) return collection();
  const features = network.features.map((each): Feature => {
    const of = each.properties;
    const open = isLink(of) ? of.open : true;
    return feature(each.geometry, { ...of, open, picked: of.id === picked });
  });
  if (spot) features.push(pointFeature([spot.lon, spot.lat], { kind: "port", id: "", open: true, picked: true }));
  return collection(features);
}
