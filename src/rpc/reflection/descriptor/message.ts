import type protobuf from "protobufjs";
import { declarations } from "./declarations.ts";
import { describeEnum } from "./enum.ts";
import { describeField, describeMapEntry } from "./field.ts";
import { describeOptions } from "./options.ts";
import { describeRanges, reservedNames } from "./ranges.ts";
import { qualified, type Scope } from "./symbols.ts";

/** A message as a `DescriptorProto`. */
export function describeMessage(name: string, type: protobuf.IType, outer: Scope): object {
  const scope = { ...outer, name: qualified(outer.name, name) };
  const { messages, enums, extensions } = declarations(type);
  const fields = Object.entries(type.fields);
  const oneofs = orderedOneofs(type);
  return {
    name,
    field: fields.map(([key, field]) => ({
      ...describeField(key, field, scope),
      ...oneofOf(key, oneofs),
    })),
    oneofDecl: oneofs.map(([key]) => ({ name: key })),
    nestedType: [
      ...messages.map(([key, nested]) => describeMessage(key, nested, scope)),
      ...fields.flatMap(([key, field]) => describeMapEntry(key, field, scope)),
    ],
    enumType: enums.map(([key, nested]) => describeEnum(key, nested)),
    extension: extensions.map(([key, field]) => describeField(key, field, scope)),
    extensionRange: describeRanges(type.extensions, "exclusive"),
    reservedRange: describeRanges(type.reserved, "exclusive"),
    reservedName: reservedNames(type.reserved),
    ...describeOptions("MessageOptions", type.options),
  };
}

type NamedOneof = [string, protobuf.IOneOf];

/** Those that stand for an `optional` of proto3 have to come last. */
function orderedOneofs({ fields, oneofs = {} }: protobuf.IType): NamedOneof[] {
  const isOptional = ([, { oneof }]: NamedOneof) =>
    oneof.every((field) => fields[field]?.options?.proto3_optional === true);
  const entries = Object.entries(oneofs);
  return [...entries.filter((one) => !isOptional(one)), ...entries.filter(isOptional)];
}

function oneofOf(field: string, oneofs: readonly NamedOneof[]): { oneofIndex?: number } {
  const oneofIndex = oneofs.findIndex(([, { oneof }]) => oneof.includes(field));
  return oneofIndex < 0 ? {} : { oneofIndex };
}
