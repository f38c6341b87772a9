import type { Alert, Rule, ScrapeTarget } from "../data/mod.ts";

/** How bad something is, for its colour; the word beside it says the same. */
export type Gravity = "bad" | "warning" | "good" | "faint";

/** Alerts as they are to be read: firing before pending, critical before the rest, older first. */
export function inOrderOfGravity(alerts: readonly Alert[]): Alert[] {
  return alerts.toSorted((a, b) =>
    rank(STATES, a.state) - rank(STATES, b.state) ||
    rank(SEVERITIES, a.labels["severity"]) - rank(SEVERITIES, b.labels["severity"]) ||
    (a.activeAt ?? "").localeCompare(b.activeAt ?? "")
  );
}

const STATES = ["firing", "pending"];
const HEALTHS = ["down", "unknown"];
const SEVERITIES = ["critical", "page", "error", "warning", "info", "none"];

function rank(order: readonly string[], value = ""): number {
  const at = order.indexOf(value.toLowerCase());
  return at < 0 ? order.length : at;
}

/** How an alert or an alerting rule stands. */
export function gravityOfState(state: string): Gravity {
  return state === "firing" ? "bad" : state === "pending" ? "warning" : "good";
}

/** How a rule or a target is. */
export function gravityOfHealth(health: string): Gravity {
  return health === "ok" || health === "up" ? "good" : health === "unknown" ? "faint" : "bad";
}

/** Rules that fail first, then firing and pending ones, then in the order of their file. */
export function rulesInOrder(rules: readonly Rule[]): Rule[] {
  const weight = ({ health, state }: Rule) => health === "err" ? -1 : rank(STATES, state);
  return rules.toSorted((a, b) => weight(a) - weight(b));
}

/** Targets that do not answer first. */
export function targetsInOrder(targets: readonly ScrapeTarget[]): ScrapeTarget[] {
  return targets.toSorted((a, b) =>
    rank(HEALTHS, a.health) - rank(HEALTHS, b.health) ||
    a.scrapePool.localeCompare(b.scrapePool) || a.scrapeUrl.localeCompare(b.scrapeUrl)
  );
}

/** How long ago an RFC 3339 time was, `12 s ago`; "never" for the zero time that Prometheus writes. */
export function ago(time: string | undefined, now: number): string {
  const at = Date.parse(time ?? "");
  if (Number.isNaN(at) || at <= 0) return "never";
  const seconds = Math.floor((now - at) / 1000);
  return seconds < 1 ? "just now" : `${duration(seconds)} ago`;
}

const UNITS = [["d", 86_400], ["h", 3600], ["min", 60], ["s", 1]] as const;

/** Seconds in at most two units: `1 h 5 min`, `340 ms`. */
export function duration(seconds: number): string {
  if (seconds < 1) return `${Number((seconds * 1000).toPrecision(2))} ms`;
  const first = UNITS.findIndex(([, size]) => seconds >= size);
  const [unit, size] = UNITS[first] ?? ["s", 1];
  if (unit === "s") return `${Number(seconds.toPrecision(2))} s`;
  const [smaller, part] = UNITS[first + 1] ?? ["s", 1];
  const count = Math.floor(seconds / size);
  const rest = Math.floor((seconds - count * size) / part);
  return rest === 0 ? `${count} ${unit}` : `${count} ${unit} ${rest} ${smaller}`;
}

/** A link that a browser may follow: http, https, or of this page; undefined for anything else. */
export function webLink(url: string | undefined): string | undefined {
  return url !== undefined && /^(https?:\/\/|\/(?!\/))/i.test(url) ? url : undefined;
}

/** A value as people read it; Prometheus writes `2.2e-02`. */
export function valueText(value: string): string {
  const number = Number(value);
  return Number.isFinite(number) && value !== "" ? String(Number(number.toPrecision(4))) : value;
}

/** The explore view with a query. */
export function exploreLink(query: string): string {
  return `/explore?${new URLSearchParams({ expr: query })}`;
}
