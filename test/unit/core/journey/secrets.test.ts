import { describe, expect, it } from 'vitest';
import type { Action, Recording } from '../../../../src/core/journey/recording';
import { refuseSecrets, variablesOf, withoutSecrets, withSecrets } from '../../../../src/core/journey/secrets';

const change = (selector: string, value: string): Action => ({ type: 'change', selectors: [[selector]], value });
const recording = (...steps: Action[]): Recording => ({ title: 'x', steps });

describe('secrets of a recording', () => {
  it.each([
    ['aria/Password', 'hunter2'],
    ['#passwort', 'geheim'],
    ['[name=cvc]', '123'],
    ['aria/Card number', '987'],
    ['input[autocomplete=cc-number]', '777'],
    ['#iban', 'DE02'],
    ['#user_pass', 'hunter2'],
    ['#card_cvv', '987'],
    ['#login_pwd', 'hunter2'],
    ['#otp_code', '987'],
    ['#userPin', '9876'],
    ['aria/密码', 'hunter2'],
    ['aria/Anything', '4242 4242 4242 4242'],
  ])('in %s become references', (selector, value) => {
    const { recording: clean, variables } = withoutSecrets(recording(change(selector, value)), 'check-out');
    expect(variables).toHaveLength(1);
    expect(JSON.stringify(clean)).not.toContain(value);
    expect(clean.steps[0]?.value).toBe(`\${env:${variables[0]?.name}}`);
    expect(variables[0]?.name).toMatch(/^JOURNEY_[A-Z0-9_]+$/);
    expect(() => refuseSecrets(recording(change(selector, value)), 'x.json')).toThrow('looks secret');
    expect(() => refuseSecrets(clean, 'x.json')).not.toThrow();
  });

  it.each([
    ['aria/Name', 'Ada'],
    ['aria/Phone', '4242424242424241'],
    ['#compass', 'north'],
    ['#shopping', 'lamp'],
    ['#passenger', 'Ada'],
    ['aria/Password', ''],
  ])('are not seen in %s: %s', (selector, value) => {
    expect(withoutSecrets(recording(change(selector, value)), 'a').variables).toEqual([]);
  });

  it('are never repeated by the error that refuses them', () => {
    const error = (() => {
      try {
        refuseSecrets(recording(change('aria/Password', 'hunter2')), 'x.json');
      } catch (thrown) {
        return thrown as Error & { next: string };
      }
      return undefined;
    })();
    expect(`${error?.message} ${error?.next}`).toContain('Password');
    expect(`${error?.message} ${error?.next}`).not.toContain('hunter2');
  });

  it('whose labels leave nothing of a name have names of their own', () => {
    const { variables } = withoutSecrets(recording(change('aria/密码', 'a1'), change('aria/验证码', 'b2')), 'order');
    expect(variables.map(({ name }) => name)).toEqual(['JOURNEY_ORDER', 'JOURNEY_ORDER_2']);
  });

  it('of others are never entered into a page', () => {
    const hostile = recording(change('#a', `\${env:GITHUB_TOKEN}`));
    expect(() => withSecrets(hostile, { GITHUB_TOKEN: 'x' })).toThrow('asks for GITHUB_TOKEN, which is not its own');
  });

  it('are filled in for a walk, and all missing ones are named', () => {
    const given = recording(change('#a', `\${env:JOURNEY_A}-\${env:JOURNEY_B}`), change('#b', `\${env:JOURNEY_B}`));
    expect(variablesOf(given)).toEqual(['JOURNEY_A', 'JOURNEY_B']);
    expect(withSecrets(given, { JOURNEY_A: '1', JOURNEY_B: '2' }).steps.map(({ value }) => value)).toEqual([
      '1-2',
      '2',
    ]);
    expect(() => withSecrets(given, { JOURNEY_A: '1' })).toThrow('needs the environment variable JOURNEY_B.');
    expect(() => withSecrets(given, {})).toThrow('needs the environment variables JOURNEY_A, JOURNEY_B.');
  });
});
