/**
 * Spans: what the program is doing here and now, with fields that say for whom and on what. The
 * layer `spanLabels` turns the fields into labels, so that code deep inside need not be handed them:
 *
 * ```ts
 * await withSpan("echo", { user: "ferris" }, async () => {
 *   counter("jobs_total", { queue: "mail" }).increment(); // jobs_total{user="ferris",queue="mail"}
 * });
 * ```
 *
 * A span starts with a copy of the fields of the span around it; from then on each has its own.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { Labels } from "./recorder.ts";

/**
 * The value of a field. Texts are taken as they are, all else as `String` writes it. JavaScript
 * knows no difference between `1` and `1.0`: both are `1`.
 */
export type FieldValue = string | number | boolean | bigint;

/** Fields by name. One that is undefined or null has no value yet, and gives no label. */
export type Fields = Readonly<Record<string, FieldValue | null | undefined>>;

/** A piece of work that is going on. */
export interface Span {
  readonly name: string;
  /** As texts; the span's own first, then those of the span around it. */
  readonly fields: ReadonlyMap<string, string>;
  /** Gives a field a value, or another one. Spans inside that exist already do not see it. */
  record(key: string, value: FieldValue): void;
}

/** What a tracing system does for spans. */
export interface SpanBridge {
  /**
   * Calls `fn` once, at once, inside a span of its own, ends that when the result has settled, and
   * gives the result back. What `fn` passes to `record` belongs to that span too.
   */
  run<Result>(name: string, fields: Fields, fn: (record: RecordField) => Result): Result;
  /** Labels by which the span that is running can be found, if it will be kept. */
  exemplar(): Labels | undefined;
}

/** Takes a field that is recorded while a span runs. */
export type RecordField = (key: string, value: FieldValue) => void;

const current = new AsyncLocalStorage<Span>();
let bridge: SpanBridge | undefined;

/** Runs `fn` in a new span, and everything that it starts, synchronous or not. */
export function withSpan<Result>(name: string, fields: Fields, fn: () => Result): Result {
  if (bridge === undefined) return current.run(spanOf(name, fields), fn);
  return bridge.run(name, fields, (record) => current.run(spanOf(name, fields, record), fn));
}

/** The innermost span that this code runs in. */
export function currentSpan(): Span | undefined {
  return current.getStore();
}

/** Gives a field of the current span a value; without a current span it does nothing. */
export function recordField(key: string, value: FieldValue): void {
  current.getStore()?.record(key, value);
}

/**
 * Labels by which the trace of the current span can be found, as `exemplar` of a histogram; undefined
 * while no tracing system is set.
 */
export function traceExemplar(): Labels | undefined {
  return bridge?.exemplar();
}

/** Lets a tracing system run every span from now on; undefined ends that. */
export function setSpanBridge(tracing: SpanBridge | undefined): void {
  bridge = tracing;
}

function spanOf(name: string, own: Fields, tell?: RecordField): Span {
  const fields = new Map<string, string>();
  for (const key of Object.keys(own)) {
    const value = own[key];
    if (value !== undefined && value !== null) fields.set(key, String(value));
  }
  current.getStore()?.fields.forEach((value, key) => {
    if (!fields.has(key)) fields.set(key, value);
  });
  return {
    name,
    fields,
    record(key, value) {
      fields.set(key, String(value));
      tell?.(key, value);
    },
  };
}
