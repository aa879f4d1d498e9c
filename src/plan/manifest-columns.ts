import { readCsv } from './csv';

/** What a manifest can say of a file. */
export type Column = 'workItem' | 'file' | 'name' | 'comment';

/** Where the columns stand, 0-based. */
export type Columns = Readonly<Partial<Record<Column, number>>>;

/** How a table is written. */
export interface TableForm {
  readonly delimiter: string;
  readonly columns: Columns;
  /** Text from the header on, and how many lines stand before it. */
  readonly text: string;
  readonly linesBefore: number;
}

/** The names that a column may have, the surest first; compared without case, accents, spaces, underscores, hyphens. */
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  workItem: [
    ...[
      'workitem',
      'workitems',
      'workitemid',
      'workitemids',
      'workitemnumber',
      'id',
      'ids',
      'item',
      'items',
      '#',
    ],
    ...['arbeitselement', 'arbeitsaufgabe', 'elementdetravail', 'elementodetrabajo'],
  ],
  file: [
    ...['file', 'filename', 'filepath', 'path', 'attachment'],
    ...['datei', 'dateiname', 'pfad', 'anlage', 'anhang'],
    ...['fichier', 'nomdufichier', 'chemin', 'piecejointe', 'archivo', 'nombredearchivo', 'ruta', 'adjunto'],
  ],
  name: ['attachas', 'newname', 'name', 'title', 'neuername', 'titel', 'nom', 'titre', 'nombre', 'titulo'],
  comment: [
    ...['comment', 'comments', 'note', 'notes', 'description'],
    ...[
      'kommentar',
      'bemerkung',
      'beschreibung',
      'commentaire',
      'remarque',
      'comentario',
      'nota',
      'descripcion',
    ],
  ],
};

/** What may separate values, in the order in which it is tried. */
const DELIMITERS = [',', ';', '\t', '|'];

/** Excel's own hint in a first line of its own. */
const HINT = /^\ufeff?sep=(.)(?:\r\n?|\n|$)/i;

/** How the table is written: as it says itself, or else so that most columns have a name that is known. */
export function formOf(text: string): TableForm {
  const [hint = '', hinted] = HINT.exec(text) ?? [];
  const rest = text.slice(hint.length);
  const forms = (hinted === undefined ? DELIMITERS : [hinted]).map((delimiter) => ({
    delimiter,
    columns: columnsIn(readCsv(rest, delimiter, 10)[0]?.cells ?? []),
    text: rest,
    linesBefore: hint === '' ? 0 : 1,
  }));
  const countOf = ({ columns }: TableForm): number => Object.keys(columns).length;
  return forms.reduce((best, form) => (countOf(form) > countOf(best) ? form : best));
}

function columnsIn(header: readonly string[]): Columns {
  const keys = header.map(keyOf);
  const columns: Partial<Record<Column, number>> = {};
  for (const column of ['workItem', 'file', 'name', 'comment'] as const) {
    const name = NAMES[column].find((each) => keys.includes(each));
    if (name !== undefined) columns[column] = keys.indexOf(name);
  }
  return columns;
}

function keyOf(cell: string): string {
  return cell
    .normalize('NFD')
    .replace(/[\p{M}\s_-]/gu, '')
    .toLowerCase();
}
