import { HumanError } from '../core/errors';

/**
 * The rows of a CSV file by their headers (lower case, trimmed): commas, semicolons or tabs, UTF-8 with or without a byte
 * order mark, UTF-16, or Windows-1252.
 * @throws HumanError `table-unreadable`, `table-empty`
 */
export async function readTable(bytes: Uint8Array, name: string): Promise<Record<string, string>[]> {
  const { default: Papa } = await import('papaparse');
  const { data, errors, meta } = Papa.parse<Record<string, string>>(decode(bytes), {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (header) => header.trim().toLowerCase(),
    delimitersToGuess: [',', ';', '\t'],
  });
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken) {
    throw new HumanError('usage', 'table-unreadable', {
      what: `${name}, row ${(broken.row ?? 0) + 1}: a quotation mark is not closed (${broken.message}).`,
      next: 'Save the table again as CSV in your spreadsheet program.',
    });
  }
  if (data.length === 0 || (meta.fields ?? []).length < 2) {
    throw new HumanError('usage', 'table-empty', {
      what: `${name} has no rows below its header, or only one column.`,
      next: 'Its first row must name the columns, separated by commas, semicolons or tabs.',
    });
  }
  return data;
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
