import { ConnectionError, TimeoutError, TintypeError } from "./errors.js";
import { EventParser } from "./event-parser.js";
import type { RawEvent } from "./event-parser.js";
import { backoff } from "./retry.js";

/** An event of a stream. */
export interface StreamEvent<T> {
  /** What kind of event it is: `message` unless the server says. */
  event: string;
  /** Where to take the stream up again: give it as `lastEventId`. Empty if the server gave none. */
  id: string;
  data: T;
}

/** One connection, as far as a stream needs to know it. */
export interface Connection {
  response: Response;
  requestId: string | undefined;
  /** The body's bytes, with errors of ours. */
  pieces: AsyncIterable<Uint8Array>;
}

/** What a stream does by way of the transport. */
export interface Source {
  /** `again`: after a cut, so that the stream itself counts the attempts. */
  open: (lastEventId: string, again: boolean) => Promise<Connection>;
  sleep: (seconds: number) => Promise<void>;
  lastEventId: string;
  /** Whether the server goes on behind `Last-Event-ID`. */
  resumes: boolean;
}

/** How often a stream that was cut is taken up again. */
const RESUMES = 3;

/**
 * Events as the server sends them: `for await (const { data } of stream)`.
 *
 * The request is sent when you begin to iterate, and the connection closed when you stop. A
 * stream that is cut goes on behind the last event, three times at most.
 */
export class EventStream<T> implements AsyncIterable<StreamEvent<T>> {
  /** Status and headers of the latest connection, once there is one. */
  response: Response | undefined;
  requestId: string | undefined;
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<StreamEvent<T>, void, undefined> {
    const { open, sleep, resumes } = this.#source;
    let { lastEventId } = this.#source;
    let retry: number | undefined;
    let connected = false;
    for (let cuts = 0; ; cuts++) {
      const parser = new EventParser(lastEventId);
      try {
        const { response, requestId, pieces } = await open(lastEventId, cuts > 0);
        connected = true;
        this.response = response;
        this.requestId = requestId;
        for await (const piece of pieces) {
          for (const event of parser.feed(piece)) {
            yield parsed(event);
          }
        }
        return;
      } catch (error) {
        const broken = error instanceof ConnectionError || error instanceof TimeoutError;
        if (!broken || !connected || !resumes || cuts >= RESUMES) {
          throw error;
        }
      }
      ({ lastEventId } = parser);
      retry = parser.retry ?? retry;
      await sleep(retry === undefined ? backoff(cuts) : retry / 1000);
    }
  }
}

function parsed<T>({ event, id, data }: RawEvent): StreamEvent<T> {
  try {
    return { event, id, data: JSON.parse(data) as T };
  } catch (error) {
    throw new TintypeError(`the data of the event ${event} is not JSON`, { cause: error });
  }
}
