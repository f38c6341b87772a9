/** Parameters that several addresses have. */
import { Pace } from "../pace.ts";
import { parseMatchers } from "../promql/parse/mod.ts";
import type { Matcher, TimeRange } from "../samples.ts";
import { ApiError, invalidParameter } from "./failure.ts";
import type { Form } from "./form.ts";
import { parseWholeNumber } from "./go_numbers.ts";
import { parseTime } from "./times.ts";

/** How long all selectors of `match[]` may be together, in UTF-16 units: each is parsed in one go. */
const LONGEST_SELECTORS = 50_000;

/** What is said where `limit` has cut something off. */
export const TRUNCATED = "results truncated due to limit";

/** `limit`; 0 is none. Throws an ApiError. */
export function limitOf(form: Form): number {
  const text = form.get("limit");
  if (text === "") return 0;
  return parameter("limit", () => {
    const limit = parseWholeNumber(text, "Atoi", 64);
    if (limit < 0) throw new Error("limit must be non-negative");
    return limit;
  });
}

/** What `read` gives; its Errors become ApiErrors that name the parameter. */
export function parameter<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw invalidParameter(name, error);
  }
}

/** A time that may be left out. Throws an ApiError. */
export function optionalTime(form: Form, name: string, otherwise: number): number {
  const text = form.get(name);
  if (text === "") return otherwise;
  return parameter(name, () => {
    try {
      return parseTime(text);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      throw new Error(`invalid time value for '${name}': ${error.message}`, { cause: error });
    }
  });
}

/** `start` and `end`, both of which may be left out: then it is all time. Throws an ApiError. */
export function timeRange(form: Form): TimeRange {
  return {
    start: optionalTime(form, "start", Number.MIN_SAFE_INTEGER),
    end: optionalTime(form, "end", Number.MAX_SAFE_INTEGER),
  };
}

/** Every `match[]`, read with turns for others in between. Rejects with an ApiError. */
export async function matcherGroups(form: Form): Promise<(readonly Matcher[])[]> {
  try {
    const selectors = form.all("match[]");
    if (selectors.reduce((sum, { length }) => sum + length, 0) > LONGEST_SELECTORS) {
      throw new Error(`match[] is too long: at most ${LONGEST_SELECTORS} characters are read`);
    }
    const pace = new Pace();
    const groups: (readonly Matcher[])[] = [];
    for (const selector of selectors) {
      groups.push(parseMatchers(selector));
      if (pace.due()) await pace.giveWay();
    }
    if (groups.some((group) => group.every((matcher) => matcher.matches("")))) {
      throw new Error("match[] must contain at least one non-empty matcher");
    }
    return groups;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new ApiError("bad_data", error.message, { cause: error });
  }
}

/** The first `limit` of a list, and whether there were more. */
export function truncate<T>(
  list: readonly T[],
  limit: number,
): { readonly kept: readonly T[]; readonly warnings: readonly string[] } {
  return limit > 0 && list.length > limit
    ? { kept: list.slice(0, limit), warnings: [TRUNCATED] }
    : { kept: list, warnings: [] };
}
