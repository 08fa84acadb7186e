import type { Page } from '@playwright/test'

/**
 * The presets of the browser's own developer tools (`front_end/core/sdk/NetworkManager.ts`): bytes each second are nine
 * tenths of the nominal rate, and latency is what their throttling adds to each request to stand for a round trip and
 * the connection before it.
 */
export const networks = {
  /** 9 Mbit/s down, 1.5 Mbit/s up, 60 ms times 2.75. */
  'Fast 4G': { download: (9e6 / 8) * 0.9, upload: (1.5e6 / 8) * 0.9, latency: 60 * 2.75 },
  /** 1.6 Mbit/s down, 750 kbit/s up, 150 ms times 3.75: called Fast 3G before. */
  'Slow 4G': { download: (1.6e6 / 8) * 0.9, upload: (750e3 / 8) * 0.9, latency: 150 * 3.75 },
} as const

export type Network = keyof typeof networks

/** Slows the page's processor and network down through the browser's protocol, from the next request on. */
export async function throttle(page: Page, network: Network | undefined, slowdown: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  if (network !== undefined) {
    const { download, upload, latency } = networks[network]
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency,
      downloadThroughput: download,
      uploadThroughput: upload,
    })
  }
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
}
