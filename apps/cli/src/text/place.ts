import { isAbsolute, join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";

/** From where files are named, and where the tool stands that will open them. */
export interface Standing {
  /** What the files of problems are relative to; absent: the folder of the call. */
  readonly base: string | undefined;
  readonly cwd: string;
}

/** The path of a problem's file as seen from the call, with slashes. What belongs to no project stays as it is. */
export function pathFromCall(file: string, { base = "", cwd }: Standing): string {
  if (base === "" || file.startsWith("std:")) return file;
  return relative(cwd, join(base, file)).split(sep).join("/");
}

/** The same as a URI: relative where the file is below, else absolute, because `..` has no place in a report. */
export function uriFromCall(file: string, standing: Standing): string {
  const path = pathFromCall(file, standing);
  const outside = path.startsWith("../") || isAbsolute(path);
  if (outside) return pathToFileURL(join(standing.cwd, path)).href;
  return path.split("/").map(encodeURIComponent).join("/");
}
