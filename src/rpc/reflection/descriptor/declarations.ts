/**
 * What stands in a .proto file or in a message, told apart. protobufjs writes all of it down as
 * plain objects without saying what each is.
 *
 * @module
 */
import type protobuf from "protobufjs";

/** Something in a file or in a message. */
export type Declaration = protobuf.AnyNestedObject;

/** An enum, with what protobufjs's own type of it lacks. */
export interface EnumDeclaration extends protobuf.IEnum {
  readonly reserved?: (number[] | string)[];
  readonly valuesOptions?: Record<string, Options>;
}

/** Options by the name that the .proto gives them. */
export type Options = Readonly<Record<string, unknown>>;

export function isMessage(declaration: Declaration): declaration is protobuf.IType {
  return "fields" in declaration;
}

export function isEnum(declaration: Declaration): declaration is EnumDeclaration {
  return "values" in declaration;
}

export function isService(declaration: Declaration): declaration is protobuf.IService {
  return "methods" in declaration;
}

export function isExtension(declaration: Declaration): declaration is protobuf.IExtensionField {
  return "extend" in declaration;
}

/** What `namespace` declares, by kind, in the order of the text. */
export function declarations({ nested = {} }: protobuf.INamespace): {
  messages: [string, protobuf.IType][];
  enums: [string, EnumDeclaration][];
  extensions: [string, protobuf.IExtensionField][];
  services: [string, protobuf.IService][];
} {
  const entries = Object.entries(nested);
  function only<D extends Declaration>(is: (one: Declaration) => one is D): [string, D][] {
    return entries.filter((entry): entry is [string, D] => is(entry[1]));
  }
  return {
    messages: only(isMessage),
    enums: only(isEnum),
    extensions: only(isExtension),
    services: only(isService),
  };
}
