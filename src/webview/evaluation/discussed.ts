import type { TemplateResult } from 'lit-html';
import { remarksOf } from '../../core/evaluation/discussion';
import type { Finding } from '../../core/record/record';
import { disclosure } from '../shared/disclosure';
import { discussion, discussionTitle, isRemarkBegun } from '../shared/discussion';
import { remember } from './changes';
import { host, ui } from './ui';

/**
 * The discussion of a problem. It opens by itself where somebody spoke and one has rated the problem, so that what
 * others say does not lead one's own rating.
 */
export function discussed(finding: Finding): TemplateResult {
  const { id, title } = finding;
  const isRated = Object.hasOwn(finding.ratings ?? {}, ui.state?.me ?? '');
  const isOpen = isRemarkBegun(id) || (isRated && remarksOf(finding).length > 0);
  return disclosure({ key: `${id} discussion`, isOpen }, discussionTitle(finding), () =>
    discussion(finding, title, {
      add: host.addRemark,
      takeBack: host.takeRemarkBack,
      me: ui.state?.me ?? null,
      typed: remember,
    }),
  );
}
