// Passages: asked for once, with the middle of each gate; their names in the page's language.
import type { Feature, Geometry, Position } from "geojson";
import { ask } from "./api";
import { hasText, t } from "./i18n";
import type { Passage } from "./types";

export interface Gate extends Passage {
  at: Position | null;
}

/* What people ask about, first first. */
export const KEY_PASSAGES = [
  "panama", "suez", "magellan", "drake", "good-hope", "bab-el-mandeb", "hormuz", "malacca", "gibraltar",
];

/** Where a passage's mark stands: in the middle; of a cape, whose gate is long, at the land. */
function markOf({ kind }: Passage, geometry: Geometry | null): Position | null {
  if (kind === "cape" && geometry?.type === "MultiLineString") return geometry.coordinates[0]?.[0] ?? null;
  return middle(geometry);
}

function middle(geometry: Geometry | null): Position | null {
  if (!geometry) return null;
  if (geometry.type === "Point") return geometry.coordinates;
  if (geometry.type === "LineString") return geometry.coordinates[Math.floor(geometry.coordinates.length / 2)] ?? null;
  if (geometry.type !== "MultiLineString") return null;
  const longest = [...geometry.coordinates].sort((a, b) => b.length - a.length)[0] ?? [];
  if (longest.length === 2) {
    const [a, b] = longest as [Position, Position];
    return [(a[0]! + b[0]!) / 2, (a[1]! + b[1]!) / 2];
  }
  return longest[Math.floor(longest.length / 2)] ?? null;
}

let known: Promise<Gate[]> | null = null;

export function allPassages(): Promise<Gate[]> {
  known ??= ask<{ features: Feature<Geometry | null>[] }>("passages", { format: "geojson" }).then(({ value }) =>
    value.features.map((f) => ({ ...(f.properties as Passage), at: markOf(f.properties as Passage, f.geometry) })),
  );
  known.catch(() => (known = null));
  return known;
}

/** "Panama Canal": without what stands in brackets, which is the detail. */
export function passageName(passage: { id: string; name: string }): string {
  const key = `passage.${passage.id}`;
  return hasText(key) ? t(key) : passage.name.replace(/ \(.*\)$/, "");
}

/** The names of a way's passages, in order: "Cape of Good Hope, Sunda Strait". */
export function passageNames(ids: string[], all: Gate[]): string {
  return ids
    .map((id) => passageName(all.find((each) => each.id === id) ?? { id, name: id }))
    .filter((name, i, names) => names.indexOf(name) === i)
    .join(", ");
}

/** Whether a way goes through a passage, or through a part of it. */
export const uses = (ids: string[], passage: Gate, all: Gate[]): boolean =>
  ids.some((id) => id === passage.id || all.find((each) => each.id === id)?.part_of === passage.id);
