import { addressOfTarget, addressText } from '../record/pageAddress';
import type { AuditRecord, Target } from '../record/record';
import { groupPages, templateOf } from './groupPages';

type Site = Pick<AuditRecord, 'targets' | 'settings'>;

/** Any origin: a group spans those of all environments. */
const ORIGIN = 'http://site';

function urlOf(target: Target): string | undefined {
  const address = addressOfTarget(target);
  return address && URL.parse(addressText(address), ORIGIN)?.href;
}

/** Whether an address is one of a template, in which `*` stands for one part of the path or a parameter's value. */
function fits(template: string, url: string): boolean {
  const [wanted, given] = [template, templateOf(url)].map((text) => text.split(/(?=[/?])/));
  return (
    wanted?.length === given?.length &&
    wanted?.every((part, index) => part === given?.[index] || (part === '/*' && given?.[index]?.startsWith('/'))) ===
      true
  );
}

/** The more of a template is told, the closer it is: fewer `*` first, then the longer one. */
function byCloseness(one: string, other: string): number {
  return one.split('*').length - other.split('*').length || other.length - one.length;
}

/**
 * The group of each page of a record that has one, by the page's name: the one that its target names, else the closest
 * template of the settings that its address fits, else the template that it has in common with other pages.
 */
export function pageGroups({ targets, settings }: Site): Map<string, string> {
  const templates = Object.keys(settings?.groups ?? {}).sort(byCloseness);
  const found = new Map<string, string>();
  const left = new Map<string, string[]>();
  for (const [name, target] of Object.entries(targets)) {
    const url = urlOf(target);
    if (url === undefined) continue;
    const template = target.group ?? templates.find((one) => fits(one, url));
    if (template !== undefined) found.set(name, template);
    else left.set(url, [...(left.get(url) ?? []), name]);
  }
  for (const { template, pages } of groupPages([...left.keys()])) {
    const names = pages.flatMap((url) => left.get(url) ?? []);
    if (names.length > 1) for (const name of names) found.set(name, template);
  }
  return found;
}

/** The names of the pages of a group, or whose address fits a template, in the order of the record. */
export function pagesOfGroup(site: Site, template: string): string[] {
  const groups = pageGroups(site);
  return Object.entries(site.targets).flatMap(([name, target]) => {
    const url = urlOf(target);
    return groups.get(name) === template || (url !== undefined && fits(template, url)) ? [name] : [];
  });
}
