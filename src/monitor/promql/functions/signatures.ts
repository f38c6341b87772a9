import type { ValueType } from "../ast.ts";
import type { Signature } from "./signature.ts";

/**
 * Arguments and results in a line each: `?` after the last argument that may be left out, `*` after
 * one that may come any number of times or not at all, `*9` after one that may come up to nine more
 * times.
 */
const STABLE = `
  abs(vector) absent(vector) absent_over_time(matrix) acos(vector) acosh(vector) asin(vector)
  asinh(vector) atan(vector) atanh(vector) avg_over_time(matrix) ceil(vector) changes(matrix)
  clamp(vector,scalar,scalar) clamp_max(vector,scalar) clamp_min(vector,scalar) cos(vector)
  cosh(vector) count_over_time(matrix) day_of_month(vector?) day_of_week(vector?)
  day_of_year(vector?) days_in_month(vector?) deg(vector) delta(matrix) deriv(matrix) exp(vector)
  first_over_time(matrix) floor(vector) histogram_avg(vector) histogram_count(vector)
  histogram_fraction(scalar,scalar,vector) histogram_quantile(scalar,vector)
  histogram_stddev(vector) histogram_stdvar(vector) histogram_sum(vector) hour(vector?)
  idelta(matrix) increase(matrix) irate(matrix) label_join(vector,string,string,string*)
  label_replace(vector,string,string,string,string) last_over_time(matrix) ln(vector)
  log10(vector) log2(vector) max_over_time(matrix) min_over_time(matrix) minute(vector?)
  month(vector?) pi():scalar predict_linear(matrix,scalar) present_over_time(matrix)
  quantile_over_time(scalar,matrix) rad(vector) rate(matrix) resets(matrix) round(vector,scalar?)
  scalar(vector):scalar sgn(vector) sin(vector) sinh(vector) sort(vector) sort_desc(vector)
  sqrt(vector) stddev_over_time(matrix) stdvar_over_time(matrix) sum_over_time(matrix) tan(vector)
  tanh(vector) time():scalar timestamp(vector) vector(scalar) year(vector?)
`;

/** What Prometheus takes only with `--enable-feature=promql-experimental-functions`. */
const EXPERIMENTAL = `
  double_exponential_smoothing(matrix,scalar,scalar) end():scalar
  histogram_quantiles(vector,string,scalar,scalar*9) info(vector,vector?) integral(matrix,scalar?)
  mad_over_time(matrix) max_of(scalar,scalar):scalar min_of(scalar,scalar):scalar range():scalar
  sort_by_label(vector,string*) sort_by_label_desc(vector,string*) start():scalar
  start_timestamp(vector) step():scalar ts_of_first_over_time(matrix) ts_of_last_over_time(matrix)
  ts_of_max_over_time(matrix) ts_of_min_over_time(matrix)
`;

const LINE = /(\w+)\(([^)]*)\)(?::(\w+))?/g;

/** Every function of Prometheus 3.16, by name. */
export const SIGNATURES: ReadonlyMap<string, Signature> = new Map(
  [...signatures(STABLE, false), ...signatures(EXPERIMENTAL, true)].map((one) => [one.name, one]),
);

function* signatures(lines: string, experimental: boolean): Generator<Signature> {
  for (const [, name = "", list = "", returns = "vector"] of lines.matchAll(LINE)) {
    const [, given = "", optional = "", times] = /^(.*?)([?*]?)(\d*)$/.exec(list) ?? [];
    const variadic = optional === "?" ? 1 : optional === "*" ? Number(times || -1) : 0;
    yield {
      name,
      arguments: given === "" ? [] : given.split(",").map((type) => type as ValueType),
      variadic,
      returns: returns as ValueType,
      experimental,
    };
  }
}
