// What the browser is started with, by the tests and by the measurements.

/** Of the browser's own features, those that take the processor or the network from the page. */
const without = [
  // The list of suggestions under the address bar: a page of its own, with a process of its own, in every new window.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  // This list takes the place of the one that Playwright starts Chromium with, and repeats what matters of it.
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
]

export const browserArguments: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${without.join(',')}`,
]
