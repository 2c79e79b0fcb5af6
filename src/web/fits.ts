type Fits<Instead extends Own, Own> = [Instead, Own];

/** The compiler checks here that what stands in `instead` can be used like what it stands for. */
export type Checked = [
  Fits<typeof import('./instead/storage/fileLock'), typeof import('../storage/fileLock')>,
  Fits<typeof import('./instead/storage/atomicWrite'), typeof import('../storage/atomicWrite')>,
  Fits<typeof import('./instead/storage/git').Git, Pick<typeof import('../storage/git').Git, 'of' | 'find' | 'open'>>,
  Fits<typeof import('./instead/engine/servers/siteServer'), Pick<SiteServer, 'startSite'>>,
  Fits<typeof import('./instead/engine/servers/devServers'), typeof import('../engine/servers/devServers')>,
  Fits<typeof import('./instead/engine/servers/askFile'), typeof import('../engine/servers/askFile')>,
  Fits<typeof import('./instead/editor/shared/places'), typeof import('../editor/shared/places')>,
  Fits<typeof import('./instead/editor/shared/openHtml'), typeof import('../editor/shared/openHtml')>,
  Fits<typeof import('./instead/editor/shared/hasMachine'), typeof import('../editor/shared/hasMachine')>,
];

type SiteServer = typeof import('../engine/servers/siteServer');
