/**
 * What the page knows of Prometheus: asking its HTTP API, the queries of panels, variables and
 * annotations, and what is calculated from the answers before they are drawn.
 *
 * @module
 */
export type { Alert, MetricMetadata, Rule, RuleGroup, ScrapeTarget } from "./answers.ts";
export { annotationMarks } from "./annotations.ts";
export { PrometheusClient } from "./client.ts";
export { AskError, isAbort } from "./errors.ts";
export { runPanel } from "./run_panel.ts";
export { scrapeSecondsOf } from "./scrape_seconds.ts";
export type { DataSeries, DataTable, PanelData, TimeRange } from "./series.ts";
export { variableOptions } from "./variables.ts";
