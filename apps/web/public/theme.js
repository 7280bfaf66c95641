// Sets the theme before the first paint, as a file of its own because the page allows no inline script.
;(() => {
  let choice = 'system'
  try {
    choice = localStorage.getItem('tenantry.theme') || 'system'
  } catch {
    // Storage can be forbidden; the system's preference serves.
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
})()
