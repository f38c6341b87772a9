import type { MetricMetadata, PrometheusClient, TimeRange } from "../data/mod.ts";
import type { Context } from "./context.ts";
import { DURATIONS, LANGUAGE, type Suggestion } from "./suggestions.ts";

/** For how long names and values are taken for complete. */
const FRESH_MS = 30_000;

/** Values of a label are shown up to here: more than anybody scrolls through. */
const MOST_VALUES = 10_000;

/** Names and values of this Prometheus, asked for once they are needed and kept for a while. */
export class Vocabulary {
  readonly #client: PrometheusClient;
  readonly #known = new Map<
    string,
    { readonly at: number; readonly found: Promise<Suggestion[]> }
  >();

  constructor(client: PrometheusClient) {
    this.#client = client;
  }

  /** What may be written in a place. What cannot be had is left out. */
  async suggestions(context: Context, range: TimeRange): Promise<readonly Suggestion[]> {
    switch (context.kind) {
      case "expression":
        return [...await this.#kept("metrics", () => this.#metrics(range)), ...LANGUAGE];
      case "duration":
        return DURATIONS;
      case "label": {
        const { selector, matcher } = context;
        const names = await this.#kept(`labels ${selector}`, () => this.#labels(selector, range));
        return matcher ? names.map(asMatcher) : names;
      }
      case "value": {
        const { label, selector } = context;
        return await this.#kept(
          `values ${label} ${selector}`,
          () => this.#values(label, selector, range),
        );
      }
      case "nothing":
        return [];
    }
  }

  async #kept(key: string, find: () => Promise<Suggestion[]>): Promise<Suggestion[]> {
    const known = this.#known.get(key);
    if (known !== undefined && Date.now() - known.at < FRESH_MS) return await known.found;
    const found = find().catch(() => {
      this.#known.delete(key);
      return [];
    });
    this.#known.set(key, { at: Date.now(), found });
    return await found;
  }

  async #metrics(range: TimeRange): Promise<Suggestion[]> {
    const [names, metadata] = await Promise.all([
      this.#client.labelValues("__name__", { range }),
      this.#client.metadata().catch(() => new Map<string, MetricMetadata>()),
    ]);
    return names.map((text): Suggestion => {
      const about = metadata.get(text) ??
        metadata.get(text.replace(/_(?:bucket|sum|count|total)$/, ""));
      return about === undefined
        ? { kind: "metric", text }
        : { kind: "metric", text, detail: about.type, help: about.help };
    });
  }

  async #labels(selector: string, range: TimeRange): Promise<Suggestion[]> {
    const match = selector === "" ? [] : [selector];
    const names = await this.#client.labelNames({ range, match });
    return names.filter((name) => name !== "__name__").map((text) => ({ kind: "label", text }));
  }

  async #values(label: string, selector: string, range: TimeRange): Promise<Suggestion[]> {
    const match = selector === "" ? [] : [selector];
    const values = await this.#client.labelValues(label, { range, match });
    return values.slice(0, MOST_VALUES).map((text) => ({
      kind: "value",
      text,
      insert: text.replace(/[\\"]/g, "\\$&"),
    }));
  }
}

function asMatcher(suggestion: Suggestion): Suggestion {
  return { ...suggestion, insert: `${suggestion.text}=""`, back: 1 };
}
