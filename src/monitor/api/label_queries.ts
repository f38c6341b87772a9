/** `labels`, `label/<name>/values`, `series`. */
import { Pace } from "../pace.ts";
import type { Answer, ApiParts, ApiRequest, Endpoint } from "./endpoint.ts";
import { GET, GET_AND_POST } from "./endpoint.ts";
import { ApiError, invalidParameter } from "./failure.ts";
import { labelsJson, listJson, safeText } from "./json_text.ts";
import { labelNameOf } from "./label_name.ts";
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

async function answerNames({ storage }: ApiParts, { form }: ApiRequest): Promise<Answer> {
  const limit = limitOf(form);
  const range = timeRange(form);
  const names = await storage.labelNames(matcherGroups(form), range);
  return texts(names, limit);
}

async function answerValues({ storage }: ApiParts, { form, path }: ApiRequest): Promise<Answer> {
  const [, segment = ""] = /\/label\/([^/]+)\/values$/.exec(path) ?? [];
  const name = labelNameOf(segment);
  const limit = limitOf(form);
  const range = timeRange(form);
  const values = await storage.labelValues(name, matcherGroups(form), range);
  return texts(values, limit);
}

function texts(all: readonly string[], limit: number): Answer {
  const { kept, warnings } = truncate(all, limit);
  return { data: listJson(kept, safeText), warnings };
}

async function answerSeries({ storage }: ApiParts, { form, signal }: ApiRequest): Promise<Answer> {
  form.requireWhole();
  if (form.all("match[]").length === 0) {
    throw new ApiError("bad_data", "no match[] parameter provided");
  }
  const limit = limitOf(form);
  const range = timeRange(form);
  const series = await storage.series(groupsOf(form), range);
  const sorted = await sortInSlices(series, (a, b) => a.compare(b), new Pace({ signal }));
  const { kept, warnings } = truncate(sorted, limit);
  return { data: listJson(kept, labelsJson), warnings };
}

function groupsOf(form: ApiRequest["form"]): ReturnType<typeof matcherGroups> {
  try {
    return matcherGroups(form);
  } catch (error) {
    throw error instanceof ApiError ? invalidParameter("match[]", error) : error;
  }
}
