import { assertEquals } from "@std/assert";
import descriptor from "protobufjs/ext/descriptor/index.js";
import { testWithProgram } from "../../../testing/programs.ts";
import { DescriptorPool } from "../descriptor_pool.ts";
import { parseProtoFile } from "./proto_file.ts";
import { wellKnownFile } from "./well_known.ts";

const FILES = {
  "shop/v1/shop.proto": `
    // syntax = "proto2"; in a comment says nothing
    syntax = "proto3";
    package shop.v1;
    import "google/protobuf/timestamp.proto";
    import 'google/protobuf/struct.proto';
    import "google/protobuf/wrappers.proto";
    import "google/protobuf/any.proto";
    import "google/protobuf/field_mask.proto";
    import "google/protobuf/duration.proto";
    import "google/protobuf/empty.proto";
    import public "shop/money.proto";
    import "legacy.proto";
    option java_package = "org.example.shop";
    option optimize_for = CODE_SIZE;

    service Shop {
      option deprecated = true;
      rpc Get (Order) returns (.shop.v1.Order) { option idempotency_level = NO_SIDE_EFFECTS; }
      rpc Put (stream Order) returns (google.protobuf.Empty);
      rpc Watch (Order.Item) returns (stream shop.Money);
      rpc Chat (stream Order) returns (stream Legacy) { option deprecated = true; }
    }

    message Order {
      reserved 100 to 110, 120, 1000 to max;
      reserved "old", "older";
      string order_id = 1 [json_name = "ID"];
      optional int64 discount = 2;
      repeated sint32 points = 3 [packed = false];
      oneof payment {
        string card_number = 4;
        Money cash = 5;
      }
      map<string, Item> items_by_name = 6;
      map<int32, State> states = 7;
      optional Item gift = 8 [deprecated = true];
      google.protobuf.Timestamp at = 9;
      google.protobuf.Value note = 10;
      google.protobuf.StringValue by = 11;
      google.protobuf.Any extra = 12;
      google.protobuf.FieldMask mask = 13;
      google.protobuf.Duration took = 14;
      State state = 15;
      repeated fixed64 a_b__c_1d = 16;
      bytes import = 17;
      message Item {
        string name = 1;
        Kind kind = 2;
        enum Kind { NONE = 0; BOOK = 1; }
        v1.Order.Item.Kind other = 3;
      }
    }

    enum State {
      option allow_alias = true;
      reserved 5 to 7, 9;
      reserved "GONE";
      UNKNOWN = 0;
      NEW = 1;
      FRESH = 1 [deprecated = true];
      BELOW = -1;
    }`,
  "shop/money.proto": `syntax = "proto3";
    package shop;
    message Money { string currency = 1; double amount = 2; float rate = 3; bool ok = 4; }`,
  "legacy.proto": `import "google/protobuf/descriptor.proto";
    message Legacy {
      required uint32 id = 1 [default = 42];
      optional string name = 2 [default = "nobody"];
      optional Color color = 3 [default = RED];
      optional double limit = 4 [default = -inf];
      optional bool on = 5 [default = true];
      repeated int32 packed = 6 [packed = true];
      optional bool off = 7 [default = false];
      extensions 100 to 199;
      extensions 1000 to max;
      extend Legacy { optional Legacy inner = 101; }
    }
    enum Color { GREEN = 1; RED = 2; }
    extend Legacy { repeated string tags = 100; }
    extend google.protobuf.FieldOptions { optional string unit = 50000; }`,
};

testWithProgram(
  "grpcurl",
  "describeFile() writes what a protocol buffer compiler writes",
  async (grpcurl) => {
    const wellKnown = Object.values(FILES).join().matchAll(/google\/protobuf\/\w+\.proto/g);
    const pool = new DescriptorPool([
      ...Object.entries(FILES).map(([path, text]) => parseProtoFile(path, text)),
      ...Array.from(wellKnown, ([path]) => wellKnownFile(path)).filter((file) => !!file),
    ]);
    const ours = (pool.file("shop/v1/shop.proto") ?? []).map(comparable);
    const theirs = (await compile(grpcurl)).map(comparable);
    const byName = (files: Plain[]) =>
      Object.fromEntries(files.map((file) => [file.name, file]).sort());
    assertEquals(byName(ours), byName(theirs));
  },
);

interface Plain {
  readonly name: string;
}

/** The descriptors of FILES and all that they import, as grpcurl's compiler makes them. */
async function compile(grpcurl: string): Promise<Uint8Array[]> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/shop/v1`, { recursive: true });
    for (const [path, text] of Object.entries(FILES)) {
      await Deno.writeTextFile(`${folder}/${path}`, text);
    }
    const out = `${folder}/out.binpb`;
    const { success, stderr } = await new Deno.Command(grpcurl, {
      args: [
        ...["-import-path", folder, "-proto", "shop/v1/shop.proto"],
        ...["-protoset-out", out, "describe", "shop.v1.Shop"],
      ],
    }).output();
    assertEquals(success, true, new TextDecoder().decode(stderr));
    const { FileDescriptorSet, FileDescriptorProto } = descriptor;
    const { file } = FileDescriptorSet.toObject(
      FileDescriptorSet.decode(await Deno.readFile(out)),
    );
    return file.map((one: object) =>
      FileDescriptorProto.encode(FileDescriptorProto.fromObject(one)).finish()
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Without what is left out on purpose, and with nested messages in one order. */
function comparable(bytes: Uint8Array): Plain {
  const { FileDescriptorProto } = descriptor;
  const file = FileDescriptorProto.toObject(FileDescriptorProto.decode(bytes), { enums: String });
  // It differs from version to version.
  if (file.name === "google/protobuf/descriptor.proto") return { name: file.name };
  // protobufjs keeps no options of the files that come with protocol buffers.
  if (file.package === "google.protobuf") delete file.options;
  delete file.sourceCodeInfo;
  for (const message of file.messageType ?? []) sortNested(message);
  return file as Plain;
}

interface PlainMessage extends Plain {
  nestedType?: PlainMessage[];
}

function sortNested(message: PlainMessage): void {
  message.nestedType?.sort((a, b) => a.name < b.name ? -1 : 1).forEach(sortNested);
}
