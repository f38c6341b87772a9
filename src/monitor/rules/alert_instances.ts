/**
 * The alerts of one rule: pending while their condition holds, firing when it has held for long enough,
 * gone when it has ended; the states are those of Prometheus.
 */
import type { ActiveAlert } from "../api/sources.ts";
import { Labels, METRIC_NAME } from "../labels.ts";
import type { VectorSample } from "../promql/value.ts";
import type { Interruptible } from "../stretches.ts";
import type { AlertingRule } from "./model.ts";
import type { Template, TemplateData } from "./template/template.ts";

/** The name of the series that tell of alerts. */
export const ALERTS = "ALERTS";
/** The name of the series that tell since when alerts are active, in seconds. */
export const ALERTS_FOR_STATE = "ALERTS_FOR_STATE";
const ALERT_NAME = "alertname";

/** How long a resolved alert is kept, in milliseconds. */
const RESOLVED_RETENTION = 15 * 60_000;
/** In so many evaluations after the start an alert may take up what it was before. */
const RESTORING_EVALUATIONS = 2;

interface Alert {
  readonly labels: Labels;
  annotations: Labels;
  state: "inactive" | "pending" | "firing";
  value: number;
  activeAt: number;
  resolvedAt: number | undefined;
  keepFiringSince: number | undefined;
}

/** What the store knows of an alert of an earlier process, in milliseconds. */
export interface EarlierAlert {
  /** Those of the alert. */
  readonly labels: Labels;
  readonly activeAt: number;
  /** When it was last seen. */
  readonly seenAt: number;
}

/** Keeps the alerts of a rule. */
export class AlertInstances {
  readonly #rule: AlertingRule;
  readonly #onTemplateError: (reason: string) => void;
  #alerts = new Map<string, Alert>();
  #active: readonly ActiveAlert[] = [];
  #earlier: ReadonlyMap<string, EarlierAlert> = new Map();
  #evaluations = 0;

  /** `onTemplateError` is told of a text that cannot be filled in; the alert shows it too. */
  constructor(rule: AlertingRule, onTemplateError: (reason: string) => void) {
    this.#rule = rule;
    this.#onTemplateError = onTemplateError;
  }

  /** Those that were pending or firing when all of them were last looked at. */
  get active(): readonly ActiveAlert[] {
    return this.#active;
  }

  /** That of the alert which has come farthest. */
  get state(): "inactive" | "pending" | "firing" {
    if (this.#active.some(({ state }) => state === "firing")) return "firing";
    return this.#active.length > 0 ? "pending" : "inactive";
  }

  /**
   * Alerts of an earlier process, by the key of their labels, that go on if they are active in the first
   * evaluations.
   */
  restore(earlier: ReadonlyMap<string, EarlierAlert>): void {
    this.#earlier = earlier;
  }

  /**
   * Takes the result of the rule's query at `time` (milliseconds), and gives the series that tell of the
   * alerts. Throws an Error where two alerts have the same labels, and where more than `limit` are
   * active: then none is kept. Yields after each alert.
   */
  *update(
    result: readonly VectorSample[],
    time: number,
    limit: number,
  ): Interruptible<VectorSample[]> {
    const found = yield* this.#alertsOf(result, time);
    for (const [key, alert] of found) {
      this.#take(key, alert, time);
      yield;
    }
    if (++this.#evaluations >= RESTORING_EVALUATIONS) this.#earlier = new Map();
    const active: ActiveAlert[] = [];
    const samples: VectorSample[] = [];
    for (const [key, alert] of this.#alerts) {
      yield;
      if (found.has(key)) alert.keepFiringSince = undefined;
      else if (!this.#keeps(key, alert, time)) continue;
      const holds = time - alert.activeAt >= this.#rule.holdMs;
      alert.state = holds ? "firing" : "pending";
      active.push(shown(alert, alert.state));
      samples.push(
        { labels: stateLabels(alert), value: 1 },
        {
          labels: alert.labels.with(METRIC_NAME, ALERTS_FOR_STATE),
          value: Math.floor(alert.activeAt / 1000),
        },
      );
    }
    if (limit > 0 && active.length > limit) {
      this.#alerts = new Map();
      this.#active = [];
      throw new Error(`exceeded limit of ${limit} with ${active.length} alerts`);
    }
    this.#active = active;
    return samples;
  }

  *#alertsOf(result: readonly VectorSample[], time: number): Interruptible<Map<string, Alert>> {
    const alerts = new Map<string, Alert>();
    for (const { labels, value } of result) {
      const expand = (template: Template) => this.#expand(template, { labels, value });
      let own = labels.without([METRIC_NAME]);
      for (const [name, template] of this.#rule.labelTemplates) {
        own = own.with(name, expand(template));
      }
      own = own.with(ALERT_NAME, this.#rule.name);
      if (alerts.has(own.key)) {
        throw new Error(
          "vector contains metrics with the same labelset after applying alert labels: two alerts " +
            `would be ${own}`,
        );
      }
      const annotations = [...this.#rule.annotationTemplates]
        .map(([name, template]) => [name, expand(template)] as const);
      alerts.set(own.key, {
        labels: own,
        annotations: Labels.of(annotations),
        state: "pending",
        value: typeof value === "number" ? value : 0,
        activeAt: time,
        resolvedAt: undefined,
        keepFiringSince: undefined,
      });
      yield;
    }
    return alerts;
  }

  #take(key: string, alert: Alert, time: number): void {
    const known = this.#alerts.get(key);
    if (known !== undefined && known.state !== "inactive") {
      known.value = alert.value;
      known.annotations = alert.annotations;
      return;
    }
    const earlier = this.#earlier.get(key);
    if (earlier !== undefined) alert.activeAt = this.#restoredTime(earlier, time);
    this.#alerts.set(key, alert);
  }

  /** The time in which nobody looked does not count, but where the alert was firing already. */
  #restoredTime({ activeAt, seenAt }: EarlierAlert, time: number): number {
    return seenAt - activeAt >= this.#rule.holdMs ? activeAt : activeAt + time - seenAt;
  }

  /** Whether an alert whose condition has ended goes on for now. */
  #keeps(key: string, alert: Alert, time: number): boolean {
    const { keepFiringForMs } = this.#rule;
    if (alert.state === "firing" && keepFiringForMs > 0) {
      alert.keepFiringSince ??= time;
      if (time - alert.keepFiringSince < keepFiringForMs) return true;
    }
    const isOld = alert.resolvedAt !== undefined && time - alert.resolvedAt > RESOLVED_RETENTION;
    if (alert.state === "pending" || isOld) this.#alerts.delete(key);
    if (alert.state !== "inactive") {
      alert.state = "inactive";
      alert.resolvedAt = time;
    }
    return false;
  }

  #expand(template: Template, data: TemplateData): string {
    try {
      return template.expand(data);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#onTemplateError(`'${template.source}': ${reason}`);
      return `<error expanding template: ${reason}>`;
    }
  }
}

function shown(alert: Alert, state: ActiveAlert["state"]): ActiveAlert {
  const { labels, annotations, value, activeAt, keepFiringSince } = alert;
  return { labels, annotations, state, value, activeAt, keepFiringSince };
}

function stateLabels({ labels, state }: Alert): Labels {
  return labels.with(METRIC_NAME, ALERTS).with("alertstate", state);
}
