// Dark or light: as the system says, unless the reader chose.
import type { Theme } from "./map/palette";

const STORED = "derrotero.theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<(theme: Theme) => void>();

function stored(): Theme | null {
  const asked = new URLSearchParams(location.search).get("theme");
  let kept: string | null = asked;
  try {
    kept ??= localStorage.getItem(STORED);
  } catch {
    /* storage may be forbidden */
  }
  return kept === "dark" || kept === "light" ? kept : null;
}

let chosen = stored();

export const theme = (): Theme => chosen ?? (system.matches ? "dark" : "light");

function show(): void {
  document.documentElement.dataset["theme"] = theme();
  for (const each of [...listeners]) each(theme());
}

export function setTheme(next: Theme): void {
  chosen = next;
  try {
    localStorage.setItem(STORED, next);
  } catch {
    /* not kept, then */
  }
  show();
}

export const onTheme = (listener: (theme: Theme) => void): void => void listeners.add(listener);

system.addEventListener("change", show);
show();
