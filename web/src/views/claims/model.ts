// What /api/audit answers, as far as the view reads it, and how claims are told apart.
import { plain } from "@/format";

export const VERDICTS = ["holds", "holds-when", "does-not-hold", "sources-conflict", "not-testable"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A mark beside the word, so that the colour alone never says it. */
export const MARKS: Record<Verdict, string> = {
  "holds": "✓",
  "holds-when": "◐",
  "does-not-hold": "✗",
  "sources-conflict": "⇄",
  "not-testable": "–",
};

export interface Figure {
  value: number | null;
  low: number | null;
  high: number | null;
  unit: string;
  text?: string;
}

export interface Trial {
  name: string;
  holds: boolean;
  depends: boolean;
  /** Of the samples in which it holds. */
  share: number | null;
  figure: Figure;
  claimed?: { value: number | null; low: number | null; high: number | null };
  reason: string;
  lat?: number | null;
  lon?: number | null;
}

export interface Working {
  trial: string;
  depth: number;
  text: string;
  figure: Figure;
  chain?: { legs: { mode: string; from: string; to: string; what: string; time_h: { value: number } }[] };
}

export interface Claim {
  id: string;
  verdict: Verdict;
  figure: Figure;
  claimed: string;
  because: string;
  says: string;
  who: string;
  article: string;
  date: string;
  note: string;
  trials: Trial[];
  workings: Working[];
  sensitivity: { input: string; share: number; at_low: number; at_high: number }[];
  sources: { id: string; title: string; publisher: string; year: string }[];
}

export interface Audit {
  case: string;
  title: string;
  samples: number;
  seed: number;
  claims: Claim[];
  notices: string[];
}

/** Claims of these verdicts (none: all) with every word of a text in them. */
export function chosen(claims: readonly Claim[], verdicts: readonly string[], text: string): Claim[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  return claims.filter((claim) => {
    if (verdicts.length > 0 && !verdicts.includes(claim.verdict)) return false;
    const all = plain([claim.id, claim.says, claim.because, claim.who, claim.article].join(" "));
    return words.every((word) => all.includes(word));
  });
}

export const placed = (claim: Claim): Trial[] =>
  claim.trials.filter((trial) => typeof trial.lat === "number" && typeof trial.lon === "number");

/** Digits that show three figures, or whole numbers from 100 on. */
export function digitsFor(...values: (number | null | undefined)[]): number {
  const most = Math.max(0, ...values.map((value) => Math.abs(value ?? 0)));
  return most >= 100 || most === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(most)));
}

export type Outcome = "holds" | "depends" | "fails";
export const outcomeOf = (trial: Trial): Outcome => (trial.depends ? "depends" : trial.holds ? "holds" : "fails");
