// Small helpers that make elements. Styles and text go through the DOM, never through
// markup: the content security policy forbids inline styles and scripts.

export type Child = Node | string | number | null | undefined | false | Child[];
type Props = Record<string, unknown>;

function apply(node: Element, name: string, value: unknown): void {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on") && typeof value === "function") {
    node.addEventListener(name.slice(2).toLowerCase(), value as EventListener);
  } else if (name === "style") {
    for (const [key, each] of Object.entries(value as Record<string, string>)) {
      (node as HTMLElement).style.setProperty(key, each);
    }
  } else if (name === "value" || name === "checked" || name === "disabled") {
    (node as unknown as Props)[name] = value;
  } else {
    node.setAttribute(name === "className" ? "class" : name, value === true ? "" : String(value));
  }
}

export function append(parent: Node, ...children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(parent, ...child);
    else parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** h("button", { class: "quiet", onclick: act }, "text"): an element with its children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) apply(node, name, value);
  append(node, ...children);
  return node;
}

/** The same for SVG. */
export function svg(tag: string, props: Props = {}, ...children: Child[]): SVGElement {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(props)) apply(node, name, value);
  append(node, ...children);
  return node;
}

/** Puts children in place of what is there. */
export function fill(parent: Element, ...children: Child[]): void {
  parent.replaceChildren();
  append(parent, ...children);
}

let count = 0;
export const freshId = (name: string): string => `${name}-${++count}`;

/** fn at once, then at most every `ms`, the last call always. */
export function throttle<A extends unknown[]>(ms: number, fn: (...args: A) => void): (...args: A) => void {
  let last = 0;
  let timer = 0;
  return (...args) => {
    const wait = last + ms - performance.now();
    window.clearTimeout(timer);
    const run = (): void => {
      last = performance.now();
      fn(...args);
    };
    if (wait <= 0) run();
    else timer = window.setTimeout(run, wait);
  };
}

export function debounce<A extends unknown[]>(ms: number, fn: (...args: A) => void): (...args: A) => void {
  let timer = 0;
  return (...args) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => fn(...args), ms);
  };
}

export const reducedMotion = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
