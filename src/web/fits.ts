type Fits<Instead extends Own, Own> = [Instead, Own];

/** The compiler checks here that what stands in `replacements` can be used like what it stands for. */
export type Checked = [
  Fits<typeof import('./replacements/storage/fileLock'), typeof import('../storage/fileLock')>,
  Fits<typeof import('./replacements/storage/atomicWrite'), typeof import('../storage/atomicWrite')>,
  Fits<
    typeof import('./replacements/storage/git').Git,
    Pick<typeof import('../storage/git').Git, 'of' | 'find' | 'open'>
  >,
  Fits<typeof import('./replacements/engine/servers/siteServer'), Pick<SiteServer, 'startSite'>>,
  Fits<typeof import('./replacements/engine/servers/devServers'), typeof import('../engine/servers/devServers')>,
  Fits<typeof import('./replacements/engine/servers/askFile'), typeof import('../engine/servers/askFile')>,
  Fits<typeof import('./replacements/editor/shared/places'), typeof import('../editor/shared/places')>,
  Fits<typeof import('./replacements/editor/shared/openHtml'), typeof import('../editor/shared/openHtml')>,
  Fits<typeof import('./replacements/editor/shared/hasMachine'), typeof import('../editor/shared/hasMachine')>,
];

type SiteServer = typeof import('../engine/servers/siteServer');
