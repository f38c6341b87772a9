/**
 * Writes a .proto file down as a `google.protobuf.FileDescriptorProto`, the form that tools read.
 * Options that protocol buffers do not define themselves, such as `(google.api.http)`, are left out.
 *
 * @module
 */
import descriptor from "protobufjs/ext/descriptor/index.js";
import { declarations } from "./declarations.ts";
import { describeEnum } from "./enum.ts";
import { describeField } from "./field.ts";
import { describeMessage } from "./message.ts";
import { describeOptions } from "./options.ts";
import type { ProtoFile } from "./proto_file.ts";
import { describeService } from "./service.ts";
import type { Symbols } from "./symbols.ts";

/**
 * The bytes of the descriptor of `file`. An import that is not among `paths` is left out.
 *
 * Throws TypeError when the file refers to a type that `symbols` do not have.
 */
export function describeFile(
  file: ProtoFile,
  symbols: Symbols,
  paths: { has(path: string): boolean },
): Uint8Array {
  const imports = file.imports.filter(({ path }) => paths.has(path));
  const indexes = (modifier: "public" | "weak") =>
    imports.flatMap((one, index) => one.modifier === modifier ? [index] : []);
  const { messages, enums, extensions, services } = declarations(file.content);
  const scope = { name: file.package, symbols };
  const { FileDescriptorProto } = descriptor;
  const message = FileDescriptorProto.fromObject({
    name: file.path,
    ...(file.package === "" ? {} : { package: file.package }),
    // What says nothing is proto2.
    ...(file.syntax === "proto2" ? {} : { syntax: file.syntax }),
    dependency: imports.map(({ path }) => path),
    publicDependency: indexes("public"),
    weakDependency: indexes("weak"),
    messageType: messages.map(([name, type]) => describeMessage(name, type, scope)),
    enumType: enums.map(([name, type]) => describeEnum(name, type)),
    extension: extensions.map(([name, field]) => describeField(name, field, scope)),
    service: services.map(([name, service]) => describeService(name, service, scope)),
    ...describeOptions("FileOptions", file.content.options),
  });
  return FileDescriptorProto.encode(message).finish();
}
