import { extensionOf, kindOf } from '../../base/file-kind';
import {
  canHaveTestResults,
  isPresentation,
  isSeparatedValues,
  isWordDocument,
  isWorkbook,
  isZip,
} from '../model/file-formats';
import type { Viewer } from './viewer';
import './viewers.css';

/** Returns a loader of the viewer for a file name, or `undefined` without a viewer. Each viewer is a lazy chunk. */
export function chooseViewer(name: string): (() => Promise<Viewer>) | undefined {
  switch (kindOf(name)) {
    case 'image':
      return loadImageViewer;
    case 'text':
      return canHaveTestResults(name) ? loadResultsViewer : loadTextViewer;
    case 'markdown':
      return loadMarkdownViewer;
    case 'json':
      if (extensionOf(name) === 'har') return loadHarViewer;
      return extensionOf(name) === 'ipynb' ? loadNotebookViewer : loadJsonViewer;
    case 'video':
    case 'audio':
      return loadMediaViewer;
    case 'email':
      return loadEmailViewer;
    case 'table':
    case 'archive':
    case 'document':
      if (isSeparatedValues(name)) return loadTableViewer;
      if (isWorkbook(name)) return loadWorkbookViewer;
      if (isWordDocument(name)) return loadWordViewer;
      if (isPresentation(name)) return loadSlidesViewer;
      return isZip(name) ? loadArchiveViewer : undefined;
    case 'pdf':
      return loadPdfViewer;
    case 'other':
      return undefined;
  }
}

async function loadImageViewer(): Promise<Viewer> {
  return (await import(/* webpackChunkName: "view-image" */ './image/image-viewer')).ImageViewer;
}

/** Loads the text viewer, also the fallback for files without a viewer of their own. */
export async function loadTextViewer(): Promise<Viewer> {
  return (await import(/* webpackChunkName: "view-text" */ './text/text-viewer')).TextViewer;
}

async function loadMarkdownViewer(): Promise<Viewer> {
  return (await import(/* webpackChunkName: "view-markdown" */ './markdown/markdown-viewer')).MarkdownViewer;
}

async function loadJsonViewer(): Promise<Viewer> {
  return (await import(/* webpackChunkName: "view-json" */ './json/json-viewer')).JsonViewer;
}

async function loadHarViewer(): Promise<Viewer> {
  return (await import(/* webpackChunkName: "view-har" */ './har/har-viewer')).HarViewer;
}

async function loadNotebookViewer(): Promise<Viewer> {
  return (await import(/* webpackChunkName: "view-notebook" */ './notebook/notebook-viewer')).NotebookViewer;
}

async function loadResultsViewer(): Promise<Viewer> {
  return (await import(/* webpackChunkName: "view-results" */ './results/results-viewer')).ResultsViewer;
}

async function loadTableViewer(): Promise<Viewer> {
  return (await import(/* webpackChunkName: "view-table" */ './table/table-viewer')).TableViewer;
}

async function loadWorkbookViewer(): Promise<Viewer> {
  return (await import(/* webpackChunkName: "view-workbook" */ './workbook/workbook-viewer')).WorkbookViewer;
}

async function loadWordViewer(): Promise<Viewer> {
  return (await import(/* webpackChunkName: "view-word" */ './word/word-viewer')).WordViewer;
}

async function loadSlidesViewer(): Promise<Viewer> {
  return (await import(/* webpackChunkName: "view-slides" */ './slides/slides-viewer')).SlidesViewer;
}

async function loadMediaViewer(): Promise<Viewer> {
  return (await import(/* webpackChunkName: "view-media" */ './media/media-viewer')).MediaViewer;
}

async function loadArchiveViewer(): Promise<Viewer> {
  return (await import(/* webpackChunkName: "view-archive" */ './archive/archive-viewer')).ArchiveViewer;
}

async function loadEmailViewer(): Promise<Viewer> {
  return (await import(/* webpackChunkName: "view-email" */ './email/email-viewer')).EmailViewer;
}

async function loadPdfViewer(): Promise<Viewer> {
  return (await import(/* webpackChunkName: "view-pdf" */ './pdf/pdf-viewer')).PdfViewer;
}
