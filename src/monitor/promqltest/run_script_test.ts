import { assert, assertEquals } from "@std/assert";
import { Engine } from "../promql/engine.ts";
import { QueryError } from "../promql/errors.ts";
import type { QueryAnswer } from "./compare.ts";
import type { QueryEngine } from "./run_case.ts";
import { type CaseReport, runScript } from "./run_script.ts";
import { scoresOf } from "./scores.ts";

const ENGINE = new Engine({ delayedNameRemoval: true });

async function reasons(script: string): Promise<(string | undefined)[]> {
  return (await runScript(script, ENGINE)).map(({ all }) => all?.reason);
}

Deno.test("runScript() passes what is right", async () => {
  const script = `
    load 1m
      up{job="a"} 1+1x10
      up{job="b"} 5 5 stale 7
      latency{{}} _

    eval instant at 4m up
      up{job="a"} 5
      up{job="b"} 7

    eval instant at 5m sum(rate(up{job="a"}[5m])) * 60
      {} 1

    eval range from 0 to 3m step 1m up{job="b"}
      up{job="b"} 5 5 _ 7

    eval instant at 0 missing

    eval instant at 1m 1 + 1
      2

    eval instant at 1m "text"
      expect string "text"

    eval instant at 1m up{job="b"}[2m]
      expect range vector from 0 to 1m step 1m
      up{job="b"} 5 5

    eval instant at 4m sort_desc(up)
      expect ordered
      up{job="b"} 7
      up{job="a"} 5
  `.replace("latency{{}} _", "latency {{sum:1 count:1}} _");
  assertEquals(await reasons(script), new Array(8).fill(undefined));
});

Deno.test("runScript() finds what is wrong, and says it", async () => {
  const cases: Record<string, string> = {
    "up\n up 2": "expected 2 for up, got 1",
    "up\n up{a='b'} 1": "unexpected series up 1",
    "up": "unexpected series up 1",
    "up or missing\n up 1\n missing 1": "expected series missing, which is missing",
    "missing\n 1": "expected the scalar 1",
    "1\n {} 1": "expected series, got a scalar",
    "up\n expect fail": "expected it to fail",
    "up{": "failed",
    "up\n expect warn\n up 1": "expected warning any text, got []",
    "rate(up[2m])\n expect no_info":
      "unexpected info: PromQL info: metric might not be a counter, " +
      'name does not end in _total/_sum/_count/_bucket: "up" (1:6)',
    "up[5m]\n expect range vector from 0 to 2m step 1m\n up 1 1 1":
      "expected 3 samples of up, got 2",
    "up[5m]\n expect range vector from 0 to 1m step 30s\n up 1 1":
      "expected a sample of up at 30000, got 60000",
    "sort_desc(up or low)\n expect ordered\n low 0\n up 1": "expected up at place 2, found it at 1",
    "h\n h {{sum:2 count:1}}": "expected {{count:1 sum:2}} for h, got {{count:1 sum:1}}",
    "h\n h {{sum:1 count:1 counter_reset_hint:gauge}}":
      "expected {{count:1 sum:1 counter_reset_hint:gauge}} for h, got {{count:1 sum:1}}",
  };
  for (const [lines, reason] of Object.entries(cases)) {
    const script =
      `load 1m\n up 1 1\n h {{sum:1 count:1}}\n low _ 0\n\neval instant at 1m ${lines}`;
    assertEquals(await reasons(script), [reason], lines);
  }
});

Deno.test("runScript() counts what it cannot read as failed", async () => {
  const script = `
    load 1m
      up one

    eval instant at 0 1
      1

    clear
    eval instant at 0 2
      2

    eval instant at never 3
      3
  `;
  assertEquals(await reasons(script), [
    "line 3 cannot be read: 'one' is no value; expected such as 1, 1+2x3, _",
    undefined,
    "line 12 cannot be read: 'never' is no duration; expected one such as 30s or 1h30m",
  ]);
});

Deno.test("runScript() makes histograms with custom buckets of classic ones", async () => {
  const script = `
    load_with_nhcb 1m
      lat_bucket{le="1"} 1
      lat_bucket{le="+Inf"} 3
      lat_sum 5
      lat_count 3

    eval instant at 0 lat
      lat {{schema:-53 count:3 sum:5 custom_values:[1] buckets:[1 2]}}
  `;
  assertEquals(await reasons(script), [undefined]);
});

/** Right as written, wrong as `wrongWhen` says. */
function flawed(wrongWhen: (query: string, isRange: boolean) => boolean): QueryEngine {
  const spoil = async (query: string, isRange: boolean, answer: Promise<QueryAnswer>) => {
    if (wrongWhen(query, isRange)) throw new QueryError("execution", "spoiled");
    return await answer;
  };
  return {
    instant: (storage, query) => spoil(query.query, false, ENGINE.instant(storage, query)),
    range: (storage, query) => spoil(query.query, true, ENGINE.range(storage, query)),
  };
}

async function onlyReport(engine: QueryEngine): Promise<CaseReport> {
  const [report] = await runScript("load 1m\n up 1 1\n\neval instant at 1m up\n up 1", engine);
  assert(report !== undefined);
  return report;
}

Deno.test("runScript() asks in range mode and with @ too, and scores them apart", async () => {
  const range = await onlyReport(flawed((_, isRange) => isRange));
  assertEquals(range.asWritten, undefined);
  assert(range.rangeMode !== "none" && range.rangeMode?.way === "range mode");
  const fixed = await onlyReport(flawed((query) => query.includes("@")));
  assertEquals([fixed.asWritten, fixed.rangeMode], [undefined, undefined]);
  assertEquals(fixed.all?.query, "up @ 60.000");
  assertEquals(scoresOf([range, fixed]), {
    asWritten: { passed: 2, total: 2 },
    rangeMode: { passed: 1, total: 2 },
    all: { passed: 0, total: 2 },
  });
});

Deno.test("runScript() tells a crash of the engine from a failure", async () => {
  const crash = () => Promise.reject(new TypeError("oops"));
  const report = await onlyReport({ instant: crash, range: crash });
  assert(report.asWritten?.isCrash);
  assert(report.asWritten.got[0]?.includes("oops"));
  const failure = await onlyReport(flawed(() => true));
  assertEquals(failure.asWritten?.isCrash, undefined);
});
