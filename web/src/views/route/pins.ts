// The two ends as pins that can be dragged: the way follows at once; let go near a port,
// the pin takes it. An end beyond the rim of the globe keeps its pin at the rim.
import type { Marker } from "maplibre-gl";
import { ask } from "@/api";
import { h, throttle } from "@/dom";
import { t } from "@/i18n";
import type { Chart } from "@/map/chart";
import { latLon, type LatLon } from "@/map/sphere";
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

/** One end: stands at its place, or at the rim of the globe in its direction. */
class Pin {
  readonly marker: Marker;
  held = false;
  #node;
  #at: LatLon;

  constructor(
    private readonly chart: Chart,
    private readonly end: End,
    at: LatLon,
  ) {
    this.#at = at;
    this.#node = h("div", { class: `pin pin-${end}` }, h("span", {}, end === "from" ? "A" : "B"));
    this.marker = chart.pin(this.#node, at);
    this.marker.on("dragstart", () => {
      this.held = true;
      this.#beyond(false);
    });
  }

  place(at: LatLon): void {
    this.#at = at;
    this.settle();
  }

  /** Again where it belongs, as the globe has turned. */
  settle(): void {
    if (this.held) return;
    const { lat, lon, beyond } = this.chart.near(this.#at);
    this.marker.setLngLat([lon, lat]);
    this.#beyond(beyond);
  }

  #beyond(beyond: boolean): void {
    this.#node.classList.toggle("beyond", beyond);
    this.#node.title = beyond ? t("route.pin.beyond", { letter: this.end === "from" ? "A" : "B" }) : "";
  }
}

export function makePins(
  chart: Chart,
  onDrag: (end: End, place: string) => void,
  onDrop: (end: End, place: string) => void,
): Pins {
  let pins: Partial<Record<End, Pin>> = {};
  const make = (end: End, at: LatLon): Pin => {
    const pin = new Pin(chart, end, at);
    const now = (): LatLon => latLon(pin.marker.getLngLat());
    pin.marker.on("drag", throttle(110, () => pin.held && onDrag(end, text(now()))));
    pin.marker.on("dragend", () => {
      const at = now();
      pin.place(at);
      pin.held = false;
      void placeAt(chart, at).then((place) => onDrop(end, place), () => onDrop(end, text(at)));
    });
    return pin;
  };
  const settle = (): void => Object.values(pins).forEach((each) => each.settle());
  chart.gl.on("move", settle);
  return {
    place: (from, to) => {
      for (const [end, at] of [["from", from], ["to", to]] as const) (pins[end] ??= make(end, at)).place(at);
    },
    remove: () => {
      chart.gl.off("move", settle);
      Object.values(pins).forEach((each) => each.marker.remove());
      pins = {};
    },
  };
}
