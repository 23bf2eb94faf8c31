// Positions as the API has them out of those of the map, which runs on past 180 degrees.
import type { LatLon } from "./chart";

export const latLon = ({ lat, lng }: { lat: number; lng: number }): LatLon => ({
  lat,
  lon: ((((lng + 180) % 360) + 360) % 360) - 180,
});
