import type { Choice } from "../model/dashboard.ts";

/**
 * What a variable offers of the texts that were found: those its regular expression takes, as it takes
 * them (its first group, or its groups `text` and `value`), each once, sorted as Grafana numbers it.
 * Throws a SyntaxError where the expression is none.
 */
export function choicesOf(texts: readonly string[], regex = "", sort = 0): Choice[] {
  const pattern = patternOf(regex);
  const choices = new Map<string, Choice>();
  for (const text of texts) {
    const choice = pattern === undefined ? { text, value: text } : matched(text, pattern);
    if (choice !== undefined && !choices.has(choice.value)) choices.set(choice.value, choice);
  }
  return sorted([...choices.values()], sort);
}

function patternOf(regex: string): RegExp | undefined {
  if (regex === "") return undefined;
  const [, pattern, flags = ""] = /^\/(.*)\/([a-z]*)$/s.exec(regex) ?? [];
  // `g` would remember where it was.
  return pattern === undefined
    ? new RegExp(`^${regex}$`)
    : new RegExp(pattern, flags.replace("g", ""));
}

function matched(text: string, pattern: RegExp): Choice | undefined {
  const found = pattern.exec(text);
  if (found === null) return undefined;
  const { text: shown, value } = found.groups ?? {};
  if (shown !== undefined || value !== undefined) {
    return { text: shown ?? value ?? "", value: value ?? shown ?? "" };
  }
  const taken = found.length > 1 ? found[1] : text;
  return taken === undefined ? undefined : { text: taken, value: taken };
}

/** 1 and 2 by alphabet, 3 and 4 by number, 5 and 6 without case, 7 and 8 natural; the even ones fall. */
function sorted(choices: readonly Choice[], sort: number): Choice[] {
  const compare = COMPARE[Math.ceil(sort / 2) - 1];
  if (compare === undefined) return [...choices];
  const direction = sort % 2 === 0 ? -1 : 1;
  return choices.toSorted((a, b) => direction * compare(a.text, b.text));
}

const COMPARE: readonly ((a: string, b: string) => number)[] = [
  byCode,
  (a, b) => numberIn(a) - numberIn(b),
  (a, b) => byCode(a.toLowerCase(), b.toLowerCase()),
  (a, b) => a.localeCompare(b, undefined, { numeric: true }),
];

function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function numberIn(text: string): number {
  const digits = /\d+/.exec(text);
  return digits === null ? -1 : Number(digits[0]);
}
