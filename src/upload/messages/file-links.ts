import { t } from '../../base/i18n/translate';
import type { LinkPlace } from '../file-links/file-address';

/** Names of products, which are not translated. */
const PLACES: Readonly<Record<LinkPlace, string>> = {
  sharepoint: 'SharePoint',
  onedrive: 'OneDrive',
  blob: 'Azure Blob Storage',
  repos: 'Azure Repos',
  artifacts: 'Azure Artifacts',
  other: '',
};

/** Name of the service; empty if it is unknown. */
export function describeLinkPlace(place: LinkPlace): string {
  return PLACES[place];
}

/** Warns about an address that grants access by itself. */
export function describeSecretLink(): string {
  return t('Anyone who can see this work item can use this link.');
}
