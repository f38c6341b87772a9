import { ByteWriter } from "../codec/byte_writer.ts";
import { Pace } from "../../pace.ts";
import type { StoredSeries } from "../series.ts";
import type { Store } from "../store.ts";
import { type ColumnRanges, writeChunks, writeColumn, writeEnd } from "./block_content.ts";
import { EXEMPLAR, writeExemplar, writeLabels, writeMetadata } from "./content.ts";
import { removeFile, writeAll } from "./directory.ts";
import { writeFrame } from "./frames.ts";

/** Bytes that are gathered before they are written. */
const WRITE = 256 * 1024;

/**
 * Writes all that is in no block yet to a new one, which appears whole or not at all; gives its newest
 * time. Exemplars are those from `since` on. Gives way to others while it works.
 */
export async function writeBlock(store: Store, path: string, since: number): Promise<number> {
  const { table, exemplars } = store.contents;
  const { columns } = table;
  const temporary = `${path}.new`;
  const file = await Deno.open(temporary, { create: true, write: true, truncate: true });
  const saved = new Map<StoredSeries, number>();
  try {
    const pace = new Pace();
    const content = new ByteWriter();
    const out = new ByteWriter(WRITE * 2);
    const ranges: ColumnRanges = new Map();
    const places = { columns, ranges };
    const frame = async () => {
      writeFrame(content.written, out);
      content.reset();
      if (out.length >= WRITE) {
        await writeAll(file, out.written);
        out.reset();
      }
    };

    for (const series of [...table.all()]) {
      if (pace.due()) await pace.giveWay();
      if (series.isGone) continue;
      series.seal();
      if (series.savedChunks === series.chunkCount) continue;
      writeChunks(series, series.savedChunks, places, content);
      saved.set(series, series.chunkCount - series.savedChunks);
      series.savedChunks = series.chunkCount;
      await frame();
    }
    let newest = -Infinity;
    for (const [number, range] of ranges) {
      newest = Math.max(newest, writeColumn(columns, number, range, content));
      await frame();
    }
    for (const [family, variants] of store.metadata()) {
      for (const metadata of variants) {
        writeMetadata(family, metadata, content);
        await frame();
      }
    }
    for (const { series, exemplar } of exemplars.since(since)) {
      content.byte(EXEMPLAR);
      writeLabels(series.labels, content);
      writeExemplar(exemplar, content);
      await frame();
      if (pace.due()) await pace.giveWay();
    }
    writeEnd(newest, content);
    writeFrame(content.written, out);
    await writeAll(file, out.written);
    await file.syncData();
    await Deno.rename(temporary, path);
    return newest;
  } catch (error) {
    for (const [series, count] of saved) {
      series.savedChunks = Math.max(0, series.savedChunks - count);
    }
    await removeFile(temporary);
    throw error;
  } finally {
    file.close();
  }
}
