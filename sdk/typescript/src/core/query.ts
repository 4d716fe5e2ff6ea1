/** `?a=1&b=2`, or nothing. Lists are repeated, dates are RFC 3339, what is undefined is left out. */
export function query(parameters: object): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters) as [string, unknown][]) {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (one !== undefined && one !== null) {
        search.append(name, one instanceof Date ? one.toISOString() : String(one));
      }
    }
  }
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}
