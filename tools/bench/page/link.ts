import { sendRaw } from './raw-request';

/** Attachment to link. */
export interface Linkable {
  readonly url: string;
  readonly name: string;
  readonly size: number;
}

/** Links attachments to a work item in one patch, for contestants without work items. */
export async function link(
  baseUrl: string,
  workItemId: number,
  attachments: readonly Linkable[],
): Promise<void> {
  const operations = attachments.map(({ url, name, size }) => ({
    op: 'add',
    path: '/relations/-',
    value: { rel: 'AttachedFile', url, attributes: { name, comment: '', resourceSize: size } },
  }));
  await sendRaw({
    method: 'PATCH',
    url: `${baseUrl}_apis/wit/workitems/${workItemId}?api-version=7.1`,
    contentType: 'application/json-patch+json',
    body: JSON.stringify(operations),
  });
}

/** Upload address of a file; without a name, all files share one. */
export function uploadUrl(baseUrl: string, fileName?: string): string {
  const named = fileName === undefined ? '' : `fileName=${encodeURIComponent(fileName)}&`;
  return `${baseUrl}_apis/wit/attachments?${named}uploadType=simple&api-version=7.1`;
}
