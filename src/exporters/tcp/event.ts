/**
 * The messages of the metrics family's TCP stream: an Event, behind its length as a varint, is
 * either the Metadata of a name or one operation on a Metric. Compatible to the byte with what the
 * family's own exporter writes, which means:
 *
 * - members of a oneof are written even when they are 0 or empty, other fields only when they are not;
 * - labels are sorted by key, in the order of their UTF-8 bytes;
 * - a unit is written as its name (`seconds`).
 *
 * @module
 */
import type { Labels, MetricKind } from "../../metrics/recorder.ts";
import type { Unit } from "../../metrics/unit.ts";
import {
  type Bytes,
  concat,
  delimited,
  messageField,
  sizeOfVarint,
  stringField,
  tag,
  Writer,
} from "./protobuf.ts";

/** A google.protobuf.Timestamp: whole seconds since 1970 and nanoseconds in 0…999,999,999. */
export interface Timestamp {
  readonly seconds: number;
  readonly nanos: number;
}

/** What happened to a metric: the field of Metric that carries the value. Counters are uint64, the rest double. */
export const OPERATION = {
  incrementCounter: 4,
  setCounter: 5,
  incrementGauge: 6,
  decrementGauge: 7,
  setGauge: 8,
  recordHistogram: 9,
} as const;

/** One of the six operations. */
export type Operation = typeof OPERATION[keyof typeof OPERATION];

/** Whether the value of `operation` is a uint64. */
export function isCounterOperation(operation: Operation): boolean {
  return operation <= OPERATION.setCounter;
}

/** Whether a uint64 can say `value` exactly. */
export function isUint64(value: number | bigint): boolean {
  if (typeof value === "bigint") return value >= 0n && value < 1n << 64n;
  return Number.isInteger(value) && value >= 0 && value < 2 ** 64;
}

const METRIC_TYPE: Readonly<Record<MetricKind, number>> = { counter: 0, gauge: 1, histogram: 2 };

/** What is known of a name. */
export interface Description {
  readonly kind: MetricKind;
  readonly unit: Unit | undefined;
  readonly help: string;
}

/** The frame that describes `name`. */
export function encodeMetadata(name: string, { kind, unit, help }: Description): Bytes {
  const type = METRIC_TYPE[kind];
  const metadata = concat([
    nonEmptyStringField(1, name),
    type === 0 ? new Uint8Array() : Uint8Array.of(tag.varint(2), type),
    unit === undefined ? new Uint8Array() : stringField(3, unit),
    stringField(4, help),
  ]);
  return delimited(messageField(1, metadata));
}

/** The parts of a Metric that are the same for every operation on one series. */
export interface EncodedSeries {
  readonly name: Bytes;
  readonly labels: Bytes;
}

/** Encodes what all frames of a series share. */
export function encodeSeries(name: string, labels: Labels): EncodedSeries {
  const pairs = Object.entries(labels).sort(([a], [b]) => compareCodePoints(a, b));
  return {
    name: nonEmptyStringField(1, name),
    labels: concat(
      pairs.map(([key, value]) =>
        messageField(3, concat([nonEmptyStringField(1, key), nonEmptyStringField(2, value)]))
      ),
    ),
  };
}

/** The frame of one operation. A counter's `value` must satisfy {@linkcode isUint64}. */
export function encodeMetric(
  series: EncodedSeries,
  operation: Operation,
  value: number | bigint,
  at: Timestamp,
): Bytes {
  const isCounter = isCounterOperation(operation);
  const seconds = at.seconds < 0 ? BigInt(at.seconds) : at.seconds;
  const timestampSize = (seconds === 0 ? 0 : 1 + sizeOfVarint(seconds)) +
    (at.nanos === 0 ? 0 : 1 + sizeOfVarint(at.nanos));
  const metricSize = series.name.length + 2 + timestampSize + series.labels.length +
    1 + (isCounter ? sizeOfVarint(value) : 8);
  const eventSize = 1 + sizeOfVarint(metricSize) + metricSize;

  const writer = new Writer(sizeOfVarint(eventSize) + eventSize);
  writer.varint(eventSize);
  writer.byte(tag.bytes(2));
  writer.varint(metricSize);
  writer.raw(series.name);
  writer.byte(tag.bytes(2));
  writer.byte(timestampSize);
  if (seconds !== 0) {
    writer.byte(tag.varint(1));
    writer.varint(seconds);
  }
  if (at.nanos !== 0) {
    writer.byte(tag.varint(2));
    writer.varint(at.nanos);
  }
  writer.raw(series.labels);
  if (isCounter) {
    writer.byte(tag.varint(operation));
    writer.varint(value);
  } else {
    writer.byte(tag.double(operation));
    writer.double(Number(value));
  }
  return writer.bytes;
}

function nonEmptyStringField(field: number, text: string): Bytes {
  return text === "" ? new Uint8Array() : stringField(field, text);
}

/** The order of UTF-8 bytes, which `<` on strings (UTF-16) is not: U+FF5E comes before U+1F600. */
function compareCodePoints(a: string, b: string): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const difference = (a.codePointAt(i) ?? 0) - (b.codePointAt(i) ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
