import { type Column, type ColumnDef, type RowData, tableFeatures, useTable } from '@tanstack/react-table'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Pages } from '../api/loaded.ts'

const features = tableFeatures({})
export type LongColumn<T extends RowData> = ColumnDef<typeof features, T, unknown>

const ROW_PX = 44
/** Rows before the end at which the next page is read. */
const AHEAD = 20

type Props<T extends RowData> = {
  label: string
  columns: LongColumn<T>[]
  rows: T[]
  pages: Pages<T>
  idOf: (row: T) => string
}

/** A list of any length: only the rows in view are in the page, and further pages are read while it is scrolled. */
export function LongTable<T extends RowData>({ label, columns, rows: data, pages, idOf }: Props<T>) {
  const table = useTable({ features, columns, data, getRowId: idOf })
  const { rows } = table.getRowModel()
  const box = useRef<HTMLDivElement>(null)
  const [scrollMargin, setScrollMargin] = useState(0)
  useLayoutEffect(() => setScrollMargin(box.current?.offsetTop ?? 0), [])
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    getItemKey: index => rows[index]?.id ?? index,
    overscan: 10,
    scrollMargin,
  })
  const shown = virtualizer.getVirtualItems()
  const last = shown.at(-1)
  const { more } = pages
  useEffect(() => {
    if (last && last.index >= rows.length - AHEAD) void more?.()
  }, [last, rows.length, more])
  const before = (shown[0]?.start ?? scrollMargin) - scrollMargin
  const after = virtualizer.getTotalSize() - (last ? last.end - scrollMargin : 0)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className="wide" ref={box} tabIndex={0}>
      <table aria-label={label} aria-rowcount={more ? -1 : rows.length + 1}>
        <thead>
          {table.getHeaderGroups().map(({ id, headers }) => (
            <tr key={id} aria-rowindex={1}>
              {headers.map(header => (
                <th key={header.id} scope="col" className={classOf(header.column)}>
                  <table.FlexRender header={header} />
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          <Space height={before} columns={columns.length} />
          {shown.map(({ index }) => {
            const row = rows[index]
            return (
              row && (
                <tr key={row.id} aria-rowindex={index + 2} data-index={index} ref={virtualizer.measureElement}>
                  {row.getAllCells().map(cell => (
                    <td key={cell.id} className={classOf(cell.column)}>
                      <table.FlexRender cell={cell} />
                    </td>
                  ))}
                </tr>
              )
            )
          })}
          <Space height={after} columns={columns.length} />
        </tbody>
      </table>
    </div>
  )
}

/** The height of the rows that are not in the page. */
function Space({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null
  return (
    <tr className="space">
      <td colSpan={columns} style={{ height }} />
    </tr>
  )
}

function classOf<T extends RowData>({ columnDef }: Column<typeof features, T, unknown>): string | undefined {
  return (columnDef.meta as { className?: string } | undefined)?.className
}
