import { kindOf } from '../../base/file-kind';

/**
 * Draws a file, apart from videos. Runs in a worker, and without PDF on a page.
 *
 * @throws Error if the file has no thumbnail.
 */
export async function drawThumbnail(bytes: Blob, name: string, signal: AbortSignal): Promise<Blob> {
  switch (kindOf(name)) {
    case 'image':
      return (await import(/* webpackChunkName: "thumbnail-picture" */ './draw-picture')).drawPicture(bytes);
    case 'text':
    case 'markdown':
    case 'json':
      return (await import(/* webpackChunkName: "thumbnail-text" */ './draw-text')).drawText(bytes, name);
    case 'table':
      return (await import(/* webpackChunkName: "thumbnail-table" */ './draw-table')).drawTable(bytes, name);
    case 'archive':
      return (await import(/* webpackChunkName: "thumbnail-archive" */ './draw-archive')).drawArchive(
        bytes,
        signal,
      );
    case 'pdf':
      return (await import(/* webpackChunkName: "thumbnail-pdf" */ './draw-pdf')).drawPdf(bytes, signal);
    case 'video':
    case 'audio':
    case 'document':
    case 'email':
    case 'other':
      throw new Error('Files of this kind have no thumbnail.');
  }
}
