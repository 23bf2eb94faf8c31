// Unpacks the land files that tools/land.mjs makes (its format is told there).
import type { Feature, FeatureCollection, Geometry, Position } from "geojson";
import coarse from "@land/land-110m.json?url";
import fine from "@land/land-50m.json?url";
import { collection, feature } from "./layers";

interface Packed {
  units: number;
  land: number[][][];
  borders: number[][];
}

function unpack(packed: number[], units: number): Position[] {
  const points: Position[] = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i + 1 < packed.length; i += 2) {
    x += packed[i]!;
    y += packed[i + 1]!;
    points.push([x / units, y / units]);
  }
  return points;
}

/** Edges that cutting at the antimeridian or closing at the pole has made are no shores. */
const isCut = (a: Position, b: Position): boolean =>
  (Math.abs(a[0]!) > 179.99 && Math.abs(b[0]!) > 179.99) || Math.min(a[1]!, b[1]!) < -89;

function shores(rings: Position[][]): Position[][] {
  return rings.flatMap((ring) => {
    const parts: Position[][] = [[ring[0]!]];
    for (let i = 1; i < ring.length; i++) {
      if (isCut(ring[i - 1]!, ring[i]!)) parts.push([ring[i]!]);
      else parts[parts.length - 1]!.push(ring[i]!);
    }
    return parts.filter((part) => part.length > 1);
  });
}

const part = (kind: string, geometry: Geometry): Feature => feature(geometry, { kind });

/** Land, shores and borders, told apart by their property `kind`. */
export async function loadLand(scale: "coarse" | "fine"): Promise<FeatureCollection> {
  const response = await fetch(scale === "coarse" ? coarse : fine);
  const { units, land, borders } = (await response.json()) as Packed;
  const polygons = land.map((rings) => rings.map((ring) => unpack(ring, units)));
  return collection([
    part("land", { type: "MultiPolygon", coordinates: polygons }),
    part("shore", { type: "MultiLineString", coordinates: shores(polygons.flat()) }),
    part("border", { type: "MultiLineString", coordinates: borders.map((b) => unpack(b, units)) }),
  ]);
}

const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);

/** Meridians and parallels every `step` degrees. */
export function graticule(step: number): Feature {
  const meridians = range(-180, 180 - step, step).map((lon) => range(-85, 85, 5).map((lat) => [lon, lat]));
  const parallels = range(-90 + step, 90 - step, step).map((lat) => range(-180, 180, 3).map((lon) => [lon, lat]));
  return part(`grid-${step}`, { type: "MultiLineString", coordinates: [...meridians, ...parallels] });
}
