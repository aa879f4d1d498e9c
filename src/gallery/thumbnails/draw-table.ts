import { readTable } from '../viewers/table/read-table';
import { splitLines } from '../viewers/text/beginning';
import { MAX_SIDE } from './canvas';
import { readHead } from './draw-text';
import { drawable, drawInk, FONTS, INK_HEIGHT, INKS } from './ink';

/** Columns that leave room for a word each. */
const MAX_COLUMNS = 4;

const ROW_HEIGHT = 34;

/** Draws the first rows and columns of a table as a grid. */
export async function drawTable(bytes: Blob, name: string): Promise<Blob> {
  const { text, missingBytes } = await readHead(bytes);
  const maxRows = Math.ceil(INK_HEIGHT / ROW_HEIGHT);
  // A quoted cell can have several lines.
  const lines = splitLines(text).slice(0, 10 * maxRows);
  const { header, rows, columns } = readTable({ text: lines.join('\n'), isCut: missingBytes > 0, name });
  if (columns === 0) throw new Error('The table is empty.');
  const shownColumns = Math.min(columns, MAX_COLUMNS);
  const width = MAX_SIDE / shownColumns;
  return drawInk((context) => {
    context.fillStyle = INKS.faint;
    context.fillRect(0, 0, MAX_SIDE, ROW_HEIGHT);
    context.font = FONTS.words;
    [header, ...rows].slice(0, maxRows).forEach((cells, row) => {
      for (let column = 0; column < shownColumns; column++) {
        const [left, top] = [column * width, row * ROW_HEIGHT];
        context.fillStyle = INKS.quiet;
        context.fillRect(left + width - 1, top, column + 1 < shownColumns ? 1 : 0, ROW_HEIGHT);
        context.save();
        context.beginPath();
        context.rect(left, top, width - 6, ROW_HEIGHT);
        context.clip();
        context.fillStyle = INKS.strong;
        context.fillText(drawable(cells[column] ?? ''), left + 8, top + ROW_HEIGHT / 2);
        context.restore();
      }
      context.fillStyle = INKS.quiet;
      context.fillRect(0, (row + 1) * ROW_HEIGHT - 1, MAX_SIDE, 1);
    });
  });
}
