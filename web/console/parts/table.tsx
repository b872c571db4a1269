import type { ReactNode } from 'react'

type Props = { label: string; heads: string[]; children: ReactNode }

/** A table that scrolls sideways where it is too wide. Cells of class `number` stand to the right. */
export function Table({ label, heads, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className="wide" tabIndex={0}>
      <table aria-label={label}>
        <thead>
          <tr>
            {heads.map(head => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
