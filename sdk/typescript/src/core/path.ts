import { TintypeError } from "./errors.js";

/** A path with its parameters encoded: path`/v1/files/${id}`. */
export function path(texts: TemplateStringsArray, ...parameters: string[]): string {
  return texts.reduce((path, text, index) => path + segment(parameters[index - 1]) + text);
}

/** An empty or dotted segment would name another resource. */
function segment(parameter: string | undefined): string {
  if (typeof parameter !== "string" || parameter === "" || parameter === "." || parameter === "..") {
    throw new TintypeError(`not an id: ${JSON.stringify(parameter)}`);
  }
  return encodeURIComponent(parameter);
}
