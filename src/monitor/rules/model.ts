/**
 * Rule files as they were read: what is evaluated, how often, and what becomes of it.
 *
 * @module
 */
import type { Labels } from "../labels.ts";
import type { Template } from "./template/template.ts";

/** What both kinds of rules have. */
interface CommonRule {
  readonly name: string;
  /** The query as PromQL prints it. */
  readonly query: string;
  /** As they are written, templates included; those of the group included. */
  readonly labels: Labels;
}

/** Stores what its query gives under its name. */
export interface RecordingRule extends CommonRule {
  readonly type: "recording";
  /** What its series get; "" takes a label away. */
  readonly labelValues: ReadonlyMap<string, string>;
}

/** Raises an alert for each series that its query gives. */
export interface AlertingRule extends CommonRule {
  readonly type: "alerting";
  /** How long the condition must hold until an alert fires, in milliseconds. */
  readonly holdMs: number;
  /** How long an alert goes on firing after the condition has ended, in milliseconds. */
  readonly keepFiringForMs: number;
  /** As they are written, templates included. */
  readonly annotations: Labels;
  readonly labelTemplates: ReadonlyMap<string, Template>;
  readonly annotationTemplates: ReadonlyMap<string, Template>;
}

/** One rule of a file. */
export type Rule = RecordingRule | AlertingRule;

/** Rules that are evaluated together, in order. */
export interface RuleGroup {
  readonly name: string;
  /** The name of its file. */
  readonly file: string;
  /** Milliseconds; undefined where the file leaves it to who evaluates. */
  readonly intervalMs: number | undefined;
  /** How far back its queries look, in milliseconds; their results have that time too. */
  readonly queryOffsetMs: number;
  /** How many series or alerts one rule may give; 0 is no limit. */
  readonly limit: number;
  readonly rules: readonly Rule[];
}
