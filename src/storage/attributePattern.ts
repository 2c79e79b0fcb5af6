/** A pattern of gitattributes that matches one path literally; `**` at its beginning stays. */
export function attributePattern(pattern: string): string {
  const [, any = '', name = ''] = /^(\*\*\/)?(.*)$/s.exec(pattern) ?? [];
  const literal = `${any}${name.replace(/[\\*?[\]]/g, '\\$&')}`;
  return /[\s"\\]|^[!#]/.test(literal) ? JSON.stringify(literal) : literal;
}
