/**
 * The parts of Grafana's dashboards and Prometheus' rule files that this folder reads. Everything is
 * optional, because what is missing is for the checks to say.
 *
 * Start with `embedded.ts` (what the binary carries), `generate.ts` (where it comes from) or
 * `checks/all.ts` (what must hold).
 *
 * @module
 */

/** A reference to a data source. */
export interface DatasourceReference {
  readonly type?: string;
  readonly uid?: string;
}

/** One query of a panel. */
export interface Target {
  readonly refId?: string;
  readonly expr?: string;
  readonly legendFormat?: string;
  readonly datasource?: DatasourceReference;
}

/** Where a panel stands in the 24 columns of a dashboard. */
export interface GridPosition {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A panel, or a row: a folded row has its panels inside. */
export interface Panel {
  readonly id?: number;
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly gridPos?: GridPosition;
  readonly collapsed?: boolean;
  readonly panels?: readonly Panel[];
  readonly datasource?: DatasourceReference;
  readonly targets?: readonly Target[];
  readonly fieldConfig?: {
    readonly defaults?: {
      readonly unit?: string;
      readonly thresholds?: { readonly steps?: readonly { readonly value?: number | null }[] };
    };
  };
  readonly options?: { readonly yAxis?: { readonly unit?: string } };
}

/** A variable of a dashboard. */
export interface Variable {
  readonly name?: string;
  readonly type?: string;
  readonly query?: string | { readonly query?: string };
  /** When it is asked anew: 0 never, 1 when the dashboard opens, 2 when the time range changes. */
  readonly refresh?: unknown;
  readonly datasource?: DatasourceReference;
  readonly current?: { readonly value?: unknown };
}

/** Marks on the time axis. */
export interface Annotation {
  readonly name?: string;
  readonly expr?: string;
  readonly target?: { readonly expr?: string };
  readonly datasource?: DatasourceReference;
  readonly titleFormat?: string;
  readonly textFormat?: string;
  readonly tagKeys?: string;
}

/** A link at the top of a dashboard. */
export interface Link {
  readonly title?: string;
  readonly type?: string;
  readonly url?: string;
  readonly tags?: readonly string[];
}

/** A dashboard as Grafana imports it. */
export interface Dashboard {
  readonly id?: number | null;
  readonly uid?: string;
  readonly title?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly panels?: readonly Panel[];
  readonly templating?: { readonly list?: readonly Variable[] };
  readonly annotations?: { readonly list?: readonly Annotation[] };
  readonly links?: readonly Link[];
}

/** A recording rule or an alert. */
export interface Rule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr?: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Rules that are evaluated together, in order. */
export interface RuleGroup {
  readonly name?: string;
  readonly interval?: string;
  readonly rules?: readonly Rule[];
}

/** A rule file of Prometheus. */
export interface RuleFile {
  readonly groups: readonly RuleGroup[];
}

/** Every panel that is no row, those in folded rows too. */
export function panelsOf(dashboard: Dashboard): Panel[] {
  return (dashboard.panels ?? []).flatMap((panel) =>
    panel.type === "row" ? panel.panels ?? [] : [panel]
  );
}

/** A rule's name: what it records or whom it alerts. */
export function ruleName(rule: Rule): string {
  return rule.record ?? rule.alert ?? "(without a name)";
}
