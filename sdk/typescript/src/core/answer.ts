import { TintypeError } from "./errors.js";
import type { Failure } from "./errors.js";
import type { Problem } from "../types.js";

/** The body of an answer, which is JSON or empty. */
export async function json<T>(response: Response): Promise<T> {
  const text = await response.text();
  try {
    return (text === "" ? undefined : JSON.parse(text)) as T;
  } catch (error) {
    throw new TintypeError("the answer is not JSON: is baseURL right?", { cause: error });
  }
}

/** What an answer without success says. */
export async function failure(response: Response): Promise<Failure> {
  const { status, headers } = response;
  const text = await response.text().catch(() => "");
  return { status, headers, problem: problemOf(text) };
}

/** Something between us and the server may answer in its own words. */
function problemOf(text: string): Partial<Problem> | undefined {
  try {
    const body = JSON.parse(text) as Partial<Problem> | null;
    return typeof body?.code === "string" ? body : undefined;
  } catch {
    return undefined;
  }
}
