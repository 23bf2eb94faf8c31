// The two ends as pins that can be dragged: the way follows at once; let go near a port,
// the pin takes it.
import type { Marker } from "maplibre-gl";
import { ask } from "@/api";
import { h, throttle } from "@/dom";
import type { Chart, LatLon } from "@/map/chart";
import { latLon } from "@/map/place";
import type { Place, Port } from "@/types";

export type End = "from" | "to";

export interface Pins {
  place: (from: Place, to: Place) => void;
  remove: () => void;
}

const NEAR_PX = 22;

const text = (at: LatLon): string => `${at.lat.toFixed(3)},${at.lon.toFixed(3)}`;

/** The port under a point of the chart, else the point: as the API takes it. */
export async function placeAt(chart: Chart, at: LatLon): Promise<string> {
  const { value } = await ask<{ ports: Port[] }>("ports", { near: text(at), limit: 1 });
  const port = value.ports[0];
  if (!port) return text(at);
  const [a, b] = [chart.gl.project([at.lon, at.lat]), chart.gl.project([port.lon, port.lat])];
  return Math.hypot(a.x - b.x, a.y - b.y) <= NEAR_PX && (port.distance_nm ?? 0) < 600 ? port.code : text(at);
}

export function makePins(
  chart: Chart,
  onDrag: (end: End, place: string) => void,
  onDrop: (end: End, place: string) => void,
): Pins {
  let markers: Partial<Record<End, Marker>> = {};
  let held: End | null = null;
  const make = (end: End, at: LatLon): Marker => {
    const letter = end === "from" ? "A" : "B";
    const marker = chart.pin(h("div", { class: `pin pin-${end}` }, h("span", {}, letter)), at);
    const now = (): LatLon => latLon(marker.getLngLat());
    const follow = throttle(110, () => {
      if (held === end) onDrag(end, text(now()));
    });
    marker.on("dragstart", () => (held = end));
    marker.on("drag", follow);
    marker.on("dragend", () => {
      held = null;
      const at = now();
      void placeAt(chart, at).then((place) => onDrop(end, place), () => onDrop(end, text(at)));
    });
    return marker;
  };
  return {
    place: (from, to) => {
      for (const [end, at] of [["from", from], ["to", to]] as const) {
        if (held === end) continue;
        if (markers[end]) markers[end].setLngLat([at.lon, at.lat]);
        else markers[end] = make(end, at);
      }
    },
    remove: () => {
      Object.values(markers).forEach((each) => each.remove());
      markers = {};
    },
  };
}
