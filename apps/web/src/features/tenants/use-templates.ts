import { type RouterOutputs, trpc } from '../../api/trpc.ts'

export type TemplateRow = RouterOutputs['templates']['list'][number]

/** Every template with its ready version. */
export function useTemplates() {
  return trpc.templates.list.useQuery()
}

/** One template with its versions. */
export function useTemplate(id: string) {
  return trpc.templates.get.useQuery({ id }, { enabled: id !== '' })
}
