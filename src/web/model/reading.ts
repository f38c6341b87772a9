/** An object, or one without members. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as Record<string, unknown>
    : {};
}

/** An array, or one without items. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A string; a number as one; otherwise undefined. */
export function text(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" && Number.isFinite(value) ? String(value) : undefined;
}

/** A finite number, also written as a string; otherwise undefined. */
export function number(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : undefined;
}

/** A boolean, otherwise undefined. */
export function flag(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

/** `value` when it is one of `allowed`, otherwise undefined. */
export function oneOf<const T>(value: unknown, allowed: readonly T[]): T | undefined {
  return allowed.find((one) => one === value);
}

type Undefinable<T> = { [K in keyof T as undefined extends T[K] ? K : never]?: NonNullable<T[K]> };
type Certain<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] };

/** Without the members that are undefined, as `exactOptionalPropertyTypes` wants optional members. */
export function present<T extends object>(members: T): Certain<T> & Undefinable<T> {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Certain<T> & Undefinable<T>;
}
