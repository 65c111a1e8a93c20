/** The arguments of the call of `omnibase` in a line of shell, as the shell would hand them over. */
export function wordsIn(line: string): readonly string[] {
  const call = /(?:^|[|;&] *)omnibase((?: +(?:"[^"]*"|'[^']*'|[^\s"'|<>;&])+)*)/.exec(line)?.[1] ?? "";
  return [...call.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) =>
    word.replaceAll(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ""),
  );
}
