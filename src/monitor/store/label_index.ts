import { type Label, Labels } from "../labels.ts";
import type { Pace } from "../pace.ts";
import type { Matcher } from "../samples.ts";
import { createMatcher } from "./matcher.ts";
import type { StoredSeries } from "./series.ts";

/** The series that have a label with a value. */
interface Posting {
  /** The one copy of the text that all series share. */
  readonly value: string;
  readonly series: Set<StoredSeries>;
}

/** All values of a label. */
interface Values {
  /** The one copy of the name. */
  readonly name: string;
  readonly postings: Map<string, Posting>;
}

/** Series between two looks at the clock. */
const STRIDE = 128;
/** Values of usual length that are matched with a regular expression between two looks at the clock. */
const PATTERN_STRIDE = 16;
const USUAL_LENGTH = 256;
/** V8 copies parts of texts that are shorter than this. */
const MIN_SLICED = 13;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Finds series by their labels. */
export class LabelIndex {
  readonly #names = new Map<string, Values>();
  readonly #all = new Set<StoredSeries>();

  add(series: StoredSeries): void {
    this.#all.add(series);
    for (const [name, value] of series.labels) {
      let values = this.#names.get(name);
      if (values === undefined) this.#names.set(name, values = { name, postings: new Map() });
      let posting = values.postings.get(value);
      if (posting === undefined) {
        values.postings.set(value, posting = { value, series: new Set() });
      }
      posting.series.add(series);
    }
  }

  remove(series: StoredSeries): void {
    this.#all.delete(series);
    for (const [name, value] of series.labels) {
      const postings = this.#names.get(name)?.postings;
      const posting = postings?.get(value);
      if (postings === undefined || !posting?.series.delete(series)) continue;
      if (posting.series.size === 0) postings.delete(value);
      if (postings.size === 0) this.#names.delete(name);
    }
  }

  /** The same labels, made of texts that are kept once and that keep no scraped page alive. */
  intern(labels: Labels): Labels {
    const interned: Label[] = [];
    for (const [name, value] of labels) {
      const values = this.#names.get(name);
      interned.push([
        values?.name ?? copyText(name),
        values?.postings.get(value)?.value ?? copyText(value),
      ]);
    }
    return Labels.of(interned);
  }

  /** Sorted. */
  names(): string[] {
    return [...this.#names.keys()].sort();
  }

  /** Sorted. */
  values(name: string): string[] {
    return [...this.#names.get(name)?.postings.keys() ?? []].sort();
  }

  /** The names of which some series passes a test. */
  async namesWhere(test: (series: StoredSeries) => boolean, pace: Pace): Promise<string[]> {
    const found: string[] = [];
    for (const [name, { postings }] of this.#names) {
      for (const posting of postings.values()) {
        if (!await hasSome(posting, test, pace)) continue;
        found.push(name);
        break;
      }
    }
    return found;
  }

  /** The values of a label of which some series passes a test. */
  async valuesWhere(
    name: string,
    test: (series: StoredSeries) => boolean,
    pace: Pace,
  ): Promise<string[]> {
    const found: string[] = [];
    for (const posting of this.#names.get(name)?.postings.values() ?? []) {
      if (await hasSome(posting, test, pace)) found.push(posting.value);
    }
    return found;
  }

  /** How many series have each value of a label. */
  counts(name: string): Map<string, number> {
    const counts = new Map<string, number>();
    for (const [value, posting] of this.#names.get(name)?.postings ?? []) {
      counts.set(value, posting.series.size);
    }
    return counts;
  }

  /** How many values each name has. */
  valueCounts(): Map<string, number> {
    return new Map([...this.#names].map(([name, { postings }]) => [name, postings.size]));
  }

  /** The series that meet all matchers. */
  async find(matchers: readonly Matcher[], pace: Pace): Promise<StoredSeries[]> {
    const candidates: Candidates[] = [];
    const others: Matcher[] = [];
    for (const matcher of matchers) {
      if (matcher.matches("")) {
        others.push(matcher);
        continue;
      }
      const postings = await this.#postings(matcher, pace);
      const size = postings.reduce((sum, posting) => sum + posting.series.size, 0);
      if (size === 0) return [];
      candidates.push({ matcher, postings, size });
    }
    candidates.sort((a, b) => a.size - b.size);
    const [smallest, ...rest] = candidates;
    const tests = [
      ...rest.map(({ matcher, postings }) => testOf(matcher, postings)),
      ...others.map((matcher) => testOf(matcher, undefined)),
    ];
    // A series has one value of a label, so those of different values do not meet.
    const found: StoredSeries[] = [];
    const matchesPatterns = [...rest.map(({ matcher }) => matcher), ...others].some(isPattern);
    const stride = matchesPatterns ? PATTERN_STRIDE : STRIDE;
    for (const set of smallest?.postings.map(({ series }) => series) ?? [this.#all]) {
      for (const series of set) {
        if (tests.every((test) => test(series))) found.push(series);
        if (pace.due(stride)) await pace.giveWay();
      }
    }
    return found;
  }

  async #postings(matcher: Matcher, pace: Pace): Promise<Posting[]> {
    const postings = this.#names.get(matcher.name)?.postings;
    if (postings === undefined) return [];
    const known = matcher.type === "=" || matcher.type === "=~"
      ? createMatcher(matcher.type, matcher.name, matcher.value).values
      : undefined;
    if (known !== undefined) {
      return [...known].flatMap((value) => postings.get(value) ?? []);
    }
    const found: Posting[] = [];
    for (const posting of postings.values()) {
      if (matcher.matches(posting.value)) found.push(posting);
      if (pace.due(strideOf(posting.value))) await pace.giveWay();
    }
    return found;
  }
}

async function hasSome(
  { series }: Posting,
  test: (series: StoredSeries) => boolean,
  pace: Pace,
): Promise<boolean> {
  for (const one of series) {
    if (pace.due(STRIDE)) await pace.giveWay();
    if (test(one)) return true;
  }
  return false;
}

/** How many such values are matched between two looks at the clock. */
function strideOf(value: string): number {
  return value.length > USUAL_LENGTH ? 1 : PATTERN_STRIDE;
}

function isPattern({ type }: Matcher): boolean {
  return type === "=~" || type === "!~";
}

interface Candidates {
  readonly matcher: Matcher;
  readonly postings: readonly Posting[];
  readonly size: number;
}

/** Each value is matched once: those of postings have been, the others are remembered. */
function testOf(
  { name, matches }: Matcher,
  postings: readonly Posting[] | undefined,
): (series: StoredSeries) => boolean {
  const [only, ...more] = postings ?? [];
  if (only !== undefined && more.length === 0) {
    return (series) => only.series.has(series);
  }
  const verdicts = new Map<string, boolean>();
  return (series) => {
    const value = series.labels.get(name);
    let verdict = verdicts.get(value);
    if (verdict === undefined) verdicts.set(value, verdict = matches(value));
    return verdict;
  };
}

/** A part of a text keeps the whole alive in V8; a copy does not. */
function copyText(text: string): string {
  return text.length >= MIN_SLICED && text.isWellFormed()
    ? decoder.decode(encoder.encode(text))
    : text;
}
