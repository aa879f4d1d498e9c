import { loadLanguage } from './load-language';

/** Longest wait for the file of a language, in milliseconds; after that, English is better than nothing. */
export const LANGUAGE_PATIENCE_MS = 3_000;

/** `loadLanguage`, for those who would rather say something in English than wait for long. Never rejects. */
export async function loadInTime(culture: string | undefined): Promise<void> {
  const patience = new Promise<void>((resolve) => setTimeout(resolve, LANGUAGE_PATIENCE_MS));
  await Promise.race([loadLanguage(culture), patience]);
}
