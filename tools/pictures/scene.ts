import type { Locator, Page } from '@playwright/test';
import type { Emulator } from 'azure-devops-emulator';
import { Board } from '../../test/e2e/board';
import { GalleryPage } from '../../test/e2e/gallery-story';

/** Scene of a picture: an unused page and an emulator in its initial state. */
export interface Scene {
  readonly page: Page;
  readonly emulator: Emulator;
  readonly theme: string;
  /** Makes files of these sizes in bytes, by their names or paths; answers with their paths. */
  readonly files: (sizes: Readonly<Record<string, number>>) => Promise<string[]>;
  /** Writes files; answers with their paths. */
  readonly write: (
    files: readonly { readonly name: string; readonly content: Buffer }[],
  ) => Promise<string[]>;
}

/** A picture of README, docs or the listing. */
export interface Picture {
  /** Name of its file; in `docs`, the theme is appended. */
  readonly name: string;
  /** In `docs`; the marketplace's page shows one of each. */
  readonly themes: readonly string[];
  /** Prepares the scene; returns the locator of the picture. */
  readonly show: (scene: Scene) => Promise<Locator>;
}

/** A film of a few seconds: pictures of one part of the page, one after the other. */
export interface Film {
  readonly name: string;
  /** Scene of a film. Each call of `take` adds a frame with its duration in milliseconds. */
  readonly play: (scene: Scene, take: (part: Locator, ms: number) => Promise<void>) => Promise<void>;
}

export const BOTH = ['light', 'dark'];
export const LIGHT = ['light'];

/** A bug without attachments, one with 37, and one with 100. */
export const BUG = 7;
export const CROWDED = 30;
export const FULL = 32;

/** Small files, and large ones. Sizes in bytes. */
export const SMALL = sized(['before.png', 'after.png', 'server.log', 'steps.docx', 'browser console.txt']);
export const LARGE = {
  'screen recording.mp4': 48_000_000,
  'trace-2026-03-04.har': 21_000_000,
  'crash dump.zip': 33_000_000,
};

/** Files of these names, each a little larger than the one before. Sizes in bytes. */
export function sized(names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(names.map((name, index) => [name, 40_000 * (index + 1)]));
}

/** Opens the form of a work item. */
export async function openForm({ page, emulator, theme }: Scene, id = BUG): Promise<Board> {
  const board = new Board(page, emulator);
  await board.open(id, { theme });
  return board;
}

/** Opens the tab with the attachments of a work item. */
export async function openGallery({ page, emulator, theme }: Scene, id = CROWDED): Promise<GalleryPage> {
  const gallery = new GalleryPage(page, emulator);
  await gallery.open(id, { theme });
  return gallery;
}

export function wholeOf({ page }: Scene): Locator {
  return page.locator('html');
}
