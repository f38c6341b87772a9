/** `query_exemplars`. */
import type { Expression, VectorSelector } from "../promql/ast.ts";
import { childrenOf } from "../promql/evaluate/children.ts";
import { QueryError } from "../promql/errors.ts";
import { parseQuery } from "../promql/parse/mod.ts";
import type { Exemplar } from "../samples.ts";
import type { Answer, ApiParts, ApiRequest, Endpoint } from "./endpoint.ts";
import { GET_AND_POST } from "./endpoint.ts";
import { ApiError } from "./failure.ts";
import {
  JsonPieces,
  labelsJson,
  listJson,
  longItemsJson,
  objectJson,
  timestampJson,
  valueJson,
} from "./json_text.ts";
import { lookUp } from "./lookup.ts";
import { timeRange } from "./parameters.ts";

/** The address of exemplars. */
export const EXEMPLAR_ENDPOINT: Endpoint = {
  path: "query_exemplars",
  methods: GET_AND_POST,
  answer: answerExemplars,
};

async function answerExemplars(parts: ApiParts, request: ApiRequest): Promise<Answer> {
  const { form } = request;
  const range = timeRange(form);
  if (range.end < range.start) {
    throw new ApiError("bad_data", "end timestamp must not be before start timestamp");
  }
  const groups = selectorsOf(parse(form.get("query"))).map(({ matchers }) => matchers);
  // Without a group the store would give everything.
  if (groups.length === 0) return { data: undefined };
  const series = await lookUp(
    parts,
    request,
    (signal) => parts.storage.exemplars(groups, range, { signal }),
  );
  return {
    data: longItemsJson(
      series,
      ({ labels, exemplars }) =>
        objectJson({
          seriesLabels: labels,
          exemplars: new JsonPieces(listJson(exemplars, exemplarJson)),
        }),
    ),
  };
}

function parse(query: string): Expression {
  try {
    return parseQuery(query);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw new ApiError("bad_data", error.message, { cause: error });
  }
}

function selectorsOf(expression: Expression): VectorSelector[] {
  return expression.kind === "selector"
    ? [expression]
    : childrenOf(expression).flatMap(selectorsOf);
}

function exemplarJson({ labels, value, time }: Exemplar): string {
  return `{"labels":${labelsJson(labels)},"value":${valueJson(value)},"timestamp":${
    timestampJson(time)
  }}`;
}
