import { assertEquals } from "@std/assert";
import { Labels } from "../labels.ts";
import type { Answer, Point } from "./answer.ts";
import { differenceOf } from "./difference.ts";
import { classify } from "./undecided.ts";

function vector(
  series: Record<string, Point[1]>,
  notes: { warnings?: string[]; infos?: string[] } = {},
): Answer {
  return {
    kind: "result",
    type: "vector",
    series: Object.entries(series).map(([a, value]) => ({
      labels: Labels.from({ a }),
      points: [[1000, value]],
    })),
    warnings: [],
    infos: [],
    ...notes,
  };
}

const FAILURE: Answer = { kind: "error", type: "execution", message: "no" };

Deno.test("differenceOf() overlooks order, rounding and the words of failures", () => {
  const same: [Answer, Answer][] = [
    [vector({ x: 1, y: 2 }), vector({ y: 2, x: 1 })],
    [vector({ x: 0.1 + 0.2 }), vector({ x: 0.3 })],
    [vector({ x: 1e-17 }), vector({ x: 0 })],
    [vector({ x: NaN }), vector({ x: NaN })],
    [
      vector({ x: { count: "1", sum: "2" } }),
      vector({ x: { count: "1", sum: "2.0000000000001" } }),
    ],
    [FAILURE, { kind: "error", type: "bad_data", message: "not at all" }],
    [
      vector({}, { infos: ['PromQL info: odd thing: "a" (1:3)'] }),
      vector({}, { infos: ['PromQL info: odd thing: "b" (1:9)'] }),
    ],
  ];
  for (const [ours, theirs] of same) assertEquals(differenceOf(ours, theirs), undefined);
});

Deno.test("differenceOf() says what differs first", () => {
  const bucket = [0, "0", "1", "2"] as const;
  const different: [Answer, Answer, string][] = [
    [vector({ x: 1 }), vector({ x: 1.1 }), "value"],
    [vector({ x: NaN }), vector({ x: 1 }), "value"],
    [vector({ x: 1 }), vector({ x: { count: "1", sum: "1" } }), "value"],
    [
      vector({ x: { count: "2", sum: "1", buckets: [bucket] } }),
      vector({ x: { count: "2", sum: "1" } }),
      "value",
    ],
    [vector({ x: 1 }), vector({}), "series"],
    [vector({}), vector({ x: 1 }), "series"],
    [vector({}), FAILURE, "failure"],
    [FAILURE, vector({}), "failure"],
    [vector({}, { warnings: ["PromQL warning: odd (1:1)"] }), vector({}), "annotations"],
  ];
  for (const [ours, theirs, kind] of different) {
    assertEquals(differenceOf(ours, theirs)?.kind, kind);
  }
});

Deno.test("differenceOf() looks at the order of what is sorted, but not among equals", () => {
  const sorted = vector({ x: 1, y: 1, z: 2 });
  assertEquals(differenceOf(vector({ y: 1, x: 1, z: 2 }), sorted, true), undefined);
  assertEquals(differenceOf(vector({ x: 1, z: 2, y: 1 }), sorted, true)?.kind, "order");
});

Deno.test("classify() tells ties and last digits from faults", () => {
  const kind = (query: string, ours: Answer, theirs: Answer) => {
    const difference = differenceOf(ours, theirs);
    return difference && classify(query, difference, ours, theirs).kind;
  };
  assertEquals(kind("topk(1, up)", vector({ x: 1 }), vector({ y: 1 })), "tie");
  assertEquals(kind("topk(1, up)", vector({ x: 1 }), vector({ y: 2 })), "series");
  assertEquals(kind("max(up)", vector({ x: 1 }), vector({ y: 1 })), "series");
  const rounded = [vector({ "0.30000000000000004": 1 }), vector({ "0.3": 1 })] as const;
  assertEquals(kind('count_values("a", up)', ...rounded), "rounding");
  assertEquals(kind('count_values("a", up)', vector({ "1": 1 }), vector({ "2": 1 })), "series");
});
