/** Reads what YAML gives, where all scalars are text, into what is expected; says where it is not so. */

/** A mapping. */
export type Fields = ReadonlyMap<string, unknown>;

/** The fields of a mapping; throws an Error where it is none, or has a field that is not known. */
export function fieldsOf(value: unknown, what: string, known: readonly string[]): Fields {
  const fields = mappingOf(value, what);
  for (const name of fields.keys()) {
    if (!known.includes(name)) {
      throw new Error(`the field '${name}' is not known; known are ${known.join(", ")}`);
    }
  }
  return fields;
}

/** A field's text, "" where it is missing. */
export function textOf(fields: Fields, name: string): string {
  const value = fields.get(name) ?? "";
  if (typeof value !== "string") throw new Error(`'${name}' must be text`);
  return value;
}

/** A field's list, empty where it is missing. */
export function listOf(fields: Fields, name: string): readonly unknown[] {
  const value = fields.get(name) ?? "";
  if (value === "") return [];
  if (!Array.isArray(value)) throw new Error(`'${name}' must be a list`);
  return value;
}

/** A field's mapping of names to texts, empty where it is missing. */
export function textsOf(fields: Fields, name: string): Map<string, string> {
  const value = fields.get(name) ?? "";
  const mapping = value === "" ? new Map<string, unknown>() : mappingOf(value, `'${name}'`);
  return new Map([...mapping.keys()].map((key) => [key, textOf(mapping, key)]));
}

function mappingOf(value: unknown, what: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`${what} must be a mapping`);
  }
  return new Map(Object.entries(value));
}
