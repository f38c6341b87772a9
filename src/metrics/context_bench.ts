import { withSpan } from "./context.ts";
import { spanLabels } from "./layers/spans.ts";
import { NOOP_RECORDER } from "./noop.ts";

const layered = spanLabels(["user"])(NOOP_RECORDER);
const labels = { queue: "mail" };
const nothing = () => {};

Deno.bench("withSpan(), two fields", () => withSpan("a", { user: "ferris", n: 7 }, nothing));
Deno.bench("withSpan() within another, 1000 times", (b) => {
  withSpan("outer", { user: "ferris", n: 7 }, () => {
    b.start();
    for (let i = 0; i < 1000; i++) withSpan("inner", { ok: true }, nothing);
    b.end();
  });
});
Deno.bench("spanLabels(), a registration without a span", () => {
  layered.registerCounter("c", labels);
});
Deno.bench("spanLabels(), 1000 registrations within a span", (b) => {
  withSpan("a", { user: "ferris", n: 7 }, () => {
    b.start();
    for (let i = 0; i < 1000; i++) layered.registerCounter("c", labels);
    b.end();
  });
});
