export function libraryTypes(): Promise<ReadonlyMap<string, string>>;
