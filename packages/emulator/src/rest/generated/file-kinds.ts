/** Kind of a generated file. */
export interface FileKind {
  /** Without the dot. */
  readonly extension: string;
  /** Beginnings of names. */
  readonly names: readonly string[];
  /** Share of all files, as a weight. */
  readonly weight: number;
  /** Smallest and largest size, in bytes. Small files are more frequent. */
  readonly range: readonly [number, number];
  /** First bytes, or a whole picture. */
  readonly head: string;
  /** Whether it consists of lines. */
  readonly isText: boolean;
}

const KiB = 1024;
const MiB = 1024 * KiB;

/** Kinds of files that people attach to bugs, tasks and stories. */
export const fileKinds: readonly FileKind[] = [
  {
    ...{ extension: 'png', names: ['screenshot', 'image', 'error dialog', 'Capture'], weight: 40 },
    ...{ range: [20 * KiB, 2 * MiB], head: 'picture', isText: false },
  },
  {
    ...{ extension: 'log', names: ['service', 'browser console', 'installer', 'trace'], weight: 18 },
    ...{ range: [2 * KiB, 8 * MiB], head: '', isText: true },
  },
  {
    ...{ extension: 'txt', names: ['notes', 'steps', 'stack trace'], weight: 9 },
    ...{ range: [200, 60 * KiB], head: '', isText: true },
  },
  {
    ...{ extension: 'pdf', names: ['specification', 'invoice', 'report'], weight: 9 },
    ...{ range: [60 * KiB, 6 * MiB], head: '%PDF-1.7\n', isText: false },
  },
  {
    ...{ extension: 'docx', names: ['requirements', 'minutes', 'test plan'], weight: 7 },
    ...{ range: [15 * KiB, 2 * MiB], head: 'PK\x03\x04', isText: false },
  },
  {
    ...{ extension: 'xlsx', names: ['figures', 'test cases', 'export'], weight: 6 },
    ...{ range: [10 * KiB, 3 * MiB], head: 'PK\x03\x04', isText: false },
  },
  {
    ...{ extension: 'zip', names: ['logs', 'dump', 'sources'], weight: 6 },
    ...{ range: [30 * KiB, 40 * MiB], head: 'PK\x03\x04', isText: false },
  },
  {
    ...{ extension: 'mp4', names: ['recording', 'repro'], weight: 3 },
    ...{ range: [2 * MiB, 58 * MiB], head: '\x00\x00\x00\x18ftypmp42', isText: false },
  },
  {
    ...{ extension: 'msg', names: ['RE customer', 'FW complaint'], weight: 2 },
    ...{ range: [40 * KiB, MiB], head: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', isText: false },
  },
];
