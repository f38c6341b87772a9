import type { Logger } from "../../logging/logger.ts";
import type { Engine } from "../promql/engine.ts";
import type { Queryable } from "../samples.ts";
import type { Form } from "./form.ts";
import type { RuleSource, TargetSource } from "./sources.ts";

/** What the API answers from. */
export interface ApiParts {
  readonly storage: Queryable;
  readonly engine: Engine;
  readonly rules: RuleSource;
  readonly targets: TargetSource;
  /** The time now, in milliseconds. */
  readonly clock: () => number;
  readonly log: Logger;
  /** This program's version. */
  readonly version: string;
  /** Steps of a range query; default 11,000, as Prometheus. */
  readonly maxPoints?: number;
  /** What `timeout` of a request can only shorten, in milliseconds; default 2 minutes. */
  readonly queryTimeoutMs?: number;
  /** How long samples are kept, for people; default "". */
  readonly retention?: string;
}

/** A request with its parameters read. */
export interface ApiRequest {
  readonly form: Form;
  /** The address' path, still with its escapes. */
  readonly path: string;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

/** What a request is answered with. */
export interface Answer {
  /** JSON, piece by piece; undefined where there is nothing to be said. */
  readonly data: Iterable<string> | undefined;
  readonly warnings?: readonly string[] | undefined;
  readonly infos?: readonly string[] | undefined;
}

/** One address of the API. It throws an ApiError for what it cannot answer. */
export interface Endpoint {
  /** Below `/api/v1/`; `:name` stands for anything without a slash. */
  readonly path: string;
  readonly methods: readonly ("GET" | "POST")[];
  readonly answer: (parts: ApiParts, request: ApiRequest) => Answer | Promise<Answer>;
}

/** Methods of what may have long parameters. */
export const GET_AND_POST = ["GET", "POST"] as const;
/** Methods of all else. */
export const GET = ["GET"] as const;
