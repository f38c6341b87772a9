import type { EnumDeclaration } from "./declarations.ts";
import { describeOptions } from "./options.ts";
import { describeRanges, reservedNames } from "./ranges.ts";

/** An enum as an `EnumDescriptorProto`. */
export function describeEnum(name: string, type: EnumDeclaration): object {
  return {
    name,
    value: Object.entries(type.values).map(([key, number]) => ({
      name: key,
      number,
      ...describeOptions("EnumValueOptions", type.valuesOptions?.[key]),
    })),
    reservedRange: describeRanges(type.reserved, "inclusive"),
    reservedName: reservedNames(type.reserved),
    ...describeOptions("EnumOptions", type.options),
  };
}
