// Original file: proto/foo.proto


export interface EchoReply {
  'message'?: (string);
}

export interface EchoReply__Output {
  'message': (string);
}
