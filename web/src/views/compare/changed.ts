// The network as the edits leave it, as far as the chart shows it: the server is asked
// for the answer, not for the drawing.
import type { Feature, LineString, Point, Position } from "geojson";
import { arc } from "@/map/sphere";
import { bodyOf, subject, verbOf, type Edit } from "./edits";
import { isLink, places, type LinkThing, type Network, type PlaceThing } from "./model";

const EARTH_KM = 6371.0088;

export const distanceKm = (a: Position, b: Position): number => EARTH_KM * arc(a, b);

/** Places of the network by id; where a node and a port share an id, the node. */
export function positions(network: Network): Map<string, Position> {
  const found = new Map<string, Position>();
  for (const { properties, geometry } of places(network)) {
    if (properties.kind === "node" || !found.has(properties.id)) found.set(properties.id, geometry.coordinates);
  }
  return found;
}

/** The node nearest to a position that is no port itself. */
export function nearestNode(network: Network, at: Position): { id: string; country: string; km: number } | null {
  let best: { id: string; country: string; km: number } | null = null;
  for (const { properties, geometry } of places(network)) {
    if (properties.kind !== "node") continue;
    const km = distanceKm(at, geometry.coordinates);
    if (!best || km < best.km) best = { id: properties.id, country: properties.country ?? "", km };
  }
  return best;
}

/** The road that a country has most of, in links; any where it has none. */
export function commonRoad(network: Network, country: string): string {
  const here = new Set(places(network).flatMap(({ properties: of }) => (of.country === country ? [of.id] : [])));
  const count = new Map<string, number>();
  for (const { properties: of } of network.features) {
    if (!isLink(of) || of.mode !== "road" || !here.has(of.from) || !here.has(of.to)) continue;
    count.set(of.class, (count.get(of.class) ?? 0) + 1);
  }
  const [first] = [...count].sort(([, a], [, b]) => b - a);
  return first?.[0] ?? network.classes.find((each) => each.mode === "road")?.id ?? "";
}

/** Added ports where no service of the edits calls: no ship would come. */
export function unserved(edits: readonly Edit[]): string[] {
  const of = (kind: string): Edit[] => edits.filter((edit) => subject(edit).kind === kind);
  const calls = JSON.stringify(of("service").map((edit) => bodyOf(edit)["calls"] ?? []));
  const added = of("port").filter((edit) => verbOf(edit) === "add");
  return added.map((edit) => subject(edit).id).filter((id) => !calls.includes(`"${id}"`));
}

function addedPlace(edit: Edit): Feature<Point, PlaceThing> | null {
  const body = bodyOf(edit);
  const { kind, id } = subject(edit);
  if (kind !== "node" && kind !== "port") return null;
  const name = String(body["name"] ?? id);
  return {
    type: "Feature",
    properties: { kind, id, name, country: String(body["country"] ?? "") },
    geometry: { type: "Point", coordinates: [Number(body["lon"]), Number(body["lat"])] },
  };
}

function addedLink(edit: Edit, at: Map<string, Position>): Feature<LineString, LinkThing> | null {
  const body = bodyOf(edit);
  const [from, to] = [String(body["from"]), String(body["to"])];
  const ends = [at.get(from), at.get(to)];
  if (!ends[0] || !ends[1]) return null;
  return {
    type: "Feature",
    properties: {
      kind: "link",
      id: subject(edit).id,
      from,
      to,
      mode: String(body["mode"]),
      class: String(body["class"]),
      state: "existing",
      open: true,
      length_km: Number(body["length_km"]),
      speed_kmh: 0,
      cost_usd_t: null,
      border_h: null,
    },
    geometry: { type: "LineString", coordinates: ends as Position[] },
  };
}

const asList = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [String(value)]);

/** Which links the edits open and shut, the last word counts. */
function shut(edits: readonly Edit[]): Map<string, boolean> {
  const open = new Map<string, boolean>();
  for (const edit of edits) {
    const verb = verbOf(edit);
    if (verb !== "open" && verb !== "close") continue;
    for (const id of asList(bodyOf(edit)["link"] ?? [])) open.set(id, verb === "open");
  }
  return open;
}

export function changed(network: Network, edits: readonly Edit[]): Network {
  const added = edits.filter((edit) => verbOf(edit) === "add");
  const open = shut(edits);
  const spots = added.map(addedPlace).filter((each) => each !== null);
  const base: Network = { ...network, features: [...network.features, ...spots] };
  const at = positions(base);
  const ways = added.filter((edit) => subject(edit).kind === "link").map((edit) => addedLink(edit, at));
  return {
    ...base,
    features: [
      ...base.features.map((each) => {
        const of = each.properties;
        const now = isLink(of) ? open.get(of.id) : undefined;
        return now === undefined ? each : { ...each, properties: { ...(of as LinkThing), open: now } };
      }),
      ...ways.filter((each) => each !== null),
    ],
  };
}

/** A name that no link, node or service has yet. */
export function freeId(network: Network, edits: readonly Edit[], stem: string): string {
  const taken = new Set<string>([
    ...network.features.map((each) => each.properties.id),
    ...network.services.map((each) => each.id),
    ...edits.map((edit) => subject(edit).id),
  ]);
  for (let i = 1; ; i++) {
    const id = `${stem}${i}`;
    if (!taken.has(id)) return id;
  }
}
