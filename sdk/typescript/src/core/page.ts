import { APIPromise } from "./api-promise.js";
import type { Answer } from "./api-promise.js";
import { TintypeError } from "./errors.js";

/** A page of a list as the API answers it. */
export interface PageBody<T> {
  data: T[];
  has_more: boolean;
  next_cursor: string | null;
}

/** A page of a list. Iterate over it to get its items and those of all pages after it. */
export class Page<T> implements AsyncIterable<T> {
  readonly data: T[];
  readonly has_more: boolean;
  readonly next_cursor: string | null;
  readonly #fetch: (cursor: string) => PagePromise<T>;

  constructor(body: PageBody<T>, fetch: (cursor: string) => PagePromise<T>) {
    this.data = body.data;
    this.has_more = body.has_more;
    this.next_cursor = body.next_cursor;
    this.#fetch = fetch;
  }

  hasNextPage(): boolean {
    return this.next_cursor !== null;
  }

  nextPage(): PagePromise<T> {
    if (this.next_cursor === null) {
      throw new TintypeError("this is the last page: ask hasNextPage() first");
    }
    return this.#fetch(this.next_cursor);
  }

  /** This page and all after it. */
  async *pages(): AsyncGenerator<Page<T>, void, undefined> {
    let page: Page<T> = this;
    yield page;
    while (page.hasNextPage()) {
      page = await page.nextPage();
      yield page;
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for await (const page of this.pages()) {
      yield* page.data;
    }
  }
}

/** Await it for one page, or iterate over it for all items: `for await (const item of …)`. */
export class PagePromise<T> extends APIPromise<Page<T>> implements AsyncIterable<T> {
  constructor(answer: Promise<Answer<Page<T>>>) {
    super(answer);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    yield* await this;
  }

  /** The pages one after another. */
  async *pages(): AsyncGenerator<Page<T>, void, undefined> {
    yield* (await this).pages();
  }
}
