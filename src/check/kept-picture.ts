import { escapeAddress } from '../upload/texts/text-file';
import type { Answer, Api } from './questions/api';
import { KEPT_COMMENT, must, patch, sendUpload, type Reference, type WorkItem } from './questions/requests';

const NAME = 'in-text.png';
const DESCRIPTION = 'System.Description';

/** A picture of one pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGM4ceIEAAS0AlkWLoFAAAAAAElFTkSuQmCC';

/** Uploads a picture and shows it in the description only. Resolves with its id, or `undefined` if that failed. */
export async function keepPicture(api: Api, workItemId: number): Promise<string | undefined> {
  try {
    const bytes = Uint8Array.from(atob(PIXEL), (character) => character.charCodeAt(0));
    const { id, url } = must(await sendUpload(api, NAME, bytes), 'upload a picture') as Reference;
    const image = `<img src="${escapeAddress(url, 'attribute')}" alt="${NAME}">`;
    const value = `<div>${KEPT_COMMENT}</div><div>${image}</div>`;
    const answer = await patch(api, workItemId, [{ op: 'add', path: `/fields/${DESCRIPTION}`, value }]);
    return answer.ok ? id.toLowerCase() : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the description still shows the picture. */
export function showsPicture({ ok, json }: Answer, pictureId: string): boolean {
  const text = ok ? (json as WorkItem).fields[DESCRIPTION] : undefined;
  return typeof text === 'string' && text.toLowerCase().includes(pictureId);
}
