// The editor: a list of changes, what is picked on the chart, and new things.
import { ask } from "@/api";
import { fill, freshId, h } from "@/dom";
import { position } from "@/format";
import { hasText, number, t } from "@/i18n";
import { saidText } from "@/i18n/said";
import { one, type State, type Store } from "@/state";
import { download } from "@/ui/export";
import type { Vessel } from "@/types";
import { valueOf } from "./ask";
import { changed, commonRoad, distanceKm, freeId, nearestNode, positions, unserved } from "./changed";
import { bodyOf, caseFile, changesOf, dropEdit, editsText, parseEdits, putEdit, readCaseFile, subject, verbOf, type Edit } from "./edits";
import { linkForm, newLinkForm, newPortForm, newServiceForm, passageForm, portForm, serviceForm, type FormActions } from "./forms";
import { isLink, namesOf, places, type LinkThing, type Network } from "./model";

export type Tool = "pick" | "port" | "link" | "service";

export interface Picked {
  kind: string;
  id: string;
}

export class Editor {
  readonly node = h("div", { class: "editor" });
  #store: Store;
  #network: Network | null = null;
  #vessels: (readonly [string, string])[] = [];
  #picked: Picked | null = null;
  #tool: Tool = "pick";
  #from = ""; /* the first end of a new link */
  #spot: { lat: number; lon: number } | null = null; /* of a new port */
  #note = "";
  #title = ""; /* of the scenario that is changed */
  #redraw: () => void;

  constructor(store: Store, redraw: () => void) {
    this.#store = store;
    this.#redraw = redraw;
    void this.#fetchVessels();
  }

  async #fetchVessels(): Promise<void> {
    try {
      const { value } = await ask<{ vessels: Vessel[] }>("vessels");
      this.#vessels = value.vessels.filter((each) => each.teu).map((each) => [each.id, saidText(each.name)] as const);
    } catch {
      /* then there is no new service */
    }
  }

  /** null where the link cannot be read. */
  edits(state: State): Edit[] | null {
    return parseEdits(one(state, "edits"));
  }

  setNetwork(network: Network): void {
    this.#network = network;
    this.update(this.#store.get());
  }

  /** As the edits leave it. */
  network(state: State): Network | null {
    return this.#network && changed(this.#network, this.edits(state) ?? []);
  }

  /** Where a new port would be. */
  get spot(): { lat: number; lon: number } | null {
    return this.#spot;
  }

  get picked(): string {
    return this.#picked?.id ?? this.#from;
  }

  // ---- the chart -----------------------------------------------------------------------

  /** A click on the chart: on a thing, or beside any. */
  clicked(thing: { kind: string; id: string } | null, at: { lat: number; lon: number }): void {
    if (this.#tool === "port") this.#spot = at;
    else if (this.#tool === "link" && thing && thing.kind !== "link") this.#end(thing.id);
    else if (this.#tool === "pick") this.#picked = thing;
    this.#again();
  }

  #end(id: string): void {
    const node = this.#nodeOf(id);
    if (this.#from === "" || this.#from === node) this.#from = node;
    else this.#picked = { kind: "new-link", id: node };
  }

  /* A port stands where its node is. */
  #nodeOf(id: string): string {
    const port = this.#network && places(this.#network).find((each) => each.properties.id === id && each.properties.kind === "node");
    return port?.properties.id ?? id;
  }

  #use(tool: Tool): void {
    this.#tool = tool;
    this.#picked = null;
    this.#spot = null;
    this.#from = "";
    this.#again();
  }

  #again(): void {
    this.update(this.#store.get());
    this.#redraw();
  }

  // ---- changes ---------------------------------------------------------------------------

  #actions: FormActions = {
    put: (...edits) => {
      const now = this.edits(this.#store.get()) ?? [];
      this.#set(edits.reduce(putEdit, now));
    },
    cancel: () => this.#use("pick"),
  };

  #set(edits: Edit[]): void {
    this.#tool = "pick";
    this.#picked = null;
    this.#spot = null;
    this.#from = "";
    this.#note = "";
    this.#store.set({ params: { edits: editsText(edits) } });
    this.#again();
  }

  #describe(edit: Edit): string {
    const { kind, id } = subject(edit);
    const verb = verbOf(edit);
    const body = bodyOf(edit);
    const word = t(`compare.kind.${kind}`);
    const name = this.#nameOf(kind, String(body["name"] ?? id));
    /* a new port is called at by its code */
    const what = `${word} ${name}${kind === "port" && verb === "add" ? ` (${id})` : ""}`;
    const label = (field: string): string => (hasText(`compare.editor.${field}`) ? t(`compare.editor.${field}`) : field);
    const shown = (value: unknown): string =>
      typeof value === "number" ? number(value, value % 1 === 0 ? 0 : 1) : typeof value === "object" ? JSON.stringify(value) : String(value);
    const values = Object.entries(body)
      .slice(1)
      .map(([field, value]) => `${label(field)} ${shown(value)}`)
      .join("; ");
    return t(`compare.what.${verb}`, { what, values });
  }

  /** What an added port has of its own. */
  #describePart(edit: Edit): string {
    const body = bodyOf(edit);
    if (subject(edit).kind === "node") return t("compare.part.node", { at: position(Number(body["lat"]), Number(body["lon"])) });
    return t("compare.part.link", { to: this.#nameOf("node", String(body["to"])), km: number(Number(body["length_km"])) });
  }

  #nameOf(kind: string, id: string): string {
    const network = this.network(this.#store.get());
    if (!network) return id;
    const names = namesOf(network);
    if (kind === "link") {
      const of = network.features.map((each) => each.properties).find((each) => isLink(each) && each.id === id) as LinkThing | undefined;
      return of ? `${names.get(of.from) ?? of.from} – ${names.get(of.to) ?? of.to}` : id;
    }
    if (kind === "service") return network.services.find((each) => each.id === id)?.name || id;
    if (kind === "passage") return network.passages.find((each) => each.id === id)?.name || id;
    return names.get(id) ?? id;
  }

  #list(edits: readonly Edit[]): HTMLElement {
    if (edits.length === 0) return h("p", { class: "small quiet" }, t("compare.editor.none"));
    return h(
      "ol",
      { class: "edits" },
      changesOf(edits).map(({ edit, index, parts }) => {
        const what = this.#describe(edit);
        return h(
          "li",
          {},
          h("div", {}, what, parts.length > 0 && h("ul", { class: "small quiet dots" }, parts.map((each) => h("li", {}, this.#describePart(each))))),
          h(
            "button",
            { type: "button", class: "quiet", "aria-label": t("compare.editor.remove", { what }), onclick: () => this.#set(dropEdit(edits, index)) },
            "×",
          ),
        );
      }),
    );
  }

  // ---- what is picked ----------------------------------------------------------------------

  #form(state: State): HTMLElement | null {
    const network = this.network(state);
    if (!network) return null;
    if (this.#tool === "port") return this.#portForm(network, state);
    if (this.#tool === "link") return this.#linkForm(network, state);
    if (this.#tool === "service") {
      const id = freeId(network, this.edits(state) ?? [], "service-");
      return newServiceForm(id, this.#vessels, this.#likelyCalls(state), this.#actions);
    }
    return this.#picked && this.#changeForm(network, this.#picked);
  }

  /** From the newest port that nobody calls at, to where the cargo is bound. */
  #likelyCalls(state: State): string {
    const to = valueOf(state, "to");
    const from = unserved(this.edits(state) ?? []).pop() ?? "PECHY";
    return `${from}, ${/^[A-Z]{2}[A-Z0-9]{3}$/.test(to) ? to : "CNSHA"}`;
  }

  #isOpen(kind: string, id: string, otherwise: boolean): boolean {
    const last = (this.edits(this.#store.get()) ?? []).filter((edit) => {
      const of = subject(edit);
      return of.kind === kind && of.id === id && (verbOf(edit) === "open" || verbOf(edit) === "close");
    });
    const found = last[last.length - 1];
    return found ? verbOf(found) === "open" : otherwise;
  }

  #changeForm(network: Network, { kind, id }: Picked): HTMLElement | null {
    if (kind === "service") {
      const of = network.services.find((each) => each.id === id);
      return of ? serviceForm(of, this.#isOpen(kind, id, of.open), this.#actions) : null;
    }
    if (kind === "passage") {
      const of = network.passages.find((each) => each.id === id);
      return of ? passageForm(of, this.#isOpen(kind, id, of.open), this.#actions) : null;
    }
    const of = network.features.map((each) => each.properties).find((each) => each.id === id && (each.kind === kind || kind === ""));
    if (!of) return null;
    if (isLink(of)) return linkForm(of, this.#nameOf("link", id), this.#actions);
    const port = network.features.map((each) => each.properties).find((each) => each.kind === "port" && each.id === (of.port ?? of.id));
    if (!port || isLink(port)) return h("p", { class: "small quiet" }, of.name);
    return portForm(port, this.#isOpen("port", port.id, port.status !== "closed" && port.status !== "planned"), this.#actions);
  }

  #portForm(network: Network, state: State): HTMLElement {
    if (!this.#spot) return h("p", { class: "note" }, t("compare.editor.place.hint"));
    const near = nearestNode(network, [this.#spot.lon, this.#spot.lat]);
    const country = near?.country || "XX";
    const road = commonRoad(network, country);
    const id = freeId(network, this.edits(state) ?? [], `${country}NP`);
    return newPortForm({ id, ...this.#spot, country, near: near && { id: near.id, km: near.km, class: road } }, this.#actions);
  }

  #linkForm(network: Network, state: State): HTMLElement {
    const to = this.#picked?.kind === "new-link" ? this.#picked.id : "";
    if (this.#from === "") return h("p", { class: "note" }, t("compare.editor.link.hint"));
    if (to === "") return h("p", { class: "note" }, t("compare.editor.link.hint2", { from: this.#nameOf("node", this.#from) }));
    const at = positions(network);
    const km = distanceKm(at.get(this.#from) ?? [0, 0], at.get(to) ?? [0, 0]);
    const title = `${this.#nameOf("node", this.#from)} – ${this.#nameOf("node", to)}`;
    const id = freeId(network, this.edits(state) ?? [], "link-");
    const country = places(network).find((each) => each.properties.id === this.#from)?.properties.country ?? "";
    return newLinkForm(network, { from: this.#from, to, title, km, road: commonRoad(network, country) }, id, this.#actions);
  }

  /** Everything by name, for the keyboard. */
  #finder(network: Network): HTMLElement {
    const names = namesOf(network);
    const things: [string, Picked][] = [
      ...network.passages.map((each): [string, Picked] => [each.name, { kind: "passage", id: each.id }]),
      ...network.services.map((each): [string, Picked] => [each.name || each.id, { kind: "service", id: each.id }]),
      ...network.features.flatMap(({ properties: of }): [string, Picked][] => {
        if (isLink(of)) return [[`${names.get(of.from) ?? of.from} – ${names.get(of.to) ?? of.to} (${of.mode})`, { kind: "link", id: of.id }]];
        return of.kind === "port" ? [[`${of.name} (${of.id})`, { kind: "port", id: of.id }]] : [];
      }),
    ];
    const byName = new Map(things);
    const list = h("datalist", { id: freshId("things") }, [...byName.keys()].map((name) => h("option", { value: name })));
    const input = h("input", { type: "search", list: list.id, placeholder: t("compare.editor.find"), "aria-label": t("compare.editor.find") });
    input.addEventListener("change", () => {
      const found = byName.get(input.value);
      if (!found) return;
      this.#tool = "pick";
      this.#picked = found;
      this.#again();
    });
    return h("div", {}, input, list);
  }

  // ---- files -------------------------------------------------------------------------------

  #save(state: State, edits: readonly Edit[]): void {
    const base = { case: one(state, "case") || "chancay", scenario: valueOf(state, "b") };
    download("case.yaml", new Blob([caseFile(edits, base, edits.map((edit) => this.#describe(edit)).join("; "))], { type: "application/yaml" }));
    const [from, to] = [valueOf(state, "from"), valueOf(state, "to")];
    const command = `derrotero compare ${from} ${to} --case case.yaml --scenario ${valueOf(state, "a")} --scenario mine`;
    this.#note = t("compare.editor.saved", { command });
    this.#again();
  }

  async #load(file: File): Promise<void> {
    const found = readCaseFile(await file.text());
    if (!found) {
      this.#note = t("compare.editor.badfile");
      this.#again();
      return;
    }
    this.#store.set({ params: { edits: editsText(found.edits), b: found.extends } });
    this.#again();
  }

  #files(state: State, edits: readonly Edit[]): HTMLElement {
    const chooser = h("input", { type: "file", accept: ".yaml,.yml", class: "unseen", tabindex: "-1", "aria-hidden": "true" });
    chooser.addEventListener("change", () => {
      const file = chooser.files?.[0];
      if (file) void this.#load(file);
    });
    return h(
      "div",
      { class: "chips" },
      edits.length > 0 && h("button", { type: "button", class: "chip", onclick: () => this.#save(state, edits) }, t("compare.editor.save")),
      h("button", { type: "button", class: "chip", onclick: () => chooser.click() }, t("compare.editor.load")),
      edits.length > 0 && h("button", { type: "button", class: "chip", onclick: () => this.#set([]) }, t("compare.editor.clear")),
      chooser,
    );
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  update(state: State): void {
    const edits = this.edits(state);
    const network = this.#network;
    const tool = (name: Tool, key: string): HTMLElement =>
      h(
        "button",
        { type: "button", class: "chip", "aria-pressed": String(this.#tool === name), onclick: () => this.#use(this.#tool === name ? "pick" : name) },
        t(key),
      );
    fill(
      this.node,
      h("p", { class: "small quiet" }, t("compare.editor.lead", { title: this.#title || valueOf(state, "b") })),
      edits === null ? h("p", { class: "problem" }, t("compare.editor.badedits")) : this.#list(edits),
      unserved(edits ?? []).map((code) => h("p", { class: "note small" }, t("compare.editor.unserved", { code }))),
      network && this.#finder(network),
      h(
        "div",
        { class: "chips" },
        tool("port", "compare.editor.new.port"),
        tool("link", "compare.editor.new.link"),
        tool("service", "compare.editor.new.service"),
      ),
      this.#form(state),
      this.#files(state, edits ?? []),
      this.#note && h("p", { class: "note small", role: "status" }, this.#note),
    );
  }
}
