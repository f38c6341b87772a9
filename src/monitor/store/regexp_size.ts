/**
 * How long the engine takes to compile a pattern, before it does: that is done in one go.
 *
 * @module
 */

/** Microseconds for a part of each kind, as measured; with `(?i)` classes of characters take longest. */
const LITERAL = 2;
const GROUP = 10;
const CLASS = 15;
const CLASS_IGNORING_CASE = 75;
/** Of an instruction, which there is one of for each repetition. */
const INSTRUCTION = 1;
const CLASS_INSTRUCTION = 5;

/** The engine itself refuses more than a thousand repetitions of anything, and soon. */
const MOST_REPEATED = 1_000 * CLASS_INSTRUCTION;

const IGNORES_CASE = /\(\?[a-zA-Z]*i/;
/** What is a part: a class by its name, a class in brackets, an escape, the begin of a group, a repetition. */
const PART = /\\[pP](?:\{[^}]*\}|.)|\[\^|\\.|\((?:\?[^:)(]*[:>)])?|\)|\{(\d+)(?:,(\d*))?\}|[^]/gsu;

/** So many microseconds, roughly, take no longer than this where nothing repeats. */
const MOST_OF_ALL = CLASS_IGNORING_CASE + CLASS_INSTRUCTION;

/** Whether compiling a pattern takes more than so many microseconds, roughly. */
export function takesLonger(pattern: string, microseconds: number): boolean {
  if (pattern.length * MOST_OF_ALL <= microseconds && !pattern.includes("{")) return false;
  const classCost = IGNORES_CASE.test(pattern) ? CLASS_IGNORING_CASE : CLASS;
  let cost = 0;
  /** Instructions of each group that is open, the whole first. */
  const sizes = [0];
  /** Instructions of the last part, which may be repeated. */
  let last = 0;
  for (const [part, least, most] of pattern.matchAll(PART)) {
    if (least !== undefined) {
      const times = Math.max(Number(least), Number(most ?? 0), 1);
      const added = Math.min(last * (times - 1), Math.max(0, MOST_REPEATED - last));
      sizes[sizes.length - 1] = (sizes.at(-1) ?? 0) + added;
      last += added;
    } else if (part.startsWith("(")) {
      cost += GROUP;
      last = INSTRUCTION;
      // Flags alone, "(?i)", are no group.
      if (!part.endsWith(")")) sizes.push(0);
    } else if (part === ")" && sizes.length > 1) {
      last = sizes.pop() ?? 0;
      sizes[sizes.length - 1] = (sizes.at(-1) ?? 0) + last;
    } else {
      const isClass = part === "[^" || /^\\[pP]/.test(part);
      cost += isClass ? classCost : LITERAL;
      last = isClass ? CLASS_INSTRUCTION : INSTRUCTION;
      sizes[sizes.length - 1] = (sizes.at(-1) ?? 0) + last;
    }
    if (cost > microseconds) return true;
  }
  return cost + sizes.reduce((sum, size) => sum + size, 0) > microseconds;
}
