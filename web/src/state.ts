// What is asked is in the URL and nowhere else: a link, a reload and the back button give
// the same page. The query holds the view, its parameters under the names of the API, and
// `data`, the version of the data that the link was made with.
import { queryText } from "./api";

export const VIEWS = ["route", "compare", "claims", "hinterland"] as const;
export type ViewId = (typeof VIEWS)[number];

export type Params = Readonly<Record<string, string>>;

export interface State {
  readonly view: ViewId;
  /** Every parameter but view and data; a list is comma-separated. */
  readonly params: Params;
  /** Version of the data the URL is pinned to; "" where it is not yet. */
  readonly data: string;
}

export const one = (state: State, name: string): string => state.params[name] ?? "";
export const list = (state: State, name: string): string[] =>
  one(state, name)
    .split(",")
    .filter((each) => each !== "");

const isView = (text: string | null): text is ViewId => VIEWS.includes(text as ViewId);

export function parseState(search: string): State {
  const query = new URLSearchParams(search);
  const params: Record<string, string> = {};
  for (const [name, value] of query) {
    if (name !== "view" && name !== "data" && value !== "") params[name] = value;
  }
  const view = query.get("view");
  return { view: isView(view) ? view : "route", params, data: query.get("data") ?? "" };
}

export function stateSearch(state: State): string {
  const { view, params, data } = state;
  const text = queryText({ ...(view === "route" ? {} : { view }), ...params, data });
  return text ? `?${text}` : "";
}

export type Change = {
  /** null or "" takes a parameter away. */
  params?: Record<string, string | number | readonly string[] | null | undefined>;
  /** Drop every parameter that `params` does not name. */
  fresh?: boolean;
  view?: ViewId;
  data?: string;
};

type Listener = (state: State, before: State) => void;

export class Store {
  #state: State;
  #listeners = new Set<Listener>();
  #last: Partial<Record<ViewId, State>> = {};

  constructor() {
    this.#state = parseState(location.search);
    addEventListener("popstate", () => this.#become(parseState(location.search)));
  }

  get(): State {
    return this.#state;
  }

  /** The state after a change, without making it: for links. */
  after(change: Change): State {
    const view = change.view ?? this.#state.view;
    const base = view === this.#state.view ? this.#state : (this.#last[view] ?? { view, params: {}, data: "" });
    const params: Record<string, string> = change.fresh ? {} : { ...base.params };
    for (const [name, value] of Object.entries(change.params ?? {})) {
      const text = value === null || value === undefined ? "" : Array.isArray(value) ? value.join(",") : String(value);
      if (text === "") delete params[name];
      else params[name] = text;
    }
    return { view, params, data: change.data ?? base.data };
  }

  href(change: Change): string {
    return `./${stateSearch(this.after(change))}`;
  }

  /** Changes the URL: a new step of the history, or (`replace`) the same one. */
  set(change: Change, how: "push" | "replace" = "push"): void {
    const next = this.after(change);
    const search = stateSearch(next);
    if (search === stateSearch(this.#state)) return;
    const url = `${location.pathname}${search}`;
    if (how === "push") history.pushState(null, "", url);
    else history.replaceState(null, "", url);
    this.#become(next);
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #become(next: State): void {
    const before = this.#state;
    this.#last[before.view] = before;
    this.#state = next;
    for (const each of [...this.#listeners]) each(next, before);
  }
}
