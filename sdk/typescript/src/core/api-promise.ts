/** A result with the answer that it came in. */
export interface Answer<T> {
  data: T;
  /** Status and headers; the body is read already. */
  response: Response;
  requestId: string | undefined;
}

/** The promise of a call's result, which can also tell the answer that it came in. */
export class APIPromise<T> extends Promise<T> {
  readonly #answer: Promise<Answer<T>>;

  constructor(answer: Promise<Answer<T>>) {
    super((resolve, reject) => {
      answer.then(({ data }) => resolve(data), reject);
    });
    this.#answer = answer;
  }

  /** What `then` makes is an ordinary promise. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  /** The result with status, headers and request id. */
  withResponse(): Promise<Answer<T>> {
    // Whoever asks this way hears of a failure this way.
    this.catch(() => undefined);
    return this.#answer;
  }
}
