// Long work: a bar while it runs, and its failure in the same place.
import { askLong, isAbort, Latest, type Answer, type Progress, type Query } from "@/api";
import { fill, h } from "@/dom";
import { t } from "@/i18n";
import { problemBox } from "./problem";

/** "Running the claims… about 3 s left", and a bar that is full at the end. */
export function showProgress(node: HTMLElement, label: string, at: Progress | null): void {
  const left = at?.eta_s ? ` ${t("app.eta", { seconds: Math.ceil(at.eta_s) })}` : "";
  const share = at && at.total > 0 ? { max: at.total, value: at.done } : {};
  fill(node, h("p", { class: "small quiet" }, `${label}…${left}`), h("progress", { ...share, "aria-label": label }));
}

export interface LongAnswers {
  /** Where progress and failure are shown; empty when there is an answer. */
  node: HTMLElement;
  /** Asks, or gives at once what this page has asked before. */
  run: (query: Query) => Promise<void>;
  cancel: () => void;
}

/**
 * The answers of one address. `kept` outlives the view: coming back to it asks nothing
 * anew. `take` gets each answer that was not overtaken by a later question; `lost` is
 * called where there is none.
 */
export function longAnswers<T>(
  path: string,
  label: string,
  kept: Map<string, Answer<T>>,
  take: (answer: Answer<T>) => void,
  lost: () => void,
): LongAnswers {
  const latest = new Latest();
  const node = h("div", { class: "status", role: "status" });
  const give = (answer: Answer<T>): void => {
    fill(node);
    take(answer);
  };
  const run = async (query: Query): Promise<void> => {
    const signal = latest.begin();
    const key = JSON.stringify(query);
    const before = kept.get(key);
    if (before) {
      give(before);
      return;
    }
    showProgress(node, label, null);
    try {
      const answer = await askLong<T>(path, query, { signal, onProgress: (at) => showProgress(node, label, at) });
      kept.set(key, answer);
      give(answer);
    } catch (error) {
      if (isAbort(error)) return;
      fill(node, problemBox(error, () => void run(query)));
      lost();
    }
  };
  return { node, run, cancel: () => latest.cancel() };
}
