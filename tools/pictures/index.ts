import { BULK } from './bulk';
import { FORM } from './form';
import { GALLERY } from './gallery';
import { HUB } from './hub';
import { FILM, LISTING } from './listing';
import type { Picture } from './scene';
import { SETTINGS } from './settings';

export type { Film, Picture, Scene } from './scene';
export { FILM, LISTING };

/** Those of README and docs. */
export const PICTURES: readonly Picture[] = [...FORM, ...GALLERY, ...BULK, ...HUB, ...SETTINGS];
