// Original file: proto/foo.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { EchoReply as _foo_EchoReply, EchoReply__Output as _foo_EchoReply__Output } from '../foo/EchoReply.ts';
import type { EchoRequest as _foo_EchoRequest, EchoRequest__Output as _foo_EchoRequest__Output } from '../foo/EchoRequest.ts';

export interface FooClient extends grpc.Client {
  echo(argument: _foo_EchoRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_foo_EchoReply__Output>): grpc.ClientUnaryCall;
  echo(argument: _foo_EchoRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_foo_EchoReply__Output>): grpc.ClientUnaryCall;
  echo(argument: _foo_EchoRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_foo_EchoReply__Output>): grpc.ClientUnaryCall;
  echo(argument: _foo_EchoRequest, callback: grpc.requestCallback<_foo_EchoReply__Output>): grpc.ClientUnaryCall;
  
}

export interface FooHandlers extends grpc.UntypedServiceImplementation {
  echo: grpc.handleUnaryCall<_foo_EchoRequest__Output, _foo_EchoReply>;
  
}

export interface FooDefinition extends grpc.ServiceDefinition {
  echo: MethodDefinition<_foo_EchoRequest, _foo_EchoReply, _foo_EchoRequest__Output, _foo_EchoReply__Output>
}
