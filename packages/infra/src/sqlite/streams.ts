import type { ExecutionKey } from "@omnibase/spi";

/** What the one writer knows of a stream without asking. */
export interface Stream {
  readonly number: number;
  revision: number;
}

/** Remembers the streams that were used last, so that appending to one of them is one statement. */
export interface Streams {
  get(key: ExecutionKey): Stream | undefined;
  set(key: ExecutionKey, stream: Stream): void;
  delete(key: ExecutionKey): void;
  clear(): void;
}

/** Two generations: when the young one is full, it becomes the old one. Between `size` and twice as many are kept. */
export function streamsUpTo(size: number): Streams {
  let young = new Map<string, Stream>();
  let old = new Map<string, Stream>();
  const keep = (name: string, stream: Stream): void => {
    if (young.size >= size) {
      old = young;
      young = new Map();
    }
    young.set(name, stream);
  };
  return {
    get(key) {
      const name = nameOf(key);
      const stream = young.get(name) ?? old.get(name);
      if (stream !== undefined && !young.has(name)) keep(name, stream);
      return stream;
    },
    set: (key, stream) => keep(nameOf(key), stream),
    delete(key) {
      young.delete(nameOf(key));
      old.delete(nameOf(key));
    },
    clear() {
      young.clear();
      old.clear();
    },
  };
}

/** Two names as one, whatever they hold. */
const nameOf = ({ tenant, execution }: ExecutionKey): string => `${String(tenant.length)} ${tenant}${execution}`;
