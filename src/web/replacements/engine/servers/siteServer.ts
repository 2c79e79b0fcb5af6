import { needsMachine } from '../../../needsMachine';

/** @throws HumanError `needs-machine`: a browser alone starts no server */
export async function startSite(): Promise<never> {
  throw needsMachine('The server of this page');
}
