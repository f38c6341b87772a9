import type protobuf from "protobufjs";
import { describeOptions } from "./options.ts";
import { resolveType, type Scope } from "./symbols.ts";

/** A field as a `FieldDescriptorProto`, without the oneof that it belongs to. */
export function describeField(
  name: string,
  field: protobuf.IField | protobuf.IExtensionField,
  scope: Scope,
): object {
  const { id: number, options = {} } = field;
  return {
    name,
    number,
    ...describeKind(name, field, scope),
    ...("extend" in field ? { extendee: `.${resolveType(scope, field.extend)}` } : {}),
    ...("default" in options ? { defaultValue: defaultValue(options.default) } : {}),
    jsonName: options.json_name ?? jsonName(name),
    ...(options.proto3_optional === true ? { proto3Optional: true } : {}),
    ...describeOptions("FieldOptions", options),
  };
}

/** The message that stands for one entry of a map field; none for other fields. */
export function describeMapEntry(name: string, field: protobuf.IField, scope: Scope): object[] {
  if (!isMap(field)) return [];
  const key = describeField("key", { id: 1, type: field.keyType }, scope);
  const value = describeField("value", { id: 2, type: field.type }, scope);
  return [{ name: entryName(name), field: [key, value], options: { mapEntry: true } }];
}

function describeKind(name: string, field: protobuf.IField, scope: Scope): object {
  if (isMap(field)) {
    const typeName = `.${scope.name}.${entryName(name)}`;
    return { label: "LABEL_REPEATED", type: "TYPE_MESSAGE", typeName };
  }
  const label = `LABEL_${(field.rule ?? "optional").toUpperCase()}`;
  if (SCALARS.has(field.type)) return { label, type: `TYPE_${field.type.toUpperCase()}` };
  const typeName = resolveType(scope, field.type);
  const kind = scope.symbols.get(typeName)?.kind ?? "message";
  return { label, type: `TYPE_${kind.toUpperCase()}`, typeName: `.${typeName}` };
}

const SCALARS: ReadonlySet<string> = new Set([
  "double",
  "float",
  "int64",
  "uint64",
  "int32",
  "fixed64",
  "fixed32",
  "bool",
  "string",
  "bytes",
  "uint32",
  "sfixed32",
  "sfixed64",
  "sint32",
  "sint64",
]);

function isMap(field: protobuf.IField): field is protobuf.IMapField {
  return "keyType" in field;
}

/** The name of a field in JSON: `snake_case` as `snakeCase`. */
function jsonName(name: string): string {
  return name.replace(/_+(.?)/g, (_, letter: string) => letter.toUpperCase());
}

/** The name of a map's entries: `my_map` has `MyMapEntry`. */
function entryName(field: string): string {
  const camel = jsonName(field);
  return `${camel.slice(0, 1).toUpperCase()}${camel.slice(1)}Entry`;
}

function defaultValue(value: unknown): string {
  return String(value).replace("Infinity", "inf").replace("NaN", "nan");
}
