import type { Alert, ScrapeTarget } from "../../data/mod.ts";

/** How the service is, in a word, a sentence and the reasons. */
export interface Verdict {
  readonly level: "good" | "warning" | "bad" | "unknown";
  readonly title: string;
  readonly detail: string;
}

/** Severities that say something, but not that anything is wrong. */
const HARMLESS: ReadonlySet<string> = new Set(["none", "info"]);

/** Alerts that are firing or about to, the worst first, without those that are only told. */
export function seriousAlerts(alerts: readonly Alert[]): Alert[] {
  const rank = ({ state }: Alert) => state === "firing" ? 0 : 1;
  return alerts
    .filter(({ labels, state }) => !HARMLESS.has(labels["severity"] ?? "") && state !== "inactive")
    .toSorted((a, b) => rank(a) - rank(b));
}

/** Whether the service is well, by its alerts and by whether it is measured at all. */
export function verdictOf(alerts: readonly Alert[], targets: readonly ScrapeTarget[]): Verdict {
  const serious = seriousAlerts(alerts);
  const firing = serious.filter(({ state }) => state === "firing").length;
  const pending = serious.length - firing;
  const down = targets.filter(({ health }) => health === "down").length;
  const up = targets.filter(({ health }) => health === "up").length;
  const targetWords = `${up} of ${count(targets.length, "target")} up`;
  const alertWords = firing === 0 && pending === 0 ? "no alert" : [
    ...(firing > 0 ? [`${count(firing, "alert")} firing`] : []),
    ...(pending > 0 ? [`${count(pending, "alert")} pending`] : []),
  ].join(", ");
  const detail = `${targetWords}, ${alertWords}.`;
  if (targets.length === 0) {
    return {
      level: "unknown",
      title: "Nothing is measured yet",
      detail: "Prometheus has no targets: what it scrapes is in its configuration.",
    };
  }
  if (firing > 0) {
    const title = firing === 1 ? "An alert is firing" : `${firing} alerts are firing`;
    return { level: "bad", title, detail };
  }
  if (down > 0) {
    const title = down === 1 ? "A target is down" : `${down} targets are down`;
    return { level: "bad", title, detail };
  }
  if (pending > 0) return { level: "warning", title: "Something may be wrong", detail };
  if (up < targets.length) return { level: "unknown", title: "Waiting for a first scrape", detail };
  return { level: "good", title: "All is well", detail };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
