/** `metadata`. */
import { Pace } from "../pace.ts";
import type { MetricMetadata } from "../samples.ts";
import type { Answer, ApiParts, ApiRequest, Endpoint } from "./endpoint.ts";
import { GET } from "./endpoint.ts";
import { ApiError } from "./failure.ts";
import type { Form } from "./form.ts";
import { parseWholeNumber } from "./go_numbers.ts";
import { safeJson, safeText } from "./json_text.ts";
import { sortInSlices } from "../sort_in_slices.ts";

/** The address of metadata. */
export const METADATA_ENDPOINT: Endpoint = {
  path: "metadata",
  methods: GET,
  answer: answerMetadata,
};

async function answerMetadata(
  { storage }: ApiParts,
  { form, signal }: ApiRequest,
): Promise<Answer> {
  const limit = numberOf(form, "limit");
  const limitPerMetric = numberOf(form, "limit_per_metric");
  const families = storage.metadata();
  const metric = form.get("metric");
  const names = metric === ""
    ? await sortInSlices([...families.keys()], compareText, new Pace({ signal }))
    : [metric].filter((name) => families.has(name));
  const kept = limit >= 0 ? names.slice(0, limit) : names;
  return { data: metadataJson(kept, families, limitPerMetric) };
}

/** A number; -1 where it is not given. */
function numberOf(form: Form, name: string): number {
  const text = form.get(name);
  if (text === "") return -1;
  try {
    return parseWholeNumber(text, "Atoi", 64);
  } catch (cause) {
    throw new ApiError("bad_data", `${name} must be a number`, { cause });
  }
}

function* metadataJson(
  names: readonly string[],
  families: ReadonlyMap<string, readonly MetricMetadata[]>,
  limitPerMetric: number,
): Generator<string> {
  yield "{";
  for (const [i, name] of names.entries()) {
    const all = families.get(name) ?? [];
    const kept = limitPerMetric > 0 ? all.slice(0, limitPerMetric) : all;
    const list = kept.map(({ type, unit, help }) => ({ type, unit, help }));
    yield `${i === 0 ? "" : ","}${safeText(name)}:${safeJson(list)}`;
  }
  yield "}";
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
