/** Entry of the package `stapler-cli`: the program and the engine. */
export { main } from './main';
export { attach, planAttach } from '../../engine/attach/attach';
export type {
  AttachOptions,
  AttachOrder,
  AttachPlan,
  AttachResult,
  OnDuplicate,
} from '../../engine/attach/attach';
