import { distance } from "fastest-levenshtein";

/** The word that a typing mistake was meant to be, or undefined when none is near. */
export function closestWord(typed: string, words: Iterable<string>): string | undefined {
  const farthest = typed.length < 3 ? 1 : Math.max(2, Math.floor(typed.length / 3));
  return [...words]
    .map((word) => ({ word, apart: isBeginning(typed, word) ? 1 : distance(typed, word) }))
    .filter(({ apart }) => apart <= farthest)
    .sort((a, b) => a.apart - b.apart)[0]?.word;
}

function isBeginning(typed: string, word: string): boolean {
  return typed.length > 2 && word.startsWith(typed);
}
