// A bank that takes the money and hangs up before it says so. `node bank.mjs 8402`
import { createServer } from "node:http";

createServer((request, response) => {
  request.resume().on("end", () => {
    process.stdout.write(`bank: charged ${request.url}\n`);
    response.destroy();
  });
}).listen(Number(process.argv[2] ?? 8402), "127.0.0.1", () => process.stdout.write("bank: open\n"));
