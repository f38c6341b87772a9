// Original file: proto/foo.proto


export interface EchoRequest {
  'name'?: (string);
}

export interface EchoRequest__Output {
  'name': (string);
}
