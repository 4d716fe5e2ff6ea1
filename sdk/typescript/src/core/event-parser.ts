/** An event before its data is read as JSON. */
export interface RawEvent {
  event: string;
  id: string;
  data: string;
}

/** Reads `text/event-stream` as the HTML standard has it, in pieces that may end anywhere. */
export class EventParser {
  /** The id of the last event that was complete: where to take the stream up again. */
  lastEventId: string;
  /** How many milliseconds the server wants to be left alone after a cut. */
  retry: number | undefined;

  /** Skips a byte order mark, and keeps the first bytes of a character until the others come. */
  readonly #decoder = new TextDecoder();
  #line = "";
  #afterCR = false;
  #event = "";
  #data: string[] = [];
  #id: string;

  constructor(lastEventId = "") {
    this.lastEventId = lastEventId;
    this.#id = lastEventId;
  }

  /** The events that are complete with this piece. */
  *feed(piece: Uint8Array): Generator<RawEvent, void, undefined> {
    let text = this.#decoder.decode(piece, { stream: true });
    // CR ends a line, and so does CR LF, whose LF may come with the next piece.
    if (this.#afterCR && text.startsWith("\n")) {
      text = text.slice(1);
      this.#afterCR = false;
    }
    if (text !== "") {
      this.#afterCR = text.endsWith("\r");
    }
    const lines = (this.#line + text).split(/\r\n|\r|\n/);
    this.#line = lines.pop() ?? "";
    for (const line of lines) {
      if (line !== "") {
        this.#field(line);
        continue;
      }
      const event = this.#dispatch();
      if (event !== undefined) {
        yield event;
      }
    }
  }

  #field(line: string): void {
    const [, name, value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (name === "event") {
      this.#event = value;
    } else if (name === "data") {
      this.#data.push(value);
    } else if (name === "id" && !value.includes("\0")) {
      this.#id = value;
    } else if (name === "retry" && /^\d+$/.test(value)) {
      this.retry = Number(value);
    }
    // Anything else means nothing, and a line that begins with a colon is a heartbeat.
  }

  #dispatch(): RawEvent | undefined {
    const event = { event: this.#event || "message", id: this.#id, data: this.#data.join("\n") };
    const empty = this.#data.length === 0;
    this.lastEventId = this.#id;
    this.#event = "";
    this.#data = [];
    return empty ? undefined : event;
  }
}
