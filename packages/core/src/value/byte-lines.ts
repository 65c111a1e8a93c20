/** The lines of a file, without their newlines, and what follows the last newline: in a whole file, nothing. */
export interface ByteLines {
  readonly lines: readonly Uint8Array[];
  readonly rest: Uint8Array;
}

const newline = 0x0a;

/** Cuts bytes, not text: what is not UTF-8 must be seen, not replaced on the way. */
export function byteLines(bytes: Uint8Array): ByteLines {
  const lines: Uint8Array[] = [];
  let from = 0;
  for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, from)) {
    lines.push(bytes.subarray(from, end));
    from = end + 1;
  }
  return { lines, rest: bytes.subarray(from) };
}
