/** What the API shows of rules and targets, as those who run them tell it. Times are milliseconds. */
import type { Labels } from "../labels.ts";

/** Whether the last evaluation or scrape went well. */
export type RuleHealth = "ok" | "err" | "unknown";

/** An alert that is pending or firing. */
export interface ActiveAlert {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly state: "pending" | "firing";
  /** Since when its condition has held, in milliseconds. */
  readonly activeAt: number;
  /** Since when it fires only because of `keep_firing_for`, in milliseconds. */
  readonly keepFiringSince?: number | undefined;
  readonly value: number;
}

/** What both kinds of rules have. */
interface RuleStatus {
  readonly name: string;
  /** As PromQL prints it. */
  readonly query: string;
  readonly labels: Labels;
  readonly health: RuleHealth;
  /** Of the last evaluation, where that failed. */
  readonly lastError?: string | undefined;
  /** How long the last evaluation took, in milliseconds. */
  readonly evaluationMs: number;
  /** When it was, in milliseconds; undefined is never. */
  readonly lastEvaluation: number | undefined;
}

/** A rule that raises alerts. */
export interface AlertingRule extends RuleStatus {
  readonly type: "alerting";
  /** That of its alert which has come farthest; `unknown` before the first evaluation. */
  readonly state: "unknown" | "inactive" | "pending" | "firing";
  /** `for`, in milliseconds. */
  readonly durationMs: number;
  /** `keep_firing_for`, in milliseconds. */
  readonly keepFiringForMs: number;
  readonly annotations: Labels;
  readonly alerts: readonly ActiveAlert[];
}

/** A rule that stores the result of its query. */
export interface RecordingRule extends RuleStatus {
  readonly type: "recording";
}

/** Rules that are evaluated together, one after the other. */
export interface RuleGroup {
  readonly name: string;
  readonly file: string;
  /** Milliseconds. */
  readonly intervalMs: number;
  /** How many alerts or series one of its rules may give; 0 is no limit. */
  readonly limit: number;
  readonly rules: readonly (AlertingRule | RecordingRule)[];
  /** How long the last evaluation of all took, in milliseconds. */
  readonly evaluationMs: number;
  /** When it was, in milliseconds; undefined is never. */
  readonly lastEvaluation: number | undefined;
}

/** Who evaluates rules. */
export interface RuleSource {
  /** In the order of their files, then as they stand there. */
  groups(): readonly RuleGroup[];
}

/** What is scraped. */
export interface ActiveTarget {
  /** Before relabelling: `__address__`, `__metrics_path__` and so on. */
  readonly discoveredLabels: Labels;
  /** Those that its series get. */
  readonly labels: Labels;
  /** The name of its job. */
  readonly scrapePool: string;
  readonly scrapeUrl: string;
  /** As others than this machine may reach it. */
  readonly globalUrl: string;
  /** Of the last scrape; "" where that went well. */
  readonly lastError: string;
  /** When the last scrape began, in milliseconds; undefined is never. */
  readonly lastScrape: number | undefined;
  /** How long it took, in milliseconds. */
  readonly lastScrapeDurationMs: number;
  readonly health: "unknown" | "up" | "down";
  readonly scrapeIntervalMs: number;
  readonly scrapeTimeoutMs: number;
}

/** What was discovered and is not scraped. */
export interface DroppedTarget {
  readonly discoveredLabels: Labels;
  readonly scrapePool: string;
}

/** Who scrapes. */
export interface TargetSource {
  active(): readonly ActiveTarget[];
  dropped(): readonly DroppedTarget[];
}
