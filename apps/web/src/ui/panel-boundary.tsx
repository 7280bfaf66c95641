import { Component, type ReactNode } from 'react'
import { ErrorPanel } from './error-panel.tsx'

/** One boundary a panel: what throws inside is shown there, and the rest of the page goes on. */
export class PanelBoundary extends Component<{ title: string; children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    if (this.state.error === undefined) return this.props.children
    return (
      <ErrorPanel
        title={`${this.props.title} did not load`}
        error={this.state.error}
        onRetry={() => this.setState({ error: undefined })}
      />
    )
  }
}
