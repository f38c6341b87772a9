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
  /** Begins a span that its opener ends. */
  open(name: string, options: OpenSpanOptions): OpenSpan;
  /** The span that is running. */
  current(): TraceContext | undefined;
}

/** Takes a field that is recorded while a span runs. */
export type RecordField = (key: string, value: FieldValue) => void;

/** What tells a span from all others, in other processes too. */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  /** Whether the span will be kept. */
  readonly sampled: boolean;
}

/** Options of {@linkcode openSpan}. */
export interface OpenSpanOptions {
  /** The side of a call that the span stands for. */
  readonly kind: "server" | "client";
  readonly fields: Fields;
  /** The span around it, in this process or another. By default a client's is the running one, and a server's begins a trace. */
  readonly parent?: TraceContext | undefined;
}

/**
 * A span with an end of its own, such as that of a call, which is over when its caller has the reply.
 * It is for the tracing system alone: its fields give no labels, which so are the same whether or not
 * there is one.
 */
export interface OpenSpan {
  readonly context: TraceContext;
  /** Runs `fn` inside the span. */
  run<Result>(fn: () => Result): Result;
  record(key: string, value: FieldValue): void;
  /** Ends the span, as failed if there is a `failure`; an `error` in it is attached with its stack. */
  end(failure?: { readonly message: string; readonly error?: unknown }): void;
}

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

/** Begins a span that is to be ended by the caller; undefined while no tracing system is set. */
export function openSpan(name: string, options: OpenSpanOptions): OpenSpan | undefined {
  return bridge?.open(name, options);
}

/** Where the tracing system is, kept or not; undefined outside of its spans and while none is set. */
export function currentTrace(): TraceContext | undefined {
  return bridge?.current();
}

/**
 * Labels by which the trace of the current span can be found, as `exemplar` of a histogram; undefined
 * when it will not be kept, and while no tracing system is set.
 */
export function traceExemplar(): Labels | undefined {
  const trace = bridge?.current();
  return trace?.sampled ? { "trace_id": trace.traceId, "span_id": trace.spanId } : undefined;
}

/** Whether a tracing system is set. */
export function isTracing(): boolean {
  return bridge !== undefined;
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
