/** A text of the form `secret://NAME`: the name of a value that is in no file of ours. */
const REFERENCE = /secret:\/\/(\w*)/g;

/** The names that a text refers to, each once. Empty: it refers to something that is no name. */
export const secretNamesIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(REFERENCE)].map(([, name = ""]) => name)),
];

/** The text with each reference replaced by what it refers to. */
export const withSecrets = (text: string, valueOf: (name: string) => string): string =>
  text.replaceAll(REFERENCE, (_, name: string) => valueOf(name));
