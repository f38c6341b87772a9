import type { Point } from "./align.ts";
import type { Stacking } from "./settings.ts";

/** What is put on what. */
export interface StackMember {
  readonly row: readonly Point[];
  readonly stacking: Stacking;
  /** Only series of one group are put on each other: those of one axis, drawn in one way. */
  readonly group: string;
  readonly hidden: boolean;
}

/** Rows as they are drawn, and for each which row it lies on; undefined lies on zero. */
export interface Stacked {
  readonly rows: readonly (readonly Point[])[];
  readonly below: readonly (number | undefined)[];
}

interface Pile {
  readonly sums: number[];
  readonly totals: readonly number[] | undefined;
  top: number | undefined;
}

/**
 * Puts the rows of each group on each other, those that are mostly below zero downwards. In percent, each
 * is a share (0 to 1) of the group's sum at that time. Gaps stay gaps and count as nothing.
 */
export function stack(members: readonly StackMember[]): Stacked {
  const piles = new Map<string, Pile>();
  const below: (number | undefined)[] = members.map(() => undefined);
  const rows = members.map((member, at) => {
    if (member.stacking.mode === "none" || member.hidden) return member.row;
    const key = pileKey(member);
    let pile = piles.get(key);
    if (pile === undefined) {
      pile = newPile(members.filter((other) => !other.hidden && pileKey(other) === key));
      piles.set(key, pile);
    }
    below[at] = pile.top;
    pile.top = at;
    return onTop(pile, member.row);
  });
  return { rows, below };
}

function onTop(pile: Pile, row: readonly Point[]): Point[] {
  return row.map((value, at) => {
    if (typeof value !== "number") return value;
    const total = pile.totals?.[at];
    const share = total === undefined ? value : total === 0 ? 0 : value / total;
    return pile.sums[at] = (pile.sums[at] ?? 0) + share;
  });
}

function newPile(members: readonly StackMember[]): Pile {
  const length = Math.max(0, ...members.map(({ row }) => row.length));
  const sums = new Array<number>(length).fill(0);
  if (members[0]?.stacking.mode !== "percent") return { sums, totals: undefined, top: undefined };
  const totals = sums.map((_, at) =>
    members.reduce((total, { row }) => total + Math.abs(row[at] ?? 0), 0)
  );
  return { sums, totals, top: undefined };
}

function pileKey({ row, stacking, group }: StackMember): string {
  return `${group}|${stacking.mode}|${stacking.group}|${isNegative(row) ? "-" : "+"}`;
}

function isNegative(row: readonly Point[]): boolean {
  let sum = 0;
  for (const value of row) sum += value ?? 0;
  return sum < 0;
}
