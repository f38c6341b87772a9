import { assertEquals } from "@std/assert";
import { testWithProgram } from "../../testing/programs.ts";
import { compareWithPrometheus } from "./harness.ts";
import { showComparison } from "./report.ts";

testWithProgram(
  "prometheus",
  "compareWithPrometheus() finds no difference in random queries",
  async (prometheus) => {
    for (const seed of [1, 2]) {
      const comparison = await compareWithPrometheus({ seed, queries: 200, prometheus });
      assertEquals(comparison.findings, [], showComparison(comparison).join("\n"));
    }
  },
);
