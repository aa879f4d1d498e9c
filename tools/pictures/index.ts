import { BULK, showPlan } from './bulk';
import { FILM, FORM, showInterrupted, showUploads } from './form';
import { GALLERY, showGallery, showPreview } from './gallery';
import { HUB } from './hub';
import type { Picture } from './scene';
import { LIGHT } from './scene';
import { SETTINGS } from './settings';

export type { Film, Picture, Scene } from './scene';
export { FILM };

/** Those of README and docs. */
export const PICTURES: readonly Picture[] = [...FORM, ...GALLERY, ...BULK, ...HUB, ...SETTINGS];

/** Those of the marketplace, each a whole page (`static/overview.md`, `vss-extension.json`). */
export const LISTING: readonly Picture[] = [
  { name: 'attach', themes: LIGHT, show: showUploads },
  { name: 'many-work-items', themes: LIGHT, show: showPlan },
  { name: 'gallery', themes: LIGHT, show: showGallery },
  { name: 'preview', themes: LIGHT, show: showPreview },
  { name: 'interrupted', themes: LIGHT, show: showInterrupted },
];
