/** Whether the person asked the browser to save data. Only Chromium tells. */
export function isSavingData(): boolean {
  return (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
}
