import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { EchoReply as _foo_EchoReply, EchoReply__Output as _foo_EchoReply__Output } from './foo/EchoReply.ts';
import type { EchoRequest as _foo_EchoRequest, EchoRequest__Output as _foo_EchoRequest__Output } from './foo/EchoRequest.ts';
import type { FooClient as _foo_FooClient, FooDefinition as _foo_FooDefinition } from './foo/Foo.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  foo: {
    EchoReply: MessageTypeDefinition<_foo_EchoReply, _foo_EchoReply__Output>
    EchoRequest: MessageTypeDefinition<_foo_EchoRequest, _foo_EchoRequest__Output>
    Foo: SubtypeConstructor<typeof grpc.Client, _foo_FooClient> & { service: _foo_FooDefinition }
  }
}

