import path from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { exitCodes } from '../core/errors';
import { annotationsOf } from '../core/review/annotations';
import { reviewComment } from '../core/review/comment';
import { reviewText } from '../core/review/reviewText';
import { headline } from '../core/review/sentences';
import { inertLine } from '../core/text/inertText';
import { folderForMark, marked } from '../delivery/comment';
import type { Delivered, DeliveryOptions, Verdict } from '../delivery/deliver';
import { baseBranchOf, type CodeAddresses, codeAddresses, commitOf } from '../delivery/links';
import { Git } from '../storage/git';
import { baseBranch } from '../workflow/compareRecords';
import { WORKING_TREE } from '../workflow/compareVersions';
import { recordCommand, workspaceOf } from './command';
import { reviewJson } from './compare';
import { compared, withVersionOptions } from './comparedVersions';
import { print, printJson } from './output';

function command() {
  const ci = recordCommand(
    'ci',
    'check a pull request: compare it with where it left its base, say so where the review happens, and fail on what ' +
      'the settings of the record name (exit code 1)',
  ).argument('[base]', 'branch or commit to compare with (default: the branch that the pull request goes to)');
  return withVersionOptions(ci)
    .option('--artifact <folder>', 'write the comment and the reports into this folder')
    .option('--dry-run', 'say what would fail and be delivered; deliver nothing, and exit with 0')
    .option('--no-deliver', 'write no comment, annotation or report to the host')
    .option('-a, --all', 'every change and reason, however many')
    .option(
      '--json',
      'print JSON: as compare --json, and { failed, delivered: [{ place, outcome, why?, url? }] }; outcome is ' +
        'written, updated, unchanged or left out',
    );
}

export function ciCommand(done: (code: number) => void) {
  return command()
    .action(async (given, flags) => {
      const { takeTokens } = await import('../delivery/deliver');
      const env = takeTokens(process.env);
      const workspace = workspaceOf(flags);
      const { root } = workspace.paths;
      const base = given ?? baseBranchOf(env) ?? (await baseBranch(await Git.open(root), 'ux-audit ci'));
      const review = await compared(flags, workspace, base, WORKING_TREE);
      const failed = review.gate.length > 0;
      const addresses = await codeAddresses(env);
      const links = {
        findings: await findingsAddress(workspace, addresses),
        anchors: review.anchors,
        commit: await commitOf(env),
        line: addresses?.page,
        picture: addresses?.raw,
      };
      const verdict: Verdict = {
        comment: marked(reviewComment(review, links), await folderInRepository(workspace)),
        failed,
        annotations: annotationsOf(review),
        accessibility: review.accessibility,
        summaryTitle: headline(review),
      };
      if (!flags.json) print(reviewText(review, flags.all));
      const delivered = flags.dryRun ? [] : await deliverAll(verdict, flags, env);
      if (flags.json) printJson({ ...reviewJson(review), failed, delivered });
      else if (flags.dryRun)
        print(`Nothing was delivered (--dry-run). The comment would be:\n\n${inert(verdict.comment)}`);
      if (failed && !flags.dryRun) done(exitCodes.gate);
    })
    .addCommand(deliverCommand());
}

const inert = (text: string) => text.split('\n').map(inertLine).join('\n');

/** Where the host shows findings.md; undefined where it shows no files, or the settings leave it out. */
async function findingsAddress(
  { paths, record }: ReturnType<typeof workspaceOf>,
  addresses: CodeAddresses | undefined,
): Promise<string | undefined> {
  const { settings } = (await record.read()).record;
  if (!addresses || settings?.markdown === false) return undefined;
  const git = await Git.open(paths.root);
  return addresses.page(await git.relative(record.markdownPath));
}

/** The folder of the workspace in its repository, as a mark names it; empty at its root, and without git. */
async function folderInRepository({ paths }: ReturnType<typeof workspaceOf>): Promise<string> {
  const file = await (await Git.of(paths.root))?.relative(path.join(paths.root, 'file'));
  const folder = path.posix.dirname(file ?? '');
  return folder === '.' ? '' : folderForMark(folder);
}

async function deliverAll(
  verdict: Verdict,
  { artifact, deliver: isWanted, json, quiet }: { artifact?: string; deliver: boolean; json?: true; quiet?: true },
  env: NodeJS.ProcessEnv,
): Promise<Delivered[]> {
  const { deliver, writeArtifact } = await import('../delivery/deliver');
  if (artifact !== undefined) await writeArtifact(verdict, artifact);
  if (!isWanted) return [];
  const delivered = await deliver(verdict, optionsOf(json, env));
  await tell(delivered, { json, quiet });
  return delivered;
}

/** Hosts read the output of a job, which is JSON alone where that is asked for. */
function optionsOf(json: true | undefined, env: NodeJS.ProcessEnv): DeliveryOptions {
  const print = (line: string) => void (json ? process.stderr : process.stdout).write(`${line}\n`);
  return { env, cwd: process.cwd(), print };
}

async function tell(
  delivered: readonly Delivered[],
  { json, quiet }: { json?: true | undefined; quiet?: true | undefined },
) {
  if (json || quiet) return;
  const { deliveredLine } = await import('../delivery/deliver');
  for (const one of delivered) process.stderr.write(`${deliveredLine(one)}\n`);
}

function deliverCommand() {
  return new Command('deliver')
    .description('comment what another workflow wrote with --artifact, for pull requests of forks')
    .argument('<folder>', 'the downloaded artifact; it is taken as text from anybody')
    .option('--json', 'print JSON: { delivered: [{ place, outcome, why?, url? }] }')
    .action(async (folder, flags) => {
      const { deliverArtifact } = await import('../delivery/deliver');
      const delivered = await deliverArtifact(folder, optionsOf(flags.json, process.env));
      if (flags.json) printJson({ delivered });
      await tell(delivered, flags);
    });
}
