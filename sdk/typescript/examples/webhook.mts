// Receives webhooks, and refuses what is not from Tintype.
//
//   TINTYPE_WEBHOOK_SECRET=whsec_… PORT=3000 node examples/webhook.mts

import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";

import { Webhook, WebhookVerificationError } from "tintype";

const secret = process.env["TINTYPE_WEBHOOK_SECRET"];
if (secret === undefined) {
  console.error("set TINTYPE_WEBHOOK_SECRET");
  process.exit(2);
}
const webhook = new Webhook(secret);

/** An event may come more than once. A database remembers them better. */
const seen = new Set<string>();

async function raw(request: IncomingMessage): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  for await (const piece of request) {
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces);
}

const server = createServer((request, response) => {
  void (async () => {
    try {
      const event = await webhook.verify(await raw(request), request.headers);
      const id = String(request.headers["webhook-id"]);
      if (!seen.has(id)) {
        seen.add(id);
        console.log(id, event.type);
      }
      response.writeHead(204).end();
    } catch (error) {
      // Anything but success makes Tintype try again later.
      const refused = error instanceof WebhookVerificationError;
      response.writeHead(refused ? 400 : 500).end(refused ? error.message : undefined);
    }
  })();
});

server.listen(Number(process.env["PORT"] ?? 3000), () => {
  console.log("listening on", server.address());
});
