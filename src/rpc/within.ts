/** Throws RangeError unless `value` is an integer from `min` to `max`. */
export function integerWithin(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(
    `Cannot use '${name}': it must be an integer from ${min} to ${max}, current value is ${value}`,
  );
}

/** Throws RangeError unless `value` is a number from `min` to `max`. */
export function numberWithin(name: string, value: number, min: number, max: number): void {
  if (value >= min && value <= max) return;
  throw new RangeError(
    `Cannot use '${name}': it must be a number from ${min} to ${max}, current value is ${value}`,
  );
}
