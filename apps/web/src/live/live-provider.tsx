import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { io } from 'socket.io-client'
import { queryClient } from '../api/query-client.ts'
import { createFeed, type Feed, type LiveSocket } from './feed.ts'
import { createInvalidation } from './invalidation.ts'

interface Live {
  readonly feed: Feed
  readonly invalidation: ReturnType<typeof createInvalidation>
}

const LiveContext = createContext<Live | undefined>(undefined)

/** The feed of this page; throws outside the provider. */
export function useLiveContext(): Live {
  const live = useContext(LiveContext)
  if (!live) throw new Error('useLiveContext outside <LiveProvider>')
  return live
}

function open(): LiveSocket {
  return io({
    transports: ['websocket'],
    autoConnect: false,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5000,
    randomizationFactor: 0.5,
    timeout: 8000,
  })
}

/** Opens the feed for as long as somebody is signed in. `onEnded`: the server ended the session. */
export function LiveProvider(props: { children: ReactNode; onEnded: (reason: string) => void }) {
  const [socket] = useState(open)
  const live = useMemo<Live>(
    () => ({ feed: createFeed(socket), invalidation: createInvalidation(queryClient) }),
    [socket],
  )
  const { onEnded } = props

  useEffect(() => live.feed.onEnded(onEnded), [live, onEnded])

  useEffect(() => {
    const { feed, invalidation } = live
    socket.connect()
    const timer = setInterval(feed.tick, 1000)
    const wake = () => {
      if (document.visibilityState === 'visible') feed.reconnectNow()
    }
    document.addEventListener('visibilitychange', wake)
    addEventListener('online', wake)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', wake)
      removeEventListener('online', wake)
      invalidation.cancel()
      socket.disconnect()
    }
  }, [live, socket])

  return <LiveContext value={live}>{props.children}</LiveContext>
}
