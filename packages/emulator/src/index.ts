/** Entry of the package: starts an emulator and names the types of its parts. */
export * from './contract';
export { startEmulator } from './emulator';
export type { Emulator } from './running-emulator';
export { savedQueries } from './saved-queries';
export { ApiError } from './rest/api-error';
export { assume } from './rest/assumptions';
export type { Exchange } from './rest/exchanges';
export { jamal, project } from './rest/fabrikam';
export { linksFirst, linkTo, linkTypeNamed } from './rest/link-types';
export type { CostKind, RateLimit } from './rest/rate-limit';
export { attachmentRelation } from './rest/relation-values';
export { scenarioNamed } from './rest/scenarios';
export type { Store } from './rest/store';
export { attachedFile, attachmentIdIn, workItemIdIn, type Fields, type Relation } from './rest/work-item';
