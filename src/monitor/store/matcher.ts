import type { Matcher, MatchType } from "../samples.ts";
import { compileAnchored } from "./regexp.ts";

/** A matcher that may know which values it matches. */
export interface StoreMatcher extends Matcher {
  /** The only values that match (with `!=` and `!~`: that do not), where they are few and known. */
  readonly values: ReadonlySet<string> | undefined;
}

/**
 * Makes one condition of a selector. Regular expressions are RE2's, anchored at both ends. Throws an
 * Error with Go's words where `value` is not one: "error parsing regexp: …".
 */
export function createMatcher(type: MatchType, name: string, value: string): StoreMatcher {
  if (type === "=" || type === "!=") {
    const isEqual = type === "=";
    return {
      type,
      name,
      value,
      values: new Set([value]),
      matches: (other) => (other === value) === isEqual,
    };
  }
  const pattern = compileAnchored(value);
  return {
    type,
    name,
    value,
    values: pattern.values,
    matches: type === "=~" ? pattern.matches : (other) => !pattern.matches(other),
  };
}
