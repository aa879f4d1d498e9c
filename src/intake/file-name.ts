/**
 * Name for a pasted screenshot, since browsers call every one `image.png`: `Bug 7 2026-02-03 14.05.12.png`.
 *
 * @param workItem `Bug 7`, or `New Bug` before the first save.
 * @param at Time of the paste; written in local time.
 */
export function pastedName(workItem: string, at: Date, mimeType: string): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}.${two(at.getMinutes())}.${two(at.getSeconds())}`;
  const extension = /^image\/(png|jpeg|gif|webp|bmp)$/.exec(mimeType)?.[1]?.replace('jpeg', 'jpg') ?? 'png';
  return `${workItem} ${date} ${time}.${extension}`;
}
