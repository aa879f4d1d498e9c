/** Package `stapler-cli`: files of work items of Azure DevOps, for programs in Node. */
export { CancelledError, StaplerError } from '../../base/errors';
export type { ProblemKind } from '../../base/errors';
export { ExportFolderError } from '../../engine/export/export-folder';
export type { ExportFault, Verification, VerifyOptions } from '../../engine/export/verify-export';
export { FolderInUseError } from '../../upload/recovery/journal/folder-lock';
export { attach, plan } from './api/attach';
export type {
  AttachedRow,
  AttachOptions,
  AttachOrder,
  AttachProgress,
  AttachResult,
  FileToAttach,
  UnmatchedFile,
  UnreadPolicy,
} from './api/attach';
export type { Attachment } from './api/attachment';
export type { CheckedFile, FoundSecret } from './api/checked-file';
export { connect } from './api/connection';
export type { Connection, ConnectOptions } from './api/connection';
export { exportItems as export, verify } from './api/export';
export type { ExportedFile, ExportOptions, ExportOrder, ExportTotals } from './api/export';
export type { Failure } from './api/failure';
export { history, restore } from './api/history';
export type {
  HistoryOptions,
  HistoryOrder,
  HistoryResult,
  RestoredFile,
  RestoreOptions,
  RestoreOrder,
  RestoreResult,
  WorkItemFacts,
} from './api/history';
export { download, list } from './api/list';
export type {
  DownloadedFile,
  DownloadOptions,
  DownloadOrder,
  ListedWorkItem,
  ListOptions,
  ListOrder,
  ListResult,
} from './api/list';
export type { FileEvent } from './history/file-events';
