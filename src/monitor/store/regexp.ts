/**
 * Regular expressions as Prometheus takes them: RE2 syntax, anchored at both ends, a dot matches any
 * character. Always in linear time: patterns that are no more than texts and `.*` are compared as
 * texts, all others go to an engine without backtracking.
 *
 * @module
 */
import { RE2JS, RE2JSException } from "re2js";
import { type Gap, parsePlainPattern, type PlainPattern } from "./plain_pattern.ts";
import { takesLonger } from "./regexp_size.ts";

/** A pattern, ready to be used. */
export interface AnchoredPattern {
  readonly pattern: string;
  /** All values that match, where they are few and known; an index looks them up one by one. */
  readonly values: ReadonlySet<string> | undefined;
  /** Whether the whole of `value` matches. */
  matches(value: string): boolean;
  /**
   * The groups of a match of the whole of `value`, the match itself first; undefined is a group that
   * took no part. Undefined where `value` does not match.
   */
  groups(value: string): readonly (string | undefined)[] | undefined;
  /** The index of each named group. */
  readonly groupNames: ReadonlyMap<string, number>;
}

/** Patterns that are kept compiled, since dashboards ask the same again and again. */
const MAX_PATTERNS = 128;
/** Engines that are kept. Each has an automaton that grows with what it reads, up to 8 MB. */
const MAX_ENGINES = 16;
/** Results that are kept for each engine, and the longest value whose result is kept. */
const MAX_RESULTS = 2_000;
const MAX_KEPT_LENGTH = 256;

/** Patterns that take longer to compile are refused, in microseconds; Go refuses only larger ones. */
const LONGEST_COMPILATION = 8_000;
/** UTF-16 units of a pattern that are shown when it is refused. */
const MOST_SHOWN = 100;

/** An engine, and what it has found. */
interface Engine {
  readonly re2: RE2JS;
  readonly results: Map<string, boolean>;
}

const compiled = new Map<string, AnchoredPattern>();
const engines = new Map<string, Engine>();

/**
 * Compiles a pattern. Throws an Error whose message is Go's, such as
 * "error parsing regexp: missing closing ): `(`".
 */
export function compileAnchored(pattern: string): AnchoredPattern {
  let known = compiled.get(pattern);
  if (known === undefined) {
    known = compile(pattern);
    const oldest = compiled.keys().next();
    if (compiled.size >= MAX_PATTERNS && !oldest.done) compiled.delete(oldest.value);
  } else {
    compiled.delete(pattern);
  }
  compiled.set(pattern, known);
  return known;
}

function compile(pattern: string): AnchoredPattern {
  const plain = parsePlainPattern(pattern);
  if (plain === undefined) engineOf(pattern);
  let names: ReadonlyMap<string, number> | undefined;

  return {
    pattern,
    values: plain === undefined || plain.ignoreCase || plain.globs.length > 0
      ? undefined
      : plain.texts,
    matches: plain === undefined
      ? (value) => isMatch(pattern, value)
      : plainMatch(plain, (value) => isMatch(pattern, value)),
    groups(value) {
      const matcher = engineOf(pattern).re2.matcher(value);
      if (!matcher.matches()) return undefined;
      const groups: (string | undefined)[] = [];
      for (let i = 0; i <= matcher.groupCount(); i++) groups.push(matcher.group(i) ?? undefined);
      return groups;
    },
    get groupNames() {
      return names ??= new Map(Object.entries(engineOf(pattern).re2.namedGroups()));
    },
  };
}

/** The engine of a pattern, which is made anew where many others were asked for since. */
function engineOf(pattern: string): Engine {
  let engine = engines.get(pattern);
  if (engine === undefined) {
    engine = { re2: compileEngine(pattern), results: new Map() };
    const oldest = engines.keys().next();
    if (engines.size >= MAX_ENGINES && !oldest.done) engines.delete(oldest.value);
    engines.set(pattern, engine);
  }
  return engine;
}

function compileEngine(pattern: string): RE2JS {
  if (takesLonger(pattern, LONGEST_COMPILATION)) {
    const shown = pattern.length > MOST_SHOWN ? `${pattern.slice(0, MOST_SHOWN)}…` : pattern;
    throw new Error(`error parsing regexp: expression too large: \`${shown}\``);
  }
  try {
    return RE2JS.compile(pattern, RE2JS.DOTALL);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    // The engine shows its own flag as part of the pattern, and leaves out what Go quotes as empty.
    const reason = error.message.replace("`(?s)", "`");
    const quoted = reason.endsWith("backslash at end of expression") ? "" : pattern;
    throw new Error(reason.endsWith("`") ? reason : `${reason}: \`${quoted}\``, { cause: error });
  }
}

function isMatch(pattern: string, value: string): boolean {
  const { re2, results } = engineOf(pattern);
  let result = results.get(value);
  if (result === undefined) {
    result = re2.testExact(value);
    if (value.length <= MAX_KEPT_LENGTH) {
      if (results.size >= MAX_RESULTS) results.clear();
      results.set(value, result);
    }
  }
  return result;
}

function plainMatch(
  { texts, globs, ignoreCase }: PlainPattern,
  test: (value: string) => boolean,
): (value: string) => boolean {
  const matches = (value: string) =>
    texts.has(value) || globs.some((gaps) => matchesGaps(gaps, value));
  if (!ignoreCase) return matches;
  // Beyond ASCII, RE2 folds characters that JavaScript does not.
  return (value) => isAscii(value) ? matches(value.toLowerCase()) : test(value);
}

/** Whether `value` is made of the texts in their order with the gaps between them. */
function matchesGaps(gaps: readonly Gap[], value: string): boolean {
  let at = 0;
  let slack = 0;
  let isOpen = false;
  for (let i = 0; i < gaps.length; i++) {
    const gap = gaps[i];
    if (gap === undefined) break;
    if (typeof gap !== "string") {
      isOpen = true;
      slack = gap.atLeast;
      continue;
    }
    if (!isOpen) {
      if (!value.startsWith(gap, at)) return false;
      at += gap.length;
    } else if (i === gaps.length - 1) {
      return value.length - gap.length >= at + slack && value.endsWith(gap);
    } else {
      const found = value.indexOf(gap, at + slack);
      if (found === -1) return false;
      at = found + gap.length;
    }
    isOpen = false;
  }
  return isOpen ? value.length >= at + slack : at === value.length;
}

function isAscii(value: string): boolean {
  for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) > 0x7f) return false;
  return true;
}
