// Small forms of the editor: what can be changed of a thing, and what makes a new one.
// Each gives back edits.
import { h, type Child } from "@/dom";
import { t } from "@/i18n";
import { field as labelled } from "@/ui/field";
import type { Body, Edit, Value } from "./edits";
import type { LinkThing, Network, PlaceThing, ServiceThing } from "./model";

export interface FormActions {
  put: (...edits: Edit[]) => void;
  cancel: () => void;
}

interface Field {
  name: string;
  value: string;
  /** "number": left out where it is empty or as it was. */
  type: "number" | "text" | { choices: readonly (readonly [string, string])[] };
}

function control(field: Field): { node: HTMLElement; read: () => string } {
  const input =
    typeof field.type === "object"
      ? h("select", {}, field.type.choices.map(([value, text]) => h("option", { value }, text)))
      : h("input", { type: field.type, step: "any", min: field.type === "number" ? 0 : null });
  input.value = field.value;
  return {
    node: labelled(t(`compare.editor.${field.name}`), input),
    read: () => input.value.trim(),
  };
}

/** A form whose button gives all values. */
function form(title: string, fields: Field[], go: string, done: (values: Record<string, string>) => void, ...more: Child[]): HTMLElement {
  const controls = fields.map((field) => ({ name: field.name, ...control(field) }));
  return h(
    "form",
    {
      class: "edit-form",
      onsubmit: (event: Event) => {
        event.preventDefault();
        done(Object.fromEntries(controls.map(({ name, read }) => [name, read()])));
      },
    },
    h("h3", {}, title),
    h("div", { class: "pair" }, controls.map(({ node }) => node)),
    h("div", { class: "chips" }, controls.length > 0 && h("button", { type: "submit", class: "plain" }, go), more),
  );
}

/** Numbers that differ from what they were. */
function changes(values: Record<string, string>, before: Record<string, string>): Body {
  const found: Record<string, Value> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== "" && value !== before[name] && Number.isFinite(Number(value))) found[name] = Number(value);
  }
  return found;
}

function changeForm(title: string, target: Body, open: boolean, before: Record<string, string>, actions: FormActions): HTMLElement {
  const fields = Object.entries(before).map(([name, value]): Field => ({ name, value, type: "number" }));
  const shut = h(
    "button",
    {
      type: "button",
      class: "plain",
      onclick: () => actions.put(open ? { close: target } : { open: target }),
    },
    t(open ? "compare.editor.close" : "compare.editor.open"),
  );
  const cancel = h("button", { type: "button", class: "quiet", onclick: actions.cancel }, t("compare.editor.cancel"));
  return form(
    title,
    fields,
    t("compare.editor.apply"),
    (values) => {
      const changed = changes(values, before);
      if (Object.keys(changed).length > 0) actions.put({ set: { ...target, ...changed } });
    },
    shut,
    cancel,
  );
}

const text = (value: number | null | undefined): string => (value === null || value === undefined ? "" : String(value));

export const linkForm = (of: LinkThing, title: string, actions: FormActions): HTMLElement =>
  changeForm(
    title,
    { link: of.id },
    of.open,
    { speed_kmh: text(of.speed_kmh), length_km: text(of.length_km), border_h: text(of.border_h), cost_usd_t: text(of.cost_usd_t) },
    actions,
  );

export const portForm = (of: PlaceThing, open: boolean, actions: FormActions): HTMLElement =>
  changeForm(`${of.name} (${of.id})`, { port: of.id }, open, {}, actions);

export const serviceForm = (of: ServiceThing, open: boolean, actions: FormActions): HTMLElement =>
  changeForm(of.name || of.id, { service: of.id }, open, { headway_d: text(of.headway_d), speed_kn: text(of.speed_kn) }, actions);

export const passageForm = (of: Network["passages"][number], open: boolean, actions: FormActions): HTMLElement =>
  changeForm(of.name, { passage: of.id }, open, { wait_h: text(of.wait_h) }, actions);

export function newLinkForm(
  network: Network,
  ends: { from: string; to: string; title: string; km: number; road: string },
  id: string,
  actions: FormActions,
): HTMLElement {
  const classes = network.classes.filter((each) => ["road", "rail", "river", "ferry"].includes(each.mode));
  return form(
    ends.title,
    [
      { name: "class", value: ends.road, type: { choices: classes.map((each) => [each.id, each.name || each.id] as const) } },
      { name: "length_km", value: String(Math.max(1, Math.round(ends.km * 1.3))), type: "number" },
    ],
    t("compare.editor.apply"),
    (values) => {
      const found = classes.find((each) => each.id === values["class"]);
      if (!found) return;
      const body = { link: id, from: ends.from, to: ends.to, mode: found.mode, class: found.id, state: "existing" };
      actions.put({ add: { ...body, length_km: Number(values["length_km"]) } });
    },
    h("button", { type: "button", class: "quiet", onclick: actions.cancel }, t("compare.editor.cancel")),
  );
}

export interface NewPort {
  id: string;
  lat: number;
  lon: number;
  country: string;
  /** The nearest node: a road goes there. */
  near: { id: string; km: number; class: string } | null;
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;

export const newPortForm = (of: NewPort, actions: FormActions): HTMLElement =>
  form(
    `${t("compare.editor.new.port")}: ${of.id}`,
    [
      { name: "name", value: "", type: "text" },
      { name: "draft", value: "15", type: "number" },
    ],
    t("compare.editor.apply"),
    (values) => {
      const name = values["name"] || t("compare.editor.new.port");
      const at = { name, country: of.country, lat: round(of.lat), lon: round(of.lon) };
      const edits: Edit[] = [
        { add: { port: of.id, ...at, status: "open", max_draft_m: Number(values["draft"]) || 15 } },
        { add: { node: of.id, ...at, kind: "port", port: of.id } },
      ];
      if (of.near) {
        const km = Math.max(1, Math.round(of.near.km * 1.3));
        edits.push({
          add: { link: `road-${of.id}-${of.near.id}`, from: of.id, to: of.near.id, mode: "road", class: of.near.class, state: "existing", length_km: km },
        });
      }
      actions.put(...edits);
    },
    h("button", { type: "button", class: "quiet", onclick: actions.cancel }, t("compare.editor.cancel")),
  );

export const newServiceForm = (
  id: string,
  vessels: readonly (readonly [string, string])[],
  calls: string,
  actions: FormActions,
): HTMLElement =>
  form(
    t("compare.editor.new.service"),
    [
      { name: "name", value: "", type: "text" },
      { name: "vessel", value: "container-8000", type: { choices: vessels } },
      { name: "headway_d", value: "7", type: "number" },
      { name: "calls", value: calls, type: "text" },
    ],
    t("compare.editor.apply"),
    (values) => {
      const ports = (values["calls"] ?? "").split(/[\s,;]+/).filter(Boolean);
      actions.put({
        add: {
          service: id,
          name: values["name"] || id,
          vessel: values["vessel"] ?? "",
          state: "existing",
          headway_d: Number(values["headway_d"]) || 7,
          calls: ports.map((port) => ({ port: port.toUpperCase() })),
        },
      });
    },
    h("button", { type: "button", class: "quiet", onclick: actions.cancel }, t("compare.editor.cancel")),
  );
