// The question of the route view: from the URL to the API, and what changed between two.
import { ask, type AskOptions, type Answer, type Query } from "@/api";
import { list, one, type State } from "@/state";
import type { Route } from "@/types";

/** Parameters of /api/route that the URL may hold, by the same names. */
const PASSED = ["vessel", "draft", "beam", "length", "air-draft", "speed", "by", "profile", "require", "max-snap"];

export const DEFAULT_FROM = "PECHY";
export const DEFAULT_TO = "CNSHA";
export const ALTERNATIVES = 3;

/** The first page shows an answer: Chancay to Shanghai. */
export const ends = (state: State): { from: string; to: string } => {
  const [from, to] = [one(state, "from"), one(state, "to")];
  return from === "" && to === "" ? { from: DEFAULT_FROM, to: DEFAULT_TO } : { from, to };
};

const isFigure = (text: string | undefined): boolean => text !== undefined && /^\s*-?\d+(\.\d+)?\s*$/.test(text);

/** Places to call at: codes and positions. A position takes two items of the list. */
export function vias(state: State): string[] {
  const items = list(state, "via");
  const places: string[] = [];
  for (let i = 0; i < items.length; i++) {
    const both = isFigure(items[i]) && isFigure(items[i + 1]);
    places.push(both ? `${items[i]},${items[++i]}` : items[i]!);
  }
  return places;
}

export function routeQuery(state: State, alternatives = ALTERNATIVES): Query {
  const query: Query = { ...ends(state) };
  for (const name of ["via", "avoid", "open"]) query[name] = list(state, name);
  for (const name of PASSED) query[name] = one(state, name);
  if (alternatives > 0) query["alternatives"] = alternatives;
  return query;
}

export const askRoute = (query: Query, options: AskOptions = {}): Promise<Answer<Route>> =>
  ask<Route>("route", query, options);

/** Whether two questions have the same ends, so that their answers can be compared. */
export const sameEnds = (a: Query, b: Query): boolean =>
  ["from", "to", "via"].every((name) => String(a[name] ?? "") === String(b[name] ?? ""));

export interface Toggled {
  closed: string[];
  opened: string[];
  /** Something else changed too. */
  other: boolean;
}

const items = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]) : []);

/** Which passages one question closes and opens that the other did not. */
export function toggled(before: Query, after: Query): Toggled {
  const gone = (name: string, a: Query, b: Query): string[] =>
    items(a[name]).filter((each) => !items(b[name]).includes(each));
  const other = Object.keys({ ...before, ...after }).some(
    (name) => name !== "avoid" && name !== "open" && String(before[name] ?? "") !== String(after[name] ?? ""),
  );
  return {
    closed: [...gone("avoid", after, before), ...gone("open", before, after)],
    opened: [...gone("avoid", before, after), ...gone("open", after, before)],
    other,
  };
}
