/**
 * What the binary carries: the generated dashboards and rule files, as they lie in the repository.
 *
 * @module
 */
import alerts from "../../dashboards/generated/alerts.yaml" with { type: "text" };
import echo from "../../dashboards/generated/echo.json" with { type: "text" };
import grpc from "../../dashboards/generated/grpc.json" with { type: "text" };
import rules from "../../dashboards/generated/rules.yaml" with { type: "text" };
import runtime from "../../dashboards/generated/runtime.json" with { type: "text" };
import slo from "../../dashboards/generated/slo.json" with { type: "text" };
import type { Dashboard } from "./model.ts";

/** A dashboard that the binary carries. */
export interface EmbeddedDashboard {
  /** The name of its file without `.json`. */
  readonly name: string;
  readonly json: string;
  readonly dashboard: Dashboard;
}

/** A rule file that the binary carries. */
export interface EmbeddedRules {
  /** The name of its file without `.yaml`. */
  readonly name: string;
  readonly yaml: string;
}

/** The dashboards, in the order in which people read them. */
export const DASHBOARDS: readonly EmbeddedDashboard[] = Object.entries({ echo, grpc, slo, runtime })
  .map(([name, json]) => ({ name, json, dashboard: JSON.parse(json) }));

/** The rule files: what alerts read is recorded first. */
export const RULES: readonly EmbeddedRules[] = Object.entries({ rules, alerts })
  .map(([name, yaml]) => ({ name, yaml }));
