/** `query`, `query_range`, `format_query`. */
import type { QueryOptions } from "../promql/engine.ts";
import { formatQuery } from "../promql/print/mod.ts";
import type { Answer, ApiParts, ApiRequest, Endpoint } from "./endpoint.ts";
import { GET_AND_POST } from "./endpoint.ts";
import { ApiError, invalidParameter } from "./failure.ts";
import type { Form } from "./form.ts";
import { safeText } from "./json_text.ts";
import { limitOf, optionalTime, parameter } from "./parameters.ts";
import { evaluate } from "./query_answer.ts";
import { parseDuration, parseTime } from "./times.ts";

/** The addresses of queries. */
export const QUERY_ENDPOINTS: readonly Endpoint[] = [
  {
    path: "query",
    methods: GET_AND_POST,
    answer: answerInstant,
  },
  {
    path: "query_range",
    methods: GET_AND_POST,
    answer: answerRange,
  },
  {
    path: "format_query",
    methods: GET_AND_POST,
    answer: (_, { form }) => ({
      data: [safeText(parameter("query", () => formatQuery(form.get("query"))))],
    }),
  },
];

async function answerInstant(parts: ApiParts, { form, signal }: ApiRequest): Promise<Answer> {
  const limit = limitOf(form);
  const time = optionalTime(form, "time", parts.clock());
  const options = { signal, ...timeoutOf(form, parts) };
  const query = { query: form.get("query"), time, ...lookbackOf(form) };
  return await evaluate(
    () => parts.engine.instant(parts.storage, query, options),
    { form, limit },
  );
}

async function answerRange(parts: ApiParts, { form, signal }: ApiRequest): Promise<Answer> {
  const limit = limitOf(form);
  const start = parameter("start", () => parseTime(form.get("start")));
  const end = parameter("end", () => parseTime(form.get("end")));
  if (end < start) {
    throw invalidParameter("end", "end timestamp must not be before start time");
  }
  const step = stepOf(form);
  const { maxPoints = 11_000 } = parts;
  if (Math.trunc((end - start) * 1e6 / step) > maxPoints) {
    throw new ApiError(
      "bad_data",
      `exceeded maximum resolution of ${
        maxPoints.toLocaleString("en-US")
      } points per timeseries. ` +
        "Try decreasing the query resolution (?step=XX)",
    );
  }
  const options = { signal, ...timeoutOf(form, parts) };
  const query = {
    query: form.get("query"),
    start,
    end,
    step: Math.trunc(step / 1e6),
    ...lookbackOf(form),
  };
  return await evaluate(
    () => parts.engine.range(parts.storage, query, options),
    { form, limit },
  );
}

/** Nanoseconds, at least a millisecond: that is the least that counts. */
function stepOf(form: Form): number {
  return parameter("step", () => {
    const step = parseDuration(form.get("step"));
    if (step >= 1e6) return step;
    throw new Error(
      "zero or negative query resolution step widths are not accepted. Try a positive integer",
    );
  });
}

function timeoutOf(form: Form, { queryTimeoutMs = 120_000 }: ApiParts): QueryOptions {
  const text = form.get("timeout");
  if (text === "") return {};
  const wanted = parameter("timeout", () => parseDuration(text)) / 1e6;
  return { timeoutMs: Math.max(0, Math.min(wanted, queryTimeoutMs)) };
}

function lookbackOf(form: Form): { readonly lookbackMs?: number } {
  const text = form.get("lookback_delta");
  if (text === "") return {};
  try {
    const lookbackMs = Math.trunc(parseDuration(text) / 1e6);
    return lookbackMs > 0 ? { lookbackMs } : {};
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new ApiError("bad_data", `error parsing lookback delta duration: ${error.message}`);
  }
}
