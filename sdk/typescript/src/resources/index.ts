// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

export { ModelsResource } from "./models.js";
export { GenerationsResource } from "./generations.js";
export type { GenerationsListParams } from "./generations.js";
export { FilesResource } from "./files.js";
export type { FilesContentParams } from "./files.js";
export { CreditsResource } from "./credits.js";
export type { CreditsGrantsParams } from "./credits.js";
export type { CreditsLedgerParams } from "./credits.js";
export { OffersResource } from "./offers.js";
export type { OffersListParams } from "./offers.js";
export { PurchasesResource } from "./purchases.js";
export type { PurchasesListParams } from "./purchases.js";
export { KeysResource } from "./keys.js";
export type { KeysListParams } from "./keys.js";
export { AuthResource } from "./auth.js";
export { AccountResource } from "./account.js";
export { DataRightsResource } from "./data-rights.js";
export type { DataRightsListParams } from "./data-rights.js";
export type { DataRightsArchiveParams } from "./data-rights.js";
export type { DataRightsReceiptParams } from "./data-rights.js";
export { SandboxResource } from "./sandbox.js";
export type { SandboxOutboxParams } from "./sandbox.js";
