import type { Transport } from "./transport.js";

/** A part of the API, such as `tintype.generations`. */
export class Resource {
  protected readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }
}
