// What the server answers, as far as the page reads it. Units are in the names.
import type { Geometry } from "geojson";

export interface Place {
  code: string | null;
  name: string;
  lat: number;
  lon: number;
}

export interface Port {
  code: string;
  name: string;
  aliases: string;
  country: string;
  lat: number;
  lon: number;
  max_draft_m: number | null;
  kind: string;
  status: string;
  wide: boolean;
  distance_nm?: number;
}

export interface Passage {
  id: string;
  name: string;
  aliases: string;
  kind: "canal" | "strait" | "cape" | "route";
  part_of: string;
  open: boolean;
  max_draft_m: number | null;
  max_loa_m: number | null;
  max_beam_m: number | null;
  max_air_draft_m: number | null;
  transit_h: number;
  wait_h: number;
}

export interface Vessel {
  id: string;
  name: string;
  kind: string;
  teu: number | null;
  draft_m: number;
  design_speed_kn: number;
  min_speed_kn: number;
}

export interface Range {
  value: number;
  low: number;
  high: number;
}

export interface RouteLeg {
  mode: string;
  from: string;
  to: string;
  distance_nm: number;
  duration_h: number;
  cost_usd: number;
  co2_t: number;
  note: string;
}

export interface Itinerary {
  distance_nm: number;
  duration_h: number;
  speed_kn: number;
  fuel_t: number;
  co2_t: number;
  cost_usd: number;
  passages: string[];
  snap_nm: [number, number];
  excess_bound_pct: number;
  legs: RouteLeg[];
  duration: Record<"sailing_h" | "weather_h" | "transit_h" | "wait_h" | "total_h", Range>;
  fuel: { total_t: Range };
  co2: { total_t: Range };
  cost: Record<"charter_usd" | "main_fuel_usd" | "auxiliary_fuel_usd" | "tolls_usd" | "total_usd", Range> & {
    not_included: string[];
  };
  geometry: Geometry;
}

export interface Source {
  id: string;
  title: string;
  publisher: string;
  year: string;
  licence: string;
}

export interface Route extends Itinerary {
  from: Place;
  to: Place;
  by: string;
  profile: string;
  vessel: {
    id: string;
    name: string;
    assumed: boolean;
    draft_m: number | null;
    draft_assumed: boolean;
    prices_as_of: string;
    charter_as_of: string;
  };
  via: Place[];
  closed: string[];
  sources: Source[];
  notices: string[];
  alternatives?: Itinerary[];
}

export interface Health {
  status: string;
  version: string;
  data: string;
  cases: string[];
  case: string;
}
