/**
 * The parts of a cell such as `price=12; service=3`, which semicolons or bars separate. A name stands before the last
 * `=` or `:` that a digit follows.
 *
 * @returns each name with the text of its number; a part without one has no number
 */
export function namedNumbers(cell: string): { name: string; number?: string }[] {
  return cell.split(/[;|]/).flatMap((text) => {
    const part = text.trim();
    const found = [part.lastIndexOf('='), part.lastIndexOf(':')].find(
      (at) => at >= 0 && /^\d/.test(part.slice(at + 1).trim()),
    );
    if (found === undefined) return part === '' ? [] : [{ name: part }];
    const name = part.slice(0, found).trim();
    return name === '' ? [] : [{ name, number: part.slice(found + 1).trim() }];
  });
}
