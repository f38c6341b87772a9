import { assertEquals } from "@std/assert";
import { annotationMarks } from "./annotations.ts";
import { clientOf, matrix } from "./client_fixture.ts";

const scope = { variables: new Map(), builtins: {} };
const range = { from: 0, to: 600_000 };
const annotation = {
  name: "Deploys",
  enable: true,
  iconColor: "red",
  expr: "changes(x[$__interval])",
};

Deno.test("annotationMarks() makes a span of what lasts, and a moment of what does not", async () => {
  const { client, asked } = clientOf(() =>
    matrix([{ pod: "a", env: "prod" }, [[60, "1"], [120, "2"], [180, "0"], [240, "1"], [420, "1"]]])
  );
  const marks = await annotationMarks(client, [
    { ...annotation, titleFormat: "{{pod}}", textFormat: "in {{env}}", tagKeys: "env, none" },
    { ...annotation, enable: false },
  ], { range, scope });
  const words = { title: "a", text: "in prod", tags: ["prod"], color: "red" };
  assertEquals(marks, [
    { time: 60_000, timeEnd: 120_000, ...words },
    { time: 240_000, ...words },
    { time: 420_000, ...words },
  ]);
  assertEquals(asked.length, 1);
  assertEquals(asked[0]?.parameters.get("query"), "changes(x[1m])");
});

Deno.test("annotationMarks() takes times from values, once each, within the range", async () => {
  const { client } = clientOf(() =>
    matrix([{}, [[60, "300000.7"], [120, "300000.7"], [180, "400000"], [240, "999999999"]]])
  );
  const marks = await annotationMarks(
    client,
    [{ ...annotation, useValueForTime: true }],
    { range, scope },
  );
  assertEquals(marks.map(({ time, title }) => [time, title]), [[300_000, "Deploys"], [
    400_000,
    "Deploys",
  ]]);
});
