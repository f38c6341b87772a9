import { list, number, record, text } from "./reading.ts";

type Source = Readonly<Record<string, unknown>>;

/** A panel of a type that Grafana no longer has, as the type that took its place. */
export function fromOldPanel(panel: Source): Source {
  switch (panel["type"]) {
    case "graph":
      return panel["targets"] === undefined ? panel : fromGraph(panel);
    case "singlestat":
    case "grafana-singlestat-panel":
      return fromSinglestat(panel);
    case "table-old":
      return { ...panel, type: "table", fieldConfig: {}, options: {} };
    case "text":
      return panel["content"] === undefined ? panel : {
        ...panel,
        options: { mode: panel["mode"] ?? "markdown", content: panel["content"] },
      };
    default:
      return panel;
  }
}

function fromGraph(panel: Source): Source {
  const axis = record(list(panel["yaxes"])[0]);
  const legend = record(panel["legend"]);
  const bars = panel["bars"] === true;
  return {
    ...panel,
    type: "timeseries",
    fieldConfig: {
      defaults: {
        unit: axis["format"],
        min: axis["min"],
        max: axis["max"],
        decimals: panel["decimals"],
        custom: {
          drawStyle: bars ? "bars" : panel["lines"] === false ? "points" : "line",
          lineInterpolation: panel["steppedLine"] === true ? "stepAfter" : "linear",
          lineWidth: number(panel["linewidth"]) ?? 1,
          fillOpacity: bars ? 100 : (number(panel["fill"]) ?? 1) * 10,
          spanNulls: panel["nullPointMode"] === "connected",
          stacking: {
            mode: panel["stack"] === true
              ? panel["percentage"] === true ? "percent" : "normal"
              : "none",
          },
        },
      },
      overrides: [],
    },
    options: {
      legend: {
        showLegend: legend["show"] !== false,
        displayMode: legend["alignAsTable"] === true ? "table" : "list",
        placement: legend["rightSide"] === true ? "right" : "bottom",
        calcs: LEGEND_CALCULATIONS.flatMap(([old, now]) => legend[old] === true ? [now] : []),
      },
      tooltip: { mode: record(panel["tooltip"])["shared"] === false ? "single" : "multi" },
    },
  };
}

const LEGEND_CALCULATIONS = [
  ["min", "min"],
  ["max", "max"],
  ["avg", "mean"],
  ["current", "lastNotNull"],
  ["total", "sum"],
] as const;

const SINGLESTAT_CALCULATIONS: Readonly<Record<string, string>> = {
  avg: "mean",
  current: "lastNotNull",
  delta: "delta",
  diff: "diff",
  first: "first",
  max: "max",
  min: "min",
  name: "last",
  range: "range",
  total: "sum",
};

function fromSinglestat(panel: Source): Source {
  const colors = list(panel["colors"]).map((color) => text(color) ?? "green");
  const limits = (text(panel["thresholds"]) ?? "").split(",").flatMap((limit) =>
    number(limit) ?? []
  );
  const gauge = record(panel["gauge"]);
  const isGauge = gauge["show"] === true;
  return {
    ...panel,
    type: isGauge ? "gauge" : "stat",
    fieldConfig: {
      defaults: {
        unit: panel["format"],
        decimals: panel["decimals"],
        noValue: panel["nullText"],
        ...(isGauge ? { min: gauge["minValue"], max: gauge["maxValue"] } : {}),
        thresholds: {
          mode: "absolute",
          steps: [null, ...limits].map((value, at) => ({ value, color: colors[at] ?? "green" })),
        },
      },
      overrides: [],
    },
    options: {
      reduceOptions: {
        calcs: [SINGLESTAT_CALCULATIONS[text(panel["valueName"]) ?? ""] ?? "mean"],
      },
      colorMode: panel["colorBackground"] === true
        ? "background"
        : panel["colorValue"] === true
        ? "value"
        : "none",
      graphMode: record(panel["sparkline"])["show"] === true ? "area" : "none",
    },
  };
}
