import { assertEquals } from "@std/assert";
import { describeRange } from "./time_words.ts";

const now = Date.UTC(2026, 2, 31, 13, 45, 30, 500);
const zone = "utc";

Deno.test("describeRange() speaks like Grafana", () => {
  const words = (from: string, to: string) => describeRange({ from, to }, now, zone);
  assertEquals(words("now-30m", "now"), "Last 30 minutes");
  assertEquals(words("now-45s", "now"), "Last 45 seconds");
  assertEquals(words("now-1w", "now"), "Last 1 week");
  assertEquals(words("now/d", "now"), "Today so far");
  assertEquals(words("now-1h", "now-5m"), "now-1h to now-5m");
  assertEquals(
    words("1700000000000", "1700003600000"),
    "2023-11-14 22:13:20 to 2023-11-14 23:13:20",
  );
});
