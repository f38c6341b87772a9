/** A connection as the transport sees it: `Deno.TcpConn` is one. */
export interface ByteStream {
  /** Reads into `buffer`; null at the end. The buffer is in use until this has settled. */
  read(buffer: Uint8Array): Promise<number | null>;
  /** Writes a part of `bytes`, which are in use until this has settled; returns how much. */
  write(bytes: Uint8Array): Promise<number>;
  /** Says that nothing more will be written. */
  closeWrite(): Promise<void>;
  /** Closes; what is pending then rejects. */
  close(): void;
}
