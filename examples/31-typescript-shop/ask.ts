import { createClient } from "@omnibase/sdk";
import { refund } from "./contracts/refund.ts";

/** Asks for a refund, and waits until somebody has decided. */
export async function askForRefund(url: string, order: string, cents: number): Promise<number | undefined> {
  const client = createClient({ url, namespace: "shop" });
  const execution = await client.start(refund, { order, cents }, { key: `refund ${order}` });
  for await (const { type } of execution.events()) console.log(type);
  const result = await execution.result();
  return result.outcome === "REFUNDED" ? result.outputs.cents : undefined;
}
