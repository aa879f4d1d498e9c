/** Parses a date and time. Returns milliseconds since 1970, or `undefined` if it is not valid. */
export function parseTime(text: string | undefined): number | undefined {
  // NUnit writes a space, which not every browser accepts.
  const time = Date.parse(text?.trim().replace(/^([\d-]+) +(?=\d)/, '$1T') ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/** Parses seconds: `0.015`, `1,234.5` with thousands separators, `0,015` with a decimal comma. Returns milliseconds. */
export function parseSeconds(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? '';
  const isGrouped = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/.test(trimmed);
  return toMs(isGrouped ? trimmed.replaceAll(',', '') : trimmed.replace(',', '.'));
}

/** Parses a time span of .NET: `00:00:01.2345678`, `1.02:03:04`. Returns milliseconds. */
export function parseTimeSpan(text: string | undefined): number | undefined {
  const parts = /^(?:(\d{1,9})\.)?(\d{1,9}):(\d{1,9}):(\d{1,9}(?:\.\d*)?)$/.exec(text?.trim() ?? '');
  if (!parts) return undefined;
  const [, days = '0', hours, minutes, seconds] = parts.map((part) => (part as string | undefined) ?? '0');
  return toMs(String(((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)));
}

function toMs(seconds: string): number | undefined {
  const value = seconds === '' ? Number.NaN : Number(seconds);
  return Number.isFinite(value) && value >= 0 ? value * 1000 : undefined;
}
