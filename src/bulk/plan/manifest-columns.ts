import { readCsv } from '../../base/csv';

/** A column with a meaning for Stapler. */
export type Column = 'workItem' | 'file' | 'name' | 'comment';

/** Index of each column, 0-based. */
export type Columns = Readonly<Partial<Record<Column, number>>>;

/** Format of a table. */
export interface TableFormat {
  readonly delimiter: string;
  readonly columns: Columns;
  /** Text from the header on, and the number of lines before it. */
  readonly text: string;
  readonly linesBefore: number;
}

/** Accepted column names, most specific first. Compared without case, accents, spaces, underscores and hyphens. */
const COLUMN_NAMES: Readonly<Record<Column, readonly string[]>> = {
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
    ...[
      'elementodilavoro',
      'itemdetrabalho',
      'elementroboczy',
      'pracovnípoložka',
      'рабочийэлемент',
      'işöğesi',
    ],
    ...['작업항목', '工作項目', '工作項目id', '編號'],
    ...['作業項目', '作業項目番号', '作業項目id', '工作项', '工作项编号', '工作项id', '番号', '编号'],
  ],
  file: [
    ...['file', 'filename', 'filepath', 'path', 'attachment'],
    ...['datei', 'dateiname', 'pfad', 'anlage', 'anhang'],
    ...['fichier', 'nomdufichier', 'chemin', 'piecejointe', 'archivo', 'nombredearchivo', 'ruta', 'adjunto'],
    ...['nomefile', 'percorso', 'allegato', 'arquivo', 'caminho', 'anexo', 'plik', 'ścieżka', 'załącznik'],
    ...['soubor', 'cesta', 'příloha', 'файл', 'путь', 'вложение', 'dosya', 'yol', 'ek'],
    ...['파일', '파일이름', '경로', '첨부파일', '檔案', '檔名', '路徑'],
    ...['ファイル', 'ファイル名', 'パス', '添付ファイル', '文件', '文件名', '路径', '附件'],
  ],
  name: [
    ...['attachas', 'newname', 'name', 'title', 'neuername', 'titel', 'nom', 'titre', 'nombre', 'titulo'],
    ...[
      'nome',
      'nuovonome',
      'titolo',
      'novonome',
      'nazwa',
      'tytuł',
      'název',
      'имя',
      'название',
      'ad',
      'başlık',
    ],
    ...['이름', '새이름', '제목', '名稱', '新名稱', '標題'],
    ...['添付時の名前', '新しい名前', '添付名', '名前', '附加为', '新名称', '附件名', '名称'],
  ],
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
    ...['commento', 'komentarz', 'komentář', 'комментарий', 'примечание', 'yorum', 'açıklama'],
    ...['메모', '댓글', '설명', '註解', '備註', '說明'],
    ...['コメント', '備考', 'メモ', '説明', '备注', '注释', '说明'],
  ],
};

/** Possible delimiters, in the order tried. */
const DELIMITERS = [',', ';', '\t', '|'];

/** Excel's delimiter hint, on the first line. */
const HINT = /^\ufeff?sep=(.)(?:\r\n?|\n|$)/i;

/** Detects the format: by Excel's hint, or by the delimiter that yields the most known columns. */
export function detectFormat(text: string): TableFormat {
  const [hint = '', hinted] = HINT.exec(text) ?? [];
  const rest = text.slice(hint.length);
  const formats = (hinted === undefined ? DELIMITERS : [hinted]).map((delimiter) => ({
    delimiter,
    columns: columnsIn(readCsv(rest, delimiter, 10)[0]?.cells ?? []),
    text: rest,
    linesBefore: hint === '' ? 0 : 1,
  }));
  const countOf = ({ columns }: TableFormat): number => Object.keys(columns).length;
  return formats.reduce((best, format) => (countOf(format) > countOf(best) ? format : best));
}

function columnsIn(header: readonly string[]): Columns {
  const keys = header.map(keyOf);
  const columns: Partial<Record<Column, number>> = {};
  for (const column of ['workItem', 'file', 'name', 'comment'] as const) {
    const name = COLUMN_NAMES[column].find((each) => keys.includes(keyOf(each)));
    if (name !== undefined) columns[column] = keys.indexOf(keyOf(name));
  }
  return columns;
}

function keyOf(cell: string): string {
  return (
    cell
      // Compatibility forms as well: half-width kana, full-width letters.
      .normalize('NFKD')
      .replace(/[\p{M}\s_-]/gu, '')
      .toLowerCase()
      // Turkish has an i without a dot, which is I in capitals.
      .replaceAll('ı', 'i')
  );
}
