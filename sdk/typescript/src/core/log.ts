import { variable } from "./environment.js";

export type LogLevel = "off" | "error" | "warn" | "info" | "debug";

/** `console` is one. */
export interface Logger {
  error(message: string): void;
  warn(message: string): void;
  info(message: string): void;
  debug(message: string): void;
}

const LEVELS: readonly LogLevel[] = ["off", "error", "warn", "info", "debug"];

/**
 * Lets through what the level allows. Only methods, paths, statuses, times and request ids ever
 * get here: no header, no query, no body.
 */
export class Log {
  readonly #logger: Logger;
  readonly #level: number;

  constructor(logger: Logger | undefined, level: LogLevel | undefined) {
    this.#logger = logger ?? console;
    this.#level = LEVELS.indexOf(level ?? (variable("TINTYPE_LOG")?.toLowerCase() as LogLevel));
  }

  info(message: string): void {
    if (this.#level >= LEVELS.indexOf("info")) {
      this.#logger.info(`tintype: ${message}`);
    }
  }

  debug(message: string): void {
    if (this.#level >= LEVELS.indexOf("debug")) {
      this.#logger.debug(`tintype: ${message}`);
    }
  }
}
