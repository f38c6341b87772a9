import { assertEquals } from "@std/assert";
import { gunzipSync } from "node:zlib";
import { Stream, type StreamOwner } from "../../http2/stream.ts";
import { CompressingWriter } from "./message_writer.ts";
import type { Encoding } from "./compression.ts";

/** A writer on a stream that sends all at once, and what it sends: `1 of 900` is a flag and a size. */
function writing(encoding: Encoding | undefined) {
  const told: string[] = [];
  const owner: StreamOwner = {
    sendHeaders: () => {},
    sendData(_, [flag], body) {
      told.push(`${flag} of ${flag === 1 ? gunzipSync(body).length : body.length}`);
      return 5 + body.length;
    },
    sendEnd: () => told.push("end"),
    waitToSend: () => {},
    waitsNoMore: () => {},
    consumed: () => {},
    reset: () => {},
    settled: () => {},
  };
  const head = {
    method: "POST",
    scheme: "http",
    authority: "",
    path: "/",
    fields: [],
    contentLength: undefined,
  };
  const stream = new Stream(owner, 1, head, 0, 0);
  const writer = new CompressingWriter(stream, encoding);
  return { stream, writer, told };
}

/** More than is compressed at once. */
const LARGE = 1_000_000;

Deno.test("CompressingWriter compresses while it is on, and what becomes smaller", () => {
  const { writer, told } = writing("gzip");
  let sent = 0;
  for (const isOn of [false, true, false]) {
    writer.isOn = isOn;
    for (const size of [0, 10, 900]) writer.write(new Uint8Array(size), () => sent++);
  }
  const plain = ["0 of 0", "0 of 10", "0 of 900"];
  assertEquals(told, [...plain, "0 of 0", "0 of 10", "1 of 900", ...plain]);
  assertEquals(sent, 9);
});

Deno.test("CompressingWriter sends as it is what the caller would not take", () => {
  const { writer, told } = writing(undefined);
  writer.isOn = true;
  writer.write(new Uint8Array(900), () => {});
  assertEquals(told, ["0 of 900"]);
});

Deno.test("CompressingWriter says that a large message is sent when it is, and ends after it", async () => {
  const { stream, writer, told } = writing("gzip");
  writer.isOn = true;
  const { promise, resolve } = Promise.withResolvers<void>();
  writer.write(new Uint8Array(LARGE), () => {
    told.push("sent");
    resolve();
  });
  writer.afterwards(() => stream.end());
  assertEquals(told, []);
  await promise;
  assertEquals(told, [`1 of ${LARGE}`, "sent", "end"]);
});

Deno.test("CompressingWriter sends nothing on a stream that has closed meanwhile", async () => {
  const { stream, writer, told } = writing("gzip");
  writer.isOn = true;
  const ended = Promise.withResolvers<void>();
  writer.write(new Uint8Array(LARGE), () => told.push("sent"));
  writer.afterwards(ended.resolve);
  stream.isClosed = true;
  await ended.promise;
  assertEquals(told, []);
});
