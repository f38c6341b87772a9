/** Series that both we and a real Prometheus answer queries about. */
import { Labels } from "../labels.ts";
import { Store } from "../store/store.ts";

/** When the data begin, in milliseconds; not on a whole second. */
export const START = 1_700_000_000_781;
/** Milliseconds between samples. */
export const STEP = 15_000;
/** How many samples a series has. */
export const COUNT = 81;
/** When the data end, in milliseconds. */
export const END = START + (COUNT - 1) * STEP;

/** A series and its value at each step. */
interface DataSeries {
  readonly type: "counter" | "gauge" | "histogram";
  readonly family: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly valueAt: (step: number) => number;
}

const ODD_VALUES: Readonly<Record<string, number>> = {
  "nan": NaN,
  "plus_infinity": Infinity,
  "minus_infinity": -Infinity,
  "minus_zero": -0,
  "tiny": 1.5e-7,
  "smallest": 5e-324,
  "huge": 1e21,
  "large": 123456789012345680000,
  "largest": 1.7976931348623157e308,
  "third": 1 / 3,
  "micro": 0.000001,
};

function requests(): DataSeries[] {
  return ["GET", "POST", "DELETE"].flatMap((method, m) =>
    ["200", "404", "503"].map((code, c): DataSeries => ({
      type: "counter",
      family: "http_requests",
      labels: { __name__: "http_requests_total", method, code, instance: `host-${m % 2}:9090` },
      valueAt: (step) => (step % 40) * (m + 1) * 1.25 + c,
    }))
  );
}

function latencies(): DataSeries[] {
  return ["0.1", "0.5", "1.0", "+Inf"].map((le, b): DataSeries => ({
    type: "histogram",
    family: "latency_seconds",
    labels: { __name__: "latency_seconds_bucket", le, job: "echo" },
    valueAt: (step) => step * (b + 1),
  }));
}

const DATA: readonly DataSeries[] = [
  ...requests(),
  ...latencies(),
  ...Object.entries(ODD_VALUES).map(([kind, value]): DataSeries => ({
    type: "gauge",
    family: "odd_value",
    labels: { __name__: "odd_value", kind },
    valueAt: () => value,
  })),
  ...["inside", "outside"].map((place, p): DataSeries => ({
    type: "gauge",
    family: "temperature_celsius",
    labels: { __name__: "temperature_celsius", place, instance: "host-0:9090" },
    valueAt: (step) => Math.sin(step / 7 + p) * 20 - 3,
  })),
  {
    type: "gauge",
    family: "text",
    labels: { __name__: "text", quoted: 'a "b" \\ c\nd', unicode: "é 世 🐘" },
    valueAt: (step) => step,
  },
];

/** As `promtool tsdb create-blocks-from openmetrics` reads them. */
export function openMetricsText(): string {
  const lines: string[] = [];
  let family = "";
  for (const series of DATA) {
    if (series.family !== family) lines.push(`# TYPE ${series.family} ${series.type}`);
    family = series.family;
    const { __name__: name = "", ...labels } = series.labels;
    const text = Object.entries(labels).map(([key, value]) => `${key}="${escape(value)}"`).join();
    for (let step = 0; step < COUNT; step++) {
      const time = (START + step * STEP) / 1000;
      lines.push(`${name}{${text}} ${openMetricsNumber(series.valueAt(step))} ${time}`);
    }
  }
  return `${lines.join("\n")}\n# EOF\n`;
}

function escape(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function openMetricsNumber(value: number): string {
  if (Object.is(value, -0)) return "-0";
  return String(value).replace("Infinity", "Inf");
}

/** The same data in a store. */
export function filledStore(): Store {
  const store = new Store({ clock: () => END });
  // As blocks have them: so both tell series of an instant query in the same order.
  const sorted = DATA.map(({ labels, valueAt }) => ({ labels: Labels.from(labels), valueAt }))
    .sort((a, b) => a.labels.compare(b.labels));
  for (let step = 0; step < COUNT; step++) {
    store.append({
      source: "fixture",
      time: START + step * STEP,
      samples: sorted.map(({ labels, valueAt }) => ({ series: labels, value: valueAt(step) })),
    });
  }
  return store;
}
