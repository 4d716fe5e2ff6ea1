/**
 * The tag of a variant that this version does not know. At run time it is a text like any other
 * tag; to the compiler it differs from all of them, so that comparing with a known one leaves
 * that variant alone.
 */
export declare enum UnknownTag {
  _ = "",
}

/** A variant from the future: told by its tag, the rest is up to you. */
export type UnknownVariant<Tag extends string> = { readonly [Name in Tag]: UnknownTag } & {
  readonly [member: string]: unknown;
};
