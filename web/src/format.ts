// Figures as people read them, in the page's language.
import { number, t } from "./i18n";
import type { Place, Range } from "./types";

export const days = (hours: number): string => number(hours / 24, 1);
export const miles = (nm: number): string => number(nm, nm < 100 ? 1 : 0);
export const tonnes = (value: number): string => number(value, value < 100 ? 1 : 0);
export const knots = (value: number): string => number(value, value % 1 === 0 ? 0 : 1);

/** "$3.17M": three digits say as much as the range allows. */
export const dollars = (usd: number): string =>
  number(usd, 0, {
    style: "currency",
    currency: "USD",
    currencyDisplay: "narrowSymbol",
    notation: Math.abs(usd) >= 1e5 ? "compact" : "standard",
    maximumSignificantDigits: 3,
    minimumSignificantDigits: Math.abs(usd) >= 1e5 ? 3 : 1,
  });

/** "16.4–17.7", or "" where there is no spread to speak of. */
export function span(range: Range, show: (value: number) => string): string {
  const [low, high] = [show(range.low), show(range.high)];
  return low === high ? "" : t("range", { low, high });
}

/** "+4.2", "−1.0", "±0". */
export function signed(value: number, show: (value: number) => string): string {
  const text = show(Math.abs(value));
  if (!/[1-9]/.test(text)) return "±0";
  return `${value > 0 ? "+" : "−"}${text}`;
}

/** Hours as hours below two days, else as days. */
export const spell = (hours: number): string =>
  Math.abs(hours) < 48
    ? t("hours", { n: number(hours, Math.abs(hours) < 10 ? 1 : 0) })
    : t("days", { n: days(hours) });

/** "12.0°S 77.1°W" */
export function position(lat: number, lon: number): string {
  const half = (value: number, letters: string): string =>
    `${number(Math.abs(value), 2)}°${letters[value < 0 ? 1 : 0]}`;
  return `${half(lat, t("letters.lat"))} ${half(lon, t("letters.lon"))}`;
}

/** A port's name; of a position, where it is in the page's language. */
export const placeName = (place: Place): string =>
  place.code ? place.name : position(place.lat, place.lon);

/** "Chancay – Shanghai" */
export const endsName = ({ from, to }: { from: Place; to: Place }): string => `${placeName(from)} – ${placeName(to)}`;

/** Without accents and capitals: as people type when they seek. */
export const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const PLACE = /^\s*(-?\d+(?:\.\d+)?)\s*[,;]\s*(-?\d+(?:\.\d+)?)\s*$/;

/** "lat,lon" as numbers, or null. */
export function parsePosition(text: string): { lat: number; lon: number } | null {
  const match = PLACE.exec(text);
  if (!match) return null;
  const [lat, lon] = [Number(match[1]), Number(match[2])];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : null;
}
