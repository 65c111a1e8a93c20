/** One frame is one line. A longer one is not read to its end. */
export const frameBytesMax = 4_194_304;

const newline = 0x0a;

export interface FrameReader {
  /** Takes what came, and calls back for each whole line. */
  push(chunk: Uint8Array): void;
}

/** Cuts a stream of bytes into lines, and holds at most one of them. */
export function frameReader(heard: {
  readonly frame: (text: string) => void;
  readonly tooLong: () => void;
}): FrameReader {
  let parts: Uint8Array[] = [];
  let length = 0;
  let over = false;
  return {
    push(chunk) {
      let from = 0;
      while (!over) {
        const end = chunk.indexOf(newline, from);
        const part = chunk.subarray(from, end < 0 ? undefined : end);
        length += part.length;
        parts.push(part);
        if (length > frameBytesMax) {
          over = true;
          parts = [];
          heard.tooLong();
        }
        if (end < 0 || over) return;
        const text = Buffer.concat(parts).toString("utf8");
        parts = [];
        length = 0;
        from = end + 1;
        heard.frame(text);
      }
    },
  };
}
