import { parseUrl } from '../../azure/organization-urls';
import { attachmentIdOf } from '../../azure/work-item';
import type { AttachedFile } from '../model/attached-file';

/** Command that copies the images of another organization. A page cannot: it has no token for that one. */
export interface RehomeOffer {
  /** Base URL of the other organization, or its host alone for a server. */
  readonly from: string;
  readonly command: string;
}

/** Addresses that a shell takes as they are. */
const PLAIN_ADDRESS = /^https:\/\/[\w.:-]+\/[\w.-]*$/;

/** Returns the commands for images that are attachments of other organizations, one for each organization. */
export function rehomeOffers(workItemId: number, files: readonly AttachedFile[]): readonly RehomeOffer[] {
  const bases = files
    .filter(({ kind, inText }) => kind === 'image' && inText?.place === 'elsewhere')
    .flatMap(({ reference }) => baseOf(reference.url) ?? []);
  return [...new Set(bases)].map((from) => ({
    from,
    command: `stapler rehome ${workItemId} --from ${from} --from-token-env OTHER_TOKEN`,
  }));
}

function baseOf(address: string): string | undefined {
  const url = attachmentIdOf(address) === undefined ? undefined : parseUrl(address);
  if (!url) return undefined;
  const base =
    url.host === 'dev.azure.com' ? `${url.origin}/${url.pathname.split('/')[1] ?? ''}` : `${url.origin}/`;
  return PLAIN_ADDRESS.test(base) ? base : undefined;
}
