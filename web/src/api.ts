// The server's answers: a typed client. Errors are RFC 9457 problem details; long work
// may come as server-sent events. Addresses are relative to the page, so a proxy can
// offer it all under any folder.

/** Names and values as in the CLI's long options; lists go as comma-separated text. */
export type Query = Record<string, string | number | boolean | readonly string[] | null | undefined>;

/** An answer with the version of the data that it rests on. */
export interface Answer<T> {
  value: T;
  data: string;
}

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly type = "about:blank",
  ) {
    super(detail || title);
  }
  /** The server could not be reached at all. */
  get unreachable(): boolean {
    return this.status === 0;
  }
}

export interface Progress {
  stage: string;
  done: number;
  total: number;
  eta_s: number | null;
}

export interface AskOptions {
  signal?: AbortSignal | undefined;
  /** Sent as JSON by POST in place of the query. */
  body?: unknown;
  onProgress?: (progress: Progress) => void;
}

/** "from=PECHY&avoid=panama,suez": empty values are left out, commas and colons readable. */
export function queryText(query: Query): string {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === false || value === "") continue;
    if (Array.isArray(value) && value.length === 0) continue;
    const text = Array.isArray(value) ? value.join(",") : String(value);
    parts.push(`${name}=${encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%3A", ":")}`);
  }
  return parts.join("&");
}

export function apiUrl(path: string, query: Query = {}): string {
  const text = queryText(query);
  return new URL(`api/${path}${text ? `?${text}` : ""}`, document.baseURI).href;
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const body = (await response.json()) as Partial<Record<"title" | "detail" | "type", string>>;
    return new Problem(response.status, body.title ?? response.statusText, body.detail ?? "", body.type);
  } catch {
    return new Problem(response.status, response.statusText || String(response.status), "");
  }
}

async function request(path: string, query: Query, accept: string, options: AskOptions): Promise<Response> {
  const { signal, body } = options;
  const headers: Record<string, string> = { Accept: accept };
  const init: RequestInit = { headers };
  if (signal) init.signal = signal;
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    init.method = "POST";
    init.body = JSON.stringify(body);
  }
  try {
    return await fetch(apiUrl(path, query), init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(0, "unreachable", "");
  }
}

const versionOf = (response: Response): string => response.headers.get("Derrotero-Data") ?? "";

/** Asks once. Throws a Problem, or an AbortError where the signal was used. */
export async function ask<T>(path: string, query: Query = {}, options: AskOptions = {}): Promise<Answer<T>> {
  const response = await request(path, query, "application/json", options);
  if (!response.ok) throw await problemOf(response);
  return { value: (await response.json()) as T, data: versionOf(response) };
}

/** The same as text: another format of the answer. */
export async function askText(path: string, query: Query = {}, options: AskOptions = {}): Promise<Answer<string>> {
  const response = await request(path, query, "*/*", options);
  if (!response.ok) throw await problemOf(response);
  return { value: await response.text(), data: versionOf(response) };
}

interface ServerEvent {
  event: string;
  data: string;
}

/** The events of a stream (HTML standard, server-sent events; only event and data). */
async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    rest += done ? "\n\n" : decoder.decode(value, { stream: true }).replaceAll("\r\n", "\n");
    for (let end = rest.indexOf("\n\n"); end >= 0; end = rest.indexOf("\n\n")) {
      const block = rest.slice(0, end);
      rest = rest.slice(end + 2);
      const lines = block.split("\n");
      const field = (name: string): string[] =>
        lines.filter((l) => l.startsWith(`${name}:`)).map((l) => l.slice(name.length + 1).replace(/^ /, ""));
      const data = field("data");
      if (data.length > 0) yield { event: field("event")[0] ?? "message", data: data.join("\n") };
    }
    if (done) return;
  }
}

/** Asks for long work as an event stream; falls back to one answer where there is none. */
export async function askLong<T>(path: string, query: Query = {}, options: AskOptions = {}): Promise<Answer<T>> {
  const response = await request(path, query, "text/event-stream, application/json;q=0.5", options);
  if (!response.ok) throw await problemOf(response);
  const data = versionOf(response);
  if (!response.headers.get("Content-Type")?.startsWith("text/event-stream") || !response.body) {
    return { value: (await response.json()) as T, data };
  }
  for await (const each of eventsOf(response.body)) {
    if (each.event === "progress") options.onProgress?.(JSON.parse(each.data) as Progress);
    if (each.event === "result") return { value: JSON.parse(each.data) as T, data };
    if (each.event === "problem") {
      const body = JSON.parse(each.data) as { status?: number; title?: string; detail?: string };
      throw new Problem(body.status ?? 500, body.title ?? "", body.detail ?? "");
    }
  }
  throw new Problem(0, "unreachable", "");
}

export const isAbort = (error: unknown): boolean =>
  error instanceof DOMException && error.name === "AbortError";

/** One request at a time: asking again drops the one before. */
export class Latest {
  #control: AbortController | null = null;
  begin(): AbortSignal {
    this.cancel();
    this.#control = new AbortController();
    return this.#control.signal;
  }
  cancel(): void {
    this.#control?.abort();
    this.#control = null;
  }
}
