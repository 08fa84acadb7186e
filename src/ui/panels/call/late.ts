/** What the call panel shows once something has run, and what belongs to the project: comes right after the page. */
export { Handles } from './handles.tsx'
export { History } from './history.tsx'
export { Outcome } from './outcome.tsx'
export { SavedCalls } from './saved-calls.tsx'
