import { extensionOf, kindOf } from '../../base/file-kind';

/** Tables in text format. */
const SEPARATED_VALUES = new Set(['csv', 'tsv', 'tab']);

/** Workbooks in the format of Office Open XML. */
const WORKBOOKS = new Set(['xlsx', 'xlsm', 'xltx']);

/** Word documents in the format of Office Open XML. */
const WORD_DOCUMENTS = new Set(['docx', 'docm', 'dotx', 'dotm']);

/** Presentations in the format of Office Open XML. */
const PRESENTATIONS = new Set(['pptx', 'pptm', 'ppsx', 'ppsm', 'potx', 'potm']);

/** Zip archives, including document and package formats based on zip. */
const ZIPS = new Set([
  ...['zip', 'nupkg', 'snupkg', 'vsix', 'jar', 'war', 'apk', 'aar', 'whl', 'xpi', 'epub'],
  ...['odt', 'ods', 'odp'],
  ...WORKBOOKS,
  ...WORD_DOCUMENTS,
  ...PRESENTATIONS,
]);

/** Whether there is a viewer for a file, by its extension. */
export function hasViewer(name: string): boolean {
  const kind = kindOf(name);
  return !['table', 'archive', 'document', 'other'].includes(kind) || isSeparatedValues(name) || isZip(name);
}

/** Whether a table is a text with separated values, by its extension. */
export function isSeparatedValues(name: string): boolean {
  return SEPARATED_VALUES.has(extensionOf(name));
}

/** Whether a table is an Excel workbook that is a zip archive inside, by its extension. */
export function isWorkbook(name: string): boolean {
  return WORKBOOKS.has(extensionOf(name));
}

/** Whether a document is a Word document that is a zip archive inside, by its extension. */
export function isWordDocument(name: string): boolean {
  return WORD_DOCUMENTS.has(extensionOf(name));
}

/** Whether a document is a PowerPoint presentation that is a zip archive inside, by its extension. */
export function isPresentation(name: string): boolean {
  return PRESENTATIONS.has(extensionOf(name));
}

/** Whether a file is a zip archive inside, by its extension. */
export function isZip(name: string): boolean {
  return ZIPS.has(extensionOf(name));
}

/** Whether a file can have test results, by its extension. */
export function canHaveTestResults(name: string): boolean {
  return ['xml', 'trx'].includes(extensionOf(name));
}
