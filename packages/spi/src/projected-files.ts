/**
 * The readable files that show our own stores, at the paths that artifacts declare.
 *
 * 1. Paths are relative to the data root and never leave it.
 * 2. `write` replaces the whole file or leaves the old one: a reader sees one of the two.
 * 3. `list` names ordinary files that end so, in order; none of them is the store's own, and none a link.
 */
export interface ProjectedFiles {
  read(file: string): Promise<string | undefined>;
  write(file: string, text: string): Promise<void>;
  list(ending: string): Promise<readonly string[]>;
}
