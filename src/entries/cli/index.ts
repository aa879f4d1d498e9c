/** Entry of the package `stapler-cli`: the program and the engine. */
export { main } from './main';
export { connect } from '../../engine/connect';
export type { ConnectOptions, EngineConnection } from '../../engine/connect';
export { credentialOf } from '../../engine/credential';
export type { Credential } from '../../engine/credential';
export { attach, planAttach } from '../../engine/attach/attach';
export type {
  AttachOptions,
  AttachOrder,
  AttachPlan,
  AttachResult,
  OnDuplicate,
} from '../../engine/attach/attach';
export { history } from '../../engine/history/read-history';
export type { HistoryOptions, ItemHistory } from '../../engine/history/read-history';
export { restore } from '../../engine/history/restore';
export type { RestoreOptions, RestoreOrder, RestoreResult, RestoreRow } from '../../engine/history/restore';
export { insert } from '../../engine/texts/insert';
export type { InsertOptions, InsertOrder, InsertResult, InsertRow } from '../../engine/texts/insert';
export { createOtherNetwork } from '../../engine/network';
export { createOtherOrganization } from '../../engine/texts/other-organization';
export type { OtherOrganization, OtherOrganizationOptions } from '../../engine/texts/other-organization';
export { rehome } from '../../engine/texts/rehome';
export type { RehomedImage, RehomedItem, RehomeOptions, RehomeOrder } from '../../engine/texts/rehome';
export { doctor } from '../../engine/doctor/doctor';
export type { DoctorOptions, DoctorOrder, DoctorReport } from '../../engine/doctor/doctor';
export { downloadFiles as download, readAttachedFiles } from '../../engine/download/download-files';
export type { DownloadOptions, DownloadResult } from '../../engine/download/download-files';
export { exportItems } from '../../engine/export/export-items';
export type { ExportOptions, ExportProgress, ExportResult } from '../../engine/export/export-items';
export { exportZip } from '../../engine/export/export-zip';
export type { ExportOrder, Since } from '../../engine/export/plan-files';
export { verifyExport } from '../../engine/export/verify-export';
export type { ExportFault, Verification, VerifyOptions } from '../../engine/export/verify-export';
