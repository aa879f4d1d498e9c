import { t } from '../i18n/translate';
import type { ProblemKind } from '../model/errors';

const NAMES: Readonly<Record<ProblemKind, () => string>> = {
  network: () => t('network'),
  timeout: () => t('timeout'),
  'signed-out': () => t('signed out'),
  'no-permission': () => t('no permission'),
  'work-item-missing': () => t('work item missing'),
  'work-item-closed': () => t('work item closed'),
  'file-too-large': () => t('file too large'),
  'request-too-large': () => t('request too large'),
  'file-unreadable': () => t('file unreadable'),
  'folder-unreadable': () => t('folder unreadable'),
  'folder-empty': () => t('folder empty'),
  'attachment-limit': () => t('attachment limit'),
  'link-limit': () => t('link limit'),
  'revision-limit': () => t('revision limit'),
  'already-linked': () => t('already linked'),
  'comment-too-long': () => t('comment too long'),
  'not-attached': () => t('not attached'),
  conflict: () => t('conflict'),
  'rule-broken': () => t('rule broken'),
  throttled: () => t('throttled'),
  'server-busy': () => t('server busy'),
  'version-too-new': () => t('version too new'),
  refused: () => t('refused'),
  'unexpected-answer': () => t('unexpected answer'),
  'content-damaged': () => t('content damaged'),
  'link-lost': () => t('link lost'),
  'host-silent': () => t('host silent'),
  internal: () => t('internal'),
};

/** What went wrong in a word or two, for several files that have it in common. */
export function nameProblem(kind: ProblemKind): string {
  return NAMES[kind]();
}
