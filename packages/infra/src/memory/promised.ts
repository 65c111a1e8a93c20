/** What throws becomes a rejection, as a caller of a promise expects. */
export async function promised<T>(work: () => T): Promise<T> {
  await Promise.resolve();
  return work();
}
