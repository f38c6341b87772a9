import protobuf from "protobufjs";
import descriptor from "protobufjs/ext/descriptor/index.js";
import type { Options } from "./declarations.ts";

type OptionsType =
  | "FileOptions"
  | "MessageOptions"
  | "FieldOptions"
  | "EnumOptions"
  | "EnumValueOptions"
  | "ServiceOptions"
  | "MethodOptions";

/**
 * The options that protocol buffers define for this kind of declaration, ready to be spread. Others
 * are left out, for only the file that defines them tells how they are written.
 */
export function describeOptions(type: OptionsType, given: Options = {}): { options?: object } {
  const { fields } = descriptor[type];
  const options: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const key = protobuf.util.camelCase(name);
    const field = fields[key];
    if (field === undefined || typeof value === "object") continue;
    options[key] = field.repeated ? [value] : value;
  }
  return Object.keys(options).length === 0 ? {} : { options };
}
