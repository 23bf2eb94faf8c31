// What /api/hinterland answers as GeoJSON, and what the view reckons from it: the same
// answer holds all four criteria, so that changing between them asks nothing anew.
import type { Feature, FeatureCollection, Point, Polygon } from "geojson";

/** By the names of the answer's properties. */
export const CRITERIA = ["fastest", "cheapest", "cleanest", "generalised"] as const;
export type Criterion = (typeof CRITERIA)[number];

/** Units of their values, as the answer has them. */
export const UNITS: Record<Criterion, string> = {
  fastest: "h",
  cheapest: "USD",
  cleanest: "kg",
  generalised: "USD",
};

export interface Choice {
  port: string | null;
  value: number | null;
  second: string | null;
  second_value: number | null;
  margin_pct: number | null;
  own_value: number | null;
}

export type Chosen = Record<Criterion, Choice> & {
  id?: string;
  name?: string;
  country?: string;
  km2?: number;
  contested: boolean;
  probability: number | null;
};

export interface Hinterland extends FeatureCollection<Point | Polygon, Chosen> {
  port: string;
  to: string;
  case: string;
  scenario: string | null;
  commodity: string;
  per: string;
  by: string;
  contested_within_pct: number;
  samples: number;
  seed: number;
  cell_deg: number;
}

export type Cell = Feature<Polygon, Chosen>;
export type Node = Feature<Point, Chosen>;

export const cells = (answer: Hinterland): Cell[] =>
  answer.features.filter((each): each is Cell => each.geometry.type === "Polygon");
export const nodes = (answer: Hinterland): Node[] =>
  answer.features.filter((each): each is Node => each.geometry.type === "Point");

export const isContested = (of: Choice, within: number): boolean =>
  of.margin_pct !== null && of.margin_pct <= within;

export interface Share {
  port: string;
  name: string;
  km2: number;
  contested: number;
  nodes: number;
}

/** Land that each port wins by a criterion, most first. */
export function shares(answer: Hinterland, by: Criterion): Share[] {
  const found = new Map<string, Share>();
  const names = new Map(nodes(answer).map((node) => [node.properties.id, node.properties.name]));
  const of = (port: string): Share => {
    let share = found.get(port);
    if (!share) {
      share = { port, name: names.get(port) ?? port, km2: 0, contested: 0, nodes: 0 };
      found.set(port, share);
    }
    return share;
  };
  for (const cell of cells(answer)) {
    const choice = cell.properties[by];
    if (choice.port === null) continue;
    const share = of(choice.port);
    share.km2 += cell.properties.km2 ?? 0;
    if (isContested(choice, answer.contested_within_pct)) share.contested += cell.properties.km2 ?? 0;
  }
  for (const node of nodes(answer)) {
    const { port } = node.properties[by];
    if (port !== null) of(port).nodes++;
  }
  return [...found.values()].sort((a, b) => b.km2 - a.km2 || b.nodes - a.nodes);
}
