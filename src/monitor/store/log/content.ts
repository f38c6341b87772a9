import type {
  CounterReset,
  FloatHistogram,
  HistogramBuckets,
} from "../../histogram/float_histogram.ts";
import { type Label, Labels } from "../../labels.ts";
import type { Exemplar, MetricMetadata } from "../../samples.ts";
import type { ByteReader } from "../codec/byte_reader.ts";
import type { ByteWriter } from "../codec/byte_writer.ts";

/** What a frame is about: its first byte. */
export const BATCH = 1;
export const METADATA = 2;
export const COLUMN = 3;
export const CHUNKS = 4;
export const END = 5;
export const EXEMPLAR = 6;
/** As a batch, and more of the same batch follows. */
export const PART = 7;

const COUNTER_RESETS: readonly CounterReset[] = ["unknown", "reset", "none", "gauge"];

export function writeExemplar({ labels, value, time }: Exemplar, out: ByteWriter): void {
  writeLabels(labels, out);
  out.float(value);
  out.float(time);
}

export function readExemplar(reader: ByteReader): Exemplar {
  return { labels: readLabels(reader), value: reader.float(), time: reader.float() };
}

export function writeLabels(labels: Labels, out: ByteWriter): void {
  out.varint(labels.size);
  for (const [name, value] of labels) {
    out.text(name);
    out.text(value);
  }
}

export function readLabels(reader: ByteReader): Labels {
  const pairs: Label[] = [];
  for (let count = reader.varint(); count > 0; count--) {
    const name = reader.text();
    pairs.push([name, reader.text()]);
  }
  return Labels.of(pairs);
}

export function writeHistogram(histogram: FloatHistogram, out: ByteWriter): void {
  out.byte(COUNTER_RESETS.indexOf(histogram.counterReset));
  out.signedVarint(histogram.schema);
  out.float(histogram.count);
  out.float(histogram.sum);
  out.float(histogram.zeroThreshold);
  out.float(histogram.zeroCount);
  writeBuckets(histogram.positive, out);
  writeBuckets(histogram.negative, out);
  writeFloats(histogram.customBounds, out);
}

export function readHistogram(reader: ByteReader): FloatHistogram {
  return {
    counterReset: COUNTER_RESETS[reader.byte()] ?? "unknown",
    schema: reader.signedVarint(),
    count: reader.float(),
    sum: reader.float(),
    zeroThreshold: reader.float(),
    zeroCount: reader.float(),
    positive: readBuckets(reader),
    negative: readBuckets(reader),
    customBounds: readFloats(reader),
  };
}

function writeBuckets({ indexes, counts }: HistogramBuckets, out: ByteWriter): void {
  out.varint(indexes.length);
  let before = 0;
  for (const index of indexes) {
    out.signedVarint(index - before);
    before = index;
  }
  for (const count of counts) out.float(count);
}

function readBuckets(reader: ByteReader): HistogramBuckets {
  const indexes: number[] = [];
  let index = 0;
  for (let count = reader.varint(); count > 0; count--) {
    indexes.push(index += reader.signedVarint());
  }
  return { indexes, counts: indexes.map(() => reader.float()) };
}

function writeFloats(values: readonly number[], out: ByteWriter): void {
  out.varint(values.length);
  for (const value of values) out.float(value);
}

function readFloats(reader: ByteReader): number[] {
  const values: number[] = [];
  for (let count = reader.varint(); count > 0; count--) values.push(reader.float());
  return values;
}

export function writeMetadata(family: string, metadata: MetricMetadata, out: ByteWriter): void {
  out.byte(METADATA);
  for (const text of [family, metadata.type, metadata.help, metadata.unit]) out.text(text);
}

export function readMetadata(reader: ByteReader): [family: string, metadata: MetricMetadata] {
  const family = reader.text();
  return [family, { type: reader.text(), help: reader.text(), unit: reader.text() }];
}
