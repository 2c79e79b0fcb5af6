import { type Advice, adviceFor } from '../advice/advice';
import type { Finding } from '../record/record';

/** The title that the tool gave, where lists show a shorter one of ours. */
export function toolTitle({ rule, title }: Pick<Finding, 'rule' | 'title'>): string | undefined {
  const ours = adviceFor(rule)?.title;
  return ours === undefined || ours === title ? undefined : title;
}

const indented = (text: string) => text.split('\n').map((line) => `  ${line}`);

/** Advice as lines of plain text: why, what to do, code before and after, where to read on. */
export function adviceLines({ why, steps, code, standard, more }: Advice): string[] {
  return [
    'Why it matters',
    ...indented(why),
    'What to do',
    ...steps.map((step, index) => `  ${index + 1}. ${step}`),
    ...(code ? ['Before', ...indented(code.before), 'After', ...indented(code.after)] : []),
    ...(standard ? ['Standard', `  ${standard.name}`, `  ${standard.url}`] : []),
    ...(more ? ['More', `  ${more.name}`, `  ${more.url}`] : []),
  ];
}

/** The same in Markdown. The text is ours, so it is not escaped. */
export function adviceMarkdown({ why, steps, code, standard, more }: Advice): string {
  const block = (text: string) => `\`\`\`${code?.language}\n${text}\n\`\`\``;
  return [
    why,
    steps.map((step, index) => `${index + 1}. ${step}`).join('\n'),
    ...(code ? ['Before:', block(code.before), 'After:', block(code.after)] : []),
    ...[standard, more].flatMap((source) => (source ? [`[${source.name}](${source.url})`] : [])),
  ].join('\n\n');
}
