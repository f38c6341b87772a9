import { Labels } from "../../labels.ts";
import type { BatchSample, ScrapeBatch } from "../batch.ts";
import type { ByteReader } from "../codec/byte_reader.ts";
import type { ByteWriter } from "../codec/byte_writer.ts";
import type { JournalPart } from "../journal.ts";
import type { SeriesHandle } from "../series.ts";
import {
  BATCH,
  PART,
  readExemplar,
  readHistogram,
  readLabels,
  writeExemplar,
  writeHistogram,
  writeLabels,
} from "./content.ts";

const IS_WHOLE = 1;
const IS_STALE = 2;
const HAS_HISTOGRAM = 4;
const HAS_TIME = 8;
const HAS_START = 16;
const HAS_EXEMPLAR = 32;

/** Whole numbers up to here are no longer than eight bytes. */
const MAX_WHOLE = 2 ** 48;

/** Writes a batch, or a part; the labels of a series come with its first sample in each file. */
export function writeBatch(
  { source, time, series, samples, isLast }: JournalPart,
  known: Set<number>,
  out: ByteWriter,
): void {
  const fresh = series.filter(({ id }) => !known.has(id) && known.add(id));
  out.byte(isLast ? BATCH : PART);
  out.varint(fresh.length);
  for (const { id, labels } of fresh) {
    out.varint(id);
    writeLabels(labels, out);
  }
  out.text(source);
  out.signedVarint(time);
  out.varint(samples.length);
  let before = 0;
  samples.forEach((sample, i) => {
    const id = series[i]?.id ?? 0;
    writeSample(sample, id - before, time, out);
    before = id;
  });
}

function writeSample(sample: BatchSample, step: number, batchTime: number, out: ByteWriter): void {
  const { value, histogram, start, exemplar } = sample;
  const time = sample.time ?? batchTime;
  const isStale = sample.stale === true;
  const isWhole = Number.isInteger(value) && Math.abs(value) < MAX_WHOLE && !Object.is(value, -0);
  out.byte(
    (isWhole ? IS_WHOLE : 0) | (isStale ? IS_STALE : 0) |
      (histogram === undefined ? 0 : HAS_HISTOGRAM) | (time === batchTime ? 0 : HAS_TIME) |
      (start === undefined ? 0 : HAS_START) | (exemplar === undefined ? 0 : HAS_EXEMPLAR),
  );
  out.signedVarint(step);
  if (isWhole) out.signedVarint(value);
  else out.float(value);
  if (histogram !== undefined) writeHistogram(histogram, out);
  if (time !== batchTime) out.signedVarint(time - batchTime);
  if (start !== undefined) out.float(start);
  if (exemplar !== undefined) writeExemplar(exemplar, out);
}

/** A batch that was read. */
export interface RestoredBatch extends ScrapeBatch {
  readonly samples: BatchSample[];
}

/** A batch that was read, and how many of its samples are of a series whose labels were lost. */
export interface ReadBatch {
  readonly batch: RestoredBatch;
  readonly lost: number;
}

/** Reads a batch; `known` has the series of the file by their number, and is added to. */
export function readBatch(
  reader: ByteReader,
  known: Map<number, SeriesHandle>,
  handle: (labels: Labels) => SeriesHandle,
): ReadBatch {
  for (let count = reader.varint(); count > 0; count--) {
    const id = reader.varint();
    known.set(id, handle(readLabels(reader)));
  }
  const source = reader.text();
  const time = reader.signedVarint();
  const samples: BatchSample[] = [];
  let lost = 0;
  let id = 0;
  for (let count = reader.varint(); count > 0; count--) {
    const flags = reader.byte();
    id += reader.signedVarint();
    const series = known.get(id);
    const sample = readSample(reader, flags, time, series);
    if (series === undefined) lost++;
    else samples.push(sample);
  }
  return { batch: { source, time, samples }, lost };
}

function readSample(
  reader: ByteReader,
  flags: number,
  batchTime: number,
  series: SeriesHandle | Labels = Labels.EMPTY,
): BatchSample {
  const has = (flag: number) => (flags & flag) !== 0;
  return {
    series,
    value: has(IS_WHOLE) ? reader.signedVarint() : reader.float(),
    ...has(IS_STALE) && { stale: true },
    ...has(HAS_HISTOGRAM) && { histogram: readHistogram(reader) },
    ...has(HAS_TIME) && { time: batchTime + reader.signedVarint() },
    ...has(HAS_START) && { start: reader.float() },
    ...has(HAS_EXEMPLAR) && { exemplar: readExemplar(reader) },
  };
}
