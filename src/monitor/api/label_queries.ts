/** `labels`, `label/<name>/values`, `series`. */
import { Pace } from "../pace.ts";
import type { Answer, ApiParts, ApiRequest, Endpoint } from "./endpoint.ts";
import { GET, GET_AND_POST } from "./endpoint.ts";
import { ApiError, invalidParameter } from "./failure.ts";
import { labelsJson, listJson, safeText } from "./json_text.ts";
import { labelNameOf } from "./label_name.ts";
import { lookUp } from "./lookup.ts";
import { limitOf, matcherGroups, timeRange, truncate } from "./parameters.ts";
import { sortInSlices } from "../sort_in_slices.ts";

/** The addresses of labels. */
export const LABEL_ENDPOINTS: readonly Endpoint[] = [
  {
    path: "labels",
    methods: GET_AND_POST,
    answer: answerNames,
  },
  {
    path: "label/:name/values",
    methods: GET,
    answer: answerValues,
  },
  {
    path: "series",
    methods: GET_AND_POST,
    answer: answerSeries,
  },
];

async function answerNames(parts: ApiParts, request: ApiRequest): Promise<Answer> {
  const { form } = request;
  const limit = limitOf(form);
  const range = timeRange(form);
  const groups = await matcherGroups(form);
  const names = await lookUp(
    parts,
    request,
    (signal) => parts.storage.labelNames(groups, range, { signal }),
  );
  return texts(names, limit);
}

async function answerValues(parts: ApiParts, request: ApiRequest): Promise<Answer> {
  const { form, path } = request;
  const [, segment = ""] = /\/label\/([^/]+)\/values$/.exec(path) ?? [];
  const name = labelNameOf(segment);
  const limit = limitOf(form);
  const range = timeRange(form);
  const groups = await matcherGroups(form);
  const values = await lookUp(
    parts,
    request,
    (signal) => parts.storage.labelValues(name, groups, range, { signal }),
  );
  return texts(values, limit);
}

function texts(all: readonly string[], limit: number): Answer {
  const { kept, warnings } = truncate(all, limit);
  return { data: listJson(kept, safeText), warnings };
}

async function answerSeries(parts: ApiParts, request: ApiRequest): Promise<Answer> {
  const { form } = request;
  form.requireWhole();
  if (form.all("match[]").length === 0) {
    throw new ApiError("bad_data", "no match[] parameter provided");
  }
  const limit = limitOf(form);
  const range = timeRange(form);
  const groups = await groupsOf(form);
  const sorted = await lookUp(parts, request, async (signal) => {
    const series = await parts.storage.series(groups, range, { signal });
    return await sortInSlices(series, (a, b) => a.compare(b), new Pace({ signal }));
  });
  const { kept, warnings } = truncate(sorted, limit);
  return { data: listJson(kept, labelsJson), warnings };
}

async function groupsOf(form: ApiRequest["form"]): ReturnType<typeof matcherGroups> {
  try {
    return await matcherGroups(form);
  } catch (error) {
    throw error instanceof ApiError ? invalidParameter("match[]", error) : error;
  }
}
