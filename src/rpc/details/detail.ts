/**
 * What an error says beyond its code and its message, for programs to act on: the standard details
 * of gRPC (`google.rpc`, error_details.proto).
 *
 * ```ts
 * throw new RpcError("INVALID_ARGUMENT", "the name is empty", {
 *   details: [{
 *     type: "BadRequest",
 *     fieldViolations: [{ field: "name", description: "must not be empty" }],
 *   }],
 * });
 * ```
 *
 * `codec.ts` turns them into bytes and back.
 *
 * @module
 */

/** Which fields of the request are wrong, and why. */
export interface BadRequest {
  readonly type: "BadRequest";
  /** `field` is a path such as `person.emails[1]`. */
  readonly fieldViolations: readonly { readonly field: string; readonly description: string }[];
}

/** When it makes sense to try again. */
export interface RetryInfo {
  readonly type: "RetryInfo";
  /** Milliseconds to wait before the next attempt; fractions are kept. */
  readonly retryDelayMs: number;
}

/** The cause, for programs: a constant such as `STOCKOUT` that is unique within a domain. */
export interface ErrorInfo {
  readonly type: "ErrorInfo";
  readonly reason: string;
  /** Who defines the reason, such as `pubsub.example.com`. */
  readonly domain: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Which quotas were used up. */
export interface QuotaFailure {
  readonly type: "QuotaFailure";
  readonly violations: readonly { readonly subject: string; readonly description: string }[];
}

/** Which conditions did not hold. */
export interface PreconditionFailure {
  readonly type: "PreconditionFailure";
  readonly violations: readonly {
    readonly type: string;
    readonly subject: string;
    readonly description: string;
  }[];
}

/** Which resource the error is about. */
export interface ResourceInfo {
  readonly type: "ResourceInfo";
  readonly resourceType: string;
  readonly resourceName: string;
  readonly owner: string;
  readonly description: string;
}

/** Where a person finds out more. */
export interface Help {
  readonly type: "Help";
  readonly links: readonly { readonly description: string; readonly url: string }[];
}

/** The error in the words of the user's language. */
export interface LocalizedMessage {
  readonly type: "LocalizedMessage";
  /** A BCP 47 tag, such as `de-CH`. */
  readonly locale: string;
  readonly message: string;
}

/** What a developer of the service wants to know. It tells of the inside: not for strangers. */
export interface DebugInfo {
  readonly type: "DebugInfo";
  readonly stackEntries: readonly string[];
  readonly detail: string;
}

/** What names the request in a report to the service's owner. */
export interface RequestInfo {
  readonly type: "RequestInfo";
  readonly requestId: string;
  /** What the owner needs to find it; meant for them alone. */
  readonly servingData: string;
}

/** A detail of another type, or one that does not decode: the bytes as they came. */
export interface UnknownDetail {
  readonly type?: undefined;
  /** `type.googleapis.com/package.Message` */
  readonly typeUrl: string;
  readonly value: Uint8Array;
}

/** A detail of a type known here; `type` tells which. */
export type KnownDetail =
  | BadRequest
  | RetryInfo
  | ErrorInfo
  | QuotaFailure
  | PreconditionFailure
  | ResourceInfo
  | Help
  | LocalizedMessage
  | DebugInfo
  | RequestInfo;

/** A detail of an error. */
export type ErrorDetail = KnownDetail | UnknownDetail;
