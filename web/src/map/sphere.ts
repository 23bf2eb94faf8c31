// Points on the sphere as unit vectors: directions, the cap round many of them.
import type { Position } from "geojson";

export interface LatLon {
  lat: number;
  lon: number;
}

type Vector = [number, number, number];
export const RAD = Math.PI / 180;

export const vector = ([lon, lat]: Position): Vector => [
  Math.cos(lat! * RAD) * Math.cos(lon! * RAD),
  Math.cos(lat! * RAD) * Math.sin(lon! * RAD),
  Math.sin(lat! * RAD),
];

export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Great-circle distance by the haversine; its unit is the globe's radius. */
export function arc(a: Position, b: Position): number {
  const [dLat, dLon] = [(b[1]! - a[1]!) * RAD, (b[0]! - a[0]!) * RAD];
  const s = Math.sin(dLat / 2) ** 2 + Math.cos(a[1]! * RAD) * Math.cos(b[1]! * RAD) * Math.sin(dLon / 2) ** 2;
  return 2 * Math.asin(Math.sqrt(Math.min(1, s)));
}

const unit = (v: Vector): Vector => {
  const length = Math.hypot(...v) || 1;
  return [v[0] / length, v[1] / length, v[2] / length];
};

export const fromVector = (v: Vector): LatLon => ({ lat: Math.asin(v[2]) / RAD, lon: Math.atan2(v[1], v[0]) / RAD });

/** From `a` along the great circle to `b`, `angle` far; any way where they are antipodes. */
export function towards(a: Vector, b: Vector, angle: number): Vector {
  const along = dot(a, b);
  const aside = unit([b[0] - along * a[0], b[1] - along * a[1], b[2] - along * a[2]]);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return unit([a[0] * c + aside[0] * s, a[1] * c + aside[1] * s, a[2] * c + aside[2] * s]);
}

/**
 * Middle and angle of the smallest cap round points on the sphere, nearly: a start at
 * their mean moves towards the farthest by shorter and shorter steps (Badoiu and
 * Clarkson, 2003).
 */
export function around(points: Position[]): { lat: number; lon: number; angle: number } {
  const vectors = points.map(vector);
  let middle = unit(vectors.reduce<Vector>((s, v) => [s[0] + v[0], s[1] + v[1], s[2] + v[2]], [0, 0, 0]));
  let angle = 0;
  for (let i = 2; i < 60; i++) {
    const m = middle;
    const far = vectors.reduce((a, v) => (dot(v, m) < dot(a, m) ? v : a));
    angle = Math.acos(Math.max(-1, Math.min(1, dot(far, m))));
    middle = unit([m[0] + (far[0] - m[0]) / i, m[1] + (far[1] - m[1]) / i, m[2] + (far[2] - m[2]) / i]);
  }
  return { ...fromVector(middle), angle };
}

/** Those of the points that lie together: without the tenth that is farthest from their mean. */
export function together(points: Position[]): Position[] {
  const vectors = points.map(vector);
  const mean = unit(vectors.reduce<Vector>((s, v) => [s[0] + v[0], s[1] + v[1], s[2] + v[2]], [0, 0, 0]));
  const near = points.map((point, i) => ({ point, far: -dot(vectors[i]!, mean) })).sort((a, b) => a.far - b.far);
  return near.slice(0, Math.ceil(near.length * 0.9)).map((each) => each.point);
}

/** Positions as the API has them out of those of the map, which runs on past 180 degrees. */
export const latLon = ({ lat, lng }: { lat: number; lng: number }): LatLon => ({
  lat,
  lon: ((((lng + 180) % 360) + 360) % 360) - 180,
});
