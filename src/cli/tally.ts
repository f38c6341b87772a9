/**
 * What a client saw: how many calls ended how, and how long they took.
 *
 * @module
 */
import { Sketch } from "../metrics/sketch.ts";
import { RollingSummary } from "../metrics/summary.ts";
import type { StatusName } from "../rpc/status.ts";
import { formatSeconds, plural } from "./format.ts";

/** Fine enough for three digits, and wide enough for microseconds beside minutes. */
const RELATIVE_ERROR = 0.001;

/** Counts calls and keeps their latencies, from the caller's side. */
export class Tally {
  readonly #ends = new Map<StatusName, number>();
  readonly #latencies = new Sketch(RELATIVE_ERROR);
  readonly #recent = new RollingSummary({ quantiles: [0.5, 0.99], relativeError: RELATIVE_ERROR });
  #total = 0;

  /** Adds a call that ended with `code` after `seconds`. */
  add(code: StatusName, seconds: number): void {
    this.#total++;
    this.#ends.set(code, (this.#ends.get(code) ?? 0) + 1);
    this.#latencies.add(seconds);
    this.#recent.record(seconds);
  }

  get total(): number {
    return this.#total;
  }

  get failed(): number {
    return this.#total - (this.#ends.get("OK") ?? 0);
  }

  /** One calm line: calls and errors since the start, p50 and p99 of the last minute. */
  statusLine(): string {
    const [p50 = "–", p99 = "–"] = this.#total === 0
      ? []
      : this.#recent.snapshot().quantiles.map(({ value }) => formatSeconds(value));
    return `calls ${this.#total}  errors ${this.failed}  p50 ${p50}  p99 ${p99}`;
  }

  /** The summary at the end of a run: totals by status, quantiles of all latencies. */
  summary(elapsedSeconds: number): string {
    const ends = [...this.#ends].sort(([a], [b]) =>
      Number(b === "OK") - Number(a === "OK") || a.localeCompare(b)
    );
    const codes = ends.map(([code, count]) => `${count} ${code}`).join(", ");
    const lines = [
      `${plural(this.#total, "call")} in ${formatSeconds(elapsedSeconds)}${codes && `: ${codes}`}`,
    ];
    if (this.#total > 0) {
      const at = (q: number) => formatSeconds(this.#latencies.quantile(q) ?? 0);
      lines.push(`latency  p50 ${at(0.5)}  p90 ${at(0.9)}  p99 ${at(0.99)}  max ${at(1)}`);
    }
    return lines.join("\n");
  }
}
