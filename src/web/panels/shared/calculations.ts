type Values = readonly (number | null)[];

/** How each of Grafana's calculations is called in a legend. */
const NAMES: Readonly<Record<string, string>> = {
  lastNotNull: "Last *",
  last: "Last",
  firstNotNull: "First *",
  first: "First",
  mean: "Mean",
  min: "Min",
  max: "Max",
  sum: "Total",
  count: "Count",
  range: "Range",
  delta: "Delta",
  diff: "Difference",
  diffperc: "Difference %",
  step: "Step",
  median: "Median",
  stdDev: "StdDev",
  variance: "Variance",
  allIsNull: "All nulls",
  allIsZero: "All zeros",
  changeCount: "Change count",
  distinctCount: "Distinct count",
};

/** How a calculation is called where people read it; `p99` is 99th %. */
export function calculationName(calculation: string): string {
  const percentile = /^p(\d+)$/.exec(calculation)?.[1];
  return percentile === undefined ? NAMES[calculation] ?? calculation : `${percentile}th %`;
}

/** One number for many, by Grafana's id of the calculation; null where there is nothing to calculate. */
export function calculate(values: Values, calculation: string): number | null {
  switch (calculation) {
    case "last":
      return values.at(-1) ?? null;
    case "first":
      return values[0] ?? null;
    case "allIsNull":
      return values.every((value) => value === null) ? 1 : 0;
    default:
      return ofPresent(present(values), calculation);
  }
}

function present(values: Values): number[] {
  const found: number[] = [];
  for (const value of values) if (value !== null && !Number.isNaN(value)) found.push(value);
  return found;
}

function ofPresent(values: readonly number[], calculation: string): number | null {
  if (calculation === "count") return values.length;
  const [first] = values;
  const last = values.at(-1);
  if (first === undefined || last === undefined) return null;
  switch (calculation) {
    case "firstNotNull":
      return first;
    case "mean":
      return sum(values) / values.length;
    case "sum":
      return sum(values);
    case "min":
      return least(values);
    case "max":
      return greatest(values);
    case "range":
      return greatest(values) - least(values);
    case "diff":
      return last - first;
    case "diffperc":
      return (last - first) / first;
    case "delta":
      return increase(values);
    case "median":
      return quantile(values, 0.5);
    case "variance":
      return variance(values);
    case "stdDev":
      return Math.sqrt(variance(values));
    case "distinctCount":
      return new Set(values).size;
    case "changeCount":
      return values.filter((value, at) => at > 0 && value !== values[at - 1]).length;
    case "allIsZero":
      return values.every((value) => value === 0) ? 1 : 0;
    default: {
      const percentile = /^p(\d+)$/.exec(calculation)?.[1];
      return percentile === undefined ? last : quantile(values, Number(percentile) / 100);
    }
  }
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function least(values: readonly number[]): number {
  let found = Infinity;
  for (const value of values) if (value < found) found = value;
  return found;
}

function greatest(values: readonly number[]): number {
  let found = -Infinity;
  for (const value of values) if (value > found) found = value;
  return found;
}

/** What a counter has risen by: falls are restarts. */
function increase(values: readonly number[]): number {
  let total = 0;
  for (let at = 1; at < values.length; at++) {
    const [before = 0, now = 0] = [values[at - 1], values[at]];
    total += now >= before ? now - before : now;
  }
  return total;
}

function variance(values: readonly number[]): number {
  const mean = sum(values) / values.length;
  return sum(values.map((value) => (value - mean) ** 2)) / values.length;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
