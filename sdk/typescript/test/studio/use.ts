// How the parts of a client that Tintype's document does not need yet look to who uses them. Only
// compiled.

import { Tintype, Webhook } from "./index.js";
import type { Happening, WebhookEvent } from "./index.js";

const studio = new Tintype();

export async function upload(file: File): Promise<string> {
  await studio.films.upload({ file: { name: "film.webm", stream: () => file.stream() } });
  const { data, requestId } = await studio.films.upload({ file, title: null }).withResponse();
  return `${data.id} ${requestId}`;
}

export async function watch(id: string): Promise<void> {
  for await (const { id: last, data } of studio.films.events(id, { lastEventId: "41" })) {
    console.log(last, told(data));
  }
}

/** Comparing the tag tells variants apart, also from those of the future. */
function told(happening: Happening): string | null {
  switch (happening.type) {
    case "moved":
      return happening.to;
    case "spoke":
      return happening.text;
    default: {
      const type: string = happening.type;
      const more: unknown = happening["more"];
      return `${type}: ${String(more)}`;
    }
  }
}

export async function receive(request: Request): Promise<string> {
  const webhook = new Webhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  const event: WebhookEvent = await webhook.verify(await request.text(), request.headers);
  return event.type === "film.ended" ? event.price : String(event["data"]);
}
