import { HumanError, usageError } from '../errors';
import { type Action, labelOf, type Recording } from './recording';

const reference = /\$\{env:([A-Za-z_]\w*)\}/g;

/** Words in the selectors of fields whose content must not be kept: passwords, cards, accounts, codes. */
const secretWords = new RegExp(
  [
    ...[
      'password',
      'passcode',
      'passphrase',
      'kennwort',
      'passwort',
      'contrase',
      'mot.de.passe',
      'wachtwoord',
      'senha',
    ],
    ...['parola', 'hasło', 'пароль', '密码', '密碼', 'パスワード', '비밀번호', '验证码', 'security.?code', 'one.?time'],
    ...['card.?(number|no)', 'kartennummer', 'cc.?(number|csc|cvc|exp)', 'iban'],
    ...['pass', 'passwd', 'pwd', 'pin', 'cvc', 'cvv', 'otp'].map((word) => `(?<![a-z])${word}(?![a-z])`),
    ...['user', 'card', 'login', 'account'].flatMap((of) =>
      ['pass', 'pwd', 'pin', 'cvv', 'cvc'].map((word) => of + word),
    ),
  ].join('|'),
  'i',
);

/** Whether the name of a field says that its content must not be kept. */
export function isSecretName(name: string): boolean {
  return secretWords.test(name);
}

/** Whether the digits are those of a payment card (ISO/IEC 7812-1, annex B: the Luhn check). */
export function isCardNumber(value: string): boolean {
  const digits = value.replace(/[ -]/g, '');
  if (!/^\d{13,19}$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const twice = place % 2 === 1 ? Number(digit) * 2 : Number(digit);
    return total + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return sum % 10 === 0;
}

/** Whether an action enters something that must not be kept in a file. */
function isSecret(action: Action): boolean {
  const { type, value = '', selectors = [] } = action;
  if (type !== 'change' || value === '' || value.replace(reference, '').trim() === '') return false;
  return isCardNumber(value) || selectors.flat().some(isSecretName);
}

/**
 * What the names of a journey's environment variables begin with. A recording may come from anybody, and must not enter
 * what other variables hold into a page.
 */
const PREFIX = 'JOURNEY_';

/** The environment variable that stands for what is entered into a field of a journey. */
export function variableOf(journey: string, field: string): string {
  return `${PREFIX}${journey}_${field}`
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/_+$/, '')
    .slice(0, 60);
}

/** A name that no other field has, since other scripts leave nothing of a label. */
function freeName(name: string, taken: WithoutSecrets['variables']): string {
  const isTaken = (one: string) => taken.some((other) => other.name === one);
  let free = name;
  for (let number = 2; isTaken(free); number += 1) free = `${name}_${number}`;
  return free;
}

/** A recording without secrets, and the environment variables that stand for them. */
export interface WithoutSecrets {
  recording: Recording;
  variables: { name: string; field: string }[];
}

/** Replaces the content of each field for a password, card or code with a reference to an environment variable. */
export function withoutSecrets(recording: Recording, journey: string): WithoutSecrets {
  const variables: WithoutSecrets['variables'] = [];
  const steps = recording.steps.map((action) => {
    if (!isSecret(action)) return action;
    const field = labelOf(action);
    const known = variables.find((one) => one.field === field);
    const name = known?.name ?? freeName(variableOf(journey, field), variables);
    if (!known) variables.push({ name, field });
    return { ...action, value: `\${env:${name}}` };
  });
  return { recording: variables.length > 0 ? { ...recording, steps } : recording, variables };
}

/** Refuses a file that holds a secret, without repeating it. @throws HumanError `journey-secret` */
export function refuseSecrets({ steps }: Recording, name: string): void {
  const at = steps.findIndex(isSecret);
  if (at < 0) return;
  throw new HumanError('record', 'journey-secret', {
    what: `${name} holds what is entered into "${labelOf(steps[at] as Action)}" (steps.${at}), which looks secret.`,
    next:
      `Write \${env:${PREFIX}NAME} instead of it, set that environment variable, and take the secret out of git’s ` +
      'history.',
  });
}

/** The names of the environment variables that a recording needs, in order. */
export function variablesOf({ steps }: Recording): string[] {
  return [
    ...new Set(steps.flatMap(({ value = '' }) => [...value.matchAll(reference)].map(([, name]) => name as string))),
  ];
}

/**
 * The recording with the values of environment variables, to be walked and not kept.
 * @throws HumanError `variable-refused`, `variable-missing`
 */
export function withSecrets(
  recording: Recording,
  environment: Readonly<Record<string, string | undefined>>,
): Recording {
  const refused = variablesOf(recording).filter((name) => !name.startsWith(PREFIX));
  if (refused.length > 0)
    throw usageError(
      'variable-refused',
      `The journey asks for ${refused.join(', ')}, which is not its own.`,
      `A journey gets only variables whose names begin with ${PREFIX}: rename them in its recording.`,
    );
  const missing = variablesOf(recording).filter((name) => environment[name] === undefined);
  if (missing.length > 0)
    throw usageError(
      'variable-missing',
      `The journey needs the environment variable${missing.length === 1 ? '' : 's'} ${missing.join(', ')}.`,
      'Set them; their values are not kept in the journey.',
    );
  const filled = (value: string) => value.replace(reference, (_, name: string) => environment[name] as string);
  const steps = recording.steps.map((action) =>
    action.value === undefined || !action.value.includes('${env:')
      ? action
      : { ...action, value: filled(action.value), isSecret: true },
  );
  return { ...recording, steps };
}
