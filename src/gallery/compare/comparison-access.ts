import type { GallerySession } from '../gallery-session';

/** Access of a comparison to the bytes of its files. */
export type ComparisonAccess = Pick<GallerySession, 'readBytes' | 'runTask' | 'download'>;
