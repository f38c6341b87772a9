import type {
  DatasourceReference,
  FieldConfig,
  FieldOverride,
  GridPosition,
  Panel,
  Target,
  Thresholds,
  ValueMapping,
} from "./dashboard.ts";
import { fromOldPanel } from "./old_panels.ts";
import { readLinks } from "./read_links.ts";
import { flag, list, number, oneOf, present, record, text } from "./reading.ts";

type Source = Readonly<Record<string, unknown>>;

/** A panel; the types of before Grafana 8 become the ones that took their place, where that is simple. */
export function readPanel(original: Source): Panel {
  const source = fromOldPanel(original);
  const fieldConfig = record(source["fieldConfig"]);
  const datasource = readDatasource(source["datasource"]);
  return {
    id: number(source["id"]) ?? 0,
    type: text(source["type"]) ?? "unknown",
    title: text(source["title"]) ?? "",
    gridPos: readGridPosition(record(source["gridPos"])),
    targets: list(source["targets"]).map(record).flatMap(readTarget),
    fieldConfig: {
      defaults: readFieldConfig(record(fieldConfig["defaults"])),
      overrides: list(fieldConfig["overrides"]).map(record).map(readOverride),
    },
    options: record(source["options"]),
    transformations: list(source["transformations"]).map(record)
      .filter((one) => one["disabled"] !== true)
      .map((one) => ({ id: text(one["id"]) ?? "", options: one["options"] })),
    links: readLinks(source["links"]),
    ...present({
      description: text(source["description"]) || undefined,
      datasource,
      interval: text(source["interval"]) || undefined,
      maxDataPoints: number(source["maxDataPoints"]),
      timeFrom: text(source["timeFrom"]) || undefined,
      timeShift: text(source["timeShift"]) || undefined,
      repeat: text(source["repeat"]) || undefined,
      repeatDirection: oneOf(source["repeatDirection"], ["h", "v"]),
      maxPerRow: number(source["maxPerRow"]),
      transparent: flag(source["transparent"]),
    }),
  };
}

function readGridPosition(place: Source): GridPosition {
  const w = within(number(place["w"]) ?? 12, 1, 24);
  return {
    x: within(number(place["x"]) ?? 0, 0, 24 - w),
    y: Math.max(0, Math.round(number(place["y"]) ?? 0)),
    w,
    h: within(number(place["h"]) ?? 8, 1, 100),
  };
}

function within(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, Math.round(value)));
}

function readDatasource(value: unknown): DatasourceReference | undefined {
  // Before Grafana 8.3 a data source was named by a string.
  if (typeof value === "string") return { uid: value };
  const { type, uid } = record(value);
  const reference = present({ type: text(type), uid: text(uid) });
  return Object.keys(reference).length === 0 ? undefined : reference;
}

function readTarget(target: Source, at: number): Target[] {
  const expr = text(target["expr"]);
  if (expr === undefined || expr.trim() === "") return [];
  return [{
    refId: text(target["refId"]) ?? String.fromCharCode(65 + at % 26),
    expr,
    ...present({
      legendFormat: text(target["legendFormat"]),
      datasource: readDatasource(target["datasource"]),
      instant: flag(target["instant"]),
      range: flag(target["range"]),
      format: oneOf(target["format"], ["time_series", "table", "heatmap"]),
      exemplar: flag(target["exemplar"]),
      hide: flag(target["hide"]),
      interval: text(target["interval"]) || undefined,
      intervalFactor: number(target["intervalFactor"]),
    }),
  }];
}

function readFieldConfig(source: Source): FieldConfig {
  const color = record(source["color"]);
  return present({
    unit: text(source["unit"]) || undefined,
    decimals: number(source["decimals"]),
    min: number(source["min"]),
    max: number(source["max"]),
    displayName: text(source["displayName"]) || undefined,
    noValue: text(source["noValue"]) || undefined,
    color: source["color"] === undefined
      ? undefined
      : present({ mode: text(color["mode"]), fixedColor: text(color["fixedColor"]) }),
    thresholds: readThresholds(source["thresholds"]),
    mappings: Array.isArray(source["mappings"])
      ? source["mappings"].map(record).flatMap(readMapping)
      : undefined,
    links: Array.isArray(source["links"])
      ? source["links"].map(record).flatMap(({ title, url }) =>
        typeof url === "string" ? [{ title: text(title) ?? url, url }] : []
      )
      : undefined,
    custom: source["custom"] === undefined ? undefined : record(source["custom"]),
  });
}

/** Thresholds of `fieldConfig.defaults` or of an override. */
export function readThresholds(value: unknown): Thresholds | undefined {
  const steps = record(value)["steps"];
  if (!Array.isArray(steps)) return undefined;
  return {
    mode: record(value)["mode"] === "percentage" ? "percentage" : "absolute",
    steps: steps.map(record).map(({ color, value }) => ({
      color: text(color) ?? "green",
      value: number(value) ?? null,
    })),
  };
}

function readMapping(source: Source): ValueMapping[] {
  const options = record(source["options"]);
  const result = record(options["result"]);
  switch (source["type"]) {
    case "value":
      return [{
        type: "value",
        options: Object.fromEntries(
          Object.entries(options).map(([value, result]) => [value, record(result)]),
        ),
      }];
    case "range": {
      const [from, to] = [number(options["from"]) ?? null, number(options["to"]) ?? null];
      return [{ type: "range", options: { from, to, result } }];
    }
    case "regex":
      return [{ type: "regex", options: { pattern: text(options["pattern"]) ?? "", result } }];
    case "special":
      return [{ type: "special", options: { match: text(options["match"]) ?? "", result } }];
    default:
      return [];
  }
}

function readOverride(source: Source): FieldOverride {
  const matcher = record(source["matcher"]);
  return {
    matcher: { id: text(matcher["id"]) ?? "", options: matcher["options"] },
    properties: list(source["properties"]).map(record).map(({ id, value }) => ({
      id: text(id) ?? "",
      value,
    })),
  };
}
