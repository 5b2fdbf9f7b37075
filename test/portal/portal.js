// Asks every second whether the phone has answered, and goes on when it has.
const path = document.querySelector('meta[name="licence-state"]')?.getAttribute('content')
if (path) void wait(path)

async function wait(path) {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const answer = await fetch(path).catch(() => undefined)
    if (!answer?.ok) continue
    const { state } = await answer.json()
    if (state === 'asked') continue
    location.assign(path.replace(/\/state$/, ''))
    return
  }
}
