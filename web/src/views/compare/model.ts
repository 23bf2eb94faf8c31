// What /api/compare and /api/network answer, as far as the view reads it.
import type { Feature, FeatureCollection, Geometry, LineString, MultiLineString, Point } from "geojson";

export interface Measured {
  value: number | null;
  median: number | null;
  low: number | null;
  high: number | null;
}

export const MEASURES = ["time_h", "cost_usd", "co2_kg", "generalised_usd"] as const;
export type Measure = (typeof MEASURES)[number];

export interface Leg {
  mode: string;
  from: string;
  to: string;
  what: string;
  distance_km: number;
  time_h: Measured;
  cost_usd: Measured;
  co2_kg: Measured;
  passages: string[];
  from_at?: [number, number] | null;
  to_at?: [number, number] | null;
  geometry?: Geometry | null;
}

export interface Side {
  id: string;
  title: string;
  date: string | null;
  found: boolean;
  why: string | null;
  total: Record<Measure, Measured>;
  stays_best_share: number | null;
  legs: Leg[];
  notices: string[];
}

export interface Comparison {
  case: string;
  from: string;
  to: string;
  commodity: string;
  unit: string;
  by: string;
  quay: boolean;
  samples: number;
  seed: number;
  note: string;
  scenarios: Side[];
  difference: Record<Measure, Measured>;
  inputs: { name: string; share: number; at_low: number | null; at_high: number | null; low: number; high: number }[];
}

export interface Scenario {
  id: string;
  title: string;
  about: string;
  date: string | null;
}

export interface Named {
  id: string;
  name: string;
}

/** A node or port. */
export interface PlaceThing extends Named {
  kind: "node" | "port";
  country: string | null;
  port?: string | null;
  status?: string | null;
}

export interface LinkThing {
  kind: "link";
  id: string;
  from: string;
  to: string;
  mode: string;
  class: string;
  state: string;
  open: boolean;
  length_km: number;
  speed_kmh: number;
  cost_usd_t: number | null;
  border_h: number | null;
}

export interface ServiceThing extends Named {
  vessel: string;
  headway_d: number;
  speed_kn: number | null;
  open: boolean;
  calls: string[];
}

export interface Network extends FeatureCollection<Point | LineString | MultiLineString, PlaceThing | LinkThing> {
  services: ServiceThing[];
  passages: (Named & { open: boolean; wait_h: number | null })[];
  classes: (Named & { mode: string; speed_kmh: number | null })[];
  commodities: Named[];
}

export const isLink = (of: PlaceThing | LinkThing): of is LinkThing => of.kind === "link";

export const links = (network: Network): Feature<Geometry, LinkThing>[] =>
  network.features.filter((each): each is Feature<LineString, LinkThing> => isLink(each.properties));

export const places = (network: Network): Feature<Point, PlaceThing>[] =>
  network.features.filter((each): each is Feature<Point, PlaceThing> => !isLink(each.properties));

/** Names of nodes and ports by id. */
export function namesOf(network: Network): Map<string, string> {
  const names = new Map<string, string>();
  for (const { properties } of places(network)) names.set(properties.id, properties.name || properties.id);
  return names;
}

/* Modes share a colour with their kind of way: sea, road, rail, river, and waiting. */
export const MODE_KINDS = ["sea", "road", "rail", "river", "wait"] as const;
export type ModeKind = (typeof MODE_KINDS)[number];

export function modeKind(mode: string): ModeKind {
  if (mode === "liner" || mode === "tramp" || mode === "sea" || mode === "canal") return "sea";
  if (mode === "rail") return "rail";
  if (mode === "river" || mode === "ferry" || mode === "lake") return "river";
  return mode === "road" || mode === "pipeline" || mode === "air" ? "road" : "wait";
}
