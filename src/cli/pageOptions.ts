import path from 'node:path';
import { type Command, Option, type OptionValues } from '@commander-js/extra-typings';
import type { FormFactor } from '../workflow/auditPages';

/** Collects the values of a repeatable option. */
export const collect = (value: string, previous: string[] | undefined): string[] => [...(previous ?? []), value];

/** Adds the options that say which browser opens pages, and what it sends along. */
export function withBrowserOptions<Args extends unknown[], Opts extends OptionValues, Global extends OptionValues>(
  command: Command<Args, Opts, Global>,
) {
  return command
    .option('--browser <path>', 'the browser to use instead of the one that would be found')
    .option('--header <NAME=VARIABLE>', 'send a header whose value is in an environment variable; repeatable', collect)
    .option('--cookie <NAME=VARIABLE>', 'send a cookie whose value is in an environment variable; repeatable', collect)
    .option('--basic-auth <VARIABLE>', 'environment variable that holds user:password')
    .option(
      '--credentials-for <origin>',
      'send them to this origin although only the record names it; repeatable',
      collect,
    )
    .option('--ignore-certificate-errors', 'for local development: accept an invalid certificate')
    .option('-q, --quiet', 'no progress');
}

/** Adds the options that say how pages are loaded, and by which browser. */
export function withPageOptions<Args extends unknown[], Opts extends OptionValues, Global extends OptionValues>(
  command: Command<Args, Opts, Global>,
) {
  return withBrowserOptions(command.option('--config <file>', 'your own Lighthouse config, a JavaScript module'))
    .option('--allow-error-pages', 'audit a page that answers with an error status')
    .addOption(new Option('--no-preflight', 'do not check that the server answers before the browser starts'));
}

interface PageFlags {
  config?: string | undefined;
  ignoreCertificateErrors?: true | undefined;
  allowErrorPages?: true | undefined;
  preflight: boolean;
}

/** How pages are loaded, as the options of {@link withPageOptions} say. */
export function settingsOf({ config, ignoreCertificateErrors, allowErrorPages, preflight }: PageFlags) {
  return {
    configPath: config === undefined ? undefined : path.resolve(config),
    ignoreCertificateErrors,
    ignoreStatusCode: allowErrorPages,
    skipPreflight: !preflight,
  };
}

/** The form factors that --mobile, --desktop and --both name; mobile without one. */
export function formFactorsOf({
  mobile,
  desktop,
  both,
}: {
  mobile?: true | undefined;
  desktop?: true | undefined;
  both?: true | undefined;
}): FormFactor[] {
  if (both || (mobile && desktop)) return ['mobile', 'desktop'];
  return [desktop ? 'desktop' : 'mobile'];
}
