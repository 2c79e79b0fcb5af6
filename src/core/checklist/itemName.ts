/**
 * The number that an item has in its checklist, such as `H01`, `CW1` or `1.4.3`.
 * @returns undefined for any other id: it is made of the title's words, and says nothing besides them
 */
export function itemNumber(id: string): string | undefined {
  return /^[A-Z]{0,3}\d[\d.]*[a-z]?$/.test(id) ? id : undefined;
}

/** An item in words, after its number where it has one: `H01 Visibility of system status`. */
export function itemName(id: string, title: string | undefined): string {
  return title ? [itemNumber(id), title].filter(Boolean).join(' ') : id;
}
