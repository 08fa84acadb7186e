/** A step from one thing to another that it needs; `via` is whatever in the text makes it so. */
export interface Step<Node, Via> {
  readonly to: Node
  readonly via: Via
}

/** Things that need each other: each with the step to the next one, the last one's leading back to the first. */
export type Circle<Node, Via> = readonly { readonly node: Node; readonly step: Step<Node, Via> }[]

interface Visited<Node, Via> {
  readonly node: Node
  readonly steps: Iterator<Step<Node, Via>>
  step: Step<Node, Via> | undefined
}

/**
 * The circles in a graph, in order of the nodes, none of which share a node. A circle through the node at which the
 * search set out starts there; one found further on starts where it closes, with the step that closes it.
 */
export const findCircles = <Node, Via>(
  nodes: Iterable<Node>,
  stepsFrom: (node: Node) => readonly Step<Node, Via>[],
): Circle<Node, Via>[] => {
  const found: Circle<Node, Via>[] = []
  const done = new Set<Node>()
  const told = new Set<Node>()
  for (const start of nodes) {
    if (done.has(start)) continue
    const path: Visited<Node, Via>[] = [{ node: start, steps: stepsFrom(start).values(), step: undefined }]
    const at = new Map<Node, number>([[start, 0]])
    for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
      const { done: finished, value: step } = last.steps.next()
      if (finished === true) {
        done.add(last.node)
        at.delete(last.node)
        path.pop()
        continue
      }
      last.step = step
      const closes = at.get(step.to)
      if (closes !== undefined) {
        const circle = path
          .slice(closes)
          .flatMap((visited) => (visited.step === undefined ? [] : [{ node: visited.node, step: visited.step }]))
        if (circle.some(({ node }) => told.has(node))) continue
        for (const { node } of circle) told.add(node)
        const closing = circle.at(-1)
        found.push(closes === 0 || closing === undefined ? circle : [closing, ...circle.slice(0, -1)])
      } else if (!done.has(step.to)) {
        at.set(step.to, path.length)
        path.push({ node: step.to, steps: stepsFrom(step.to).values(), step: undefined })
      }
    }
  }
  return found
}
