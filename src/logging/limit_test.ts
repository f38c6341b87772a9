import { assertEquals } from "@std/assert";
import { limitLines } from "./limit.ts";
import { createLogger } from "./logger.ts";

Deno.test("limitLines() leaves out what is over the limit, and says how much that was", () => {
  const lines: string[] = [];
  let now = 0;
  const log = limitLines(
    createLogger({ level: "debug", format: "human", write: (line) => lines.push(line.slice(9)) }),
    { perSecond: 2, now: () => now },
  );
  for (let i = 0; i < 5; i++) log.error("failed", { i });
  now = 999;
  log.info("another");
  now = 1000;
  log.debug("next second");
  log.warn("next second", { i: 9 });
  assertEquals(lines, [
    "error failed i=0",
    "error failed i=1",
    "debug next second left_out=4",
    "warn  next second i=9",
  ]);
});
