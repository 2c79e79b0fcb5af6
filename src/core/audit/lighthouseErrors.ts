import { HumanError } from '../errors';

interface ErrorText {
  code: string;
  what: string;
  next: string;
}

const texts: Record<string, ErrorText> = {
  NO_FCP: {
    code: 'nothing-painted',
    what: 'The page loaded but painted nothing.',
    next: 'Open it in a browser: usual causes are an empty page, an error in its script, and content hidden at first.',
  },
  PAGE_HUNG: {
    code: 'page-hung',
    what: 'The page stopped responding while it loaded.',
    next: 'Look for a script that does not end.',
  },
  PROTOCOL_TIMEOUT: {
    code: 'page-hung',
    what: 'The page kept the browser busy and stopped answering.',
    next: 'Look for a script that does not end.',
  },
  TARGET_CRASHED: {
    code: 'page-crashed',
    what: 'The page crashed the browser tab.',
    next: 'Open it in a browser and watch its memory; try again if it works there.',
  },
  NOT_HTML: {
    code: 'not-html',
    what: 'The address gives something other than an HTML page.',
    next: 'Audit the page that links to it instead.',
  },
  ERRORED_DOCUMENT_REQUEST: {
    code: 'error-status',
    what: 'The page answered with an error status.',
    next: 'Check the address, or allow error pages for this audit.',
  },
  FAILED_DOCUMENT_REQUEST: {
    code: 'document-failed',
    what: 'The browser could not load the page.',
    next: 'Open it in a browser and check the server.',
  },
  INSECURE_DOCUMENT_REQUEST: {
    code: 'certificate',
    what: 'The browser does not trust the certificate of the page.',
    next: 'Use a trusted certificate; for local development allow invalid certificates for this audit.',
  },
  CHROME_INTERSTITIAL_ERROR: {
    code: 'document-failed',
    what: 'The browser showed an error page of its own instead of the page.',
    next: 'Open it in a browser and check that the server runs.',
  },
};

/** The error for a page that Lighthouse could not audit, by Lighthouse's error code. */
export function pageFault(lighthouseCode: string, message: string, url: string): HumanError {
  const known = texts[lighthouseCode];
  const detail = known ? `${known.what} (${url})` : `Lighthouse could not audit ${url}: ${message}`;
  return new HumanError('page', known?.code ?? 'page-failed', {
    what: detail,
    next: known?.next ?? 'Open the page in a browser and check that it works; then try again.',
  });
}
