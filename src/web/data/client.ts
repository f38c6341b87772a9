import type {
  Alert,
  BuildInfo,
  ExemplarsOfSeries,
  Labels,
  MetricMetadata,
  QueryAnswer,
  RawSeries,
  RuleGroup,
  ScrapeTarget,
} from "./answers.ts";
import { AskError, httpError, networkError, prometheusError } from "./errors.ts";
import type { TimeRange } from "./series.ts";
import { SharedRequests } from "./shared_requests.ts";

export interface ClientOptions {
  readonly fetch?: typeof fetch;
  /** How many requests run at a time; 6 by default, as many as browsers let over HTTP/1.1. */
  readonly concurrency?: number;
  /** Seconds after which an answer is given up; 120 by default, Prometheus' own limit. */
  readonly timeout?: number;
}

export interface AskOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Where to look for series: selectors, and a span of time. */
export interface LookupOptions extends AskOptions {
  readonly match?: readonly string[];
  readonly range?: TimeRange | undefined;
  /** The most that is answered; Prometheus 2.50 and later. */
  readonly limit?: number;
}

type Form = readonly (readonly [string, string])[];

interface Envelope {
  readonly data: unknown;
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
}

/**
 * Asks Prometheus' HTTP API. Identical requests that overlap are sent once. All methods reject with an
 * {@linkcode AskError}, or with the signal's reason when it is aborted. Times are milliseconds.
 */
export class PrometheusClient {
  readonly #fetch: typeof fetch;
  readonly #timeout: number;
  readonly #requests: SharedRequests;

  constructor(options: ClientOptions = {}) {
    this.#fetch = options.fetch ?? ((input, init) => fetch(input, init));
    this.#timeout = options.timeout ?? 120;
    this.#requests = new SharedRequests(options.concurrency ?? 6);
  }

  /** What an expression is at one moment; now unless told. */
  async query(
    expr: string,
    { time, signal }: AskOptions & { readonly time?: number } = {},
  ): Promise<QueryAnswer> {
    const form: Form = [["query", expr], ...times({ time })];
    return queryAnswer(await this.#ask("query", form, "POST", signal));
  }

  /** What an expression is at every step, in seconds, from start to end. */
  async queryRange(
    expr: string,
    { start, end, step, signal }: AskOptions & {
      readonly start: number;
      readonly end: number;
      readonly step: number;
    },
  ): Promise<QueryAnswer> {
    const form: Form = [["query", expr], ...times({ start, end }), ["step", String(step)]];
    return queryAnswer(await this.#ask("query_range", form, "POST", signal));
  }

  /** The exemplars of the series that an expression selects. */
  async exemplars(
    expr: string,
    { range, signal }: AskOptions & { readonly range: TimeRange },
  ): Promise<readonly ExemplarsOfSeries[]> {
    const form: Form = [["query", expr], ...spanOf(range)];
    const { data } = await this.#ask("query_exemplars", form, "POST", signal);
    return data as readonly ExemplarsOfSeries[];
  }

  /** The expression as Prometheus would write it; rejects with its error where it is none. */
  async format(expr: string, { signal }: AskOptions = {}): Promise<string> {
    const { data } = await this.#ask("format_query", [["query", expr]], "POST", signal);
    return String(data);
  }

  /** Names of labels. */
  async labelNames(options: LookupOptions = {}): Promise<readonly string[]> {
    const { data } = await this.#ask("labels", lookup(options), "GET", options.signal);
    return data as readonly string[];
  }

  /** Values of one label. */
  async labelValues(label: string, options: LookupOptions = {}): Promise<readonly string[]> {
    const path = `label/${encodeURIComponent(label)}/values`;
    const { data } = await this.#ask(path, lookup(options), "GET", options.signal);
    return data as readonly string[];
  }

  /** Labels of the series that match. */
  async series(options: LookupOptions): Promise<readonly Labels[]> {
    const { data } = await this.#ask("series", lookup(options), "POST", options.signal);
    return data as readonly Labels[];
  }

  /** Type, help and unit of all metrics, by name. */
  async metadata(options: AskOptions = {}): Promise<ReadonlyMap<string, MetricMetadata>> {
    const { data } = await this.#ask("metadata", [], "GET", options.signal);
    const found = new Map<string, MetricMetadata>();
    for (const [name, all] of Object.entries(data as Record<string, readonly MetricMetadata[]>)) {
      if (all[0] !== undefined) found.set(name, all[0]);
    }
    return found;
  }

  async rules(options: AskOptions = {}): Promise<readonly RuleGroup[]> {
    const { data } = await this.#ask("rules", [], "GET", options.signal);
    return (data as { groups?: readonly RuleGroup[] }).groups ?? [];
  }

  async alerts(options: AskOptions = {}): Promise<readonly Alert[]> {
    const { data } = await this.#ask("alerts", [], "GET", options.signal);
    return (data as { alerts?: readonly Alert[] }).alerts ?? [];
  }

  async targets(options: AskOptions = {}): Promise<readonly ScrapeTarget[]> {
    const { data } = await this.#ask("targets", [["state", "active"]], "GET", options.signal);
    return (data as { activeTargets?: readonly ScrapeTarget[] }).activeTargets ?? [];
  }

  async buildInfo(options: AskOptions = {}): Promise<BuildInfo> {
    const { data } = await this.#ask("status/buildinfo", [], "GET", options.signal);
    return data as BuildInfo;
  }

  #ask(
    path: string,
    form: Form,
    method: "GET" | "POST",
    signal: AbortSignal | undefined,
  ): Promise<Envelope> {
    const parameters = new URLSearchParams(form.map(([name, value]) => [name, value])).toString();
    const post = method === "POST";
    const url = `/api/v1/${path}${post || parameters === "" ? "" : `?${parameters}`}`;
    const init: RequestInit = post
      ? {
        method,
        body: parameters,
        headers: { "content-type": "application/x-www-form-urlencoded" },
      }
      : { method };
    return this.#requests.ask(
      `${url} ${parameters}`,
      (abandoned) => this.#send(url, init, abandoned),
      signal,
    );
  }

  async #send(url: string, init: RequestInit, abandoned: AbortSignal): Promise<Envelope> {
    const slow = new AbortController();
    const timer = setTimeout(() => slow.abort(), this.#timeout * 1000);
    try {
      const signal = AbortSignal.any([abandoned, slow.signal]);
      const response = await this.#fetch(url, { ...init, signal });
      return envelope(response, await response.text());
    } catch (error) {
      abandoned.throwIfAborted();
      if (error instanceof AskError) throw error;
      throw networkError(error, slow.signal.aborted ? this.#timeout : undefined);
    } finally {
      clearTimeout(timer);
    }
  }
}

function envelope(response: Response, body: string): Envelope {
  const answer = parsed(body);
  if (answer?.["status"] === "error") {
    throw prometheusError(String(answer["errorType"]), String(answer["error"]));
  }
  if (answer?.["status"] !== "success") {
    throw httpError(response.status, response.statusText, body);
  }
  return {
    data: answer["data"],
    warnings: answer["warnings"] as readonly string[] | undefined ?? [],
    infos: answer["infos"] as readonly string[] | undefined ?? [],
  };
}

function parsed(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? value as Record<string, unknown> : {};
  } catch {
    return undefined;
  }
}

type RawVector = RawSeries & {
  readonly value?: NonNullable<RawSeries["values"]>[number];
  readonly histogram?: NonNullable<RawSeries["histograms"]>[number];
};

function queryAnswer({ data, warnings, infos }: Envelope): QueryAnswer {
  const { resultType, result } = data as { resultType: QueryAnswer["type"]; result: unknown };
  return { type: resultType, series: seriesOf(resultType, result), warnings, infos };
}

function seriesOf(type: QueryAnswer["type"], result: unknown): readonly RawSeries[] {
  switch (type) {
    case "matrix":
      return result as readonly RawSeries[];
    case "vector":
      return (result as readonly RawVector[]).map(({ metric, value, histogram }) => ({
        metric,
        ...(value === undefined ? {} : { values: [value] }),
        ...(histogram === undefined ? {} : { histograms: [histogram] }),
      }));
    default:
      return [{ metric: {}, values: [result as readonly [number, string]] }];
  }
}

function lookup({ match = [], range, limit }: LookupOptions): Form {
  return [
    ...match.map((selector) => ["match[]", selector] as const),
    ...(range === undefined ? [] : spanOf(range)),
    ...(limit === undefined ? [] : [["limit", String(limit)] as const]),
  ];
}

function spanOf({ from, to }: TimeRange): Form {
  return times({ start: from, end: to });
}

/** The API's seconds. */
function times(moments: Readonly<Record<string, number | undefined>>): Form {
  return Object.entries(moments).flatMap(([name, ms]) =>
    ms === undefined ? [] : [[name, String(Math.round(ms) / 1000)] as const]
  );
}
