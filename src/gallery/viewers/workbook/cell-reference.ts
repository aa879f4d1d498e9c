/** Number of rows and columns in Excel. */
export const EXCEL_ROWS = 1_048_576;
export const EXCEL_COLUMNS = 16_384;

/** Position from 0 of a number from 1, or `undefined` if it is missing or invalid. */
export function positionOf(text: string | undefined, max: number): number | undefined {
  const position = Number(text) - 1;
  return Number.isInteger(position) && position >= 0 && position < max ? position : undefined;
}

/** Column from 0 of a reference such as `AB12`, or `undefined` if it is missing or invalid. */
export function columnOf(reference: string | undefined): number | undefined {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}(?=\d)/i.exec(reference ?? '')?.[0].toUpperCase() ?? '')
    column = column * 26 + letter.charCodeAt(0) - 64;
  return column === 0 ? undefined : column - 1;
}
