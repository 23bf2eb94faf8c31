// Edits in the very form of a case file (include/derrotero/case.h): what the server takes,
// what the URL holds, and what is saved for the command line.

export type Value = string | number | boolean | readonly Value[] | { readonly [name: string]: Value };
export type Body = Readonly<Record<string, Value>>;
export type Verb = "open" | "close" | "set" | "scale" | "add";
export type Edit = Readonly<Partial<Record<Verb, Body>>>;

const VERBS: readonly Verb[] = ["open", "close", "set", "scale", "add"];

export const verbOf = (edit: Edit): Verb => VERBS.find((verb) => edit[verb] !== undefined)!;
export const bodyOf = (edit: Edit): Body => edit[verbOf(edit)]!;

/** Kind and id of what an edit is about: the first word of its body. */
export function subject(edit: Edit): { kind: string; id: string } {
  const [kind, id] = Object.entries(bodyOf(edit))[0] ?? ["", ""];
  return { kind, id: String(id) };
}

const isBody = (value: unknown): value is Body =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;

function isEdit(value: unknown): value is Edit {
  if (!isBody(value)) return false;
  const verbs = Object.keys(value).filter((name) => VERBS.includes(name as Verb));
  return verbs.length === 1 && isBody((value as Record<string, unknown>)[verbs[0]!]);
}

/** Edits out of JSON; null where it is something else. */
export function parseEdits(text: string): Edit[] | null {
  if (text === "") return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every(isEdit) ? value : null;
  } catch {
    return null;
  }
}

export const editsText = (edits: readonly Edit[]): string => (edits.length === 0 ? "" : JSON.stringify(edits));

const shuts = (edit: Edit): boolean => ["open", "close"].includes(verbOf(edit));

/** Adds an edit: what it undoes or says again of the same thing goes. */
export function putEdit(edits: readonly Edit[], next: Edit): Edit[] {
  const { kind, id } = subject(next);
  const same = (edit: Edit): boolean => subject(edit).kind === kind && subject(edit).id === id;
  if (shuts(next)) return [...edits.filter((edit) => !(same(edit) && shuts(edit))), next];
  const before = edits.find((edit) => same(edit) && verbOf(edit) === verbOf(next));
  if (!before || verbOf(next) === "add") return [...edits, next];
  const merged = { [verbOf(next)]: { ...bodyOf(before), ...bodyOf(next) } } as Edit;
  return edits.map((edit) => (edit === before ? merged : edit));
}

/** One change as people think of it: an edit of the list and those that make it whole. */
export interface Change {
  index: number;
  edit: Edit;
  parts: Edit[];
}

/** An added port goes with what follows of its own: its place on land and the roads from it. */
function isPartOf(edit: Edit, { edit: of }: Change): boolean {
  if (verbOf(edit) !== "add" || verbOf(of) !== "add" || subject(of).kind !== "port") return false;
  const { kind, id } = subject(edit);
  const port = subject(of).id;
  return (kind === "node" && id === port) || (kind === "link" && bodyOf(edit)["from"] === port);
}

export function changesOf(edits: readonly Edit[]): Change[] {
  const found: Change[] = [];
  edits.forEach((edit, index) => {
    const last = found[found.length - 1];
    if (last && isPartOf(edit, last)) last.parts.push(edit);
    else found.push({ index, edit, parts: [] });
  });
  return found;
}

/** Without what rests on a thing that is taken away with its `add`. */
export function dropEdit(edits: readonly Edit[], index: number): Edit[] {
  const gone = edits[index];
  if (!gone) return [...edits];
  const rest = edits.filter((_, at) => at !== index);
  if (verbOf(gone) !== "add") return rest;
  const { id } = subject(gone);
  const names = (body: Body): string => JSON.stringify(body);
  return rest.filter((edit) => !names(bodyOf(edit)).includes(`"${id}"`));
}

// ---- a file for the command line ------------------------------------------------------

const quoted = (text: string): string => JSON.stringify(text);

/** case.yaml: a case of its own that includes the other and adds one scenario. */
export function caseFile(edits: readonly Edit[], base: { case: string; scenario: string }, title: string): string {
  return [
    "# Made with the map of Derrotero. Put it in a folder and run, for one:",
    `#   derrotero compare FROM TO --case FOLDER --scenario ${base.scenario} --scenario mine`,
    "case: mine",
    `title: ${quoted(title)}`,
    `include: [${base.case}]`,
    "scenario: mine",
    "scenarios:",
    "  mine:",
    `    title: ${quoted(title)}`,
    `    extends: ${base.scenario}`,
    ...(edits.length > 0 ? ["    edits:"] : []),
    ...edits.map((edit) => `      - ${flow(edit)}`),
    "",
  ].join("\n");
}

/* JSON is YAML, but for a colon that needs a space behind it in older readers. */
function flow(value: Value | Edit): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .map(([name, each]) => `${quoted(name)}: ${flow(each as Value)}`)
      .join(", ")}}`;
  }
  return JSON.stringify(value);
}

/** The edits of a file that caseFile made, and the scenario that they extend. */
export function readCaseFile(text: string): { edits: Edit[]; extends: string } | null {
  const lines = text.split(/\r?\n/);
  const edits: Edit[] = [];
  for (const line of lines) {
    const found = /^ {6}- (\{.*\})$/.exec(line);
    if (!found) continue;
    const parsed = parseEdits(`[${found[1]}]`);
    if (!parsed) return null;
    edits.push(...parsed);
  }
  const base = lines.map((line) => /^ {4}extends: (\S+)$/.exec(line)?.[1]).find(Boolean);
  return base ? { edits, extends: base } : null;
}
