const DAY_MS = 86_400_000;

/** The day that was written last. Most records of a minute share it, and the calendar is the dear part. */
let lastDay = Number.NaN;
let lastDayText = "";

/** RFC 3339 in UTC with milliseconds, as every `at` is written. */
export function instantText(ms: number): string {
  const day = Math.floor(ms / DAY_MS);
  if (day !== lastDay) {
    lastDayText = dayText(day);
    lastDay = day;
  }
  const rest = ms - day * DAY_MS;
  const hours = pad(Math.floor(rest / 3_600_000), 2);
  const minutes = pad(Math.floor(rest / 60_000) % 60, 2);
  const seconds = pad(Math.floor(rest / 1_000) % 60, 2);
  return `${lastDayText}T${hours}:${minutes}:${seconds}.${pad(rest % 1_000, 3)}Z`;
}

const SHAPE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Reads what {@link instantText} wrote, and nothing else. */
export function instantMs(text: string): number | undefined {
  if (!SHAPE.test(text)) return undefined;
  const part = (from: number, to: number): number => Number(text.slice(from, to));
  const days = daysFromCivil(part(0, 4), part(5, 7), part(8, 10));
  const ms = part(11, 13) * 3_600_000 + part(14, 16) * 60_000 + part(17, 19) * 1_000 + part(20, 23);
  const total = days * DAY_MS + ms;
  return instantText(total) === text ? total : undefined;
}

const WRITTEN = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d+))?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/;

/** Reads any instant as RFC 3339 lets people write it. What is less than a millisecond is left out. */
export function momentMs(text: string): number | undefined {
  const [, second = "", fraction = "", sign, hours = "0", minutes = "0"] = WRITTEN.exec(text) ?? [];
  const ms = instantMs(`${second}.${fraction.slice(0, 3).padEnd(3, "0")}Z`);
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return ms === undefined ? undefined : sign === "-" ? ms + offsetMs : ms - offsetMs;
}

const pad = (value: number, width: number): string => String(value).padStart(width, "0");

/** The proleptic Gregorian calendar, counted in eras of 400 years that begin in March. */
function dayText(day: number): string {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(dayOfMonth, 2)}`;
}

function daysFromCivil(year: number, month: number, day: number): number {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
