import { extensionOf, kindOf } from '../model/file-kind';
import type { Viewer } from './viewer';
import './viewers.css';

/** Tables that are text. */
const SEPARATED_VALUES: readonly string[] = ['csv', 'tsv', 'tab'];

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
    case 'markdown':
      return loadMarkdownViewer;
    case 'json':
      return loadJsonViewer;
    case 'table':
      return SEPARATED_VALUES.includes(extensionOf(name)) ? loadTableViewer : undefined;
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

async function loadMarkdownViewer(): Promise<Viewer> {
  return (await import(/* webpackChunkName: "view-markdown" */ './markdown/markdown-viewer')).MarkdownViewer;
}

async function loadJsonViewer(): Promise<Viewer> {
  return (await import(/* webpackChunkName: "view-json" */ './json/json-viewer')).JsonViewer;
}

async function loadTableViewer(): Promise<Viewer> {
  return (await import(/* webpackChunkName: "view-table" */ './table/table-viewer')).TableViewer;
}
