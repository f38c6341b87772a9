/**
 * Layers change what a recorder is told. A layer is a function from a recorder to a recorder, so
 * they wrap each other like the skins of an onion, and a registration goes from the outside in:
 *
 * ```
 * counter("jobs_total")
 *    │    ┌─ filter(["debug"]) ─────────────────────┐
 *    └───▶│    ┌─ prefix("app") ───────────────┐    │
 *         │ ──▶│    ┌─ the recorder ──────┐    │    │
 *         │    │ ──▶│ app.jobs_total      │    │    │
 *         │    │    └─────────────────────┘    │    │
 *         │    └───────────────────────────────┘    │
 *         └─────────────────────────────────────────┘
 *
 * new Stack(recorder).push(prefix("app")).push(filter(["debug"]))
 * ```
 *
 * What is pushed later is further out: this filter sees names without the prefix. Layers work at
 * registration; the handle that comes out is mostly the recorder's own, and then costs nothing more.
 *
 * `fanout` and `router` are recorders around several recorders, and stand where the innermost does.
 *
 * @module
 */
export { absolute } from "./absolute.ts";
export { fanout } from "./fanout.ts";
export { filter, type FilterOptions } from "./filter.ts";
export { prefix } from "./prefix.ts";
export { type Route, router } from "./router.ts";
export { type SpanLabelFilter, spanLabels } from "./spans.ts";
export { type Layer, Stack } from "./stack.ts";
