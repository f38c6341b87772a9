import { assertEquals, assertStringIncludes } from "@std/assert";
import { createLogger, type LoggerOptions } from "./logger.ts";

function logged(options: Partial<LoggerOptions> = {}) {
  const lines: string[] = [];
  const log = createLogger({
    level: "info",
    format: "json",
    write: (line) => lines.push(line),
    now: () => new Date("2026-01-02T03:04:05.678Z"),
    ...options,
  });
  return { log, lines };
}

Deno.test("createLogger() writes one JSON object a line, fields after the sentence", () => {
  const { log, lines } = logged();
  log.info("listening", { port: 20000, calls: 2n ** 60n });
  assertEquals(lines, [
    '{"time":"2026-01-02T03:04:05.678Z","level":"info","message":"listening","port":20000,"calls":"1152921504606846976"}',
  ]);
});

Deno.test("createLogger() drops lines below its level", () => {
  const { log, lines } = logged({ level: "warn" });
  log.debug("a");
  log.info("b");
  log.warn("c");
  log.error("d");
  assertEquals(lines.map((line) => JSON.parse(line).message), ["c", "d"]);
});

Deno.test("createLogger() keeps a line break inside its JSON line and shows an error with its cause", () => {
  const { log, lines } = logged();
  log.error("two\nlines", { error: new TypeError("outer", { cause: new Error("inner") }) });
  assertEquals(lines.length, 1);
  assertEquals(lines[0]?.includes("\n"), false);
  const { message, error } = JSON.parse(lines[0] ?? "");
  assertEquals(message, "two\nlines");
  assertStringIncludes(error, "TypeError: outer");
  assertStringIncludes(error, "Caused by Error: inner");
});

Deno.test("createLogger() writes for people when asked: level, sentence, fields, quoted where needed", () => {
  const { log, lines } = logged({ format: "human" });
  log.warn("port taken", { address: "127.0.0.1:9000", reason: "in use" });
  assertStringIncludes(lines[0] ?? "", 'warn  port taken address=127.0.0.1:9000 reason="in use"');
});

Deno.test("createLogger() never throws, even when nobody reads the log any more", () => {
  const { log } = logged({
    write: () => {
      throw new Error("broken pipe");
    },
  });
  log.error("still alive");
});

Deno.test("createLogger() asks for the context of each line that it writes; the line's own fields win", () => {
  let asked = 0;
  const { log, lines } = logged({
    context: () => ({ "trace_id": `t${++asked}`, "span_id": "s" }),
  });
  log.debug("dropped");
  log.info("one");
  log.info("two", { port: 1, "span_id": "mine" });
  assertEquals(asked, 2);
  assertEquals(lines.map((line) => line.slice(line.indexOf('"message"'))), [
    '"message":"one","trace_id":"t1","span_id":"s"}',
    '"message":"two","port":1,"span_id":"mine","trace_id":"t2"}',
  ]);
});
