import { assertEquals } from "@std/assert";
import { scrapeSecondsOf } from "./scrape_seconds.ts";

Deno.test("scrapeSecondsOf() is the shortest interval, 15 s where none is known", () => {
  const target = (scrapeInterval?: string) => ({
    labels: {},
    scrapePool: "",
    scrapeUrl: "",
    lastError: "",
    lastScrape: "",
    lastScrapeDuration: 0,
    health: "up",
    ...(scrapeInterval === undefined ? {} : { scrapeInterval }),
  });
  assertEquals(scrapeSecondsOf([target("1m"), target("5s"), target()]), 5);
  assertEquals(scrapeSecondsOf([target("500ms")]), 0.5);
  assertEquals(scrapeSecondsOf([target("x")]), 15);
  assertEquals(scrapeSecondsOf([]), 15);
});
