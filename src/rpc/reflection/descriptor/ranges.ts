/** Numbers and names that a message or an enum keeps free, or open to extensions. */
type Reserved = readonly (readonly number[] | string)[];

/** Ranges of numbers. The end of a message's range lies behind it, that of an enum's within. */
export function describeRanges(
  reserved: Reserved = [],
  end: "exclusive" | "inclusive",
): { start: number; end: number }[] {
  return reserved.flatMap((range) => {
    if (typeof range === "string") return [];
    const [first = 0, last = first] = range;
    return [{ start: first, end: end === "exclusive" ? last + 1 : last }];
  });
}

/** The names among them. */
export function reservedNames(reserved: Reserved = []): string[] {
  return reserved.filter((name) => typeof name === "string");
}
