/** What we need of the platform beyond the web's own APIs, if it is there. */
interface Platform {
  process?: {
    env?: Record<string, string | undefined>;
    versions?: { node?: string };
    getBuiltinModule?: (name: string) => unknown;
  };
  document?: unknown;
}

const platform = globalThis as Platform;

/** An environment variable; empty is unset. */
export function variable(name: string): string | undefined {
  return platform.process?.env?.[name]?.trim() || undefined;
}

/** Browsers choose the user agent themselves. */
export const isBrowser = platform.document !== undefined;

/** Node, or something that takes itself for it. */
export const isNode = platform.process?.versions?.node !== undefined;

/**
 * A module of Node (or Deno, or Bun) at run time. An `import` would make bundlers for browsers
 * stumble.
 */
export function builtin<T>(name: string): T {
  const found = platform.process?.getBuiltinModule?.(name);
  if (found === undefined) {
    throw new Error(`${name} is not available on this platform`);
  }
  return found as T;
}
