import { loadModule } from '../../base/load-module';
import type { OpenImage } from '../../upload/over-limit/treatments';

/** Loads the decoder of images. Its code is loaded when an image is over the limit. */
export async function loadOpenImage(): Promise<OpenImage> {
  const { openPicture } = await loadModule(
    () => import(/* webpackChunkName: "open-picture" */ '../../gallery/editor/open-picture'),
  );
  return openPicture;
}
