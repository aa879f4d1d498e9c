import { plainPng } from './plain-png';

/** Seeded file. */
export interface SeedFile {
  readonly name: string;
  readonly comment: string;
  readonly content: Buffer;
}

/** Files attached in one revision. */
export interface SeedBatch {
  readonly date: string;
  readonly files: readonly SeedFile[];
}

const nights = 9;

let created: readonly SeedBatch[] | undefined;

/**
 * 37 files in nine batches: a log, a table, a picture and a setting for each night, and one odd name. Created once,
 * since tests reset the data often.
 */
export function seedFiles(): readonly SeedBatch[] {
  return (created ??= createFiles());
}

function createFiles(): SeedBatch[] {
  const batches = Array.from({ length: nights }, (_, index) => nightFiles(index + 1));
  const odd: SeedFile = {
    name: 'Übersicht #1 (50% done) – 日本.txt',
    comment: '',
    content: Buffer.from('A name with everything that addresses get wrong.\n'),
  };
  return batches.map((batch, index) => (index === 0 ? { ...batch, files: [...batch.files, odd] } : batch));
}

function nightFiles(night: number): SeedBatch {
  const day = `2026-03-${String(night + 5).padStart(2, '0')}`;
  return {
    date: `${day}T02:30:00.000Z`,
    files: [
      { name: `export-${day}.log`, comment: `Run of ${day}`, content: log(day, night * 180) },
      { name: `rows-${day}.csv`, comment: '', content: table(night * 40) },
      { name: `dashboard-${day}.png`, comment: '', content: plainPng(320, 180, [20 * night, 84, 140]) },
      {
        name: `settings-${day}.json`,
        comment: '',
        content: Buffer.from(JSON.stringify({ night, retries: 3 }, null, 2)),
      },
    ],
  };
}

function log(day: string, lines: number): Buffer {
  const text = Array.from({ length: lines }, (_, index) => {
    const minute = String(index % 60).padStart(2, '0');
    return `${day}T02:${minute}:00Z info exported batch ${index + 1}`;
  });
  return Buffer.from(`${text.join('\n')}\n`);
}

function table(rows: number): Buffer {
  const text = Array.from({ length: rows }, (_, index) => `${index + 1},${(index * 7919) % 1000}`);
  return Buffer.from(`id,amount\n${text.join('\n')}\n`);
}
