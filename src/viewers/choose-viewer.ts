import { kindOf } from '../model/file-kind';
import type { Viewer } from './viewer';
import './viewers.css';

/**
 * Loads the viewer for a file of this name; `undefined` where there is none. Nothing of a viewer is loaded before it
 * is needed.
 */
export function chooseViewer(name: string): (() => Promise<Viewer>) | undefined {
  switch (kindOf(name)) {
    case 'image':
      return loadImageViewer;
    case 'text':
      return loadTextViewer;
    default:
      return undefined;
  }
}

async function loadImageViewer(): Promise<Viewer> {
  return (await import(/* webpackChunkName: "view-image" */ './image/image-viewer')).ImageViewer;
}

async function loadTextViewer(): Promise<Viewer> {
  return (await import(/* webpackChunkName: "view-text" */ './text/text-viewer')).TextViewer;
}
