/**
 * Grafana's dashboard JSON, as far as the page reads it. Everything may be missing or of another kind in
 * a file that somebody drops on the page: `read_dashboard.ts` makes it fit these types, or says why not.
 *
 * @module
 */

export interface DatasourceReference {
  readonly type?: string;
  readonly uid?: string;
}

/** One query of a panel. */
export interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat?: string;
  readonly datasource?: DatasourceReference;
  readonly instant?: boolean;
  readonly range?: boolean;
  readonly format?: "time_series" | "table" | "heatmap";
  readonly exemplar?: boolean;
  readonly hide?: boolean;
  /** The smallest step, such as `15s` or `$__rate_interval`. */
  readonly interval?: string;
  readonly intervalFactor?: number;
}

/** Place in the 24 columns; a row of the grid is 30 px high, with 8 px between. */
export interface GridPosition {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface ThresholdStep {
  /** A name of Grafana's palette ("red", "dark-red", "semi-dark-red") or a CSS colour. */
  readonly color: string;
  /** null is minus infinity. */
  readonly value: number | null;
}

export interface Thresholds {
  readonly mode: "absolute" | "percentage";
  readonly steps: readonly ThresholdStep[];
}

export type ValueMapping =
  | { readonly type: "value"; readonly options: Readonly<Record<string, MappingResult>> }
  | {
    readonly type: "range";
    readonly options: { from: number | null; to: number | null; result: MappingResult };
  }
  | { readonly type: "regex"; readonly options: { pattern: string; result: MappingResult } }
  | { readonly type: "special"; readonly options: { match: string; result: MappingResult } };

export interface MappingResult {
  readonly text?: string;
  readonly color?: string;
  readonly index?: number;
}

/** How values of a field are shown: `fieldConfig.defaults`, with overrides applied. */
export interface FieldConfig {
  /** One of Grafana's unit ids: `s`, `reqps`, `percentunit`, `bytes`, `suffix:x`. */
  readonly unit?: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  readonly displayName?: string;
  readonly noValue?: string;
  readonly color?: { readonly mode?: string; readonly fixedColor?: string };
  readonly thresholds?: Thresholds;
  readonly mappings?: readonly ValueMapping[];
  readonly links?: readonly { readonly title: string; readonly url: string }[];
  /** What only one kind of panel knows: `drawStyle`, `fillOpacity`, `stacking`, `spanNulls` … */
  readonly custom?: Readonly<Record<string, unknown>>;
}

/** Other settings for the fields that match. */
export interface FieldOverride {
  readonly matcher: { readonly id: string; readonly options?: unknown };
  readonly properties: readonly { readonly id: string; readonly value?: unknown }[];
}

/** A panel that is no row. */
export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: GridPosition;
  readonly datasource?: DatasourceReference;
  readonly targets: readonly Target[];
  readonly fieldConfig: {
    readonly defaults: FieldConfig;
    readonly overrides: readonly FieldOverride[];
  };
  readonly options: Readonly<Record<string, unknown>>;
  readonly transformations: readonly { readonly id: string; readonly options?: unknown }[];
  readonly interval?: string;
  readonly maxDataPoints?: number;
  readonly timeFrom?: string;
  readonly timeShift?: string;
  readonly repeat?: string;
  readonly repeatDirection?: "h" | "v";
  readonly maxPerRow?: number;
  readonly transparent?: boolean;
  readonly links: readonly Link[];
}

/** A row: the panels below it until the next row belong to it, folded or not. */
export interface Row {
  readonly id: number;
  readonly title: string;
  readonly collapsed: boolean;
  readonly repeat?: string;
  readonly panels: readonly Panel[];
}

/** A value of a variable: what is shown, and what goes into queries. */
export interface Choice {
  readonly text: string;
  readonly value: string;
}

/** A variable as the file has it. */
export interface Variable {
  readonly name: string;
  readonly type:
    | "query"
    | "custom"
    | "datasource"
    | "interval"
    | "constant"
    | "textbox"
    | "adhoc"
    | string;
  readonly label?: string;
  readonly description?: string;
  readonly query: string;
  readonly regex?: string;
  /** 0 as saved, 1 natural order ascending …, as Grafana numbers them. */
  readonly sort?: number;
  readonly multi: boolean;
  readonly includeAll: boolean;
  readonly allValue?: string;
  readonly current: readonly Choice[];
  readonly options: readonly Choice[];
  /** 0 shown, 1 without its label, 2 not at all. */
  readonly hide: 0 | 1 | 2;
  /** Asked anew: 0 never, 1 when the dashboard opens, 2 when the time range changes. */
  readonly refresh: 0 | 1 | 2;
}

/** Marks on the time axis. */
export interface Annotation {
  readonly name: string;
  readonly enable: boolean;
  readonly iconColor: string;
  readonly expr: string;
  readonly step?: string;
  readonly titleFormat?: string;
  readonly textFormat?: string;
  readonly tagKeys?: string;
  readonly useValueForTime?: boolean;
}

export interface Link {
  readonly title: string;
  readonly type: "link" | "dashboards";
  readonly url?: string;
  readonly tags?: readonly string[];
  readonly targetBlank?: boolean;
  readonly includeVars?: boolean;
  readonly keepTime?: boolean;
}

/** A dashboard, ready to be shown. */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly time: { readonly from: string; readonly to: string };
  /** Such as `10s`; "" is never. */
  readonly refresh: string;
  /** 0 nothing shared, 1 crosshair, 2 crosshair and tooltip. */
  readonly graphTooltip: 0 | 1 | 2;
  /** `browser`, `utc` or a time zone's name. */
  readonly timezone: string;
  readonly variables: readonly Variable[];
  readonly annotations: readonly Annotation[];
  readonly links: readonly Link[];
  /** Panels before the first row are in a row without a title. */
  readonly rows: readonly Row[];
}
