import path from 'node:path';
import { isOfTimes } from '../core/audit/clockAudits';
import { exitCodes, usageError } from '../core/errors';
import { reviewComment } from '../core/review/comment';
import { type Review, rowsForMachines } from '../core/review/review';
import { reviewText } from '../core/review/reviewText';
import { calibrate, WORKING_TREE } from '../workflow/compareVersions';
import type { Workspace } from '../workflow/workspace';
import { categoriesOf } from './categories';
import { recordCommand, workspaceOf } from './command';
import { compared, versionOptions, withVersionOptions } from './comparedVersions';
import { print, printJson } from './output';

function command() {
  const compare = recordCommand(
    'compare',
    'audit two versions in turn on this machine, and say what is worse and better',
  )
    .argument('[base]', 'the version before: a branch or commit, an environment such as deployed, or an address')
    .argument('[head]', 'the version after: the working tree (.), an environment, or an address', WORKING_TREE);
  return withVersionOptions(compare)
    .option('--calibrate', 'compare the working tree with itself: how often is it called changed, and what is seen')
    .option('-a, --all', 'every change, however many')
    .option('--md', 'print Markdown for a pull request')
    .option(
      '--json',
      'print JSON: { base, head, rows: [{ target, formFactor, number, verdict, shift, interval, matters, n, ' +
        'confirmed, more?, why? }], differences, gate: [{ rule, text, target?, finding? }], ' +
        'openBudgets: [text], notMeasured: [text], categories?, calibration? }; categories are those of --only; ' +
        'verdict is worse, better, same, unknown or incomparable',
    );
}

export function compareCommand(done: (code: number) => void) {
  return command().action(async (base, head, flags) => {
    const workspace = workspaceOf(flags);
    if (flags.calibrate) {
      if (!isOfTimes(categoriesOf(flags))) {
        const next = 'Leave --only out, or add performance to it.';
        throw usageError('calibrate-of-times', '--calibrate is about times, which --only leaves out.', next);
      }
      const calibration = await versionOptions(flags, workspace, WORKING_TREE, calibrate);
      if (flags.json) return printJson({ calibration });
      const { comparisons, alarms, visible } = calibration;
      const seen = visible === null ? 'no change of LCP that was tried' : `changes of LCP from ${visible} ms`;
      return print(
        `Of ${comparisons} comparisons of this version with itself, ${alarms} called a number changed.\n` +
          `In 95 % of them, this machine sees ${seen}.`,
      );
    }
    if (base === undefined) {
      const next = 'For example: ux-audit compare main, or ux-audit compare https://example.com http://localhost:3000';
      throw usageError('base-missing', 'Say which version to compare with.', next);
    }
    const review = await compared(flags, workspace, base, head);
    if (flags.json) printJson(reviewJson(review));
    else if (flags.md)
      process.stdout.write(reviewComment(review, { anchors: review.anchors, findings: await findingsLink(workspace) }));
    else print(reviewText(review, flags.all));
    const failed = review.pages.some(({ error }) => error);
    if (failed) done(exitCodes.page);
    return undefined;
  });
}

/** The path of findings.md in the workspace, encoded; undefined where the settings leave it out. */
async function findingsLink({ record, paths }: Workspace): Promise<string | undefined> {
  if ((await record.read()).record.settings?.markdown === false) return undefined;
  return encodeURI(path.relative(paths.root, record.markdownPath).replaceAll('\\', '/'));
}

/** A review as `--json` prints it. */
export function reviewJson(review: Review) {
  const { base, head, differences, gate, openBudgets, notMeasured, categories, calibration } = review;
  return {
    base,
    head,
    rows: rowsForMachines(review),
    differences,
    gate,
    openBudgets,
    notMeasured,
    ...(categories && { categories }),
    ...(calibration && { calibration }),
  };
}
