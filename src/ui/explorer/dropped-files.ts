import type { IncomingFile } from '../../state/incoming-files.ts'

/** More than a project can hold: what is behind them is not read. */
const most = 600

/** The kind of a drag that started in the explorer. */
export const draggedPath = 'application/x-witcraft-path'

export const hasFiles = (transfer: DataTransfer): boolean => transfer.types.includes('Files')

export const incomingFile = (file: File, path = file.name): IncomingFile => ({
  path,
  size: file.size,
  read: async () => new Uint8Array(await file.arrayBuffer()),
})

/** What was dropped, with what is in the folders that were. Has to be called before the event is over. */
export async function droppedFiles(transfer: DataTransfer): Promise<IncomingFile[]> {
  const entries = [...transfer.items].map((item) => ({
    entry: item.kind === 'file' ? item.webkitGetAsEntry() : null,
    file: item.kind === 'file' ? item.getAsFile() : null,
  }))
  const found: IncomingFile[] = []
  for (const { entry, file } of entries) {
    if (entry?.isDirectory) await collect(entry, found)
    else if (file) found.push(incomingFile(file))
  }
  return found
}

async function collect(entry: FileSystemEntry, found: IncomingFile[]): Promise<void> {
  // What tools keep beside the files of a project.
  if (found.length >= most || entry.name.startsWith('.') || entry.name === 'node_modules') return
  if (isFile(entry)) {
    const file = await new Promise<File | undefined>((resolve) => {
      entry.file(resolve, () => resolve(undefined))
    })
    if (file) found.push(incomingFile(file, entry.fullPath.replace(/^\//, '')))
  } else if (isDirectory(entry)) {
    const reader = entry.createReader()
    // It gives a hundred at a time, and none when there are no more.
    for (let batch = await next(reader); batch.length > 0; batch = await next(reader)) {
      for (const each of batch) await collect(each, found)
    }
  }
}

const next = (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> =>
  new Promise((resolve) => {
    reader.readEntries(resolve, () => resolve([]))
  })

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
