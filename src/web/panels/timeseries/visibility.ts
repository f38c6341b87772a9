/**
 * Which series are switched off after a click on a legend's name. A plain click shows that one alone, and
 * on the one that is alone shows all again; with `add`, only that one changes.
 */
export function toggled(
  hidden: ReadonlySet<string>,
  names: readonly string[],
  name: string,
  add: boolean,
): ReadonlySet<string> {
  if (add) {
    const next = new Set(hidden);
    if (!next.delete(name)) next.add(name);
    return next;
  }
  const shown = names.filter((one) => !hidden.has(one));
  const isAlone = shown.length === 1 && shown[0] === name;
  return new Set(isAlone ? [] : names.filter((one) => one !== name));
}
