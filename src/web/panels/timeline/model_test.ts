import { assertEquals } from "@std/assert";
import { readPanel } from "../../model/read_panel.ts";
import { type TimelineModel, timelineModel } from "./model.ts";

const MAPPINGS = [{
  type: "value",
  options: { "0": { text: "ok", color: "green" }, "1": { text: "firing", color: "red" } },
}];

function model(type: string): TimelineModel {
  return timelineModel({
    panel: readPanel({ type, fieldConfig: { defaults: { mappings: MAPPINGS }, overrides: [] } }),
    data: {
      state: "done",
      range: { from: 0, to: 40_000 },
      series: [{
        refId: "A",
        name: "burn",
        labels: {},
        times: [0, 10_000, 20_000, 30_000],
        values: [0, 0, 1, 1],
      }],
      exemplars: [],
      annotations: [],
      queries: [],
      notices: [],
    },
    theme: "dark",
    timeZone: "utc",
  });
}

Deno.test("timelineModel() shows states in their texts and colours", () => {
  assertEquals(
    model("state-timeline").rows[0]?.spans.map(({ from, to, text, color }) => [
      from,
      to,
      text,
      color,
    ]),
    [[0, 20_000, "ok", "#73BF69"], [20_000, 40_000, "firing", "#F2495C"]],
  );
});

Deno.test("timelineModel() of a status history keeps each value", () => {
  assertEquals(model("status-history").rows[0]?.spans.length, 4);
});
