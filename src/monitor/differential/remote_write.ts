/** Data as Prometheus takes them at `/api/v1/write` (remote write 1.0). */
import type { FloatHistogram, HistogramBuckets } from "../histogram/mod.ts";
import type { StoredSample } from "../promqltest/memory_storage.ts";
import { MessageWriter } from "./byte_writer.ts";
import type { DataSeries } from "./data_set.ts";

/** The bits of the NaN that marks a series as stale. */
const STALE = 0x7ff0000000000002n;

/** Milliseconds of data in one request: older samples must come before newer ones. */
export const SLICE = 300_000;

const RESET_HINTS = { unknown: 0, reset: 1, none: 2, gauge: 3 } as const;

/** A body for `/api/v1/write`: a WriteRequest in a snappy block. */
export function writeRequest(series: readonly DataSeries[]): Uint8Array<ArrayBuffer> {
  const request = new MessageWriter();
  for (const one of series.flatMap(splitByKind)) request.block(1, timeSeries(one));
  return snappyBlock(request.bytes);
}

/** Prometheus takes the numbers of a message before its histograms, and drops what is then too old. */
function splitByKind({ labels, samples }: DataSeries): DataSeries[] {
  const runs: StoredSample[][] = [];
  let kind: string | undefined;
  for (const sample of samples) {
    const next = sample.value === undefined ? kind : typeof sample.value;
    if (runs.length === 0 || (kind !== undefined && next !== kind)) runs.push([]);
    runs.at(-1)?.push(sample);
    kind = next;
  }
  return runs.map((run) => ({ labels, samples: run }));
}

function timeSeries({ labels, samples }: DataSeries): Uint8Array {
  const message = new MessageWriter();
  for (const [name, value] of labels) {
    message.block(1, new MessageWriter().text(1, name).text(2, value).bytes);
  }
  const isHistogram = samples.some(({ value }) => typeof value === "object");
  for (const sample of samples) {
    if (typeof sample.value === "object") message.block(4, histogram(sample.value, sample.time));
    else if (sample.value === undefined && isHistogram) {
      message.block(4, staleHistogram(sample.time));
    } else message.block(2, float(sample));
  }
  return message.bytes;
}

function float({ time, value }: StoredSample): Uint8Array {
  const message = new MessageWriter();
  if (typeof value === "number") message.double(1, value);
  else message.bits(1, STALE);
  return message.integer(2, time).bytes;
}

function histogram(value: FloatHistogram, time: number): Uint8Array {
  const message = new MessageWriter().double(2, value.count).double(3, value.sum)
    .signed(4, value.schema).double(5, value.zeroThreshold).double(7, value.zeroCount);
  for (const span of spans(value.negative)) message.block(8, span);
  message.doubles(10, value.negative.counts);
  for (const span of spans(value.positive)) message.block(11, span);
  return message.doubles(13, value.positive.counts)
    .integer(14, RESET_HINTS[value.counterReset]).integer(15, time)
    .doubles(16, value.customBounds).bytes;
}

function staleHistogram(time: number): Uint8Array {
  return new MessageWriter().double(2, 0).bits(3, STALE).integer(15, time).bytes;
}

/** A span for each bucket: its distance from the one before, and its length. */
function spans({ indexes }: HistogramBuckets): Uint8Array[] {
  return indexes.map((index, i) => {
    const before = indexes[i - 1];
    const distance = before === undefined ? index : index - before - 1;
    return new MessageWriter().signed(1, distance).integer(2, 1).bytes;
  });
}

/** A snappy block that holds `bytes` as they are, without compressing them. */
function snappyBlock(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts: number[][] = [];
  const length: number[] = [];
  let left = bytes.length;
  for (; left >= 128; left = Math.floor(left / 128)) length.push(left % 128 + 128);
  parts.push([...length, left]);
  const literals: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; from += LONGEST_LITERAL) {
    const literal = bytes.subarray(from, from + LONGEST_LITERAL);
    const last = literal.length - 1;
    literals.push(Uint8Array.of(61 << 2, last & 255, last >> 8), literal);
  }
  const all = [...parts.map((part) => Uint8Array.from(part)), ...literals];
  const block = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    block.set(part, at);
    at += part.length;
  }
  return block;
}

const LONGEST_LITERAL = 65_536;
