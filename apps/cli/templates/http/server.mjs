// A shop that knows three prices. `node server.mjs 8787`
import { createServer } from "node:http";

const prices = { tea: 250, coffee: 310, cake: 480 };

createServer((request, response) => {
  const item = request.url?.split("/").at(-1) ?? "";
  const cents = Object.hasOwn(prices, item) ? prices[item] : undefined;
  response.writeHead(cents === undefined ? 404 : 200, { "content-type": "application/json" });
  response.end(JSON.stringify(cents === undefined ? {} : { cents }));
}).listen(Number(process.argv[2] ?? 8787), "127.0.0.1");
